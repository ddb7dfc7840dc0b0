//! The query box with a store behind it.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{Feed, Filter, ParseTrouble};
use nexwatch_nexudus::time::rfc3339;

fn checkin(id: i64, who: &str, location: i64, place: &str) -> String {
    format!(
        r#"[{{"Id":{id},"CoworkerId":{id},"CoworkerFullName":"{who}","BusinessId":{location},"BusinessName":"{place}","FromTime":"2026-06-09T08:00:00Z","ToTime":null,"Source":1}}]"#
    )
}

fn store() -> Quiet {
    let kept = open();
    for (n, (who, location, place)) in [
        ("José García", 7, "Harbour Yard"),
        ("Josefine Maier", 7, "Harbour Yard"),
        ("Ana Lima", 8, "Harbour"),
        ("Ana Lima", 9, "Old Mill"),
        ("Maria-José Sousa", 10, "Old Mill"),
        ("O'Brien \"Bob\"", 11, "42"),
    ]
    .into_iter()
    .enumerate()
    {
        let n = n as i64;
        let body = checkin(n + 1, &who.replace('"', "\\\""), location, place);
        kept.send(&Sent::new("CheckinCreated", body, NOW + n * 1_000));
        let id = 100 + n;
        kept.send(&Sent::new(
            "BookingCreate",
            booking(id, who, "x", &rfc3339(NOW + n)),
            NOW + n,
        ));
    }
    kept.send(&Sent::new("SensorUpdate", "[{\"Id\":1}]", NOW));
    let moved = booking(101, "Josefine Maier", "y", &rfc3339(NOW + 50_000));
    kept.send(&Sent::new("BookingUpdate", moved, NOW + 50_000));
    kept.send(&Sent::new(
        "CoworkerInvoicePaid",
        r#"[{"Id":5,"CoworkerId":3,"CoworkerFullName":"Ana Lima","TotalAmount":12,"CurrencyCode":"EUR"}]"#,
        NOW + 60_000,
    ));
    let quiet = kept.quiet();
    quiet.feed.load().unwrap();
    quiet
}

fn parse(feed: &Feed, text: &str) -> Result<Filter, ParseTrouble> {
    feed.parse(text).unwrap()
}

#[test]
fn locations_by_name_and_back() {
    let quiet = store();
    let feed = &quiet.feed;
    for (text, ids, printed) in [
        ("location:\"Harbour Yard\"", vec![7], "location:\"Harbour Yard\""),
        (
            "where:(harbour, \"42\" none)",
            vec![8, 42, 0],
            "location:(Harbour, 42, none)",
        ),
        ("location:yard", vec![7], "location:\"Harbour Yard\""),
        ("location:(9, 10)", vec![9, 10], "location:(9, 10)"),
        ("location:11", vec![11], "location:11"),
        ("location:404", vec![404], "location:404"),
    ] {
        let filter = parse(feed, text).unwrap();
        assert_eq!(filter.locations, ids, "{text}");
        let again = feed.print(&filter).unwrap();
        assert_eq!(again, printed);
        assert_eq!(parse(feed, &again).unwrap(), filter);
    }
    let trouble = parse(feed, "😀 location:(7, \"old mill\")").unwrap_err();
    assert_eq!((trouble.start, trouble.end), (16, 26));
    assert!(
        trouble.message.starts_with("2 locations are called “Old Mill”"),
        "{}",
        trouble.message
    );
    let trouble = parse(feed, "location:moon").unwrap_err();
    assert!(trouble.message.contains("“Harbour Yard”"), "{}", trouble.message);
}

#[test]
fn an_action_has_to_be_known() {
    let quiet = store();
    assert_eq!(
        parse(&quiet.feed, "action:sensorupdate").unwrap().actions,
        ["SensorUpdate"]
    );
    let trouble = parse(&quiet.feed, "action:BookingCreat").unwrap_err();
    assert_eq!(
        trouble.message,
        "no action is called “BookingCreat”: do you mean BookingCreate?"
    );
}

/// What is offered at `|`.
fn offered(feed: &Feed, text: &str) -> Vec<String> {
    let cursor = text.find('|').unwrap();
    let typed = text.replace('|', "");
    let units = |text: &str| text.encode_utf16().count() as u32;
    let completions = feed.complete(&typed, units(&typed[..cursor])).unwrap();
    assert!(completions.items.len() <= 12);
    let place: Vec<u16> = typed.encode_utf16().collect();
    let (before, after) = (
        &place[..completions.start as usize],
        &place[completions.end as usize..],
    );
    let offers = completions.items.iter().map(|item| {
        let whole = format!(
            "{}{}{}",
            String::from_utf16(before).unwrap(),
            item.insert,
            String::from_utf16(after).unwrap()
        );
        // Whatever value is taken, the query can be read; what goes on after it is not whole yet.
        if !item.insert.ends_with([':', '.', '#', ' ']) {
            let closed = ["", ")", "))"]
                .iter()
                .any(|end| parse(feed, &format!("{whole}{end}")).is_ok());
            assert!(closed, "{whole}");
        }
        format!("{whole} [{}] {}", item.label, item.hint)
    });
    offers.collect()
}

#[test]
fn completions() {
    let quiet = store();
    let all = [
        "|",
        "lo|",
        "😀 cat|",
        "-fl|",
        "jos|",
        "book|",
        "category:|",
        "category:b|",
        "category:(billing, acc|)",
        "action:|",
        "action:\"check|",
        "action:sensor|",
        "location:|",
        "location:har|",
        "location:\"Harbour Ya|rd\" x",
        "person:ana|",
        "person:bob|",
        "person:|",
        "flag:un|",
        "-flag:|",
        "from:|",
        "on:y|",
        "booking:|",
        "loca|tion:7",
        "category:(billing)|",
        "nothing to be found|",
        "-|",
        "NOT |",
        "(|",
        "(jos|)",
        "(flag:repeat OR act|",
        "NOT (location:7 person:\"ana|",
        "ana O|",
        "A|",
        "amount:|",
        "at:|",
        "at:(today, la|",
        "currency:|",
        "changed:|",
        "changed:no|",
        "entity:|",
        "entity:(Booking#5, ch|",
        "resource:|",
        "resource:blu|",
        "body.|",
        "action:BookingCreate body.time|",
        "body.BookingV|",
        "body.Notes:|",
        "body.coworkerfullname:(x, ana|",
        "(category:bookings -body.Res|",
    ];
    let shown: Vec<String> = all
        .iter()
        .map(|text| format!("{text}\n    {}", offered(&quiet.feed, text).join("\n    ")))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn completions_at_any_place_of_any_text() {
    let quiet = store();
    for text in [
        "",
        "\"",
        "category:(",
        "a😀b:\"x",
        "-",
        "person:\"José",
        "location:(harbour,,)",
        "::(,)\"\\",
        "(a OR NOT -body.x.\"y😀\":(1, \"z",
        "at:last 2h) OR",
        "body.",
        "body.é:x",
    ] {
        for cursor in 0..text.encode_utf16().count() as u32 + 3 {
            let found = quiet.feed.complete(text, cursor).unwrap();
            assert!(
                found.start <= found.end && found.end as usize <= text.encode_utf16().count(),
                "{text} {cursor}"
            );
        }
    }
}
