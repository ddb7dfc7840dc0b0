//! What one connection is doing, and for how long it has waited for its sender.

use crate::seats::Seats;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// What a connection is doing, and since when (for the first three).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Between requests.
    Idle(Instant),
    /// The first bytes of a request have come.
    Begun(Instant),
    /// A request's head is complete, its body is on its way.
    Receiving(Instant),
    /// A request is here, and being answered.
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
const RECEIVING: u64 = 5;
const TAG_BITS: u32 = 3;
const TAG: u64 = (1 << TAG_BITS) - 1;

/// The least is sent away first: strangers before those that had the key, and who has waited longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Order {
    known: bool,
    since: Instant,
    state: u64,
}

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
    /// Bytes of its body that are here.
    pub held: AtomicUsize,
    /// Rings when the state was changed from outside, or the listener stops.
    pub bell: Notify,
    pub seats: Arc<Seats>,
}

impl Seat {
    pub fn new(seats: Arc<Seats>) -> Seat {
        Seat {
            state: AtomicU64::new(IDLE),
            opened: Instant::now(),
            known: AtomicBool::new(false),
            unread: AtomicBool::new(false),
            held: AtomicUsize::new(0),
            bell: Notify::new(),
            seats,
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX >> TAG_BITS)
    }

    pub fn state(&self) -> State {
        let state = self.state.load(Ordering::Acquire);
        let since = || self.opened + Duration::from_millis(state >> TAG_BITS);
        match state & TAG {
            IDLE => State::Idle(since()),
            BEGUN => State::Begun(since()),
            RECEIVING => State::Receiving(since()),
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

    /// A request's head is complete, its body may follow. Says since when the request has been coming; nothing if this connection has
    /// been sent away.
    pub fn begin(&self) -> Option<Instant> {
        self.unread.store(false, Ordering::Relaxed);
        self.held.store(0, Ordering::Relaxed);
        loop {
            let state = self.state.load(Ordering::Acquire);
            let since = match state & TAG {
                IDLE | BUSY | RECEIVING => self.now(),
                BEGUN => state >> TAG_BITS,
                _ => {
                    // It is answered as a request, so there is nothing left to say at the end.
                    self.state.store(GONE, Ordering::Release);
                    return None;
                }
            };
            let receiving = (since << TAG_BITS) | RECEIVING;
            if self
                .state
                .compare_exchange(state, receiving, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
            {
                return Some(self.opened + Duration::from_millis(since));
            }
        }
    }

    /// All of the request has come: from now on this connection is not sent away until it is answered. False if it has been.
    pub fn received(&self) -> bool {
        let receive = |state: u64| (state & TAG == RECEIVING).then_some(BUSY);
        let received = self
            .state
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, receive)
            .is_ok();
        if !received {
            // It is answered as a request, so there is nothing left to say at the end.
            self.state.store(GONE, Ordering::Release);
        }
        received
    }

    /// The request is answered.
    pub fn done(&self) {
        let idle = (self.now() << TAG_BITS) | IDLE;
        let end = |state: u64| match state & TAG {
            BUSY | RECEIVING => Some(idle),
            // It was refused while it was being sent away: that is its answer.
            GONE_BEGUN => Some(GONE),
            _ => None,
        };
        let _ = self.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, end);
        self.seats.may_be_free();
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
    pub fn send_away(&self, order: &Order) -> bool {
        let state = order.state;
        let gone = match state & TAG {
            BEGUN | RECEIVING => GONE_BEGUN,
            _ => GONE,
        };
        let sent = self
            .state
            .compare_exchange(state, gone, Ordering::AcqRel, Ordering::Acquire)
            .is_ok();
        if sent {
            self.bell.notify_one();
        }
        sent
    }

    /// Sends the connection away, whatever it does.
    pub fn cut_off(&self) {
        self.state.store(GONE, Ordering::Release);
        self.bell.notify_one();
    }

    /// Its place among those that may be sent away; nothing while it is at work.
    pub fn order(&self) -> Option<Order> {
        self.order_in(|tag| matches!(tag, IDLE | BEGUN | RECEIVING))
    }

    /// The same among those whose bodies are on their way and take room.
    pub fn order_of_receiving(&self) -> Option<Order> {
        let takes_room = self.held.load(Ordering::Relaxed) > 0;
        self.order_in(|tag| tag == RECEIVING).filter(|_| takes_room)
    }

    fn order_in(&self, among: impl Fn(u64) -> bool) -> Option<Order> {
        let state = self.state.load(Ordering::Acquire);
        let since = self.opened + Duration::from_millis(state >> TAG_BITS);
        let at_ease = state & TAG != RECEIVING || since.elapsed() >= self.seats.at_ease();
        (among(state & TAG) && at_ease).then(|| Order {
            known: self.known.load(Ordering::Relaxed),
            since,
            state,
        })
    }
}
