//! Numbers in as few bytes as they need.

/// Numbers of one width, so that a filter runs over them as over any slice.
pub(crate) enum Narrow {
    /// All are 0, or there are none: filters ask of the rows that stand in `words`, so this holds no length.
    Zero,
    Bytes(Box<[u8]>),
    Two(Box<[u16]>),
    /// The lower two bytes of each, and the third.
    Three(Box<[u16]>, Box<[u8]>),
    Four(Box<[u32]>),
}

impl Narrow {
    pub fn of(values: &[u32]) -> Narrow {
        let all = values.iter();
        match values.iter().copied().max().unwrap_or(0) {
            0 => Narrow::Zero,
            1..=0xff => Narrow::Bytes(all.map(|value| *value as u8).collect()),
            0x100..=0xffff => Narrow::Two(all.map(|value| *value as u16).collect()),
            0x1_0000..=0xff_ffff => Narrow::Three(
                all.clone().map(|value| *value as u16).collect(),
                all.map(|value| (*value >> 16) as u8).collect(),
            ),
            _ => Narrow::Four(values.into()),
        }
    }

    /// The number of a row that is there.
    pub fn at(&self, row: usize) -> u32 {
        match self {
            Narrow::Zero => 0,
            Narrow::Bytes(values) => values[row].into(),
            Narrow::Two(values) => values[row].into(),
            Narrow::Three(low, high) => u32::from(low[row]) | u32::from(high[row]) << 16,
            Narrow::Four(values) => values[row],
        }
    }

    /// Bytes that it takes beside itself.
    pub fn bytes(&self) -> usize {
        match self {
            Narrow::Zero => 0,
            Narrow::Bytes(values) => size_of_val(&**values),
            Narrow::Two(values) => size_of_val(&**values),
            Narrow::Three(low, high) => size_of_val(&**low) + size_of_val(&**high),
            Narrow::Four(values) => size_of_val(&**values),
        }
    }
}

/// Numbers that are near to their neighbours: of 64 in a row the lowest is kept whole, of the others how much greater they
/// are, in as many bits as the farthest needs.
pub(crate) struct Ladder {
    steps: Box<[Step]>,
    bits: Box<[u64]>,
    len: usize,
}

struct Step {
    lowest: i64,
    /// The first bit of its first number.
    start: u32,
    width: u8,
}

/// Numbers of a step.
pub(super) const STEP: usize = 64;

impl Ladder {
    pub fn of(values: &[i64]) -> Ladder {
        let mut steps = Vec::with_capacity(values.len().div_ceil(STEP));
        let mut bits: Vec<u64> = Vec::new();
        let mut start = 0_u32;
        for values in values.chunks(STEP) {
            let lowest = values.iter().copied().min().unwrap_or(0);
            let above = |value: &i64| value.wrapping_sub(lowest) as u64;
            let farthest = values.iter().map(above).max().unwrap_or(0);
            let width = u64::BITS - farthest.leading_zeros();
            steps.push(Step {
                lowest,
                start,
                width: width as u8,
            });
            let end = start + width * values.len() as u32;
            // One more, so that two neighbours can always be read.
            bits.resize(end as usize / 64 + 2, 0);
            for (at, value) in values.iter().enumerate() {
                let at = start as usize + width as usize * at;
                let above = u128::from(above(value)) << (at % 64);
                bits[at / 64] |= above as u64;
                bits[at / 64 + 1] |= (above >> 64) as u64;
            }
            start = end;
        }
        Ladder {
            steps: steps.into(),
            bits: bits.into(),
            len: values.len(),
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    fn read(&self, step: &Step, row: usize) -> i64 {
        let width = usize::from(step.width);
        let at = step.start as usize + width * row;
        let (low, high) = (self.bits[at / 64], self.bits[at / 64 + 1]);
        // Shifted in two steps: by 64 at once is not defined.
        let above = low >> (at % 64) | (high << 1) << (63 - at % 64);
        let mask = u64::MAX.checked_shr(64 - u32::from(step.width)).unwrap_or(0);
        step.lowest.wrapping_add((above & mask) as i64)
    }

    /// The number of a row that is there.
    pub fn at(&self, row: usize) -> i64 {
        self.read(&self.steps[row / STEP], row % STEP)
    }

    /// The numbers of the n-th step, and how many there are.
    pub fn block(&self, n: usize) -> ([i64; STEP], usize) {
        let mut values = [0; STEP];
        let Some(step) = self.steps.get(n) else {
            return (values, 0);
        };
        let count = (self.len - n * STEP).min(STEP);
        for (row, value) in values[..count].iter_mut().enumerate() {
            *value = self.read(step, row);
        }
        (values, count)
    }

    /// The first number of the n-th step, of numbers in order.
    pub fn first_of(&self, n: usize) -> Option<i64> {
        self.steps.get(n).map(|step| step.lowest)
    }

    /// Of numbers in order, how many are lower.
    pub fn rows_before(&self, number: i64) -> usize {
        let after = self.steps.partition_point(|step| step.lowest < number);
        let Some(at) = after.checked_sub(1) else { return 0 };
        let step = &self.steps[at];
        let (mut low, mut high) = (1, (self.len - at * STEP).min(STEP));
        while low < high {
            let middle = low.midpoint(high);
            match self.read(step, middle) < number {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        at * STEP + low
    }

    /// Bytes that it takes beside itself.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.steps) + size_of_val(&*self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_out_as_they_went_in(
            width in 0..=64_u32, seed in prop::collection::vec(any::<i64>(), 0..300), number in any::<i64>(),
        ) {
            let shift = |value: &i64| value.checked_shr(64 - width).unwrap_or(0);
            let mut values: Vec<i64> = seed.iter().map(shift).collect();
            let ladder = Ladder::of(&values);
            prop_assert_eq!(ladder.len(), values.len());
            for (row, value) in values.iter().enumerate() {
                prop_assert_eq!(ladder.at(row), *value);
                let (block, count) = ladder.block(row / STEP);
                prop_assert_eq!(block[..count].get(row % STEP), Some(value));
            }
            values.sort_unstable();
            values.dedup();
            let ladder = Ladder::of(&values);
            for number in values.iter().flat_map(|value| [*value, value.wrapping_add(1)]).chain([number]) {
                prop_assert_eq!(ladder.rows_before(number), values.partition_point(|value| *value < number));
            }
            let small: Vec<u32> = seed.iter().map(|value| (*value as u32).checked_shr(32 - width / 2).unwrap_or(0)).collect();
            let narrow = Narrow::of(&small);
            prop_assert!(small.iter().enumerate().all(|(row, value)| narrow.at(row) == *value));
        }
    }
}
