//! The handle.

use crate::supervisor::{Command, Supervisor};
use crate::{Broken, Checked, Clock, Door, Ms, Options, Part, State, Way};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot, watch};

/// A tunnel at work; clones share it. When the last one is dropped it ends by itself; [`Tunnel::close`] is the
/// polite way.
#[derive(Clone)]
pub struct Tunnel {
    commands: mpsc::Sender<Command>,
    shared: Arc<Shared>,
    state: watch::Receiver<State>,
    latest: watch::Receiver<Option<Checked>>,
}

/// What the handle says without waiting.
pub(crate) struct Shared {
    /// A person asks for a try.
    pub(crate) retry: Notify,
    /// The computer woke, the network is back.
    pub(crate) nudge: Notify,
    /// A genuine delivery came through while the self-test failed, or it is the first.
    pub(crate) heard: Notify,
    /// When the last genuine delivery came; `i64::MIN`: none yet.
    pub(crate) heard_at: AtomicI64,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Tunnel {
    /// Starts a way to be reachable, whose streams go into `door`.
    ///
    /// Needs a running tokio runtime, and panics without one as `tokio::spawn` does.
    pub fn start(way: Way, door: Arc<dyn Door>, options: Options) -> Tunnel {
        let shared = Arc::new(Shared {
            retry: Notify::new(),
            nudge: Notify::new(),
            heard: Notify::new(),
            heard_at: AtomicI64::new(Ms::MIN),
            clock: options.clock.clone(),
        });
        let (commands, orders) = mpsc::channel(16);
        let (state_out, state) = watch::channel(State::Off);
        let (latest_out, latest) = watch::channel(None);
        let supervisor = Supervisor::new(door, options, shared.clone(), state_out, latest_out);
        tokio::spawn(supervisor.run(way, orders));
        Tunnel {
            commands,
            shared,
            state,
            latest,
        }
    }

    /// What it is doing.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// What it is doing, to wait upon. States may be skipped here; [`Options::on_change`] hears of each.
    pub fn watch(&self) -> watch::Receiver<State> {
        self.state.clone()
    }

    /// The last self-test of this way; `None` before the first one and after a change of the way.
    pub fn latest_check(&self) -> Option<Checked> {
        self.latest.borrow().clone()
    }

    /// The self-test at once; shares one that is under way. Where there is nothing to test, it says why.
    pub async fn check_now(&self) -> Checked {
        let (reply, answer) = oneshot::channel();
        let _ = self.commands.send(Command::Check(reply)).await;
        match answer.await {
            Ok(checked) => checked,
            Err(_) => Checked {
                at: self.shared.clock.now(),
                took: Duration::ZERO,
                result: Err(Broken::new(
                    Part::Tunnel,
                    "off",
                    "Nothing from outside reaches this computer: the tunnel is closed.",
                    "Choose a way to be reachable.",
                )),
            },
        }
    }

    /// Tries at once, because a person asks. Online, it makes a self-test.
    pub fn retry_now(&self) {
        self.shared.retry.notify_one();
    }

    /// Tries at once, because the computer woke or the network is back. Online, it makes a self-test; what waits for a
    /// person waits on.
    pub fn nudge(&self) {
        self.shared.nudge.notify_one();
    }

    /// Closes the old way in order and starts the new one; returns when the old one is gone.
    pub async fn change(&self, way: Way) {
        let (reply, done) = oneshot::channel();
        let _ = self.commands.send(Command::Change(way, reply)).await;
        // An error: it was closed meanwhile.
        let _ = done.await;
    }

    /// A genuine delivery came through at `at`: no self-test is needed for a while, and one that failed is refuted.
    pub fn heard_from_outside(&self, at: Ms) {
        // What is known already refutes nothing.
        if self.shared.heard_at.fetch_max(at, Ordering::Relaxed) >= at {
            return;
        }
        // Only a failed self-test has to be told at once; this is called for each delivery.
        if matches!(*self.state.borrow(), State::Degraded { .. }) {
            self.shared.heard.notify_one();
        }
    }

    /// Ends it for good, in order: requests in flight are finished, then nothing is left of it.
    pub async fn close(&self) {
        let _ = self.commands.send(Command::Close).await;
        self.commands.closed().await;
    }
}

impl fmt::Debug for Tunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tunnel")
            .field("state", &*self.state.borrow())
            .finish_non_exhaustive()
    }
}
