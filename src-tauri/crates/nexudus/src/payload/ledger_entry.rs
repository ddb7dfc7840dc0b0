//! An entry of a customer's ledger: a debit or a credit, mostly for an invoice.

use super::payment_method::PROVIDER;
use super::{Object, Understood, changed};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Named, Saying};

const CURRENCY: &[&str] = &["BusinessCurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        65 => "ledger-created",
        66 => "ledger-deleted",
        67 => "ledger-changed",
        _ => "ledger",
    };
    Understood {
        saying: Some(about(Saying::new(message), f)),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.line("CoworkerInvoiceInvoiceNumber").map(|name| Named {
            id: f.id("CoworkerInvoiceId"),
            name,
        }),
        amount: credit(f).or_else(|| debit(f)),
        currency: f.currency(CURRENCY),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &[
            "ToStringText",
            "Description",
            "Code",
            "CoworkerInvoiceInvoiceNumber",
            "CoworkerInvoiceBillToName",
        ],
        ..Understood::default()
    }
}

fn credit(f: &Fields) -> Option<Amount> {
    f.amount("Credit").filter(|amount| amount.0 != 0)
}

fn debit(f: &Fields) -> Option<Amount> {
    f.amount("Debit").filter(|amount| amount.0 != 0)
}

/// Adds how much on which side, and what for.
fn about(saying: Saying, f: &Fields) -> Saying {
    let currency = f.currency(CURRENCY);
    saying
        .sum("credit", credit(f), currency.as_deref())
        .sum("debit", debit(f), currency.as_deref())
        .text("about", super::excerpt(f, &["Description"]))
}

const INVOICE: &[&str] = &[
    "CoworkerInvoiceId",
    "CoworkerInvoiceInvoiceNumber",
    "CoworkerInvoiceTotalAmount",
    "CoworkerInvoiceBillToName",
    "CoworkerInvoicePaid",
    "CoworkerInvoicePaidOn",
    "CoworkerInvoiceRefunded",
    "CoworkerInvoiceRefundedOn",
    "CoworkerInvoiceDueDate",
    "CoworkerInvoiceDraft",
    "CoworkerInvoiceWaitingForInvoiceNumber",
];

/// What an update did: its amount changed, or it belongs to another invoice.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[67]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let amount = |f: &Fields| credit(f).or_else(|| debit(f));
    if let Some(after) = amount(f).filter(|after| Some(*after) != amount(before)) {
        let saying = Saying::new("ledger-amount")
            .sum("before", amount(before), before.currency(CURRENCY).as_deref())
            .sum("after", Some(after), f.currency(CURRENCY).as_deref());
        return Some(changed::also(
            about(saying, f),
            update,
            &["Credit", "Debit", "Balance"],
        ));
    }
    if update.of("CoworkerInvoiceInvoiceNumber")
        && let Some(number) = f.line("CoworkerInvoiceInvoiceNumber")
    {
        let saying = about(Saying::new("ledger-invoice"), f).text("new", Some(number));
        return Some(changed::also(saying, update, INVOICE));
    }
    Some(about(
        changed::list("ledger-fields", "ledger-saved", update, &[]),
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("description", &["Description", "ToStringText"]);
    list.person("customer", &["CoworkerFullName"]);
    list.text("location", &["BusinessName"]);
    list.money("debit", "Debit", CURRENCY);
    list.money("credit", "Credit", CURRENCY);
    list.money("balance", "Balance", CURRENCY);
    list.text("invoice", &["CoworkerInvoiceInvoiceNumber"]);
    list.choice("provider", "PaymentGatewayName", PROVIDER);
    list.time("booked-on", "TransactionDate");
}
