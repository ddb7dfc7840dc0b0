//! The words of events on their way into the full-text index.
//!
//! Much of what an entry costs is the same for one event and for hundreds, and the index takes only what comes in order
//! of place without writing out all that it has gathered. So the words of events that are kept wait here for a moment and
//! go into the index together, sorted: with a later transaction, or in one of their own when nothing more comes. Up to
//! which delivery all words are in the index is written in the same transaction: what waited when the program was killed is
//! read again from the bodies at the next start. What events changed is found out at the same time, see [`crate::changes`].

use crate::ahead::{Ahead, Pair, Ready, Text};
use crate::body::Packer;
use crate::changes::{Changes, MOST_OF_A_BODY, Neighbour, New, Said, Thing, ToCompare, With, is_known};
use crate::fold::{is_as_before, prepared};
use crate::ties::{Tie, Ties};
use crate::{Committed, DeliveryId, EventId, StoreError, reread};
use nexwatch_nexudus::{Named, Person, Reading, Voice};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// The setting that says up to which delivery all words are in the index.
const ENTERED: &str = "words_entered";
/// Deliveries that are caught up on in one transaction.
const CATCH_UP: u32 = 512;
/// So many events of a transaction go into the index with it; more are left for the next one, because others would wait for
/// what can be found out about them meanwhile.
const AT_ONCE: usize = 8;

/// When words go into the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// When so many wait, they are entered; beside a large transaction those that it has brought wait for the next one.
    pub together: usize,
    /// So long they wait at most.
    pub within: Duration,
}

/// An event whose words are not in the index yet.
struct Waiting {
    event: EventId,
    /// What it is found by.
    text: Text,
    /// There are others of its entity: it is to be compared with the state before.
    compare: Option<ToCompare>,
    /// What it is about, if it is not the newest of it.
    late: Option<Thing>,
    ahead: Found,
}

/// How an event stands to others.
pub(crate) struct Among {
    /// Its body has no other object.
    pub only: bool,
    /// It is to be compared with the state before.
    pub compare: Option<ToCompare>,
    /// What it is about, if a later event of that is known.
    pub late: Option<Thing>,
}

/// What was found out about an event ahead.
enum Found {
    /// It is left to be found out.
    Nothing,
    Asked(oneshot::Receiver<Ready>),
    Ready(Ready),
}

impl Waiting {
    /// What holds of what was found out ahead: an event that came later and stands before this one makes its state before
    /// another.
    fn ready(&self, disordered: &FxHashSet<Thing>) -> Option<&Ready> {
        let in_order = |compare: &ToCompare| !disordered.contains(&compare.thing);
        match &self.ahead {
            Found::Ready(ready) if self.compare.as_ref().is_none_or(in_order) => Some(ready),
            _ => None,
        }
    }
}

/// Words that are not in the index yet.
pub(crate) struct Words {
    pace: Pace,
    waiting: Vec<Waiting>,
    ahead: Ahead,
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
    pub fn new(pace: Pace, ahead: Ahead) -> Words {
        Words {
            pace,
            ahead,
            waiting: Vec::new(),
            kept: 0,
            since: None,
            behind: None,
            found: None,
        }
    }

    /// Notes what an event is found by, and how it stands to others. What can be found out about it begins to be, in the voice
    /// that the store has now; unless its body has several objects: one may be the state before another, and their body is
    /// not in the tables yet.
    pub fn add(
        &mut self,
        (db, ties): (&Connection, &Ties),
        event: EventId,
        reading: &Reading,
        Among { only, compare, late }: Among,
        voice: &Voice,
    ) -> Result<(), StoreError> {
        if self.behind.is_some() {
            return Ok(());
        }
        let text = Text {
            all: searched(reading),
            sentence: reading.sentence.len(),
        };
        let ahead = match only && !self.pace.within.is_zero() {
            false => Found::Nothing,
            true => self.find_ahead((db, ties), &text, compare.as_ref(), voice)?,
        };
        self.waiting.push(Waiting {
            event,
            text,
            compare,
            late,
            ahead,
        });
        Ok(())
    }

    fn find_ahead(
        &mut self,
        (db, ties): (&Connection, &Ties),
        text: &Text,
        compare: Option<&ToCompare>,
        voice: &Voice,
    ) -> Result<Found, StoreError> {
        let pair = match compare {
            Some(compare) => {
                let Some(own) = compare.fresh.as_ref().filter(|_| compare.newest) else {
                    return Ok(Found::Nothing);
                };
                let before = match own.before(db, ties) {
                    Ok(before) => before,
                    Err(error) if error.passes() => return Err(error),
                    // A damaged body of another delivery is no reason not to keep this one.
                    Err(_) => return Ok(Found::Nothing),
                };
                if before.as_ref().is_some_and(Neighbour::is_large) {
                    return Ok(Found::Nothing);
                }
                Some(Pair {
                    own: own.clone(),
                    before,
                })
            }
            None if is_as_before(&text.all) => return Ok(Found::Nothing),
            None => None,
        };
        let asked = self.ahead.ask(text.clone(), pair, voice);
        Ok(asked.map_or(Found::Nothing, Found::Asked))
    }

    /// All events of the transaction under way are noted: begins with what can be found out about them.
    pub fn begin_ahead(&mut self) {
        self.ahead.begin();
    }

    /// The transaction was rolled back: its events are not there.
    pub fn forget(&mut self) {
        self.ahead.forget();
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

    /// How many it is time to enter, the first ones: all, those of the transaction under way included, or all that are kept.
    pub fn due(&self) -> usize {
        let at_once = self.pace.within.is_zero();
        let many = self.waiting.len() >= self.pace.together;
        if !(at_once || many || self.patience().is_some_and(|left| left.is_zero())) {
            return 0;
        }
        match at_once || self.waiting.len() - self.kept <= AT_ONCE {
            true => self.waiting.len(),
            false => self.kept,
        }
    }

    /// All of them.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Enters the first so many, when the newest delivery of theirs is this one. They wait on until [`Words::entered`] is
    /// told that the transaction has been committed.
    pub fn enter(
        &mut self,
        with: With,
        changes: &mut Changes,
        (count, newest): (usize, DeliveryId),
        news: &mut Committed,
    ) -> Result<(), StoreError> {
        for waiting in &mut self.waiting[..count] {
            if let Found::Asked(answer) = std::mem::replace(&mut waiting.ahead, Found::Nothing) {
                waiting.ahead = answer.blocking_recv().map_or(Found::Nothing, Found::Ready);
            }
        }
        let (now, later) = self.waiting.split_at(count);
        enter(with, changes, (now, Some(later)), newest, news)
    }

    /// The transaction was committed with the words of the first so many in it.
    pub fn entered(&mut self, count: usize) {
        self.waiting.drain(..count);
        (self.kept, self.since) = (0, None);
        self.kept();
    }

    /// The transaction was committed; those that wait are kept.
    pub fn kept(&mut self) {
        self.kept = self.waiting.len();
        if self.kept > 0 && self.since.is_none() {
            self.since = Some(Instant::now());
        }
    }

    /// The index does not take them. Deliveries are kept all the same, and it is caught up on later from the tables.
    pub fn give_up(&mut self, why: StoreError) {
        tracing::error!(error = %why, "events are kept, but not all are found by their words");
        self.entered(self.waiting.len());
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
        (ties, packer): (&Ties, &Packer),
        voice: &Voice,
        changes: &mut Changes,
        news: &mut Committed,
    ) {
        match catch_up(db, (ties, packer), voice, changes, news) {
            Ok(()) => self.behind = None,
            Err(error) => {
                changes.forget();
                self.give_up(error);
            }
        }
    }
}

/// Compares those that have to be, and enters the words of all. Others wait for `later`: they will be compared then.
fn enter(
    with: With,
    changes: &mut Changes,
    (waiting, later): (&[Waiting], Option<&[Waiting]>),
    newest: DeliveryId,
    news: &mut Committed,
) -> Result<(), StoreError> {
    let mut sorted: Vec<&Waiting> = waiting.iter().collect();
    sorted.sort_unstable_by_key(|one| one.event);
    let disordered: FxHashSet<Thing> = waiting.iter().filter_map(|one| one.late).collect();
    let new: Vec<New> = sorted
        .iter()
        .filter_map(|one| {
            Some(New {
                event: one.compare.as_ref()?,
                compared: one.ready(&disordered).and_then(|ready| ready.compared.as_ref()),
            })
        })
        .collect();
    let now: Vec<EventId> = sorted.iter().map(|one| one.event).collect();
    let later = later.map(|later| {
        let compared = later.iter().filter(|one| one.compare.is_some());
        compared.map(|one| one.event).collect::<FxHashSet<EventId>>()
    });
    let found = changes.compare(with, &new, (&now, later.as_ref()), news)?;
    let own = sorted.iter().map(|one| {
        let text = match (found.said.get(&one.event), one.ready(&disordered)) {
            (Some(said), _) => Cow::Owned(prepared(&said.instead(&one.text)).into_owned()),
            (None, Some(ready)) => Cow::Borrowed(ready.prepared.as_str()),
            (None, None) => prepared(&one.text.all),
        };
        (one.event, text)
    });
    // An older event's words are entered again with more behind them: the index then has each under the event once, at its
    // new places. Those that no longer hold stay; no word can be taken out.
    let anew = found.anew.iter().map(|(event, text)| (*event, prepared(text)));
    let mut texts: Vec<(EventId, Cow<str>)> = own.chain(anew).collect();
    texts.sort_by_key(|(event, _)| *event);
    let mut enter = with
        .db
        .prepare_cached("INSERT INTO words(rowid, text) VALUES (?1, ?2)")?;
    for (event, text) in texts {
        enter.execute(params![event.0, text])?;
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
    (ties, packer): (&Ties, &Packer),
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
            ties,
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
        enter(with, changes, (&waiting, None), DeliveryId(next), &mut found)?;
        change.commit()?;
        news.append(found);
        entered = next;
    }
    Ok(())
}

/// What the events of a delivery are found by, read again from its body.
fn of_delivery(with: With, delivery: i64, waiting: &mut Vec<Waiting>) -> Result<(), StoreError> {
    reread::each(with, delivery, |event, reading| {
        // A body that cannot be unpacked or read any more does not keep its event from being found by its sentence.
        let (all, sentence) = match reading {
            Some(reading) => (searched(reading), reading.sentence.len()),
            None => (event.say(with.voice, None), 0),
        };
        let may_be = is_known(event.entity) && event.position < MOST_OF_A_BODY;
        let mut thing = event.entity_id.filter(|_| may_be).map(|id| (event.entity, id));
        if let Some(known) = thing
            && !with.ties.line(with.db, Tie::entity(known)).has_others(event.id)?
        {
            thing = None;
        }
        waiting.push(Waiting {
            event: event.id,
            text: Text { all, sentence },
            late: None,
            ahead: Found::Nothing,
            compare: thing.map(|thing| ToCompare {
                event: event.id,
                thing,
                newest: false,
                fresh: None,
            }),
        });
        Ok(())
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
    pub fn instead(&self, own: &Text) -> String {
        let mut text = self.sentence.clone();
        text.push_str(own.all.get(own.sentence..).unwrap_or_default());
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
