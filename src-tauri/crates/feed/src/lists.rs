//! Events that belong to something the columns do not hold: an entity, a resource, a changed field, a person beside the
//! first. They are asked of the store's indexes, in order of place.

use crate::node::Node;
use crate::query::Query;
use nexwatch_store::rusqlite::{Connection, params};
use nexwatch_store::{EventId, Reader, StoreError, Tie, tied};

/// All events in a stretch of places that changed a field.
pub(crate) const CHANGED: &str =
    "SELECT event FROM change WHERE field = ?1 AND event >= ?2 AND event <= ?3 ORDER BY event";

/// Ids in order.
pub(crate) struct Lists {
    /// Only these may belong to the query; nothing: all may.
    pub own: Option<Vec<i64>>,
    /// These concern one of its persons, also if another person is their first.
    pub involving: Vec<i64>,
}

impl Query {
    /// Whether only events of some lists may belong to it.
    pub fn is_listed(&self) -> bool {
        self.entity.is_some() || self.resources.is_some() || self.changed.is_some()
    }

    /// Whether the columns alone do not tell: an index of the store is asked, too.
    pub fn asks_indexes(&self) -> bool {
        self.words.is_some()
            || self.is_listed()
            || !self.involved.is_empty()
            || self.also.iter().any(Node::asks_indexes)
    }

    /// Whether an event takes several nanoseconds, though the columns alone tell: amounts, alternatives, exclusions.
    pub fn is_long_walk(&self) -> bool {
        !self.also.is_empty()
    }
}

impl Lists {
    /// What a query needs of a stretch of places, both ends included.
    pub fn of(reader: &Reader, query: &Query, stretch: (i64, i64)) -> Result<Lists, StoreError> {
        reader.read(|db| Lists::read(db, query, stretch))
    }

    /// The same from a connection.
    pub fn read(db: &Connection, query: &Query, stretch: (i64, i64)) -> Result<Lists, StoreError> {
        if !query.is_listed() && query.involved.is_empty() {
            return Ok(Lists {
                own: None,
                involving: Vec::new(),
            });
        }
        let mut own = None;
        if let Some(entity) = query.entity {
            narrow(&mut own, of(db, &[Tie::entity(entity)], stretch)?);
        }
        if let Some(keys) = &query.resources {
            let ties: Vec<Tie> = keys.iter().copied().map(Tie::resource).collect();
            narrow(&mut own, of(db, &ties, stretch)?);
        }
        if let Some(fields) = &query.changed {
            narrow(&mut own, changed(db, fields, stretch)?);
        }
        let involved: Vec<Tie> = query.involved.iter().copied().map(Tie::involved).collect();
        Ok(Lists {
            own,
            involving: of(db, &involved, stretch)?,
        })
    }
}

/// Ids of the events of any of some ties, in order, each once.
fn of(db: &Connection, ties: &[Tie], (first, last): (i64, i64)) -> Result<Vec<i64>, StoreError> {
    let events = tied(db, ties, (EventId(first), EventId(last)))?;
    Ok(events.into_iter().map(|event| event.0).collect())
}

/// Ids of the events that changed any of some fields, likewise.
fn changed(db: &Connection, fields: &[u32], (first, last): (i64, i64)) -> Result<Vec<i64>, StoreError> {
    let mut ids: Vec<i64> = Vec::new();
    let mut find = db.prepare_cached(CHANGED)?;
    for field in fields {
        let mut rows = find.query(params![field, first, last])?;
        while let Some(row) = rows.next()? {
            ids.push(row.get(0)?);
        }
    }
    if fields.len() > 1 {
        ids.sort_unstable();
        ids.dedup();
    }
    Ok(ids)
}

/// Keeps what is in both.
fn narrow(own: &mut Option<Vec<i64>>, ids: Vec<i64>) {
    match own {
        None => *own = Some(ids),
        Some(known) => known.retain(|id| ids.binary_search(id).is_ok()),
    }
}
