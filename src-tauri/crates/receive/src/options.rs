//! What the listener puts up with.

use crate::{Proof, Refused};
use nexwatch_nexudus::Ms;
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
    /// A body may be so long on its way before its connection may have to give way to another.
    pub at_ease: Duration,
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
            // A sender that means it has said all by then.
            at_ease: Duration::from_secs(1),
            connections: 512,
            in_flight_bytes: 256 << 20,
        }
    }
}

/// How the listener behaves.
pub struct Options {
    /// The key in the hook's path.
    pub hook_key: String,
    /// The key that it has replaced, while that is taken too.
    pub replaced_key: Option<ReplacedKey>,
    /// A delivery whose header `x-nexwatch-sample` has this value was made by this program; empty: none is.
    pub sample_mark: String,
    /// What is put up with.
    pub limits: Limits,
    /// Hears of each delivery that was not acknowledged, on the listener's own threads: it must be quick.
    pub on_refused: Box<dyn Fn(&Refused) + Send + Sync>,
    /// Hears of each delivery that came from outside, was proved by a secret and is kept: the public address leads
    /// here. On the listener's own threads: it must be quick.
    pub on_proved: Box<dyn Fn(Ms) + Send + Sync>,
    /// Answers self-tests; nothing: there are none.
    pub proof: Option<Proof>,
}

/// A hook key that was replaced.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplacedKey {
    /// The key.
    pub key: String,
    /// It is taken until then, ms since 1970.
    pub until: Ms,
}

impl std::fmt::Debug for ReplacedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReplacedKey")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// The usual ones, with a key in the path.
    pub fn with_key(hook_key: impl Into<String>) -> Options {
        Options {
            hook_key: hook_key.into(),
            replaced_key: None,
            sample_mark: String::new(),
            limits: Limits::default(),
            on_refused: Box::new(|_| {}),
            on_proved: Box::new(|_| {}),
            proof: None,
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
