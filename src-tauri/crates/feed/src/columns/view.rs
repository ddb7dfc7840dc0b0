//! Columns of a chunk as a question reads them.

use super::narrow::{Ladder, Narrow, STEP};

/// A value for every row of a chunk, looked at 64 rows at a time.
pub(crate) trait Column {
    /// What stands in it.
    type Value: Copy;

    /// Takes the rows out of `words` (64 of them each) of which `so` does not hold.
    fn keep(self, words: &mut [u64], so: impl Fn(Self::Value) -> bool);
}

impl<T: Copy> Column for &[T] {
    type Value = T;

    fn keep(self, words: &mut [u64], so: impl Fn(T) -> bool) {
        for (word, values) in words.iter_mut().zip(self.chunks(64)) {
            if *word != 0 {
                *word &= which(values, &so);
            }
        }
    }
}

/// Of which of 64 values or fewer something holds, a bit each.
fn which<T: Copy>(values: &[T], so: impl Fn(T) -> bool) -> u64 {
    // A byte each first: compilers make few instructions of that.
    let mut said = [0_u8; 64];
    for (said, value) in said.iter_mut().zip(values) {
        *said = u8::from(so(*value));
    }
    let mut mask = 0;
    for (at, eight) in said.as_chunks::<8>().0.iter().enumerate() {
        // Moves the lowest bit of byte n to bit n of the highest byte; no two of them meet on the way.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= bits << (8 * at);
    }
    mask
}

/// Numbers of persons or deliveries.
#[derive(Clone, Copy)]
pub(crate) enum Numbers<'c> {
    Open(&'c [u32]),
    Sealed(&'c Narrow),
    Ladder(&'c Ladder),
}

impl Column for Numbers<'_> {
    type Value = u32;

    fn keep(self, words: &mut [u64], so: impl Fn(u32) -> bool) {
        match self {
            Numbers::Open(values) => values.keep(words, so),
            Numbers::Sealed(Narrow::Zero) => {
                if !so(0) {
                    words.fill(0);
                }
            }
            Numbers::Sealed(Narrow::Bytes(values)) => values.keep(words, |value| so(value.into())),
            Numbers::Sealed(Narrow::Two(values)) => values.keep(words, |value| so(value.into())),
            Numbers::Sealed(Narrow::Three(low, high)) => {
                for ((word, low), high) in words.iter_mut().zip(low.chunks(64)).zip(high.chunks(64)) {
                    if *word != 0 {
                        let mut values = [0; 64];
                        for ((value, low), high) in values.iter_mut().zip(low).zip(high) {
                            *value = u32::from(*low) | u32::from(*high) << 16;
                        }
                        *word &= which(&values[..low.len()], &so);
                    }
                }
            }
            Numbers::Sealed(Narrow::Four(values)) => values.keep(words, so),
            Numbers::Ladder(values) => {
                for (at, word) in words.iter_mut().enumerate() {
                    if *word != 0 {
                        let (values, count) = values.block(at);
                        *word &= which(&values[..count], |value| so(value as u32));
                    }
                }
            }
        }
    }
}

/// What stands where an event has no amount.
pub(crate) const NO_AMOUNT: i64 = i64::MIN;

/// Amounts, in ten-thousandths of whichever currency; most events have none.
#[derive(Clone, Copy)]
pub(crate) enum Amounts<'c> {
    Open(&'c [i64]),
    /// For each row whether it has one, and those of the ones that have.
    Sealed(&'c [u64], &'c Ladder),
}

impl Column for Amounts<'_> {
    type Value = Option<i64>;

    fn keep(self, words: &mut [u64], so: impl Fn(Option<i64>) -> bool) {
        let (having, amounts) = match self {
            Amounts::Open(values) => {
                return values.keep(words, |amount| so((amount != NO_AMOUNT).then_some(amount)));
            }
            Amounts::Sealed(having, amounts) => (having, amounts),
        };
        let none = match so(None) {
            true => u64::MAX,
            false => 0,
        };
        let mut before = 0;
        for (at, word) in words.iter_mut().enumerate() {
            let having = having.get(at).copied().unwrap_or(0);
            let (mut asked, mut fits) = (having & *word, none & !having);
            while asked != 0 {
                let bit = asked & asked.wrapping_neg();
                let amount = amounts.at(before + (having & (bit - 1)).count_ones() as usize);
                fits |= bit * u64::from(so(Some(amount)));
                asked &= asked - 1;
            }
            before += having.count_ones() as usize;
            *word &= fits;
        }
    }
}

/// Ids that are unpacked together.
pub(crate) const BLOCK: usize = STEP;

/// Ids of events, in order.
#[derive(Clone, Copy)]
pub(crate) enum Ids<'c> {
    Open(&'c [i64]),
    Sealed(&'c Ladder),
}

impl Ids<'_> {
    /// The id of a row that is there.
    pub fn at(self, row: usize) -> i64 {
        match self {
            Ids::Open(ids) => ids[row],
            Ids::Sealed(ids) => ids.at(row),
        }
    }

    fn len(self) -> usize {
        match self {
            Ids::Open(ids) => ids.len(),
            Ids::Sealed(ids) => ids.len(),
        }
    }

    /// The id of a row, if it is there.
    pub fn get(self, row: usize) -> Option<i64> {
        (row < self.len()).then(|| self.at(row))
    }

    pub fn first(self) -> Option<i64> {
        self.get(0)
    }

    pub fn last(self) -> Option<i64> {
        self.get(self.len().checked_sub(1)?)
    }

    /// How many rows have a lower id.
    pub fn rows_before(self, id: i64) -> usize {
        // Most are asked about times that lie outside.
        if self.first().is_none_or(|first| id <= first) {
            return 0;
        }
        if self.last().is_some_and(|last| id > last) {
            return self.len();
        }
        match self {
            Ids::Open(ids) => ids.partition_point(|other| *other < id),
            Ids::Sealed(ids) => ids.rows_before(id),
        }
    }

    /// The row of an event, or the one that it would take.
    pub fn place(self, id: i64) -> Result<usize, usize> {
        let row = self.rows_before(id);
        if self.get(row) == Some(id) {
            Ok(row)
        } else {
            Err(row)
        }
    }

    /// The row of an event.
    pub fn row_of(self, id: i64) -> Option<usize> {
        self.place(id).ok()
    }

    /// The ids of the n-th block, and how many there are.
    pub fn block(self, n: usize) -> ([i64; BLOCK], usize) {
        match self {
            Ids::Open(ids) => {
                let mut block = [0; BLOCK];
                let ids = ids.chunks(BLOCK).nth(n).unwrap_or(&[]);
                block[..ids.len()].copy_from_slice(ids);
                (block, ids.len())
            }
            Ids::Sealed(ids) => ids.block(n),
        }
    }

    /// The last block, at or behind one, that does not begin after an id; it is probably near.
    pub fn block_of(self, from: usize, id: i64) -> usize {
        let begins_after = |n: usize| match self {
            Ids::Open(ids) => ids.get(n * BLOCK).is_none_or(|first| *first > id),
            Ids::Sealed(ids) => ids.first_of(n).is_none_or(|first| first > id),
        };
        let (mut low, mut reach) = (from, 1);
        while !begins_after(low + reach) {
            low += reach;
            reach *= 2;
        }
        // Behind `low + reach` none is right.
        let mut high = low + reach;
        while low + 1 < high {
            let middle = low.midpoint(high);
            match begins_after(middle) {
                true => high = middle,
                false => low = middle,
            }
        }
        low
    }

    /// How many rows have a lower id, where it is probably not far after a row before which all have.
    pub fn seek(self, from: usize, id: i64) -> usize {
        let (mut low, mut reach) = (from, 1);
        while from + reach <= self.len() && self.at(from + reach - 1) < id {
            low = from + reach;
            reach *= 2;
        }
        let mut high = (from + reach).min(self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.at(middle) < id {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// All of them.
    #[cfg(test)]
    pub fn iter(self) -> impl Iterator<Item = i64> {
        (0..self.len()).map(move |row| self.at(row))
    }
}
