//! The columns against a plain list of events.

use super::*;
use nexwatch_nexudus::Amount;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;

/// What may happen to a list of events.
#[derive(Clone, Debug)]
enum Step {
    /// So many events in order, some of each kind.
    Many(usize),
    /// One at a place.
    One(i64),
    Mark(i64),
    Compare(i64, bool),
    Place(i64, i64),
    Head(i64, Option<i64>),
    /// Whoever asks holds the chunks as they are.
    Hold,
}

fn step() -> impl Strategy<Value = Step> {
    let place = 0..90_000_i64;
    prop_oneof![
        2 => (1..9_000_usize).prop_map(Step::Many),
        6 => place.clone().prop_map(Step::One),
        6 => place.clone().prop_map(Step::Mark),
        6 => (place.clone(), any::<bool>()).prop_map(|(place, changed)| Step::Compare(place, changed)),
        4 => (place.clone(), 0..6_i64).prop_map(|(place, location)| Step::Place(place, location)),
        4 => (place.clone(), prop::option::of(place)).prop_map(|(place, head)| Step::Head(place, head)),
        1 => Just(Step::Hold),
    ]
}

/// An event of a place; neighbours differ in all columns, and wide numbers come now and then.
fn key(place: i64, delivery: i64) -> EventKey {
    EventKey {
        id: EventId(place << 7 | place & 3),
        delivery: DeliveryId(delivery),
        action: 2 + (place % 5 * (place % 3)) as u16 + if place % 700 == 0 { 1_000 } else { 0 },
        location: place % 4 * 1_000_000_007,
        person: (place * place % 90) as u32 * if place % 20_000 > 19_000 { 9_000 } else { 1 },
        flags: Flags((place % 2 * 16) as u16),
        amount: (place % 3 == 0).then_some(Amount(place * 1_000 - 40_000)),
        head: (place % 11 == 1).then_some(EventId((place - 1) << 7 | (place - 1) & 3)),
    }
}

/// What is told of the event at a row.
fn told(columns: &Columns, chunk: &Chunk, row: usize) -> EventKey {
    let only = |so: &dyn Fn(&mut Bits)| {
        let mut bits = Bits::range(row..row + 1);
        so(&mut bits);
        bits.count() == 1
    };
    // A filter is the only way to a value: found by asking for it bit by bit.
    let number = |so: &dyn Fn(&mut Bits, u32)| {
        (0..32)
            .filter(|bit| only(&|bits| so(bits, *bit)))
            .map(|bit| 1_u32 << bit)
            .sum::<u32>()
    };
    let has = only(&|bits| bits.keep(chunk.amounts(), |value| value.is_some()));
    let amount = (0..64)
        .filter(|bit| {
            only(&|bits| {
                bits.keep(chunk.amounts(), |value| {
                    value.is_some_and(|value| value >> bit & 1 == 1)
                })
            })
        })
        .fold(0_i64, |all, bit| all | 1 << bit);
    let heads = (0..chunk.len()).find(|head| chunk.under(*head).any(|under| under == row));
    let kind = chunk.kind(row);
    EventKey {
        id: EventId(chunk.ids().at(row)),
        delivery: DeliveryId(i64::from(number(&|bits, bit| {
            bits.keep(chunk.deliveries(), |value| value >> bit & 1 == 1)
        }))),
        action: kind.action,
        location: columns.locations()[kind.location as usize],
        person: number(&|bits, bit| bits.keep(chunk.persons(), |value| value >> bit & 1 == 1)),
        flags: Flags(kind.flags),
        amount: has.then_some(Amount(amount)),
        head: heads.map(|row| EventId(chunk.ids().at(row))),
    }
}

/// Rows of which something holds, and how many of each kind, in all chunks.
fn check(columns: &Columns, model: &BTreeMap<i64, EventKey>) -> Result<(), TestCaseError> {
    let keys: Vec<&EventKey> = model.values().collect();
    prop_assert_eq!(columns.len() as usize, keys.len());
    let mut first = 0;
    for chunk in columns.chunks() {
        let here = &keys[first..first + chunk.len()];
        first += chunk.len();
        let ids: Vec<i64> = here.iter().map(|key| key.id.0).collect();
        prop_assert!(chunk.ids().iter().eq(ids.iter().copied()));
        for id in [ids[0] - 1, ids[0], ids[ids.len() / 2] + 1, ids[ids.len() - 1] + 1] {
            prop_assert_eq!(
                chunk.ids().rows_before(id),
                ids.partition_point(|other| *other < id)
            );
            prop_assert_eq!(
                chunk.ids().seek(ids.len() / 3, id).max(ids.len() / 3),
                ids.partition_point(|other| *other < id).max(ids.len() / 3)
            );
        }
        prop_assert_eq!(
            chunk.newest(),
            here.iter().map(|key| key.delivery.0 as u32).max().unwrap_or(0)
        );
        let rows = |keep: &dyn Fn(&mut Bits)| {
            let mut bits = Bits::range(0..chunk.len());
            bits.unset(chunk.len() / 2);
            keep(&mut bits);
            bits.rows().collect::<Vec<_>>()
        };
        let wanted = |so: &dyn Fn(&EventKey) -> bool| {
            let all = here
                .iter()
                .enumerate()
                .filter(|(row, key)| *row != chunk.len() / 2 && so(key));
            all.map(|(row, _)| row).collect::<Vec<_>>()
        };
        let location = |number: u32| columns.locations()[number as usize];
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.kinds(), |kind| kind.action == 4)),
            wanted(&|key| key.action == 4)
        );
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.kinds(), |kind| kind.action % 2 == 0)),
            wanted(&|key| key.action % 2 == 0)
        );
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.kinds(), |kind| location(kind.location) == 0)),
            wanted(&|key| key.location == 0)
        );
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.kinds(), |kind| kind.flags & 16 != 0)),
            wanted(&|key| key.flags.0 & 16 != 0)
        );
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.kinds(), |kind| kind.flags & 256 == 0)),
            wanted(&|key| key.flags.0 & 256 == 0)
        );
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.persons(), |person| person > 40)),
            wanted(&|key| key.person > 40)
        );
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.deliveries(), |delivery| delivery % 3 == 1)),
            wanted(&|key| key.delivery.0 % 3 == 1)
        );
        let dear = |amount: Option<i64>| amount.is_none_or(|amount| amount % 7 == 0);
        prop_assert_eq!(
            rows(&|bits| bits.keep(chunk.amounts(), dear)),
            wanted(&|key| dear(key.amount.map(|amount| amount.0)))
        );

        for (some, stretch) in [
            (1, 0..here.len()),
            (1, here.len() / 3..here.len()),
            (3, 5..here.len().max(5)),
            (500, 0..here.len()),
        ] {
            let mut bits = Bits::range(0..chunk.len());
            if some > 1 {
                let ids: &[i64] = &ids;
                bits.keep(ids, |id| id % some == 0);
            }
            let mut counted: BTreeMap<Kind, u32> = BTreeMap::new();
            chunk.tally(&bits, stretch.clone(), |kind, count| {
                *counted.entry(kind).or_default() += count
            });
            let mut expected: BTreeMap<Kind, u32> = BTreeMap::new();
            for row in stretch.filter(|row| *row < here.len() && (some == 1 || here[*row].id.0 % some == 0)) {
                *expected.entry(chunk.kind(row)).or_default() += 1;
            }
            prop_assert_eq!(counted, expected);
        }
        for row in [0, here.len() / 2, here.len() - 1] {
            let mut key = *here[row];
            // Of acts a chunk tells only those that stand in it.
            key.head = key.head.filter(|head| ids.binary_search(&head.0).is_ok());
            prop_assert_eq!(told(columns, chunk, row), key);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_happens_they_say_what_a_list_says(steps in prop::collection::vec(step(), 1..120)) {
        let (mut columns, mut model) = (Columns::default(), BTreeMap::new());
        let (mut next, mut delivery) = (0, 0);
        let mut held: Vec<(Columns, usize)> = Vec::new();
        let id = |place: i64| EventId(place << 7 | place & 3);
        for step in steps {
            let mut news = Committed::default();
            match step {
                Step::Many(count) => {
                    for place in next..next + count as i64 {
                        delivery += 1;
                        news.events.push(key(place, delivery));
                    }
                    next += count as i64;
                }
                Step::One(place) => {
                    delivery += 1;
                    news.events.push(key(place, delivery));
                }
                Step::Mark(place) => news.repeated.push((id(place), Flags::REPEAT)),
                Step::Compare(place, changed) => {
                    news.compared.push((id(place), if changed { Flags::CHANGED } else { Flags::NONE }));
                }
                Step::Place(place, location) => news.placed.push((id(place), location)),
                Step::Head(place, head) => news.headed.push((id(place), head.map(id))),
                Step::Hold => held.push((columns.clone(), model.len())),
            }
            columns.hear(&news);
            for key in &news.events {
                model.entry(key.id.0).or_insert(*key);
            }
            for (id, flags) in &news.repeated {
                if let Some(key) = model.get_mut(&id.0) { key.flags = key.flags.with(*flags) }
            }
            for (id, flags) in &news.compared {
                if let Some(key) = model.get_mut(&id.0) { key.flags = Flags(key.flags.0 & !Flags::CHANGED.0 | flags.0) }
            }
            for (id, location) in &news.placed {
                if let Some(key) = model.get_mut(&id.0) { key.location = *location }
            }
            for (id, head) in &news.headed {
                if let Some(key) = model.get_mut(&id.0) { key.head = *head }
            }
        }
        check(&columns, &model)?;
        let unpacked = columns.chunks().iter().filter(|chunk| !chunk.is_sealed()).count();
        prop_assert!(unpacked <= MOST_OPEN + 1, "{unpacked} of {} are not packed", columns.chunks().len());
        for (kept, len) in held {
            prop_assert_eq!(kept.len() as usize, len);
            prop_assert_eq!(kept.chunks().iter().map(|chunk| chunk.len()).sum::<usize>(), len);
        }
    }
}
