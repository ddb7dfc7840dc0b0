//! Some rows of one chunk: a bit each.

use super::FULL;
use super::view::Column;
use std::sync::{Arc, OnceLock};

const WORDS: usize = FULL / 64;

/// A set of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Box<[u64; WORDS]>,
    count: u32,
}

impl Bits {
    /// No row.
    pub fn none() -> Bits {
        Bits {
            words: Box::new([0; WORDS]),
            count: 0,
        }
    }

    /// A stretch of rows.
    pub fn range(rows: std::ops::Range<usize>) -> Bits {
        let mut bits = Bits::none();
        for (at, word) in bits.words.iter_mut().enumerate() {
            let below = |row: usize| match row.saturating_sub(at * 64) {
                0 => 0,
                many if many >= 64 => u64::MAX,
                some => (1 << some) - 1,
            };
            *word = below(rows.end) & !below(rows.start);
        }
        bits.recount();
        bits
    }

    /// To be kept: sets that many chunks have alike, none and all, are kept once.
    pub fn shared(self) -> Arc<Bits> {
        static NONE: OnceLock<Arc<Bits>> = OnceLock::new();
        static ALL: OnceLock<Arc<Bits>> = OnceLock::new();
        match self.count as usize {
            0 => NONE.get_or_init(|| Arc::new(self)).clone(),
            FULL => ALL.get_or_init(|| Arc::new(self)).clone(),
            _ => Arc::new(self),
        }
    }

    /// Bytes that keeping it takes beside itself, where it is not shared.
    pub fn bytes(&self) -> usize {
        match self.count as usize {
            0 | FULL => 0,
            _ => size_of_val(&*self.words),
        }
    }

    fn recount(&mut self) {
        self.count = self.words.iter().map(|word| word.count_ones()).sum();
    }

    /// How many rows.
    pub fn count(&self) -> u32 {
        self.count
    }

    pub fn set(&mut self, row: usize) {
        let (word, bit) = (&mut self.words[row / 64], 1 << (row % 64));
        self.count += u32::from(*word & bit == 0);
        *word |= bit;
    }

    /// Whether a row is among them.
    pub fn has(&self, row: usize) -> bool {
        self.words
            .get(row / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Takes a row out.
    pub fn unset(&mut self, row: usize) {
        let (word, bit) = (&mut self.words[row / 64], 1 << (row % 64));
        self.count -= u32::from(*word & bit != 0);
        *word &= !bit;
    }

    /// Keeps the rows of which `so` holds in a column.
    pub fn keep<C: Column>(&mut self, column: C, so: impl Fn(C::Value) -> bool) {
        column.keep(&mut *self.words, so);
        self.recount();
    }

    /// Keeps the rows of both.
    pub fn and(&mut self, other: &Bits) {
        self.words
            .iter_mut()
            .zip(other.words.iter())
            .for_each(|(a, b)| *a &= b);
        self.recount();
    }

    /// Adds the rows of another.
    pub fn or(&mut self, other: &Bits) {
        self.words
            .iter_mut()
            .zip(other.words.iter())
            .for_each(|(a, b)| *a |= b);
        self.recount();
    }

    /// Takes out the rows of another.
    pub fn without(&mut self, other: &Bits) {
        self.words
            .iter_mut()
            .zip(other.words.iter())
            .for_each(|(a, b)| *a &= !b);
        self.recount();
    }

    /// Rows upwards.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = word.trailing_zeros() as usize;
                (word != 0).then(|| {
                    word &= word - 1;
                    at * 64 + bit
                })
            })
        })
    }

    /// Rows of a stretch, upwards.
    pub fn rows_in(&self, stretch: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        let (from, to) = (stretch.start, stretch.end.min(FULL).max(stretch.start));
        let words = self.words.get(from / 64..to.div_ceil(64)).unwrap_or(&[]);
        words.iter().enumerate().flat_map(move |(at, word)| {
            let first = (from / 64 + at) * 64;
            let mut word = *word;
            if first < from {
                word &= u64::MAX << (from - first);
            }
            if first + 64 > to {
                word &= u64::MAX >> (first + 64 - to);
            }
            std::iter::from_fn(move || {
                let bit = word.trailing_zeros() as usize;
                (word != 0).then(|| {
                    word &= word - 1;
                    first + bit
                })
            })
        })
    }

    /// Rows downwards, beginning with the n-th (from 0, counted from the top).
    pub fn down_from(&self, n: u32) -> impl Iterator<Item = usize> {
        let (mut at, mut skip) = (WORDS, n);
        while at > 0 {
            let here = self.words[at - 1].count_ones();
            if here > skip {
                break;
            }
            skip -= here;
            at -= 1;
        }
        let rest = self.words[..at].iter().enumerate().rev();
        rest.flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = word.checked_ilog2()? as usize;
                word &= !(1 << bit);
                Some(at * 64 + bit)
            })
        })
        .skip(skip as usize)
    }

    /// How many rows stand at `row` and above.
    pub fn count_from(&self, row: usize) -> u32 {
        let (at, bit) = (row / 64, row % 64);
        match self.words.get(at..) {
            Some([word, rest @ ..]) => {
                (word >> bit).count_ones() + rest.iter().map(|word| word.count_ones()).sum::<u32>()
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::view::{Amounts, NO_AMOUNT};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn as_a_set_of_numbers(
            rows in prop::collection::btree_set(0..FULL, 0..300),
            others in prop::collection::btree_set(0..FULL, 0..300),
            start in 0..=FULL, length in 0..=FULL, n in 0..400_u32,
        ) {
            let build = |rows: &BTreeSet<usize>| {
                let mut bits = Bits::none();
                rows.iter().for_each(|row| bits.set(*row));
                bits
            };
            let bits = build(&rows);
            prop_assert_eq!(bits.count() as usize, rows.len());
            prop_assert!(bits.rows().eq(rows.iter().copied()));
            prop_assert!(bits.down_from(n).eq(rows.iter().rev().skip(n as usize).copied()));
            prop_assert_eq!(bits.count_from(start) as usize, rows.range(start..).count());

            let mut both = bits.clone();
            both.and(&build(&others));
            prop_assert!(both.rows().eq(rows.intersection(&others).copied()));
            let mut either = bits.clone();
            either.or(&build(&others));
            prop_assert!(either.rows().eq(rows.union(&others).copied()));
            prop_assert_eq!(either.count() as usize, rows.union(&others).count());
            let mut rest = bits.clone();
            rest.without(&build(&others));
            prop_assert!(rest.rows().eq(rows.difference(&others).copied()));

            let end = (start + length).min(FULL);
            prop_assert!(bits.rows_in(start..end).eq(rows.range(start..end).copied()));
            let stretch = Bits::range(start..end);
            prop_assert!(stretch.rows().eq(start..end));
            prop_assert_eq!(stretch.count() as usize, end - start);

            let column: &[usize] = &(0..end).collect::<Vec<_>>();
            let mut even = Bits::range(0..end);
            even.keep(column, |value| value % 2 == 0);
            prop_assert_eq!(even.count() as usize, end.div_ceil(2));

            let amounts: Vec<i64> = (0..end as i64).map(|n| if n % 3 == 0 { NO_AMOUNT } else { -n }).collect();
            let mut known = Bits::range(0..end);
            known.keep(Amounts::Open(&amounts), |amount| amount.is_some_and(|amount| amount < -9));
            prop_assert!(known.rows().eq((10..end).filter(|row| row % 3 != 0)));
        }
    }
}
