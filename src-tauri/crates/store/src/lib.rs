//! SQLite: one writer with group commit, many readers.
//!
//! A delivery is acknowledged only when [`Writer::store`] has given a [`Stored`]: then it is on the disk
//! (`synchronous=FULL`). [`Store::open`] is for the one program that writes a folder; [`Reader::open`] is for
//! whoever only looks.

mod acts;
mod ahead;
mod background;
mod body;
mod changes;
mod checkpoint;
pub mod codes;
mod error;
mod file;
pub mod fold;
mod gap;
mod ingest;
mod keys;
mod learnt;
mod names;
mod places;
mod postings;
mod quarantine;
mod reader;
mod renamed;
mod repeats;
mod reread;
mod reword;
mod stretches;
mod thread;
mod ties;
mod turn;
pub mod types;
mod words;
mod writer;

pub use changes::NEIGHBOURS;
pub use error::StoreError;
pub use file::{FORMAT, in_use, make_folder, path};
pub use gap::{Cause, CauseRow, GapRow, LedgerEntry, ReachRow};
pub use postings::Segments;
pub use quarantine::{Discard, QuarantineCount, QuarantineRow, Quarantined};
pub use reader::{
    Contact, DeliveryRow, EVENT_COLUMNS, EVENT_HEAD, EVENT_JOINS, PERSON_NAME, Reader, RepeatRow, SecretMark,
    StateBefore, StoreStatus, WITH_CHANGE,
};
pub use rusqlite;
pub use stretches::Piece;
pub use ties::{TIED, Tie, tied};
pub use types::*;
pub use writer::{OnCommit, Writer};

use nexwatch_nexudus::Voice;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;
use std::time::Duration;

/// How the store behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The platform's retries come within this time.
    pub retry_window: Duration,
    /// Most deliveries in quarantine.
    pub quarantine_count: u32,
    /// Most bytes of bodies in quarantine.
    pub quarantine_bytes: u64,
    /// Deliveries that may wait for the writer.
    pub queue: usize,
    /// So many bodies are entered into their index together; until then they are looked up in memory.
    pub keys_together: usize,
    /// So many of what events are asked for by (entities, rooms, persons beside the first) are entered into their index
    /// together, likewise.
    pub ties_together: usize,
    /// So long after it was kept an event is in the full-text index at the latest, and told to whoever hears of commits.
    /// 0 is at once. To wait for a moment costs nobody anything and makes a burst cheaper.
    pub words_within: Duration,
    /// When so many events wait for that, they are entered; beside a large transaction those that it has brought wait for the
    /// next one.
    pub words_together: usize,
    /// In which language and by which clocks events can be found by what is said of them.
    pub voice: Voice,
    /// So many events in a row are packed together, for a quick start; the newest so many are not.
    pub packed_together: u32,
    /// Events are packed when nothing has come for so long.
    pub packed_after: Duration,
    /// Most pages of 4 KiB the database may have; a full disk can be played with it.
    pub most_pages: Option<u32>,
    /// What the writer keeps of the database in memory at most, KiB. Its keys come in no order: the more events there are, the
    /// more often what it needs is not there. A few megabytes do for what arrives in a day; for millions at once more is
    /// quicker. Where a transaction has moved pages, SQLite goes through all of it once: of 32 MB that took a twentieth of the
    /// writer's time in a burst.
    pub writer_cache: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            retry_window: Duration::from_secs(24 * 3600),
            quarantine_count: 10_000,
            quarantine_bytes: 64 * 1024 * 1024,
            queue: 1024,
            keys_together: 4096,
            ties_together: 4096,
            words_within: Duration::ZERO,
            words_together: 256,
            voice: Voice::default(),
            packed_together: 8192,
            packed_after: Duration::from_secs(2),
            most_pages: None,
            writer_cache: 16_000,
        }
    }
}

/// The open store: the only one on its folder that writes.
pub struct Store {
    /// Writes.
    pub writer: Writer,
    /// Reads.
    pub reader: Reader,
    thread: Option<JoinHandle<()>>,
    checkpointer: Option<JoinHandle<()>>,
    _lock: file::Lock,
}

impl Options {
    /// As a program has it that deliveries come to: bursts are made cheaper, and news come a moment later.
    pub fn serving() -> Options {
        Options {
            words_within: Duration::from_millis(25),
            ..Options::default()
        }
    }
}

impl Store {
    /// Opens (or makes) the database of a folder and starts to write. `on_commit` hears what transactions brought, in
    /// their order and within [`Options::words_within`], on the writer's thread: it must be quick.
    pub fn open(folder: &Path, options: Options, on_commit: OnCommit) -> Result<Store, StoreError> {
        make_folder(folder)?;
        let lock = file::Lock::take(folder)?;
        let packer = body::Packer::new();
        let mut db = file::open_writer(folder, &packer)?;
        db.pragma_update(None, "cache_size", -i64::from(options.writer_cache))?;
        if let Some(pages) = options.most_pages {
            db.execute_batch(&format!("PRAGMA max_page_count={pages}"))?;
        }
        let last: Option<i64> = db.query_row("SELECT max(id) FROM delivery", [], |row| row.get(0))?;
        let pace = words::Pace {
            together: options.words_together,
            within: options.words_within,
        };
        let mut words = words::Words::new(pace, ahead::Ahead::start(packer.clone())?);
        let mut changes = changes::Changes::default();
        let ties = ties::Ties::load(&db, options.ties_together)?;
        // Nobody has been told anything yet.
        words.catch_up(
            &mut db,
            (&ties, &packer),
            &options.voice,
            &mut changes,
            &mut Committed::default(),
        );
        let reword = reword::Reword::of(&db)?;
        let keys = keys::Keys::load(&db, options.keys_together)?;
        let reader = Reader::with(folder, packer.clone());
        let shared = Arc::new(writer::Shared::default());
        shared.set_limits(options.retry_window, options.quarantine_count);
        shared.set_matched(reader.secret_marks()?.into_iter().map(|mark| mark.secret));
        let (queue, jobs) = sync_channel(options.queue);
        let (written, to_move) = sync_channel(1);
        let folder = folder.to_owned();
        let rest = Arc::new(AtomicBool::new(false));
        let told = rest.clone();
        let checkpointer = std::thread::Builder::new()
            .name("checkpoint".into())
            .spawn(move || {
                if let Err(error) = checkpoint::run(&folder, &to_move, &told) {
                    tracing::error!(%error, "no checkpoints");
                }
            })?;
        shared.set_voice(options.voice);
        let thread = thread::Thread {
            db,
            ingest: ingest::Ingest {
                names: names::Names::default(),
                packer: packer.clone(),
                words,
                changes,
                acts: acts::Acts::default(),
                known: learnt::Known::default(),
                keys,
                ties,
                next_delivery: last.unwrap_or(0) + 1,
                voice: shared.voice(),
                window: 0,
            },
            quarantine_bytes: options.quarantine_bytes,
            stretches: stretches::Stretches::new(stretches::Pace {
                events: options.packed_together.max(1),
                after: options.packed_after,
            }),
            jobs,
            shared: shared.clone(),
            on_commit,
            reword,
            checkpoint: written,
            rest,
            news: Committed::default(),
        };
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || thread.run())?;
        let writer = Writer {
            queue,
            packer,
            shared,
        };
        Ok(Store {
            writer,
            reader,
            thread: Some(thread),
            checkpointer: Some(checkpointer),
            _lock: lock,
        })
    }

    /// Finishes what was queued, then closes. Whoever comes later is refused.
    pub fn close(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.writer.stop();
        for thread in [self.thread.take(), self.checkpointer.take()]
            .into_iter()
            .flatten()
        {
            // Its panic has been reported where it happened.
            let _ = thread.join();
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.end();
    }
}
