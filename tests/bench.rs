//! `nexwatch bench` works and says what was promised. Never how fast: that is not for a test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;

use common::run;
use serde_json::Value;
use std::path::Path;

fn bench(within: &Path, arguments: &[&str]) -> (Value, String) {
    let place = within.to_str().unwrap();
    let output = run(within, &[&["bench", "--in", place], arguments].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    assert_eq!(
        std::fs::read_dir(within).unwrap().count(),
        0,
        "its folder is removed"
    );
    let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (json, told)
}

fn is_positive(json: &Value, names: &[&str]) {
    for name in names {
        assert!(json[name].as_f64() > Some(0.0), "{name}: {json}");
    }
}

#[test]
fn the_figures_have_the_promised_shape() {
    let folder = tempfile::tempdir().unwrap();
    let (json, told) = bench(folder.path(), &["--events", "2000", "--json"]);
    assert!(told.contains("WARNING"), "few events mean nothing: {told}");
    for name in ["cpu", "os", "profile"] {
        assert!(json["machine"][name].is_string(), "{name}: {json}");
    }
    assert!(json["machine"]["cores"].as_u64() > Some(0));

    let ingest = json["ingest"].as_array().unwrap();
    let senders: Vec<u64> = ingest
        .iter()
        .filter_map(|line| line["senders"].as_u64())
        .collect();
    assert_eq!(senders, [1, 16, 64, 256]);
    for line in ingest {
        let names = [
            "ours_per_s",
            "one_commit_per_s",
            "ceiling_per_s",
            "p50_ms",
            "p99_ms",
            "bytes_per_event",
        ];
        is_positive(line, &names);
        assert!(line["p50_ms"].as_f64() <= line["p99_ms"].as_f64(), "{line}");
    }

    let events = json["sets"][0]["events"].as_u64().unwrap();
    assert!((1_990..=2_000).contains(&events), "{events}");
    questions(json["query"].as_array().unwrap(), events);
    around(&json);
    is_positive(&json["export"], &["rows_per_s", "file_mb"]);
    is_positive(&json["export"]["xlsx"], &["rows_per_s", "file_mb"]);
    assert_eq!(json["export"]["rows"], events);
    if cfg!(target_os = "linux") {
        assert!(json["export"]["peak_mb"].is_number(), "{json}");
        is_positive(&json["sets"][0], &["open_mb", "asked_mb"]);
    }
}

fn questions(query: &[Value], events: u64) {
    assert!(query.len() > 30, "{}", query.len());
    for line in query {
        assert!(line["name"].is_string() && line["events"] == events, "{line}");
        is_positive(
            line,
            &[
                "p50_ms",
                "p95_ms",
                "again_p50_ms",
                "quiet_p95_ms",
                "runs",
                "different",
            ],
        );
        assert!(line["p50_ms"].as_f64() <= line["p95_ms"].as_f64(), "{line}");
    }
    let naive: Vec<&Value> = query
        .iter()
        .map(|line| &line["naive"])
        .filter(|way| way.is_object())
        .collect();
    let shapes: Vec<&str> = naive.iter().filter_map(|way| way["shape"].as_str()).collect();
    for shape in ["LIKE", "OFFSET", "IN", "GROUP BY", "scan"] {
        assert!(shapes.contains(&shape), "{shape}: {shapes:?}");
    }
    for way in naive {
        is_positive(way, &["p50_ms", "p95_ms", "runs"]);
        let steps = way["plan"].as_array().unwrap();
        assert!(!steps.is_empty() && steps.iter().all(Value::is_string), "{way}");
    }
}

/// What a program needs besides.
fn around(json: &Value) {
    is_positive(&json["sets"][0], &["bytes_per_event", "made_in_s", "load_s"]);
    let places = json["sets"][0]["places"].as_object().unwrap();
    assert!(
        places.contains_key("delivery") && places.contains_key("words_data"),
        "{places:?}"
    );
    let start = &json["start"][0];
    is_positive(
        start,
        &["ready_ms", "rows_ms", "empty_rows_ms", "ratio", "counts_ms"],
    );
    assert!(start["ready_ms"].as_f64() < start["rows_ms"].as_f64(), "{start}");
    assert!(
        start["rows_ms"].as_f64() <= start["counts_ms"].as_f64(),
        "{start}"
    );
    for way in ["while_asked", "while_exported"] {
        let waits = &json["writer"][0][way];
        assert_eq!(waits["refused"], 0, "{waits}");
        is_positive(waits, &["deliveries", "p99_ms", "longest_ms"]);
    }
    is_positive(&json["log"][0], &["per_s", "alone_mb", "slow_reader_mb"]);
}

#[test]
fn several_sizes_are_kept_and_drawn_and_growth_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (sets, picture) = (folder.path().join("sets"), folder.path().join("query.svg"));
    let line = |format: &[&str]| {
        let (set, svg) = (sets.to_str().unwrap(), picture.to_str().unwrap());
        let arguments = [
            "bench", "query", "--events", "600,300", "--set", set, "--svg", svg,
        ];
        let output = run(folder.path(), &[&arguments, format].concat());
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let json: Value = serde_json::from_str(&line(&["--json"])).unwrap();
    let sizes = |of: &str| -> Vec<Value> {
        json[of]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["events"].clone())
            .collect()
    };
    assert_eq!((sizes("sets").len(), sizes("start").len()), (2, 2));
    for growth in json["growth"].as_array().unwrap() {
        assert_eq!(growth["events"].as_array().unwrap().len(), 2, "{growth}");
        is_positive(growth, &["ratio"]);
    }
    let kept = || -> Vec<_> {
        let all = std::fs::read_dir(&sets)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut kept: Vec<_> = all
            .map(|path| {
                std::fs::metadata(path.join("nexwatch.db"))
                    .unwrap()
                    .modified()
                    .unwrap()
            })
            .collect();
        kept.sort();
        kept
    };
    let made = kept();
    assert_eq!(made.len(), 2, "two sets and nothing else");
    is_well_formed(&std::fs::read_to_string(&picture).unwrap());
    let table = line(&[]);
    assert_eq!(kept(), made, "they are not made again, nor written to");
    for part in ["GROWTH", "newest 200", "times as much"] {
        assert!(table.contains(part), "{part}: {table}");
    }
}

/// Every element that is opened is closed in its order, and there is nothing that would have to be escaped.
fn is_well_formed(picture: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = picture;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "{}", &rest[..at]);
        let end = at + rest[at..].find('>').expect("it ends");
        let tag = &rest[at + 1..end];
        let name = tag.split([' ', '\n', '/']).find(|part| !part.is_empty()).unwrap();
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?}");
    for entity in picture.split('&').skip(1) {
        assert!(
            ["amp;", "lt;", "gt;"]
                .iter()
                .any(|known| entity.starts_with(known)),
            "{entity}"
        );
    }
    for part in ["<svg xmlns=", "prefers-color-scheme: dark", "viewBox=\"0 0 800 "] {
        assert!(picture.contains(part), "{part}");
    }
}

#[test]
fn a_part_can_be_measured_alone_and_is_a_table_for_persons() {
    let folder = tempfile::tempdir().unwrap();
    let (json, _) = bench(folder.path(), &["export", "--events", "500", "--json"]);
    let names: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(names, ["machine", "sets", "export"]);
    let place = folder.path().to_str().unwrap();
    let output = run(
        folder.path(),
        &["bench", "export", "--events", "500", "--in", place],
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("EXPORT of 500 events"), "{text}");
    assert!(text.contains("fewer than 20000 events"), "{text}");
}

#[test]
fn what_cannot_be_done_is_one_plain_line() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    // No disk has room for forty thousand million events.
    let sizes: Vec<String> = (0..2_000).map(|less| (20_000_000 - less).to_string()).collect();
    let sizes = sizes.join(",");
    let huge = ["--in", place, "query", "--events", &sizes, "--set", place];
    let cases: [(&[&str], &str); 3] = [
        (&["--in", "/nowhere/at/all"], "--in DIR"),
        (
            &["--in", place, "ingest", "--svg", "x.svg"],
            "nexwatch bench query",
        ),
        (&huge, "this needs"),
    ];
    for (arguments, part) in cases {
        let output = run(folder.path(), &[&["bench"], arguments].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        let lines: Vec<&str> = told.lines().filter(|line| !line.starts_with("WARNING")).collect();
        assert_eq!((output.status.code(), lines.len()), (Some(1), 1), "{told}");
        assert!(lines[0].contains(part), "{part}: {told}");
    }
}
