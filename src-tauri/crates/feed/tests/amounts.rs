//! What amounts come to, against adding the rows of a page.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{AmountSum, At, Feed, Filter, OfEvents, RefundKind, Span, Total, text};
use nexwatch_nexudus::time::rfc3339;
use nexwatch_nexudus::{Action, Amount, Entity};
use nexwatch_store::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const QUERIES: &[&str] = &[
    "",
    "category:billing",
    "amount:>100",
    "-flag:repeat",
    "currency:EUR",
    "on:2026-06-09",
];

fn invoice(action: &'static str, id: i64, total: &str, currency: &str, at: i64) -> Sent {
    let body = format!(
        r#"[{{"BillToName":"Ana Lima","InvoiceNumber":"INV-{id}","TotalAmount":{total},"CoworkerId":7,"CoworkerFullName":"Ana Lima",{currency}"Id":{id},"UpdatedOn":"{}"}}]"#,
        rfc3339(at)
    );
    Sent::new(action, body, at)
}

fn ledger(id: i64, credit: &str, at: i64) -> Sent {
    let body = format!(
        r#"[{{"CoworkerId":7,"CoworkerFullName":"Ana Lima","Credit":{credit},"BusinessCurrencyCode":"EUR","Id":{id},"UpdatedOn":"{}"}}]"#,
        rfc3339(at)
    );
    Sent::new("CoworkerInvoiceLedgerEntryCreate", body, at)
}

prop_compose! {
    fn sent()(
        action in prop::sample::select(vec![
            "CoworkerInvoiceCreate", "CoworkerInvoicePaid", "InvoiceSettled", "CoworkerInvoiceLedgerEntryCreate", "CoworkerCreate",
        ]),
        id in 1..12_i64,
        total in prop::sample::select(vec!["12.5", "0", "-30", "99.9999", "1250", "null", "900000000000"]),
        currency in prop::sample::select(vec![
            r#""CurrencyCode":"EUR","#, r#""CurrencyCode":"GBP","#, "",
        ]),
        apart in 0..100 * HOUR,
    ) -> Sent {
        let at = NOW - apart;
        match action {
            "CoworkerCreate" => Sent::new(action, customer(id, "Ana Lima"), at),
            "CoworkerInvoiceLedgerEntryCreate" => ledger(id, total, at),
            _ => invoice(action, id, total, currency, at),
        }
    }
}

/// Events, different things, and what these come to.
type Added = (u32, u32, i128);

/// The same from the rows of a list, newest first.
fn added(rows: &[EventRow]) -> BTreeMap<(String, Option<String>), Added> {
    let mut sums: BTreeMap<_, Added> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let Some(amount) = row.amount else { continue };
        let sides = row.entity == Entity::CoworkerLedgerEntry;
        let currency = row.currency.clone().filter(|_| !sides);
        let sum = sums.entry((row.action.name(), currency)).or_default();
        sum.0 += 1;
        if row.entity_id.is_none() || seen.insert((row.action.name(), row.entity.code(), row.entity_id)) {
            sum.1 += 1;
            sum.2 += i128::from(amount.0);
        }
    }
    sums
}

fn told(sums: &[AmountSum]) -> BTreeMap<(String, Option<String>), Added> {
    let of = |sum: &AmountSum| {
        let total = match sum.total {
            Total::Sum(total) => i128::from(total.0),
            Total::BothSides | Total::TooLarge => -1,
        };
        (
            (sum.action.name(), sum.currency.clone()),
            (sum.events, sum.things, total),
        )
    };
    sums.iter().map(of).collect()
}

fn all<'f>(filter: &'f Filter) -> OfEvents<'f> {
    OfEvents {
        filter,
        as_of: None,
        only: &[],
        fold: false,
    }
}

fn ask(feed: &Feed, of: OfEvents<'_>) -> Vec<AmountSum> {
    feed.amounts(of, &clock()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn amounts_are_those_of_the_rows(
        events in prop::collection::vec(sent(), 1..60),
        query in prop::sample::select(QUERIES),
        as_of in prop::option::of(0..60_i64),
        spans in prop::collection::vec((0..60_usize, 0..60_usize), 0..3),
    ) {
        let kept = open();
        for sent in &events {
            kept.send(sent);
        }
        let quiet = kept.quiet();
        let loaded = quiet.fresh();
        loaded.load().unwrap();
        let filter = text::parse(query).unwrap();
        let as_of = as_of.map(DeliveryId);
        let page = loaded.page(&filter, &clock(), as_of, At::Newest, 1_000).unwrap();
        let at = |n: usize| page.rows.get(n % page.rows.len().max(1)).map_or(0, |row| row.id.0);
        let only: Vec<Span> = spans.iter().map(|(from, to)| Span { from: at(*from), to: at(*to) }).collect();
        let inside = |row: &&EventRow| {
            only.is_empty()
                || only.iter().any(|span| {
                    (span.from.min(span.to)..=span.from.max(span.to)).contains(&row.id.0)
                })
        };
        let rows: Vec<EventRow> = page.rows.iter().filter(inside).cloned().collect();
        let mut wanted = added(&rows);
        wanted.retain(|_, sum| sum.1 > 0);
        for ((action, _), sum) in &mut wanted {
            if *action == "CoworkerInvoiceLedgerEntryCreate" || i64::try_from(sum.2).is_err() {
                sum.2 = -1;
            }
        }
        let of = OfEvents { filter: &filter, as_of, only: &only, fold: false };
        let sums = ask(&loaded, of);
        prop_assert_eq!(told(&sums), wanted);
        prop_assert_eq!(&sums, &ask(&quiet.fresh(), of), "before the columns are in memory");
        for sum in &sums {
            prop_assert_eq!(sum.total == Total::BothSides, sum.action == Action::parse("CoworkerInvoiceLedgerEntryCreate"));
        }
    }
}

#[test]
fn a_thing_counts_once_for_an_action_with_what_its_newest_event_says() {
    const EUR: &str = r#""CurrencyCode":"EUR","#;
    let kept = open();
    kept.feed.load().unwrap();
    kept.send(&invoice("CoworkerInvoiceUpdate", 1, "100", EUR, NOW - 3 * HOUR));
    kept.send(&invoice("CoworkerInvoiceUpdate", 1, "120.5", EUR, NOW - 2 * HOUR));
    kept.send(&invoice("CoworkerInvoiceUpdate", 2, "10", EUR, NOW - HOUR));
    kept.send(&invoice("CoworkerInvoicePaid", 1, "120.5", EUR, NOW - HOUR));
    // Between them many have none: they are not read.
    for id in 0..40 {
        kept.send(&Sent::new(
            "CoworkerCreate",
            customer(id, "Ana Lima"),
            NOW - 2 * HOUR + id,
        ));
    }
    // It came late, and is older than what is known.
    kept.send(&invoice("CoworkerInvoiceUpdate", 1, "90", EUR, NOW - 4 * HOUR));
    let quiet = kept.quiet();
    let sums = ask(&quiet.feed, all(&Filter::default()));
    let sum = |action: &str, events, things, total: &str| AmountSum {
        action: Action::parse(action),
        part: None,
        currency: Some("EUR".into()),
        events,
        things,
        total: Total::Sum(Amount::parse(total).unwrap()),
    };
    assert_eq!(
        sums,
        [
            sum("CoworkerInvoiceUpdate", 4, 2, "130.5"),
            sum("CoworkerInvoicePaid", 1, 1, "120.5")
        ]
    );
}

/// What became of invoices: how much of them it is about, which is not their totals.
#[test]
fn refunds_and_payments_are_what_their_sentences_say() {
    let kept = open();
    kept.feed.load().unwrap();
    let send = |action: &'static str, id: i64, more: &str, ago: i64| {
        let body = format!(
            r#"[{{"BillToName":"Ana Lima","InvoiceNumber":"INV-{id}","TotalAmount":354,{more},"CoworkerId":7,"CoworkerFullName":"Ana Lima","CurrencyCode":"GBP","Id":{id},"UpdatedOn":"{}"}}]"#,
            rfc3339(NOW - ago)
        );
        kept.send(&Sent::new(action, body, NOW - ago));
    };
    send(
        "CoworkerInvoiceRefund",
        1,
        r#""Refunded":true,"RefundedAmount":50"#,
        9_000,
    );
    send("CoworkerInvoiceRefund", 2, r#""Void":true"#, 8_000);
    // Cancelled after it was refunded in part: both have happened.
    send("CoworkerInvoiceRefund", 1, r#""Void":true"#, 7_500);
    send(
        "CoworkerInvoiceReceivedPayment",
        3,
        r#""PaidAmount":100,"DueAmount":254"#,
        7_000,
    );
    send(
        "CoworkerInvoiceReceivedPayment",
        3,
        r#""PaidAmount":200,"DueAmount":154"#,
        6_000,
    );
    send(
        "CoworkerInvoiceFailedPayment",
        3,
        r#""PaidAmount":200,"DueAmount":154"#,
        5_000,
    );
    send("CoworkerInvoicePaid", 4, r#""PaidAmount":354,"Paid":true"#, 4_000);
    send(
        "CoworkerInvoiceUpdate",
        3,
        r#""PaidAmount":200,"DueAmount":154"#,
        3_000,
    );
    let quiet = kept.quiet();
    for feed in [&quiet.feed, &quiet.fresh()] {
        let mut told: Vec<_> = ask(feed, all(&Filter::default()))
            .into_iter()
            .map(|sum| match sum.total {
                Total::Sum(total) => (sum.action.name(), sum.part, sum.events, total.to_string()),
                other => panic!("{other:?}"),
            })
            .collect();
        told.sort();
        let line =
            |action: &str, part, events, total: &str| (action.to_owned(), part, events, total.to_owned());
        assert_eq!(
            told,
            [
                line("CoworkerInvoiceFailedPayment", None, 1, "154.00"),
                line("CoworkerInvoicePaid", None, 1, "354.00"),
                line("CoworkerInvoiceReceivedPayment", None, 2, "200.00"),
                line("CoworkerInvoiceRefund", Some(RefundKind::Refunded), 1, "50.00"),
                line("CoworkerInvoiceRefund", Some(RefundKind::Cancelled), 2, "708.00"),
                line("CoworkerInvoiceUpdate", None, 1, "354.00"),
            ]
        );
    }
}

#[test]
fn nothing_is_added_that_cannot_be_said() {
    let kept = open();
    kept.feed.load().unwrap();
    assert_eq!(ask(&kept.feed, all(&Filter::default())), []);
    for id in 1..=3 {
        kept.send(&invoice(
            "CoworkerInvoiceCreate",
            id,
            "900000000000000",
            "",
            NOW - id,
        ));
        kept.send(&ledger(id, "5", NOW - id));
    }
    kept.send(&Sent::new("CoworkerCreate", customer(9, "Ana Lima"), NOW));
    let quiet = kept.quiet();
    let totals: Vec<_> = ask(&quiet.feed, all(&Filter::default()))
        .into_iter()
        .map(|sum| (sum.action.name(), sum.currency, sum.things, sum.total))
        .collect();
    let (large, sides) = (Total::TooLarge, Total::BothSides);
    assert_eq!(
        totals,
        [
            ("CoworkerInvoiceCreate".into(), None, 3, large),
            ("CoworkerInvoiceLedgerEntryCreate".into(), None, 3, sides)
        ]
    );
    assert_eq!(Entity::CoworkerLedgerEntry.code(), 8, "as stores have it");
}
