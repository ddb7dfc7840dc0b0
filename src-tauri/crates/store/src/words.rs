//! The words of events on their way into the full-text index.
//!
//! Much of what an entry costs is the same for one event and for hundreds, and the index takes only what comes in order
//! of place without writing out all that it has gathered. So the words of events that are kept wait here for a moment and
//! go into the index together, sorted: with a later transaction, or in one of their own when nothing more comes. Up to
//! which delivery all words are in the index is written in the same transaction: what waited when the program was killed is
//! read again from the bodies at the next start. What events changed is found out at the same time, see [`crate::changes`].

use crate::body::Packer;
use crate::changes::{Changes, MOST_OF_A_BODY, Said, ToCompare, With, is_known};
use crate::fold::prepared;
use crate::{Committed, DeliveryId, EventId, StoreError, reread};
use nexwatch_nexudus::{Named, Person, Reading, Voice};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// The setting that says up to which delivery all words are in the index.
const ENTERED: &str = "words_entered";
/// Deliveries that are caught up on in one transaction.
const CATCH_UP: u32 = 512;

/// When words go into the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// So many wait at most.
    pub together: usize,
    /// So long they wait at most.
    pub within: Duration,
}

/// An event whose words are not in the index yet.
struct Waiting {
    event: EventId,
    /// What it is found by: first its sentence, which is so long.
    text: String,
    sentence: usize,
    /// There are others of its entity: it is to be compared with the state before.
    compare: Option<ToCompare>,
}

/// Words that are not in the index yet.
pub(crate) struct Words {
    pace: Pace,
    waiting: Vec<Waiting>,
    /// The first so many belong to events that are kept; the others to those of the transaction under way.
    kept: usize,
    /// When the first of them was kept.
    since: Option<Instant>,
    /// Why the index stays behind, if it does: then nothing waits here, the tables have it all.
    behind: Option<StoreError>,
    /// When that was last found.
    found: Option<Instant>,
}

impl Words {
    pub fn new(pace: Pace) -> Words {
        Words {
            pace,
            waiting: Vec::new(),
            kept: 0,
            since: None,
            behind: None,
            found: None,
        }
    }

    /// Notes what an event is found by, and whether it has to be compared with the state before.
    pub fn add(&mut self, event: EventId, reading: &Reading, compare: Option<ToCompare>) {
        if self.behind.is_none() {
            self.waiting.push(Waiting {
                event,
                text: searched(reading),
                sentence: reading.sentence.len(),
                compare,
            });
        }
    }

    /// The transaction was rolled back: its events are not there.
    pub fn forget(&mut self) {
        self.waiting.truncate(self.kept);
    }

    /// Whether all that is kept can be found.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// How long they may still wait; nothing where nothing waits.
    pub fn patience(&self) -> Option<Duration> {
        let since = self.since?;
        Some(self.pace.within.saturating_sub(since.elapsed()))
    }

    /// Whether it is time to enter them, those of the transaction under way included.
    pub fn are_due(&self) -> bool {
        let many = self.waiting.len() >= self.pace.together;
        let at_once = self.pace.within.is_zero() && !self.waiting.is_empty();
        many || at_once || self.patience().is_some_and(|left| left.is_zero())
    }

    /// Enters all, when the newest delivery is this one. They wait on until [`Words::entered`] is told that the
    /// transaction has been committed.
    pub fn enter(
        &self,
        with: With,
        changes: &mut Changes,
        newest: DeliveryId,
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        enter(with, changes, &self.waiting, newest, news)
    }

    /// The transaction was committed with all words in it.
    pub fn entered(&mut self) {
        self.waiting.clear();
        (self.kept, self.since) = (0, None);
    }

    /// The transaction was committed without them.
    pub fn kept(&mut self) {
        self.kept = self.waiting.len();
        if self.kept > 0 && self.since.is_none() {
            self.since = Some(Instant::now());
        }
    }

    /// The index does not take them. Deliveries are kept all the same, and it is caught up on later from the tables.
    pub fn give_up(&mut self, why: StoreError) {
        tracing::error!(error = %why, "events are kept, but not all are found by their words");
        self.entered();
        self.behind = Some(why);
        self.found = Some(Instant::now());
    }

    /// Whether it stays behind for a reason that may pass.
    pub fn may_catch_up(&self) -> bool {
        self.behind.as_ref().is_some_and(StoreError::passes)
    }

    /// Whether it stays behind for such a reason, and has not been tried for so long.
    pub fn is_time_to_catch_up(&self, again: Duration) -> bool {
        self.may_catch_up() && self.found.is_some_and(|found| found.elapsed() >= again)
    }

    /// Enters what the index lacks, from the tables.
    pub fn catch_up(
        &mut self,
        db: &mut Connection,
        packer: &Packer,
        voice: &Voice,
        changes: &mut Changes,
        news: &mut Committed,
    ) {
        match catch_up(db, packer, voice, changes, news) {
            Ok(()) => self.behind = None,
            Err(error) => {
                changes.forget();
                self.give_up(error);
            }
        }
    }
}

/// Compares those that have to be, and enters the words of all.
fn enter(
    with: With,
    changes: &mut Changes,
    waiting: &[Waiting],
    newest: DeliveryId,
    news: &mut Committed,
) -> Result<(), StoreError> {
    let mut sorted: Vec<&Waiting> = waiting.iter().collect();
    sorted.sort_unstable_by_key(|one| one.event);
    let events: Vec<EventId> = sorted.iter().map(|one| one.event).collect();
    let to_compare: Vec<&ToCompare> = sorted.iter().filter_map(|one| one.compare.as_ref()).collect();
    let found = changes.compare(with, &to_compare, &events, news)?;
    let own = sorted.iter().map(|one| {
        let text = match found.said.get(&one.event) {
            Some(said) => Cow::Owned(said.instead(one)),
            None => Cow::Borrowed(one.text.as_str()),
        };
        (one.event, text)
    });
    // An older event's words are entered again with more behind them: the index then has each under the event once, at its
    // new places. Those that no longer hold stay; no word can be taken out.
    let anew = found
        .anew
        .iter()
        .map(|(event, text)| (*event, Cow::Borrowed(text.as_str())));
    let mut texts: Vec<(EventId, Cow<str>)> = own.chain(anew).collect();
    texts.sort_by_key(|(event, _)| *event);
    let mut enter = with
        .db
        .prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")?;
    for (event, text) in texts {
        enter.execute(params![event.0, prepared(&text)])?;
    }
    note_entered(with.db, newest)
}

fn note_entered(db: &Connection, newest: DeliveryId) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)")?
        .execute(params![ENTERED, newest.0.to_string()])?;
    Ok(())
}

/// Enters the words of all deliveries that are newer than what the index says it has, and compares their events. A
/// database that says nothing was written when no words waited.
fn catch_up(
    db: &mut Connection,
    packer: &Packer,
    voice: &Voice,
    changes: &mut Changes,
    news: &mut Committed,
) -> Result<(), StoreError> {
    let newest: Option<i64> = db.query_row("SELECT max(id) FROM delivery", [], |row| row.get(0))?;
    let newest = DeliveryId(newest.unwrap_or(0));
    let entered: Option<i64> = db
        .query_row(
            "SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?1",
            [ENTERED],
            |row| row.get(0),
        )
        .optional()?;
    let Some(mut entered) = entered.filter(|entered| *entered <= newest.0) else {
        return note_entered(db, newest);
    };
    while entered < newest.0 {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let with = With {
            db: &change,
            packer,
            voice,
        };
        let mut waiting = Vec::new();
        let mut next = newest.0;
        {
            let mut newer =
                change.prepare_cached("SELECT id FROM delivery WHERE id > ?1 ORDER BY id LIMIT ?2")?;
            let mut rows = newer.query(params![entered, CATCH_UP])?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                let delivery = row.get(0)?;
                of_delivery(with, delivery, &mut waiting)?;
                count += 1;
                if count == CATCH_UP {
                    next = delivery;
                }
            }
        }
        let mut found = Committed::default();
        enter(with, changes, &waiting, DeliveryId(next), &mut found)?;
        change.commit()?;
        news.append(found);
        entered = next;
    }
    Ok(())
}

/// What the events of a delivery are found by, read again from its body.
fn of_delivery(with: With, delivery: i64, waiting: &mut Vec<Waiting>) -> Result<(), StoreError> {
    reread::each(with, delivery, |event, reading, others| {
        // A body that cannot be unpacked or read any more does not keep its event from being found by its sentence.
        let (text, sentence) = match reading {
            Some(reading) => (searched(reading), reading.sentence.len()),
            None => (event.say(with.voice, None), 0),
        };
        waiting.push(Waiting {
            event: event.id,
            text,
            sentence,
            compare: (is_known(event.entity) && event.position < MOST_OF_A_BODY && others).then_some(
                ToCompare {
                    event: event.id,
                    newest: false,
                    fresh: None,
                },
            ),
        });
    })
}

/// All that is found by its words.
pub(crate) fn searched(reading: &Reading) -> String {
    let mut text = String::with_capacity(reading.sentence.len() + reading.words.len() + 64);
    text.push_str(&reading.sentence);
    text.push(' ');
    text.push_str(&reading.words);
    add_names(&mut text, reading.person.as_ref(), reading.resource.as_ref());
    text
}

/// Adds the names that a text does not say yet.
pub(crate) fn add_names(text: &mut String, person: Option<&Person>, resource: Option<&Named>) {
    let person = person.map(|person| &person.name);
    let resource = resource.map(|thing| &thing.name);
    for name in [person, resource].into_iter().flatten() {
        if !name.is_empty() && !says(text, name) {
            text.push(' ');
            text.push_str(name);
        }
    }
}

impl Said {
    /// What an event is found by, with this sentence in the place of the one that its body alone gave.
    fn instead(&self, waiting: &Waiting) -> String {
        let mut text = self.sentence.clone();
        text.push_str(waiting.text.get(waiting.sentence..).unwrap_or_default());
        add_names(&mut text, self.person.as_ref(), self.resource.as_ref());
        text
    }
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
    fn words_that_are_entered_again_with_more_behind_them_are_there_once() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("schema/v1.sql")).unwrap();
        db.execute_batch("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, words, instance)")
            .unwrap();
        let enter = |event: i64, text: &str| {
            db.execute(
                "INSERT INTO words(rowid, text) VALUES (?1, ?2)",
                params![event, text],
            )
            .unwrap();
        };
        let rows = |sql: &str| -> Vec<i64> {
            let mut find = db.prepare(sql).unwrap();
            let rows = find.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        };
        enter(5, "Zoë booked Blue room");
        enter(9, "Ana booked Red room");
        enter(5, "Zoë booked Blue room Zoë moved Blue room");
        // In one transaction, too; and once the index has put its parts together.
        db.execute_batch("BEGIN").unwrap();
        enter(7, "Cleo booked");
        enter(7, "Cleo booked Cleo moved");
        db.execute_batch("COMMIT").unwrap();
        for _ in 0..2 {
            let saying = |text: &str| rows(&format!("SELECT rowid FROM words WHERE words MATCH '{text}'"));
            assert_eq!(saying("booked"), [5, 7, 9]);
            assert_eq!(saying("\"booked blue room\""), [5]);
            assert_eq!(saying("\"moved blue room\""), [5]);
            assert_eq!(saying("moved"), [5, 7]);
            assert_eq!(saying("\"red room\""), [9]);
            assert_eq!(rows("SELECT count(*) FROM temp.entries WHERE term = 'zoe'"), [2]);
            assert_eq!(rows("SELECT count(*) FROM temp.entries WHERE term = 'cleo'"), [2]);
            db.execute_batch("INSERT INTO words(words) VALUES ('integrity-check'); INSERT INTO words(words) VALUES ('optimize')")
                .unwrap();
        }
    }

    #[test]
    fn a_name_within_a_word_is_not_said_yet() {
        assert!(says("Ana booked", "Ana") && says("by Ana.", "Ana") && says("Anastasia and Ana", "Ana"));
        assert!(!says("Anastasia booked", "Ana") && !says("Susana", "ana") && !says("", "Ana"));
    }
}
