//! Deliveries whose signature failed: kept apart, capped, and checked again when a secret changes.

use crate::names::Names;
use crate::{Committed, Refusal, Route, Source, StoreError, Suspect};
use nexwatch_nexudus::Ms;
use rusqlite::{Connection, OptionalExtension, params};

/// How much is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub count: u32,
    pub bytes: u64,
}

/// A delivery is in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its id there.
    pub id: i64,
    /// How often it arrived.
    pub arrivals: u32,
}

/// One delivery in quarantine, body as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct QuarantineRow {
    /// Its id.
    pub id: i64,
    /// First arrival.
    pub received_at: Ms,
    /// Arrivals of the same.
    pub arrivals: u32,
    /// Where it came from.
    pub source: Source,
    /// What the URL said.
    pub route: Route,
    /// Kept headers.
    pub headers: Vec<(String, String)>,
    /// The signature as it came.
    pub signature: Option<String>,
    /// Why it failed.
    pub reason: Refusal,
    /// Bytes of the body.
    pub length: u32,
    /// The untouched body; nothing where it cannot be unpacked any more.
    pub body: Option<Vec<u8>>,
}

/// What stands in quarantine, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarantineCount {
    /// Deliveries.
    pub count: u32,
    /// The newest's first arrival.
    pub newest: Option<Ms>,
    /// Dropped because a cap was reached, ever.
    pub dropped: u32,
}

/// What a person discards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discard {
    /// These, by their ids.
    These(Vec<i64>),
    /// All up to an id: what came since was not seen.
    UpTo(i64),
}

/// Deletes what is to be discarded, and says how many there were.
pub(crate) fn discard(db: &Connection, what: &Discard) -> Result<u32, StoreError> {
    let gone = match what {
        Discard::These(ids) => {
            let mut delete = db.prepare_cached("DELETE FROM quarantine WHERE id = ?1")?;
            let mut gone = 0;
            for id in ids {
                gone += delete.execute([id])?;
            }
            gone
        }
        Discard::UpTo(id) => db
            .prepare_cached("DELETE FROM quarantine WHERE id <= ?1")?
            .execute([id])?,
    };
    Ok(u32::try_from(gone).unwrap_or(u32::MAX))
}

/// Keeps a suspect; the same one again only counts an arrival. The oldest go when a cap is reached.
pub(crate) fn keep(
    db: &Connection,
    names: &mut Names,
    limits: Limits,
    suspect: &Suspect,
    news: &mut Committed,
) -> Result<Quarantined, StoreError> {
    let (route, headers) = names.of_suspect(db, &suspect.route, &suspect.headers)?;
    let body = &suspect.body;
    let known = db
        .prepare_cached(
            "UPDATE quarantine SET arrivals = arrivals + 1 WHERE id = (
               SELECT id FROM quarantine WHERE body_key = ?1 AND route = ?2 AND signature IS ?3 AND body = ?4 LIMIT 1)
             RETURNING id, arrivals",
        )?
        .query_row(params![body.key, route, suspect.signature, body.bytes], |row| {
            Ok(Quarantined { id: row.get(0)?, arrivals: row.get(1)? })
        })
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    // An id is given once: whoever discards from an old list must not hit what came since.
    let id: i64 = db
        .prepare_cached(
            "INSERT INTO setting(key, value)
             VALUES ('quarantine_last', (SELECT coalesce(max(id), 0) + 1 FROM quarantine))
             ON CONFLICT(key) DO UPDATE SET
               value = max(CAST(value AS INTEGER), (SELECT coalesce(max(id), 0) FROM quarantine)) + 1
             RETURNING CAST(value AS INTEGER)",
        )?
        .query_row([], |row| row.get(0))?;
    db.prepare_cached(
        "INSERT INTO quarantine(id, received_at, arrivals, source, route, headers, signature, reason, length, body_key, dictionary, body)
         VALUES (?11, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        suspect.received_at, suspect.source as u8, route, headers, suspect.signature, suspect.reason as u8, body.length,
        body.key, body.dictionary, body.bytes, id
    ])?;
    news.quarantined += 1;
    let mut dropped = 0_u32;
    loop {
        let (count, bytes): (u32, i64) = db
            .prepare_cached(
                "SELECT count(*), coalesce(sum(length), 0) FROM quarantine INDEXED BY quarantine_size",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if count <= 1 || (count <= limits.count && bytes.unsigned_abs() <= limits.bytes) {
            break;
        }
        dropped += 1;
        db.prepare_cached("DELETE FROM quarantine WHERE id = (SELECT min(id) FROM quarantine)")?
            .execute([])?;
    }
    if dropped > 0 {
        db.prepare_cached(
            "INSERT INTO setting(key, value) VALUES ('quarantine_dropped', ?1)
             ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + ?1",
        )?
        .execute([dropped.to_string()])?;
    }
    Ok(Quarantined { id, arrivals: 1 })
}
