//! What cloudflared tells of itself on its metrics port.

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::Request;
use hyper::client::conn::http1::handshake;
use hyper::header::HOST;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

/// More is no answer of its.
const LONGEST: usize = 64 * 1024;

/// Its metrics port.
#[derive(Clone, Copy)]
pub(super) struct Metrics {
    at: SocketAddr,
    patience: Duration,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// Connected to Cloudflare.
    Ready,
    /// Running, but not connected.
    Unconnected,
    /// No answer: not up yet, or hung.
    Silent,
}

impl Metrics {
    /// On a port that is free now. Should another program take it first, cloudflared says so and ends.
    pub(super) fn on_free_port(patience: Duration) -> io::Result<Metrics> {
        let at = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Ok(Metrics { at, patience })
    }

    /// As an argument.
    pub(super) fn address(&self) -> String {
        self.at.to_string()
    }

    /// How it is: 200 with a connection, 503 without.
    pub(super) async fn health(&self) -> Health {
        match self.get("/ready").await {
            Some((200, _)) => Health::Ready,
            Some(_) => Health::Unconnected,
            None => Health::Silent,
        }
    }

    /// The name that a quick tunnel was given.
    pub(super) async fn quick_name(&self) -> Option<String> {
        let (_, body) = self.get("/quicktunnel").await?;
        let answer: Value = serde_json::from_slice(&body).ok()?;
        let name = answer.get("hostname")?.as_str()?;
        (!name.is_empty()).then(|| name.to_owned())
    }

    async fn get(&self, path: &str) -> Option<(u16, Bytes)> {
        let asked = async {
            let stream = TcpStream::connect(self.at).await.ok()?;
            let (mut sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
            let _carrying = AbortOnDropHandle::new(tokio::spawn(connection));
            let request = Request::get(path).header(HOST, self.address());
            let request = request.body(Empty::<Bytes>::new()).ok()?;
            let answer = sender.send_request(request).await.ok()?;
            let status = answer.status().as_u16();
            let body = Limited::new(answer.into_body(), LONGEST).collect().await.ok()?;
            Some((status, body.to_bytes()))
        };
        timeout(self.patience, asked).await.ok()?
    }
}
