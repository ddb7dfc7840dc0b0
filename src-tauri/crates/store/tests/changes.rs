//! What an event changed is right whatever the order of arrival, and whatever happens in between.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_nexudus::change::{State, compare};
use nexwatch_nexudus::{Ms, Piece, Saying};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

fn options(together: usize) -> Options {
    Options {
        words_within: NEVER,
        words_together: together,
        ties_together: 7,
        ..Options::default()
    }
}

fn open_with(folder: &Path, options: Options) -> Store {
    Store::open(folder, options, Box::new(|_| {})).unwrap()
}

/// A state of a booking, as it is so many minutes after noon.
fn state(id: i64, minute: i64, fields: &str) -> String {
    let (hour, minute) = (12 + minute.div_euclid(60), minute.rem_euclid(60));
    format!(
        r#"[{{"ResourceName":"Blåbær ø","Id":{id},{fields}"UpdatedOn":"2026-06-08T{hour:02}:{minute:02}:00.1234567Z"}}]"#
    )
}

fn arrives(store: &Store, action: &str, body: &str, at: Ms) -> EventId {
    let incoming = delivery(&store.writer, action, body, at);
    match store.writer.store_blocking(incoming).unwrap().outcome() {
        Outcome::New { events, .. } => events[0],
        Outcome::Repeat { .. } => panic!("a repeat: {body}"),
    }
}

/// The fields that an event changed, by name.
fn fields_of(reader: &Reader, event: EventId) -> Vec<String> {
    let fields = reader.read(|db| {
        let mut find = db.prepare_cached(
            "SELECT f.name FROM field f CROSS JOIN change c ON c.field = f.id AND c.event = ?1 ORDER BY f.name",
        )?;
        let rows = find.query_map([event.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<String>, _>>()?)
    });
    fields.unwrap()
}

/// What is kept of an event's change.
type Kept = (Saying, bool, Vec<String>);

fn kept(reader: &Reader) -> BTreeMap<EventId, Kept> {
    let told = |event: EventRow| {
        let changed = event.flags.has(Flags::CHANGED);
        (event.id, (event.saying, changed, fields_of(reader, event.id)))
    };
    events(reader).into_iter().map(told).collect()
}

/// When an event's body was changed, in ticks; without that its place in time.
fn changed_at(reader: &Reader, event: &EventRow) -> i64 {
    let body = reader.body(event.delivery).unwrap().unwrap();
    let object = nexwatch_nexudus::object_at(&body, event.position);
    let stamp = object.and_then(|object| nexwatch_nexudus::time::parse_stamp(object["UpdatedOn"].as_str()?));
    stamp.map_or(event.id.at() * 10_000, |stamp| stamp.0)
}

/// The same, by comparing each with the state that was changed last among its neighbours before it.
fn expected(reader: &Reader) -> BTreeMap<EventId, Kept> {
    let all = events(reader);
    let body = |event: &EventRow| reader.body(event.delivery).unwrap().unwrap();
    let mut expected = BTreeMap::new();
    for (at, event) in all.iter().enumerate() {
        let own = body(event);
        let delivery = reader.delivery(event.delivery).unwrap().unwrap();
        let incoming_again = nexwatch_nexudus::read(&nexwatch_nexudus::Arrival {
            route_action: delivery.route.action.as_deref(),
            route_location: delivery.route.location,
            received_at: delivery.received_at,
            body: &own,
            voice: &nexwatch_nexudus::Voice::default(),
        });
        let plain = incoming_again[event.position as usize].saying.clone();
        let before = all[..at]
            .iter()
            .rev()
            .filter(|other| (other.entity, other.entity_id) == (event.entity, event.entity_id))
            .take(NEIGHBOURS as usize)
            .max_by_key(|other| (changed_at(reader, other), other.id));
        let before = before.filter(|before| {
            event.entity_id.is_some() && changed_at(reader, before) <= changed_at(reader, event)
        });
        let found = reader.state_before(event.id).unwrap();
        assert_eq!(
            found.as_ref().map(|state| (state.event, &state.action)),
            before.map(|before| (before.id, &before.action))
        );
        let compared = before.and_then(|before| {
            let old = body(before);
            assert_eq!(found.unwrap().body, old);
            compare(
                &event.action,
                event.entity,
                State {
                    body: &old,
                    position: before.position,
                },
                State {
                    body: &own,
                    position: event.position,
                },
            )
        });
        let compared = compared.unwrap_or_default();
        let mut fields = compared.fields;
        fields.sort();
        let saying = compared.saying.unwrap_or(plain);
        let saying = Saying::decode(&saying.encode());
        expected.insert(event.id, (saying, !fields.is_empty(), fields));
    }
    expected
}

#[derive(Clone, Copy, Debug)]
enum Between {
    Nothing,
    /// The next one is sent before this one is answered.
    Together,
    /// It arrives once more.
    Again,
    Restart,
    Kill,
}

#[derive(Clone, Debug)]
struct Sent {
    action: &'static str,
    id: i64,
    fields: String,
}

fn sent() -> impl Strategy<Value = Sent> {
    let actions = prop::sample::select(vec![
        "BookingUpdate",
        "BookingUpdate",
        "BookingCreate",
        "BookingDelete",
    ]);
    let field = |name: &'static str, most: u8| {
        prop::option::of(0..most).prop_map(move |value| match value {
            Some(value) => format!("\"{name}\":{value},"),
            None => String::new(),
        })
    };
    let person = prop::sample::select(vec![
        "",
        "\"CoworkerId\":7,",
        "\"CoworkerId\":7,\"CoworkerFullName\":\"Bård Ødegård\",",
    ]);
    let times = prop::sample::select(vec!["09", "10"]).prop_map(|hour| {
        format!("\"FromTime\":\"2026-06-09T{hour}:00:00Z\",\"ToTime\":\"2026-06-09T11:00:00Z\",")
    });
    let fields = (field("Notes", 3), field("Online", 2), person, times);
    (actions, 1..3_i64, fields).prop_map(|(action, id, (notes, online, person, times))| Sent {
        action,
        id,
        fields: notes + &online + person + &times,
    })
}

/// Stores all in an order; each has its own time of arrival, whenever it is stored.
fn play(folder: &Path, all: &[(usize, Sent)], between: &[Between]) -> BTreeMap<EventId, Kept> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let marks: Arc<Mutex<BTreeMap<EventId, Flags>>> = Arc::default();
    let open = |folder: &Path| {
        let heard = marks.clone();
        let on_commit = move |news: &Committed| hear(&mut heard.lock().unwrap(), news);
        Store::open(folder, options(4), Box::new(on_commit)).unwrap()
    };
    let mut folders = Vec::new();
    let mut folder = folder.to_owned();
    let mut store = open(&folder);
    let mut unanswered = Vec::new();
    // At a start nobody is told what was found out before it.
    let mut heard_all = true;
    for ((at, sent), between) in all.iter().zip(between.iter().cycle()) {
        let body = state(sent.id, *at as i64, &sent.fields);
        let incoming = delivery(&store.writer, sent.action, &body, NOW - 60_000 + *at as Ms * 10);
        unanswered.push(store.writer.store(incoming.clone()).unwrap());
        if matches!(between, Between::Together) {
            continue;
        }
        for stored in unanswered.drain(..) {
            let stored = runtime.block_on(stored).unwrap();
            assert!(matches!(stored.outcome(), Outcome::New { .. }));
        }
        match between {
            Between::Nothing | Between::Together => {}
            Between::Again => {
                let again = store.writer.store_blocking(incoming).unwrap();
                assert!(matches!(again.outcome(), Outcome::Repeat { .. }));
            }
            Between::Restart => {
                store.close();
                store = open(&folder);
                heard_all = false;
            }
            Between::Kill => {
                let left = killed(&folder);
                store.close();
                folder = left.path().to_owned();
                folders.push(left);
                store = open(&folder);
                heard_all = false;
            }
        }
    }
    let reader = store.reader.clone();
    store.close();
    let kept = kept(&reader);
    assert_eq!(kept, expected(&reader));
    for event in events(&reader) {
        // A name that was learnt from another one is shown, but its words are not in the index.
        let body = reader.body(event.delivery).unwrap().unwrap();
        let body = String::from_utf8_lossy(&body);
        if body.contains("Ødegård") || !body.contains("CoworkerId") {
            assert!(is_found(&reader, event.id, &said(&event)), "{}", said(&event));
        }
        if heard_all {
            assert_eq!(marks.lock().unwrap()[&event.id], event.flags);
        }
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn differences_are_those_of_neighbours_whatever_the_order(
        (ordered, shuffled) in prop::collection::vec(sent(), 1..32).prop_flat_map(|all| {
            let all: Vec<(usize, Sent)> = all.into_iter().enumerate().collect();
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        between in prop::collection::vec(
            prop_oneof![
                3 => Just(Between::Nothing),
                9 => Just(Between::Together),
                2 => Just(Between::Again),
                1 => Just(Between::Restart),
                1 => Just(Between::Kill),
            ],
            1..24,
        ),
    ) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let in_order = play(one.path(), &ordered, &[Between::Nothing]);
        prop_assert_eq!(play(other.path(), &shuffled, &between), in_order);
    }
}

/// Hears marks as whoever keeps counts does.
fn hear(marks: &mut BTreeMap<EventId, Flags>, news: &Committed) {
    for key in &news.events {
        marks.insert(key.id, key.flags);
    }
    for (event, flags) in &news.repeated {
        let known = marks.get_mut(event).unwrap();
        *known = known.with(Flags(flags.0 & !Flags::CHANGED.0));
    }
    for (event, flags) in &news.compared {
        let known = marks.get_mut(event).unwrap();
        *known = Flags((known.0 & !Flags::CHANGED.0) | (flags.0 & Flags::CHANGED.0));
    }
}

#[test]
fn who_comes_late_is_the_state_before_and_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let marks: Arc<Mutex<BTreeMap<EventId, Flags>>> = Arc::default();
    let heard = marks.clone();
    let on_commit = move |news: &Committed| hear(&mut heard.lock().unwrap(), news);
    let store = Store::open(folder.path(), Options::default(), Box::new(on_commit)).unwrap();
    let fields = |event| fields_of(&store.reader, event);
    let none = Vec::<String>::new();
    let first = arrives(&store, "6", &state(5, 0, "\"Notes\":\"a\","), NOW);
    let last = arrives(
        &store,
        "7",
        &state(5, 30, "\"Notes\":\"b\",\"Online\":true,"),
        NOW + 1,
    );
    assert_eq!(
        (fields(first), fields(last)),
        (none.clone(), vec!["Notes".to_owned(), "Online".into()])
    );
    // Between them, as the last one left it: now it was this one that changed something.
    let between = arrives(
        &store,
        "7",
        &state(5, 20, "\"Notes\":\"b\",\"Online\":1,"),
        NOW + 2,
    );
    assert_eq!(fields(between), ["Notes", "Online"]);
    let kept = kept(&store.reader);
    assert_eq!(kept, expected(&store.reader));
    // `true` is not the number 1.
    assert_eq!(fields(last), ["Online"]);
    let nearer = arrives(
        &store,
        "7",
        &state(5, 25, "\"Notes\":\"b\",\"Online\":true,"),
        NOW + 3,
    );
    assert_eq!(
        (fields(nearer), fields(last)),
        (vec!["Online".to_owned()], none.clone())
    );
    // Before all: the first has a state before now.
    let earliest = arrives(&store, "7", &state(5, -10, "\"Notes\":\"\","), NOW + 4);
    assert_eq!(
        (fields(earliest), fields(first)),
        (none, vec!["Notes".to_owned()])
    );
    let reader = store.reader.clone();
    store.close();
    let flags: BTreeMap<EventId, Flags> = events(&reader)
        .into_iter()
        .map(|event| (event.id, event.flags))
        .collect();
    assert_eq!(*marks.lock().unwrap(), flags);
    assert!(!flags[&last].has(Flags::CHANGED) && flags[&first].has(Flags::CHANGED));
}

/// As programs before the short form wrote it; of the kinds of pieces that stand here.
fn as_older_programs_wrote(saying: &Saying) -> String {
    let mut line = format!("\u{1f}{}", saying.message());
    for (name, piece) in saying.pieces() {
        match piece {
            Piece::Word(word) => line += &format!("\u{1f}{name}=w{word}"),
            Piece::Text(text) => line += &format!("\u{1f}{name}=t{text}"),
            other => panic!("{other:?}"),
        }
    }
    line
}

#[test]
fn a_row_of_an_older_program_that_says_the_same_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    arrives(&store, "6", &state(5, 0, "\"Notes\":\"a\","), NOW);
    let last = arrives(&store, "7", &state(5, 30, "\"Notes\":\"b\","), NOW + 1);
    let row = |store: &Store| store.reader.rows(&[last]).unwrap().remove(0);
    let before = row(&store);
    store.close();

    let db = Connection::open(path(folder.path())).unwrap();
    let older = as_older_programs_wrote(&before.saying);
    let update = "UPDATE event SET sentence = ?2 WHERE id = ?1 AND sentence <> ?2";
    assert_eq!(db.execute(update, (last.0, &older)).unwrap(), 1);
    drop(db);

    // Between them, as the first one left it: the last one is compared anew, and did what it did.
    let store = open_with(folder.path(), Options::default());
    arrives(&store, "7", &state(5, 20, "\"Notes\":\"a\","), NOW + 2);
    let after = row(&store);
    assert_eq!((after.saying, after.flags), (before.saying, before.flags));
    store.close();
    let db = Connection::open(path(folder.path())).unwrap();
    let kept: String = db
        .query_row("SELECT sentence FROM event WHERE id = ?1", [last.0], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(kept, older);
}

#[test]
fn names_of_fields_come_to_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    let many = |from: usize, to: usize| -> String { (from..to).map(|n| format!("\"F{n}\":1,")).collect() };
    arrives(&store, "6", &state(1, 0, ""), NOW);
    let first = arrives(&store, "7", &state(1, 1, &many(0, 400)), NOW + 1);
    assert_eq!(fields_of(&store.reader, first).len(), 300);
    for n in 1..40 {
        arrives(
            &store,
            "7",
            &state(1, 1 + n, &many(n as usize * 300, n as usize * 300 + 150)),
            NOW + 1 + n,
        );
    }
    assert_eq!(store.reader.fields().unwrap().len(), 5_000);
    // What has a name goes on having one; the others are marked all the same.
    let known = arrives(
        &store,
        "7",
        &state(1, 50, &(many(0, 2) + &many(11_700, 11_850))),
        NOW + 50,
    );
    assert_eq!(fields_of(&store.reader, known), ["F0", "F1"]);
    let long = format!("\"{}\":1,", "x".repeat(101));
    let unnamed = arrives(
        &store,
        "7",
        &state(1, 51, &(many(0, 2) + &many(11_700, 11_850) + &long)),
        NOW + 51,
    );
    assert!(fields_of(&store.reader, unnamed).is_empty());
    assert!(
        store
            .reader
            .event(unnamed)
            .unwrap()
            .unwrap()
            .flags
            .has(Flags::CHANGED)
    );
    let (field, name) = store.reader.fields().unwrap()[0].clone();
    assert_eq!(store.reader.field(&name.to_uppercase()).unwrap(), Some(field));
    assert_eq!(store.reader.field("NoSuchField").unwrap(), None);
    assert!(store.reader.events_with_change("NoSuchField").unwrap().is_empty());
}

#[test]
fn a_body_that_cannot_be_unpacked_is_not_compared_and_keeps_nothing_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    let first = arrives(&store, "6", &state(1, 0, "\"Notes\":1,"), NOW);
    let db = Connection::open(path(folder.path())).unwrap();
    db.execute("UPDATE delivery SET body = x'00', dictionary = 77", [])
        .unwrap();
    let second = arrives(&store, "7", &state(1, 1, "\"Notes\":2,"), NOW + 1);
    let third = arrives(&store, "7", &state(1, 2, "\"Notes\":3,"), NOW + 2);
    let changed = |event| {
        store
            .reader
            .event(event)
            .unwrap()
            .unwrap()
            .flags
            .has(Flags::CHANGED)
    };
    assert_eq!((changed(second), changed(third)), (false, true));
    assert!(matches!(
        store.reader.state_before(second),
        Err(StoreError::Body(_))
    ));
    assert_eq!(store.reader.state_before(third).unwrap().unwrap().event, second);
    assert_eq!(store.reader.state_before(first).unwrap(), None);
    assert_eq!(store.reader.state_before(EventId(1)).unwrap(), None);
    store.writer.healthy().unwrap();
}

#[test]
fn things_of_an_unknown_kind_are_not_compared_by_their_id() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    arrives(&store, "SomethingNew", r#"{"Id":9,"A":1}"#, NOW);
    let other = arrives(&store, "SomethingElse", r#"{"Id":9,"A":2}"#, NOW + 1);
    assert!(
        !store
            .reader
            .event(other)
            .unwrap()
            .unwrap()
            .flags
            .has(Flags::CHANGED)
    );
    assert_eq!(store.reader.state_before(other).unwrap(), None);
}

#[test]
fn several_objects_of_one_body_are_compared_each_with_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    let both = |minute, a: &str, b: &str| {
        let (one, other) = (state(1, minute, a), state(2, minute, b));
        format!("{},{}", &one[..one.len() - 1], &other[1..])
    };
    arrives(&store, "6", &both(0, "\"A\":1,", "\"B\":1,"), NOW);
    arrives(&store, "7", &both(1, "\"A\":2,", "\"B\":2,\"C\":3,"), NOW + 1);
    assert_eq!(kept(&store.reader), expected(&store.reader));
    assert_eq!(store.reader.events_with_change("C").unwrap().len(), 1);
    // The same entity twice in one body: the later place has the earlier one before it.
    arrives(
        &store,
        "7",
        &both(2, "\"A\":3,", "\"D\":4,").replace("\"Id\":2", "\"Id\":1"),
        NOW + 2,
    );
    assert_eq!(kept(&store.reader), expected(&store.reader));
}

#[test]
fn a_state_is_looked_for_among_the_nearest_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    // Placed by when it was changed …
    let update = arrives(&store, "7", &state(1, -60, "\"Notes\":0,"), NOW);
    // … and these by their arrival, with states from before that.
    let told_late = |n: i64| arrives(&store, "8", &state(1, -70 - n, "\"Notes\":1,"), NOW + n);
    let late: Vec<EventId> = (1..=i64::from(NEIGHBOURS)).map(told_late).collect();
    let last = arrives(&store, "8", &state(1, 0, "\"Notes\":2,"), NOW + 100);
    let newest = arrives(&store, "8", &state(1, 1, "\"Notes\":3,"), NOW + 101);
    let before = |event| store.reader.state_before(event).unwrap().unwrap().event;
    assert!(update < late[0] && late.is_sorted());
    // The update is the ninth before this one: of the eight nearer ones the first told of was changed last.
    assert_eq!(before(last), late[0]);
    assert_eq!(before(newest), last);
    assert_eq!(kept(&store.reader), expected(&store.reader));
}

#[test]
fn a_kill_before_changes_are_found_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let running = open_with(folder.path(), options(1000));
    // Told and compared before …
    arrives(&running, "6", &state(1, 0, "\"Notes\":1,"), NOW);
    arrives(&running, "7", &state(1, 9, "\"Notes\":2,"), NOW + 1);
    running.close();
    let running = open_with(folder.path(), options(1000));
    // … and what comes between them, and others, waits.
    arrives(&running, "7", &state(1, 5, "\"Notes\":2,\"Online\":1,"), NOW + 2);
    arrives(&running, "6", &state(2, 0, "\"Notes\":1,"), NOW + 3);
    arrives(&running, "7", &state(2, 3, "\"Tentative\":1,"), NOW + 4);
    assert_eq!(running.reader.fields().unwrap().len(), 1);
    let left = killed(folder.path());
    let kept_alive = running.reader.clone();
    running.close();
    for _ in 0..2 {
        let store = open_with(left.path(), options(1000));
        assert_eq!(kept(&store.reader), kept(&kept_alive));
        assert_eq!(kept(&store.reader), expected(&store.reader));
        store.close();
    }
    assert_eq!(kept_alive.fields().unwrap().len(), 3);
}

#[test]
fn a_full_disk_puts_changes_off_and_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let full = Options {
        most_pages: Some(140),
        ..options(16)
    };
    let store = open_with(folder.path(), full);
    let (mut kept_events, mut refused) = (0, 0);
    for n in 0..600 {
        // Fields of its own each time: they need room where the events do not.
        let body = state(
            n % 7,
            n,
            &format!("\"Notes\":\"{}\",\"F{n}\":1,", format!("café {n}").repeat(30)),
        );
        let incoming = delivery(&store.writer, "7", &body, NOW + n);
        match store.writer.store_blocking(incoming) {
            Ok(_) => kept_events += 1,
            Err(StoreError::Full) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(kept_events > 16 && refused > 0, "{kept_events} {refused}");
    store.close();
    let store = open_with(folder.path(), options(16));
    assert_eq!(events(&store.reader).len(), kept_events);
    assert_eq!(kept(&store.reader), expected(&store.reader));
    arrives(&store, "7", &state(1, 700, "\"F1\":2,\"New\":1,"), NOW + 700);
    let reader = store.reader.clone();
    store.close();
    assert_eq!(kept(&reader), expected(&reader));
}

/// The way into what changed goes by a key, and sorts nothing.
#[test]
fn the_list_of_a_field_enters_by_a_key_and_nothing_is_sorted() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_with(folder.path(), Options::default());
    let plan = store.reader.read(|db| {
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {WITH_CHANGE}"))?;
        let steps = explain.query_map([1], |row| row.get::<_, String>(3))?;
        Ok(steps.collect::<Result<Vec<_>, _>>()?)
    });
    let plan = plan.unwrap().join("\n");
    assert!(
        plan.starts_with("SEARCH") && plan.contains("PRIMARY KEY (field=?)"),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE") && !plan.contains('\n'), "{plan}");
}
