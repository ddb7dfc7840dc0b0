//! Every other entity: by the fields that most bodies share and its own `ToStringText`.

use super::words;
use super::{Object, Understood, person};
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::money;
use crate::{Entity, Named, PersonKind};

const CURRENCY: &[&str] = &[
    "CurrencyCode",
    "BusinessCurrencyCode",
    "ProductCurrencyCode",
    "TariffCurrencyCode",
    "IssuedByCurrencyCode",
    "EventProductCurrencyCode",
    "FloorPlanBusinessCurrencyCode",
];
const TITLE: &[&str] = &[
    "Subject",
    "Title",
    "Name",
    "ProductName",
    "CalendarEventName",
    "Reference",
    "TariffName",
    "ToStringText",
];
const AMOUNT: &[&str] = &[
    "Price",
    "ProductPrice",
    "TariffPrice",
    "EventProductPrice",
    "Credit",
    "Debit",
    "Value",
];

const MESSAGE: &[&str] = &[
    "MessageText",
    "Message",
    "ChatText",
    "ShortDescription",
    "Description",
];
/// Longest piece of a message in a sentence, in characters.
const SHORT: usize = 120;

/// Who moves the money (a part of the platform's enum is documented).
pub(super) const PROVIDER: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (2, "Stripe", "Stripe"),
    (11, "StripeACH", "Stripe ACH"),
    (12, "GoCardless", "GoCardless"),
    (13, "StripeBACS", "Stripe BACS"),
    (94, "CreditNote", "credit note"),
    (96, "BankTransfer", "bank transfer"),
    (97, "Cash", "cash"),
    (98, "Check", "cheque"),
    (99, "Other", ""),
];

pub(super) fn understand(entity: Entity, object: &Object) -> Understood {
    let f = object.fields;
    let person = who(entity, object);
    let name = person
        .as_ref()
        .map(|person| person.name.clone())
        .filter(|name| !name.is_empty());
    let title = f
        .first(TITLE)
        .filter(|title| Some(title) != name.as_ref() && entity != Entity::CoworkerPaymentMethod);
    let currency = f.currency(CURRENCY);
    let amount = AMOUNT
        .iter()
        .filter_map(|field| f.amount(field))
        .find(|amount| amount.0 != 0);
    let location = f
        .first(&[
            "BusinessName",
            "IssuedByName",
            "FloorPlanBusinessName",
            "InvoicingBusinessName",
        ])
        .or_else(|| (entity == Entity::Business).then(|| f.line("Name")).flatten());
    let message = f.first(MESSAGE);
    let sentence = words::Words {
        object,
        entity,
        who: name.as_deref(),
        title: title.as_deref(),
        message: message
            .and_then(|message| crate::text::line(&crate::text::without_tags(&message), SHORT))
            .as_deref(),
        sum: amount.map(|amount| money(amount, currency.as_deref())),
    }
    .sentence();
    Understood {
        saying: Some(Saying::plain(sentence)),
        person,
        location_id: [
            "BusinessId",
            "IssuedById",
            "FloorPlanBusinessId",
            "InvoicingBusinessId",
        ]
        .iter()
        .find_map(|field| f.id(field))
        .or_else(|| (entity == Entity::Business).then(|| f.id("Id")).flatten()),
        location,
        resource: match entity {
            Entity::FloorPlanDesk | Entity::Tariff | Entity::Product | Entity::FloorPlanLayout => {
                f.line("Name").map(|name| Named { id: f.id("Id"), name })
            }
            Entity::CoworkerProduct => f.line("ProductName").map(|name| Named {
                id: f.id("ProductId"),
                name,
            }),
            Entity::EventAttendee => f.line("CalendarEventName").map(|name| Named {
                id: f.id("CalendarEventId"),
                name,
            }),
            Entity::Proposal => f.line("TariffName").map(|name| Named {
                id: f.id("TariffId"),
                name,
            }),
            _ => f.line("ResourceName").map(|name| Named {
                id: f.id("ResourceId"),
                name,
            }),
        },
        amount,
        currency,
        act: None,
        searched: &[
            "ToStringText",
            "Subject",
            "Title",
            "Name",
            "Email",
            "CompanyName",
            "CoworkerEmail",
            "CoworkerCompanyName",
            "MessageText",
            "Message",
            "Body",
            "ChatText",
            "Description",
            "ShortDescription",
            "SummaryText",
            "FullText",
            "LongDescription",
            "Notes",
            "Reference",
            "CoworkerInvoiceInvoiceNumber",
            "CoworkerFullNames",
            "Tags",
            "Code",
        ],
        ..Understood::default()
    }
}

fn who(entity: Entity, object: &Object) -> Option<crate::Person> {
    let f = object.fields;
    match entity {
        Entity::EventAttendee | Entity::NewsLetterSubscriber => f
            .first(&["FullName", "Name", "Email"])
            .and_then(|name| match f.id("CoworkerId").zip(f.line("CoworkerFullName")) {
                Some((id, name)) => person(PersonKind::Customer, Some(id), Some(name)),
                None => person(PersonKind::Other, f.id("Id"), Some(name)),
            }),
        Entity::Team => person(
            PersonKind::Customer,
            f.id("PayingMemberId"),
            f.line("PayingMemberFullName"),
        ),
        Entity::CalendarEvent => person(PersonKind::Other, None, f.line("HostFullName")),
        Entity::BlogPost => person(PersonKind::Other, f.id("PostedById"), f.line("PostedByFullName")),
        _ => object.customer(),
    }
}

pub(super) fn facts(entity: Entity, list: &mut Facts) {
    if entity == Entity::CoworkerPaymentMethod {
        // Its title is a card number.
        let provider = list.fields.choice("RegularPaymentProvider", PROVIDER);
        list.say("Provider", provider.map(str::to_owned));
    } else {
        list.text(entity.title(), TITLE);
    }
    list.person("Customer", &["CoworkerFullName", "PayingMemberFullName"]);
    list.person("Name", &["FullName"]);
    list.person("Host", &["HostFullName"]);
    list.person(
        "By",
        &["PostedByFullName", "ResponsibleFullName", "OwnerFullName"],
    );
    list.contact("E-mail", &["Email", "CoworkerEmail"]);
    list.text("Company", &["CompanyName", "CoworkerCompanyName"]);
    list.text(
        "Location",
        &["BusinessName", "IssuedByName", "FloorPlanBusinessName"],
    );
    list.text("Plan", &["TariffName"]);
    list.text("Ticket", &["EventProductName"]);
    list.text("Department", &["HelpDeskDepartmentName"]);
    list.text("Floor plan", &["FloorPlanName"]);
    list.text("Members", &["CoworkerFullNames"]);
    list.text("Place", &["Location", "VenueAddress"]);
    list.text("Room", &["ResourceName"]);
    for (label, name) in [
        ("Price", "Price"),
        ("Debit", "Debit"),
        ("Credit", "Credit"),
        ("Balance", "Balance"),
        ("Value", "Value"),
    ] {
        list.money(label, name, CURRENCY);
    }
    list.text("Quantity", &["Quantity"]);
    list.text("Invoice", &["CoworkerInvoiceInvoiceNumber"]);
    for (label, name) in [
        ("Starts", "StartDate"),
        ("Ends", "EndDate"),
        ("Sold", "SaleDate"),
        ("Due", "DueDate"),
        ("Sent", "SentOn"),
        ("Expires", "ExpirationDate"),
        ("Checked in", "CheckedInDate"),
        ("Published", "PublishDate"),
        ("Booked on", "TransactionDate"),
        ("Closed", "ClosedOn"),
        ("Available from", "AvailableFromTime"),
    ] {
        list.time(label, name);
    }
    list.flag("Active", "Active");
    list.long(
        "Text",
        &[
            "MessageText",
            "Message",
            "Body",
            "ChatText",
            "ShortDescription",
            "SummaryText",
            "Description",
        ],
    );
    list.long("Notes", &["Notes"]);
}
