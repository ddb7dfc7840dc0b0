//! Some thousand events in a row, a column for each part.

use super::Bits;
use super::acts::{fold, under};
use super::kind::{Kind, KindRows};
use super::rows::{Open, Rows, Sealed};
use super::view::{Amounts, Ids, NO_AMOUNT, Numbers};
use nexwatch_store::{EventId, EventKey};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most events of a chunk: small enough to be copied in a few microseconds.
pub(crate) const FULL: usize = 8192;

pub(crate) struct Chunk {
    lineage: u64,
    rows: Rows,
    /// The newest delivery in it.
    newest: u32,
}

impl Clone for Chunk {
    /// Ready to be changed.
    fn clone(&self) -> Chunk {
        let open = match &self.rows {
            Rows::Open(open) => open.clone(),
            Rows::Sealed(sealed) => Box::new(sealed.open()),
        };
        Chunk {
            lineage: self.lineage,
            rows: Rows::Open(open),
            newest: self.newest,
        }
    }
}

/// A number that no chunk has had.
fn lineage() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

impl Chunk {
    pub fn new() -> Chunk {
        Chunk {
            lineage: lineage(),
            rows: Rows::Open(Box::new(Open::new())),
            newest: 0,
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_full(&self) -> bool {
        self.len() >= FULL
    }

    /// Whether it is packed.
    pub fn is_sealed(&self) -> bool {
        matches!(self.rows, Rows::Sealed(_))
    }

    /// The same rows, packed.
    pub fn sealed(&self) -> Option<Chunk> {
        match &self.rows {
            Rows::Open(open) => Some(Chunk {
                lineage: self.lineage,
                rows: Rows::Sealed(Box::new(Sealed::of(open))),
                newest: self.newest,
            }),
            Rows::Sealed(_) => None,
        }
    }

    /// Chunks of one lineage hold the same rows, as far as they go: one may only have grown at its end.
    pub fn lineage(&self) -> u64 {
        self.lineage
    }

    pub fn changed(&mut self) {
        self.lineage = lineage();
    }

    /// In order.
    pub fn ids(&self) -> Ids<'_> {
        self.rows.ids()
    }

    pub fn deliveries(&self) -> Numbers<'_> {
        self.rows.deliveries()
    }

    /// Action, location (by the numbers of the columns' own list) and marks together.
    pub fn kinds(&self) -> KindRows<'_> {
        self.rows.kinds()
    }

    pub fn persons(&self) -> Numbers<'_> {
        self.rows.persons()
    }

    /// How much, in ten-thousandths of whichever currency.
    pub fn amounts(&self) -> Amounts<'_> {
        self.rows.amounts()
    }

    /// The newest delivery in it.
    pub fn newest(&self) -> u32 {
        self.newest
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        size_of::<Chunk>() + self.rows.bytes()
    }

    /// What a row is.
    pub fn kind(&self, row: usize) -> Kind {
        self.rows.kinds().at(row)
    }

    /// Counts rows of a stretch that are among some, by what they are; a kind may be given more than once.
    pub fn tally(&self, bits: &Bits, rows: Range<usize>, mut each: impl FnMut(Kind, u32)) {
        let all = bits.count() as usize == self.len();
        match self.rows.kinds() {
            KindRows::Sealed(sealed) if all && rows == (0..self.len()) => sealed.each(each),
            KindRows::Sealed(sealed) if all => sealed.each_of(rows, each),
            KindRows::Sealed(sealed) if bits.count() as usize > SOME => {
                sealed.each_of(bits.rows_in(rows), each);
            }
            kinds => bits.rows_in(rows).for_each(|row| each(kinds.at(row), 1)),
        }
    }

    /// Changes the rows; those that are packed are opened before.
    fn change<T>(&mut self, change: impl FnOnce(&mut Open) -> T) -> T {
        match &mut self.rows {
            Rows::Open(open) => change(open),
            Rows::Sealed(sealed) => {
                let mut open = Box::new(sealed.open());
                let done = change(&mut open);
                self.rows = Rows::Open(open);
                done
            }
        }
    }

    /// Puts an event at a row; the caller sees to it that there is room and that it is the right one.
    pub fn insert(&mut self, row: usize, key: &EventKey, location: u32) {
        let delivery = delivery(key.delivery.0);
        if row < self.len() {
            self.changed();
        }
        self.newest = self.newest.max(delivery);
        let kind = Kind {
            action: key.action,
            location,
            flags: key.flags.0,
        };
        let amount = key.amount.map_or(NO_AMOUNT, |amount| amount.0);
        self.change(|open| {
            open.ids.insert(row, key.id.0);
            open.deliveries.insert(row, delivery);
            open.kinds.insert(row, kind);
            open.persons.insert(row, key.person);
            open.amounts.insert(row, amount);
            open.acts.moved();
            open.acts.set(key.id.0, key.head.map(|head| head.0));
        });
    }

    /// Changes what a row is.
    pub fn set_kind(&mut self, row: usize, kind: Kind) {
        if self.kind(row) != kind {
            self.change(|open| open.kinds[row] = kind);
            self.changed();
        }
    }

    /// Sets under which event one stands.
    pub fn set_head(&mut self, event: EventId, head: Option<EventId>) {
        self.change(|open| open.acts.set(event.0, head.map(|head| head.0)));
    }

    /// Rows without those whose head is among them.
    pub fn fold(&self, bits: Arc<Bits>) -> Arc<Bits> {
        fold(self.rows.pairs(), bits)
    }

    /// The rows that stand under a row.
    pub fn under(&self, row: usize) -> impl Iterator<Item = usize> {
        under(self.rows.pairs(), row)
    }

    /// Keeps the first half and gives the second.
    pub fn split(&mut self) -> Chunk {
        let half = self.len() / 2;
        let newest = |open: &Open| open.deliveries.iter().copied().max().unwrap_or(0);
        let (first, second) = self.change(|open| {
            let second = open.split(half);
            (newest(open), second)
        });
        self.newest = first;
        // It is not what it was and grows anew: what was found in its second half is found elsewhere now.
        self.changed();
        Chunk {
            lineage: lineage(),
            newest: newest(&second),
            rows: Rows::Open(Box::new(second)),
        }
    }
}

/// So few rows are counted one by one: a list of kinds would be longer.
const SOME: usize = 64;

/// A delivery's id in four bytes: there is no more room for the four thousand millionth arrival.
pub(crate) fn delivery(id: i64) -> u32 {
    u32::try_from(id.max(0)).unwrap_or(u32::MAX)
}
