//! Events of a query straight from the tables, in order of place: what answers before the columns are in memory.
//!
//! Every statement walks a key that is already in order (the primary key, the entity's index, full-text hits),
//! so the first rows come at once and nothing is sorted; what the key does not tell is checked row by row here.

use crate::admit::Admission;
use crate::lists::Lists;
use crate::query::Query;
use nexwatch_nexudus::Amount;
use nexwatch_store::rusqlite::{Connection, Row, params};
use nexwatch_store::{DeliveryId, EventId, EventKey, Flags, Reader, StoreError};
use rustc_hash::FxHashSet;

/// Which way a list is walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the feed is shown.
    #[default]
    NewestFirst,
    /// As it happened.
    OldestFirst,
}

impl Order {
    /// In SQL.
    pub(crate) const fn word(self) -> &'static str {
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
pub(crate) const KEY: &str = "e.id, e.delivery, e.action, e.location, e.person, e.flags, (SELECT h.head FROM act h WHERE h.event = e.id), e.amount";

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

    /// The statement of a query that no list narrows: bound values are the two places, then the words.
    pub fn sql(&self, columns: &str, join: &str) -> String {
        let order = self.order.word();
        if self.query.words.is_some() {
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
        reader.read(|db| self.rows(reader, db, KEY, "", |key, row| row.is_none() || each(key)))
    }

    /// Gives every key that is walked over, with its row where it belongs to the query, until told to stop (`false`).
    /// `columns` begin with [`KEY`].
    pub fn rows(
        &self,
        reader: &Reader,
        db: &Connection,
        columns: &str,
        join: &str,
        mut each: impl FnMut(&EventKey, Option<&Row>) -> bool,
    ) -> Result<(), StoreError> {
        let (from, to) = (self.from.max(self.query.from).0, self.to.min(self.query.to).0);
        if from >= to {
            return Ok(());
        }
        let lists = Lists::read(db, self.query, (from, to - 1))?;
        let saying = self.listed_saying(db, lists.own.as_deref())?;
        let involved = |id: i64| lists.involving.binary_search(&id).is_ok();
        let mut also = Admission::of(reader, db, self.query, (from, to - 1))?;
        let mut belongs = |key: &EventKey| -> Result<bool, StoreError> {
            Ok(key.delivery <= self.as_of
                && self.query.admits(key, || involved(key.id.0))
                && saying.as_ref().is_none_or(|saying| saying.contains(&key.id.0))
                && also.admits(db, key)?)
        };
        if let Some(own) = &lists.own {
            // Few, and known by their ids: each is looked up.
            let mut find =
                db.prepare_cached(&format!("SELECT {columns} FROM event e{join} WHERE e.id = ?1"))?;
            let mut ids: Vec<i64> = own.clone();
            if self.order == Order::NewestFirst {
                ids.reverse();
            }
            for id in ids {
                let mut rows = find.query([id])?;
                let Some(row) = rows.next()? else { continue };
                let key = key(row)?;
                let belongs = belongs(&key)?;
                if !each(&key, belongs.then_some(row)) {
                    break;
                }
            }
            return Ok(());
        }
        let mut find = db.prepare_cached(&self.sql(columns, join))?;
        let mut rows = match &self.query.words {
            Some(words) => find.query(params![from, to, words])?,
            None => find.query(params![from, to])?,
        };
        while let Some(row) = rows.next()? {
            let key = key(row)?;
            let belongs = belongs(&key)?;
            if !each(&key, belongs.then_some(row)) {
                break;
            }
        }
        Ok(())
    }

    /// Of listed events those that say the words: they are few, but a beginning of a word costs the same for one event as
    /// for all.
    fn listed_saying(
        &self,
        db: &Connection,
        own: Option<&[i64]>,
    ) -> Result<Option<FxHashSet<i64>>, StoreError> {
        let (Some(own), Some(words)) = (own, &self.query.words) else {
            return Ok(None);
        };
        let mut saying = FxHashSet::default();
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
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
        amount: row.get::<_, Option<i64>>(7)?.map(Amount),
    })
}
