//! Exports of real stores.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{Clock, ExportFormat, ExportRequest, Feed, FeedError, Filter, Span, export, text};
use nexwatch_nexudus::Voice;
use nexwatch_nexudus::time::rfc3339;
use nexwatch_store::*;
use std::collections::HashMap;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

fn request(query: &str, format: ExportFormat) -> ExportRequest {
    ExportRequest {
        filter: text::parse(query).unwrap(),
        as_of: None,
        format,
        columns: Vec::new(),
        oldest_first: false,
        only: Vec::new(),
        fold: false,
        time_zone: Some("UTC".into()),
        bom: false,
        body: false,
    }
}

fn written(feed: &Feed, request: &ExportRequest) -> String {
    let mut out = Vec::new();
    let rows = export::to_writer(
        feed,
        request,
        &clock(),
        &mut out,
        &mut |_, _| {},
        &AtomicBool::new(false),
    )
    .unwrap();
    let text = String::from_utf8(out).unwrap();
    if request.format == ExportFormat::Jsonl {
        assert_eq!(text.lines().count(), rows as usize);
    }
    text
}

/// Some of everything: late ones, repeats, strangers, several of one delivery.
fn store() -> Kept {
    let kept = open();
    let names = ["José García", "=2+3", "Ana \"the boss\" Lima, MBA", "山田太郎"];
    for n in 0..120_i64 {
        let at = NOW - n * HOUR / 2;
        let who = names[n as usize % names.len()].replace('"', "\\\"");
        let sent = match n % 6 {
            0 => Sent::new("CoworkerCheckin", customer(n, &who), at),
            1 if n % 12 == 1 => Sent::new("@SensorUpdate", "[{\"Foo\":1}]", at),
            1 => Sent::new("@SensorUpdate", booking(n, &who, "x", &rfc3339(at)), at),
            2 => Sent {
                action: None,
                signed: false,
                ..Sent::new("", booking(n, &who, "x", &rfc3339(at - 30 * HOUR)), at)
            },
            3 => Sent {
                source: Source::CaughtUp,
                ..Sent::new("BookingDelete", booking(n, &who, "x", &rfc3339(at)), at)
            },
            4 => Sent::new("CoworkerCreate", "not JSON, AccessPincode=40718", at),
            _ => Sent::new("BookingCreate", booking(n, &who, "two\\nlines", &rfc3339(at)), at),
        };
        let sent = Sent {
            location: (n % 5 > 0).then_some(n % 5),
            ..sent
        };
        kept.send(&sent);
        if n % 10 == 5 {
            kept.send(&Sent {
                at: at + 60_000,
                ..sent
            });
        }
    }
    let invoice = |id: i64, total: &str| {
        format!(
            r#"{{"Id":{id},"TotalAmount":{total},"CurrencyCode":"EUR","CoworkerFullName":"Ana","BusinessId":3,"BusinessName":"Harbour Yard","AccessPincode":"90909","UpdatedOn":"2026-06-09T08:00:00.1234567Z"}}"#
        )
    };
    let many = format!("[{},{}]", invoice(5001, "-5"), invoice(5002, "12.5"));
    kept.send(&Sent::new("CoworkerInvoiceCreate", many, NOW));
    kept
}

#[test]
fn csv_tells_what_the_feed_shows() {
    let quiet = store().quiet();
    let rows = quiet.rows();
    let text = written(&quiet.feed, &request("", ExportFormat::Csv));
    assert_eq!(text.matches("\r\n").count(), rows.len() + 1);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert!(
        reader
            .headers()
            .unwrap()
            .iter()
            .eq(export::COLUMNS.iter().copied())
    );
    let records: Vec<HashMap<String, String>> = reader.deserialize().collect::<Result<_, _>>().unwrap();
    assert_eq!(records.len(), rows.len());
    let dangerous = |text: &str| text.starts_with(['=', '+', '-', '@']);
    for (record, row) in records.iter().zip(&rows) {
        let number = |number: Option<i64>| number.map_or(String::new(), |number| number.to_string());
        let safe = |text: &str| format!("{}{text}", if dangerous(text) { "'" } else { "" });
        assert_eq!(record["id"], row.id.0.to_string());
        assert_eq!(record["happened_at"], rfc3339(row.happened_at));
        assert_eq!(record["received_at"], rfc3339(row.received_at));
        assert_eq!(record["action"], safe(&row.action.name()));
        assert_eq!(
            record["action_number"],
            number(row.action.number().map(i64::from))
        );
        assert_eq!(record["category"], row.action.category().slug());
        assert_eq!(record["entity_id"], number(row.entity_id));
        assert_eq!(record["location_id"], number(row.location_id));
        assert_eq!(record["location"], row.location.clone().unwrap_or_default());
        assert_eq!(
            record["person"],
            safe(row.person.as_ref().map_or("", |person| &person.name))
        );
        assert_eq!(
            record["person_id"],
            number(row.person.as_ref().and_then(|person| person.id))
        );
        assert_eq!(
            record["resource"],
            row.resource.as_ref().map_or("", |thing| &thing.name)
        );
        assert_eq!(
            record["amount"],
            row.amount.map_or(String::new(), |amount| amount.to_string())
        );
        assert_eq!(record["currency"], row.currency.clone().unwrap_or_default());
        assert_eq!(record["sentence"], safe(&row.say(&Voice::default(), None)));
        assert_eq!(record["repeats"], row.repeats.to_string());
        assert_eq!(record["flags"], row.flags.names().join(" "));
        let signed = row.signature != Signature::Unsigned;
        assert_eq!(record["signature"], if signed { "verified" } else { "unsigned" });
        let caught_up = row.source == Source::CaughtUp;
        assert_eq!(record["source"], if caught_up { "caught-up" } else { "webhook" });
    }
    let seen = |column: &str, value: &str| records.iter().any(|record| record[column] == value);
    assert!(seen("amount", "-5.00") && seen("person", "'=2+3") && seen("action", "'@SensorUpdate"));
    assert!(seen("repeats", "1") && seen("entity", ""));
    assert!(seen("location", "Harbour Yard"));
}

#[test]
fn json_lines_have_the_shape_of_the_query() {
    let quiet = store().quiet();
    let mut bodies = request("", ExportFormat::Jsonl);
    bodies.body = true;
    let (plain, full) = (
        written(&quiet.feed, &request("", ExportFormat::Jsonl)),
        written(&quiet.feed, &bodies),
    );
    for ((row, plain), full) in quiet.rows().iter().zip(plain.lines()).zip(full.lines()) {
        assert_eq!(export::json_row(row, &Voice::default(), None).to_string(), plain);
        let body = export::body_of(quiet.feed.reader(), row.delivery, row.position).unwrap();
        assert!(body.is_some());
        assert_eq!(export::json_row(row, &Voice::default(), body).to_string(), full);
    }
    assert!(!full.contains("40718") && !full.contains("90909"));
    let own = |id: i64| format!("\"body\":[{{\"Id\":{id},");
    assert!(full.contains(&own(5001)) && full.contains(&own(5002)));
    assert!(
        full.contains(r#""body":"not JSON, AccessPincode=\"••••\"""#),
        "{full}"
    );
    assert!(plain.contains(r#""amount":-5.0,"currency":"EUR""#));
}

#[test]
fn the_same_bytes_whether_or_not_the_columns_are_in_memory() {
    let quiet = store().quiet();
    let loaded = quiet.fresh();
    loaded.load().unwrap();
    for query in [
        "",
        "jose",
        "flag:repeat",
        "action:@SensorUpdate",
        "location:none",
        "booking:17",
        "entity:Booking#17 jose",
        "on:2026-06-08",
        "person:nobody",
        "boo -flag:repeat",
    ] {
        for oldest_first in [false, true] {
            for as_of in [None, Some(40)] {
                let request = ExportRequest {
                    oldest_first,
                    as_of,
                    body: true,
                    ..request(query, ExportFormat::Csv)
                };
                let text = written(&loaded, &request);
                assert_eq!(written(&quiet.fresh(), &request), text, "{query}");
                let filter = &request.filter;
                let count = loaded.count(filter, &clock(), as_of.map(DeliveryId)).unwrap();
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                let ids: Vec<i64> = reader
                    .records()
                    .map(|record| record.unwrap()[0].parse().unwrap())
                    .collect();
                assert_eq!(ids.len(), count as usize);
                assert!(ids.is_sorted_by(|a, b| if oldest_first { a < b } else { a > b }));
            }
        }
    }
}

#[test]
fn columns_zone_and_mark_are_chosen() {
    let quiet = store().quiet();
    let chosen = ExportRequest {
        columns: ["sentence", "happened_at"].map(str::to_owned).to_vec(),
        time_zone: Some("Europe/Madrid".into()),
        bom: true,
        ..request("on:2026-06-09 action:CoworkerInvoiceCreate", ExportFormat::Csv)
    };
    let text = written(&quiet.feed, &chosen);
    assert!(text.starts_with("\u{feff}sentence,happened_at\r\n"), "{text}");
    assert!(text.contains(",2026-06-09T10:00:00.123+02:00\r\n"), "{text}");
    // The zone of the person who asks.
    let clock = Clock {
        zone: jiff::tz::TimeZone::get("Asia/Tokyo").unwrap(),
        ..clock()
    };
    let mut out = Vec::new();
    let own = ExportRequest {
        time_zone: None,
        ..chosen.clone()
    };
    export::to_writer(
        &quiet.feed,
        &own,
        &clock,
        &mut out,
        &mut |_, _| {},
        &AtomicBool::new(false),
    )
    .unwrap();
    assert!(String::from_utf8(out).unwrap().contains("T17:00:00.123+09:00"));

    let refused = |request: ExportRequest| {
        let mut out = Vec::new();
        let error = export::to_writer(
            &quiet.feed,
            &request,
            &clock,
            &mut out,
            &mut |_, _| {},
            &AtomicBool::new(false),
        );
        assert!(out.is_empty());
        error.unwrap_err().to_string()
    };
    let zone = ExportRequest {
        time_zone: Some("Madrid".into()),
        ..chosen.clone()
    };
    assert_eq!(
        refused(zone),
        "there is no time zone “Madrid”: write e.g. Europe/Madrid or UTC"
    );
    let column = ExportRequest {
        columns: vec!["name".into()],
        ..chosen.clone()
    };
    assert!(refused(column).starts_with("there is no column “name”: there are id, "));
    let filter = Filter {
        from: Some("soon".into()),
        ..Filter::default()
    };
    assert!(refused(ExportRequest { filter, ..chosen }).starts_with("“soon” is no date or time"));
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_complete_or_not_there() {
    let quiet = store().quiet();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("events.csv");
    let (request, cancel) = (request("", ExportFormat::Csv), AtomicBool::new(false));
    let mut told = Vec::new();
    let rows = export::to_file(
        &quiet.feed,
        &request,
        &clock(),
        &target,
        false,
        &mut |n, total| told.push((n, total)),
        &cancel,
    )
    .unwrap();
    assert_eq!(rows as usize, quiet.rows().len());
    assert_eq!(
        (told.first(), told.last()),
        (Some(&(0, rows)), Some(&(rows, rows)))
    );
    assert_eq!(
        std::fs::read_to_string(&target).unwrap(),
        written(&quiet.feed, &request)
    );

    let again = export::to_file(
        &quiet.feed,
        &request,
        &clock(),
        &target,
        false,
        &mut |_, _| {},
        &cancel,
    );
    assert!(matches!(again, Err(FeedError::Exists(_))));

    // Stopped at any of the moments at which it can be.
    for stop_at in 0..told.len() {
        let (cancel, mut moments) = (AtomicBool::new(false), 0);
        let other = folder.path().join("other.csv");
        let stopped = export::to_file(
            &quiet.feed,
            &request,
            &clock(),
            &other,
            false,
            &mut |_, _| {
                cancel.store(moments == stop_at, Ordering::Relaxed);
                moments += 1;
            },
            &cancel,
        );
        assert!(
            matches!(stopped, Err(FeedError::Cancelled)),
            "{stop_at}: {stopped:?}"
        );
        assert_eq!(files(folder.path()), ["events.csv"]);
    }
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let quiet = store().quiet();
    let cancel = AtomicBool::new(false);
    let request = request("", ExportFormat::Jsonl);
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = export::to_writer(
        &quiet.feed,
        &request,
        &clock(),
        &mut Full,
        &mut |_, _| {},
        &cancel,
    )
    .unwrap_err();
    assert_eq!(error.to_string(), "the rows cannot be written: the disk is full");
    #[cfg(target_os = "linux")]
    {
        let mut full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let error = export::to_writer(
            &quiet.feed,
            &request,
            &clock(),
            &mut full,
            &mut |_, _| {},
            &cancel,
        );
        assert!(
            matches!(error, Err(FeedError::Write(ErrorKind::StorageFull))),
            "{error:?}"
        );
    }
    let missing = quiet.folder.path().join("no such folder/events.csv");
    let error = export::to_file(
        &quiet.feed,
        &request,
        &clock(),
        &missing,
        false,
        &mut |_, _| {},
        &cancel,
    )
    .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("cannot be written: its folder is not there")
    );
}

#[test]
fn what_arrives_meanwhile_is_left_out() {
    let kept = store();
    kept.feed.load().unwrap();
    let feeds = [kept.feed.clone(), Feed::new(kept.store.reader.clone())];
    for (feed, who) in feeds.iter().zip(["First", "Second"]) {
        let before = feed.count(&Filter::default(), &clock(), None).unwrap();
        let (mut out, mut sent) = (Vec::new(), 0);
        let mut send = |_, _| {
            // Late and new ones alike.
            for at in [NOW + HOUR, NOW - 20 * HOUR] {
                sent += 1;
                let id = 9_000 + i64::from(before) * 10 + sent;
                kept.send(&Sent::new(
                    "BookingCreate",
                    booking(id, who, "x", &rfc3339(at)),
                    at,
                ));
            }
        };
        let request = request("", ExportFormat::Csv);
        let rows = export::to_writer(
            feed,
            &request,
            &clock(),
            &mut out,
            &mut send,
            &AtomicBool::new(false),
        );
        assert!(sent >= 4);
        assert_eq!(rows.unwrap(), before);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.matches("\r\n").count(), before as usize + 1);
        assert!(!text.contains(who));
    }
}

/// The ids of an export, in its order.
fn ids(feed: &Feed, request: &ExportRequest) -> Vec<i64> {
    let text = written(feed, request);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let ids = reader.records().map(|record| record.unwrap()[0].parse().unwrap());
    ids.collect()
}

#[test]
fn only_what_is_selected() {
    let quiet = store().quiet();
    let loaded = quiet.fresh();
    loaded.load().unwrap();
    let all: Vec<i64> = quiet.rows().iter().map(|row| row.id.0).collect();
    let span = |from: usize, to: usize| Span {
        from: all[to],
        to: all[from],
    };
    let far = Span {
        from: all[0] + 1,
        to: i64::MAX,
    };
    let each: Vec<Span> = (0..all.len()).step_by(3).map(|at| span(at, at)).collect();
    for only in [
        vec![span(3, 9)],
        vec![span(20, 30), span(5, 5), span(25, 41)],
        vec![Span {
            from: all[2],
            to: all[7],
        }],
        vec![far],
        each,
    ] {
        for query in ["", "jose", "boo", "location:2", "entity:Booking#17"] {
            for oldest_first in [false, true] {
                let selected = ExportRequest {
                    only: only.clone(),
                    oldest_first,
                    columns: vec!["id".into()],
                    ..request(query, ExportFormat::Csv)
                };
                let whole = ExportRequest {
                    only: Vec::new(),
                    ..selected.clone()
                };
                let within = |id: &i64| {
                    let ends = |span: &Span| (span.from.min(span.to), span.from.max(span.to));
                    only.iter().map(ends).any(|(from, to)| (from..=to).contains(id))
                };
                let mut expected = ids(&loaded, &whole);
                expected.retain(within);
                for feed in [&loaded, &quiet.fresh()] {
                    assert_eq!(ids(feed, &selected), expected, "{query} {only:?}");
                    let (count, counting) = export::count(feed, &selected, &clock()).unwrap();
                    assert!(!counting);
                    assert_eq!(count as usize, expected.len());
                    let found = export::events(feed, &selected, &clock(), count).unwrap().unwrap();
                    assert!(found.iter().map(|id| id.0).eq(expected.iter().copied()));
                    if let Some(fewer) = count.checked_sub(1) {
                        assert_eq!(
                            export::events(feed, &selected, &clock(), fewer).unwrap(),
                            Err(count)
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_shown_under_a_selected_row_is_selected_too() {
    let kept = open();
    // One check-in under two actions.
    let at = NOW - HOUR;
    let checkin = format!(
        r#"[{{"Id":71,"CoworkerId":7,"CoworkerFullName":"Ana Lima","FromTime":"{0}","UpdatedOn":"{0}"}}]"#,
        rfc3339(at)
    );
    kept.send(&Sent::new("CoworkerCheckin", customer(7, "Ana Lima"), at));
    kept.send(&Sent::new("CheckinCreated", checkin, at + 400));
    kept.send(&Sent::new(
        "BookingCreate",
        booking(1, "Bob", "x", &rfc3339(at + 1_000)),
        at + 1_000,
    ));
    let quiet = kept.quiet();
    let loaded = quiet.fresh();
    loaded.load().unwrap();
    let rows = quiet.rows();
    let under = rows.iter().find(|row| row.head.is_some()).unwrap();
    let head = under.head.unwrap();
    let selected = |query: &str, ids: &[i64], fold| ExportRequest {
        only: ids.iter().map(|id| Span { from: *id, to: *id }).collect(),
        fold,
        ..request(query, ExportFormat::Csv)
    };
    let mut both = vec![head.0, under.id.0];
    both.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(ids(&loaded, &selected("", &[head.0], true)), both);
    assert_eq!(ids(&loaded, &selected("", &[head.0], false)), [head.0]);
    // In a folded list there is no row of its own to select.
    assert!(ids(&loaded, &selected("", &[under.id.0], true)).is_empty());
    // Unless its head is not in the list; and what the filter does not let through is shown all the same.
    let action = |id| rows.iter().find(|row| row.id == id).unwrap().action.name();
    let (of_head, of_under) = (
        format!("action:{}", action(head)),
        format!("action:{}", action(under.id)),
    );
    assert_eq!(
        ids(&loaded, &selected(&of_under, &[under.id.0], true)),
        [under.id.0]
    );
    assert_eq!(ids(&loaded, &selected(&of_head, &[head.0], true)), both);
    assert_eq!(ids(&loaded, &selected(&of_head, &[], true)), both);
    assert_eq!(ids(&loaded, &selected(&of_head, &[], false)), [head.0]);
    // Nothing that had not arrived yet.
    let first = ExportRequest {
        as_of: Some(1),
        ..selected("", &[rows[rows.len() - 1].id.0], true)
    };
    assert_eq!(ids(&loaded, &first).len(), 1);
}

#[test]
fn copied_rows_are_a_table() {
    let quiet = store().quiet();
    let loaded = quiet.fresh();
    loaded.load().unwrap();
    let chosen = ExportRequest {
        columns: ["happened_at", "person", "sentence", "body"]
            .map(str::to_owned)
            .to_vec(),
        body: true,
        time_zone: Some("Asia/Tokyo".into()),
        ..request("person:boss", ExportFormat::Jsonl)
    };
    let (text, rows) = export::copy(&loaded, &chosen, &clock()).unwrap();
    assert_eq!(
        export::copy(&quiet.fresh(), &chosen, &clock()).unwrap(),
        (text.clone(), rows)
    );
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("happened_at\tperson\tsentence"));
    assert_eq!(lines.clone().count(), rows as usize);
    assert!(rows > 10);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 3, "{line}");
        assert!(
            cells[0].ends_with("+09:00") && cells[1] == "Ana \"the boss\" Lima, MBA",
            "{line}"
        );
    }
    let body = ExportRequest {
        columns: vec!["body".into()],
        ..chosen
    };
    let error = export::copy(&loaded, &body, &clock()).unwrap_err();
    assert_eq!(error.to_string(), "bodies cannot be copied: export them");
}

#[test]
fn an_excel_file_has_what_the_csv_has() {
    use calamine::{Data, Reader as _};
    let quiet = store().quiet();
    let loaded = quiet.fresh();
    loaded.load().unwrap();
    let excel = ExportRequest {
        body: true,
        ..request("-flag:repeat", ExportFormat::Xlsx)
    };
    let plain = ExportRequest {
        format: ExportFormat::Csv,
        ..excel.clone()
    };
    let text = written(&loaded, &plain);
    let mut records = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = records.records().collect::<Result<_, _>>().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("events.xlsx");
    for feed in [&loaded, &quiet.fresh()] {
        let never = AtomicBool::new(false);
        let rows = export::to_file(feed, &excel, &clock(), &target, true, &mut |_, _| {}, &never).unwrap();
        assert_eq!(rows as usize, records.len());
        assert_eq!(files(folder.path()), ["events.xlsx"]);
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(&target).unwrap();
        let sheet = book.worksheet_range("Events").unwrap();
        assert_eq!(sheet.height(), records.len() + 1);
        for (cells, record) in sheet.rows().skip(1).zip(&records) {
            for (cell, field) in cells.iter().zip(record) {
                let same = match cell {
                    Data::Empty => field.is_empty(),
                    Data::String(text) => field.strip_prefix('\'').unwrap_or(field) == text,
                    Data::Float(number) => field.parse() == Ok(*number),
                    Data::DateTime(at) => {
                        let days = at.as_f64() - 25_569.0;
                        rfc3339((days * 86_400_000.0).round() as i64) == field
                    }
                    _ => false,
                };
                assert!(same, "{cell:?} is not {field:?}");
            }
        }
        // Stopped, nothing is left, and what was there stays.
        let before = std::fs::read(&target).unwrap();
        let cancel = AtomicBool::new(false);
        let stopped = export::to_file(
            feed,
            &excel,
            &clock(),
            &target,
            true,
            &mut |rows, _| cancel.store(rows > 0, Ordering::Relaxed),
            &cancel,
        );
        assert!(matches!(stopped, Err(FeedError::Cancelled)));
        assert_eq!(files(folder.path()), ["events.xlsx"]);
        assert!(std::fs::read(&target).unwrap() == before);
    }
}

#[test]
fn the_log_is_begun_anew_while_an_export_waits_for_its_reader() {
    let kept = open();
    let large = "x".repeat(100_000);
    let body = |n: i64| format!(r#"[{{"Id":{n},"Note":"{}{n}"}}]"#, &large);
    let mut sent = 0;
    let mut send = || {
        sent += 1;
        kept.send(&Sent::new("BookingCreate", body(sent), NOW + sent));
    };
    // More than one slice of them.
    (0..30).for_each(|_| send());
    kept.feed.load().unwrap();
    let log = kept.folder.path().join("nexwatch.db-wal");
    // Two numbers that change whenever the log is begun anew.
    let salt =
        || std::fs::read(&log).map_or(Vec::new(), |bytes| bytes.get(16..24).unwrap_or_default().to_vec());

    struct Slow<'s>(
        &'s mut (dyn FnMut() + Send),
        &'s (dyn Fn() -> Vec<u8> + Sync),
        u32,
    );
    impl Write for Slow<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let Slow(send, salt, written) = self;
            let before = salt();
            // The log is moved between two deliveries; with a reader in the middle of it that would never be.
            for _ in 0..20_000 {
                if salt() != before {
                    break;
                }
                send();
            }
            assert_ne!(salt(), before, "the log is never begun anew");
            *written += 1;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let bodies = ExportRequest {
        body: true,
        ..request("", ExportFormat::Jsonl)
    };
    for feed in [kept.feed.clone(), Feed::new(kept.store.reader.clone())] {
        let before = feed.count(&Filter::default(), &clock(), None).unwrap();
        let mut out = Slow(&mut send, &salt, 0);
        let never = AtomicBool::new(false);
        let rows = export::to_writer(&feed, &bodies, &clock(), &mut out, &mut |_, _| {}, &never);
        assert_eq!(rows.unwrap(), before);
        assert!(out.2 >= 2, "it was read in slices");
    }
}
