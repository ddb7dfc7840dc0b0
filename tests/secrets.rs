//! Shared secrets that are lost or replaced, and what is said of them.

mod common;

use common::desk::{Door, start};
use common::{booking, run, run_with, send};
use nexwatch::client::Client;
use serde_json::{Value, json};
use std::path::Path;

fn set(data: &Path, secret: &str, arguments: &[&str]) -> String {
    let output = run_with(data, &[&["secret", "set"], arguments].concat(), secret);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn doctor(data: &Path) -> String {
    String::from_utf8(run(data, &["doctor"]).stdout).unwrap()
}

fn status(door: &Door) -> Value {
    door.answer(&json!({"ask": "status"}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_lost_can_be_set_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, _door) = start(data);
    set(data, "harbour", &["--location", "7"]);
    std::fs::remove_file(data.join("secrets.json")).unwrap();
    // What is set next is read at once, and with it that the first is gone.
    set(data, "hill", &[]);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate/7", serve.hook);
    assert_eq!(
        send(&mut client, &path, &booking(1), Some("harbour"))
            .await
            .status,
        503
    );
    let said = doctor(data);
    assert!(said.contains("nexwatch secret set --location 7"), "{said}");
    set(data, "harbour", &["--location", "7"]);
    assert_eq!(
        send(&mut client, &path, &booking(1), Some("harbour"))
            .await
            .status,
        200
    );
    assert!(doctor(data).contains("2 set"));
    assert!(serve.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_of_another_location_outlives_its_replacement() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, door) = start(data);
    let first = set(data, "harbour", &[]);
    assert!(!first.contains("takes the place"), "{first}");
    let second = set(data, "hill", &[]);
    assert!(
        second.contains("takes the place") && second.contains("--location ID"),
        "{second}"
    );
    // Three hours pass.
    let list = data.join("secret-list.json");
    let mut secrets: Value = serde_json::from_slice(&std::fs::read(&list).unwrap()).unwrap();
    for secret in secrets.as_array_mut().unwrap() {
        for time in ["set_at", "until"] {
            if let Some(at) = secret[time].as_i64() {
                secret[time] = (at - 3 * 3_600_000).into();
            }
        }
    }
    let before = secrets[0]["until"].as_i64().unwrap();
    let new = data.join("secret-list.new");
    std::fs::write(&new, secrets.to_string()).unwrap();
    std::fs::rename(&new, &list).unwrap();
    assert!(!doctor(data).contains("still proves"));
    assert_eq!(status(&door)["secrets"][0]["stillUsed"], false);

    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate", serve.hook);
    assert_eq!(
        send(&mut client, &path, &booking(1), Some("harbour"))
            .await
            .status,
        200
    );
    let one = loop {
        let one = status(&door)["secrets"][0].clone();
        if one["until"].as_i64().unwrap() > before {
            break one;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(one["stillUsed"], true, "{one}");
    let matched = one["lastMatched"].as_i64().unwrap();
    assert_eq!(one["until"].as_i64().unwrap(), matched + 7 * 24 * 3_600_000);
    let said = doctor(data);
    assert!(
        said.contains("still proves deliveries") && said.contains("--location ID"),
        "{said}"
    );
    // Kept for its location, it is as good as any.
    set(data, "harbour", &["--location", "7"]);
    assert!(doctor(data).contains("2 set"));
    assert_eq!(
        send(&mut client, &path, &booking(2), Some("harbour"))
            .await
            .status,
        200
    );
    assert!(serve.stop().success());
}

#[test]
fn a_check_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, door) = start(data);
    assert!(doctor(data).contains(&format!("running on {}", serve.listen)));
    let status = status(&door);
    assert_eq!(status["listener"]["refused"], json!([]), "{status:#}");
    assert_eq!(status["lastRefusal"], Value::Null);
    serve.kill();
    let said = doctor(data);
    assert!(!said.contains("running on"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_quarantine_is_looked_at_and_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, door) = start(data);
    set(data, "harbour", &[]);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate/7", serve.hook);
    assert_eq!(
        send(&mut client, &path, &booking(0), Some("harbour"))
            .await
            .status,
        200
    );
    for number in 1..=4 {
        assert_eq!(
            send(&mut client, &path, &booking(number), Some("hill"))
                .await
                .status,
            401
        );
    }
    let list = || door.answer(&json!({"ask": "quarantine", "before": null, "limit": 10}));
    let ids: Vec<i64> = list()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids.len(), 4);

    let one = door.answer(&json!({"ask": "quarantine-item", "id": ids[1]}));
    assert_eq!(one["item"]["id"], ids[1]);
    assert_eq!(one["item"]["reason"], "wrong");
    assert_eq!(one["route"], "/BookingCreate/7");
    assert!(one["signature"].is_string() && one["headers"].is_array());
    assert_eq!(one["cut"], false);
    let body: Value = serde_json::from_str(one["body"].as_str().unwrap()).unwrap();
    assert_eq!(body[0]["Id"], 1_428_000_003, "{body}");
    assert_eq!(
        door.ask(&json!({"ask": "quarantine-item", "id": 999})).status,
        404
    );

    let discard =
        |what: Value| door.answer(&json!({"ask": "discard-quarantine", "what": what}))["count"].clone();
    assert_eq!(discard(json!({"by": "ids", "ids": [ids[1], 999]})), 1);
    assert_eq!(list()["total"], 3);
    let many: Vec<i64> = (0..1001).collect();
    let answer = door.ask(&json!({"ask": "discard-quarantine", "what": {"by": "ids", "ids": many}}));
    assert_eq!(answer.status, 400);
    // What came since the person looked stays.
    assert_eq!(discard(json!({"by": "upTo", "id": ids[2]})), 2);
    let left = list();
    assert_eq!(
        (&left["total"], &left["items"][0]["id"]),
        (&json!(1), &json!(ids[0]))
    );
    assert_eq!(status(&door)["quarantine"]["count"], 1);
    assert_eq!(status(&door)["quarantine"]["dropped"], 0);
    // It can still be released.
    set(data, "hill", &[]);
    loop {
        let status = status(&door);
        if status["quarantine"]["count"] == 0 && status["events"] == 2 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert!(serve.stop().success());
}
