//! The handle.

use crate::{Checked, Door, Ms, Options, State, Way};
use std::sync::Arc;
use tokio::sync::watch;

/// A tunnel at work; clones share it. When the last one is dropped it ends by itself; [`Tunnel::close`] is the
/// polite way.
#[derive(Clone, Debug)]
pub struct Tunnel {
    state: watch::Receiver<State>,
}

impl Tunnel {
    /// Starts a way to be reachable, whose streams go into `door`. Needs a tokio runtime.
    pub fn start(way: Way, door: Arc<dyn Door>, options: Options) -> Tunnel {
        let _ = (way, door, options);
        Tunnel {
            state: watch::channel(State::Off).1,
        }
    }

    /// What it is doing.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// What it is doing, to wait upon. A state may be skipped here; `Options::on_change` hears of each.
    pub fn watch(&self) -> watch::Receiver<State> {
        self.state.clone()
    }

    /// The last self-test of this way.
    pub fn latest_check(&self) -> Option<Checked> {
        None
    }

    /// The self-test at once.
    pub async fn check_now(&self) -> Checked {
        std::future::pending().await
    }

    /// Tries at once: a person asks, the computer woke, the network is back.
    pub fn retry_now(&self) {}

    /// Closes the old way in order and starts the new one; returns when the old one is gone.
    pub async fn change(&self, way: Way) {
        let _ = way;
    }

    /// A genuine delivery came through: no self-test is needed for a while.
    pub fn heard_from_outside(&self, at: Ms) {
        let _ = at;
    }

    /// Ends it in order: requests in flight are finished, then nothing is left of it.
    pub async fn close(&self) {}
}
