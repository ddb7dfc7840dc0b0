//! An offer of a plan to a customer.

use super::{Object, Understood, changed, learnt_location};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Named, Saying};

const CURRENCY: &[&str] = &["TariffBusinessCurrencyCode", "IssuedByCurrencyCode"];

/// How far it got (platform: ProposalStatus), in words of the catalogue.
const STATE: &[(i64, &str, &str)] = &[
    (1, "Draft", "proposal-state-draft"),
    (2, "Sent", "proposal-state-sent"),
    (3, "Accepted", "proposal-state-accepted"),
    (4, "Rejected", "proposal-state-rejected"),
];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let saying = match object.number() {
        54 => Saying::new("proposal-created"),
        55 => Saying::new("proposal-changed").word("state", f.choice("ProposalStatus", STATE)),
        56 => Saying::new("proposal-deleted"),
        _ => Saying::new("proposal"),
    };
    Understood {
        saying: Some(about(saying, f)),
        person: object.customer(),
        location_id: f.id("IssuedById"),
        location: f.line("IssuedByName"),
        resource: f.line("TariffName").map(|name| Named {
            id: f.id("TariffId"),
            name,
        }),
        amount: price(f),
        currency: f.currency(CURRENCY),
        learnt: [
            object.learnt_customer(),
            learnt_location(f.id("IssuedById"), f.line("IssuedByName")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        searched: &[
            "ToStringText",
            "CoworkerCompanyName",
            "CoworkerBillingName",
            "ResponsibleFullName",
            "Reference",
            "Notes",
        ],
        ..Understood::default()
    }
}

/// Adds what it is called.
fn about(saying: Saying, f: &Fields) -> Saying {
    saying.text("reference", f.first(&["Reference", "ToStringText"]))
}

fn price(f: &Fields) -> Option<Amount> {
    ["Price", "TariffPrice"]
        .iter()
        .filter_map(|name| f.amount(name))
        .find(|amount| amount.0 != 0)
}

const STATUS: &[&str] = &["ProposalStatus", "SentOn", "CustomerLastOpenedDate"];
const PLAN: &[&str] = &[
    "TariffId",
    "TariffName",
    "TariffPrice",
    "TariffInvoiceEvery",
    "TariffInvoiceEveryWeeks",
    "TariffBusinessCurrencyCode",
    "Price",
];

/// What an update did: the answer first, then the offer.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[55]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(about(saying, f), update, told));
    let states = (
        before.choice("ProposalStatus", STATE),
        f.choice("ProposalStatus", STATE),
    );
    if states.0 != states.1
        && let Some(now) = states.1
    {
        let message = match now {
            "proposal-state-accepted" => "proposal-accepted",
            "proposal-state-rejected" => "proposal-rejected",
            "proposal-state-sent" => "proposal-sent",
            _ => "proposal-drafted",
        };
        return told(Saying::new(message), STATUS);
    }
    if update.of("CustomerLastOpenedDate") && f.stamp("CustomerLastOpenedDate").is_some() {
        return told(Saying::new("proposal-opened"), &["CustomerLastOpenedDate"]);
    }
    if update.of("SentOn") && f.stamp("SentOn").is_some() {
        return told(Saying::new("proposal-sent"), &["SentOn"]);
    }
    let other_plan = update.of("TariffId") || f.id("TariffId").is_none();
    if update.of("TariffName") && other_plan && f.line("TariffName").is_some() {
        return told(
            Saying::new("proposal-plan").text("old", before.line("TariffName")),
            PLAN,
        );
    }
    let (old, new) = (price(before), price(f));
    if let Some(new) = new.filter(|new| Some(*new) != old) {
        return told(
            Saying::new("proposal-price")
                .sum("before", old, before.currency(CURRENCY).as_deref())
                .sum("after", Some(new), f.currency(CURRENCY).as_deref()),
            &["Price", "TariffPrice"],
        );
    }
    for (message, field) in [
        ("proposal-start", "StartDate"),
        ("proposal-expiry", "ExpirationDate"),
    ] {
        if let Some(after) = f.when(field).filter(|_| update.of(field)) {
            return told(
                Saying::new(message)
                    .day("before", before.when(field))
                    .day("after", Some(after)),
                &[field],
            );
        }
    }
    Some(about(
        changed::list("proposal-fields", "proposal-saved", update, &[]),
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("proposal", &["Reference", "ToStringText"]);
    list.choice("state", "ProposalStatus", STATE);
    list.person("customer", &["CoworkerFullName"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.person("responsible", &["ResponsibleFullName"]);
    list.text("location", &["IssuedByName"]);
    list.text("plan", &["TariffName"]);
    list.money("price", "Price", CURRENCY);
    list.money("plan-price", "TariffPrice", CURRENCY);
    list.text("quantity", &["Quantity"]);
    list.time("starts", "StartDate");
    list.time("term", "ContractTerm");
    list.time("sent-on", "SentOn");
    list.time("opened", "CustomerLastOpenedDate");
    list.time("expires", "ExpirationDate");
    list.long("notes", &["Notes"]);
}
