//! Writes the fixture database of this program's format, `tests/fixtures/format-N.db.zst`, for the tests of later
//! formats. It is made once for each format, before the first release that has it, and never again.
//!
//! `cargo run -p nexwatch-store --example fixture`

#[path = "../tests/common/mod.rs"]
mod common;

use common::{NOW, booking, customer, incoming};
use nexwatch_store::{
    Cause, FORMAT, LedgerEntry, Options, Refusal, Route, SecretId, Signature, SignatureRule, Source, Store,
    Suspect, Writer, path, rusqlite,
};
use std::path::Path;

fn route(action: &str, location: Option<i64>) -> Route {
    Route {
        action: (!action.is_empty()).then(|| action.to_owned()),
        location,
    }
}

fn fill(writer: &Writer) -> Result<(), Box<dyn std::error::Error>> {
    let store = |action: &str, location, body: &str, at, change: &dyn Fn(&mut nexwatch_store::Incoming)| {
        let mut incoming = incoming(writer, route(action, location), body.as_bytes(), at);
        change(&mut incoming);
        writer.store_blocking(incoming)
    };
    let signed = |incoming: &mut nexwatch_store::Incoming| {
        incoming.signature = Signature::Verified {
            rule: SignatureRule::AsciiFolded,
            secret: SecretId(3),
        };
    };
    let first = booking(1, "2026-06-09T08:10:20.1234567Z");
    store("BookingCreate", Some(77), &first, NOW, &signed)?;
    // It comes again, the same and changed; then it is changed and deleted.
    store("BookingCreate", Some(77), &first, NOW + 60_000, &signed)?;
    let spaced = first.replace("\":", "\": ");
    store("BookingCreate", Some(77), &spaced, NOW + 90_000, &signed)?;
    store(
        "6",
        None,
        &booking(2, "2026-06-09T08:11:00Z"),
        NOW + 1_000,
        &|_| {},
    )?;
    let changed = booking(1, "2026-06-09T09:10:20.7654321Z");
    store("BookingUpdate", Some(77), &changed, NOW + 2_000, &signed)?;
    store("BookingDelete", Some(77), &changed, NOW + 3_000, &signed)?;
    store("CoworkerCheckin", None, &customer(5), NOW + 4_000, &|_| {})?;
    store("CoworkerCheckin", None, &customer(5), NOW + 400_000, &|_| {})?;
    store("", None, &customer(6), NOW + 5_000, &|_| {})?;
    store("SomethingNew", Some(78), "{\"Id\":9}", NOW + 6_000, &|incoming| {
        incoming.source = Source::Sample
    })?;
    store("BookingCreate", None, "<no json>", NOW + 7_000, &|_| {})?;
    let (a, b) = (
        booking(3, "2026-06-09T08:12:00.1Z"),
        booking(4, "2026-06-09T08:12:00.2Z"),
    );
    let many = format!("{},{}", &a[..a.len() - 1], &b[1..]);
    store("BookingCreate", Some(77), &many, NOW + 8_000, &signed)?;
    for (n, body) in ["[{\"Id\":1}]", "[{\"Id\":2}]", "[{\"Id\":2}]"]
        .iter()
        .enumerate()
    {
        let incoming = incoming(
            writer,
            route("BookingCreate", None),
            body.as_bytes(),
            NOW + n as i64,
        );
        futures_now(writer.quarantine(Suspect {
            received_at: incoming.received_at,
            source: incoming.source,
            route: incoming.route,
            headers: incoming.headers,
            signature: Some("00".repeat(32)),
            reason: Refusal::Wrong,
            body: incoming.body,
        })?)??;
    }
    // Since format 3. A change, and one that comes between later; one act under three actions; a visit with its host; a
    // booking whose location only its room tells; a customer who is only known by name from elsewhere.
    let other = |stamp: &str, from: &str| {
        let time = |from| format!("\"FromTime\":\"2026-06-09T{from}");
        booking(2, stamp)
            .replace(&time("09"), &time(from))
            .replace("café", "tea")
    };
    let moved = other("2026-06-09T09:30:00.5Z", "08");
    store("BookingUpdate", None, &moved, NOW + 11_000, &|_| {})?;
    let noted = other("2026-06-09T09:20:00.5Z", "09");
    store("BookingUpdate", None, &noted, NOW + 12_000, &|_| {})?;
    store("CoworkerCheckin", Some(77), &customer(15), NOW + 500_000, &signed)?;
    store(
        "AccessControlUpdate",
        Some(77),
        &customer(15),
        NOW + 501_000,
        &signed,
    )?;
    store("CheckinCreated", Some(77), CHECK_IN, NOW + 502_000, &signed)?;
    store("VisitorRegistered", Some(77), VISITOR, NOW + 600_000, &signed)?;
    store("DeliveryCreated", Some(77), DELIVERY, NOW + 700_000, &signed)?;
    writer.set_setting("greeting", "hello")?;
    let out = |at, cause: Cause| LedgerEntry::Out {
        at,
        cause,
        message: cause.name().to_owned(),
    };
    futures_now(writer.enter(vec![
        LedgerEntry::Alive { at: NOW },
        out(NOW + 10_000, Cause::Closed),
        out(NOW + 20_000, Cause::Tunnel),
        LedgerEntry::In { at: NOW + 25_000 },
        LedgerEntry::Reach {
            at: NOW + 25_000,
            way: "own".to_owned(),
            state: "online".to_owned(),
            message: "Reachable".to_owned(),
        },
        out(NOW + 90_000, Cause::Sleep),
        LedgerEntry::Alive { at: NOW + 90_000 },
    ])?)??;
    Ok(())
}

const CHECK_IN: &str = r#"[{"CoworkerId":15,"CoworkerFullName":"Ana 15","Id":90,"FromTime":"2026-06-09T10:21:40Z","UpdatedOn":"2026-06-09T10:21:41.5Z"}]"#;
const VISITOR: &str = r#"[{"FullName":"Vera Blum","Email":"vera@example.com","Id":31,"CoworkerId":15,"CoworkerFullName":"Ana 15","ExpectedArrival":"2026-06-10T08:00:00Z","UpdatedOn":"2026-06-09T10:23:00.5Z"}]"#;
const DELIVERY: &str = r#"[{"CoworkerId":5,"Name":"Parcel","Id":41,"UpdatedOn":"2026-06-09T10:24:00.5Z"}]"#;

fn futures_now<T>(future: impl Future<Output = T>) -> Result<T, std::io::Error> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .build()?
        .block_on(future))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    // Some of what waits for its index is to be in it, some to wait: so it is copied as it is before the end.
    let options = Options {
        ties_together: 6,
        ..Options::default()
    };
    let store = Store::open(folder.path(), options, Box::new(|_| {}))?;
    fill(&store.writer)?;
    let copy = folder.path().join("copy.db");
    rusqlite::Connection::open(path(folder.path()))?.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    store.close();
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/format-{FORMAT}.db.zst"));
    if target.exists() {
        return Err(format!(
            "{} is there already: a format that has shipped never changes",
            target.display()
        )
        .into());
    }
    std::fs::create_dir_all(target.parent().ok_or("no folder")?)?;
    let packed = zstd::encode_all(&*std::fs::read(copy)?, 19)?;
    std::fs::write(&target, &packed)?;
    eprintln!("{}: {} bytes", target.display(), packed.len());
    Ok(())
}
