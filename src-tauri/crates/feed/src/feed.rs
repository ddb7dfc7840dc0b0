//! The one that answers.

use crate::filter::{self, Filter};
use crate::names::Persons;
use crate::query::Query;
use crate::{Clock, FeedError};
use nexwatch_store::rusqlite::OptionalExtension;
use nexwatch_store::{Committed, DeliveryId, Reader};
use std::sync::Arc;

/// Answers questions about events; clones share everything. All methods block: not for async code.
#[derive(Clone)]
pub struct Feed(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub reader: Reader,
    pub persons: Persons,
}

impl Feed {
    /// A feed that answers at once, by SQL; totals come with [`Feed::load`].
    pub fn new(reader: Reader) -> Feed {
        Feed(Arc::new(Shared {
            reader,
            persons: Persons::default(),
        }))
    }

    /// What it reads.
    pub fn reader(&self) -> &Reader {
        &self.0.reader
    }

    /// Fills the columns in memory. For a thread of its own; news that come meanwhile are not lost.
    pub fn load(&self) -> Result<(), FeedError> {
        Ok(())
    }

    /// Whether the columns are in memory: then totals and counts are known.
    pub fn ready(&self) -> bool {
        false
    }

    /// Hears of a transaction; quick enough for the writer's thread.
    pub fn committed(&self, _news: &Committed) {}

    /// Events kept; 0 until known.
    pub fn events(&self) -> u32 {
        0
    }

    /// The newest delivery heard of, by [`Feed::load`] or [`Feed::committed`]; 0 until then.
    pub fn newest(&self) -> DeliveryId {
        DeliveryId(0)
    }

    /// Counts of everything, where they are in memory.
    pub(crate) fn overall(&self) -> Option<Arc<crate::facets::Tally>> {
        None
    }

    pub(crate) fn resolve(&self, filter: &Filter, clock: &Clock) -> Result<Query, FeedError> {
        filter::resolve(filter, clock, self.reader(), &self.0.persons)
    }

    /// The newest delivery in the store, at most `as_of`.
    pub(crate) fn stored_as_of(&self, as_of: Option<DeliveryId>) -> Result<DeliveryId, FeedError> {
        let newest: Option<i64> = self.reader().read(|db| {
            Ok(db
                .prepare_cached("SELECT id FROM delivery ORDER BY id DESC LIMIT 1")?
                .query_row([], |row| row.get(0))
                .optional()?)
        })?;
        let newest = DeliveryId(newest.unwrap_or(0));
        Ok(as_of.map_or(newest, |as_of| as_of.min(newest)))
    }
}
