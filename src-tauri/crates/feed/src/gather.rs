//! The rows of many chunks that say some words, gathered from the pages of the index rather than asked for one by one.

use crate::columns::{Bits, Chunk};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::{StoreError, events_saying, fold, pages_saying};
use std::sync::Arc;

/// A word that is so much rarer than another of the same question leads quicker to what says both than reading all of the
/// other does.
const RARER: u64 = 150;

/// A word as the index has it, and whether it is only the beginning of one.
type Word = (String, bool);

/// Which rows of some chunks say all words of a full-text expression. Nothing where SQL has to be asked: for phrases, for
/// letters that the index may have in another form, and where one of the words is rare. In a transaction of the caller's, so
/// that all of it is from one state of the database.
pub(crate) fn gathered(
    db: &Connection,
    chunks: &[Arc<Chunk>],
    expression: &str,
) -> Result<Option<Vec<Bits>>, StoreError> {
    let Some(words) = plain_words(expression) else {
        return Ok(None);
    };
    if words.len() > 1 {
        let mut pages = Vec::with_capacity(words.len());
        for (word, beginning) in &words {
            let Some(count) = pages_saying(db, word, *beginning)? else {
                return Ok(None);
            };
            pages.push(count);
        }
        let (least, most) = (pages.iter().min(), pages.iter().max());
        if least.zip(most).is_some_and(|(least, most)| least * RARER < *most) {
            return Ok(None);
        }
    }
    let mut all: Option<Vec<Bits>> = None;
    for (word, beginning) in words {
        let mut rows = Rows::of(chunks);
        if !events_saying(db, &word, beginning, &mut |event| rows.mark(event))? {
            return Ok(None);
        }
        match &mut all {
            None => all = Some(rows.found),
            Some(all) => all
                .iter_mut()
                .zip(&rows.found)
                .for_each(|(all, more)| all.and(more)),
        }
    }
    Ok(all)
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
    /// The last one, and where it stood.
    last: i64,
    at: usize,
    row: usize,
}

impl<'c> Rows<'c> {
    fn of(chunks: &'c [Arc<Chunk>]) -> Rows<'c> {
        Rows {
            chunks,
            found: chunks.iter().map(|_| Bits::none()).collect(),
            last: i64::MAX,
            at: 0,
            row: 0,
        }
    }

    /// An event that is in none of them yet is left out: it belongs to a transaction that they have not heard of, or to other
    /// chunks.
    fn mark(&mut self, event: i64) {
        let ends_before = |chunk: &Arc<Chunk>| chunk.ids().last().is_none_or(|last| last < event);
        if event < self.last {
            // Another part of the index begins.
            self.at = self.chunks.partition_point(ends_before);
            self.row = 0;
        }
        self.last = event;
        while self.chunks.get(self.at).is_some_and(ends_before) {
            (self.at, self.row) = (self.at + 1, 0);
        }
        let Some(chunk) = self.chunks.get(self.at) else {
            return;
        };
        self.row = chunk.ids().seek(self.row, event);
        if chunk.ids().get(self.row) == Some(event) {
            self.found[self.at].set(self.row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Columns;
    use crate::find::SAYS;
    use crate::plans::filled;
    use nexwatch_store::Reader;

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
                    let Some(found) = gathered(db, chunks, expression)? else {
                        assert!(expression.contains("nobody"), "{expression}");
                        return Ok(());
                    };
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
