//! Texts that were entered into the index before they were prepared for it: entered again, bit by bit, while the writer has
//! nothing else to do.
//!
//! Only those are that fold differently: most texts are the same either way. How far it has come is written in the same
//! transaction, so that it can be cut off at any moment. Until it is through, questions ask for both forms.

use crate::changes::With;
use crate::fold::{is_as_before, prepared};
use crate::reread;
use crate::words::add_names;
use crate::{EventId, EventRow, StoreError};
use nexwatch_nexudus::{Reading, Voice};
use rusqlite::{Connection, OptionalExtension, params};
use std::time::{Duration, Instant};

/// The setting that says up to which delivery it is done and up to which it has to be; it is not there when it is through.
pub(crate) const TO_PREPARE: &str = "words_to_prepare";
/// Deliveries of one transaction: some ten milliseconds.
const SLICE: u32 = 256;
/// While deliveries never pause it is gone on with so often.
const PAUSE: Duration = Duration::from_millis(200);

/// What is left to be entered again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    done: i64,
    last: i64,
}

pub(crate) struct Reword {
    left: Option<Left>,
    since: Option<Instant>,
}

impl Reword {
    /// What a database has left.
    pub fn of(db: &Connection) -> Result<Reword, StoreError> {
        let text: Option<String> = db
            .query_row("SELECT value FROM setting WHERE key = ?1", [TO_PREPARE], |row| {
                row.get(0)
            })
            .optional()?;
        let left = text.map(|text| {
            let mut numbers = text.split(' ').map(|number| number.parse().unwrap_or(0));
            Left {
                done: numbers.next().unwrap_or(0),
                last: numbers.next().unwrap_or(0),
            }
        });
        Ok(Reword { left, since: None })
    }

    /// Whether there is something left.
    pub fn is_behind(&self) -> bool {
        self.left.is_some()
    }

    /// Whether it is time to go on, although there is other work.
    pub fn is_due(&self) -> bool {
        self.is_behind() && self.since.is_none_or(|since| since.elapsed() >= PAUSE)
    }

    /// Enters the texts of some deliveries again, in a transaction of the caller's; what is left once that is committed.
    pub fn slice(&self, with: With) -> Result<Option<Left>, StoreError> {
        let Some(Left { done, last }) = self.left else {
            return Ok(None);
        };
        let mut next = with
            .db
            .prepare_cached("SELECT id FROM delivery WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3")?;
        let ids = next.query_map(params![done, last, SLICE], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        let mut texts: Vec<(EventId, String)> = Vec::new();
        for id in &ids {
            reread::each(with, *id, |event, reading| {
                let text = text(&event, reading, with.voice);
                if !is_as_before(&text) {
                    texts.push((event.id, text));
                }
                Ok(())
            })?;
        }
        // The index takes in one go only what comes in order of place.
        texts.sort_by_key(|(event, _)| *event);
        let mut enter = with
            .db
            .prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")?;
        for (event, text) in texts {
            enter.execute(params![event.0, prepared(&text)])?;
        }
        match ids.last() {
            Some(done) if *done < last => {
                with.db
                    .prepare_cached("UPDATE setting SET value = ?2 WHERE key = ?1")?
                    .execute(params![TO_PREPARE, format!("{done} {last}")])?;
                Ok(Some(Left { done: *done, last }))
            }
            _ => {
                with.db
                    .prepare_cached("DELETE FROM setting WHERE key = ?1")?
                    .execute([TO_PREPARE])?;
                Ok(None)
            }
        }
    }

    /// That was committed.
    pub fn done(&mut self, left: Option<Left>) {
        (self.left, self.since) = (left, Some(Instant::now()));
    }

    /// It cannot be done; at the next start it is tried again.
    pub fn give_up(&mut self) {
        self.left = None;
    }
}

/// What an event is found by: its sentence and its names as they are known by now, and the words of its body.
fn text(event: &EventRow, reading: Option<&Reading>, voice: &Voice) -> String {
    let mut text = event.say(voice, None);
    if let Some(reading) = reading {
        text.push(' ');
        text.push_str(&reading.words);
    }
    add_names(&mut text, event.person.as_ref(), event.resource.as_ref());
    text
}
