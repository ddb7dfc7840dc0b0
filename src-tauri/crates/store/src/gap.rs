//! The gap ledger: any minute since the first start lies in a gap, or we were reachable in it.
//!
//! Gaps follow one another; only the newest may be open. Where a person sets the clock back, minutes come twice, and
//! gaps may then overlap: a stretch is rather called a gap than left out. None ends before it begins.

use crate::{Reader, StoreError};
use nexwatch_nexudus::Ms;
use rusqlite::{Connection, OptionalExtension, params};

/// So many changes of state are kept.
const REACH_KEPT: i64 = 5_000;
/// What is found out so much later, in ms, still belongs to the gap at hand (a weekend's sleep); what lies longer ago is
/// of a clock that was set back.
const LATE: Ms = 14 * 24 * 3600 * 1000;
/// Setting: the newest sign of life, ms since 1970.
const ALIVE: &str = "alive";
/// Setting: since when there is a ledger, ms since 1970.
const SINCE: &str = "ledger_since";

/// What keeps deliveries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// The program was ended in order.
    Closed,
    /// The program, or the computer, ended otherwise.
    Crash,
    /// The computer slept.
    Sleep,
    /// The way to be reachable was not.
    Tunnel,
    /// No way to be reachable was chosen.
    Off,
    /// The listener did not listen.
    Listener,
    /// The database could not be written.
    Disk,
}

impl Cause {
    /// All of them.
    pub const ALL: [Cause; 7] = [
        Cause::Closed,
        Cause::Crash,
        Cause::Sleep,
        Cause::Tunnel,
        Cause::Off,
        Cause::Listener,
        Cause::Disk,
    ];

    /// As a word that stays the same.
    pub const fn name(self) -> &'static str {
        match self {
            Cause::Closed => "closed",
            Cause::Crash => "crash",
            Cause::Sleep => "sleep",
            Cause::Tunnel => "tunnel",
            Cause::Off => "off",
            Cause::Listener => "listener",
            Cause::Disk => "disk",
        }
    }

    const fn code(self) -> u8 {
        self as u8 + 1
    }

    fn of_code(code: u8) -> Cause {
        Cause::ALL
            .into_iter()
            .find(|cause| cause.code() == code)
            .unwrap_or(Cause::Crash)
    }
}

/// What is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerEntry {
    /// From then on this keeps deliveries out: begins a gap, or joins the open one. `at` may lie in the past.
    Out {
        /// Ms since 1970.
        at: Ms,
        /// What.
        cause: Cause,
        /// In words, for a person.
        message: String,
    },
    /// From then on nothing keeps them out: ends the open gap, if there is one.
    In {
        /// Ms since 1970.
        at: Ms,
    },
    /// The program lives; the end of a crash is found by it.
    Alive {
        /// Ms since 1970.
        at: Ms,
    },
    /// A change of state of the way to be reachable.
    Reach {
        /// Ms since 1970.
        at: Ms,
        /// Which way.
        way: String,
        /// Which state.
        state: String,
        /// In words, for a person.
        message: String,
    },
}

/// A stretch in which deliveries may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapRow {
    /// Its number; later ones are greater.
    pub id: i64,
    /// Ms since 1970.
    pub from: Ms,
    /// Ms since 1970; nothing while it is open.
    pub to: Option<Ms>,
    /// What kept deliveries out, in the order of time.
    pub causes: Vec<CauseRow>,
}

/// From then on within the gap, this kept deliveries out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseRow {
    /// Ms since 1970.
    pub at: Ms,
    /// What.
    pub cause: Cause,
    /// In words.
    pub message: String,
}

/// A change of state of the way to be reachable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachRow {
    /// Ms since 1970.
    pub at: Ms,
    /// Which way.
    pub way: String,
    /// Which state.
    pub state: String,
    /// In words.
    pub message: String,
}

/// The newest gap's number and edges.
fn newest(db: &Connection) -> Result<Option<(i64, Ms, Option<Ms>)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT id, from_at, to_at FROM gap ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// Enters something, within the writer's transaction.
pub(crate) fn enter(db: &Connection, entry: &LedgerEntry) -> Result<(), StoreError> {
    match entry {
        LedgerEntry::Out { at, cause, message } => out(db, *at, *cause, message),
        LedgerEntry::In { at } => back(db, *at),
        LedgerEntry::Alive { at } => {
            let at = at.to_string();
            db.prepare_cached("INSERT OR IGNORE INTO setting(key, value) VALUES (?1, ?2)")?
                .execute([SINCE, &at])?;
            db.prepare_cached("INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)")?
                .execute([ALIVE, &at])?;
            Ok(())
        }
        LedgerEntry::Reach {
            at,
            way,
            state,
            message,
        } => {
            db.prepare_cached("INSERT INTO reach(at, way, state, message) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![at, way, state, message])?;
            db.prepare_cached("DELETE FROM reach WHERE id <= ?1")?
                .execute([db.last_insert_rowid() - REACH_KEPT])?;
            Ok(())
        }
    }
}

fn out(db: &Connection, at: Ms, cause: Cause, message: &str) -> Result<(), StoreError> {
    let (gap, at) = match newest(db)? {
        // The open one goes on, and may have begun earlier than was known.
        Some((id, from, None)) => {
            let from = begin(db, id, from, at)?;
            (id, at.max(from))
        }
        // It was not over after all.
        Some((id, from, Some(to))) if at <= to && from - at <= LATE => {
            begin(db, id, from, at)?;
            db.prepare_cached("UPDATE gap SET held = to_at, to_at = NULL WHERE id = ?1")?
                .execute([id])?;
            (id, at)
        }
        _ => {
            db.prepare_cached("INSERT INTO gap(from_at) VALUES (?1)")?
                .execute([at])?;
            (db.last_insert_rowid(), at)
        }
    };
    let last: Option<(u8, String, Ms)> = db
        .prepare_cached(
            "SELECT cause, message, min(at) OVER () FROM gap_cause WHERE gap = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([gap], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    // The same again is nothing new, unless the gap begins with it.
    if last.is_some_and(|(code, said, first)| code == cause.code() && said == message && first <= at) {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO gap_cause(gap, at, cause, message) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![gap, at, cause.code(), message])?;
    Ok(())
}

/// A gap began at a moment, if that is earlier than was known. Gaps before it that reach into it become part of it. Says
/// when it began.
fn begin(db: &Connection, id: i64, known: Ms, at: Ms) -> Result<Ms, StoreError> {
    if at >= known || known - at > LATE {
        return Ok(known);
    }
    let mut from = at;
    loop {
        let before: Option<(i64, Ms)> = db
            .prepare_cached(
                "SELECT id, from_at FROM gap WHERE id < ?1 AND to_at >= ?2 AND from_at <= ?3 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([id, from, known], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((before, earlier)) = before else { break };
        db.prepare_cached("UPDATE gap_cause SET gap = ?2 WHERE gap = ?1")?
            .execute([before, id])?;
        db.prepare_cached("DELETE FROM gap WHERE id = ?1")?
            .execute([before])?;
        from = from.min(earlier);
    }
    db.prepare_cached("UPDATE gap SET from_at = ?2 WHERE id = ?1")?
        .execute([id, from])?;
    Ok(from)
}

fn back(db: &Connection, at: Ms) -> Result<(), StoreError> {
    let Some((id, from, None)) = newest(db)? else {
        return Ok(());
    };
    let last: Ms = db
        .prepare_cached(
            "SELECT max(coalesce((SELECT max(at) FROM gap_cause WHERE gap = ?1), ?2), coalesce(held, ?2)) FROM gap WHERE id = ?1",
        )?
        .query_row([id, from], |row| row.get(0))?;
    let to = at.max(from).max(last);
    if to == from {
        db.prepare_cached("DELETE FROM gap_cause WHERE gap = ?1")?
            .execute([id])?;
        db.prepare_cached("DELETE FROM gap WHERE id = ?1")?
            .execute([id])?;
    } else {
        db.prepare_cached("UPDATE gap SET to_at = ?2 WHERE id = ?1")?
            .execute([id, to])?;
    }
    Ok(())
}

/// Gaps with their causes, newest first: those that a condition on `gap` finds.
fn gaps(db: &Connection, condition: &str, with: impl rusqlite::Params) -> Result<Vec<GapRow>, StoreError> {
    let mut find = db.prepare_cached(&format!("SELECT id, from_at, to_at FROM gap WHERE {condition}"))?;
    let mut found = find
        .query_map(with, |row| {
            Ok(GapRow {
                id: row.get(0)?,
                from: row.get(1)?,
                to: row.get(2)?,
                causes: Vec::new(),
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let mut causes =
        db.prepare_cached("SELECT at, cause, message FROM gap_cause WHERE gap = ?1 ORDER BY at, id")?;
    for gap in &mut found {
        gap.causes = causes
            .query_map([gap.id], |row| {
                Ok(CauseRow {
                    at: row.get(0)?,
                    cause: Cause::of_code(row.get(1)?),
                    message: row.get(2)?,
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
    }
    Ok(found)
}

impl Reader {
    /// Gaps, newest first, with numbers below `before`.
    pub fn gaps(&self, before: Option<i64>, limit: u32) -> Result<Vec<GapRow>, StoreError> {
        self.read(|db| {
            gaps(
                db,
                "id < ?1 ORDER BY id DESC LIMIT ?2",
                params![before.unwrap_or(i64::MAX), limit],
            )
        })
    }

    /// The gap that is open.
    pub fn open_gap(&self) -> Result<Option<GapRow>, StoreError> {
        self.read(|db| Ok(gaps(db, "id = (SELECT max(id) FROM gap) AND to_at IS NULL", [])?.pop()))
    }

    /// How many gaps reach into the time from `since` on, and how many ms of it lie in gaps until `now`.
    pub fn gaps_since(&self, since: Ms, now: Ms) -> Result<(u32, Ms), StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(max(0, coalesce(to_at, ?2) - max(from_at, ?1))), 0)
                     FROM gap WHERE coalesce(to_at, ?2) > ?1",
                )?
                .query_row([since, now], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
    }

    /// Gaps in all.
    pub fn gap_count(&self) -> Result<u32, StoreError> {
        self.read(|db| Ok(db.query_row("SELECT count(*) FROM gap", [], |row| row.get(0))?))
    }

    /// The newest sign of life of a program on this folder, ms since 1970; nothing before the first.
    pub fn alive_at(&self) -> Result<Option<Ms>, StoreError> {
        Ok(self.setting(ALIVE)?.and_then(|text| text.parse().ok()))
    }

    /// Since when there is a ledger, ms since 1970.
    pub fn ledger_since(&self) -> Result<Option<Ms>, StoreError> {
        Ok(self.setting(SINCE)?.and_then(|text| text.parse().ok()))
    }

    /// Changes of state, newest first.
    pub fn reach_history(&self, limit: u32) -> Result<Vec<ReachRow>, StoreError> {
        self.read(|db| {
            let mut find =
                db.prepare_cached("SELECT at, way, state, message FROM reach ORDER BY id DESC LIMIT ?1")?;
            let rows = find.query_map([limit], |row| {
                Ok(ReachRow {
                    at: row.get(0)?,
                    way: row.get(1)?,
                    state: row.get(2)?,
                    message: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Events of the time of a gap that arrived after it: what the platform sent again, at most `most`.
    pub fn arrived_later(&self, gap: &GapRow, most: u32) -> Result<u32, StoreError> {
        let Some(to) = gap.to else { return Ok(0) };
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT count(*) FROM (SELECT 1 FROM event e JOIN delivery d ON d.id = e.delivery
                     WHERE e.id BETWEEN ?1 AND ?2 AND d.received_at >= ?3 LIMIT ?4)",
                )?
                .query_row(
                    params![
                        crate::EventId::first_at(gap.from).0,
                        crate::EventId::first_at(to).0,
                        to,
                        most
                    ],
                    |row| row.get(0),
                )?)
        })
    }
}

#[cfg(test)]
mod tests;
