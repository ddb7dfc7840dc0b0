//! The world outside: visitors, the watch of whoever looks at a tunnel, a clock that can be set.

use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use nexwatch_tunnel::{BackOff, Clock, Heartbeat, Limits, Ms, Options, State, Steps, Trouble, Tunnel};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// A test whose condition never comes fails after this.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Waits for a state.
pub async fn until(tunnel: &Tunnel, what: &str, wanted: impl Fn(&State) -> bool) -> State {
    let mut watch = tunnel.watch();
    let found = timeout(PATIENCE, watch.wait_for(|state| wanted(state))).await;
    match found {
        Ok(state) => state.unwrap().clone(),
        Err(_) => panic!("never {what}; it is {:?}", tunnel.state()),
    }
}

pub async fn until_online(tunnel: &Tunnel) -> String {
    let state = until(tunnel, "online", State::is_online).await;
    state.url().unwrap().to_owned()
}

pub async fn until_failed(tunnel: &Tunnel) -> Trouble {
    let state = until(tunnel, "failed", |state| matches!(state, State::Failed { .. })).await;
    state.trouble().unwrap().clone()
}

pub async fn until_waiting(tunnel: &Tunnel) -> Trouble {
    let state = until(tunnel, "waiting", |state| matches!(state, State::Waiting { .. })).await;
    state.trouble().unwrap().clone()
}

pub async fn until_lost(tunnel: &Tunnel) -> State {
    until(tunnel, "not online", |state| !state.is_online()).await
}

/// Waits for whatever a test counts.
pub async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let waited = timeout(PATIENCE, async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    assert!(waited.await.is_ok(), "never: {what}");
}

/// Tasks of this runtime.
pub fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// Every state with its time.
#[derive(Clone, Default)]
pub struct Diary(Arc<Mutex<Vec<(Ms, State)>>>);

impl Diary {
    pub fn states(&self) -> Vec<State> {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(|(_, state)| state.clone())
            .collect()
    }

    pub fn times(&self) -> Vec<Ms> {
        self.0.lock().unwrap().iter().map(|(at, _)| *at).collect()
    }
}

/// A clock that can be set.
#[derive(Default)]
pub struct Hand {
    ahead: AtomicI64,
}

impl Hand {
    pub fn jump(&self, by: Duration) {
        self.ahead.fetch_add(by.as_millis() as i64, Ordering::SeqCst);
    }

    pub fn ahead(&self) -> Ms {
        self.ahead.load(Ordering::SeqCst)
    }
}

impl Clock for Hand {
    fn now(&self) -> Ms {
        nexwatch_tunnel::SystemClock.now() + self.ahead()
    }
}

/// Waits that suit a test: short ones.
pub fn quick() -> (Options, Diary) {
    let diary = Diary::default();
    let pages = diary.0.clone();
    let steps = |first, longest| Steps {
        first: Duration::from_millis(first),
        longest: Duration::from_millis(longest),
    };
    let options = Options {
        back_off: BackOff {
            network: steps(20, 200),
            busy: steps(20, 200),
            check: steps(20, 200),
            reset_after: Duration::from_millis(200),
        },
        heartbeat: Heartbeat {
            every: Duration::from_millis(500),
            patience: Duration::from_millis(2_000),
        },
        limits: Limits {
            dial: Duration::from_secs(5),
            ..Limits::default()
        },
        on_change: Box::new(move |at, state| pages.lock().unwrap().push((at, state.clone()))),
        ..Options::default()
    };
    (options, diary)
}

/// The same, but whoever waits for another try waits for hours.
pub fn patient() -> (Options, Diary) {
    let (mut options, diary) = quick();
    let hours = Steps {
        first: Duration::from_secs(36_000),
        longest: Duration::from_secs(36_000),
    };
    options.back_off.network = hours;
    options.back_off.busy = hours;
    options.back_off.reset_after = Duration::ZERO;
    (options, diary)
}

/// One request over a connection of its own: status and what ngrok's edge says of itself.
pub async fn visit(
    at: SocketAddr,
    host: &str,
    path: &str,
    id: Option<u32>,
) -> io::Result<(u16, Option<String>)> {
    let stream = TcpStream::connect(at).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let carrying = tokio::spawn(connection);
    let mut request = Request::post(path).header("host", host);
    if let Some(id) = id {
        request = request.header("x-id", id.to_string());
    }
    let answer = sender
        .send_request(request.body(Empty::<Bytes>::new()).unwrap())
        .await;
    let answer = answer.map_err(io::Error::other)?;
    let status = answer.status().as_u16();
    let code = answer
        .headers()
        .get("ngrok-error-code")
        .map(|code| code.to_str().unwrap().to_owned());
    answer.into_body().collect().await.map_err(io::Error::other)?;
    carrying.abort();
    Ok((status, code))
}

/// Sends `count` deliveries from eight senders, each again until it is acknowledged, as the platform does; calls
/// `trouble` so many times on the way.
pub async fn deliver_through_trouble(
    at: SocketAddr,
    host: &str,
    count: u32,
    times: u32,
    mut trouble: impl AsyncFnMut(),
) {
    const SENDERS: u32 = 8;
    let done = Arc::new(tokio::sync::watch::channel(0_u32).0);
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let (host, done) = (host.to_owned(), done.clone());
        senders.spawn(async move {
            for id in (sender..count).step_by(SENDERS as usize) {
                let sent = async {
                    while !matches!(visit(at, &host, "/hooks", Some(id)).await, Ok((200, None))) {
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                };
                assert!(
                    timeout(PATIENCE, sent).await.is_ok(),
                    "{id} is never acknowledged"
                );
                done.send_modify(|done| *done += 1);
            }
        });
    }
    let mut watch = done.subscribe();
    for time in 1..=times {
        let due = count / (times + 1) * time;
        timeout(PATIENCE, watch.wait_for(|done| *done >= due))
            .await
            .unwrap()
            .unwrap();
        trouble().await;
    }
    while let Some(sender) = senders.join_next().await {
        sender.unwrap();
    }
}
