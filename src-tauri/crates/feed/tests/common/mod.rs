//! Stores for tests, filled through the real writer.
#![allow(dead_code, clippy::unwrap_used)]

use nexwatch_feed::{Clock, Feed};
use nexwatch_nexudus::{Arrival, Ms, read};
use nexwatch_store::*;
use std::sync::{Arc, OnceLock};

/// 2026-06-09T10:13:20Z, a Tuesday.
pub const NOW: Ms = 1_781_000_000_000;
pub const HOUR: Ms = 3_600_000;

pub fn clock() -> Clock {
    Clock::utc(NOW)
}

/// A delivery as it comes in.
#[derive(Clone, Debug)]
pub struct Sent {
    pub action: Option<&'static str>,
    pub location: Option<i64>,
    pub body: String,
    pub at: Ms,
    pub source: Source,
    pub signed: bool,
}

impl Sent {
    pub fn new(action: &'static str, body: impl Into<String>, at: Ms) -> Sent {
        Sent {
            action: Some(action),
            location: None,
            body: body.into(),
            at,
            source: Source::Webhook,
            signed: true,
        }
    }

    pub fn incoming(&self, writer: &Writer) -> Incoming {
        let body = self.body.as_bytes();
        Incoming {
            received_at: self.at,
            source: self.source,
            route: Route {
                action: self.action.map(str::to_owned),
                location: self.location,
            },
            headers: vec![("content-type".into(), "application/json".into())],
            signature: match self.signed {
                true => Signature::Verified {
                    rule: SignatureRule::AsciiFolded,
                    secret: SecretId(1),
                },
                false => Signature::Unsigned,
            },
            readings: read(&Arrival {
                route_action: self.action,
                route_location: self.location,
                received_at: self.at,
                body,
                voice: &nexwatch_nexudus::Voice::default(),
            }),
            body: writer.pack(body),
            released: None,
        }
    }
}

/// A store whose commits a feed hears.
pub struct Kept {
    pub folder: tempfile::TempDir,
    pub store: Store,
    /// Hears every commit; not loaded yet.
    pub feed: Feed,
}

pub fn open() -> Kept {
    open_with(Options::default())
}

/// The same with a store that behaves otherwise.
pub fn open_with(options: Options) -> Kept {
    let folder = tempfile::tempdir().unwrap();
    let listener: Arc<OnceLock<Feed>> = Arc::default();
    let hearing = listener.clone();
    let on_commit: OnCommit = Box::new(move |news| {
        if let Some(feed) = hearing.get() {
            feed.committed(news);
        }
    });
    let store = Store::open(folder.path(), options, on_commit).unwrap();
    let feed = Feed::new(store.reader.clone());
    assert!(listener.set(feed.clone()).is_ok());
    Kept { folder, store, feed }
}

impl Kept {
    pub fn send(&self, sent: &Sent) -> Outcome {
        let stored = self
            .store
            .writer
            .store_blocking(sent.incoming(&self.store.writer));
        stored.unwrap().outcome().clone()
    }

    /// Ends the writer, so that every commit has been heard.
    pub fn quiet(self) -> Quiet {
        let Kept { folder, store, feed } = self;
        store.close();
        Quiet { folder, feed }
    }
}

/// A store that nobody writes.
pub struct Quiet {
    pub folder: tempfile::TempDir,
    pub feed: Feed,
}

impl Quiet {
    /// Another feed on the same store, with nothing in memory.
    pub fn fresh(&self) -> Feed {
        Feed::new(Reader::open(self.folder.path()).unwrap())
    }

    /// The same with nothing packed in the store.
    pub fn fresh_unpacked(&self) -> Feed {
        let db = rusqlite::Connection::open(nexwatch_store::path(self.folder.path())).unwrap();
        db.execute("DELETE FROM stretch", []).unwrap();
        let feed = self.fresh();
        feed.load().unwrap();
        feed
    }

    /// Every event, newest first.
    pub fn rows(&self) -> Vec<EventRow> {
        let reader = self.feed.reader();
        let mut ids = Vec::new();
        reader.keys(|key| ids.push(key.id)).unwrap();
        ids.reverse();
        reader.rows(&ids).unwrap()
    }
}

pub fn booking(id: i64, who: &str, notes: &str, updated: &str) -> String {
    format!(
        r#"[{{"ResourceId":{},"ResourceName":"Blue room","CoworkerId":{},"CoworkerFullName":"{who}","FromTime":"2026-06-09T09:00:00Z","ToTime":"2026-06-09T10:00:00Z","Notes":"{notes}","Id":{id},"UpdatedOn":"{updated}"}}]"#,
        8 + id % 2,
        id % 5 + 1
    )
}

pub fn customer(id: i64, name: &str) -> String {
    format!(
        r#"[{{"FullName":"{name}","Email":"a@example.com","Active":true,"Id":{id},"UpdatedOn":"2026-06-01T00:00:00.1234567Z"}}]"#
    )
}
