//! What an event changed: compared with the state before it, in order of place.
//!
//! The order of states is that of their bodies' `UpdatedOn`, among events in order of place: see [`Line::before`]. Events arrive in
//! any order: those after a late one that may have found its state are compared anew. All of it is done together with the
//! words, a moment after the acknowledgement, and in the transaction that says up to which delivery it is done.

mod near;

use near::LARGE;
pub use near::NEIGHBOURS;
pub(crate) use near::{Line, Neighbour, Thing, entity_of, is_known};

use crate::body::Packer;
use crate::repeats::ticks;
use crate::ties::{Tie, Ties};
use crate::words::searched;
use crate::{
    Committed, DeliveryId, EVENT_COLUMNS, EVENT_JOINS, EventId, Flags, Incoming, Reader, StoreError, codes,
};
use near::{NEIGHBOUR, changed_at};
use nexwatch_nexudus::change::{Compared, State, compare};
use nexwatch_nexudus::{Action, Amount, Arrival, Entity, Named, Person, Reading, Saying, Scene, Voice, read};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// So many names of fields are kept at most: a stranger could make up names without end.
const MOST_FIELDS: usize = 5_000;
/// So many of one event.
const MOST_OF_ONE: usize = 300;
/// Objects of one body that are compared: the platform sends one. Each is looked for in the whole body, so that a stranger's
/// thousand would hold everybody up.
pub(crate) const MOST_OF_A_BODY: u32 = 32;
/// Longest name of a field, in bytes.
const LONGEST_NAME: usize = 100;

/// What is found of events beside what was known when they came.
#[derive(Default)]
pub(crate) struct Found {
    /// What is said of new events instead, where that was not known ahead.
    pub said: FxHashMap<EventId, Said>,
    /// All that older ones are found by now.
    pub anew: Vec<(EventId, String)>,
}

/// A better sentence of an event, and the names of its row.
pub(crate) struct Said {
    pub sentence: String,
    pub person: Option<Person>,
    pub resource: Option<Named>,
}

/// A new event that is to be compared.
pub(crate) struct ToCompare {
    pub event: EventId,
    /// What it is about.
    pub thing: Thing,
    /// No later event of its entity is known.
    pub newest: bool,
    /// What it is, while it is at hand; else it is read from the tables.
    pub fresh: Option<Arc<Fresh>>,
}

/// A new event, and how it differs from the state before where that is known already and still holds.
pub(crate) struct New<'w> {
    pub event: &'w ToCompare,
    pub compared: Option<&'w Compared>,
}

/// A new event as it came, so that it need not be read again.
#[derive(Clone)]
pub(crate) struct Fresh {
    own: Own,
    person: Option<Person>,
    resource: Option<Named>,
    location: Option<String>,
    location_id: Option<i64>,
    amount: Option<Amount>,
    currency: Option<String>,
}

impl Fresh {
    /// An event of a delivery; nothing where its entity has no id, names were not in its body (those may be learnt), or its
    /// body is large.
    pub fn of(
        event: EventId,
        delivery: DeliveryId,
        reading: &Reading,
        code: u16,
        flags: Flags,
        incoming: &Incoming,
    ) -> Option<Arc<Fresh>> {
        let unnamed = |person: &Person| person.name.is_empty();
        if reading.person.as_ref().is_some_and(unnamed) || incoming.body.bytes.len() > LARGE {
            return None;
        }
        Some(Arc::new(Fresh {
            own: Own {
                is: Neighbour {
                    event,
                    delivery,
                    position: reading.position,
                    action: code,
                    received_at: incoming.received_at,
                    dictionary: incoming.body.dictionary,
                    body: incoming.body.bytes.clone(),
                    plain: incoming.body.plain.clone(),
                    length: incoming.body.length,
                },
                action: reading.action.clone(),
                entity: reading.entity,
                entity_id: reading.entity_id?,
                changed_at: reading.updated_on.map_or(ticks(event), |stamp| stamp.0),
                route_action: String::new(),
                route_location: 0,
                saying: String::new(),
                flags,
            },
            person: reading.person.clone(),
            resource: reading.resource.clone(),
            location: reading.location.clone(),
            location_id: reading.location_id,
            amount: reading.amount,
            currency: reading.currency.clone(),
        }))
    }

    /// What it is about.
    pub fn thing(&self) -> Thing {
        (self.own.entity, self.own.entity_id)
    }

    /// The state that it found.
    pub fn before(&self, db: &Connection, ties: &Ties) -> Result<Option<Neighbour>, StoreError> {
        ties.line(db, Tie::entity(self.thing()))
            .before(self.own.is.event, self.own.changed_at)
    }

    /// How it differs from that; nothing as with [`one`].
    pub fn compare(&self, packer: &Packer, before: &Neighbour) -> Option<Compared> {
        one(packer, &self.own, before)
    }

    pub fn said(&self, voice: &Voice, saying: &Saying) -> Said {
        let scene = Scene {
            action: &self.own.action,
            entity: self.own.entity,
            person: self.person.as_ref().map(|person| person.name.as_str()),
            resource: self.resource.as_ref().map(|thing| thing.name.as_str()),
            location: self.location.as_deref(),
            location_id: self.location_id,
            amount: self.amount,
            currency: self.currency.as_deref(),
        };
        Said {
            sentence: voice.say(saying, &scene, None),
            person: self.person.clone(),
            resource: self.resource.clone(),
        }
    }
}

/// Compares events, and remembers the numbers of fields; those are forgotten when a transaction is rolled back.
#[derive(Default)]
pub(crate) struct Changes {
    fields: Option<FxHashMap<String, u32>>,
}

/// With what events are compared.
#[derive(Clone, Copy)]
pub(crate) struct With<'w> {
    pub db: &'w Connection,
    pub ties: &'w Ties,
    pub packer: &'w Packer,
    pub voice: &'w Voice,
}

/// An event that is compared.
#[derive(Clone)]
struct Own {
    is: Neighbour,
    action: Action,
    entity: Entity,
    entity_id: i64,
    /// See [`changed_at`].
    changed_at: i64,
    route_action: String,
    route_location: i64,
    saying: String,
    flags: Flags,
}

impl Changes {
    /// What was given out in a transaction that was rolled back is not there.
    pub fn forget(&mut self) {
        self.fields = None;
    }

    /// Compares new events with the states before them, and anew the older events that they became the state before of.
    /// `now` are all whose words go into the index, in order; those that wait for `later` are compared then. Where that is not
    /// known, there may be any that will be.
    pub fn compare(
        &mut self,
        with: With,
        new: &[New],
        (now, later): (&[EventId], Option<&FxHashSet<EventId>>),
        news: &mut Committed,
    ) -> Result<Found, StoreError> {
        let waits = |event: EventId| later.is_some_and(|later| later.contains(&event));
        let is_new = |event: EventId| now.binary_search(&event).is_ok() || waits(event);
        let mut all: BTreeMap<EventId, (Cow<Fresh>, Option<&Compared>)> = BTreeMap::new();
        for new in new {
            let event = new.event.event;
            let fresh = match &new.event.fresh {
                Some(fresh) => Cow::Borrowed(&**fresh),
                None => match own(with.db, event)? {
                    Some(fresh) => Cow::Owned(fresh),
                    None => continue,
                },
            };
            if !new.event.newest {
                let line = with.ties.line(with.db, Tie::entity(fresh.thing()));
                for after in line.after(event, fresh.own.changed_at)? {
                    if !all.contains_key(&after)
                        && !waits(after)
                        && (later.is_none() || line.finds_another(after, is_new)?)
                        && let Some(fresh) = own(with.db, after)?
                    {
                        all.insert(after, (Cow::Owned(fresh), None));
                    }
                }
            }
            all.insert(event, (fresh, new.compared));
        }
        let (mut found, mut rows) = (Found::default(), Vec::new());
        for (event, (fresh, known)) in &all {
            let compared = match known {
                Some(known) => Cow::Borrowed(*known),
                None => Cow::Owned(match fresh.before(with.db, with.ties)? {
                    Some(before) => fresh.compare(with.packer, &before).unwrap_or_default(),
                    None => Compared::default(),
                }),
            };
            if now.binary_search(event).is_err() {
                note_older(with, fresh, &compared, &mut found, news)?;
            } else {
                note_new(with.db, &fresh.own, &compared, news)?;
                if let (None, Some(saying)) = (known, &compared.saying) {
                    found.said.insert(*event, fresh.said(with.voice, saying));
                }
            }
            for name in compared.fields.iter().take(MOST_OF_ONE) {
                rows.extend(self.field(with.db, name)?.map(|field| (field, *event)));
            }
        }
        // In the order of the table, which is then gone through once.
        rows.sort_unstable();
        let mut insert = with
            .db
            .prepare_cached("INSERT OR IGNORE INTO change(field, event) VALUES (?1, ?2)")?;
        for (field, event) in rows {
            insert.execute(params![field, event.0])?;
        }
        Ok(found)
    }

    /// The number of a field; nothing where there are too many.
    fn field(&mut self, db: &Connection, name: &str) -> Result<Option<u32>, StoreError> {
        if self.fields.is_none() {
            let mut all = db.prepare_cached("SELECT name, id FROM field")?;
            let all = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.fields = Some(all.collect::<Result<_, _>>()?);
        }
        let fields = self.fields.get_or_insert_default();
        if let Some(id) = fields.get(name) {
            return Ok(Some(*id));
        }
        if fields.len() >= MOST_FIELDS || name.len() > LONGEST_NAME {
            return Ok(None);
        }
        let id = db
            .prepare_cached("INSERT INTO field(name) VALUES (?1) RETURNING id")?
            .query_row([name], |row| row.get(0))?;
        fields.insert(name.to_owned(), id);
        Ok(Some(id))
    }
}

/// An event of the tables.
fn own(db: &Connection, event: EventId) -> Result<Option<Fresh>, StoreError> {
    let Some(own) = own_body(db, event)? else {
        return Ok(None);
    };
    let row = db
        .prepare_cached(&format!(
            "SELECT {EVENT_COLUMNS} FROM {EVENT_JOINS} WHERE e.id = ?1"
        ))?
        .query_row([event.0], Reader::event_row)
        .optional()?;
    Ok(row.map(|row| Fresh {
        own,
        person: row.person,
        resource: row.resource,
        location: row.location,
        location_id: row.location_id,
        amount: row.amount,
        currency: row.currency,
    }))
}

fn own_body(db: &Connection, event: EventId) -> Result<Option<Own>, StoreError> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {NEIGHBOUR}, a.name, e.entity, e.entity_id, r.action, r.location, e.sentence, e.flags,
                e.updated_after
             FROM event e JOIN delivery d ON d.id = e.delivery JOIN route r ON r.id = d.route
             LEFT JOIN action a ON a.code = e.action WHERE e.id = ?1 AND e.entity_id IS NOT NULL"
        ))?
        .query_row([event.0], |row| {
            let code: u16 = row.get(3)?;
            Ok(Own {
                is: Neighbour::of(row)?,
                action: match codes::fixed_action(code) {
                    Some(action) => action,
                    None => Action::Other(row.get::<_, Option<String>>(8)?.unwrap_or_default()),
                },
                entity: Entity::from_code(row.get(9)?),
                entity_id: row.get(10)?,
                route_action: row.get(11)?,
                route_location: row.get(12)?,
                saying: row.get(13)?,
                flags: Flags(row.get(14)?),
                changed_at: changed_at(event, row.get(15)?),
            })
        })
        .optional()?;
    Ok(found.filter(|own| is_known(own.entity)))
}

/// Compares an event with the one before. Nothing where their bytes are the same and no update is claimed (of one that is
/// claimed it is said that nothing changed), or where a body cannot be unpacked or read: that keeps nothing else back.
fn one(packer: &Packer, own: &Own, before: &Neighbour) -> Option<Compared> {
    let about = |event: &'_ Neighbour| (event.length, event.position);
    let may_be_none = about(before) == about(&own.is) && !own.action.updates();
    if may_be_none && before.dictionary == own.is.dictionary && before.body == own.is.body {
        return None;
    }
    let (old, new) = (unpack(packer, before)?, unpack(packer, &own.is)?);
    // Packed at another pace the same bytes look different.
    if may_be_none && old == new {
        return None;
    }
    let state = |body, neighbour: &Neighbour| State {
        body,
        position: neighbour.position,
    };
    let (old, new) = (state(&old, before), state(&new, &own.is));
    let compared = || compare(&own.action, own.entity, old, new);
    catch_unwind(AssertUnwindSafe(compared)).ok().flatten()
}

fn unpack<'e>(packer: &Packer, event: &'e Neighbour) -> Option<Cow<'e, [u8]>> {
    if let Some(plain) = &event.plain {
        return Some(Cow::Borrowed(plain));
    }
    let body = packer.unpack(event.dictionary, &event.body, event.length as usize);
    body.ok().map(Cow::Owned)
}

/// A new event: it has its row by its own body, and may have more to say.
fn note_new(db: &Connection, own: &Own, compared: &Compared, news: &mut Committed) -> Result<(), StoreError> {
    let saying = compared.saying.as_ref().map(Saying::encode);
    if compared.fields.is_empty() && saying.is_none() {
        return Ok(());
    }
    write(db, own, saying, !compared.fields.is_empty(), news)
}

/// An older event, that another one has come before: what was said of it by the state before no longer holds.
fn note_older(
    with: With,
    fresh: &Fresh,
    compared: &Compared,
    found: &mut Found,
    news: &mut Committed,
) -> Result<(), StoreError> {
    let own = &fresh.own;
    if own.flags.has(Flags::CHANGED) {
        with.db
            .prepare_cached("DELETE FROM change WHERE field IN (SELECT id FROM field) AND event = ?1")?
            .execute([own.is.event.0])?;
    }
    let changed = !compared.fields.is_empty();
    let marked = own.flags.has(Flags::CHANGED);
    let better = compared.saying.as_ref().map(Saying::encode);
    // Mostly the one that has come before it makes no difference: then its body need not be read again.
    if better.as_ref() == Some(&own.saying) && marked == changed {
        return Ok(());
    }
    let reading = read_again(with, own);
    let plain = || Some(reading.as_ref()?.saying.encode());
    // A row of an older program may say the same in the longer form of its time.
    let saying = better
        .or_else(plain)
        .filter(|saying| *saying != own.saying && *saying != Saying::decode(&own.saying).encode());
    if saying.is_none() && marked == changed {
        return Ok(());
    }
    let is_new = saying.is_some();
    write(with.db, own, saying, changed, news)?;
    if let (true, Some(reading)) = (is_new, reading) {
        // Its own body's sentence may not be in the index either: a better one stood in its place.
        let mut text = searched(&reading);
        if let Some(saying) = &compared.saying {
            text = text + " " + &fresh.said(with.voice, saying).sentence;
        }
        found.anew.push((own.is.event, text));
    }
    Ok(())
}

/// What its own body says of an event.
fn read_again(with: With, own: &Own) -> Option<Reading> {
    let body = unpack(with.packer, &own.is)?;
    let arrival = Arrival {
        route_action: Some(own.route_action.as_str()).filter(|action| !action.is_empty()),
        route_location: Some(own.route_location).filter(|location| *location != 0),
        received_at: own.is.received_at,
        body: &body,
        voice: with.voice,
    };
    let readings = catch_unwind(AssertUnwindSafe(|| read(&arrival))).ok()?;
    readings
        .into_iter()
        .find(|reading| reading.position == own.is.position)
}

fn write(
    db: &Connection,
    own: &Own,
    saying: Option<String>,
    changed: bool,
    news: &mut Committed,
) -> Result<(), StoreError> {
    let mark = if changed { Flags::CHANGED } else { Flags::NONE };
    let event = own.is.event;
    // In two steps: what an update returns is put into a table of its own first, which costs more than to look.
    let flags: u16 = db
        .prepare_cached("SELECT flags FROM event WHERE id = ?1")?
        .query_row([event.0], |row| row.get(0))?;
    let flags = flags & !Flags::CHANGED.0 | mark.0;
    db.prepare_cached("UPDATE event SET sentence = coalesce(?2, sentence), flags = ?3 WHERE id = ?1")?
        .execute(params![event.0, saying, flags])?;
    news.compared.push((event, Flags(flags)));
    Ok(())
}
