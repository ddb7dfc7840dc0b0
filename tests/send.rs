//! `nexwatch send` against a real `nexwatch serve`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;

use common::{Serve, nexwatch, printed, query, run, run_with};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn set_secret(data: &Path, secret: &str) {
    assert!(run_with(data, &["secret", "set"], secret).status.success());
}

fn sum(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn url(serve: &Serve) -> String {
    format!("http://{}{}", serve.listen, serve.hook)
}

#[test]
fn samples_are_signed_marked_and_all_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let _serve = Serve::start(data);
    set_secret(data, "s3cret");
    let output = run(
        data,
        &[
            "send",
            "--count",
            "120",
            "--senders",
            "8",
            "--seed",
            "5",
            "--json",
        ],
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let json = sum(&output);
    assert_eq!((&json["sent"], &json["acknowledged"]), (&120.into(), &120.into()));
    assert_eq!(
        (&json["by_status"]["200"], &json["seed"]),
        (&120.into(), &5.into())
    );
    let events = query(data, &[]);
    // Access of one customer may be updated twice within moments, with the same body: then it is a repeat.
    let arrivals: u64 = events
        .iter()
        .map(|event| 1 + event["repeats"].as_u64().unwrap())
        .sum();
    assert_eq!(arrivals, 120);
    for event in &events {
        assert_eq!(event["source"], "sample", "{event}");
        assert_ne!(event["signature"], "unsigned", "{event}");
    }
    let actions: std::collections::HashSet<&str> = events
        .iter()
        .filter_map(|event| event["action"].as_str())
        .collect();
    assert!(actions.len() > 10, "{actions:?}");
}

#[test]
fn chosen_actions_and_location_are_what_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let serve = Serve::start(data);
    let text = printed(
        data,
        &[
            "send",
            "--action",
            "bookingcreate",
            "--action",
            "16",
            "--location",
            "77",
            "--count",
            "4",
        ],
    );
    assert!(text.contains("all acknowledged"), "{text}");
    let mut actions: Vec<_> = query(data, &[])
        .iter()
        .map(|event| event["action"].as_str().unwrap().to_owned())
        .collect();
    actions.sort();
    assert_eq!(
        actions,
        [
            "BookingCreate",
            "BookingCreate",
            "CoworkerInvoiceCreate",
            "CoworkerInvoiceCreate"
        ]
    );
    // A hook's address that names its action already.
    printed(
        data,
        &["send", "--to", &format!("{}/BookingDelete/99", url(&serve))],
    );
    let newest = query(data, &["action:BookingDelete"]);
    assert_eq!((newest.len(), &newest[0]["source"]), (1, &"sample".into()));
}

#[test]
fn what_is_not_acknowledged_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let serve = Serve::start(data);
    set_secret(data, "s3cret");
    // The secret has to match once before a wrong one is refused.
    assert!(run(data, &["send"]).status.success());
    let output = run(data, &["send", "--unsigned", "--json"]);
    assert_eq!(
        (output.status.code(), &sum(&output)["by_status"]["401"]),
        (Some(1), &1.into())
    );
    let output = run_with(
        data,
        &["send", "--secret-stdin", "--count", "3", "--json"],
        "another\n",
    );
    assert_eq!(
        (output.status.code(), &sum(&output)["not_acknowledged"]),
        (Some(1), &3.into())
    );
    let right = run_with(
        data,
        &["send", "--to", &url(&serve), "--secret-stdin", "--json"],
        "s3cret\n",
    );
    assert!(right.status.success(), "{}", stderr(&right));
    let output = run(data, &["send", "--to", &format!("{}0", url(&serve)), "--json"]);
    assert_eq!(
        (output.status.code(), &sum(&output)["by_status"]["404"]),
        (Some(1), &1.into())
    );
    assert_eq!(query(data, &[]).len(), 2);
}

#[test]
fn a_monday_is_played_with_its_retries() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let _serve = Serve::start(data);
    let output = run(
        data,
        &[
            "send",
            "--scenario",
            "monday",
            "--speed",
            "100000",
            "--seed",
            "3",
            "--senders",
            "1",
            "--json",
        ],
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let sent = sum(&output)["acknowledged"].as_u64().unwrap();
    let events = query(data, &[]).len() as u64;
    let again = query(data, &["flag:repeat"]).len() as u64;
    assert!(sent > 1_000, "{sent}");
    assert!(
        events < sent,
        "{sent} deliveries made {events} events: some are retries"
    );
    assert!(again > 0 && again <= sent - events, "{again} of {sent}, {events}");
}

#[test]
fn nobody_there_is_said_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let output = run(data, &["send"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("there is no Nexwatch in"),
        "{}",
        stderr(&output)
    );
    let serve = Serve::start(data);
    let listen = url(&serve);
    assert!(serve.stop().success());
    let output = run(data, &["send"]);
    assert!(stderr(&output).contains("nothing listens"), "{}", stderr(&output));
    let output = run(data, &["send", "--to", &listen]);
    assert!(
        stderr(&output).contains("nobody listens on 127.0.0.1:"),
        "{}",
        stderr(&output)
    );
    for output in [&output, &run(data, &["send"])] {
        assert_eq!(
            (output.status.code(), stderr(output).lines().count()),
            (Some(1), 1)
        );
    }
}

#[test]
fn misuse_is_told_from_failure() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, says) in [
        (["--action", "BokingCreate"], "BookingCreate"),
        (
            ["--to", "https://example.com/hooks/x"],
            "https is not spoken here",
        ),
        (["--rate", "0"], "above 0"),
        (["--senders", "0"], "senders"),
        (["--speed", "2"], "--scenario"),
    ] {
        let output = run(folder.path(), &[&["send"][..], &arguments[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            stderr(&output).contains(says),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn bodies_can_be_printed_for_other_tools() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let output = run_with(
        data,
        &[
            "send",
            "--print",
            "--action",
            "6",
            "--seed",
            "1",
            "--secret-stdin",
        ],
        "s3cret",
    );
    assert!(output.status.success());
    let body: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(body[0]["ResourceName"].is_string(), "{body}");
    assert_ne!(output.stdout.last(), Some(&b'\n'), "exactly what was signed");
    let key = nexwatch_nexudus::signature::Key::new("s3cret").unwrap();
    let told = stderr(&output);
    let signature = told
        .lines()
        .find_map(|line| line.strip_prefix("x-nexudus-hook-signature: "))
        .unwrap();
    nexwatch_nexudus::signature::check(&output.stdout, signature, [&key]).unwrap();
    let several = printed(data, &["send", "--print", "--count", "5"]);
    assert_eq!(several.lines().count(), 5);
    assert!(
        several
            .lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok())
    );
    // Nothing was made or sent.
    assert_eq!(std::fs::read_dir(data).unwrap().count(), 0);
}

/// Ctrl-C: what was begun is answered, the sum is printed.
#[cfg(unix)]
#[test]
fn it_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let _serve = Serve::start(data);
    let mut child = nexwatch(data)
        .args(["send", "--rate", "200"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    while query(data, &[]).len() < 3 {}
    let told = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(told.unwrap().success());
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(
        line.starts_with("Sent ") && line.contains("all acknowledged"),
        "{line}"
    );
    assert!(child.wait().unwrap().success());
}
