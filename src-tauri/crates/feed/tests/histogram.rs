//! Events over time against counting each row.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{Bars, Clock, Feed, Filter, Histogram, Step, text};
use nexwatch_nexudus::time::rfc3339;
use nexwatch_nexudus::{Category, Ms};
use nexwatch_store::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

const ACTIONS: &[Option<&str>] = &[
    Some("BookingCreate"),
    Some("CoworkerCheckin"),
    Some("CoworkerCreate"),
    Some("ResourceExploded"),
    Some("SensorUpdate"),
    None,
];
const QUERIES: &[&str] = &[
    "",
    "category:bookings",
    "coffee",
    "person:lima",
    "coffee -flag:repeat",
    "from:-30d to:-2d",
    "on:2026-06-07",
    "location:1",
];
const ZONES: &[&str] = &[
    "UTC",
    "Europe/Madrid",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
];
/// Moments at which clocks of these zones are changed, and one at which none is.
const MOMENTS: &[&str] = &[
    "2026-03-29T01:00:00Z",
    "2026-10-25T01:00:00Z",
    "2011-12-30T10:00:00Z",
    "2026-04-04T15:00:00Z",
    "2026-06-09T10:13:20Z",
];

fn ms(text: &str) -> Ms {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

prop_compose! {
    fn sent()(
        action in prop::sample::select(ACTIONS),
        location in prop::sample::select(vec![None, Some(1), Some(2)]),
        who in prop::sample::select(vec!["José García", "Ana Lima"]),
        notes in prop::sample::select(vec!["coffee", "two screens"]),
        id in 1..50_i64,
        about in prop::sample::select(MOMENTS),
        apart in prop_oneof![-3_600_000..3_600_000_i64, -100 * 24 * HOUR..100 * 24 * HOUR],
    ) -> Sent {
        let at = ms(about) + apart;
        let body = match action {
            Some("CoworkerCheckin" | "CoworkerCreate") => customer(id, who),
            Some("ResourceExploded") => "what is this?".to_owned(),
            _ => booking(id, who, notes, &rfc3339(at)),
        };
        Sent { action, location, body, at, source: Source::Webhook, signed: true }
    }
}

/// What a histogram says against the rows of a page of the same filter.
fn compare(
    feed: &Feed,
    filter: &Filter,
    clock: &Clock,
    as_of: Option<DeliveryId>,
    bars: Bars,
) -> Result<Histogram, TestCaseError> {
    let told = feed.histogram(filter, clock, as_of, bars).unwrap();
    let page = feed
        .page(filter, clock, as_of, nexwatch_feed::At::Newest, 100_000)
        .unwrap();
    prop_assert!(!told.counting);
    let count = told.edges.len() - 1;
    prop_assert!((1..=bars.most.max(1) as usize).contains(&count));
    if let Some(from) = bars.from {
        prop_assert!(told.edges[0] <= from);
    }
    if let Some(to) = bars.to {
        prop_assert!(told.edges[count] >= to);
    }
    let mut series = Vec::new();
    for category in Category::ALL {
        let mut counts = vec![0; count];
        for row in page.rows.iter().filter(|row| row.action.category() == *category) {
            if let Some(bar) = told
                .edges
                .windows(2)
                .position(|bar| bar[0] <= row.id.at() && row.id.at() < bar[1])
            {
                counts[bar] += 1;
            }
        }
        if counts.iter().any(|count| *count > 0) {
            series.push((*category, counts));
        }
    }
    prop_assert_eq!(
        told.total,
        series.iter().flat_map(|(_, counts)| counts).sum::<u32>()
    );
    prop_assert_eq!(&told.series, &series);
    if (bars.from, bars.to) == (None, None) {
        prop_assert_eq!(told.total as usize, page.rows.len(), "nothing lies outside");
    }
    Ok(told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn each_bar_is_what_counting_each_row_gives(
        all in prop::collection::vec(sent(), 1..80),
        stretches in prop::collection::vec((
            prop::sample::select(QUERIES),
            prop::sample::select(ZONES),
            prop::option::of((prop::sample::select(MOMENTS), -100 * HOUR..100 * HOUR)),
            prop::option::of(1..200 * HOUR),
            prop_oneof![1..4_u32, 1..130_u32],
            prop::option::of(0..80_i64),
        ), 12),
    ) {
        let kept = open();
        for sent in &all {
            kept.send(sent);
        }
        let quiet = kept.quiet();
        let loaded = quiet.fresh();
        loaded.load().unwrap();
        for (query, zone, from, length, most, as_of) in stretches {
            let clock = Clock { now: NOW, zone: jiff::tz::TimeZone::get(zone).unwrap() };
            let from = from.map(|(about, apart)| ms(about) + apart);
            let to = from.zip(length).map(|(from, length)| from + length);
            let filter = text::parse(query).unwrap();
            let bars = Bars { from, to, most };
            let as_of = as_of.map(DeliveryId);
            let told = compare(&loaded, &filter, &clock, as_of, bars)?;
            let scanned = compare(&quiet.fresh(), &filter, &clock, as_of, bars)?;
            prop_assert_eq!(told, scanned, "before the columns are in memory");
        }
    }
}

fn all(most: u32) -> Bars {
    Bars {
        from: None,
        to: None,
        most,
    }
}

#[test]
fn before_anything_has_come_there_is_an_empty_half_hour() {
    let kept = open();
    for loaded in [false, true] {
        if loaded {
            kept.feed.load().unwrap();
        }
        let told = kept
            .feed
            .histogram(&Filter::default(), &clock(), None, all(60))
            .unwrap();
        let minute = NOW - NOW % 60_000;
        let edges: Vec<Ms> = (-30..=1).map(|n| minute + n * 60_000).collect();
        assert_eq!((told.edges, told.step), (edges, Step::Minute));
        assert_eq!((told.series, told.total, told.counting), (Vec::new(), 0, false));
    }
}

#[test]
fn events_of_one_second_and_of_a_clock_that_is_ahead_have_their_bars() {
    let kept = open();
    kept.feed.load().unwrap();
    for n in 0..9 {
        kept.send(&Sent::new(
            "CoworkerCheckin",
            customer(n, "Ana Lima"),
            NOW - 30 * 60_000 + n,
        ));
    }
    let quiet = kept.quiet();
    let ask = |now, bars| {
        let clock = Clock::utc(now);
        quiet
            .feed
            .histogram(&Filter::default(), &clock, None, bars)
            .unwrap()
    };
    // As the clock of this computer was put back since.
    let told = ask(NOW - 24 * HOUR, all(60));
    assert_eq!((told.step, told.edges.len(), told.total), (Step::Minute, 32, 9));
    assert_eq!(told.series[0].1[30], 9, "at the end of half an hour");
    let told = ask(NOW, all(60));
    assert_eq!((told.step, told.edges.len(), told.total), (Step::Minute, 32, 9));
    assert_eq!(told.series[0].1[0], 9);
    let told = ask(NOW, all(1));
    assert_eq!((told.edges.len(), told.total), (2, 9));
    // Years without anything, and more than calendars have.
    let told = ask(
        NOW,
        Bars {
            from: Some(0),
            to: None,
            most: 60,
        },
    );
    assert_eq!((told.step, told.total), (Step::Year, 9));
    let told = ask(
        NOW,
        Bars {
            from: Some(Ms::MIN),
            to: Some(Ms::MAX),
            most: 500,
        },
    );
    assert_eq!(told.total, 9);
}

#[test]
fn a_stretch_that_ends_before_it_begins_is_refused() {
    let kept = open();
    for to in [NOW, NOW - 1] {
        let bars = Bars {
            from: Some(NOW),
            to: Some(to),
            most: 60,
        };
        let refused = kept
            .feed
            .histogram(&Filter::default(), &clock(), None, bars)
            .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the stretch of time ends before it begins: let it end later than it begins"
        );
    }
    // A filter of which nothing can fit is none that makes no sense.
    let filter = text::parse("from:today to:2026-06-01").unwrap();
    let told = kept.feed.histogram(&filter, &clock(), None, all(60)).unwrap();
    assert_eq!((told.edges.len(), told.total), (2, 0));
}

#[test]
fn until_the_columns_are_there_some_thousand_rows_are_looked_at() {
    let kept = open();
    for n in 0..201 {
        let many: Vec<String> = (0..100)
            .map(|id| format!("{{\"Id\":{}}}", n * 100 + id + 1))
            .collect();
        let body = format!("[{}]", many.join(","));
        kept.send(&Sent::new("CoworkerCheckin", body, NOW + n));
    }
    let quiet = kept.quiet();
    let ask = |feed: &Feed| {
        feed.histogram(&Filter::default(), &clock(), None, all(60))
            .unwrap()
    };
    let told = ask(&quiet.feed);
    assert!(told.counting);
    assert_eq!(told.total, 20_000);
    quiet.feed.load().unwrap();
    let told = ask(&quiet.feed);
    assert_eq!((told.total, told.counting), (20_100, false));
}
