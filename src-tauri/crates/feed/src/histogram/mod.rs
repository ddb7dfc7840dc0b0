//! Events over time, by category.

mod edges;

pub use edges::Step;

use crate::columns::{Part, Window, halves};
use crate::filter::category_of;
use crate::query::Query;
use crate::scan::{KEY, Scan};
use crate::{Clock, Feed, FeedError, Filter};
use edges::Edges;
use nexwatch_nexudus::{Category, Ms};
use nexwatch_store::{DeliveryId, EventId, StoreError, codes};

/// Which stretch of time, in at most how many bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bars {
    /// From this moment on; none: from the filter's beginning, else from the oldest event, and for half an hour at least.
    pub from: Option<Ms>,
    /// Before this moment; none: to the filter's end, else to now, or to the newest event where that lies ahead of the clock.
    pub to: Option<Ms>,
    /// How many at most; there is always one.
    pub most: u32,
}

/// Events over time, by category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Where bars begin and end, ms since 1970: one more than there are bars. The first begins at or before the stretch that
    /// was asked for, the last ends at or after its end.
    pub edges: Vec<Ms>,
    /// How long a bar is.
    pub step: Step,
    /// Categories that have events in it, in the order in which they are shown, with their events in each bar.
    pub series: Vec<(Category, Vec<u32>)>,
    /// Events in all bars.
    pub total: u32,
    /// Whether there may be more than was counted: until the columns are in memory, a walk through the tables ends after
    /// some thousand rows.
    pub counting: bool,
}

/// So many rows of the tables are looked at, until counts are in memory.
const MOST_ROWS: u32 = 20_000;

/// Whoever says no beginning sees so much at least, in milliseconds: the first events of all would be one bar as wide as the
/// window.
const LEAST: Ms = 30 * 60_000;

const OLDEST: &str = "SELECT min(id) FROM event";
const NEWEST: &str = "SELECT max(id) FROM event";

impl Feed {
    /// Matching events over time. Acts are never folded: each event counts.
    pub fn histogram(
        &self,
        filter: &Filter,
        clock: &Clock,
        as_of: Option<DeliveryId>,
        bars: Bars,
    ) -> Result<Histogram, FeedError> {
        if let (Some(from), Some(to)) = (bars.from, bars.to)
            && from >= to
        {
            return Err(FeedError::BadFilter(
                "the stretch of time ends before it begins: let it end later than it begins".into(),
            ));
        }
        let query = self.resolve(filter, clock)?;
        let columns = self.columns();
        let ends = match &columns {
            Some(columns) => columns.ends(),
            None => self.stored_ends()?,
        };
        let (from, to) = stretch(&query, ends, bars, clock.now);
        let edges = Edges::over(from, to, bars.most as usize, &clock.zone)
            .map_err(|_| FeedError::BadFilter("the stretch of time is longer than calendars go".into()))?;
        let mut counts = Counting::new(edges, self.reader().other_actions()?);
        // Only what lies in a bar is looked for.
        let query = Query {
            from: query.from.max(counts.places[0]),
            to: query.to.min(counts.places[counts.bars()]),
            ..query
        };
        let counting = match &columns {
            Some(columns) => {
                let window = Window::of(&query, columns, as_of);
                let (found, counting) = self.0.find_so_far(columns, &query, &window)?;
                for half in halves(found.parts(), |parts| counts.of(parts)) {
                    counts.merge(&half);
                }
                counting
            }
            None => self.scan_into(&mut counts, &query, as_of)?,
        };
        Ok(counts.done(counting))
    }

    /// The places of the oldest and the newest event.
    fn stored_ends(&self) -> Result<Option<(EventId, EventId)>, StoreError> {
        self.reader().read(|db| {
            let end = |sql| -> Result<Option<i64>, StoreError> {
                Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
            };
            let ends = end(OLDEST)?.zip(end(NEWEST)?);
            Ok(ends.map(|(oldest, newest)| (EventId(oldest), EventId(newest))))
        })
    }

    /// Counts newest first by a walk through the tables; says whether it ended before all was seen.
    fn scan_into(
        &self,
        counts: &mut Counting,
        query: &Query,
        as_of: Option<DeliveryId>,
    ) -> Result<bool, FeedError> {
        let as_of = self.stored_as_of(as_of)?;
        let (mut left, mut stopped) = (MOST_ROWS, false);
        self.reader().read(|db| {
            Scan::of(query, as_of).rows(self.reader(), db, KEY, "", |key, row| {
                stopped = left == 0;
                if !stopped && row.is_some() {
                    let at = counts.at(counts.bar_of(key.id), key.action);
                    counts.counts[at] += 1;
                }
                left = left.saturating_sub(1);
                !stopped
            })
        })?;
        Ok(stopped)
    }
}

/// The stretch of time that bars are to hold; never empty.
fn stretch(query: &Query, ends: Option<(EventId, EventId)>, bars: Bars, now: Ms) -> (Ms, Ms) {
    let said = |place: EventId, none: EventId| (place != none).then(|| place.at());
    let to = bars.to.or_else(|| said(query.to, Query::ALL.to));
    let newest = ends.map_or(now, |(_, newest)| newest.at().saturating_add(1));
    let to = to.unwrap_or(newest.max(now));
    let from = bars.from.or_else(|| said(query.from, Query::ALL.from));
    let from = from.unwrap_or_else(|| {
        let oldest = ends.map_or(now, |(oldest, _)| oldest.at());
        oldest.min(to.saturating_sub(LEAST))
    });
    (from, to.max(from.saturating_add(1)))
}

/// Counts by category and bar.
struct Counting {
    edges: Edges,
    /// The first place of each bar, and the first behind the last.
    places: Vec<EventId>,
    /// By category and bar, bars of a category in a row.
    counts: Vec<u32>,
    /// Which category an action belongs to, by its number in the store.
    categories: Vec<u8>,
    other: u8,
}

impl Counting {
    fn new(edges: Edges, others: Vec<(u16, String)>) -> Counting {
        let number = |code: u16| {
            let category = category_of(code, &others);
            let at = Category::ALL.iter().position(|known| *known == category);
            at.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
        };
        let end = others
            .iter()
            .map(|(code, _)| code.saturating_add(1))
            .max()
            .unwrap_or(0);
        Counting {
            places: edges.at.iter().map(|at| EventId::first_at(*at)).collect(),
            counts: vec![0; Category::ALL.len() * (edges.at.len() - 1)],
            categories: (0..end.max(codes::FIRST_OTHER)).map(number).collect(),
            other: number(u16::MAX),
            edges,
        }
    }

    fn bars(&self) -> usize {
        self.places.len() - 1
    }

    /// The bar of a place that lies in one.
    fn bar_of(&self, place: EventId) -> usize {
        let behind = self.places.partition_point(|first| *first <= place);
        behind.saturating_sub(1).min(self.bars() - 1)
    }

    /// Where a bar of an action's category is counted.
    fn at(&self, bar: usize, action: u16) -> usize {
        let category = self.categories.get(usize::from(action)).unwrap_or(&self.other);
        usize::from(*category) * self.bars() + bar
    }

    /// What was found, by category and bar.
    fn of(&self, parts: &[Part]) -> Vec<u32> {
        let mut counts = vec![0; self.counts.len()];
        for part in parts.iter().filter(|part| part.bits.count() > 0) {
            let ids = part.chunk.ids();
            let Some((first, last)) = ids.first().zip(ids.last()) else {
                continue;
            };
            let (first, last) = (self.bar_of(EventId(first)), self.bar_of(EventId(last)));
            let mut row = 0;
            for bar in first..=last {
                // Rows that lie before the first bar or behind the last were not found.
                let end = match bar == last {
                    true => part.chunk.len(),
                    false => ids.rows_before(self.places[bar + 1].0),
                };
                part.chunk.tally(&part.bits, row..end, |kind, count| {
                    counts[self.at(bar, kind.action)] += count;
                });
                row = end;
            }
        }
        counts
    }

    fn merge(&mut self, counts: &[u32]) {
        self.counts
            .iter_mut()
            .zip(counts)
            .for_each(|(all, count)| *all += count);
    }

    fn done(self, counting: bool) -> Histogram {
        let bars = self.bars();
        let series: Vec<(Category, Vec<u32>)> = Category::ALL
            .iter()
            .zip(self.counts.chunks_exact(bars))
            .filter(|(_, counts)| counts.iter().any(|count| *count > 0))
            .map(|(category, counts)| (*category, counts.to_vec()))
            .collect();
        Histogram {
            total: self.counts.iter().sum(),
            edges: self.edges.at,
            step: self.edges.step,
            series,
            counting,
        }
    }
}
