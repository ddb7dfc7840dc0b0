//! Further conditions of a query asked event by event, straight from the tables: for a walk without the columns.

use crate::filter::has_beginning;
use crate::find::SAYS;
use crate::lists::Lists;
use crate::look::Look;
use crate::node::{Node, Slow};
use crate::query::Query;
use crate::scan::SAYING;
use crate::text::value::Bounds;
use nexwatch_store::rusqlite::{Connection, params};
use nexwatch_store::{EventKey, Reader, StoreError};
use rustc_hash::FxHashSet;

/// The further conditions of a query, made ready for one walk.
pub(crate) struct Admission<'q> {
    conditions: Vec<Condition<'q>>,
    look: Look<'q>,
    /// What the slow conditions said of the event that was asked last.
    looked: Option<(i64, Vec<bool>)>,
}

enum Condition<'q> {
    All(Vec<Condition<'q>>),
    Any(Vec<Condition<'q>>),
    Not(Box<Condition<'q>>),
    Is(Box<Field<'q>>),
    Amount(&'q [Bounds]),
    /// By its number among the slow ones.
    Slow(usize),
}

/// One field.
struct Field<'q> {
    query: &'q Query,
    lists: Lists,
    /// Who says the words, where they may be a beginning: the index gathers all of those anyway.
    saying: Option<FxHashSet<i64>>,
}

impl<'q> Admission<'q> {
    /// For a walk through a stretch of places, both ends included.
    pub fn of(
        reader: &'q Reader,
        db: &Connection,
        query: &'q Query,
        stretch: (i64, i64),
    ) -> Result<Admission<'q>, StoreError> {
        let nodes = || query.also.iter().chain(&query.slow);
        let mut slow: Vec<&Slow> = Vec::new();
        nodes().for_each(|node| node.slow(&mut slow));
        let conditions = nodes().map(|node| condition(db, node, stretch, &slow));
        Ok(Admission {
            conditions: conditions.collect::<Result<_, _>>()?,
            look: Look::new(reader, slow),
            looked: None,
        })
    }

    /// Whether all of them hold of an event.
    pub fn admits(&mut self, db: &Connection, key: &EventKey) -> Result<bool, StoreError> {
        let Admission {
            conditions,
            look,
            looked,
        } = self;
        let mut ask = |number: usize| {
            let told = match looked.take() {
                Some((id, told)) if id == key.id.0 => told,
                _ => look.ask(db, key.id.0)?,
            };
            let holds = told.get(number).copied().unwrap_or(false);
            *looked = Some((key.id.0, told));
            Ok(holds)
        };
        for condition in conditions {
            if !condition.holds(db, key, &mut ask)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn condition<'q>(
    db: &Connection,
    node: &'q Node,
    stretch: (i64, i64),
    slow: &[&'q Slow],
) -> Result<Condition<'q>, StoreError> {
    let each = |parts: &'q [Node]| {
        let each = parts.iter().map(|part| condition(db, part, stretch, slow));
        each.collect::<Result<Vec<_>, _>>()
    };
    Ok(match node {
        Node::All(parts) => Condition::All(each(parts)?),
        Node::Any(parts) => Condition::Any(each(parts)?),
        Node::Not(inner) => Condition::Not(Box::new(condition(db, inner, stretch, slow)?)),
        Node::Amount(bounds) => Condition::Amount(bounds),
        Node::Slow(own) => Condition::Slow(slow.iter().position(|known| *known == own).unwrap_or(usize::MAX)),
        Node::Is(query) => Condition::Is(Box::new(Field {
            lists: Lists::read(db, query, stretch)?,
            saying: match &query.words {
                Some(words) if has_beginning(words) => Some(all_saying(db, words, stretch)?),
                _ => None,
            },
            query,
        })),
    })
}

fn all_saying(db: &Connection, words: &str, (first, last): (i64, i64)) -> Result<FxHashSet<i64>, StoreError> {
    let mut find = db.prepare_cached(SAYING)?;
    let rows = find.query_map(params![words, first, last], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Condition<'_> {
    fn holds(
        &self,
        db: &Connection,
        key: &EventKey,
        slow: &mut dyn FnMut(usize) -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        match self {
            Condition::All(parts) => {
                for part in parts {
                    if !part.holds(db, key, slow)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Any(parts) => {
                for part in parts {
                    if part.holds(db, key, slow)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::Not(inner) => Ok(!inner.holds(db, key, slow)?),
            Condition::Amount(any) => Ok(key
                .amount
                .is_some_and(|amount| any.iter().any(|bounds| bounds.hold(amount.0)))),
            Condition::Slow(number) => slow(*number),
            Condition::Is(field) => field.holds(db, key),
        }
    }
}

impl Field<'_> {
    fn holds(&self, db: &Connection, key: &EventKey) -> Result<bool, StoreError> {
        let id = key.id.0;
        let among = |ids: &[i64]| ids.binary_search(&id).is_ok();
        if !self.query.admits(key, || among(&self.lists.involving))
            || !self.lists.own.as_deref().is_none_or(among)
        {
            return Ok(false);
        }
        match (&self.query.words, &self.saying) {
            (None, _) => Ok(true),
            (_, Some(saying)) => Ok(saying.contains(&id)),
            (Some(words), None) => Ok(db.prepare_cached(SAYS)?.exists(params![words, id])?),
        }
    }
}
