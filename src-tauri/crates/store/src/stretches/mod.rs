//! Keys of events a few thousand together, packed: ten million are read in a second, instead of row by row.
//!
//! A stretch is made of events that have not changed for a while, by the writer when nobody asks anything of it, and is
//! taken away in the transaction that changes one of them: the triggers in `schema/v4.sql` see to it. So whatever is there
//! is true, after a kill as well; what is in no stretch is read from the tables.

mod pack;
mod pieces;

pub use pieces::Piece;

use crate::{DeliveryId, EventId, EventKey, Flags, StoreError};
use nexwatch_nexudus::Amount;
use pack::{FORM, pack};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::time::{Duration, Instant};

/// How events are put together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Events of a stretch. Of the newest so many are left alone: they still change.
    pub events: u32,
    /// The writer has had nothing to do for so long.
    pub after: Duration,
}

/// The next look is not made before this has passed, however much has been written since the last.
const LOOK: u32 = 5;

/// What the writer's thread does with it when there is nothing else to do.
pub(crate) struct Stretches {
    pace: Pace,
    /// All up to this place is packed, or not worth it.
    at: i64,
    /// Something may be there to pack, from then on.
    due: Option<Instant>,
}

impl Stretches {
    pub fn new(pace: Pace) -> Stretches {
        Stretches {
            pace,
            at: i64::MIN,
            due: Some(Instant::now() + pace.after),
        }
    }

    /// Something was written, or will be soon: later.
    pub fn put_off(&mut self) {
        let now = Instant::now();
        let later = match self.due {
            Some(due) => due.max(now + self.pace.after),
            None => now + self.pace.after * LOOK,
        };
        (self.at, self.due) = (i64::MIN, Some(later));
    }

    /// How long until there may be something to do.
    pub fn patience(&self) -> Option<Duration> {
        self.due.map(|due| due.saturating_duration_since(Instant::now()))
    }

    /// Whether there may be something to do now.
    pub fn is_due(&self) -> bool {
        self.patience().is_some_and(|left| left.is_zero())
    }

    /// Packs one stretch, in a transaction of its own: some ten milliseconds.
    pub fn step(&mut self, db: &mut Connection) -> Result<(), StoreError> {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match next(&change, self.at, self.pace.events)? {
            Some((after, events)) => {
                self.at = put_together(&change, after, events)?;
                change.commit()?;
                // Another one at once, if nobody wants anything.
                self.due = Some(Instant::now());
            }
            None => (self.at, self.due) = (i64::MIN, None),
        }
        Ok(())
    }

    /// It cannot be done: what is not packed is read from the tables.
    pub fn give_up(&mut self) {
        self.due = None;
    }
}

/// From behind which place on there are events to pack, and how many.
fn next(db: &Connection, from: i64, size: u32) -> Result<Option<(i64, u32)>, StoreError> {
    let mut after = from;
    let mut following =
        db.prepare_cached("SELECT first, last FROM stretch WHERE first > ?1 ORDER BY first LIMIT 1")?;
    let mut count =
        db.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM event WHERE id > ?1 AND id < ?2 LIMIT ?3)")?;
    loop {
        let next: Option<(i64, i64)> = following
            .query_row([after], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let end = next.map_or(i64::MAX, |(first, _)| first);
        let most = i64::from(size) * 2;
        let loose: u32 = count.query_row(params![after, end, most], |row| row.get(0))?;
        let take = match next {
            // Of the newest a whole stretch is left.
            None if i64::from(loose) < most => 0,
            // Few between two stretches are as soon read from the table.
            Some(_) if loose < size.div_ceil(8) => 0,
            _ if i64::from(loose) == most => size,
            _ if loose > size => loose.div_ceil(2),
            _ => loose,
        };
        match next {
            _ if take > 0 => return Ok(Some((after, take))),
            Some((_, last)) => after = last,
            None => return Ok(None),
        }
    }
}

/// Packs so many events behind a place; gives the place of the last.
fn put_together(db: &Connection, after: i64, events: u32) -> Result<i64, StoreError> {
    let mut keys = Vec::with_capacity(events as usize);
    read_table(db, (after.saturating_add(1), i64::MAX), events, |key| {
        keys.push(key)
    })?;
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else {
        return Ok(i64::MAX);
    };
    db.prepare_cached("INSERT INTO stretch(first, last, events, form, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            first.id.0,
            last.id.0,
            keys.len() as i64,
            FORM,
            pack(&keys)?
        ])?;
    Ok(last.id.0)
}

/// Gives the keys of events of some places, both ends included, in order, so many at most.
fn read_table(
    db: &Connection,
    (from, to): (i64, i64),
    most: u32,
    mut each: impl FnMut(EventKey),
) -> Result<(), StoreError> {
    let mut all = db.prepare_cached(
        "SELECT id, delivery, action, location, person, flags, amount FROM event
         WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
    )?;
    let mut rows = all.query(params![from, to, most])?;
    let mut heads =
        db.prepare_cached("SELECT event, head FROM act WHERE event >= ?1 AND event <= ?2 ORDER BY event")?;
    let mut heads = heads.query_map([from, to], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut next: Option<(i64, i64)> = heads.next().transpose()?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        while next.is_some_and(|(event, _)| event < id) {
            next = heads.next().transpose()?;
        }
        each(EventKey {
            id: EventId(id),
            delivery: DeliveryId(row.get(1)?),
            action: row.get(2)?,
            location: row.get(3)?,
            person: row.get(4)?,
            flags: Flags(row.get(5)?),
            amount: row.get::<_, Option<i64>>(6)?.map(Amount),
            head: next
                .filter(|(event, _)| *event == id)
                .map(|(_, head)| EventId(head)),
        });
    }
    Ok(())
}
