//! A desk, office or room of a floor plan, and whose it is.

use super::{Object, Understood, changed, learnt_location};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Learnt, Named, Saying};

const CURRENCY: &[&str] = &["FloorPlanBusinessCurrencyCode"];

/// What it is (platform: FloorPlanDesk ItemType), in words of the catalogue.
const KIND: &[(i64, &str, &str)] = &[
    (1, "Office", "desk-kind-office"),
    (2, "DedicatedDesk", "desk-kind-dedicated"),
    (3, "HotDesk", "desk-kind-hot"),
    (4, "Room", "desk-kind-room"),
    (5, "Other", ""),
];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        71 => "desk-created",
        72 => "desk-deleted",
        73 => "desk-changed",
        _ => "desk",
    };
    let place = f.id("FloorPlanBusinessId");
    let at = |id: Option<i64>| {
        id.zip(place)
            .map(|(id, location)| Learnt::Resource { id, location })
    };
    Understood {
        saying: Some(about(Saying::new(message), f).word("kind", f.choice("ItemType", KIND))),
        person: object.customer(),
        location_id: place,
        location: f.line("FloorPlanBusinessName"),
        resource: f
            .first(&["Name", "ToStringText"])
            .map(|name| Named { id: f.id("Id"), name }),
        amount: f.amount("Price").filter(|price| price.0 != 0),
        currency: f.currency(CURRENCY),
        learnt: [
            object.learnt_customer(),
            learnt_location(place, f.line("FloorPlanBusinessName")),
            // A booking may name the room, or the desk itself.
            at(f.id("ResourceId")),
            at(f.id("Id")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        searched: &[
            "ToStringText",
            "Name",
            "FloorPlanName",
            "ResourceName",
            "Area",
            "CoworkerEmail",
            "CoworkerCompanyName",
            "CoworkerContractFullNames",
            "Notes",
        ],
        ..Understood::default()
    }
}

/// Adds the floor plan that it is on.
fn about(saying: Saying, f: &Fields) -> Saying {
    saying.text("plan", f.line("FloorPlanName"))
}

const HOLDER: &[&str] = &[
    "Available",
    "CoworkerId",
    "CoworkerFullName",
    "CoworkerCompanyName",
    "CoworkerCoworkerType",
    "CoworkerEmail",
    "CoworkerTeamNames",
    "CoworkerContractIds",
    "CoworkerContractFullNames",
    "CoworkerContractStartDates",
];

/// What an update did: whose it is, whether it can be had, its price, name and place.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[73]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(about(saying, f), update, told));
    let holder = |f: &Fields| f.id("CoworkerId").is_some() || f.line("CoworkerFullName").is_some();
    if update.of("CoworkerId") || (update.of("CoworkerFullName") && f.id("CoworkerId").is_none()) {
        let old = before.line("CoworkerFullName");
        let message = match (holder(before), holder(f)) {
            (true, true) => Some("desk-handed"),
            (false, true) => Some("desk-taken"),
            (true, false) => Some("desk-freed"),
            (false, false) => None,
        };
        if let Some(message) = message {
            return told(Saying::new(message).text("old", old), HOLDER);
        }
    }
    if update.of("Available") {
        let message = match f.is("Available") {
            true => "desk-available",
            false => "desk-unavailable",
        };
        return told(
            Saying::new(message),
            &["Available", "AvailableFromTime", "AvailableToTime"],
        );
    }
    if let Some(after) = f.amount("Price").filter(|_| update.of("Price")) {
        return told(
            Saying::new("desk-price")
                .sum(
                    "before",
                    before.amount("Price"),
                    before.currency(CURRENCY).as_deref(),
                )
                .sum("after", Some(after), f.currency(CURRENCY).as_deref()),
            &["Price"],
        );
    }
    if update.of("Name")
        && let (Some(old), Some(new)) = (before.line("Name"), f.line("Name"))
    {
        return told(
            Saying::new("desk-renamed")
                .text("old", Some(old))
                .text("new", Some(new)),
            &["Name"],
        );
    }
    if update.of("FloorPlanName") && update.of("FloorPlanId") && f.line("FloorPlanName").is_some() {
        return told(
            Saying::new("desk-moved").text("old", before.line("FloorPlanName")),
            &["FloorPlanId", "FloorPlanName", "FloorPlanCapacity"],
        );
    }
    Some(about(
        changed::list(
            "desk-fields",
            "desk-saved",
            update,
            &["SensorLastValue", "SensorLastReceivedValue"],
        ),
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("desk", &["Name", "ToStringText"]);
    list.choice("desk-kind", "ItemType", KIND);
    list.text("floor-plan", &["FloorPlanName"]);
    list.text("location", &["FloorPlanBusinessName"]);
    list.person("customer", &["CoworkerFullName"]);
    list.contact("email", &["CoworkerEmail"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.text("room", &["ResourceName"]);
    list.money("price", "Price", CURRENCY);
    list.flag("available", "Available");
    list.time("available-from", "AvailableFromTime");
    list.time("available-to", "AvailableToTime");
    list.text("capacity", &["Capacity"]);
    list.long("notes", &["Notes"]);
}
