//! Room on the disk. The store writes on the same one: an export stops before it takes the last of it, instead of making
//! deliveries fail.

use crate::FeedError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Bytes after which it is looked again.
const STEP: usize = 8 << 20;
/// Bytes that are left free.
const RESERVE: u64 = 16 << 20;

#[derive(Clone)]
pub(super) struct Room {
    folder: PathBuf,
    free: fn(&Path) -> Option<u64>,
    taken: usize,
}

impl Room {
    /// What the disk of a folder has.
    pub fn on_disk(folder: &Path) -> Room {
        // Where the system does not tell, the disk itself will.
        Room::told_by(folder, |folder| fs4::available_space(folder).ok())
    }

    pub fn told_by(folder: &Path, free: fn(&Path) -> Option<u64>) -> Room {
        Room {
            folder: folder.to_owned(),
            free,
            // So that it is looked at once.
            taken: STEP,
        }
    }

    /// So many bytes are written now.
    pub fn take(&mut self, bytes: usize) -> Result<(), FeedError> {
        self.taken += bytes;
        if self.taken < STEP {
            return Ok(());
        }
        self.taken = 0;
        match (self.free)(&self.folder) {
            Some(free) if free < RESERVE => Err(FeedError::Write(ErrorKind::StorageFull)),
            _ => Ok(()),
        }
    }
}
