//! An invoice or credit note. Whether a credit note's amounts are negative is not documented: they are shown
//! as they came.

use super::{Object, Understood};
use crate::Named;
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, day_words, money};

const CURRENCY: &[&str] = &["CurrencyCode", "TransactionCurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let payer = f.first(&["BillToName", "CoworkerFullName", "CoworkerCompanyName"]);
    let (total, currency) = (f.amount("TotalAmount"), f.currency(CURRENCY));
    let written = |name: &str| {
        f.amount(name)
            .filter(|a| a.0 != 0)
            .map(|a| money(a, currency.as_deref()))
    };
    let sum = total.map(|total| money(total, currency.as_deref()));
    let number = f.line("InvoiceNumber");
    let note = f.is("CreditNote") || object.number() == 20;
    let of = |start: &str| {
        Sentence::new(start)
            .and("", number.as_deref())
            .and("of", payer.as_deref())
    };
    let payment = |how: &str| {
        let article = if number.is_none() { "an " } else { "" };
        format!("Payment {how} for {article}invoice")
    };
    let kind = if note { "Credit note" } else { "Invoice" };
    let due = day_words(f, "DueDate", object.now).map(|day| format!("due {day}"));
    let sentence = match object.number() {
        15 => of("First invoice")
            .and_if(true, "was created")
            .and(":", sum)
            .aside(due),
        16 => of(kind).and_if(true, "was created").and(":", sum).aside(due),
        17 => of(kind).and_if(true, "was deleted").aside(sum),
        18 => of(kind).and_if(true, "was changed").and(":", sum),
        19 => of(kind)
            .and_if(true, "was cancelled or refunded")
            .and(":", written("RefundedAmount").or(sum)),
        20 => of("Credit note").and_if(true, "was created").and(":", sum),
        21 => of(kind).and_if(true, "was paid in full").and(":", sum),
        22 => of(&payment("failed")).and(":", written("DueAmount").or(sum)),
        23 => of(&payment("received")).and(":", written("PaidAmount").or(sum)),
        24 => of(kind)
            .and_if(true, "awaits payment")
            .and(":", written("DueAmount").or(sum))
            .aside(due),
        _ => of(kind).and(":", sum),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: number.map(|name| Named { id: f.id("Id"), name }),
        amount: total,
        currency: currency.clone(),
        act: match object.number() {
            21 => f.stamp("PaidOn"),
            22 => f.stamp("LastPaymentAttempt"),
            19 => f.stamp("RefundedOn"),
            _ => None,
        },
        searched: &[
            "InvoiceNumber",
            "PaymentReference",
            "BillToName",
            "CoworkerBillingEmail",
            "CoworkerCompanyName",
            "Description",
            "PurchaseOrder",
        ],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.text("Number", &["InvoiceNumber"]);
    list.person("Customer", &["CoworkerFullName"]);
    list.person("Billed to", &["BillToName"]);
    list.contact("E-mail", &["CoworkerBillingEmail"]);
    list.text("Location", &["BusinessName"]);
    list.money("Total", "TotalAmount", CURRENCY);
    list.money("Tax", "TaxAmount", CURRENCY);
    list.money("Paid", "PaidAmount", CURRENCY);
    list.money("Still due", "DueAmount", CURRENCY);
    list.money("Refunded", "RefundedAmount", CURRENCY);
    list.flag("Paid in full", "Paid");
    list.set("Draft", "Draft");
    list.set("Void", "Void");
    list.set("Credit note", "CreditNote");
    list.time("Due", "DueDate");
    list.time("Sent on", "SentOn");
    list.time("Paid on", "PaidOn");
    list.time("Last payment attempt", "LastPaymentAttempt");
    list.time("Refunded on", "RefundedOn");
    list.time("For the time from", "InvoiceFromDate");
    list.time("to", "InvoiceToDate");
    list.text("Reference", &["PaymentReference"]);
    list.long("Description", &["Description"]);
}
