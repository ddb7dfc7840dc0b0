//! Which rows of a chunk belong to a query, as far as the columns tell.

use super::chunk::delivery;
use super::{Bits, Chunk, Columns};
use crate::query::{Actions, Query};
use nexwatch_store::{DeliveryId, EventId};
use std::ops::Range;
use std::sync::Arc;

/// A query made ready for the columns. Place and arrival are asked apart: what else is true of a row stays true.
pub(crate) struct Select<'q> {
    query: &'q Query,
    locations: Option<Vec<bool>>,
    persons: Option<Keys>,
}

/// Keys of persons.
enum Keys {
    One(u32),
    /// A bit each.
    Many(Vec<u64>),
}

impl<'q> Select<'q> {
    pub fn new(columns: &Columns, query: &'q Query) -> Select<'q> {
        let locations = query.locations.as_ref().map(|set| {
            let known = columns.locations().iter();
            known.map(|id| set.binary_search(id).is_ok()).collect()
        });
        let persons = query.persons.as_ref().map(|keys| match keys.as_slice() {
            [one] => Keys::One(*one),
            many => {
                let words = many.last().map_or(0, |last| *last as usize / 64 + 1);
                let mut bits = vec![0; words];
                many.iter()
                    .for_each(|key| bits[*key as usize / 64] |= 1 << (key % 64));
                Keys::Many(bits)
            }
        });
        Select {
            query,
            locations,
            persons,
        }
    }

    /// Rows that fit action, location, person and marks. `involving` are events (ids in order) that fit the persons
    /// whoever stands first in them.
    pub fn rows(&self, chunk: &Chunk, involving: &[i64]) -> Bits {
        let mut bits = Bits::range(0..chunk.len());
        match &self.persons {
            None => {}
            Some(Keys::One(wanted)) => bits.keep(chunk.persons(), |key| key == *wanted),
            Some(Keys::Many(set)) => bits.keep(chunk.persons(), |key| {
                set.get(key as usize / 64)
                    .is_some_and(|word| word >> (key % 64) & 1 == 1)
            }),
        }
        if self.persons.is_some() {
            mark(chunk, involving, &mut bits);
        }
        let gate = self.gate();
        if !gate.is_open() {
            bits.keep(chunk.kinds(), |kind| {
                gate.action(kind.action) && gate.location(kind.location) && gate.flags(kind.flags)
            });
        }
        bits
    }

    /// Of some events (ids in order) those that fit.
    pub fn among(&self, chunk: &Chunk, ids: &[i64], involving: &[i64]) -> Bits {
        let mut bits = Bits::none();
        mark(chunk, ids, &mut bits);
        if bits.count() > 0 {
            bits.and(&self.rows(chunk, involving));
        }
        bits
    }

    /// What the facets are let through by.
    pub fn gate(&self) -> Gate<'_> {
        Gate {
            actions: self.query.actions.as_ref(),
            locations: self.locations.as_deref(),
            with: self.query.with.0,
            without: self.query.without.0,
        }
    }
}

/// Adds the rows of a chunk that are among some events (ids in order).
fn mark(chunk: &Chunk, ids: &[i64], bits: &mut Bits) {
    let (Some(first), Some(last)) = (chunk.ids().first(), chunk.ids().last()) else {
        return;
    };
    let from = ids.partition_point(|id| *id < first);
    let to = ids.partition_point(|id| *id <= last);
    for id in &ids[from..to] {
        if let Some(row) = chunk.ids().row_of(*id) {
            bits.set(row);
        }
    }
}

/// When something happened and when it arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// The first place.
    pub from: EventId,
    /// The first place after.
    pub to: EventId,
    /// Arrived after this delivery.
    pub after: DeliveryId,
    /// Arrived with or before this delivery.
    pub until: DeliveryId,
}

impl Window {
    /// A query's place in time, as far as it had arrived when a delivery was the newest.
    pub fn of(query: &Query, columns: &Columns, as_of: Option<DeliveryId>) -> Window {
        let newest = columns.newest();
        Window {
            from: query.from,
            to: query.to,
            after: DeliveryId(0),
            until: as_of.map_or(newest, |as_of| as_of.min(newest)),
        }
    }

    /// The rows of a chunk that may lie in it: none, or a stretch.
    pub fn stretch(&self, chunk: &Chunk) -> Range<usize> {
        let from = chunk.ids().rows_before(self.from.0);
        let to = chunk.ids().rows_before(self.to.0);
        match from < to && chunk.newest() > delivery(self.after.0) {
            true => from..to,
            false => 0..0,
        }
    }

    /// Keeps what lies in it; nothing changes where all of the chunk does.
    pub fn cut(&self, chunk: &Chunk, bits: Arc<Bits>) -> Arc<Bits> {
        let stretch = self.stretch(chunk);
        let (after, until) = (delivery(self.after.0), delivery(self.until.0));
        let part = stretch.len() < chunk.len();
        let arrivals = after > 0 || chunk.newest() > until;
        if bits.count() == 0 || !(part || arrivals) {
            return bits;
        }
        let mut bits = Bits::clone(&bits);
        if part {
            bits.and(&Bits::range(stretch));
        }
        if arrivals {
            bits.keep(chunk.deliveries(), |delivery| {
                after < delivery && delivery <= until
            });
        }
        Arc::new(bits)
    }
}

/// Asks one row for each facet's field.
pub(crate) struct Gate<'s> {
    actions: Option<&'s Actions>,
    locations: Option<&'s [bool]>,
    with: u16,
    without: u16,
}

impl Gate<'_> {
    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        self.actions.is_none() && self.locations.is_none() && self.with | self.without == 0
    }

    pub fn action(&self, action: u16) -> bool {
        self.actions.is_none_or(|set| set.has(action))
    }

    pub fn location(&self, location: u32) -> bool {
        self.locations.is_none_or(|set| set[location as usize])
    }

    pub fn flags(&self, flags: u16) -> bool {
        flags & self.with == self.with && flags & self.without == 0
    }
}
