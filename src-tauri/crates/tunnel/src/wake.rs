//! Notices that the computer slept: the time of day ran on, tokio's clock stood still.
//!
//! On Linux and macOS the monotonic clock that tokio counts by does not run during sleep; on Windows it does, but a
//! timer that is a second long then comes much too late by both clocks, which is noticed as well.

use crate::{Clock, Ms};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};

/// How often the clocks are compared.
const EVERY: Duration = Duration::from_secs(1);
/// A difference below is a clock being set a little, or a busy machine.
const JUMP: Ms = 5_000;

/// Compares the two clocks.
pub(crate) struct Wake {
    clock: Arc<dyn Clock>,
    ticks: Interval,
    wall: Ms,
    steady: Instant,
}

impl Wake {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Wake {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Wake {
            wall: clock.now(),
            clock,
            ticks,
            steady: Instant::now(),
        }
    }

    /// Begins anew: nobody looked for a while, so that what happened meanwhile is no sleep.
    pub(crate) fn restart(&mut self) {
        self.ticks.reset();
        (self.wall, self.steady) = (self.clock.now(), Instant::now());
    }

    /// Returns when the time of day has jumped. Nothing is lost when it is dropped half-way.
    pub(crate) async fn jumped(&mut self) {
        loop {
            self.ticks.tick().await;
            let (wall, steady) = (self.clock.now(), Instant::now());
            let by_wall = wall.saturating_sub(self.wall);
            let passed = steady.duration_since(self.steady);
            let by_steady = Ms::try_from(passed.as_millis()).unwrap_or(Ms::MAX);
            (self.wall, self.steady) = (wall, steady);
            let late = passed > EVERY + Duration::from_millis(JUMP.unsigned_abs());
            if late || by_wall.saturating_sub(by_steady).abs() > JUMP {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[derive(Default)]
    struct Hand {
        start: Option<Instant>,
        ahead: AtomicI64,
    }

    impl Clock for Hand {
        fn now(&self) -> Ms {
            let ran = self.start.map(|start| start.elapsed()).unwrap_or_default();
            ran.as_millis() as Ms + self.ahead.load(Ordering::SeqCst)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_jump_is_a_wake_and_an_hour_awake_is_none() {
        let clock = Arc::new(Hand {
            start: Some(Instant::now()),
            ..Hand::default()
        });
        let mut wake = Wake::new(clock.clone());
        let hour = Duration::from_secs(3_600);
        assert!(tokio::time::timeout(hour, wake.jumped()).await.is_err());
        clock.ahead.fetch_add(4_000, Ordering::SeqCst);
        assert!(tokio::time::timeout(hour, wake.jumped()).await.is_err());
        clock.ahead.fetch_add(8 * 3_600_000, Ordering::SeqCst);
        let begun = Instant::now();
        wake.jumped().await;
        assert!(begun.elapsed() <= EVERY);
        // A jump that nobody was to notice.
        clock.ahead.fetch_add(3_600_000, Ordering::SeqCst);
        tokio::time::sleep(hour).await;
        wake.restart();
        assert!(tokio::time::timeout(hour, wake.jumped()).await.is_err());
    }
}
