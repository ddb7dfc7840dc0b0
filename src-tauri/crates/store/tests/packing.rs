//! In quiet hours and in a burst bodies are packed otherwise: what is the same stays the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_store::*;

/// A delivery whose body is packed as in another hour: here not at all.
fn otherwise(writer: &Writer, action: &str, body: &str, at: i64) -> Incoming {
    let calm = delivery(writer, action, body, at);
    let packed = Packed {
        dictionary: 0,
        bytes: body.as_bytes().to_vec(),
        ..calm.body.clone()
    };
    assert_ne!(packed, calm.body);
    Incoming { body: packed, ..calm }
}

#[test]
fn the_same_body_packed_otherwise_is_a_repeat() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let body = booking(7, "2026-06-08T12:00:00Z");
    let keep = |incoming: Incoming| store.writer.store_blocking(incoming).unwrap();
    let first = otherwise(&store.writer, "BookingUpdate", &body, NOW);
    assert!(matches!(keep(first).outcome(), Outcome::New { .. }));
    let second = delivery(&store.writer, "BookingUpdate", &body, NOW + 1_000);
    assert!(matches!(keep(second).outcome(), Outcome::Repeat { .. }));
    let all = events(&store.reader);
    assert_eq!((all.len(), all[0].repeats), (1, 1));
    assert!(store.reader.repeats(all[0].id).unwrap()[0].identical);
}

#[test]
fn the_same_body_packed_otherwise_changed_nothing() {
    // What the same bytes under another action say does not hang on how they are packed.
    for action in ["BookingUpdate", "BookingCheckin", "BookingDelete"] {
        let said = [false, true].map(|other| {
            let folder = tempfile::tempdir().unwrap();
            let store = open(folder.path());
            let body = booking(7, "2026-06-08T12:00:00Z");
            let keep = |incoming: Incoming| store.writer.store_blocking(incoming).unwrap();
            keep(match other {
                true => otherwise(&store.writer, "BookingCreate", &body, NOW),
                false => delivery(&store.writer, "BookingCreate", &body, NOW),
            });
            keep(delivery(&store.writer, action, &body, NOW + 1_000));
            let all = events(&store.reader);
            assert_eq!(all.len(), 2, "{action}");
            (all[1].saying.clone(), all[1].flags)
        });
        assert_eq!(said[0], said[1], "{action}");
    }
}

#[test]
fn what_comes_alone_is_packed_smaller_and_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let writer = &store.writer;
    let body = booking(7, "2026-06-08T12:00:00Z");
    let alone = writer.pack_arriving(body.as_bytes());
    assert_eq!(alone.plain.as_deref(), Some(body.as_bytes()));
    assert_eq!(alone.bytes, writer.pack_quietly(body.as_bytes()).bytes);
    let calm = delivery(writer, "BookingUpdate", &body, NOW);
    assert!(alone.bytes.len() <= calm.body.bytes.len());
    assert_eq!((alone.length, alone.key), (calm.body.length, calm.body.key));
    let first = Incoming {
        body: alone,
        ..calm.clone()
    };
    let keep = |incoming: Incoming| writer.store_blocking(incoming).unwrap();
    assert!(matches!(keep(first).outcome(), Outcome::New { .. }));
    assert!(matches!(keep(calm).outcome(), Outcome::Repeat { .. }));
}
