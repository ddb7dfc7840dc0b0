//! What keeps deliveries out now. Pure: times come from outside.

use nexwatch_store::{Cause, LedgerEntry};
use std::collections::BTreeMap;

/// What stands in the way.
#[derive(Debug)]
pub(super) struct Book {
    /// Since when (ms since 1970), and in words.
    causes: BTreeMap<Cause, (i64, String)>,
    /// A gap is open.
    out: bool,
}

impl Book {
    /// With nothing in the way yet; a gap from before may be open.
    pub fn new(out: bool) -> Book {
        Book {
            causes: BTreeMap::new(),
            out,
        }
    }

    /// Since when this keeps deliveries out.
    pub fn since(&self, cause: Cause) -> Option<i64> {
        self.causes.get(&cause).map(|(since, _)| *since)
    }

    /// From then on this keeps deliveries out; the same again is nothing new.
    pub fn out(&mut self, at: i64, cause: Cause, message: String) -> Vec<LedgerEntry> {
        if self.causes.get(&cause).is_some_and(|(_, said)| *said == message) {
            return Vec::new();
        }
        let since = self.since(cause).unwrap_or(at);
        self.causes.insert(cause, (since, message.clone()));
        self.out = true;
        vec![LedgerEntry::Out { at, cause, message }]
    }

    /// From then on this does no longer; when nothing does, the gap is over.
    pub fn back(&mut self, at: i64, cause: Cause) -> Vec<LedgerEntry> {
        self.causes.remove(&cause);
        if self.causes.is_empty() && self.out {
            self.out = false;
            return vec![LedgerEntry::In { at }];
        }
        Vec::new()
    }

    /// The clock was set back: the gap that is open ends where the clock stood, and goes on where it stands.
    pub fn set_back(&mut self, from: i64, to: i64) -> Vec<LedgerEntry> {
        if !self.out {
            return Vec::new();
        }
        let mut entries = vec![LedgerEntry::In { at: from }];
        for (cause, (since, message)) in &mut self.causes {
            *since = to.min(*since);
            entries.push(LedgerEntry::Out {
                at: to,
                cause: *cause,
                message: message.clone(),
            });
        }
        self.out = !self.causes.is_empty();
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(entries: &[LedgerEntry]) -> Vec<String> {
        entries
            .iter()
            .map(|entry| match entry {
                LedgerEntry::Out { at, cause, message } => format!("{at} {} {message}", cause.name()),
                LedgerEntry::In { at } => format!("{at} in"),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_gap_is_over_when_nothing_stands_in_the_way() {
        let mut book = Book::new(false);
        assert_eq!(told(&book.back(1, Cause::Disk)), [""; 0]);
        assert_eq!(
            told(&book.out(5, Cause::Tunnel, "lost".into())),
            ["5 tunnel lost"]
        );
        assert_eq!(told(&book.out(6, Cause::Tunnel, "lost".into())), [""; 0]);
        assert_eq!(
            told(&book.out(7, Cause::Tunnel, "refused".into())),
            ["7 tunnel refused"]
        );
        assert_eq!(book.since(Cause::Tunnel), Some(5));
        assert_eq!(told(&book.out(8, Cause::Disk, "full".into())), ["8 disk full"]);
        assert_eq!(told(&book.back(9, Cause::Tunnel)), [""; 0]);
        assert_eq!(told(&book.back(10, Cause::Disk)), ["10 in"]);
        assert_eq!(told(&book.back(11, Cause::Disk)), [""; 0]);
    }

    #[test]
    fn a_gap_from_before_ends_with_the_first_good_news() {
        let mut book = Book::new(true);
        book.out(1, Cause::Tunnel, "Connecting.".into());
        assert_eq!(told(&book.back(2, Cause::Tunnel)), ["2 in"]);
    }

    #[test]
    fn a_clock_that_is_set_back_cuts_the_open_gap_in_two() {
        let mut book = Book::new(false);
        assert_eq!(told(&book.set_back(9, 3)), [""; 0]);
        book.out(5, Cause::Tunnel, "lost".into());
        assert_eq!(told(&book.set_back(9, 3)), ["9 in", "3 tunnel lost"]);
        assert_eq!(told(&book.back(4, Cause::Tunnel)), ["4 in"]);
    }
}
