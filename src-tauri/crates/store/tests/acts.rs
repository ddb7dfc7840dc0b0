//! Events of one act stand under the most telling one, whatever the order of arrival.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_nexudus::act::WINDOW;
use nexwatch_nexudus::{Act, Action, Entity, Ms, Person, PersonKind};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What happened: the action's number, about what, whose act, when.
#[derive(Clone, Copy, Debug)]
struct Told {
    number: u8,
    entity: Entity,
    id: i64,
    customer: i64,
    at: Ms,
}

impl Told {
    fn act(&self) -> Act {
        Act::of(
            &Action::Known(self.number),
            self.entity,
            Some(self.id),
            Some(&self.person()),
        )
        .unwrap()
    }

    fn person(&self) -> Person {
        Person {
            kind: PersonKind::Customer,
            id: Some(self.customer),
            name: format!("Ana {}", self.customer),
        }
    }

    fn incoming(&self, writer: &Writer) -> Incoming {
        let mut incoming = delivery(writer, "", &format!("\"{self:?}\""), NOW);
        self.put_into(&mut incoming, 0);
        incoming
    }

    fn put_into(&self, incoming: &mut Incoming, position: u32) {
        let mut reading = incoming.readings[0].clone();
        reading.position = position;
        reading.action = Action::Known(self.number);
        (reading.entity, reading.entity_id) = (self.entity, Some(self.id));
        reading.person = Some(self.person());
        reading.happened_at = NOW + self.at;
        incoming.readings.truncate(position as usize);
        incoming.readings.push(reading);
    }
}

const CONTRACT: [u8; 4] = [60, 62, 10, 14];

fn contract(number: u8, at: Ms) -> Told {
    Told {
        number,
        entity: Entity::CoworkerContract,
        id: 5,
        customer: 7,
        at,
    }
}

fn other(at: Ms) -> Told {
    Told {
        number: 6,
        entity: Entity::Booking,
        id: at,
        customer: 7,
        at,
    }
}

fn arrives(store: &Store, told: Told) -> EventId {
    let stored = store.writer.store_blocking(told.incoming(&store.writer)).unwrap();
    match stored.outcome() {
        Outcome::New { events, .. } => events[0],
        Outcome::Repeat { .. } => panic!("{told:?}"),
    }
}

/// Heads, by when it happened.
fn heads(reader: &Reader) -> BTreeMap<Ms, Option<Ms>> {
    let mut heads = BTreeMap::new();
    let mut each = |key: EventKey| {
        heads.insert(key.id.at() - NOW, key.head.map(|head| head.at() - NOW));
    };
    reader.keys(&mut each).unwrap();
    let rows = events(reader).into_iter();
    let rows: BTreeMap<Ms, Option<Ms>> = rows
        .map(|row| (row.id.at() - NOW, row.head.map(|head| head.at() - NOW)))
        .collect();
    assert_eq!(rows, heads);
    heads
}

fn told() -> impl Strategy<Value = Told> {
    let kinds = prop::sample::select(vec![
        (36, Entity::Coworker),
        (36, Entity::Checkin),
        (47, Entity::Checkin),
        (37, Entity::Coworker),
        (63, Entity::FailedCheckin),
        (14, Entity::CoworkerContract),
        (10, Entity::CoworkerContract),
        (62, Entity::CoworkerContract),
        (60, Entity::CoworkerContract),
        (61, Entity::Coworker),
        (6, Entity::Booking),
    ]);
    (kinds, 1..3_i64, 1..3_i64).prop_map(|((number, entity), id, customer)| Told {
        number,
        entity,
        id: if entity == Entity::Coworker { customer } else { id },
        customer,
        at: 0,
    })
}

/// Stores all in an order, with restarts and kills in between.
fn play(folder: &Path, all: &[Told], between: &[u8]) -> BTreeMap<Ms, Option<Ms>> {
    let mut folders = Vec::new();
    let mut folder = folder.to_owned();
    let mut store = open(&folder);
    for (told, between) in all.iter().zip(between.iter().cycle()) {
        arrives(&store, *told);
        if *between == 1 {
            store.close();
            store = open(&folder);
        } else if *between == 2 {
            let left = killed(&folder);
            store.close();
            folder = left.path().to_owned();
            folders.push(left);
            store = open(&folder);
        }
    }
    heads(&store.reader)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn heads_are_the_same_whatever_the_order(
        (ordered, shuffled) in prop::collection::vec((told(), 1..90_i64), 1..16).prop_flat_map(|all| {
            let mut at = 0;
            let all: Vec<Told> = all
                .into_iter()
                .map(|(told, pause)| {
                    at += pause * 1000;
                    Told { at, ..told }
                })
                .collect();
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        between in prop::collection::vec(prop_oneof![4 => Just(0_u8), 1 => Just(1), 1 => Just(2)], 1..6),
    ) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let heads = play(one.path(), &ordered, &[0]);
        prop_assert_eq!(&play(other.path(), &shuffled, &between), &heads);
        let at = |at: Ms| ordered.iter().find(|told| told.at == at).unwrap();
        for (event, head) in &heads {
            match head {
                Some(head) => {
                    prop_assert_eq!(heads[head], None, "a head has no head");
                    let (own, head) = (at(*event), at(*head));
                    prop_assert!((own.at - head.at).abs() <= WINDOW);
                    prop_assert!(own.act().is_one_with(&head.act()) && own.act().rank < head.act().rank);
                }
                None => {
                    // Whoever leads has no better one of its act near, unless that one is led itself.
                    let own = at(*event);
                    let better = ordered.iter().find(|other| {
                        heads[&other.at].is_none()
                            && (own.at - other.at).abs() <= WINDOW
                            && own.act().is_one_with(&other.act())
                    });
                    prop_assert!(better.is_none(), "{:?} could stand under {:?}", own, better);
                }
            }
        }
    }
}

#[test]
fn nobody_comes_under_a_less_telling_one_that_is_nearer() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let check_in = |number, entity, id, at| Told {
        number,
        entity,
        id,
        customer: 1,
        at,
    };
    arrives(&store, check_in(36, Entity::Coworker, 1, 25_000));
    arrives(&store, check_in(47, Entity::Checkin, 2, 60_000));
    arrives(&store, check_in(36, Entity::Checkin, 2, 149_000));
    let heads = heads(&store.reader);
    assert_eq!(
        heads,
        [(25_000, None), (60_000, Some(149_000)), (149_000, None)].into()
    );
}

#[test]
fn a_better_one_takes_over_all_and_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let known: Arc<Mutex<BTreeMap<EventId, Option<EventId>>>> = Arc::default();
    let heard = known.clone();
    let on_commit = move |news: &Committed| {
        let mut known = heard.lock().unwrap();
        known.extend(news.events.iter().map(|key| (key.id, key.head)));
        known.extend(news.headed.iter().copied());
    };
    let store = Store::open(folder.path(), Options::default(), Box::new(on_commit)).unwrap();
    let mut before = Vec::new();
    for (n, number) in CONTRACT.iter().enumerate() {
        let lead = n as Ms * 10_000;
        arrives(&store, contract(*number, lead));
        before.push(lead);
        let heads = heads(&store.reader);
        for at in &before {
            assert_eq!(heads[at], (*at != lead).then_some(lead), "{number}");
        }
    }
    // An hour later it is another act, and another customer's is another one too.
    arrives(&store, contract(60, 3_600_000));
    arrives(
        &store,
        Told {
            customer: 8,
            ..contract(60, 20_001)
        },
    );
    let heads = heads(&store.reader);
    assert_eq!((heads[&3_600_000], heads[&20_001]), (None, None));
    let reader = store.reader.clone();
    store.close();
    let rows: BTreeMap<EventId, Option<EventId>> = events(&reader)
        .into_iter()
        .map(|row| (row.id, row.head))
        .collect();
    assert_eq!(*known.lock().unwrap(), rows);
}

#[test]
fn who_is_no_longer_remembered_comes_under_the_better_one_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    arrives(&store, contract(60, 0));
    // So many others of the customer that the first is forgotten when the last one comes.
    for n in 0..62 {
        arrives(&store, other(1_000_000 + n));
    }
    arrives(&store, contract(62, 1_000));
    assert_eq!(heads(&store.reader)[&0], Some(1_000));
    arrives(&store, contract(14, 2_000));
    let now = heads(&store.reader);
    assert_eq!(
        (now[&0], now[&1_000], now[&2_000]),
        (Some(2_000), Some(2_000), None)
    );
    // After a restart as well: it is not known then whether there are others.
    store.close();
    let store = open(folder.path());
    arrives(&store, contract(10, 500));
    assert_eq!(heads(&store.reader)[&500], Some(2_000));
}

#[test]
fn what_was_rolled_back_leads_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let first = arrives(&store, contract(60, 0));
    let db = Connection::open(path(folder.path())).unwrap();
    db.execute_batch(
        "CREATE TRIGGER bad BEFORE INSERT ON event WHEN new.amount = 13 BEGIN SELECT RAISE(ABORT, 'bad'); END",
    )
    .unwrap();
    let mut bad = contract(14, 1_000).incoming(&store.writer);
    other(5_000).put_into(&mut bad, 1);
    bad.readings[1].amount = Some(nexwatch_nexudus::Amount(13));
    assert!(store.writer.store_blocking(bad).is_err());
    arrives(&store, contract(62, 2_000));
    let heads = heads(&store.reader);
    assert_eq!(heads, [(0, Some(2_000)), (2_000, None)].into());
    assert_eq!(
        store
            .reader
            .event(first)
            .unwrap()
            .unwrap()
            .head
            .map(|head| head.at() - NOW),
        Some(2_000)
    );
}
