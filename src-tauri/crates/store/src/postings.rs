//! Every event that says a word, straight from the pages of the full-text index.
//!
//! Asked by SQL, the index tells its rows one by one, at some hundred nanoseconds each; a common word stands in millions.
//! Its pages hold them as short numbers one after the other. How they are laid out is described at the head of FTS5's own
//! source and has to stay as it is, because databases have it; this program brings the SQLite that writes them. Whatever
//! is not laid out so is left to SQL: then nothing is told here.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use std::cmp::Reverse;
use std::sync::Arc;

/// The record that lists the index's segments.
const SEGMENTS: &str = "SELECT block FROM words_data WHERE id = 10";
/// The page on which a word would stand in a segment.
const PAGE_OF: &str = "SELECT pgno FROM words_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1";
/// The first page of a segment that begins with a later word.
const PAGE_AFTER: &str = "SELECT pgno FROM words_idx WHERE segid = ?1 AND term > ?2 ORDER BY term LIMIT 1";
/// Pages of a segment from one on.
const PAGES: &str = "SELECT id, block FROM words_data WHERE id >= ?1 AND id <= ?2 ORDER BY id";
/// Stands before every word: the index of whole words is the only one that the table has.
const MAIN: u8 = b'0';
/// A page's place in the table: the segment above so many bits of the page's number.
const PAGE_BITS: u32 = 37;
/// A list of segments that has further numbers of each.
const FURTHER: [u8; 4] = [0xff, 0, 0, 1];

/// The full-text index as it is at one time, or some of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segments {
    /// The record that lists them: another one is another state of the index.
    record: Arc<[u8]>,
    parts: Vec<Segment>,
}

impl Segments {
    /// All of them; nothing if the index is not laid out as expected. To be read in the same transaction, or in one of
    /// another connection that finds the same.
    pub fn of(db: &Connection) -> Result<Option<Segments>, StoreError> {
        let mut find = db.prepare_cached(SEGMENTS)?;
        let record: Option<Vec<u8>> = find.query_row([], |row| row.get(0)).optional()?;
        Ok(record.and_then(|record| {
            let parts = listed(&record)?;
            Some(Segments {
                record: record.into(),
                parts,
            })
        }))
    }

    /// As two, of about as many pages each as there can be.
    pub fn halves(&self) -> [Segments; 2] {
        let mut parts = self.parts.clone();
        parts.sort_by_key(|part| Reverse(part.pages()));
        let mut halves = [(0, Vec::new()), (0, Vec::new())];
        for part in parts {
            let [first, second] = &mut halves;
            let half = if first.0 <= second.0 { first } else { second };
            half.0 += part.pages();
            half.1.push(part);
        }
        halves.map(|(_, parts)| Segments {
            record: self.record.clone(),
            parts,
        })
    }

    /// Gives every event that says a word of the index (in lower case, without accents), or one that begins so: some at a
    /// time, those in order of place; an event may be told twice. `false` if the index is not laid out as expected: what was
    /// told until then is worth nothing.
    pub fn events_saying(
        &self,
        db: &Connection,
        word: &str,
        beginning: bool,
        each: &mut dyn FnMut(&[i64]),
    ) -> Result<bool, StoreError> {
        let mut wanted = Wanted {
            term: [&[MAIN], word.as_bytes()].concat(),
            beginning,
            rows: Vec::new(),
        };
        for segment in &self.parts {
            if !wanted.read(db, segment, each)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// How many pages would be read for a word, or for all that begin so.
    pub fn pages_saying(&self, db: &Connection, word: &str, beginning: bool) -> Result<u64, StoreError> {
        let first = [&[MAIN], word.as_bytes()].concat();
        // No word has this byte in it.
        let last = match beginning {
            true => [first.as_slice(), &[0xff]].concat(),
            false => first.clone(),
        };
        let (mut of, mut after) = (db.prepare_cached(PAGE_OF)?, db.prepare_cached(PAGE_AFTER)?);
        let mut pages = 0;
        for segment in &self.parts {
            let from: Option<i64> = of
                .query_row(params![segment.id, first], |row| row.get(0))
                .optional()?;
            let to: Option<i64> = after
                .query_row(params![segment.id, last], |row| row.get(0))
                .optional()?;
            let from = from.map_or(segment.first, |page| page >> 1);
            let to = to.map_or(segment.last + 1, |page| page >> 1);
            pages += to.saturating_sub(from).max(1).unsigned_abs();
        }
        Ok(pages)
    }
}

/// A part of the index that is in order by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    id: i64,
    first: i64,
    last: i64,
}

impl Segment {
    fn pages(&self) -> u64 {
        self.last.saturating_sub(self.first).unsigned_abs() + 1
    }
}

/// The segments that a record lists; nothing if it is not laid out as expected.
fn listed(record: &[u8]) -> Option<Vec<Segment>> {
    let mut bytes = Bytes { all: record, at: 4 };
    let further = record.get(4..8) == Some(&FURTHER);
    if further {
        bytes.at = 8;
    }
    let (levels, count, _writes) = (bytes.number()?, bytes.number()?, bytes.number()?);
    let mut found = Vec::new();
    for _ in 0..levels {
        let _merging = bytes.number()?;
        for _ in 0..bytes.number()? {
            let [id, first, last] = [bytes.small()?, bytes.small()?, bytes.small()?];
            if further {
                let [_from, _to, graves, buried, _entries] = [
                    bytes.number()?,
                    bytes.number()?,
                    bytes.number()?,
                    bytes.number()?,
                    bytes.number()?,
                ];
                // Rows that were taken out: there are none in a table like ours.
                if graves > 0 || buried > 0 {
                    return None;
                }
            }
            found.push(Segment { id, first, last });
        }
    }
    (found.len() as u64 == count && bytes.at == record.len()).then_some(found)
}

/// A word that is looked for.
struct Wanted {
    term: Vec<u8>,
    beginning: bool,
    /// Those of the list that is being read.
    rows: Vec<i64>,
}

/// Where reading stands after a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Go {
    /// The next page goes on with a list of the word.
    Within,
    /// The word may still come.
    Before,
    /// It is behind.
    Done,
}

impl Wanted {
    /// Reads a segment; `false` if it is not laid out as expected.
    fn read(
        &mut self,
        db: &Connection,
        segment: &Segment,
        each: &mut dyn FnMut(&[i64]),
    ) -> Result<bool, StoreError> {
        let mut find = db.prepare_cached(PAGE_OF)?;
        let page: Option<i64> = find
            .query_row(params![segment.id, self.term], |row| row.get(0))
            .optional()?;
        // The lowest bit says something else.
        let page = page.map_or(segment.first, |page| (page >> 1).max(segment.first));
        let place = |page: i64| (segment.id << PAGE_BITS) + page;
        let mut next = place(page);
        let mut pages = db.prepare_cached(PAGES)?;
        let mut pages = pages.query(params![next, place(segment.last)])?;
        let mut go = Go::Before;
        while let Some(row) = pages.next()? {
            let (Ok(block), true) = (row.get_ref(1)?.as_blob(), row.get::<_, i64>(0)? == next) else {
                return Ok(false);
            };
            go = match self.page(block, go, each) {
                Some(Go::Done) => return Ok(true),
                Some(go) => go,
                None => return Ok(false),
            };
            next += 1;
        }
        Ok(next > place(segment.last))
    }

    /// Reads a page: first the rest of the list that the page before began, then word by word. Nothing if it is not laid out
    /// as expected.
    fn page(&mut self, block: &[u8], before: Go, each: &mut dyn FnMut(&[i64])) -> Option<Go> {
        let two = |at: usize| {
            Some(usize::from(u16::from_be_bytes([
                *block.get(at)?,
                *block.get(at + 1)?,
            ])))
        };
        let (first_row, end) = (two(0)?, two(2)?);
        let mut places = Bytes { all: block, at: end };
        let mut content = Bytes {
            all: block.get(..end)?,
            at: 4,
        };
        let mut term_at = match places.at < block.len() {
            true => Some(places.small()? as usize),
            false => None,
        };
        if before == Go::Within && first_row > 0 {
            content.at = first_row;
            content.list(term_at.unwrap_or(end), &mut self.rows)?;
            each(&self.rows);
        }
        let Some(mut at) = term_at.take() else {
            return Some(before);
        };
        let mut term: Vec<u8> = Vec::with_capacity(32);
        loop {
            let next = match places.at < block.len() {
                true => Some(at + places.small()? as usize),
                false => None,
            };
            content.at = at;
            // The first of a page stands there whole, the others without what they have in common with the one before.
            let kept = match term.is_empty() {
                true => 0,
                false => content.small()? as usize,
            };
            let length = content.small()? as usize;
            let rest = content.all.get(content.at..content.at.checked_add(length)?)?;
            if kept > term.len() || kept + length == 0 {
                return None;
            }
            term.truncate(kept);
            term.extend_from_slice(rest);
            content.at += length;
            let go = match self.is(&term) {
                true => {
                    content.list(next.unwrap_or(end), &mut self.rows)?;
                    each(&self.rows);
                    Go::Within
                }
                false if term > self.term => return Some(Go::Done),
                false => Go::Before,
            };
            match next {
                Some(next) if next > at && next < end => at = next,
                Some(_) => return None,
                None => return Some(go),
            }
        }
    }

    fn is(&self, term: &[u8]) -> bool {
        match self.beginning {
            true => term.starts_with(&self.term),
            false => term == self.term,
        }
    }
}

/// Numbers as SQLite writes them: seven bits a byte, the highest first.
struct Bytes<'b> {
    all: &'b [u8],
    at: usize,
}

impl Bytes<'_> {
    fn number(&mut self) -> Option<u64> {
        let rest = self.all.get(self.at..)?;
        let mut value = 0;
        for (at, byte) in rest.iter().take(8).enumerate() {
            value = value << 7 | u64::from(byte & 0x7f);
            if *byte < 0x80 {
                self.at += at + 1;
                return Some(value);
            }
        }
        // The ninth has all of its bits.
        self.at += 9;
        Some(value << 8 | u64::from(*rest.get(8)?))
    }

    /// A number that fits into 32 bits, as all but rows have to.
    fn small(&mut self) -> Option<i64> {
        Some(i64::from(u32::try_from(self.number()?).ok()?))
    }

    /// Reads rows up to an end, each with the bytes that say where in it the word stands. Those of the last row may go on on
    /// the next page, which says where its own first row is.
    fn list(&mut self, end: usize, rows: &mut Vec<i64>) -> Option<()> {
        rows.clear();
        let mut row = 0_u64;
        while self.at < end {
            // The first is whole, the others are how far they lie behind.
            row = row.checked_add(self.number()?)?;
            let size = self.number()?;
            // A row that was taken out: there are none in a table like ours.
            if size & 1 == 1 {
                return None;
            }
            self.at = self.at.checked_add(usize::try_from(size / 2).ok()?)?;
            rows.push(i64::try_from(row).ok()?);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
