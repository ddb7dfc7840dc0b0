//! The time of day.

use crate::Ms;
use std::time::{SystemTime, UNIX_EPOCH};

/// The computer's clock: what a person's watch shows, so it can jump. Durations are measured with tokio's clock,
/// which stands still while the computer sleeps; a difference between the two is how waking up is noticed.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970.
    fn now(&self) -> Ms;
}

/// The real one.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Ms {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}
