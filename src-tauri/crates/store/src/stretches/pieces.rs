//! Every event's key, from stretches where they are packed and else from the table.

use super::pack::{FORM, unpack};
use super::read_table;
use crate::{EventKey, Reader, StoreError};
use rusqlite::{Connection, params};

/// A piece of all events, to be read with [`Reader::read_pieces`]: places, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    from: i64,
    to: i64,
    /// How many events, where they are packed.
    packed: Option<u32>,
}

/// So many pieces are made of a table of which nothing is packed.
const PARTS: i64 = 64;

impl Piece {
    /// How long it takes to read it, in events that are packed; a guess where they are not.
    pub fn effort(&self) -> u64 {
        self.packed.map_or(100_000, u64::from)
    }
}

impl Reader {
    /// Every event's key, in order of place, one by one, all as of one moment.
    pub fn keys(&self, mut each: impl FnMut(EventKey)) -> Result<(), StoreError> {
        self.read(|db| {
            let now = db.unchecked_transaction()?;
            read_table(&now, (i64::MIN, i64::MAX), u32::MAX, &mut each)?;
            drop(now);
            forget_pages(db)
        })
    }

    /// Pieces that together hold every event, in order of place.
    pub fn pieces(&self) -> Result<Vec<Piece>, StoreError> {
        self.read(|db| {
            let mut pieces = Vec::new();
            let loose = |from, to| Piece {
                from,
                to,
                packed: None,
            };
            let mut from = i64::MIN;
            let mut all = db.prepare_cached("SELECT first, last, events FROM stretch ORDER BY first")?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let (first, last) = (row.get(0)?, row.get::<_, i64>(1)?);
                if from < first {
                    pieces.push(loose(from, first - 1));
                }
                pieces.push(Piece {
                    from: first,
                    to: last,
                    packed: Some(row.get(2)?),
                });
                from = last.saturating_add(1);
            }
            if pieces.is_empty() {
                // Nothing is packed yet: so many stretches of time.
                let end = |sql| db.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
                let first = end("SELECT min(id) FROM event")?.unwrap_or(0);
                let last = end("SELECT max(id) FROM event")?.unwrap_or(0);
                let step = ((last - first) / PARTS).max(1);
                for part in 1..PARTS {
                    let next = first + part * step;
                    pieces.push(loose(from, next - 1));
                    from = next;
                }
            }
            pieces.push(loose(from, i64::MAX));
            Ok(pieces)
        })
    }

    /// The keys of some pieces, in order of place: each piece as it was at some moment since [`Reader::pieces`] was asked,
    /// so that whoever hears of every commit from then on knows all.
    pub fn read_pieces(&self, pieces: &[Piece], mut each: impl FnMut(EventKey)) -> Result<(), StoreError> {
        self.read(|db| {
            let mut keys = Vec::new();
            for piece in pieces {
                // A moment for each: a long walk does not keep the log from being begun anew.
                let now = db.unchecked_transaction()?;
                match piece.packed {
                    Some(events) if read_packed(&now, piece, events, &mut keys)? => {
                        keys.drain(..).for_each(&mut each);
                    }
                    _ => read_table(&now, (piece.from, piece.to), u32::MAX, &mut each)?,
                }
            }
            forget_pages(db)
        })
    }
}

/// Reads a stretch, if it is still there.
fn read_packed(
    db: &Connection,
    piece: &Piece,
    events: u32,
    keys: &mut Vec<EventKey>,
) -> Result<bool, StoreError> {
    let mut find =
        db.prepare_cached("SELECT form, bytes FROM stretch WHERE first = ?1 AND last = ?2 AND events = ?3")?;
    let mut rows = find.query(params![piece.from, piece.to, events])?;
    let Some(row) = rows.next()? else {
        return Ok(false);
    };
    let known = row.get::<_, i64>(0)? == FORM;
    let unpacked = known
        && matches!(row.get_ref(1)?.as_blob(), Ok(bytes) if unpack(bytes, events as usize, keys).is_some());
    if !unpacked {
        tracing::warn!(
            known,
            "a stretch of events cannot be unpacked; the table is read instead"
        );
    }
    Ok(unpacked)
}

/// Every event has passed through this connection's cache; few are asked for again.
fn forget_pages(db: &Connection) -> Result<(), StoreError> {
    Ok(db.execute_batch("PRAGMA shrink_memory")?)
}
