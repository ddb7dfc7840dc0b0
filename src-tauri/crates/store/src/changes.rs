//! What an event changed: compared with the state before it, in order of place.

use crate::{DeliveryId, EventId, StoreError};
use nexwatch_nexudus::{Entity, Ms};
use rusqlite::{Connection, OptionalExtension, params};

/// An event beside another of the same entity, with the body it was read from.
pub(crate) struct Neighbour {
    pub event: EventId,
    pub delivery: DeliveryId,
    pub position: u32,
    pub action: u16,
    pub received_at: Ms,
    pub dictionary: u32,
    pub body: Vec<u8>,
    pub length: u32,
}

/// What an event is about; nothing where that cannot be told: things of unknown kinds may share an id.
fn entity_of(db: &Connection, event: EventId) -> Result<Option<(u8, i64)>, StoreError> {
    let found = db
        .prepare_cached("SELECT entity, entity_id FROM event WHERE id = ?1")?
        .query_row([event.0], |row| {
            Ok((row.get::<_, u8>(0)?, row.get::<_, Option<i64>>(1)?))
        })
        .optional()?;
    Ok(found.and_then(|(entity, id)| Some((entity, id?)).filter(|_| entity != Entity::Unknown.code())))
}

/// The event before another one that is about the same entity.
pub(crate) fn before(db: &Connection, event: EventId) -> Result<Option<Neighbour>, StoreError> {
    let Some((entity, id)) = entity_of(db, event)? else {
        return Ok(None);
    };
    let found = db
        .prepare_cached(BEFORE)?
        .query_row(params![id, entity, event.0], |row| {
            Ok(Neighbour {
                event: EventId(row.get(0)?),
                delivery: DeliveryId(row.get(1)?),
                position: row.get(2)?,
                action: row.get(3)?,
                received_at: row.get(4)?,
                dictionary: row.get(5)?,
                body: row.get(6)?,
                length: row.get(7)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// The neighbour before an event.
const BEFORE: &str =
    "SELECT e.id, e.delivery, e.position, e.action, d.received_at, d.dictionary, d.body, d.length
    FROM event e INDEXED BY event_entity CROSS JOIN delivery d ON d.id = e.delivery
    WHERE e.entity_id = ?1 AND e.entity = ?2 AND e.id < ?3 ORDER BY e.id DESC LIMIT 1";
