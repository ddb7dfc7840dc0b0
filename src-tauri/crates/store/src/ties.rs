//! What events are asked for by beside the columns of their row: what they are about, their room or desk, persons beside
//! the first.
//!
//! In table `tie` they stand in order. A transaction does not enter its own there, which would write a page for nearly
//! each of them; it adds them to `tie_recent`, all as one row, and takes its slice of those that have their turn (see
//! [`crate::turn`]). When a turn is over its rows in `tie_recent` go; where there is time, and at the end, all of them do. The
//! writer has what is recent in memory; others read it, mostly some ten kilobytes, some hundred in a burst. They look at the recent ones
//! first: what moves meanwhile is seen twice, and not missed.

use crate::changes::{Line, Thing};
use crate::turn::Turn;
use crate::{EventId, StoreError};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::time::{Duration, Instant};

/// The events of a tie in a stretch of places, both ends included, in order; without the recent ones.
pub const TIED: &str =
    "SELECT event FROM tie WHERE kind = ?1 AND key = ?2 AND event >= ?3 AND event <= ?4 ORDER BY event";

/// The recent ones, as they are packed.
const RECENT: &str = "SELECT entries FROM tie_recent";

/// When nothing has come for so long, the recent ones are entered: whoever asks has less to read then.
const REST: Duration = Duration::from_secs(2);
/// But not fewer than these.
const FEW: usize = 512;

/// Bytes of a packed one: kind, key, event.
const PACKED: usize = 2 + 8 + 8;

/// Something that events belong to, in the order of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tie {
    /// 0 is a resource, 1 a person beside the first, from [`Tie::ENTITIES`] on an entity's kind.
    kind: u16,
    /// The store's key, or the platform's id of an entity.
    key: i64,
}

impl Tie {
    const ENTITIES: u16 = 2;

    /// All about an entity, by its kind and the platform's id.
    pub fn entity((entity, id): Thing) -> Tie {
        Tie {
            kind: Tie::ENTITIES + u16::from(entity.code()),
            key: id,
        }
    }

    /// All in a room, at a desk, with a thing; by its key.
    pub fn resource(key: i64) -> Tie {
        Tie { kind: 0, key }
    }

    /// All that concern a person who is not the first of the event; by their key.
    pub fn involved(key: u32) -> Tie {
        Tie {
            kind: 1,
            key: key.into(),
        }
    }

    pub(crate) fn kind(self) -> u16 {
        self.kind
    }

    pub(crate) fn key(self) -> i64 {
        self.key
    }
}

/// A tie with an event.
type Entry = (Tie, EventId);

/// The writer's: keeps ties, and knows those that are not in the index yet.
pub(crate) struct Ties {
    /// In order of place.
    recent: FxHashMap<Tie, Vec<EventId>>,
    turn: Turn<Entry>,
    /// Those of the transaction under way.
    new: Vec<Entry>,
    /// The last row of `tie_recent`.
    last_row: i64,
    /// When the last ones came; nothing if those that wait cannot be entered.
    since: Option<Instant>,
}

/// What a transaction has done; holds once it is committed.
#[derive(Clone, Copy)]
#[must_use]
pub(crate) struct Kept {
    slice: usize,
    last_row: i64,
}

impl Ties {
    /// Reads the recent ones.
    pub fn load(db: &Connection, together: usize) -> Result<Ties, StoreError> {
        let mut ties = Ties {
            recent: FxHashMap::default(),
            turn: Turn::new(together, Vec::new(), 0),
            new: Vec::new(),
            last_row: 0,
            since: Some(Instant::now()),
        };
        let mut waited = Vec::new();
        let mut all = db.prepare("SELECT id, entries FROM tie_recent ORDER BY id")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            ties.last_row = row.get(0)?;
            unpack(&row.get::<_, Vec<u8>>(1)?, |tie, event| {
                if ties.note(tie, event) {
                    waited.push((tie, event));
                }
            });
        }
        ties.turn = Turn::new(together, waited, ties.last_row);
        Ok(ties)
    }

    /// Notes that an event of the transaction under way has a tie.
    pub fn add(&mut self, tie: Tie, event: EventId) {
        if self.note(tie, event) {
            self.new.push((tie, event));
            self.turn.add((tie, event));
        }
    }

    /// Whether that was not known.
    fn note(&mut self, tie: Tie, event: EventId) -> bool {
        let events = self.recent.entry(tie).or_default();
        if events.last().is_none_or(|last| *last < event) {
            events.push(event);
            return true;
        }
        let place = events.binary_search(&event);
        if let Err(place) = place {
            events.insert(place, event);
        }
        place.is_err()
    }

    /// The transaction was rolled back: its ties are not there.
    pub fn forget(&mut self) {
        for (tie, event) in std::mem::take(&mut self.new).into_iter().rev() {
            self.turn.take_back_if(|entry| *entry == (tie, event));
            if let Some(events) = self.recent.get_mut(&tie)
                && let Ok(place) = events.binary_search(&event)
            {
                events.remove(place);
                if events.is_empty() {
                    self.recent.remove(&tie);
                }
            }
        }
    }

    /// The events of a tie that are not in the index yet, in order; some may be in it by now.
    pub fn recent(&self, tie: Tie) -> &[EventId] {
        self.recent.get(&tie).map_or(&[], Vec::as_slice)
    }

    /// All events of a tie.
    pub fn line<'l>(&'l self, db: &'l Connection, tie: Tie) -> Line<'l> {
        Line {
            db,
            tie,
            recent: self.recent(tie),
        }
    }

    /// Keeps what is new, at the end of the transaction under way.
    pub fn keep(&self, db: &Connection) -> Result<Kept, StoreError> {
        let mut last_row = self.last_row;
        if !self.new.is_empty() {
            last_row += 1;
            db.prepare_cached("INSERT INTO tie_recent(id, entries) VALUES (?1, ?2)")?
                .execute(params![last_row, pack(&self.new)])?;
        }
        let slice = self.turn.slice();
        let mut enter =
            db.prepare_cached("INSERT OR IGNORE INTO tie(kind, key, event) VALUES (?1, ?2, ?3)")?;
        for (tie, event) in slice.entries {
            enter.execute(params![tie.kind, tie.key, event.0])?;
        }
        if let Some(last) = slice.completes {
            db.prepare_cached("DELETE FROM tie_recent WHERE id <= ?1")?
                .execute([last])?;
        }
        Ok(Kept {
            slice: slice.entries.len(),
            last_row,
        })
    }

    /// That is committed.
    pub fn kept(&mut self, Kept { slice, last_row }: Kept) {
        self.last_row = last_row;
        if !self.new.is_empty() {
            self.new.clear();
            self.since = Some(Instant::now());
        }
        let done = self.turn.committed(slice, last_row);
        for entries in done.chunk_by(|one, other| one.0 == other.0) {
            let tie = entries[0].0;
            let Some(events) = self.recent.get_mut(&tie) else {
                continue;
            };
            let is_entered = |event: &EventId| entries.binary_search_by_key(event, |entry| entry.1).is_ok();
            events.retain(|event| !is_entered(event));
            if events.is_empty() {
                self.recent.remove(&tie);
            }
        }
    }

    /// How long until there is time to enter those that wait; nothing where they are few.
    pub fn patience(&self) -> Option<Duration> {
        let since = self.since?;
        (self.turn.len() >= FEW).then(|| REST.saturating_sub(since.elapsed()))
    }

    /// Whether some wait.
    pub fn wait(&self) -> bool {
        self.turn.len() > 0
    }

    /// There is time: those that wait are entered with the next transaction.
    pub fn hurry(&mut self) {
        self.turn.hurry(self.last_row);
    }

    /// They could not be entered: not before others come.
    pub fn put_off(&mut self) {
        self.since = None;
    }
}

fn pack(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * PACKED);
    for (tie, event) in entries {
        bytes.extend(tie.kind.to_le_bytes());
        bytes.extend(tie.key.to_le_bytes());
        bytes.extend(event.0.to_le_bytes());
    }
    bytes
}

fn unpack(bytes: &[u8], mut each: impl FnMut(Tie, EventId)) {
    for entry in bytes.chunks_exact(PACKED) {
        let number = |at: usize| {
            entry[at..]
                .first_chunk()
                .map_or(0, |bytes| i64::from_le_bytes(*bytes))
        };
        let kind = u16::from_le_bytes([entry[0], entry[1]]);
        each(Tie { kind, key: number(2) }, EventId(number(10)));
    }
}

/// The recent events of any of some ties, which are in order themselves; for whoever is not the writer.
fn recent(db: &Connection, ties: &[Tie]) -> Result<Vec<EventId>, StoreError> {
    let mut found = Vec::new();
    let mut recent = db.prepare_cached(RECENT)?;
    let mut rows = recent.query([])?;
    while let Some(row) = rows.next()? {
        unpack(row.get_ref(0)?.as_blob().unwrap_or_default(), |tie, event| {
            if ties.binary_search(&tie).is_ok() {
                found.push(event);
            }
        });
    }
    Ok(found)
}

/// The recent events of a thing in order, for whoever is not the writer.
pub(crate) fn recent_of(db: &Connection, tie: Tie) -> Result<Vec<EventId>, StoreError> {
    let mut found = recent(db, &[tie])?;
    found.sort_unstable();
    Ok(found)
}

/// The events of any of some ties in a stretch of places, both ends included, in order, each once: for whoever is not the
/// writer.
pub fn tied(
    db: &Connection,
    ties: &[Tie],
    (first, last): (EventId, EventId),
) -> Result<Vec<EventId>, StoreError> {
    if ties.is_empty() {
        return Ok(Vec::new());
    }
    let mut wanted = ties.to_vec();
    wanted.sort_unstable();
    let mut found = recent(db, &wanted)?;
    found.retain(|event| (first..=last).contains(event));
    let mut find = db.prepare_cached(TIED)?;
    for tie in &wanted {
        let mut rows = find.query(params![tie.kind, tie.key, first.0, last.0])?;
        while let Some(row) = rows.next()? {
            found.push(EventId(row.get(0)?));
        }
    }
    // Mostly one long run that is in order already.
    found.sort();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Packer;
    use crate::file::open_writer;
    use nexwatch_nexudus::Entity;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// What happens in one transaction, and whether it is rolled back; or the program is started anew before it.
    #[derive(Clone, Debug)]
    struct Step {
        new: Vec<(Tie, EventId)>,
        rolled_back: bool,
        started_anew: bool,
        hurried: bool,
    }

    fn tie() -> impl Strategy<Value = Tie> {
        prop_oneof![
            (0..3_i64).prop_map(|id| Tie::entity((Entity::Booking, id))),
            (0..3_i64).prop_map(|id| Tie::entity((Entity::Coworker, id))),
            (1..3_i64).prop_map(Tie::resource),
            (1..3_u32).prop_map(Tie::involved),
        ]
    }

    /// So many new ones at most, of so many places.
    fn step(most: usize, places: i64) -> impl Strategy<Value = Step> {
        let new = prop::collection::vec((tie(), (1..places).prop_map(EventId)), 0..=most);
        let chance = |of: f64| prop::bool::weighted(of);
        (new, chance(0.2), chance(0.1), chance(0.05)).prop_map(|(new, rolled_back, started_anew, hurried)| {
            Step {
                new,
                rolled_back,
                started_anew,
                hurried,
            }
        })
    }

    /// So many together, most of a transaction, the transactions: turns that are entered in one go, and longer ones of several
    /// slices.
    fn steps() -> impl Strategy<Value = (usize, usize, Vec<Step>)> {
        let short = (1..12_usize, Just(5_usize), Just(60_i64));
        let long = (100..300_usize, Just(60), Just(3_000));
        prop_oneof![short, long].prop_flat_map(|(together, most, places)| {
            let steps = prop::collection::vec(step(most, places), 1..40);
            (Just(together), Just(most), steps)
        })
    }

    fn count(db: &Connection, table: &str) -> u32 {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
            .unwrap()
    }

    proptest! {
        #[test]
        fn all_that_is_committed_is_found_and_nothing_else((together, most, steps) in steps()) {
            let folder = tempfile::tempdir().unwrap();
            let mut db = open_writer(folder.path(), &Packer::new()).unwrap();
            let mut ties = Ties::load(&db, together).unwrap();
            let mut model: BTreeMap<Tie, BTreeSet<EventId>> = BTreeMap::new();
            for Step { new, rolled_back, started_anew, hurried } in steps {
                if started_anew {
                    ties = Ties::load(&db, together).unwrap();
                }
                if hurried {
                    ties.hurry();
                }
                let change = db.transaction().unwrap();
                for (tie, event) in &new {
                    ties.add(*tie, *event);
                }
                let kept = ties.keep(&change).unwrap();
                if rolled_back {
                    change.rollback().unwrap();
                    ties.forget();
                } else {
                    change.commit().unwrap();
                    ties.kept(kept);
                    for (tie, event) in new {
                        model.entry(tie).or_default().insert(event);
                    }
                }
                for (tie, events) in &model {
                    let events: Vec<EventId> = events.iter().copied().collect();
                    prop_assert_eq!(&tied(&db, &[*tie], EventId::ALL).unwrap(), &events);
                    // The writer and others see the same.
                    let recent = recent_of(&db, *tie).unwrap();
                    prop_assert!(ties.recent(*tie).iter().all(|event| events.contains(event)));
                    let line = Line { db: &db, tie: *tie, recent: ties.recent(*tie) };
                    prop_assert_eq!(line.last().unwrap(), events.last().copied());
                    let theirs = Line { recent: &recent, ..line };
                    prop_assert_eq!(theirs.last().unwrap(), events.last().copied());
                }
                let all: Vec<Tie> = model.keys().copied().collect();
                let stretch = (EventId(20), EventId(400));
                let expected: BTreeSet<EventId> = model.values().flatten().copied().collect();
                let expected: Vec<EventId> = expected.range(stretch.0..=stretch.1).copied().collect();
                prop_assert_eq!(tied(&db, &all, stretch).unwrap(), expected);
                // What waits stays bounded, whenever the program ends: those whose turn it is, and those that gather.
                prop_assert!(ties.recent.values().map(Vec::len).sum::<usize>() < 2 * together + most);
            }
        }
    }

    #[test]
    fn ties_move_into_the_index_and_nothing_of_them_stays_behind() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        let mut ties = Ties::load(&db, 100).unwrap();
        let mut next = 0;
        let mut keep = |ties: &mut Ties, count: i64| {
            for _ in 0..count {
                next += 1;
                ties.add(Tie::entity((Entity::Booking, next % 7)), EventId(next));
            }
            let kept = ties.keep(&db).unwrap();
            ties.kept(kept);
        };
        keep(&mut ties, 60);
        keep(&mut ties, 60);
        assert_eq!((count(&db, "tie"), count(&db, "tie_recent")), (0, 2));
        keep(&mut ties, 70);
        assert_eq!((count(&db, "tie"), count(&db, "tie_recent")), (84, 3), "a slice");
        keep(&mut ties, 30);
        assert_eq!((count(&db, "tie"), count(&db, "tie_recent")), (120, 2), "a turn");
        assert_eq!(ties.recent.values().map(Vec::len).sum::<usize>(), 100);
        // A transaction that tells of nothing leaves no row.
        keep(&mut ties, 0);
        assert_eq!(count(&db, "tie_recent"), 2);
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let entries = [
            (Tie::entity((Entity::Booking, i64::MAX)), EventId(i64::MIN)),
            (Tie::resource(-1), EventId(5)),
            (Tie::involved(u32::MAX), EventId(0)),
        ];
        let mut found = Vec::new();
        unpack(&pack(&entries), |tie, event| found.push((tie, event)));
        assert_eq!(found, entries);
    }

    #[test]
    fn the_index_is_entered_by_a_key_and_not_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {TIED}")).unwrap();
        let mut steps = explain.raw_query();
        let plan: String = steps.next().unwrap().unwrap().get(3).unwrap();
        assert!(
            plan.contains("PRIMARY KEY (kind=? AND key=? AND event>? AND event<?)"),
            "{plan}"
        );
        assert!(steps.next().unwrap().is_none());
    }
}
