//! One file an entity: who, where, what, when, how much, in which words.

mod booking;
mod changed;
mod checkin;
mod contract;
mod customer;
mod delivery;
mod failed_checkin;
mod generic;
mod invoice;
mod visitor;
mod words;

use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::reading::Learnt;
use crate::{Action, Amount, Entity, Ms, Named, Person, PersonKind, Saying, Stamp};

/// What an object says, before the rules that hold for every entity.
#[derive(Default)]
pub(crate) struct Understood {
    pub person: Option<Person>,
    pub location_id: Option<i64>,
    pub location: Option<String>,
    pub resource: Option<Named>,
    pub amount: Option<Amount>,
    pub currency: Option<String>,
    /// The act's own time.
    pub act: Option<Stamp>,
    pub saying: Option<Saying>,
    /// Persons beside the first: the host of a visitor.
    pub involved: Vec<Person>,
    /// What it tells of others.
    pub learnt: Vec<Learnt>,
    /// Fields whose text the search finds.
    pub searched: &'static [&'static str],
}

/// An object of a body with what is known around it.
pub(crate) struct Object<'f, 'a> {
    pub fields: &'f Fields<'a>,
    pub action: &'f Action,
    /// The arrival: years equal to its are not written.
    pub now: Ms,
}

impl Object<'_, '_> {
    /// The documented number, 0 if none.
    pub fn number(&self) -> u8 {
        self.action.number().unwrap_or(0)
    }

    /// Whether an update's meaning may be said: of the actions that tell of one, and of a body whose action is not known.
    pub fn tells_of_update(&self, actions: &[u8]) -> bool {
        match self.action {
            Action::Known(number) => actions.contains(number),
            Action::Inferred(_) => true,
            Action::Other(_) => false,
        }
    }

    /// What the usual fields tell of the customer.
    pub fn learnt_customer(&self) -> Option<Learnt> {
        learnt_person(
            PersonKind::Customer,
            self.fields.id("CoworkerId"),
            self.fields.line("CoworkerFullName"),
            self.fields.line("CoworkerEmail"),
        )
    }

    /// What the usual fields tell of the location.
    pub fn learnt_business(&self) -> Option<Learnt> {
        learnt_location(self.fields.id("BusinessId"), self.fields.line("BusinessName"))
    }

    /// A customer by the usual fields.
    pub fn customer(&self) -> Option<Person> {
        person(
            PersonKind::Customer,
            self.fields.id("CoworkerId"),
            self.fields
                .first(&["CoworkerFullName", "CoworkerBillingName", "CoworkerCompanyName"]),
        )
    }
}

/// A person, if there is a name or an id. The name of one known only by the id is empty: another event may tell it.
pub(crate) fn person(kind: PersonKind, id: Option<i64>, name: Option<String>) -> Option<Person> {
    match (id, name) {
        (None, None) => None,
        (id, name) => Some(Person {
            kind,
            id,
            name: name.unwrap_or_default(),
        }),
    }
}

/// What a body tells of a person that others name by the id only.
pub(crate) fn learnt_person(
    kind: PersonKind,
    id: Option<i64>,
    name: Option<String>,
    email: Option<String>,
) -> Option<Learnt> {
    let id = id.filter(|_| name.is_some() || email.is_some())?;
    Some(Learnt::Person {
        kind,
        id,
        name,
        email,
    })
}

/// What a body tells of a location that others name by the id only.
pub(crate) fn learnt_location(id: Option<i64>, name: Option<String>) -> Option<Learnt> {
    id.zip(name).map(|(id, name)| Learnt::Location { id, name })
}

/// Reads an object as an entity.
pub(crate) fn understand(entity: Entity, object: &Object) -> Understood {
    match entity {
        Entity::Booking => booking::understand(object),
        Entity::Checkin => checkin::understand(object),
        Entity::FailedCheckin => failed_checkin::understand(object),
        Entity::Coworker => customer::understand(object),
        Entity::CoworkerContract => contract::understand(object),
        Entity::CoworkerInvoice => invoice::understand(object),
        Entity::CoworkerDelivery => delivery::understand(object),
        Entity::Visitor => visitor::understand(object),
        _ => generic::understand(entity, object),
    }
}

/// What an update did, where it can be told from the state before.
pub(crate) fn update(entity: Entity, object: &Object, update: &Update) -> Option<Saying> {
    match entity {
        Entity::Booking => booking::update(object, update),
        Entity::Checkin => checkin::update(object, update),
        Entity::Coworker => customer::update(object, update),
        Entity::CoworkerDelivery => delivery::update(object, update),
        Entity::Visitor => visitor::update(object, update),
        _ => None,
    }
}

/// Lists the facts of an object as an entity.
pub(crate) fn facts(action: &Action, entity: Entity, list: &mut Facts) {
    match entity {
        Entity::Booking => booking::facts(list),
        Entity::Checkin => checkin::facts(list),
        Entity::FailedCheckin => failed_checkin::facts(list),
        Entity::Coworker => customer::facts(list),
        Entity::CoworkerContract => contract::facts(list),
        Entity::CoworkerInvoice => invoice::facts(list),
        Entity::CoworkerDelivery => delivery::facts(list),
        Entity::Visitor => visitor::facts(list),
        _ => generic::facts(entity, list),
    }
    let action = match action {
        Action::Known(_) => Some(format!("{} ({})", list.voice.label(action), action.name())),
        Action::Other(name) => Some(name.clone()),
        Action::Inferred(_) => None,
    };
    list.say("action", action);
    list.text("changed-by", &["UpdatedBy"]);
    list.time("created", "CreatedOn");
    list.time("last-changed", "UpdatedOn");
    list.text("platform-id", &["Id"]);
}

/// How a check-in was made (platform: eCheckinSource), in words of the catalogue.
pub(crate) const CHECKIN_SOURCE: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (1, "Manual", "source-manual"),
    (2, "DoorAccess", "source-door"),
    (3, "NetworkActivity", "source-network"),
    (4, "Tile", "source-tile"),
    (5, "Sensor", "source-sensor"),
];
