//! A feed while events arrive.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{At, Feed, Filter, Show, text};
use nexwatch_nexudus::time::rfc3339;
use nexwatch_store::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Every third happened hours before what is known already; every fifth is the one before it once more.
fn sent(n: i64) -> Sent {
    let id = n - n % 5 / 4;
    let at = NOW + id * 1_000;
    let age = if id % 3 == 0 { id % 40 } else { 0 };
    let who = ["José García", "Ana Lima"][id as usize % 2];
    let body = booking(id, who, "coffee", &rfc3339(at - age * HOUR + 1));
    Sent::new("BookingCreate", body, at + n - id)
}

fn same(one: &Feed, other: &Feed) {
    for query in [
        "",
        "jose",
        "flag:repeat",
        "boo -flag:repeat",
        "booking:7",
        "person:ana coffee",
    ] {
        let filter = text::parse(query).unwrap();
        let ask = |feed: &Feed| feed.page(&filter, &clock(), None, At::Newest, 2_000).unwrap();
        assert_eq!(ask(one), ask(other), "{query}");
        let count = |feed: &Feed| feed.facets(&filter, &clock(), None).unwrap();
        assert_eq!(count(one), count(other), "{query}");
    }
}

#[test]
fn what_is_committed_while_it_loads_is_not_lost() {
    let kept = open();
    let done = AtomicBool::new(false);
    for n in 0..100 {
        kept.send(&sent(n));
    }
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 100..300 {
                kept.send(&sent(n));
            }
            done.store(true, Ordering::Release);
        });
        kept.feed.load().unwrap();
        // Questions meanwhile are answered, and each list is in order and as long as it says.
        while !done.load(Ordering::Acquire) {
            let page = kept
                .feed
                .page(&Filter::default(), &clock(), None, At::Newest, 2_000)
                .unwrap();
            assert_eq!(page.total, Some(page.rows.len() as u32));
            assert!(page.rows.is_sorted_by(|a, b| a.id > b.id));
            let words = text::parse("jose").unwrap();
            let page = kept.feed.page(&words, &clock(), None, At::Newest, 2_000).unwrap();
            assert_eq!(page.total, Some(page.rows.len() as u32));
            assert!(page.rows.iter().all(|row| {
                row.say(&nexwatch_nexudus::Voice::default(), None)
                    .contains("José")
            }));
        }
    });
    let quiet = kept.quiet();
    let fresh = quiet.fresh();
    fresh.load().unwrap();
    assert_eq!(quiet.feed.events(), 240);
    assert_eq!(quiet.feed.newest(), fresh.newest());
    same(&quiet.feed, &fresh);
}

#[test]
fn stretches_that_are_packed_and_unpacked_while_they_are_read_make_no_difference() {
    let kept = open_with(Options {
        packed_together: 16,
        packed_after: Duration::ZERO,
        ..Options::default()
    });
    for n in 0..150 {
        kept.send(&sent(n));
    }
    let packed = |reader: &Reader| {
        let sum = "SELECT coalesce(sum(events), 0) FROM stretch";
        let sum = reader.read(|db| Ok(db.query_row(sum, [], |row| row.get::<_, u32>(0))?));
        sum.unwrap()
    };
    until(|| packed(&kept.store.reader) > 80);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 150..300 {
                kept.send(&sent(n));
            }
        });
        kept.feed.load().unwrap();
        // Others that begin at any moment since.
        for _ in 0..10 {
            let other = Feed::new(kept.store.reader.clone());
            other.load().unwrap();
            assert!(other.events() >= 120);
        }
    });
    until(|| packed(&kept.store.reader) > 150);
    let quiet = kept.quiet();
    let fresh = quiet.fresh();
    fresh.load().unwrap();
    assert_eq!((quiet.feed.events(), fresh.events()), (240, 240));
    same(&quiet.feed, &fresh);
    let mut keys = 0;
    quiet.feed.reader().keys(|_| keys += 1).unwrap();
    assert_eq!(keys, 240);
    // Told by the tables alone.
    same(&quiet.fresh_unpacked(), &fresh);
}

/// Looks until it is so: the writer tells of a commit after it has answered.
fn until(so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it has not come about");
        std::thread::yield_now();
    }
}

#[test]
fn each_arrival_shows_at_once_in_what_was_asked_before() {
    let kept = open();
    kept.feed.load().unwrap();
    let filter = |query| text::parse(query).unwrap();
    let total = |query| {
        kept.feed
            .page(&filter(query), &clock(), None, At::Newest, 5)
            .unwrap()
            .total
            .unwrap()
    };
    for n in 1..=30_u32 {
        let at = NOW + i64::from(n) * 1_000;
        let body = booking(i64::from(n), "Ana Lima", "x", &rfc3339(at));
        kept.send(&Sent::new("BookingCreate", body, at));
        until(|| kept.feed.newest() == DeliveryId(i64::from(n)));
        for query in [
            "",
            "action:BookingCreate",
            "ana",
            "lim",
            "person:ana",
            "-flag:repeat blue room",
        ] {
            assert_eq!(total(query), n, "{query}");
        }
        assert_eq!((total("nobody"), total("flag:repeat")), (0, 0));
        let facets = kept.feed.facets(&filter("ana"), &clock(), None).unwrap();
        assert_eq!((facets.total, facets.all), (n, n));
    }
    // The last one once more: a mark on what is there.
    let at = NOW + 30_000;
    kept.send(&Sent::new(
        "BookingCreate",
        booking(30, "Ana Lima", "x", &rfc3339(at)),
        at + 1_000,
    ));
    until(|| total("flag:repeat") == 1);
    assert_eq!(
        (
            total(""),
            total("-flag:repeat blue room"),
            total("ana flag:repeat")
        ),
        (30, 29, 1)
    );
    let facets = kept.feed.facets(&Filter::default(), &clock(), None).unwrap();
    assert!(facets.flags.contains(&(Flags::REPEAT, 1)));
}

#[test]
fn a_list_that_is_being_read_stands_still() {
    let kept = open();
    kept.feed.load().unwrap();
    for n in 0..60 {
        kept.send(&sent(n));
    }
    let filter = text::parse("booked").unwrap();
    let first = kept.feed.page(&filter, &clock(), None, At::Newest, 20).unwrap();
    let as_of = Some(first.as_of);
    let second = kept
        .feed
        .page(&filter, &clock(), as_of, At::Index(20), 20)
        .unwrap();
    for n in 60..120 {
        kept.send(&sent(n));
    }
    let quiet = kept.quiet();
    let feed = &quiet.feed;
    let ids = |page: &nexwatch_feed::Page| page.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let again = |at| feed.page(&filter, &clock(), as_of, at, 20).unwrap();
    assert_eq!(ids(&again(At::Newest)), ids(&first));
    assert_eq!(ids(&again(At::Index(20))), ids(&second));
    assert_eq!(
        (again(At::Newest).total, again(At::Newest).as_of),
        (first.total, first.as_of)
    );
    let (new, newest) = feed
        .count_new(&filter, &clock(), first.as_of, None, Show::Events)
        .unwrap();
    assert_eq!((new, newest), (48, feed.newest()));
    // What is asked of a time to come is answered as of now.
    let later = feed
        .page(&filter, &clock(), Some(DeliveryId(9_999)), At::Newest, 1)
        .unwrap();
    assert_eq!(later.as_of, feed.newest());
}

#[test]
fn before_anything_has_come() {
    let kept = open();
    for loaded in [false, true] {
        if loaded {
            kept.feed.load().unwrap();
            kept.feed.load().unwrap();
        }
        assert_eq!(
            (kept.feed.ready(), kept.feed.events(), kept.feed.newest()),
            (loaded, 0, DeliveryId(0))
        );
        for query in ["", "jose", "booking:5 jose", "location:none"] {
            let filter = text::parse(query).unwrap();
            for at in [At::Newest, At::Index(7), At::Event(EventId(5)), At::Time(NOW)] {
                let page = kept.feed.page(&filter, &clock(), None, at, 10).unwrap();
                assert_eq!(
                    (page.rows.len(), page.total, page.as_of),
                    (0, loaded.then_some(0), DeliveryId(0))
                );
            }
            assert_eq!(
                kept.feed.facets(&filter, &clock(), None).unwrap(),
                Default::default()
            );
        }
        assert_eq!(
            kept.feed
                .count_new(&Filter::default(), &clock(), DeliveryId(0), None, Show::Events)
                .unwrap(),
            (0, DeliveryId(0))
        );
    }
}

#[test]
fn no_more_rows_than_asked_for() {
    let kept = open();
    for n in 0..30 {
        kept.send(&sent(n));
    }
    for loaded in [false, true] {
        if loaded {
            kept.feed.load().unwrap();
        }
        for limit in [0, 1, 7] {
            for at in [
                At::Newest,
                At::Index(3),
                At::Event(EventId::first_at(NOW)),
                At::Time(NOW),
            ] {
                let page = kept
                    .feed
                    .page(&Filter::default(), &clock(), None, at, limit)
                    .unwrap();
                assert_eq!(page.rows.len(), limit as usize);
            }
        }
    }
}

#[test]
fn a_filter_that_makes_no_sense_is_told_what_would() {
    let kept = open();
    let told = |filter: Filter| kept.feed.count(&filter, &clock(), None).unwrap_err().to_string();
    let bad = |value: &str| vec![value.to_owned()];
    let all = [
        told(Filter {
            categories: bad("bookigns"),
            ..Filter::default()
        }),
        told(Filter {
            actions: bad(" "),
            ..Filter::default()
        }),
        told(Filter {
            from: Some("2026-02-30".into()),
            ..Filter::default()
        }),
        told(Filter {
            to: Some("".into()),
            ..Filter::default()
        }),
        told(Filter {
            flags: bad("new"),
            ..Filter::default()
        }),
        told(Filter {
            without_flags: bad("new"),
            ..Filter::default()
        }),
        told(Filter {
            entity: Some(nexwatch_feed::EntityFilter {
                name: "Room".into(),
                id: 1,
            }),
            ..Filter::default()
        }),
        told(Filter {
            persons: vec![nexwatch_feed::PersonFilter::Name { name: "  ".into() }],
            ..Filter::default()
        }),
        told(Filter {
            persons: vec![nexwatch_feed::PersonFilter::Id {
                kind: "member".into(),
                id: 1,
                name: String::new(),
            }],
            ..Filter::default()
        }),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_person_who_comes_later_is_found_by_the_same_name() {
    let kept = open();
    kept.feed.load().unwrap();
    let filter = text::parse("person:lima").unwrap();
    let count = || kept.feed.count(&filter, &clock(), None).unwrap();
    for (n, who) in ["Ana Lima", "José García", "Bob LIMA", "Lima Duarte"]
        .into_iter()
        .enumerate()
    {
        let before = count();
        let id = n as i64 + 1;
        kept.send(&Sent::new(
            "BookingCreate",
            booking(id, who, "x", &rfc3339(NOW + id)),
            NOW + id,
        ));
        until(|| kept.feed.newest() == DeliveryId(id));
        assert_eq!(count(), before + u32::from(who != "José García"), "{who}");
    }
    // Other names asked meanwhile do not get in its way.
    for n in 0..40 {
        let other = text::parse(&format!("person:x{n}")).unwrap();
        assert_eq!(kept.feed.count(&other, &clock(), None).unwrap(), 0);
    }
    assert_eq!(count(), 3);
}

#[test]
fn a_person_is_found_by_a_name_that_is_learnt_later() {
    let kept = open();
    // Those whose ids are five apart are of the same customer.
    let send = |delivery: i64, id: i64, who: &str| {
        let body = booking(id, who, "x", &rfc3339(NOW + id)).replace("\"CoworkerFullName\":\"\",", "");
        kept.send(&Sent::new("BookingCreate", body, NOW + id));
        until(|| kept.feed.newest() == DeliveryId(delivery));
    };
    send(1, 1, "");
    kept.feed.load().unwrap();
    let found = |name: &str| {
        let filter = text::parse(&format!("person:{name}")).unwrap();
        kept.feed.count(&filter, &clock(), None).unwrap()
    };
    assert_eq!((found("nora"), found("ghost")), (0, 0));
    send(2, 6, "Nora Quist");
    // Both are hers: the first one's row shows the name, too.
    assert_eq!((found("nora"), found("ghost")), (2, 0));
    let page = kept
        .feed
        .page(&Filter::default(), &clock(), None, At::Newest, 9)
        .unwrap();
    assert!(
        page.rows
            .iter()
            .all(|row| row.person.as_ref().unwrap().name == "Nora Quist")
    );
}
