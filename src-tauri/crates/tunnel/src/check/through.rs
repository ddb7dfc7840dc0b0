//! The self-test itself: one request through the public address.

use super::proof::{Proof, nonce};
use super::reach::Reach;
use super::{Broken, Checked, Checking, Part, SelfCheck, judge};
use crate::{Clock, SystemClock};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_util::task::AbortOnDropHandle;
use url::Url;

/// The header by which the listener knows a self-test.
const HEADER: &str = "x-nexwatch-test";
/// How long a test may take as a whole.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than this of an answer is not looked at.
const LONGEST: usize = 64 * 1024;

/// The real self-test: `POST {public address}{hook path}` with a proof that only this run of the program can make
/// and answer. It is never stored as an event.
pub struct Check {
    hook_path: Arc<dyn Fn() -> String + Send + Sync>,
    proof: Arc<Proof>,
    clock: Arc<dyn Clock>,
    reach: Reach,
    patience: Duration,
}

impl Check {
    /// With the hook's path (`/hooks/{key}`, asked anew each time, as the key can be replaced) and the run's proof.
    pub fn new(hook_path: Arc<dyn Fn() -> String + Send + Sync>, proof: Arc<Proof>) -> Check {
        Check {
            hook_path,
            proof,
            clock: Arc::new(SystemClock),
            reach: Reach::default(),
            patience: PATIENCE,
        }
    }

    /// By another clock.
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Check {
        self.clock = clock;
        self
    }

    /// Trusts these authorities (PEM) as well as the system's.
    pub fn trusting(mut self, pem: &[u8]) -> Check {
        self.reach.trust(pem);
        self
    }

    /// Asks this where a name leads, instead of the system.
    pub fn resolving(
        mut self,
        resolve: impl Fn(&str, u16) -> io::Result<SocketAddr> + Send + Sync + 'static,
    ) -> Check {
        self.reach.resolve_with(Arc::new(resolve));
        self
    }

    /// Waits only so long.
    pub fn waiting(mut self, patience: Duration) -> Check {
        self.patience = patience;
        self
    }

    async fn send(&self, url: &str) -> Result<(), Broken> {
        let whole = Url::parse(&format!("{}{}", url.trim_end_matches('/'), (self.hook_path)()));
        let whole = whole.map_err(|_| judge::no_address(url))?;
        let host = whole.host_str().ok_or_else(|| judge::no_address(url))?;
        let stream = self.reach.connect(&whole).await?;
        let silent = || judge::silent(host);
        let (mut sender, connection) = handshake::<_, Full<Bytes>>(TokioIo::new(stream))
            .await
            .map_err(|_| silent())?;
        let _carrying = AbortOnDropHandle::new(tokio::spawn(async move {
            // What goes wrong here, the sender hears.
            let _ = connection.await;
        }));
        let nonce = nonce();
        let authority = match whole.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let request = Request::post(whole.path())
            .header(HOST, authority)
            .header(USER_AGENT, "Nexwatch")
            .header(CONTENT_TYPE, "application/json")
            // ngrok's free plan shows browsers a page first; this says that we are none.
            .header("ngrok-skip-browser-warning", "1")
            .header(HEADER, self.proof.ask(&nonce))
            .body(Full::new(Bytes::from_static(b"[]")))
            .map_err(|_| judge::no_address(url))?;
        let answer = sender.send_request(request).await.map_err(|_| silent())?;
        let (head, body) = split(answer).await;
        if head.status.is_success() && self.proof.answers(&nonce, &body) {
            return Ok(());
        }
        Err(judge::of_answer(host, &head, &body))
    }
}

/// Head and body of an answer; of a body that is too long or breaks off, nothing.
async fn split(answer: Response<Incoming>) -> (http::response::Parts, Bytes) {
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, LONGEST).collect().await;
    let body = body.map(|body| body.to_bytes()).unwrap_or_default();
    (head, body)
}

impl SelfCheck for Check {
    fn check<'a>(&'a self, url: &'a str) -> Checking<'a> {
        Box::pin(async move {
            let begun = Instant::now();
            let result = match timeout(self.patience, self.send(url)).await {
                Ok(result) => result,
                Err(_) => Err(Broken::new(
                    Part::Tunnel,
                    "no-answer",
                    format!(
                        "The self-test did not come back within {} seconds.",
                        self.patience.as_secs_f32()
                    ),
                    "Nothing to do at first, it is repeated by itself; if it stays, restart the tunnel.",
                )),
            };
            Checked {
                at: self.clock.now(),
                took: begun.elapsed(),
                result,
            }
        })
    }

    fn reaches<'a>(&'a self, server: &'a str) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>> {
        Box::pin(async move { matches!(timeout(self.patience, self.reach.dial(server)).await, Ok(true)) })
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check")
            .field("proof", &self.proof)
            .finish_non_exhaustive()
    }
}
