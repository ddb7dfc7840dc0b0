//! What stands behind the listener in place of the store: nothing at all, or the naive way.

use nexwatch_receive::{Pending, Receipt, Sink};
use nexwatch_store::rusqlite::{self, Connection, OptionalExtension, params};
use nexwatch_store::{
    Incoming, Packed, Quarantined, SecretId, Signature, SignatureRule, StoreError, Suspect,
};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Nothing is stored: what the listener, the signature and the reading allow at most.
pub(super) struct Nothing;

impl Sink for Nothing {
    fn pack(&self, _body: &[u8]) -> Packed {
        Packed {
            dictionary: 0,
            bytes: Vec::new(),
            length: 0,
            key: 0,
            plain: None,
        }
    }

    fn store(&self, _incoming: Incoming) -> Pending<Receipt> {
        Ok(Box::pin(std::future::ready(Ok(Receipt::Measured))))
    }

    fn quarantine(&self, _suspect: Suspect) -> Pending<Quarantined> {
        Err(StoreError::Closed)
    }

    fn has_matched(&self, _secret: SecretId) -> bool {
        true
    }
}

/// The naive way: one table, plain bodies, names written out, one connection behind a lock, one commit for each
/// delivery. As durable as the store, with the same columns, the same look for repeats and the same search.
///
/// It has the indexes without which it could not answer the feed's questions, and no other: a time range, an action, a
/// location or a person newest first, an entity's events, and a body that is already there. The store answers the
/// first four from its primary key and its columns in memory.
pub(super) struct OneCommit(Arc<Mutex<Connection>>);

const NAIVE_SCHEMA: &str = "
    PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;
    CREATE TABLE event(
      id INTEGER PRIMARY KEY, received_at INTEGER, happened_at INTEGER, source INTEGER, route_action TEXT,
      route_location INTEGER, headers TEXT, rule INTEGER, secret INTEGER, action INTEGER, entity INTEGER,
      entity_id INTEGER, updated_on INTEGER, location INTEGER, location_name TEXT, person_kind INTEGER,
      person_id INTEGER, person TEXT, resource_id INTEGER, resource TEXT, amount INTEGER, currency TEXT,
      sentence TEXT, flags INTEGER, repeats INTEGER, body_key INTEGER, body BLOB);
    CREATE INDEX event_happened ON event(happened_at);
    CREATE INDEX event_action ON event(action, happened_at);
    CREATE INDEX event_location ON event(location, happened_at);
    CREATE INDEX event_person ON event(person_id, happened_at);
    CREATE INDEX event_entity ON event(entity_id);
    CREATE INDEX event_body ON event(body_key);
    CREATE VIRTUAL TABLE words USING fts5(text, content='', contentless_delete=1,
      tokenize='unicode61 remove_diacritics 2');";

impl OneCommit {
    /// Makes its database.
    pub fn make(file: &Path) -> rusqlite::Result<OneCommit> {
        let db = Connection::open(file)?;
        db.execute_batch(NAIVE_SCHEMA)?;
        db.set_prepared_statement_cache_capacity(32);
        Ok(OneCommit(Arc::new(Mutex::new(db))))
    }

    /// Arrivals kept.
    pub fn count(&self) -> Result<u64, StoreError> {
        let db = self.0.lock().map_err(|_| StoreError::Closed)?;
        Ok(db
            .query_row(
                "SELECT count(*) + coalesce(sum(repeats), 0) FROM event",
                [],
                |row| row.get::<_, u32>(0),
            )?
            .into())
    }

    fn keep(db: &mut Connection, incoming: &Incoming) -> Result<(), StoreError> {
        let change = db.transaction()?;
        for reading in &incoming.readings {
            let known: Option<i64> = change
                .prepare_cached(
                    "SELECT id FROM event WHERE body_key = ?1 AND body = ?2 AND action = ?3
                     UNION ALL SELECT id FROM event WHERE entity_id = ?4 AND action = ?3 AND updated_on = ?5 LIMIT 1",
                )?
                .query_row(
                    params![
                        incoming.body.key,
                        incoming.body.bytes,
                        reading.action.number(),
                        reading.entity_id,
                        reading.updated_on.map(|stamp| stamp.0)
                    ],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(known) = known {
                change
                    .prepare_cached("UPDATE event SET repeats = repeats + 1 WHERE id = ?1")?
                    .execute([known])?;
                continue;
            }
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
            let headers = serde_json::to_string(&incoming.headers).unwrap_or_default();
            let (person, resource) = (reading.person.as_ref(), reading.resource.as_ref());
            change
                .prepare_cached(
                    "INSERT INTO event(received_at, happened_at, source, route_action, route_location, headers, rule, secret,
                       action, entity, entity_id, updated_on, location, location_name, person_kind, person_id, person,
                       resource_id, resource, amount, currency, sentence, flags, repeats, body_key, body)
                     VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,0,0,?23,?24)",
                )?
                .execute(params![
                    incoming.received_at,
                    reading.happened_at,
                    incoming.source as u8,
                    incoming.route.action,
                    incoming.route.location,
                    headers,
                    rule,
                    secret,
                    reading.action.number(),
                    reading.entity.code(),
                    reading.entity_id,
                    reading.updated_on.map(|stamp| stamp.0),
                    reading.location_id,
                    reading.location,
                    person.map(|person| person.kind as u8),
                    person.and_then(|person| person.id),
                    person.map(|person| &person.name),
                    resource.and_then(|resource| resource.id),
                    resource.map(|resource| &resource.name),
                    reading.amount.map(|amount| amount.0),
                    reading.currency,
                    reading.sentence,
                    incoming.body.key,
                    incoming.body.bytes,
                ])?;
            let id = change.last_insert_rowid();
            let text = format!("{} {}", reading.sentence, reading.words);
            change
                .prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")?
                .execute(params![id, text])?;
        }
        change.commit()?;
        Ok(())
    }
}

impl Sink for OneCommit {
    fn pack(&self, body: &[u8]) -> Packed {
        let hash = Sha256::digest(body);
        let mut key = [0; 8];
        key.copy_from_slice(&hash[..8]);
        Packed {
            dictionary: 0,
            bytes: body.to_vec(),
            length: u32::try_from(body.len()).unwrap_or(u32::MAX),
            key: i64::from_le_bytes(key),
            plain: None,
        }
    }

    fn store(&self, incoming: Incoming) -> Pending<Receipt> {
        let mut db = self.0.lock().map_err(|_| StoreError::Closed)?;
        Self::keep(&mut db, &incoming)?;
        Ok(Box::pin(std::future::ready(Ok(Receipt::Measured))))
    }

    fn quarantine(&self, _suspect: Suspect) -> Pending<Quarantined> {
        Err(StoreError::Closed)
    }

    fn has_matched(&self, _secret: SecretId) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_nexudus::{Arrival, read};
    use nexwatch_store::{Route, Source};

    #[test]
    fn the_naive_way_keeps_events_and_knows_repeats() {
        let folder = tempfile::tempdir().unwrap();
        let sink = OneCommit::make(&folder.path().join("naive.db")).unwrap();
        let mut platform = super::super::requests::platform(1, 1_781_000_000_000);
        for n in 0..20 {
            let now = 1_781_000_000_000 + n;
            let delivery = platform.next(now);
            let name = delivery.action.name();
            let arrival = Arrival {
                route_action: Some(&name),
                route_location: Some(delivery.location),
                received_at: now,
                body: &delivery.body,
                voice: &nexwatch_nexudus::Voice::default(),
            };
            let incoming = Incoming {
                received_at: now,
                source: Source::Webhook,
                readings: read(&arrival),
                route: Route::default(),
                headers: Vec::new(),
                signature: Signature::Unsigned,
                body: sink.pack(&delivery.body),
                released: None,
            };
            for _ in 0..2 {
                assert!(sink.store(incoming.clone()).is_ok());
            }
        }
        assert_eq!(sink.count().unwrap(), 40);
        let db = sink.0.lock().unwrap();
        let one = |sql: &str| -> i64 { db.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(one("SELECT sum(repeats) FROM event"), 20);
        assert_eq!(one("SELECT count(*) FROM words"), 20);
        assert_eq!(one("PRAGMA synchronous"), 2);
    }
}
