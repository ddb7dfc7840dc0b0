//! What every way leads to: the program's one HTTP server.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use tokio::io::{AsyncRead, AsyncWrite};

/// A stream of bytes in both directions.
pub trait Io: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

/// What a way pushes its streams into. It lives as long as the program; ways come and go.
pub trait Door: Send + Sync + 'static {
    /// Serves one stream until it ends.
    fn serve(&self, stream: Box<dyn Io>) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// Where cloudflared and a reverse proxy of one's own reach the same server; `None` while it does not listen.
    fn address(&self) -> Option<SocketAddr>;

    /// Requests begun and not yet answered: an orderly close waits for them.
    fn in_flight(&self) -> usize;
}
