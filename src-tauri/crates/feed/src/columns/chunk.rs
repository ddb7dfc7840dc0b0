//! Some thousand events in a row, a column for each part.

use super::Bits;
use super::acts::Acts;
use super::tally::Whole;
use super::view::{Amounts, Ids, NO_AMOUNT};
use nexwatch_store::{EventId, EventKey, Flags};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Most events of a chunk: small enough to be copied in a few microseconds.
pub(crate) const FULL: usize = 8192;

pub(crate) struct Chunk {
    lineage: u64,
    ids: Vec<i64>,
    deliveries: Vec<u32>,
    actions: Vec<u16>,
    locations: Vec<u32>,
    persons: Vec<u32>,
    flags: Vec<u16>,
    amounts: Vec<i64>,
    acts: Acts,
    /// The newest delivery in it.
    newest: u32,
    /// Counts of all its rows, made when first asked for.
    whole: OnceLock<Whole>,
}

impl Clone for Chunk {
    /// With the room that the original has: it is cloned in order to grow.
    fn clone(&self) -> Chunk {
        Chunk {
            lineage: self.lineage,
            ids: copy(&self.ids),
            deliveries: copy(&self.deliveries),
            actions: copy(&self.actions),
            locations: copy(&self.locations),
            persons: copy(&self.persons),
            flags: copy(&self.flags),
            amounts: copy(&self.amounts),
            acts: self.acts.clone(),
            newest: self.newest,
            whole: OnceLock::new(),
        }
    }
}

/// A number that no chunk has had.
fn lineage() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

fn copy<T: Copy>(column: &[T]) -> Vec<T> {
    let mut copy = Vec::with_capacity(FULL);
    copy.extend_from_slice(column);
    copy
}

impl Chunk {
    pub fn new() -> Chunk {
        Chunk {
            lineage: lineage(),
            ids: Vec::with_capacity(FULL),
            deliveries: Vec::with_capacity(FULL),
            actions: Vec::with_capacity(FULL),
            locations: Vec::with_capacity(FULL),
            persons: Vec::with_capacity(FULL),
            flags: Vec::with_capacity(FULL),
            amounts: Vec::with_capacity(FULL),
            acts: Acts::default(),
            newest: 0,
            whole: OnceLock::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_full(&self) -> bool {
        self.ids.len() >= FULL
    }

    /// Chunks of one lineage hold the same rows, as far as they go: one may only have grown at its end.
    pub fn lineage(&self) -> u64 {
        self.lineage
    }

    pub fn changed(&mut self) {
        self.lineage = lineage();
        self.whole = OnceLock::new();
    }

    /// In order.
    pub fn ids(&self) -> Ids<'_> {
        Ids(&self.ids)
    }

    pub fn deliveries(&self) -> &[u32] {
        &self.deliveries
    }

    pub fn actions(&self) -> &[u16] {
        &self.actions
    }

    /// By the numbers of the columns' own list.
    pub fn locations(&self) -> &[u32] {
        &self.locations
    }

    pub fn persons(&self) -> &[u32] {
        &self.persons
    }

    pub fn flags(&self) -> &[u16] {
        &self.flags
    }

    /// How much, in ten-thousandths of whichever currency.
    #[allow(dead_code, reason = "for the query language, which is being built")]
    pub fn amounts(&self) -> Amounts<'_> {
        Amounts(&self.amounts)
    }

    /// The newest delivery in it.
    pub fn newest(&self) -> u32 {
        self.newest
    }

    /// Counts of all its rows.
    pub fn whole(&self, count: impl FnOnce() -> Whole) -> &Whole {
        self.whole.get_or_init(count)
    }

    /// Puts an event at a row; the caller sees to it that there is room and that it is the right one.
    pub fn insert(&mut self, row: usize, key: &EventKey, location: u32) {
        let delivery = delivery(key.delivery.0);
        match row == self.len() {
            true => self.whole = OnceLock::new(),
            false => self.changed(),
        }
        self.ids.insert(row, key.id.0);
        self.deliveries.insert(row, delivery);
        self.actions.insert(row, key.action);
        self.locations.insert(row, location);
        self.persons.insert(row, key.person);
        self.flags.insert(row, key.flags.0);
        self.amounts
            .insert(row, key.amount.map_or(NO_AMOUNT, |amount| amount.0));
        self.acts.moved();
        self.acts.set(key.id.0, key.head.map(|head| head.0));
        self.newest = self.newest.max(delivery);
    }

    /// The mark of changes, which may also be taken off: the state before may come later.
    pub fn compared(&mut self, row: usize, changed: bool) {
        let flags = match changed {
            true => self.flags[row] | Flags::CHANGED.0,
            false => self.flags[row] & !Flags::CHANGED.0,
        };
        if flags != self.flags[row] {
            self.flags[row] = flags;
            self.changed();
        }
    }

    /// Gives an event the location that was learnt for it.
    pub fn place(&mut self, row: usize, location: u32) {
        if self.locations[row] != location {
            self.locations[row] = location;
            self.changed();
        }
    }

    /// Adds marks. They are never taken off, so that news in any order come to the same.
    pub fn mark(&mut self, row: usize, flags: Flags) {
        if self.flags[row] | flags.0 != self.flags[row] {
            self.flags[row] |= flags.0;
            self.changed();
        }
    }

    /// Sets under which event one stands.
    pub fn set_head(&mut self, event: EventId, head: Option<EventId>) {
        self.acts.set(event.0, head.map(|head| head.0));
    }

    /// Rows without those whose head is among them.
    pub fn fold(&self, bits: Arc<Bits>) -> Arc<Bits> {
        self.acts.fold(&self.ids, bits)
    }

    /// The rows that stand under a row.
    pub fn under(&self, row: usize) -> impl Iterator<Item = usize> {
        self.acts.under(&self.ids, row)
    }

    /// Keeps the first half and gives the second.
    pub fn split(&mut self) -> Chunk {
        let half = self.len() / 2;
        let from = self.ids[half];
        let mut second = Chunk {
            lineage: lineage(),
            ids: cut(&mut self.ids, half),
            deliveries: cut(&mut self.deliveries, half),
            actions: cut(&mut self.actions, half),
            locations: cut(&mut self.locations, half),
            persons: cut(&mut self.persons, half),
            flags: cut(&mut self.flags, half),
            amounts: cut(&mut self.amounts, half),
            acts: self.acts.split(from),
            newest: 0,
            whole: OnceLock::new(),
        };
        for chunk in [self, &mut second] {
            chunk.newest = chunk.deliveries.iter().copied().max().unwrap_or(0);
        }
        second
    }
}

fn cut<T: Copy>(column: &mut Vec<T>, at: usize) -> Vec<T> {
    let rest = copy(&column[at..]);
    column.truncate(at);
    rest
}

/// A delivery's id in four bytes: there is no more room for the four thousand millionth arrival.
pub(crate) fn delivery(id: i64) -> u32 {
    u32::try_from(id.max(0)).unwrap_or(u32::MAX)
}
