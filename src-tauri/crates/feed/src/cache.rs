//! What was found lately, so that the next page of the same list costs nothing.
//!
//! Kept are rows of chunks, not lists: a chunk that has not changed has the same rows, whatever arrived elsewhere
//! since. Only the allocation of a chunk is held on to (that makes its address a name), never its columns.

use crate::columns::{Bits, Chunk};
use crate::query::Query;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, Weak};

/// Questions remembered: the newest few. Each takes 1 KiB for 8192 events.
const MOST: usize = 12;

/// What was asked of chunks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asked {
    /// All of a query but its place in time.
    Rows(Query),
    /// The events that say a full-text expression.
    Words(String),
}

/// Rows by chunk.
#[derive(Clone, Default)]
pub(crate) struct Memo(FxHashMap<usize, (Weak<Chunk>, Arc<Bits>)>);

/// What was asked lately, newest first.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Vec<(Asked, Memo)>>);

impl Memo {
    pub fn rows(&self, chunk: &Arc<Chunk>) -> Option<&Arc<Bits>> {
        self.0.get(&name(chunk)).map(|(_, bits)| bits)
    }

    pub fn keep(&mut self, chunk: &Arc<Chunk>, bits: Arc<Bits>) {
        self.0.insert(name(chunk), (Arc::downgrade(chunk), bits));
    }
}

/// No other chunk has it for as long as this one's allocation is held.
fn name(chunk: &Arc<Chunk>) -> usize {
    Arc::as_ptr(chunk).addr()
}

impl Cache {
    /// What is remembered of a question.
    pub fn recall(&self, asked: &Asked) -> Memo {
        match self.0.lock() {
            Ok(known) => {
                let found = known.iter().find(|(other, _)| other == asked);
                found.map(|(_, memo)| memo.clone()).unwrap_or_default()
            }
            Err(_) => Memo::default(),
        }
    }

    /// Remembers it, and forgets what was asked longest ago and chunks that have changed.
    pub fn remember(&self, asked: Asked, mut memo: Memo) {
        memo.0.retain(|_, (chunk, _)| chunk.strong_count() > 0);
        if let Ok(mut known) = self.0.lock() {
            known.retain(|(other, _)| *other != asked);
            known.insert(0, (asked, memo));
            known.truncate(MOST);
        }
    }
}
