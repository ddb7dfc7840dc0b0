use super::*;
use proptest::prelude::*;

fn ledger() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
        .unwrap();
    db.execute_batch(include_str!("../schema/v2.sql")).unwrap();
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
