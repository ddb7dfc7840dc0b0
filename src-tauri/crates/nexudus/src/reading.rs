//! What was understood of one object of a body.

use crate::act::Act;
use crate::voice::Scene;
use crate::{Action, Entity, Ms, Saying};
use serde::{Deserialize, Serialize};

/// One event, as read from a body. Everything here may be stored, searched, shown and exported: private
/// fields (see [`crate::private`]) never reach it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Place of the object in the body's array, from 0.
    pub position: u32,
    /// What the platform calls it.
    pub action: Action,
    /// What it is about.
    pub entity: Entity,
    /// The entity's `Id`.
    pub entity_id: Option<i64>,
    /// The body's `UpdatedOn`.
    pub updated_on: Option<Stamp>,
    /// When it happened: the act's own time, `UpdatedOn` or the arrival, by the rules of `when`.
    pub happened_at: Ms,
    /// The location's (platform: business) id: of the body, else of the URL.
    pub location_id: Option<i64>,
    /// The location's name, where the body has it.
    pub location: Option<String>,
    /// Who did it or whom it concerns.
    pub person: Option<Person>,
    /// The room, desk, plan or parcel concerned.
    pub resource: Option<Named>,
    /// How much.
    pub amount: Option<Amount>,
    /// ISO 4217 code, e.g. `GBP`.
    pub currency: Option<String>,
    /// Persons beside the first: the host of a visitor, say. Their events too.
    pub involved: Vec<Person>,
    /// What is said of the event.
    pub saying: Saying,
    /// The same in words, as the arrival's voice says it with every date in full: what search finds. What is shown is made
    /// anew of `saying`.
    pub sentence: String,
    /// What the body tells of others: names and places that other bodies lack.
    pub learnt: Vec<Learnt>,
    /// What full-text search finds beside the sentence: names, company, e-mail, notes, numbers, ids.
    pub words: String,
    /// The URL named no action; entity known by shape, verb unknown.
    pub inferred: bool,
    /// The body (or this object) could not be read as JSON of a known shape.
    pub unreadable: bool,
    /// The action says that the entity is no more.
    pub deleted: bool,
    /// How a second arrival of the same is told from a second act.
    pub repeat_rule: RepeatRule,
}

impl Reading {
    /// What its sentence takes from it.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            action: &self.action,
            entity: self.entity,
            person: self
                .person
                .as_ref()
                .map(|person| person.name.as_str())
                .filter(|name| !name.is_empty()),
            resource: self.resource.as_ref().map(|thing| thing.name.as_str()),
            location: self.location.as_deref(),
            location_id: self.location_id,
            amount: self.amount,
            currency: self.currency.as_deref(),
        }
    }

    /// Which other events may tell of the same act.
    pub fn act(&self) -> Option<Act> {
        Act::of(&self.action, self.entity, self.entity_id, self.person.as_ref())
    }
}

/// What a body tells of something that other bodies only name by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Learnt {
    /// How a person is called and can be written to.
    Person {
        /// Whose id it is.
        kind: PersonKind,
        /// The platform's id.
        id: i64,
        /// Full name.
        name: Option<String>,
        /// E-mail address.
        email: Option<String>,
    },
    /// Where a room or desk is: bookings do not say.
    Resource {
        /// The platform's id of the room or desk.
        id: i64,
        /// The location's id.
        location: i64,
    },
    /// How a location is called.
    Location {
        /// The location's id.
        id: i64,
        /// Its name.
        name: String,
    },
}

impl Learnt {
    /// Words of the body in it.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let (first, second) = match self {
            Learnt::Person { name, email, .. } => (name.as_mut(), email.as_mut()),
            Learnt::Location { name, .. } => (Some(name), None),
            Learnt::Resource { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// A person, under the id that the platform gives them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Whose id it is.
    pub kind: PersonKind,
    /// The platform's id, unique within the kind.
    pub id: Option<i64>,
    /// Full name as the body has it; empty only where there is an id and no name: it may be learnt from another event.
    pub name: String,
}

/// Which list a person's id belongs to. The number is what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "lowercase")]
pub enum PersonKind {
    /// A customer (platform: coworker).
    Customer = 1,
    /// A visitor.
    Visitor = 2,
    /// Anyone else: a subscriber, an attendee, a user.
    Other = 3,
}

impl PersonKind {
    /// The kind of a stored number.
    pub fn from_code(code: u8) -> PersonKind {
        match code {
            1 => PersonKind::Customer,
            2 => PersonKind::Visitor,
            _ => PersonKind::Other,
        }
    }
}

/// A thing with a platform id and a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Named {
    /// The platform's id.
    pub id: Option<i64>,
    /// Never empty.
    pub name: String,
}

/// An amount of money in ten-thousandths of the currency's unit: `12.50` is `Amount(125_000)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(pub i64);

/// A time stamp of a body in units of 100 ns since 1970 (the platform writes up to seven digits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stamp(pub i64);

impl Stamp {
    /// Milliseconds since 1970, cut.
    pub const fn ms(self) -> Ms {
        self.0.div_euclid(10_000)
    }

    /// Whether it was written to the second only: two changes may then share it.
    pub const fn whole_second(self) -> bool {
        self.0.rem_euclid(10_000_000) == 0
    }
}

/// How a second arrival of the same is told from a second act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RepeatRule {
    /// Identical bytes, or the same entity id and `UpdatedOn`, within the retry window, are a repeat.
    Window,
    /// The act does not change its body (a check-in with a customer body, access control, welcome e-mail,
    /// visitor notified): identical bytes within two minutes are a repeat, after that a new event.
    Brief,
    /// Too little is known (no action, unknown action, nothing readable): identical bytes within two minutes
    /// are a repeat; later ones within the window are kept and flagged *maybe a repeat*.
    Doubtful,
}
