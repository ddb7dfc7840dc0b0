//! A customer (platform: coworker). The same body comes with access control, and perhaps with check-ins.

use super::{Object, Understood, person};
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, or};
use crate::{Named, PersonKind};

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = person(
        PersonKind::Customer,
        f.id("Id"),
        f.first(&["FullName", "BillingName", "CompanyName", "Email"]),
    );
    let who = or(person.as_ref().map(|person| person.name.as_str()), "a customer").to_owned();
    let location = f.line("InvoicingBusinessName");
    let company = f.line("CompanyName").filter(|company| *company != who);
    let plan = f.line("TariffName");
    let lead = capital(&who);
    let customer = match &person {
        Some(person) => format!("Customer {}", person.name),
        None => lead.clone(),
    };
    let sentence = match object.number() {
        2 => Sentence::new(format!("{customer} was updated")).aside(state(object)),
        3 => Sentence::new("New customer")
            .and(":", person.as_ref().map(|person| &person.name))
            .aside(company)
            .and("at", location.as_deref()),
        9 => Sentence::new(format!("Welcome e-mail sent to {who}")),
        50 => Sentence::new(customer)
            .and("of", location.as_deref())
            .and_if(true, "was deleted"),
        36 => Sentence::new(format!("{lead} checked in")),
        35 => Sentence::new(format!("{lead} checked out")),
        37 => Sentence::new(format!("{lead} was refused at check-in")),
        61 => Sentence::new(format!("Access of {who} was updated")).and("at", location.as_deref()),
        _ => Sentence::new(lead).aside(company).and("at", location.as_deref()),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("InvoicingBusinessId"),
        location,
        resource: plan.map(|name| Named {
            id: f.id("TariffId"),
            name,
        }),
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

fn state(object: &Object) -> Option<&'static str> {
    if object.fields.is("Archived") {
        Some("archived")
    } else if object.fields.flag("Active") == Some(false) {
        Some("not active")
    } else if object.fields.is("HasDueInvoices") {
        Some("has due invoices")
    } else {
        None
    }
}

/// A sentence begins with a capital; a name stays as its owner writes it.
fn capital(who: &str) -> String {
    who.strip_prefix("a customer")
        .map_or_else(|| who.to_owned(), |rest| format!("A customer{rest}"))
}

pub(super) fn facts(list: &mut Facts) {
    list.person("Customer", &["FullName"]);
    list.contact("E-mail", &["Email"]);
    list.contact("Phone", &["MobilePhone", "LandLine"]);
    list.text("Company", &["CompanyName"]);
    list.text("Team", &["TeamNames", "TeamName"]);
    list.text("Location", &["InvoicingBusinessName"]);
    list.text("Locations", &["BusinessNames"]);
    list.text("Plan", &["TariffName"]);
    list.text("Next plan", &["NextTariffName"]);
    list.flag("Active", "Active");
    list.set("Archived", "Archived");
    list.set("Has due invoices", "HasDueInvoices");
    list.time("Registered", "RegistrationDate");
    list.time("Renews", "RenewalDate");
    list.time("Cancels", "CancellationDate");
    list.long("Alert", &["AlertNote"]);
    list.long("Notes", &["Notes"]);
}
