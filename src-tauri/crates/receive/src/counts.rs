//! Deliveries counted by what they were told.

use nexwatch_store::{Quarantined, Refusal};
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a request was not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// 401: the signature failed, and a secret that it should have been made with has matched before.
    Signature,
    /// 202: the signature failed, but no such secret has ever matched: set-up, or a secret just changed.
    Unproven,
    /// 404: wrong key or path.
    NotFound,
    /// 405: not a POST.
    Method,
    /// 413: the body is over the limit.
    BodyTooLarge,
    /// 431: the head is over the limit.
    HeadTooLarge,
    /// 408: not complete in time.
    TooSlow,
    /// 400: not HTTP.
    NotHttp,
    /// The sender went before the request was complete.
    BrokenOff,
    /// 503: too many bodies, or too many deliveries before the store.
    Busy,
    /// 503: the store cannot write.
    Store,
    /// 503: the secrets cannot be read.
    Keys,
    /// Closed for want of room: this connection had waited longest.
    Evicted,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 13] = [
        Reason::Signature,
        Reason::Unproven,
        Reason::NotFound,
        Reason::Method,
        Reason::BodyTooLarge,
        Reason::HeadTooLarge,
        Reason::TooSlow,
        Reason::NotHttp,
        Reason::BrokenOff,
        Reason::Busy,
        Reason::Store,
        Reason::Keys,
        Reason::Evicted,
    ];

    /// In a word, for logs.
    pub const fn name(self) -> &'static str {
        match self {
            Reason::Signature => "signature",
            Reason::Unproven => "unproven",
            Reason::NotFound => "path",
            Reason::Method => "method",
            Reason::BodyTooLarge => "body-too-large",
            Reason::HeadTooLarge => "head-too-large",
            Reason::TooSlow => "too-slow",
            Reason::NotHttp => "not-http",
            Reason::BrokenOff => "broken-off",
            Reason::Busy => "busy",
            Reason::Store => "store",
            Reason::Keys => "secrets",
            Reason::Evicted => "evicted",
        }
    }
}

/// One request that was not acknowledged. Nothing of its content is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: Reason,
    /// What is wrong with the signature, where it is that.
    pub signature: Option<Refusal>,
    /// The location (platform: business) in its URL, where the key was right.
    pub location: Option<i64>,
    /// The action in its URL, where the key was right.
    pub action: Option<String>,
    /// Its place in quarantine, where it was kept.
    pub quarantined: Option<Quarantined>,
}

/// What the listener has answered since it was started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Deliveries answered 200: on the disk.
    pub acknowledged: u64,
    /// Self-tests that came back.
    pub tests: u64,
    /// The others, by reason; only reasons that have occurred.
    pub refused: Vec<(Reason, u64)>,
}

impl Counts {
    /// How many were refused for a reason.
    pub fn of(&self, reason: Reason) -> u64 {
        self.refused
            .iter()
            .find(|(known, _)| *known == reason)
            .map_or(0, |(_, count)| *count)
    }
}

/// Counts from any thread.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    acknowledged: AtomicU64,
    tests: AtomicU64,
    refused: [AtomicU64; Reason::ALL.len()],
}

impl Tally {
    pub fn acknowledged(&self) {
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
    }

    pub fn tested(&self) {
        self.tests.fetch_add(1, Ordering::Relaxed);
    }

    pub fn refused(&self, reason: Reason) {
        self.refused[reason as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub fn counts(&self) -> Counts {
        Counts {
            acknowledged: self.acknowledged.load(Ordering::Relaxed),
            tests: self.tests.load(Ordering::Relaxed),
            refused: Reason::ALL
                .into_iter()
                .map(|reason| (reason, self.refused[reason as usize].load(Ordering::Relaxed)))
                .filter(|(_, count)| *count > 0)
                .collect(),
        }
    }
}
