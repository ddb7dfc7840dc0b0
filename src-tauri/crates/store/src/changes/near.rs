//! The states of an entity that stand next to an event's own, in order of place.

use crate::repeats::ticks;
use crate::{DeliveryId, EventId, StoreError};
use nexwatch_nexudus::{Entity, Ms};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// An event with the body it was read from.
#[derive(Clone)]
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

/// So long a packed body is not kept in memory while its event waits for its words: hundreds may wait.
pub(super) const LARGE: usize = 32 * 1024;

/// The columns of one, of an event `e` and its delivery `d`.
pub(super) const NEIGHBOUR: &str =
    "e.id, e.delivery, e.position, e.action, d.received_at, d.dictionary, d.body, d.length";

impl Neighbour {
    /// Its body is not to be held in memory for long.
    pub fn is_large(&self) -> bool {
        self.body.len() > LARGE
    }

    pub fn of(row: &Row) -> rusqlite::Result<Neighbour> {
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
    }
}

/// A thing by its kind and its id.
pub(crate) type Thing = (Entity, i64);

/// What an event is about; nothing where that cannot be told: things of unknown kinds may share an id.
/// With it, when its body was changed.
pub(crate) fn entity_of(db: &Connection, event: EventId) -> Result<Option<(Thing, i64)>, StoreError> {
    let found = db
        .prepare_cached("SELECT entity, entity_id, updated_after FROM event WHERE id = ?1")?
        .query_row([event.0], |row| {
            let (entity, id): (u8, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok((entity, id, changed_at(event, row.get(2)?)))
        })
        .optional()?;
    Ok(found
        .and_then(|(entity, id, changed)| Some(((Entity::from_code(entity), id?), changed)))
        .filter(|((entity, _), _)| is_known(*entity)))
}

/// Whether an id of such a thing says which one it is.
pub(crate) fn is_known(entity: Entity) -> bool {
    entity != Entity::Unknown
}

const LAST: &str = "SELECT id FROM event INDEXED BY event_entity WHERE entity_id = ?1 AND entity = ?2
    ORDER BY id DESC LIMIT 1";

/// The last event of a thing in order of place: it has its newest state.
pub(crate) fn last(db: &Connection, (entity, id): Thing) -> Result<Option<EventId>, StoreError> {
    let found = db
        .prepare_cached(LAST)?
        .query_row(params![id, entity.code()], |row| row.get(0).map(EventId))
        .optional()?;
    Ok(found)
}

/// So many neighbours of an event are looked at on each side, so that a thing with a million events costs what one with ten
/// does. Of those before it, the ones that are told of later than they were changed are passed over.
pub const NEIGHBOURS: u32 = 8;

/// An event's place among the states of its entity: when its body was changed, in ticks; without that its place in time.
pub(super) fn changed_at(event: EventId, updated_after: Option<i64>) -> i64 {
    ticks(event) + updated_after.unwrap_or(0)
}

/// The event whose state another one of the same entity found: of those before it in order of place the one whose body was
/// changed last. Nothing where that is newer than the event's own: access control and check-ins, say, are placed by their
/// arrival and may bring a body that had been changed since. Such an event changed nothing.
pub(crate) fn before(
    db: &Connection,
    (entity, id): Thing,
    event: EventId,
    own: i64,
) -> Result<Option<Neighbour>, StoreError> {
    let mut near = db.prepare_cached(
        "SELECT e.id, e.updated_after FROM event e INDEXED BY event_entity
         WHERE e.entity_id = ?1 AND e.entity = ?2 AND e.id < ?3 ORDER BY e.id DESC LIMIT ?4",
    )?;
    let mut rows = near.query(params![id, entity.code(), event.0, NEIGHBOURS])?;
    let mut best: Option<(i64, EventId)> = None;
    while let Some(row) = rows.next()? {
        let other = EventId(row.get(0)?);
        best = best.max(Some((changed_at(other, row.get(1)?), other)));
    }
    let Some((_, found)) = best.filter(|(changed, _)| *changed <= own) else {
        return Ok(None);
    };
    let found = db
        .prepare_cached(&format!(
            "SELECT {NEIGHBOUR} FROM event e CROSS JOIN delivery d ON d.id = e.delivery WHERE e.id = ?1"
        ))?
        .query_row([found.0], Neighbour::of)
        .optional()?;
    Ok(found)
}

/// How many events of a thing stand before a place; no more than are looked at.
fn count_before(db: &Connection, (entity, id): Thing, event: EventId) -> Result<u32, StoreError> {
    let count = db
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM event INDEXED BY event_entity
             WHERE entity_id = ?1 AND entity = ?2 AND id < ?3 LIMIT ?4)",
        )?
        .query_row(params![id, entity.code(), event.0, NEIGHBOURS], |row| row.get(0))?;
    Ok(count)
}

/// The events after another one of the same entity that may have found its state, up to the next one whose body was changed
/// no earlier; and those that it stands before instead of one that they may have found.
pub(super) fn after(
    db: &Connection,
    (entity, id): Thing,
    event: EventId,
    own: i64,
) -> Result<Vec<EventId>, StoreError> {
    let mut near = db.prepare_cached(
        "SELECT e.id, e.updated_after FROM event e INDEXED BY event_entity
         WHERE e.entity_id = ?1 AND e.entity = ?2 AND e.id > ?3 ORDER BY e.id LIMIT ?4",
    )?;
    let mut rows = near.query(params![id, entity.code(), event.0, NEIGHBOURS])?;
    // One that many stand before has pushed the first of them out of what is looked at, for each of those after it.
    let mut place = count_before(db, (entity, id), event)?;
    let (mut found, mut hidden) = (Vec::new(), false);
    while let Some(row) = rows.next()? {
        let other = EventId(row.get(0)?);
        place += 1;
        if !hidden || place > NEIGHBOURS {
            found.push(other);
        }
        hidden |= changed_at(other, row.get(1)?) >= own;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Packer;
    use crate::file::open_writer;

    #[test]
    fn one_that_pushes_another_out_is_told_to_all_that_looked_at_it() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        let insert = |event: i64| {
            db.execute(
                "INSERT INTO event(id, delivery, position, action, entity, entity_id, location, person, resource, sentence, flags)
                 VALUES (?1, 1, 0, 6, ?2, 7, 0, 0, 0, '', 0)",
                params![event, Entity::Booking.code()],
            )
            .unwrap();
        };
        let late = EventId(85);
        let told = || after(&db, (Entity::Booking, 7), late, ticks(late)).unwrap();
        [50, 60, 70, 85, 90, 100, 110].into_iter().for_each(insert);
        // The next one is the state before of the others; what is told of late changes nothing for them.
        assert_eq!(told(), [EventId(90)]);
        [20, 30, 40].into_iter().for_each(insert);
        assert_eq!(told(), [EventId(90), EventId(110)]);
        [10, 15].into_iter().for_each(insert);
        assert_eq!(told(), [EventId(90), EventId(100), EventId(110)]);
    }

    #[test]
    fn the_last_of_a_thing_is_found_beside_a_thousand_of_another_kind_with_its_id() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        let insert = |event: i64, entity: Entity, id: i64| {
            db.execute(
                "INSERT INTO event(id, delivery, position, action, entity, entity_id, location, person, resource, sentence, flags)
                 VALUES (?1, 1, 0, 6, ?2, ?3, 0, 0, 0, '', 0)",
                params![event, entity.code(), id],
            )
            .unwrap();
        };
        insert(20, Entity::Booking, 7);
        insert(10, Entity::Booking, 7);
        for event in 100..1_100 {
            insert(event, Entity::Coworker, 7);
        }
        assert_eq!(last(&db, (Entity::Booking, 7)).unwrap(), Some(EventId(20)));
        assert_eq!(last(&db, (Entity::Coworker, 7)).unwrap(), Some(EventId(1_099)));
        assert_eq!(last(&db, (Entity::Visitor, 7)).unwrap(), None);
        let plan: String = db
            .query_row(&format!("EXPLAIN QUERY PLAN {LAST}"), params![7, 1], |row| {
                row.get(3)
            })
            .unwrap();
        assert!(
            plan.ends_with("event_entity (entity_id=? AND entity=?)"),
            "{plan}"
        );
    }
}
