//! The words of events on their way into the full-text index.
//!
//! The index takes what comes in order of place together; whatever lies before its predecessor makes it write out all
//! that it has gathered. So the words of a transaction are entered at its end, sorted.

use crate::{EventId, StoreError};
use nexwatch_nexudus::Reading;
use rusqlite::{Connection, params};

/// Words that are not in the index yet.
#[derive(Default)]
pub(crate) struct Words {
    waiting: Vec<(EventId, String)>,
}

impl Words {
    /// Notes what an event is found by.
    pub fn add(&mut self, event: EventId, reading: &Reading) {
        self.waiting.push((event, searched(reading)));
    }

    /// The transaction was rolled back: there are no such events.
    pub fn forget(&mut self) {
        self.waiting.clear();
    }

    /// Enters all that waits.
    pub fn enter(&mut self, db: &Connection) -> Result<(), StoreError> {
        self.waiting.sort_unstable_by_key(|(event, _)| *event);
        let mut enter = db.prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")?;
        for (event, text) in self.waiting.drain(..) {
            enter.execute(params![event.0, text])?;
        }
        Ok(())
    }
}

/// All that is found by its words.
fn searched(reading: &Reading) -> String {
    let mut text = String::with_capacity(reading.sentence.len() + reading.words.len() + 64);
    text.push_str(&reading.sentence);
    text.push(' ');
    text.push_str(&reading.words);
    let person = reading.person.as_ref().map(|person| &person.name);
    let resource = reading.resource.as_ref().map(|thing| &thing.name);
    for name in [person, resource].into_iter().flatten() {
        if !says(&text, name) {
            text.push(' ');
            text.push_str(name);
        }
    }
    text
}

/// Whether a name stands in a text, and not only as a part of longer words.
fn says(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, name)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_within_a_word_is_not_said_yet() {
        assert!(says("Ana booked", "Ana") && says("by Ana.", "Ana") && says("Anastasia and Ana", "Ana"));
        assert!(!says("Anastasia booked", "Ana") && !says("Susana", "ana") && !says("", "Ana"));
    }
}
