//! Counts: how many match, how many are new, how many there are beside each category, action, location and mark.

use crate::columns::{Columns, Counts, Select, Window, halves};
use crate::feed::Shared;
use crate::find::folded;
use crate::query::Query;
use crate::scan::Scan;
use crate::{Clock, Feed, FeedError, Filter, Show};
use nexwatch_nexudus::Action;
use nexwatch_store::{DeliveryId, Flags, StoreError, codes};
use rustc_hash::FxHashMap;

/// Counts beside facets. Each facet is counted with the filter's other fields, without its own, so that its
/// alternatives can be seen; categories and actions are one facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// Events that match.
    pub total: u32,
    /// All events that had arrived.
    pub all: u32,
    /// Actions that have events, most events first.
    pub actions: Vec<(Action, u32)>,
    /// Locations that have events: id (0 is "none known"), name (or the id where none is known), most events first.
    pub locations: Vec<(i64, String, u32)>,
    /// Marks that have events, in their usual order.
    pub flags: Vec<(Flags, u32)>,
    /// Still being counted: each is what was found so far.
    pub counting: bool,
}

/// SQLite counts leaves, not rows: a hundred times faster than looking at each.
pub(crate) const ALL: &str = "SELECT count(*) FROM event";

impl Feed {
    /// How many events match: all of them, however long that takes where bodies have to be looked at.
    pub fn count(&self, filter: &Filter, clock: &Clock, as_of: Option<DeliveryId>) -> Result<u32, FeedError> {
        let query = self.resolve(filter, clock)?;
        if let Some(columns) = self.columns() {
            let window = Window::of(&query, &columns, as_of);
            let found = self.0.find_all(&columns, &query, &window, &mut || Ok(()))?;
            return Ok(found.total());
        }
        let until = self.stored_as_of(as_of)?;
        Ok(self.scanned_count(&query, until)?)
    }

    /// How many events match as far as that is known at once, and whether it is still being counted.
    pub fn count_so_far(
        &self,
        filter: &Filter,
        clock: &Clock,
        as_of: Option<DeliveryId>,
    ) -> Result<(u32, bool), FeedError> {
        let query = self.resolve(filter, clock)?;
        match self.columns() {
            Some(columns) => {
                let window = Window::of(&query, &columns, as_of);
                let (found, counting) = self.0.find_so_far(&columns, &query, &window)?;
                Ok((found.total(), counting))
            }
            None => Ok((self.scanned_count(&query, self.stored_as_of(as_of)?)?, false)),
        }
    }

    /// How many events match, by walking through the tables.
    pub(crate) fn scanned_count(&self, query: &Query, as_of: DeliveryId) -> Result<u32, StoreError> {
        if *query == Query::ALL && as_of == self.stored_as_of(None)? {
            return self
                .reader()
                .read(|db| Ok(db.prepare_cached(ALL)?.query_row([], |row| row.get(0))?));
        }
        let mut count = 0;
        Scan::of(query, as_of).run(self.reader(), |_| {
            count += 1;
            true
        })?;
        Ok(count)
    }

    /// How many matching events arrived after a delivery and until another one or now, and which delivery that is.
    pub fn count_new(
        &self,
        filter: &Filter,
        clock: &Clock,
        since: DeliveryId,
        as_of: Option<DeliveryId>,
        show: Show,
    ) -> Result<(u32, DeliveryId), FeedError> {
        let query = self.resolve(filter, clock)?;
        if let Some(columns) = self.columns() {
            let now = Window::of(&query, &columns, as_of);
            let count = match show {
                Show::Events => {
                    let newer = Window { after: since, ..now };
                    self.0.find(&columns, &query, &newer)?.total()
                }
                // By how many rows the list grows: an event may come under a row that is there.
                Show::Acts => {
                    let before = Window::of(&query, &columns, Some(since));
                    let then = folded(&self.0.find(&columns, &query, &before)?).total();
                    let now = folded(&self.0.find(&columns, &query, &now)?).total();
                    now.saturating_sub(then)
                }
            };
            return Ok((count, now.until));
        }
        let as_of = self.stored_as_of(as_of)?;
        let mut count = 0;
        Scan::of(&query, as_of).run(self.reader(), |key| {
            count += u32::from(key.delivery > since);
            true
        })?;
        Ok((count, as_of))
    }

    /// Counts beside facets.
    pub fn facets(
        &self,
        filter: &Filter,
        clock: &Clock,
        as_of: Option<DeliveryId>,
    ) -> Result<FacetCounts, FeedError> {
        let query = self.resolve(filter, clock)?;
        let tally = match self.columns() {
            Some(columns) => self.0.tally(&columns, &query, as_of)?,
            None => self.scanned_tally(&query, as_of)?,
        };
        Ok(self.named(tally)?)
    }

    /// Counts of everything, where they are in memory.
    pub(crate) fn overall(&self) -> Result<Option<Tally>, StoreError> {
        let columns = self.columns();
        columns
            .map(|columns| self.0.tally(&columns, &Query::ALL, None))
            .transpose()
    }

    fn scanned_tally(&self, query: &Query, as_of: Option<DeliveryId>) -> Result<Tally, StoreError> {
        let as_of = self.stored_as_of(as_of)?;
        let mut tally = Tally::default();
        let base = without_facets(query);
        Scan::of(&base, as_of).run(self.reader(), |key| {
            let action = query.actions.as_ref().is_none_or(|set| set.has(key.action));
            let location = query
                .locations
                .as_ref()
                .is_none_or(|set| set.binary_search(&key.location).is_ok());
            let flags = key.flags.has(query.with) && key.flags.0 & query.without.0 == 0;
            tally.total += u32::from(action && location && flags);
            if location && flags {
                *tally.actions.entry(key.action).or_default() += 1;
            }
            if action && flags {
                *tally.locations.entry(key.location).or_default() += 1;
            }
            if action && location {
                for (mark, count) in Flags::NAMES.iter().zip(&mut tally.flags) {
                    *count += u32::from(key.flags.has(mark.0));
                }
            }
            true
        })?;
        tally.all = self.scanned_count(&Query::ALL, as_of)?;
        Ok(tally)
    }

    fn named(&self, tally: Tally) -> Result<FacetCounts, StoreError> {
        let others: FxHashMap<u16, String> = self.reader().other_actions()?.into_iter().collect();
        let names: FxHashMap<i64, Option<String>> = self.reader().locations()?.into_iter().collect();
        let mut actions: Vec<(Action, u32)> = tally
            .actions
            .into_iter()
            .map(|(code, count)| {
                let action = codes::fixed_action(code).unwrap_or_else(|| {
                    Action::Other(others.get(&code).cloned().unwrap_or_else(|| code.to_string()))
                });
                (action, count)
            })
            .collect();
        actions.sort_by_cached_key(|(action, count)| (std::cmp::Reverse(*count), action.name()));
        let mut locations: Vec<(i64, String, u32)> = tally
            .locations
            .into_iter()
            .map(|(id, count)| {
                let name = match names.get(&id) {
                    Some(Some(name)) => name.clone(),
                    _ if id == 0 => NO_LOCATION.to_owned(),
                    _ => id.to_string(),
                };
                (id, name, count)
            })
            .collect();
        locations.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)).then(a.0.cmp(&b.0)));
        let flags = Flags::NAMES.iter().zip(tally.flags);
        Ok(FacetCounts {
            counting: tally.counting,
            total: tally.total,
            all: tally.all,
            actions,
            locations,
            flags: flags
                .filter(|(_, count)| *count > 0)
                .map(|((flag, _), count)| (*flag, count))
                .collect(),
        })
    }
}

/// What stands for "none known" among locations.
const NO_LOCATION: &str = "No location";

/// A query without the fields of the facets.
fn without_facets(query: &Query) -> Query {
    Query {
        actions: None,
        locations: None,
        with: Flags::NONE,
        without: Flags::NONE,
        ..query.clone()
    }
}

impl Shared {
    /// Counts beside facets, from the columns in memory.
    fn tally(
        &self,
        columns: &Columns,
        query: &Query,
        as_of: Option<DeliveryId>,
    ) -> Result<Tally, StoreError> {
        let window = Window::of(query, columns, as_of);
        let (found, counting) = self.find_so_far(columns, &without_facets(query), &window)?;
        let select = Select::new(columns, query);
        let gate = select.gate();
        let mut counts = Counts::new(columns.locations().len());
        for half in halves(found.parts(), |parts| {
            let mut counts = Counts::new(columns.locations().len());
            for part in parts {
                counts.add(&part.chunk, &part.bits, &gate);
            }
            counts
        }) {
            counts.merge(&half);
        }
        let everything = Window::of(&Query::ALL, columns, as_of);
        let numbered = counts.actions.iter().enumerate().filter(|(_, count)| **count > 0);
        let placed = columns.locations().iter().zip(&counts.locations);
        Ok(Tally {
            total: counts.total,
            all: self.find(columns, &Query::ALL, &everything)?.total(),
            actions: numbered
                .filter_map(|(code, count)| Some((u16::try_from(code).ok()?, *count)))
                .collect(),
            locations: placed
                .filter(|(_, count)| **count > 0)
                .map(|(id, count)| (*id, *count))
                .collect(),
            flags: std::array::from_fn(|at| counts.marked(Flags::NAMES[at].0)),
            counting,
        })
    }
}

/// Counts by number.
#[derive(Default)]
pub(crate) struct Tally {
    pub total: u32,
    pub all: u32,
    pub actions: FxHashMap<u16, u32>,
    pub locations: FxHashMap<i64, u32>,
    pub flags: [u32; Flags::NAMES.len()],
    pub counting: bool,
}
