//! The state machine between tries: opens a way, keeps it while it lives (`keep`), waits as its failure deserves.

use crate::tunnel::Shared;
use crate::wake::Wake;
use crate::ways::{self, Live, Provider, Site};
use crate::{
    BackOff, Broken, Checked, Class, Door, Heartbeat, Limits, Ms, OnChange, Options, Part, SelfCheck, State,
};
use crate::{Trouble, Way};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

/// What the handle orders.
pub(crate) enum Command {
    /// A self-test at once.
    Check(oneshot::Sender<Checked>),
    /// Another way; told when the old one is gone.
    Change(Way, oneshot::Sender<()>),
    /// The end.
    Close,
}

/// What comes after a way.
pub(crate) enum Next {
    Change(Way, oneshot::Sender<()>),
    Close,
}

/// What reaches the machine from outside, whatever it is doing.
pub(crate) struct Outside {
    pub(crate) orders: mpsc::Receiver<Command>,
    pub(crate) wake: Wake,
}

/// Keeps the chosen way open. Runs as one task; all state is its own.
pub(crate) struct Supervisor {
    pub(crate) site: Site,
    pub(crate) back_off: BackOff,
    pub(crate) limits: Limits,
    pub(crate) check: Option<Arc<dyn SelfCheck>>,
    pub(crate) check_every: Duration,
    pub(crate) shared: Arc<Shared>,
    pub(crate) latest: watch::Sender<Option<Checked>>,
    state: watch::Sender<State>,
    on_change: OnChange,
}

impl Supervisor {
    pub(crate) fn new(
        door: Arc<dyn Door>,
        options: Options,
        shared: Arc<Shared>,
        state: watch::Sender<State>,
        latest: watch::Sender<Option<Checked>>,
    ) -> Supervisor {
        Supervisor {
            site: Site {
                door,
                heartbeat: Heartbeat {
                    // Never is not often.
                    every: options.heartbeat.every.max(Duration::from_millis(1)),
                    ..options.heartbeat
                },
                limits: options.limits,
                back_off: options.back_off,
                on_host_key: Arc::new(options.on_host_key),
            },
            back_off: options.back_off,
            limits: options.limits,
            check: options.check,
            check_every: options.check_every,
            shared,
            latest,
            state,
            on_change: options.on_change,
        }
    }

    /// Keeps `way` open, then whichever it is changed to, until it is closed or no handle is left.
    pub(crate) async fn run(mut self, mut way: Way, orders: mpsc::Receiver<Command>) {
        let wake = Wake::new(self.shared.clock.clone());
        let mut outside = Outside { orders, wake };
        loop {
            let next = match ways::provider(way) {
                None => self.interrupted(&mut outside.orders).await,
                Some(provider) => match self.keep_open(&*provider, &mut outside).await {
                    Ok(never) => match never {},
                    Err(next) => next,
                },
            };
            self.tell(State::Off);
            self.latest.send_replace(None);
            match next {
                Next::Change(new, done) => {
                    way = new;
                    let _ = done.send(());
                }
                Next::Close => return,
            }
        }
    }

    async fn keep_open(
        &mut self,
        provider: &dyn Provider,
        outside: &mut Outside,
    ) -> Result<std::convert::Infallible, Next> {
        outside.wake.restart();
        let mut attempt = 0_u32;
        let mut doubt = false;
        loop {
            attempt = attempt.saturating_add(1);
            self.tell(State::Connecting { attempt });
            let why = match self.open(provider, outside).await? {
                Err(why) => why,
                Ok(mut live) => {
                    // Believed once too often: the self-test has to say so first.
                    live.unproven |= doubt;
                    let kept = self.keep(live, attempt, provider, outside).await?;
                    if kept.lasted >= self.back_off.reset_after {
                        attempt = 1;
                    }
                    doubt = kept.refuted;
                    kept.why
                }
            };
            tracing::info!(code = %why.code, class = ?why.class, attempt, "the tunnel is down");
            if self.pause(attempt, why, outside).await? {
                attempt = 0;
            }
        }
    }

    async fn open(
        &self,
        provider: &dyn Provider,
        outside: &mut Outside,
    ) -> Result<Result<Live, Trouble>, Next> {
        loop {
            let opening = timeout(self.limits.open, provider.open(&self.site));
            return tokio::select! {
                next = self.interrupted(&mut outside.orders) => Err(next),
                // What was begun before the sleep is dead.
                () = outside.wake.jumped() => continue,
                opened = opening => Ok(opened.unwrap_or_else(|_| Err(self.no_answer()))),
            };
        }
    }

    fn no_answer(&self) -> Trouble {
        let seconds = self.limits.open.as_secs();
        Trouble::new(
            Class::Network,
            "no-answer",
            format!("The tunnel's service did not answer within {seconds} seconds."),
            "Nothing to do: it is tried again by itself.",
        )
    }

    /// Waits as the failure deserves. True: it was cut short, counting begins anew.
    async fn pause(&self, attempt: u32, why: Trouble, outside: &mut Outside) -> Result<bool, Next> {
        let Some(steps) = self.back_off.steps(why.class) else {
            self.tell(State::Failed { why });
            return tokio::select! {
                next = self.interrupted(&mut outside.orders) => Err(next),
                () = self.shared.retry.notified() => {
                    outside.wake.restart();
                    Ok(true)
                }
            };
        };
        let wait = steps.wait(attempt);
        let whole = Ms::try_from(wait.as_millis()).unwrap_or(Ms::MAX);
        self.tell(State::Waiting {
            attempt,
            next_try: self.shared.clock.now().saturating_add(whole),
            why,
        });
        tokio::select! {
            next = self.interrupted(&mut outside.orders) => Err(next),
            () = self.shared.retry.notified() => Ok(true),
            () = self.shared.nudge.notified() => Ok(true),
            () = outside.wake.jumped() => Ok(true),
            () = sleep(wait) => Ok(false),
        }
    }

    /// Waits for an order that ends the way. Whoever asks for a self-test meanwhile is told why there is none.
    pub(crate) async fn interrupted(&self, orders: &mut mpsc::Receiver<Command>) -> Next {
        loop {
            match orders.recv().await {
                None | Some(Command::Close) => return Next::Close,
                Some(Command::Change(way, done)) => return Next::Change(way, done),
                Some(Command::Check(reply)) => {
                    let _ = reply.send(self.untested());
                }
            }
        }
    }

    /// What a self-test says that cannot be made, because no way is open.
    pub(crate) fn untested(&self) -> Checked {
        let state = self.state.borrow();
        let broken = match state.trouble() {
            Some(why) => Broken::new(Part::Tunnel, &why.code, &why.message, &why.remedy),
            None if *state == State::Off => Broken::new(
                Part::Tunnel,
                "off",
                "Nothing from outside reaches this computer: no way to be reachable is chosen.",
                "Choose one in the settings.",
            ),
            None => Broken::new(
                Part::Tunnel,
                "connecting",
                "The tunnel is still being set up.",
                "Try again in a moment.",
            ),
        };
        Checked {
            at: self.shared.clock.now(),
            took: Duration::ZERO,
            result: Err(broken),
        }
    }

    /// Tells a new state, once.
    pub(crate) fn tell(&self, state: State) {
        if *self.state.borrow() == state {
            return;
        }
        (self.on_change)(self.shared.clock.now(), &state);
        self.state.send_replace(state);
    }

    /// Whether the state told last is online; since when.
    pub(crate) fn online_since(&self) -> Option<Ms> {
        match *self.state.borrow() {
            State::Online { since, .. } => Some(since),
            _ => None,
        }
    }
}
