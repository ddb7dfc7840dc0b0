//! One delivery into the tables, within the writer's transaction.

use crate::codes::{self, FIRST_OTHER};
use crate::repeats::{self, Verdict};
use crate::{
    Committed, DeliveryId, EventId, EventKey, Flags, Incoming, Outcome, Packed, Route, Signature,
    SignatureRule, Source, StoreError, body::Packer,
};
use nexwatch_nexudus::{Action, Ms, Named, Person, Reading};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

/// What is looked up for every event, kept in memory. Emptied when a transaction is rolled back: numbers given
/// out in it are not there any more.
#[derive(Default)]
pub(crate) struct Names {
    routes: FxHashMap<Route, i64>,
    headers: FxHashMap<String, i64>,
    persons: FxHashMap<Person, u32>,
    resources: FxHashMap<Named, i64>,
    locations: FxHashMap<i64, Option<String>>,
    actions: FxHashMap<String, u16>,
}

/// So many names are kept at most; beyond it the lists start anew (the tables have them all).
const MOST_NAMES: usize = 50_000;

impl Names {
    pub fn route(&mut self, db: &Connection, route: &Route) -> Result<i64, StoreError> {
        if let Some(id) = self.routes.get(route) {
            return Ok(*id);
        }
        let (action, location) = (route.action.as_deref().unwrap_or(""), route.location.unwrap_or(0));
        let id = number(
            db,
            "SELECT id FROM route WHERE action = ?1 AND location = ?2",
            "INSERT INTO route(action, location) VALUES (?1, ?2)",
            params![action, location],
        )?;
        limit(&mut self.routes);
        self.routes.insert(route.clone(), id);
        Ok(id)
    }

    pub fn headers(&mut self, db: &Connection, headers: &[(String, String)]) -> Result<i64, StoreError> {
        let json = serde_json::to_string(headers).map_err(|error| StoreError::Sql(error.to_string()))?;
        if let Some(id) = self.headers.get(&json) {
            return Ok(*id);
        }
        let id = number(
            db,
            "SELECT id FROM headers WHERE json = ?1",
            "INSERT INTO headers(json) VALUES (?1)",
            params![json],
        )?;
        limit(&mut self.headers);
        self.headers.insert(json, id);
        Ok(id)
    }

    fn person(&mut self, db: &Connection, person: &Person) -> Result<u32, StoreError> {
        if let Some(key) = self.persons.get(person) {
            return Ok(*key);
        }
        let key = number(
            db,
            "SELECT key FROM person WHERE kind = ?1 AND platform_id = ?2 AND name = ?3",
            "INSERT INTO person(kind, platform_id, name) VALUES (?1, ?2, ?3)",
            params![person.kind as u8, person.id.unwrap_or(0), person.name],
        )?;
        let key = u32::try_from(key).map_err(|_| StoreError::Sql("too many persons".into()))?;
        limit(&mut self.persons);
        self.persons.insert(person.clone(), key);
        Ok(key)
    }

    fn resource(&mut self, db: &Connection, thing: &Named) -> Result<i64, StoreError> {
        if let Some(key) = self.resources.get(thing) {
            return Ok(*key);
        }
        let key = number(
            db,
            "SELECT key FROM resource WHERE platform_id = ?1 AND name = ?2",
            "INSERT INTO resource(platform_id, name) VALUES (?1, ?2)",
            params![thing.id.unwrap_or(0), thing.name],
        )?;
        limit(&mut self.resources);
        self.resources.insert(thing.clone(), key);
        Ok(key)
    }

    /// Notes a location and, where it comes with one, its newest name.
    fn location(&mut self, db: &Connection, id: i64, name: Option<&str>) -> Result<(), StoreError> {
        match self.locations.get(&id) {
            Some(known) if name.is_none() || known.as_deref() == name => return Ok(()),
            _ => {}
        }
        db.prepare_cached(
            "INSERT INTO location(id, name) VALUES (?1, ?2)
             ON CONFLICT(id) DO UPDATE SET name = coalesce(excluded.name, name)",
        )?
        .execute(params![id, name])?;
        limit(&mut self.locations);
        self.locations.insert(id, name.map(str::to_owned));
        Ok(())
    }

    fn action(&mut self, db: &Connection, action: &Action) -> Result<u16, StoreError> {
        if let Some(code) = codes::fixed_code(action) {
            return Ok(code);
        }
        let name = action.name();
        if let Some(code) = self.actions.get(&name) {
            return Ok(*code);
        }
        let known: Option<u16> = db
            .prepare_cached("SELECT code FROM action WHERE name = ?1")?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        let code = match known {
            Some(code) => code,
            None => {
                let last: Option<u16> = db.query_row("SELECT max(code) FROM action", [], |row| row.get(0))?;
                // A stranger could make up names without end: the last number is shared by all that come after.
                let code = last.map_or(FIRST_OTHER, |last| last.saturating_add(1));
                if code == u16::MAX {
                    return Ok(
                        codes::fixed_code(&Action::Inferred(nexwatch_nexudus::Entity::Unknown))
                            .unwrap_or(FIRST_OTHER),
                    );
                }
                db.execute(
                    "INSERT INTO action(code, name) VALUES (?1, ?2)",
                    params![code, name],
                )?;
                code
            }
        };
        self.actions.insert(name, code);
        Ok(code)
    }
}

fn limit<K, V>(names: &mut FxHashMap<K, V>) {
    if names.len() >= MOST_NAMES {
        names.clear();
    }
}

/// The number of a row that is there, or of one made now.
fn number(
    db: &Connection,
    find: &str,
    make: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<i64, StoreError> {
    if let Some(id) = db
        .prepare_cached(find)?
        .query_row(values, |row| row.get(0))
        .optional()?
    {
        return Ok(id);
    }
    db.prepare_cached(make)?.execute(values)?;
    Ok(db.last_insert_rowid())
}

/// What the writer carries from delivery to delivery.
pub(crate) struct Ingest {
    pub names: Names,
    pub packer: Packer,
    pub next_delivery: i64,
    /// Retries of the platform come within this time, in ms.
    pub window: Ms,
}

impl Ingest {
    /// Stores a delivery: new events as rows, known ones as repeats.
    pub fn store(
        &mut self,
        db: &Connection,
        incoming: &Incoming,
        news: &mut Committed,
    ) -> Result<Outcome, StoreError> {
        let route = self.names.route(db, &incoming.route)?;
        let delivery = DeliveryId(self.next_delivery);
        let (mut made, mut known) = (Vec::new(), Vec::new());
        let identical = repeats::identical(db, &self.packer, incoming)?;
        for reading in &incoming.readings {
            let action = self.names.action(db, &reading.action)?;
            match repeats::judge(db, self.window, incoming, reading, action, &identical)? {
                Verdict::Repeat { of, identical } => {
                    self.add_repeat(db, of, incoming, identical, news)?;
                    known.push(of);
                }
                verdict => {
                    let flags = flags(incoming, reading, verdict == Verdict::Maybe);
                    made.push(self.add_event(db, delivery, reading, action, flags, news)?);
                }
            }
        }
        if let Some(quarantined) = incoming.released {
            db.prepare_cached("DELETE FROM quarantine WHERE id = ?1")?
                .execute([quarantined])?;
            news.released += 1;
        }
        if let Signature::Verified { secret, .. } = incoming.signature {
            db.prepare_cached(
                "INSERT INTO secret_mark(secret, first_matched, last_matched) VALUES (?1, ?2, ?2)
                 ON CONFLICT(secret) DO UPDATE SET first_matched = min(first_matched, excluded.first_matched), last_matched = excluded.last_matched
                 WHERE excluded.last_matched >= last_matched + 1000",
            )?
            .execute(params![secret.0, incoming.received_at])?;
        }
        let Some(first) = made.first().copied() else {
            known.dedup();
            return Ok(Outcome::Repeat { of: known });
        };
        self.next_delivery += 1;
        let headers = self.names.headers(db, &incoming.headers)?;
        let (rule, secret) = match incoming.signature {
            Signature::Unsigned => (0, 0),
            Signature::Verified {
                rule: SignatureRule::RawBytes,
                secret,
            } => (1, secret.0),
            Signature::Verified {
                rule: SignatureRule::AsciiFolded,
                secret,
            } => (2, secret.0),
        };
        let Packed {
            dictionary,
            bytes,
            length,
            key,
        } = &incoming.body;
        db.prepare_cached(
            "INSERT INTO delivery(id, received_at, source, route, headers, rule, secret, event, length, body_key, dictionary, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            delivery.0, incoming.received_at, incoming.source as u8, route, headers, rule, secret, first.0, length, key,
            dictionary, bytes
        ])?;
        for event in &made[1..] {
            db.prepare_cached("INSERT INTO also(delivery, event) VALUES (?1, ?2)")?
                .execute([delivery.0, event.0])?;
        }
        news.newest = delivery;
        Ok(Outcome::New {
            delivery,
            events: made,
        })
    }

    fn add_event(
        &mut self,
        db: &Connection,
        delivery: DeliveryId,
        reading: &Reading,
        action: u16,
        flags: Flags,
        news: &mut Committed,
    ) -> Result<EventId, StoreError> {
        let id = place(db, reading.happened_at)?;
        let person = match &reading.person {
            Some(person) => self.names.person(db, person)?,
            None => 0,
        };
        let resource = match &reading.resource {
            Some(thing) => self.names.resource(db, thing)?,
            None => 0,
        };
        if let Some(location) = reading.location_id {
            self.names.location(db, location, reading.location.as_deref())?;
        }
        let location = reading.location_id.unwrap_or(0);
        let happened_at = (id.at() != reading.happened_at).then_some(reading.happened_at);
        db.prepare_cached(
            "INSERT INTO event(id, delivery, position, action, entity, entity_id, updated_on, location, person, resource,
                               amount, currency, sentence, flags, happened_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            id.0,
            delivery.0,
            reading.position,
            action,
            reading.entity.code(),
            reading.entity_id,
            reading.updated_on.map(|stamp| stamp.0),
            location,
            person,
            resource,
            reading.amount.map(|amount| amount.0),
            reading.currency,
            reading.sentence,
            flags.0,
            happened_at,
        ])?;
        let mut text = String::with_capacity(reading.sentence.len() + reading.words.len() + 64);
        text.push_str(&reading.sentence);
        text.push(' ');
        text.push_str(&reading.words);
        for name in [
            reading.person.as_ref().map(|p| &p.name),
            reading.resource.as_ref().map(|r| &r.name),
        ] {
            if let Some(name) = name.filter(|name| !text.contains(name.as_str())) {
                text.push(' ');
                text.push_str(name);
            }
        }
        db.prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")?
            .execute(params![id.0, text])?;
        if let Some(entity_id) = reading.entity_id {
            db.prepare_cached(
                "INSERT INTO entity(kind, id, first, last, deleted) VALUES (?1, ?2, ?3, ?3, ?4)
                 ON CONFLICT(kind, id) DO UPDATE SET
                   first = min(first, excluded.first),
                   deleted = iif(excluded.last > last, excluded.deleted, deleted),
                   last = max(last, excluded.last)",
            )?
            .execute(params![reading.entity.code(), entity_id, id.0, reading.deleted])?;
        }
        news.events.push(EventKey {
            id,
            delivery,
            action,
            location,
            person,
            flags,
        });
        Ok(id)
    }

    fn add_repeat(
        &self,
        db: &Connection,
        of: EventId,
        incoming: &Incoming,
        identical: bool,
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        let own = (!identical).then_some(&incoming.body);
        db.prepare_cached(
            "INSERT INTO repeat(event, received_at, identical, dictionary, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            of.0,
            incoming.received_at,
            identical,
            own.map(|body| body.dictionary),
            own.map(|body| &body.bytes)
        ])?;
        let flags: u16 = db
            .prepare_cached("UPDATE event SET flags = flags | 1 WHERE id = ?1 RETURNING flags")?
            .query_row([of.0], |row| row.get(0))?;
        news.repeated.push((of, Flags(flags)));
        Ok(())
    }
}

fn flags(incoming: &Incoming, reading: &Reading, maybe: bool) -> Flags {
    let marks = [
        (maybe, Flags::MAYBE_REPEAT),
        (reading.inferred, Flags::INFERRED),
        (reading.unreadable, Flags::UNREADABLE),
        (incoming.signature == Signature::Unsigned, Flags::UNSIGNED),
        (incoming.source == Source::CaughtUp, Flags::CAUGHT_UP),
        (incoming.source == Source::Sample, Flags::SAMPLE),
        (incoming.released.is_some(), Flags::RELEASED),
    ];
    marks
        .iter()
        .filter(|(so, _)| *so)
        .fold(Flags::NONE, |all, (_, flag)| all.with(*flag))
}

/// The first free place of a millisecond; a full one spills into the next.
fn place(db: &Connection, at: Ms) -> Result<EventId, StoreError> {
    let mut first = EventId::first_at(at).0;
    loop {
        let next = first + (1 << EventId::BITS);
        let last: Option<i64> = db
            .prepare_cached("SELECT max(id) FROM event WHERE id >= ?1 AND id < ?2")?
            .query_row([first, next], |row| row.get(0))?;
        match last {
            None => return Ok(EventId(first)),
            Some(last) if last + 1 < next => return Ok(EventId(last + 1)),
            Some(_) => first = next,
        }
    }
}
