//! What events tell of others: how a person of whom most bodies only have the id is called, and where a room is.

use crate::ties::{Tie, Ties};
use crate::{Committed, EventId, StoreError};
use nexwatch_nexudus::{Entity, Learnt, PersonKind, Reading};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::time::{Duration, Instant};

/// So many persons, and so many rooms, are kept in memory; beyond it the lists start anew (the tables have them all).
const MOST: usize = 50_000;
/// The place of the newest event that told the same is written when it is so much newer, so that a burst does not write it
/// each time: one hour.
const STALE: i64 = 3_600_000 << EventId::BITS;
/// So many events of a room are looked at in the transaction that learns where it is; mostly these are all.
const AT_ONCE: usize = 64;
/// So many in each later one.
const SLICE: usize = 1024;
/// While deliveries come without a pause, there is one of those this often.
const PAUSE: Duration = Duration::from_millis(250);

/// Something that was told, and by which event.
#[derive(Clone, Debug, Default)]
struct Told<T> {
    is: Option<T>,
    /// Its place; 0 is none.
    by: i64,
}

impl<T> Told<T> {
    /// Takes in what an event tells. Whether it is new, and whether it has to be written.
    fn hear<Q>(&mut self, what: &Q, by: EventId) -> (bool, bool)
    where
        T: Borrow<Q>,
        Q: ToOwned<Owned = T> + PartialEq + ?Sized,
    {
        if self.is.is_some() && by.0 <= self.by {
            return (false, false);
        }
        let new = self.is.as_ref().map(Borrow::borrow) != Some(what);
        if new {
            self.is = Some(what.to_owned());
        }
        let stale = by.0.saturating_sub(self.by) >= STALE;
        self.by = by.0;
        (new, new || stale)
    }
}

#[derive(Clone, Debug, Default)]
struct Contact {
    name: Told<String>,
    email: Told<String>,
}

/// A room whose older bookings may lack the location, and how far they have been looked at.
struct Behind {
    resource: i64,
    location: i64,
    /// Keys of the room that are left, one for each name it has had; the last is at work.
    keys: Vec<i64>,
    /// Its events from this place on are done.
    done: i64,
}

/// What is known, in memory; forgotten when a transaction is rolled back.
#[derive(Default)]
pub(crate) struct Known {
    contacts: FxHashMap<(u8, i64), Contact>,
    places: FxHashMap<i64, Told<i64>>,
    /// Nothing: to be read from the tables.
    behind: Option<Vec<Behind>>,
    /// When the last slice was done.
    since: Option<Instant>,
}

impl Known {
    /// Takes in what an event tells of others.
    pub fn learn(
        &mut self,
        (db, ties): (&Connection, &Ties),
        reading: &Reading,
        by: EventId,
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        for learnt in &reading.learnt {
            match learnt {
                Learnt::Person {
                    kind,
                    id,
                    name,
                    email,
                } => {
                    self.person(db, (*kind, *id), told(name), told(email), by, news)?;
                }
                Learnt::Resource { id, location } => self.place((db, ties), *id, *location, by, news)?,
                Learnt::Location { .. } => {}
            }
        }
        // A booking does not say where its room is, but the URL may.
        if let (Entity::Booking, Some(location), Some(id)) =
            (reading.entity, reading.location_id, room(reading))
        {
            self.place((db, ties), id, location, by, news)?;
        }
        Ok(())
    }

    /// Where an event was: as it says itself, else where its room is. 0 is unknown.
    pub fn location_of(&mut self, db: &Connection, reading: &Reading) -> Result<i64, StoreError> {
        match (reading.location_id, reading.entity, room(reading)) {
            (Some(location), ..) => Ok(location),
            (None, Entity::Booking, Some(id)) => Ok(self.place_of(db, id)?.is.unwrap_or(0)),
            _ => Ok(0),
        }
    }

    fn person(
        &mut self,
        db: &Connection,
        (kind, id): (PersonKind, i64),
        name: Option<&str>,
        email: Option<&str>,
        by: EventId,
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        if name.is_none() && email.is_none() {
            return Ok(());
        }
        let contact = self.contact(db, kind, id)?;
        let hear = |told: &mut Told<String>, what: Option<&str>| match what {
            Some(what) => told.hear(what, by),
            None => (false, false),
        };
        let (named, write_name) = hear(&mut contact.name, name);
        let (_, write_email) = hear(&mut contact.email, email);
        if write_name || write_email {
            db.prepare_cached(
                "INSERT OR REPLACE INTO contact(kind, id, name, named_by, email, mailed_after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                kind as u8,
                id,
                contact.name.is,
                contact.name.by,
                contact.email.is,
                contact.email.by - contact.name.by
            ])?;
        }
        if named {
            tell_named(db, kind, id, news)?;
        }
        Ok(())
    }

    fn contact(&mut self, db: &Connection, kind: PersonKind, id: i64) -> Result<&mut Contact, StoreError> {
        let key = (kind as u8, id);
        if !self.contacts.contains_key(&key) {
            let kept = db
                .prepare_cached(
                    "SELECT name, named_by, email, mailed_after FROM contact WHERE kind = ?1 AND id = ?2",
                )?
                .query_row(params![key.0, id], |row| {
                    Ok(Contact {
                        name: Told {
                            is: row.get(0)?,
                            by: row.get(1)?,
                        },
                        email: Told {
                            is: row.get(2)?,
                            by: row.get::<_, i64>(1)? + row.get::<_, i64>(3)?,
                        },
                    })
                })
                .optional()?;
            if self.contacts.len() >= MOST {
                self.contacts.clear();
            }
            self.contacts.insert(key, kept.unwrap_or_default());
        }
        Ok(self.contacts.entry(key).or_default())
    }

    fn place(
        &mut self,
        (db, ties): (&Connection, &Ties),
        resource: i64,
        location: i64,
        by: EventId,
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        let told = self.place_of(db, resource)?;
        let (new, write) = told.hear(&location, by);
        if !write {
            return Ok(());
        }
        db.prepare_cached(
            "INSERT INTO resource_place(resource, location, told_by, behind) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT(resource) DO UPDATE SET
               location = excluded.location, told_by = excluded.told_by, behind = max(behind, excluded.behind)",
        )?
        .execute(params![resource, location, by.0, new])?;
        if new {
            let behind = self.behind(db)?;
            behind.retain(|other| other.resource != resource);
            behind.push(Behind::of(db, resource, location)?);
            self.fill((db, ties), AT_ONCE, news)?;
        }
        Ok(())
    }

    fn place_of(&mut self, db: &Connection, resource: i64) -> Result<&mut Told<i64>, StoreError> {
        if !self.places.contains_key(&resource) {
            let kept = db
                .prepare_cached("SELECT location, told_by FROM resource_place WHERE resource = ?1")?
                .query_row([resource], |row| {
                    Ok(Told {
                        is: Some(row.get(0)?),
                        by: row.get(1)?,
                    })
                })
                .optional()?;
            if self.places.len() >= MOST {
                self.places.clear();
            }
            self.places.insert(resource, kept.unwrap_or_default());
        }
        Ok(self.places.entry(resource).or_default())
    }

    /// Rooms whose older bookings may lack the location.
    fn behind(&mut self, db: &Connection) -> Result<&mut Vec<Behind>, StoreError> {
        if self.behind.is_none() {
            let mut all =
                db.prepare_cached("SELECT resource, location FROM resource_place WHERE behind <> 0")?;
            let rooms: Vec<(i64, i64)> = all
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let behind = rooms
                .into_iter()
                .map(|(resource, location)| Behind::of(db, resource, location));
            self.behind = Some(behind.collect::<Result<_, _>>()?);
        }
        Ok(self.behind.get_or_insert_default())
    }

    /// Whether there may be older bookings that lack what is known.
    pub fn is_behind(&self) -> bool {
        self.behind.as_ref().is_none_or(|behind| !behind.is_empty())
    }

    /// Whether it is time to look at some, although there is other work.
    pub fn is_due(&self) -> bool {
        self.is_behind() && self.since.is_none_or(|since| since.elapsed() >= PAUSE)
    }

    /// Gives some older bookings the location of their room.
    pub fn catch_up(&mut self, db: &Connection, ties: &Ties, news: &mut Committed) -> Result<(), StoreError> {
        self.behind(db)?;
        self.fill((db, ties), SLICE, news)?;
        self.since = Some(Instant::now());
        Ok(())
    }

    /// It cannot be done; at the next start it is tried again.
    pub fn give_up(&mut self) {
        self.behind = Some(Vec::new());
    }

    /// Looks at so many older bookings, of the room that was learnt last.
    fn fill(
        &mut self,
        (db, ties): (&Connection, &Ties),
        mut most: usize,
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        let behind = self.behind.get_or_insert_default();
        while let Some(room) = behind.last_mut() {
            let Some(key) = room.keys.last().copied() else {
                db.prepare_cached("UPDATE resource_place SET behind = 0 WHERE resource = ?1")?
                    .execute([room.resource])?;
                behind.pop();
                continue;
            };
            if most == 0 {
                break;
            }
            let older = ties
                .line(db, Tie::resource(key))
                .nearest_before(EventId(room.done), most)?;
            let mut lacks = db.prepare_cached(LACKS)?;
            let mut lacking = Vec::new();
            for event in &older {
                if lacks.exists(params![event.0, Entity::Booking.code()])? {
                    lacking.push(*event);
                }
            }
            room.done = older.last().map_or(room.done, |event| event.0);
            let seen = older.len();
            for event in lacking {
                db.prepare_cached("UPDATE event SET location = ?2 WHERE id = ?1")?
                    .execute([event.0, room.location])?;
                news.placed.push((event, room.location));
            }
            if seen < most {
                room.keys.pop();
                room.done = i64::MAX;
            }
            most -= seen;
        }
        Ok(())
    }
}

/// Whether an event is a booking that lacks a location.
const LACKS: &str = "SELECT 1 FROM event WHERE id = ?1 AND entity = ?2 AND location = 0";

impl Behind {
    fn of(db: &Connection, resource: i64, location: i64) -> Result<Behind, StoreError> {
        let mut keys = db.prepare_cached("SELECT key FROM resource WHERE platform_id = ?1")?;
        let keys = keys.query_map([resource], |row| row.get(0))?;
        Ok(Behind {
            resource,
            location,
            keys: keys.collect::<Result<_, _>>()?,
            done: i64::MAX,
        })
    }
}

/// A text that says something.
fn told(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

/// The room or desk of a reading, by the platform's id.
fn room(reading: &Reading) -> Option<i64> {
    reading.resource.as_ref().and_then(|thing| thing.id)
}

/// A name was learnt: whoever is shown without one of their own has one now.
pub(crate) fn tell_named(
    db: &Connection,
    kind: PersonKind,
    id: i64,
    news: &mut Committed,
) -> Result<(), StoreError> {
    let unnamed: Option<u32> = db
        .prepare_cached("SELECT key FROM person WHERE kind = ?1 AND platform_id = ?2 AND name = ''")?
        .query_row(params![kind as u8, id], |row| row.get(0))
        .optional()?;
    news.named.extend(unnamed);
    Ok(())
}
