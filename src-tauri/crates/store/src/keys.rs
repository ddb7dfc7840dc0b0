//! Finds kept deliveries by their bodies.
//!
//! Keys of bodies come in no order, so an index that each delivery is entered into at once would have a page written
//! for every one of them. The newest are therefore looked up in memory, and entered when some thousand have gathered, in
//! order (see [`crate::turn`]).

use crate::turn::Turn;
use crate::{DeliveryId, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

/// The setting that says up to which delivery all are entered.
const ENTERED: &str = "body_keys_entered";

/// The keys of bodies.
pub(crate) struct Keys {
    by_key: FxHashMap<i64, Vec<i64>>,
    /// Key and delivery of those that are not entered yet, and of those whose turn is not over.
    turn: Turn<(i64, i64)>,
    /// The newest delivery.
    newest: i64,
}

/// What a transaction has entered; holds once it is committed.
#[derive(Clone, Copy)]
#[must_use]
pub(crate) struct Entered(usize);

impl Keys {
    /// Reads what is not entered yet.
    pub fn load(db: &Connection, together: usize) -> Result<Keys, StoreError> {
        let mut by_key: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
        let (mut waited, mut newest) = (Vec::new(), 0);
        let entered: Option<i64> = db
            .query_row(
                "SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?1",
                [ENTERED],
                |row| row.get(0),
            )
            .optional()?;
        let mut newer = db.prepare("SELECT body_key, id FROM delivery WHERE id > ?1 ORDER BY id")?;
        let mut rows = newer.query([entered.unwrap_or(0)])?;
        while let Some(row) = rows.next()? {
            let (key, delivery) = (row.get(0)?, row.get(1)?);
            by_key.entry(key).or_default().push(delivery);
            waited.push((key, delivery));
            newest = delivery;
        }
        Ok(Keys {
            by_key,
            turn: Turn::new(together, waited, newest),
            newest,
        })
    }

    /// Notes a delivery.
    pub fn add(&mut self, key: i64, delivery: DeliveryId) {
        self.turn.add((key, delivery.0));
        self.by_key.entry(key).or_default().push(delivery.0);
        self.newest = delivery.0;
    }

    /// Forgets deliveries from one on: their transaction was rolled back.
    pub fn forget(&mut self, from: i64) {
        while let Some((key, delivery)) = self.turn.take_back_if(|(_, delivery)| *delivery >= from) {
            self.forget_one(key, delivery);
        }
        self.newest = self.newest.min(from - 1);
    }

    fn forget_one(&mut self, key: i64, delivery: i64) {
        if let Some(known) = self.by_key.get_mut(&key) {
            known.retain(|other| *other != delivery);
            if known.is_empty() {
                self.by_key.remove(&key);
            }
        }
    }

    /// Deliveries whose bodies have a key, newest first, at most so many.
    pub fn find(&self, db: &Connection, key: i64, most: usize) -> Result<Vec<i64>, StoreError> {
        let recent = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<i64> = recent.iter().rev().take(most).copied().collect();
        if found.len() == most {
            return Ok(found);
        }
        // Those of a turn that is not over are in both.
        let oldest = recent.first().copied().unwrap_or(i64::MAX);
        let mut older = db.prepare_cached(
            "SELECT delivery FROM body_key WHERE key = ?1 AND delivery < ?2 ORDER BY delivery DESC LIMIT ?3",
        )?;
        let mut rows = older.query(params![key, oldest, (most - found.len()) as i64])?;
        while let Some(row) = rows.next()? {
            found.push(row.get(0)?);
        }
        Ok(found)
    }

    /// Enters those whose turn it is, at the end of the transaction under way. They are looked up in memory until the turn is
    /// over.
    pub fn enter(&self, db: &Connection) -> Result<Entered, StoreError> {
        let slice = self.turn.slice();
        let mut enter = db.prepare_cached("INSERT OR IGNORE INTO body_key(key, delivery) VALUES (?1, ?2)")?;
        for (key, delivery) in slice.entries {
            enter.execute([key, delivery])?;
        }
        if let Some(newest) = slice.completes {
            db.prepare_cached("INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)")?
                .execute(params![ENTERED, newest.to_string()])?;
        }
        Ok(Entered(slice.entries.len()))
    }

    /// That is committed.
    pub fn entered(&mut self, Entered(slice): Entered) {
        for (key, delivery) in self.turn.committed(slice, self.newest) {
            self.forget_one(key, delivery);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("schema/v1.sql")).unwrap();
        db
    }

    fn keep(db: &Connection, keys: &mut Keys, key: i64, id: i64) {
        db.execute(
            "INSERT INTO delivery(id, received_at, source, route, headers, rule, secret, event_after, length, body_key, dictionary, body)
             VALUES (?1, 0, 1, 1, 1, 0, 0, 0, 0, ?2, 0, x'')",
            [id, key],
        )
        .unwrap();
        keys.add(key, DeliveryId(id));
    }

    #[test]
    fn keys_are_found_before_and_after_they_are_entered_and_after_a_restart() {
        let db = database();
        let mut keys = Keys::load(&db, 3).unwrap();
        keep(&db, &mut keys, 7, 1);
        keep(&db, &mut keys, 9, 2);
        let enter = |keys: &mut Keys| {
            let entered = keys.enter(&db).unwrap();
            keys.entered(entered);
            db.query_row("SELECT count(*) FROM body_key", [], |row| row.get::<_, u32>(0))
                .unwrap()
        };
        assert_eq!(enter(&mut keys), 0, "too few");
        keep(&db, &mut keys, 7, 3);
        assert_eq!(keys.find(&db, 7, 64).unwrap(), [3, 1]);
        assert_eq!(enter(&mut keys), 0, "their turn begins");
        keep(&db, &mut keys, 7, 4);
        keep(&db, &mut keys, 7, 5);
        assert_eq!(enter(&mut keys), 0, "too few to share pages");
        // One is entered already when the program is killed.
        db.execute("INSERT INTO body_key(key, delivery) VALUES (7, 3)", [])
            .unwrap();
        let killed = Keys::load(&db, 3).unwrap();
        for keys in [&keys, &killed] {
            assert_eq!(keys.find(&db, 7, 64).unwrap(), [5, 4, 3, 1]);
        }
        keep(&db, &mut keys, 8, 6);
        assert_eq!(enter(&mut keys), 3);
        for keys in [&keys, &Keys::load(&db, 3).unwrap()] {
            assert_eq!(keys.find(&db, 7, 64).unwrap(), [5, 4, 3, 1]);
            assert_eq!(keys.find(&db, 7, 3).unwrap(), [5, 4, 3]);
            assert_eq!(keys.find(&db, 7, 2).unwrap(), [5, 4]);
            assert_eq!(keys.find(&db, 8, 64).unwrap(), [6]);
            assert!(keys.find(&db, 10, 64).unwrap().is_empty());
        }
    }

    #[test]
    fn what_was_rolled_back_is_forgotten() {
        let db = database();
        let mut keys = Keys::load(&db, 100).unwrap();
        for (key, id) in [(7, 1), (7, 2), (8, 3)] {
            keys.add(key, DeliveryId(id));
        }
        keys.forget(2);
        assert_eq!(keys.find(&db, 7, 64).unwrap(), [1]);
        assert!(keys.find(&db, 8, 64).unwrap().is_empty());
        assert_eq!((keys.turn.gathered(), keys.newest), (1, 1));
    }
}
