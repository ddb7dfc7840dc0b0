//! What can be asked for in a set: real values, so that no question is asked of nothing.

use crate::cli::bench::set::{END, STRETCH};
use nexwatch_feed::{Clock, Feed};
use nexwatch_nexudus::{Ms, Person};
use nexwatch_store::{EventId, EventRow};

/// Events that values are taken from.
const SAMPLED: usize = 600;
/// Persons that names are taken from.
const PERSONS: usize = 2_000;

/// Values, and whom to ask.
pub(in crate::cli::bench) struct Values {
    /// The feed with its columns in memory.
    pub feed: Feed,
    /// When it is asked.
    pub clock: Clock,
    persons: Vec<(Person, String)>,
    sampled: Vec<EventRow>,
}

impl Values {
    /// Takes values from all over a loaded feed.
    pub fn of(feed: Feed) -> anyhow::Result<Values> {
        let reader = feed.reader().clone();
        let count: u32 = reader.read(|db| {
            Ok(
                db.query_row("SELECT count(*) FROM person WHERE name <> ''", [], |row| {
                    row.get(0)
                })?,
            )
        })?;
        let every = (count as usize / PERSONS).max(1);
        let (mut persons, mut n) = (Vec::new(), 0);
        reader.persons(|_, person| {
            n += 1;
            let first = person.name.split_whitespace().next();
            if n % every == 0
                && let Some(first) = first.map(str::to_owned)
            {
                persons.push((person, first));
            }
        })?;
        Ok(Values {
            clock: Clock::utc(END),
            persons,
            sampled: reader.rows(&sample(&feed)?)?,
            feed,
        })
    }

    /// A person and the first name; the values of neighbouring runs lie far apart.
    pub fn person(&self, n: usize) -> Option<&(Person, String)> {
        self.persons.get(spread(n, self.persons.len()))
    }

    /// An event from anywhere in the set.
    pub fn event(&self, n: usize) -> Option<&EventRow> {
        self.sampled.get(spread(n, self.sampled.len()))
    }

    /// An event from anywhere that has what is asked for.
    pub fn event_with<T>(&self, n: usize, part: impl Fn(&EventRow) -> Option<T>) -> Option<T> {
        let all = self.sampled.len();
        (0..all).find_map(|step| part(self.sampled.get((spread(n, all) + step) % all)?))
    }

    /// A moment of the stretch.
    pub fn moment(&self, n: usize) -> Ms {
        END - STRETCH + (spread(n, 997) as Ms + 1) * (STRETCH / 1_000)
    }

    /// A location.
    pub fn location(&self, n: usize) -> i64 {
        self.event_with(n, |event| event.location_id).unwrap_or(0)
    }
}

/// Ids from all over the set, by time: one of each stretch.
fn sample(feed: &Feed) -> anyhow::Result<Vec<EventId>> {
    let step = STRETCH / SAMPLED as Ms;
    let mut ids = feed.reader().read(|db| {
        let mut next = db.prepare("SELECT id FROM event WHERE id >= ?1 ORDER BY id LIMIT 1")?;
        let mut ids = Vec::with_capacity(SAMPLED);
        for n in 0..SAMPLED as Ms {
            let from = EventId::first_at(END - STRETCH + n * step);
            let mut rows = next.query([from.0])?;
            if let Some(row) = rows.next()? {
                ids.push(EventId(row.get(0)?));
            }
        }
        Ok(ids)
    })?;
    ids.dedup();
    Ok(ids)
}

/// The n-th of so many, in an order that jumps about.
pub(in crate::cli::bench) fn spread(n: usize, of: usize) -> usize {
    n.wrapping_mul(7_919).wrapping_add(13) % of.max(1)
}
