//! A customer's contract on a plan.

use super::{Object, Understood};
use crate::Named;
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, day_words, money};

const CURRENCY: &[&str] = &["TariffCurrencyCode", "CurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let name = person
        .as_ref()
        .map(|person| person.name.as_str())
        .filter(|name| !name.is_empty());
    let plan = f.line("TariffName");
    let currency = f.currency(CURRENCY);
    let amount = f
        .amount("Price")
        .or_else(|| f.amount("Value"))
        .or_else(|| f.amount("TariffPrice"));
    let sum = amount.map(|amount| money(amount, currency.as_deref()));
    let of = |start: &str| Sentence::new(start).and("of", name).and("on", plan.as_deref());
    let day = |field: &str| day_words(f, field, object.now);
    let sentence = match object.number() {
        10 => of("Contract").and_if(true, "was activated").and(":", sum),
        11 => of("Contract")
            .and_if(true, "was cancelled")
            .and("as of", day("CancellationDate")),
        12 => of("Contract")
            .and_if(true, "was renewed")
            .and("until", day("RenewalDate"))
            .and(":", sum),
        13 => match f.line("NextTariffName") {
            Some(next) => Sentence::new("Contract")
                .and("of", name)
                .and_if(true, "changes")
                .and("from", plan.as_deref())
                .and("to", Some(next)),
            None => of("Contract").and_if(true, "changed plan").and(":", sum),
        },
        14 => of("First contract").and_if(true, "was activated").and(":", sum),
        60 => of("Contract").and_if(true, "was changed").and(":", sum),
        62 => of("New contract").and("from", day("StartDate")).and(":", sum),
        77 => of("Contract").and_if(true, "was deleted"),
        _ => of("Contract").and(":", sum),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("IssuedById"),
        location: f.line("IssuedByName"),
        resource: plan.map(|name| Named {
            id: f.id("TariffId"),
            name,
        }),
        amount,
        currency,
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

pub(super) fn facts(list: &mut Facts) {
    list.person("Customer", &["CoworkerFullName"]);
    list.contact("E-mail", &["CoworkerEmail"]);
    list.text("Company", &["CoworkerCompanyName"]);
    list.text("Location", &["IssuedByName"]);
    list.text("Plan", &["TariffName"]);
    list.text("Next plan", &["NextTariffName"]);
    list.text("Desks", &["FloorPlanDeskNames"]);
    list.money("Price", "Price", CURRENCY);
    list.money("Value", "Value", CURRENCY);
    list.money("Plan's price", "TariffPrice", CURRENCY);
    list.flag("Active", "Active");
    list.set("Cancelled", "Cancelled");
    list.set("Main contract", "MainContract");
    list.time("Starts", "StartDate");
    list.time("Renews", "RenewalDate");
    list.time("Term", "ContractTerm");
    list.time("Cancels", "CancellationDate");
    list.time("Next invoice", "NextAutoInvoice");
    list.long("Notes", &["Notes"]);
    list.long("Why cancelled", &["CancellationNotes"]);
}
