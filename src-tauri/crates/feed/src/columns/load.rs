//! All events from the store into memory.

use super::halves::both;
use super::{Chunk, Columns, Kind};
use nexwatch_store::{EventId, Reader, StoreError};
use std::sync::Arc;

impl Columns {
    /// What the store holds, as of some moment between the call and its return for each event.
    pub fn load(reader: &Reader) -> Result<Columns, StoreError> {
        let pieces = reader.pieces()?;
        // So that both halves number them alike.
        let mut known = Columns::default();
        known.location(0);
        for (id, _) in reader.locations()? {
            known.location(id);
        }
        let all: u64 = pieces.iter().map(|piece| piece.effort()).sum();
        let mut before = 0;
        let half = pieces.iter().position(|piece| {
            before += piece.effort();
            before * 2 > all
        });
        let (first, second) = pieces.split_at(half.unwrap_or(0));
        let loaded = both(first, second, |pieces| {
            let mut columns = known.clone();
            reader.read_pieces(pieces, |key| columns.insert(&key))?;
            Ok::<_, StoreError>(columns)
        });
        let mut columns = known;
        for half in loaded {
            columns.append(half?);
        }
        Ok(columns)
    }

    /// Adds events that are all newer.
    fn append(&mut self, mut newer: Columns) {
        let numbers: Vec<u32> = newer.locations.ids.iter().map(|id| self.location(*id)).collect();
        if (0..).zip(&numbers).any(|(number, here)| number != *here) {
            for chunk in &mut newer.chunks {
                renumber(Arc::make_mut(chunk), &numbers);
            }
            // They are open now.
            newer.open = newer
                .chunks
                .iter()
                .filter_map(|chunk| chunk.ids().first().map(EventId))
                .collect();
            newer.open.pop();
        }
        if !newer.chunks.is_empty() {
            // The last one is not listed, but it is not the last any more.
            let last = self.chunks.last().filter(|chunk| !chunk.is_sealed());
            self.open
                .extend(last.and_then(|chunk| chunk.ids().first().map(EventId)));
        }
        self.chunks.append(&mut newer.chunks);
        self.open.append(&mut newer.open);
        self.len += newer.len;
        self.newest = self.newest.max(newer.newest);
        self.settle();
    }
}

fn renumber(chunk: &mut Chunk, numbers: &[u32]) {
    for row in 0..chunk.len() {
        let kind = chunk.kind(row);
        let location = numbers.get(kind.location as usize).copied().unwrap_or(0);
        chunk.set_kind(row, Kind { location, ..kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::{DeliveryId, EventKey, Flags};

    #[test]
    fn halves_that_number_locations_otherwise_are_one_list() {
        let key = |id: i64, location: i64| EventKey {
            id: EventId(id),
            delivery: DeliveryId(id),
            action: 6,
            location,
            person: 0,
            flags: Flags::NONE,
            amount: None,
            head: None,
        };
        let half = |ids: std::ops::Range<i64>, of: i64| {
            let mut columns = Columns::default();
            ids.for_each(|id| columns.insert(&key(id, id % of * 10)));
            columns
        };
        let mut all = half(1..20_000, 3);
        all.append(half(20_000..100_001, 7));
        all.append(Columns::default());
        all.insert(&key(100_001, 990));
        assert_eq!((all.len(), all.newest()), (100_001, DeliveryId(100_001)));
        let mut next = 1;
        for chunk in all.chunks() {
            for row in 0..chunk.len() {
                let of = if next < 20_000 { 3 } else { 7 };
                let location = if next == 100_001 { 990 } else { next % of * 10 };
                assert_eq!(chunk.ids().at(row), next);
                assert_eq!(all.locations()[chunk.kind(row).location as usize], location);
                next += 1;
            }
        }
        let open = all.chunks().iter().filter(|chunk| !chunk.is_sealed()).count();
        assert!(open <= super::super::MOST_OPEN + 1, "{open}");
    }
}
