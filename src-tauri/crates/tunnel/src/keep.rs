//! The state machine while a way is open: what its line, its self-tests, the computer's sleep and the person say.

use crate::supervisor::{Command, Next, Outside, Supervisor};
use crate::testing::{Testing, reached};
use crate::ways::inlet::Quiet;
use crate::ways::{Closing, Live, News, Provider};
use crate::{Checked, Class, Ms, Part, State, Trouble};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

/// How an open way came to its end.
pub(crate) struct Kept {
    pub(crate) why: Trouble,
    /// How long it was open.
    pub(crate) lasted: Duration,
    /// It believed to be online, and a self-test refuted it.
    pub(crate) refuted: bool,
}

/// What is known of an open way.
struct Open {
    url: String,
    attempt: u32,
    /// The line is lost and being taken up again.
    resuming: Option<(u32, Trouble)>,
    /// The self-test failed: since when, and what broke.
    broken: Option<(Ms, Trouble)>,
    /// When the newest self-test that failed ended.
    tested: Option<Ms>,
    /// Only a self-test can tell whether it is online, and none has.
    unproven: bool,
    /// The service has forgotten us.
    refuted: bool,
    renew: Arc<Notify>,
    hurry: Arc<Notify>,
}

impl Supervisor {
    /// Keeps a way that is open, until it ends by itself or by an order; closes it.
    pub(crate) async fn keep(
        &mut self,
        live: Live,
        attempt: u32,
        provider: &dyn Provider,
        outside: &mut Outside,
    ) -> Result<Kept, Next> {
        let begun = Instant::now();
        let Live {
            url,
            unproven,
            mut news,
            hurry,
            renew,
            closing,
        } = live;
        let mut open = Open {
            unproven: unproven && self.check.is_some(),
            url,
            attempt,
            refuted: false,
            resuming: None,
            broken: None,
            tested: None,
            renew,
            hurry,
        };
        let ended = self.watch(&mut open, provider, &mut news, outside).await;
        match ended {
            Ok(why) => {
                closing.close(Quiet::at_once()).await;
                Ok(Kept {
                    refuted: open.refuted,
                    why,
                    lasted: begun.elapsed(),
                })
            }
            Err(next) => {
                self.part(closing).await;
                Err(next)
            }
        }
    }

    /// An orderly end: from now on not reachable, though requests in flight are finished.
    async fn part(&self, closing: Box<dyn Closing>) {
        self.tell(State::Off);
        let quiet = Quiet::of(self.site.door.clone(), self.limits.drain);
        closing.close(quiet).await;
    }

    async fn watch(
        &mut self,
        open: &mut Open,
        provider: &dyn Provider,
        news: &mut mpsc::UnboundedReceiver<News>,
        outside: &mut Outside,
    ) -> Result<Trouble, Next> {
        let shared = self.shared.clone();
        let mut tests = Testing::new(self.check.clone(), open.url.clone(), provider.server());
        tests.begin();
        loop {
            self.show(open);
            let next = tests.next();
            tokio::select! {
                order = outside.orders.recv() => match order {
                    None | Some(Command::Close) => return Err(Next::Close),
                    Some(Command::Change(way, done)) => return Err(Next::Change(way, done)),
                    Some(Command::Check(reply)) if open.resuming.is_none() => tests.ask(reply, &*shared.clock),
                    Some(Command::Check(reply)) => { let _ = reply.send(self.untested()); }
                },
                happened = news.recv() => match happened {
                    Some(News::Resuming { attempt, why }) => {
                        open.resuming = Some((attempt, why));
                        self.show(open);
                        tests.forget(&self.untested());
                    }
                    Some(News::Up) => if open.resuming.take().is_some() {
                        tests.begin();
                    }
                    Some(News::Moved(url)) => if url != open.url {
                        open.url = url;
                        tests.moved(open.url.clone());
                    }
                    Some(News::Ended(why)) => return Ok(why),
                    None => return Ok(vanished()),
                },
                checked = tests.done() => {
                    self.latest.send_replace(Some(checked.clone()));
                    if let Some(why) = self.judge(open, &mut tests, checked, provider) {
                        return Ok(why);
                    }
                }
                () = reached(next), if open.resuming.is_none() => self.due(&mut tests),
                () = shared.heard.notified() => {
                    // Only what came after the test that failed refutes it.
                    let heard = shared.heard_at.load(std::sync::atomic::Ordering::Relaxed);
                    if open.tested.is_none_or(|tested| heard > tested) {
                        open.broken = None;
                        open.unproven = false;
                        tests.passed(self.check_every);
                    }
                }
                () = outside.wake.jumped() => {
                    open.hurry.notify_one();
                    if open.resuming.is_none() {
                        tests.begin_awake();
                    }
                }
                () = async { tokio::select! {
                    () = shared.retry.notified() => {}
                    () = shared.nudge.notified() => {}
                } } => {
                    open.hurry.notify_one();
                    if open.resuming.is_none() && !tests.under_way() {
                        tests.begin();
                    }
                }
            }
        }
    }

    /// The time for a self-test has come, unless something genuine arrived meanwhile.
    fn due(&self, tests: &mut Testing) {
        let heard = self.shared.heard_at.load(std::sync::atomic::Ordering::Relaxed);
        let silent = self.shared.clock.now().saturating_sub(heard).max(0);
        let silent = Duration::from_millis(silent.unsigned_abs());
        match self.check_every.checked_sub(silent) {
            Some(rest) if !rest.is_zero() && !tests.failing() => tests.again_in(rest),
            _ => tests.begin(),
        }
    }

    /// What follows from a self-test. Something: the way must be opened afresh.
    fn judge(
        &self,
        open: &mut Open,
        tests: &mut Testing,
        checked: Checked,
        provider: &dyn Provider,
    ) -> Option<Trouble> {
        open.unproven = false;
        let Err(broken) = checked.result else {
            open.broken = None;
            tests.passed(self.check_every);
            return None;
        };
        tracing::info!(part = ?broken.part, code = %broken.code, "the self-test did not come back");
        let why = Trouble::from(&broken);
        if provider.forgotten(&broken) {
            open.refuted = true;
            return Some(Trouble {
                class: Class::Network,
                ..why
            });
        }
        // After sleep the line may be dead without anybody having said so.
        let line = !matches!(broken.part, Part::Path | Part::Listener | Part::Plan | Part::Tls);
        if tests.awake() && line {
            open.renew.notify_one();
        }
        open.tested = Some(self.shared.clock.now());
        let since = open.broken.as_ref().map(|(since, _)| *since);
        open.broken = Some((since.unwrap_or_else(|| self.shared.clock.now()), why));
        tests.failed(self.back_off.check);
        if broken.part == Part::Plan {
            // Each test counts against the limit.
            tests.again_in(self.check_every);
        }
        None
    }

    /// Tells the state that follows from what is known.
    fn show(&self, open: &Open) {
        let url = open.url.clone();
        self.tell(match open {
            Open {
                resuming: Some((attempt, why)),
                ..
            } => State::Resuming {
                url,
                attempt: *attempt,
                why: why.clone(),
            },
            Open {
                broken: Some((since, why)),
                ..
            } => State::Degraded {
                url,
                since: *since,
                why: why.clone(),
            },
            Open { unproven: true, .. } => State::Connecting {
                attempt: open.attempt,
            },
            _ => State::Online {
                url,
                since: self.online_since().unwrap_or_else(|| self.shared.clock.now()),
            },
        });
    }
}

fn vanished() -> Trouble {
    Trouble::new(
        Class::Network,
        "network",
        "The tunnel ended without a word.",
        "Nothing to do: it is tried again by itself.",
    )
}
