//! What keeps deliveries out, from moment to moment, entered into the gap ledger.
//!
//! The `book` knows what stands in the way now; whatever changes becomes an entry. Entries wait in memory while the disk is in
//! trouble, with their own times. What could not even be entered is found at the next start: from the last sign of life on.

mod book;

use book::Book;
use nexwatch_store::{Cause, LedgerEntry, Reader, StoreError, Writer};
use nexwatch_tunnel::Clock;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// How often it is looked whether the computer slept and how the store is.
const TICK: Duration = Duration::from_secs(1);
/// A sign of life each so many ticks: after a crash, the gap begins with the last one.
const ALIVE_TICKS: u32 = 10;
/// A clock that went on by so much more than a tick: the computer slept. (Or the clock was set forward; nobody can
/// tell, and a stretch is rather called a gap than left out.)
const SLEPT: i64 = 5_000;
/// A clock that went back by so much was set back.
const SET_BACK: i64 = 1_000;
/// So many entries wait at most for a disk in trouble; the oldest changes of state go first.
const MOST_WAITING: usize = 10_000;

/// The gap ledger of the running program.
pub(crate) struct Ledger {
    writer: Writer,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    /// Something waits to be entered.
    fresh: Notify,
    /// Rings when the computer woke.
    woke: Box<dyn Fn() + Send + Sync>,
}

struct State {
    book: Book,
    waiting: Vec<LedgerEntry>,
    /// The program ends: nothing that happens now is news.
    closing: bool,
}

impl Ledger {
    /// Opens the book: finds out how the program ended before. Blocks.
    pub fn open(
        reader: &Reader,
        writer: Writer,
        clock: Arc<dyn Clock>,
        woke: Box<dyn Fn() + Send + Sync>,
    ) -> Result<Arc<Ledger>, StoreError> {
        let now = clock.now();
        let mut waiting = Vec::new();
        let open = reader.open_gap()?;
        let closed = open.as_ref().is_some_and(|gap| {
            gap.causes
                .last()
                .is_some_and(|cause| cause.cause == Cause::Closed)
        });
        if let Some(alive) = reader.alive_at()?.filter(|_| !closed) {
            let heard = reader.status()?.last_arrival.unwrap_or(alive);
            // What was entered last was a sign of life, too.
            let entered = open.as_ref().and_then(|gap| gap.causes.last());
            let alive = entered.map_or(alive, |cause| alive.max(cause.at));
            waiting.push(LedgerEntry::Out {
                // A clock that was set back must not put the gap into the future.
                at: alive.max(heard).min(now),
                cause: Cause::Crash,
                message: "Nexwatch or the computer ended without notice. This was the last sign of life."
                    .into(),
            });
        }
        waiting.push(LedgerEntry::Alive { at: now });
        Ok(Arc::new(Ledger {
            writer,
            clock,
            fresh: Notify::new(),
            state: Mutex::new(State {
                book: Book::new(open.is_some() || !waiting.is_empty()),
                waiting,
                closing: false,
            }),
            woke,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, at: i64, change: impl FnOnce(&mut Book) -> Vec<LedgerEntry>) {
        let mut state = self.state();
        if !state.closing {
            let entries = change(&mut state.book);
            if !entries.is_empty() {
                tracing::debug!(at, entries = entries.len(), "the gap ledger goes on");
            }
            // Should it end without notice from here on, it was alive and reachable until now.
            let over = entries
                .iter()
                .any(|entry| matches!(entry, LedgerEntry::In { .. }));
            state.waiting.extend(entries);
            if over {
                state.waiting.push(LedgerEntry::Alive { at });
            }
            if !state.waiting.is_empty() {
                self.fresh.notify_one();
            }
        }
    }

    /// From then on (ms since 1970) this keeps deliveries out.
    pub fn out(&self, at: i64, cause: Cause, message: impl Into<String>) {
        self.enter(at, |book| book.out(at, cause, message.into()));
    }

    /// From then on this keeps deliveries out no longer.
    pub fn back(&self, at: i64, cause: Cause) {
        self.enter(at, |book| book.back(at, cause));
    }

    /// Whether this keeps deliveries out, and since when.
    pub fn is_out(&self, cause: Cause) -> Option<i64> {
        self.state().book.since(cause)
    }

    /// A change of state of the way to be reachable.
    pub fn reached(&self, at: i64, way: &str, state: &str, message: String) {
        let entry = LedgerEntry::Reach {
            at,
            way: way.to_owned(),
            state: state.to_owned(),
            message,
        };
        self.enter(at, |_| vec![entry]);
    }

    /// Hands what waits to the store; what it cannot keep now waits on.
    async fn flush(&self) {
        let mut entries = std::mem::take(&mut self.state().waiting);
        if entries.is_empty() {
            return;
        }
        let entered = match self.writer.enter(entries.clone()) {
            Ok(entered) => entered.await,
            Err(error) => Err(error),
        };
        if let Err(error) = entered {
            tracing::debug!(%error, "the gap ledger waits for the disk");
            let mut state = self.state();
            entries.append(&mut state.waiting);
            // Signs of life that come late say nothing.
            entries.retain(|entry| !matches!(entry, LedgerEntry::Alive { .. }));
            if entries.len() > MOST_WAITING {
                entries.retain(|entry| !matches!(entry, LedgerEntry::Reach { .. }));
            }
            state.waiting = entries;
        }
    }

    /// Keeps the book until the program ends. `look` is asked each second and tells what it finds.
    pub async fn keep(self: Arc<Self>, look: impl Fn(&Ledger, i64) + Send + 'static) {
        let (mut last, mut ticked) = (self.clock.now(), Instant::now());
        let mut ticks = 0;
        loop {
            let tick = tokio::time::sleep(TICK);
            tokio::pin!(tick);
            // Screens see it at once; what the disk did not take is tried again with the next tick.
            loop {
                self.flush().await;
                tokio::select! {
                    () = &mut tick => break,
                    () = self.fresh.notified() => {}
                }
            }
            let (at, passed) = (self.clock.now(), ticked.elapsed());
            ticked = Instant::now();
            // Not what the program was held up for: then, too, nothing came in.
            let passed = i64::try_from(passed.min(2 * TICK).as_millis()).unwrap_or(i64::MAX);
            if at - last > passed + SLEPT {
                tracing::info!("the computer slept");
                self.enter(at, |book| {
                    book.out(
                        last,
                        Cause::Sleep,
                        "The computer slept (or its clock was set forward).".to_owned(),
                    )
                });
                (self.woke)();
            } else if at + SET_BACK < last {
                tracing::info!("the clock was set back");
                self.enter(at, |book| book.set_back(last, at));
            }
            last = at;
            match self.writer.healthy() {
                Ok(()) => self.back(at, Cause::Disk),
                Err(error) => self.out(
                    at,
                    Cause::Disk,
                    format!("The database cannot be written: {error}."),
                ),
            }
            look(&self, at);
            ticks += 1;
            if ticks % ALIVE_TICKS == 0 {
                self.enter(at, |_| vec![LedgerEntry::Alive { at }]);
            }
        }
    }

    /// The program ends, in order: a gap begins.
    pub async fn close(&self) {
        let at = self.clock.now();
        self.enter(at, |book| {
            book.out(at, Cause::Closed, "Nexwatch was closed.".to_owned())
        });
        self.state().closing = true;
        self.flush().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::{Options, Store};
    use std::path::Path;
    use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

    const START: i64 = 1_790_000_000_000;

    /// A watch: goes on with tokio's clock, which the test holds, and jumps when told to.
    struct Watch {
        begun: Instant,
        jumped: AtomicI64,
    }

    impl Clock for Watch {
        fn now(&self) -> i64 {
            let passed = i64::try_from(self.begun.elapsed().as_millis()).unwrap();
            START + passed + self.jumped.load(Ordering::SeqCst)
        }
    }

    struct Rig {
        store: Store,
        watch: Arc<Watch>,
        ledger: Arc<Ledger>,
        woke: Arc<AtomicU32>,
        task: tokio::task::JoinHandle<()>,
        /// While it lives, tokio's clock goes on only when the test says so, also while the store's thread works.
        _held: std::sync::mpsc::Sender<()>,
    }

    impl Rig {
        fn start(folder: &Path, jumped: i64) -> Rig {
            let (held, hold) = std::sync::mpsc::channel::<()>();
            tokio::task::spawn_blocking(move || hold.recv());
            let store = Store::open(folder, Options::default(), Box::new(|_| {})).unwrap();
            let watch = Arc::new(Watch {
                begun: Instant::now(),
                jumped: AtomicI64::new(jumped),
            });
            let woke: Arc<AtomicU32> = Arc::default();
            let rings = woke.clone();
            let ring = Box::new(move || {
                rings.fetch_add(1, Ordering::SeqCst);
            });
            let ledger = Ledger::open(&store.reader, store.writer.clone(), watch.clone(), ring).unwrap();
            let task = tokio::spawn(ledger.clone().keep(|_, _| {}));
            Rig {
                store,
                watch,
                ledger,
                woke,
                task,
                _held: held,
            }
        }

        fn jump(&self, ms: i64) {
            self.watch.jumped.fetch_add(ms, Ordering::SeqCst);
        }

        /// Seconds pass; then all that was found stands in the ledger.
        async fn pass(&self, seconds: u64) {
            for _ in 0..=2 * seconds {
                // What the ledger handed to the store before this is written then.
                self.store.writer.enter(Vec::new()).unwrap().await.unwrap();
                for _ in 0..10 {
                    tokio::task::yield_now().await;
                }
                tokio::time::advance(TICK / 2).await;
            }
            self.ledger.flush().await;
        }

        fn gaps(&self) -> Vec<(i64, Option<i64>, Vec<&'static str>)> {
            let mut gaps = self.store.reader.gaps(None, 100).unwrap();
            gaps.reverse();
            gaps.iter()
                .map(|gap| {
                    let causes = gap.causes.iter().map(|cause| cause.cause.name()).collect();
                    (gap.from - START, gap.to.map(|to| to - START), causes)
                })
                .collect()
        }

        /// The program is gone from one moment to the next.
        fn crash(self) {
            self.task.abort();
            self.store.close();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn sleep_is_a_gap_from_the_last_moment_awake_on() {
        let folder = tempfile::tempdir().unwrap();
        let rig = Rig::start(folder.path(), 0);
        rig.pass(3).await;
        assert_eq!(rig.gaps(), []);
        rig.jump(8 * 3_600_000);
        rig.pass(1).await;
        let gaps = rig.gaps();
        assert_eq!(gaps.len(), 1, "{gaps:?}");
        assert!((2_000..=5_000).contains(&gaps[0].0), "{gaps:?}");
        assert_eq!((gaps[0].1, gaps[0].2.as_slice()), (None, ["sleep"].as_slice()));
        assert_eq!(rig.woke.load(Ordering::SeqCst), 1);
        // Proved to be reachable again.
        let back = rig.watch.now();
        rig.ledger.back(back, Cause::Sleep);
        rig.pass(1).await;
        assert_eq!(rig.gaps()[0].1, Some(back - START));
        assert_eq!(rig.ledger.is_out(Cause::Sleep), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_crash_is_a_gap_from_the_last_sign_of_life_on() {
        let folder = tempfile::tempdir().unwrap();
        let rig = Rig::start(folder.path(), 0);
        rig.pass(25).await;
        rig.crash();
        let rig = Rig::start(folder.path(), 600_000);
        rig.pass(1).await;
        let gaps = rig.gaps();
        assert_eq!((gaps.len(), gaps[0].2.as_slice()), (1, ["crash"].as_slice()));
        assert!((19_000..=26_000).contains(&gaps[0].0), "{gaps:?}");
        rig.ledger.back(rig.watch.now(), Cause::Tunnel);
        rig.pass(1).await;
        assert!(rig.gaps()[0].1.is_some());
        // The clock was set back while it was off: the gap does not begin in the future.
        rig.crash();
        let rig = Rig::start(folder.path(), -3_600_000);
        rig.pass(1).await;
        let gaps = rig.gaps();
        let last = gaps.last().unwrap();
        assert!(last.0 <= rig.watch.now() - START, "{gaps:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_orderly_end_is_no_crash() {
        let folder = tempfile::tempdir().unwrap();
        let rig = Rig::start(folder.path(), 0);
        rig.pass(15).await;
        rig.ledger.close().await;
        let closed = rig.watch.now() - START;
        // Too late to be news.
        rig.ledger.out(rig.watch.now(), Cause::Tunnel, "lost");
        rig.ledger.flush().await;
        rig.crash();
        let rig = Rig::start(folder.path(), 60_000);
        rig.ledger.out(rig.watch.now(), Cause::Tunnel, "Connecting.");
        rig.pass(1).await;
        rig.ledger.back(rig.watch.now(), Cause::Tunnel);
        rig.pass(1).await;
        let gaps = rig.gaps();
        assert_eq!(gaps.len(), 1, "{gaps:?}");
        assert_eq!(gaps[0].0, closed);
        assert_eq!(gaps[0].2, ["closed", "tunnel"]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_happens_while_the_disk_is_full_is_entered_later_with_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let rig = Rig::start(folder.path(), 0);
        rig.pass(2).await;
        let full = rusqlite_lock(folder.path());
        let lost = rig.watch.now();
        rig.ledger.out(lost, Cause::Tunnel, "lost");
        rig.ledger.flush().await;
        assert_eq!(rig.gaps(), []);
        drop(full);
        rig.pass(5).await;
        assert_eq!(rig.gaps()[0].0, lost - START);
    }

    /// Another program holds the database: nothing can be written.
    fn rusqlite_lock(folder: &Path) -> nexwatch_store::rusqlite::Connection {
        let db = nexwatch_store::rusqlite::Connection::open(nexwatch_store::path(folder)).unwrap();
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        db
    }
}
