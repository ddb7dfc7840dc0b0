//! Counts, jumps and the hearing of commits with many events in memory and none in a store.

use crate::{DAY, NOW, resident, worked};
use nexwatch_feed::{At, Bars, Clock, Feed, Filter};
use nexwatch_nexudus::{Action, Amount};
use nexwatch_sample::spread;
use nexwatch_store::{Committed, DeliveryId, EventId, EventKey, Flags, Options, Store};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Events as a network of some locations has them, in memory only.
fn keys(events: usize, mut each: impl FnMut(EventKey)) {
    let mut seed = 7_u64;
    let mut dice = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    // Few are met often, many seldom.
    let mut skewed = |below: u64| {
        let (one, other) = (dice(1 << 20), dice(1 << 20));
        ((u128::from(one) * u128::from(other) * u128::from(below)) >> 40) as u64
    };
    let mut before = EventId(0);
    for (n, at) in (0_i64..).zip(spread(7, NOW - 730 * DAY, NOW, events)) {
        let id = EventId(EventId::first_at(at).0.max(before.0 + 1));
        let chance = skewed(1 << 16);
        let head = (chance % 10 == 3 && n > 0).then_some(before);
        let late = if chance % 97 == 5 { skewed(2_000) as i64 } else { 0 };
        before = id;
        each(EventKey {
            id,
            delivery: DeliveryId(n + 1 + late),
            action: 2 + skewed(60) as u16,
            location: 1_420_900_101 + skewed(12) as i64,
            person: skewed(60_000) as u32,
            flags: Flags(64 | if chance % 3 == 0 { 256 } else { 0 } | u16::from(chance % 101 == 0)),
            amount: (chance % 5 == 1).then(|| Amount(skewed(4_000) as i64 * 5_000)),
            head,
        });
    }
}

pub fn memory(events: usize) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
    let feed = Feed::new(store.reader.clone());
    feed.load().unwrap();
    let idle = resident();
    let mut news = Committed::default();
    let before = worked();
    keys(events, |key| {
        news.events.push(key);
        if news.events.len() == 512 {
            feed.committed(&news);
            news.events.clear();
        }
    });
    feed.committed(&news);
    let newest = feed.newest().0;
    println!(
        "{} events: {:.2} bytes an event in columns, {} MB resident above {idle}; {:.2} s of work to make and hear them",
        feed.events(),
        feed.bytes() as f64 / events as f64,
        resident() - idle,
        worked() - before
    );
    println!(
        "{:<60} {:>9} {:>9} {:>9} {:>9}",
        "question (never asked before, best of several; ms)", "count", "facets", "60 bars", "jump"
    );
    let best = |what: &mut dyn FnMut(i64)| {
        let times = (0..12).map(|n| {
            let start = Instant::now();
            what(n);
            start.elapsed().as_secs_f64() * 1e3
        });
        times.fold(f64::MAX, f64::min)
    };
    let base = Filter::default;
    let place = |n: i64| vec![1_420_900_101 + n % 12];
    let day = |n: i64| Some(format!("2025-0{}-1{}", 1 + n % 9, n % 10));
    let kinds: [(&str, &dyn Fn(i64) -> Filter); 6] = [
        ("all", &|_| base()),
        ("action", &|n| Filter {
            actions: vec![Action::Known(2 + n as u8).name()],
            ..base()
        }),
        ("location", &|n| Filter {
            locations: place(n),
            ..base()
        }),
        ("action and location", &|n| Filter {
            actions: vec![Action::Known(3 + n as u8).name()],
            locations: place(n),
            ..base()
        }),
        ("from a day on", &|n| Filter {
            from: day(n),
            ..base()
        }),
        ("location, from a day on", &|n| Filter {
            locations: place(n),
            from: day(n),
            ..base()
        }),
    ];
    for (name, filter) in kinds {
        let clock = Clock::utc(NOW);
        // Marks that nothing bears make each of them a question of its own.
        let fresh = |round: i64, n: i64| {
            let mut filter = filter(n);
            for (bit, mark) in [
                "inferred",
                "unreadable",
                "caught-up",
                "released",
                "maybe-repeat",
                "unsigned",
            ]
            .iter()
            .enumerate()
            {
                if (round * 12 + n + 1) >> bit & 1 == 1 {
                    filter.without_flags.push((*mark).into());
                }
            }
            filter
        };
        let count = best(&mut |n| assert!(feed.count(&fresh(0, n), &clock, None).is_ok()));
        let facets = best(&mut |n| drop(feed.facets(&fresh(1, n), &clock, None).unwrap()));
        let bars = best(&mut |n| {
            let bars = Bars {
                from: None,
                to: None,
                most: 60,
            };
            drop(feed.histogram(&fresh(2, n), &clock, None, bars).unwrap());
        });
        let jump = best(&mut |n| {
            let at = At::Time(NOW - (n + 1) * 50 * DAY);
            drop(feed.page(&fresh(0, 0), &clock, None, at, 200).unwrap());
        });
        println!("{name:<60} {count:>9.2} {facets:>9.2} {bars:>9.2} {jump:>9.2}");
    }
    let all = base();
    let clock = Clock::utc(NOW);
    for readers in [0, 2] {
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..readers {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        drop(feed.facets(&all, &clock, None).unwrap());
                    }
                });
            }
            let mut times: Vec<f64> = (0..1_000)
                .map(|n| {
                    let id = EventId::first_at(NOW + 1_000 * (n + 1) + readers * 10_000_000);
                    let key = EventKey {
                        id,
                        delivery: DeliveryId(newest + 2_000 + n),
                        action: 6,
                        location: 1_420_900_101,
                        person: 7,
                        flags: Flags(64),
                        amount: None,
                        head: None,
                    };
                    // A late one now and then, and marks on what is there.
                    let late = EventKey {
                        id: EventId::first_at(NOW - n * DAY / 2 - readers),
                        ..key
                    };
                    let news = Committed {
                        events: if n % 10 == 0 { vec![key, late] } else { vec![key] },
                        compared: vec![(id, Flags::CHANGED)],
                        ..Committed::default()
                    };
                    let start = Instant::now();
                    feed.committed(&news);
                    start.elapsed().as_secs_f64() * 1e6
                })
                .collect();
            done.store(true, Ordering::Relaxed);
            times.sort_by(f64::total_cmp);
            println!(
                "hearing a commit beside {readers} who ask: {:.0} µs p50, {:.0} µs p90, {:.0} µs p99",
                times[500], times[900], times[990]
            );
        });
    }
    println!("{} MB resident", resident());
}
