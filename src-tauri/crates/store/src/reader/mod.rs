//! The ones that read: a small pool of connections that cannot write. A long export that holds one of them never
//! makes the writer wait.

mod changes;
mod delivery;
mod names;
mod rows;

pub use changes::{StateBefore, WITH_CHANGE};
pub use delivery::{DeliveryRow, RepeatRow};
pub use names::Contact;
pub use rows::{EVENT_COLUMNS, EVENT_HEAD, EVENT_JOINS, PERSON_NAME};

use crate::body::Packer;
use crate::reword::TO_PREPARE;
use crate::{DeliveryId, QuarantineCount, QuarantineRow, Refusal, Route, SecretId, Source, StoreError, file};
use nexwatch_nexudus::Ms;
use rusqlite::{Connection, Row};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// Connections kept; a fifth question waits.
const POOL: usize = 4;

struct Pool {
    folder: PathBuf,
    idle: Mutex<(Vec<Connection>, usize)>,
    freed: Condvar,
    /// No text in the index is as it was before texts were prepared: that stays so.
    prepared: AtomicBool,
}

impl Pool {
    /// One that is free; nothing if all are lent.
    fn lend(&self, idle: &mut (Vec<Connection>, usize)) -> Option<Lent<'_>> {
        let connection = idle.0.pop();
        if connection.is_none() {
            if idle.1 == POOL {
                return None;
            }
            idle.1 += 1;
        }
        Some(Lent {
            pool: self,
            connection,
        })
    }
}

/// Reads the store; clones share the pool.
#[derive(Clone)]
pub struct Reader {
    pool: Arc<Pool>,
    pub(crate) packer: Packer,
}

/// Gives a connection back, also when the question panics.
struct Lent<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Ok(mut idle) = self.pool.idle.lock() {
            match self.connection.take() {
                Some(connection) => idle.0.push(connection),
                None => idle.1 -= 1,
            }
        }
        self.pool.freed.notify_one();
    }
}

/// How the store stands, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreStatus {
    /// The newest delivery; 0 when there is none.
    pub newest: DeliveryId,
    /// Its arrival.
    pub last_arrival: Option<Ms>,
    /// Bytes of the file and its log.
    pub bytes: u64,
}

/// When a secret matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretMark {
    /// Which.
    pub secret: SecretId,
    /// First.
    pub first_matched: Ms,
    /// Last, to the second.
    pub last_matched: Ms,
}

impl Reader {
    /// Opens the database of a folder for reading only, beside a program that may be writing it.
    pub fn open(folder: &Path) -> Result<Reader, StoreError> {
        let packer = Packer::new();
        let connection = file::open_reader(folder)?;
        file::learn_dictionaries(&connection, &packer)?;
        let pool = Pool {
            folder: folder.to_owned(),
            idle: Mutex::new((vec![connection], 1)),
            freed: Condvar::new(),
            prepared: AtomicBool::new(false),
        };
        Ok(Reader {
            pool: Arc::new(pool),
            packer,
        })
    }

    pub(crate) fn with(folder: &Path, packer: Packer) -> Reader {
        let pool = Pool {
            folder: folder.to_owned(),
            idle: Mutex::new((Vec::new(), 0)),
            freed: Condvar::new(),
            prepared: AtomicBool::new(false),
        };
        Reader {
            pool: Arc::new(pool),
            packer,
        }
    }

    /// The database file.
    pub fn path(&self) -> PathBuf {
        file::path(&self.pool.folder)
    }

    /// Asks a question of one connection; waits if all are in use. Not for async code.
    pub fn read<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut idle = self.pool.idle.lock().map_err(|_| StoreError::Closed)?;
        let lent = loop {
            if let Some(lent) = self.pool.lend(&mut idle) {
                break lent;
            }
            idle = self.pool.freed.wait(idle).map_err(|_| StoreError::Closed)?;
        };
        drop(idle);
        self.ask(lent, question)
    }

    /// The same where a connection is free, nothing else: for who has one already, and would wait for himself.
    pub fn read_if_free<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut idle = self.pool.idle.lock().map_err(|_| StoreError::Closed)?;
        let lent = self.pool.lend(&mut idle);
        drop(idle);
        lent.map(|lent| self.ask(lent, question)).transpose()
    }

    fn ask<T>(
        &self,
        mut lent: Lent<'_>,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // What stands in for tables that an older format lacks would hide them, once a program has brought it up to date.
        if let Some(connection) = &lent.connection
            && file::is_outdated(connection)?
        {
            lent.connection = None;
        }
        if lent.connection.is_none() {
            lent.connection = Some(file::open_reader(&self.pool.folder)?);
        }
        match &lent.connection {
            Some(connection) => question(connection),
            None => Err(StoreError::Closed),
        }
    }

    /// A kept setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        use rusqlite::OptionalExtension;
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()?)
        })
    }

    /// Whether all texts in the index have been prepared for it: see [`crate::fold`]. While they are not, those that fold
    /// differently may still be there as they stood.
    pub fn words_are_prepared(&self) -> Result<bool, StoreError> {
        let known = &self.pool.prepared;
        if known.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let prepared = self.read(|db| {
            let mut left = db.prepare_cached("SELECT 1 FROM setting WHERE key = ?1")?;
            Ok(file::format(db)? >= file::PREPARED && !left.exists([TO_PREPARE])?)
        })?;
        known.store(prepared, Ordering::Relaxed);
        Ok(prepared)
    }

    /// How the store stands.
    pub fn status(&self) -> Result<StoreStatus, StoreError> {
        use rusqlite::OptionalExtension;
        let newest = self.read(|db| {
            Ok(db
                .prepare_cached("SELECT id, received_at FROM delivery ORDER BY id DESC LIMIT 1")?
                .query_row([], |row| Ok((DeliveryId(row.get(0)?), row.get(1)?)))
                .optional()?)
        })?;
        let size = |suffix: &str| {
            let mut name = self.path().into_os_string();
            name.push(suffix);
            std::fs::metadata(name).map_or(0, |meta| meta.len())
        };
        Ok(StoreStatus {
            newest: newest.map_or(DeliveryId(0), |(id, _)| id),
            last_arrival: newest.map(|(_, at)| at),
            bytes: size("") + size("-wal"),
        })
    }

    /// Which secrets have matched, and when.
    pub fn secret_marks(&self) -> Result<Vec<SecretMark>, StoreError> {
        self.read(|db| {
            let mut all = db.prepare_cached("SELECT secret, first_matched, last_matched FROM secret_mark")?;
            let marks = all.query_map([], |row| {
                Ok(SecretMark {
                    secret: SecretId(row.get(0)?),
                    first_matched: row.get(1)?,
                    last_matched: row.get(2)?,
                })
            })?;
            Ok(marks.collect::<Result<_, _>>()?)
        })
    }

    /// What is in quarantine, newest first, ids below `before`.
    pub fn quarantine(&self, before: Option<i64>, limit: u32) -> Result<Vec<QuarantineRow>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT q.id, q.received_at, q.arrivals, q.source, r.action, r.location, h.json, q.signature, q.reason,
                        q.length, q.dictionary, q.body
                 FROM quarantine q JOIN route r ON r.id = q.route JOIN headers h ON h.id = q.headers
                 WHERE q.id < ?1 ORDER BY q.id DESC LIMIT ?2",
            )?;
            let mut rows = find.query(rusqlite::params![before.unwrap_or(i64::MAX), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(self.quarantine_row(row)?);
            }
            Ok(found)
        })
    }

    fn quarantine_row(&self, row: &Row) -> Result<QuarantineRow, StoreError> {
        let length: u32 = row.get(9)?;
        let packed = row
            .get_ref(11)?
            .as_blob()
            .map_err(|error| StoreError::Body(error.to_string()))?;
        Ok(QuarantineRow {
            id: row.get(0)?,
            received_at: row.get(1)?,
            arrivals: row.get(2)?,
            source: source(row.get(3)?),
            route: route(row.get(4)?, row.get(5)?),
            headers: serde_json::from_str(&row.get::<_, String>(6)?).unwrap_or_default(),
            signature: row.get(7)?,
            reason: match row.get(8)? {
                1 => Refusal::Missing,
                2 => Refusal::Malformed,
                4 => Refusal::Ambiguous,
                _ => Refusal::Wrong,
            },
            length,
            body: self
                .packer
                .unpack(row.get(10)?, packed, length as usize)
                .inspect_err(|error| tracing::warn!(%error, "a quarantined body cannot be unpacked"))
                .ok(),
        })
    }

    /// Quarantine in numbers.
    pub fn quarantine_count(&self) -> Result<QuarantineCount, StoreError> {
        let dropped = self
            .setting("quarantine_dropped")?
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM quarantine INDEXED BY quarantine_size),
                            (SELECT received_at FROM quarantine ORDER BY id DESC LIMIT 1)",
                )?
                .query_row([], |row| {
                    Ok(QuarantineCount {
                        count: row.get(0)?,
                        newest: row.get(1)?,
                        dropped,
                    })
                })?)
        })
    }
}

fn source(code: u8) -> Source {
    match code {
        2 => Source::CaughtUp,
        3 => Source::Hub,
        4 => Source::Sample,
        _ => Source::Webhook,
    }
}

fn route(action: String, location: i64) -> Route {
    Route {
        action: (!action.is_empty()).then_some(action),
        location: (location != 0).then_some(location),
    }
}
