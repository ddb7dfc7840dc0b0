//! The rows of an export, read in order and never held: memory stays the same whatever their number.
//!
//! With the columns in memory it is known which events belong to it: neighbours are read as one stretch of the table,
//! single ones by their key. Without, the table is walked once. Either way in slices: each is a question of its own that
//! ends before its rows are given on.

use super::body::Bodies;
use super::cell::{Column, Line, entity, signature, source};
use super::names::Names;
use super::sink::Sink;
use super::told;
use crate::columns::{Found, Part};
use crate::query::Query;
use crate::scan::{self, KEY, Order, Scan};
use crate::selection::Stretches;
use crate::{Feed, FeedError};
use nexwatch_nexudus::{Entity, Saying, Scene, Voice};
use nexwatch_store::rusqlite::types::ValueRef;
use nexwatch_store::rusqlite::{Connection, Row, params};
use nexwatch_store::{DeliveryId, EventId, EventKey, Flags, Reader, Source, StoreError};

/// Columns of an event after its key; those of [`DELIVERY`] and [`BODY`] come after them.
const EVENT: &str = ", e.happened_at, e.entity, e.entity_id, e.resource, e.currency, e.sentence";
const DELIVERY: &str = ", d.received_at, d.source, d.rule";
const BODY: &str = ", e.position, d.dictionary, d.length, d.body";

/// Rows that a walk looks at in one question. The index gathers all beginnings of a word anew for each.
const WALK: u32 = 32_768;

/// Where one of so many rows or more is wanted, all are read.
const DENSE: usize = 8;

pub(super) struct Reading<'f> {
    reader: &'f Reader,
    shape: Shape,
    stretches: &'f Stretches,
    repeats: bool,
    /// Whether sentences are wanted, and how they are said.
    sentence: bool,
    voice: Voice,
}

/// What has to be read, and which way.
#[derive(Clone, Copy)]
struct Shape {
    order: Order,
    delivery: bool,
    body: bool,
}

/// What is carried from row to row.
#[derive(Default)]
struct Carried {
    names: Names,
    bodies: Bodies,
}

impl Shape {
    fn columns(&self) -> String {
        let delivery = if self.delivery { DELIVERY } else { "" };
        let body = if self.body { BODY } else { "" };
        format!("{KEY}{EVENT}{delivery}{body}")
    }

    fn join(&self) -> &'static str {
        match self.delivery {
            true => " CROSS JOIN delivery d ON d.id = e.delivery",
            false => "",
        }
    }

    /// One stretch of the table, in order.
    fn stretch_sql(&self) -> String {
        format!(
            "SELECT {} FROM event e{} WHERE e.id >= ?1 AND e.id <= ?2 ORDER BY e.id {}",
            self.columns(),
            self.join(),
            self.order.word()
        )
    }

    /// One row.
    fn row_sql(&self) -> String {
        format!(
            "SELECT {} FROM event e{} WHERE e.id = ?1",
            self.columns(),
            self.join()
        )
    }
}

impl<'f> Reading<'f> {
    pub fn new(
        feed: &'f Feed,
        columns: &[Column],
        stretches: &'f Stretches,
        oldest_first: bool,
    ) -> Reading<'f> {
        Reading {
            reader: feed.reader(),
            stretches,
            shape: Shape {
                order: match oldest_first {
                    true => Order::OldestFirst,
                    false => Order::NewestFirst,
                },
                delivery: columns.iter().any(|column| column.of_delivery()),
                body: columns.contains(&Column::Body),
            },
            repeats: columns.contains(&Column::Repeats),
            sentence: columns.contains(&Column::Sentence),
            voice: feed.voice(),
        }
    }

    /// Writes what the columns found.
    pub fn found(&self, found: &Found, sink: &mut Sink) -> Result<(), FeedError> {
        let mut carried = Carried::default();
        let mut each = |part: &Part| self.part(part, &mut carried, sink);
        match self.shape.order {
            Order::NewestFirst => found.parts().iter().rev().try_for_each(&mut each),
            Order::OldestFirst => found.parts().iter().try_for_each(&mut each),
        }
    }

    /// The rows of one chunk.
    fn part(&self, part: &Part, carried: &mut Carried, sink: &mut Sink) -> Result<(), FeedError> {
        let rows: Vec<usize> = part.bits.rows().collect();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return Ok(());
        };
        let dense = rows.len() * DENSE >= last - first;
        let mut ids: Vec<i64> = rows.iter().map(|row| part.chunk.ids().at(*row)).collect();
        if self.shape.order == Order::NewestFirst {
            ids.reverse();
        }
        let mut left = &ids[..];
        while !left.is_empty() {
            let done = told(self.reader.read(|db| {
                Ok(match dense {
                    true => self.neighbours(db, left, carried, sink),
                    false => self.single(db, left, carried, sink),
                })
            }))?;
            left = &left[done..];
            sink.pause()?;
        }
        Ok(())
    }

    /// Writes events by their keys until it is time for a pause; how many are done.
    fn single(
        &self,
        db: &Connection,
        ids: &[i64],
        carried: &mut Carried,
        sink: &mut Sink,
    ) -> Result<usize, FeedError> {
        let mut find = db.prepare_cached(&self.shape.row_sql())?;
        for (done, id) in (1..).zip(ids) {
            let mut found = find.query([id])?;
            if let Some(row) = found.next()? {
                self.write(db, &scan::key(row)?, row, carried, sink)?;
            }
            if sink.is_full() {
                return Ok(done);
            }
        }
        Ok(ids.len())
    }

    /// The same as a stretch of the table.
    fn neighbours(
        &self,
        db: &Connection,
        ids: &[i64],
        carried: &mut Carried,
        sink: &mut Sink,
    ) -> Result<usize, FeedError> {
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
            return Ok(0);
        };
        let mut find = db.prepare_cached(&self.shape.stretch_sql())?;
        let mut found = find.query(params![first.min(last), first.max(last)])?;
        let mut done = 0;
        while let Some(row) = found.next()? {
            let id: i64 = row.get(0)?;
            let passed = |wanted: &&i64| match self.shape.order {
                Order::NewestFirst => **wanted > id,
                Order::OldestFirst => **wanted < id,
            };
            done += ids[done..].iter().take_while(passed).count();
            // Of a transaction that the columns had not heard of, or not wanted.
            if ids.get(done) != Some(&id) {
                continue;
            }
            done += 1;
            self.write(db, &scan::key(row)?, row, carried, sink)?;
            if sink.is_full() {
                return Ok(done);
            }
        }
        Ok(ids.len())
    }

    /// Writes what a walk through the tables finds.
    pub fn scan(&self, query: &Query, as_of: DeliveryId, sink: &mut Sink) -> Result<(), FeedError> {
        let mut carried = Carried::default();
        let (columns, join) = (self.shape.columns(), self.shape.join());
        let mut walk = self.walk(query, as_of);
        while let Some(scan) = walk.next {
            let mut failed = Ok(());
            self.reader.read(|db| {
                walk.slice(&scan, db, &columns, join, |key, row| {
                    failed = self.write(db, key, row, &mut carried, sink);
                    failed.is_ok() && !sink.is_full()
                })
            })?;
            failed?;
            sink.pause()?;
        }
        Ok(())
    }

    /// How many rows such a walk finds.
    pub fn count(&self, query: &Query, as_of: DeliveryId) -> Result<u32, StoreError> {
        let mut count = 0;
        self.keys(query, as_of, |_| count += 1)?;
        Ok(count)
    }

    /// Which ones.
    pub fn ids(&self, query: &Query, as_of: DeliveryId) -> Result<Vec<EventId>, StoreError> {
        let mut ids = Vec::new();
        self.keys(query, as_of, |key| ids.push(key.id))?;
        Ok(ids)
    }

    fn keys(
        &self,
        query: &Query,
        as_of: DeliveryId,
        mut each: impl FnMut(&EventKey),
    ) -> Result<(), StoreError> {
        let mut walk = self.walk(query, as_of);
        while let Some(scan) = walk.next {
            self.reader.read(|db| {
                walk.slice(&scan, db, KEY, "", |key, _| {
                    each(key);
                    true
                })
            })?;
        }
        Ok(())
    }

    fn walk<'q>(&self, query: &'q Query, as_of: DeliveryId) -> Walk<'q>
    where
        'f: 'q,
    {
        let mut scan = Scan {
            order: self.shape.order,
            ..Scan::of(query, as_of)
        };
        if let Some((first, last)) = self.stretches.ends() {
            scan.from = scan.from.max(EventId(first));
            scan.to = scan.to.min(EventId(last.saturating_add(1)));
        }
        Walk {
            next: Some(scan),
            stretches: self.stretches,
            reader: self.reader,
        }
    }

    fn write(
        &self,
        db: &Connection,
        key: &EventKey,
        row: &Row,
        carried: &mut Carried,
        sink: &mut Sink,
    ) -> Result<(), FeedError> {
        let EventKey {
            id,
            delivery,
            action,
            location,
            person,
            flags,
            amount,
            ..
        } = *key;
        let names = carried.names.of(db, action, location, person, row.get(11)?)?;
        let (received_at, from, rule) = match self.shape.delivery {
            true => (row.get(14)?, source_of(row.get(15)?), row.get::<_, u8>(16)?),
            false => (0, "", 0),
        };
        let body = match self.shape.body {
            true => {
                let bytes = || {
                    let packed = row
                        .get_ref(20)?
                        .as_blob()
                        .map_err(|error| StoreError::Body(error.to_string()))?;
                    self.reader
                        .unpack(row.get(18)?, packed, row.get::<_, u32>(19)? as usize)
                };
                Some(carried.bodies.of(delivery.0, row.get(17)?, bytes)?)
            }
            false => None,
        };
        let repeats = match self.repeats && flags.has(Flags::REPEAT) {
            true => db.prepare_cached(REPEATS)?.query_row([id.0], |row| row.get(0))?,
            false => 0,
        };
        let entity_kind = Entity::from_code(row.get(9)?);
        let sentence = match self.sentence {
            true => {
                let scene = Scene {
                    action: &names.action.action,
                    entity: entity_kind,
                    person: names
                        .person
                        .map(|person| person.name)
                        .filter(|name| !name.is_empty()),
                    resource: names.resource.map(|thing| thing.name),
                    location: names.location,
                    location_id: (location != 0).then_some(location),
                    amount,
                    currency: text(row.get_ref(12)?),
                };
                let saying = Saying::decode(text(row.get_ref(13)?).unwrap_or_default());
                self.voice.say(&saying, &scene, None)
            }
            false => String::new(),
        };
        sink.row(&Line {
            id: id.0,
            happened_at: row.get::<_, Option<i64>>(8)?.unwrap_or(id.at()),
            received_at,
            action: &names.action.name,
            action_number: names.action.number,
            category: names.action.category,
            entity: entity(entity_kind),
            entity_id: row.get(10)?,
            location_id: (location != 0).then_some(location),
            location: names.location,
            person_id: names.person.and_then(|person| person.id),
            person: names
                .person
                .map(|person| person.name)
                .filter(|name| !name.is_empty()),
            resource: names.resource.map(|thing| thing.name),
            amount,
            currency: text(row.get_ref(12)?),
            sentence: &sentence,
            source: from,
            signature: signature(rule != 0),
            repeats,
            flags,
            body,
        })
    }
}

/// A walk in slices.
struct Walk<'q> {
    /// What is left; nothing at the end.
    next: Option<Scan<'q>>,
    stretches: &'q Stretches,
    reader: &'q Reader,
}

impl Walk<'_> {
    /// Gives what is selected, up to so many rows or until told to make a pause (`false`).
    fn slice(
        &mut self,
        scan: &Scan<'_>,
        db: &Connection,
        columns: &str,
        join: &str,
        mut each: impl FnMut(&EventKey, &Row) -> bool,
    ) -> Result<(), StoreError> {
        let (mut walked, mut last) = (0, None);
        scan.rows(self.reader, db, columns, join, |key, row| {
            walked += 1;
            let go_on = match row {
                Some(row) if self.stretches.has(key.id.0) => each(key, row),
                _ => true,
            };
            last = (!go_on || walked == WALK).then_some(key.id);
            last.is_none()
        })?;
        self.next = match (self.next, last) {
            (Some(scan), Some(last)) => Some(match scan.order {
                Order::NewestFirst => Scan { to: last, ..scan },
                Order::OldestFirst => Scan {
                    from: EventId(last.0.saturating_add(1)),
                    ..scan
                },
            }),
            _ => None,
        };
        Ok(())
    }
}

/// Arrivals after the first.
const REPEATS: &str = "SELECT count(*) FROM repeat WHERE event = ?1";

fn text(value: ValueRef<'_>) -> Option<&str> {
    match value {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The word of a stored number.
fn source_of(code: u8) -> &'static str {
    source(match code {
        2 => Source::CaughtUp,
        3 => Source::Hub,
        4 => Source::Sample,
        _ => Source::Webhook,
    })
}

/// Every statement of an export.
#[cfg(test)]
pub(crate) fn statements() -> Vec<(&'static str, String)> {
    use super::names::{ACTION, LOCATION, PERSONS, RESOURCES};
    let reader = |order, delivery, body| Shape {
        order,
        delivery,
        body,
    };
    let mut all = Vec::new();
    for (order, delivery, body) in [
        (Order::NewestFirst, false, false),
        (Order::NewestFirst, true, false),
        (Order::OldestFirst, true, true),
    ] {
        let shape = reader(order, delivery, body);
        all.push(("export: a stretch", shape.stretch_sql()));
        all.push(("export: a row", shape.row_sql()));
        let words = Query {
            words: Some("\"blue\"".into()),
            ..Query::ALL
        };
        for query in [&Query::ALL, &words] {
            let scan = Scan {
                order,
                ..Scan::of(query, DeliveryId(9))
            };
            all.push(("export: a walk", scan.sql(&shape.columns(), shape.join())));
        }
    }
    // Those that read a whole list walk its table on purpose.
    for sql in [ACTION, LOCATION, &PERSONS.one, &RESOURCES.one, REPEATS] {
        all.push(("export: a name or number", sql.to_owned()));
    }
    all
}
