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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ledger() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        )
        .unwrap();
        db.execute_batch(include_str!("schema/v2.sql")).unwrap();
        db
    }

    fn all(db: &Connection) -> Vec<GapRow> {
        gaps(db, "1 ORDER BY id", []).unwrap()
    }

    fn keep(db: &Connection, at: Ms, cause: Cause) {
        let message = cause.name().to_owned();
        enter(db, &LedgerEntry::Out { at, cause, message }).unwrap();
    }

    fn let_in(db: &Connection, at: Ms) {
        enter(db, &LedgerEntry::In { at }).unwrap();
    }

    fn edges(db: &Connection) -> Vec<(Ms, Option<Ms>, Vec<&'static str>)> {
        all(db)
            .iter()
            .map(|gap| {
                let causes = gap.causes.iter().map(|cause| cause.cause.name()).collect();
                (gap.from, gap.to, causes)
            })
            .collect()
    }

    #[test]
    fn a_gap_begins_goes_on_and_ends() {
        let db = ledger();
        keep(&db, 100, Cause::Closed);
        keep(&db, 500, Cause::Tunnel);
        keep(&db, 510, Cause::Tunnel);
        let_in(&db, 900);
        let_in(&db, 950);
        assert_eq!(edges(&db), [(100, Some(900), vec!["closed", "tunnel"])]);
    }

    #[test]
    fn what_lasts_no_time_is_none_and_what_was_not_over_goes_on() {
        let db = ledger();
        keep(&db, 100, Cause::Tunnel);
        let_in(&db, 100);
        assert_eq!(edges(&db), []);
        keep(&db, 200, Cause::Tunnel);
        let_in(&db, 300);
        // Said to be back at 300, but the self-test never came.
        keep(&db, 300, Cause::Tunnel);
        keep(&db, 320, Cause::Sleep);
        let_in(&db, 400);
        assert_eq!(edges(&db), [(200, Some(400), vec!["tunnel", "sleep"])]);
    }

    #[test]
    fn a_clock_that_is_set_back_makes_no_gap_vanish() {
        let db = ledger();
        keep(&db, 1_000, Cause::Tunnel);
        let_in(&db, 400);
        keep(&db, 500, Cause::Disk);
        let_in(&db, 450);
        assert_eq!(edges(&db), []);
        keep(&db, 1_000, Cause::Tunnel);
        let_in(&db, 2_000);
        keep(&db, 1_500, Cause::Disk);
        let_in(&db, 2_500);
        assert_eq!(edges(&db), [(1_000, Some(2_500), vec!["tunnel", "disk"])]);
        // An hour that comes twice, once with and once without: rather a gap than left out.
        keep(&db, 600, Cause::Disk);
        let_in(&db, 700);
        assert_eq!(edges(&db), [(600, Some(2_500), vec!["disk", "tunnel", "disk"])]);
        // A clock that was years ahead is no reason to call years a gap.
        keep(&db, 600 - 2 * LATE, Cause::Disk);
        let_in(&db, 700 - 2 * LATE);
        assert_eq!(edges(&db)[1].0, 600 - 2 * LATE);
    }

    #[test]
    fn what_is_found_out_later_is_told_from_its_beginning() {
        let db = ledger();
        keep(&db, 100, Cause::Closed);
        let_in(&db, 200);
        // The computer woke: the line is found to be lost before it is found that the computer slept.
        keep(&db, 9_000, Cause::Tunnel);
        keep(&db, 1_000, Cause::Sleep);
        let_in(&db, 9_500);
        assert_eq!(
            edges(&db),
            [
                (100, Some(200), vec!["closed"]),
                (1_000, Some(9_500), vec!["sleep", "tunnel"])
            ]
        );
        // Or even after it is up again, twice.
        for at in [20_000, 20_100] {
            keep(&db, at, Cause::Tunnel);
            let_in(&db, at + 50);
        }
        keep(&db, 12_000, Cause::Sleep);
        let_in(&db, 20_200);
        assert_eq!(
            edges(&db)[2..],
            [(12_000, Some(20_200), vec!["sleep", "tunnel", "tunnel"])]
        );
    }

    #[test]
    fn causes_keep_their_names_and_codes() {
        let codes: Vec<(u8, &str)> = Cause::ALL
            .iter()
            .map(|cause| (cause.code(), cause.name()))
            .collect();
        assert_eq!(
            codes,
            [
                (1, "closed"),
                (2, "crash"),
                (3, "sleep"),
                (4, "tunnel"),
                (5, "off"),
                (6, "listener"),
                (7, "disk")
            ]
        );
        assert!(
            Cause::ALL
                .iter()
                .all(|cause| Cause::of_code(cause.code()) == *cause)
        );
    }

    #[test]
    fn old_changes_of_state_go() {
        let db = ledger();
        for at in 0..REACH_KEPT + 10 {
            let entry = LedgerEntry::Reach {
                at,
                way: "ngrok".into(),
                state: "online".into(),
                message: String::new(),
            };
            enter(&db, &entry).unwrap();
        }
        let kept: (i64, i64) = db
            .query_row("SELECT count(*), min(at) FROM reach", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(kept, (REACH_KEPT, 10));
    }

    /// Enters what a list says; the stretches between each "out" and the next "in".
    fn enter_all(db: &Connection, entries: &[(i64, usize)]) -> (Vec<(Ms, Ms)>, bool) {
        let (mut out_since, mut stretches) = (None, Vec::new());
        for (at, what) in entries {
            match Cause::ALL.get(*what) {
                Some(cause) => {
                    keep(db, *at, *cause);
                    out_since = Some(out_since.map_or(*at, |since: Ms| since.min(*at)));
                }
                None => {
                    let_in(db, *at);
                    stretches.extend(out_since.take().map(|from| (from, *at)));
                }
            }
        }
        (stretches, out_since.is_some())
    }

    proptest! {
        /// Whatever is entered, and whatever the clock does: no stretch is left out.
        #[test]
        fn nothing_is_left_out(entries in proptest::collection::vec((0i64..200, 0usize..10), 1..60)) {
            let db = ledger();
            let (stretches, open) = enter_all(&db, &entries);
            let found = all(&db);
            for gap in &found {
                prop_assert!(gap.to.is_none_or(|to| to > gap.from));
                prop_assert_eq!(gap.causes.first().map(|cause| cause.at), Some(gap.from));
                prop_assert!(gap.causes.iter().all(|cause| cause.at >= gap.from && gap.to.is_none_or(|to| cause.at <= to)));
            }
            prop_assert!(found.iter().rev().skip(1).all(|gap| gap.to.is_some()));
            prop_assert!(found.windows(2).all(|pair| pair[0].to.is_some_and(|to| to < pair[1].from)), "{:?}", found);
            prop_assert_eq!(found.last().is_some_and(|gap| gap.to.is_none()), open);
            for (from, to) in stretches {
                for at in from..to {
                    let covered = found.iter().any(|gap| gap.from <= at && gap.to.is_none_or(|to| at < to));
                    prop_assert!(covered, "{at} of {from}..{to} is in no gap: {found:?}");
                }
            }
        }

        /// While the clock goes on, gaps are just the stretches, in order.
        #[test]
        fn gaps_are_just_the_stretches(mut entries in proptest::collection::vec((0i64..200, 0usize..10), 1..60)) {
            entries.sort_by_key(|(at, _)| *at);
            let db = ledger();
            let (stretches, _) = enter_all(&db, &entries);
            let inside = |spans: &[(Ms, Ms)], at: Ms| spans.iter().any(|(from, to)| (*from..*to).contains(&at));
            let found: Vec<(Ms, Ms)> = all(&db).iter().filter_map(|gap| Some((gap.from, gap.to?))).collect();
            prop_assert!(found.windows(2).all(|pair| pair[0].1 < pair[1].0), "{:?}", found);
            let end = stretches.last().map_or(0, |(_, to)| *to);
            for at in 0..end {
                let open = all(&db).last().is_some_and(|gap| gap.to.is_none() && gap.from <= at);
                prop_assert!(open || inside(&found, at) == inside(&stretches, at), "{at}");
            }
        }
    }
}
