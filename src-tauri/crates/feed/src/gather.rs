//! The rows of many chunks that say some words, gathered from the pages of the index rather than asked for one by one.

use crate::columns::{BLOCK, Bits, Chunk};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::{Reader, Segments, StoreError, fold};
use std::sync::Arc;

/// A word that is so much rarer than another of the same question leads quicker to what says both than reading all of the
/// other does.
const RARER: u64 = 150;

/// Fewer pages than these are read sooner than a second thread has begun.
const PAGES_FOR_TWO: u64 = 400;

/// A word as the index has it, and whether it is only the beginning of one.
type Word = (String, bool);

/// Which rows of some chunks say all words of a full-text expression. Nothing where SQL has to be asked: for phrases, for
/// letters that the index may have in another form, and where one of the words is rare. In a transaction of the caller's, so
/// that all of it is from one state of the database.
pub(crate) fn gathered(
    reader: &Reader,
    db: &Connection,
    chunks: &[Arc<Chunk>],
    expression: &str,
) -> Result<Option<Vec<Bits>>, StoreError> {
    let Some(words) = plain_words(expression) else {
        return Ok(None);
    };
    let Some(segments) = Segments::of(db)? else {
        return Ok(None);
    };
    let mut pages = Vec::with_capacity(words.len());
    for (word, beginning) in &words {
        pages.push(segments.pages_saying(db, word, *beginning)?);
    }
    let (least, most) = (pages.iter().min(), pages.iter().max());
    if least.zip(most).is_some_and(|(least, most)| least * RARER < *most) {
        return Ok(None);
    }
    let found = match pages.iter().sum::<u64>() < PAGES_FOR_TWO {
        true => read(db, &segments, chunks, &words)?,
        false => read_by_two(reader, db, &segments, chunks, &words)?,
    };
    let all = found.and_then(|found| {
        found.into_iter().reduce(|mut all, more| {
            all.iter_mut().zip(&more).for_each(|(all, more)| all.and(more));
            all
        })
    });
    Ok(all)
}

/// Which rows say each of some words, as far as some segments tell; nothing where the index is laid out otherwise.
fn read(
    db: &Connection,
    segments: &Segments,
    chunks: &[Arc<Chunk>],
    words: &[Word],
) -> Result<Option<Vec<Vec<Bits>>>, StoreError> {
    let mut found = Vec::with_capacity(words.len());
    for (word, beginning) in words {
        let mut rows = Rows::of(chunks);
        if !segments.events_saying(db, word, *beginning, &mut |events| rows.mark(events))? {
            return Ok(None);
        }
        found.push(rows.found);
    }
    Ok(Some(found))
}

/// The same on two threads, as far as a second connection is free and finds the same state.
fn read_by_two(
    reader: &Reader,
    db: &Connection,
    segments: &Segments,
    chunks: &[Arc<Chunk>],
    words: &[Word],
) -> Result<Option<Vec<Vec<Bits>>>, StoreError> {
    let [first, second] = segments.halves();
    let beside = || {
        reader.read_if_free(|db| {
            let _snapshot = db.unchecked_transaction()?;
            match Segments::of(db)?.as_ref() == Some(segments) {
                true => read(db, &second, chunks, words).map(Some),
                false => Ok(None),
            }
        })
    };
    let (first, beside) = std::thread::scope(|scope| {
        let helper = std::thread::Builder::new()
            .name("words".into())
            .spawn_scoped(scope, beside);
        let first = read(db, &first, chunks, words);
        let beside = match helper.map(|helper| helper.join()) {
            Ok(Ok(beside)) => beside,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // The system has no thread to spare.
            Err(_) => Ok(None),
        };
        (first, beside)
    });
    // Whatever hindered it does not hinder this one.
    let second = match beside.ok().flatten().flatten() {
        Some(second) => second,
        None => read(db, &second, chunks, words)?,
    };
    let (Some(mut found), Some(second)) = (first?, second) else {
        return Ok(None);
    };
    for (found, more) in found.iter_mut().flatten().zip(second.iter().flatten()) {
        found.or(more);
    }
    Ok(Some(found))
}

/// Whether an expression is one of plain words, so that nothing but a rare one among them makes SQL the better way.
pub(crate) fn can_be_gathered(expression: &str) -> bool {
    plain_words(expression).is_some()
}

/// The words of an expression that has nothing but plain ones.
fn plain_words(expression: &str) -> Option<Vec<Word>> {
    let words = expression.split(" AND ").map(|part| {
        let (word, beginning) = match part.strip_suffix(" *") {
            Some(word) => (word, true),
            None => (part, false),
        };
        let word = word.strip_prefix('"')?.strip_suffix('"')?;
        Some((fold::plain_word(word)?, beginning))
    });
    words.collect()
}

/// Rows of chunks, marked by events that come mostly in order.
struct Rows<'c> {
    chunks: &'c [Arc<Chunk>],
    found: Vec<Bits>,
    /// The last event, in which chunk it was looked for, and in which of its blocks.
    last: i64,
    at: usize,
    block: usize,
    /// Ids of that block, how many they are, and how many were passed.
    ids: [i64; BLOCK],
    len: usize,
    row: usize,
}

impl<'c> Rows<'c> {
    fn of(chunks: &'c [Arc<Chunk>]) -> Rows<'c> {
        Rows {
            chunks,
            found: chunks.iter().map(|_| Bits::none()).collect(),
            last: i64::MAX,
            at: 0,
            block: 0,
            ids: [0; BLOCK],
            len: 0,
            row: 0,
        }
    }

    /// Events in order. One that is in none of the chunks yet is left out: it belongs to a transaction that they have not
    /// heard of, or to other chunks.
    fn mark(&mut self, events: &[i64]) {
        for event in events {
            if *event < self.last {
                // Another part of the index begins.
                let ends_before = |chunk: &Arc<Chunk>| chunk.ids().last().is_none_or(|last| last < *event);
                self.at = self.chunks.partition_point(ends_before);
                self.unpack(*event, 0);
            }
            self.last = *event;
            if self.ids[..self.len].last().is_none_or(|last| last < event) && !self.move_to(*event) {
                continue;
            }
            // Nothing of the block is passed in vain: its last is not lower.
            while self.ids[self.row] < *event {
                self.row += 1;
            }
            if self.ids[self.row] == *event {
                self.found[self.at].set(self.block * BLOCK + self.row);
            }
        }
    }

    /// Goes on to the block in which an event is; `false` if it is behind all.
    fn move_to(&mut self, event: i64) -> bool {
        let mut from = self.block;
        while let Some(chunk) = self.chunks.get(self.at) {
            if chunk.ids().last().is_some_and(|last| last >= event) {
                self.unpack(event, from);
                return true;
            }
            (self.at, from) = (self.at + 1, 0);
        }
        self.len = 0;
        false
    }

    /// The first block of the chunk, at or behind one, that does not end before an event.
    fn unpack(&mut self, event: i64, from: usize) {
        self.row = 0;
        let Some(chunk) = self.chunks.get(self.at) else {
            self.len = 0;
            return;
        };
        self.block = chunk.ids().block_of(from, event);
        (self.ids, self.len) = chunk.ids().block(self.block);
        if self.ids[..self.len].last().is_some_and(|last| *last < event) {
            // It would stand between the two.
            self.block += 1;
            (self.ids, self.len) = chunk.ids().block(self.block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{Columns, FULL};
    use crate::find::SAYS;
    use crate::plans::filled;
    use nexwatch_store::{DeliveryId, EventId, EventKey, Flags};
    use std::collections::BTreeSet;

    #[test]
    fn words_that_are_plain() {
        let plain = |expression: &str| plain_words(expression).map(|words| format!("{words:?}"));
        let shown = plain(r#""Blue" AND "Éro" * AND "5""#).unwrap();
        assert_eq!(shown, r#"[("blue", false), ("ero", true), ("5", false)]"#);
        for other in [
            r#""blue room""#,
            r#""会議""#,
            r#"("a" OR "b")"#,
            r#""a"" AND ""b""#,
            r#""a AND b""#,
            r#""x""ma" *"#,
            "",
            r#""""#,
        ] {
            assert_eq!(plain(other), None, "{other}");
        }
    }

    /// Of packed chunks and an open one, whatever is told in whatever order: the rows that have it.
    #[test]
    fn rows_are_found_by_their_events() {
        let mut columns = Columns::default();
        // Some near to each other, some far, and a gap between chunks.
        let ids: Vec<i64> = (0..2 * FULL as i64 + 100)
            .map(|n| n * 381 + n / 64 * 100_000 + n % 7)
            .collect();
        for (delivery, id) in (1..).zip(&ids) {
            columns.insert(&EventKey {
                id: EventId(*id),
                delivery: DeliveryId(delivery),
                action: 6,
                location: 0,
                person: 0,
                flags: Flags::NONE,
                amount: None,
                head: None,
            });
        }
        columns.leave_open(0);
        let chunks = columns.chunks();
        assert_eq!(chunks.len(), 3);
        assert!(chunks[0].is_sealed() && !chunks[2].is_sealed());
        let around = |step: usize| ids.iter().step_by(step).flat_map(|id| [id - 1, *id, id + 1]);
        let borders = ids.iter().skip(63).step_by(64).flat_map(|id| [*id, id + 1]);
        let told: Vec<Vec<i64>> = vec![
            vec![],
            ids.clone(),
            around(1).collect(),
            around(97).collect(),
            around(5_000).collect(),
            borders.collect(),
            vec![i64::MIN, i64::MAX],
            ids.iter().rev().step_by(500).copied().collect(),
        ];
        // Of some chunks as well: the others' events are left out.
        for chunks in [chunks, &chunks[1..], &chunks[..1], &chunks[..0]] {
            for events in &told {
                let mut rows = Rows::of(chunks);
                // As they come: each part in order by itself.
                for part in events.chunk_by(|one, next| one <= next) {
                    part.chunks(7).for_each(|some| rows.mark(some));
                }
                let events: BTreeSet<i64> = events.iter().copied().collect();
                for (chunk, found) in chunks.iter().zip(&rows.found) {
                    for row in 0..chunk.len() {
                        assert_eq!(found.has(row), events.contains(&chunk.ids().at(row)), "{row}");
                    }
                }
            }
        }
    }

    #[test]
    fn rows_are_those_that_say_them() {
        let folder = filled();
        let reader = Reader::open(folder.path()).unwrap();
        let columns = Columns::load(&reader).unwrap();
        let chunks = columns.chunks();
        for expression in [
            r#""blue""#,
            r#""Ana""#,
            r#""an" *"#,
            r#""5" *"#,
            r#""booked" AND "blue""#,
            r#""nobody""#,
            r#""blue" AND "nobody""#,
        ] {
            reader
                .read(|db| {
                    let Some(found) = gathered(&reader, db, chunks, expression)? else {
                        assert!(expression.contains("nobody"), "{expression}");
                        return Ok(());
                    };
                    // Whether or not somebody is free to help.
                    let (segments, words) = (Segments::of(db)?.unwrap(), plain_words(expression).unwrap());
                    let alone = read(db, &segments, chunks, &words)?;
                    assert_eq!(read_by_two(&reader, db, &segments, chunks, &words)?, alone);
                    let mut says = db.prepare(SAYS)?;
                    for (chunk, found) in chunks.iter().zip(&found) {
                        for row in 0..chunk.len() {
                            let expected = says.exists((expression, chunk.ids().at(row)))?;
                            assert_eq!(found.has(row), expected, "{expression} {row}");
                        }
                    }
                    Ok(())
                })
                .unwrap();
        }
    }
}
