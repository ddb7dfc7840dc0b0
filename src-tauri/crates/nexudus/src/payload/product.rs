//! A product that a customer bought or is charged for again and again.

use super::{Object, Understood, changed};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Named, Saying};

const CURRENCY: &[&str] = &["ProductCurrencyCode", "CurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        68 => "product-added",
        69 => "product-changed",
        70 => "product-removed",
        _ => "product",
    };
    Understood {
        saying: Some(about(Saying::new(message), f)),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.line("ProductName").map(|name| Named {
            id: f.id("ProductId"),
            name,
        }),
        amount: total(f),
        currency: f.currency(CURRENCY),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &[
            "CoworkerEmail",
            "CoworkerCompanyName",
            "CoworkerBillingName",
            "ProductName",
            "Notes",
            "OrderNumber",
            "PurchaseOrder",
            "CoworkerInvoiceNumber",
        ],
        ..Understood::default()
    }
}

/// All of it, else the price of one: its own or the product's.
fn total(f: &Fields) -> Option<Amount> {
    ["TotalPrice", "Price", "ProductPrice"]
        .iter()
        .filter_map(|name| f.amount(name))
        .find(|amount| amount.0 != 0)
}

/// The price of one.
fn price(f: &Fields) -> Option<Amount> {
    ["Price", "UnitPrice", "ProductPrice"]
        .iter()
        .find_map(|name| f.amount(name))
}

/// Adds how many.
fn about(saying: Saying, f: &Fields) -> Saying {
    saying.count("count", f.number("Quantity").filter(|count| *count > 1))
}

const PRICE: &[&str] = &[
    "Price",
    "UnitPrice",
    "ProductPrice",
    "TotalPrice",
    "RecurringTotal",
    "DiscountAmount",
];
const INVOICED: &[&str] = &[
    "Invoiced",
    "InvoicedOn",
    "InvoiceOn",
    "CoworkerInvoiceId",
    "CoworkerInvoiceNumber",
    "InvoiceThisCoworker",
];

/// What an update did: paid, invoiced, another price or number, charged no longer than until a day.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[69]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let turned = |name: &str| update.of(name) && f.is(name);
    let told = |saying, told: &[&str]| Some(changed::also(about(saying, f), update, told));
    if turned("CoworkerInvoicePaid") {
        return told(
            Saying::new("product-paid"),
            &[INVOICED, &["CoworkerInvoicePaid"]].concat(),
        );
    }
    if turned("Invoiced") {
        return told(
            Saying::new("product-invoiced").text("number", f.line("CoworkerInvoiceNumber")),
            INVOICED,
        );
    }
    let (old, new) = (price(before), price(f));
    if let Some(new) = new.filter(|new| Some(*new) != old) {
        return told(
            Saying::new("product-price")
                .sum("before", old, before.currency(CURRENCY).as_deref())
                .sum("after", Some(new), f.currency(CURRENCY).as_deref()),
            PRICE,
        );
    }
    if let Some(after) = f.number("Quantity").filter(|_| update.of("Quantity")) {
        return told(
            Saying::new("product-quantity")
                .count("before", before.number("Quantity").filter(|count| *count != 0))
                .text("after", Some(after.to_string())),
            &["Quantity", "TotalPrice", "RecurringTotal"],
        );
    }
    if let Some(after) = f.when("RepeatUntil").filter(|_| update.of("RepeatUntil")) {
        return told(
            Saying::new("product-ends")
                .day("before", before.when("RepeatUntil"))
                .day("after", Some(after)),
            &["RepeatUntil"],
        );
    }
    Some(about(
        changed::list("product-fields", "product-saved", update, &[]),
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("product", &["ProductName", "ToStringText"]);
    list.person("customer", &["CoworkerFullName"]);
    list.contact("email", &["CoworkerEmail"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.text("quantity", &["Quantity"]);
    list.money("price", "Price", CURRENCY);
    list.money("list-price", "ProductPrice", CURRENCY);
    list.money("total", "TotalPrice", CURRENCY);
    list.set("recurring", "RegularCharge");
    list.flag("was-invoiced", "Invoiced");
    list.text("invoice", &["CoworkerInvoiceNumber"]);
    list.set("paid", "CoworkerInvoicePaid");
    list.time("sold", "SaleDate");
    list.time("due", "DueDate");
    list.time("charged-from", "RepeatFrom");
    list.time("charged-until", "RepeatUntil");
    list.time("invoiced-on", "InvoicedOn");
    list.long("notes", &["Notes"]);
}
