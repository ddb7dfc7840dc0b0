//! Databases of every format that has shipped can be opened, and nothing in them is lost.
//! The fixtures are made by `examples/fixture.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::*;

/// A data folder with the database of a format in it.
fn folder_of(packed: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = zstd::decode_all(packed).unwrap();
    std::fs::write(path(folder.path()), file).unwrap();
    folder
}

#[test]
fn a_database_of_format_1_is_read_and_written() {
    let folder = folder_of(include_bytes!("fixtures/format-1.db.zst"));
    goes_on(&folder, FORMAT_1);
    // The ledger begins when there is one.
    let reader = Reader::open(folder.path()).unwrap();
    assert_eq!(reader.gaps(None, 10).unwrap(), []);
    assert_eq!(
        (reader.alive_at().unwrap(), reader.ledger_since().unwrap()),
        (None, None)
    );
    assert!(folder.path().join("backup/nexwatch-format-1.db").exists());
}

#[test]
fn a_database_of_format_2_is_read_and_written() {
    let folder = folder_of(include_bytes!("fixtures/format-2.db.zst"));
    goes_on(&folder, FORMAT_1);
    let reader = Reader::open(folder.path()).unwrap();
    let told: Vec<(i64, Option<i64>, Vec<Cause>)> = reader
        .gaps(None, 10)
        .unwrap()
        .iter()
        .map(|gap| {
            let to = gap.to.map(|to| to - NOW);
            (
                gap.from - NOW,
                to,
                gap.causes.iter().map(|cause| cause.cause).collect(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (90_000, None, vec![Cause::Sleep]),
            (10_000, Some(25_000), vec![Cause::Closed, Cause::Tunnel])
        ]
    );
    assert_eq!(reader.open_gap().unwrap().map(|gap| gap.from), Some(NOW + 90_000));
    assert_eq!(reader.alive_at().unwrap(), Some(NOW + 90_000));
    assert_eq!(reader.ledger_since().unwrap(), Some(NOW));
    let reached = reader.reach_history(10).unwrap();
    assert_eq!((reached.len(), reached[0].way.as_str()), (1, "own"));
    assert_eq!(
        reader.gaps_since(NOW + 20_000, NOW + 100_000).unwrap(),
        (2, 15_000)
    );
    assert_eq!(reader.gap_count().unwrap(), 2);
}

#[test]
fn what_comes_to_an_older_database_is_compared_with_what_is_there() {
    let folder = folder_of(include_bytes!("fixtures/format-2.db.zst"));
    let store = open(folder.path());
    let before = events(&store.reader);
    assert!(
        before
            .iter()
            .all(|event| event.head.is_none() && !event.flags.has(Flags::CHANGED))
    );
    // The room of older bookings is learnt from one of them, when the next one tells it; and older events lead and follow.
    let noted = booking(2, "2026-06-09T09:11:00.5Z").replace("café", "tea");
    let route = Route {
        action: Some("7".into()),
        location: Some(77),
    };
    let incoming = incoming(&store.writer, route, noted.as_bytes(), NOW + 9_000);
    store.writer.store_blocking(incoming).unwrap();
    let check_in =
        r#"[{"CoworkerId":5,"CoworkerFullName":"Ana 5","Id":90,"UpdatedOn":"2026-06-09T10:13:25.5Z"}]"#;
    store
        .writer
        .store_blocking(delivery(&store.writer, "47", check_in, NOW + 10_000))
        .unwrap();
    let after = events(&store.reader);
    let of = |id: i64, number: u8| {
        let is = |event: &&EventRow| (event.entity_id, event.action.number()) == (Some(id), Some(number));
        after.iter().find(is).unwrap()
    };
    assert!(of(2, 7).flags.has(Flags::CHANGED));
    assert_eq!(store.reader.events_with_change("Notes").unwrap(), [of(2, 7).id]);
    assert_eq!(of(2, 6).location_id, Some(77));
    assert_eq!(of(5, 36).head, Some(of(90, 47).id));
}

#[test]
fn a_database_of_format_3_is_read_and_written() {
    tells_what_it_told(include_bytes!("fixtures/format-3.db.zst"));
}

#[test]
fn a_database_of_format_7_is_read_and_written() {
    tells_what_it_told(include_bytes!("fixtures/format-7.db.zst"));
}

#[test]
fn a_database_of_format_6_is_read_and_written() {
    tells_what_it_told(include_bytes!("fixtures/format-6.db.zst"));
}

#[test]
fn a_database_of_format_5_is_read_and_written() {
    tells_what_it_told(include_bytes!("fixtures/format-5.db.zst"));
}

#[test]
fn a_database_of_format_4_is_read_and_written() {
    tells_what_it_told(include_bytes!("fixtures/format-4.db.zst"));
}

/// Changes, heads, hosts and names of a database since format 3.
fn tells_what_it_told(packed: &[u8]) {
    let folder = folder_of(packed);
    tells(&Reader::open(folder.path()).unwrap());
    goes_on(&folder, FORMAT_3);
    tells(&Reader::open(folder.path()).unwrap());
}

fn tells(reader: &Reader) {
    let all = events(reader);
    let of = |id: i64, number: u8| {
        let is = |event: &&EventRow| (event.entity_id, event.action.number()) == (Some(id), Some(number));
        all.iter().filter(is).map(|event| event.id).collect::<Vec<_>>()
    };
    let updates = of(2, 7);
    assert_eq!(reader.events_with_change("Notes").unwrap(), [updates[0]]);
    assert_eq!(reader.events_with_change("FromTime").unwrap(), [updates[1]]);
    assert_eq!(
        reader.state_before(updates[1]).unwrap().unwrap().event,
        updates[0]
    );
    let head = Some(of(90, 47)[0]);
    let heads = |ids: Vec<EventId>| {
        reader
            .rows(&ids)
            .unwrap()
            .iter()
            .map(|row| row.head)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (heads(of(15, 36)), heads(of(15, 61)), heads(of(90, 47))),
        (vec![head], vec![head], vec![None])
    );
    let host = reader
        .person_keys(nexwatch_nexudus::PersonKind::Customer, 15)
        .unwrap();
    assert_eq!(reader.events_involving(&host).unwrap(), of(31, 42));
    let booking = Tie::entity((nexwatch_nexudus::Entity::Booking, 2));
    let of_booking = reader.read(|db| tied(db, &[booking], EventId::ALL)).unwrap();
    let own: Vec<EventId> = all
        .iter()
        .filter(|event| event.entity == nexwatch_nexudus::Entity::Booking && event.entity_id == Some(2))
        .map(|event| event.id)
        .collect();
    assert!(own.len() > 2);
    assert_eq!(of_booking, own);
    let rooms: Vec<EventId> = all
        .iter()
        .filter(|event| {
            event
                .resource
                .as_ref()
                .is_some_and(|room| room.name == "Blue room")
        })
        .map(|event| event.id)
        .collect();
    let blue = all.iter().find_map(|event| {
        event
            .resource
            .as_ref()
            .filter(|room| room.name == "Blue room")?
            .id
    });
    let keys = reader.resource_keys(blue.unwrap()).unwrap();
    assert_eq!(reader.events_of_resources(&keys).unwrap(), rooms);
    let contact = reader
        .contact(nexwatch_nexudus::PersonKind::Customer, 5)
        .unwrap()
        .unwrap();
    assert_eq!(contact.email.as_deref(), Some("ana@example.com"));
    assert!(
        all.iter()
            .filter(|event| event.entity == nexwatch_nexudus::Entity::Booking
                && !event.flags.has(Flags::UNREADABLE))
            .all(|event| event.location_id == Some(77))
    );
}

#[test]
fn amounts_of_before_are_what_their_sentences_say() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for (action, id) in [("CoworkerInvoiceFailedPayment", 1), ("CoworkerInvoiceUpdate", 2)] {
        let body = format!(
            r#"[{{"BillToName":"Ana Lima","InvoiceNumber":"INV-{id}","TotalAmount":354,"DueAmount":154.5,"CurrencyCode":"GBP","Id":{id},"UpdatedOn":"2026-06-09T10:00:00.5Z"}}]"#
        );
        store
            .writer
            .store_blocking(delivery(&store.writer, action, &body, NOW))
            .unwrap();
    }
    let amounts = |reader: &Reader| -> Vec<(String, Option<String>)> {
        let all = events(reader).into_iter();
        let mut all: Vec<_> = all
            .map(|event| (event.action.name(), event.amount.map(|amount| amount.to_string())))
            .collect();
        all.sort();
        all
    };
    let due = |amount: &str| {
        [
            ("CoworkerInvoiceFailedPayment", amount),
            ("CoworkerInvoiceUpdate", "354.00"),
        ]
        .map(|(action, amount)| (action.to_owned(), Some(amount.to_owned())))
    };
    assert_eq!(amounts(&store.reader), due("154.50"));
    store.close();
    // As version 7 kept them.
    let db = rusqlite::Connection::open(path(folder.path())).unwrap();
    db.execute_batch("UPDATE event SET amount = 3540000; PRAGMA user_version = 7")
        .unwrap();
    drop(db);
    assert_eq!(amounts(&Reader::open(folder.path()).unwrap()), due("354.00"));
    let store = open(folder.path());
    assert_eq!(amounts(&store.reader), due("154.50"));
    store.close();
    assert_eq!(format_of(folder.path()), FORMAT);
    assert!(folder.path().join("backup/nexwatch-format-7.db").exists());
}

#[test]
fn who_reads_an_older_database_goes_on_when_it_is_brought_up_to_date() {
    let folder = folder_of(include_bytes!("fixtures/format-6.db.zst"));
    let reader = Reader::open(folder.path()).unwrap();
    let booking = Tie::entity((nexwatch_nexudus::Entity::Booking, 2));
    let told = || reader.read(|db| tied(db, &[booking], EventId::ALL)).unwrap();
    let before = told();
    assert!(before.len() > 2);
    open(folder.path()).close();
    assert_eq!(format_of(folder.path()), FORMAT);
    assert_eq!(told(), before);
}

fn format_of(folder: &std::path::Path) -> u32 {
    let db = rusqlite::Connection::open(path(folder)).unwrap();
    db.pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

/// What is in it is read; it goes on being written. Says what was in it.
fn goes_on(folder: &tempfile::TempDir, expected: &[Told]) -> Vec<EventRow> {
    // Whoever only reads does not change it, and reads the same as whoever writes.
    let only_reads = Reader::open(folder.path()).unwrap();
    let before = check_events(&only_reads, expected);
    // Since format 4 texts are entered in the new form from the first on.
    assert_eq!(
        only_reads.words_are_prepared().unwrap(),
        format_of(folder.path()) >= 4
    );
    let store = open(folder.path());
    assert_eq!(check_events(&store.reader, expected), before);
    assert!(store.writer.has_matched(SecretId(3)));
    // What came before is found by its words, and soon all of it in the new form.
    while !store.reader.words_are_prepared().unwrap() {
        std::thread::yield_now();
    }
    assert!(is_found(&store.reader, before[0].id, "zoe 1"));
    // What came before is known: a retry of the first delivery makes no new event.
    let first = store.reader.delivery(before[0].delivery).unwrap().unwrap();
    let again = incoming(&store.writer, first.route.clone(), &first.body, NOW + 100_000);
    let stored = store.writer.store_blocking(again).unwrap();
    assert_eq!(
        *stored.outcome(),
        Outcome::Repeat {
            of: vec![before[0].id]
        }
    );
    let new = booking(50, "2026-06-09T10:00:00.5Z");
    store
        .writer
        .store_blocking(delivery(&store.writer, "6", &new, NOW + 200_000))
        .unwrap();
    assert_eq!(events(&store.reader).len(), before.len() + 1);
    store.close();
    assert_eq!(format_of(folder.path()), FORMAT);
    let db = rusqlite::Connection::open(path(folder.path())).unwrap();
    let sound: String = db
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    before
}

/// Action, sentence and marks.
type Told = (&'static str, &'static str, &'static [&'static str]);

fn check_events(reader: &Reader, expected: &[Told]) -> Vec<EventRow> {
    let all = events(reader);
    let told: Vec<(String, String, Vec<&str>)> = all
        .iter()
        .map(|event| (event.action.name(), said(event), event.flags.names()))
        .collect();
    let expected: Vec<(String, String, Vec<&str>)> = expected
        .iter()
        .map(|(action, sentence, flags)| ((*action).to_owned(), (*sentence).to_owned(), flags.to_vec()))
        .collect();
    assert_eq!(told, expected);
    let first = all.iter().find(|event| event.entity_id == Some(1)).unwrap();
    assert_eq!((first.location_id, first.repeats), (Some(77), 2));
    let repeats = reader.repeats(first.id).unwrap();
    assert_eq!(
        repeats.iter().map(|repeat| repeat.identical).collect::<Vec<_>>(),
        [true, false]
    );
    let kept = reader.delivery(first.delivery).unwrap().unwrap();
    assert_eq!(kept.body, booking(1, "2026-06-09T08:10:20.1234567Z").into_bytes());
    assert_eq!(
        kept.headers,
        [("content-type".to_owned(), "application/json".to_owned())]
    );
    let many = all.iter().find(|event| event.entity_id == Some(4)).unwrap();
    assert_eq!(
        (
            many.position,
            reader.delivery(many.delivery).unwrap().unwrap().events
        ),
        (1, 2)
    );
    let quarantine = reader.quarantine(None, 10).unwrap();
    assert_eq!(
        quarantine.iter().map(|row| row.arrivals).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(reader.setting("greeting").unwrap().as_deref(), Some("hello"));
    all
}

#[rustfmt::skip]
const FORMAT_1: &[Told] = &[
    ("BookingCreate", "Zoë 1 booked Blue room for 9 Jun 09:00–10:00 UTC", &["repeat"]),
    ("BookingCreate", "Zoë 2 booked Blue room for 9 Jun 09:00–10:00 UTC", &["unsigned"]),
    ("BookingCreate", "Zoë 3 booked Blue room for 9 Jun 09:00–10:00 UTC", &[]),
    ("BookingCreate", "Zoë 4 booked Blue room for 9 Jun 09:00–10:00 UTC", &[]),
    ("BookingUpdate", "Booking of Blue room by Zoë 1 was changed: 9 Jun 09:00–10:00 UTC", &[]),
    ("BookingDelete", "Booking of Blue room by Zoë 1 for 9 Jun 09:00–10:00 UTC was deleted", &[]),
    ("CoworkerCheckin", "Ana 5 checked in", &["unsigned"]),
    ("Coworker?", "Ana 6", &["inferred", "unsigned"]),
    ("SomethingNew", "SomethingNew", &["unsigned", "sample"]),
    ("BookingCreate", "Booking created: its body is not readable as JSON", &["unsigned", "unreadable"]),
    ("CoworkerCheckin", "Ana 5 checked in", &["unsigned"]),
];

#[rustfmt::skip]
const FORMAT_3: &[Told] = &[
    ("BookingCreate", "Zoë 1 booked Blue room for 9 Jun 2026 09:00–10:00", &["repeat"]),
    ("BookingCreate", "Zoë 2 booked Blue room for 9 Jun 2026 09:00–10:00", &["unsigned"]),
    ("BookingCreate", "Zoë 3 booked Blue room for 9 Jun 2026 09:00–10:00", &[]),
    ("BookingCreate", "Zoë 4 booked Blue room for 9 Jun 2026 09:00–10:00", &[]),
    ("BookingUpdate", "Zoë 1’s booking of Blue room for 9 Jun 2026 09:00–10:00 was saved without a change", &[]),
    ("BookingUpdate", "Zoë 2’s booking of Blue room for 9 Jun 2026 09:00–10:00 was changed: the notes", &["unsigned", "changed"]),
    ("BookingUpdate", "Zoë 2’s booking of Blue room was extended from 9 Jun 2026 09:00–10:00 to 08:00–10:00", &["unsigned", "changed"]),
    ("BookingDelete", "Zoë 1’s booking of Blue room for 9 Jun 2026 09:00–10:00 was cancelled", &[]),
    ("CoworkerCheckin", "Ana 5 checked in", &["unsigned"]),
    ("Coworker?", "Ana 6", &["inferred", "unsigned"]),
    ("SomethingNew", "Something new", &["unsigned", "sample"]),
    ("BookingCreate", "Booking created: its body is not readable as JSON", &["unsigned", "unreadable"]),
    ("CoworkerCheckin", "Ana 5 checked in", &["unsigned"]),
    ("CoworkerCheckin", "Ana 15 checked in", &[]),
    ("CheckinCreated", "Ana 15 checked in", &[]),
    ("AccessControlUpdate", "Access rights of Ana 15 were updated", &[]),
    ("VisitorRegistered", "Vera Blum is expected 10 Jun 2026 08:00 to see Ana 15", &[]),
    ("DeliveryCreated", "Parcel arrived for Ana 5", &[]),
];
