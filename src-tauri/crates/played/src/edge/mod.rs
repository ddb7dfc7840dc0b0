//! ngrok's service, played on loopback: it speaks the agents' own protocol (TLS, muxado, JSON) on one port, and
//! serves visitors on two others, plain and with TLS.
//!
//! Codes, refusals and the fate of a request whose agent vanishes are those of the real service, as far as its
//! documentation and its client's source tell.

mod agent;
mod front;
mod wire;

use crate::authority::Authority;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};
use wire::Session;

/// What happened at the edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An agent's connection came.
    Connected,
    /// An agent signed in.
    SignedIn {
        /// With the session it had before.
        resumed: bool,
    },
    /// An agent was refused, with this code.
    Refused(String),
    /// An endpoint is online.
    Bound {
        /// Under this name.
        host: String,
        /// With the id it had before.
        again: bool,
    },
    /// An endpoint was taken offline by its agent.
    Unbound,
    /// An agent's connection ended.
    Ended,
}

/// The edge. Ends with its last clone.
#[derive(Clone)]
pub struct Edge {
    agents: SocketAddr,
    visitors: SocketAddr,
    secure: SocketAddr,
    authority: Authority,
    inner: Arc<Inner>,
    _end: Arc<DropGuard>,
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge")
            .field("agents", &self.agents)
            .finish_non_exhaustive()
    }
}

struct Account {
    domain: String,
    sessions: usize,
}

#[derive(Clone)]
struct Tunnel {
    id: String,
    session: Arc<Session>,
}

#[derive(Default)]
struct Inner {
    accounts: Mutex<HashMap<String, Account>>,
    sessions: Mutex<HashMap<String, Arc<Session>>>,
    tunnels: Mutex<HashMap<String, Tunnel>>,
    events: watch::Sender<Vec<Event>>,
    refuse_sign_in: Mutex<Option<String>>,
    refuse_bind: Mutex<Option<String>>,
    refuse_visitors: Mutex<Option<String>>,
    linger: Mutex<Duration>,
    /// What follows the name in an endpoint's address: nothing, or a port.
    port: Mutex<String>,
    numbers: AtomicU64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inner {
    fn log(&self, event: Event) {
        tracing::debug!(?event, "edge");
        self.events.send_modify(|events| events.push(event));
    }

    fn number(&self, kind: &str) -> String {
        format!("{kind}_{:08}", self.numbers.fetch_add(1, Ordering::Relaxed))
    }
}

impl Edge {
    /// Starts one, without accounts.
    pub async fn start() -> io::Result<Edge> {
        let authority = Authority::new()?;
        let tls = authority.acceptor()?;
        let agents = TcpListener::bind(("127.0.0.1", 0)).await?;
        let visitors = TcpListener::bind(("127.0.0.1", 0)).await?;
        let secure = TcpListener::bind(("127.0.0.1", 0)).await?;
        let end = CancellationToken::new();
        let edge = Edge {
            agents: agents.local_addr()?,
            visitors: visitors.local_addr()?,
            secure: secure.local_addr()?,
            authority,
            inner: Arc::default(),
            _end: Arc::new(end.clone().drop_guard()),
        };
        let (inner, acceptor, stop) = (edge.inner.clone(), tls.clone(), end.clone());
        tokio::spawn(end.clone().run_until_cancelled_owned(async move {
            while let Ok((stream, _)) = agents.accept().await {
                let work = agent::serve(inner.clone(), acceptor.clone(), stream);
                tokio::spawn(stop.clone().run_until_cancelled_owned(work));
            }
        }));
        for (listener, tls) in [(visitors, None), (secure, Some(tls))] {
            let (inner, stop) = (edge.inner.clone(), end.clone());
            tokio::spawn(end.clone().run_until_cancelled_owned(async move {
                while let Ok((stream, peer)) = listener.accept().await {
                    let work = front::serve(inner.clone(), tls.clone(), stream, peer);
                    tokio::spawn(stop.clone().run_until_cancelled_owned(work));
                }
            }));
        }
        Ok(edge)
    }

    /// Where agents connect, with TLS; as `Ngrok::server`.
    pub fn agents(&self) -> SocketAddr {
        self.agents
    }

    /// Where visitors come in without TLS; the Host header names the endpoint.
    pub fn visitors(&self) -> SocketAddr {
        self.visitors
    }

    /// Where visitors come in with TLS.
    pub fn secure(&self) -> SocketAddr {
        self.secure
    }

    /// From now on the addresses of endpoints name the port where visitors come in with TLS, so that whoever looks up
    /// the name `localhost` finds the way.
    pub fn announce_port(&self, so: bool) {
        let port = if so {
            format!(":{}", self.secure.port())
        } else {
            String::new()
        };
        *lock(&self.inner.port) = port;
    }

    /// Who vouches for both.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Lets an authtoken in, with its fixed domain and so many sessions at once.
    pub fn account(&self, token: &str, domain: &str, sessions: usize) {
        let account = Account {
            domain: domain.to_owned(),
            sessions,
        };
        lock(&self.inner.accounts).insert(token.to_owned(), account);
    }

    /// Lets an authtoken in no more; a session that is open stays.
    pub fn revoke(&self, token: &str) {
        lock(&self.inner.accounts).remove(token);
    }

    /// Refuses to sign anybody in, with this code (`ERR_NGROK_…`); `None`: as it should be.
    pub fn refuse_sign_in(&self, code: Option<&str>) {
        *lock(&self.inner.refuse_sign_in) = code.map(str::to_owned);
    }

    /// Refuses to bind, with this code.
    pub fn refuse_bind(&self, code: Option<&str>) {
        *lock(&self.inner.refuse_bind) = code.map(str::to_owned);
    }

    /// Answers visitors with this code instead of letting them through, as where a plan's limit is reached.
    pub fn refuse_visitors(&self, code: Option<&str>) {
        *lock(&self.inner.refuse_visitors) = code.map(str::to_owned);
    }

    /// How long a session whose connection broke keeps its place and its endpoint.
    pub fn linger(&self, linger: Duration) {
        *lock(&self.inner.linger) = linger;
    }

    /// Sessions, those included whose connection broke not long ago.
    pub fn sessions(&self) -> usize {
        lock(&self.inner.sessions).len()
    }

    /// Names of the endpoints that are online.
    pub fn online(&self) -> Vec<String> {
        lock(&self.inner.tunnels).keys().cloned().collect()
    }

    /// What happened so far.
    pub fn events(&self) -> Vec<Event> {
        self.inner.events.borrow().clone()
    }

    /// What happens, to wait upon.
    pub fn watch(&self) -> watch::Receiver<Vec<Event>> {
        self.inner.events.subscribe()
    }

    /// Forgets an endpoint without telling its agent: visitors hear that it is offline.
    pub fn forget(&self, host: &str) {
        lock(&self.inner.tunnels).remove(host);
    }

    /// Cuts every agent's connection and forgets all sessions, as if it had been started anew.
    pub fn restart(&self) {
        lock(&self.inner.tunnels).clear();
        for (_, session) in lock(&self.inner.sessions).drain() {
            session.cut.cancel();
        }
    }

    /// Drains every agent's connection: a GOAWAY, then its end.
    pub fn go_away(&self) {
        for session in lock(&self.inner.sessions).values() {
            session.go_away();
        }
    }

    /// "Stop" on the dashboard, for one endpoint.
    pub async fn stop_tunnel(&self, host: &str, code: &str) -> io::Result<()> {
        let tunnel = lock(&self.inner.tunnels).remove(host);
        let Some(tunnel) = tunnel else {
            return Err(io::Error::other(format!("{host} is not online")));
        };
        tunnel.session.stop_tunnel(&tunnel.id, code).await
    }

    /// A command of the dashboard to every agent; what they answer.
    pub async fn command(&self, command: Command) -> Vec<String> {
        let sessions: Vec<_> = lock(&self.inner.sessions).values().cloned().collect();
        let mut answers = Vec::new();
        for session in sessions {
            if let Ok(answer) = session.command(command).await {
                answers.push(answer);
            }
        }
        answers
    }
}

/// A command of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// End.
    Stop,
    /// End, and come back.
    Restart,
    /// Take a newer version.
    Update,
}
