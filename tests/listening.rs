//! Other settings while the listener is at work: it is never away for them.

mod common;

use common::desk::{Door, wait_for};
use common::{Serve, booking, send};
use nexwatch::client::Client;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

/// Where the settings say, not the command line.
fn start(data: &Path) -> (Serve, Door) {
    // Made at the first start, then changed by hand.
    assert!(Serve::start(data).stop().success());
    let file = data.join("settings.json");
    let mut settings: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    settings["listen_port"] = 0.into();
    std::fs::write(&file, settings.to_string()).unwrap();
    let serve = Serve::start_with(data, &["--desk", "127.0.0.1:0"]);
    let door = Door::of(&serve);
    (serve, door)
}

fn set(door: &Door, name: &str, value: u32) {
    let mut settings = door.answer(&json!({"ask": "settings"}))["settings"].clone();
    settings[name] = value.into();
    door.answer(&json!({"ask": "set-settings", "settings": settings}));
}

fn listener(door: &Door) -> Value {
    door.answer(&json!({"ask": "status"}))["listener"].clone()
}

/// A request whose head has been read, and what is still to be said.
fn begin(address: &str, hook: &str) -> (TcpStream, String) {
    let body = booking(1);
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST {hook}/BookingCreate HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; 25];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 100 Continue\r\n\r\n");
    (stream, body)
}

fn finish((mut stream, rest): (TcpStream, String)) {
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_at_once_and_nobody_is_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let path = format!("{}/BookingCreate", serve.hook);
    let large = format!("[{{\"Id\":2,\"Notes\":\"{}\"}}]", "x".repeat(3000));
    let under_way = begin(&serve.listen, &serve.hook);
    set(&door, "bodyKib", 2);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    assert_eq!(send(&mut client, &path, &large, None).await.status, 413);
    set(&door, "bodyKib", 8);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    assert_eq!(send(&mut client, &path, &large, None).await.status, 200);
    finish(under_way);
    // The same listener all the time.
    assert_eq!(listener(&door)["acknowledged"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_port_is_left_only_when_there_is_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let path = format!("{}/BookingCreate", serve.hook);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();

    set(&door, "listenPort", port.into());
    let status = listener(&door);
    assert_eq!(
        (&status["up"], &status["address"]),
        (&json!(true), &json!(serve.listen))
    );
    let trouble = status["trouble"].as_str().unwrap();
    for part in [format!("port {port} is in use"), serve.listen.clone()] {
        assert!(trouble.contains(&part), "{trouble}");
    }
    let mut client = Client::connect(&serve.listen).await.unwrap();
    assert_eq!(send(&mut client, &path, &booking(5), None).await.status, 200);
    // Back to where it is: nothing is wrong any more.
    set(&door, "listenPort", 0);
    assert_eq!(listener(&door)["trouble"], Value::Null);

    set(&door, "listenPort", port.into());
    let under_way = begin(&serve.listen, &serve.hook);
    drop(taken);
    let address = format!("127.0.0.1:{port}");
    wait_for(&door, &json!({"ask": "status"}), |status| {
        status["listener"]["address"] == address.as_str() && status["listener"]["trouble"].is_null()
    });
    let mut client = Client::connect(&address).await.unwrap();
    assert_eq!(send(&mut client, &path, &booking(6), None).await.status, 200);
    // What was begun at the old port is finished there.
    finish(under_way);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_and_a_port_that_change_at_once_are_both_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let ports = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    let ports = ports.map(|one| one.local_addr().unwrap().port());
    let mut keys = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..20 {
                set(&door, "listenPort", ports[round % 2].into());
            }
        });
        for _ in 0..20 {
            door.answer(&json!({"ask": "replace-hook-key", "keepHours": 0}));
            let base = door.answer(&json!({"ask": "hooks"}))["local"].clone();
            let base = base.as_str().unwrap();
            keys.push(base[base.find("/hooks/").unwrap()..].to_owned());
        }
    });
    let address = listener(&door)["address"].as_str().unwrap().to_owned();
    let mut client = Client::connect(&address).await.unwrap();
    let newest = keys.pop().unwrap();
    for (hook, status) in [(&newest, 200), (&keys[18], 404), (&serve.hook, 404)] {
        let path = format!("{hook}/BookingCreate");
        assert_eq!(
            send(&mut client, &path, &booking(1), None).await.status,
            status,
            "{hook}"
        );
    }
}
