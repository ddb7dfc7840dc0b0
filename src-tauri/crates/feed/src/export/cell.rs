//! The columns of an export and what stands in them.

use super::COLUMNS;
use crate::FeedError;
use crate::filter::cut;
use nexwatch_nexudus::{Amount, Ms};
use nexwatch_store::{EventRow, Flags, Signature, Source};
use serde_json::Value;

macro_rules! columns {
    ($($column:ident),* $(,)?) => {
        /// A column, in the order of [`COLUMNS`]; the body after them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Column { $($column),* }

        const ALL: &[Column] = &[$(Column::$column),*];
    };
}

columns! {
    Id, HappenedAt, ReceivedAt, Action, ActionNumber, Category, Entity, EntityId, LocationId, Location, PersonId,
    Person, Resource, Amount, Currency, Sentence, Source, Signature, Repeats, Flags, Body,
}

const BODY: &str = "body";

impl Column {
    /// The columns of names, all if there are none; with the body at the end if it is wanted and not among them.
    pub fn named(names: &[String], body: bool) -> Result<Vec<Column>, FeedError> {
        let mut columns: Vec<Column> = match names {
            [] => ALL
                .iter()
                .copied()
                .filter(|column| *column != Column::Body)
                .collect(),
            names => names
                .iter()
                .map(|name| Column::of(name))
                .collect::<Result<_, _>>()?,
        };
        if body && !columns.contains(&Column::Body) {
            columns.push(Column::Body);
        }
        Ok(columns)
    }

    fn of(name: &str) -> Result<Column, FeedError> {
        ALL.iter()
            .copied()
            .find(|column| column.name() == name)
            .ok_or_else(|| {
                FeedError::BadExport(format!(
                    "there is no column “{}”: there are {}, {BODY}",
                    cut(name),
                    COLUMNS.join(", ")
                ))
            })
    }

    /// All but the body.
    pub fn usual() -> impl Iterator<Item = Column> {
        ALL.iter().copied().filter(|column| *column != Column::Body)
    }

    pub fn name(self) -> &'static str {
        COLUMNS.get(self as usize).copied().unwrap_or(BODY)
    }

    /// Whether it is told by the delivery, not by the event.
    pub const fn of_delivery(self) -> bool {
        matches!(
            self,
            Column::ReceivedAt | Column::Source | Column::Signature | Column::Body
        )
    }
}

/// One event, borrowed from wherever it was read.
#[derive(Clone, Copy)]
pub(super) struct Line<'r> {
    pub id: i64,
    pub happened_at: Ms,
    pub received_at: Ms,
    pub action: &'r str,
    pub action_number: Option<u8>,
    pub category: &'static str,
    pub entity: Option<&'static str>,
    pub entity_id: Option<i64>,
    pub location_id: Option<i64>,
    pub location: Option<&'r str>,
    pub person_id: Option<i64>,
    pub person: Option<&'r str>,
    pub resource: Option<&'r str>,
    pub amount: Option<Amount>,
    pub currency: Option<&'r str>,
    pub sentence: &'r str,
    pub source: &'static str,
    pub signature: &'static str,
    pub repeats: u32,
    pub flags: Flags,
    pub body: Option<&'r Value>,
}

/// What stands in one column, by its kind: the kind decides how it is written and whether it could do harm.
pub(super) enum Cell<'r> {
    Unknown,
    Number(i64),
    Decimal(Amount),
    Moment(Ms),
    /// One of this program's own.
    Word(&'static str),
    /// Anybody's.
    Text(&'r str),
    Words(Flags),
    Body(&'r Value),
}

impl<'r> Line<'r> {
    pub fn cell(&self, column: Column) -> Cell<'r> {
        let number = |number: Option<i64>| number.map_or(Cell::Unknown, Cell::Number);
        let text = |text: Option<&'r str>| text.map_or(Cell::Unknown, Cell::Text);
        match column {
            Column::Id => Cell::Number(self.id),
            Column::HappenedAt => Cell::Moment(self.happened_at),
            Column::ReceivedAt => Cell::Moment(self.received_at),
            Column::Action => Cell::Text(self.action),
            Column::ActionNumber => number(self.action_number.map(i64::from)),
            Column::Category => Cell::Word(self.category),
            Column::Entity => self.entity.map_or(Cell::Unknown, Cell::Word),
            Column::EntityId => number(self.entity_id),
            Column::LocationId => number(self.location_id),
            Column::Location => text(self.location),
            Column::PersonId => number(self.person_id),
            Column::Person => text(self.person),
            Column::Resource => text(self.resource),
            Column::Amount => self.amount.map_or(Cell::Unknown, Cell::Decimal),
            Column::Currency => text(self.currency),
            Column::Sentence => Cell::Text(self.sentence),
            Column::Source => Cell::Word(self.source),
            Column::Signature => Cell::Word(self.signature),
            Column::Repeats => Cell::Number(i64::from(self.repeats)),
            Column::Flags => Cell::Words(self.flags),
            Column::Body => self.body.map_or(Cell::Unknown, Cell::Body),
        }
    }

    /// A row of the feed, with its action's name and its sentence.
    pub fn of(row: &'r EventRow, action: &'r str, sentence: &'r str) -> Line<'r> {
        Line {
            id: row.id.0,
            happened_at: row.happened_at,
            received_at: row.received_at,
            action,
            action_number: row.action.number(),
            category: row.action.category().slug(),
            entity: entity(row.entity),
            entity_id: row.entity_id,
            location_id: row.location_id,
            location: row.location.as_deref(),
            person_id: row.person.as_ref().and_then(|person| person.id),
            person: row.scene().person,
            resource: row.resource.as_ref().map(|thing| thing.name.as_str()),
            amount: row.amount,
            currency: row.currency.as_deref(),
            sentence,
            source: source(row.source),
            signature: signature(row.signature != Signature::Unsigned),
            repeats: row.repeats,
            flags: row.flags,
            body: None,
        }
    }
}

/// The platform's name of an entity, if it is one of its own.
pub(super) fn entity(entity: nexwatch_nexudus::Entity) -> Option<&'static str> {
    (entity != nexwatch_nexudus::Entity::Unknown).then(|| entity.name())
}

pub(super) const fn source(source: Source) -> &'static str {
    match source {
        Source::Webhook => "webhook",
        Source::CaughtUp => "caught-up",
        Source::Hub => "hub",
        Source::Sample => "sample",
    }
}

pub(super) const fn signature(verified: bool) -> &'static str {
    if verified { "verified" } else { "unsigned" }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A row that says nothing.
    pub(in crate::export) fn line() -> Line<'static> {
        Line {
            id: 1,
            happened_at: 0,
            received_at: 0,
            action: "BookingCreate",
            action_number: Some(6),
            category: "bookings",
            entity: None,
            entity_id: None,
            location_id: None,
            location: None,
            person_id: None,
            person: None,
            resource: None,
            amount: None,
            currency: None,
            sentence: "",
            source: "webhook",
            signature: "verified",
            repeats: 0,
            flags: Flags::NONE,
            body: None,
        }
    }

    #[test]
    fn columns_have_the_names_that_scripts_rely_on() {
        assert_eq!(ALL.len(), COLUMNS.len() + 1);
        let names: Vec<&str> = Column::usual().map(Column::name).collect();
        assert_eq!(names, COLUMNS);
        assert_eq!(Column::Body.name(), "body");
        assert_eq!(Column::Flags.name(), "flags");
    }

    #[test]
    fn the_body_comes_last_unless_it_is_placed() {
        let named = |names: &[&str], body| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Column::named(&names, body).map_err(|error| error.to_string())
        };
        assert_eq!(named(&[], true).unwrap().len(), COLUMNS.len() + 1);
        assert_eq!(named(&["body", "id"], true).unwrap(), [Column::Body, Column::Id]);
        assert_eq!(named(&["person"], true).unwrap(), [Column::Person, Column::Body]);
        let error = named(&["id", "name"], false).unwrap_err();
        assert!(
            error.starts_with("there is no column “name”: there are id, happened_at"),
            "{error}"
        );
    }
}
