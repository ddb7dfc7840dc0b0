//! Chance that is the same on every machine and in every version of this program.

/// SplitMix64: small, fast, and its sequence never changes with a dependency, so a seed names the same bodies
/// for good (a figure measured with seed 1 today can be measured again).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Dice {
        Dice(seed ^ 0x6E65_7877_6174_6368)
    }

    pub(crate) const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0 .. below`; 0 when `below` is 0.
    pub(crate) const fn below(&mut self, below: u64) -> u64 {
        // The bias of a multiply-shift over 64 bits is far below anything visible here.
        ((self.roll() as u128 * below as u128) >> 64) as u64
    }

    /// A number in `from ..= to`.
    pub(crate) const fn within(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1) as u64) as i64
    }

    /// True in `percent` of 100 cases.
    pub(crate) const fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// An index of a list of `length`, the early ones more often: a few customers cause most of the traffic.
    pub(crate) const fn skewed(&mut self, length: usize) -> usize {
        let place = self.below(1 << 16);
        ((place * place * length as u64) >> 32) as usize
    }

    /// One of a list.
    pub(crate) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// 128 random bits with the marks of a version 4 UUID.
    pub(crate) const fn guid(&mut self) -> Guid {
        let bits = ((self.roll() as u128) << 64) | self.roll() as u128;
        Guid((bits & !(0xF << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62))
    }
}

/// A GUID as the platform writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guid(u128);

impl std::fmt::Display for Guid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let g = self.0;
        let (a, b, c, d) = (
            g >> 96,
            (g >> 80) & 0xFFFF,
            (g >> 64) & 0xFFFF,
            (g >> 48) & 0xFFFF,
        );
        write!(f, "{a:08x}-{b:04x}-{c:04x}-{d:04x}-{:012x}", g & 0xFFFF_FFFF_FFFF)
    }
}
