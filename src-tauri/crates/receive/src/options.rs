//! What the listener puts up with.

use crate::Refused;
use std::time::Duration;

/// Limits of the listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest body, bytes.
    pub body_bytes: usize,
    /// Largest head of a request, bytes. Below 1024 counts as 1024.
    pub header_bytes: usize,
    /// A request must be complete so long after its first byte.
    pub slow: Duration,
    /// Open connections, at least 1.
    pub connections: usize,
    /// Bytes of all bodies held at once.
    pub in_flight_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: 4 << 20,
            header_bytes: 32 << 10,
            slow: Duration::from_secs(10),
            connections: 512,
            in_flight_bytes: 256 << 20,
        }
    }
}

/// How the listener behaves.
pub struct Options {
    /// The key in the hook's path.
    pub hook_key: String,
    /// A delivery whose header `x-nexwatch-sample` has this value was made by this program; empty: none is.
    pub sample_mark: String,
    /// What is put up with.
    pub limits: Limits,
    /// Hears of each delivery that was not acknowledged, on the listener's own threads: it must be quick.
    pub on_refused: Box<dyn Fn(&Refused) + Send + Sync>,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
