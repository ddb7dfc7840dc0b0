//! A customer's contract on a plan.

use super::{Object, Understood, changed, learnt_location};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Named, Saying};

const CURRENCY: &[&str] = &["TariffCurrencyCode", "CurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let day = |message, field| Saying::new(message).day("day", f.when(field));
    let saying = match object.number() {
        10 => Saying::new("contract-activated"),
        11 => day("contract-cancelled", "CancellationDate"),
        12 => day("contract-renewed", "RenewalDate"),
        13 => match f.line("NextTariffName") {
            Some(next) => day("contract-changes-plan", "RenewalDate").text("next", Some(next)),
            None => Saying::new("contract-regraded"),
        },
        14 => Saying::new("contract-first"),
        60 => Saying::new("contract-changed"),
        62 => day("contract-created", "StartDate"),
        77 => Saying::new("contract-deleted"),
        _ => Saying::new("contract"),
    };
    Understood {
        saying: Some(saying),
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
            "CoworkerCompanyName",
            "CoworkerBillingName",
            "CoworkerEmail",
            "NextTariffName",
            "FloorPlanDeskNames",
            "Notes",
            "CancellationNotes",
            "PurchaseOrder",
        ],
        ..Understood::default()
    }
}

/// The price of its own, else what it is worth, else the plan's.
fn price(f: &Fields) -> Option<Amount> {
    ["Price", "Value", "TariffPrice"]
        .iter()
        .find_map(|name| f.amount(name))
}

/// Fields that follow from the plan, with all that its price is told by.
const PLAN: &[&str] = &[
    "TariffId",
    "TariffName",
    "TariffPrice",
    "TariffInvoiceEvery",
    "TariffInvoiceEveryWeeks",
    "TariffCurrencyCode",
    "NextTariffId",
    "NextTariffName",
    "Price",
    "Value",
    "PriceWithProducts",
    "PriceWithProductsAndDeposits",
];
const CANCELLED: &[&str] = &[
    "Active",
    "Cancelled",
    "CancellationDate",
    "CancellationReason",
    "CancellationNotes",
];
const PAUSED: &[&str] = &["InPausedPeriod", "InPausedPeriodFrom", "InPausedPeriodUntil"];
const DESKS: &[&str] = &[
    "Desks",
    "FloorPlanDeskIds",
    "FloorPlanDeskNames",
    "FloorPlanDeskVariantIds",
    "FloorPlanDeskVariantNames",
];

/// What an update did: the end and the beginning first, then plan and price, then dates.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[13, 60]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let turned = |name: &str, now: bool| update.of(name) && f.is(name) == now;
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    if object.number() != 13 {
        if let Some(saying) = ending(f, update) {
            return told(saying, CANCELLED);
        }
        if turned("Active", true) {
            return told(Saying::new("contract-activated"), &["Active"]);
        }
        if turned("Active", false) {
            return told(Saying::new("contract-ended"), CANCELLED);
        }
    }
    if let Some(saying) = other_plan(f, update) {
        return told(saying, PLAN);
    }
    if update.of("NextTariffName") {
        return match (f.line("NextTariffName"), before.line("NextTariffName")) {
            (Some(next), _) => told(
                Saying::new("contract-changes-plan")
                    .day("day", f.when("RenewalDate"))
                    .text("next", Some(next)),
                &["NextTariffId", "NextTariffName"],
            ),
            (None, next) => told(
                Saying::new("contract-next-withdrawn").text("next", next),
                &["NextTariffId", "NextTariffName"],
            ),
        };
    }
    if object.number() == 13 {
        // That the plan changes is all that is sure, and the event says it already.
        return None;
    }
    let (old, new) = (price(before), price(f));
    if let Some(new) = new.filter(|new| Some(*new) != old) {
        return told(
            Saying::new("contract-price")
                .sum("before", old, before.currency(CURRENCY).as_deref())
                .sum("after", Some(new), f.currency(CURRENCY).as_deref()),
            PLAN,
        );
    }
    if turned("InPausedPeriod", true) {
        return told(
            Saying::new("contract-paused")
                .day("from", f.when("InPausedPeriodFrom"))
                .day("until", f.when("InPausedPeriodUntil")),
            PAUSED,
        );
    }
    if turned("InPausedPeriod", false) {
        return told(Saying::new("contract-resumed"), PAUSED);
    }
    for (message, field, with) in [
        ("contract-term-moved", "ContractTerm", &["ContractTerm"][..]),
        (
            "contract-renewal-moved",
            "RenewalDate",
            &["RenewalDate", "InvoicedPeriod", "NextAutoInvoice"],
        ),
        ("contract-start-moved", "StartDate", &["StartDate"]),
    ] {
        if let Some(after) = f.when(field).filter(|_| update.of(field)) {
            return told(
                Saying::new(message)
                    .day("before", before.when(field))
                    .day("after", Some(after)),
                with,
            );
        }
    }
    if update.of("FloorPlanDeskNames") {
        let (old, new) = (before.line("FloorPlanDeskNames"), f.line("FloorPlanDeskNames"));
        let message = match (&old, &new) {
            (Some(_), Some(_)) => "contract-desk-moved",
            (None, _) => "contract-desk-given",
            (Some(_), None) => "contract-desk-taken",
        };
        return told(Saying::new(message).text("old", old).text("new", new), DESKS);
    }
    Some(changed::list("contract-fields", "contract-saved", update, &[]))
}

/// Cancelled, or its cancellation set, moved or withdrawn.
fn ending(f: &Fields, update: &Update) -> Option<Saying> {
    let (old, new) = (update.before.when("CancellationDate"), f.when("CancellationDate"));
    if update.of("Cancelled") && f.is("Cancelled") {
        return Some(Saying::new("contract-cancelled").day("day", new));
    }
    if update.of("Cancelled") && update.before.is("Cancelled") {
        return Some(Saying::new("contract-cancel-withdrawn"));
    }
    if !update.of("CancellationDate") {
        return None;
    }
    Some(match (old, new) {
        (Some(_), Some(_)) => Saying::new("contract-cancel-moved")
            .day("before", old)
            .day("after", new),
        (None, Some(_)) => Saying::new("contract-cancel-set").day("after", new),
        _ => Saying::new("contract-cancel-withdrawn"),
    })
}

/// Now on another plan: a better or a lesser one if both prices are known in one currency.
fn other_plan(f: &Fields, update: &Update) -> Option<Saying> {
    let before = update.before;
    let old = before.line("TariffName")?;
    if !update.of("TariffName") || f.line("TariffName").is_none() {
        return None;
    }
    // A plan that only got another name is the same plan.
    if f.id("TariffId").is_some() && !update.of("TariffId") {
        return None;
    }
    let (was, is) = (price(before), price(f));
    let comparable = before.currency(CURRENCY) == f.currency(CURRENCY);
    let message = match was.zip(is).filter(|_| comparable) {
        Some((was, is)) if is > was => "contract-upgraded",
        Some((was, is)) if is < was => "contract-downgraded",
        _ => "contract-replanned",
    };
    Some(
        Saying::new(message)
            .text("old", Some(old))
            .sum("before", was, before.currency(CURRENCY).as_deref())
            .sum("after", is, f.currency(CURRENCY).as_deref()),
    )
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.contact("email", &["CoworkerEmail"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.text("location", &["IssuedByName"]);
    list.text("plan", &["TariffName"]);
    list.text("next-plan", &["NextTariffName"]);
    list.text("desks", &["FloorPlanDeskNames"]);
    list.money("price", "Price", CURRENCY);
    list.money("value", "Value", CURRENCY);
    list.money("plan-price", "TariffPrice", CURRENCY);
    list.flag("is-active", "Active");
    list.set("cancelled", "Cancelled");
    list.set("main-contract", "MainContract");
    list.set("paused", "InPausedPeriod");
    list.time("starts", "StartDate");
    list.time("renews", "RenewalDate");
    list.time("term", "ContractTerm");
    list.time("cancels", "CancellationDate");
    list.time("next-invoice", "NextAutoInvoice");
    list.long("notes", &["Notes"]);
    list.long("why-cancelled", &["CancellationNotes"]);
}
