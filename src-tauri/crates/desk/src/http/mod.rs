//! The desk in a browser: the same screen over the same questions and news, on loopback, behind a token.
//!
//! Who may in: a request whose `Host` is the address we listen on (a page of a stranger that points its name at
//! 127.0.0.1 has another), whose `Origin`, where there is one, is ours, and which has the token: as a cookie set
//! when the address that `serve` prints is opened, or as `Authorization: Bearer` for scripts.

mod answers;
mod download;
mod guard;
mod news;
mod pages;

use crate::Desk;
use axum::Router;
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A file of the screen: its bytes, and their media type.
pub struct Asset {
    /// Content.
    pub bytes: std::borrow::Cow<'static, [u8]>,
    /// E.g. `text/javascript`.
    pub media_type: String,
}

/// Finds a file of the screen by its path, e.g. `assets/index-abc.js`.
pub type Assets = Box<dyn Fn(&str) -> Option<Asset> + Send + Sync>;

/// Why the desk cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Only this computer may see it.
    #[error("the desk is served on this computer only: use an address like 127.0.0.1:0, not {0}")]
    NotLoopback(SocketAddr),
    /// The port is taken or may not be used.
    #[error("the desk cannot be served on {0}: {1}")]
    Bind(SocketAddr, std::io::Error),
}

/// The running server.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

pub(crate) struct Shared {
    pub desk: Desk,
    pub guard: guard::Guard,
    pub assets: Assets,
    pub stopped: watch::Receiver<bool>,
}

impl Server {
    /// Serves the desk. The token must be long and random.
    pub async fn start(
        address: SocketAddr,
        desk: Desk,
        token: &str,
        assets: Assets,
    ) -> Result<Server, ServeError> {
        if !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback(address));
        }
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| ServeError::Bind(address, error))?;
        let address = listener
            .local_addr()
            .map_err(|error| ServeError::Bind(address, error))?;
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared {
            desk,
            guard: guard::Guard::new(address, token),
            assets,
            stopped: stopped.clone(),
        });
        let app = Router::new()
            .route("/ask", post(answers::ask))
            .route("/news", get(news::news))
            .route("/download/{ticket}", get(download::download))
            .fallback(pages::page)
            .layer(axum::middleware::from_fn_with_state(shared.clone(), guard::check))
            .with_state(shared);
        let task = tokio::spawn(async move {
            let ended = axum::serve(listener, app)
                .with_graceful_shutdown(wait(stopped))
                .await;
            if let Err(error) = ended {
                tracing::error!(%error, "the desk is not served any more");
            }
        });
        Ok(Server { address, stop, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends it; open screens are cut after `grace`.
    pub async fn stop(self, grace: Duration) {
        // The server is gone already if nobody hears this.
        let _ = self.stop.send(true);
        let cut = self.task.abort_handle();
        if tokio::time::timeout(grace, self.task).await.is_err() {
            cut.abort();
        }
    }
}

/// Waits until the server is to end.
pub(crate) async fn wait(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}
