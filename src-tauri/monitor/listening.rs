//! The listener: bound at start, tried again when its port was taken, bound anew when its port changes. For the tunnel it
//! is the door.

use super::config::Config;
use super::keys::SecretKeys;
use super::refusals::Refusals;
use nexwatch_desk::protocol::{LastRefusal, ListenerStatus, RefusedCount};
use nexwatch_receive::{BindError, Limits, Listener, Options, Proof, ReplacedKey};
use nexwatch_settings::{OldKey, Running, Settings, write_running};
use nexwatch_store::Writer;
use nexwatch_tunnel::{Door, Io};
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;

/// How often a taken port is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// Requests under way at the old port may take so long when another is listened at.
const GRACE: Duration = Duration::from_secs(15);

/// The listener, or why there is none.
pub(crate) struct Listening {
    /// Said on the command line; the settings' port is not looked at then.
    fixed: Option<SocketAddr>,
    config: Arc<Config>,
    writer: Writer,
    keys: Arc<SecretKeys>,
    proof: Proof,
    refusals: Arc<Refusals>,
    /// Requests that came through a tunnel since the start.
    through: Arc<AtomicU64>,
    /// The newest delivery from outside that a secret proved, ms since 1970; 0: none yet.
    heard: Arc<AtomicI64>,
    state: Mutex<State>,
    /// Binding and stopping follow each other.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    listener: Option<Arc<Listener>>,
    /// Those before it, while they finish what they have begun.
    leaving: Vec<Arc<Listener>>,
    trouble: Option<String>,
    /// Where it listened last.
    had: Option<SocketAddr>,
    /// The program ends: not bound again.
    stopped: bool,
}

impl State {
    fn listens_at(&self, address: SocketAddr) -> bool {
        self.listener
            .as_ref()
            .is_some_and(|listener| listener.address() == address)
    }
}

impl Listening {
    pub fn new(
        fixed: Option<SocketAddr>,
        config: Arc<Config>,
        writer: Writer,
        keys: Arc<SecretKeys>,
        proof: Proof,
    ) -> Listening {
        Listening {
            fixed,
            config,
            writer,
            keys,
            proof,
            refusals: Arc::default(),
            through: Arc::default(),
            heard: Arc::default(),
            state: Mutex::default(),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listener(&self) -> Option<Arc<Listener>> {
        self.state().listener.clone()
    }

    fn wanted(&self) -> SocketAddr {
        let wanted = self.fixed.unwrap_or_else(|| {
            let port = self.config.with(|settings| settings.listen_port);
            SocketAddr::from((Ipv4Addr::LOCALHOST, port))
        });
        // Any port will do, but once it is known it stays: a proxy may lead to it.
        match self.state().had {
            Some(had) if wanted.port() == 0 => had,
            _ => wanted,
        }
    }

    fn options(&self) -> Options {
        let settings = self.config.get();
        let (refusals, heard) = (self.refusals.clone(), self.heard.clone());
        Options {
            sample_mark: settings.installation.clone(),
            limits: limits(&settings),
            on_refused: Box::new(move |refused| refusals.heard(refused)),
            on_proved: Box::new(move |at| {
                heard.fetch_max(at, Ordering::Relaxed);
            }),
            proof: Some(self.proof.clone()),
            replaced_key: settings.old_hook_key.map(replaced),
            ..Options::with_key(settings.hook_key)
        }
    }

    /// Binds; leaves a note of where for programs beside this one.
    pub async fn bind(self: &Arc<Self>) -> Result<(), BindError> {
        let _turn = self.turn.lock().await;
        self.settle().await.map(drop)
    }

    /// Takes up the settings as they are now: keys and limits at once and with the socket that it has, another port by
    /// listening there first. The old one is listened at until then, so also while the new one cannot be had.
    pub async fn take_up(self: &Arc<Self>) {
        if let Some(listener) = &self.state().listener {
            self.apply(listener);
        }
        if self.is_settled() {
            return;
        }
        let _turn = self.turn.lock().await;
        if let Err(error) = self.settle().await {
            tracing::warn!(%error, "not listening where the settings say");
        }
    }

    /// Keys and limits as the settings have them now. With the state locked, so that the last one to come here has the
    /// newest.
    fn apply(&self, listener: &Listener) {
        let settings = self.config.get();
        listener.replace_hook_key(&settings.hook_key, settings.old_hook_key.clone().map(replaced));
        listener.set_limits(limits(&settings));
    }

    /// Nothing is to be bound, and nothing is wrong.
    fn is_settled(&self) -> bool {
        let wanted = self.wanted();
        let state = self.state();
        state.stopped || (state.trouble.is_none() && state.listens_at(wanted))
    }

    /// Listens where the settings say, unless it does. Says whether that is new. For whoever has the turn.
    async fn settle(self: &Arc<Self>) -> Result<bool, BindError> {
        let wanted = self.wanted();
        {
            let mut state = self.state();
            if state.stopped {
                return Ok(false);
            }
            if state.listens_at(wanted) {
                // The settings may have come back to where it listens.
                state.trouble = None;
                return Ok(false);
            }
        }
        let bound = Listener::bind(wanted, self.options(), self.writer.clone(), self.keys.clone()).await;
        let result = {
            let mut state = self.state();
            match bound {
                Ok(listener) => {
                    // What has changed since the options were put together.
                    self.apply(&listener);
                    state.had = Some(listener.address());
                    state.trouble = None;
                    if let Some(before) = state.listener.replace(Arc::new(listener)) {
                        state.leaving.push(before.clone());
                        tokio::spawn(self.clone().leave(before));
                    }
                    Ok(true)
                }
                Err(error) => {
                    state.trouble = Some(match &state.listener {
                        Some(old) => format!("{error}; until then it listens at {}", old.address()),
                        None => error.to_string(),
                    });
                    Err(error)
                }
            }
        };
        self.note();
        result
    }

    /// Ends a listener whose place another has taken; what was begun is finished.
    async fn leave(self: Arc<Self>, before: Arc<Listener>) {
        before.stop(GRACE).await;
        self.state().leaving.retain(|one| !Arc::ptr_eq(one, &before));
    }

    fn note(&self) {
        let note = Running {
            pid: std::process::id(),
            listen: self.address().map(|address| address.to_string()),
        };
        if let Err(error) = write_running(self.config.folder(), Some(&note)) {
            tracing::warn!(%error, "other programs cannot be told where this one listens");
        }
    }

    /// Where it listens.
    pub fn address(&self) -> Option<SocketAddr> {
        self.state().listener.as_ref().map(|listener| listener.address())
    }

    /// `http://127.0.0.1:7397`, also while it does not listen.
    pub fn local_address(&self) -> String {
        format!("http://{}", self.address().unwrap_or_else(|| self.wanted()))
    }

    /// `/hooks/KEY`
    pub fn hook_path(&self) -> String {
        self.config
            .with(|settings| format!("/hooks/{}", settings.hook_key))
    }

    /// What marks a sample.
    pub fn sample_mark(&self) -> String {
        self.config.with(|settings| settings.installation.clone())
    }

    /// Counts requests that come through a tunnel.
    pub fn requests_through(&self) -> Arc<AtomicU64> {
        self.through.clone()
    }

    /// When the newest delivery from outside that a secret proved came, ms since 1970; 0: none yet.
    pub fn heard_from_outside(&self) -> Arc<AtomicI64> {
        self.heard.clone()
    }

    /// The newest request that was not acknowledged.
    pub fn last_refusal(&self) -> Option<LastRefusal> {
        self.refusals.last()
    }

    /// Listens where the settings say as soon as the port is free. Until the program ends.
    pub async fn keep_trying(self: Arc<Self>) {
        loop {
            tokio::time::sleep(AGAIN).await;
            let _turn = self.turn.lock().await;
            if matches!(self.settle().await, Ok(true)) {
                tracing::info!("listening after all");
            }
        }
    }

    /// Ends it; what was begun is finished.
    pub async fn stop(&self, grace: Duration) {
        let _turn = self.turn.lock().await;
        let mut ending = {
            let mut state = self.state();
            state.stopped = true;
            let all = state.listener.iter().chain(&state.leaving).cloned();
            all.map(|listener| async move { listener.stop(grace).await })
                .collect::<JoinSet<()>>()
        };
        while ending.join_next().await.is_some() {}
        if let Err(error) = write_running(self.config.folder(), None) {
            tracing::warn!(%error, "the note of where this program listens stays behind");
        }
    }

    /// For the strip.
    pub fn status(&self) -> ListenerStatus {
        let state = self.state();
        let counts = state
            .listener
            .as_ref()
            .map(|listener| listener.counts())
            .unwrap_or_default();
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        ListenerStatus {
            up: state.listener.is_some(),
            address: state
                .listener
                .as_ref()
                .map(|listener| listener.address().to_string()),
            trouble: state.trouble.clone(),
            acknowledged: small(counts.acknowledged),
            refused: counts
                .refused
                .iter()
                .map(|(reason, count)| RefusedCount {
                    reason: super::refusals::in_short(*reason).to_owned(),
                    count: small(*count),
                })
                .collect(),
        }
    }
}

impl Door for Listening {
    fn serve(&self, stream: Box<dyn Io>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (listener, through) = (self.listener(), self.through.clone());
        Box::pin(async move {
            // Without a listener the stream is closed, and the platform sends again.
            if let Some(listener) = listener {
                listener.serve_stream(stream, through).await;
            }
        })
    }

    fn address(&self) -> Option<SocketAddr> {
        Listening::address(self)
    }

    fn in_flight(&self) -> usize {
        let state = self.state();
        let all = state.listener.iter().chain(&state.leaving);
        all.map(|listener| listener.in_flight()).sum()
    }
}

fn replaced(old: OldKey) -> ReplacedKey {
    ReplacedKey {
        key: old.key,
        until: old.until,
    }
}

fn limits(settings: &Settings) -> Limits {
    let limits = &settings.limits;
    Limits {
        body_bytes: limits.body_bytes,
        header_bytes: limits.header_bytes,
        slow: Duration::from_secs(limits.slow_seconds),
        connections: limits.connections,
        in_flight_bytes: limits.in_flight_bytes,
        ..Limits::default()
    }
}
