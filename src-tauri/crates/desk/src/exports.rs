//! Exports under way: where each goes, how far it is, how to stop it.

use crate::news::Newsroom;
use crate::protocol::{ExportState, News};
use nexwatch_feed::{Clock, ExportFormat, ExportRequest, Feed, FeedError, export};
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

#[derive(Default)]
struct Inner {
    last: u32,
    /// The file that the person chose for the next export.
    chosen: Option<PathBuf>,
    jobs: HashMap<u32, Job>,
    tickets: HashMap<String, Ticket>,
}

struct Job {
    cancel: Arc<AtomicBool>,
    file: Option<PathBuf>,
}

struct Ticket {
    made: Instant,
    work: Work,
}

/// One export, ready to run.
pub(crate) struct Work {
    pub job: u32,
    pub request: ExportRequest,
    pub name: String,
    cancel: Arc<AtomicBool>,
}

impl Exports {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // What is in it is sound whatever panicked elsewhere.
        self.inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Where the next export goes: the chosen file (with the format's ending), else a new one among the downloads.
    pub fn target(&self, folder: &Path, format: ExportFormat, clock: &Clock) -> PathBuf {
        match &self.lock().chosen {
            Some(chosen) => with_ending(chosen.clone(), format),
            None => fresh_target(folder, format, clock),
        }
    }

    /// The person chose a file.
    pub fn choose(&self, file: PathBuf, format: ExportFormat) -> PathBuf {
        let file = with_ending(file, format);
        self.lock().chosen = Some(file.clone());
        file
    }

    /// A new export with its number.
    pub fn begin(&self, request: ExportRequest, name: String, file: Option<PathBuf>) -> Work {
        let mut inner = self.lock();
        inner.last = inner.last.wrapping_add(1);
        let job = inner.last;
        let cancel = Arc::new(AtomicBool::new(false));
        if file.is_some() {
            inner.chosen = None;
        }
        inner
            .jobs
            .retain(|known, _| job.wrapping_sub(*known) < REMEMBERED);
        inner.jobs.insert(
            job,
            Job {
                cancel: cancel.clone(),
                file,
            },
        );
        Work {
            job,
            request,
            name,
            cancel,
        }
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
        let ticket = self.lock().tickets.remove(ticket)?;
        (ticket.made.elapsed() < TICKET_LIVES).then_some(ticket.work)
    }
}

impl Work {
    /// Writes to a file: whole or not at all. Blocks; tells how far it is.
    pub fn to_file(&self, feed: &Feed, clock: &Clock, target: &Path, overwrite: bool, news: &Newsroom) {
        let result = self.telling(news, |progress| {
            export::to_file(
                feed,
                &self.request,
                clock,
                target,
                overwrite,
                progress,
                &self.cancel,
            )
        });
        self.tell_end(&result, &target.display().to_string(), news);
    }

    /// Writes to a stream. Blocks; tells how far it is.
    pub fn to_writer(
        &self,
        feed: &Feed,
        clock: &Clock,
        out: &mut dyn Write,
        news: &Newsroom,
    ) -> Result<u32, FeedError> {
        let result = self.telling(news, |progress| {
            export::to_writer(feed, &self.request, clock, out, progress, &self.cancel)
        });
        self.tell_end(&result, &self.name, news);
        result
    }

    fn telling<T>(&self, news: &Newsroom, write: impl FnOnce(&mut dyn FnMut(u32, u32)) -> T) -> T {
        let mut told: Option<Instant> = None;
        write(&mut |rows, total| {
            if told.is_none_or(|told| told.elapsed() >= PAUSE) {
                told = Some(Instant::now());
                news.say(News::Export {
                    job: self.job,
                    rows,
                    total,
                    state: ExportState::Running,
                    message: None,
                });
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
        news.say(News::Export {
            job: self.job,
            rows,
            total: rows,
            state,
            message,
        });
    }
}

fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Jsonl => "jsonl",
    }
}

fn with_ending(file: PathBuf, format: ExportFormat) -> PathBuf {
    let known = file.extension().is_some_and(|had| {
        ["csv", "jsonl"]
            .iter()
            .any(|known| had.eq_ignore_ascii_case(known))
    });
    let right = file
        .extension()
        .is_some_and(|had| had.eq_ignore_ascii_case(ending(format)));
    match (right, known) {
        (true, _) => file,
        (false, true) => file.with_extension(ending(format)),
        // "report.2026" is a name, not an ending to be replaced.
        (false, false) => {
            let mut name = file.into_os_string();
            name.push(".");
            name.push(ending(format));
            name.into()
        }
    }
}

/// `nexwatch-2026-06-08-0930.csv` on the computer's clock.
pub(crate) fn file_name(format: ExportFormat, clock: &Clock) -> String {
    let at = jiff::Timestamp::from_millisecond(clock.now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let local = at.to_zoned_datetime(clock.zone.clone());
    format!("nexwatch-{}.{}", local.strftime("%Y-%m-%d-%H%M"), ending(format))
}

/// A file that is not there yet, among the person's downloads; without such a folder, among the data.
fn fresh_target(folder: &Path, format: ExportFormat, clock: &Clock) -> PathBuf {
    let place = directories::UserDirs::new()
        .and_then(|dirs| {
            dirs.download_dir()
                .filter(|place| place.is_dir())
                .or(Some(dirs.home_dir()).filter(|place| place.is_dir()))
                .map(Path::to_owned)
        })
        .unwrap_or_else(|| folder.to_owned());
    let name = file_name(format, clock);
    let stem = name.trim_end_matches(ending(format)).trim_end_matches('.');
    std::iter::once(place.join(&name))
        .chain((2..1000).map(|n| place.join(format!("{stem}-{n}.{}", ending(format)))))
        .find(|file| !file.exists())
        // The person is asked before anything is written over.
        .unwrap_or_else(|| place.join(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_is_the_formats() {
        for (had, format, wanted) in [
            ("a.csv", ExportFormat::Csv, "a.csv"),
            ("a.CSV", ExportFormat::Csv, "a.CSV"),
            ("a.csv", ExportFormat::Jsonl, "a.jsonl"),
            ("report.2026", ExportFormat::Csv, "report.2026.csv"),
            ("a", ExportFormat::Jsonl, "a.jsonl"),
        ] {
            assert_eq!(with_ending(had.into(), format), PathBuf::from(wanted));
        }
    }

    #[test]
    fn a_ticket_is_good_once() {
        let exports = Exports::default();
        let request = ExportRequest {
            filter: Default::default(),
            as_of: None,
            format: ExportFormat::Csv,
            columns: Vec::new(),
            oldest_first: false,
            time_zone: None,
            bom: false,
            body: false,
        };
        let work = exports.begin(request, "a.csv".into(), None);
        let (job, ticket) = (work.job, exports.issue(work));
        assert_eq!(exports.redeem(&ticket).map(|work| work.job), Some(job));
        assert!(exports.redeem(&ticket).is_none());
        assert!(exports.redeem("").is_none());
    }
}
