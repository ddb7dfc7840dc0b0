//! Events of a query straight from the tables, in order of place: what answers before the columns are in memory.
//!
//! Every statement walks a key that is already in order (the primary key, the entity's index, full-text hits),
//! so the first rows come at once and nothing is sorted; what the key does not tell is checked row by row here.

use crate::query::Query;
use nexwatch_store::rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use nexwatch_store::{DeliveryId, EventId, EventKey, Flags, Reader, StoreError};

/// Which way a list is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    NewestFirst,
    OldestFirst,
}

/// A walk through the tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'q> {
    pub query: &'q Query,
    /// Only what had arrived when this delivery was the newest.
    pub as_of: DeliveryId,
    pub order: Order,
    /// Bounds beside the query's: first place, and first place after.
    pub from: EventId,
    pub to: EventId,
}

const KEY: &str = "e.id, e.delivery, e.action, e.location, e.person, e.flags";

impl Scan<'_> {
    /// All of a query.
    pub fn of(query: &Query, as_of: DeliveryId) -> Scan<'_> {
        Scan {
            query,
            as_of,
            order: Order::NewestFirst,
            from: query.from,
            to: query.to,
        }
    }

    /// The statement: bound values are the two places, then the entity's id and kind or the words.
    pub fn sql(&self) -> String {
        let order = match self.order {
            Order::NewestFirst => "DESC",
            Order::OldestFirst => "ASC",
        };
        if self.query.entity.is_some() {
            format!(
                "SELECT {KEY} FROM event e INDEXED BY event_entity \
                 WHERE e.entity_id = ?3 AND e.id >= ?1 AND e.id < ?2 AND e.entity = ?4 ORDER BY e.id {order}"
            )
        } else if self.query.words.is_some() {
            format!(
                "SELECT {KEY} FROM words CROSS JOIN event e ON e.id = words.rowid \
                 WHERE words MATCH ?3 AND words.rowid >= ?1 AND words.rowid < ?2 ORDER BY words.rowid {order}"
            )
        } else {
            format!("SELECT {KEY} FROM event e WHERE e.id >= ?1 AND e.id < ?2 ORDER BY e.id {order}")
        }
    }

    /// Gives the keys of the events one by one until told to stop (`false`).
    pub fn run(&self, reader: &Reader, mut each: impl FnMut(&EventKey) -> bool) -> Result<(), StoreError> {
        let (from, to) = (self.from.max(self.query.from).0, self.to.min(self.query.to).0);
        if from >= to {
            return Ok(());
        }
        reader.read(|db| {
            let mut find = db.prepare_cached(&self.sql())?;
            let mut rows = match (&self.query.entity, &self.query.words) {
                (Some((entity, id)), _) => find.query(params![from, to, id, entity.code()])?,
                (None, Some(words)) => find.query(params![from, to, words])?,
                (None, None) => find.query(params![from, to])?,
            };
            let mut said = match (&self.query.entity, &self.query.words) {
                (Some(_), Some(words)) => Some(Said::new(db, words)?),
                _ => None,
            };
            while let Some(row) = rows.next()? {
                let key = key(row)?;
                if key.delivery > self.as_of || !self.query.admits(&key) {
                    continue;
                }
                if let Some(said) = &mut said
                    && !said.by(key.id)?
                {
                    continue;
                }
                if !each(&key) {
                    break;
                }
            }
            Ok(())
        })
    }
}

fn key(row: &Row) -> Result<EventKey, StoreError> {
    Ok(EventKey {
        id: EventId(row.get(0)?),
        delivery: DeliveryId(row.get(1)?),
        action: row.get(2)?,
        location: row.get(3)?,
        person: row.get(4)?,
        flags: Flags(row.get(5)?),
    })
}

/// Asks single events whether they say some words.
pub(crate) struct Said<'c> {
    find: CachedStatement<'c>,
    words: &'c str,
}

/// A hit of one event, through the words' own key.
pub(crate) const SAID: &str = "SELECT 1 FROM words WHERE words MATCH ?1 AND rowid = ?2";

impl<'c> Said<'c> {
    pub fn new(db: &'c Connection, words: &'c str) -> Result<Said<'c>, StoreError> {
        Ok(Said {
            find: db.prepare_cached(SAID)?,
            words,
        })
    }

    pub fn by(&mut self, event: EventId) -> Result<bool, StoreError> {
        let hit: Option<i64> = self
            .find
            .query_row(params![self.words, event.0], |row| row.get(0))
            .optional()?;
        Ok(hit.is_some())
    }
}
