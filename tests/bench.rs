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
        for name in [
            "ours_per_s",
            "one_commit_per_s",
            "ceiling_per_s",
            "p50_ms",
            "p99_ms",
            "bytes_per_event",
        ] {
            assert!(line[name].as_f64() > Some(0.0), "{name}: {line}");
        }
        assert!(line["p50_ms"].as_f64() <= line["p99_ms"].as_f64(), "{line}");
    }

    let query = json["query"].as_array().unwrap();
    assert!(query.len() > 20, "{}", query.len());
    for line in query {
        assert!(line["name"].is_string() && line["events"] == 2_000, "{line}");
        assert!(line["p50_ms"].as_f64() > Some(0.0), "{line}");
        assert!(line["p50_ms"].as_f64() <= line["p95_ms"].as_f64(), "{line}");
    }

    assert!(json["export"]["rows_per_s"].as_f64() > Some(0.0), "{json}");
    if cfg!(target_os = "linux") {
        assert!(json["export"]["peak_mb"].is_number(), "{json}");
    }
}

#[test]
fn a_part_can_be_measured_alone_and_is_a_table_for_persons() {
    let folder = tempfile::tempdir().unwrap();
    let (json, _) = bench(folder.path(), &["query", "--events", "500", "--json"]);
    let names: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(names, ["machine", "query"]);
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
fn a_folder_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["bench", "--in", "/nowhere/at/all"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), told.lines().count()),
        (Some(1), 1),
        "{told}"
    );
    assert!(told.contains("--in DIR"), "{told}");
}
