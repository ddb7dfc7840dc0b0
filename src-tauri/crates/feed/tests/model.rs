//! Pages and counts against the plainest way to answer: look at every row.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_feed::{At, EntityFilter, Feed, Filter, Page, PersonFilter, ResourceFilter, Show};
use nexwatch_nexudus::{Action, Category, PersonKind};
use nexwatch_store::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::HashMap;

const NAMES: &[&str] = &["José García", "Ana Lima", "Lukas Żak", "山田太郎"];
const NOTES: &[&str] = &["projector coffee", "two screens", "café", "projector-stand"];
const ACTIONS: &[Option<&str>] = &[
    Some("BookingCreate"),
    Some("BookingUpdate"),
    Some("CoworkerCheckin"),
    Some("AccessControlUpdate"),
    Some("CoworkerCreate"),
    Some("SensorUpdate"),
    Some("ResourceExploded"),
    None,
];

prop_compose! {
    fn sent()(
        action in prop::sample::select(ACTIONS),
        location in prop::sample::select(vec![None, Some(1), Some(2), Some(77)]),
        who in prop::sample::select(NAMES),
        notes in prop::sample::select(NOTES),
        id in 1..12_i64,
        hours in 0..90_i64,
        age in 0..40_i64,
        source in prop::sample::select(vec![Source::Webhook, Source::CaughtUp, Source::Sample]),
        signed in any::<bool>(),
    ) -> Sent {
        let at = NOW - hours * HOUR;
        // Late ones: what is told now happened up to 40 hours ago.
        let updated = nexwatch_nexudus::time::rfc3339(at - age * HOUR / 2 + 1);
        let body = match action {
            Some("CoworkerCheckin" | "AccessControlUpdate" | "CoworkerCreate") => customer(id, who),
            Some("ResourceExploded") => "what is this? café".to_owned(),
            _ => booking(id, who, notes, &updated),
        };
        Sent { action, location, body, at, source, signed }
    }
}

fn some(values: Vec<String>) -> impl Strategy<Value = Vec<String>> {
    prop_oneof![3 => Just(Vec::new()), 2 => prop::collection::vec(prop::sample::select(values), 1..3)]
}

prop_compose! {
    fn filter()(
        text in prop::sample::select(vec!["", "", "", "jose", "projector", "\"projector coffee\"", "proj caf", "caf", "blue room", "--", "山田", "nothing"]),
        categories in some(Category::ALL.iter().map(|c| c.slug().to_owned()).filter(|c| ["bookings", "access", "customers", "other"].contains(&c.as_str())).collect()),
        actions in some(["BookingCreate", "CoworkerCheckin", "sensorupdate", "Booking?", "ResourceExploded", "NeverCame"].map(str::to_owned).to_vec()),
        locations in prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(prop::sample::select(vec![0, 1, 2, 77, 5]), 1..3)],
        persons in prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(prop_oneof![
            prop::sample::select(vec!["garcia", "ANA", "zak lukas", "太郎", "nobody"]).prop_map(|name| PersonFilter::Name { name: name.into() }),
            (1..7_i64).prop_map(|id| PersonFilter::Id { kind: "customer".into(), id, name: "x".into() }),
        ], 1..3)],
        from in prop::sample::select(vec![None, None, None, Some("-30h"), Some("yesterday"), Some("2026-06-08T12:00:00+02:00")]),
        to in prop::sample::select(vec![None, None, None, Some("-5h"), Some("2026-06-08"), Some("today")]),
        flags in some(["repeat", "unsigned", "caught-up", "sample", "inferred", "unreadable", "maybe-repeat"].map(str::to_owned).to_vec()),
        without_flags in some(["repeat", "sample", "unsigned"].map(str::to_owned).to_vec()),
        entity in prop::option::weighted(0.15, (1..12_i64).prop_map(|id| EntityFilter { name: "Booking".into(), id })),
        resource in prop::option::weighted(0.15, (7..10_i64).prop_map(|id| ResourceFilter { id, name: String::new() })),
        changed in prop_oneof![5 => Just(Vec::new()), 1 => some(["notes", "CoworkerFullName", "NeverChanged"].map(str::to_owned).to_vec())],
    ) -> Filter {
        Filter { also: Vec::new(), resource, changed, text: text.into(), categories, actions, locations, persons, from: from.map(Into::into), to: to.map(Into::into), flags, without_flags, entity }
    }
}

/// Which of a filter's facet fields are looked at.
#[derive(Clone, Copy, PartialEq)]
enum Leave {
    Nothing,
    Actions,
    Locations,
    Flags,
}

fn times(filter: &Filter) -> (i64, i64) {
    let day = 24 * HOUR;
    let midnight = NOW / day * day;
    let known = |text: &str| match text {
        "-30h" => NOW - 30 * HOUR,
        "-5h" => NOW - 5 * HOUR,
        "yesterday" => midnight - day,
        "2026-06-08T12:00:00+02:00" => midnight - 14 * HOUR,
        "2026-06-08" => midnight,
        "today" => midnight + day,
        other => panic!("{other}"),
    };
    (
        filter.from.as_deref().map_or(i64::MIN, known),
        filter.to.as_deref().map_or(i64::MAX, known),
    )
}

fn plain(text: &str) -> String {
    text.to_lowercase()
        .replace(['é', 'è'], "e")
        .replace('í', "i")
        .replace('ż', "z")
}

fn says(said: &str, text: &str) -> bool {
    let tokens: Vec<String> = plain(said)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect();
    let word = |w: &str| tokens.iter().any(|t| t == w);
    let start = |w: &str| tokens.iter().any(|t| t.starts_with(w));
    match text {
        "" | "--" => true,
        "\"projector coffee\"" => tokens.windows(2).any(|pair| pair == ["projector", "coffee"]),
        "proj caf" => word("proj") && start("caf"),
        "blue room" => word("blue") && start("room"),
        one => start(one),
    }
}

fn matches(filter: &Filter, row: &EventRow, said: &str, leave: Leave) -> bool {
    let any = |empty: bool, so: bool| empty || so;
    let (from, to) = times(filter);
    let place = row.id.at();
    let flags = row.flags.names();
    let action = leave == Leave::Actions
        || any(
            filter.categories.is_empty(),
            filter
                .categories
                .iter()
                .any(|c| c == row.action.category().slug()),
        ) && any(
            filter.actions.is_empty(),
            filter
                .actions
                .iter()
                .any(|a| a.eq_ignore_ascii_case(&row.action.name())),
        );
    let location = leave == Leave::Locations
        || any(
            filter.locations.is_empty(),
            filter.locations.contains(&row.location_id.unwrap_or(0)),
        );
    let person = filter.persons.is_empty()
        || row.person.as_ref().is_some_and(|person| {
            filter.persons.iter().any(|wanted| match wanted {
                PersonFilter::Name { name } => match name.as_str() {
                    "太郎" => person.name.contains("太郎"),
                    name => plain(name)
                        .split(' ')
                        .all(|w| plain(&person.name).split(' ').any(|p| p.starts_with(w))),
                },
                PersonFilter::Id { id, .. } => person.kind == PersonKind::Customer && person.id == Some(*id),
            })
        });
    let marks = leave == Leave::Flags
        || filter.flags.iter().all(|f| flags.contains(&f.as_str()))
            && !filter.without_flags.iter().any(|f| flags.contains(&f.as_str()));
    let entity = filter
        .entity
        .as_ref()
        .is_none_or(|e| row.entity.name() == e.name && row.entity_id == Some(e.id));
    let resource = filter
        .resource
        .as_ref()
        .is_none_or(|wanted| row.resource.as_ref().is_some_and(|own| own.id == Some(wanted.id)));
    resource
        && from <= place
        && place < to
        && action
        && location
        && person
        && marks
        && entity
        && says(said, &filter.text)
}

struct Model {
    rows: Vec<EventRow>,
    said: HashMap<EventId, String>,
    /// Events that changed a field, by its name in small letters.
    changed: HashMap<String, Vec<EventId>>,
}

impl Model {
    fn list(&self, filter: &Filter, as_of: Option<DeliveryId>, leave: Leave) -> Vec<&EventRow> {
        let rows = self
            .rows
            .iter()
            .filter(|row| as_of.is_none_or(|as_of| row.delivery <= as_of));
        let changed = |row: &EventRow| {
            filter.changed.is_empty()
                || filter.changed.iter().any(|name| {
                    let events = self.changed.get(&name.to_lowercase());
                    events.is_some_and(|events| events.contains(&row.id))
                })
        };
        rows.filter(|row| matches(filter, row, &self.said[&row.id], leave) && changed(row))
            .collect()
    }
}

fn ids(page: &Page) -> Vec<EventId> {
    page.rows.iter().map(|row| row.id).collect()
}

fn check_pages(
    feed: &Feed,
    list: &[&EventRow],
    filter: &Filter,
    as_of: Option<DeliveryId>,
    pick: usize,
) -> Result<(), TestCaseError> {
    let all: Vec<EventId> = list.iter().map(|row| row.id).collect();
    let ready = feed.ready();
    let ask = |at, limit| feed.page(filter, &clock(), as_of, at, limit).unwrap();
    let page = ask(At::Newest, 1000);
    prop_assert_eq!(&ids(&page), &all);
    prop_assert!(page.rows.iter().eq(list.iter().copied()));
    prop_assert_eq!(page.total, ready.then_some(all.len() as u32));
    prop_assert_eq!(page.first, ready.then_some(0));
    prop_assert_eq!(feed.count(filter, &clock(), as_of).unwrap() as usize, all.len());

    // Folded, an event is hidden only under one that is in the list too.
    let folded = feed
        .page_of(filter, &clock(), as_of, At::Newest, 1000, Show::Acts)
        .unwrap();
    if ready {
        let under = |row: &&EventRow| row.head.is_some_and(|head| all.contains(&head));
        let shown = list.iter().copied().filter(|row| !under(row)).map(|row| row.id);
        prop_assert_eq!(&ids(&folded), &shown.collect::<Vec<_>>());
        for row in list.iter().copied().filter(under) {
            let others = folded.others.iter().find(|(head, _)| Some(*head) == row.head);
            prop_assert!(others.is_some_and(|(_, others)| others.contains(row)));
        }
    } else {
        prop_assert_eq!(&ids(&folded), &all);
    }

    let n = pick % (all.len() + 2);
    let page = ask(At::Index(n as u32), 3);
    prop_assert_eq!(
        ids(&page),
        all.iter().skip(n).take(3).copied().collect::<Vec<_>>()
    );

    if let Some(id) = all.get(n) {
        let page = ask(At::Event(*id), 4);
        prop_assert!(ids(&page).contains(id));
        if ready {
            prop_assert_eq!(page.found, Some(n as u32));
            // In the middle, unless the list ends before.
            let first = n.saturating_sub(2).min(all.len().saturating_sub(4));
            prop_assert_eq!(page.first, Some(first as u32));
            let middle: Vec<EventId> = all[first..].iter().take(4).copied().collect();
            prop_assert_eq!(ids(&page), middle);
            prop_assert_eq!(page.rows.len(), all.len().min(4));
        }
        // Where it would be if it were hidden.
        let page = ask(At::Event(EventId(id.0 + 1)), 1000);
        prop_assert_eq!(ids(&page).len(), if ready { all.len() } else { ids(&page).len() });
        let page = ask(At::Time(id.at()), 2);
        let older = all.iter().position(|other| other.at() <= id.at());
        if ready {
            prop_assert_eq!(page.found.map(|found| found as usize), older);
        } else {
            prop_assert_eq!(
                ids(&page),
                all[older.unwrap()..].iter().take(2).copied().collect::<Vec<_>>()
            );
        }
    }
    Ok(())
}

fn check_counts(
    feed: &Feed,
    model: &Model,
    filter: &Filter,
    as_of: Option<DeliveryId>,
) -> Result<(), TestCaseError> {
    let facets = feed.facets(filter, &clock(), as_of).unwrap();
    prop_assert_eq!(
        facets.total as usize,
        model.list(filter, as_of, Leave::Nothing).len()
    );
    prop_assert_eq!(
        facets.all as usize,
        model.list(&Filter::default(), as_of, Leave::Nothing).len()
    );
    let tally = |leave| {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for row in model.list(filter, as_of, leave) {
            match leave {
                Leave::Actions => *counts.entry(row.action.name()).or_default() += 1,
                Leave::Locations => {
                    *counts
                        .entry(row.location_id.unwrap_or(0).to_string())
                        .or_default() += 1
                }
                _ => row
                    .flags
                    .names()
                    .into_iter()
                    .for_each(|n| *counts.entry(n.to_owned()).or_default() += 1),
            }
        }
        counts
    };
    let actions = facets
        .actions
        .iter()
        .map(|(action, n): &(Action, u32)| (action.name(), *n));
    prop_assert_eq!(actions.collect::<HashMap<_, _>>(), tally(Leave::Actions));
    let locations = facets.locations.iter().map(|(id, _, n)| (id.to_string(), *n));
    prop_assert_eq!(locations.collect::<HashMap<_, _>>(), tally(Leave::Locations));
    let flags = facets
        .flags
        .iter()
        .map(|(flag, n)| (flag.names()[0].to_owned(), *n));
    prop_assert_eq!(flags.collect::<HashMap<_, _>>(), tally(Leave::Flags));

    let since = as_of.unwrap_or(DeliveryId(0));
    let (new, newest) = feed
        .count_new(filter, &clock(), since, None, Show::Events)
        .unwrap();
    let expected = model.list(filter, None, Leave::Nothing);
    prop_assert_eq!(
        new as usize,
        expected.iter().filter(|row| row.delivery > since).count()
    );
    let latest = model.rows.iter().map(|row| row.delivery).max().unwrap();
    prop_assert_eq!((newest, feed.latest().unwrap()), (latest, latest));
    let half = DeliveryId((since.0 + latest.0) / 2);
    let (new, until) = feed
        .count_new(filter, &clock(), since, Some(half), Show::Events)
        .unwrap();
    prop_assert_eq!(until, half);
    prop_assert_eq!(
        new as usize,
        expected
            .iter()
            .filter(|row| row.delivery > since && row.delivery <= half)
            .count()
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn every_answer_is_that_of_looking_at_every_row(
        deliveries in prop::collection::vec((sent(), any::<prop::sample::Index>(), 0..4_u8), 1..50),
        filters in prop::collection::vec((filter(), any::<usize>(), any::<bool>()), 12),
        loaded_at in any::<prop::sample::Index>(),
    ) {
        let kept = open();
        let mut said = HashMap::new();
        let mut before: Vec<Sent> = Vec::new();
        let loaded_at = loaded_at.index(deliveries.len());
        for (n, (sent, again, dice)) in deliveries.iter().enumerate() {
            if n == loaded_at {
                kept.feed.load().unwrap();
            }
            let sent = match before.len() {
                // The same once more, a minute later: mostly a repeat.
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
        let fields = quiet.feed.reader().fields().unwrap().into_iter();
        let changed = fields.map(|(_, name)| {
            let events = quiet.feed.reader().events_with_change(&name).unwrap();
            (name.to_lowercase(), events)
        });
        let model = Model { rows: quiet.rows(), said, changed: changed.collect() };
        let scanning = quiet.fresh();
        let loaded = quiet.fresh();
        loaded.load().unwrap();
        prop_assert!(quiet.feed.ready() && loaded.ready() && !scanning.ready());
        prop_assert_eq!(quiet.feed.events() as usize, model.rows.len());
        let newest = model.rows.iter().map(|row| row.delivery.0).max().unwrap();
        prop_assert_eq!(quiet.feed.newest(), DeliveryId(newest));
        for (filter, pick, earlier) in &filters {
            let as_of = earlier.then(|| DeliveryId((*pick as i64).rem_euclid(newest + 1)));
            let list = model.list(filter, as_of, Leave::Nothing);
            for feed in [&quiet.feed, &scanning, &loaded] {
                check_pages(feed, &list, filter, as_of, *pick)?;
                check_counts(feed, &model, filter, as_of)?;
            }
        }
    }
}
