//! What one event tells of others: names, addresses, where a room is. Older rows have it too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_nexudus::{Learnt, Ms, Person, PersonKind};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

const HOUR: Ms = 3_600_000;

fn customer_of(id: i64, name: &str) -> Person {
    Person {
        kind: PersonKind::Customer,
        id: Some(id),
        name: name.into(),
    }
}

fn tells(id: i64, name: Option<&str>, email: Option<&str>) -> Learnt {
    Learnt::Person {
        kind: PersonKind::Customer,
        id,
        name: name.map(str::to_owned),
        email: email.map(str::to_owned),
    }
}

/// Stores an event about nothing in particular, at a time, as changed.
fn arrives(store: &Store, at: Ms, change: impl FnOnce(&mut nexwatch_nexudus::Reading)) -> EventId {
    let mut incoming = delivery(&store.writer, "SomethingNew", &format!("{{\"At\":{at}}}"), NOW);
    incoming.readings[0].happened_at = NOW + at;
    incoming.readings[0].resource = None;
    change(&mut incoming.readings[0]);
    new(store, incoming)
}

fn new(store: &Store, incoming: Incoming) -> EventId {
    match store.writer.store_blocking(incoming).unwrap().outcome() {
        Outcome::New { events, .. } => events[0],
        Outcome::Repeat { .. } => panic!("a repeat"),
    }
}

/// A booking of a room, from the URL of a location.
fn books(store: &Store, id: i64, room: i64, location: Option<i64>) -> EventId {
    let route = Route {
        action: Some("BookingCreate".into()),
        location,
    };
    let body = booking(id, "2026-06-09T08:13:20.1234567Z")
        .replace("\"ResourceId\":9", &format!("\"ResourceId\":{room}"));
    new(store, incoming(&store.writer, route, body.as_bytes(), NOW + id))
}

fn person_of(store: &Store, event: EventId) -> Person {
    store.reader.event(event).unwrap().unwrap().person.unwrap()
}

fn location_of(reader: &Reader, event: EventId) -> Option<i64> {
    reader.event(event).unwrap().unwrap().location_id
}

fn listening(folder: &Path) -> (Store, Arc<Mutex<Vec<Committed>>>) {
    let told: Arc<Mutex<Vec<Committed>>> = Arc::default();
    let heard = told.clone();
    let on_commit = move |news: &Committed| heard.lock().unwrap().push(news.clone());
    (
        Store::open(folder, Options::default(), Box::new(on_commit)).unwrap(),
        told,
    )
}

#[test]
fn a_name_that_is_learnt_later_shows_on_older_rows() {
    let folder = tempfile::tempdir().unwrap();
    let (store, told) = listening(folder.path());
    let unnamed = arrives(&store, 0, |reading| reading.person = Some(customer_of(7, "")));
    let stranger = arrives(&store, 1, |reading| reading.person = Some(customer_of(8, "")));
    assert_eq!(person_of(&store, unnamed).name, "");
    let key = store.reader.event(unnamed).unwrap().unwrap().person_key.unwrap();
    arrives(&store, 2, |reading| {
        reading.learnt = vec![tells(7, Some("Ana Lima"), Some("ana@example.com"))]
    });
    assert_eq!(person_of(&store, unnamed), customer_of(7, "Ana Lima"));
    assert_eq!(person_of(&store, stranger).name, "");
    assert_eq!(
        store.reader.person(key).unwrap(),
        Some(customer_of(7, "Ana Lima"))
    );
    let mut listed = Vec::new();
    store.reader.persons(|_, person| listed.push(person)).unwrap();
    assert_eq!(listed, [customer_of(7, "Ana Lima"), customer_of(8, "")]);
    // Whoever comes under a name of their own keeps it, and the unnamed one of the same id has it, where no other was told.
    let named = arrives(&store, 3, |reading| reading.person = Some(customer_of(8, "Bob")));
    assert_eq!(
        (person_of(&store, named).name, person_of(&store, stranger).name),
        ("Bob".into(), "Bob".into())
    );
    let visitor = Person {
        kind: PersonKind::Visitor,
        ..customer_of(7, "")
    };
    let other_kind = arrives(&store, 4, |reading| reading.person = Some(visitor));
    assert_eq!(person_of(&store, other_kind).name, "");
    let other = store.reader.event(stranger).unwrap().unwrap().person_key.unwrap();
    store.close();
    let named: Vec<u32> = told
        .lock()
        .unwrap()
        .iter()
        .flat_map(|news| news.named.clone())
        .collect();
    assert_eq!(named, [key, other]);
}

#[test]
fn the_newest_by_its_place_tells_how_somebody_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let contact = |store: &Store| store.reader.contact(PersonKind::Customer, 7).unwrap().unwrap();
    arrives(&store, 10, |reading| {
        reading.learnt = vec![tells(7, Some("Ana"), None)]
    });
    arrives(&store, 5, |reading| {
        reading.learnt = vec![tells(7, Some("Anna"), Some("old@example.com"))]
    });
    assert_eq!(
        contact(&store),
        Contact {
            name: Some("Ana".into()),
            email: Some("old@example.com".into())
        }
    );
    store.close();
    store = open(folder.path());
    arrives(&store, 7, |reading| {
        reading.learnt = vec![tells(7, Some("Anne"), Some("new@example.com"))]
    });
    arrives(&store, 20, |reading| {
        reading.learnt = vec![tells(7, Some(" "), None), tells(9, None, None)]
    });
    assert_eq!(
        contact(&store),
        Contact {
            name: Some("Ana".into()),
            email: Some("new@example.com".into())
        }
    );
    arrives(&store, 30, |reading| {
        reading.learnt = vec![tells(7, Some("Ana Lima"), None)]
    });
    assert_eq!(contact(&store).name.as_deref(), Some("Ana Lima"));
    assert_eq!(store.reader.contact(PersonKind::Customer, 9).unwrap(), None);
    assert_eq!(store.reader.contact(PersonKind::Visitor, 7).unwrap(), None);
}

#[test]
fn the_same_told_again_is_not_written_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let told_by = |name: &'static str, at| {
        arrives(&store, at, |reading| {
            reading.learnt = vec![tells(7, Some(name), None)]
        });
        let by = |db: &Connection| Ok(db.query_row("SELECT named_by FROM contact", [], |row| row.get(0))?);
        EventId(store.reader.read(by).unwrap()).at() - NOW
    };
    assert_eq!(
        (told_by("Ana", 0), told_by("Ana", 1), told_by("Ana", HOUR - 1)),
        (0, 0, 0)
    );
    // In memory it is known all the same which was the newest.
    assert_eq!(told_by("Anna", HOUR - 2), 0);
    assert_eq!(told_by("Ana", 2 * HOUR), 2 * HOUR);
    assert_eq!(told_by("Anna", 2 * HOUR + 1), 2 * HOUR + 1);
}

#[test]
fn a_booking_is_where_its_room_is() {
    let folder = tempfile::tempdir().unwrap();
    let (store, told) = listening(folder.path());
    let older = books(&store, 1, 9, None);
    let elsewhere = books(&store, 2, 10, None);
    assert_eq!(location_of(&store.reader, older), None);
    // The URL of another booking tells.
    books(&store, 3, 9, Some(77));
    let newer = books(&store, 4, 9, None);
    let at = |event| location_of(&store.reader, event);
    assert_eq!((at(older), at(newer), at(elsewhere)), (Some(77), Some(77), None));
    // A room tells it itself; a plan with the same id is none of it.
    let plan = arrives(&store, 10, |reading| {
        reading.resource = Some(nexwatch_nexudus::Named {
            id: Some(10),
            name: "Hot desk".into(),
        });
    });
    arrives(&store, 11, |reading| {
        reading.learnt = vec![Learnt::Resource { id: 10, location: 78 }]
    });
    assert_eq!((at(elsewhere), at(plan)), (Some(78), None));
    arrives(&store, 12, |reading| {
        reading.learnt = vec![Learnt::Location {
            id: 78,
            name: "Harbour".into(),
        }]
    });
    assert_eq!(
        store
            .reader
            .event(elsewhere)
            .unwrap()
            .unwrap()
            .location
            .as_deref(),
        Some("Harbour")
    );
    // The room moved: what was before stays where it was, and one who tells of before changes nothing.
    books(&store, 20, 9, Some(79));
    let after = books(&store, 21, 9, None);
    arrives(&store, -5 * HOUR, |reading| {
        reading.learnt = vec![Learnt::Resource { id: 9, location: 70 }]
    });
    let last = books(&store, 22, 9, None);
    assert_eq!((at(older), at(after), at(last)), (Some(77), Some(79), Some(79)));
    let mut keys = Vec::new();
    store
        .reader
        .keys(|key| keys.push((key.id, key.location)))
        .unwrap();
    let reader = store.reader.clone();
    store.close();
    let mut heard = std::collections::BTreeMap::new();
    for news in told.lock().unwrap().iter() {
        heard.extend(news.events.iter().map(|key| (key.id, key.location)));
        heard.extend(news.placed.iter().copied());
    }
    assert_eq!(heard.into_iter().collect::<Vec<_>>(), keys);
    assert_eq!(reader.resource_keys(9).unwrap().len(), 1);
    let of_room = reader
        .events_of_resources(&reader.resource_keys(9).unwrap())
        .unwrap();
    assert_eq!(of_room.len(), 6);
    assert!(of_room.is_sorted() && of_room.contains(&older));
}

fn lacking(reader: &Reader) -> usize {
    events(reader)
        .iter()
        .filter(|event| event.location_id.is_none())
        .count()
}

#[test]
fn a_room_of_many_bookings_is_gone_through_in_slices_and_a_kill_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let (store, told) = listening(folder.path());
    const MANY: i64 = 2_500;
    // Stored together, so that the test is quick; under two names.
    let waiting: Vec<_> = (0..MANY)
        .map(|id| {
            let body = booking(id, "2026-06-09T08:13:20.1234567Z")
                .replace("Blue room", ["Blue room", "Room 1"][id as usize % 2]);
            let one = delivery(&store.writer, "6", &body, NOW + id);
            loop {
                match store.writer.store(one.clone()) {
                    Ok(stored) => break stored,
                    Err(StoreError::Busy) => std::thread::yield_now(),
                    Err(other) => panic!("{other}"),
                }
            }
        })
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    waiting
        .into_iter()
        .for_each(|stored| drop(runtime.block_on(stored).unwrap()));
    assert_eq!(lacking(&store.reader), MANY as usize);
    let without = killed(folder.path());
    let teach = books(&store, MANY, 9, Some(77));
    let left = killed(folder.path());
    while lacking(&store.reader) > 0 {
        std::thread::yield_now();
    }
    store.close();
    let told: Vec<usize> = told
        .lock()
        .unwrap()
        .iter()
        .map(|news| news.placed.len())
        .collect();
    assert_eq!(told.iter().sum::<usize>(), MANY as usize);
    assert!(told.iter().all(|slice| *slice <= 1024), "{told:?}");
    assert!(told.iter().filter(|slice| **slice > 0).count() > 3, "{told:?}");
    // Killed right after it was learnt: the next start goes on by itself.
    let store = open(left.path());
    assert_eq!(location_of(&store.reader, teach), Some(77));
    while lacking(&store.reader) > 0 {
        std::thread::yield_now();
    }
    store.close();
    let behind = "SELECT count(*) FROM resource_place WHERE behind <> 0";
    for folder in [folder.path(), left.path()] {
        let db = Connection::open(path(folder)).unwrap();
        assert_eq!(db.query_row(behind, [], |row| row.get(0)), Ok(0));
    }
    // Killed before: nothing is made up.
    let store = open(without.path());
    books(&store, MANY + 1, 11, Some(77));
    assert_eq!(lacking(&store.reader), MANY as usize);
}

#[test]
fn what_was_learnt_in_a_transaction_that_failed_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let older = books(&store, 1, 9, None);
    let db = Connection::open(path(folder.path())).unwrap();
    db.execute_batch(
        "CREATE TRIGGER bad BEFORE INSERT ON event WHEN new.amount = 13 BEGIN SELECT RAISE(ABORT, 'bad'); END",
    )
    .unwrap();
    let mut bad = delivery(&store.writer, "SomethingNew", "{\"Bad\":1}", NOW);
    bad.readings[0].learnt = vec![
        Learnt::Resource { id: 9, location: 77 },
        tells(7, Some("Ana"), None),
        Learnt::Location {
            id: 77,
            name: "Harbour".into(),
        },
    ];
    bad.readings[0].amount = Some(nexwatch_nexudus::Amount(13));
    assert!(store.writer.store_blocking(bad.clone()).is_err());
    assert_eq!(location_of(&store.reader, books(&store, 2, 9, None)), None);
    assert_eq!(store.reader.contact(PersonKind::Customer, 7).unwrap(), None);
    // The same again, and well: it is new.
    bad.readings[0].amount = None;
    store.writer.store_blocking(bad).unwrap();
    assert_eq!(location_of(&store.reader, older), Some(77));
    assert!(store.reader.contact(PersonKind::Customer, 7).unwrap().is_some());
    assert_eq!(store.reader.locations().unwrap(), [(77, Some("Harbour".into()))]);
}

#[test]
fn events_are_those_of_whoever_is_involved_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, bob) = (customer_of(7, "Ana"), customer_of(8, "Bob"));
    let visit = |at, person: &Person, involved: &[&Person]| {
        arrives(&store, at, |reading| {
            reading.person = Some(person.clone());
            reading.involved = involved.iter().map(|one| (*one).clone()).collect();
        })
    };
    let unnamed = customer_of(8, "");
    let second = visit(2, &ana, &[&bob, &bob, &ana]);
    let first = visit(1, &ana, &[&unnamed]);
    visit(3, &bob, &[]);
    let keys = store.reader.person_keys(PersonKind::Customer, 8).unwrap();
    assert_eq!(keys.len(), 2);
    assert_eq!(store.reader.events_involving(&keys).unwrap(), [first, second]);
    let own = store.reader.person_keys(PersonKind::Customer, 7).unwrap();
    // The first person is not involved beside themselves.
    assert!(store.reader.events_involving(&own).unwrap().is_empty());
    assert!(store.reader.events_involving(&[]).unwrap().is_empty());
    let all: BTreeSet<EventId> = events(&store.reader).iter().map(|event| event.id).collect();
    assert!(all.contains(&first) && all.len() == 3);
}
