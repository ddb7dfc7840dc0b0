use super::super::arrivals::Waits;
use super::super::figures::{Figures, OfSet};
use super::super::machine::Machine;
use super::super::naive::Way;
use super::super::query::{Asked, Line, Log, Memory, Slowest, Took};
use super::super::{exporting, ingest, set, start, svg};
use serde_json::{Value, json};

fn line(name: &str, kind: &str, events: u32, p95: f64) -> Line {
    let took = |p95: f64| Took { p50: p95 / 2.0, p95 };
    Line {
        name: name.into(),
        kind: kind.into(),
        goal: (kind == "page").then_some(if events > 1_000_000 { 20.0 } else { 10.0 }),
        events,
        runs: [144, 90],
        took: took(p95),
        again: took(0.1),
        quiet: took(p95 * 0.9),
        slowest: Some(Slowest {
            case: "mark + word".into(),
            p50: 3.25,
        }),
        naive: Some(Way {
            shape: "IN".into(),
            runs: 7,
            p50: 50.0,
            p95: 60.0,
            sqlite3: Some((70.0, 80.0)),
            sql: vec!["SELECT 1".into()],
            plan: vec!["SCAN e".into()],
        }),
    }
}

fn of_set(events: u32, times: f64) -> OfSet {
    OfSet {
        about: set::About {
            wanted: events,
            events,
            seconds: 10.0,
            bytes_per_event: 540.0,
            places: (0..12).map(|n| (format!("table{n}"), 10.0)).collect(),
        },
        asked: Some(Asked {
            lines: vec![
                line("action", "page", events, 1.0 * times),
                line("<words> & more", "search", events, 30.0 * times),
                line("new", "other", events, 0.02),
            ],
            load_s: 0.5,
            memory: Some(Memory {
                open: 40.0,
                asked: 60.0,
            }),
            while_asked: Waits {
                deliveries: 500,
                longest_ms: 12.0,
                p99_ms: 5.0,
                ..Waits::default()
            },
            while_exported: Waits::default(),
            log: Log {
                per_s: 500,
                seconds: 10.0,
                alone_mb: 4.0,
                slow_reader_mb: 9.0,
                after_mb: 4.5,
                waits: Waits::default(),
            },
        }),
        start: Some(start::Start {
            events,
            ready_ms: 20.0,
            rows_ms: 33.0,
            empty_rows_ms: 30.0,
            counts_ms: 800.0,
            memory_mb: Some(45.0),
        }),
    }
}

fn figures() -> Figures {
    let folder = tempfile::tempdir().unwrap();
    let mut machine = Machine::look(folder.path()).unwrap();
    (machine.cpu, machine.load) = ("Fast & <good>".into(), Some(0.25));
    let mut figures = Figures::new(machine, vec!["only a test".into()]);
    figures.ingest = Some(ingest::Measured {
        lines: vec![ingest::Line {
            senders: 64,
            ours: 12_000.4,
            one_commit: 1_500.0,
            ceiling: 40_000.0,
            p50: [4.0, 40.0],
            p99: [12.345_678, 85.0],
        }],
        events: 60_000,
        bytes_per_event: 432.1,
        places: Vec::new(),
    });
    figures.sets = vec![of_set(1_000_000, 1.0), of_set(9_999_990, 4.0)];
    figures.export = Some(exporting::Line {
        rows: 1_000,
        csv: exporting::OfFormat {
            rows_per_s: 900_000.0,
            peak_mb: Some(12.0),
            file_mb: 0.25,
        },
        xlsx: exporting::OfFormat {
            rows_per_s: 90_000.0,
            peak_mb: None,
            file_mb: 3.0,
        },
        sqlite3_rows_per_s: None,
    });
    figures
}

fn is_number(json: &Value, names: &[&str]) {
    for name in names {
        assert!(json[name].is_number(), "{name}: {json}");
    }
}

#[test]
fn scripts_find_the_promised_fields() {
    let json = figures().json();
    let line = &json["ingest"][0];
    assert_eq!(
        (&line["senders"], &line["ours_per_s"]),
        (&json!(64), &json!(12_000.0))
    );
    is_number(
        line,
        &[
            "one_commit_per_s",
            "ceiling_per_s",
            "p50_ms",
            "p99_ms",
            "bytes_per_event",
        ],
    );
    assert_eq!(line["p99_ms"], json!(12.346));
    let query = json["query"].as_array().unwrap();
    assert_eq!(query.len(), 6, "each question of each set");
    let line = &query[0];
    assert_eq!(
        (&line["name"], &line["events"], &line["p95_ms"], &line["goal_ms"]),
        (&json!("action"), &json!(1_000_000), &json!(1.0), &json!(10.0))
    );
    is_number(
        line,
        &["p50_ms", "again_p95_ms", "quiet_p95_ms", "runs", "different"],
    );
    is_number(
        &line["naive"],
        &["p50_ms", "p95_ms", "sqlite3_p50_ms", "sqlite3_p95_ms"],
    );
    assert_eq!(line["naive"]["plan"], json!(["SCAN e"]));
    assert_eq!(
        json["growth"][1],
        json!({ "name": "<words> & more", "events": [1_000_000, 9_999_990], "p95_ms": [30.0, 120.0], "ratio": 4.0 })
    );
    is_number(
        &json["sets"][1],
        &[
            "events",
            "bytes_per_event",
            "made_in_s",
            "load_s",
            "open_mb",
            "asked_mb",
        ],
    );
    is_number(&json["sets"][1]["places"], &["table0", "table11"]);
    assert_eq!(json["start"][0]["ratio"], json!(1.1));
    is_number(
        &json["start"][0],
        &["ready_ms", "rows_ms", "empty_rows_ms", "counts_ms", "memory_mb"],
    );
    assert_eq!(json["writer"][0]["while_asked"]["longest_ms"], json!(12.0));
    is_number(&json["log"][0], &["alone_mb", "slow_reader_mb", "after_mb"]);
    is_number(&json["export"], &["rows_per_s", "peak_mb", "rows", "file_mb"]);
    is_number(&json["export"]["xlsx"], &["rows_per_s", "file_mb"]);
    assert_eq!(json["machine"]["warnings"][0], "only a test");
}

#[test]
fn persons_read_ratios_goals_and_warnings() {
    let text = figures().to_string();
    for part in [
        "64 │     12000          1500    8.0 │      40000   30 %",
        "table0 10",
        "others 40",
        "action                                   │   0.50    1.00     10 │   0.10    0.90 │ IN                   50.00     70.00           100",
        "action: slowest is mark + word, 3.25 ms (p50)",
        "from the start to the first rows 33 ms (empty: 30 ms)",
        "500 of 500 deliveries waited 99 of 100 under 5.0 ms, the longest 12.0 ms",
        "4.0 MiB at the most, 9.0 MiB beside a reader that takes 10 s, 4.5 MiB after it",
        "        1 M       10 M   10 times the events cost",
        "action                                   │       1.00       4.00      4.0 times as much",
        "900000 rows/s, 0 MiB, 12.0 MiB above idle",
        "(not installed)",
        "XLSX              90000 rows/s, 3 MiB, peak not known here",
        "WARNING: only a test",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_goal_that_was_missed_is_marked() {
    let mut figures = figures();
    figures.sets[0].asked.as_mut().unwrap().lines[0].took.p95 = 10.5;
    assert!(figures.to_string().contains("   10.50    10! │"), "{figures}");
}

#[test]
fn what_was_not_measured_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    let figures = Figures::new(Machine::look(folder.path()).unwrap(), Vec::new());
    assert_eq!(
        figures.json().as_object().unwrap().keys().collect::<Vec<_>>(),
        ["machine"]
    );
    let one = Figures {
        sets: vec![of_set(1_000, 1.0)],
        ..figures
    };
    assert_eq!(one.json()["growth"][0]["ratio"], Value::Null);
    assert!(!one.to_string().contains("GROWTH"));
}

#[test]
fn the_picture_has_every_question_with_a_mark_for_each_set() {
    let picture = svg::draw(&figures());
    assert_eq!(
        picture.matches("<circle").count(),
        3 + 1,
        "three questions and the key"
    );
    assert_eq!(picture.matches("<rect class=\"m1\"").count(), 3 + 1);
    assert_eq!(picture.matches("class=\"goal\"").count(), 2 + 1);
    for part in [
        "action: 1 M 1.00 ms (goal 10 ms), 10 M 4.00 ms (goal 20 ms)",
        "&lt;words&gt; &amp; more",
        "Fast &amp; &lt;good&gt;",
        "prefers-color-scheme: dark",
        ">0.01 ms<",
        ">1 s<",
    ] {
        assert!(picture.contains(part), "{part}\n{picture}");
    }
}

#[test]
fn sizes_are_told_in_short() {
    let told = [300, 2_700, 100_000, 949_000, 999_998, 1_500_000, 9_999_990].map(super::size);
    assert_eq!(told, ["300", "2.7 k", "100 k", "949 k", "1 M", "1.5 M", "10 M"]);
}
