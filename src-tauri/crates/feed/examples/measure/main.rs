//! Fills a store with samples and times questions and exports of it: figures for whoever changes this crate.
//!
//! `measure fill FOLDER EVENTS`, `measure pack FOLDER`, `measure load FOLDER`, `measure ask FOLDER`,
//! `measure export FOLDER [FILTER]`, and `measure memory EVENTS`, which needs no store: counts, jumps and the hearing of
//! commits with so many events in memory.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod memory;

use memory::memory;
use nexwatch_feed::{At, Clock, ExportFormat, ExportRequest, Feed, export, text};
use nexwatch_nexudus::{Arrival, Ms, read};
use nexwatch_sample::{Options as People, Platform, spread};
use nexwatch_store::{DeliveryId, Incoming, Options, Reader, Route, Signature, Source, Store};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, mpsc::sync_channel};
use std::time::Instant;

const DAY: Ms = 86_400_000;
const NOW: Ms = 1_781_000_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["fill", folder, events] => fill(Path::new(folder), events.parse().unwrap()),
        ["ask", folder] => ask(Path::new(folder)),
        ["pack", folder] => pack(Path::new(folder)),
        ["load", folder] => load(Path::new(folder)),
        ["memory", events] => memory(events.parse().unwrap()),
        ["scan", folder, rest @ ..] => scan(Path::new(folder), &rest.join(" ")),
        ["export", folder, rest @ ..] => write(Path::new(folder), &rest.join(" ")),
        _ => println!("measure fill|pack|load|ask|scan|export FOLDER … or measure memory EVENTS"),
    }
}

fn fill(folder: &Path, events: usize) {
    let store = Store::open(folder, Options::default(), Box::new(|_| {})).unwrap();
    let mut platform = Platform::with(
        7,
        NOW - 730 * DAY,
        People {
            customers: 12_000,
            mean_bytes: None,
        },
    );
    let (send, receive) = sync_channel::<Incoming>(256);
    let receive = Mutex::new(receive);
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                loop {
                    let Ok(incoming) = receive.lock().unwrap().recv() else {
                        break;
                    };
                    store.writer.store_blocking(incoming).unwrap();
                }
            });
        }
        for at in spread(7, NOW - 730 * DAY, NOW, events) {
            let delivery = platform.next(at);
            let name = delivery.action.name();
            let readings = read(&Arrival {
                route_action: Some(&name),
                route_location: Some(delivery.location),
                received_at: at + 1_500,
                body: &delivery.body,
                voice: &nexwatch_nexudus::Voice::default(),
            });
            let incoming = Incoming {
                received_at: at + 1_500,
                source: Source::Sample,
                route: Route {
                    action: Some(name),
                    location: Some(delivery.location),
                },
                headers: Vec::new(),
                signature: Signature::Unsigned,
                body: store.writer.pack(&delivery.body),
                readings,
                released: None,
            };
            send.send(incoming).unwrap();
        }
        drop(send);
    });
    store.close();
}

/// Median and 95th of a hundred in ms.
fn time(runs: usize, mut what: impl FnMut()) -> (f64, f64, f64) {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            what();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let first = times[0];
    times.sort_by(f64::total_cmp);
    (first, times[runs / 2], times[runs * 95 / 100])
}

const FILTERS: &[&str] = &[
    "",
    "action:AccessControlUpdate",
    "action:BookingCreate",
    "action:(BookingCreate,CoworkerInvoicePaid,CheckinCreated)",
    "action:TeamDeleted",
    "category:billing",
    "category:(billing,bookings,visitors,messages,teams)",
    "location:1420900101",
    "location:none",
    "flag:unsigned",
    "flag:repeat",
    "-flag:sample",
    "person:maria",
    "person:o",
    "person:garcia category:billing",
    "from:-7d",
    "from:2025-06-01 to:2025-06-07 category:bookings",
    "on:2025-06-03 action:(BookingCreate,BookingUpdate) location:1420900101",
    "booked",
    "garcia",
    "booked room",
    "invoice",
    "customer",
    "b",
    "bo",
    "boo",
    "kowal",
    "garcia category:billing",
    "booked action:BookingDelete",
    "customer on:2025-06-03",
    "\"meeting room\"",
    "nothingatall",
    "booking:1400000100",
];

/// Waits until the writer, which has nothing else to do, has packed what is to be packed.
fn pack(folder: &Path) {
    let options = Options {
        packed_after: std::time::Duration::ZERO,
        ..Options::default()
    };
    let start = Instant::now();
    let store = Store::open(folder, options, Box::new(|_| {})).unwrap();
    let count = |sql: &str| {
        let read = store
            .reader
            .read(|db| Ok(db.query_row(sql, [], |row| row.get::<_, Option<i64>>(0))?));
        read.unwrap().unwrap_or(0)
    };
    let (mut before, mut same) = (-1, 0);
    while same < 8 {
        std::thread::sleep(std::time::Duration::from_millis(250));
        let now = count("SELECT count(*) FROM stretch");
        same = if now == before { same + 1 } else { 0 };
        before = now;
    }
    let events = count("SELECT sum(events) FROM stretch").max(1);
    println!(
        "{before} stretches, {events} events, {:.2} bytes an event, {:.1} s",
        count("SELECT sum(length(bytes)) FROM stretch") as f64 / events as f64,
        start.elapsed().as_secs_f64()
    );
    store.close();
}

/// Time of this process's threads in seconds.
fn worked() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum();
    ticks as f64 / 100.0
}

fn load(folder: &Path) {
    let feed = Feed::new(Reader::open(folder).unwrap());
    let start = Instant::now();
    let before = worked();
    feed.load().unwrap();
    println!(
        "load {} events: {:.0} ms, {:.0} ms of work, {:.2} bytes an event in columns, {} MB resident",
        feed.events(),
        start.elapsed().as_secs_f64() * 1e3,
        (worked() - before) * 1e3,
        feed.bytes() as f64 / f64::from(feed.events().max(1)),
        resident()
    );
}

fn ask(folder: &Path) {
    let clock = Clock::utc(NOW);
    let feed = Feed::new(Reader::open(folder).unwrap());
    let start = Instant::now();
    feed.load().unwrap();
    println!(
        "load {} events: {:.0} ms, {} MB resident",
        feed.events(),
        start.elapsed().as_secs_f64() * 1e3,
        resident()
    );
    println!(
        "{:<75} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "filter", "total", "first", "p50", "p95", "99 %", "facets"
    );
    for query in FILTERS {
        let filter = text::parse(query).unwrap();
        let page = |at| feed.page(&filter, &clock, None, at, 200).unwrap();
        let total = std::cell::Cell::new(0);
        let (first, p50, p95) = time(25, || total.set(page(At::Newest).total.unwrap()));
        let (_, _, deep) = time(25, || drop(page(At::Index(total.get() / 100 * 99))));
        let (_, _, facets) = time(15, || drop(feed.facets(&filter, &clock, None).unwrap()));
        println!(
            "{query:<75} {:>9} {first:>9.2} {p50:>9.2} {p95:>9.2} {deep:>9.2} {facets:>9.2}",
            total.get()
        );
    }
    let since = DeliveryId(feed.newest().0 - 20);
    for query in ["", "booked", "bo"] {
        let filter = text::parse(query).unwrap();
        let (first, p50, _) = time(25, || {
            assert!(
                feed.count_new(&filter, &clock, since, None, nexwatch_feed::Show::Acts)
                    .is_ok()
            )
        });
        println!("new: {query:<70} {first:>9.2} {p50:>9.2}");
    }
    for typed in ["b", "bo", "person:mar", "location:", "action:inv"] {
        let (first, p50, _) = time(25, || drop(feed.complete(typed, 20).unwrap()));
        println!("complete: {typed:<65} {first:>9.2} {p50:>9.2}");
    }
    println!("{} MB resident", resident());
}

fn scan(folder: &Path, query: &str) {
    let clock = Clock::utc(NOW);
    let filters = if query.is_empty() {
        FILTERS.to_vec()
    } else {
        vec![query]
    };
    for query in filters {
        let feed = Feed::new(Reader::open(folder).unwrap());
        let filter = text::parse(query).unwrap();
        let (first, p50, _) = time(3, || {
            drop(feed.page(&filter, &clock, None, At::Newest, 200).unwrap())
        });
        println!("by SQL: {query:<75} {first:>9.2} {p50:>9.2}");
    }
}

fn write(folder: &Path, query: &str) {
    let feed = Feed::new(Reader::open(folder).unwrap());
    if std::env::var_os("LOAD").is_some() {
        feed.load().unwrap();
    }
    let idle = resident();
    let format = match std::env::var("FORMAT").as_deref() {
        Ok("jsonl") => ExportFormat::Jsonl,
        Ok("xlsx") => ExportFormat::Xlsx,
        _ => ExportFormat::Csv,
    };
    let request = ExportRequest {
        filter: text::parse(query).unwrap(),
        as_of: None,
        format,
        columns: Vec::new(),
        only: Vec::new(),
        fold: false,
        oldest_first: std::env::var_os("OLDEST").is_some(),
        time_zone: Some(std::env::var("ZONE").unwrap_or_else(|_| "UTC".into())),
        bom: false,
        body: std::env::var_os("BODY").is_some(),
    };
    let target = folder.join("export.out");
    let mut most = 0;
    let start = Instant::now();
    let rows = export::to_file(
        &feed,
        &request,
        &Clock::utc(NOW),
        &target,
        true,
        &mut |_, _| most = most.max(resident()),
        &AtomicBool::new(false),
    )
    .unwrap();
    let took = start.elapsed().as_secs_f64();
    println!(
        "{rows} rows in {took:.2} s: {:.0} rows/s, {:.0} MB, {} MB above {idle} MB idle",
        f64::from(rows) / took,
        std::fs::metadata(&target).unwrap().len() as f64 / 1e6,
        most.saturating_sub(idle)
    );
}

/// Resident memory in MB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.trim().split(' ').next()?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
