//! The whole program behind ngrok's service, played on loopback, and behind OpenSSH's real server: what is delivered through
//! the public address while the line is cut again and again is kept, exactly once, and the ledger says when nothing could
//! come in.

mod common;
#[path = "../src-tauri/crates/tunnel/tests/tunnel/sshd.rs"]
#[allow(dead_code, reason = "the tunnel's own tests use more of it")]
mod sshd;

use bytes::Bytes;
use common::desk::{Door, start, wait_for};
use common::{Serve, booking, query, run_with};
use nexwatch::client::Client;
use nexwatch_nexudus::signature::{HEADER, Key, Rule, sign};
use nexwatch_played::chaos::Chaos;
use nexwatch_played::edge::Edge;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SECRET: &str = "tunnel test secret";
const TOKEN: &str = "2tunnelTestAuthtoken_0123456789abcd";
const DOMAIN: &str = "localhost";
const DELIVERIES: u64 = 1_000;
const SENDERS: u64 = 6;
const CUTS: u64 = 5;

/// ngrok's service with an account, and a line to it that can be cut.
struct World {
    edge: Edge,
    line: Chaos,
}

impl World {
    async fn new() -> World {
        let edge = Edge::start().await.unwrap();
        edge.account(TOKEN, DOMAIN, 3);
        // So that the self-test of a real program finds the way.
        edge.announce_port(true);
        let line = Chaos::to(edge.agents()).await.unwrap();
        World { edge, line }
    }

    /// Chooses ngrok as a person would.
    fn choose(&self, data: &Path, door: &Door) {
        let file = data.join("authority.pem");
        std::fs::write(&file, self.edge.authority().pem()).unwrap();
        let mut reach = door.answer(&json!({"ask": "reach"}))["chosen"].clone();
        reach["way"] = "ngrok".into();
        reach["ngrok"] = json!({"domain": null, "server": format!("localhost:{}", self.line.address().port()), "caFile": file});
        door.answer(&json!({"ask": "set-reach", "reach": reach, "secret": TOKEN}));
    }
}

fn status() -> Value {
    json!({"ask": "status"})
}

fn online(door: &Door) -> Value {
    wait_for(door, &status(), |status| {
        status["reach"]["state"] == "online" && status["gap"].is_null()
    })
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[derive(Default)]
struct Book {
    next: AtomicU64,
    /// Those below this number may go out.
    allowed: AtomicU64,
    acknowledged: AtomicU64,
    /// Tries that failed: from when to when, ms since 1970.
    failed: Mutex<Vec<(i64, i64)>>,
}

/// Sends through the public address, and again what failed, as the platform does.
async fn sender(book: Arc<Book>, address: String, path: String) {
    let key = Key::new(SECRET).unwrap();
    let mut client = None;
    loop {
        let number = book.next.fetch_add(1, Ordering::SeqCst);
        if number >= DELIVERIES {
            return;
        }
        while number >= book.allowed.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let body = booking(number);
        let signature = sign(body.as_bytes(), &key, Rule::AsciiFolded);
        let mut pause = Duration::from_millis(5);
        loop {
            let begun = now();
            let kept = deliver(&mut client, &address, &path, &signature, &body).await;
            if kept {
                break;
            }
            client = None;
            book.failed.lock().unwrap().push((begun, now()));
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(200));
        }
        book.acknowledged.fetch_add(1, Ordering::SeqCst);
    }
}

async fn deliver(
    client: &mut Option<Client>,
    address: &str,
    path: &str,
    signature: &str,
    body: &str,
) -> bool {
    if client.is_none() {
        *client = Client::connect(address).await.ok();
    }
    let Some(client) = client else { return false };
    let reply = client
        .post(path, &[(HEADER, signature)], Bytes::from(body.to_owned()))
        .await;
    reply.is_ok_and(|reply| reply.status == 200)
}

/// A thousand deliveries to the public address, whose line is cut amid each of five crowds: each is kept once, each cut has
/// a gap of its own, and none failed outside of a gap.
async fn deliver_through_cuts(data: &Path, serve: &Serve, door: &Door, address: &str, line: &Chaos) {
    let begun = now();
    let book = Arc::new(Book::default());
    let path = format!("{}/BookingCreate/1414914345", serve.hook);
    let senders: Vec<_> = (0..SENDERS)
        .map(|_| tokio::spawn(sender(book.clone(), address.to_owned(), path.clone())))
        .collect();
    let acknowledged = async |count: u64| {
        while book.acknowledged.load(Ordering::SeqCst) < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let crowd = DELIVERIES / CUTS;
    for cut in 0..CUTS {
        book.allowed.store((cut + 1) * crowd, Ordering::SeqCst);
        acknowledged(cut * crowd + crowd / 3).await;
        line.cut();
        acknowledged((cut + 1) * crowd).await;
        tokio::task::block_in_place(|| online(door));
    }
    for sender in senders {
        sender.await.unwrap();
    }

    let events = query(data, &["action:BookingCreate"]);
    let ids: BTreeSet<i64> = events
        .iter()
        .map(|event| event["entity_id"].as_i64().unwrap())
        .collect();
    assert_eq!((events.len() as u64, ids.len() as u64), (DELIVERIES, DELIVERIES));
    assert!(events.iter().all(|event| event["signature"] != "unsigned"));
    let page = door.answer(&json!({"ask": "gaps", "before": null, "limit": 200}));
    let gaps: Vec<(i64, i64)> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| (gap["from"].as_i64().unwrap(), gap["to"].as_i64().unwrap()))
        .filter(|(_, to)| *to > begun)
        .collect();
    assert_eq!(gaps.len(), CUTS as usize, "{gaps:?}");
    // Notice takes its time: what fails in the second around a gap belongs to it.
    let margin = 1_000;
    for (from, to) in book.failed.lock().unwrap().iter() {
        assert!(
            gaps.iter()
                .any(|gap| gap.0 - margin <= *to && *from <= gap.1 + margin),
            "{from} to {to} failed outside of {gaps:?}"
        );
    }
    let last = door.answer(&status());
    assert!(last["reach"]["requestsThisMonth"].as_u64().unwrap() >= DELIVERIES);
    assert!(last["reach"]["heardAt"].as_i64().unwrap() >= begun);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_deliveries_through_ngrok_that_is_cut_are_each_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new().await;
    let (serve, door) = start(folder.path());
    run_with(folder.path(), &["secret", "set"], SECRET);
    world.choose(folder.path(), &door);
    online(&door);
    let first = wait_for(&door, &status(), |status| {
        status["reach"]["check"]["cameBack"] == true
    });
    let url = first["reach"]["url"].as_str().unwrap();
    assert!(url.starts_with("https://localhost:"), "{url}");
    let address = format!("{DOMAIN}:{}", world.edge.visitors().port());
    deliver_through_cuts(folder.path(), &serve, &door, &address, &world.line).await;
    // An orderly end leaves no session at the service.
    assert!(serve.stop().success());
    while world.edge.sessions() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_deliveries_through_ssh_that_is_cut_are_each_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let keys = sshd::Keys::new();
    let server = sshd::Sshd::start(&keys);
    let line = Chaos::to(server.address).await.unwrap();
    let public = format!("127.0.0.1:{}", sshd::free_port());
    let (serve, door) = start(folder.path());
    run_with(folder.path(), &["secret", "set"], SECRET);
    let mut reach = door.answer(&json!({"ask": "reach"}))["chosen"].clone();
    reach["way"] = "ssh".into();
    reach["ssh"] = json!({
        "host": "127.0.0.1", "port": line.address().port(), "user": sshd::whoami(), "login": "key",
        "keyFile": keys.file("mine"), "bindHost": "127.0.0.1", "bindPort": public.rsplit(':').next().unwrap().parse::<u16>().unwrap(),
        "hostKey": null, "publicUrl": format!("http://{public}"),
    });
    door.answer(&json!({"ask": "set-reach", "reach": reach, "secret": null}));
    online(&door);
    wait_for(&door, &status(), |status| {
        status["reach"]["check"]["cameBack"] == true
    });
    // Pinned at the first meeting.
    let pinned = door.answer(&json!({"ask": "reach"}))["chosen"]["ssh"]["hostKey"].clone();
    assert!(pinned.as_str().unwrap().starts_with("ssh-ed25519 "), "{pinned}");
    deliver_through_cuts(folder.path(), &serve, &door, &public, &line).await;
    assert!(serve.stop().success());
    while server.sessions() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_authtoken_is_said_and_the_right_one_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new().await;
    let (_serve, door) = start(folder.path());
    world.edge.revoke(TOKEN);
    world.choose(folder.path(), &door);
    let failed = wait_for(&door, &status(), |status| status["reach"]["state"] == "failed");
    let trouble = &failed["reach"]["trouble"];
    assert_eq!(
        (&trouble["code"], &trouble["field"]),
        (&json!("ERR_NGROK_107"), &json!("authtoken"))
    );
    assert!(!trouble["remedy"].as_str().unwrap().is_empty());
    wait_for(&door, &status(), |status| {
        let causes = status["gap"]["causes"].as_array().unwrap();
        causes.last().unwrap()["message"] == trouble["message"]
    });
    world.edge.account(TOKEN, DOMAIN, 3);
    door.answer(&json!({"ask": "retry-reach"}));
    online(&door);
}
