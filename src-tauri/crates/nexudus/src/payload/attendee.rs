//! Somebody who signed up for an event: a customer, or a guest whom a customer signed up.

use super::{Object, Understood, changed, learnt_person, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::{Named, PersonKind, Saying};

const CURRENCY: &[&str] = &["EventProductCurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let saying = match object.number() {
        27 => Saying::new("attendee-out"),
        28 => Saying::new("attendee-in").text("ticket", f.line("EventProductName")),
        29 => Saying::new("attendee-changed").word("state", f.is("CheckedIn").then_some("attendee-state-in")),
        _ => Saying::new("attendee"),
    };
    let own = f.first(&["FullName", "Name"]);
    let email = f.line("Email");
    let customer = f.id("CoworkerId").and_then(|_| object.customer());
    // One of another name than the customer's is the customer's guest.
    let is_guest = own.is_some()
        && customer
            .as_ref()
            .is_some_and(|one| !one.name.is_empty() && Some(&one.name) != own.as_ref());
    let (attendee, involved) = match customer {
        Some(customer) if is_guest => (person(PersonKind::Other, f.id("Id"), own.clone()), Some(customer)),
        Some(mut customer) => {
            if customer.name.is_empty() {
                customer.name = own.clone().unwrap_or_default();
            }
            (Some(customer), None)
        }
        None => (
            own.clone()
                .or_else(|| email.clone())
                .and_then(|name| person(PersonKind::Other, f.id("Id"), Some(name))),
            None,
        ),
    };
    let own_email = email.filter(|_| !is_guest);
    Understood {
        saying: Some(saying),
        person: attendee,
        involved: involved.into_iter().collect(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.line("CalendarEventName").map(|name| Named {
            id: f.id("CalendarEventId"),
            name,
        }),
        amount: f.amount("EventProductPrice").filter(|amount| amount.0 != 0),
        currency: f.currency(CURRENCY),
        learnt: [
            learnt_person(
                PersonKind::Customer,
                f.id("CoworkerId"),
                f.line("CoworkerFullName"),
                own_email,
            ),
            object.learnt_business(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        searched: &[
            "ToStringText",
            "FullName",
            "Email",
            "CoworkerFullName",
            "EventProductName",
            "PurchaseOrder",
        ],
        ..Understood::default()
    }
}

/// What an update did: came, paid, took another ticket.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[29]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let turned = |name: &str, now: bool| update.of(name) && f.is(name) == now;
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    if turned("CheckedIn", true) {
        return told(
            Saying::new("attendee-checked-in"),
            &["CheckedIn", "CheckedInDate", "DueDate"],
        );
    }
    if turned("CheckedIn", false) {
        return told(
            Saying::new("attendee-check-in-undone"),
            &["CheckedIn", "CheckedInDate"],
        );
    }
    if turned("CoworkerInvoicePaid", true) {
        return told(
            Saying::new("attendee-paid"),
            &[
                "CoworkerInvoicePaid",
                "Invoiced",
                "CoworkerInvoiceId",
                "CoworkerInvoiceNumber",
                "Billed",
            ],
        );
    }
    if let Some(after) = f
        .line("EventProductName")
        .filter(|_| update.of("EventProductName"))
    {
        return told(
            Saying::new("attendee-ticket")
                .text("before", before.line("EventProductName"))
                .text("after", Some(after)),
            &["EventProductId", "EventProductName", "EventProductPrice"],
        );
    }
    Some(changed::list("attendee-fields", "attendee-saved", update, &[]))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("event", &["CalendarEventName"]);
    list.person("attendee", &["FullName"]);
    list.contact("email", &["Email"]);
    list.person("customer", &["CoworkerFullName"]);
    list.text("ticket", &["EventProductName"]);
    list.money("price", "EventProductPrice", CURRENCY);
    list.flag("came", "CheckedIn");
    list.time("checked-in", "CheckedInDate");
    list.set("invoiced", "Invoiced");
    list.text("invoice", &["CoworkerInvoiceNumber"]);
    list.set("paid", "CoworkerInvoicePaid");
}
