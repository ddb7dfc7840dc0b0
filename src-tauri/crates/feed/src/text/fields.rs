//! The fields of the query box.

use nexwatch_nexudus::Entity;

/// What a field asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Category,
    Action,
    Location,
    Person,
    From,
    To,
    On,
    Flag,
    /// `entity:Booking#123`.
    Entity,
    /// `booking:123`.
    One(Entity),
    /// `resource:123`.
    Resource,
    /// `changed:FromTime`.
    Changed,
    /// `at:2026-11-01..2026-11-07`.
    At,
    /// `amount:>100`.
    Amount,
    Currency,
    /// `body.Some.Field:value`.
    Body,
    Text,
}

/// Names with an explanation, in the order in which they are offered. Other spellings stand in [`ALIASES`].
pub(crate) const FIELDS: &[(&str, Field, &str)] = &[
    ("category", Field::Category, "a group of actions, e.g. billing"),
    ("action", Field::Action, "what happened, e.g. BookingCreate"),
    (
        "location",
        Field::Location,
        "where, by name or id; none: not known",
    ),
    ("person", Field::Person, "who, by a part of the name"),
    (
        "at",
        Field::At,
        "when: today, 2026-11, 2026-11-01..2026-11-07, last 2h",
    ),
    ("amount", Field::Amount, "how much: >100, <=9.50, 100..200"),
    ("flag", Field::Flag, "a mark, e.g. repeat"),
    (
        "body",
        Field::Body,
        "any field of the body, e.g. body.Notes:coffee",
    ),
    (
        "changed",
        Field::Changed,
        "a field that differs from the state before, e.g. FromTime",
    ),
    ("currency", Field::Currency, "in which currency, e.g. EUR"),
    ("booking", Field::One(Entity::Booking), "one booking, by its id"),
    (
        "customer",
        Field::One(Entity::Coworker),
        "one customer, by its id",
    ),
    ("visitor", Field::One(Entity::Visitor), "one visitor, by its id"),
    (
        "contract",
        Field::One(Entity::CoworkerContract),
        "one contract, by its id",
    ),
    (
        "invoice",
        Field::One(Entity::CoworkerInvoice),
        "one invoice, by its id",
    ),
    ("resource", Field::Resource, "one room, desk or plan, by its id"),
    (
        "entity",
        Field::Entity,
        "anything by kind and id, e.g. Proposal#123",
    ),
    ("on", Field::On, "a day: 2026-06-09, today, yesterday"),
    ("from", Field::From, "since: a day, a time, -2h, -7d"),
    ("to", Field::To, "until: a day (all of it), a time, -2h"),
    ("text", Field::Text, "words as they stand"),
];

const ALIASES: &[(&str, Field)] = &[
    ("cat", Field::Category),
    ("where", Field::Location),
    ("who", Field::Person),
    ("since", Field::From),
    ("until", Field::To),
    ("mark", Field::Flag),
    ("room", Field::Resource),
    ("sum", Field::Amount),
    ("when", Field::At),
    ("checkin", Field::One(Entity::Checkin)),
    ("delivery", Field::One(Entity::CoworkerDelivery)),
    ("proposal", Field::One(Entity::Proposal)),
    ("team", Field::One(Entity::Team)),
];

impl Field {
    /// The field of a name, in any case.
    pub fn named(name: &str) -> Option<Field> {
        let known = FIELDS.iter().map(|(name, field, _)| (name, field));
        known
            .chain(ALIASES.iter().map(|(name, field)| (name, field)))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, field)| *field)
    }

    /// Something right to write, for errors.
    pub const fn example(self) -> &'static str {
        match self {
            Field::Category => "category:billing",
            Field::Action => "action:BookingCreate",
            Field::Location => "location:\"Harbour Yard\"",
            Field::Person => "person:\"Ana Lima\"",
            Field::From => "from:-7d",
            Field::To => "to:2026-06-09",
            Field::On => "on:today",
            Field::Flag => "flag:repeat",
            Field::Entity => "entity:Booking#123",
            Field::One(_) => "booking:123",
            Field::Resource => "resource:123",
            Field::Changed => "changed:FromTime",
            Field::At => "at:today",
            Field::Amount => "amount:>100",
            Field::Currency => "currency:EUR",
            Field::Body => "body.Notes:coffee",
            Field::Text => "text:\"a word\"",
        }
    }
}
