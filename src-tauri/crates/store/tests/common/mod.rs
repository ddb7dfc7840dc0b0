//! Deliveries for tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions
#![allow(dead_code)]

use nexwatch_nexudus::{Arrival, Ms, read};
use nexwatch_store::*;

pub const NOW: Ms = 1_781_000_000_000;

/// Words wait until there are enough of them.
pub const NEVER: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

pub fn open(folder: &std::path::Path) -> Store {
    Store::open(folder, Options::default(), Box::new(|_| {})).unwrap()
}

/// A delivery as the listener would make it.
pub fn delivery(writer: &Writer, action: &str, body: &str, at: Ms) -> Incoming {
    let route = Route {
        action: (!action.is_empty()).then(|| action.to_owned()),
        location: None,
    };
    incoming(writer, route, body.as_bytes(), at)
}

pub fn incoming(writer: &Writer, route: Route, body: &[u8], at: Ms) -> Incoming {
    let arrival = Arrival {
        route_action: route.action.as_deref(),
        route_location: route.location,
        received_at: at,
        body,
        voice: &nexwatch_nexudus::Voice::default(),
    };
    let mut packed = writer.pack(body);
    // As one that arrives: it is at hand for a moment.
    packed.plain = Some(body.into());
    Incoming {
        received_at: at,
        source: Source::Webhook,
        readings: read(&arrival),
        route: route.clone(),
        headers: vec![("content-type".into(), "application/json".into())],
        signature: Signature::Unsigned,
        body: packed,
        released: None,
    }
}

pub fn booking(id: i64, updated: &str) -> String {
    format!(
        r#"[{{"ResourceId":9,"ResourceName":"Blue room","CoworkerId":{},"CoworkerFullName":"Zoë {id}","FromTime":"2026-06-09T09:00:00Z","ToTime":"2026-06-09T10:00:00Z","Notes":"café","Id":{id},"UpdatedOn":"{updated}"}}]"#,
        id % 50 + 1
    )
}

pub fn customer(id: i64) -> String {
    format!(
        r#"[{{"FullName":"Ana {id}","Email":"ana@example.com","Active":true,"Id":{id},"UpdatedOn":"2026-06-01T00:00:00.1234567Z"}}]"#
    )
}

/// The sentence of an event.
pub fn said(event: &EventRow) -> String {
    event.say(&nexwatch_nexudus::Voice::default(), None)
}

/// Every event, oldest first.
pub fn events(reader: &Reader) -> Vec<EventRow> {
    let mut ids = Vec::new();
    reader.keys(|key| ids.push(key.id)).unwrap();
    reader.rows(&ids).unwrap()
}

/// What a kill would leave: the files as they are.
pub fn killed(folder: &std::path::Path) -> tempfile::TempDir {
    let left = tempfile::tempdir().unwrap();
    for name in ["nexwatch.db", "nexwatch.db-wal"] {
        std::fs::copy(folder.join(name), left.path().join(name)).unwrap();
    }
    left
}

/// Whether an event is found by what is said of it.
pub fn is_found(reader: &Reader, event: EventId, sentence: &str) -> bool {
    let plain = sentence.replace('"', "");
    let says = fold::asked(&plain).map(|asked| format!("\"{}\"", asked.phrase));
    let found = reader.read(|db| {
        let find = "SELECT count(*) FROM words WHERE words MATCH ?1 AND rowid = ?2";
        Ok(db.query_row(find, rusqlite::params![says, event.0], |row| row.get::<_, u32>(0))?)
    });
    found.unwrap() == 1
}
