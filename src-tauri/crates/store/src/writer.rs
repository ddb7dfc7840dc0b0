//! The one that writes: a thread with a bounded queue. Whatever has queued up is committed as one transaction,
//! then every waiter is answered: the more arrive at once, the less each costs. There is no waiting for more.

use crate::{
    Committed, Discard, Incoming, LedgerEntry, Packed, Quarantined, SecretId, StoreError, Stored, Suspect,
    body::{Pace, Packer},
};
use nexwatch_nexudus::{Lexicon, Voice};
use rustc_hash::FxHashSet;
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// While fewer wait than these, and none came within [`PAUSE`], a delivery's body can take its time: it comes alone, as in
/// most hours.
const QUIET: usize = 2;
/// Whoever sends one after the other waits for each; packing with cold caches takes a sixth of that.
const PAUSE: Duration = Duration::from_millis(5);
/// So many that wait at the same time are a burst: an import, a catch-up, the platform's retries after an outage.
const BURST: usize = 32;

/// So long a body stays at hand as it came while its event waits for its words, in bytes.
const PLAIN: usize = 16 * 1024;

/// Hears what transactions brought, once it can also be found by its words.
pub type OnCommit = Box<dyn Fn(&Committed) + Send + Sync>;

pub(crate) enum Job {
    Store(Box<Incoming>, oneshot::Sender<Result<Stored, StoreError>>),
    Quarantine(Box<Suspect>, oneshot::Sender<Result<Quarantined, StoreError>>),
    Discard(Discard, oneshot::Sender<Result<u32, StoreError>>),
    Setting(String, String, oneshot::Sender<Result<(), StoreError>>),
    Ledger(Vec<LedgerEntry>, oneshot::Sender<Result<(), StoreError>>),
    /// Names that the account has for numbers.
    Lexicon(Arc<Lexicon>),
    Stop,
}

/// What the handle and the thread share.
#[derive(Default)]
pub(crate) struct Shared {
    pub trouble: Mutex<Option<StoreError>>,
    matched: RwLock<FxHashSet<SecretId>>,
    closed: AtomicBool,
    /// What is queued or at work.
    unanswered: AtomicUsize,
    arrivals: Arrivals,
    /// The platform's retries come within this time, ms.
    pub retry_window: AtomicI64,
    /// Most deliveries in quarantine.
    pub quarantine_count: AtomicU32,
    voice: RwLock<Voice>,
    lexicon: RwLock<Arc<Lexicon>>,
}

/// How long ago the last delivery came.
struct Arrivals {
    since: Instant,
    /// Microseconds after that; 0 before the first.
    last: AtomicU64,
}

impl Default for Arrivals {
    fn default() -> Arrivals {
        Arrivals {
            since: Instant::now(),
            last: AtomicU64::new(0),
        }
    }
}

impl Arrivals {
    /// One comes now. How long after the one before it; the first after a long time.
    fn next(&self) -> Duration {
        let now = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        match self.last.swap(now.max(1), Ordering::Relaxed) {
            0 => Duration::MAX,
            last => Duration::from_micros(now.saturating_sub(last)),
        }
    }
}

/// How a body is packed that comes so long after the one before it, while others wait.
fn pace(waiting: usize, after: Duration) -> Pace {
    match waiting {
        ..QUIET if after >= PAUSE => Pace::Quiet,
        BURST.. => Pace::Burst,
        _ => Pace::Calm,
    }
}

impl Shared {
    pub fn set_limits(&self, retry_window: Duration, quarantine_count: u32) {
        let window = i64::try_from(retry_window.as_millis()).unwrap_or(i64::MAX);
        self.retry_window.store(window, Ordering::Relaxed);
        self.quarantine_count.store(quarantine_count, Ordering::Relaxed);
    }

    pub fn set_voice(&self, voice: Voice) {
        *self.voice.write().unwrap_or_else(PoisonError::into_inner) = voice;
    }

    pub fn voice(&self) -> Voice {
        self.voice.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_lexicon(&self, lexicon: Arc<Lexicon>) {
        *self.lexicon.write().unwrap_or_else(PoisonError::into_inner) = lexicon;
    }

    pub fn lexicon(&self) -> Arc<Lexicon> {
        self.lexicon
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// One more job is queued.
    fn asked(&self) {
        self.unanswered.fetch_add(1, Ordering::Relaxed);
    }

    /// So many jobs are done, or were not queued after all.
    pub fn answered(&self, jobs: usize) {
        self.unanswered.fetch_sub(jobs, Ordering::Relaxed);
    }

    pub fn set_matched(&self, secrets: impl IntoIterator<Item = SecretId>) {
        if let Ok(mut matched) = self.matched.write() {
            matched.extend(secrets);
        }
    }
}

/// A handle to the writer; clones share it.
#[derive(Clone)]
pub struct Writer {
    pub(crate) queue: SyncSender<Job>,
    pub(crate) packer: Packer,
    pub(crate) shared: Arc<Shared>,
}

impl Writer {
    /// A body made ready to be kept; done by the caller so that the writer's thread need not. Always in the same way,
    /// because the quarantine knows a body by how it is packed.
    pub fn pack(&self, body: &[u8]) -> Packed {
        self.packer.pack(body, Pace::Calm)
    }

    /// As [`Writer::pack`], smaller and in more time: as [`Writer::pack_arriving`] does it with what comes alone.
    pub fn pack_quietly(&self, body: &[u8]) -> Packed {
        self.packer.pack(body, Pace::Quiet)
    }

    /// As [`Writer::pack`], for a delivery that comes in now: smaller if it comes alone, and in a burst in less time. Not
    /// for the quarantine.
    pub fn pack_arriving(&self, body: &[u8]) -> Packed {
        let after = self.shared.arrivals.next();
        let waiting = self.shared.unanswered.load(Ordering::Relaxed);
        let mut packed = self.packer.pack(body, pace(waiting, after));
        packed.plain = (body.len() <= PLAIN).then(|| body.into());
        packed
    }

    /// Queues a delivery. The future ends when it is on the disk (or could not be kept); dropping it does not
    /// take the delivery back. Fails at once when the queue is full or the store closes.
    pub fn store(
        &self,
        incoming: Incoming,
    ) -> Result<impl Future<Output = Result<Stored, StoreError>> + Send + use<>, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Store(Box::new(incoming), reply))?;
        Ok(async move { answer.await.unwrap_or(Err(StoreError::Closed)) })
    }

    /// As [`Writer::store`], waiting on this thread; waits for room in the queue too. Not for async code.
    pub fn store_blocking(&self, incoming: Incoming) -> Result<Stored, StoreError> {
        let (reply, answer) = oneshot::channel();
        if self.shared.closed.load(Ordering::Acquire) {
            return Err(StoreError::Closed);
        }
        self.shared.asked();
        self.queue
            .send(Job::Store(Box::new(incoming), reply))
            .map_err(|_| StoreError::Closed)?;
        answer.blocking_recv().unwrap_or(Err(StoreError::Closed))
    }

    /// Queues a delivery whose signature failed.
    pub fn quarantine(
        &self,
        suspect: Suspect,
    ) -> Result<impl Future<Output = Result<Quarantined, StoreError>> + Send + use<>, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Quarantine(Box::new(suspect), reply))?;
        Ok(async move { answer.await.unwrap_or(Err(StoreError::Closed)) })
    }

    /// Takes deliveries out of quarantine for good, all or none; says how many there were. Waits on this thread: not
    /// for async code.
    pub fn discard_blocking(&self, what: Discard) -> Result<u32, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Discard(what, reply))?;
        answer.blocking_recv().unwrap_or(Err(StoreError::Closed))
    }

    /// Keeps a setting, waiting on this thread. Not for async code.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Setting(key.to_owned(), value.to_owned(), reply))?;
        answer.blocking_recv().unwrap_or(Err(StoreError::Closed))
    }

    /// Enters into the gap ledger, all or nothing. The future ends when it is on the disk.
    pub fn enter(
        &self,
        entries: Vec<LedgerEntry>,
    ) -> Result<impl Future<Output = Result<(), StoreError>> + Send + use<>, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Ledger(entries, reply))?;
        Ok(async move { answer.await.unwrap_or(Err(StoreError::Closed)) })
    }

    fn send(&self, job: Job) -> Result<(), StoreError> {
        if self.shared.closed.load(Ordering::Acquire) {
            return Err(StoreError::Closed);
        }
        self.shared.asked();
        self.queue.try_send(job).map_err(|error| {
            self.shared.answered(1);
            match error {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Disconnected(_) => StoreError::Closed,
            }
        })
    }

    /// [`crate::Options::retry_window`] and [`crate::Options::quarantine_count`] from now on: for what is queued after
    /// this call. Where the quarantine holds more, the oldest go when the next one comes.
    pub fn set_limits(&self, retry_window: Duration, quarantine_count: u32) {
        self.shared.set_limits(retry_window, quarantine_count);
    }

    /// [`crate::Options::voice`] from now on. What is in the full-text index stays as it was said.
    pub fn set_voice(&self, voice: Voice) {
        self.shared.set_voice(voice);
    }

    /// In which language and by which clocks events are found by their words.
    pub fn voice(&self) -> Voice {
        self.shared.voice()
    }

    /// The actions that the account named, from now on: deliveries that come are read by it, and events that came under a
    /// number show its name (where the queue is full just now, from the next call on: there is one at each start).
    pub fn set_lexicon(&self, lexicon: Arc<Lexicon>) {
        let _ = self.send(Job::Lexicon(lexicon.clone()));
        self.shared.set_lexicon(lexicon);
    }

    /// The actions that the account named; none at first.
    pub fn lexicon(&self) -> Arc<Lexicon> {
        self.shared.lexicon()
    }

    /// Whether writing works, by the last attempt. A writer in trouble tries again by itself.
    pub fn healthy(&self) -> Result<(), StoreError> {
        match self.shared.trouble.lock() {
            Ok(trouble) => trouble.clone().map_or(Ok(()), Err),
            Err(_) => Err(StoreError::Closed),
        }
    }

    /// Whether a secret has ever matched a delivery that is kept.
    pub fn has_matched(&self, secret: SecretId) -> bool {
        self.shared
            .matched
            .read()
            .is_ok_and(|matched| matched.contains(&secret))
    }

    pub(crate) fn stop(&self) {
        self.shared.closed.store(true, Ordering::Release);
        let _ = self.queue.send(Job::Stop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_alone_takes_its_time() {
        let (long, soon) = (PAUSE, PAUSE - Duration::from_micros(1));
        assert_eq!(pace(0, long), Pace::Quiet);
        assert_eq!(pace(QUIET, long), Pace::Calm);
        assert_eq!(pace(0, soon), Pace::Calm);
        assert_eq!(pace(BURST, long), Pace::Burst);
        let arrivals = Arrivals::default();
        assert_eq!(arrivals.next(), Duration::MAX);
        assert!(arrivals.next() < Duration::MAX);
    }
}
