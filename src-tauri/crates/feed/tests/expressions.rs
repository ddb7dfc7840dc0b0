//! Any expression of the query language against the plainest way to answer it: look at every event.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{At, Feed, Filter, Order, Page, Show};
use nexwatch_nexudus::{Amount, PersonKind};
use nexwatch_store::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use std::collections::HashMap;

/// Everything that is known of an event.
struct Known {
    row: EventRow,
    /// The words of what is said of it, folded.
    said: Vec<String>,
    body: Value,
    changed: Vec<String>,
}

type Holds = fn(&Known) -> bool;

fn word(known: &Known, word: &str) -> bool {
    known.said.iter().any(|said| said == word)
}

fn amount(known: &Known, so: impl Fn(f64) -> bool) -> bool {
    known
        .row
        .amount
        .is_some_and(|Amount(amount)| so(amount as f64 / 10_000.0))
}

fn named(known: &Known, name: &str) -> bool {
    let person = known.row.person.as_ref();
    person.is_some_and(|person| person.name.contains(name))
}

fn action(known: &Known, names: &[&str]) -> bool {
    names.contains(&known.row.action.name().as_str())
}

fn flag(known: &Known, flag: Flags) -> bool {
    known.row.flags.has(flag)
}

const DAY: i64 = 24 * HOUR;
/// Midnight before [`NOW`].
const TODAY: i64 = NOW / DAY * DAY;

fn between(known: &Known, from: i64, to: i64) -> bool {
    (from..to).contains(&known.row.id.at())
}

/// Conditions as they are typed, and what they mean.
const LEAVES: &[(&str, Holds)] = &[
    ("coffee", |k| word(k, "coffee")),
    ("\"projector coffee\"", |k| {
        k.said.windows(2).any(|two| two == ["projector", "coffee"])
    }),
    ("proj*", |k| k.said.iter().any(|word| word.starts_with("proj"))),
    ("cafe", |k| word(k, "cafe")),
    ("garcia", |k| word(k, "garcia")),
    ("nothingofthekind", |_| false),
    ("--", |_| true),
    ("category:bookings", |k| {
        k.row.action.category().slug() == "bookings"
    }),
    ("category:(access, billing)", |k| {
        ["access", "billing"].contains(&k.row.action.category().slug())
    }),
    ("action:BookingCreate", |k| action(k, &["BookingCreate"])),
    ("action:(BookingUpdate, CoworkerInvoicePaid)", |k| {
        action(k, &["BookingUpdate", "CoworkerInvoicePaid"])
    }),
    ("location:1", |k| k.row.location_id == Some(1)),
    ("location:(2, none)", |k| {
        matches!(k.row.location_id, Some(2) | None)
    }),
    ("person:jos*", |k| named(k, "José")),
    ("person:\"lima ana\"", |k| named(k, "Ana Lima")),
    ("person:\"customer#3 x\"", |k| {
        let person = k.row.person.as_ref();
        person.is_some_and(|person| person.kind == PersonKind::Customer && person.id == Some(3))
    }),
    ("flag:unsigned", |k| flag(k, Flags::UNSIGNED)),
    ("flag:(repeat, unsigned)", |k| {
        flag(k, Flags::REPEAT) && flag(k, Flags::UNSIGNED)
    }),
    ("flag:caught-up", |k| flag(k, Flags::CAUGHT_UP)),
    ("at:today", |k| between(k, TODAY, TODAY + DAY)),
    ("at:2026-06-08..2026-06-08", |k| between(k, TODAY - DAY, TODAY)),
    ("at:last 30 hours", |k| between(k, NOW - 30 * HOUR, i64::MAX)),
    ("to:-40h", |k| between(k, i64::MIN, NOW - 40 * HOUR)),
    ("amount:>100", |k| amount(k, |amount| amount > 100.0)),
    ("amount:<=100", |k| amount(k, |amount| amount <= 100.0)),
    ("amount:100..250", |k| {
        amount(k, |amount| (100.0..=250.0).contains(&amount))
    }),
    ("amount:(50, 400.50)", |k| {
        amount(k, |amount| amount == 50.0 || amount == 400.5)
    }),
    ("amount:*", |k| k.row.amount.is_some()),
    ("currency:EUR", |k| k.row.currency.as_deref() == Some("EUR")),
    ("currency:(usd, gbp)", |k| {
        matches!(k.row.currency.as_deref(), Some("USD" | "GBP"))
    }),
    ("booking:5", |k| {
        k.row.entity.name() == "Booking" && k.row.entity_id == Some(5)
    }),
    ("entity:(Booking#2, Booking#7)", |k| {
        k.row.entity.name() == "Booking" && matches!(k.row.entity_id, Some(2 | 7))
    }),
    ("resource:9", |k| {
        k.row.resource.as_ref().is_some_and(|thing| thing.id == Some(9))
    }),
    ("resource:(8, 10)", |k| {
        let thing = k.row.resource.as_ref();
        thing.is_some_and(|thing| matches!(thing.id, Some(8 | 10)))
    }),
    ("changed:Notes", |k| k.changed.iter().any(|name| name == "Notes")),
    ("changed:(Notes, Never)", |k| {
        k.changed.iter().any(|name| name == "Notes")
    }),
    ("body.Notes:coffee", |k| {
        k.body["Notes"]
            .as_str()
            .is_some_and(|notes| notes.contains("coffee"))
    }),
    ("body.notes:\"PROJECTOR coff\"*", |k| {
        k.body["Notes"]
            .as_str()
            .is_some_and(|notes| notes.contains("projector coff"))
    }),
    ("body.Id:>6", |k| k.body["Id"].as_i64().is_some_and(|id| id > 6)),
    ("body.Id:(1, 3..4)", |k| {
        matches!(k.body["Id"].as_i64(), Some(1 | 3 | 4))
    }),
    ("body.Active:true", |k| k.body["Active"] == true),
    ("body.ToTime:*", |k| k.body["ToTime"].is_string()),
    ("body.FromTime:>=2026-06-10", |_| false),
    ("body.FromTime:2026-06-09", |k| k.body["FromTime"].is_string()),
    ("body.FromTime:(today, 2026-06-10)", |k| {
        k.body["FromTime"].is_string()
    }),
    ("body.FromTime:(tomorrow, 2027)", |_| false),
    ("body.FromTime:9999-12-31", |_| false),
    ("body.FromTime:2026-06-01..now", |k| {
        k.body["FromTime"].is_string()
    }),
    ("body.CustomFields.level:gold", |k| {
        k.body["CustomFields"]["Level"] == "Gold"
    }),
    ("body.*.Level:Silver", |k| {
        k.body["CustomFields"]["Level"] == "Silver"
    }),
    // Private: what is not shown is not found.
    ("body.*:40718", |_| false),
    ("body.AccessPincode:*", |k| k.body["AccessPincode"].is_string()),
];

/// A tree over them.
#[derive(Clone, Debug)]
enum Ask {
    Leaf(usize),
    Not(Box<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
}

impl Ask {
    fn text(&self) -> String {
        let joined = |parts: &[Ask], word: &str| {
            let parts: Vec<String> = parts.iter().map(Ask::text).collect();
            format!("({})", parts.join(word))
        };
        match self {
            Ask::Leaf(at) => LEAVES[*at].0.to_owned(),
            Ask::Not(inner) => match &**inner {
                // A minus stands before most things.
                Ask::Leaf(at) if !LEAVES[*at].0.starts_with('-') => format!("-{}", inner.text()),
                _ => format!("NOT {}", inner.text()),
            },
            Ask::All(parts) => joined(parts, " AND "),
            Ask::Any(parts) => joined(parts, " OR "),
        }
    }

    fn holds(&self, known: &Known) -> bool {
        match self {
            Ask::Leaf(at) => LEAVES[*at].1(known),
            Ask::Not(inner) => match &**inner {
                // None of the marks, as `-flag:` has always been.
                Ask::Leaf(at) if LEAVES[*at].0 == "flag:(repeat, unsigned)" => {
                    !flag(known, Flags::REPEAT) && !flag(known, Flags::UNSIGNED)
                }
                inner => !inner.holds(known),
            },
            Ask::All(parts) => parts.iter().all(|part| part.holds(known)),
            Ask::Any(parts) => parts.iter().any(|part| part.holds(known)),
        }
    }
}

fn ask() -> impl Strategy<Value = Ask> {
    let leaf = (0..LEAVES.len()).prop_map(Ask::Leaf);
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::All),
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::Any),
            2 => inner.prop_map(|inner| Ask::Not(Box::new(inner))),
        ]
    })
}

fn invoice(id: i64, who: &str, level: &str, amount: &str, currency: &str) -> String {
    format!(
        r#"[{{"Id":{id},"InvoiceNumber":"I-{id}","CoworkerId":{},"CoworkerFullName":"{who}","BusinessId":2,"TotalAmount":{amount},"CurrencyCode":"{currency}","AccessPincode":"40718","Active":true,"CustomFields":{{"Level":"{level}"}}}}]"#,
        id % 5 + 1
    )
}

prop_compose! {
    fn sent()(
        kind in 0..7_u8,
        location in prop::sample::select(vec![None, Some(1), Some(2), Some(77)]),
        who in prop::sample::select(vec!["José García", "Ana Lima", "Lukas Żak"]),
        notes in prop::sample::select(vec!["projector coffee", "two screens", "café", "projector-stand"]),
        level in prop::sample::select(vec!["Gold", "Silver"]),
        amount in prop::sample::select(vec!["50", "100.00", "250", "400.5"]),
        currency in prop::sample::select(vec!["EUR", "USD"]),
        id in 1..9_i64,
        hours in 0..60_i64,
        age in 0..40_i64,
        source in prop::sample::select(vec![Source::Webhook, Source::CaughtUp]),
        signed in any::<bool>(),
    ) -> Sent {
        let at = NOW - hours * HOUR;
        // Late ones: what is told now happened up to 20 hours ago.
        let updated = nexwatch_nexudus::time::rfc3339(at - age * HOUR / 2 + 1);
        let (action, body) = match kind {
            0 => ("BookingCreate", booking(id, who, notes, &updated)),
            1 | 2 => ("BookingUpdate", booking(id, who, notes, &updated)),
            3 => ("CoworkerCheckin", customer(id, who)),
            4 => ("AccessControlUpdate", customer(id, who)),
            5 => ("CoworkerInvoicePaid", invoice(id, who, level, amount, currency)),
            _ => ("ResourceExploded", "what is this? café".to_owned()),
        };
        Sent { action: Some(action), location, body, at, source, signed }
    }
}

fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('é', "e").replace('í', "i");
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn known(quiet: &Quiet, said: &HashMap<EventId, String>) -> Vec<Known> {
    let reader = quiet.feed.reader();
    let fields = reader.fields().unwrap();
    let changes: Vec<(String, Vec<EventId>)> = fields
        .into_iter()
        .map(|(_, name)| (name.clone(), reader.events_with_change(&name).unwrap()))
        .collect();
    let rows = quiet.rows().into_iter();
    rows.map(|row| {
        let body = reader.body(row.delivery).unwrap().unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Known {
            said: words(&said[&row.id]),
            body: body.get(0).cloned().unwrap_or(Value::Null),
            changed: changes
                .iter()
                .filter(|(_, events)| events.contains(&row.id))
                .map(|(name, _)| name.clone())
                .collect(),
            row,
        }
    })
    .collect()
}

fn ids(page: &Page) -> Vec<EventId> {
    page.rows.iter().map(|row| row.id).collect()
}

/// One expression on one feed, every way a list is asked.
fn check(
    feed: &Feed,
    filter: &Filter,
    as_of: Option<DeliveryId>,
    newest_first: &[EventId],
    pick: usize,
) -> Result<(), TestCaseError> {
    let ready = feed.ready();
    let total = newest_first.len();
    prop_assert_eq!(feed.count(filter, &clock(), as_of).unwrap() as usize, total);
    prop_assert_eq!(
        feed.count_so_far(filter, &clock(), as_of).unwrap(),
        (total as u32, false)
    );
    for order in [Order::NewestFirst, Order::OldestFirst] {
        let mut all = newest_first.to_vec();
        if order == Order::OldestFirst {
            all.reverse();
        }
        let ask = |at, limit| {
            feed.page_in(filter, &clock(), as_of, at, limit, Show::Events, order)
                .unwrap()
        };
        let page = ask(At::Index(0), 1_000);
        prop_assert_eq!(&ids(&page), &all);
        prop_assert_eq!(
            (page.total, page.counting),
            (ready.then_some(total as u32), false)
        );
        // The newest end of it.
        let newest = match order {
            Order::NewestFirst => &all[..total.min(3)],
            Order::OldestFirst => &all[total.saturating_sub(3)..],
        };
        prop_assert_eq!(&ids(&ask(At::Newest, 3)), newest);
        let n = pick % (total + 2);
        let some: Vec<EventId> = all.iter().skip(n).take(3).copied().collect();
        prop_assert_eq!(ids(&ask(At::Index(n as u32), 3)), some);
        let Some(id) = all.get(n) else { continue };
        let page = ask(At::Event(*id), 4);
        prop_assert!(ids(&page).contains(id));
        if ready {
            prop_assert_eq!(page.found, Some(n as u32));
            let first = n.saturating_sub(2).min(total.saturating_sub(4));
            prop_assert_eq!(page.first, Some(first as u32));
            prop_assert_eq!(
                ids(&page),
                all[first..].iter().take(4).copied().collect::<Vec<_>>()
            );
        }
        // The newest at or before a moment begins the page, as far as the list goes on for so long.
        let page = ask(At::Time(id.at()), 2);
        let at_or_before = |id: &&EventId, at: i64| id.at() <= at;
        let newest = newest_first
            .iter()
            .find(|other| at_or_before(other, id.at()))
            .unwrap();
        let index = all.iter().position(|other| other == newest).unwrap();
        if ready {
            prop_assert_eq!(page.found, Some(index as u32));
            prop_assert_eq!(page.first, Some(index.min(total.saturating_sub(2)) as u32));
        } else {
            prop_assert_eq!(
                ids(&page),
                all[index..].iter().take(2).copied().collect::<Vec<_>>()
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_expression_gives_what_looking_at_every_event_gives(
        deliveries in prop::collection::vec((sent(), any::<prop::sample::Index>(), 0..4_u8), 2..50),
        asks in prop::collection::vec((ask(), any::<usize>(), any::<bool>()), 24),
        loaded_at in any::<prop::sample::Index>(),
    ) {
        let kept = open();
        let mut said = HashMap::new();
        let mut before: Vec<Sent> = Vec::new();
        let loaded_at = loaded_at.index(deliveries.len());
        let (mut early, mut backwards): (Vec<Filter>, Vec<Ask>) = Default::default();
        let asks: Vec<_> = asks.into_iter().filter(|(ask, ..)| match kept.feed.parse(&ask.text()).unwrap() {
            Ok(filter) => {
                early.push(filter);
                true
            }
            // Two stretches of time that have nothing in common are a slip: nothing is between them.
            Err(refused) => {
                assert!(refused.message.starts_with("this ends before it has begun"), "{}: {refused:?}", ask.text());
                backwards.push(ask.clone());
                false
            }
        }).collect();
        for (n, (sent, again, dice)) in deliveries.iter().enumerate() {
            if n == loaded_at {
                kept.feed.load().unwrap();
            }
            if n % 7 == 3 {
                // What is remembered of a question must not get in the way of what comes later.
                for filter in &early {
                    kept.feed.facets(filter, &clock(), None).unwrap();
                }
            }
            let sent = match before.len() {
                some if some > 0 && *dice == 0 => {
                    let mut earlier = before[again.index(some)].clone();
                    earlier.at += 60_000;
                    earlier
                }
                _ => sent.clone(),
            };
            let readings = sent.incoming(&kept.store.writer).readings;
            if let Outcome::New { events, .. } = kept.send(&sent) {
                for (event, reading) in events.iter().zip(&readings) {
                    let names = [reading.person.as_ref().map(|p| &p.name), reading.resource.as_ref().map(|r| &r.name)];
                    let names = names.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
                    said.insert(*event, format!("{} {} {names}", reading.sentence, reading.words));
                }
            }
            before.push(sent);
        }
        let quiet = kept.quiet();
        let model = known(&quiet, &said);
        let scanning = quiet.fresh();
        let loaded = quiet.fresh();
        loaded.load().unwrap();
        let newest = model.iter().map(|known| known.row.delivery.0).max().unwrap();
        for ask in &backwards {
            prop_assert!(!model.iter().any(|known| ask.holds(known)), "{}", ask.text());
        }
        for ((ask, pick, earlier), filter) in asks.iter().zip(&early) {
            let text = ask.text();
            let as_of = earlier.then(|| DeliveryId((*pick as i64).rem_euclid(newest + 1)));
            let arrived = |known: &&Known| as_of.is_none_or(|as_of| known.row.delivery <= as_of);
            let list: Vec<&Known> = model.iter().filter(arrived).filter(|known| ask.holds(known)).collect();
            let all: Vec<EventId> = list.iter().map(|known| known.row.id).collect();
            // The same text after it was printed.
            let again = quiet.feed.parse(&quiet.feed.print(filter).unwrap()).unwrap();
            prop_assert_eq!(again.as_ref(), Ok(filter), "{}", &text);
            for feed in [&quiet.feed, &scanning, &loaded] {
                check(feed, filter, as_of, &all, *pick)
                    .map_err(|error| TestCaseError::fail(format!("{text} (ready: {}): {error}", feed.ready())))?;
            }
            for feed in [&quiet.feed, &scanning] {
                let facets = feed.facets(filter, &clock(), as_of).unwrap();
                prop_assert_eq!((facets.total as usize, facets.counting), (all.len(), false), "{}", &text);
                let since = as_of.unwrap_or(DeliveryId(0));
                let (new, _) = feed.count_new(filter, &clock(), since, None, Show::Events).unwrap();
                let expected = model.iter().filter(|known| known.row.delivery > since && ask.holds(known)).count();
                prop_assert_eq!(new as usize, expected, "{}", &text);
            }
            // Folded, an event is hidden only under one that is in the list too.
            let page = loaded.page_of(filter, &clock(), as_of, At::Newest, 1_000, Show::Acts).unwrap();
            let under = |known: &&&Known| known.row.head.is_some_and(|head| all.contains(&head));
            let shown: Vec<EventId> = list.iter().filter(|known| !under(known)).map(|known| known.row.id).collect();
            prop_assert_eq!(ids(&page), shown, "{}", &text);
        }
    }
}
