//! What counting and filtering need of every event, in memory: about ten bytes each, in order of place.
//!
//! The columns are cut into chunks that are shared and copied only when changed: a question works on the chunks as
//! they were when it began, without holding up the writer's thread, and what was found in a chunk stays true for as
//! long as the chunk is the same one. A late event goes into its own place: at most one chunk moves.
//!
//! A chunk that has not changed for a while is packed: it says the same in a third of the bytes, and is unpacked when
//! an event of it changes.

mod acts;
mod bits;
mod chunk;
mod found;
mod halves;
mod kind;
mod load;
mod narrow;
mod rows;
mod select;
mod tally;
mod view;

pub(crate) use bits::Bits;
pub(crate) use chunk::{Chunk, FULL};
pub(crate) use found::{Found, Part};
pub(crate) use halves::halves;
pub(crate) use kind::Kind;
pub(crate) use select::{Gate, Select, Window};
pub(crate) use tally::Counts;
pub(crate) use view::BLOCK;

use nexwatch_store::{Committed, DeliveryId, EventId, EventKey, Flags};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// All events kept.
#[derive(Clone, Default)]
pub(crate) struct Columns {
    chunks: Vec<Arc<Chunk>>,
    locations: Arc<Locations>,
    newest: DeliveryId,
    len: u32,
    /// Chunks that are not packed, by a place in each, the one that was opened last at the end; without the last one.
    open: Vec<EventId>,
}

/// So many chunks beside the last one may stay unpacked: what has changed once changes again soon.
const MOST_OPEN: usize = 8;

/// Locations by a small number of this program's own.
#[derive(Clone, Default)]
struct Locations {
    ids: Vec<i64>,
    numbers: FxHashMap<i64, u32>,
}

impl Columns {
    pub fn chunks(&self) -> &[Arc<Chunk>] {
        &self.chunks
    }

    /// Ids of locations by their numbers in the chunks.
    pub fn locations(&self) -> &[i64] {
        &self.locations.ids
    }

    /// The newest delivery heard of.
    pub fn newest(&self) -> DeliveryId {
        self.newest
    }

    /// How many events.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Takes in what a transaction brought; what is here already is not taken twice.
    pub fn hear(&mut self, news: &Committed) {
        for key in &news.events {
            self.insert(key);
        }
        for (id, flags) in &news.repeated {
            // Marks are added and never taken off, so that news in any order come to the same; but for that of changes, of
            // which only those that were compared tell.
            self.set_kind(*id, |kind| Kind {
                flags: kind.flags | (flags.0 & !Flags::CHANGED.0),
                ..kind
            });
        }
        for (id, head) in &news.headed {
            if let Some(at) = self.chunk_of(*id) {
                self.edit(at).set_head(*id, *head);
            }
        }
        let new: FxHashSet<EventId> = match news.compared.is_empty() {
            true => FxHashSet::default(),
            false => news.events.iter().map(|key| key.id).collect(),
        };
        for (id, flags) in &news.compared {
            // The mark of changes may also be taken off: the state before may come later.
            let changed = flags.0 & Flags::CHANGED.0;
            self.set_kind(*id, |kind| Kind {
                flags: kind.flags & !Flags::CHANGED.0 | changed,
                ..kind
            });
            // Its words, or which fields it changed, may be others even where its mark is the same: what was found in its
            // chunk by them holds no longer.
            if !new.contains(id)
                && let Some((at, _)) = self.row_of(*id)
            {
                // A packed chunk that a question is looking at is copied unpacked: it has to be known for that.
                self.edit(at).changed();
            }
        }
        for (id, location) in &news.placed {
            let location = self.location(*location);
            self.set_kind(*id, |kind| Kind { location, ..kind });
        }
        self.newest = self.newest.max(news.newest);
        self.settle();
    }

    /// Changes what an event is, if it is here and that is another thing.
    fn set_kind(&mut self, id: EventId, change: impl FnOnce(Kind) -> Kind) {
        let Some((at, row)) = self.row_of(id) else { return };
        let known = self.chunks[at].kind(row);
        let kind = change(known);
        if kind != known {
            self.edit(at).set_kind(row, kind);
        }
    }

    /// A chunk, to be changed.
    fn edit(&mut self, at: usize) -> &mut Chunk {
        if self.chunks[at].is_sealed() {
            self.open.extend(self.chunks[at].ids().first().map(EventId));
        }
        Arc::make_mut(&mut self.chunks[at])
    }

    /// Packs chunks that have been open for longest, if there are many.
    fn settle(&mut self) {
        self.leave_open(MOST_OPEN);
    }

    /// Packs those that have been open for longest until so many are left.
    pub fn leave_open(&mut self, most: usize) {
        while self.open.len() > most {
            let place = self.open.remove(0);
            if let Some(at) = self.chunk_of(place)
                && let Some(sealed) = self.chunks[at].sealed()
            {
                self.chunks[at] = Arc::new(sealed);
            }
        }
    }

    /// The places of the oldest and the newest event.
    pub fn ends(&self) -> Option<(EventId, EventId)> {
        let first = self.chunks.first()?.ids().first()?;
        let last = self.chunks.last()?.ids().last()?;
        Some((EventId(first), EventId(last)))
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        self.chunks
            .iter()
            .map(|chunk| chunk.bytes() + size_of::<usize>())
            .sum()
    }

    /// The chunk and the row of an event.
    fn row_of(&self, id: EventId) -> Option<(usize, usize)> {
        let at = self.chunk_of(id)?;
        Some((at, self.chunks[at].ids().row_of(id.0)?))
    }

    /// Puts an event into its place.
    pub fn insert(&mut self, key: &EventKey) {
        self.newest = self.newest.max(key.delivery);
        let location = self.location(key.location);
        if let Some(last) = self.chunks.last_mut()
            && last.ids().last() < Some(key.id.0)
            && !last.is_full()
            && !last.is_sealed()
        {
            // Most are the newest.
            let row = last.len();
            Arc::make_mut(last).insert(row, key, location);
            self.len += 1;
            return;
        }
        let Some(mut at) = self.chunk_of(key.id) else {
            let mut first = Chunk::new();
            first.insert(0, key, location);
            self.chunks.insert(0, Arc::new(first));
            self.len += 1;
            return;
        };
        let mut row = match self.chunks[at].ids().place(key.id.0) {
            Ok(row) => {
                // Read from the tables, perhaps before it could be found by its words: what was looked for since does
                // not hold any more.
                let kind = self.chunks[at].kind(row);
                let flags = kind.flags | key.flags.0;
                let chunk = self.edit(at);
                chunk.set_kind(row, Kind { flags, ..kind });
                chunk.set_head(key.id, key.head);
                chunk.changed();
                return;
            }
            Err(row) => row,
        };
        if self.chunks[at].is_full() {
            // In order the next chunk is begun; in the middle the full one is halved.
            let is_last = at + 1 == self.chunks.len();
            let begins = is_last && row == FULL;
            let second = match begins {
                true => Chunk::new(),
                false => self.edit(at).split(),
            };
            // All that are open are listed but the last one.
            let other = if is_last { &self.chunks[at] } else { &second };
            let other = other.ids().first().map(EventId);
            self.chunks.insert(at + 1, Arc::new(second));
            self.open.extend(other);
            let first = self.chunks[at].len();
            if row > first || begins {
                (at, row) = (at + 1, row - first);
            }
            self.settle();
        }
        self.edit(at).insert(row, key, location);
        self.len += 1;
    }

    /// The chunk that holds a place or would take it in: the last one that begins at or before it, or the first.
    pub fn chunk_of(&self, id: EventId) -> Option<usize> {
        let after = self
            .chunks
            .partition_point(|chunk| chunk.ids().first().is_some_and(|first| first <= id.0));
        match (after, self.chunks.is_empty()) {
            (_, true) => None,
            (0, false) => Some(0),
            (after, false) => Some(after - 1),
        }
    }

    fn location(&mut self, id: i64) -> u32 {
        if let Some(number) = self.locations.numbers.get(&id) {
            return *number;
        }
        let locations = Arc::make_mut(&mut self.locations);
        let number = u32::try_from(locations.ids.len()).unwrap_or(u32::MAX);
        locations.ids.push(id);
        locations.numbers.insert(id, number);
        number
    }
}

#[cfg(test)]
mod model;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(id: i64, delivery: i64) -> EventKey {
        EventKey {
            id: EventId(id),
            delivery: DeliveryId(delivery),
            action: 6,
            location: id % 3,
            person: 0,
            flags: Flags::NONE,
            amount: None,
            head: None,
        }
    }

    fn ids(columns: &Columns) -> Vec<i64> {
        columns
            .chunks()
            .iter()
            .flat_map(|chunk| chunk.ids().iter())
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_event_stands_once_in_its_place(mut places in prop::collection::vec(0..60_000_i64, 1..40_000)) {
            let mut columns = Columns::default();
            let kept = columns.clone();
            for (at, id) in places.iter().enumerate() {
                columns.insert(&key(*id, at as i64 + 1));
            }
            let snapshot = columns.clone();
            columns.insert(&key(70_000, 99));
            let newest = columns.newest();
            prop_assert_eq!(newest, DeliveryId((places.len() as i64).max(99)));
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(snapshot.len() as usize, places.len());
            prop_assert_eq!(ids(&snapshot), places);
            prop_assert_eq!(kept.len(), 0);
            prop_assert!(columns.chunks().iter().all(|chunk| (1..=FULL).contains(&chunk.len())));
        }
    }

    #[test]
    fn in_order_chunks_are_filled() {
        let mut columns = Columns::default();
        for id in 0..3 * FULL as i64 + 5 {
            columns.insert(&key(id, id));
        }
        let sizes: Vec<usize> = columns.chunks().iter().map(|chunk| chunk.len()).collect();
        assert_eq!(sizes, [FULL, FULL, FULL, 5]);
    }

    #[test]
    fn chunks_that_a_question_looks_at_are_packed_again_once_they_were_compared_anew() {
        let mut columns = Columns::default();
        for id in 0..12 * FULL as i64 + 5 {
            columns.insert(&key(id, id));
        }
        columns.leave_open(0);
        for at in 0..12 {
            let looked_at = columns.clone();
            columns.hear(&Committed {
                compared: vec![(EventId(at * FULL as i64 + 3), Flags::NONE)],
                ..Committed::default()
            });
            drop(looked_at);
        }
        let open = columns.chunks().iter().filter(|chunk| !chunk.is_sealed()).count();
        assert!(open <= MOST_OPEN + 1, "{open}");
    }

    #[test]
    fn what_was_found_in_a_chunk_holds_no_longer_where_an_event_is_compared_anew() {
        let mut columns = Columns::default();
        for id in 0..FULL as i64 + 5 {
            columns.insert(&key(id, id));
        }
        columns.leave_open(0);
        let lineages = |columns: &Columns| {
            columns
                .chunks()
                .iter()
                .map(|chunk| chunk.lineage())
                .collect::<Vec<_>>()
        };
        let before = lineages(&columns);
        // A new one brings its words with it: it only makes its chunk longer.
        let at = FULL as i64 + 5;
        columns.hear(&Committed {
            events: vec![key(at, at)],
            compared: vec![(EventId(at), Flags::NONE)],
            ..Committed::default()
        });
        assert_eq!(lineages(&columns), before);
        // An older one may be found by other words now, although it is marked as before.
        columns.hear(&Committed {
            compared: vec![(EventId(7), Flags::NONE)],
            ..Committed::default()
        });
        let after = lineages(&columns);
        assert!(after[0] != before[0] && after[1] == before[1]);
    }

    #[test]
    fn marks_are_added_and_news_heard_twice_change_nothing() {
        let mut columns = Columns::default();
        let mut news = Committed {
            events: vec![key(5, 1), key(3, 2)],
            repeated: vec![(EventId(5), Flags::REPEAT), (EventId(99), Flags::REPEAT)],
            newest: DeliveryId(2),
            ..Committed::default()
        };
        columns.hear(&news);
        news.repeated.clear();
        columns.hear(&news);
        assert_eq!((columns.len(), ids(&columns)), (2, vec![3, 5]));
        let flags = [0, 1].map(|row| columns.chunks()[0].kind(row).flags);
        assert_eq!(flags, [Flags::NONE.0, Flags::REPEAT.0]);
    }
}
