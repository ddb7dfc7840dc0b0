//! Which id an event gets: the first free place of its millisecond.

use crate::{EventId, StoreError};
use nexwatch_nexudus::Ms;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// So many full stretches are remembered at most; beyond it they are found anew.
const MOST: usize = 1_000;

/// What is known of the places that are taken. Forgotten when a transaction is rolled back.
#[derive(Default)]
pub(crate) struct Places {
    /// The last place of all that is taken.
    last: Option<i64>,
    /// Stretches without a free place: first places of milliseconds, from one up to another. Many events may share a
    /// millisecond (an import, a nightly job): whoever comes later need not look at all that is full again.
    full: BTreeMap<i64, i64>,
}

impl Places {
    /// The first free place of a millisecond; a full one spills into the next that has room.
    pub fn next(&mut self, db: &Connection, at: Ms) -> Result<EventId, StoreError> {
        let mut first = EventId::first_at(at).0;
        loop {
            first = self.behind_full(first);
            let next = first + (1 << EventId::BITS);
            let place = self.last_taken(db, first, next)?.map_or(first, |taken| taken + 1);
            if place < next {
                self.last = self.last.max(Some(place));
                return Ok(EventId(place));
            }
            self.note_full(first, next);
        }
    }

    /// The end of the full stretch that a millisecond lies in, or itself.
    fn behind_full(&self, first: i64) -> i64 {
        let before = self.full.range(..=first).next_back();
        before.map_or(first, |(_, to)| first.max(*to))
    }

    fn note_full(&mut self, first: i64, next: i64) {
        if self.full.len() >= MOST {
            self.full.clear();
        }
        let from = match self.full.range(..first).next_back() {
            Some((from, to)) if *to == first => *from,
            _ => first,
        };
        let to = self.full.remove(&next).unwrap_or(next);
        self.full.insert(from, to);
    }

    /// The last place of a stretch that is taken.
    fn last_taken(&mut self, db: &Connection, first: i64, next: i64) -> Result<Option<i64>, StoreError> {
        if self.last.is_none() {
            self.last = db.query_row("SELECT max(id) FROM event", [], |row| row.get(0))?;
        }
        // Most events are newer than all before.
        if self.last.is_none_or(|last| last < first) {
            return Ok(None);
        }
        let taken = db
            .prepare_cached("SELECT id FROM event WHERE id >= ?1 AND id < ?2 ORDER BY id DESC LIMIT 1")?
            .query_row([first, next], |row| row.get(0))
            .optional()?;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: i64 = 1 << EventId::BITS;

    fn database() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE event(id INTEGER PRIMARY KEY)")
            .unwrap();
        db
    }

    fn take(places: &mut Places, db: &Connection, at: Ms) -> EventId {
        let id = places.next(db, at).unwrap();
        db.execute("INSERT INTO event VALUES (?1)", [id.0]).unwrap();
        id
    }

    #[test]
    fn a_millisecond_is_filled_and_spills_into_the_next_with_room() {
        let (db, mut places) = (database(), Places::default());
        let at = EventId::EPOCH + 5_000;
        let later = take(&mut places, &db, at + 1);
        assert_eq!(later, EventId::first_at(at + 1));
        let ids: Vec<i64> = (0..3 * ROOM).map(|_| take(&mut places, &db, at).0).collect();
        let first = EventId::first_at(at).0;
        let expected: Vec<i64> = (0..=3 * ROOM).filter(|n| *n != ROOM).map(|n| first + n).collect();
        assert_eq!(ids, expected);
        // Whoever comes into the full stretch goes behind it, whoever comes before it does not.
        assert_eq!(take(&mut places, &db, at + 2).0, first + 3 * ROOM + 1);
        assert_eq!(take(&mut places, &db, at - 1), EventId::first_at(at - 1));
        // A fresh start knows the same from the table.
        assert_eq!(take(&mut Places::default(), &db, at).0, first + 3 * ROOM + 2);
    }

    #[test]
    fn full_stretches_are_remembered_apart_and_grow_together() {
        let (db, mut places) = (database(), Places::default());
        let at = EventId::EPOCH + 5_000;
        // Two that alternate, three milliseconds apart.
        for _ in 0..3 * ROOM {
            take(&mut places, &db, at);
            take(&mut places, &db, at + 3);
        }
        let first = EventId::first_at(at).0;
        let taken: Vec<i64> = db
            .prepare("SELECT id FROM event ORDER BY id")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(taken, (first..first + 6 * ROOM).collect::<Vec<_>>());
        assert_eq!(take(&mut places, &db, at).0, first + 6 * ROOM);
        assert_eq!(places.full.len(), 1, "{:?}", places.full);
        for n in 0..MOST as i64 {
            places.note_full(n * 2 * ROOM, n * 2 * ROOM + ROOM);
        }
        assert!(places.full.len() <= MOST);
    }

    #[test]
    fn times_before_the_epoch_and_at_the_end_have_places() {
        let (db, mut places) = (database(), Places::default());
        for at in [0, EventId::EPOCH - 100, EventId::EPOCH, Ms::MAX / 4] {
            let ids: Vec<EventId> = (0..=ROOM).map(|_| take(&mut places, &db, at)).collect();
            assert!(ids.is_sorted() && ids[0] == EventId::first_at(at), "{at}");
        }
    }
}
