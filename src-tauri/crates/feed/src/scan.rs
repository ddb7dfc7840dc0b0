//! Events of a query straight from the tables, in order of place: what answers before the columns are in memory.
//!
//! Every statement walks a key that is already in order (the primary key, the entity's index, full-text hits),
//! so the first rows come at once and nothing is sorted; what the key does not tell is checked row by row here.

use crate::query::Query;
use nexwatch_store::rusqlite::{Connection, Row, params};
use nexwatch_store::{DeliveryId, EventId, EventKey, Flags, Reader, StoreError};
use rustc_hash::FxHashSet;

/// Which way a list is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    NewestFirst,
    OldestFirst,
}

impl Order {
    /// In SQL.
    pub const fn word(self) -> &'static str {
        match self {
            Order::NewestFirst => "DESC",
            Order::OldestFirst => "ASC",
        }
    }
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

/// What every row begins with.
pub(crate) const KEY: &str = "e.id, e.delivery, e.action, e.location, e.person, e.flags, (SELECT h.head FROM act h WHERE h.event = e.id)";

/// The first and the last of some.
pub(crate) const ENDS: &str = "min(e.id), max(e.id)";

/// Events in a stretch of places that say some words.
pub(crate) const SAYING: &str =
    "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid >= ?2 AND rowid <= ?3 ORDER BY rowid";

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
    pub fn sql(&self, columns: &str, join: &str) -> String {
        let order = self.order.word();
        if self.query.entity.is_some() {
            format!(
                "SELECT {columns} FROM event e INDEXED BY event_entity{join} \
                 WHERE e.entity_id = ?3 AND e.id >= ?1 AND e.id < ?2 AND e.entity = ?4 ORDER BY e.id {order}"
            )
        } else if self.query.words.is_some() {
            format!(
                "SELECT {columns} FROM words CROSS JOIN event e ON e.id = words.rowid{join} \
                 WHERE words MATCH ?3 AND words.rowid >= ?1 AND words.rowid < ?2 ORDER BY words.rowid {order}"
            )
        } else {
            format!(
                "SELECT {columns} FROM event e{join} WHERE e.id >= ?1 AND e.id < ?2 ORDER BY e.id {order}"
            )
        }
    }

    /// Gives the keys of the events one by one until told to stop (`false`).
    pub fn run(&self, reader: &Reader, mut each: impl FnMut(&EventKey) -> bool) -> Result<(), StoreError> {
        reader.read(|db| self.rows(db, KEY, "", |key, row| row.is_none() || each(key)))
    }

    /// Gives every key that is walked over, with its row where it belongs to the query, until told to stop (`false`).
    /// `columns` begin with [`KEY`].
    pub fn rows(
        &self,
        db: &Connection,
        columns: &str,
        join: &str,
        mut each: impl FnMut(&EventKey, Option<&Row>) -> bool,
    ) -> Result<(), StoreError> {
        let (from, to) = (self.from.max(self.query.from).0, self.to.min(self.query.to).0);
        if from >= to {
            return Ok(());
        }
        let saying = self.entity_saying(db, from, to)?;
        let mut find = db.prepare_cached(&self.sql(columns, join))?;
        let mut rows = match (&self.query.entity, &self.query.words) {
            (Some((entity, id)), _) => find.query(params![from, to, id, entity.code()])?,
            (None, Some(words)) => find.query(params![from, to, words])?,
            (None, None) => find.query(params![from, to])?,
        };
        while let Some(row) = rows.next()? {
            let key = key(row)?;
            let belongs = key.delivery <= self.as_of
                && self.query.admits(&key)
                && saying.as_ref().is_none_or(|saying| saying.contains(&key.id.0));
            if !each(&key, belongs.then_some(row)) {
                break;
            }
        }
        Ok(())
    }

    /// Of an entity's events those that say the words: an entity has few, but a beginning of a word costs the same for
    /// one event as for all.
    fn entity_saying(
        &self,
        db: &Connection,
        from: i64,
        to: i64,
    ) -> Result<Option<FxHashSet<i64>>, StoreError> {
        let (Some((entity, id)), Some(words)) = (&self.query.entity, &self.query.words) else {
            return Ok(None);
        };
        let mut saying = FxHashSet::default();
        let own = db
            .prepare_cached(&self.sql(ENDS, ""))?
            .query_row(params![from, to, id, entity.code()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if let (Some(first), Some(last)) = own {
            let (first, last): (i64, i64) = (first, last);
            let mut find = db.prepare_cached(SAYING)?;
            let mut rows = find.query(params![words, first, last])?;
            while let Some(row) = rows.next()? {
                saying.insert(row.get(0)?);
            }
        }
        Ok(Some(saying))
    }
}

/// The key that begins a row.
pub(crate) fn key(row: &Row) -> Result<EventKey, StoreError> {
    Ok(EventKey {
        id: EventId(row.get(0)?),
        delivery: DeliveryId(row.get(1)?),
        action: row.get(2)?,
        location: row.get(3)?,
        person: row.get(4)?,
        flags: Flags(row.get(5)?),
        head: row.get::<_, Option<i64>>(6)?.map(EventId),
    })
}
