//! The shared secrets in use.

use nexwatch_nexudus::signature::Key;
use nexwatch_store::SecretId;
use std::sync::Arc;

/// One shared secret.
#[derive(Clone, Debug)]
pub struct SecretKey {
    /// Names it for good.
    pub id: SecretId,
    /// The location that it belongs to; nothing: any.
    pub location: Option<i64>,
    /// Another has taken its place: it still proves what was signed before.
    pub replaced: bool,
    /// Signs and checks.
    pub key: Key,
}

/// All secrets in use; none means that deliveries are kept unsigned.
#[derive(Clone, Debug, Default)]
pub struct KeySet(pub Vec<SecretKey>);

/// Knows which secrets are in use.
pub trait Keys: Send + Sync + 'static {
    /// The secrets in use now, as far as that can be told at once; nothing where they have to be looked up. Asked for each
    /// delivery, so it must be cheap.
    fn known(&self) -> Option<Result<Arc<KeySet>, String>>;

    /// The secrets in use now, looked up if they must be. May take some seconds: not for async code. The error says why they
    /// are not known (never a secret): deliveries are then answered 503, never taken for unsigned.
    fn current(&self) -> Result<Arc<KeySet>, String>;
}

/// Secrets that do not change.
impl Keys for Arc<KeySet> {
    fn known(&self) -> Option<Result<Arc<KeySet>, String>> {
        Some(self.current())
    }

    fn current(&self) -> Result<Arc<KeySet>, String> {
        Ok(self.clone())
    }
}

impl KeySet {
    /// All secrets, those of a location first. Every one is tried for every delivery: what a secret of ours has
    /// signed is genuine, also when the location in the hook's URL was mistyped.
    pub(crate) fn for_location(&self, location: Option<i64>) -> impl Iterator<Item = &SecretKey> {
        let own = move |secret: &&SecretKey| location.is_some() && secret.location == location;
        self.0
            .iter()
            .filter(own)
            .chain(self.0.iter().filter(move |secret| !own(secret)))
    }

    /// The secrets that a delivery for a location should have been signed with: its own and the general ones. A
    /// URL without a location can be anyone's. Not those that were replaced: the platform signs with their successors,
    /// and while these have proved nothing, a failure may lie in them.
    pub(crate) fn expected(&self, location: Option<i64>) -> impl Iterator<Item = &SecretKey> {
        self.0.iter().filter(move |secret| {
            !secret.replaced
                && (location.is_none() || secret.location.is_none() || secret.location == location)
        })
    }
}
