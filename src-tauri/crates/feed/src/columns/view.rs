//! Columns of a chunk as a question reads them.

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
            if *word == 0 {
                continue;
            }
            let mut mask = 0;
            for (bit, value) in values.iter().enumerate() {
                mask |= u64::from(so(*value)) << bit;
            }
            *word &= mask;
        }
    }
}

impl<T: Copy> Column for &Vec<T> {
    type Value = T;

    fn keep(self, words: &mut [u64], so: impl Fn(T) -> bool) {
        self.as_slice().keep(words, so);
    }
}

/// Amounts, in ten-thousandths of whichever currency; most events have none.
#[derive(Clone, Copy)]
pub(crate) struct Amounts<'c>(pub &'c [i64]);

/// What stands where an event has no amount.
pub(crate) const NO_AMOUNT: i64 = i64::MIN;

impl Column for Amounts<'_> {
    type Value = Option<i64>;

    fn keep(self, words: &mut [u64], so: impl Fn(Option<i64>) -> bool) {
        self.0
            .keep(words, |amount| so((amount != NO_AMOUNT).then_some(amount)));
    }
}

/// Ids of events, in order.
#[derive(Clone, Copy)]
pub(crate) struct Ids<'c>(pub &'c [i64]);

impl Ids<'_> {
    /// The id of a row that is there.
    pub fn at(self, row: usize) -> i64 {
        self.0[row]
    }

    /// The id of a row, if it is there.
    pub fn get(self, row: usize) -> Option<i64> {
        self.0.get(row).copied()
    }

    pub fn first(self) -> Option<i64> {
        self.0.first().copied()
    }

    pub fn last(self) -> Option<i64> {
        self.0.last().copied()
    }

    /// How many rows have a lower id.
    pub fn rows_before(self, id: i64) -> usize {
        self.0.partition_point(|other| *other < id)
    }

    /// The row of an event.
    pub fn row_of(self, id: i64) -> Option<usize> {
        self.place(id).ok()
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

    /// How many rows have a lower id, where it is probably not far after a row before which all have.
    pub fn seek(self, from: usize, id: i64) -> usize {
        let ids = &self.0[from..];
        let mut reach = 1;
        while reach < ids.len() && ids[reach - 1] < id {
            reach *= 2;
        }
        let (start, end) = (reach / 2, reach.min(ids.len()));
        let start = start.min(end);
        from + start + ids[start..end].partition_point(|other| *other < id)
    }

    /// All of them.
    #[cfg(test)]
    pub fn iter(self) -> impl Iterator<Item = i64> {
        (0..self.0.len()).map(move |row| self.at(row))
    }
}
