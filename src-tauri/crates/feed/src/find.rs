//! Events of a query from the columns in memory; words and entities are asked of the store, chunk by chunk.

use crate::cache::{Asked, Memo};
use crate::columns::{Bits, Chunk, Columns, Found, Select, Window};
use crate::feed::Shared;
use crate::query::Query;
use crate::scan::Said;
use nexwatch_nexudus::Entity;
use nexwatch_store::rusqlite::params;
use nexwatch_store::{EventId, StoreError};
use std::sync::Arc;

/// So few events are asked one by one whether they say the words, instead of reading all that do.
const FEW: u32 = 256;

/// All events of an entity, through its index.
pub(crate) const OF_ENTITY: &str =
    "SELECT id FROM event INDEXED BY event_entity WHERE entity_id = ?1 AND entity = ?2 ORDER BY id";

/// Events in a stretch of places that say the words.
pub(crate) const SAYING: &str =
    "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid >= ?2 AND rowid <= ?3 ORDER BY rowid";

impl Shared {
    /// What of a query lies in a window.
    pub fn find(&self, columns: &Columns, query: &Query, window: &Window) -> Result<Found, StoreError> {
        let asked = Asked::Rows(Query {
            from: Query::ALL.from,
            to: Query::ALL.to,
            ..query.clone()
        });
        let mut memo = self.cache.recall(&asked);
        let none = Arc::new(Bits::none());
        let mut rows: Vec<Arc<Bits>> = Vec::with_capacity(columns.chunks().len());
        let mut missing = Vec::new();
        for (at, chunk) in columns.chunks().iter().enumerate() {
            let known = match window.stretch(chunk).is_empty() {
                true => Some(&none),
                false => memo.rows(chunk),
            };
            rows.push(known.unwrap_or(&none).clone());
            if known.is_none() {
                missing.push(at);
            }
        }
        if !missing.is_empty() {
            self.fill(columns, query, &missing, &mut rows)?;
            for at in &missing {
                memo.keep(&columns.chunks()[*at], rows[*at].clone());
            }
            self.cache.remember(asked, memo);
        }
        let chunks = columns.chunks().iter().zip(rows);
        Ok(Found::new(
            chunks.map(|(chunk, bits)| (chunk.clone(), window.cut(chunk, bits))),
        ))
    }

    /// Finds the rows of chunks that are not remembered.
    fn fill(
        &self,
        columns: &Columns,
        query: &Query,
        missing: &[usize],
        rows: &mut [Arc<Bits>],
    ) -> Result<(), StoreError> {
        let chunks = columns.chunks();
        let select = Select::new(columns, query);
        let mut found: Vec<Bits> = match query.entity {
            Some((entity, id)) => {
                let own = self.of_entity(entity, id)?;
                missing
                    .iter()
                    .map(|at| select.among(&chunks[*at], &own))
                    .collect()
            }
            None => missing.iter().map(|at| select.rows(&chunks[*at])).collect(),
        };
        if let Some(words) = &query.words {
            self.keep_saying(columns, words, missing, &mut found)?;
        }
        for (at, bits) in missing.iter().zip(found) {
            if bits.count() > 0 {
                rows[*at] = Arc::new(bits);
            }
        }
        Ok(())
    }

    fn of_entity(&self, entity: Entity, id: i64) -> Result<Vec<i64>, StoreError> {
        self.reader.read(|db| {
            let mut find = db.prepare_cached(OF_ENTITY)?;
            let rows = find.query_map(params![id, entity.code()], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps the rows that say the words.
    fn keep_saying(
        &self,
        columns: &Columns,
        words: &str,
        missing: &[usize],
        found: &mut [Bits],
    ) -> Result<(), StoreError> {
        let chunks = columns.chunks();
        let asked = Asked::Words(words.to_owned());
        let mut memo = self.cache.recall(&asked);
        let mut wanted = Vec::new();
        let mut candidates = 0;
        for (at, bits) in missing.iter().zip(found.iter()) {
            if bits.count() > 0 && memo.rows(&chunks[*at]).is_none() {
                wanted.push(*at);
                candidates += bits.count();
            }
        }
        if candidates > 0 && candidates <= FEW {
            return self.ask_each(chunks, words, missing, &memo, found);
        }
        for stretch in stretches(&wanted) {
            for (at, bits) in stretch.clone().zip(self.saying(&chunks[stretch], words)?) {
                memo.keep(&chunks[at], Arc::new(bits));
            }
        }
        for (at, bits) in missing.iter().zip(found.iter_mut()) {
            if bits.count() > 0
                && let Some(saying) = memo.rows(&chunks[*at])
            {
                bits.and(saying);
            }
        }
        if !wanted.is_empty() {
            self.cache.remember(asked, memo);
        }
        Ok(())
    }

    /// Asks a handful of rows one by one, and the remembered chunks not at all.
    fn ask_each(
        &self,
        chunks: &[Arc<Chunk>],
        words: &str,
        missing: &[usize],
        memo: &Memo,
        found: &mut [Bits],
    ) -> Result<(), StoreError> {
        self.reader.read(|db| {
            let mut said = Said::new(db, words)?;
            for (at, bits) in missing.iter().zip(found.iter_mut()) {
                let chunk = &chunks[*at];
                if bits.count() == 0 {
                    continue;
                }
                if let Some(saying) = memo.rows(chunk) {
                    bits.and(saying);
                    continue;
                }
                let mut kept = Bits::none();
                for row in bits.rows() {
                    if said.by(EventId(chunk.ids()[row]))? {
                        kept.set(row);
                    }
                }
                *bits = kept;
            }
            Ok(())
        })
    }

    /// The rows of neighbouring chunks that say the words.
    fn saying(&self, chunks: &[Arc<Chunk>], words: &str) -> Result<Vec<Bits>, StoreError> {
        let mut found: Vec<Bits> = chunks.iter().map(|_| Bits::none()).collect();
        let ends = |chunk: &Chunk| chunk.ids().first().copied().zip(chunk.ids().last().copied());
        let first = chunks
            .first()
            .and_then(|chunk| ends(chunk))
            .map(|(first, _)| first);
        let last = chunks.last().and_then(|chunk| ends(chunk)).map(|(_, last)| last);
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(found);
        };
        self.reader.read(|db| {
            let mut find = db.prepare_cached(SAYING)?;
            let mut hits = find.query(params![words, first, last])?;
            let (mut at, mut row) = (0, 0);
            while let Some(hit) = hits.next()? {
                let id: i64 = hit.get(0)?;
                while at < chunks.len() && chunks[at].ids().last().is_some_and(|last| *last < id) {
                    (at, row) = (at + 1, 0);
                }
                let Some(chunk) = chunks.get(at) else { break };
                row += seek(&chunk.ids()[row..], id);
                // An event of a transaction that the columns have not heard of yet is left out.
                if chunk.ids().get(row) == Some(&id) {
                    found[at].set(row);
                }
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// How many ids stand before one that is probably near.
fn seek(ids: &[i64], id: i64) -> usize {
    let mut reach = 1;
    while reach < ids.len() && ids[reach - 1] < id {
        reach *= 2;
    }
    let (start, end) = (reach / 2, reach.min(ids.len()));
    let start = start.min(end);
    start + ids[start..end].partition_point(|other| *other < id)
}

/// Numbers in a row, as stretches.
fn stretches(numbers: &[usize]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for number in numbers {
        match found.last_mut() {
            Some(last) if last.end == *number => last.end += 1,
            _ => found.push(*number..number + 1),
        }
    }
    found
}
