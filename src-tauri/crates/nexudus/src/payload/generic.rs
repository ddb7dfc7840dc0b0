//! Every other entity (plans, products, floor plans, locations, groups, and what is yet to come): by the fields that most
//! bodies share and its own `ToStringText`.

use super::{Object, Understood, changed, excerpt, learnt_location};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Entity, Named, Saying};

const CURRENCY: &[&str] = &["CurrencyCode", "BusinessCurrencyCode", "TariffCurrencyCode"];
const NAME: &[&str] = &["Name", "Title", "Subject", "ToStringText"];
const TEXT: &[&str] = &[
    "Reference",
    "MessageText",
    "Message",
    "ShortDescription",
    "Description",
];
const PLACES: &[(&str, &str)] = &[
    ("BusinessId", "BusinessName"),
    ("IssuedById", "IssuedByName"),
    ("FloorPlanBusinessId", "FloorPlanBusinessName"),
    ("InvoicingBusinessId", "InvoicingBusinessName"),
];

pub(super) fn understand(entity: Entity, object: &Object) -> Understood {
    let f = object.fields;
    let is_place = entity == Entity::Business;
    let place = PLACES
        .iter()
        .find(|(id, name)| f.id(id).is_some() || f.line(name).is_some());
    let (location_id, location) = match place {
        // A location's own `BusinessId`, if it has any, is not documented: it is itself.
        _ if is_place => (
            f.id("Id").or_else(|| f.id("BusinessId")),
            f.first(&["Name", "ToStringText"]),
        ),
        Some((id, name)) => (f.id(id), f.line(name)),
        None => (None, None),
    };
    let resource = thing(entity, f);
    let saying = match is_place {
        true => Saying::new("any-place"),
        false => titled(Saying::new("any"), entity, f),
    };
    Understood {
        saying: Some(saying),
        person: object.customer(),
        learnt: [
            object.learnt_customer(),
            learnt_location(location_id, location.clone()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        location_id,
        location,
        resource,
        amount: price(f),
        currency: f.currency(CURRENCY),
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
            "Description",
            "ShortDescription",
            "Notes",
            "Reference",
            "Tags",
            "Code",
        ],
        ..Understood::default()
    }
}

/// The thing that it is.
fn thing(entity: Entity, f: &Fields) -> Option<Named> {
    match entity {
        Entity::Tariff | Entity::Product | Entity::FloorPlanLayout | Entity::CommunityGroup => {
            f.first(NAME).map(|name| Named { id: f.id("Id"), name })
        }
        _ => f.line("ResourceName").map(|name| Named {
            id: f.id("ResourceId"),
            name,
        }),
    }
}

fn price(f: &Fields) -> Option<Amount> {
    ["Price", "Value"]
        .iter()
        .filter_map(|name| f.amount(name))
        .find(|amount| amount.0 != 0)
}

/// Adds what it calls itself, where that is not the thing of its row.
fn titled(saying: Saying, entity: Entity, f: &Fields) -> Saying {
    if thing(entity, f).is_some() {
        return saying;
    }
    let names = [NAME, TEXT].concat();
    let person = f.line("CoworkerFullName");
    saying.text(
        "title",
        excerpt(f, &names).filter(|title| Some(title) != person.as_ref()),
    )
}

/// What an update did: renamed, another price; else which fields changed.
pub(super) fn update(entity: Entity, object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[76, 80, 83, 84, 87]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    if update.of("Name")
        && let (Some(old), Some(new)) = (before.line("Name"), f.line("Name"))
    {
        let saying = Saying::new("any-renamed")
            .text("old", Some(old))
            .text("new", Some(new));
        return Some(changed::also(saying, update, &["Name"]));
    }
    if let Some(after) = f.amount("Price").filter(|_| update.of("Price")) {
        let saying = Saying::new("any-price")
            .sum(
                "before",
                before.amount("Price"),
                before.currency(CURRENCY).as_deref(),
            )
            .sum("after", Some(after), f.currency(CURRENCY).as_deref());
        return Some(changed::also(titled(saying, entity, f), update, &["Price"]));
    }
    Some(titled(
        changed::list("any-fields", "any-saved", update, &[]),
        entity,
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("title", NAME);
    list.person("customer", &["CoworkerFullName"]);
    list.person("name", &["FullName"]);
    list.contact("email", &["Email", "CoworkerEmail"]);
    list.text("company", &["CompanyName", "CoworkerCompanyName"]);
    list.text(
        "location",
        &["BusinessName", "IssuedByName", "FloorPlanBusinessName"],
    );
    list.text("plan", &["TariffName"]);
    list.text("room", &["ResourceName"]);
    list.money("price", "Price", CURRENCY);
    list.money("value", "Value", CURRENCY);
    list.text("quantity", &["Quantity"]);
    list.time("starts", "StartDate");
    list.time("ends", "EndDate");
    list.time("due", "DueDate");
    list.flag("is-active", "Active");
    list.long(
        "text",
        &["MessageText", "Message", "ShortDescription", "Description"],
    );
    list.long("notes", &["Notes"]);
}
