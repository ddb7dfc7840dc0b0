//! Looking an event up for what no column tells, and remembering what was seen.
//!
//! What a body says never changes, so what was seen stays true whatever else is asked: it is kept by condition, not by
//! question.

use crate::columns::{Bits, Chunk, FULL};
use crate::export::Bodies;
use crate::node::Slow;
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::{Reader, StoreError};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

/// What an event's row tells of a currency.
pub(crate) const CURRENCY: &str = "SELECT currency FROM event WHERE id = ?1";

/// The same with the body.
pub(crate) const BODY: &str = "SELECT e.currency, e.delivery, e.position, d.dictionary, d.length, d.body \
    FROM event e CROSS JOIN delivery d ON d.id = e.delivery WHERE e.id = ?1";

/// Conditions remembered: the newest few. Each takes 2 KiB for 8192 events.
const MOST: usize = 8;

/// Asks events one after the other.
pub(crate) struct Look<'l> {
    reader: &'l Reader,
    slow: Vec<&'l Slow>,
    bodies: Bodies,
}

impl<'l> Look<'l> {
    pub fn new(reader: &'l Reader, slow: Vec<&'l Slow>) -> Look<'l> {
        Look {
            reader,
            slow,
            bodies: Bodies::default(),
        }
    }

    /// Which of the conditions hold of an event, in their order; none of them if it is not there.
    pub fn ask(&mut self, db: &Connection, id: i64) -> Result<Vec<bool>, StoreError> {
        let needs_body = self.slow.iter().any(|slow| slow.needs_body());
        let mut find = db.prepare_cached(if needs_body { BODY } else { CURRENCY })?;
        let mut rows = find.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(vec![false; self.slow.len()]);
        };
        let currency: Option<String> = row.get(0)?;
        let body = match needs_body {
            true => {
                let reader = self.reader;
                let bytes = || {
                    let packed = row.get_ref(5)?.as_blob();
                    let packed = packed.map_err(|error| StoreError::Body(error.to_string()))?;
                    reader.unpack(row.get(3)?, packed, row.get::<_, u32>(4)? as usize)
                };
                // An array of the event's own object, private fields masked: what is not shown is not found.
                match self.bodies.of(row.get(1)?, row.get(2)?, bytes)? {
                    Value::Array(own) => own.first().unwrap_or(&Value::Null),
                    other => other,
                }
            }
            false => &Value::Null,
        };
        let holds = |slow: &&Slow| match slow {
            Slow::Currency(codes) => currency
                .as_deref()
                .is_some_and(|own| codes.iter().any(|code| code.eq_ignore_ascii_case(own.trim()))),
            Slow::Body(check) => check.holds(body),
        };
        Ok(self.slow.iter().map(holds).collect())
    }
}

/// What was seen of one condition in one chunk.
#[derive(Clone)]
pub(crate) struct Seen {
    /// Rows that were looked up.
    pub known: Bits,
    /// Those of which it holds.
    pub holds: Bits,
}

impl Seen {
    pub fn nothing() -> Seen {
        Seen {
            known: Bits::none(),
            holds: Bits::none(),
        }
    }

    /// Notes one row.
    pub fn note(&mut self, row: usize, holds: bool) {
        self.known.set(row);
        if holds {
            self.holds.set(row);
        }
    }
}

/// What was seen of one condition.
#[derive(Clone, Default)]
struct Memory {
    /// By lineage of the chunk.
    chunks: FxHashMap<u64, Arc<Seen>>,
    /// The newest events by id: their chunk moves with every late one and every mark.
    recent: FxHashMap<i64, bool>,
}

/// What was seen lately.
#[derive(Default)]
pub(crate) struct Looked {
    /// Newest first.
    known: Mutex<Vec<(Slow, Memory)>>,
}

impl Looked {
    fn memory<T>(&self, slow: &Slow, with: impl FnOnce(&mut Memory) -> T) -> T {
        // What is in it is true whatever panicked elsewhere.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.iter().position(|(other, _)| other == slow) {
            Some(at) => known[..=at].rotate_right(1),
            None => {
                known.truncate(MOST - 1);
                known.insert(0, (slow.clone(), Memory::default()));
            }
        }
        with(&mut known[0].1)
    }

    /// What is known of a condition in some chunks.
    pub fn recall(&self, slow: &Slow, chunks: &[&Chunk]) -> Vec<Arc<Seen>> {
        self.memory(slow, |memory| {
            let of = |chunk: &&Chunk| match memory.chunks.get(&chunk.lineage()) {
                Some(seen) => seen.clone(),
                None => Arc::new(memory.of_recent(chunk)),
            };
            chunks.iter().map(of).collect()
        })
    }

    /// Adds what was seen in a chunk; `newest` chunks are those at the end of all.
    pub fn remember(&self, slow: &Slow, chunk: &Chunk, seen: &Seen, newest: bool) {
        self.memory(slow, |memory| {
            if newest {
                memory.add_recent(chunk, seen);
            }
            let known = memory.chunks.entry(chunk.lineage());
            let known = known.or_insert_with(|| Arc::new(Seen::nothing()));
            let known = Arc::make_mut(known);
            known.known.or(&seen.known);
            known.holds.or(&seen.holds);
        });
    }

    /// Forgets everything.
    pub fn forget(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Forgets chunks that are no more.
    pub fn keep_only(&self, chunks: &[Arc<Chunk>]) {
        let current: rustc_hash::FxHashSet<u64> = chunks.iter().map(|chunk| chunk.lineage()).collect();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, memory) in known.iter_mut() {
            memory.chunks.retain(|lineage, _| current.contains(lineage));
        }
    }
}

impl Memory {
    fn of_recent(&self, chunk: &Chunk) -> Seen {
        let mut seen = Seen::nothing();
        if !self.recent.is_empty() {
            for row in 0..chunk.len() {
                if let Some(holds) = self.recent.get(&chunk.ids().at(row)) {
                    seen.note(row, *holds);
                }
            }
        }
        seen
    }

    fn add_recent(&mut self, chunk: &Chunk, seen: &Seen) {
        for row in seen.known.rows() {
            self.recent.insert(chunk.ids().at(row), seen.holds.has(row));
        }
        // The newest two chunks stay.
        if self.recent.len() > 4 * FULL {
            let mut ids: Vec<i64> = self.recent.keys().copied().collect();
            let (_, from, _) = ids.select_nth_unstable(2 * FULL);
            let from = *from;
            self.recent.retain(|id, _| *id >= from);
        }
    }
}
