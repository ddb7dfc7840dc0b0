//! Reachable or not: by an address of one's own that leads to the very listener, so that the self-test really goes out
//! and comes back. What the ledger says of each stretch must be true, across ends of every kind.

mod common;

use common::desk::{Door, start, wait_for};
use common::{Serve, booking, query, run_with, send};
use nexwatch::client::Client;
use serde_json::{Value, json};
use std::path::Path;

const SECRET: &str = "reach test secret";

fn status() -> Value {
    json!({"ask": "status"})
}

fn gaps(door: &Door) -> Vec<Value> {
    let page = door.answer(&json!({"ask": "gaps", "before": null, "limit": 100}));
    page["items"].as_array().unwrap().clone()
}

fn causes(gap: &Value) -> Vec<&str> {
    gap["causes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cause| cause["cause"].as_str().unwrap())
        .collect()
}

/// Chooses an address of one's own.
fn own(door: &Door, url: &str) -> Value {
    let mut reach = door.answer(&json!({"ask": "reach"}))["chosen"].clone();
    reach["way"] = "own".into();
    reach["own"]["url"] = url.into();
    door.answer(&json!({"ask": "set-reach", "reach": reach, "secret": null}))
}

fn online(door: &Door) -> Value {
    wait_for(door, &status(), |status| {
        status["reach"]["state"] == "online" && status["gap"].is_null()
    })
}

#[test]
fn at_first_only_this_computer_can_deliver_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (_serve, door) = start(folder.path());
    let status = wait_for(&door, &status(), |status| !status["gap"].is_null());
    assert_eq!(status["reach"]["state"], "off");
    assert_eq!(causes(&status["gap"]), ["off"]);
    assert_eq!(status["gap"]["to"], Value::Null);
    let hooks = door.answer(&json!({"ask": "hooks"}));
    assert_eq!(
        (&hooks["public"], &hooks["base"]),
        (&json!(false), &hooks["local"])
    );
    let guide = door.answer(&json!({"ask": "settings"}))["guide"].clone();
    assert_eq!(guide, json!({"step": 0, "done": false}));
    door.answer(&json!({"ask": "set-guide", "guide": {"step": 3, "done": false}}));
    drop(door);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_self_test_that_comes_back_ends_the_gap_and_every_end_begins_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, door) = start(data);
    let url = format!("http://{}", serve.listen);
    own(&door, &url);
    let now = online(&door);
    assert_eq!(now["reach"]["url"], url);
    assert_eq!(now["reach"]["check"]["cameBack"], true, "{now:#}");
    let hooks = door.answer(&json!({"ask": "hooks"}));
    assert_eq!(
        (&hooks["public"], &hooks["base"]),
        (&json!(true), &json!(format!("{url}{}", serve.hook)))
    );
    // A self-test is no event.
    assert_eq!(
        (&now["events"], &now["listener"]["acknowledged"]),
        (&json!(0), &json!(0))
    );
    let first = gaps(&door);
    assert_eq!(first.len(), 1, "{first:#?}");
    assert!(first[0]["to"].is_i64());
    assert_eq!(causes(&first[0])[0], "off");

    // A delivery is a sign of life.
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate", serve.hook);
    assert_eq!(send(&mut client, &path, &booking(1), None).await.status, 200);
    let alive = door.answer(&status())["lastArrival"].as_i64().unwrap();

    // Killed: the gap begins with the last sign of life, and lasts until it is proved that the address leads here again.
    // The next start has another port, so the old address is wrong by then.
    serve.kill();
    let (serve, door) = start(data);
    let open = wait_for(&door, &status(), |status| {
        let state = status["reach"]["state"].as_str().unwrap();
        ["degraded", "waiting", "failed"].contains(&state) && !status["gap"].is_null()
    });
    let broken = &open["reach"]["check"];
    assert_eq!(broken["cameBack"], false, "{open:#}");
    assert!(!broken["message"].as_str().unwrap().is_empty());
    assert_eq!(causes(&open["gap"])[0], "crash", "{open:#}");
    assert!(open["gap"]["from"].as_i64().unwrap() >= alive, "{open:#}");
    own(&door, &format!("http://{}", serve.listen));
    online(&door);

    // Closed in order.
    assert!(serve.stop().success());
    let (serve, door) = start(data);
    let open = wait_for(&door, &status(), |status| !status["gap"].is_null());
    assert_eq!(causes(&open["gap"])[0], "closed", "{open:#}");
    own(&door, &format!("http://{}", serve.listen));
    online(&door);
    let all = gaps(&door);
    let kinds: Vec<&str> = all.iter().map(|gap| causes(gap)[0]).collect();
    assert_eq!(kinds, ["closed", "crash", "off"]);
    // Newest first, apart, and each of some length.
    for gap in &all {
        assert!(gap["from"].as_i64() < gap["to"].as_i64(), "{gap}");
    }
    for pair in all.windows(2) {
        assert!(pair[1]["to"].as_i64() <= pair[0]["from"].as_i64(), "{pair:#?}");
    }
    let history = door.answer(&json!({"ask": "reach"}))["history"].clone();
    assert!(
        history
            .as_array()
            .unwrap()
            .iter()
            .any(|change| change["state"] == "online")
    );
    doctor_says(data, "by an address of your own");
}

fn doctor_says(data: &Path, text: &str) {
    let output = common::run(data, &["doctor"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains(text), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_keys_open_while_one_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let door = &door;
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let old = format!("{}/BookingCreate", serve.hook);
    assert_eq!(send(&mut client, &old, &booking(1), None).await.status, 200);
    let wrong = door.ask(&json!({"ask": "replace-hook-key", "keepHours": 9000}));
    assert_eq!(wrong.status, 400, "{}", wrong.body);
    let view = door.answer(&json!({"ask": "replace-hook-key", "keepHours": 48}));
    assert!(view["oldKeyUntil"].is_i64());
    let base = door.answer(&json!({"ask": "hooks"}))["local"]
        .as_str()
        .unwrap()
        .to_owned();
    let new = format!("/hooks/{}/BookingCreate", base.rsplit('/').next().unwrap());
    assert_ne!(new, old);
    // Taken up behind the scenes.
    while send(&mut client, &new, &booking(2), None).await.status != 200 {}
    assert_eq!(send(&mut client, &old, &booking(3), None).await.status, 200);
    // It holds across a restart.
    assert!(serve.stop().success());
    let (serve, door) = start(folder.path());
    let mut client = Client::connect(&serve.listen).await.unwrap();
    assert_eq!(send(&mut client, &old, &booking(4), None).await.status, 200);
    let view = door.answer(&json!({"ask": "end-old-hook-key"}));
    assert_eq!(view["oldKeyUntil"], Value::Null);
    while send(&mut client, &old, &booking(4), None).await.status != 404 {}
    assert_eq!(send(&mut client, &new, &booking(5), None).await.status, 200);
    assert_eq!(query(folder.path(), &[]).len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_taken_up_or_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    // The settings' own port; a free one, lest another program has the usual one.
    let (serve, door) = start_on_a_port_of_the_settings(folder.path());
    let ask = json!({"ask": "settings"});
    let mut settings = door.answer(&ask)["settings"].clone();
    let before = serve.listen.clone();
    settings["bodyKib"] = 0.into();
    assert_eq!(
        door.ask(&json!({"ask": "set-settings", "settings": settings}))
            .status,
        400
    );
    assert_eq!(door.answer(&ask)["settings"]["bodyKib"], 4096);
    // What does not concern the address leaves it as it is.
    settings["bodyKib"] = 2.into();
    door.answer(&json!({"ask": "set-settings", "settings": settings}));
    let path = format!("{}/BookingCreate", serve.hook);
    let large = format!("[{{\"Id\":1,\"Notes\":\"{}\"}}]", "x".repeat(3000));
    let mut client = Client::connect(&before).await.unwrap();
    assert_eq!(send(&mut client, &path, &large, None).await.status, 413);
    let free = free_port();
    settings["bodyKib"] = 1.into();
    settings["listenPort"] = free.into();
    door.answer(&json!({"ask": "set-settings", "settings": settings}));
    let address = format!("127.0.0.1:{free}");
    wait_for(&door, &status(), |status| {
        status["listener"]["address"] == address.as_str()
    });
    assert!(Client::connect(&before).await.is_err(), "the old port is closed");
    let mut client = Client::connect(&address).await.unwrap();
    assert_eq!(send(&mut client, &path, &large, None).await.status, 413);
    let last = door.answer(&status())["lastRefusal"].clone();
    assert_eq!(last["reason"], "too-large", "{last}");
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn start_on_a_port_of_the_settings(data: &Path) -> (Serve, Door) {
    // Made at the first start, then changed by hand.
    assert!(Serve::start(data).stop().success());
    let file = data.join("settings.json");
    let mut settings: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    settings["listen_port"] = free_port().into();
    std::fs::write(&file, settings.to_string()).unwrap();
    let serve = Serve::start_with(data, &["--desk", "127.0.0.1:0"]);
    let door = Door::of(&serve);
    (serve, door)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_refusal_is_explained_and_a_secret_can_be_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    run_with(folder.path(), &["secret", "set"], SECRET);
    let path = format!("{}/BookingCreate/77", serve.hook);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let told = |door: &Door| door.answer(&status())["lastRefusal"].clone();
    assert_eq!(told(&door), Value::Null);
    assert_eq!(send(&mut client, &path, &booking(1), None).await.status, 202);
    let last = told(&door);
    assert_eq!(
        (&last["reason"], &last["action"]),
        (&json!("signature-missing"), &json!("BookingCreate"))
    );
    assert_eq!(
        send(&mut client, &path, &booking(1), Some("another"))
            .await
            .status,
        202
    );
    assert_eq!(told(&door)["reason"], "signature-wrong");
    assert_eq!(
        send(&mut client, &path, &booking(1), Some(SECRET)).await.status,
        200
    );
    let secrets = door.answer(&status())["secrets"].clone();
    let id = secrets[0]["id"].as_u64().unwrap();
    door.answer(&json!({"ask": "remove-secret", "id": id}));
    assert_eq!(door.ask(&json!({"ask": "remove-secret", "id": id})).status, 404);
    assert_eq!(door.answer(&status())["secrets"], json!([]));
}

#[test]
fn a_way_s_secret_is_kept_but_never_said() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    const TOKEN: &str = "2aVeryPrivateAuthtoken_0123456789";
    let mut reach = door.answer(&json!({"ask": "reach"}))["chosen"].clone();
    reach["way"] = "ngrok".into();
    // Nobody is there.
    reach["ngrok"]["server"] = format!("127.0.0.1:{}", free_port()).into();
    let answer = door.ask(&json!({"ask": "set-reach", "reach": reach, "secret": TOKEN}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let waiting = wait_for(&door, &status(), |status| status["reach"]["state"] == "waiting");
    assert!(waiting["reach"]["nextTry"].is_i64() && waiting["reach"]["trouble"]["message"].is_string());
    let view = door.ask(&json!({"ask": "reach"})).body;
    assert!(view.contains("\"secretsKept\":[\"ngrok\"]"), "{view}");
    for text in [answer.body, view, waiting.to_string()] {
        assert!(!text.contains("VeryPrivate"));
    }
    assert!(serve.stop().success());
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let file = entry.unwrap().path();
        let holds = file.is_file()
            && std::fs::read(&file)
                .unwrap()
                .windows(11)
                .any(|bytes| bytes == b"VeryPrivate");
        assert_eq!(holds, file.ends_with("secrets.json"), "{}", file.display());
    }
}
