//! What a query found: rows of each chunk, and how to get at the n-th.

use super::{Bits, Chunk};
use nexwatch_store::EventId;
use std::sync::Arc;

/// The rows of one chunk.
#[derive(Clone)]
pub(crate) struct Part {
    pub chunk: Arc<Chunk>,
    pub bits: Arc<Bits>,
    /// How many rows stand in the chunks after it.
    pub newer: u32,
}

/// All rows, in order of place.
#[derive(Clone, Default)]
pub(crate) struct Found {
    parts: Vec<Part>,
    total: u32,
}

impl Found {
    /// From the rows of every chunk, in order of place.
    pub fn new(chunks: impl DoubleEndedIterator<Item = (Arc<Chunk>, Arc<Bits>)>) -> Found {
        let mut total = 0;
        let mut parts: Vec<Part> = chunks
            .rev()
            .map(|(chunk, bits)| {
                let newer = total;
                total += bits.count();
                Part { chunk, bits, newer }
            })
            .collect();
        parts.reverse();
        Found { parts, total }
    }

    /// Oldest first.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many rows.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Ids from the n-th newest on, newest first.
    pub fn ids_from(&self, n: u32) -> impl Iterator<Item = EventId> {
        let end = self
            .parts
            .partition_point(|part| part.newer + part.bits.count() > n);
        let parts = self.parts[..end].iter().rev();
        parts.flat_map(move |part| {
            let skip = n.saturating_sub(part.newer);
            part.bits
                .down_from(skip)
                .map(|row| EventId(part.chunk.ids().at(row)))
        })
    }

    /// How many rows are newer than a place: the index of the event there, or where it would be.
    pub fn newer_than(&self, id: EventId) -> u32 {
        let after = self
            .parts
            .partition_point(|part| part.chunk.ids().first().is_some_and(|first| first <= id.0));
        let Some(part) = after.checked_sub(1).and_then(|at| self.parts.get(at)) else {
            return self.total;
        };
        let row = part.chunk.ids().rows_before(id.0.saturating_add(1));
        part.newer + part.bits.count_from(row)
    }
}
