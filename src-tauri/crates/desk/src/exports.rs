//! Exports under way: where each goes, how far it is, how to stop it.

use crate::evidence;
use crate::host::FileKind;
use crate::news::Newsroom;
use crate::protocol::{EvidenceRequest, ExportState, News};
use nexwatch_feed::{Clock, ExportRequest, Feed, FeedError, export};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// A download must begin within this time.
const TICKET_LIVES: Duration = Duration::from_secs(60);
/// Finished exports that can still be shown in the file manager.
const REMEMBERED: u32 = 64;
/// Least time between two messages about one export.
const PAUSE: Duration = Duration::from_millis(100);

/// What the desk knows of its exports.
#[derive(Default)]
pub(crate) struct Exports {
    inner: Mutex<Inner>,
}

struct Inner {
    /// Begins anywhere: a screen that outlives the program asks for no other one's export.
    last: u32,
    /// The file that the person chose for the next export, and for the next bundle.
    chosen: [Option<PathBuf>; 2],
    jobs: HashMap<u32, Job>,
    tickets: HashMap<String, Ticket>,
}

impl Default for Inner {
    fn default() -> Inner {
        Inner {
            last: rand::random::<u32>() >> 1,
            chosen: [None, None],
            jobs: HashMap::new(),
            tickets: HashMap::new(),
        }
    }
}

struct Job {
    cancel: Arc<AtomicBool>,
    file: Option<PathBuf>,
    /// Since then the browser has not fetched it.
    waits: Option<Instant>,
    stands: Arc<Mutex<Stands>>,
}

impl Job {
    /// It is being written.
    fn runs(&self) -> bool {
        let stands = self
            .stands
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        self.waits.is_none() && stands.state == ExportState::Running
    }
}

/// How far an export is.
#[derive(Clone, Debug)]
struct Stands {
    rows: u32,
    total: u32,
    state: ExportState,
    message: Option<String>,
}

impl Stands {
    fn now(state: ExportState, message: Option<&str>) -> Stands {
        Stands {
            rows: 0,
            total: 0,
            state,
            message: message.map(str::to_owned),
        }
    }

    fn news(self, job: u32) -> News {
        let Stands {
            rows,
            total,
            state,
            message,
        } = self;
        News::Export {
            job,
            rows,
            total,
            state,
            message,
        }
    }
}

struct Ticket {
    made: Instant,
    work: Work,
}

/// What is to be written.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    /// Rows.
    Rows(Box<ExportRequest>),
    /// A bundle.
    Evidence(Box<EvidenceRequest>),
}

impl Task {
    pub fn kind(&self) -> FileKind {
        match self {
            Task::Rows(request) => request.format.into(),
            Task::Evidence(_) => FileKind::Zip,
        }
    }
}

/// One export, ready to run.
pub(crate) struct Work {
    pub job: u32,
    pub task: Task,
    pub name: String,
    cancel: Arc<AtomicBool>,
    stands: Arc<Mutex<Stands>>,
}

impl Exports {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // What is in it is sound whatever panicked elsewhere.
        self.inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Where the next export goes: the chosen file (with the right ending), else a new one among the downloads.
    pub fn target(&self, folder: &Path, kind: FileKind, clock: &Clock) -> PathBuf {
        match &self.lock().chosen[slot(kind)] {
            Some(chosen) => with_ending(chosen.clone(), kind),
            None => fresh_target(folder, kind, clock),
        }
    }

    /// The person chose a file.
    pub fn choose(&self, file: PathBuf, kind: FileKind) -> PathBuf {
        let file = with_ending(file, kind);
        self.lock().chosen[slot(kind)] = Some(file.clone());
        file
    }

    /// A new export with its number.
    pub fn begin(&self, task: Task, name: String, file: Option<PathBuf>) -> Work {
        let mut inner = self.lock();
        inner.last = inner.last.wrapping_add(1);
        let job = inner.last;
        let cancel = Arc::new(AtomicBool::new(false));
        let stands = Arc::new(Mutex::new(Stands::now(ExportState::Running, None)));
        if file.is_some() {
            inner.chosen[slot(task.kind())] = None;
        }
        inner
            .jobs
            .retain(|known, kept| job.wrapping_sub(*known) < REMEMBERED || kept.runs());
        inner.jobs.insert(
            job,
            Job {
                cancel: cancel.clone(),
                file,
                waits: None,
                stands: stands.clone(),
            },
        );
        Work {
            job,
            task,
            name,
            cancel,
            stands,
        }
    }

    /// How an export stands, for a screen that may have missed it.
    pub fn stands(&self, job: u32) -> News {
        let inner = self.lock();
        let stands = match inner.jobs.get(&job) {
            None => Stands::now(
                ExportState::Failed,
                Some("nothing is known of it: Nexwatch was closed meanwhile"),
            ),
            Some(Job {
                waits: Some(since),
                cancel,
                ..
            }) => match cancel.load(Ordering::Acquire) {
                true => Stands::now(ExportState::Cancelled, None),
                false if since.elapsed() < TICKET_LIVES => Stands::now(ExportState::Running, None),
                false => Stands::now(
                    ExportState::Failed,
                    Some("the browser has not fetched it; does it ask before it downloads?"),
                ),
            },
            Some(job) => job
                .stands
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .clone(),
        };
        stands.news(job)
    }

    /// Stops one; a number that is not known has ended long ago.
    pub fn cancel(&self, job: u32) {
        if let Some(job) = self.lock().jobs.get(&job) {
            job.cancel.store(true, Ordering::Release);
        }
    }

    /// The file of one that went to a file.
    pub fn file(&self, job: u32) -> Option<PathBuf> {
        self.lock().jobs.get(&job)?.file.clone()
    }

    /// Puts an export aside until the browser fetches it; gives its one-time ticket.
    pub fn issue(&self, work: Work) -> String {
        let ticket: String = (0..16).map(|_| format!("{:02x}", rand::random::<u8>())).collect();
        let mut inner = self.lock();
        inner
            .tickets
            .retain(|_, ticket| ticket.made.elapsed() < TICKET_LIVES);
        if let Some(job) = inner.jobs.get_mut(&work.job) {
            job.waits = Some(Instant::now());
        }
        inner.tickets.insert(
            ticket.clone(),
            Ticket {
                made: Instant::now(),
                work,
            },
        );
        ticket
    }

    /// What a ticket stands for, once.
    pub fn redeem(&self, ticket: &str) -> Option<Work> {
        let mut inner = self.lock();
        let ticket = inner.tickets.remove(ticket)?;
        if ticket.made.elapsed() >= TICKET_LIVES {
            return None;
        }
        if let Some(job) = inner.jobs.get_mut(&ticket.work.job) {
            job.waits = None;
        }
        Some(ticket.work)
    }
}

impl Work {
    /// Writes to a file: whole or not at all. Blocks; tells how far it is.
    pub fn to_file(&self, feed: &Feed, clock: &Clock, target: &Path, overwrite: bool, news: &Newsroom) {
        let cancel = &self.cancel;
        let result = self.telling(news, |progress| match &self.task {
            Task::Rows(request) => export::to_file(feed, request, clock, target, overwrite, progress, cancel),
            Task::Evidence(request) => {
                evidence::to_file(feed.reader(), request, target, overwrite, progress, cancel)
            }
        });
        self.tell_end(&result, &target.display().to_string(), news);
    }

    /// Writes to a stream. Blocks; tells how far it is.
    pub fn to_writer(
        &self,
        feed: &Feed,
        clock: &Clock,
        out: &mut (dyn Write + Send),
        news: &Newsroom,
    ) -> Result<u32, FeedError> {
        let cancel = &self.cancel;
        let result = self.telling(news, |progress| match &self.task {
            Task::Rows(request) => export::to_writer(feed, request, clock, out, progress, cancel),
            Task::Evidence(request) => evidence::to_writer(feed.reader(), request, out, progress, cancel),
        });
        self.tell_end(&result, &self.name, news);
        result
    }

    fn telling<T>(&self, news: &Newsroom, write: impl FnOnce(&mut dyn FnMut(u32, u32)) -> T) -> T {
        let mut told: Option<Instant> = None;
        write(&mut |rows, total| {
            if told.is_none_or(|told| told.elapsed() >= PAUSE) {
                told = Some(Instant::now());
                self.tell(
                    Stands {
                        rows,
                        total,
                        state: ExportState::Running,
                        message: None,
                    },
                    news,
                );
            }
        })
    }

    fn tell_end(&self, result: &Result<u32, FeedError>, done: &str, news: &Newsroom) {
        let (rows, state, message) = match result {
            Ok(rows) => (*rows, ExportState::Done, Some(done.to_owned())),
            Err(FeedError::Cancelled) => (0, ExportState::Cancelled, None),
            Err(error) => {
                tracing::warn!(job = self.job, %error, "an export failed");
                (0, ExportState::Failed, Some(error.to_string()))
            }
        };
        let total = rows;
        self.tell(
            Stands {
                rows,
                total,
                state,
                message,
            },
            news,
        );
    }

    fn tell(&self, stands: Stands, news: &Newsroom) {
        *self
            .stands
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = stands.clone();
        news.say(stands.news(self.job));
    }
}

fn slot(kind: FileKind) -> usize {
    usize::from(kind == FileKind::Zip)
}

pub(crate) fn with_ending(file: PathBuf, kind: FileKind) -> PathBuf {
    let known = file.extension().is_some_and(|had| {
        FileKind::ALL
            .iter()
            .any(|known| had.eq_ignore_ascii_case(known.ending()))
    });
    let right = file
        .extension()
        .is_some_and(|had| had.eq_ignore_ascii_case(kind.ending()));
    match (right, known) {
        (true, _) => file,
        (false, true) => file.with_extension(kind.ending()),
        // "report.2026" is a name, not an ending to be replaced.
        (false, false) => {
            let mut name = file.into_os_string();
            name.push(".");
            name.push(kind.ending());
            name.into()
        }
    }
}

/// `nexwatch-2026-06-08-0930.csv` on the computer's clock.
pub(crate) fn file_name(kind: FileKind, clock: &Clock) -> String {
    let at = jiff::Timestamp::from_millisecond(clock.now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let local = at.to_zoned_datetime(clock.zone.clone());
    let what = match kind {
        FileKind::Csv | FileKind::Jsonl | FileKind::Xlsx => "nexwatch",
        FileKind::Zip => "nexwatch-evidence",
        FileKind::Views => "nexwatch-views",
    };
    format!("{what}-{}.{}", local.strftime("%Y-%m-%d-%H%M"), kind.ending())
}

/// A file that is not there yet, among the person's downloads; without such a folder, among the data.
pub(crate) fn fresh_target(folder: &Path, kind: FileKind, clock: &Clock) -> PathBuf {
    let place = directories::UserDirs::new()
        .and_then(|dirs| {
            dirs.download_dir()
                .filter(|place| place.is_dir())
                .or(Some(dirs.home_dir()).filter(|place| place.is_dir()))
                .map(Path::to_owned)
        })
        .unwrap_or_else(|| folder.to_owned());
    let name = file_name(kind, clock);
    let stem = name.trim_end_matches(kind.ending()).trim_end_matches('.');
    std::iter::once(place.join(&name))
        .chain((2..1000).map(|n| place.join(format!("{stem}-{n}.{}", kind.ending()))))
        .find(|file| !file.exists())
        // The person is asked before anything is written over.
        .unwrap_or_else(|| place.join(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_is_the_formats() {
        for (had, kind, wanted) in [
            ("a.csv", FileKind::Csv, "a.csv"),
            ("a.CSV", FileKind::Csv, "a.CSV"),
            ("a.csv", FileKind::Jsonl, "a.jsonl"),
            ("report.2026", FileKind::Csv, "report.2026.csv"),
            ("a", FileKind::Jsonl, "a.jsonl"),
            ("a.csv", FileKind::Zip, "a.zip"),
            ("a.zip", FileKind::Csv, "a.csv"),
            ("a.csv", FileKind::Xlsx, "a.xlsx"),
            ("a.xlsx", FileKind::Jsonl, "a.jsonl"),
        ] {
            assert_eq!(with_ending(had.into(), kind), PathBuf::from(wanted));
        }
    }

    fn rows() -> Task {
        Task::Rows(Box::new(ExportRequest {
            filter: Default::default(),
            as_of: None,
            format: nexwatch_feed::ExportFormat::Csv,
            columns: Vec::new(),
            oldest_first: false,
            only: Vec::new(),
            fold: false,
            time_zone: None,
            bom: false,
            body: false,
        }))
    }

    #[test]
    fn a_ticket_is_good_once() {
        let exports = Exports::default();
        let work = exports.begin(rows(), "a.csv".into(), None);
        let (job, ticket) = (work.job, exports.issue(work));
        let state = |job| match exports.stands(job) {
            News::Export { state, .. } => state,
            _ => panic!(),
        };
        assert_eq!(state(job), ExportState::Running);
        // Of an export of before the last start nothing is known.
        assert_eq!(state(job.wrapping_sub(1)), ExportState::Failed);
        assert_eq!(exports.redeem(&ticket).map(|work| work.job), Some(job));
        assert!(exports.redeem(&ticket).is_none());
        assert!(exports.redeem("").is_none());
        // Fetched: stopping it is for whoever writes it to notice.
        exports.cancel(job);
        assert_eq!(state(job), ExportState::Running);
    }

    #[test]
    fn what_the_browser_does_not_fetch_can_be_stopped() {
        let exports = Exports::default();
        let work = exports.begin(rows(), "a.csv".into(), None);
        let job = work.job;
        exports.issue(work);
        exports.cancel(job);
        assert!(matches!(
            exports.stands(job),
            News::Export {
                state: ExportState::Cancelled,
                ..
            }
        ));
    }
}
