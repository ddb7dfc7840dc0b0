//! Texts that were entered before the index took prepared ones are entered again: behind what arrives, whatever happens.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::rusqlite::{Connection, params};
use nexwatch_store::*;
use std::path::Path;

/// More than go into one transaction.
const MANY: i64 = 900;
const NOTES: [&str; 4] = ["café", "会議室を予約", "Łódź Straße", "плёнка"];

fn note(id: i64) -> &'static str {
    NOTES[usize::try_from(id).unwrap() % NOTES.len()]
}

fn body(id: i64) -> String {
    booking(id, "2026-06-09T08:13:20.1234567Z").replace("café", note(id))
}

/// A folder as it is just after it was brought to this format: events whose texts stand in the index as they are.
fn as_before() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for id in 1..=MANY {
        let sent = delivery(&store.writer, "6", &body(id), NOW + id);
        store.writer.store_blocking(sent).unwrap();
    }
    let events = events(&store.reader);
    store.close();
    let db = Connection::open(path(folder.path())).unwrap();
    db.execute_batch("BEGIN; INSERT INTO words(words) VALUES ('delete-all')")
        .unwrap();
    for event in events {
        let id = event.entity_id.unwrap();
        // One that folds as before is not there: it is not to be looked at again.
        if id != 4 {
            let text = format!("{} {}", said(&event), note(id));
            db.execute(
                "INSERT INTO words(rowid, text) VALUES (?1, ?2)",
                params![event.id.0, text],
            )
            .unwrap();
        }
    }
    let left = format!("0 {MANY}");
    db.execute(
        "INSERT INTO setting(key, value) VALUES ('words_to_prepare', ?1)",
        [left],
    )
    .unwrap();
    db.execute_batch("COMMIT").unwrap();
    folder
}

fn found(reader: &Reader, words: &str) -> usize {
    let asked = fold::asked(words).unwrap();
    let star = if asked.end == fold::End::Single { " *" } else { "" };
    let expression = format!("\"{}\"{star}", asked.phrase);
    reader
        .read(|db| {
            let mut find = db.prepare_cached("SELECT count(*) FROM words WHERE words MATCH ?1")?;
            Ok(find.query_row([expression], |row| row.get::<_, u32>(0))? as usize)
        })
        .unwrap()
}

fn wait_until_prepared(reader: &Reader) {
    while !reader.words_are_prepared().unwrap() {
        std::thread::yield_now();
    }
}

/// All that was there, and so many that came since.
fn all_is_found(folder: &Path, since: i64) {
    let reader = Reader::open(folder).unwrap();
    assert!(reader.words_are_prepared().unwrap());
    let count = |at: usize| (1..=MANY + since).filter(|id| note(*id) == NOTES[at]).count();
    for words in ["議室", "予約", "約", "会議室を予約"] {
        assert_eq!(found(&reader, words), count(1), "{words}");
    }
    for words in ["lodz", "Łódź", "strasse", "straße lodz"] {
        let words = words.split(' ').map(|word| found(&reader, word));
        assert!(words.into_iter().all(|found| found == count(2)));
    }
    assert_eq!(found(&reader, "пленка"), count(3));
    assert_eq!(found(&reader, "cafe"), count(0) - 1);
    assert_eq!(
        found(&reader, "blue room"),
        usize::try_from(MANY + since).unwrap() - 1
    );
}

#[test]
fn all_is_found_once_it_is_through_and_nothing_is_held_up() {
    let folder = as_before();
    let before = Reader::open(folder.path()).unwrap();
    assert!(!before.words_are_prepared().unwrap());
    assert_eq!((found(&before, "議室"), found(&before, "lodz")), (0, 0));
    let store = open(folder.path());
    // What arrives meanwhile is found like any other.
    for id in MANY + 1..=MANY + 60 {
        let sent = delivery(&store.writer, "6", &body(id), NOW + id);
        store.writer.store_blocking(sent).unwrap();
    }
    wait_until_prepared(&before);
    store.close();
    all_is_found(folder.path(), 60);
    // It is done once.
    open(folder.path()).close();
    all_is_found(folder.path(), 60);
    let db = Connection::open(path(folder.path())).unwrap();
    db.execute_batch("INSERT INTO words(words) VALUES ('integrity-check')")
        .unwrap();
}

/// A folder as a kill would leave it, once the log has been read: all that has been committed.
fn cut_off(folder: &Path) -> tempfile::TempDir {
    let left = tempfile::tempdir().unwrap();
    let db = Connection::open(path(folder)).unwrap();
    db.execute("VACUUM INTO ?1", [path(left.path()).to_str().unwrap()])
        .unwrap();
    left
}

#[test]
fn a_kill_at_any_moment_takes_nothing_back() {
    let folder = as_before();
    let mut left = vec![cut_off(folder.path())];
    let store = open(folder.path());
    let reader = store.reader.clone();
    // Again and again while it is at work.
    while !reader.words_are_prepared().unwrap() {
        left.push(cut_off(folder.path()));
    }
    store.close();
    let how_far = |folder: &Path| Reader::open(folder).unwrap().setting("words_to_prepare").unwrap();
    let mut stages: Vec<Option<String>> = left.iter().map(|left| how_far(left.path())).collect();
    stages.dedup();
    assert!(stages.len() > 1, "{stages:?}");
    for left in left {
        let store = open(left.path());
        wait_until_prepared(&store.reader);
        store.close();
        all_is_found(left.path(), 0);
    }
}

#[test]
fn deliveries_without_a_pause_do_not_keep_it_from_ending() {
    let folder = as_before();
    let store = open(folder.path());
    let reader = store.reader.clone();
    std::thread::scope(|scope| {
        for of in 0..4 {
            let (store, reader) = (&store, reader.clone());
            scope.spawn(move || {
                let mut id = 10_000 * (of + 1);
                while !reader.words_are_prepared().unwrap() {
                    let sent = delivery(&store.writer, "6", &body(id), NOW + id);
                    store.writer.store_blocking(sent).unwrap();
                    id += 1;
                }
            });
        }
    });
    store.close();
    assert!(found(&reader, "予約") >= 225);
}

#[test]
fn a_new_database_has_nothing_to_prepare() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert!(store.reader.words_are_prepared().unwrap());
    store.close();
}
