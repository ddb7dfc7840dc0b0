//! Questions that a person asks, each with many different values, beside the naive shape of the same question where
//! there is one.

use super::figures::percentile;
use super::folder::Workshop;
use super::questions::questions;
use super::set::{END, STRETCH, Set};
use nexwatch_feed::{Clock, Feed};
use nexwatch_nexudus::{Ms, Person};
use nexwatch_store::{EventId, EventRow, Reader};
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

    /// An index about 99 % down the list.
    pub fn depth(&self, n: usize) -> u32 {
        let events = u64::from(self.feed.events());
        u32::try_from(events * (9_880 + n as u64 % 20) / 10_000).unwrap_or(0)
    }
}

/// The n-th of so many, in an order that jumps about.
fn spread(n: usize, of: usize) -> usize {
    n.wrapping_mul(7_919).wrapping_add(13) % of.max(1)
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
