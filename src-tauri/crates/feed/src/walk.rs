//! A page straight from the tables: what is answered before the columns are in memory.

use crate::page::{At, Page, Wanted, last_at};
use crate::query::Query;
use crate::scan::{Order, Scan};
use crate::{Feed, FeedError};
use nexwatch_store::{DeliveryId, EventId};

impl Feed {
    /// A page from the tables; every event has a row of its own.
    pub(crate) fn scanned_page(
        &self,
        query: &Query,
        as_of: Option<DeliveryId>,
        wanted: Wanted,
    ) -> Result<Page, FeedError> {
        let as_of = self.stored_as_of(as_of)?;
        let ids = self.walked(&Scan::of(query, as_of), wanted)?;
        Ok(Page {
            rows: self.reader().rows(&ids)?,
            first: None,
            total: None,
            found: None,
            counting: false,
            others: Vec::new(),
            as_of,
        })
    }

    fn walked(&self, all: &Scan, Wanted { at, limit, order, .. }: Wanted) -> Result<Vec<EventId>, FeedError> {
        let limit = limit as usize;
        let after = |id: EventId| EventId(id.0.saturating_add(1));
        let newest_first = Scan {
            order: Order::NewestFirst,
            ..*all
        };
        let oldest_first = Scan {
            order: Order::OldestFirst,
            ..*all
        };
        let turned = |mut ids: Vec<EventId>| {
            ids.reverse();
            ids
        };
        Ok(match (order, at) {
            (Order::NewestFirst, At::Newest) => self.take(&newest_first, 0, limit)?,
            (Order::NewestFirst, At::Index(index)) => self.take(&newest_first, index, limit)?,
            (Order::NewestFirst, At::Time(at)) => {
                let to = after(last_at(at));
                self.take(&Scan { to, ..newest_first }, 0, limit)?
            }
            (Order::NewestFirst, At::Event(id)) => {
                let from = after(id);
                let mut ids = turned(self.take(&Scan { from, ..oldest_first }, 0, limit / 2)?);
                let older = Scan {
                    to: after(id),
                    ..newest_first
                };
                ids.extend(self.take(&older, 0, limit - ids.len())?);
                ids
            }
            (Order::OldestFirst, At::Newest) => turned(self.take(&newest_first, 0, limit)?),
            (Order::OldestFirst, At::Index(index)) => self.take(&oldest_first, index, limit)?,
            (Order::OldestFirst, At::Time(at)) => {
                let to = after(last_at(at));
                let newest = self.take(&Scan { to, ..newest_first }, 0, 1)?;
                let from = newest.first().copied().unwrap_or(all.from);
                self.take(&Scan { from, ..oldest_first }, 0, limit)?
            }
            (Order::OldestFirst, At::Event(id)) => {
                let older = Scan {
                    to: id,
                    ..newest_first
                };
                let mut ids = turned(self.take(&older, 0, limit / 2)?);
                let from = id;
                ids.extend(self.take(&Scan { from, ..oldest_first }, 0, limit - ids.len())?);
                ids
            }
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
