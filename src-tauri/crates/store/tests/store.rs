//! The store as its users see it.

mod common;
use common::*;
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::*;
use std::sync::{Arc, Mutex};

#[test]
fn keeps_what_it_acknowledged_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let body = booking(5, "2026-06-09T08:13:20.1234567Z");
    let stored = store
        .writer
        .store_blocking(delivery(&store.writer, "BookingCreate", &body, NOW))
        .unwrap();
    let Outcome::New {
        delivery: id,
        events: ids,
    } = stored.outcome().clone()
    else {
        panic!()
    };
    store.close();

    let store = open(folder.path());
    let event = store.reader.event(ids[0]).unwrap().unwrap();
    assert_eq!(said(&event), "Zoë 5 booked Blue room for 9 Jun 2026 09:00–10:00");
    assert_eq!(
        (event.entity_id, event.location_id, event.delivery),
        (Some(5), None, id)
    );
    assert_eq!(event.resource.unwrap().name, "Blue room");
    assert_eq!(event.happened_at, 1_780_992_800_123);
    assert_eq!(store.reader.body(id).unwrap().unwrap(), body.as_bytes());
    let kept = store.reader.delivery(id).unwrap().unwrap();
    assert_eq!(
        kept.headers,
        [("content-type".to_owned(), "application/json".to_owned())]
    );
    assert_eq!(kept.route.action.as_deref(), Some("BookingCreate"));
}

#[test]
fn ids_are_places_in_time_and_a_full_millisecond_spills_over() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for id in 0..600 {
        let at = if id % 3 == 0 { NOW - 5000 } else { NOW };
        store
            .writer
            .store_blocking(delivery(&store.writer, "CoworkerCheckin", &customer(id), at))
            .unwrap();
    }
    let all = events(&store.reader);
    assert_eq!(all.len(), 600);
    assert!(all.windows(2).all(|pair| pair[0].id < pair[1].id));
    assert!(
        all.windows(2)
            .all(|pair| pair[0].happened_at <= pair[1].happened_at)
    );
    assert_eq!(all.iter().filter(|event| event.happened_at == NOW).count(), 400);
    let room = 1 << EventId::BITS;
    for full in 0..400 / room {
        let there = all.iter().filter(|event| event.id.at() == NOW + full).count();
        assert_eq!(there as i64, room, "{full}");
    }
}

#[test]
fn one_program_at_a_time_but_any_reader() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        Reader::open(folder.path()),
        Err(StoreError::NotThere(_))
    ));
    let store = open(folder.path());
    let second = Store::open(folder.path(), Options::default(), Box::new(|_| {}));
    assert!(matches!(second, Err(StoreError::InUse(_))));
    store
        .writer
        .store_blocking(delivery(&store.writer, "3", &customer(1), NOW))
        .unwrap();
    assert_eq!(events(&Reader::open(folder.path()).unwrap()).len(), 1);
    store.close();
    assert_eq!(events(&Reader::open(folder.path()).unwrap()).len(), 1);
    open(folder.path()).close();
}

#[test]
fn strange_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path());
    let refused = || {
        Store::open(folder.path(), Options::default(), Box::new(|_| {}))
            .err()
            .unwrap()
    };
    std::fs::write(
        &file,
        b"this is no database at all, but a long enough text to look like one".repeat(20),
    )
    .unwrap();
    assert!(matches!(refused(), StoreError::NotOurs(_)), "{:?}", refused());
    std::fs::remove_file(&file).unwrap();
    Connection::open(&file)
        .unwrap()
        .execute_batch("CREATE TABLE other(x)")
        .unwrap();
    assert!(matches!(refused(), StoreError::NotOurs(_)));
    std::fs::remove_file(&file).unwrap();
    open(folder.path()).close();
    Connection::open(&file)
        .unwrap()
        .execute_batch("PRAGMA user_version=99")
        .unwrap();
    assert!(matches!(refused(), StoreError::Newer { found: 99, .. }));
    assert!(refused().to_string().contains("newer Nexwatch"));
    assert!(matches!(
        Reader::open(folder.path()),
        Err(StoreError::Newer { .. })
    ));
}

#[test]
fn a_full_disk_is_said_and_nothing_is_half_kept() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        most_pages: Some(120),
        ..Options::default()
    };
    let store = Store::open(folder.path(), options, Box::new(|_| {})).unwrap();
    let mut kept = 0;
    let mut refused = 0;
    for id in 0..400 {
        // Bodies that do not compress.
        let noise: String = (0..3000_u64)
            .map(|n| char::from(33 + ((n * n * 7919 + id * 104_729 + n * id) % 90) as u8))
            .collect();
        let body = customer(id as i64).replace("ana@example.com", &noise.replace(['"', '\\'], "x"));
        match store
            .writer
            .store_blocking(delivery(&store.writer, "3", &body, NOW))
        {
            Ok(_) => kept += 1,
            Err(StoreError::Full) => {
                refused += 1;
                assert!(matches!(store.writer.healthy(), Err(StoreError::Full)));
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert!(kept > 0 && refused > 0, "{kept} {refused}");
    store.close();
    let store = open(folder.path());
    assert_eq!(events(&store.reader).len(), kept);
    store
        .writer
        .store_blocking(delivery(&store.writer, "3", &customer(9999), NOW))
        .unwrap();
    store.writer.healthy().unwrap();
    let sound: String = store
        .reader
        .read(|db| Ok(db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(sound, "ok");
}

#[test]
fn a_reader_that_takes_long_does_not_hold_up_the_writer() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for id in 0..50 {
        store
            .writer
            .store_blocking(delivery(&store.writer, "3", &customer(id), NOW))
            .unwrap();
    }
    store
        .reader
        .read(|db| {
            let mut rows = db.prepare("SELECT id FROM event").unwrap();
            let mut rows = rows.query([]).unwrap();
            rows.next().unwrap();
            for id in 100..150 {
                store
                    .writer
                    .store_blocking(delivery(&store.writer, "3", &customer(id), NOW))
                    .unwrap();
            }
            let mut seen = 1;
            while rows.next().unwrap().is_some() {
                seen += 1;
            }
            assert_eq!(seen, 50);
            Ok(())
        })
        .unwrap();
    assert_eq!(events(&store.reader).len(), 100);
}

#[test]
fn many_at_once_are_all_answered_and_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = told.clone();
    let hook =
        Box::new(move |news: &Committed| heard.lock().unwrap().extend(news.events.iter().map(|key| key.id)));
    let store = Store::open(folder.path(), Options::default(), hook).unwrap();
    let mut ids: Vec<EventId> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let writer = store.writer.clone();
                scope.spawn(move || {
                    (0..100)
                        .map(|i| {
                            let body = booking(n * 1000 + i, "2026-06-09T08:13:20.1234567Z");
                            let stored = writer.store_blocking(delivery(&writer, "6", &body, NOW)).unwrap();
                            match stored.outcome() {
                                Outcome::New { events, .. } => events[0],
                                Outcome::Repeat { .. } => panic!("no repeats here"),
                            }
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    ids.sort();
    let reader = store.reader.clone();
    store.close();
    let mut told = told.lock().unwrap().clone();
    told.sort();
    assert_eq!(told, ids);
    assert_eq!(
        events(&reader).iter().map(|event| event.id).collect::<Vec<_>>(),
        ids
    );
    let found: u32 = reader
        .read(|db| {
            Ok(db.query_row(
                "SELECT count(*) FROM words WHERE words MATCH '\"cafe\" AND \"zoe\"'",
                [],
                |row| row.get(0),
            )?)
        })
        .unwrap();
    assert_eq!(found, 800);
}

#[tokio::test]
async fn limits_can_be_changed_while_it_is_open() {
    const HOUR: i64 = 3_600_000;
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let writer = &store.writer;
    let body = booking(5, "2026-06-09T08:13:20.1234567Z");
    let arrives = async |at| {
        let incoming = delivery(writer, "BookingCreate", &body, at);
        let stored = writer.store(incoming).unwrap().await.unwrap();
        matches!(stored.outcome(), Outcome::New { .. })
    };
    let fails = async |n: i64| {
        let suspect = Suspect {
            received_at: NOW + n,
            source: Source::Webhook,
            route: Route::default(),
            headers: vec![],
            signature: None,
            reason: Refusal::Missing,
            body: writer.pack(format!("[{n}]").as_bytes()),
        };
        writer.quarantine(suspect).unwrap().await.unwrap();
        store.reader.quarantine_count().unwrap().count
    };
    assert!(arrives(NOW).await);
    assert!(!arrives(NOW + 3 * HOUR).await);
    assert_eq!((fails(1).await, fails(2).await, fails(3).await), (1, 2, 3));

    let short = std::time::Duration::from_secs(2 * 3600);
    writer.set_limits(short, 2);
    // Later than a retry comes now: an event of its own.
    assert!(arrives(NOW + 3 * HOUR).await);
    assert!(!arrives(NOW + 4 * HOUR).await);
    assert_eq!((fails(4).await, fails(5).await), (2, 2));
    writer.set_limits(short, 3);
    assert_eq!((fails(6).await, fails(7).await), (3, 3));
}

/// A stranger who makes up a route and headers each time takes no more room than the quarantine has.
#[tokio::test]
async fn what_only_suspects_had_goes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        quarantine_count: 3,
        ..Options::default()
    };
    let store = Store::open(folder.path(), options, Box::new(|_| {})).unwrap();
    let writer = &store.writer;
    let route = |n: i64| Route {
        action: Some(format!("made-up-{n}")),
        location: Some(n),
    };
    let headers = |n: i64| vec![("x-nexudus-made-up".to_owned(), n.to_string())];
    let suspect = |n: i64| Suspect {
        received_at: NOW + n,
        source: Source::Webhook,
        route: route(n),
        headers: headers(n),
        signature: None,
        reason: Refusal::Missing,
        body: writer.pack(format!("[{n}]").as_bytes()),
    };
    let flood = async |from: i64, to: i64| {
        for first in (from..to).step_by(500) {
            let some = first..(first + 500).min(to);
            let all: Vec<_> = some.map(|n| writer.quarantine(suspect(n)).unwrap()).collect();
            for kept in all {
                kept.await.unwrap();
            }
        }
    };
    flood(1, 4_001).await;
    let db = Connection::open(path(folder.path())).unwrap();
    let rows = |of: &str| -> i64 {
        let count = format!("SELECT count(*) FROM {of} WHERE id < 0");
        db.query_row(&count, [], |row| row.get(0)).unwrap()
    };
    assert!((3..=1_003).contains(&rows("headers")), "{}", rows("headers"));
    assert!((3..=1_003).contains(&rows("route")), "{}", rows("route"));

    // A delivery that came by the same way keeps it for good; the suspect has it still.
    let mut genuine = delivery(writer, "6", r#"[{"Id":1}]"#, NOW);
    (genuine.route, genuine.headers) = (route(4_000), headers(4_000));
    let stored = writer.store(genuine).unwrap().await.unwrap();
    let Outcome::New { delivery: id, .. } = stored.outcome() else {
        panic!()
    };
    let kept = store.reader.delivery(*id).unwrap().unwrap();
    assert_eq!((kept.route, kept.headers), (route(4_000), headers(4_000)));
    let newest = store.reader.quarantine(None, 1).unwrap().remove(0);
    assert_eq!((newest.route, newest.headers), (route(4_000), headers(4_000)));
    let (discarding, upto) = (writer.clone(), Discard::UpTo(newest.id));
    let discarded = tokio::task::spawn_blocking(move || discarding.discard_blocking(upto)).await;
    assert_eq!(discarded.unwrap().unwrap(), 3);
    flood(5_000, 6_100).await;
    assert!(rows("headers") <= 1_003);
    assert_eq!(
        store.reader.delivery(*id).unwrap().unwrap().headers,
        headers(4_000)
    );
}

#[tokio::test]
async fn quarantine_counts_caps_and_releases() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        quarantine_count: 3,
        ..Options::default()
    };
    let store = Store::open(folder.path(), options, Box::new(|_| {})).unwrap();
    let suspect = |body: &str, at| Suspect {
        received_at: at,
        source: Source::Webhook,
        route: Route {
            action: Some("6".into()),
            location: Some(4),
        },
        headers: vec![],
        signature: Some("00".into()),
        reason: Refusal::Wrong,
        body: store.writer.pack(body.as_bytes()),
    };
    let first = store
        .writer
        .quarantine(suspect("[1]", NOW))
        .unwrap()
        .await
        .unwrap();
    let again = store
        .writer
        .quarantine(suspect("[1]", NOW + 9))
        .unwrap()
        .await
        .unwrap();
    assert_eq!(
        (first.id, first.arrivals, again.id, again.arrivals),
        (again.id, 1, again.id, 2)
    );
    for n in 2..6 {
        store
            .writer
            .quarantine(suspect(&format!("[{n}]"), NOW + n))
            .unwrap()
            .await
            .unwrap();
    }
    let reader = store.reader.clone();
    let (count, items) = tokio::task::spawn_blocking(move || {
        (
            reader.quarantine_count().unwrap(),
            reader.quarantine(None, 10).unwrap(),
        )
    })
    .await
    .unwrap();
    assert_eq!(
        count,
        QuarantineCount {
            count: 3,
            newest: Some(NOW + 5),
            dropped: 2
        }
    );
    assert_eq!(
        items
            .iter()
            .flat_map(|item| item.body.clone())
            .collect::<Vec<_>>(),
        [b"[5]", b"[4]", b"[3]"]
    );
    let mut released = incoming(
        &store.writer,
        items[1].route.clone(),
        items[1].body.as_deref().unwrap(),
        items[1].received_at,
    );
    released.released = Some(items[1].id);
    released.signature = Signature::Verified {
        rule: SignatureRule::AsciiFolded,
        secret: SecretId(77),
    };
    assert!(!store.writer.has_matched(SecretId(77)));
    store.writer.store(released).unwrap().await.unwrap();
    assert!(store.writer.has_matched(SecretId(77)));
    let reader = store.reader.clone();
    let (count, all, marks) = tokio::task::spawn_blocking(move || {
        (
            reader.quarantine_count().unwrap().count,
            events(&reader),
            reader.secret_marks().unwrap(),
        )
    })
    .await
    .unwrap();
    assert_eq!((count, all.len(), all[0].happened_at), (2, 1, NOW + 4));
    assert!(all[0].flags.has(Flags::RELEASED));
    assert_eq!(
        marks,
        [SecretMark {
            secret: SecretId(77),
            first_matched: NOW + 4,
            last_matched: NOW + 4
        }]
    );
}

#[tokio::test]
async fn what_is_discarded_is_gone_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (writer, reader) = (store.writer.clone(), store.reader.clone());
    let keep = async |n: i64| {
        let suspect = Suspect {
            received_at: NOW + n,
            source: Source::Webhook,
            route: Route::default(),
            headers: vec![],
            signature: None,
            reason: Refusal::Missing,
            body: writer.pack(format!("[{n}]").as_bytes()),
        };
        writer.quarantine(suspect).unwrap().await.unwrap().id
    };
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(keep(n).await);
    }
    let discard = async |what: Discard| {
        let writer = writer.clone();
        let discarded = tokio::task::spawn_blocking(move || writer.discard_blocking(what));
        discarded.await.unwrap().unwrap()
    };
    let left = || -> Vec<i64> {
        let all = reader.quarantine(None, 10).unwrap();
        all.iter().map(|kept| kept.id).collect()
    };
    assert_eq!(discard(Discard::These(vec![ids[3], ids[3], 9999])).await, 1);
    assert_eq!(left(), [ids[4], ids[2], ids[1], ids[0]]);
    assert_eq!(discard(Discard::UpTo(ids[1])).await, 2);
    assert_eq!(left(), [ids[4], ids[2]]);
    let count = reader.quarantine_count().unwrap();
    assert_eq!((count.count, count.newest, count.dropped), (2, Some(NOW + 4), 0));
    assert_eq!(discard(Discard::UpTo(i64::MAX)).await, 2);
    assert_eq!(reader.quarantine_count().unwrap(), QuarantineCount::default());
    // Whoever still has an old list must not discard what is new.
    assert!(keep(9).await > ids[4]);
}

#[test]
fn a_closed_store_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let writer = store.writer.clone();
    store.close();
    assert!(matches!(
        writer.store_blocking(delivery(&writer, "3", &customer(1), NOW)),
        Err(StoreError::Closed)
    ));
}

#[tokio::test]
async fn a_quarantined_body_that_is_damaged_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let body = |id| booking(id, "2026-06-09T08:13:20.1234567Z");
    for id in 0..3 {
        let suspect = Suspect {
            received_at: NOW + id,
            source: Source::Webhook,
            route: Route::default(),
            headers: vec![],
            signature: Some("00".into()),
            reason: Refusal::Wrong,
            body: store.writer.pack(body(id).as_bytes()),
        };
        store.writer.quarantine(suspect).unwrap().await.unwrap();
    }
    let reader = store.reader.clone();
    let rows = tokio::task::spawn_blocking(move || {
        Connection::open(path(folder.path()))
            .unwrap()
            .execute("UPDATE quarantine SET body = x'00' WHERE id = 2", [])
            .unwrap();
        reader.quarantine(None, 10).unwrap()
    })
    .await
    .unwrap();
    let shown: Vec<(i64, Option<Vec<u8>>)> = rows.into_iter().map(|row| (row.id, row.body)).collect();
    let whole = |id| Some(body(id).into_bytes());
    assert_eq!(shown, [(3, whole(2)), (2, None), (1, whole(0))]);
}

#[test]
fn what_events_belong_to_is_entered_where_there_is_time_and_told_all_along() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let keep = |ids: std::ops::Range<i64>| {
        for id in ids {
            let body = booking(id, &format!("2026-06-09T08:10:{:02}.{id:04}Z", id % 60));
            let again = delivery(&store.writer, "6", &body, NOW + id);
            store.writer.store_blocking(again).unwrap();
        }
    };
    let waiting = || -> u32 {
        let count = |db: &rusqlite::Connection| {
            Ok(db.query_row("SELECT count(*) FROM tie_recent", [], |row| row.get(0))?)
        };
        store.reader.read(count).unwrap()
    };
    let told = |id: i64| {
        let tie = Tie::entity((nexwatch_nexudus::Entity::Booking, id));
        store
            .reader
            .read(|db| tied(db, &[tie], EventId::ALL))
            .unwrap()
            .len()
    };
    keep(1..301);
    assert_eq!((told(1), told(300), told(301)), (1, 1, 0));
    assert!(waiting() > 0, "some wait");
    while waiting() > 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!((told(1), told(300), told(301)), (1, 1, 0));
    keep(301..303);
    assert_eq!((told(300), told(301), waiting()), (1, 1, 2));
}
