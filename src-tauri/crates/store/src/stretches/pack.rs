//! Keys of events in few bytes: a column after the other, each byte of its numbers apart, and that compressed. Neighbours
//! are alike, so that most bytes are the same.

use crate::{DeliveryId, EventId, EventKey, Flags, StoreError};
use nexwatch_nexudus::Amount;
use rustc_hash::FxHashMap;

/// How it is packed here; other ways are not understood, and the tables are read instead.
pub(super) const FORM: i64 = 1;

/// How hard it is pressed: more takes ten times the time for a hundredth of the bytes.
const LEVEL: i32 = 6;

/// Most events that are believed to be in one stretch.
const MOST: usize = 1 << 16;

/// Packs events that are in order of place.
pub(super) fn pack(keys: &[EventKey]) -> Result<Vec<u8>, StoreError> {
    let mut out = Out(Vec::with_capacity(keys.len() * 16));
    let mut before = 0;
    out.column(keys.iter().map(|key| {
        let apart = key.id.0.wrapping_sub(before);
        before = key.id.0;
        zigzag(apart)
    }));
    let mut before = 0;
    out.column(keys.iter().map(|key| {
        let apart = key.delivery.0.wrapping_sub(before);
        before = key.delivery.0;
        zigzag(apart)
    }));
    out.column(keys.iter().map(|key| u64::from(key.action)));
    out.column(keys.iter().map(|key| u64::from(key.flags.0)));
    out.column(keys.iter().map(|key| u64::from(key.person)));
    let mut numbers: FxHashMap<i64, u64> = FxHashMap::default();
    let mut locations = Vec::new();
    out.column(keys.iter().map(|key| {
        *numbers.entry(key.location).or_insert_with(|| {
            locations.push(zigzag(key.location));
            locations.len() as u64 - 1
        })
    }));
    out.column(std::iter::once(locations.len() as u64));
    out.column(locations.into_iter());
    out.some(keys.iter().map(|key| Some(zigzag(key.amount?.0))));
    // A head is told by how many rows it is away; one that stands elsewhere by its place.
    let row_of = |id: EventId| keys.binary_search_by_key(&id, |key| key.id).ok();
    let away = keys.iter().enumerate().map(|(row, key)| {
        let at = row_of(key.head?);
        Some(at.map_or(0, |at| zigzag(at as i64 - row as i64) + 1))
    });
    out.some(away);
    let elsewhere = keys
        .iter()
        .filter_map(|key| key.head)
        .filter(|head| row_of(*head).is_none());
    out.column(elsewhere.map(|head| zigzag(head.0)));
    zstd::bulk::compress(&out.0, LEVEL).map_err(|error| StoreError::Body(error.to_string()))
}

/// Unpacks so many events behind what is in `into`; nothing of them where that is not what was packed.
pub(super) fn unpack(bytes: &[u8], events: usize, into: &mut Vec<EventKey>) -> Option<()> {
    if events > MOST {
        return None;
    }
    let all = zstd::bulk::decompress(bytes, 64 + events * 96).ok()?;
    let mut read = In(&all);
    let (mut id, mut delivery) = (0_i64, 0_i64);
    let ids = read.column(events)?;
    let deliveries = read.column(events)?;
    let actions = read.column(events)?;
    let flags = read.column(events)?;
    let persons = read.column(events)?;
    let numbers = read.column(events)?;
    let count = usize::try_from(*read.column(1)?.first()?)
        .ok()
        .filter(|count| *count <= events)?;
    let locations = read.column(count)?;
    let amounts = read.some(events)?;
    let away = read.some(events)?;
    let start = into.len();
    let elsewhere = away.iter().filter(|away| **away == Some(0)).count();
    let mut elsewhere = read.column(elsewhere)?.into_iter();
    let mut fill = || {
        for row in 0..events {
            id = id.wrapping_add(unzigzag(ids[row]));
            delivery = delivery.wrapping_add(unzigzag(deliveries[row]));
            into.push(EventKey {
                id: EventId(id),
                delivery: DeliveryId(delivery),
                action: u16::try_from(actions[row]).ok()?,
                location: unzigzag(*locations.get(usize::try_from(numbers[row]).ok()?)?),
                person: u32::try_from(persons[row]).ok()?,
                flags: Flags(u16::try_from(flags[row]).ok()?),
                amount: amounts[row].map(|amount| Amount(unzigzag(amount))),
                head: None,
            });
        }
        for row in 0..events {
            into[start + row].head = match away[row] {
                None => None,
                Some(0) => Some(EventId(unzigzag(elsewhere.next()?))),
                Some(away) => {
                    let at = usize::try_from(row as i64 + unzigzag(away - 1)).ok()?;
                    Some(into[start..].get(at)?.id)
                }
            };
        }
        Some(())
    };
    let filled = fill();
    if filled.is_none() {
        into.truncate(start);
    }
    filled
}

/// Small numbers of either sign as small numbers.
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

struct Out(Vec<u8>);

impl Out {
    /// As many bytes each as the greatest needs: how many, all lowest bytes, all next ones …
    fn column(&mut self, numbers: impl Iterator<Item = u64>) {
        let numbers: Vec<u64> = numbers.collect();
        let all = numbers.iter().fold(0, |all, number| all | number);
        let width = 8 - all.leading_zeros() as u8 / 8;
        self.0.push(width);
        for byte in 0..width {
            self.0
                .extend(numbers.iter().map(|number| (number >> (8 * byte)) as u8));
        }
    }

    /// For each whether it is there, a bit each, and then those that are.
    fn some(&mut self, numbers: impl Iterator<Item = Option<u64>>) {
        let numbers: Vec<Option<u64>> = numbers.collect();
        for eight in numbers.chunks(8) {
            let bits = eight.iter().enumerate();
            let bits = bits.fold(0, |bits, (bit, number)| bits | u8::from(number.is_some()) << bit);
            self.0.push(bits);
        }
        self.column(numbers.into_iter().flatten());
    }
}

struct In<'b>(&'b [u8]);

impl In<'_> {
    fn column(&mut self, count: usize) -> Option<Vec<u64>> {
        let (width, rest) = self.0.split_first()?;
        self.0 = rest;
        let mut numbers = vec![0; count];
        if *width > 8 {
            return None;
        }
        for byte in 0..*width {
            let (plane, rest) = self.0.split_at_checked(count)?;
            self.0 = rest;
            for (number, part) in numbers.iter_mut().zip(plane) {
                *number |= u64::from(*part) << (8 * byte);
            }
        }
        Some(numbers)
    }

    fn some(&mut self, count: usize) -> Option<Vec<Option<u64>>> {
        let (bits, rest) = self.0.split_at_checked(count.div_ceil(8))?;
        self.0 = rest;
        let has = |row: usize| bits[row / 8] >> (row % 8) & 1 == 1;
        let there = (0..count).filter(|row| has(*row)).count();
        let mut numbers = self.column(there)?.into_iter();
        Some(
            (0..count)
                .map(|row| has(row).then(|| numbers.next()).flatten())
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn key()(
            id in any::<i64>(), delivery in any::<i64>(), action in any::<u16>(), location in prop_oneof![0..9_i64, any::<i64>()],
            person in any::<u32>(), flags in any::<u16>(), amount in prop::option::of(any::<i64>()),
            head in prop::option::of(any::<i64>()),
        ) -> EventKey {
            EventKey {
                id: EventId(id), delivery: DeliveryId(delivery), action, location, person, flags: Flags(flags),
                amount: amount.map(Amount), head: head.map(EventId),
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_out(
            mut keys in prop::collection::vec(key(), 0..200),
            heads in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..40),
        ) {
            keys.sort_by_key(|key| key.id);
            keys.dedup_by_key(|key| key.id);
            for (event, head) in heads {
                if !keys.is_empty() {
                    let head = keys[head.index(keys.len())].id;
                    let event = event.index(keys.len());
                    keys[event].head = Some(head);
                }
            }
            let bytes = pack(&keys).unwrap();
            let mut again = vec![EventKey { id: EventId(7), ..keys.first().copied().unwrap_or(EventKey {
                id: EventId(0), delivery: DeliveryId(0), action: 0, location: 0, person: 0, flags: Flags(0), amount: None, head: None,
            }) }];
            prop_assert!(unpack(&bytes, keys.len(), &mut again).is_some());
            prop_assert_eq!(&again[1..], &keys);
        }

        #[test]
        fn what_was_not_packed_here_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), events in 0..400_usize) {
            let mut keys = Vec::new();
            let plain = zstd::bulk::compress(&bytes, 1).unwrap();
            for bytes in [bytes, plain] {
                if unpack(&bytes, events, &mut keys).is_none() {
                    prop_assert!(keys.is_empty());
                }
                keys.clear();
            }
        }
    }
}
