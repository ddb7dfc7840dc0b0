//! An invoice or credit note. Whether a credit note's amounts are negative is not documented: they are shown
//! as they came.

use super::{Object, Understood, changed, learnt_person};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Named, PersonKind, Saying};

const CURRENCY: &[&str] = &["CurrencyCode", "TransactionCurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let due_on = f.when("DueDate").filter(|_| !f.is("Paid") && !f.is("CreditNote"));
    let saying = match object.number() {
        15 => about("invoice-first", object).day("due-on", due_on),
        16 => about("invoice-created", object).day("due-on", due_on),
        17 => about("invoice-deleted", object),
        18 => about("invoice-changed", object),
        19 => {
            let message = match (is_refunded(f), f.is("Void")) {
                (true, _) => "invoice-refunded",
                (false, true) => "invoice-voided",
                (false, false) => "invoice-voided-or-refunded",
            };
            sum(about(message, object), f, "sum", "RefundedAmount")
        }
        20 => about("invoice-created", object),
        21 => sum(about("invoice-paid", object), f, "sum", "PaidAmount"),
        22 => sum(about("payment-failed", object), f, "due", "DueAmount"),
        23 => {
            let saying = sum(about("payment-received", object), f, "paid", "PaidAmount");
            sum(saying, f, "due", "DueAmount")
        }
        24 => sum(about("invoice-awaits", object), f, "sum", "DueAmount").day("due-on", due_on),
        _ => about("invoice", object),
    };
    Understood {
        amount: saying.sum_of_invoice().or_else(|| f.amount("TotalAmount")),
        saying: Some(saying),
        person,
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.line("InvoiceNumber").map(|name| Named { id: f.id("Id"), name }),
        currency: f.currency(CURRENCY),
        act: match object.number() {
            21 => f.stamp("PaidOn"),
            22 => f.stamp("LastPaymentAttempt"),
            19 => f.stamp("RefundedOn"),
            _ => None,
        },
        learnt: [
            learnt_person(
                PersonKind::Customer,
                f.id("CoworkerId"),
                f.line("CoworkerFullName"),
                f.line("CoworkerBillingEmail"),
            ),
            object.learnt_business(),
        ]
        .into_iter()
        .flatten()
        .collect(),
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

/// A message about an invoice.
fn about(message: &'static str, object: &Object) -> Saying {
    named(Saying::new(message), object)
}

/// Adds which kind of invoice it is, and whom it names where that is not the customer's own name.
fn named(saying: Saying, object: &Object) -> Saying {
    let f = object.fields;
    let note = match () {
        () if f.is("CreditNote") || object.number() == 20 => Some(1),
        () if f.is("Draft") => Some(2),
        () => None,
    };
    let name = f.line("CoworkerFullName");
    saying
        .text(
            "payer",
            f.line("BillToName").filter(|payer| Some(payer) != name.as_ref()),
        )
        .count("note", note)
}

/// Adds an amount that is not nothing.
fn sum(saying: Saying, f: &Fields, piece: &'static str, field: &str) -> Saying {
    saying.sum(piece, known(f, field), f.currency(CURRENCY).as_deref())
}

fn known(f: &Fields, field: &str) -> Option<Amount> {
    f.amount(field).filter(|amount| amount.0 != 0)
}

fn is_refunded(f: &Fields) -> bool {
    f.is("Refunded") || known(f, "RefundedAmount").is_some() || f.stamp("RefundedOn").is_some()
}

const PAID: &[&str] = &[
    "Paid",
    "PaidOn",
    "PaidAmount",
    "ReceivedAmount",
    "CreditedAmount",
    "DueAmount",
    "IsDue",
    "LastPaymentAttempt",
];
const REFUNDED: &[&str] = &[
    "Refunded",
    "RefundedOn",
    "RefundedAmount",
    "PaidAmount",
    "Paid",
    "Void",
    "DueAmount",
    "IsDue",
];
const ISSUED: &[&str] = &[
    "Draft",
    "InvoiceNumber",
    "WaitingForInvoiceNumber",
    "PaymentReference",
    "Sent",
    "SentOn",
];
const AMOUNT: &[&str] = &[
    "TotalAmount",
    "TransactionTotalAmount",
    "TaxAmount",
    "DiscountAmount",
    "DueAmount",
    "InvoiceLines",
];

/// What an update did: money that moved first, then what became of the paper.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[18]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let turned = |name: &str, now: bool| update.of(name) && f.is(name) == now;
    let rose = |name: &str| update.of(name) && f.amount(name) > before.amount(name);
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    let new = |message| about(message, object);
    if turned("Refunded", true) || rose("RefundedAmount") {
        return told(sum(new("invoice-refunded"), f, "sum", "RefundedAmount"), REFUNDED);
    }
    if turned("Void", true) {
        return told(new("invoice-voided"), &["Void", "DueAmount", "IsDue"]);
    }
    if turned("Paid", true) {
        return told(sum(new("invoice-paid"), f, "sum", "PaidAmount"), PAID);
    }
    if turned("Paid", false) {
        return told(sum(new("invoice-unpaid"), f, "sum", "DueAmount"), PAID);
    }
    if rose("PaidAmount") && known(f, "PaidAmount").is_some() {
        let saying = sum(new("invoice-part-paid"), f, "paid", "PaidAmount");
        let saying = sum(saying, f, "total", "TotalAmount");
        return told(sum(saying, f, "due", "DueAmount"), PAID);
    }
    if rose("CreditedAmount") && known(f, "CreditedAmount").is_some() {
        return told(sum(new("invoice-credited"), f, "credit", "CreditedAmount"), PAID);
    }
    if turned("Draft", false) {
        return told(new("invoice-issued").day("due-on", f.when("DueDate")), ISSUED);
    }
    if turned("Sent", true) {
        let due_on = f.when("DueDate").filter(|_| !f.is("Paid") && !f.is("CreditNote"));
        return told(new("invoice-sent").day("due-on", due_on), &["Sent", "SentOn"]);
    }
    if let Some(after) = f.amount("TotalAmount").filter(|_| update.of("TotalAmount")) {
        return told(
            new("invoice-amount")
                .sum(
                    "before",
                    before.amount("TotalAmount"),
                    before.currency(CURRENCY).as_deref(),
                )
                .sum("after", Some(after), f.currency(CURRENCY).as_deref()),
            AMOUNT,
        );
    }
    if let Some(after) = f.when("DueDate").filter(|_| update.of("DueDate")) {
        return told(
            new("invoice-due-moved")
                .day("before", before.when("DueDate"))
                .day("after", Some(after)),
            &["DueDate", "IsDue"],
        );
    }
    if update.of("LastPaymentAttempt") && f.stamp("LastPaymentAttempt").is_some() {
        return told(
            sum(new("invoice-attempted"), f, "due", "DueAmount"),
            &["LastPaymentAttempt"],
        );
    }
    let list = changed::list("invoice-fields", "invoice-saved", update, &[]);
    Some(named(list, object))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("number", &["InvoiceNumber"]);
    list.person("customer", &["CoworkerFullName"]);
    list.person("billed-to", &["BillToName"]);
    list.contact("email", &["CoworkerBillingEmail"]);
    list.text("location", &["BusinessName"]);
    list.money("total", "TotalAmount", CURRENCY);
    list.money("tax", "TaxAmount", CURRENCY);
    list.money("paid-amount", "PaidAmount", CURRENCY);
    list.money("still-due", "DueAmount", CURRENCY);
    list.money("refunded", "RefundedAmount", CURRENCY);
    list.flag("paid-in-full", "Paid");
    list.set("draft", "Draft");
    list.set("void", "Void");
    list.set("credit-note", "CreditNote");
    list.time("due", "DueDate");
    list.time("sent-on", "SentOn");
    list.time("paid-on", "PaidOn");
    list.time("last-payment-attempt", "LastPaymentAttempt");
    list.time("refunded-on", "RefundedOn");
    list.time("period-from", "InvoiceFromDate");
    list.time("period-to", "InvoiceToDate");
    list.text("reference", &["PaymentReference"]);
    list.long("description", &["Description"]);
}
