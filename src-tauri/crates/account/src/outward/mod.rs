//! One request out of this program, and its answer. Nothing is followed, kept open, tried again or sent along: no
//! redirects, no cookies, no proxy.

mod connect;
mod trouble;

pub use connect::{Connect, Connecting, Io, Resolve};
pub use trouble::{TlsTrouble, Trouble};

use bytes::Bytes;
use connect::Reach;
use http::header::{HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use tokio_util::task::AbortOnDropHandle;
use url::{Host, Url};

/// What the other side sees of this program.
const AGENT: &str = concat!("Nexwatch/", env!("CARGO_PKG_VERSION"));

/// How long to wait, and how much to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For each address that a name leads to.
    pub connect: Duration,
    /// For everything together.
    pub whole: Duration,
    /// Of the answer's body, bytes; what is more is not read.
    pub body: usize,
}

/// Something to be sent.
#[derive(Clone)]
pub struct Out {
    /// Usually GET or POST.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Beside `Host` and `User-Agent`, which are set here.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl fmt::Debug for Out {
    /// Neither headers nor body: either may hold what is private.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Out")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

/// How an answer's body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is all there.
    Whole,
    /// There is more than the limit allows.
    Cut,
    /// The connection broke, or the time was up, in the middle of it.
    BrokenOff,
}

/// What came back.
#[derive(Clone)]
pub struct Back {
    /// HTTP status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as far as it was read.
    pub body: Bytes,
    /// Whether that is all.
    pub end: End,
    /// From the first step to the last byte.
    pub took: Duration,
}

impl fmt::Debug for Back {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Back")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// Whether an address stays on this very computer.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        // Names below it are the resolver's own, too (RFC 6761, section 6.3).
        Some(Host::Domain(name)) => is_local_name(name),
        None => false,
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}

/// Sends requests.
#[derive(Clone, Default)]
pub struct Outward {
    reach: Reach,
}

impl fmt::Debug for Outward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outward")
    }
}

impl Outward {
    /// By the system's names and authorities.
    pub fn new() -> Outward {
        Outward::default()
    }

    /// Trusts these authorities (PEM) as well as the system's.
    pub fn trusting(mut self, pem: &[u8]) -> Outward {
        self.reach.trust(pem);
        self
    }

    /// Asks this where a name leads, instead of the system.
    pub fn resolving(
        mut self,
        resolve: impl Fn(&str, u16) -> io::Result<SocketAddr> + Send + Sync + 'static,
    ) -> Outward {
        self.reach.resolve_with(Arc::new(resolve));
        self
    }

    /// Connects by this instead of the network.
    pub fn connecting(mut self, connect: Arc<dyn Connect>) -> Outward {
        self.reach.connect_by(connect);
        self
    }

    /// Sends one request and waits for its answer.
    pub async fn send(&self, out: Out, limits: &Limits) -> Result<Back, Trouble> {
        let begun = Instant::now();
        let until = begun + limits.whole;
        let host = out.url.host_str().unwrap_or_default().to_owned();
        let slow = || Trouble::TooSlow {
            host: host.clone(),
            seconds: limits.whole.as_secs(),
        };
        let hung_up = || Trouble::HungUp { host: host.clone() };
        let stream = timeout_at(until, self.reach.connect(&out.url, limits.connect))
            .await
            .map_err(|_| slow())??;
        let request = request(out).ok_or(Trouble::Unsendable)?;
        let begin = handshake::<_, Full<Bytes>>(TokioIo::new(stream));
        let (mut sender, connection) = begin.await.map_err(|_| hung_up())?;
        let _carrying = AbortOnDropHandle::new(tokio::spawn(async move {
            // What goes wrong here, the sender hears.
            let _ = connection.await;
        }));
        let answer = timeout_at(until, sender.send_request(request))
            .await
            .map_err(|_| slow())?
            .map_err(|error| match error.is_parse() {
                true => Trouble::NotHttp { host: host.clone() },
                false => hung_up(),
            })?;
        let (head, body) = answer.into_parts();
        let (body, end) = read(body, limits.body, until).await;
        Ok(Back {
            status: head.status,
            headers: head.headers,
            body,
            end,
            took: begun.elapsed(),
        })
    }
}

fn request(out: Out) -> Option<Request<Full<Bytes>>> {
    let host = out.url.host_str()?;
    let authority = match out.url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    };
    let path = match out.url.query() {
        Some(query) => format!("{}?{query}", out.url.path()),
        None => out.url.path().to_owned(),
    };
    let mut request = Request::builder()
        .method(out.method)
        .uri(path)
        .body(Full::new(out.body))
        .ok()?;
    *request.headers_mut() = out.headers;
    let headers = request.headers_mut();
    headers.insert(HOST, HeaderValue::from_str(&authority).ok()?);
    headers
        .entry(USER_AGENT)
        .or_insert(HeaderValue::from_static(AGENT));
    Some(request)
}

async fn read(mut body: Incoming, most: usize, until: Instant) -> (Bytes, End) {
    let mut read = Vec::new();
    let end = loop {
        match timeout_at(until, body.frame()).await {
            Ok(None) => break End::Whole,
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else { continue };
                let room = most - read.len();
                read.extend_from_slice(data.get(..room).unwrap_or(&data));
                if data.len() > room {
                    break End::Cut;
                }
            }
            Ok(Some(Err(_))) | Err(_) => break End::BrokenOff,
        }
    };
    (read.into(), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_is_told_from_the_world() {
        for (url, here) in [
            ("http://127.0.0.1:3000/", true),
            ("http://127.1/", true),
            ("http://2130706433/", true),
            ("http://127.255.255.254/", true),
            ("http://[::1]/", true),
            ("http://localhost/", true),
            ("http://LOCALHOST.:3000/", true),
            ("http://app.localhost/", true),
            ("http://0.0.0.0/", false),
            ("http://localhost.example.com/", false),
            ("http://notlocalhost/", false),
            ("http://192.168.0.1/", false),
            ("http://[::ffff:127.0.0.1]/", false),
            ("http://127.0.0.1.nip.io/", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), here, "{url}");
        }
    }

    #[test]
    fn nothing_of_a_request_is_shown() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static("Basic abc"));
        let out = Out {
            method: Method::GET,
            url: Url::parse("https://example.com/a?token=abc").unwrap(),
            headers,
            body: Bytes::from_static(b"abc"),
        };
        let shown = format!("{out:?}");
        assert!(shown.contains("example.com") && !shown.contains("abc"), "{shown}");
    }
}
