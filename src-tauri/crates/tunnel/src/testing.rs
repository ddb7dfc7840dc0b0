//! When self-tests are made while a way is open, and who waits for their outcome.

use crate::{Broken, Checked, Clock, Part, SelfCheck, Steps};
use futures_util::future::BoxFuture;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

/// The self-tests of one open way: at most one at a time.
pub(crate) struct Testing {
    check: Option<Arc<dyn SelfCheck>>,
    url: String,
    server: Option<String>,
    running: Option<BoxFuture<'static, Checked>>,
    waiting: Vec<oneshot::Sender<Checked>>,
    next: Option<Instant>,
    failures: u32,
    awake: bool,
}

impl Testing {
    pub(crate) fn new(check: Option<Arc<dyn SelfCheck>>, url: String, server: Option<String>) -> Testing {
        Testing {
            check,
            url,
            server,
            running: None,
            waiting: Vec::new(),
            next: None,
            failures: 0,
            awake: false,
        }
    }

    /// Begins one now; one under way is begun anew, as what it set out through may be gone.
    pub(crate) fn begin(&mut self) {
        self.awake = false;
        self.next = None;
        let Some(check) = self.check.clone() else { return };
        let (url, server) = (self.url.clone(), self.server.clone());
        self.running = Some(Box::pin(async move { test(&*check, &url, server).await }));
    }

    /// The address changed.
    pub(crate) fn moved(&mut self, url: String) {
        self.url = url;
        self.begin();
    }

    /// Begins one because the computer woke.
    pub(crate) fn begin_awake(&mut self) {
        self.begin();
        self.awake = self.running.is_some();
    }

    /// Somebody waits for one.
    pub(crate) fn ask(&mut self, reply: oneshot::Sender<Checked>, clock: &dyn Clock) {
        if self.running.is_none() {
            self.begin();
        }
        if self.running.is_some() {
            self.waiting.push(reply);
            return;
        }
        let _ = reply.send(Checked {
            at: clock.now(),
            took: Duration::ZERO,
            result: Err(Broken::new(
                Part::Tunnel,
                "no-self-test",
                "This tunnel was started without a self-test.",
                "Report this: the program should have one.",
            )),
        });
    }

    /// Returns the outcome when one is done.
    pub(crate) async fn done(&mut self) -> Checked {
        let Some(running) = &mut self.running else {
            return pending().await;
        };
        let checked = running.await;
        self.running = None;
        for reply in self.waiting.drain(..) {
            let _ = reply.send(checked.clone());
        }
        checked
    }

    /// When the next one is to be made.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.next
    }

    /// The line was lost: one under way can only fail, which says nothing new.
    pub(crate) fn forget(&mut self, instead: &Checked) {
        self.running = None;
        self.next = None;
        for reply in self.waiting.drain(..) {
            let _ = reply.send(instead.clone());
        }
    }

    /// It works: the next one in a while.
    pub(crate) fn passed(&mut self, every: Duration) {
        self.failures = 0;
        self.again_in(every);
    }

    /// It does not work: the next one soon.
    pub(crate) fn failed(&mut self, steps: Steps) {
        self.failures = self.failures.saturating_add(1);
        self.again_in(steps.wait(self.failures));
    }

    /// The next one after so long.
    pub(crate) fn again_in(&mut self, wait: Duration) {
        self.next = Instant::now().checked_add(wait);
    }

    /// One is being made.
    pub(crate) fn under_way(&self) -> bool {
        self.running.is_some()
    }

    /// The last one failed.
    pub(crate) fn failing(&self) -> bool {
        self.failures > 0
    }

    /// The one just done was made because the computer woke.
    pub(crate) fn awake(&self) -> bool {
        self.awake
    }
}

/// Returns at that time, if there is one.
pub(crate) async fn reached(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}

/// Makes one, and looks whether it is the address that is broken or this computer that is offline.
async fn test(check: &dyn SelfCheck, url: &str, server: Option<String>) -> Checked {
    let mut checked = check.check(url).await;
    let unreached = matches!(&checked.result, Err(broken) if broken.part == Part::Address);
    if unreached
        && let Some(server) = server
        && !check.reaches(&server).await
    {
        checked.result = Err(Broken::new(
            Part::Internet,
            "offline",
            format!(
                "This computer seems to be offline: neither the public address nor {server} can be reached."
            ),
            "Check the network connection; as soon as it is back, the tunnel is too.",
        ));
    }
    checked
}
