//! Is it a second arrival of the same, or a second act? The platform sends no delivery id, so it is told by
//! the body. In doubt both are kept and the second is flagged: a false row can be hidden, a lost one is lost.

use crate::body::Packer;
use crate::keys::Keys;
use crate::ties::{Tie, Ties};
use crate::{EventId, Incoming, StoreError};
use nexwatch_nexudus::{Ms, Reading, RepeatRule};
use rusqlite::{Connection, OptionalExtension, params};
use std::borrow::Cow;

/// A body that the act does not change is a repeat only within this time of its first arrival, in ms. It is
/// counted from the first, not from the last retry: a chain of retries must not swallow a later act.
const BRIEF: Ms = 120_000;

/// Ticks of 100 ns in a millisecond.
const TICKS: i64 = 10_000;

/// The moment of a place in ticks since 1970. A stamp is kept as its distance from it: most are nearly the same.
pub(crate) const fn ticks(place: EventId) -> i64 {
    place.at() * TICKS
}

/// What a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    New,
    Maybe,
    Repeat { of: EventId, identical: bool },
}

/// A kept delivery with the same bytes.
pub(crate) struct Identical {
    delivery: i64,
    /// Its first event.
    event: i64,
    received_at: Ms,
    location: i64,
}

/// So many kept deliveries with the same bytes are looked at, the newest first.
const MOST: usize = 64;

/// Kept deliveries with the same bytes, newest first.
pub(crate) fn identical(
    db: &Connection,
    keys: &Keys,
    packer: &Packer,
    incoming: &Incoming,
) -> Result<Vec<Identical>, StoreError> {
    let mut found = Vec::new();
    let mut own: Option<Cow<[u8]>> = None;
    for delivery in keys.find(db, incoming.body.key, MOST)? {
        let mut find = db.prepare_cached(
            "SELECT d.received_at, r.location, d.dictionary, d.body, d.length, d.event_after
             FROM delivery d JOIN route r ON r.id = d.route WHERE d.id = ?1",
        )?;
        let mut rows = find.query([delivery])?;
        let Some(row) = rows.next()? else { continue };
        let (dictionary, length): (u32, u32) = (row.get(2)?, row.get(4)?);
        let bytes = row
            .get_ref(3)?
            .as_blob()
            .map_err(|error| StoreError::Body(error.to_string()))?;
        let same = if dictionary == incoming.body.dictionary && bytes == incoming.body.bytes {
            true
        } else if length != incoming.body.length {
            false
        } else {
            let own = match (&mut own, &incoming.body.plain) {
                (Some(own), _) => own,
                (own, Some(plain)) => own.insert(Cow::Borrowed(&**plain)),
                (own, None) => own.insert(Cow::Owned(packer.unpack(
                    incoming.body.dictionary,
                    &incoming.body.bytes,
                    length as usize,
                )?)),
            };
            packer
                .unpack(dictionary, bytes, length as usize)
                .is_ok_and(|kept| kept == **own)
        };
        if same {
            let received_at = row.get(0)?;
            found.push(Identical {
                delivery,
                event: EventId::first_at(received_at).0 + row.get::<_, i64>(5)?,
                received_at,
                location: row.get(1)?,
            });
        }
    }
    Ok(found)
}

/// Judges one reading of a delivery.
pub(crate) fn judge(
    (db, ties): (&Connection, &Ties),
    window: Ms,
    incoming: &Incoming,
    reading: &Reading,
    action: u16,
    identical: &[Identical],
) -> Result<Verdict, StoreError> {
    let mut verdict = Verdict::New;
    for kept in identical {
        let Some(of) = event_of(db, kept, action, reading)? else {
            continue;
        };
        // The arrivals of a released delivery can lie before those kept since.
        let age = (incoming.received_at - kept.received_at).abs();
        let elsewhere = incoming
            .route
            .location
            .is_some_and(|here| kept.location != 0 && here != kept.location);
        let limit = if reading.repeat_rule == RepeatRule::Window {
            window
        } else {
            BRIEF
        };
        if age <= limit && !elsewhere {
            return Ok(Verdict::Repeat { of, identical: true });
        }
        let doubt = match reading.repeat_rule {
            RepeatRule::Window => true,
            RepeatRule::Brief => elsewhere && age <= BRIEF,
            RepeatRule::Doubtful => age <= window,
        };
        if doubt {
            verdict = Verdict::Maybe;
        }
    }
    if reading.repeat_rule != RepeatRule::Window {
        return Ok(verdict);
    }
    if let (Some(entity_id), Some(updated_on)) = (reading.entity_id, reading.updated_on) {
        let tie = Tie::entity((reading.entity, entity_id));
        let same = same_change(db, tie, ties.recent(tie), action, updated_on.0)?;
        if let Some(of) = same {
            let received_at = received_at(db, of)?.unwrap_or(incoming.received_at);
            let in_time = (incoming.received_at - received_at).abs() <= window;
            // Two changes within a second share a stamp that has no fraction.
            if in_time && !updated_on.whole_second() {
                return Ok(Verdict::Repeat { of, identical: false });
            }
            verdict = Verdict::Maybe;
        }
    }
    Ok(verdict)
}

/// The last event of an entity under an action whose body has a stamp.
fn same_change(
    db: &Connection,
    tie: Tie,
    recent: &[EventId],
    action: u16,
    stamp: i64,
) -> Result<Option<EventId>, StoreError> {
    let mut is =
        db.prepare_cached("SELECT 1 FROM event WHERE id = ?1 AND action = ?2 AND updated_after = ?3")?;
    let mut found = None;
    for event in recent.iter().rev() {
        if is.exists(params![event.0, action, stamp - ticks(*event)])? {
            found = Some(*event);
            break;
        }
    }
    let entered = db
        .prepare_cached(
            "SELECT e.id FROM tie t CROSS JOIN event e ON e.id = t.event
             WHERE t.kind = ?1 AND t.key = ?2 AND t.event > ?7
               AND e.action = ?3 AND e.updated_after = ?4 - (e.id >> ?5) * ?6
             ORDER BY t.event DESC LIMIT 1",
        )?
        .query_row(
            params![
                tie.kind(),
                tie.key(),
                action,
                stamp - EventId::EPOCH * TICKS,
                EventId::BITS,
                TICKS,
                found.map_or(i64::MIN, |event| event.0)
            ],
            |row| row.get(0).map(EventId),
        )
        .optional()?;
    Ok(found.max(entered))
}

/// The arrival of an event's delivery; nothing for one of the delivery that is being kept.
fn received_at(db: &Connection, event: EventId) -> Result<Option<Ms>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT d.received_at FROM event e JOIN delivery d ON d.id = e.delivery WHERE e.id = ?1",
        )?
        .query_row([event.0], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// The event that a kept delivery made of the same object under the same action.
fn event_of(
    db: &Connection,
    kept: &Identical,
    action: u16,
    reading: &Reading,
) -> Result<Option<EventId>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT id FROM event WHERE delivery = ?1 AND position = ?2 AND action = ?3
               AND id IN (SELECT ?4 UNION ALL SELECT event FROM also WHERE delivery = ?1)",
        )?
        .query_row(
            params![kept.delivery, reading.position, action, kept.event],
            |row| row.get(0).map(EventId),
        )
        .optional()?;
    Ok(found)
}
