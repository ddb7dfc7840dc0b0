//! Questions that a person asks, each with many different values, beside the naive shape of the same question where
//! there is one.

use super::figures::percentile;
use super::folder::Workshop;
use super::naive;
use super::set::{END, STRETCH, Set};
use nexwatch_feed::{At, Clock, EntityFilter, Feed, Filter, PersonFilter};
use nexwatch_nexudus::{Action, Category, Ms, Person};
use nexwatch_store::{DeliveryId, EventId, EventRow, Reader};
use std::time::{Duration, Instant};

/// Rows of a page.
pub(super) const PAGE: u32 = 200;
/// A question is asked so often, unless that takes too long.
const RUNS: usize = 60;
/// The naive way is asked until it has taken so long.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// One question's figures.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What is asked.
    pub name: &'static str,
    /// Of how many events.
    pub events: u32,
    /// Milliseconds.
    pub p50: f64,
    /// Milliseconds.
    pub p95: f64,
    /// The naive shape and its milliseconds: half and 95 of 100.
    pub naive: Option<(&'static str, f64, f64)>,
}

/// What can be asked for in the set: real values, so that no question is asked of nothing.
pub(super) struct Values {
    /// The feed with its columns in memory.
    pub feed: Feed,
    /// When it is asked.
    pub clock: Clock,
    persons: Vec<(Person, String)>,
    sampled: Vec<EventRow>,
}

/// Actions that a space has a few times a month.
const RARE: [u8; 8] = [17, 30, 44, 56, 66, 72, 77, 83];
/// Actions that it has all day.
const COMMON: [u8; 8] = [61, 6, 47, 48, 36, 7, 35, 42];

/// Asks everything.
pub(super) fn measure(workshop: &Workshop, set: &Set, quick: bool) -> anyhow::Result<Vec<Line>> {
    workshop.say("loading the columns");
    let values = Values::of(&set.folder())?;
    let events = set.about().events;
    let (runs, patience) = if quick {
        (3, Duration::ZERO)
    } else {
        (RUNS, PATIENCE)
    };
    let mut lines = Vec::new();
    for (name, ask, naive) in questions() {
        workshop.say(&format!("asking: {name}"));
        let took = times(runs, patience * 2, |n| ask(&values, n))?;
        let naive = match naive {
            Some((shape, ask)) => {
                workshop.say(&format!("asking: {name} ({shape})"));
                let took = times(runs.min(15), patience, |n| ask(&values, n))?;
                Some((shape, percentile(&took, 50.0), percentile(&took, 95.0)))
            }
            None => None,
        };
        lines.push(Line {
            name,
            events,
            p50: percentile(&took, 50.0),
            p95: percentile(&took, 95.0),
            naive,
        });
    }
    Ok(lines)
}

/// Asks up to `runs` times (no more once `patience` has passed); milliseconds, sorted.
fn times(
    runs: usize,
    patience: Duration,
    mut ask: impl FnMut(usize) -> anyhow::Result<usize>,
) -> anyhow::Result<Vec<f64>> {
    let begun = Instant::now();
    let mut took = Vec::with_capacity(runs);
    for n in 0..runs {
        if n > 2 && begun.elapsed() > patience {
            break;
        }
        let start = Instant::now();
        std::hint::black_box(ask(n)?);
        took.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    took.sort_unstable_by(f64::total_cmp);
    Ok(took)
}

impl Values {
    fn of(folder: &std::path::Path) -> anyhow::Result<Values> {
        let reader = Reader::open(folder)?;
        let feed = Feed::new(reader.clone());
        feed.load()?;
        let mut persons = Vec::new();
        reader.persons(|_, person| {
            let first = person
                .name
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            persons.push((person, first));
        })?;
        let mut ids = Vec::new();
        reader.keys(|key| ids.push(key.id))?;
        let ids: Vec<EventId> = (0..240)
            .filter_map(|n| ids.get(n * ids.len() / 240).copied())
            .collect();
        Ok(Values {
            clock: Clock::utc(END),
            persons,
            sampled: reader.rows(&ids)?,
            feed,
        })
    }

    /// A person; the values of neighbouring runs lie far apart.
    pub fn person(&self, n: usize) -> Option<&(Person, String)> {
        self.persons.get(spread(n, self.persons.len()))
    }

    /// An event from anywhere in the set.
    pub fn event(&self, n: usize) -> Option<&EventRow> {
        self.sampled.get(spread(n, self.sampled.len()))
    }

    /// A moment of the stretch.
    pub fn moment(&self, n: usize) -> Ms {
        END - STRETCH + (spread(n, 997) as Ms + 1) * (STRETCH / 1_000)
    }

    /// A location.
    pub fn location(&self, n: usize) -> i64 {
        self.event(n).and_then(|event| event.location_id).unwrap_or(0)
    }
}

/// The n-th of so many, in an order that jumps about.
fn spread(n: usize, of: usize) -> usize {
    n.wrapping_mul(7_919).wrapping_add(13) % of.max(1)
}

/// Asks it for the n-th time; how many rows or numbers came.
pub(super) type Ask = Box<dyn Fn(&Values, usize) -> anyhow::Result<usize>>;
type Question = (&'static str, Ask, Option<(&'static str, Ask)>);

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

fn questions() -> Vec<Question> {
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

impl Values {
    /// An index about 99 % down the list.
    pub fn depth(&self, n: usize) -> u32 {
        let events = u64::from(self.feed.events());
        u32::try_from(events * (9_880 + n as u64 % 20) / 10_000).unwrap_or(0)
    }
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
    Ok(values.feed.count_new(&filter, &values.clock, since)?.0 as usize)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A question that is asked of nothing measures nothing.
    #[test]
    fn every_question_and_its_naive_shape_find_something() {
        let workshop = Workshop::make(None).unwrap();
        let set = super::super::set::build(&workshop, 3_000).unwrap();
        let values = Values::of(&set.folder()).unwrap();
        for (name, ask, naive) in questions() {
            let found: usize = (0..30).map(|n| ask(&values, n).unwrap()).sum();
            assert!(found > 0, "{name}");
            if let Some((shape, ask)) = naive {
                let found: usize = (0..30).map(|n| ask(&values, n).unwrap()).sum();
                assert!(found > 0, "{name}: {shape}");
            }
        }
    }

    #[test]
    fn a_slow_question_is_not_asked_for_ever() {
        let mut asked = 0;
        let took = times(100, Duration::ZERO, |_| {
            asked += 1;
            Ok(1)
        })
        .unwrap();
        assert_eq!((asked, took.len()), (3, 3));
        assert!(took.is_sorted());
    }
}
