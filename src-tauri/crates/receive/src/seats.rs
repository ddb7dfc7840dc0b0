//! The open connections: how many there may be, what each is doing, and who has to go when there is no room.
//!
//! When all seats are taken, the connection that has waited longest for its sender gives way to the newcomer: first
//! among those that never named the right key, then among the others. A connection whose request is complete is
//! never sent away. So whoever opens connections and says little cannot lock out those who have something to say.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// What a connection is doing, and since when (for the first two).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Between requests.
    Idle(Instant),
    /// The first bytes of a request have come.
    Begun(Instant),
    /// A request is being received or answered.
    Busy,
    /// Sent away.
    Gone {
        /// The first bytes of a request had come.
        begun: bool,
    },
}

const IDLE: u64 = 0;
const BEGUN: u64 = 1;
const BUSY: u64 = 2;
const GONE: u64 = 3;
const GONE_BEGUN: u64 = 4;
const TAG_BITS: u32 = 3;
const TAG: u64 = (1 << TAG_BITS) - 1;

/// One connection's seat.
#[derive(Debug)]
pub(crate) struct Seat {
    /// State in the low bits, above it ms since `opened`.
    state: AtomicU64,
    opened: Instant,
    /// Had the right key once.
    known: AtomicBool,
    /// The last request was answered before all of it had come.
    unread: AtomicBool,
    /// Rings when the state was changed from outside, or the listener stops.
    pub bell: Notify,
    seats: Arc<Seats>,
}

/// All seats.
#[derive(Debug)]
pub(crate) struct Seats {
    limit: usize,
    taken: Mutex<(u64, HashMap<u64, Arc<Seat>>)>,
    /// So many wait for a seat.
    waiting: AtomicUsize,
    /// Rings when a seat may have become free.
    freed: Notify,
    stopping: AtomicBool,
}

/// A taken seat; free again when dropped.
#[derive(Debug)]
pub(crate) struct Taken {
    pub seat: Arc<Seat>,
    number: u64,
}

impl Seat {
    fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX >> TAG_BITS)
    }

    pub fn state(&self) -> State {
        let state = self.state.load(Ordering::Acquire);
        let since = || self.opened + Duration::from_millis(state >> TAG_BITS);
        match state & TAG {
            IDLE => State::Idle(since()),
            BEGUN => State::Begun(since()),
            BUSY => State::Busy,
            tag => State::Gone {
                begun: tag == GONE_BEGUN,
            },
        }
    }

    /// Bytes have come.
    pub fn heard(&self) {
        let state = self.state.load(Ordering::Acquire);
        if state & TAG == IDLE {
            let begun = (self.now() << TAG_BITS) | BEGUN;
            let _ = self
                .state
                .compare_exchange(state, begun, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    /// A request's head is complete. Says since when the request has been coming; nothing if this connection has
    /// been sent away.
    pub fn begin(&self) -> Option<Instant> {
        self.unread.store(false, Ordering::Relaxed);
        loop {
            let state = self.state.load(Ordering::Acquire);
            let since = match state & TAG {
                IDLE | BUSY => Instant::now(),
                BEGUN => self.opened + Duration::from_millis(state >> TAG_BITS),
                _ => {
                    // It is answered as a request, so there is nothing left to say at the end.
                    self.state.store(GONE, Ordering::Release);
                    return None;
                }
            };
            if self
                .state
                .compare_exchange(state, BUSY, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
            {
                return Some(since);
            }
        }
    }

    /// The request is answered.
    pub fn done(&self) {
        let idle = (self.now() << TAG_BITS) | IDLE;
        let _ = self
            .state
            .compare_exchange(BUSY, idle, Ordering::AcqRel, Ordering::Acquire);
        if self.seats.waiting.load(Ordering::SeqCst) > 0 {
            self.seats.freed.notify_one();
        }
    }

    /// Had the right key.
    pub fn make_known(&self) {
        self.known.store(true, Ordering::Relaxed);
    }

    /// The answer goes out before all of the request has come.
    pub fn leave_unread(&self) {
        self.unread.store(true, Ordering::Relaxed);
    }

    pub fn is_unread(&self) -> bool {
        self.unread.load(Ordering::Relaxed)
    }

    /// Sends the connection away, unless its state has changed meanwhile.
    fn send_away(&self, state: u64) -> bool {
        let gone = if state & TAG == BEGUN { GONE_BEGUN } else { GONE };
        let sent = self
            .state
            .compare_exchange(state, gone, Ordering::AcqRel, Ordering::Acquire)
            .is_ok();
        if sent {
            self.bell.notify_one();
        }
        sent
    }

    /// How long it has waited for its sender, and its state; nothing while it is at work.
    fn waiting_since(&self) -> Option<(Instant, u64)> {
        let state = self.state.load(Ordering::Acquire);
        matches!(state & TAG, IDLE | BEGUN)
            .then(|| (self.opened + Duration::from_millis(state >> TAG_BITS), state))
    }
}

impl Seats {
    pub fn new(limit: usize) -> Arc<Seats> {
        Arc::new(Seats {
            limit: limit.max(1),
            taken: Mutex::default(),
            waiting: AtomicUsize::new(0),
            freed: Notify::new(),
            stopping: AtomicBool::new(false),
        })
    }

    fn lock(&self) -> MutexGuard<'_, (u64, HashMap<u64, Arc<Seat>>)> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a seat; waits while all connections are at work. Nothing when the listener stops.
    pub async fn take(self: &Arc<Self>) -> Option<Taken> {
        if let Some(answer) = self.try_take() {
            return answer;
        }
        // Said before looking again, so that whoever frees a seat after that look rings.
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let _waits = Waits(self);
        loop {
            let freed = self.freed.notified();
            if let Some(answer) = self.try_take() {
                // Two seats may have become free at one ring.
                self.freed.notify_one();
                return answer;
            }
            freed.await;
        }
    }

    fn try_take(self: &Arc<Self>) -> Option<Option<Taken>> {
        let mut taken = self.lock();
        if self.stopping.load(Ordering::SeqCst) {
            return Some(None);
        }
        let (next, seats) = &mut *taken;
        while seats.len() >= self.limit {
            let (_, _, victim, state) = seats
                .iter()
                .filter_map(|(number, seat)| {
                    let (since, state) = seat.waiting_since()?;
                    Some((seat.known.load(Ordering::Relaxed), since, *number, state))
                })
                .min()?;
            if seats.get(&victim).is_some_and(|seat| seat.send_away(state)) {
                seats.remove(&victim);
            }
        }
        let number = *next;
        *next += 1;
        let seat = Arc::new(Seat {
            state: AtomicU64::new(IDLE),
            opened: Instant::now(),
            known: AtomicBool::new(false),
            unread: AtomicBool::new(false),
            bell: Notify::new(),
            seats: self.clone(),
        });
        seats.insert(number, seat.clone());
        Some(Some(Taken { seat, number }))
    }

    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// No more seats; everyone seated is told.
    pub fn stop(&self) {
        let taken = self.lock();
        self.stopping.store(true, Ordering::SeqCst);
        for seat in taken.1.values() {
            seat.bell.notify_one();
        }
        self.freed.notify_waiters();
    }

    /// Sends everyone away, whatever they do.
    pub fn clear(&self) {
        for seat in self.lock().1.values() {
            seat.state.store(GONE, Ordering::Release);
            seat.bell.notify_one();
        }
    }

    /// Waits until no seat is taken. For after [`Seats::stop`].
    pub async fn empty(&self) {
        loop {
            let freed = self.freed.notified();
            if self.lock().1.is_empty() {
                return;
            }
            freed.await;
        }
    }
}

/// Someone waits for a seat.
struct Waits<'s>(&'s Seats);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Taken {
    /// The listener stops.
    pub fn stopping(&self) -> bool {
        self.seat.seats.stopping()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let seats = &self.seat.seats;
        seats.lock().1.remove(&self.number);
        if seats.stopping() {
            // Also for whoever waits until all are gone.
            seats.freed.notify_waiters();
        }
        seats.freed.notify_one();
    }
}
