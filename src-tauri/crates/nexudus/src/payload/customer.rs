//! A customer (platform: coworker). The same body comes with access control, and perhaps with check-ins.

use super::{Object, Understood, changed, learnt_location, learnt_person, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Learnt, Named, PersonKind, Saying};
use serde_json::Value;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = person(
        PersonKind::Customer,
        f.id("Id"),
        f.first(&["FullName", "BillingName", "CompanyName", "Email"]),
    );
    let message = match object.number() {
        2 => "customer-updated",
        3 => "customer-created",
        9 => "customer-welcomed",
        50 => "customer-deleted",
        // Where a customer is invoiced is not where they check in, so no place is said.
        36 => "customer-in",
        35 => "customer-out",
        37 => "customer-refused",
        61 => "access-updated",
        _ => "customer",
    };
    let who = person.as_ref().map(|person| person.name.as_str());
    let company = f
        .line("CompanyName")
        .filter(|company| Some(company.as_str()) != who && matches!(object.number(), 0 | 3));
    let state = state(f).filter(|_| object.number() == 2);
    let learnt = learnt_person(
        PersonKind::Customer,
        f.id("Id"),
        f.line("FullName"),
        f.line("Email"),
    );
    Understood {
        saying: Some(Saying::new(message).text("company", company).word("state", state)),
        person,
        location_id: f.id("InvoicingBusinessId"),
        location: f.line("InvoicingBusinessName"),
        resource: f.line("TariffName").map(|name| Named {
            id: f.id("TariffId"),
            name,
        }),
        learnt: learnt.into_iter().chain(locations(f)).collect(),
        searched: &[
            "CompanyName",
            "Email",
            "BillingEmail",
            "BillingName",
            "TeamNames",
            "TariffName",
            "NickName",
            "Notes",
            "AlertNote",
            "MobilePhone",
            "ReferenceNumber",
            "Tag",
            "ProfileTags",
            "Position",
            "BusinessNames",
        ],
        ..Understood::default()
    }
}

fn state(f: &Fields) -> Option<&'static str> {
    if f.is("Archived") {
        Some("customer-is-archived")
    } else if f.flag("Active") == Some(false) {
        Some("customer-is-not-active")
    } else if f.is("HasDueInvoices") {
        Some("customer-has-due-invoices")
    } else {
        None
    }
}

/// The locations that a customer's body names. Of `Businesses` and `BusinessNames` it is not documented that they stand in
/// one order, so only what is left of both when the invoicing location is taken out is a pair, if it is one of each.
fn locations(f: &Fields) -> Vec<Learnt> {
    let own = f.id("InvoicingBusinessId").zip(f.line("InvoicingBusinessName"));
    let list = |name: &str| -> Vec<Value> {
        let json = f.json(name).unwrap_or("null");
        match serde_json::from_str(json) {
            Ok(Value::Array(list)) => list,
            Ok(Value::String(text)) => text.split(',').map(Value::from).collect(),
            Ok(Value::Number(number)) => vec![Value::from(number)],
            _ => Vec::new(),
        }
    };
    let mut ids: Vec<i64> = list("Businesses")
        .iter()
        .filter_map(|id| id.as_i64().or_else(|| id.as_str()?.trim().parse().ok()))
        .filter(|id| *id > 0)
        .collect();
    let mut names: Vec<String> = list("BusinessNames")
        .iter()
        .filter_map(|name| crate::text::line(name.as_str()?, crate::text::LONGEST_NAME))
        .collect();
    // A name may have a comma in it: the only one is taken whole.
    if ids.len() == 1 {
        names = f.line("BusinessNames").map_or(names, |name| vec![name]);
    }
    if let Some((id, name)) = &own {
        ids.retain(|other| other != id);
        names.retain(|other| other != name);
    }
    let other = match (ids.as_slice(), names.as_slice()) {
        ([id], [name]) => learnt_location(Some(*id), Some(name.clone())),
        _ => None,
    };
    let own = own.and_then(|(id, name)| learnt_location(Some(id), Some(name)));
    own.into_iter().chain(other).collect()
}

const PLAN: &[&str] = &[
    "TariffId",
    "TariffName",
    "TariffInvoiceEvery",
    "TariffInvoiceEveryWeeks",
    "NextTariffId",
    "NextTariffName",
    "CoworkerContractIds",
    "RenewalDate",
    "BillingDay",
];
const TEAM: &[&str] = &[
    "TeamId",
    "TeamName",
    "TeamNames",
    "Teams",
    "AddedTeams",
    "RemovedTeams",
];
const NAME: &[&str] = &[
    "FullName",
    "Salutation",
    "GuessedFirstName",
    "GuessedLastName",
    "GuessedFirstNameForInvoice",
    "GuessedLastNameForInvoice",
    "UserFullName",
];
const PLACE: &[&str] = &[
    "InvoicingBusinessId",
    "InvoicingBusinessName",
    "Businesses",
    "BusinessNames",
];

/// What an update did: the most telling of it, then what else changed. Values of contacts are never among it.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if object.number() == 61 {
        return access(update);
    }
    if !object.tells_of_update(&[2]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    let set = |name: &str| update.of(name).then(|| f.flag(name)).flatten();
    match set("Archived") {
        Some(true) => return told(Saying::new("customer-archived"), &["Archived", "Active"]),
        Some(false) if before.is("Archived") => {
            return told(Saying::new("customer-unarchived"), &["Archived", "Active"]);
        }
        _ => {}
    }
    match set("Active") {
        Some(true) => return told(Saying::new("customer-activated"), &["Active", "UserActive"]),
        Some(false) => return told(Saying::new("customer-suspended"), &["Active", "UserActive"]),
        None => {}
    }
    if update.of("CancellationDate") {
        let saying = match (before.when("CancellationDate"), f.when("CancellationDate")) {
            (Some(old), Some(new)) => Saying::new("customer-cancels-otherwise")
                .day("old", Some(old))
                .day("date", Some(new)),
            (None, new @ Some(_)) => Saying::new("customer-cancels").day("date", new),
            _ => Saying::new("customer-stays"),
        };
        return told(saying, &["CancellationDate"]);
    }
    // The plan after the update is the row's.
    let names = |name: &str| (update.of(name).then(|| before.line(name)).flatten(), f.line(name));
    if update.of("TariffName") {
        let saying = match names("TariffName") {
            (Some(from), Some(_)) => Saying::new("customer-other-plan").text("from", Some(from)),
            (None, Some(_)) => Saying::new("customer-has-plan"),
            (from, _) => Saying::new("customer-left-plan").text("from", from),
        };
        return told(saying, PLAN);
    }
    if update.of("TeamNames") || update.of("TeamName") {
        let field = if update.of("TeamNames") {
            "TeamNames"
        } else {
            "TeamName"
        };
        let (from, to) = names(field);
        let message = match (&from, &to) {
            (Some(_), Some(_)) => "customer-other-team",
            (None, _) => "customer-joined-team",
            (_, None) => "customer-left-team",
        };
        return told(Saying::new(message).text("from", from).text("to", to), TEAM);
    }
    if update.of("InvoicingBusinessName") && update.of("InvoicingBusinessId") {
        let (from, to) = names("InvoicingBusinessName");
        if to.is_some() {
            return told(
                Saying::new("customer-other-place")
                    .text("from", from)
                    .text("to", to),
                PLACE,
            );
        }
    }
    if update.of("FullName")
        && let (Some(from), Some(_)) = names("FullName")
    {
        return told(Saying::new("customer-renamed").text("from", Some(from)), NAME);
    }
    match set("HasDueInvoices") {
        Some(true) => return told(Saying::new("customer-owes"), &["HasDueInvoices"]),
        Some(false) => return told(Saying::new("customer-owes-nothing"), &["HasDueInvoices"]),
        None => {}
    }
    if update.of("NextTariffName")
        && let (_, Some(next)) = names("NextTariffName")
    {
        let saying = Saying::new("customer-next-plan")
            .text("next", Some(next))
            .day("date", f.when("RenewalDate"));
        return told(saying, &["NextTariffId", "NextTariffName"]);
    }
    Some(changed::list("customer-changed", "customer-saved", update, &[]))
}

/// Access control is told of again for many reasons that leave the customer as they were.
fn access(update: &Update) -> Option<Saying> {
    let saying = changed::list("access-changed", "access-updated", update, &[]);
    (saying.message() == "access-changed").then_some(saying)
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["FullName"]);
    list.contact("email", &["Email"]);
    list.contact("phone", &["MobilePhone", "LandLine"]);
    list.text("company", &["CompanyName"]);
    list.text("team", &["TeamNames", "TeamName"]);
    list.text("location", &["InvoicingBusinessName"]);
    list.text("locations", &["BusinessNames"]);
    list.text("plan", &["TariffName"]);
    list.text("next-plan", &["NextTariffName"]);
    list.flag("active", "Active");
    list.set("archived", "Archived");
    list.set("has-due-invoices", "HasDueInvoices");
    list.time("registered", "RegistrationDate");
    list.time("renews", "RenewalDate");
    list.time("cancels", "CancellationDate");
    list.long("alert", &["AlertNote"]);
    list.long("notes", &["Notes"]);
}
