//! The listener: binds, accepts, stops.

use crate::counts::Tally;
use crate::{Counts, Keys, Options, Sink};
use nexwatch_store::Writer;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

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
        "port {} is in use by another program (or another Nexwatch): close it, or choose another port with listen_port in settings.json",
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

/// The listener at work.
pub struct Listener {
    address: SocketAddr,
    tally: Arc<Tally>,
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
        _options: Options,
        _sink: Arc<dyn Sink>,
        _keys: Arc<dyn Keys>,
    ) -> Result<Listener, BindError> {
        Ok(Listener {
            address: addr,
            tally: Arc::default(),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has answered since it was started.
    pub fn counts(&self) -> Counts {
        self.tally.counts()
    }

    /// From now on, only this key in the path is right.
    pub fn replace_hook_key(&self, _key: &str) {}

    /// Serves one stream as if it had been accepted, until it ends: for tunnels.
    pub async fn serve_stream<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(&self, _stream: S) {}

    /// Stops: refuses new connections, finishes the requests that were begun and closes the idle connections. What
    /// is not finished after `grace` is cut off.
    pub async fn stop(&self, _grace: Duration) {}
}
