//! One delivery into the tables, within the writer's transaction.

use crate::acts::Acts;
use crate::changes::{self, Changes, Fresh, ToCompare};
use crate::keys::Keys;
use crate::learnt::Known;
use crate::names::Names;
use crate::repeats::{self, Verdict, ticks};
use crate::ties::{Tie, Ties};
use crate::words::{Among, Words};
use crate::{
    Committed, DeliveryId, EventId, EventKey, Flags, Incoming, Outcome, Packed, Signature, SignatureRule,
    Source, StoreError, body::Packer,
};
use nexwatch_nexudus::{Learnt, Ms, Reading, Voice};
use rusqlite::{Connection, params};

/// What the writer carries from delivery to delivery.
pub(crate) struct Ingest {
    pub names: Names,
    pub keys: Keys,
    pub ties: Ties,
    pub words: Words,
    pub changes: Changes,
    pub acts: Acts,
    pub known: Known,
    pub packer: Packer,
    pub next_delivery: i64,
    pub voice: Voice,
    /// Retries of the platform come within this time, in ms.
    pub window: Ms,
}

impl Ingest {
    /// A transaction was rolled back: what was learnt in it, from this delivery on, is not there.
    pub fn roll_back(&mut self, next_delivery: i64) {
        self.next_delivery = next_delivery;
        self.keys.forget(next_delivery);
        self.ties.forget();
        self.words.forget();
        self.forget();
    }

    /// A transaction was rolled back: what is remembered of it is not there.
    pub fn forget(&mut self) {
        self.names = Names::default();
        self.changes.forget();
        self.acts = Acts::default();
        self.known = Known::default();
    }

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
        let identical = repeats::identical(db, &self.keys, &self.packer, incoming)?;
        for reading in &incoming.readings {
            let action = self.names.action(db, &reading.action)?;
            match repeats::judge(
                (db, &self.ties),
                self.window,
                incoming,
                reading,
                action,
                &identical,
            )? {
                Verdict::Repeat { of, identical } => {
                    self.add_repeat(db, of, incoming, identical, news)?;
                    known.push(of);
                }
                verdict => {
                    let flags = flags(incoming, reading, verdict == Verdict::Maybe);
                    made.push(self.add_event(db, delivery, (incoming, reading), action, flags, news)?);
                }
            }
        }
        if let Some(quarantined) = incoming.released {
            db.prepare_cached("DELETE FROM quarantine WHERE id = ?1")?
                .execute([quarantined])?;
            news.released += 1;
        }
        if let Signature::Verified { secret, .. } = incoming.signature {
            self.names.mark(db, secret, incoming.received_at)?;
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
            ..
        } = &incoming.body;
        db.prepare_cached(
            "INSERT INTO delivery(id, received_at, source, route, headers, rule, secret, event_after, length, body_key, dictionary, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            delivery.0, incoming.received_at, incoming.source as u8, route, headers, rule, secret, first.0 - EventId::first_at(incoming.received_at).0, length, key,
            dictionary, bytes
        ])?;
        self.keys.add(*key, delivery);
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
        (incoming, reading): (&Incoming, &Reading),
        action: u16,
        flags: Flags,
        news: &mut Committed,
    ) -> Result<EventId, StoreError> {
        let id = self.names.places.next(db, reading.happened_at)?;
        let person = match &reading.person {
            Some(person) => self.names.person(db, person, news)?,
            None => 0,
        };
        let resource = match &reading.resource {
            Some(thing) => self.names.resource(db, thing)?,
            None => 0,
        };
        self.known.learn((db, &self.ties), reading, id, news)?;
        for learnt in &reading.learnt {
            match learnt {
                Learnt::Location { id, name } => self.names.location(db, *id, Some(name))?,
                Learnt::Resource { location, .. } => self.names.location(db, *location, None)?,
                Learnt::Person { .. } => {}
            }
        }
        let location = self.known.location_of(db, reading)?;
        if location != 0 {
            self.names.location(db, location, reading.location.as_deref())?;
        }
        let thing = reading.entity_id.map(|id| (reading.entity, id));
        let thing = thing.filter(|(entity, _)| changes::is_known(*entity));
        let last = match thing {
            Some(thing) => self.ties.line(db, Tie::entity(thing)).last()?,
            None => None,
        };
        let happened_at = (id.at() != reading.happened_at).then_some(reading.happened_at);
        // A failure takes the whole transaction back: SQLite need not keep what it would take to undo this row alone.
        db.prepare_cached(
            "INSERT OR FAIL INTO event(id, delivery, position, action, entity, entity_id, updated_after, location, person, resource,
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
            reading.updated_on.map(|stamp| stamp.0 - ticks(id)),
            location,
            person,
            resource,
            reading.amount.map(|amount| amount.0),
            reading.currency,
            reading.saying.encode(),
            flags.0,
            happened_at,
        ])?;
        if let Some(entity_id) = reading.entity_id {
            self.ties.add(Tie::entity((reading.entity, entity_id)), id);
        }
        if resource != 0 {
            self.ties.add(Tie::resource(resource), id);
        }
        let mut among = Among {
            only: incoming.readings.len() == 1,
            compare: None,
            late: None,
        };
        if let Some((thing, last)) = thing.zip(last) {
            let newest = last < id;
            among.late = (!newest).then_some(thing);
            if reading.position < changes::MOST_OF_A_BODY {
                among.compare = Some(ToCompare {
                    event: id,
                    thing,
                    newest,
                    fresh: Fresh::of(id, delivery, reading, action, flags, incoming),
                });
            }
        }
        self.words
            .add((db, &self.ties), id, reading, among, &self.voice)?;
        for involved in &reading.involved {
            let key = self.names.person(db, involved, news)?;
            if key != person {
                self.ties.add(Tie::involved(key), id);
            }
        }
        let head = match reading.act() {
            Some(act) => self.acts.settle(db, id, act, news)?,
            None => None,
        };
        news.events.push(EventKey {
            id,
            delivery,
            action,
            location,
            person,
            flags,
            amount: reading.amount,
            head,
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
