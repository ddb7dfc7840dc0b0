//! A page of the feed.

use crate::columns::{Columns, Found, Window};
use crate::counting::Purpose;
use crate::find::folded;
use crate::query::Query;
use crate::scan::Order;
use crate::{Clock, Feed, FeedError, Filter};
use nexwatch_nexudus::Ms;
use nexwatch_store::{DeliveryId, EventId, EventRow};

/// Where in the list a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At the newest. With the oldest first the page ends with it.
    Newest,
    /// At the n-th, from 0.
    Index(u32),
    /// So that this event is in the middle (or, if the filter hides it, the place where it would be).
    Event(EventId),
    /// At the newest at or before a moment.
    Time(Ms),
}

/// Rows of the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The rows, in the order that was asked for.
    pub rows: Vec<EventRow>,
    /// Index of the first row in the whole list; unknown until the columns are in memory, and where a place was asked for
    /// that counting has not come to.
    pub first: Option<u32>,
    /// Length of the whole list; unknown likewise.
    pub total: Option<u32>,
    /// For [`At::Event`] and [`At::Time`]: the index of what was looked for, or where it would be.
    pub found: Option<u32>,
    /// The list is still being counted: `total` is how far it is known, from its beginning on. That part stays as it is.
    pub counting: bool,
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

/// What of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub at: At,
    pub limit: u32,
    pub show: Show,
    pub order: Order,
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
        self.page_in(filter, clock, as_of, at, limit, show, Order::NewestFirst)
    }

    /// The same in one order or the other.
    #[allow(clippy::too_many_arguments)] // each is one thing that a list is asked with
    pub fn page_in(
        &self,
        filter: &Filter,
        clock: &Clock,
        as_of: Option<DeliveryId>,
        at: At,
        limit: u32,
        show: Show,
        order: Order,
    ) -> Result<Page, FeedError> {
        let query = self.resolve(filter, clock)?;
        let wanted = Wanted {
            at,
            limit,
            show,
            order,
        };
        match self.columns() {
            Some(columns) => self.found_page(&columns, &query, as_of, wanted),
            None => self.scanned_page(&query, as_of, wanted),
        }
    }

    /// A page by the columns in memory.
    fn found_page(
        &self,
        columns: &Columns,
        query: &Query,
        as_of: Option<DeliveryId>,
        wanted: Wanted,
    ) -> Result<Page, FeedError> {
        let window = Window::of(query, columns, as_of);
        if query.slow.is_empty() {
            let (found, counting) = self.0.find_page(columns, query, &window, &wanted)?;
            let page = self.page_from(columns, &found, &window, wanted, counting);
            if counting {
                // Not before: whoever is told that it has been counted has to have the page that says it is not.
                self.0.count_on(query, wanted.order, Purpose::List);
            }
            return page;
        }
        let at_once = self.0.counting.at_once();
        let mut opened = self.0.open(columns, query, &window)?;
        if opened.left() <= at_once {
            self.0.look(&mut opened, wanted.order, usize::MAX, at_once)?;
            return self.page_from(columns, &opened.sure(), &window, wanted, false);
        }
        self.0.count_on(query, wanted.order, Purpose::List);
        let limit = wanted.limit as usize;
        let mut looked = 0;
        let place = match (wanted.at, wanted.order) {
            (At::Index(index), _) => {
                let rows = index as usize + limit;
                self.0.look(&mut opened, wanted.order, rows, at_once)?;
                None
            }
            (At::Newest, Order::NewestFirst) => {
                self.0.look(&mut opened, wanted.order, limit, at_once)?;
                None
            }
            (At::Newest, Order::OldestFirst) => Some(EventId(i64::MAX)),
            (At::Event(id), _) => Some(id),
            (At::Time(at), _) => Some(last_at(at)),
        };
        if let Some(place) = place {
            // Perhaps it lies in what is known already, or not far behind.
            while opened.is_open_before(place, wanted.order) {
                if looked >= at_once {
                    return self.page_around(opened, &window, wanted, place);
                }
                looked += self
                    .0
                    .look(&mut opened, wanted.order, usize::MAX, crate::open::TOGETHER)?;
            }
            let before = match wanted.order {
                Order::NewestFirst => opened.sure().newer_than(place),
                Order::OldestFirst => opened.sure().total() - opened.sure().newer_than(place),
            };
            let rows = before as usize + limit;
            self.0.look(&mut opened, wanted.order, rows, at_once)?;
        }
        let counting = opened.left() > 0;
        self.page_from(
            columns,
            &opened.beginning(wanted.order),
            &window,
            wanted,
            counting,
        )
    }

    /// The page of a list that is known.
    fn page_from(
        &self,
        columns: &Columns,
        found: &Found,
        window: &Window,
        wanted: Wanted,
        counting: bool,
    ) -> Result<Page, FeedError> {
        let folded = match wanted.show {
            Show::Events => None,
            Show::Acts => Some(folded(found)),
        };
        let found = folded.as_ref().unwrap_or(found);
        let (limit, total) = (wanted.limit, found.total());
        // At an end of the list the page is as full as elsewhere.
        let last = total.saturating_sub(limit);
        let (first, index) = match wanted.at {
            At::Newest if wanted.order == Order::NewestFirst => (0, None),
            At::Newest => (last, None),
            At::Index(index) => (index.min(total), None),
            At::Event(id) => {
                let index = match wanted.order {
                    Order::NewestFirst => found.newer_than(id),
                    Order::OldestFirst => total - found.newer_than(EventId(id.0.saturating_sub(1))),
                };
                (index.saturating_sub(limit / 2).min(last), Some(index))
            }
            At::Time(at) => {
                let newer = found.newer_than(last_at(at));
                let index = match wanted.order {
                    Order::NewestFirst => newer,
                    Order::OldestFirst => (total - newer).saturating_sub(1),
                };
                (index.min(last), Some(index))
            }
        };
        let rows = limit.min(total - first);
        let ids: Vec<EventId> = match wanted.order {
            Order::NewestFirst => found.ids_from(first).take(rows as usize).collect(),
            Order::OldestFirst => {
                let from = total - first - rows;
                let mut ids: Vec<EventId> = found.ids_from(from).take(rows as usize).collect();
                ids.reverse();
                ids
            }
        };
        Ok(Page {
            rows: self.reader().rows(&ids)?,
            first: Some(first),
            total: Some(total),
            found: index,
            counting,
            others: match wanted.show {
                Show::Events => Vec::new(),
                Show::Acts => self.others(columns, &ids, window.until)?,
            },
            as_of: window.until,
        })
    }

    /// The rows around a place to which counting has not come: which index they have is not known yet.
    fn page_around(
        &self,
        mut opened: crate::open::Opened,
        window: &Window,
        wanted: Wanted,
        place: EventId,
    ) -> Result<Page, FeedError> {
        let limit = wanted.limit as usize;
        let before = match wanted.at {
            At::Event(_) => limit / 2,
            At::Newest => limit,
            At::Index(_) | At::Time(_) => 0,
        };
        let at_once = self.0.counting.at_once();
        // What comes before the place in the order of the list, then what comes from it on.
        let (mut ids, after) = match wanted.order {
            Order::NewestFirst => {
                let newer = EventId(place.0.saturating_add(1));
                let ids = self
                    .0
                    .gather(&mut opened, newer, Order::OldestFirst, before, at_once)?;
                let left = limit - ids.len();
                (
                    ids,
                    self.0
                        .gather(&mut opened, place, Order::NewestFirst, left, at_once)?,
                )
            }
            Order::OldestFirst => {
                let older = match wanted.at {
                    At::Event(id) => EventId(id.0.saturating_sub(1)),
                    _ => place,
                };
                // The newest at or before a moment is the first of the page.
                let before = if matches!(wanted.at, At::Time(_)) {
                    1
                } else {
                    before
                };
                let ids = self
                    .0
                    .gather(&mut opened, older, Order::NewestFirst, before, at_once)?;
                let left = limit.saturating_sub(ids.len());
                let newer = EventId(older.0.saturating_add(1));
                (
                    ids,
                    self.0
                        .gather(&mut opened, newer, Order::OldestFirst, left, at_once)?,
                )
            }
        };
        ids.reverse();
        ids.extend(after);
        ids.truncate(limit);
        Ok(Page {
            rows: self.reader().rows(&ids)?,
            first: None,
            total: None,
            found: None,
            counting: true,
            others: Vec::new(),
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
}

/// The last place of a moment.
pub(crate) fn last_at(at: Ms) -> EventId {
    EventId(EventId::first_at(at.saturating_add(1)).0 - 1)
}
