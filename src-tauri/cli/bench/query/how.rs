//! How a question is put to the feed.

use super::{PAGE, Values, spread};
use nexwatch_feed::{At, Bars, Filter, Order, Show};
use nexwatch_store::DeliveryId;

/// Over the whole of what is asked for.
const BARS: Bars = Bars {
    from: None,
    to: None,
    most: 60,
};

/// The way a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli::bench) enum How {
    /// The newest page.
    Newest,
    /// The first page of the list turned round.
    Oldest,
    /// A page 99 % down the list.
    Deep,
    /// The page of a moment.
    Jump,
    /// How many.
    Total,
    /// How many, beside each facet, and over time.
    Counts,
    /// How many have arrived since.
    New,
    /// One event.
    Event,
    /// What could be typed next.
    Completion,
}

impl Values {
    /// The length of a list, where a question needs it: the window knows it before it asks.
    pub fn length(&self, how: How, filter: &Filter) -> anyhow::Result<u32> {
        match how {
            How::Deep => Ok(self.feed.count(filter, &self.clock, None)?),
            _ => Ok(0),
        }
    }

    /// Asks the n-th question; how many rows or numbers came.
    pub fn ask(&self, how: How, filter: &Filter, n: usize, length: u32) -> anyhow::Result<usize> {
        let (feed, clock) = (&self.feed, &self.clock);
        let page = |at| -> anyhow::Result<usize> { Ok(feed.page(filter, clock, None, at, PAGE)?.rows.len()) };
        match how {
            How::Newest => page(At::Newest),
            How::Oldest => {
                let (show, order) = (Show::Events, Order::OldestFirst);
                let page = feed.page_in(filter, clock, None, At::Index(0), PAGE, show, order)?;
                Ok(page.rows.len())
            }
            How::Deep => page(At::Index(depth(length, n))),
            How::Jump => page(At::Time(self.moment(n))),
            How::Total => Ok(feed.count(filter, clock, None)? as usize),
            How::Counts => {
                // A screen asks for both at the same time; here one after the other.
                let facets = feed.facets(filter, clock, None)?;
                let bars = feed.histogram(filter, clock, None, BARS)?;
                Ok(facets.total as usize + bars.series.len())
            }
            How::New => {
                let since = DeliveryId((feed.newest().0 - 5_000).max(0));
                Ok(feed.count_new(filter, clock, since, None, Show::Acts)?.0 as usize)
            }
            How::Event => self.event_with_delivery(n),
            How::Completion => {
                let letter = char::from(b'a' + u8::try_from(spread(n, 26))?);
                Ok(feed.complete(&letter.to_string(), 1)?.items.len())
            }
        }
    }

    fn event_with_delivery(&self, n: usize) -> anyhow::Result<usize> {
        let Some(event) = self.event(n) else {
            return Ok(0);
        };
        let reader = self.feed.reader();
        let row = reader.event(event.id)?;
        let delivery = reader.delivery(event.delivery)?;
        let repeats = reader.repeats(event.id)?;
        Ok(usize::from(row.is_some()) + delivery.map_or(0, |delivery| delivery.body.len()) + repeats.len())
    }
}

/// An index about 99 % down a list.
pub(in crate::cli::bench) fn depth(length: u32, n: usize) -> u32 {
    u32::try_from(u64::from(length) * (9_880 + n as u64 % 20) / 10_000).unwrap_or(0)
}
