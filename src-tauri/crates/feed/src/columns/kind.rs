//! What an event is: its action, its location and its marks, together. There are thousands of events of a kind, so that
//! a chunk keeps each kind once with its number of events, and counts and filters look at kinds instead of events.

use super::FULL;
use super::view::Column;
use rustc_hash::FxHashMap;
use std::marker::PhantomData;

/// Action, location (by the columns' own number) and marks. Kinds of an action stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Kind {
    pub action: u16,
    pub location: u32,
    pub flags: u16,
}

/// The kinds of a chunk's rows, in few bytes.
pub(crate) struct SealedKinds {
    /// Each once, in order.
    kinds: Box<[Kind]>,
    /// How many rows are of each.
    counts: Box<[u16]>,
    /// Which one each row is of.
    codes: Codes,
}

/// Numbers of kinds, a row each.
enum Codes {
    Few(Box<[u8]>),
    Many(Box<[u16]>),
}

impl SealedKinds {
    pub fn of(rows: &[Kind]) -> SealedKinds {
        let mut counted: FxHashMap<Kind, u16> = FxHashMap::default();
        for kind in rows {
            *counted.entry(*kind).or_default() += 1;
        }
        let mut kinds: Vec<(Kind, u16)> = counted.iter().map(|(kind, count)| (*kind, *count)).collect();
        kinds.sort_unstable();
        for (code, (kind, _)) in (0..).zip(&kinds) {
            counted.insert(*kind, code);
        }
        let codes = rows.iter().map(|kind| counted[kind]);
        SealedKinds {
            codes: match kinds.len() <= 1 << 8 {
                true => Codes::Few(codes.map(|code| code.to_le_bytes()[0]).collect()),
                false => Codes::Many(codes.collect()),
            },
            counts: kinds.iter().map(|(_, count)| *count).collect(),
            kinds: kinds.iter().map(|(kind, _)| *kind).collect(),
        }
    }

    pub fn at(&self, row: usize) -> Kind {
        let code = match &self.codes {
            Codes::Few(codes) => usize::from(codes[row]),
            Codes::Many(codes) => usize::from(codes[row]),
        };
        self.kinds[code]
    }

    /// Gives each kind with the number of its rows.
    pub fn each(&self, mut each: impl FnMut(Kind, u32)) {
        for (kind, count) in self.kinds.iter().zip(&self.counts) {
            each(*kind, u32::from(*count));
        }
    }

    /// Gives each kind with the number of its rows among some.
    pub fn each_of(&self, rows: impl Iterator<Item = usize>, mut each: impl FnMut(Kind, u32)) {
        let mut counts = vec![0_u32; self.kinds.len()];
        match &self.codes {
            Codes::Few(codes) => rows.for_each(|row| counts[usize::from(codes[row])] += 1),
            Codes::Many(codes) => rows.for_each(|row| counts[usize::from(codes[row])] += 1),
        }
        for (kind, count) in self.kinds.iter().zip(counts) {
            if count > 0 {
                each(*kind, count);
            }
        }
    }

    /// Bytes that it takes beside itself.
    pub fn bytes(&self) -> usize {
        let codes = match &self.codes {
            Codes::Few(codes) => size_of_val(&**codes),
            Codes::Many(codes) => size_of_val(&**codes),
        };
        size_of_val(&*self.kinds) + size_of_val(&*self.counts) + codes
    }

    /// Takes the rows out of `words` whose kind is not wanted.
    fn keep(&self, words: &mut [u64], so: impl Fn(Kind) -> bool) {
        let mut table = [false; FULL];
        let wanted = &mut table[..self.kinds.len()];
        for (wanted, kind) in wanted.iter_mut().zip(&self.kinds) {
            *wanted = so(*kind);
        }
        let count = wanted.iter().filter(|wanted| **wanted).count();
        let first = wanted.iter().position(|wanted| *wanted).unwrap_or(0);
        if count == 0 {
            return words.fill(0);
        }
        if count == wanted.len() {
            return;
        }
        // Neighbours, as those of one action are, need no table: two numbers tell.
        let run = wanted[first..first + count].iter().all(|wanted| *wanted);
        match &self.codes {
            Codes::Few(codes) if run => {
                let (first, last) = (first as u8, (count - 1) as u8);
                codes.keep(words, |code| code.wrapping_sub(first) <= last);
            }
            Codes::Many(codes) if run => {
                let (first, last) = (first as u16, (count - 1) as u16);
                codes.keep(words, |code| code.wrapping_sub(first) <= last);
            }
            Codes::Few(codes) => codes.keep(words, |code| table[usize::from(code)]),
            Codes::Many(codes) => codes.keep(words, |code| table[usize::from(code) % FULL]),
        }
    }
}

/// A part of what an event is.
pub(crate) trait Part {
    type Value: Copy;
    fn of(kind: Kind) -> Self::Value;
}

/// All of it.
pub(crate) struct Whole;
/// What happened.
pub(crate) struct OfAction;
/// Where, by the columns' own number.
pub(crate) struct OfLocation;
/// Its marks.
pub(crate) struct OfFlags;

impl Part for Whole {
    type Value = Kind;
    fn of(kind: Kind) -> Kind {
        kind
    }
}

impl Part for OfAction {
    type Value = u16;
    fn of(kind: Kind) -> u16 {
        kind.action
    }
}

impl Part for OfLocation {
    type Value = u32;
    fn of(kind: Kind) -> u32 {
        kind.location
    }
}

impl Part for OfFlags {
    type Value = u16;
    fn of(kind: Kind) -> u16 {
        kind.flags
    }
}

/// Kinds of a chunk's rows, or a part of each, as a question reads them.
pub(crate) struct Kinds<'c, P> {
    rows: KindRows<'c>,
    part: PhantomData<P>,
}

impl<'c, P> Kinds<'c, P> {
    pub fn of(rows: KindRows<'c>) -> Kinds<'c, P> {
        Kinds {
            rows,
            part: PhantomData,
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum KindRows<'c> {
    Open(&'c [Kind]),
    Sealed(&'c SealedKinds),
}

impl KindRows<'_> {
    pub fn at(self, row: usize) -> Kind {
        match self {
            KindRows::Open(rows) => rows[row],
            KindRows::Sealed(sealed) => sealed.at(row),
        }
    }
}

impl<P: Part> Column for Kinds<'_, P> {
    type Value = P::Value;

    fn keep(self, words: &mut [u64], so: impl Fn(P::Value) -> bool) {
        match self.rows {
            KindRows::Open(rows) => rows.keep(words, |kind| so(P::of(kind))),
            KindRows::Sealed(sealed) => sealed.keep(words, |kind| so(P::of(kind))),
        }
    }
}
