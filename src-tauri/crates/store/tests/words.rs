//! Events are found by their words: soon after they are kept, and whatever happens in between.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::*;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

fn open_with(folder: &Path, within: Duration, together: usize) -> Store {
    let options = Options {
        words_within: within,
        words_together: together,
        ..Options::default()
    };
    Store::open(folder, options, Box::new(|_| {})).unwrap()
}

fn store(store: &Store, action: &str, body: &str, at: i64) {
    let writer = &store.writer;
    writer.store_blocking(delivery(writer, action, body, at)).unwrap();
}

fn store_bookings(to: &Store, ids: std::ops::Range<i64>) {
    for id in ids {
        store(to, "6", &booking(id, "2026-06-09T08:13:20.1234567Z"), NOW + id);
    }
}

/// Events that say something, in order of place.
fn saying(reader: &Reader, text: &str) -> Vec<EventId> {
    reader
        .read(|db| {
            let mut find =
                db.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid")?;
            let rows = find.query_map([format!("\"{text}\"")], |row| row.get(0).map(EventId))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

/// How often a word stands in the index, each row by itself.
fn entries(folder: &Path, word: &str) -> i64 {
    let db = Connection::open(path(folder)).unwrap();
    db.execute_batch("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, words, instance)")
        .unwrap();
    db.query_row(
        "SELECT count(*) FROM temp.entries WHERE term = ?1",
        [word],
        |row| row.get(0),
    )
    .unwrap()
}

#[test]
fn what_is_told_can_be_found() {
    for within in [Duration::ZERO, Duration::from_millis(2)] {
        let folder = tempfile::tempdir().unwrap();
        let reader: Arc<OnceLock<Reader>> = Arc::default();
        let told = Arc::new(Mutex::new(Vec::new()));
        let (by, heard) = (reader.clone(), told.clone());
        let options = Options {
            words_within: within,
            words_together: 7,
            ..Options::default()
        };
        let on_commit = move |news: &Committed| {
            let reader = by.get().unwrap();
            for key in &news.events {
                let event = reader.event(key.id).unwrap().unwrap();
                assert_eq!(saying(reader, &event.entity_id.unwrap().to_string()), [key.id]);
                heard.lock().unwrap().push(key.id);
            }
        };
        let store = Store::open(folder.path(), options, Box::new(on_commit)).unwrap();
        assert!(reader.set(Reader::open(folder.path()).unwrap()).is_ok());
        std::thread::scope(|scope| {
            for from in [4000, 5000, 6000] {
                let store = &store;
                scope.spawn(move || store_bookings(store, from..from + 50));
            }
        });
        let kept = store.reader.clone();
        store.close();
        let mut told = told.lock().unwrap().clone();
        assert_eq!(told.len(), 150);
        told.sort_unstable();
        assert_eq!(
            told,
            events(&kept).iter().map(|event| event.id).collect::<Vec<_>>()
        );
    }
}

#[test]
fn when_many_wait_they_go_into_the_index_together() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), NEVER, 5);
    let found = || saying(&store.reader, "zoe").len();
    store_bookings(&store, 0..4);
    assert_eq!((events(&store.reader).len(), found()), (4, 0));
    store_bookings(&store, 4..5);
    assert_eq!(found(), 5);
    store_bookings(&store, 5..9);
    assert_eq!(found(), 5);
    let reader = store.reader.clone();
    store.close();
    assert_eq!(saying(&reader, "zoe").len(), 9);
}

#[test]
fn a_kill_before_words_are_in_the_index_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let running = open_with(folder.path(), NEVER, 1000);
    store_bookings(&running, 0..20);
    // A retry, several objects in one body, one that is a repeat among them, no action, no JSON.
    store_bookings(&running, 3..4);
    let (one, other) = (
        booking(7, "2026-06-09T08:13:20.1234567Z"),
        booking(70, "2026-06-09T08:13:20.5Z"),
    );
    let many = format!("{},{}", &one[..one.len() - 1], &other[1..]);
    store(&running, "6", &many, NOW + 100);
    store(&running, "", &customer(80), NOW + 101);
    store(&running, "6", "<words of no JSON>", NOW + 102);
    let sentences: Vec<(EventId, String)> = events(&running.reader)
        .into_iter()
        .map(|event| (event.id, said(&event)))
        .collect();
    assert_eq!(sentences.len(), 23);
    assert!(saying(&running.reader, "zoe").is_empty());
    let left = killed(folder.path());
    running.close();

    for round in 0..2 {
        let store = open_with(left.path(), NEVER, 1000);
        for (id, sentence) in &sentences {
            assert!(saying(&store.reader, sentence).contains(id), "{sentence}");
        }
        assert_eq!(saying(&store.reader, "cafe").len(), 21);
        assert_eq!(saying(&store.reader, "words of no json").len(), 1);
        assert_eq!(entries(left.path(), "cafe"), 21, "{round}");
        // As if it had not been killed.
        assert_eq!(
            entries(left.path(), "zoe"),
            entries(folder.path(), "zoe"),
            "{round}"
        );
        store.close();
    }
    let store = open_with(left.path(), NEVER, 1000);
    store_bookings(&store, 90..91);
    let again = killed(left.path());
    store.close();
    open_with(again.path(), NEVER, 1000).close();
    assert_eq!(entries(again.path(), "cafe"), 22);
}

#[test]
fn a_full_disk_puts_words_off_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        words_within: NEVER,
        words_together: 40,
        most_pages: Some(120),
        ..Options::default()
    };
    let told = Arc::new(Mutex::new(0));
    let heard = told.clone();
    let on_commit = move |news: &Committed| *heard.lock().unwrap() += news.events.len();
    let store = Store::open(folder.path(), options, Box::new(on_commit)).unwrap();
    let (mut kept, mut refused) = (0, 0);
    for id in 0..600 {
        let body =
            booking(id, "2026-06-09T08:13:20.1234567Z").replace("café", &format!("café {id}").repeat(40));
        match store
            .writer
            .store_blocking(delivery(&store.writer, "6", &body, NOW + id))
        {
            Ok(_) => kept += 1,
            Err(StoreError::Full) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(kept > 40 && refused > 0, "{kept} {refused}");
    store.close();
    assert!(*told.lock().unwrap() <= kept);
    let store = open_with(folder.path(), NEVER, 1000);
    assert_eq!(events(&store.reader).len(), kept);
    assert_eq!(saying(&store.reader, "zoe").len(), kept);
}

#[test]
fn a_broken_index_does_not_keep_deliveries_out() {
    let folder = tempfile::tempdir().unwrap();
    let rename = |from: &str, to: &str| {
        let db = Connection::open(path(folder.path())).unwrap();
        db.execute_batch(&format!("ALTER TABLE {from} RENAME TO {to}"))
            .unwrap();
    };
    let told = Arc::new(Mutex::new(0));
    let heard = told.clone();
    let on_commit = move |news: &Committed| *heard.lock().unwrap() += news.events.len();
    let options = Options {
        words_within: NEVER,
        words_together: 10,
        ..Options::default()
    };
    let store = Store::open(folder.path(), options, Box::new(on_commit)).unwrap();
    store_bookings(&store, 0..15);
    rename("words_data", "away");
    store_bookings(&store, 15..40);
    store.writer.healthy().unwrap();
    assert_eq!(events(&store.reader).len(), 40);
    store.close();
    assert_eq!(*told.lock().unwrap(), 40);
    // It opens all the same.
    let store = open_with(folder.path(), NEVER, 10);
    store_bookings(&store, 40..60);
    store.close();
    rename("away", "words_data");
    let store = open_with(folder.path(), NEVER, 10);
    assert_eq!(saying(&store.reader, "zoe").len(), 60);
    assert_eq!(entries(folder.path(), "cafe"), 60);
}

#[test]
fn what_a_full_disk_had_no_room_for_at_the_start_is_caught_up_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let running = open_with(folder.path(), NEVER, 1000);
    store_bookings(&running, 0..200);
    let left = killed(folder.path());
    running.close();
    let db = Connection::open(path(left.path())).unwrap();
    db.execute_batch("CREATE TABLE filler(x); INSERT INTO filler VALUES (zeroblob(300000));")
        .unwrap();
    let pages = db
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let options = Options {
        words_within: NEVER,
        most_pages: Some(pages),
        ..Options::default()
    };
    let store = Store::open(left.path(), options, Box::new(|_| {})).unwrap();
    assert_eq!(events(&store.reader).len(), 200);
    assert!(saying(&store.reader, "zoe").is_empty());
    db.execute_batch("DROP TABLE filler").unwrap();
    while saying(&store.reader, "zoe").len() < 200 {
        std::thread::yield_now();
    }
    // From here on it is as ever.
    store_bookings(&store, 200..210);
    store.close();
    let store = open_with(left.path(), NEVER, 1000);
    assert_eq!(saying(&store.reader, "zoe").len(), 210);
}

#[test]
fn what_is_said_anew_is_said_by_the_stores_voice() {
    let spanish = nexwatch_nexudus::Voice::new("es", nexwatch_nexudus::Zones::default());
    let folder = tempfile::tempdir().unwrap();
    let running = open_with(folder.path(), NEVER, 1000);
    let at = |stamp: &str, from: &str| booking(1, stamp).replace("\"FromTime\":\"2026-06-09T09", from);
    let first = at("2026-06-09T08:00:00.5Z", "\"FromTime\":\"2026-06-09T09");
    let earlier = at("2026-06-09T08:30:00.5Z", "\"FromTime\":\"2026-06-09T08");
    store(&running, "6", &first, NOW);
    // While it runs: only what the store says itself. After a kill everything is read again.
    running.writer.set_voice(spanish.clone());
    store(&running, "7", &earlier, NOW + 1);
    let left = killed(folder.path());
    let reader = running.reader.clone();
    running.close();
    let all = events(&reader);
    let said_in = |row: &EventRow| row.say(&spanish, None);
    assert_ne!(said_in(&all[1]), said(&all[1]));
    assert!(is_found(&reader, all[1].id, &said_in(&all[1])));
    assert!(is_found(&reader, all[0].id, &said(&all[0])) && !is_found(&reader, all[0].id, &said_in(&all[0])));
    let options = Options {
        voice: spanish.clone(),
        ..Options::default()
    };
    let store = Store::open(left.path(), options, Box::new(|_| {})).unwrap();
    for row in events(&store.reader) {
        assert!(
            is_found(&store.reader, row.id, &said_in(&row)),
            "{}",
            said_in(&row)
        );
    }
}

#[test]
fn what_is_said_plainly_again_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let noon = NOW - NOW.rem_euclid(24 * 3_600_000) - 12 * 3_600_000;
    let arrives = |action: &str, from: &str, minute: i64, at: i64| {
        let body = format!(
            r#"[{{"ResourceName":"Blue room","Id":7,"FromTime":"2026-06-10T{from}:00:00Z","ToTime":"2026-06-10T18:00:00Z","UpdatedOn":"2026-06-08T12:{minute:02}:00.1234567Z"}}]"#
        );
        let kept = store
            .writer
            .store_blocking(delivery(&store.writer, action, &body, at));
        match kept.unwrap().outcome() {
            Outcome::New { events, .. } => events[0],
            Outcome::Repeat { .. } => panic!("a repeat"),
        }
    };
    let sentence = |event| said(&store.reader.rows(&[event]).unwrap()[0]);
    arrives("BookingCreate", "09", 0, NOW);
    let update = arrives("BookingUpdate", "10", 10, NOW);
    let better = sentence(update);
    assert!(is_found(&store.reader, update, &better), "{better}");
    // A deletion that comes late lies before it and brings a body that was changed later: the update has no state before.
    arrives("BookingDelete", "11", 20, noon + 5 * 60_000);
    let plain = sentence(update);
    assert_ne!(plain, better);
    assert!(is_found(&store.reader, update, &plain), "{plain}");
}
