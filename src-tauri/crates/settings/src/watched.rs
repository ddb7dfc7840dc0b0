//! A file that another process may change.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// Notices when a file becomes another one. Cheap: for every use.
#[derive(Debug)]
pub struct Watched {
    path: PathBuf,
    every: Duration,
    seen: Mutex<Seen>,
}

/// The last look.
#[derive(Debug, Default)]
struct Seen {
    looked: Option<Instant>,
    /// When it was written, and which file it is.
    state: Option<(SystemTime, u64)>,
}

impl Watched {
    /// A file as it is now; it is looked at so often at most.
    pub fn new(path: PathBuf, every: Duration) -> Watched {
        let watched = Watched {
            path,
            every,
            seen: Mutex::default(),
        };
        watched.changed();
        watched
    }

    /// Whether it has changed since the last look.
    pub fn changed(&self) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.looked.is_some_and(|last| last.elapsed() < self.every) {
            return false;
        }
        seen.looked = Some(Instant::now());
        let state = fs::metadata(&self.path).ok().map(|meta| {
            #[cfg(unix)]
            let mark = std::os::unix::fs::MetadataExt::ino(&meta);
            #[cfg(not(unix))]
            let mark = meta.len();
            (meta.modified().unwrap_or(SystemTime::UNIX_EPOCH), mark)
        });
        let changed = state != seen.state;
        seen.state = state;
        changed
    }
}
