//! Finds kept deliveries by their bodies.
//!
//! Keys of bodies come in no order, so an index that each delivery is entered into at once would have a page written
//! for every one of them. The newest are therefore looked up in memory, and entered some thousand at a time, in order.

use crate::{DeliveryId, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

/// The setting that says up to which delivery all are entered.
const ENTERED: &str = "body_keys_entered";

/// The keys of bodies.
pub(crate) struct Keys {
    /// Not entered yet: key and delivery, in order of delivery.
    recent: Vec<(i64, i64)>,
    by_key: FxHashMap<i64, Vec<i64>>,
    /// So many are entered together.
    together: usize,
}

impl Keys {
    /// Reads what is not entered yet.
    pub fn load(db: &Connection, together: usize) -> Result<Keys, StoreError> {
        let mut keys = Keys {
            recent: Vec::new(),
            by_key: FxHashMap::default(),
            together: together.max(1),
        };
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
            keys.add(row.get(0)?, DeliveryId(row.get(1)?));
        }
        Ok(keys)
    }

    /// Notes a delivery.
    pub fn add(&mut self, key: i64, delivery: DeliveryId) {
        self.recent.push((key, delivery.0));
        self.by_key.entry(key).or_default().push(delivery.0);
    }

    /// Forgets deliveries from one on: their transaction was rolled back.
    pub fn forget(&mut self, from: i64) {
        while let Some((key, delivery)) = self.recent.pop_if(|(_, delivery)| *delivery >= from) {
            if let Some(known) = self.by_key.get_mut(&key) {
                known.retain(|other| *other != delivery);
                if known.is_empty() {
                    self.by_key.remove(&key);
                }
            }
        }
    }

    /// Deliveries whose bodies have a key, newest first, at most so many.
    pub fn find(&self, db: &Connection, key: i64, most: usize) -> Result<Vec<i64>, StoreError> {
        let recent = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<i64> = recent.iter().rev().take(most).copied().collect();
        let mut older = db
            .prepare_cached("SELECT delivery FROM body_key WHERE key = ?1 ORDER BY delivery DESC LIMIT ?2")?;
        let mut rows = older.query(params![key, (most - found.len()) as i64])?;
        while let Some(row) = rows.next()? {
            found.push(row.get(0)?);
        }
        Ok(found)
    }

    /// Enters the recent ones if they have become many; whether it did. They are looked up in memory until
    /// [`Keys::entered`] is told that the transaction has been committed.
    pub fn enter(&self, db: &Connection) -> Result<bool, StoreError> {
        let Some((_, newest)) = self.recent.last() else {
            return Ok(false);
        };
        if self.recent.len() < self.together {
            return Ok(false);
        }
        let mut sorted = self.recent.clone();
        sorted.sort_unstable();
        let mut enter = db.prepare_cached("INSERT INTO body_key(key, delivery) VALUES (?1, ?2)")?;
        for (key, delivery) in sorted {
            enter.execute([key, delivery])?;
        }
        db.prepare_cached("INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)")?
            .execute(params![ENTERED, newest.to_string()])?;
        Ok(true)
    }

    /// The recent ones are entered.
    pub fn entered(&mut self) {
        self.recent.clear();
        self.by_key.clear();
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
        assert!(!keys.enter(&db).unwrap(), "too few");
        keep(&db, &mut keys, 7, 3);
        assert_eq!(keys.find(&db, 7, 64).unwrap(), [3, 1]);
        assert!(keys.enter(&db).unwrap());
        keys.entered();
        assert_eq!(keys.find(&db, 7, 64).unwrap(), [3, 1]);
        keep(&db, &mut keys, 7, 4);
        assert_eq!(keys.find(&db, 7, 64).unwrap(), [4, 3, 1]);
        assert_eq!(keys.find(&db, 7, 2).unwrap(), [4, 3]);
        let again = Keys::load(&db, 3).unwrap();
        assert_eq!(again.recent, [(7, 4)]);
        assert_eq!(again.find(&db, 7, 64).unwrap(), [4, 3, 1]);
        assert!(again.find(&db, 8, 64).unwrap().is_empty());
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
        assert_eq!(keys.recent, [(7, 1)]);
    }
}
