//! What a tunnel costs: each way beside a direct connection on loopback, in the same run, in turns.
//!
//! `cargo run --release -p nexwatch-tunnel --example measure` (SSH needs Debian's openssh-server)

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a measurement that cannot be made ends

#[path = "../tests/tunnel/house.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod house;
#[path = "../tests/tunnel/sshd.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod sshd;

use house::House;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use nexwatch_played::edge::Edge;
use nexwatch_tunnel::{Ngrok, Options, Ssh, SshAuth, State, Tunnel, Way};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

const DOMAIN: &str = "measured.ngrok-free.app";
const TOKEN: &str = "2measured_0123456789";
const ROUNDS: usize = 5;
const ALONE: usize = 2_000;
const TOGETHER: usize = 8_000;
const SENDERS: usize = 8;

/// A way in.
struct Road {
    name: &'static str,
    address: SocketAddr,
    host: &'static str,
}

async fn connect(road: &Road) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(road.address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

fn post(road: &Road, body: Bytes) -> Request<Full<Bytes>> {
    Request::post("/hooks/key/6")
        .header("host", road.host)
        .body(Full::new(body))
        .unwrap()
}

/// Sends so many 2 KB bodies one after the other; how long each took, in ms.
async fn send(road: &Road, count: usize) -> Vec<f64> {
    let body = Bytes::from(vec![b'x'; 2048]);
    let mut sender = connect(road).await;
    let mut took = Vec::with_capacity(count);
    for _ in 0..count {
        sender.ready().await.unwrap();
        let begun = Instant::now();
        let answer = sender.send_request(post(road, body.clone())).await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.into_body().collect().await.unwrap();
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    took
}

async fn per_second(road: &Arc<Road>) -> f64 {
    let begun = Instant::now();
    let senders: Vec<_> = (0..SENDERS)
        .map(|_| {
            let road = road.clone();
            tokio::spawn(async move { send(&road, TOGETHER / SENDERS).await })
        })
        .collect();
    for sender in senders {
        sender.await.unwrap();
    }
    TOGETHER as f64 / begun.elapsed().as_secs_f64()
}

fn percentile(all: &mut [f64], of: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    all[((all.len() - 1) as f64 * of) as usize]
}

async fn online(tunnel: &Tunnel) {
    let mut state = tunnel.watch();
    let online = state.wait_for(State::is_online);
    tokio::time::timeout(Duration::from_secs(30), online)
        .await
        .expect("online")
        .unwrap();
}

/// From the edge's being back to the first delivery that is answered, in ms.
async fn comes_back(edge: &Edge, road: &Road) -> f64 {
    edge.restart();
    let begun = Instant::now();
    loop {
        let mut sender = connect(road).await;
        let answer = sender.send_request(post(road, Bytes::new())).await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return begun.elapsed().as_secs_f64() * 1e3;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::main]
async fn main() {
    let house = House::new();
    let direct = house.listen().await;

    let edge = Edge::start().await.unwrap();
    edge.account(TOKEN, DOMAIN, 3);
    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("authority.pem");
    std::fs::write(&authority, edge.authority().pem()).unwrap();
    let ngrok = Way::Ngrok(Ngrok {
        authtoken: TOKEN.into(),
        domain: None,
        server: Some(format!("localhost:{}", edge.agents().port())),
        ca_file: Some(authority),
    });
    let ngrok = Tunnel::start(ngrok, house.clone(), Options::default());
    online(&ngrok).await;

    let keys = sshd::Keys::new();
    let server = sshd::Sshd::start(&keys);
    let forwarded = SocketAddr::from(([127, 0, 0, 1], sshd::free_port()));
    let ssh = Way::Ssh(Ssh {
        host: "127.0.0.1".into(),
        port: server.address.port(),
        user: sshd::whoami(),
        auth: SshAuth::Key {
            file: keys.file("mine"),
            passphrase: None,
        },
        bind_host: "127.0.0.1".into(),
        bind_port: forwarded.port(),
        host_key: None,
        public_url: Some("https://hooks.example.com".into()),
    });
    let ssh = Tunnel::start(ssh, house.clone(), Options::default());
    online(&ssh).await;

    let road = |name, address, host| Arc::new(Road { name, address, host });
    let roads = [
        road("direct", direct, "localhost"),
        road("ngrok", edge.visitors(), DOMAIN),
        road("ssh", forwarded, "localhost"),
    ];
    let mut took: Vec<Vec<f64>> = vec![Vec::new(); roads.len()];
    let mut rates: Vec<Vec<f64>> = vec![Vec::new(); roads.len()];
    for round in 0..=ROUNDS {
        for turn in 0..roads.len() {
            let which = (round + turn) % roads.len();
            let alone = send(&roads[which], ALONE).await;
            let together = per_second(&roads[which]).await;
            // The first round warms up.
            if round > 0 {
                took[which].extend(alone);
                rates[which].push(together);
            }
        }
    }
    let (p50, p99) = (percentile(&mut took[0], 0.5), percentile(&mut took[0], 0.99));
    println!("way      p50 ms   added   p99 ms   added   deliveries/s with {SENDERS} senders");
    for (which, road) in roads.iter().enumerate() {
        let here50 = percentile(&mut took[which], 0.5);
        let here99 = percentile(&mut took[which], 0.99);
        let rate = percentile(&mut rates[which], 0.5);
        println!(
            "{:8} {here50:6.3}  {:6.3}  {here99:7.3}  {:6.3}   {rate:.0}",
            road.name,
            here50 - p50,
            here99 - p99
        );
    }
    let mut back = Vec::new();
    for _ in 0..ROUNDS {
        back.push(comes_back(&edge, &roads[1]).await);
        online(&ngrok).await;
    }
    println!(
        "ngrok: edge back to deliveries flowing {:.0} ms (median of {ROUNDS})",
        percentile(&mut back, 0.5)
    );
    ngrok.close().await;
    ssh.close().await;
}
