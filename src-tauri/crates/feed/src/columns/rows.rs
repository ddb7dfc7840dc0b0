//! The rows of a chunk: as they grow, and packed.

use super::FULL;
use super::acts::{Acts, SealedActs};
use super::kind::{Kind, KindRows, SealedKinds};
use super::narrow::{Ladder, Narrow};
use super::view::{Amounts, Ids, NO_AMOUNT, Numbers};

/// Rows that change: a plain array for each column.
pub(super) struct Open {
    pub ids: Vec<i64>,
    pub deliveries: Vec<u32>,
    pub kinds: Vec<Kind>,
    pub persons: Vec<u32>,
    pub amounts: Vec<i64>,
    pub acts: Acts,
}

/// Rows that have not changed for a while, in a third of the bytes.
pub(super) struct Sealed {
    pub ids: Ladder,
    deliveries: Ladder,
    pub kinds: SealedKinds,
    persons: Narrow,
    /// For each row whether it has an amount; empty where none has.
    having: Box<[u64]>,
    amounts: Ladder,
    pub acts: SealedActs,
}

impl Clone for Open {
    /// With the room that the original has: it is cloned in order to grow.
    fn clone(&self) -> Open {
        Open {
            ids: copy(&self.ids),
            deliveries: copy(&self.deliveries),
            kinds: copy(&self.kinds),
            persons: copy(&self.persons),
            amounts: copy(&self.amounts),
            acts: self.acts.clone(),
        }
    }
}

fn copy<T: Copy>(column: &[T]) -> Vec<T> {
    let mut copy = Vec::with_capacity(FULL);
    copy.extend_from_slice(column);
    copy
}

impl Open {
    pub fn new() -> Open {
        Open {
            ids: Vec::with_capacity(FULL),
            deliveries: Vec::with_capacity(FULL),
            kinds: Vec::with_capacity(FULL),
            persons: Vec::with_capacity(FULL),
            amounts: Vec::with_capacity(FULL),
            acts: Acts::default(),
        }
    }

    /// Keeps the first rows and gives the others.
    pub fn split(&mut self, at: usize) -> Open {
        let acts = self.acts.split(self.ids[at]);
        Open {
            ids: cut(&mut self.ids, at),
            deliveries: cut(&mut self.deliveries, at),
            kinds: cut(&mut self.kinds, at),
            persons: cut(&mut self.persons, at),
            amounts: cut(&mut self.amounts, at),
            acts,
        }
    }
}

fn cut<T: Copy>(column: &mut Vec<T>, at: usize) -> Vec<T> {
    let rest = copy(&column[at..]);
    column.truncate(at);
    rest
}

impl Sealed {
    pub fn of(open: &Open) -> Sealed {
        let mut having: Box<[u64]> = vec![0; open.amounts.len().div_ceil(64)].into();
        let mut amounts = Vec::new();
        for (row, amount) in open.amounts.iter().enumerate() {
            if *amount != NO_AMOUNT {
                having[row / 64] |= 1 << (row % 64);
                amounts.push(*amount);
            }
        }
        if amounts.is_empty() {
            having = Box::default();
        }
        let deliveries: Vec<i64> = open
            .deliveries
            .iter()
            .map(|delivery| i64::from(*delivery))
            .collect();
        Sealed {
            ids: Ladder::of(&open.ids),
            deliveries: Ladder::of(&deliveries),
            kinds: SealedKinds::of(&open.kinds),
            persons: Narrow::of(&open.persons),
            having,
            amounts: Ladder::of(&amounts),
            acts: open.acts.seal(&open.ids),
        }
    }

    pub fn open(&self) -> Open {
        let rows = 0..self.ids.len();
        let mut open = Open::new();
        open.ids.extend(rows.clone().map(|row| self.ids.at(row)));
        open.deliveries
            .extend(rows.clone().map(|row| self.deliveries.at(row) as u32));
        open.kinds.extend(rows.clone().map(|row| self.kinds.at(row)));
        open.persons.extend(rows.clone().map(|row| self.persons.at(row)));
        let mut next = 0;
        open.amounts.extend(rows.map(|row| {
            let has = self
                .having
                .get(row / 64)
                .is_some_and(|word| word >> (row % 64) & 1 == 1);
            next += usize::from(has);
            match has {
                true => self.amounts.at(next - 1),
                false => NO_AMOUNT,
            }
        }));
        open.acts = self.acts.open(&open.ids);
        open
    }
}

/// The rows of a chunk.
pub(super) enum Rows {
    Open(Box<Open>),
    Sealed(Box<Sealed>),
}

impl Rows {
    pub fn len(&self) -> usize {
        match self {
            Rows::Open(open) => open.ids.len(),
            Rows::Sealed(sealed) => sealed.ids.len(),
        }
    }

    pub fn ids(&self) -> Ids<'_> {
        match self {
            Rows::Open(open) => Ids::Open(&open.ids),
            Rows::Sealed(sealed) => Ids::Sealed(&sealed.ids),
        }
    }

    pub fn deliveries(&self) -> Numbers<'_> {
        match self {
            Rows::Open(open) => Numbers::Open(&open.deliveries),
            Rows::Sealed(sealed) => Numbers::Ladder(&sealed.deliveries),
        }
    }

    pub fn kinds(&self) -> KindRows<'_> {
        match self {
            Rows::Open(open) => KindRows::Open(&open.kinds),
            Rows::Sealed(sealed) => KindRows::Sealed(&sealed.kinds),
        }
    }

    pub fn persons(&self) -> Numbers<'_> {
        match self {
            Rows::Open(open) => Numbers::Open(&open.persons),
            Rows::Sealed(sealed) => Numbers::Sealed(&sealed.persons),
        }
    }

    pub fn amounts(&self) -> Amounts<'_> {
        match self {
            Rows::Open(open) => Amounts::Open(&open.amounts),
            Rows::Sealed(sealed) => Amounts::Sealed(&sealed.having, &sealed.amounts),
        }
    }

    /// Of acts: row of the head and row of the event, in order.
    pub fn pairs(&self) -> &[(u16, u16)] {
        match self {
            Rows::Open(open) => open.acts.pairs(&open.ids),
            Rows::Sealed(sealed) => sealed.acts.pairs(),
        }
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        match self {
            Rows::Open(open) => {
                size_of::<Open>() + FULL * (8 + 4 + size_of::<Kind>() + 4 + 8) + open.acts.bytes()
            }
            Rows::Sealed(sealed) => {
                let numbers = [&sealed.ids, &sealed.deliveries, &sealed.amounts];
                size_of::<Sealed>()
                    + numbers.iter().map(|numbers| numbers.bytes()).sum::<usize>()
                    + sealed.kinds.bytes()
                    + sealed.persons.bytes()
                    + size_of_val(&*sealed.having)
                    + sealed.acts.bytes()
            }
        }
    }
}
