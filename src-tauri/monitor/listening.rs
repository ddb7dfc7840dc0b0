//! The listener: bound at start, and tried again when its port was taken.

use super::keys::SecretKeys;
use nexwatch_desk::protocol::{ListenerStatus, RefusedCount};
use nexwatch_receive::{BindError, Limits, Listener, Options, Reason};
use nexwatch_settings::{Running, Settings, write_running};
use nexwatch_store::Writer;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often a taken port is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The listener, or why there is none.
pub(crate) struct Listening {
    wanted: SocketAddr,
    folder: PathBuf,
    hook_key: String,
    sample_mark: String,
    limits: Limits,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    listener: Option<Arc<Listener>>,
    trouble: Option<String>,
}

impl Listening {
    pub fn new(wanted: SocketAddr, folder: PathBuf, settings: &Settings) -> Listening {
        let limits = &settings.limits;
        Listening {
            wanted,
            folder,
            hook_key: settings.hook_key.clone(),
            sample_mark: settings.installation.clone(),
            limits: Limits {
                body_bytes: limits.body_bytes,
                header_bytes: limits.header_bytes,
                slow: Duration::from_secs(limits.slow_seconds),
                connections: limits.connections,
                in_flight_bytes: limits.in_flight_bytes,
            },
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Binds; leaves a note of where for programs beside this one.
    pub async fn bind(&self, writer: Writer, keys: Arc<SecretKeys>) -> Result<(), BindError> {
        let options = Options {
            hook_key: self.hook_key.clone(),
            sample_mark: self.sample_mark.clone(),
            limits: self.limits,
            on_refused: Box::new(|refused| tracing::debug!(reason = refused.reason.name(), "refused")),
        };
        let bound = Listener::bind(self.wanted, options, writer, keys).await;
        let mut state = self.state();
        let result = match bound {
            Ok(listener) => {
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

    fn note(&self) {
        let note = Running {
            pid: std::process::id(),
            listen: self.address().map(|address| address.to_string()),
        };
        if let Err(error) = write_running(&self.folder, Some(&note)) {
            tracing::warn!(%error, "other programs cannot be told where this one listens");
        }
    }

    /// Where it listens.
    pub fn address(&self) -> Option<SocketAddr> {
        self.state().listener.as_ref().map(|listener| listener.address())
    }

    /// `http://127.0.0.1:7397/hooks/KEY`, also while it does not listen.
    pub fn hook_base(&self) -> String {
        format!(
            "http://{}/hooks/{}",
            self.address().unwrap_or(self.wanted),
            self.hook_key
        )
    }

    /// `/hooks/KEY` and what marks a sample.
    pub fn for_samples(&self) -> (String, &str) {
        (format!("/hooks/{}", self.hook_key), &self.sample_mark)
    }

    /// Binds as soon as the port is free. Until the program ends.
    pub async fn keep_trying(self: Arc<Self>, writer: Writer, keys: Arc<SecretKeys>) {
        while self.address().is_none() {
            tokio::time::sleep(AGAIN).await;
            if self.bind(writer.clone(), keys.clone()).await.is_ok() {
                tracing::info!("listening after all");
            }
        }
    }

    /// Ends it; what was begun is finished.
    pub async fn stop(&self, grace: Duration) {
        let listener = self.state().listener.clone();
        if let Some(listener) = listener {
            listener.stop(grace).await;
        }
        if let Err(error) = write_running(&self.folder, None) {
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
                    reason: in_words(*reason).to_owned(),
                    count: small(*count),
                })
                .collect(),
        }
    }
}

/// Why a request was not acknowledged, for a person.
fn in_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Signature => "signature wrong or missing (401)",
        Reason::Unproven => "signature wrong, secret not proved yet (202)",
        Reason::NotFound => "wrong address (404)",
        Reason::Method => "not a POST (405)",
        Reason::BodyTooLarge => "body too large (413)",
        Reason::HeadTooLarge => "headers too large (431)",
        Reason::TooSlow => "too slow (408)",
        Reason::NotHttp => "not HTTP (400)",
        Reason::BrokenOff => "broken off by the sender",
        Reason::Busy => "too much at once (503)",
        Reason::Store => "database cannot write (503)",
        Reason::Keys => "secrets cannot be read (503)",
        Reason::Evicted => "closed for want of room",
    }
}
