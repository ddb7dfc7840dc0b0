//! Every statement of this crate with the way SQLite goes about it: none may sort, and none may walk a table that it
//! could enter by a key.

use crate::query::Query;
use crate::scan::{KEY, Order, SAYING, Scan};
use crate::{amounts, export, find, lists, look};
use nexwatch_nexudus::{Arrival, read};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::{DeliveryId, Incoming, Options, Route, Signature, Source, Store, TIED};

/// A store with enough in it for statistics to say something.
pub(crate) fn filled() -> tempfile::TempDir {
    filled_with(600)
}

/// The same with so many events.
pub(crate) fn filled_with(events: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
    let mut waiting = Vec::new();
    for n in 0..i64::from(events) {
        let body = format!(
            r#"[{{"ResourceId":9,"ResourceName":"Blue","CoworkerId":{},"CoworkerFullName":"Ana {n}","Id":{}}}]"#,
            n % 40,
            n % 90
        );
        let (action, at) = (
            ["BookingCreate", "BookingUpdate", "Sensor"][n as usize % 3],
            1_781_000_000_000 + n * 60_000,
        );
        let readings = read(&Arrival {
            route_action: Some(action),
            route_location: Some(n % 4),
            received_at: at,
            body: body.as_bytes(),
            voice: &nexwatch_nexudus::Voice::default(),
        });
        let incoming = Incoming {
            received_at: at,
            source: Source::Sample,
            route: Route {
                action: Some(action.into()),
                location: Some(n % 4),
            },
            headers: Vec::new(),
            signature: Signature::Unsigned,
            body: store.writer.pack(body.as_bytes()),
            readings,
            released: None,
        };
        // More than a thousand that wait would be turned away.
        match n % 500 {
            499 => drop(store.writer.store_blocking(incoming).unwrap()),
            _ => waiting.push(store.writer.store(incoming).unwrap()),
        }
    }
    drop(waiting);
    store.close();
    folder
}

fn statements() -> Vec<(&'static str, String)> {
    let words = Query {
        words: Some("\"blue\"".into()),
        ..Query::ALL
    };
    let mut all = vec![
        ("the newest delivery", crate::feed::NEWEST.to_owned()),
        (
            "events of an entity, of a resource, that concern a person",
            TIED.to_owned(),
        ),
        ("events that changed a field", lists::CHANGED.to_owned()),
        ("one event's words", find::SAYS.to_owned()),
        ("words in a stretch", SAYING.to_owned()),
        ("one event's currency", look::CURRENCY.to_owned()),
        ("one event's amount", amounts::OF_EVENT.to_owned()),
        ("neighbours' amounts", amounts::OF_NEIGHBOURS.to_owned()),
        ("one event's body", look::BODY.to_owned()),
    ];
    for (name, query) in [("all", &Query::ALL), ("words", &words)] {
        for order in [Order::NewestFirst, Order::OldestFirst] {
            let scan = Scan {
                order,
                ..Scan::of(query, DeliveryId(9))
            };
            let way = match order {
                Order::NewestFirst => "newest first",
                Order::OldestFirst => "oldest first",
            };
            all.push((name, format!("{} -- {way}", scan.sql(KEY, ""))));
        }
    }
    all.extend(export::statements());
    all
}

/// SQLite's plan, a step a line.
fn plan(db: &Connection, sql: &str) -> String {
    let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    // The plan does not hang on the values.
    let mut rows = explain.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(format!("    {}", row.get::<_, String>(3).unwrap()));
    }
    steps.join("\n")
}

#[test]
fn each_statement_enters_by_a_key_and_nothing_is_sorted() {
    let folder = filled();
    let db = Connection::open(nexwatch_store::path(folder.path())).unwrap();
    let plans = || -> Vec<(&'static str, String, String)> {
        let all = statements().into_iter();
        all.map(|(name, sql)| (name, plan(&db, &sql), sql)).collect()
    };
    let before = plans();
    for (name, plan, sql) in &before {
        for step in plan.lines() {
            // A virtual table is always "scanned"; `M1` says that it is entered by words, `<>=` by place as well.
            let by_words = step.contains("SCAN words VIRTUAL TABLE INDEX") && step.contains("M1");
            let by_place = step.contains(['<', '>', '=']);
            assert!(
                by_words && by_place || !step.contains("SCAN"),
                "{name}: {sql}\n{plan}"
            );
            assert!(!step.contains("TEMP B-TREE"), "{name}: {sql}\n{plan}");
        }
    }
    // Statistics must not make it change its mind.
    db.execute_batch("ANALYZE").unwrap();
    assert_eq!(plans(), before);
    let shown: Vec<String> = before
        .iter()
        .map(|(name, plan, sql)| format!("{name}\n  {sql}\n{plan}"))
        .collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}
