//! The command line, over a real listener.

mod common;

use common::{PROGRAM, Serve, booking, printed, query, run, run_with, send};
use nexwatch::client::Client;
use nexwatch_nexudus::signature::HEADER;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// The one line on standard error.
fn complaint(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    text.trim_end().to_owned()
}

fn set_secret(data: &Path, secret: &str) {
    let output = run_with(data, &["secret", "set"], secret);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_signed_by_dotnet_code_are_kept_and_come_back() {
    let file = include_str!("../src-tauri/crates/nexudus/fixtures/signing-vectors.json");
    let file: Value = serde_json::from_str(file).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let serve = Serve::start(data);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let (mut secret, mut sent) = (String::new(), 0);
    for (number, vector) in vectors.iter().enumerate() {
        let text = |name: &str| vector[name].as_str().unwrap().to_owned();
        // Set while the program runs: it counts from the next delivery on.
        if text("secret") != secret {
            secret = text("secret");
            set_secret(data, &secret);
        }
        // One action each: the same body would be a repeat.
        let path = format!("{}/Vector{number}", serve.hook);
        let reply = client
            .post(&path, &[(HEADER, &text("signature"))], text("body").into())
            .await
            .unwrap();
        assert_eq!(reply.status, 200, "{}", text("name"));
        sent += 1;
        let path = format!("{}/Flipped{number}", serve.hook);
        let mut body = text("body").into_bytes();
        // In a plain letter: what the platform's published code folds to "?" is not covered by its signature.
        let middle = body.len() / 2;
        let letter = (middle..body.len())
            .find(|at| body[*at].is_ascii_alphanumeric())
            .unwrap();
        body[letter] ^= 1;
        let reply = client
            .post(&path, &[(HEADER, &text("signature"))], body.into())
            .await
            .unwrap();
        assert_eq!(reply.status, 401, "{} with a bit flipped", text("name"));
    }
    let rows = query(data, &["--body"]);
    assert_eq!(rows.len(), sent);
    for (number, vector) in vectors.iter().enumerate() {
        let name = format!("Vector{number}");
        let row = rows.iter().find(|row| row["action"] == name.as_str()).unwrap();
        let rule = row["signature"].as_str().unwrap();
        assert_ne!(rule, "unsigned");
        let mut body: Value = serde_json::from_str(vector["body"].as_str().unwrap()).unwrap();
        nexwatch_nexudus::private::mask_value(&mut body);
        assert!(row["body"] == body, "{}", vector["name"]);
    }
    assert!(serve.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_loses_nothing_and_the_right_one_releases() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    set_secret(data, "a typing eror");
    let serve = Serve::start(data);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate/7", serve.hook);
    let reply = send(&mut client, &path, &booking(1), Some("a typing error")).await;
    assert_eq!(reply.status, 202, "no secret has matched yet");
    assert!(query(data, &[]).is_empty());
    set_secret(data, "a typing error");
    // The running program notices by itself.
    let released = loop {
        let rows = query(data, &[]);
        if !rows.is_empty() {
            break rows;
        }
    };
    assert_eq!(released.len(), 1);
    assert!(
        released[0]["flags"]
            .as_array()
            .unwrap()
            .contains(&"released".into())
    );
    let reply = send(&mut client, &path, &booking(2), Some("somebody else's")).await;
    assert_eq!(reply.status, 401, "the secret has proved itself");
    let reply = send(&mut client, &path, &booking(2), None).await;
    assert_eq!(reply.status, 401);
    assert_eq!(query(data, &[]).len(), 1);
    // While the secret is being changed, what was signed before is still genuine; a failure may be the new one's.
    set_secret(data, "the next one");
    let reply = send(&mut client, &path, &booking(3), Some("a typing error")).await;
    assert_eq!(reply.status, 200);
    let reply = send(&mut client, &path, &booking(4), Some("somebody else's")).await;
    assert_eq!(reply.status, 202);
    let reply = send(&mut client, &path, &booking(5), Some("the next one")).await;
    assert_eq!(reply.status, 200);
    let reply = send(&mut client, &path, &booking(6), Some("somebody else's")).await;
    assert_eq!(reply.status, 401);
    assert_eq!(query(data, &[]).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn query_and_export_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let serve = Serve::start(data);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    for number in 0..20 {
        let path = format!("{}/BookingCreate/7", serve.hook);
        assert_eq!(send(&mut client, &path, &booking(number), None).await.status, 200);
    }
    // A retry is no second event.
    let path = format!("{}/BookingCreate/7", serve.hook);
    assert_eq!(send(&mut client, &path, &booking(3), None).await.status, 200);
    let rows = query(data, &[]);
    assert_eq!(rows.len(), 20);
    for name in [
        "id",
        "happened_at",
        "received_at",
        "action",
        "action_number",
        "category",
        "entity",
        "entity_id",
        "location_id",
        "location",
        "person_id",
        "person",
        "resource",
        "amount",
        "currency",
        "sentence",
        "source",
        "signature",
        "repeats",
        "flags",
    ] {
        assert!(rows[0].get(name).is_some(), "{name}");
    }
    assert_eq!(rows.iter().filter(|row| row["repeats"] == 1).count(), 1);
    let one = query(data, &["josé", "13"]);
    assert_eq!(one.len(), 1, "words without accents, all of them");
    assert_eq!(query(data, &["action:BookingDelete"]).len(), 0);

    let out = data.join("out.jsonl");
    printed(data, &["export", "--out", out.to_str().unwrap()]);
    let exported: Vec<Value> = std::fs::read_to_string(&out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(exported, rows);

    let out = data.join("out.csv");
    std::fs::write(&out, "old").unwrap();
    printed(
        data,
        &[
            "export",
            "--out",
            out.to_str().unwrap(),
            "--columns",
            "entity_id,person",
            "--oldest-first",
            "action:BookingCreate",
        ],
    );
    let csv = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines.len(), 22, "a head, twenty rows, an end");
    assert_eq!((lines[0], lines[1]), ("entity_id,person", "1428000000,José 0"));
    let piped = printed(data, &["export", "--out", "-", "--columns", "id"]);
    assert_eq!(piped.lines().count(), 21);

    // By the name's ending an Excel workbook, to a file as to a pipe.
    let out = data.join("out.xlsx");
    printed(data, &["export", "--out", out.to_str().unwrap()]);
    let piped = run(data, &["export", "--out", "-", "--format", "xlsx"]);
    assert!(piped.status.success());
    for bytes in [std::fs::read(&out).unwrap(), piped.stdout] {
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.by_name("xl/worksheets/sheet1.xml").unwrap();
        let sheet = std::io::read_to_string(sheet).unwrap();
        assert_eq!(sheet.matches("<row ").count(), 21, "a head and twenty rows");
        assert_eq!(sheet.matches("<t>José 13</t>").count(), 1);
    }
}

/// A disk that takes no more, played by the limit on a file's length.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_excel_file_that_has_no_room_is_not_there_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let serve = Serve::start(data);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    for number in 0..60 {
        let path = format!("{}/BookingCreate/7", serve.hook);
        assert_eq!(send(&mut client, &path, &booking(number), None).await.status, 200);
    }
    let out = tempfile::tempdir().unwrap();
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec \"{PROGRAM}\" --data \"$1\" export --body --out \"$2/out.xlsx\"",
    );
    let output = Command::new("sh")
        .args(["-c", &script, "sh"])
        .args([data, out.path()])
        .env("TMPDIR", out.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("out.xlsx was not written"), "{said}");
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);
}

#[test]
fn misuse_and_failure_are_told_apart_and_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert_eq!(run(data, &["serve", "--nonsense"]).status.code(), Some(2));
    assert_eq!(run(data, &["query", "--limit", "many"]).status.code(), Some(2));
    let output = run(data, &["query"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("there is no Nexwatch database"));
    for wrong in ["", "schlüssel", "\n"] {
        let output = run_with(data, &["secret", "set"], wrong);
        assert_eq!(output.status.code(), Some(1), "{wrong:?}");
        complaint(&output);
    }
    let output = run(data, &["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(1));
    complaint(&output);

    let serve = Serve::start(data);
    let second = run(data, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(complaint(&second).contains("another Nexwatch is already using"));
    let other = tempfile::tempdir().unwrap();
    let taken = run(other.path(), &["serve", "--listen", &serve.listen]);
    assert_eq!(taken.status.code(), Some(1));
    let port = serve.listen.rsplit(':').next().unwrap();
    assert!(complaint(&taken).contains(port));
    for misused in [
        &["query", "action:"][..],
        &["query", "action:Bokings"],
        &["export", "--out", "x.pdf"],
        &["export", "--out", "/nowhere/at/all.csv", "--time-zone", "Mars"],
    ] {
        let output = run(data, misused);
        assert_eq!(output.status.code(), Some(2), "{misused:?}");
        complaint(&output);
    }
    let output = run(data, &["export", "--out", "/nowhere/at/all.csv"]);
    assert_eq!(output.status.code(), Some(1));
    complaint(&output);
    let output = run(
        data,
        &[
            "export",
            "--out",
            data.join("x.csv").to_str().unwrap(),
            "--columns",
            "id,nonsense",
        ],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("nonsense"));
    assert!(!data.join("x.csv").exists());
    assert!(serve.stop().success());
}

#[test]
fn the_doctor_tells_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let report = |code| {
        let output = run(data, &["doctor", "--json", "--full"]);
        assert_eq!(output.status.code(), Some(code));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let health = |report: &Value, what: &str| {
        let all = report["findings"].as_array().unwrap();
        let one = all.iter().find(|finding| finding["what"] == what).unwrap();
        one["health"].as_str().unwrap().to_owned()
    };
    assert_eq!(health(&report(0), "database"), "ok");
    let serve = Serve::start(data);
    let running = report(0);
    assert_eq!(health(&running, "listener"), "ok");
    assert_eq!(health(&running, "secret"), "attention");
    assert_eq!(health(&running, "soundness"), "ok");
    assert!(serve.stop().success());
    std::fs::write(data.join("settings.json"), "{").unwrap();
    let broken = report(1);
    assert_eq!(
        (health(&broken, "settings"), broken["health"].as_str()),
        ("wrong".to_owned(), Some("wrong"))
    );
    let human = run(data, &["doctor"]);
    assert!(String::from_utf8_lossy(&human.stdout).contains("settings.json"));
}

#[test]
fn the_doctor_does_not_call_a_wrong_place_good() {
    let folder = tempfile::tempdir().unwrap();
    let looked = |data: &Path| {
        let output = run(data, &["doctor", "--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let data = report["findings"][0].clone();
        assert_eq!(data["what"], "data");
        (
            output.status.code(),
            data["health"].as_str().unwrap().to_owned(),
            data["says"].as_str().unwrap().to_owned(),
        )
    };
    let (code, health, says) = looked(&folder.path().join("not/there/yet"));
    assert_eq!((code, health.as_str()), (Some(0), "ok"), "{says}");
    assert!(says.contains("made at the first start"), "{says}");
    std::fs::write(folder.path().join("letter.txt"), "Dear Ana").unwrap();
    let (code, health, says) = looked(folder.path());
    assert_eq!((code, health.as_str()), (Some(0), "attention"), "{says}");
    let (code, health, says) = looked(&folder.path().join("letter.txt/data"));
    assert_eq!((code, health.as_str()), (Some(1), "wrong"), "{says}");
    assert!(says.starts_with("cannot be made"), "{says}");
    // Named from where the program is started.
    let output = std::process::Command::new(PROGRAM)
        .args(["--data", "not-there", "doctor"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("made at the first start"),
        "{said}"
    );
    // Looking makes nothing.
    let new = folder.path().join("new");
    let output = run(&new, &["secret", "list"]);
    assert!(output.status.success() && !new.exists());
}

#[test]
fn without_arguments_help_names_every_verb() {
    let help = Command::new(PROGRAM).arg("--help").output().unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    for verb in ["serve", "secret", "query", "export", "send", "doctor", "bench"] {
        assert!(text.contains(verb), "{verb}");
    }
}
