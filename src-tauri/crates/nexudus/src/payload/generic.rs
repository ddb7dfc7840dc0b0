//! Every other entity: by the fields that most bodies share and its own `ToStringText`.

use super::{Object, Understood, person};
use crate::facts::Facts;
use crate::phrase::{Sentence, money};
use crate::{Action, Entity, Named, PersonKind};

const CURRENCY: &[&str] = &[
    "CurrencyCode",
    "BusinessCurrencyCode",
    "ProductCurrencyCode",
    "TariffCurrencyCode",
    "IssuedByCurrencyCode",
    "EventProductCurrencyCode",
];
const TITLE: &[&str] = &[
    "Subject",
    "Title",
    "Name",
    "ProductName",
    "CalendarEventName",
    "TariffName",
    "Reference",
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

pub(super) fn understand(entity: Entity, object: &Object) -> Understood {
    let f = object.fields;
    let person = who(entity, object);
    let name = person.as_ref().map(|person| person.name.clone());
    let title = f.first(TITLE).filter(|title| Some(title) != name.as_ref());
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
    let message = f
        .first(&[
            "MessageText",
            "Message",
            "ChatText",
            "ShortDescription",
            "Description",
        ])
        .filter(|_| title.is_none());
    let short = message.and_then(|message| crate::text::line(&crate::text::without_tags(&message), 120));
    let sentence = Sentence::new(object.action.label())
        .and(":", title.clone().or(short))
        .aside(name)
        .and("–", amount.map(|amount| money(amount, currency.as_deref())));
    Understood {
        sentence: sentence.done(),
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
            "Notes",
            "Reference",
            "CoworkerInvoiceInvoiceNumber",
            "CoworkerFullNames",
            "Tags",
            "Code",
        ],
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

pub(super) fn facts(action: &Action, list: &mut Facts) {
    list.text(action.entity().title(), TITLE);
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
