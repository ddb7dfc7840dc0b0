//! Moves the log into the database behind the writer's back, so that no acknowledgement waits for it.

use crate::{StoreError, file};
use rusqlite::Connection;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Time between two checkpoints while something is written; nothing happens while nothing is.
const PAUSE: Duration = Duration::from_millis(200);
/// A log longer than this is cut back to nothing, which makes writers wait for a moment.
const LONG: u64 = 128 * 1024 * 1024;

/// Works until the writer ends.
pub(crate) fn run(folder: &Path, written: &Receiver<()>) -> Result<(), StoreError> {
    let database = file::path(folder);
    let db = Connection::open(&database)?;
    db.busy_timeout(Duration::from_millis(500))?;
    db.execute_batch("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA checkpoint_fullfsync=1; PRAGMA cache_size=-2000;")?;
    let mut log = database.into_os_string();
    log.push("-wal");
    while written.recv().is_ok() {
        // Not a wait for more to write: what is written within the pause is moved in one go.
        match written_within(written) {
            Some(true) | None => {}
            Some(false) => break,
        }
        let long = std::fs::metadata(&log).is_ok_and(|meta| meta.len() > LONG);
        checkpoint(&db, if long { "TRUNCATE" } else { "PASSIVE" });
    }
    // Whoever copies the file of a closed store has all of it.
    checkpoint(&db, "TRUNCATE");
    Ok(())
}

/// A reader in the way or a full disk: it will be tried again after the next commit, or at the next start.
fn checkpoint(db: &Connection, mode: &str) {
    let moved: Result<(), _> = db.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(()));
    if let Err(error) = moved {
        tracing::debug!(%error, "checkpoint put off");
    }
}

/// Lets the pause pass; `Some(false)` when the writer has ended.
fn written_within(written: &Receiver<()>) -> Option<bool> {
    let end = std::time::Instant::now() + PAUSE;
    loop {
        let left = end.checked_duration_since(std::time::Instant::now())?;
        match written.recv_timeout(left) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return Some(true),
            Err(RecvTimeoutError::Disconnected) => return Some(false),
        }
    }
}
