//! What was found lately, so that the next page of the same list costs nothing.
//!
//! Kept are rows of chunks, not lists: what was found in a chunk stays true for as long as it has only grown at its end,
//! whatever arrived elsewhere since.

use crate::columns::{Bits, Chunk};
use crate::query::Query;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard};

/// Questions remembered: the newest few.
const MOST: usize = 16;

/// Most bytes that they may take, beside the newest: 1 KiB for some 8192 events of which some were found and some not.
const MOST_BYTES: usize = 8 << 20;

/// What was asked of chunks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asked {
    /// All of a query but its place in time.
    Rows(Box<Query>),
    /// The events that say a full-text expression.
    Words(String),
}

/// Rows by lineage of chunks, and of how many rows they were found.
#[derive(Clone, Default)]
pub(crate) struct Memo(FxHashMap<u64, (usize, Arc<Bits>)>);

impl Memo {
    /// What was found in the first rows of a chunk, and in how many.
    pub fn rows(&self, chunk: &Chunk) -> Option<(usize, &Arc<Bits>)> {
        self.0.get(&chunk.lineage()).map(|(of, bits)| (*of, bits))
    }

    /// What was found in all rows of a chunk.
    pub fn all_rows(&self, chunk: &Chunk) -> Option<Arc<Bits>> {
        match self.rows(chunk)? {
            (of, bits) if of == chunk.len() => Some(bits.clone()),
            // It has grown since the chunk that is asked about.
            (of, bits) if of > chunk.len() => {
                let mut bits = Bits::clone(bits);
                bits.and(&Bits::range(0..chunk.len()));
                Some(Arc::new(bits))
            }
            _ => None,
        }
    }

    /// Bytes in memory.
    fn bytes(&self) -> usize {
        let entries = self.0.values().map(|(_, bits)| bits.bytes()).sum::<usize>();
        entries + self.0.capacity() * size_of::<(u64, usize, Arc<Bits>)>()
    }

    pub fn keep(&mut self, chunk: &Chunk, bits: Arc<Bits>) {
        self.0.insert(chunk.lineage(), (chunk.len(), bits));
    }
}

/// What was asked lately.
#[derive(Default)]
pub(crate) struct Cache {
    /// Newest first.
    known: Mutex<Vec<(Asked, Memo)>>,
    /// Held while words are looked for; by a part of their hash.
    turns: [Mutex<()>; 8],
}

impl Cache {
    /// Waits for whoever looks for the same words: page and counts of one search are asked at the same time, and the
    /// second then finds it remembered.
    pub fn turn(&self, words: &str) -> Option<MutexGuard<'_, ()>> {
        let mut hash = FxHasher::default();
        words.hash(&mut hash);
        let turn = &self.turns[hash.finish() as usize % self.turns.len()];
        turn.lock().ok()
    }

    /// Forgets everything.
    pub fn forget(&self) {
        if let Ok(mut known) = self.known.lock() {
            known.clear();
        }
    }

    /// What is remembered of a question.
    pub fn recall(&self, asked: &Asked) -> Memo {
        match self.known.lock() {
            Ok(mut known) => match known.iter().position(|(other, _)| other == asked) {
                Some(at) => {
                    known[..=at].rotate_right(1);
                    known[0].1.clone()
                }
                None => Memo::default(),
            },
            Err(_) => Memo::default(),
        }
    }

    /// Remembers it beside what others have found of it meanwhile; forgets chunks that are no more, and what was asked longest
    /// ago.
    pub fn remember(&self, asked: Asked, memo: &Memo, chunks: &[Arc<Chunk>]) {
        if let Ok(mut known) = self.known.lock() {
            let before = known.iter().position(|(other, _)| *other == asked);
            let before = before.map(|at| known.remove(at).1).unwrap_or_default();
            let current = chunks.iter().filter_map(|chunk| {
                let lineage = chunk.lineage();
                let both = [memo.0.get(&lineage), before.0.get(&lineage)];
                // Whoever saw more of it.
                let most = both.into_iter().flatten().max_by_key(|(of, _)| *of)?;
                Some((lineage, most.clone()))
            });
            let memo = Memo(current.collect());
            known.insert(0, (asked, memo));
            known.truncate(MOST);
            let mut bytes = 0;
            let fits = known.iter().take_while(|(_, memo)| {
                bytes += memo.bytes();
                bytes <= MOST_BYTES
            });
            let fits = fits.count().max(1);
            known.truncate(fits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Kind;
    use nexwatch_store::{DeliveryId, EventId, EventKey, Flags};

    fn add(chunk: &mut Chunk, id: i64) {
        let key = EventKey {
            id: EventId(id),
            delivery: DeliveryId(id),
            action: 6,
            location: 0,
            person: 0,
            flags: Flags::NONE,
            amount: None,
            head: None,
        };
        let row = chunk.ids().rows_before(id);
        chunk.insert(row, &key, 0);
    }

    fn rows(memo: &Memo, chunk: &Chunk) -> Option<Vec<usize>> {
        memo.all_rows(chunk).map(|bits| bits.rows().collect())
    }

    #[test]
    fn what_was_found_holds_while_a_chunk_only_grows() {
        let mut chunk = Chunk::new();
        (1..=4).for_each(|id| add(&mut chunk, id * 10));
        let shorter = chunk.clone();
        add(&mut chunk, 50);
        let mut memo = Memo::default();
        memo.keep(&chunk, Arc::new(Bits::range(1..5)));
        assert_eq!(rows(&memo, &chunk), Some(vec![1, 2, 3, 4]));
        // For one who asks about the chunk as it was.
        assert_eq!(rows(&memo, &shorter), Some(vec![1, 2, 3]));

        add(&mut chunk, 60);
        assert_eq!(rows(&memo, &chunk), None);
        assert_eq!(memo.rows(&chunk).map(|(of, _)| of), Some(5));
        for change in [
            |chunk: &mut Chunk| add(chunk, 15),
            |chunk: &mut Chunk| {
                let kind = chunk.kind(0);
                let flags = Flags::REPEAT.0;
                chunk.set_kind(0, Kind { flags, ..kind });
            },
        ] {
            let mut other = shorter.clone();
            change(&mut other);
            assert!(memo.rows(&other).is_none());
        }
    }

    #[test]
    fn what_was_found_in_a_chunk_is_nothing_of_its_first_half() {
        let mut chunk = Chunk::new();
        (1..=8).for_each(|id| add(&mut chunk, id * 10));
        let mut memo = Memo::default();
        memo.keep(&chunk, Arc::new(Bits::range(4..8)));
        let second = chunk.split();
        // One that comes between takes a row that another had.
        add(&mut chunk, 45);
        assert_eq!((rows(&memo, &chunk), rows(&memo, &second)), (None, None));
        assert!(memo.rows(&chunk).is_none());
    }

    #[test]
    fn what_two_have_found_is_remembered_together() {
        let cache = Cache::default();
        let chunks: Vec<Arc<Chunk>> = (0..2)
            .map(|n| {
                let mut chunk = Chunk::new();
                (1..=3).for_each(|id| add(&mut chunk, n * 100 + id));
                Arc::new(chunk)
            })
            .collect();
        let asked = || Asked::Words("blue".into());
        let (mut one, mut other) = (cache.recall(&asked()), cache.recall(&asked()));
        one.keep(&chunks[0], Arc::new(Bits::range(0..2)));
        other.keep(&chunks[1], Arc::new(Bits::range(1..3)));
        cache.remember(asked(), &one, &chunks);
        cache.remember(asked(), &other, &chunks);
        let both = cache.recall(&asked());
        assert_eq!(rows(&both, &chunks[0]), Some(vec![0, 1]));
        assert_eq!(rows(&both, &chunks[1]), Some(vec![1, 2]));
    }

    #[test]
    fn the_newest_questions_are_remembered() {
        let cache = Cache::default();
        let mut chunk = Chunk::new();
        add(&mut chunk, 1);
        let chunks = [Arc::new(chunk)];
        let asked = |n: usize| Asked::Words(n.to_string());
        let known = |n| !cache.recall(&asked(n)).0.is_empty();
        let mut memo = Memo::default();
        memo.keep(&chunks[0], Arc::new(Bits::none()));
        for n in 0..MOST {
            cache.remember(asked(n), &memo, &chunks);
        }
        assert!(known(0));
        cache.remember(asked(MOST), &memo, &chunks);
        // The second was asked longest ago by now.
        assert!(known(0) && !known(1) && known(2) && known(MOST));
        cache.remember(asked(0), &memo, &[]);
        assert!(!known(0));
        cache.forget();
        assert!(!known(MOST));
    }

    #[test]
    fn what_takes_much_room_is_forgotten_sooner() {
        let cache = Cache::default();
        let chunks: Vec<Arc<Chunk>> = (0..MOST_BYTES / 3 / 1024)
            .map(|_| {
                let mut chunk = Chunk::new();
                add(&mut chunk, 1);
                Arc::new(chunk)
            })
            .collect();
        let ask = |n: usize, bits: Bits| {
            let bits = bits.shared();
            let mut memo = Memo::default();
            chunks.iter().for_each(|chunk| memo.keep(chunk, bits.clone()));
            cache.remember(Asked::Words(n.to_string()), &memo, &chunks);
        };
        let known = || {
            (0..20)
                .filter(|n| !cache.recall(&Asked::Words(n.to_string())).0.is_empty())
                .count()
        };
        (0..5).for_each(|n| ask(n, Bits::range(0..1)));
        assert_eq!(known(), 2);
        // All rows of a chunk, or none, take nearly none.
        (5..12).for_each(|n| ask(n, Bits::none()));
        assert_eq!(known(), 9);
    }
}
