//! The listener: bound at start, tried again when its port was taken, bound anew when its settings change. For the
//! tunnel it is the door.

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

/// How often a taken port is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// Requests under way may take so long when the listener is bound anew.
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
    trouble: Option<String>,
    /// Where it listened last.
    had: Option<SocketAddr>,
    /// The program ends: not bound again.
    stopped: bool,
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
    pub async fn bind(&self) -> Result<(), BindError> {
        let _turn = self.turn.lock().await;
        self.bind_now().await
    }

    async fn bind_now(&self) -> Result<(), BindError> {
        let bound = Listener::bind(
            self.wanted(),
            self.options(),
            self.writer.clone(),
            self.keys.clone(),
        )
        .await;
        let mut state = self.state();
        let result = match bound {
            Ok(listener) => {
                state.had = Some(listener.address());
                state.listener = Some(Arc::new(listener));
                state.trouble = None;
                Ok(())
            }
            Err(error) => {
                state.trouble = Some(error.to_string());
                Err(error)
            }
        };
        drop(state);
        self.note();
        result
    }

    /// Takes up changed settings: the keys at once, an address or limits by binding anew. What was begun is finished.
    /// An address that cannot be had is tried on; meanwhile there is no listener.
    pub async fn take_up(&self, before: &Settings) {
        let (after, listener) = (self.config.get(), self.listener());
        if let Some(listener) = &listener {
            listener.replace_hook_key(&after.hook_key, after.old_hook_key.clone().map(replaced));
        }
        let moved = self.fixed.is_none() && before.listen_port != after.listen_port;
        if !moved && limits(before) == limits(&after) {
            return;
        }
        let _turn = self.turn.lock().await;
        if self.state().stopped {
            return;
        }
        let old = self.state().listener.take();
        if let Some(old) = old {
            old.stop(GRACE).await;
        }
        if let Err(error) = self.bind_now().await {
            tracing::warn!(%error, "not listening where the settings say");
        }
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

    /// Binds as soon as the port is free. Until the program ends.
    pub async fn keep_trying(self: Arc<Self>) {
        loop {
            tokio::time::sleep(AGAIN).await;
            let _turn = self.turn.lock().await;
            let missing = {
                let state = self.state();
                state.listener.is_none() && !state.stopped
            };
            if missing && self.bind_now().await.is_ok() {
                tracing::info!("listening after all");
            }
        }
    }

    /// Ends it; what was begun is finished.
    pub async fn stop(&self, grace: Duration) {
        let _turn = self.turn.lock().await;
        self.state().stopped = true;
        if let Some(listener) = self.listener() {
            listener.stop(grace).await;
        }
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
        self.listener().map_or(0, |listener| listener.in_flight())
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
    }
}
