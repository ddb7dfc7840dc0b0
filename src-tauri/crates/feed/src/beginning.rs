//! The beginning of a list that takes long to find as a whole: read from its own end, and only as far as a page needs.
//!
//! How many events say a common word, or have one of two things, is known only once all of them were gone through; a screen
//! shows a few dozen. So the page is answered from the chunks at its end of the list, and the rest is counted in the
//! background.

use crate::columns::{Chunk, Columns, Found, Window};
use crate::feed::Shared;
use crate::filter::has_beginning;
use crate::find::{folded, part};
use crate::node::Node;
use crate::page::{At, Show, Wanted};
use crate::query::Query;
use crate::scan::Order;
use crate::spelled::spelled_out;
use nexwatch_store::{EventId, StoreError};
use std::sync::Arc;

/// By so much the stretch grows that is read in one go, from this part of what is read at once.
const GROWTH: usize = 4;

/// So many times more chunks are gone through at once where the columns tell all: of some two million events, in ten
/// milliseconds.
const WALKED: usize = 16;

impl Shared {
    /// What a page needs to know of a list; and whether the list goes on beyond that: then it has to be counted on. What is
    /// known of a list grows from question to question, and does not become less. One of alternatives that lie in time
    /// (`at:"last 1h" OR …`) is asked as a whole: a millisecond later it is another question, of which nothing would be
    /// known.
    pub fn find_page(
        &self,
        columns: &Columns,
        query: &Query,
        window: &Window,
        wanted: &Wanted,
    ) -> Result<(Found, bool), StoreError> {
        let at_once = self.counting.chunks_at_once();
        let most = match query.asks_indexes() {
            true => at_once,
            false => at_once.saturating_mul(WALKED),
        };
        if let Some(rows) = wanted.rows_needed()
            && (query.asks_indexes() || query.is_long_walk())
            && !query.also.iter().any(Node::has_place)
            && let known = self.remembered(columns, query, window)
            && known.iter().filter(|known| !**known).count() > most
            && self.can_be_asked_in_part(query)?
        {
            let mut near = (at_once / GROWTH).max(1).max(run(&known, wanted.order));
            let part = part(query.words.as_deref());
            // What is more than a small part of all is read quicker as a whole; one chunk is never too much.
            while near == 1 || near * part <= known.len() {
                let found = self.find_quick(columns, query, &end(columns, window, near, wanted.order))?;
                let count = match wanted.show {
                    Show::Events => found.total(),
                    Show::Acts => folded(&found).total(),
                };
                if count >= rows {
                    return Ok((found, true));
                }
                near *= GROWTH;
            }
        }
        Ok((self.find_quick(columns, query, window)?, false))
    }

    /// Whether a part of the list is quicker read than all of it: not with a beginning that too many words have.
    fn can_be_asked_in_part(&self, query: &Query) -> Result<bool, StoreError> {
        match &query.words {
            Some(words) if has_beginning(words) => {
                self.reader.read(|db| Ok(spelled_out(db, words)?.is_some()))
            }
            _ => Ok(true),
        }
    }
}

/// How many chunks at the beginning of a list are remembered, the first whatever it is: it changes with every arrival.
fn run(known: &[bool], order: Order) -> usize {
    let is_known = |known: &&bool| **known;
    match order {
        Order::NewestFirst => 1 + known.iter().rev().skip(1).take_while(is_known).count(),
        Order::OldestFirst => known.iter().take_while(is_known).count(),
    }
}

impl Wanted {
    /// How many rows from its beginning on a list must be known; nothing if its length must be.
    fn rows_needed(&self) -> Option<u32> {
        match (self.at, self.order) {
            (At::Newest, Order::NewestFirst) => Some(self.limit),
            (At::Index(index), _) => index.checked_add(self.limit),
            (At::Newest, Order::OldestFirst) | (At::Event(_) | At::Time(_), _) => None,
        }
    }
}

/// What of a window lies in the first so many of its chunks, in the order of a list.
fn end(columns: &Columns, window: &Window, chunks: usize, order: Order) -> Window {
    let all: Vec<&Arc<Chunk>> = columns
        .chunks()
        .iter()
        .filter(|chunk| !window.stretch(chunk).is_empty())
        .collect();
    let border = match order {
        Order::NewestFirst => all.len().saturating_sub(chunks),
        Order::OldestFirst => chunks,
    };
    let border = all.get(border).and_then(|chunk| chunk.ids().first());
    match (border, order) {
        (Some(first), Order::NewestFirst) => Window {
            from: window.from.max(EventId(first)),
            ..*window
        },
        (Some(next), Order::OldestFirst) => Window {
            to: window.to.min(EventId(next)),
            ..*window
        },
        (None, _) => *window,
    }
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::plans::filled_with;
    use crate::{At, Clock, Feed, Order, Page, Show, text};
    use nexwatch_store::{EventId, Reader};
    use std::time::{Duration, Instant};

    /// Some chunks.
    const EVENTS: u32 = 20_000;
    const NOW: i64 = 1_800_000_000_000;

    fn page(feed: &Feed, query: &str, at: At, order: Order) -> Page {
        let filter = text::parse(query).unwrap();
        feed.page_in(&filter, &Clock::utc(NOW), None, at, 20, Show::Acts, order)
            .unwrap()
    }

    fn ids(page: &Page) -> Vec<EventId> {
        page.rows.iter().map(|row| row.id).collect()
    }

    #[test]
    fn what_is_remembered_at_the_beginning_of_a_list() {
        let known = [true, true, false, true, true, false];
        assert_eq!(
            (run(&known, Order::NewestFirst), run(&known, Order::OldestFirst)),
            (3, 2)
        );
        assert_eq!(
            (run(&[], Order::NewestFirst), run(&[], Order::OldestFirst)),
            (1, 0)
        );
    }

    #[test]
    fn a_list_of_common_words_is_shown_before_it_is_counted() {
        let folder = filled_with(EVENTS);
        let feed = Feed::new(Reader::open(folder.path()).unwrap());
        feed.load().unwrap();
        assert!(feed.columns().unwrap().chunks().len() > 2);
        let (sender, told) = std::sync::mpsc::channel();
        feed.on_counted(move || {
            let _ = sender.send(());
        });
        let whole = page(&feed, "blue", At::Newest, Order::NewestFirst);
        assert_eq!((whole.counting, whole.total.unwrap() > 13_000), (false, true));
        for (query, at_once, order, at) in [
            ("blue", 1, Order::NewestFirst, At::Newest),
            ("blue", 1, Order::NewestFirst, At::Index(7)),
            ("blue", 1, Order::OldestFirst, At::Index(7)),
            // What the columns tell, but not quickly.
            ("(location:2 OR action:Sensor)", 0, Order::NewestFirst, At::Newest),
            ("-location:2", 0, Order::OldestFirst, At::Index(30)),
        ] {
            feed.forget();
            feed.0.counting.set_chunks(usize::MAX);
            let whole = page(&feed, query, at, order);
            assert!(!whole.counting);
            feed.forget();
            while told.try_recv().is_ok() {}
            feed.0.counting.set_chunks(at_once);
            let shown = page(&feed, query, at, order);
            assert!(shown.counting && shown.total < whole.total, "{:?}", shown.total);
            assert_eq!(
                (shown.rows, shown.others, shown.first),
                (whole.rows, whole.others, whole.first)
            );
            told.recv_timeout(Duration::from_secs(60)).unwrap();
            let start = Instant::now();
            while page(&feed, query, at, order).counting {
                assert!(start.elapsed() < Duration::from_secs(60));
            }
            assert_eq!(page(&feed, query, at, order).total, whole.total);
        }
        // What is known of a list does not become less, whoever asks for less of it.
        feed.forget();
        feed.0.counting.set(0, 0);
        let far = page(&feed, "blue", At::Index(5_500), Order::NewestFirst);
        let near = page(&feed, "blue", At::Newest, Order::NewestFirst);
        assert!(near.total >= far.total, "{:?} {:?}", far.total, near.total);
        // A millisecond later it is another question: nothing would be known of it.
        feed.0.counting.set_chunks(0);
        for query in [r#"-at:"last 1h""#, r#"blue (at:"last 1h" OR location:2)"#] {
            let shown = page(&feed, query, At::Newest, Order::NewestFirst);
            assert!(!shown.counting && !shown.rows.is_empty(), "{query}");
        }
        feed.0.counting.set_chunks(1);
        for (query, at, order) in [
            // So rare that all has to be gone through; so far on; from an end whose place is not known.
            ("\"ana 7\"", At::Newest, Order::NewestFirst),
            ("blue", At::Index(13_000), Order::NewestFirst),
            ("blue", At::Newest, Order::OldestFirst),
            ("blue", At::Time(NOW), Order::NewestFirst),
            // The columns tell it.
            ("location:2", At::Newest, Order::NewestFirst),
        ] {
            feed.forget();
            let shown = page(&feed, query, at, order);
            assert!(!shown.counting && !shown.rows.is_empty(), "{query}");
        }
        // Whatever is asked of an index.
        feed.forget();
        let shown = page(&feed, "changed:Note", At::Newest, Order::NewestFirst);
        assert!(shown.rows.is_empty() && !shown.counting);
        let shown = page(
            &feed,
            "(blue OR location:2) -action:Sensor",
            At::Newest,
            Order::NewestFirst,
        );
        assert!(shown.counting && ids(&shown).len() == 20);
    }
}
