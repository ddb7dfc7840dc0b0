//! Packed stretches of events against the tables they were made of.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::time::{Duration, Instant};

/// Packs a few events together, as soon as there is nothing else to do.
fn eager(together: u32) -> Options {
    Options {
        packed_together: together,
        packed_after: Duration::ZERO,
        ..Options::default()
    }
}

fn open_with(folder: &std::path::Path, options: Options) -> Store {
    Store::open(folder, options, Box::new(|_| {})).unwrap()
}

/// Events that are packed.
fn packed(reader: &Reader) -> u32 {
    let sum = reader.read(|db| {
        Ok(
            db.query_row("SELECT coalesce(sum(events), 0) FROM stretch", [], |row| {
                row.get(0)
            })?,
        )
    });
    sum.unwrap()
}

fn until(so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it has not come about");
        std::thread::yield_now();
    }
}

/// Keys by pieces, in the order in which they come.
fn by_pieces(reader: &Reader) -> Vec<EventKey> {
    let mut keys = Vec::new();
    reader
        .read_pieces(&reader.pieces().unwrap(), |key| keys.push(key))
        .unwrap();
    keys
}

/// Keys from the tables alone.
fn by_table(reader: &Reader) -> Vec<EventKey> {
    let mut keys = Vec::new();
    reader.keys(|key| keys.push(key)).unwrap();
    keys
}

fn send(store: &Store, action: &str, body: &str, at: i64) {
    store
        .writer
        .store_blocking(delivery(&store.writer, action, body, at))
        .unwrap();
}

#[test]
fn older_events_are_packed_and_what_changes_one_unpacks_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), eager(10));
    for n in 0..64 {
        send(&store, "BookingCreate", &booking(n + 1, ""), NOW + n * 1_000);
    }
    // All but the newest stretch and what does not fill one.
    until(|| packed(&store.reader) == 50);
    assert_eq!(by_pieces(&store.reader), by_table(&store.reader));

    let ids: Vec<EventId> = by_table(&store.reader).iter().map(|key| key.id).collect();
    store.close();
    // Whoever writes, whatever it is.
    let db = rusqlite::Connection::open(nexwatch_store::path(folder.path())).unwrap();
    let changes = [
        "UPDATE event SET flags = flags | 1 WHERE id = ?1",
        "UPDATE event SET location = 4 WHERE id = ?1",
        "UPDATE event SET amount = 7 WHERE id = ?1",
        "INSERT OR REPLACE INTO act(event, head) VALUES (?1, 5)",
        "UPDATE act SET head = 6 WHERE event = ?1",
        "DELETE FROM act WHERE event = ?1",
        "UPDATE event SET person = person + 1 WHERE id = ?1",
        "DELETE FROM event WHERE id = ?1",
    ];
    let reader = Reader::open(folder.path()).unwrap();
    let holding = |id: EventId| {
        let found = reader.read(|db| {
            let find = "SELECT count(*) FROM stretch WHERE first <= ?1 AND last >= ?1";
            Ok(db.query_row(find, [id.0], |row| row.get::<_, u32>(0))?)
        });
        found.unwrap()
    };
    for change in changes {
        let event = ids[23];
        let store = open_with(folder.path(), eager(10));
        until(|| packed(&store.reader) >= 50 - 10);
        until(|| holding(event) == 1);
        store.close();
        let neighbour = holding(ids[13]);
        // What changes nothing that is packed leaves it alone.
        db.execute(
            "UPDATE event SET sentence = sentence || 'x', flags = flags WHERE id = ?1",
            [event.0],
        )
        .unwrap();
        assert_eq!(holding(event), 1);
        db.execute(change, [event.0]).unwrap();
        assert_eq!((holding(event), holding(ids[13])), (0, neighbour), "{change}");
        assert_eq!(by_pieces(&reader), by_table(&reader));
    }
}

#[test]
fn a_late_arrival_makes_room_and_its_stretch_is_packed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), eager(16));
    for n in 0..64 {
        send(&store, "BookingCreate", &booking(n + 1, ""), NOW + n * 1_000);
    }
    until(|| packed(&store.reader) == 48);
    let late = nexwatch_nexudus::time::rfc3339(NOW + 20_500);
    send(&store, "BookingUpdate", &booking(7, &late), NOW + 65_000);
    // Seventeen in two halves.
    until(|| packed(&store.reader) == 49);
    let keys = by_table(&store.reader);
    assert_eq!(by_pieces(&store.reader), keys);
    assert_eq!(keys[21].id.at(), NOW + 20_500);
    let sizes = store.reader.read(|db| {
        let mut all = db.prepare("SELECT events FROM stretch ORDER BY first")?;
        let sizes = all.query_map([], |row| row.get::<_, u32>(0))?;
        Ok(sizes.collect::<Result<Vec<_>, _>>()?)
    });
    assert_eq!(sizes.unwrap(), [16, 9, 8, 16]);
}

#[test]
fn what_cannot_be_unpacked_is_read_from_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), eager(8));
    for n in 0..40 {
        send(&store, "BookingCreate", &booking(n + 1, ""), NOW + n * 1_000);
    }
    until(|| packed(&store.reader) == 32);
    store.close();
    let keys = by_table(&Reader::open(folder.path()).unwrap());
    let db = rusqlite::Connection::open(nexwatch_store::path(folder.path())).unwrap();
    for damage in [
        "UPDATE stretch SET bytes = substr(bytes, 3) WHERE first = (SELECT min(first) FROM stretch)",
        "UPDATE stretch SET form = 9 WHERE first = (SELECT max(first) FROM stretch)",
        "UPDATE stretch SET bytes = x''",
    ] {
        db.execute_batch(damage).unwrap();
        assert_eq!(by_pieces(&Reader::open(folder.path()).unwrap()), keys, "{damage}");
    }
}

#[test]
fn pieces_that_are_unpacked_meanwhile_are_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), eager(8));
    for n in 0..40 {
        send(&store, "BookingCreate", &booking(n + 1, ""), NOW + n * 1_000);
    }
    until(|| packed(&store.reader) == 32);
    let pieces = store.reader.pieces().unwrap();
    for n in [3, 12, 30] {
        send(&store, "BookingCreate", &booking(n + 1, ""), NOW + 60_000);
    }
    let mut keys = Vec::new();
    store.reader.read_pieces(&pieces, |key| keys.push(key)).unwrap();
    assert_eq!(keys, by_table(&store.reader));
    assert_eq!(keys.iter().filter(|key| key.flags.has(Flags::REPEAT)).count(), 3);
}

/// What may happen to a store.
#[derive(Clone, Debug)]
enum Happens {
    /// Bookings arrive: this id and so many more, that happened so long before.
    Come { id: i64, many: i64, ago: i64 },
    /// Somebody comes in: an act under several actions, whose heads move.
    Enter { id: i64, action: &'static str },
    /// The same as before once more.
    Again,
    /// The writer gets time to pack.
    Rest,
    /// A kill: the program starts with what is on the disk.
    Kill,
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        6 => (1..30_i64, 1..12_i64, prop_oneof![3 => Just(0), 2 => 0..90_000_i64])
            .prop_map(|(id, many, ago)| Happens::Come { id, many, ago }),
        3 => (1..6_i64, prop::sample::select(vec!["CoworkerCheckin", "AccessControlUpdate", "CheckinCreated"]))
            .prop_map(|(id, action)| Happens::Enter { id, action }),
        2 => Just(Happens::Again),
        2 => Just(Happens::Rest),
        1 => Just(Happens::Kill),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_happens_pieces_say_what_the_tables_say(all in prop::collection::vec(happens(), 1..40)) {
        let mut folder = tempfile::tempdir().unwrap();
        let mut store = open_with(folder.path(), eager(6));
        let mut at = NOW;
        let mut before: Option<(&str, String)> = None;
        let same = |reader: &Reader| -> Result<(), TestCaseError> {
            // As of one moment: the writer may be packing.
            let pieces = reader.pieces().unwrap();
            let mut keys = Vec::new();
            reader.read_pieces(&pieces, |key| keys.push(key)).unwrap();
            prop_assert_eq!(keys, by_table(reader));
            Ok(())
        };
        for step in all {
            match step {
                Happens::Come { id, many, ago } => for id in id..id + many {
                    at += 700;
                    let body = booking(id, &nexwatch_nexudus::time::rfc3339(at - ago));
                    send(&store, "BookingUpdate", &body, at);
                    before = Some(("BookingUpdate", body));
                },
                Happens::Enter { id, action } => {
                    at += 300;
                    send(&store, action, &customer(id), at);
                    before = Some((action, customer(id)));
                }
                Happens::Again => if let Some((action, body)) = &before {
                    at += 1_000;
                    send(&store, action, body, at);
                },
                Happens::Rest => {
                    let events = by_table(&store.reader).len() as u32;
                    // Whatever was packed before and is whole, all but the newest two stretches come to be packed again.
                    until(|| packed(&store.reader) + 2 * 6 >= events || by_table(&store.reader).len() < 12);
                }
                Happens::Kill => {
                    let left = killed(folder.path());
                    store.close();
                    folder = left;
                    store = open_with(folder.path(), eager(6));
                }
            }
            same(&store.reader)?;
        }
        store.close();
        same(&Reader::open(folder.path()).unwrap())?;
    }
}
