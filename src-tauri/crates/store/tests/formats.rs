//! Databases of every format that has shipped can be opened, and nothing in them is lost.
//! The fixtures are made by `examples/fixture.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::*;

/// A data folder with the database of a format in it.
fn folder_of(packed: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = zstd::decode_all(packed).unwrap();
    std::fs::write(path(folder.path()), file).unwrap();
    folder
}

#[test]
fn a_database_of_format_1_is_read_and_written() {
    let folder = folder_of(include_bytes!("fixtures/format-1.db.zst"));
    goes_on(&folder);
    // The ledger begins when there is one.
    let reader = Reader::open(folder.path()).unwrap();
    assert_eq!(reader.gaps(None, 10).unwrap(), []);
    assert_eq!(
        (reader.alive_at().unwrap(), reader.ledger_since().unwrap()),
        (None, None)
    );
    assert!(folder.path().join("backup/nexwatch-format-1.db").exists());
}

#[test]
fn a_database_of_format_2_is_read_and_written() {
    let folder = folder_of(include_bytes!("fixtures/format-2.db.zst"));
    goes_on(&folder);
    let reader = Reader::open(folder.path()).unwrap();
    let told: Vec<(i64, Option<i64>, Vec<Cause>)> = reader
        .gaps(None, 10)
        .unwrap()
        .iter()
        .map(|gap| {
            let to = gap.to.map(|to| to - NOW);
            (
                gap.from - NOW,
                to,
                gap.causes.iter().map(|cause| cause.cause).collect(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (90_000, None, vec![Cause::Sleep]),
            (10_000, Some(25_000), vec![Cause::Closed, Cause::Tunnel])
        ]
    );
    assert_eq!(reader.open_gap().unwrap().map(|gap| gap.from), Some(NOW + 90_000));
    assert_eq!(reader.alive_at().unwrap(), Some(NOW + 90_000));
    assert_eq!(reader.ledger_since().unwrap(), Some(NOW));
    let reached = reader.reach_history(10).unwrap();
    assert_eq!((reached.len(), reached[0].way.as_str()), (1, "own"));
    assert_eq!(
        reader.gaps_since(NOW + 20_000, NOW + 100_000).unwrap(),
        (2, 15_000)
    );
    assert_eq!(reader.gap_count().unwrap(), 2);
}

/// What is in it is read; it goes on being written.
fn goes_on(folder: &tempfile::TempDir) {
    // Whoever only reads does not change it, and reads the same as whoever writes.
    let before = check_format_1(&Reader::open(folder.path()).unwrap());
    let store = open(folder.path());
    assert_eq!(check_format_1(&store.reader), before);
    assert!(store.writer.has_matched(SecretId(3)));
    // What came before is known: a retry of the first delivery makes no new event.
    let first = store.reader.delivery(before[0].delivery).unwrap().unwrap();
    let again = incoming(&store.writer, first.route.clone(), &first.body, NOW + 100_000);
    let stored = store.writer.store_blocking(again).unwrap();
    assert_eq!(
        *stored.outcome(),
        Outcome::Repeat {
            of: vec![before[0].id]
        }
    );
    let new = booking(50, "2026-06-09T10:00:00.5Z");
    store
        .writer
        .store_blocking(delivery(&store.writer, "6", &new, NOW + 200_000))
        .unwrap();
    assert_eq!(events(&store.reader).len(), before.len() + 1);
    store.close();
    let db = rusqlite::Connection::open(path(folder.path())).unwrap();
    let format: u32 = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(format, FORMAT);
    let sound: String = db
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
}

fn check_format_1(reader: &Reader) -> Vec<EventRow> {
    let all = events(reader);
    let told: Vec<(String, String, Vec<&str>)> = all
        .iter()
        .map(|event| (event.action.name(), said(event), event.flags.names()))
        .collect();
    let expected: Vec<(String, String, Vec<&str>)> = FORMAT_1
        .iter()
        .map(|(action, sentence, flags)| ((*action).to_owned(), (*sentence).to_owned(), flags.to_vec()))
        .collect();
    assert_eq!(told, expected);
    let first = all.iter().find(|event| event.entity_id == Some(1)).unwrap();
    assert_eq!((first.location_id, first.repeats), (Some(77), 2));
    let repeats = reader.repeats(first.id).unwrap();
    assert_eq!(
        repeats.iter().map(|repeat| repeat.identical).collect::<Vec<_>>(),
        [true, false]
    );
    let kept = reader.delivery(first.delivery).unwrap().unwrap();
    assert_eq!(kept.body, booking(1, "2026-06-09T08:10:20.1234567Z").into_bytes());
    assert_eq!(
        kept.headers,
        [("content-type".to_owned(), "application/json".to_owned())]
    );
    let many = all.iter().find(|event| event.entity_id == Some(4)).unwrap();
    assert_eq!(
        (
            many.position,
            reader.delivery(many.delivery).unwrap().unwrap().events
        ),
        (1, 2)
    );
    let quarantine = reader.quarantine(None, 10).unwrap();
    assert_eq!(
        quarantine.iter().map(|row| row.arrivals).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(reader.setting("greeting").unwrap().as_deref(), Some("hello"));
    all
}

#[rustfmt::skip]
const FORMAT_1: &[(&str, &str, &[&str])] = &[
    ("BookingCreate", "Zoë 1 booked Blue room for 9 Jun 09:00–10:00 UTC", &["repeat"]),
    ("BookingCreate", "Zoë 2 booked Blue room for 9 Jun 09:00–10:00 UTC", &["unsigned"]),
    ("BookingCreate", "Zoë 3 booked Blue room for 9 Jun 09:00–10:00 UTC", &[]),
    ("BookingCreate", "Zoë 4 booked Blue room for 9 Jun 09:00–10:00 UTC", &[]),
    ("BookingUpdate", "Booking of Blue room by Zoë 1 was changed: 9 Jun 09:00–10:00 UTC", &[]),
    ("BookingDelete", "Booking of Blue room by Zoë 1 for 9 Jun 09:00–10:00 UTC was deleted", &[]),
    ("CoworkerCheckin", "Ana 5 checked in", &["unsigned"]),
    ("Coworker?", "Ana 6", &["inferred", "unsigned"]),
    ("SomethingNew", "SomethingNew", &["unsigned", "sample"]),
    ("BookingCreate", "Booking created: its body is not readable as JSON", &["unsigned", "unreadable"]),
    ("CoworkerCheckin", "Ana 5 checked in", &["unsigned"]),
];
