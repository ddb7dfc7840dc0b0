//! The listener: binds, accepts, stops.
//!
//! It stands on hyper itself rather than on a router: there is one route, and what matters here (who waits for
//! whom, for how long, who goes first when there is no room, what a half-sent request is told) is decided at the
//! connection.

use crate::connection::serve;
use crate::hook::Hook;
use crate::seats::Seats;
use crate::{Counts, Keys, Limits, Options, ReplacedKey, Sink};
use nexwatch_store::Writer;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// How long to wait when the system has no file handle left for another connection.
const NO_HANDLES: Duration = Duration::from_millis(50);

/// Why the listener cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Others could reach it.
    #[error(
        "{0} can be reached from other machines: the listener only takes addresses of this one, e.g. 127.0.0.1 (a tunnel makes it reachable)"
    )]
    NotLoopback(SocketAddr),
    /// Another program has the port.
    #[error(
        "port {} is in use by another program (or another Nexwatch): close it, or choose another port (in the window under Settings > Listener; for serve with --listen)",
        .0.port()
    )]
    InUse(SocketAddr),
    /// The system keeps it for itself.
    #[error("port {} is kept for the system: choose one above 1023", .0.port())]
    NotAllowed(SocketAddr),
    /// Something else.
    #[error("cannot listen on {0}: {1}")]
    Io(SocketAddr, std::io::Error),
}

/// What accepting and serving share.
struct Shared {
    hook: Arc<Hook>,
    seats: Arc<Seats>,
}

/// The listener at work. Dropping it stops accepting at once; [`Listener::stop`] is the polite way.
pub struct Listener {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Listener {
    /// Listens on a loopback address; port 0 takes any free one.
    pub async fn bind(
        addr: SocketAddr,
        options: Options,
        writer: Writer,
        keys: Arc<dyn Keys>,
    ) -> Result<Listener, BindError> {
        Self::bind_sink(addr, options, Arc::new(writer), keys).await
    }

    /// As [`Listener::bind`] with something else than the store behind it: for measuring what the store costs.
    pub async fn bind_sink(
        addr: SocketAddr,
        options: Options,
        sink: Arc<dyn Sink>,
        keys: Arc<dyn Keys>,
    ) -> Result<Listener, BindError> {
        if !addr.ip().to_canonical().is_loopback() {
            return Err(BindError::NotLoopback(addr));
        }
        let failed = |error: std::io::Error| match error.kind() {
            ErrorKind::AddrInUse => BindError::InUse(addr),
            ErrorKind::PermissionDenied => BindError::NotAllowed(addr),
            _ => BindError::Io(addr, error),
        };
        let listener = TcpListener::bind(addr).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let shared = Arc::new(Shared {
            seats: Seats::new(options.limits.connections, options.limits.at_ease),
            hook: Arc::new(Hook::new(options, sink, keys)),
        });
        let accepting = tokio::spawn(accept(listener, shared.clone()));
        tracing::info!(%address, "listening");
        Ok(Listener {
            address,
            shared,
            accepting: Mutex::new(Some(accepting)),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has answered since it was started.
    pub fn counts(&self) -> Counts {
        self.shared.hook.tally.counts()
    }

    /// From now on, only these keys in the path are right.
    pub fn replace_hook_key(&self, key: &str, replaced: Option<ReplacedKey>) {
        self.shared.hook.replace_key(key, replaced);
    }

    /// From now on, these limits hold. The socket stays: nobody is turned away meanwhile, requests under way keep the
    /// limits that they began with, and an open connection keeps [`Limits::header_bytes`].
    pub fn set_limits(&self, limits: Limits) {
        self.shared.hook.set_limits(limits);
        self.shared.seats.set_limits(limits.connections, limits.at_ease);
    }

    /// Requests that have begun and are not answered yet.
    pub fn in_flight(&self) -> usize {
        self.shared.seats.at_work()
    }

    /// Serves one stream as if it had been accepted, until it ends: for tunnels. Waits for a seat if all connections
    /// are at work; when the listener stops, the stream is closed. `requests` counts what came by such streams.
    pub async fn serve_stream<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        &self,
        stream: S,
        requests: Arc<AtomicU64>,
    ) {
        if let Some(taken) = self.shared.seats.take().await {
            let hook = self.shared.hook.clone();
            serve(stream, taken, hook, Some(requests)).await;
        }
    }

    /// Stops: refuses new connections, finishes the requests that were begun and closes the idle connections. What
    /// is not finished after `grace` is cut off without an answer, and so will be sent again.
    pub async fn stop(&self, grace: Duration) {
        self.shared.hook.stopping.store(true, Ordering::SeqCst);
        let accepting = self
            .accepting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(accepting) = accepting {
            accepting.abort();
            // Ended by the abort: the port is closed now.
            let _ = accepting.await;
        }
        let seats = &self.shared.seats;
        seats.stop();
        if timeout(grace, seats.empty()).await.is_err() {
            tracing::warn!("some requests were not finished in time");
            seats.clear();
            seats.empty().await;
        }
        tracing::info!("stopped listening");
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Ok(accepting) = self.accepting.get_mut()
            && let Some(accepting) = accepting.take()
        {
            accepting.abort();
        }
        self.shared.hook.stopping.store(true, Ordering::SeqCst);
        self.shared.seats.stop();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let Some(taken) = shared.seats.take().await else {
                    return;
                };
                tokio::spawn(one(stream, taken, shared.clone()));
            }
            // The connection was gone before it was taken up.
            Err(error) if error.kind() == ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken up");
                sleep(NO_HANDLES).await;
            }
        }
    }
}

async fn one(stream: TcpStream, taken: crate::seats::Taken, shared: Arc<Shared>) {
    // Answers are small and awaited: nothing is gained by holding them back. Where it cannot be said, it is slower.
    let _ = stream.set_nodelay(true);
    serve(stream, taken, shared.hook.clone(), None).await;
}
