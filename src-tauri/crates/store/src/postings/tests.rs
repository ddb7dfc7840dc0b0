use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// An index as the store has it.
fn index() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')",
    )
    .unwrap();
    db
}

fn enter(db: &Connection, texts: impl IntoIterator<Item = (i64, String)>) {
    db.execute_batch("BEGIN").unwrap();
    let mut enter = db
        .prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")
        .unwrap();
    for (row, text) in texts {
        enter.execute(params![row, text]).unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
}

fn asked(db: &Connection, word: &str, beginning: bool) -> BTreeSet<i64> {
    let star = if beginning { " *" } else { "" };
    let mut find = db
        .prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1")
        .unwrap();
    let rows = find.query_map([format!("\"{word}\"{star}")], |row| row.get(0));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn read(db: &Connection, word: &str, beginning: bool) -> Option<BTreeSet<i64>> {
    let all = Segments::of(db).unwrap()?;
    let whole = read_of(db, std::slice::from_ref(&all), word, beginning);
    assert_eq!(read_of(db, &all.halves(), word, beginning), whole);
    whole
}

fn read_of(db: &Connection, parts: &[Segments], word: &str, beginning: bool) -> Option<BTreeSet<i64>> {
    let mut rows = BTreeSet::new();
    for part in parts {
        let told = part.events_saying(db, word, beginning, &mut |told| {
            assert!(told.is_sorted());
            rows.extend(told);
        });
        if !told.unwrap() {
            return None;
        }
    }
    Some(rows)
}

#[track_caller]
fn same(db: &Connection, word: &str, beginning: bool) -> usize {
    let expected = asked(db, word, beginning);
    assert_eq!(
        read(db, word, beginning).as_ref(),
        Some(&expected),
        "{word} {beginning}"
    );
    expected.len()
}

#[test]
fn lists_over_many_pages_and_segments() {
    let db = index();
    for part in 0..40_i64 {
        // Places as they are: far apart. Some texts say a word so often that where it stands takes pages by itself.
        enter(
            &db,
            (0..250).map(|n| {
                let row = ((part * 250 + n) * 381_000) << 2;
                let often = if n == 100 {
                    "common ".repeat(9_000)
                } else {
                    String::new()
                };
                (
                    row,
                    format!("common w{n} {often} x{} rare{row} end{}", n % 7, part),
                )
            }),
        );
    }
    for (word, beginning, count) in [
        ("common", false, 10_000),
        ("com", true, 10_000),
        ("com", false, 0),
        ("w", true, 10_000),
        ("w1", true, 40 * 111),
        ("x3", false, 40 * 36),
        ("end7", false, 250),
        ("end", true, 10_000),
        ("rare1524000", false, 1),
        ("rare", true, 10_000),
        ("zzz", true, 0),
        ("a", true, 0),
        ("0", true, 0),
    ] {
        assert_eq!(same(&db, word, beginning), count, "{word}");
    }
    db.execute_batch("INSERT INTO words(words) VALUES ('optimize')")
        .unwrap();
    assert_eq!(same(&db, "common", false), 10_000);
    assert_eq!(same(&db, "ra", true), 10_000);
}

#[test]
fn an_empty_index_says_nothing() {
    let db = index();
    assert_eq!(same(&db, "any", false), 0);
    enter(&db, [(5, "José booked".to_owned())]);
    assert_eq!(same(&db, "jose", false) + same(&db, "bo", true), 2);
}

#[test]
fn what_is_laid_out_otherwise_is_left_alone() {
    // Rows that were taken out.
    let db = index();
    enter(&db, [(1, "blue room".to_owned()), (2, "blue".to_owned())]);
    db.execute(
        "INSERT INTO words(words, rowid, text) VALUES ('delete', 1, 'blue room')",
        [],
    )
    .unwrap();
    assert_eq!(read(&db, "blue", false), None);
    let db = index();
    enter(&db, [(1, "blue room".to_owned())]);
    for (id, block) in [
        (10_i64, &b"\0\0\0\0\x01\x05\x01"[..]),
        (10, b""),
        ((1_i64 << 37) + 1, b"\0\x04"),
    ] {
        let kept: Vec<u8> = db
            .query_row("SELECT block FROM words_data WHERE id = ?1", [id], |row| {
                row.get(0)
            })
            .unwrap();
        let put = |block: &[u8]| {
            db.execute(
                "UPDATE words_data SET block = ?2 WHERE id = ?1",
                params![id, block],
            )
            .unwrap();
        };
        put(block);
        assert_eq!(read(&db, "blue", false), None);
        put(&kept);
        assert_eq!(read(&db, "blue", false), Some(BTreeSet::from([1])));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn they_are_those_that_sql_tells(
        parts in prop::collection::vec(
            prop::collection::vec((0..1_i64 << 40, "([ab]{1,3}|c{0,600}|é)( ([abé]{1,2})){0,20}"), 1..60),
            1..12,
        ),
        again in any::<bool>(),
    ) {
        let db = index();
        for mut part in parts.clone() {
            part.sort();
            part.dedup_by_key(|(row, _)| *row);
            enter(&db, part);
        }
        if again {
            enter(&db, parts.into_iter().next().unwrap_or_default().into_iter().map(|(row, text)| (row, text + " aa")));
        }
        for word in ["a", "ab", "aab", "b", "c", "cc", "e", "d"] {
            for beginning in [false, true] {
                let expected = asked(&db, word, beginning);
                prop_assert_eq!(read(&db, word, beginning), Some(expected), "{} {}", word, beginning);
            }
        }
    }

    #[test]
    fn any_bytes_are_a_page(block in prop::collection::vec(any::<u8>(), 0..200), within in any::<bool>()) {
        let mut wanted = Wanted { term: b"0ab".to_vec(), beginning: within, rows: Vec::new() };
        let before = if within { Go::Within } else { Go::Before };
        let _ = wanted.page(&block, before, &mut |_| {});
        let _ = listed(&block);
    }
}
