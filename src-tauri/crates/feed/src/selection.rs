//! Rows that a person has selected.

use crate::columns::{Bits, Chunk, Found};
use nexwatch_store::DeliveryId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// A stretch of a list by the ids of its first and its last event, both included, in order of id. As an event's id is its
/// place in time, a stretch of any list is a stretch of ids, however long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Span {
    /// The lowest id.
    pub from: i64,
    /// The highest.
    pub to: i64,
}

/// What is selected of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    stretches: Stretches,
    /// The list was folded: a row stands for what is shown under it, too.
    fold: bool,
}

impl Selection {
    /// Stretches may overlap and stand in any order, from either end; none is the whole list.
    pub fn of(only: &[Span], fold: bool) -> Selection {
        Selection {
            stretches: Stretches::of(only),
            fold,
        }
    }

    pub fn stretches(&self) -> &Stretches {
        &self.stretches
    }

    /// What is selected of a list that was found. `until` is the newest delivery that the list had heard of.
    pub fn among(&self, found: Found, until: DeliveryId) -> Found {
        if self.stretches.is_all() && !self.fold {
            return found;
        }
        Found::new(found.parts().iter().map(|part| {
            let bits = match part.bits.count() {
                0 => part.bits.clone(),
                _ if self.fold => self.acts(&part.chunk, part.bits.clone(), until),
                _ => self.stretches.keep(&part.chunk, part.bits.clone()),
            };
            (part.chunk.clone(), bits)
        }))
    }

    /// Of a chunk's rows those of the folded list that are selected, with what is shown under them: all that tells of
    /// the act, whether the filter lets it through or not.
    fn acts(&self, chunk: &Chunk, bits: Arc<Bits>, until: DeliveryId) -> Arc<Bits> {
        let rows = self.stretches.keep(chunk, chunk.fold(bits));
        let mut under = Bits::none();
        for head in rows.rows() {
            chunk.under(head).for_each(|row| under.set(row));
        }
        if under.count() == 0 {
            return rows;
        }
        let until = u32::try_from(until.0).unwrap_or(u32::MAX);
        under.keep(chunk.deliveries(), |delivery| delivery <= until);
        let mut all = Bits::clone(&rows);
        all.or(&under);
        Arc::new(all)
    }
}

/// Stretches of ids in order that do not touch; nothing is all there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretches(Option<Vec<(i64, i64)>>);

impl Stretches {
    fn of(spans: &[Span]) -> Stretches {
        if spans.is_empty() {
            return Stretches(None);
        }
        let ends = |span: &Span| (span.from.min(span.to), span.from.max(span.to));
        let mut sorted: Vec<(i64, i64)> = spans.iter().map(ends).collect();
        sorted.sort_unstable();
        let mut apart: Vec<(i64, i64)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match apart.last_mut() {
                Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
                _ => apart.push((from, to)),
            }
        }
        Stretches(Some(apart))
    }

    pub fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// The lowest and the highest id that may be in one; nothing where there is no end to them.
    pub fn ends(&self) -> Option<(i64, i64)> {
        let apart = self.0.as_deref()?;
        Some((apart.first()?.0, apart.last()?.1))
    }

    pub fn has(&self, id: i64) -> bool {
        self.0.as_ref().is_none_or(|apart| {
            let after = apart.partition_point(|(from, _)| *from <= id);
            after.checked_sub(1).is_some_and(|at| id <= apart[at].1)
        })
    }

    /// Keeps of a chunk's rows those that lie in one.
    fn keep(&self, chunk: &Chunk, bits: Arc<Bits>) -> Arc<Bits> {
        let Some(apart) = &self.0 else { return bits };
        let ids = chunk.ids();
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
            return bits;
        };
        let from = apart.partition_point(|(_, to)| *to < first);
        let mut mask = Bits::none();
        for (start, end) in apart[from..].iter().take_while(|(start, _)| *start <= last) {
            let next = ids.rows_before(end.saturating_add(1));
            (ids.rows_before(*start)..next).for_each(|row| mask.set(row));
        }
        mask.and(&bits);
        Arc::new(mask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::{EventId, EventKey, Flags};
    use proptest::prelude::*;

    fn chunk(ids: &[i64]) -> Chunk {
        let mut chunk = Chunk::new();
        for (row, id) in ids.iter().enumerate() {
            let key = EventKey {
                id: EventId(*id),
                delivery: DeliveryId(*id),
                action: 6,
                location: 0,
                person: 0,
                flags: Flags::NONE,
                head: None,
                amount: None,
            };
            chunk.insert(row, &key, 0);
        }
        chunk
    }

    #[test]
    fn stretches_are_put_in_order_and_together() {
        let span = |from, to| Span { from, to };
        let of = |spans: &[Span]| Stretches::of(spans).0;
        assert_eq!(of(&[]), None);
        assert_eq!(
            of(&[span(9, 7), span(1, 2), span(3, 3), span(8, 20), span(30, 30)]),
            Some(vec![(1, 3), (7, 20), (30, 30)])
        );
        assert_eq!(
            of(&[span(i64::MIN, i64::MAX), span(5, 5)]),
            Some(vec![(i64::MIN, i64::MAX)])
        );
        assert_eq!(Stretches::of(&[span(9, 7), span(1, 2)]).ends(), Some((1, 9)));
    }

    #[test]
    fn ten_thousand_stretches_are_as_good_as_one() {
        let ids: Vec<i64> = (0..8_000).collect();
        let chunk = chunk(&ids);
        let odd: Vec<Span> = (0..10_000)
            .map(|n| Span {
                from: n * 2 + 1,
                to: n * 2 + 1,
            })
            .collect();
        let kept = Stretches::of(&odd).keep(&chunk, Arc::new(Bits::range(0..8_000)));
        assert_eq!(kept.count(), 4_000);
        assert!(kept.rows().all(|row| row % 2 == 1));
    }

    proptest! {
        #[test]
        fn they_hold_what_any_of_them_holds(
            spans in prop::collection::vec((0..60_i64, 0..60_i64), 1..8),
            ids in prop::collection::btree_set(0..60_i64, 0..40),
        ) {
            let spans: Vec<Span> = spans.into_iter().map(|(from, to)| Span { from, to }).collect();
            let (ids, stretches) = (Vec::from_iter(ids), Stretches::of(&spans));
            let within = |id: i64| spans.iter().any(|span| (span.from.min(span.to)..=span.from.max(span.to)).contains(&id));
            for id in 0..60 {
                prop_assert_eq!(stretches.has(id), within(id), "{}", id);
            }
            let kept = stretches.keep(&chunk(&ids), Arc::new(Bits::range(0..ids.len())));
            let rows: Vec<i64> = kept.rows().map(|row| ids[row]).collect();
            let expected: Vec<i64> = ids.iter().copied().filter(|id| within(*id)).collect();
            prop_assert_eq!(rows, expected);
        }
    }
}
