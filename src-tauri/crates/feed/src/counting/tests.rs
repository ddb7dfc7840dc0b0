use super::*;
use crate::plans::filled;
use crate::{At, Clock, Feed, Filter, Page, Show, text};
use nexwatch_store::{EventId, Reader};
use std::sync::atomic::AtomicUsize;

/// So long that no test waits for it.
const EVER: u64 = 3_600_000;
const CLOCK: i64 = 1_781_000_000_000;

/// A feed on a store of 600 events that looks only so many up at once.
fn feed(folder: &tempfile::TempDir, at_once: usize, patience: u64) -> Feed {
    let feed = Feed::new(Reader::open(folder.path()).unwrap());
    feed.load().unwrap();
    feed.0.counting.set(at_once, patience);
    feed
}

fn filter() -> Filter {
    text::parse("body.Id:>=80 OR currency:EUR").unwrap()
}

fn page(feed: &Feed, at: At, order: Order) -> Page {
    let clock = Clock::utc(CLOCK);
    feed.page_in(&filter(), &clock, None, at, 20, Show::Acts, order)
        .unwrap()
}

fn ids(page: &Page) -> Vec<EventId> {
    page.rows.iter().map(|row| row.id).collect()
}

/// All of the list, newest first.
fn all(folder: &tempfile::TempDir) -> Vec<EventId> {
    let feed = feed(folder, usize::MAX, EVER);
    let clock = Clock::utc(CLOCK);
    let page = feed.page(&filter(), &clock, None, At::Newest, 1_000).unwrap();
    assert!(!page.counting);
    ids(&page)
}

fn until(so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it has not come about");
        std::thread::yield_now();
    }
}

#[test]
fn a_list_is_told_from_its_beginning_and_grows_until_it_is_complete() {
    let folder = filled();
    let expected = all(&folder);
    assert!(expected.len() > 50, "{}", expected.len());
    for order in [Order::NewestFirst, Order::OldestFirst] {
        let mut expected = expected.clone();
        if order == Order::OldestFirst {
            expected.reverse();
        }
        let feed = feed(&folder, 100, EVER);
        let told = Arc::new(AtomicUsize::new(0));
        let hears = told.clone();
        feed.on_counted(move || {
            hears.fetch_add(1, Ordering::Relaxed);
        });
        let mut before = 0;
        let first = page(&feed, At::Index(0), order);
        assert!(first.counting && first.total < Some(expected.len() as u32));
        until(|| told.load(Ordering::Relaxed) > 0);
        until(|| {
            let page = page(&feed, At::Index(0), order);
            // What was told stays.
            let known = page.total.unwrap() as usize;
            assert!(known >= page.rows.len() && known <= expected.len());
            assert_eq!(ids(&page), expected[..page.rows.len()]);
            !page.counting
        });
        let last = page(&feed, At::Index(expected.len() as u32 - 5), order);
        assert_eq!((last.total, last.counting), (Some(expected.len() as u32), false));
        assert_eq!(ids(&last), expected[expected.len() - 5..]);
        // And the thread is gone.
        until(|| !feed.0.counting.is_busy());
        before += told.load(Ordering::Relaxed);
        assert!(before > 0);
    }
}

#[test]
fn counts_beside_facets_grow_likewise() {
    let folder = filled();
    let expected = all(&folder).len() as u32;
    let feed = feed(&folder, 50, EVER);
    let clock = Clock::utc(CLOCK);
    let ask = || feed.facets(&filter(), &clock, None).unwrap();
    let first = ask();
    assert!(first.counting && first.total < expected && first.all == 600);
    until(|| {
        let facets = ask();
        assert!(facets.total <= expected);
        let sum: u32 = facets.actions.iter().map(|(_, count)| count).sum();
        assert_eq!(sum, facets.total);
        !facets.counting
    });
    assert_eq!(ask().total, expected);
    assert_eq!(
        feed.count_so_far(&filter(), &clock, None).unwrap(),
        (expected, false)
    );
    // A question with the same condition finds it remembered.
    let narrower = text::parse("(body.Id:>=80 OR flag:repeat) action:Sensor").unwrap();
    feed.0.counting.set(0, EVER);
    assert!(!feed.facets(&narrower, &clock, None).unwrap().counting);
}

#[test]
fn a_place_that_counting_has_not_come_to_is_shown_all_the_same() {
    let folder = filled();
    let expected = all(&folder);
    // Nobody counts in the background here.
    let far = expected.len() - 30;
    for order in [Order::NewestFirst, Order::OldestFirst] {
        let mut expected = expected.clone();
        if order == Order::OldestFirst {
            expected.reverse();
        }
        let asked = |at| {
            let feed = feed(&folder, 150, 0);
            page(&feed, at, order)
        };
        let shown = asked(At::Event(expected[far]));
        assert_eq!(ids(&shown), expected[far - 10..far + 10]);
        assert_eq!((shown.first, shown.total, shown.counting), (None, None, true));
        let shown = asked(At::Time(expected[far].at()));
        assert_eq!(ids(&shown), expected[far..far + 20]);
        assert_eq!((shown.first, shown.counting), (None, true));
        // A place near the beginning has its index.
        let shown = asked(At::Event(expected[3]));
        assert_eq!(
            (shown.first, shown.found, shown.counting),
            (Some(0), Some(3), true)
        );
        assert_eq!(ids(&shown), expected[..shown.rows.len()]);
        if order == Order::OldestFirst {
            let shown = asked(At::Newest);
            assert_eq!(ids(&shown), expected[expected.len() - 20..]);
        }
    }
}

#[test]
fn what_nobody_asks_for_any_more_is_not_counted() {
    let folder = filled();
    let feed = feed(&folder, 10, 0);
    let first = page(&feed, At::Newest, Order::NewestFirst);
    assert!(first.counting);
    until(|| !feed.0.counting.is_busy());
    // Nothing was done in the meantime but what the question itself did.
    let columns = feed.columns().unwrap();
    let query = feed.resolve(&filter(), &Clock::utc(CLOCK)).unwrap();
    let left = || {
        let window = Window::of(&query, &columns, None);
        feed.0.open(&columns, &query, &window).unwrap().left()
    };
    assert_eq!(left(), 590);
    // A feed that is dropped takes its thread along.
    feed.0.counting.set(10, EVER);
    let own = feed.0.own.clone();
    page(&feed, At::Newest, Order::NewestFirst);
    drop((feed, columns, query));
    until(|| own.upgrade().is_none());
}

#[test]
fn an_export_waits_for_all_and_can_be_stopped() {
    let folder = filled();
    let expected = all(&folder).len() as u32;
    let feed = feed(&folder, 10, EVER);
    let request = crate::ExportRequest {
        filter: filter(),
        as_of: None,
        only: Vec::new(),
        fold: false,
        format: crate::ExportFormat::Jsonl,
        columns: vec!["id".into()],
        oldest_first: false,
        time_zone: None,
        bom: false,
        body: false,
    };
    let clock = Clock::utc(CLOCK);
    let stop = std::sync::atomic::AtomicBool::new(true);
    let mut out = Vec::new();
    let stopped = crate::export::to_writer(&feed, &request, &clock, &mut out, &mut |_, _| {}, &stop);
    assert!(matches!(stopped, Err(FeedError::Cancelled)));
    stop.store(false, Ordering::Relaxed);
    out.clear();
    let rows = crate::export::to_writer(&feed, &request, &clock, &mut out, &mut |_, _| {}, &stop).unwrap();
    assert_eq!(rows, expected);
    assert_eq!(out.iter().filter(|byte| **byte == b'\n').count() as u32, expected);
}
