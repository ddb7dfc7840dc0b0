//! Where a way's streams go in, and how one waits until they are done.

use crate::{Door, Io};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// Takes the streams of one open way. When it and its copies are dropped, what is still served ends.
#[derive(Clone)]
pub(crate) struct Inlet {
    door: Arc<dyn Door>,
    served: TaskTracker,
    end: CancellationToken,
    _guard: Arc<DropGuard>,
}

impl Inlet {
    pub(crate) fn new(door: Arc<dyn Door>) -> Inlet {
        let end = CancellationToken::new();
        Inlet {
            door,
            served: TaskTracker::new(),
            _guard: Arc::new(end.clone().drop_guard()),
            end,
        }
    }

    /// Serves a stream, on a task of its own, until it or the way ends.
    pub(crate) fn push(&self, stream: Box<dyn Io>) {
        let (serve, end) = (self.door.serve(stream), self.end.clone());
        self.served.spawn(async move {
            tokio::select! {
                () = serve => {}
                () = end.cancelled() => {}
            }
        });
    }

    /// Ends what is still served; returns when it has ended.
    pub(crate) async fn shut(&self) {
        self.end.cancel();
        self.served.close();
        self.served.wait().await;
    }
}

/// Waits until requests in flight are answered, but not for ever.
pub(crate) struct Quiet {
    door: Option<Arc<dyn Door>>,
    longest: Duration,
}

/// Between two looks. An answer is written out right after its request stops counting, so that it takes two looks
/// in a row to believe that nothing is under way.
const LOOK: Duration = Duration::from_millis(20);

impl Quiet {
    /// Waits for the requests at a door.
    pub(crate) fn of(door: Arc<dyn Door>, longest: Duration) -> Quiet {
        Quiet {
            door: Some(door),
            longest,
        }
    }

    /// The line is dead: no answer gets out any more.
    pub(crate) fn at_once() -> Quiet {
        Quiet {
            door: None,
            longest: Duration::ZERO,
        }
    }

    /// Whether there is anything to be polite about.
    pub(crate) fn is_orderly(&self) -> bool {
        self.door.is_some()
    }

    /// Returns when nothing is in flight, or the patience is over.
    pub(crate) async fn wait(&self) {
        let Some(door) = &self.door else { return };
        let begun = Instant::now();
        let mut still = 0;
        while still < 2 && begun.elapsed() < self.longest {
            sleep(LOOK).await;
            still = if door.in_flight() == 0 { still + 1 } else { 0 };
        }
    }
}
