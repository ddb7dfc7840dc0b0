//! A listener with a store behind it, and a client that says exactly the bytes it is told to.

use nexwatch_nexudus::signature::{Key, Rule, sign};
use nexwatch_receive::{Counts, KeySet, Keys, Limits, Listener, Options, Proof, Reason, Refused, SecretKey};
use nexwatch_store::{DeliveryId, DeliveryRow, EventRow, OnCommit, Reader, SecretId, Store};
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

pub const KEY: &str = "0123456789abcdef0123456789abcdef";
pub const MARK: &str = "a mark of our own";
/// By which self-tests are told.
pub const PROOF: [u8; 32] = [7; 32];
/// No test waits so long unless it fails.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Secrets that a test changes.
#[derive(Debug)]
pub struct Changing {
    keys: Mutex<Result<Arc<KeySet>, String>>,
    /// They have to be looked up, and whoever does so waits.
    locked: Mutex<bool>,
    opened: Condvar,
}

impl Changing {
    pub fn set(&self, secrets: Vec<SecretKey>) {
        *self.keys.lock().unwrap() = Ok(Arc::new(KeySet(secrets)));
    }

    pub fn fail(&self) {
        *self.keys.lock().unwrap() = Err("the keychain is locked".into());
    }
}

impl Changing {
    pub fn lock(&self) {
        *self.locked.lock().unwrap() = true;
    }

    pub fn open(&self) {
        *self.locked.lock().unwrap() = false;
        self.opened.notify_all();
    }
}

impl Keys for Changing {
    fn known(&self) -> Option<Result<Arc<KeySet>, String>> {
        (!*self.locked.lock().unwrap()).then(|| self.keys.lock().unwrap().clone())
    }

    fn current(&self) -> Result<Arc<KeySet>, String> {
        let locked = self.locked.lock().unwrap();
        drop(self.opened.wait_while(locked, |locked| *locked).unwrap());
        self.keys.lock().unwrap().clone()
    }
}

pub fn secret(id: u32, location: Option<i64>, text: &str) -> SecretKey {
    SecretKey {
        replaced: false,
        id: SecretId(id),
        location,
        key: Key::new(text).unwrap(),
    }
}

pub struct Setup {
    pub limits: Limits,
    pub store: nexwatch_store::Options,
    pub secrets: Vec<SecretKey>,
    pub on_commit: OnCommit,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup {
            limits: Limits::default(),
            store: nexwatch_store::Options::default(),
            secrets: Vec::new(),
            on_commit: Box::new(|_| {}),
        }
    }
}

pub struct Rig {
    pub folder: tempfile::TempDir,
    pub store: Store,
    pub listener: Arc<Listener>,
    pub keys: Arc<Changing>,
    refused: Arc<Mutex<Vec<Refused>>>,
    /// Deliveries from outside that a secret has proved: their arrivals.
    pub proved: Arc<Mutex<Vec<i64>>>,
}

pub fn any_port() -> SocketAddr {
    ([127, 0, 0, 1], 0).into()
}

/// Options as the program has them, and where refusals are heard.
pub fn options(limits: Limits) -> (Options, Arc<Mutex<Vec<Refused>>>) {
    let refused: Arc<Mutex<Vec<Refused>>> = Arc::default();
    let heard = refused.clone();
    let options = Options {
        sample_mark: MARK.into(),
        limits,
        on_refused: Box::new(move |one| heard.lock().unwrap().push(one.clone())),
        proof: Some(Proof::new(PROOF)),
        ..Options::with_key(KEY)
    };
    (options, refused)
}

impl Rig {
    pub async fn new() -> Rig {
        Rig::with(Setup::default()).await
    }

    pub async fn signed(secrets: Vec<SecretKey>) -> Rig {
        Rig::with(Setup {
            secrets,
            ..Setup::default()
        })
        .await
    }

    pub async fn limited(limits: Limits) -> Rig {
        Rig::with(Setup {
            limits,
            ..Setup::default()
        })
        .await
    }

    pub async fn with(setup: Setup) -> Rig {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), setup.store, setup.on_commit).unwrap();
        let keys = Arc::new(Changing {
            keys: Mutex::new(Ok(Arc::new(KeySet(setup.secrets)))),
            locked: Mutex::default(),
            opened: Condvar::new(),
        });
        let (mut options, refused) = options(setup.limits);
        let proved: Arc<Mutex<Vec<i64>>> = Arc::default();
        let proves = proved.clone();
        options.on_proved = Box::new(move |at| proves.lock().unwrap().push(at));
        let listener = Listener::bind(any_port(), options, store.writer.clone(), keys.clone())
            .await
            .unwrap();
        Rig {
            folder,
            store,
            listener: Arc::new(listener),
            keys,
            refused,
            proved,
        }
    }

    pub async fn connect(&self) -> Client<TcpStream> {
        Client::to(self.listener.address()).await
    }

    /// One request on a connection of its own.
    pub async fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut client = self.connect().await;
        client.say(request).await;
        client.hear().await
    }

    /// Delivers unsigned.
    pub async fn deliver(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        self.ask(post(path, &[], body)).await
    }

    /// Delivers with a signature.
    pub async fn deliver_signed(&self, path: &str, signature: &str, body: impl AsRef<[u8]>) -> Answer {
        self.ask(post(path, &[("X-Nexudus-Hook-Signature", signature)], body))
            .await
    }

    pub fn counts(&self) -> Counts {
        self.listener.counts()
    }

    pub fn reader(&self) -> &Reader {
        &self.store.reader
    }

    /// Every event, by time.
    pub fn events(&self) -> Vec<EventRow> {
        events(self.reader())
    }

    /// The one delivery with this id.
    pub fn delivery(&self, id: i64) -> DeliveryRow {
        self.reader().delivery(DeliveryId(id)).unwrap().unwrap()
    }

    pub fn quarantined(&self) -> u32 {
        self.reader().quarantine_count().unwrap().count
    }

    /// What was told of refusals so far, and forgets it.
    pub fn heard(&self) -> Vec<Refused> {
        std::mem::take(&mut *self.refused.lock().unwrap())
    }

    pub fn heard_reasons(&self) -> Vec<Reason> {
        self.heard().iter().map(|one| one.reason).collect()
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, so: impl Fn(&Rig) -> bool) {
        let tries = async {
            while !so(self) {
                tokio::task::yield_now().await;
            }
        };
        assert!(
            tokio::time::timeout(PATIENCE, tries).await.is_ok(),
            "never: {what}"
        );
    }
}

pub fn events(reader: &Reader) -> Vec<EventRow> {
    let mut ids = Vec::new();
    reader.keys(|key| ids.push(key.id)).unwrap();
    reader.rows(&ids).unwrap()
}

/// A path below the hook.
pub fn hook(rest: &str) -> String {
    format!("/hooks/{KEY}{rest}")
}

pub fn post(path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: example.com\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    [request.as_bytes(), b"\r\n", body].concat()
}

pub fn raw(text: &str, secret: &str) -> String {
    sign(text.as_bytes(), &Key::new(secret).unwrap(), Rule::RawBytes)
}

pub fn folded(text: &str, secret: &str) -> String {
    sign(text.as_bytes(), &Key::new(secret).unwrap(), Rule::AsciiFolded)
}

pub fn booking(id: i64) -> String {
    format!(
        r#"[{{"ResourceId":9,"ResourceName":"Blue room","CoworkerId":4,"CoworkerFullName":"José {id}","FromTime":"2026-06-09T09:00:00Z","ToTime":"2026-06-09T10:00:00Z","Id":{id},"UpdatedOn":"2026-06-09T08:13:20.{:07}Z"}}]"#,
        id % 10_000_000
    )
}

/// What was answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Everything but the date.
    pub fn undated(mut self) -> Answer {
        self.headers.retain(|(name, _)| name != "date");
        self
    }
}

/// One connection, byte by byte.
pub struct Client<S> {
    pub stream: S,
    read: Vec<u8>,
}

impl Client<TcpStream> {
    pub async fn to(address: SocketAddr) -> Client<TcpStream> {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Client::over(stream)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub fn over(stream: S) -> Client<S> {
        Client {
            stream,
            read: Vec::new(),
        }
    }

    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// As [`Client::say`], to a listener that may have had enough.
    pub async fn try_say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Reads more; false at the end.
    async fn more(&mut self) -> bool {
        let read = tokio::time::timeout(PATIENCE, self.stream.read_buf(&mut self.read)).await;
        matches!(read.expect("no answer came"), Ok(1..))
    }

    /// The next answer; nothing if the connection ends instead.
    pub async fn try_hear(&mut self) -> Option<Answer> {
        let end = loop {
            match self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(end) => break end,
                None if self.more().await => {}
                None => return None,
            }
        };
        let head = String::from_utf8(self.read.drain(..end + 4).collect()).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map_or(0, |(_, value)| value.parse().unwrap());
        while self.read.len() < length {
            assert!(self.more().await, "an answer broke off");
        }
        let body = String::from_utf8(self.read.drain(..length).collect()).unwrap();
        Some(Answer {
            status,
            headers,
            body,
        })
    }

    pub async fn hear(&mut self) -> Answer {
        self.try_hear().await.expect("closed without an answer")
    }

    /// Waits until the other side has closed; there must be nothing more to hear.
    pub async fn closed(&mut self) {
        while self.more().await {}
        assert!(self.read.is_empty(), "{:?}", String::from_utf8_lossy(&self.read));
    }
}
