//! One file an entity: who, where, what, when, how much, in which words.

mod article;
mod attendee;
mod booking;
mod calendar_event;
mod changed;
mod chat_message;
mod checkin;
mod community_message;
mod contract;
mod customer;
mod customer_message;
mod delivery;
mod desk;
mod failed_checkin;
mod generic;
mod help_desk_comment;
mod help_desk_message;
mod invoice;
mod ledger_entry;
mod payment_method;
mod product;
mod proposal;
mod subscriber;
mod team;
mod thread;
mod visitor;

use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::reading::Learnt;
use crate::{Action, Amount, Entity, Named, Person, PersonKind, Saying, Stamp};

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

/// Longest beginning of a text in a sentence, in characters.
const EXCERPT: usize = 120;

/// How the first of several texts begins that says something: tags taken out, one line.
fn excerpt(f: &Fields, names: &[&str]) -> Option<String> {
    let begin = |text: String| crate::text::line(&text, EXCERPT);
    names.iter().find_map(|name| f.long(name).and_then(begin))
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
        Entity::CoworkerLedgerEntry => ledger_entry::understand(object),
        Entity::CoworkerProduct => product::understand(object),
        Entity::CoworkerPaymentMethod => payment_method::understand(object),
        Entity::Team => team::understand(object),
        Entity::HelpDeskMessage => help_desk_message::understand(object),
        Entity::HelpDeskComment => help_desk_comment::understand(object),
        Entity::CoworkerMessage => customer_message::understand(object),
        Entity::CalendarEvent => calendar_event::understand(object),
        Entity::EventAttendee => attendee::understand(object),
        Entity::Proposal => proposal::understand(object),
        Entity::NewsLetterSubscriber => subscriber::understand(object),
        Entity::CommunityThread => thread::understand(object),
        Entity::CommunityMessage => community_message::understand(object),
        Entity::BlogPost => article::understand(object),
        Entity::ChatUserMessage => chat_message::understand(object),
        Entity::FloorPlanDesk => desk::understand(object),
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
        Entity::CoworkerContract => contract::update(object, update),
        Entity::CoworkerInvoice => invoice::update(object, update),
        Entity::CoworkerLedgerEntry => ledger_entry::update(object, update),
        Entity::CoworkerProduct => product::update(object, update),
        Entity::CoworkerPaymentMethod => payment_method::update(object, update),
        Entity::Team => team::update(object, update),
        Entity::HelpDeskMessage => help_desk_message::update(object, update),
        Entity::CalendarEvent => calendar_event::update(object, update),
        Entity::EventAttendee => attendee::update(object, update),
        Entity::Proposal => proposal::update(object, update),
        Entity::NewsLetterSubscriber => subscriber::update(object, update),
        Entity::BlogPost => article::update(object, update),
        Entity::FloorPlanDesk => desk::update(object, update),
        Entity::Tariff
        | Entity::Product
        | Entity::FloorPlanLayout
        | Entity::Business
        | Entity::CommunityGroup
        | Entity::Unknown => generic::update(entity, object, update),
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
        Entity::CoworkerLedgerEntry => ledger_entry::facts(list),
        Entity::CoworkerProduct => product::facts(list),
        Entity::CoworkerPaymentMethod => payment_method::facts(list),
        Entity::Team => team::facts(list),
        Entity::HelpDeskMessage => help_desk_message::facts(list),
        Entity::HelpDeskComment => help_desk_comment::facts(list),
        Entity::CoworkerMessage => customer_message::facts(list),
        Entity::CalendarEvent => calendar_event::facts(list),
        Entity::EventAttendee => attendee::facts(list),
        Entity::Proposal => proposal::facts(list),
        Entity::NewsLetterSubscriber => subscriber::facts(list),
        Entity::CommunityThread => thread::facts(list),
        Entity::CommunityMessage => community_message::facts(list),
        Entity::BlogPost => article::facts(list),
        Entity::ChatUserMessage => chat_message::facts(list),
        Entity::FloorPlanDesk => desk::facts(list),
        _ => generic::facts(list),
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
