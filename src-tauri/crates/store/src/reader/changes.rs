//! What changed: the state of an entity before an event, and which events changed a field.

use super::Reader;
use crate::changes::{Line, Neighbour, entity_of};
use crate::ties::{self, Tie};
use crate::{DeliveryId, EventId, StoreError, codes};
use nexwatch_nexudus::{Action, Ms};
use rusqlite::OptionalExtension;

/// The events that changed a field, by its number in [`Reader::fields`], in order of place.
pub const WITH_CHANGE: &str = "SELECT event FROM change WHERE field = ?1 ORDER BY event";

/// The state of an entity that an event found.
#[derive(Clone, Debug, PartialEq)]
pub struct StateBefore {
    /// The event that had brought it.
    pub event: EventId,
    /// What that was.
    pub action: Action,
    /// Its delivery.
    pub delivery: DeliveryId,
    /// Arrival of that.
    pub received_at: Ms,
    /// Place of the object in its body's array.
    pub position: u32,
    /// The untouched body.
    pub body: Vec<u8>,
}

impl Reader {
    /// The state that an event found: of the [`NEIGHBOURS`](crate::NEIGHBOURS) before it, in order of place, that are about the
    /// same entity, the one whose body was changed last. Nothing where there is none, where that one is newer than the event's
    /// own body (which then changed nothing), or where it cannot be told what the event is about.
    pub fn state_before(&self, event: EventId) -> Result<Option<StateBefore>, StoreError> {
        let found = self.read(|db| match entity_of(db, event)? {
            Some((thing, changed)) => {
                let tie = Tie::entity(thing);
                let recent = &ties::recent_of(db, tie)?;
                Line { db, tie, recent }.before(event, changed)
            }
            None => Ok(None),
        })?;
        let Some(found) = found else {
            return Ok(None);
        };
        let Neighbour {
            event,
            delivery,
            position,
            action,
            received_at,
            dictionary,
            body,
            length,
            ..
        } = found;
        let action = match codes::fixed_action(action) {
            Some(known) => known,
            None => Action::Other(self.other_action(action)?),
        };
        Ok(Some(StateBefore {
            event,
            action,
            delivery,
            received_at,
            position,
            body: self.unpack(dictionary, &body, length as usize)?,
        }))
    }

    /// Every field that has ever changed, with its number here.
    pub fn fields(&self) -> Result<Vec<(u32, String)>, StoreError> {
        self.read(|db| {
            let mut all = db.prepare_cached("SELECT id, name FROM field ORDER BY name")?;
            let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The number of a field; case does not matter. Nothing if it has never changed.
    pub fn field(&self, name: &str) -> Result<Option<u32>, StoreError> {
        let all = self.fields()?;
        let exact = all.iter().find(|(_, known)| known == name);
        let found = exact.or_else(|| all.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)));
        Ok(found.map(|(id, _)| *id))
    }

    /// The events that changed a field, in order of place; case does not matter.
    pub fn events_with_change(&self, field: &str) -> Result<Vec<EventId>, StoreError> {
        let Some(field) = self.field(field)? else {
            return Ok(Vec::new());
        };
        self.read(|db| {
            let mut find = db.prepare_cached(WITH_CHANGE)?;
            let rows = find.query_map([field], |row| row.get(0).map(EventId))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn other_action(&self, code: u16) -> Result<String, StoreError> {
        self.read(|db| {
            let name: Option<String> = db
                .prepare_cached("SELECT name FROM action WHERE code = ?1")?
                .query_row([code], |row| row.get(0))
                .optional()?;
            Ok(name.unwrap_or_else(|| code.to_string()))
        })
    }
}
