//! The open connections: how many there may be, what each is doing, and who has to go when there is no room.
//!
//! When all seats are taken, the connection that has waited longest for its sender gives way to the newcomer: first
//! among those that never named the right key, then among the others. A connection whose request is complete is
//! never sent away, one whose body is on its way not within a second. So whoever opens connections and says little cannot lock
//! out those who have something to say. The same holds for the room that bodies take: see [`Seats::make_room`].

use crate::seat::{Seat, State};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

/// Whoever waits for a seat looks again this often.
const LOOK: Duration = Duration::from_millis(100);

/// All seats.
#[derive(Debug)]
pub(crate) struct Seats {
    limit: AtomicUsize,
    /// See [`crate::Limits::at_ease`]; ms.
    at_ease: AtomicU64,
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

impl Seats {
    pub fn new(limit: usize, at_ease: Duration) -> Arc<Seats> {
        Arc::new(Seats {
            limit: AtomicUsize::new(limit.max(1)),
            at_ease: AtomicU64::new(ms(at_ease)),
            taken: Mutex::default(),
            waiting: AtomicUsize::new(0),
            freed: Notify::new(),
            stopping: AtomicBool::new(false),
        })
    }

    /// Other limits; at least 1 seat. Whoever is seated stays until a newcomer finds too few.
    pub fn set_limits(&self, limit: usize, at_ease: Duration) {
        self.at_ease.store(ms(at_ease), Ordering::SeqCst);
        // Under the lock: whoever looks for a seat has seen the old number and waits, or sees this one.
        let _taken = self.lock();
        self.limit.store(limit.max(1), Ordering::SeqCst);
        self.freed.notify_one();
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
            // Nobody rings when a body has been on its way for long enough.
            let _ = timeout(LOOK, freed).await;
        }
    }

    /// Sends the connection away whose body has been on its way for longest, for the room that it takes; not `own`. False if
    /// there is none that may have to go.
    pub fn make_room(&self, own: &Seat) -> bool {
        let mut taken = self.lock();
        let others = taken.1.iter().filter(|(_, seat)| !std::ptr::eq(&***seat, own));
        let longest = others
            .filter_map(|(number, seat)| Some((seat.order_of_receiving()?, *number)))
            .min();
        let Some((order, number)) = longest else {
            return false;
        };
        if taken.1.get(&number).is_some_and(|seat| seat.send_away(&order)) {
            taken.1.remove(&number);
            self.may_be_free();
        }
        // If not, it has been received just now, and gives its room back before long.
        true
    }

    fn try_take(self: &Arc<Self>) -> Option<Option<Taken>> {
        let mut taken = self.lock();
        if self.stopping.load(Ordering::SeqCst) {
            return Some(None);
        }
        let (next, seats) = &mut *taken;
        while seats.len() >= self.limit.load(Ordering::SeqCst) {
            let (order, number) = seats
                .iter()
                .filter_map(|(number, seat)| Some((seat.order()?, *number)))
                .min()?;
            if seats.get(&number).is_some_and(|seat| seat.send_away(&order)) {
                seats.remove(&number);
            }
        }
        let number = *next;
        *next += 1;
        let seat = Arc::new(Seat::new(self.clone()));
        seats.insert(number, seat.clone());
        Some(Some(Taken { seat, number }))
    }

    /// A body may be so long on its way before its connection may have to give way.
    pub fn at_ease(&self) -> Duration {
        Duration::from_millis(self.at_ease.load(Ordering::SeqCst))
    }

    /// Connections whose request has begun and is not answered yet.
    pub fn at_work(&self) -> usize {
        let at_work =
            |seat: &&Arc<Seat>| matches!(seat.state(), State::Begun(_) | State::Receiving(_) | State::Busy);
        self.lock().1.values().filter(at_work).count()
    }

    /// A connection is idle again: it may have to give way.
    pub fn may_be_free(&self) {
        if self.waiting.load(Ordering::SeqCst) > 0 {
            self.freed.notify_one();
        }
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
            seat.cut_off();
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

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: Duration = Duration::MAX;

    fn gone(taken: &Taken) -> bool {
        matches!(taken.seat.state(), State::Gone { .. })
    }

    #[tokio::test]
    async fn strangers_go_first_then_who_has_waited_longest_and_never_who_is_at_work() {
        let seats = Seats::new(4, NEVER);
        let mut taken = Vec::new();
        for _ in 0..4 {
            taken.push(seats.take().await.unwrap());
        }
        let [at_work, known, stranger, begun] = &taken[..] else {
            panic!()
        };
        at_work.seat.begin().unwrap();
        known.seat.begin().unwrap();
        known.seat.make_known();
        known.seat.done();
        begun.seat.heard();
        let all = [stranger, begun, known];
        for (number, next) in all.iter().enumerate() {
            assert!(!gone(next));
            let newcomer = seats.take().await.unwrap();
            assert!(gone(next), "{number}");
            // It stays, at work.
            newcomer.seat.begin().unwrap();
            std::mem::forget(newcomer);
        }
        assert!(begun.seat.begin().is_none());
        assert!(!gone(at_work));
        // Now everyone is at work: the next one waits until one is done.
        let waiting = tokio::spawn({
            let seats = seats.clone();
            async move { seats.take().await.is_some() }
        });
        while seats.waiting.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        assert!(!waiting.is_finished());
        at_work.seat.done();
        assert!(waiting.await.unwrap());
        assert!(gone(at_work));
    }

    #[tokio::test]
    async fn bodies_that_are_long_on_their_way_give_way_and_what_is_here_does_not() {
        let seats = Seats::new(3, Duration::ZERO);
        let here = seats.take().await.unwrap();
        here.seat.begin().unwrap();
        assert!(here.seat.received());
        let first = seats.take().await.unwrap();
        first.seat.begin().unwrap();
        let second = seats.take().await.unwrap();
        second.seat.begin().unwrap();
        // For a seat …
        let newcomer = seats.take().await.unwrap();
        assert!(gone(&first) && !gone(&second) && !gone(&here));
        assert!(!first.seat.received());
        // Its request is answered, so that nothing is said of it at the connection's end.
        assert_eq!(first.seat.state(), State::Gone { begun: false });
        // … and for the room that a body takes; never one's own.
        newcomer.seat.begin().unwrap();
        assert!(!seats.make_room(&newcomer.seat), "the other takes none");
        second.seat.held.store(7, Ordering::Relaxed);
        assert!(seats.make_room(&newcomer.seat));
        assert!(gone(&second));
        // One that is refused meanwhile has its answer.
        second.seat.done();
        assert_eq!(second.seat.state(), State::Gone { begun: false });
        assert!(!seats.make_room(&newcomer.seat));
        assert!(newcomer.seat.received() && !gone(&newcomer));
        // Not yet.
        let seats = Seats::new(1, NEVER);
        let patient = seats.take().await.unwrap();
        patient.seat.begin().unwrap();
        let other = Arc::new(Seat::new(seats.clone()));
        assert!(!seats.make_room(&other) && !gone(&patient));
        assert_eq!(seats.at_work(), 1);
    }

    #[tokio::test]
    async fn more_seats_are_there_at_once_and_fewer_with_the_next_newcomer() {
        let seats = Seats::new(1, NEVER);
        let first = seats.take().await.unwrap();
        first.seat.begin().unwrap();
        let waiting: Vec<_> = (0..2)
            .map(|_| {
                let seats = seats.clone();
                tokio::spawn(async move { seats.take().await })
            })
            .collect();
        while seats.waiting.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        seats.set_limits(3, NEVER);
        let mut seated = Vec::new();
        for newcomer in waiting {
            seated.push(newcomer.await.unwrap().unwrap());
        }
        seats.set_limits(2, NEVER);
        assert!(!seated.iter().any(gone));
        let newcomer = seats.take().await.unwrap();
        assert!(seated.iter().all(gone));
        assert!(!gone(&first) && !gone(&newcomer));
    }

    #[tokio::test]
    async fn nobody_is_seated_once_it_stops_and_the_last_one_out_is_noticed() {
        let seats = Seats::new(1, NEVER);
        let taken = seats.take().await.unwrap();
        taken.seat.begin().unwrap();
        let waiting = tokio::spawn({
            let seats = seats.clone();
            async move { seats.take().await.is_none() }
        });
        while seats.waiting.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        seats.stop();
        assert!(waiting.await.unwrap());
        let empty = tokio::spawn({
            let seats = seats.clone();
            async move { seats.empty().await }
        });
        tokio::task::yield_now().await;
        assert!(!empty.is_finished());
        drop(taken);
        empty.await.unwrap();
    }
}
