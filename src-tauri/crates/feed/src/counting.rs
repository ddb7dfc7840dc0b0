//! What takes too long to count while a person waits is counted in the background, and told when it has grown.

use crate::FeedError;
use crate::columns::{Columns, Found, Window};
use crate::feed::Shared;
use crate::open::TOGETHER;
use crate::query::Query;
use crate::scan::Order;
use nexwatch_store::StoreError;
use std::cmp::Reverse;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Events looked up while a person waits: some tens of milliseconds.
const AT_ONCE: usize = 4_000;
/// Chunks whose words, or whatever else an index tells, are read while a person waits: of some 130,000 events.
const CHUNKS_AT_ONCE: usize = 16;
/// A question that nobody has asked again for so long, in milliseconds, is not counted any further.
const PATIENCE: u64 = 5_000;
/// Least time between two messages.
const PAUSE: Duration = Duration::from_millis(250);
/// Most questions under way; one screen has two or three.
const MOST: usize = 8;

/// What a count is for: a list comes before the counts beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    List,
    Counts,
}

/// Questions that are being counted.
pub(crate) struct Counting {
    work: Mutex<Work>,
    at_once: AtomicUsize,
    chunks_at_once: AtomicUsize,
    /// In milliseconds.
    patience: AtomicU64,
}

#[derive(Default)]
struct Work {
    jobs: Vec<Job>,
    /// Its thread is there.
    running: bool,
    told: Option<Instant>,
    tell: Option<Arc<dyn Fn() + Send + Sync>>,
}

#[derive(Clone)]
struct Job {
    query: Query,
    /// From which end.
    order: Order,
    purpose: Purpose,
    asked: Instant,
}

impl Job {
    /// Whether it is the same question: one that is about the last two hours moves along with them.
    fn is(&self, query: &Query, order: Order) -> bool {
        let anytime = |query: &Query| Query {
            from: Query::ALL.from,
            to: Query::ALL.to,
            ..query.clone()
        };
        self.order == order && anytime(&self.query) == anytime(query)
    }
}

impl Default for Counting {
    fn default() -> Counting {
        Counting {
            work: Mutex::default(),
            at_once: AtomicUsize::new(AT_ONCE),
            chunks_at_once: AtomicUsize::new(CHUNKS_AT_ONCE),
            patience: AtomicU64::new(PATIENCE),
        }
    }
}

impl Counting {
    fn work(&self) -> MutexGuard<'_, Work> {
        // What is in it is sound whatever panicked elsewhere.
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Events that may be looked up while a person waits.
    pub fn at_once(&self) -> usize {
        self.at_once.load(Ordering::Relaxed)
    }

    /// Chunks that an index may be asked about while a person waits.
    pub fn chunks_at_once(&self) -> usize {
        self.chunks_at_once.load(Ordering::Relaxed)
    }

    /// For tests, which have few events.
    #[cfg(test)]
    pub fn set_chunks(&self, at_once: usize) {
        self.chunks_at_once.store(at_once, Ordering::Relaxed);
    }

    /// For tests, which have few events.
    #[cfg(test)]
    pub fn set(&self, at_once: usize, patience: u64) {
        self.at_once.store(at_once, Ordering::Relaxed);
        self.patience.store(patience, Ordering::Relaxed);
    }

    /// Who is told when a count has grown or is complete: at most four times a second.
    pub fn on_counted(&self, tell: Arc<dyn Fn() + Send + Sync>) {
        self.work().tell = Some(tell);
    }

    /// Counts nothing any more; waits until what is under way has ended: some milliseconds, or the reading
    /// of all events of a word.
    pub fn stop(&self) {
        self.work().jobs.clear();
        while self.is_busy() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Whether anything is being counted.
    pub fn is_busy(&self) -> bool {
        self.work().running
    }

    /// The most urgent question; without one the thread ends.
    fn next(&self) -> Option<Job> {
        let mut work = self.work();
        let patience = Duration::from_millis(self.patience.load(Ordering::Relaxed));
        work.jobs.retain(|job| job.asked.elapsed() < patience);
        let next = work
            .jobs
            .iter()
            .min_by_key(|job| (job.purpose, Reverse(job.asked)))
            .cloned();
        work.running = next.is_some();
        next
    }

    fn done(&self, job: &Job) {
        self.work().jobs.retain(|other| !other.is(&job.query, job.order));
    }

    /// Says that something has grown, unless that was said a moment ago.
    fn tell(&self) {
        let mut work = self.work();
        if work.told.is_none_or(|told| told.elapsed() >= PAUSE) {
            work.told = Some(Instant::now());
            let tell = work.tell.clone();
            drop(work);
            if let Some(tell) = tell {
                tell();
            }
        }
    }

    /// Says it at last.
    fn tell_end(&self) {
        let told = self.work().told;
        if let Some(rest) = told.and_then(|told| PAUSE.checked_sub(told.elapsed())) {
            std::thread::sleep(rest);
        }
        self.tell();
    }
}

impl Shared {
    /// What of a query lies in a window, as far as it is known: whatever can be looked up at once is.
    pub fn find(&self, columns: &Columns, query: &Query, window: &Window) -> Result<Found, StoreError> {
        Ok(self.find_so_far(columns, query, window)?.0)
    }

    /// The same, and whether it is still being counted. Then it is counted in the background.
    pub fn find_so_far(
        &self,
        columns: &Columns,
        query: &Query,
        window: &Window,
    ) -> Result<(Found, bool), StoreError> {
        if query.slow.is_empty() {
            return Ok((self.find_quick(columns, query, window)?, false));
        }
        let mut opened = self.open(columns, query, window)?;
        let at_once = self.counting.at_once();
        let counting = opened.left() > at_once;
        match counting {
            true => self.count_on(query, Order::NewestFirst, Purpose::Counts),
            false => {
                self.look(&mut opened, Order::NewestFirst, usize::MAX, at_once)?;
            }
        }
        Ok((opened.sure(), counting))
    }

    /// All of it, however long that takes; `pause` is asked every few milliseconds whether to go on.
    pub fn find_all(
        &self,
        columns: &Columns,
        query: &Query,
        window: &Window,
        pause: &mut dyn FnMut() -> Result<(), FeedError>,
    ) -> Result<Found, FeedError> {
        if query.slow.is_empty() {
            return Ok(self.find_quick(columns, query, window)?);
        }
        let mut opened = self.open(columns, query, window)?;
        while self.look(&mut opened, Order::NewestFirst, usize::MAX, TOGETHER)? > 0 {
            pause()?;
        }
        Ok(opened.sure())
    }

    /// Counts a question in the background for as long as it is asked again.
    pub fn count_on(&self, query: &Query, order: Order, purpose: Purpose) {
        let mut work = self.counting.work();
        let now = Instant::now();
        match work.jobs.iter_mut().find(|job| job.is(query, order)) {
            Some(job) => {
                job.asked = now;
                job.purpose = job.purpose.min(purpose);
            }
            None => {
                if work.jobs.len() >= MOST {
                    let oldest = work.jobs.iter().map(|job| job.asked).min();
                    work.jobs.retain(|job| Some(job.asked) != oldest);
                }
                work.jobs.push(Job {
                    query: query.clone(),
                    order,
                    purpose,
                    asked: now,
                });
            }
        }
        if !work.running {
            let own = self.own.clone();
            let thread = std::thread::Builder::new().name("counting".into());
            // Without a thread bodies are counted bit by bit with every question.
            work.running = thread.spawn(move || run(&own)).is_ok();
        }
    }
}

/// Counts until nobody wants to know any more.
fn run(shared: &Weak<Shared>) {
    let mut last: Option<(Job, crate::open::Opened)> = None;
    loop {
        let Some(shared) = shared.upgrade() else { return };
        let Some(job) = shared.counting.next() else { return };
        let known = last.take().filter(|(known, _)| known.is(&job.query, job.order));
        match slice(&shared, &job, known.map(|(_, opened)| opened)) {
            Ok(Some(opened)) => {
                last = Some((job, opened));
                shared.counting.tell();
            }
            // Whoever asks next is told what is wrong with the store.
            Ok(None) | Err(_) => {
                shared.counting.done(&job);
                shared.counting.tell_end();
            }
        }
    }
}

/// Goes on with a question for some milliseconds; nothing if it is complete. What an index tells is read in one go.
fn slice(
    shared: &Shared,
    job: &Job,
    opened: Option<crate::open::Opened>,
) -> Result<Option<crate::open::Opened>, StoreError> {
    let mut opened = match opened {
        Some(opened) => opened,
        None => {
            let Some(columns) = shared.columns() else {
                return Ok(None);
            };
            shared.looked.keep_only(columns.chunks());
            shared.open(&columns, &job.query, &Window::of(&job.query, &columns, None))?
        }
    };
    let looked = shared.look(&mut opened, job.order, usize::MAX, TOGETHER)?;
    Ok((looked > 0).then_some(opened))
}

#[cfg(test)]
mod tests;
