//! A page of the list.

use super::row;
use crate::protocol::FeedPage;
use nexwatch_feed::Page;
use nexwatch_nexudus::{Ms, Voice};

/// As a screen is told it: each row with the events that stand under it.
pub(crate) fn feed_page(page: Page, voice: &Voice, now: Ms) -> FeedPage {
    let mut others = page.others.into_iter().peekable();
    let rows = page.rows.into_iter().map(|event| {
        // Both are in one order.
        let under = others.next_if(|(head, _)| *head == event.id);
        let mut told = row(event, voice, now);
        let under = under.into_iter().flat_map(|(_, events)| events);
        told.others = under.map(|event| row(event, voice, now)).collect();
        told
    });
    FeedPage {
        counting: page.counting,
        rows: rows.collect(),
        first: page.first,
        total: page.total,
        found: page.found,
        as_of: page.as_of.0,
    }
}
