//! Evidence of events, and sending one again: what leaves this computer is exactly what was meant to.

mod common;

use common::desk::{Door, start};
use common::{Serve, booking, printed, query, run, run_with};
use nexwatch::client::Client;
use nexwatch_nexudus::signature::{HEADER, Key, Rule, check, sign};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;

const SECRET: &str = "evidence test secret";
/// Whatever a shell, a zip or a terminal could take for its own.
const HOSTILE: &str = "[{\"Id\":1428000777,\"ResourceName\":\"$(touch pwned) `id` 'x' \\\"y\\\" \\\\ %s ../../é🎉\",\r\n\
    \"CoworkerFullName\":\"O'Neill; rm -rf /\\n\u{202e}\",\"AccessPincode\":\"4711-pin\",\
    \"Notes\":\"ring 4711-pin\\u0000\",\"UpdatedOn\":\"2026-06-08T09:52:31.1Z\"}]\n";

/// A request as it came.
struct Came {
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Came {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// An integrator's receiver: answers each request in turn with these bytes, and hands on what came.
fn receiver(answers: Vec<Vec<u8>>) -> (String, mpsc::Receiver<Came>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (send, came) = mpsc::channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            send.send(read(&stream)).unwrap();
            stream.write_all(&answer).unwrap();
        }
    });
    (address, came)
}

fn read(stream: &TcpStream) -> Came {
    let mut lines = BufReader::new(stream);
    let mut line = || {
        let mut text = String::new();
        lines.read_line(&mut text).unwrap();
        text.trim_end().to_owned()
    };
    let first = line();
    let headers: Vec<(String, String)> = std::iter::from_fn(|| {
        let line = line();
        let (name, value) = line.split_once(':')?;
        Some((name.to_lowercase(), value.trim().to_owned()))
    })
    .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").unwrap();
    let mut body = vec![0; length.1.parse().unwrap()];
    lines.read_exact(&mut body).unwrap();
    Came {
        line: first,
        headers,
        body,
    }
}

fn ok(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nX-Mine: yes\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The files of a bundle.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn set_secret(data: &Path, arguments: &[&str], secret: &str) {
    let output = run_with(data, &[&["secret", "set"], arguments].concat(), secret);
    assert!(output.status.success());
}

/// Delivers a body, signed by a rule; the event's id.
async fn deliver(
    data: &Path,
    serve: &Serve,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
    rule: Rule,
) -> i64 {
    let signature = sign(body.as_bytes(), &Key::new(SECRET).unwrap(), rule);
    let headers = [headers, &[(HEADER, signature.as_str())]].concat();
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}{path}", serve.hook);
    let reply = client
        .post(&path, &headers, body.to_owned().into())
        .await
        .unwrap();
    assert_eq!(reply.status, 200);
    query(data, &[])
        .iter()
        .map(|row| row["id"].as_i64().unwrap())
        .max()
        .unwrap()
}

fn bundle(data: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = run(data, &[&["evidence", "--out", "-"], arguments].concat());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn no_secret_is_in(files: &BTreeMap<String, Vec<u8>>, serve: &Serve) {
    let key = serve.hook.trim_start_matches("/hooks/");
    for (name, bytes) in files {
        for secret in [key, SECRET] {
            let told = bytes
                .windows(secret.len())
                .any(|piece| piece == secret.as_bytes());
            assert!(!told && !name.contains(secret), "{name}");
        }
    }
}

fn complaint(data: &Path, arguments: &[&str], status: i32) -> String {
    let output = run(data, arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_holds_what_came_and_nothing_that_is_secret() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    set_secret(data, &[], SECRET);
    let serve = Serve::start(data);
    let headers = [
        ("x-nexudus-agent", "it's 4711-pin; $(id)"),
        ("x-nexudus-card-number", "4929"),
    ];
    let id = deliver(
        data,
        &serve,
        "/BookingCreate/7",
        &headers,
        HOSTILE,
        Rule::AsciiFolded,
    )
    .await;
    assert_eq!(
        deliver(
            data,
            &serve,
            "/BookingCreate/7",
            &headers,
            HOSTILE,
            Rule::AsciiFolded
        )
        .await,
        id
    );
    let id_text = id.to_string();

    let masked = bundle(data, &[&id_text]);
    assert_eq!(
        masked,
        bundle(data, &[&id_text]),
        "the same events, the same bytes"
    );
    let files = unpacked(&masked);
    no_secret_is_in(&files, &serve);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let of = |files: &BTreeMap<String, Vec<u8>>, end: &str| {
        let found = files.iter().find(|(name, _)| name.ends_with(end)).unwrap();
        assert!(
            !found.0.starts_with('/') && !found.0.contains(".."),
            "{}",
            found.0
        );
        String::from_utf8(found.1.clone()).unwrap()
    };
    for text in files.values() {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains("4711-pin") && !text.contains("4929"), "{text}");
    }
    let facts: Value = serde_json::from_str(&of(&files, "/delivery.json")).unwrap();
    assert_eq!(facts["event"]["id"], id);
    assert_eq!(facts["delivery"]["path_after_key"], "/BookingCreate/7");
    assert_eq!(facts["signature"]["result"], "verified");
    assert_eq!(facts["signature"]["rule"], "ascii-folded");
    assert!(facts["signature"]["secret_number"].is_u64());
    assert_eq!(facts["repeats"].as_array().unwrap().len(), 1);
    assert_eq!(facts["repeats"][0]["identical"], true);
    assert_eq!(facts["body"]["as_received"], false);
    assert!(facts["body"]["sha256"].is_null() && facts["body"]["masked_fields"].as_u64().unwrap() >= 1);
    let body: Value = serde_json::from_str(&of(&files, "/body.json")).unwrap();
    assert_eq!(body[0]["Id"], 1_428_000_777);
    assert!(of(&files, "README.txt").contains("CANNOT\nPROVE ITS SIGNATURE"));

    let files = unpacked(&bundle(data, &[&id_text, "--unmasked"]));
    no_secret_is_in(&files, &serve);
    assert_eq!(of(&files, "/body.json"), HOSTILE, "byte for byte");
    let facts: Value = serde_json::from_str(&of(&files, "/delivery.json")).unwrap();
    assert_eq!(facts["body"]["sha256"].as_str().unwrap().len(), 64);
    assert!(facts["delivery"]["headers"].to_string().contains("4711-pin"));
    assert!(of(&files, "README.txt").contains("Hand this on with care"));
    assert!(serve.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_sends_the_very_bytes_and_runs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    set_secret(data, &[], SECRET);
    let serve = Serve::start(data);
    let headers = [
        ("x-nexudus-agent", "it's \"odd\" $(touch pwned) `touch pwned` \\"),
        ("x-nexudus-empty", ""),
    ];
    let id = deliver(
        data,
        &serve,
        "/%24(touch%20pwned)'%22/7",
        &headers,
        HOSTILE,
        Rule::RawBytes,
    )
    .await;
    // An event whose body is more than curl sends at once without asking first.
    let large = booking(3).replace("delivery 3", &"x".repeat(2 << 20));
    let large_id = deliver(data, &serve, "/BookingCreate/7", &[], &large, Rule::RawBytes).await;
    let (id, large_id) = (id.to_string(), large_id.to_string());
    let place = tempfile::tempdir().unwrap();
    // What a person has typed may be odd, too.
    let place = place.path().join("it's $(touch pwned) -e");
    let (address, came) = receiver(vec![ok("one"), ok("two"), ok("three")]);
    for (arguments, unmasked) in [
        (vec![id.as_str()], false),
        (vec![&id, &large_id, "--unmasked"], true),
    ] {
        for (name, bytes) in unpacked(&bundle(data, &arguments)) {
            let file = place.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
        for event in arguments.iter().filter(|argument| !argument.starts_with("--")) {
            let folder = std::fs::read_dir(&place)
                .unwrap()
                .map(|entry| entry.unwrap().path());
            let folder = folder
                .filter(|path| path.is_dir())
                .find(|path| path.to_string_lossy().ends_with(event))
                .unwrap();
            let ran = Command::new("sh")
                .arg(folder.join("send-again.sh"))
                .arg(format!("http://{address}/hook?a=[1-3]"))
                .output()
                .unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
            let request = came.recv().unwrap();
            assert_eq!(request.line, "POST /hook?a=[1-3] HTTP/1.1");
            assert_eq!(request.body, std::fs::read(folder.join("body.json")).unwrap());
            assert_eq!(request.header("content-type"), Some("application/json"));
            assert_eq!(request.header("x-nexwatch-sent-again"), Some("1"));
            assert_eq!(request.header("expect"), None);
            if *event == id {
                let odd = "it's \"odd\" $(touch pwned) `touch pwned` \\";
                assert_eq!(request.header("x-nexudus-agent"), Some(odd));
                assert_eq!(request.header("x-nexudus-empty"), Some(""));
                assert_eq!(request.body == HOSTILE.as_bytes(), unmasked);
            } else {
                assert_eq!(request.body, large.as_bytes());
            }
            let mut all = std::fs::read_dir(&folder).unwrap();
            assert!(all.all(|entry| entry.unwrap().file_name() != "pwned"));
        }
    }
    assert!(!Path::new("pwned").exists());
    assert!(serve.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_had_in_a_browser_and_what_is_wrong_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    set_secret(data, &[], SECRET);
    let (serve, door) = start(data);
    let first = deliver(data, &serve, "/BookingCreate/7", &[], HOSTILE, Rule::AsciiFolded).await;
    let second = deliver(
        data,
        &serve,
        "/BookingCreate",
        &[],
        &booking(5),
        Rule::AsciiFolded,
    )
    .await;
    let evidence = json!({"events": [first, second], "unmasked": true});
    let plan = door.answer(&json!({"ask": "evidence-plan", "evidence": evidence}));
    assert_eq!(plan["events"], 2);
    assert_eq!(plan["bytes"], HOSTILE.len() + booking(5).len());
    assert!(plan["target"].as_str().unwrap().starts_with("nexwatch-evidence-"));
    let begun = door.answer(&json!({"ask": "evidence-start", "evidence": evidence, "overwrite": false}));
    let place = begun["download"].as_str().unwrap();
    let (head, bytes) = fetch(&door, place);
    assert!(
        head.contains("content-type: application/zip") && head.contains(".zip\""),
        "{head}"
    );
    let from_cli = bundle(data, &[&first.to_string(), &second.to_string(), "--unmasked"]);
    assert_eq!(unpacked(&bytes), unpacked(&from_cli));
    assert_eq!(bytes, from_cli);

    // Of what is selected in a list, newest first.
    let list = |only: Value| {
        let selected = json!({"filter": {}, "asOf": null, "only": only});
        json!({"events": [], "selected": selected, "unmasked": true})
    };
    let both = list(json!([{"from": first.min(second), "to": first.max(second)}]));
    let plan = door.answer(&json!({"ask": "evidence-plan", "evidence": both}));
    assert_eq!(plan["events"], 2);
    let begun = door.answer(&json!({"ask": "evidence-start", "evidence": both, "overwrite": false}));
    let (_, bytes) = fetch(&door, begun["download"].as_str().unwrap());
    let newest_first = [first.max(second).to_string(), first.min(second).to_string()];
    assert_eq!(
        bytes,
        bundle(data, &[&newest_first[0], &newest_first[1], "--unmasked"])
    );
    let one = list(json!([{"from": second, "to": second}]));
    assert_eq!(
        door.answer(&json!({"ask": "evidence-plan", "evidence": one}))["events"],
        1
    );
    let mut twice = both;
    twice["events"] = json!([first]);
    for (wrong, why) in [
        (
            list(json!([{"from": 1, "to": 2}])),
            "Nothing is selected any more.",
        ),
        (twice, "named or selected, not both"),
    ] {
        let refused = door.ask(&json!({"ask": "evidence-plan", "evidence": wrong}));
        assert_eq!(refused.status, 400);
        assert!(refused.body.contains(why), "{}", refused.body);
    }

    // Copied, and as an Excel file.
    let rows = json!({"filter": {}, "asOf": null, "only": [{"from": second, "to": second}], "format": "xlsx",
        "columns": ["entity_id", "action"], "oldestFirst": false, "timeZone": "UTC", "bom": false, "body": false});
    let copied = door.answer(&json!({"ask": "copy-rows", "export": rows}));
    assert_eq!(copied["text"], "entity_id\taction\n1428000005\tBookingCreate\n");
    assert_eq!(copied["rows"], 1);
    let plan = door.answer(&json!({"ask": "export-plan", "export": rows}));
    assert_eq!(plan["rows"], 1);
    let begun = door.answer(&json!({"ask": "export-start", "export": rows, "overwrite": false}));
    let (head, bytes) = fetch(&door, begun["download"].as_str().unwrap());
    assert!(
        head.contains("content-type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            && head.contains(".xlsx\""),
        "{head}"
    );
    assert!(unpacked(&bytes).contains_key("xl/worksheets/sheet1.xml"));

    for (events, status) in [
        (json!([]), 400),
        (json!([first, first]), 400),
        (json!([1]), 404),
        (json!(vec![1; 501]), 400),
    ] {
        for ask in ["evidence-plan", "evidence-start"] {
            let evidence = json!({"events": events, "unmasked": false});
            let refused = door.ask(&json!({"ask": ask, "evidence": evidence, "overwrite": false}));
            assert_eq!(refused.status, status, "{}", refused.body);
        }
    }
    let choose = door.ask(&json!({"ask": "evidence-choose", "evidence": evidence}));
    assert!(choose.body.contains("not-here"), "{}", choose.body);
    // To a file: whole or not at all.
    let out = data.join("out.zip");
    let out = out.to_str().unwrap();
    let wrong = complaint(data, &["evidence", &first.to_string(), "1", "--out", out], 2);
    assert!(
        wrong.contains("there is no event 1") && !Path::new(out).exists(),
        "{wrong}"
    );
    printed(data, &["evidence", &first.to_string(), "--out", out]);
    assert_eq!(std::fs::read(out).unwrap(), bundle(data, &[&first.to_string()]));
    assert!(serve.stop().success());
}

fn fetch(door: &Door, place: &str) -> (String, Vec<u8>) {
    let mut stream = door.open(&format!("GET {place}"), &[("Authorization", &door.bearer())], "");
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    let split = all.windows(4).position(|piece| piece == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&all[..split]).to_lowercase();
    (head, all[split + 4..].to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_sent_again_as_it_came_and_signed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    set_secret(data, &[], SECRET);
    let (serve, door) = start(data);
    let folded = deliver(data, &serve, "/BookingCreate/7", &[], HOSTILE, Rule::AsciiFolded).await;
    let raw = deliver(data, &serve, "/BookingCreate/8", &[], &booking(5), Rule::RawBytes).await;
    set_secret(data, &["--location", "7"], "harbour's own");
    let redirect =
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".to_vec();
    let big = ok(&"é".repeat(20_000));
    let (address, came) = receiver(vec![ok("thanks \u{1b}[31m"), ok("x"), redirect, big]);
    let url = format!("http://{address}/in/{folded}?x=1");
    let ask = |event: i64, url: &str, confirmed: bool| json!({"ask": "send-again", "event": event, "url": url, "confirmed": confirmed});

    let sent = door.answer(&ask(folded, &url, false));
    let request = came.recv().unwrap();
    assert_eq!(request.line, format!("POST /in/{folded}?x=1 HTTP/1.1"));
    assert_eq!(request.body, HOSTILE.as_bytes());
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("x-nexwatch-sent-again"), Some("1"));
    let own = Key::new("harbour's own").unwrap();
    let signed = check(&request.body, request.header(HEADER).unwrap(), [&own]);
    assert_eq!(signed, Ok((0, Rule::AsciiFolded)));
    assert_eq!(
        (&sent["status"], &sent["reason"], &sent["end"]),
        (&json!(200), &json!("OK"), &json!("whole"))
    );
    assert_eq!(
        (&sent["rule"], &sent["bytes"]),
        (&json!("ascii-folded"), &json!(HOSTILE.len()))
    );
    assert_eq!(sent["body"], "thanks \u{1b}[31m");
    assert!(
        sent["headers"]
            .as_array()
            .unwrap()
            .contains(&json!(["x-mine", "yes"]))
    );

    let told = printed(
        data,
        &[
            "send",
            "--event",
            &raw.to_string(),
            "--to",
            &format!("http://{address}/"),
        ],
    );
    let request = came.recv().unwrap();
    let general = Key::new(SECRET).unwrap();
    let signed = check(&request.body, request.header(HEADER).unwrap(), [&general]);
    assert_eq!(signed, Ok((0, Rule::RawBytes)));
    assert!(
        told.contains("200 OK, after ") && told.contains("rule raw-bytes"),
        "{told}"
    );
    // A redirect is shown, not followed; and it is no success.
    let output = run(
        data,
        &[
            "send",
            "--event",
            &raw.to_string(),
            "--to",
            &format!("http://{address}/"),
            "--json",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let sent: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sent["status"], 302);
    let sent = door.answer(&ask(raw, &url, true));
    assert_eq!(
        (&sent["end"], sent["body"].as_str().unwrap().chars().count()),
        (&json!("cut"), 8192)
    );

    // Elsewhere only with a yes; home never.
    for (url, confirmed, code) in [
        ("https://integrator.example/hook", false, "confirm"),
        ("http://192.0.2.1/", false, "confirm"),
        ("integrator.example", true, "bad-question"),
        (
            &format!("http://{}{}/BookingCreate/7", serve.listen, serve.hook),
            true,
            "bad-question",
        ),
        ("http://127.0.0.1:1/", false, "outside"),
    ] {
        let refused: Value = serde_json::from_str(&door.ask(&ask(raw, url, confirmed)).body).unwrap();
        assert_eq!(refused["code"], code, "{url}: {refused}");
    }
    assert!(door.ask(&ask(1, &url, true)).body.contains("not-found"));
    let to = |url: &str| complaint(data, &["send", "--event", &raw.to_string(), "--to", url], 1);
    assert!(to("https://integrator.example/hook").contains("--yes"));
    assert!(to(&format!("http://{}{}", serve.listen, serve.hook)).contains("own hook"));
    assert!(to("http://127.0.0.1:1/").contains("refuses connections"));
    assert_eq!(query(data, &[]).len(), 2, "nothing came home");
    assert!(serve.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_secret_nothing_is_signed_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, door) = start(data);
    let id = deliver(data, &serve, "/BookingCreate/7", &[], &booking(1), Rule::RawBytes).await;
    let (address, came) = receiver(vec![b"HTTP/1.1 500 Oh\r\nContent-Length: 9\r\n\r\nhalf".to_vec()]);
    let url = format!("http://{address}/");
    let sent = door.answer(&json!({"ask": "send-again", "event": id, "url": url, "confirmed": false}));
    let request = came.recv().unwrap();
    assert_eq!(
        (request.header(HEADER), &request.body),
        (None, &booking(1).into_bytes())
    );
    assert_eq!((&sent["rule"], &sent["secret"]), (&Value::Null, &Value::Null));
    assert_eq!(
        (&sent["status"], &sent["end"], &sent["body"]),
        (&json!(500), &json!("broken-off"), &json!("half"))
    );
    let facts = unpacked(&bundle(data, &[&id.to_string()]));
    let facts = facts
        .iter()
        .find(|(name, _)| name.ends_with("delivery.json"))
        .unwrap();
    assert!(String::from_utf8_lossy(facts.1).contains("unsigned: no shared secret was set"));
    assert!(serve.stop().success());
}
