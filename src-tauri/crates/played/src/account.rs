//! The Nexudus account's REST interface: who asks with the right e-mail and password gets the list of actions. It can be told
//! to answer otherwise, as real services and whatever stands before them do.
//!
//! Spoken by hand, because half of it is what no HTTP library would send.

use crate::authority::Authority;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Largest head of a request.
const HEAD: usize = 32 * 1024;

/// How one request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// As documented.
    Well,
    /// As documented, but so much later.
    Late(Duration),
    /// 409, with this `Retry-After`.
    Busy(Option<String>),
    /// This status, with an empty body.
    Status(u16),
    /// 302 to there.
    Redirect(String),
    /// A page for people, with status 200.
    Page,
    /// The list, but the connection ends in the middle of it.
    Half,
    /// Half of the list, and then nothing more, with the connection open.
    Stuck,
    /// This body, with status 200.
    Body(Vec<u8>),
    /// A body of so many bytes.
    Huge(usize),
    /// The connection ends without an answer.
    HangUp,
    /// Nothing at all, with the connection open.
    Silent,
    /// What is not HTTP.
    Noise,
}

/// A request that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// `GET /api/utils/enums?name=eWebhookAction`
    pub line: String,
    /// With the right e-mail and password.
    pub authorized: bool,
    /// When, by tokio's clock.
    pub at: Instant,
}

#[derive(Debug)]
struct Inner {
    expected: String,
    list: Mutex<String>,
    next: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<Asked>>,
}

/// The account. Ends with its last clone.
#[derive(Clone, Debug)]
pub struct Account {
    inner: Arc<Inner>,
    address: Option<SocketAddr>,
    _end: Arc<DropGuard>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Account {
    /// One that only [`Account::visit`] reaches: without a socket, so that tokio's clock may be paused.
    pub fn unplugged(email: &str, password: &str, list: &str) -> Account {
        Account::with(email, password, list, None, CancellationToken::new())
    }

    /// One on a loopback port, for this administrator, with this list: `[{"Id":6,"Name":"BookingCreate"}]`.
    pub async fn start(email: &str, password: &str, list: &str) -> io::Result<Account> {
        Account::listen(email, password, list, None).await
    }

    /// The same with a certificate.
    pub async fn start_tls(
        email: &str,
        password: &str,
        list: &str,
        authority: &Authority,
    ) -> io::Result<Account> {
        Account::listen(email, password, list, Some(authority.acceptor()?)).await
    }

    async fn listen(
        email: &str,
        password: &str,
        list: &str,
        tls: Option<TlsAcceptor>,
    ) -> io::Result<Account> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let end = CancellationToken::new();
        let account = Account::with(email, password, list, Some(listener.local_addr()?), end.clone());
        let inner = account.inner.clone();
        tokio::spawn(end.clone().run_until_cancelled_owned(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (inner, tls, end) = (inner.clone(), tls.clone(), end.clone());
                tokio::spawn(end.run_until_cancelled_owned(async move {
                    match tls {
                        None => serve(&inner, stream).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(&inner, stream).await;
                            }
                        }
                    }
                }));
            }
        }));
        Ok(account)
    }

    fn with(
        email: &str,
        password: &str,
        list: &str,
        address: Option<SocketAddr>,
        end: CancellationToken,
    ) -> Account {
        Account {
            inner: Arc::new(Inner {
                expected: format!("Basic {}", STANDARD.encode(format!("{email}:{password}"))),
                list: Mutex::new(list.to_owned()),
                next: Mutex::default(),
                asked: Mutex::default(),
            }),
            address,
            _end: Arc::new(end.drop_guard()),
        }
    }

    /// `http://127.0.0.1:PORT/api`; port 0 where it has none.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}/api", self.port())
    }

    /// Its port; 0 where it has none.
    pub fn port(&self) -> u16 {
        self.address.map_or(0, |address| address.port())
    }

    /// A connection to it. Needs a runtime.
    pub fn visit(&self) -> DuplexStream {
        let (here, there) = duplex(64 * 1024);
        let inner = self.inner.clone();
        tokio::spawn(async move { serve(&inner, there).await });
        here
    }

    /// The list from now on.
    pub fn tell(&self, list: &str) {
        list.clone_into(&mut lock(&self.inner.list));
    }

    /// How the next requests are answered, one after the other; those after them well.
    pub fn then(&self, replies: impl IntoIterator<Item = Reply>) {
        lock(&self.inner.next).extend(replies);
    }

    /// The requests that have come.
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.inner.asked).clone()
    }
}

async fn serve(inner: &Inner, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    // A client that leaves is none of our business.
    let answered = match head(&mut stream).await {
        Ok(head) => answer(inner, &head, &mut stream).await,
        Err(_) => {
            stream
                .write_all(&whole("400 Bad Request", "X-Told: yes", b""))
                .await
        }
    };
    if answered.is_ok() {
        let _ = stream.shutdown().await;
    }
}

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < HEAD {
        head.push(stream.read_u8().await?);
        // As web servers do whom somebody speaks TLS to.
        if !head[0].is_ascii_alphabetic() {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    String::from_utf8(head).map_err(io::Error::other)
}

async fn answer(inner: &Inner, head: &str, stream: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    let line = head.lines().next().unwrap_or_default();
    let line = line.trim_end_matches(" HTTP/1.1").to_owned();
    let given = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("authorization").then(|| value.trim())
    });
    let authorized = given == Some(inner.expected.as_str());
    let known = line == "GET /api/utils/enums?name=eWebhookAction";
    lock(&inner.asked).push(Asked {
        line,
        authorized,
        at: Instant::now(),
    });
    let reply = lock(&inner.next).pop_front().unwrap_or(Reply::Well);
    let list = lock(&inner.list).clone();
    let json =
        |status: &str, body: &[u8]| whole(status, "Content-Type: application/json; charset=utf-8", body);
    let well = || match (authorized, known) {
        (false, _) => whole("401 Unauthorized", "WWW-Authenticate: Basic", b""),
        (true, false) => json("404 Not Found", br#"{"Message":"No such resource"}"#),
        (true, true) => json("200 OK", list.as_bytes()),
    };
    let half = || {
        let mut half = well();
        half.truncate(half.len() - list.len() / 2);
        half
    };
    let bytes = match reply {
        Reply::Well => well(),
        Reply::Late(wait) => {
            sleep(wait).await;
            well()
        }
        Reply::Busy(None) => whole("409 Conflict", "X-Busy: yes", b""),
        Reply::Busy(Some(after)) => whole("409 Conflict", &format!("Retry-After: {after}"), b""),
        Reply::Status(status) => whole(&format!("{status} Told"), "X-Told: yes", b""),
        Reply::Redirect(to) => whole("302 Found", &format!("Location: {to}"), b""),
        Reply::Page => whole(
            "200 OK",
            "Content-Type: text/html",
            b"<!DOCTYPE html><title>Sign in</title>",
        ),
        Reply::Half => half(),
        Reply::Stuck => {
            stream.write_all(&half()).await?;
            return std::future::pending().await;
        }
        Reply::Body(body) => json("200 OK", &body),
        Reply::Huge(length) => json("200 OK", &vec![b' '; length]),
        Reply::HangUp => Vec::new(),
        Reply::Silent => return std::future::pending().await,
        Reply::Noise => b"\x16\x03\x01 not at all\r\n\r\n".to_vec(),
    };
    stream.write_all(&bytes).await?;
    stream.flush().await
}

fn whole(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
