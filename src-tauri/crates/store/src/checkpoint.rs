//! Moves the log into the database behind the writer's back, so that no acknowledgement waits for it.
//!
//! SQLite begins the log anew, over its own beginning, only once all of it has been moved; a log that grows costs more
//! at every commit than one that is written over. While deliveries come without a pause there is always a page or two
//! more, so the writer moves the very last ones itself, between two transactions.

use crate::{StoreError, file};
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Time between two checkpoints while something is written; nothing happens while nothing is.
const PAUSE: Duration = Duration::from_millis(200);
/// A log longer than this is cut back to nothing, which makes writers wait for a moment.
const LONG: u64 = 128 * 1024 * 1024;

/// So few pages can be left to the writer.
const FEW: i64 = 256;
/// Each time there is less that has come meanwhile; if not, the disk is busy enough.
const ROUNDS: usize = 4;

/// Works until the writer ends; sets `rest` when the writer is to move what is left.
pub(crate) fn run(folder: &Path, written: &Receiver<()>, rest: &AtomicBool) -> Result<(), StoreError> {
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
        if long {
            checkpoint(&db, "TRUNCATE");
        } else if all_but_few(&db) {
            rest.store(true, Ordering::Release);
        }
    }
    // Whoever copies the file of a closed store has all of it.
    checkpoint(&db, "TRUNCATE");
    Ok(())
}

/// Moves what there is until only a few pages are left; whether it came to that.
fn all_but_few(db: &Connection) -> bool {
    let mut before = 0;
    for _ in 0..ROUNDS {
        match checkpoint(db, "PASSIVE") {
            // A reader still needs what is in the log.
            Some((log, moved)) if moved < log => return false,
            Some((_, moved)) if moved - before < FEW => return true,
            Some((_, moved)) => before = moved,
            None => return false,
        }
    }
    false
}

/// The writer's part: moves what is left.
pub(crate) fn finish(db: &Connection) {
    checkpoint(db, "PASSIVE");
}

/// Pages in the log and how many of them are moved by now. Nothing when a reader is in the way or the disk full: it
/// will be tried again after the next commit, or at the next start.
fn checkpoint(db: &Connection, mode: &str) -> Option<(i64, i64)> {
    let moved = db.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
        Ok((row.get(1)?, row.get(2)?))
    });
    moved
        .inspect_err(|error| tracing::debug!(%error, "checkpoint put off"))
        .ok()
        // Both are -1 while another checkpoint is at work.
        .filter(|(log, _)| *log >= 0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Packer;

    fn write(db: &Connection, rows: u32) {
        for _ in 0..rows {
            db.execute(
                "INSERT INTO repeat(event, received_at, identical) VALUES (1, 2, 1)",
                [],
            )
            .unwrap();
        }
    }

    #[test]
    fn a_log_that_is_never_at_rest_is_written_over_and_does_not_grow() {
        let folder = tempfile::tempdir().unwrap();
        let writer = file::open_writer(folder.path(), &Packer::new()).unwrap();
        let other = Connection::open(file::path(folder.path())).unwrap();
        let log = folder.path().join("nexwatch.db-wal");
        let length = || std::fs::metadata(&log).unwrap().len();
        write(&writer, 1000);
        let once = length();
        for _ in 0..3 {
            assert!(all_but_few(&other));
            // Meanwhile there is one more.
            write(&writer, 1);
            finish(&writer);
            write(&writer, 900);
            assert_eq!(length(), once);
        }
        // While somebody reads what was, it has to grow.
        let reader = Connection::open(file::path(folder.path())).unwrap();
        reader
            .execute_batch("BEGIN; SELECT count(*) FROM repeat;")
            .unwrap();
        write(&writer, 500);
        assert!(!all_but_few(&other));
        finish(&writer);
        write(&writer, 900);
        assert!(length() > once);
        reader.execute_batch("COMMIT").unwrap();
        assert!(all_but_few(&other));
    }
}
