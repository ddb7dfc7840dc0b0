//! Whether the server is the one it was.

use super::errors;
use crate::Trouble;
use russh::keys::{Algorithm, HashAlg, PublicKey};
use std::sync::{Arc, Mutex, PoisonError};

/// The key that the server showed first, for as long as the program runs: also when nobody kept it, it may not
/// change from one connection to the next.
#[derive(Default)]
pub(super) struct Pinned(Mutex<Option<PublicKey>>);

impl Pinned {
    /// The key that the server must have: the one that is set, else the one it had before.
    pub(super) fn wanted(&self, set: Option<&str>) -> Result<Option<PublicKey>, Trouble> {
        match set.map(str::trim).filter(|line| !line.is_empty()) {
            // A line of known_hosts has the server's name in front.
            Some(line) => PublicKey::from_openssh(line)
                .or_else(|wrong| match line.split_once(' ') {
                    Some((_name, rest)) => PublicKey::from_openssh(rest.trim()),
                    None => Err(wrong),
                })
                .map(Some)
                .map_err(|_| errors::host_key_unreadable()),
            None => Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()),
        }
    }

    /// Keeps what the server showed, proven by its signature. True: it is the first.
    pub(super) fn keep(&self, key: &PublicKey) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = kept.is_none();
        *kept = Some(key.clone());
        first
    }
}

/// Compares the server's key with the one that is wanted.
#[derive(Clone, Default)]
pub(super) struct Guard {
    wanted: Option<PublicKey>,
    shown: Arc<Mutex<Option<PublicKey>>>,
}

impl Guard {
    pub(super) fn new(wanted: Option<PublicKey>) -> Guard {
        Guard {
            wanted,
            shown: Arc::default(),
        }
    }

    /// Whether this is the server.
    pub(super) fn admits(&self, key: &PublicKey) -> bool {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(key.clone());
        self.wanted
            .as_ref()
            .is_none_or(|wanted| wanted.key_data() == key.key_data())
    }

    /// What it showed.
    pub(super) fn shown(&self) -> Option<PublicKey> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A server has keys of several kinds: it must show the kind that is wanted.
    pub(super) fn kind(&self) -> Option<Algorithm> {
        self.wanted.as_ref().map(PublicKey::algorithm)
    }
}

/// A key as people compare it.
pub(super) fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

/// A key as it is kept: one line, without a comment.
pub(super) fn line(key: &PublicKey) -> Option<String> {
    let mut key = key.clone();
    key.set_comment("");
    key.to_openssh().ok().map(|line| line.trim().to_owned())
}
