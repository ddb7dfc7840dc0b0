//! A second arrival of the same, or a second act?

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::*;

const HOUR: i64 = 3_600_000;

struct Case {
    store: Store,
    _folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Case {
        let folder = tempfile::tempdir().unwrap();
        Case {
            store: open(folder.path()),
            _folder: folder,
        }
    }

    fn arrives(&self, action: &str, body: &str, after: i64) -> Outcome {
        let incoming = delivery(&self.store.writer, action, body, NOW + after);
        self.store
            .writer
            .store_blocking(incoming)
            .unwrap()
            .outcome()
            .clone()
    }

    /// Repeats of and flags of each event, in the order of arrival.
    fn seen(&self) -> Vec<(u32, Vec<&'static str>)> {
        let mut all = events(&self.store.reader);
        all.sort_by_key(|event| event.delivery);
        all.iter()
            .map(|event| (event.repeats, event.flags.names()))
            .collect()
    }
}

fn is_repeat(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Repeat { .. })
}

#[test]
fn a_retried_booking_is_one_event() {
    let case = Case::new();
    let body = booking(1, "2026-06-09T09:00:00.1234567Z");
    let first = case.arrives("BookingCreate", &body, 0);
    assert!(matches!(&first, Outcome::New { events, .. } if events.len() == 1));
    assert!(is_repeat(&case.arrives("BookingCreate", &body, HOUR)));
    assert!(is_repeat(&case.arrives("6", &body, 24 * HOUR)));
    // The same act, written anew: minutes to start differ.
    let again = body.replace("\"Notes\":\"café\"", "\"Notes\":\"café\",\"MinutesToStart\":7");
    assert!(is_repeat(&case.arrives("BookingCreate", &again, 2 * HOUR)));
    assert_eq!(case.seen(), [(3, vec!["repeat", "unsigned"])]);
    let event = &events(&case.store.reader)[0];
    let repeats = case.store.reader.repeats(event.id).unwrap();
    assert_eq!(
        repeats.iter().map(|r| r.identical).collect::<Vec<_>>(),
        [true, true, false]
    );
}

#[test]
fn another_action_or_another_state_is_another_event() {
    let case = Case::new();
    let body = booking(1, "2026-06-09T09:00:00.1234567Z");
    case.arrives("BookingCreate", &body, 0);
    assert!(!is_repeat(&case.arrives("BookingUpdate", &body, 1)));
    assert!(!is_repeat(&case.arrives(
        "BookingUpdate",
        &booking(1, "2026-06-09T09:00:00.1234568Z"),
        2
    )));
    assert!(!is_repeat(&case.arrives(
        "BookingUpdate",
        &booking(2, "2026-06-09T09:00:00.1234567Z"),
        3
    )));
    assert!(
        case.seen()
            .iter()
            .all(|(repeats, flags)| *repeats == 0 && flags == &["unsigned"])
    );
}

#[test]
fn a_stamp_of_whole_seconds_leaves_a_doubt() {
    let case = Case::new();
    case.arrives("BookingUpdate", &booking(1, "2026-06-09T09:00:00Z"), 0);
    let other = booking(1, "2026-06-09T09:00:00Z").replace("café", "tea");
    assert!(!is_repeat(&case.arrives("BookingUpdate", &other, 5)));
    assert_eq!(case.seen()[1].1, ["maybe-repeat", "unsigned", "changed"]);
}

#[test]
fn after_the_window_the_same_bytes_are_kept_and_flagged() {
    let case = Case::new();
    let body = booking(1, "2026-06-09T09:00:00.1234567Z");
    case.arrives("BookingCreate", &body, 0);
    assert!(!is_repeat(&case.arrives("BookingCreate", &body, 24 * HOUR + 1)));
    assert_eq!(case.seen()[1].1, ["maybe-repeat", "unsigned"]);
}

#[test]
fn identical_check_ins_a_day_apart_are_two() {
    for action in [
        "CoworkerCheckin",
        "35",
        "CoworkerCheckinFailed",
        "AccessControlUpdate",
        "SendWelcomeEmail",
    ] {
        let case = Case::new();
        case.arrives(action, &customer(7), 0);
        assert!(
            is_repeat(&case.arrives(action, &customer(7), 120_000)),
            "{action}"
        );
        assert!(
            !is_repeat(&case.arrives(action, &customer(7), 120_001)),
            "{action}"
        );
        assert!(
            !is_repeat(&case.arrives(action, &customer(7), 24 * HOUR)),
            "{action}"
        );
        assert!(!is_repeat(&case.arrives(action, &customer(8), 1)), "{action}");
        let seen = case.seen();
        assert_eq!(seen.len(), 4, "{action}");
        assert!(
            seen[1..].iter().all(|(_, flags)| flags == &["unsigned"]),
            "{action}"
        );
    }
}

#[test]
fn what_is_not_understood_is_kept_in_doubt() {
    for (action, body) in [
        ("", "[{\"Id\":1}]"),
        ("Strange", "[{\"Id\":1}]"),
        ("6", "not json"),
        ("6", "[]"),
    ] {
        let case = Case::new();
        case.arrives(action, body, 0);
        assert!(is_repeat(&case.arrives(action, body, 60_000)), "{action} {body}");
        assert!(!is_repeat(&case.arrives(action, body, HOUR)), "{action} {body}");
        assert!(case.seen()[1].1.contains(&"maybe-repeat"), "{action} {body}");
        assert!(
            !is_repeat(&case.arrives(action, body, 40 * HOUR)),
            "{action} {body}"
        );
    }
}

#[test]
fn the_same_bytes_at_another_locations_hook_are_kept() {
    let case = Case::new();
    let writer = &case.store.writer;
    let body = booking(1, "2026-06-09T09:00:00Z");
    for location in [1, 2, 1] {
        let route = Route {
            action: Some("BookingCreate".into()),
            location: Some(location),
        };
        writer
            .store_blocking(incoming(writer, route, body.as_bytes(), NOW))
            .unwrap();
    }
    assert_eq!(
        case.seen(),
        [
            (1, vec!["repeat", "unsigned"]),
            (0, vec!["maybe-repeat", "unsigned"])
        ]
    );
}

#[test]
fn a_list_of_many_is_judged_one_by_one() {
    let case = Case::new();
    let one = booking(1, "2026-06-09T09:00:00.1234567Z");
    let two = booking(2, "2026-06-09T09:00:00.1234567Z");
    case.arrives("BookingCreate", &one, 0);
    let both = format!("[{},{}]", &one[1..one.len() - 1], &two[1..two.len() - 1]);
    assert!(
        matches!(case.arrives("BookingCreate", &both, 1), Outcome::New { events, .. } if events.len() == 1)
    );
    assert!(is_repeat(&case.arrives("BookingCreate", &both, 2)));
    assert_eq!(
        case.seen()
            .iter()
            .map(|(repeats, _)| *repeats)
            .collect::<Vec<_>>(),
        [2, 1]
    );
    let many = format!(
        "[{}]",
        (10..40)
            .map(|id| {
                let b = booking(id, "2026-06-09T09:00:00.1234567Z");
                b[1..b.len() - 1].to_owned()
            })
            .collect::<Vec<_>>()
            .join(",")
    );
    assert!(
        matches!(case.arrives("BookingCreate", &many, 3), Outcome::New { events, .. } if events.len() == 30)
    );
    let newest = case.store.reader.status().unwrap().newest;
    assert_eq!(case.store.reader.delivery(newest).unwrap().unwrap().events, 30);
    assert_eq!(
        case.store.reader.delivery(newest).unwrap().unwrap().body,
        many.as_bytes()
    );
}
