//! The states of an entity that stand next to an event's own, in order of place.

use crate::repeats::ticks;
use crate::ties::Tie;
use crate::{DeliveryId, EventId, StoreError};
use nexwatch_nexudus::{Entity, Ms};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::Arc;

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
    /// The same unpacked, where it is at hand.
    pub plain: Option<Arc<[u8]>>,
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
            plain: None,
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

/// The last of a thing's events in the index.
const LAST: &str = "SELECT event FROM tie WHERE kind = ?1 AND key = ?2 ORDER BY event DESC LIMIT 1";

/// Those of a thing's events in the index that are nearest to a place, on one side.
const BEFORE: &str =
    "SELECT event FROM tie WHERE kind = ?1 AND key = ?2 AND event < ?3 ORDER BY event DESC LIMIT ?4";
const AFTER: &str =
    "SELECT event FROM tie WHERE kind = ?1 AND key = ?2 AND event > ?3 ORDER BY event LIMIT ?4";

/// The events of a thing, in order of place.
#[derive(Clone, Copy)]
pub(crate) struct Line<'l> {
    pub db: &'l Connection,
    pub tie: Tie,
    /// Those that may not be in the index yet, in order.
    pub recent: &'l [EventId],
}

/// So many neighbours of an event are looked at on each side, so that a thing with a million events costs what one with ten
/// does. Of those before it, the ones that are told of later than they were changed are passed over.
pub const NEIGHBOURS: u32 = 8;
const NEAR: usize = NEIGHBOURS as usize;

/// An event's place among the states of its entity: when its body was changed, in ticks; without that its place in time.
pub(super) fn changed_at(event: EventId, updated_after: Option<i64>) -> i64 {
    ticks(event) + updated_after.unwrap_or(0)
}

impl Line<'_> {
    /// The last one: it has the thing's newest state.
    pub fn last(self) -> Result<Option<EventId>, StoreError> {
        let entered = self
            .db
            .prepare_cached(LAST)?
            .query_row(params![self.tie.kind(), self.tie.key()], |row| {
                row.get(0).map(EventId)
            })
            .optional()?;
        Ok(entered.max(self.recent.last().copied()))
    }

    /// Whether another one than this belongs to it.
    pub fn has_others(self, event: EventId) -> Result<bool, StoreError> {
        Ok(!self.nearest_before(event, 1)?.is_empty() || !self.nearest_after(event, 1)?.is_empty())
    }

    /// The nearest before a place, so many at most, the nearest first.
    pub fn nearest_before(self, event: EventId, most: usize) -> Result<Vec<EventId>, StoreError> {
        let mut near = self.nearest(BEFORE, event, most)?;
        let recent = &self.recent[..self.recent.partition_point(|other| *other < event)];
        near.extend(recent.iter().rev().take(most));
        near.sort_unstable_by(|one, other| other.cmp(one));
        near.dedup();
        near.truncate(most);
        Ok(near)
    }

    /// The nearest after a place, likewise.
    fn nearest_after(self, event: EventId, most: usize) -> Result<Vec<EventId>, StoreError> {
        let mut near = self.nearest(AFTER, event, most)?;
        let recent = &self.recent[self.recent.partition_point(|other| *other <= event)..];
        near.extend(recent.iter().take(most));
        near.sort_unstable();
        near.dedup();
        near.truncate(most);
        Ok(near)
    }

    fn nearest(self, sql: &str, event: EventId, most: usize) -> Result<Vec<EventId>, StoreError> {
        let mut find = self.db.prepare_cached(sql)?;
        let near = find.query_map(
            params![self.tie.kind(), self.tie.key(), event.0, most as i64],
            |row| row.get(0).map(EventId),
        )?;
        Ok(near.collect::<Result<_, _>>()?)
    }

    fn changed_at(self, event: EventId) -> Result<Option<i64>, StoreError> {
        let updated_after = self
            .db
            .prepare_cached("SELECT updated_after FROM event WHERE id = ?1")?
            .query_row([event.0], |row| row.get(0))
            .optional()?;
        Ok(updated_after.map(|updated_after| changed_at(event, updated_after)))
    }

    /// The event whose state another one found: of those before it in order of place the one whose body was changed last.
    /// Nothing where that is newer than the event's own: access control and check-ins, say, are placed by their arrival and
    /// may bring a body that had been changed since. Such an event changed nothing.
    pub fn before(self, event: EventId, own: i64) -> Result<Option<Neighbour>, StoreError> {
        let best = self.changed_last(&self.nearest_before(event, NEAR)?)?;
        let Some((_, found)) = best.filter(|(changed, _)| *changed <= own) else {
            return Ok(None);
        };
        let found = self
            .db
            .prepare_cached(&format!(
                "SELECT {NEIGHBOUR} FROM event e CROSS JOIN delivery d ON d.id = e.delivery WHERE e.id = ?1"
            ))?
            .query_row([found.0], Neighbour::of)
            .optional()?;
        Ok(found)
    }

    /// Of some events the one whose body was changed last, and when.
    fn changed_last(self, events: &[EventId]) -> Result<Option<(i64, EventId)>, StoreError> {
        let mut last: Option<(i64, EventId)> = None;
        for event in events {
            if let Some(changed) = self.changed_at(*event)? {
                last = last.max(Some((changed, *event)));
            }
        }
        Ok(last)
    }

    /// Whether an event may find another state now that new ones have come. `is_new` has to know all that no event has been
    /// compared for yet.
    pub fn finds_another(self, event: EventId, is_new: impl Fn(EventId) -> bool) -> Result<bool, StoreError> {
        let near = self.nearest_before(event, 2 * NEAR)?;
        // As far as it may have looked when it was compared, whichever of the new ones were there.
        let old = near.iter().enumerate().filter(|(_, other)| !is_new(**other));
        let looked_at = match old.map(|(at, _)| at + 1).nth(NEAR - 1) {
            Some(end) => &near[..end],
            // Of so many new ones it cannot be told.
            None if near.len() == 2 * NEAR => return Ok(true),
            None => &near,
        };
        let same = self
            .changed_last(looked_at)?
            .is_some_and(|(_, last)| !is_new(last) && near.iter().take(NEAR).any(|other| *other == last));
        Ok(!same)
    }

    /// The events after another one that may have found its state, up to the next one whose body was changed no earlier; and
    /// those that it stands before instead of one that they may have found.
    pub fn after(self, event: EventId, own: i64) -> Result<Vec<EventId>, StoreError> {
        // One that many stand before has pushed the first of them out of what is looked at, for each of those after it.
        let mut place = self.nearest_before(event, NEAR)?.len();
        let (mut found, mut hidden) = (Vec::new(), false);
        for other in self.nearest_after(event, NEAR)? {
            place += 1;
            if !hidden || place > NEAR {
                found.push(other);
            }
            hidden |= self.changed_at(other)?.is_some_and(|changed| changed >= own);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Packer;
    use crate::file::open_writer;

    fn enter(db: &Connection, tie: Tie, event: i64) {
        db.execute(
            "INSERT INTO tie(kind, key, event) VALUES (?1, ?2, ?3)",
            params![tie.kind(), tie.key(), event],
        )
        .unwrap();
    }

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
            enter(&db, Tie::entity((Entity::Booking, 7)), event);
        };
        let late = EventId(85);
        let line = Line {
            db: &db,
            tie: Tie::entity((Entity::Booking, 7)),
            recent: &[],
        };
        let told = || line.after(late, ticks(late)).unwrap();
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
            enter(&db, Tie::entity((entity, id)), event);
        };
        insert(20, Entity::Booking, 7);
        insert(10, Entity::Booking, 7);
        for event in 100..1_100 {
            insert(event, Entity::Coworker, 7);
        }
        let last = |entity, recent: &[EventId]| {
            let tie = Tie::entity((entity, 7));
            Line { db: &db, tie, recent }.last().unwrap()
        };
        assert_eq!(last(Entity::Booking, &[]), Some(EventId(20)));
        assert_eq!(
            last(Entity::Booking, &[EventId(5), EventId(15)]),
            Some(EventId(20))
        );
        assert_eq!(
            last(Entity::Booking, &[EventId(20), EventId(30)]),
            Some(EventId(30))
        );
        assert_eq!(last(Entity::Coworker, &[]), Some(EventId(1_099)));
        assert_eq!(last(Entity::Visitor, &[]), None);
        assert_eq!(last(Entity::Visitor, &[EventId(3)]), Some(EventId(3)));
        for sql in [LAST, BEFORE, AFTER] {
            let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let mut steps = explain.raw_query();
            let plan: String = steps.next().unwrap().unwrap().get(3).unwrap();
            assert!(plan.contains("PRIMARY KEY (kind=? AND key=?"), "{sql}: {plan}");
            assert!(steps.next().unwrap().is_none(), "{sql}");
        }
    }

    #[test]
    fn an_event_finds_another_state_where_a_new_one_is_it_or_has_pushed_it_out() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        let tie = Tie::entity((Entity::Booking, 7));
        let insert = |event: i64, updated_after: i64| {
            db.execute(
                "INSERT INTO event(id, delivery, position, action, entity, entity_id, updated_after, location, person, resource,
                   sentence, flags) VALUES (?1, 1, 0, 6, 1, 7, ?2, 0, 0, 0, '', 0)",
                params![event, updated_after],
            )
            .unwrap();
            enter(&db, tie, event);
        };
        let line = Line {
            db: &db,
            tie,
            recent: &[],
        };
        let finds = |new: &[i64]| {
            line.finds_another(EventId(1_000), |event| new.contains(&event.0))
                .unwrap()
        };
        // The state that it found was changed last of all, and told of first.
        insert(100, 10_000_000);
        assert!(!finds(&[]) && finds(&[100]));
        for event in [200, 300, 400, 500, 600, 700] {
            insert(event, 0);
        }
        assert!(!finds(&[500, 600, 700]), "they are not it");
        insert(800, 20_000_000);
        assert!(finds(&[800]) && !finds(&[700]));
        // Eight of a line of nine: the first may have been the state that it found.
        db.execute("UPDATE event SET updated_after = 0 WHERE id = 800", [])
            .unwrap();
        insert(900, 0);
        assert!(finds(&[900]), "it has pushed the state out");
        assert!(!finds(&[]));
        // It was the state for as long as one of two was there, and both of them are new.
        insert(50, 30_000_000);
        assert!(finds(&[800, 900]));
        let many: Vec<i64> = (901..930).collect();
        many.iter().for_each(|event| insert(*event, 0));
        assert!(finds(&many), "too many to tell");
    }

    #[test]
    fn neighbours_are_found_in_the_index_and_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        let tie = Tie::entity((Entity::Booking, 7));
        [10, 20, 30, 40]
            .into_iter()
            .for_each(|event| enter(&db, tie, event));
        // Some that moved are still remembered.
        let recent = [15, 20, 35, 50].map(EventId);
        let line = Line {
            db: &db,
            tie,
            recent: &recent,
        };
        let ids = |events: &[i64]| events.iter().copied().map(EventId).collect::<Vec<_>>();
        assert_eq!(line.nearest_before(EventId(35), 3).unwrap(), ids(&[30, 20, 15]));
        assert_eq!(
            line.nearest_before(EventId(36), 9).unwrap(),
            ids(&[35, 30, 20, 15, 10])
        );
        assert_eq!(line.nearest_after(EventId(15), 3).unwrap(), ids(&[20, 30, 35]));
        assert_eq!(line.nearest_after(EventId(40), 3).unwrap(), ids(&[50]));
        assert!(line.has_others(EventId(50)).unwrap());
        let alone = Line {
            recent: &recent[3..],
            tie: Tie::entity((Entity::Visitor, 7)),
            ..line
        };
        assert!(!alone.has_others(EventId(50)).unwrap());
        assert!(alone.has_others(EventId(10)).unwrap());
    }
}
