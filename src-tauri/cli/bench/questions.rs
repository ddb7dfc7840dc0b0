//! What is asked, and the naive shape of the same.

use super::naive;
use super::query::{PAGE, Values};
use nexwatch_feed::{At, EntityFilter, Filter, PersonFilter};
use nexwatch_nexudus::{Action, Category};
use nexwatch_store::DeliveryId;

/// Actions that a space has a few times a month.
const RARE: [u8; 8] = [17, 30, 44, 56, 66, 72, 77, 83];
/// Actions that it has all day.
const COMMON: [u8; 8] = [61, 6, 47, 48, 36, 7, 35, 42];

/// Asks it for the n-th time; how many rows or numbers came.
pub(super) type Ask = Box<dyn Fn(&Values, usize) -> anyhow::Result<usize>>;
/// Its name, how it is asked, and the naive shape of it.
pub(super) type Question = (&'static str, Ask, Option<(&'static str, Ask)>);

/// A page of what a filter lets through.
fn page(filter: impl Fn(&Values, usize) -> Filter + 'static) -> Ask {
    Box::new(move |values, n| {
        let page = values
            .feed
            .page(&filter(values, n), &values.clock, None, At::Newest, PAGE)?;
        Ok(page.rows.len())
    })
}

fn any() -> Filter {
    Filter::default()
}

fn name_of(numbers: &[u8], n: usize) -> String {
    Action::Known(numbers[n % numbers.len()]).name()
}

fn action(number: u8) -> Filter {
    Filter {
        actions: vec![Action::Known(number).name()],
        ..any()
    }
}

fn category(n: usize) -> String {
    Category::ALL[n % Category::ALL.len()].slug().to_owned()
}

fn text(text: &str) -> Filter {
    Filter {
        text: text.to_owned(),
        ..any()
    }
}

fn by_name(values: &Values, n: usize) -> Vec<PersonFilter> {
    let name = values
        .person(n)
        .map(|(_, first)| first.clone())
        .unwrap_or_default();
    vec![PersonFilter::Name { name }]
}

fn by_id(values: &Values, n: usize) -> Vec<PersonFilter> {
    let person = values.event(n).and_then(|event| event.person.clone());
    let known = person.and_then(|person| Some((person.kind, person.id?, person.name)));
    known
        .map(|(kind, id, name)| PersonFilter::Id {
            kind: naive::kind_name(kind).to_owned(),
            id,
            name,
        })
        .into_iter()
        .collect()
}

/// A week from a moment.
fn week(values: &Values, n: usize) -> Filter {
    let from = values.moment(n);
    Filter {
        from: Some(nexwatch_nexudus::time::rfc3339(from)),
        to: Some(nexwatch_nexudus::time::rfc3339(from + 7 * 86_400_000)),
        ..any()
    }
}

/// Words that thousands of events have.
pub(super) const COMMON_WORDS: [&str; 6] = ["booked", "room", "checked", "desk", "invoice", "access"];

fn id_of(values: &Values, n: usize) -> String {
    values
        .event(n)
        .and_then(|event| event.entity_id)
        .unwrap_or(0)
        .to_string()
}

fn beginning(values: &Values, n: usize) -> String {
    let first = values.person(n).map_or("ana", |(_, first)| first.as_str());
    first.chars().take(3).collect()
}

fn entity(values: &Values, n: usize) -> Filter {
    let event = values.event(n);
    let entity = event.and_then(|event| Some((event.entity.name().to_owned(), event.entity_id?)));
    Filter {
        entity: entity.map(|(name, id)| EntityFilter { name, id }),
        ..any()
    }
}

/// All of them.
pub(super) fn questions() -> Vec<Question> {
    vec![
        ("newest 200", page(|_, _| any()), None),
        (
            "category",
            page(|_, n| Filter {
                categories: vec![category(n)],
                ..any()
            }),
            Some(("IN", naive::category())),
        ),
        (
            "action",
            page(|_, n| action(COMMON[n % COMMON.len()])),
            Some(("scan", naive::action(&COMMON))),
        ),
        (
            "rare action",
            page(|_, n| action(RARE[n % RARE.len()])),
            Some(("scan", naive::action(&RARE))),
        ),
        (
            "location",
            page(|v, n| Filter {
                locations: vec![v.location(n)],
                ..any()
            }),
            Some(("scan", naive::location())),
        ),
        (
            "person by name",
            page(|v, n| Filter {
                persons: by_name(v, n),
                ..any()
            }),
            Some(("LIKE", naive::person())),
        ),
        (
            "person by id",
            page(|v, n| Filter {
                persons: by_id(v, n),
                ..any()
            }),
            None,
        ),
        ("a week", page(week), Some(("scan", naive::week()))),
        (
            "mark",
            page(|_, _| Filter {
                flags: vec!["repeat".into()],
                ..any()
            }),
            Some(("scan", naive::mark())),
        ),
        ("one booking's history", page(entity), None),
        (
            "text, rare",
            page(|v, n| text(&id_of(v, n))),
            Some(("LIKE", naive::text(id_of))),
        ),
        (
            "text, common",
            page(|_, n| text(COMMON_WORDS[n % COMMON_WORDS.len()])),
            Some((
                "LIKE",
                naive::text(|_, n| COMMON_WORDS[n % COMMON_WORDS.len()].to_owned()),
            )),
        ),
        (
            "text, beginning",
            page(|v, n| text(&beginning(v, n))),
            Some(("LIKE", naive::text(beginning))),
        ),
        (
            "text and location",
            page(|v, n| Filter {
                locations: vec![v.location(n)],
                ..text(COMMON_WORDS[n % COMMON_WORDS.len()])
            }),
            None,
        ),
        (
            "text and rare action",
            page(|_, n| Filter {
                actions: vec![name_of(&RARE, n)],
                ..text(COMMON_WORDS[n % COMMON_WORDS.len()])
            }),
            None,
        ),
        (
            "location and rare action",
            page(|v, n| Filter {
                locations: vec![v.location(n)],
                ..action(RARE[n % RARE.len()])
            }),
            Some(("scan", naive::location_and_action(&RARE))),
        ),
        (
            "category, location, week",
            page(|v, n| Filter {
                categories: vec![category(n)],
                locations: vec![v.location(n)],
                ..week(v, n)
            }),
            None,
        ),
        (
            "text, person, location",
            page(|v, n| Filter {
                persons: by_name(v, n),
                locations: vec![v.location(n)],
                ..text("room")
            }),
            None,
        ),
        (
            "page at 99 % depth",
            Box::new(deep),
            Some(("OFFSET", naive::deep())),
        ),
        ("jump to a date", Box::new(jump), None),
        (
            "count, three actions",
            Box::new(count),
            Some(("IN", naive::count(&COMMON))),
        ),
        (
            "count, text",
            Box::new(count_text),
            Some(("LIKE", naive::count_text())),
        ),
        (
            "facets, everything",
            Box::new(facets),
            Some(("GROUP BY", naive::facets())),
        ),
        (
            "facets, one location",
            Box::new(facets_of_location),
            Some(("GROUP BY", naive::facets_of_location())),
        ),
        ("what is new", Box::new(count_new), None),
        ("an event with its delivery", Box::new(detail), None),
    ]
}

fn deep(values: &Values, n: usize) -> anyhow::Result<usize> {
    let index = values.depth(n);
    let page = values
        .feed
        .page(&any(), &values.clock, None, At::Index(index), PAGE)?;
    Ok(page.rows.len())
}

fn jump(values: &Values, n: usize) -> anyhow::Result<usize> {
    let page = values
        .feed
        .page(&any(), &values.clock, None, At::Time(values.moment(n)), PAGE)?;
    Ok(page.rows.len())
}

fn count(values: &Values, n: usize) -> anyhow::Result<usize> {
    let actions = (n..n + 3).map(|n| name_of(&COMMON, n)).collect();
    let count = values
        .feed
        .count(&Filter { actions, ..any() }, &values.clock, None)?;
    Ok(count as usize)
}

fn count_text(values: &Values, n: usize) -> anyhow::Result<usize> {
    let filter = text(COMMON_WORDS[n % COMMON_WORDS.len()]);
    Ok(values.feed.count(&filter, &values.clock, None)? as usize)
}

fn facets(values: &Values, _n: usize) -> anyhow::Result<usize> {
    Ok(values.feed.facets(&any(), &values.clock, None)?.actions.len())
}

fn facets_of_location(values: &Values, n: usize) -> anyhow::Result<usize> {
    let filter = Filter {
        locations: vec![values.location(n)],
        ..any()
    };
    Ok(values.feed.facets(&filter, &values.clock, None)?.actions.len())
}

fn count_new(values: &Values, n: usize) -> anyhow::Result<usize> {
    let newest = values.feed.newest().0;
    let filter = Filter {
        categories: vec![category(n)],
        ..any()
    };
    let since = DeliveryId((newest - 5_000).max(0));
    Ok(values
        .feed
        .count_new(&filter, &values.clock, since, nexwatch_feed::Show::Acts)?
        .0 as usize)
}

fn detail(values: &Values, n: usize) -> anyhow::Result<usize> {
    let Some(event) = values.event(n) else {
        return Ok(0);
    };
    let reader = values.feed.reader();
    let row = reader.event(event.id)?;
    let delivery = reader.delivery(event.delivery)?;
    let repeats = reader.repeats(event.id)?;
    Ok(usize::from(row.is_some()) + delivery.map_or(0, |delivery| delivery.body.len()) + repeats.len())
}
