//! A page of the feed.

use crate::columns::{Columns, Window};
use crate::query::Query;
use crate::scan::{Order, Scan};
use crate::{Clock, Feed, FeedError, Filter};
use nexwatch_nexudus::Ms;
use nexwatch_store::{DeliveryId, EventId, EventRow};

/// Where in the list a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At the newest.
    Newest,
    /// At the n-th, from 0.
    Index(u32),
    /// So that this event is in the middle (or, if the filter hides it, the place where it would be).
    Event(EventId),
    /// At the newest at or before a moment.
    Time(Ms),
}

/// Rows of the feed, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<EventRow>,
    /// Index of the first row in the whole list; unknown until the columns are in memory.
    pub first: Option<u32>,
    /// Length of the whole list; unknown until the columns are in memory.
    pub total: Option<u32>,
    /// For [`At::Event`] and [`At::Time`]: the index of what was looked for, or where it would be.
    pub found: Option<u32>,
    /// The newest delivery when this was answered: ask again with it for a list that stands still.
    pub as_of: DeliveryId,
    /// Of a folded list: rows that others stand under, with those, oldest first.
    pub others: Vec<(EventId, Vec<EventRow>)>,
}

/// How the rows of a list are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Every event in a row of its own.
    Events,
    /// Events of one act in one row, under the most telling of those that match.
    Acts,
}

impl Feed {
    /// A page of what a filter lets through: at most `limit` rows, newest first. With `as_of`, only what had arrived
    /// when that delivery was the newest.
    pub fn page(
        &self,
        filter: &Filter,
        clock: &Clock,
        as_of: Option<DeliveryId>,
        at: At,
        limit: u32,
    ) -> Result<Page, FeedError> {
        self.page_of(filter, clock, as_of, at, limit, Show::Events)
    }

    /// The same, shown one way or the other. Acts are told apart by the columns in memory: until they are there, every
    /// event has a row of its own.
    pub fn page_of(
        &self,
        filter: &Filter,
        clock: &Clock,
        as_of: Option<DeliveryId>,
        at: At,
        limit: u32,
        show: Show,
    ) -> Result<Page, FeedError> {
        let query = self.resolve(filter, clock)?;
        match self.columns() {
            Some(columns) => self.found_page(&columns, &query, as_of, at, limit, show),
            None => self.scanned_page(&query, as_of, at, limit),
        }
    }

    /// A page by the columns in memory.
    fn found_page(
        &self,
        columns: &Columns,
        query: &Query,
        as_of: Option<DeliveryId>,
        at: At,
        limit: u32,
        show: Show,
    ) -> Result<Page, FeedError> {
        let window = Window::of(query, columns, as_of);
        let found = match show {
            Show::Events => self.0.find(columns, query, &window)?,
            Show::Acts => self.0.folded(columns, query, &window)?,
        };
        let total = found.total();
        let (first, index) = match at {
            At::Newest => (0, None),
            At::Index(index) => (index.min(total), None),
            At::Event(id) => {
                let index = found.newer_than(id);
                // At an end of the list the page is as full as elsewhere.
                let last = total.saturating_sub(limit);
                (index.saturating_sub(limit / 2).min(last), Some(index))
            }
            At::Time(at) => {
                let index = found.newer_than(EventId(EventId::first_at(at.saturating_add(1)).0 - 1));
                (index.min(total.saturating_sub(limit)), Some(index))
            }
        };
        let ids: Vec<EventId> = found.ids_from(first).take(limit as usize).collect();
        Ok(Page {
            rows: self.reader().rows(&ids)?,
            first: Some(first),
            total: Some(total),
            found: index,
            others: match show {
                Show::Events => Vec::new(),
                Show::Acts => self.others(columns, &ids, window.until)?,
            },
            as_of: window.until,
        })
    }

    /// What stands under some rows and had arrived when a delivery was the newest.
    fn others(
        &self,
        columns: &Columns,
        ids: &[EventId],
        until: DeliveryId,
    ) -> Result<Vec<(EventId, Vec<EventRow>)>, FeedError> {
        let mut others = Vec::new();
        for id in ids {
            let Some(chunk) = columns.chunk_of(*id).map(|at| &columns.chunks()[at]) else {
                continue;
            };
            let Some(row) = chunk.ids().row_of(id.0) else {
                continue;
            };
            let under: Vec<EventId> = chunk.under(row).map(|row| EventId(chunk.ids().at(row))).collect();
            if under.is_empty() {
                continue;
            }
            let mut rows = self.reader().rows(&under)?;
            rows.retain(|row| row.delivery <= until);
            if !rows.is_empty() {
                others.push((*id, rows));
            }
        }
        Ok(others)
    }

    /// A page from the tables.
    fn scanned_page(
        &self,
        query: &Query,
        as_of: Option<DeliveryId>,
        at: At,
        limit: u32,
    ) -> Result<Page, FeedError> {
        let as_of = self.stored_as_of(as_of)?;
        let limit = limit as usize;
        let all = Scan::of(query, as_of);
        let ids = match at {
            At::Newest => self.take(&all, 0, limit)?,
            At::Index(index) => self.take(&all, index, limit)?,
            At::Time(at) => {
                let to = EventId::first_at(at.saturating_add(1));
                self.take(&Scan { to, ..all }, 0, limit)?
            }
            At::Event(id) => {
                let newer = Scan {
                    order: Order::OldestFirst,
                    from: EventId(id.0.saturating_add(1)),
                    ..all
                };
                let mut ids = self.take(&newer, 0, limit / 2)?;
                ids.reverse();
                let older = Scan {
                    to: EventId(id.0.saturating_add(1)),
                    ..all
                };
                let left = limit - ids.len();
                ids.extend(self.take(&older, 0, left)?);
                ids
            }
        };
        Ok(Page {
            rows: self.reader().rows(&ids)?,
            first: None,
            total: None,
            found: None,
            others: Vec::new(),
            as_of,
        })
    }

    fn take(&self, scan: &Scan, skip: u32, limit: usize) -> Result<Vec<EventId>, FeedError> {
        let mut ids = Vec::with_capacity(limit.min(1_000));
        let mut skip = skip;
        if limit > 0 {
            scan.run(self.reader(), |key| {
                if skip > 0 {
                    skip -= 1;
                    return true;
                }
                ids.push(key.id);
                ids.len() < limit
            })?;
        }
        Ok(ids)
    }
}
