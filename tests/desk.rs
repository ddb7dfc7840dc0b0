//! The desk over HTTP: who may in, questions, news, downloads.

mod common;

use common::desk::start;
use common::{booking, send};
use nexwatch::client::Client;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};

#[test]
fn only_who_has_the_token_and_comes_from_here_may_in() {
    let folder = tempfile::tempdir().unwrap();
    let (_serve, door) = start(folder.path());
    let ask = r#"{"ask":"status"}"#;
    let json = ("Content-Type", "application/json");
    let bearer = door.bearer();
    let with_token = ("Authorization", bearer.as_str());
    assert_eq!(door.request("GET /", &[], "").status, 401);
    assert_eq!(door.request("GET /?token=wrong", &[], "").status, 401);
    assert_eq!(door.request("GET /assets/x.js", &[], "").status, 401);
    assert_eq!(door.request("GET /news", &[], "").status, 401);
    assert_eq!(door.request("POST /ask", &[json], ask).status, 401);
    assert_eq!(door.request("POST /ask", &[json, with_token], ask).status, 200);
    for strange in [
        ("Host", "evil.example"),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Origin", "https://127.0.0.1"),
    ] {
        let answer = door.request("POST /ask", &[json, with_token, strange], ask);
        assert_eq!(answer.status, 403, "{strange:?}");
    }
    let origin = format!("http://{}", door.address);
    let answer = door.request("POST /ask", &[json, with_token, ("Origin", &origin)], ask);
    assert_eq!(answer.status, 200);
    // A form of a strange page cannot be JSON.
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(door.request("POST /ask", &[form, with_token], ask).status, 415);

    let entered = door.request(&format!("GET /?token={}", door.token), &[], "");
    assert_eq!(entered.status, 303);
    let cookie = entered
        .head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap();
    assert!(cookie.contains("httponly") && cookie.contains("samesite=strict"));
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let page = door.request("GET /", &[("Cookie", &cookie)], "");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"));
    assert!(page.head.contains("x-frame-options: deny"));
    assert!(page.body.contains("<!doctype html>") || page.body.contains("<!DOCTYPE html>"));
}

#[test]
fn wrong_questions_are_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let (_serve, door) = start(folder.path());
    let code = |question: Value| {
        let answer = door.ask(&question);
        let error: Value = serde_json::from_str(&answer.body).unwrap();
        (answer.status, error["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(code(json!({"ask": "nonsense"})), (400, "bad-question".into()));
    assert_eq!(code(json!([])), (400, "bad-question".into()));
    assert_eq!(code(json!({"ask": "event", "id": 5})), (404, "not-found".into()));
    assert_eq!(
        code(json!({"ask": "set-secret", "secret": "schlüssel", "location": null})),
        (400, "bad-question".into())
    );
    assert_eq!(
        code(json!({"ask": "send-sample", "action": "NoSuchAction"})),
        (400, "bad-question".into())
    );
    assert_eq!(
        code(json!({"ask": "export-reveal", "job": 1})),
        (400, "not-here".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_a_delivery_arrive_and_its_event_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let stream = door.open("GET /news", &[("Authorization", &door.bearer())], "");
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut next = move || -> Value {
        let line = lines
            .find(|line| line.starts_with("data: "))
            .expect("the stream goes on");
        serde_json::from_str(&line[6..]).unwrap()
    };
    assert_eq!(next()["news"], "changed", "how it stands comes first");
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate/7", serve.hook);
    assert_eq!(send(&mut client, &path, &booking(1), None).await.status, 200);
    loop {
        let news = next();
        if news["news"] == "changed" && news["newestDelivery"] == 1 {
            break;
        }
    }
    let page = door.answer(&json!({"ask": "feed", "filter": {}, "as_of": null, "asOf": null, "at": {"by": "newest"}, "limit": 10}));
    let id = page["rows"][0]["id"].clone();
    let detail = door.answer(&json!({"ask": "event", "id": id}));
    assert_eq!(detail["body"]["Id"], 1_428_000_001);
    assert_eq!(detail["delivery"]["route"], "/BookingCreate/7");
    // The open stream does not hold up the end.
    assert!(serve.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_a_download_once() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate/7", serve.hook);
    for number in 0..5 {
        send(&mut client, &path, &booking(number), None).await;
    }
    let export = json!({"filter": {}, "asOf": null, "format": "csv", "columns": ["entity_id", "sentence"], "oldestFirst": false, "timeZone": "UTC", "bom": true, "body": false});
    // The desk hears of them a moment after they are acknowledged.
    while door.answer(&json!({"ask": "export-plan", "export": export}))["rows"] != 5 {
        tokio::task::yield_now().await;
    }
    let started = door.answer(&json!({"ask": "export-start", "export": export, "overwrite": false}));
    let line = format!("GET {}", started["download"].as_str().unwrap());
    assert_eq!(door.request(&line, &[], "").status, 401, "it needs the token too");
    let bearer = door.bearer();
    let file = door.request(&line, &[("Authorization", &bearer)], "");
    assert_eq!(file.status, 200);
    assert!(
        file.head
            .contains("content-disposition: attachment; filename=\"nexwatch-")
    );
    assert!(file.body.starts_with('\u{feff}'));
    assert_eq!(file.body.matches("\r\n").count(), 6);
    assert_eq!(door.request(&line, &[("Authorization", &bearer)], "").status, 404);
}

#[test]
fn a_secret_set_here_is_never_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (_serve, door) = start(folder.path());
    let kept = door.answer(&json!({"ask": "set-secret", "secret": "plain-as-day", "location": null}));
    assert_eq!(kept["released"], 0);
    let status = door.ask(&json!({"ask": "status"}));
    assert!(!status.body.contains("plain-as-day"));
    let status: Value = serde_json::from_str(&status.body).unwrap();
    assert_eq!(status["secrets"].as_array().unwrap().len(), 1);
    let sample = door.answer(&json!({"ask": "send-sample", "action": "BookingCreate"}));
    assert_eq!(sample["status"], 200, "signed with it");
}
