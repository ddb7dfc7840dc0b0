//! Events that belong to something the columns do not hold: an entity, a resource, a changed field, a person beside the
//! first. Each is asked of the store through an index of its own, in order of place.

use crate::node::Node;
use crate::query::Query;
use nexwatch_nexudus::Entity;
use nexwatch_store::rusqlite::{Connection, ToSql, params};
use nexwatch_store::{Reader, StoreError};

/// All events of an entity in a stretch of places.
pub(crate) const OF_ENTITY: &str = "SELECT id FROM event INDEXED BY event_entity \
    WHERE entity_id = ?1 AND entity = ?2 AND id >= ?3 AND id <= ?4 ORDER BY id";

/// All events of a resource in a stretch of places. That it is not 0 has to be said: those are not in the index.
pub(crate) const OF_RESOURCE: &str = "SELECT id FROM event \
    WHERE resource = ?1 AND resource <> 0 AND id >= ?2 AND id <= ?3 ORDER BY id";

/// All events in a stretch of places that changed a field.
pub(crate) const CHANGED: &str =
    "SELECT event FROM change WHERE field = ?1 AND event >= ?2 AND event <= ?3 ORDER BY event";

/// All events in a stretch of places that concern a person beside their first.
pub(crate) const INVOLVING: &str =
    "SELECT event FROM involved WHERE person = ?1 AND event >= ?2 AND event <= ?3 ORDER BY event";

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
    pub fn read(db: &Connection, query: &Query, (first, last): (i64, i64)) -> Result<Lists, StoreError> {
        if !query.is_listed() && query.involved.is_empty() {
            return Ok(Lists {
                own: None,
                involving: Vec::new(),
            });
        }
        let mut own = None;
        if let Some((entity, id)) = query.entity {
            narrow(&mut own, of_entity(db, entity, id, first, last)?);
        }
        if let Some(keys) = &query.resources {
            narrow(&mut own, any(db, OF_RESOURCE, keys, first, last)?);
        }
        if let Some(fields) = &query.changed {
            narrow(&mut own, any(db, CHANGED, fields, first, last)?);
        }
        Ok(Lists {
            own,
            involving: any(db, INVOLVING, &query.involved, first, last)?,
        })
    }
}

fn of_entity(
    db: &Connection,
    entity: Entity,
    id: i64,
    first: i64,
    last: i64,
) -> Result<Vec<i64>, StoreError> {
    let mut find = db.prepare_cached(OF_ENTITY)?;
    let rows = find.query_map(params![id, entity.code(), first, last], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ids of any of some keys, in order, each once.
fn any<K: ToSql>(
    db: &Connection,
    sql: &str,
    keys: &[K],
    first: i64,
    last: i64,
) -> Result<Vec<i64>, StoreError> {
    let mut ids: Vec<i64> = Vec::new();
    let mut find = db.prepare_cached(sql)?;
    for key in keys {
        let mut rows = find.query(params![key, first, last])?;
        while let Some(row) = rows.next()? {
            ids.push(row.get(0)?);
        }
    }
    if keys.len() > 1 {
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
