//! How a tunnel behaves.

use crate::{Clock, Ms, SelfCheck, State, SystemClock};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long to wait before the next try: doubled each time, up to a limit, with 50 to 100 % of it drawn by lot so
/// that many do not come at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The first wait.
    pub first: Duration,
    /// The longest.
    pub longest: Duration,
}

/// The waits between tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    /// After [`crate::Class::Network`].
    pub network: Steps,
    /// After [`crate::Class::Busy`].
    pub busy: Steps,
    /// Between self-tests while they fail.
    pub check: Steps,
    /// Online for so long: counting begins anew.
    pub reset_after: Duration,
}

impl Default for BackOff {
    fn default() -> Self {
        let steps = |first_ms, longest_s| Steps {
            first: Duration::from_millis(first_ms),
            longest: Duration::from_secs(longest_s),
        };
        BackOff {
            network: steps(500, 30),
            busy: steps(5_000, 60),
            check: steps(10_000, 300),
            reset_after: Duration::from_secs(10),
        }
    }
}

/// How a dead line is noticed. A frozen one is, within the sum of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// Between two beats.
    pub every: Duration,
    /// How long the answer may take.
    pub patience: Duration,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Heartbeat {
            every: Duration::from_secs(5),
            patience: Duration::from_secs(5),
        }
    }
}

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Reaching a server: name, connection, TLS.
    pub dial: Duration,
    /// Setting a way up as a whole.
    pub open: Duration,
    /// Requests in flight at an orderly close.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            dial: Duration::from_secs(10),
            open: Duration::from_secs(30),
            drain: Duration::from_secs(4),
        }
    }
}

/// Hears of each change of state once, in order, with its time. Called on the tunnel's own task: it must be quick.
pub type OnChange = Box<dyn Fn(Ms, &State) + Send + Sync>;

/// Hears of the key that an SSH server showed at the first meeting, as one line of OpenSSH's.
pub type OnHostKey = Box<dyn Fn(&str) + Send + Sync>;

/// How a tunnel behaves. Start from [`Options::default`].
pub struct Options {
    /// The waits between tries.
    pub back_off: BackOff,
    /// How a dead line is noticed.
    pub heartbeat: Heartbeat,
    /// How long things may take.
    pub limits: Limits,
    /// The self-test. `None`: what the tunnel believes of itself is all that is known.
    pub check: Option<Arc<dyn SelfCheck>>,
    /// A self-test each so long when nothing genuine arrived.
    pub check_every: Duration,
    /// Hears of each change of state.
    pub on_change: OnChange,
    /// Hears of an SSH server's key.
    pub on_host_key: OnHostKey,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            back_off: BackOff::default(),
            heartbeat: Heartbeat::default(),
            limits: Limits::default(),
            check: None,
            check_every: Duration::from_secs(30 * 60),
            on_change: Box::new(|_, _| {}),
            on_host_key: Box::new(|_| {}),
            clock: Arc::new(SystemClock),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("back_off", &self.back_off)
            .field("heartbeat", &self.heartbeat)
            .field("limits", &self.limits)
            .field("check_every", &self.check_every)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_line_is_noticed_within_fifteen_seconds() {
        let Heartbeat { every, patience } = Heartbeat::default();
        assert!(every + patience < Duration::from_secs(15));
    }
}
