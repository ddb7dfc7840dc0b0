//! How the outside reaches this program: joins the tunnel to settings, listener, ledger and desk.

mod checks;
mod network;
mod requests;
mod way;

use super::config::Config;
use super::ledger::Ledger;
use super::listening::Listening;
use nexwatch_desk::Desk;
use nexwatch_desk::protocol::{
    DeskError, ErrorCode, Reach as ReachView, ReachChange, ReachSettings, ReachState, ReachStatus,
    ReachTrouble, SelfTest, WayName,
};
use nexwatch_settings::SettingsError;
use nexwatch_store::{Cause, Reader, Writer};
use nexwatch_tunnel::{Field, State, Trouble, Tunnel};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

pub(crate) use checks::key as proof_key;
use network::Network;
use requests::Requests;

/// So many changes of state are shown.
const HISTORY: u32 = 50;
/// Waiting for a self-test that a person asked for.
const TEST_PATIENCE: Duration = Duration::from_secs(30);
/// ngrok's free plan allows so many requests a month (its documentation, August 2026).
const NGROK_FREE_REQUESTS: u32 = 20_000;
/// A dead line is noticed by its heartbeats within so long, ms.
const NOTICED_WITHIN: i64 = 15_000;

/// What the tunnel's task and everybody else share.
struct Shared {
    config: Arc<Config>,
    ledger: Arc<Ledger>,
    desk: OnceLock<Desk>,
    /// The newest state and since when (ms since 1970) it has lasted.
    latest: Mutex<(State, i64)>,
    /// The newest genuine delivery from outside, ms since 1970; 0: none since the start.
    heard: Arc<AtomicI64>,
    /// The newest self-test that came back, ms since 1970; 0: none since the start.
    tested: Arc<AtomicI64>,
    /// Another way was chosen; until the old one is closed, its states are no news.
    leaving: AtomicBool,
}

/// The way to be reachable, at work.
pub(crate) struct Reach {
    shared: Arc<Shared>,
    tunnel: Tunnel,
    requests: Requests,
    reader: Reader,
    network: Network,
    /// Changes of the way follow each other.
    changing: tokio::sync::Mutex<()>,
    runtime: tokio::runtime::Handle,
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reach {
    /// Ready, with no way taken up yet; until [`Reach::begin`] it is out of reach. Needs a runtime.
    pub async fn new(
        config: Arc<Config>,
        listening: Arc<Listening>,
        ledger: Arc<Ledger>,
        reader: Reader,
        writer: Writer,
        key: [u8; 32],
    ) -> Arc<Reach> {
        let shared = Arc::new(Shared {
            config: config.clone(),
            ledger,
            desk: OnceLock::new(),
            latest: Mutex::new((State::Off, now())),
            heard: listening.heard_from_outside(),
            tested: Arc::default(),
            leaving: AtomicBool::new(false),
        });
        // The gap of before goes on until there is good news.
        shared.begin(config.with(|settings| settings.reach.way));
        let options = nexwatch_tunnel::Options {
            check: Some(checks::check(&config, &listening, key, shared.tested.clone())),
            on_change: Box::new({
                let shared = shared.clone();
                move |at, state| shared.changed(at, state)
            }),
            on_host_key: Box::new({
                let shared = shared.clone();
                move |key| shared.pin(key)
            }),
            ..nexwatch_tunnel::Options::default()
        };
        let requests = Requests::open(reader.clone(), writer, listening.requests_through()).await;
        Arc::new(Reach {
            shared,
            tunnel: Tunnel::start(nexwatch_tunnel::Way::Off, listening, options),
            requests,
            reader,
            network: Network::new(network::now()),
            changing: tokio::sync::Mutex::new(()),
            runtime: tokio::runtime::Handle::current(),
        })
    }

    /// Closes the way that is taken up, and takes up the chosen one, behind the scenes.
    pub fn begin(self: &Arc<Self>) {
        let reach = self.clone();
        self.runtime.spawn(async move {
            // One after the other; the last choice is the one that stays.
            let _turn = reach.changing.lock().await;
            let config = reach.shared.config.clone();
            // The keychain may take its time.
            match super::waiting(move || way::of(&config)).await {
                Ok(way) => {
                    reach.tunnel.change(way).await;
                    reach.shared.leaving.store(false, Ordering::SeqCst);
                }
                Err(trouble) => {
                    reach.tunnel.change(nexwatch_tunnel::Way::Off).await;
                    reach.shared.leaving.store(false, Ordering::SeqCst);
                    reach.shared.changed(now(), &State::Failed { why: trouble });
                }
            }
        });
    }

    /// Who is told of changes.
    pub fn tell(&self, desk: Desk) {
        let _ = self.shared.desk.set(desk);
    }

    /// Chooses a way and keeps the choice. Blocks.
    pub fn set(
        self: &Arc<Self>,
        chosen: ReachSettings,
        secret: Option<String>,
    ) -> Result<ReachView, DeskError> {
        let chosen = chosen.trimmed();
        let secret = secret
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        if let Some(trouble) = way::wrong(&chosen) {
            return Err(DeskError::new(ErrorCode::BadQuestion, trouble));
        }
        let folder = self.shared.config.folder().to_owned();
        self.shared
            .config
            .change(|settings| -> Result<(), SetError> {
                if let Some(secret) = &secret {
                    settings.keep_way_secret(&folder, chosen.way, secret)?;
                } else if settings.reach.ssh.login != chosen.ssh.login {
                    // A password is no passphrase.
                    settings.forget_way_secret(&folder, WayName::Ssh)?;
                }
                settings.reach = chosen.clone();
                Ok(())
            })
            .map_err(DeskError::from)?;
        self.shared.leaving.store(true, Ordering::SeqCst);
        self.shared.begin(chosen.way);
        self.begin();
        self.view()
    }

    /// Tries at once.
    pub fn retry(self: &Arc<Self>) {
        let unread = matches!(&lock(&self.shared.latest).0, State::Failed { why } if way::is_unread(why));
        if unread {
            // It could not even be tried: the secret has to be read again.
            self.begin();
        } else {
            self.tunnel.retry_now();
        }
    }

    /// A self-test now.
    pub async fn test(&self) -> Result<SelfTest, DeskError> {
        match tokio::time::timeout(TEST_PATIENCE, self.tunnel.check_now()).await {
            Ok(checked) => Ok(checks::told(&checked)),
            Err(_) => Err(DeskError::new(
                ErrorCode::Internal,
                "The self-test is still under way. Its outcome will show in the strip.",
            )),
        }
    }

    /// How it stands. Quick.
    pub fn status(&self) -> ReachStatus {
        let (chosen, own_server) = self
            .shared
            .config
            .with(|settings| (settings.reach.way, settings.reach.ngrok.server.is_some()));
        let (state, since) = lock(&self.shared.latest).clone();
        let heard = self.shared.heard.load(Ordering::Relaxed);
        let (attempt, next_try) = match &state {
            State::Connecting { attempt } | State::Resuming { attempt, .. } => (Some(*attempt), None),
            State::Waiting {
                attempt, next_try, ..
            } => (Some(*attempt), Some(*next_try)),
            _ => (None, None),
        };
        ReachStatus {
            way: chosen,
            state: name_of(&state),
            url: state.url().map(str::to_owned),
            since,
            trouble: state.trouble().map(trouble),
            attempt,
            next_try,
            check: self.tunnel.latest_check().as_ref().map(checks::told),
            heard_at: (heard > 0).then_some(heard),
            requests_this_month: self.requests.this_month(),
            requests_allowed: (chosen == WayName::Ngrok && !own_server).then_some(NGROK_FREE_REQUESTS),
        }
    }

    /// The chosen way and how it stands. Blocks.
    pub fn view(&self) -> Result<ReachView, DeskError> {
        let settings = self.shared.config.get();
        let history = self
            .reader
            .reach_history(HISTORY)?
            .into_iter()
            .map(|row| ReachChange {
                at: row.at,
                way: WayName::parse(&row.way).unwrap_or(WayName::Off),
                state: state_of(&row.state),
                message: row.message,
            })
            .collect();
        Ok(ReachView {
            secrets_kept: settings.way_secrets(),
            kept_in: settings.way_secrets_place(self.shared.config.folder()),
            chosen: settings.reach,
            status: self.status(),
            history,
        })
    }

    /// The computer woke: whether the way still works has to be found out.
    pub fn woke(&self) {
        self.tunnel.nudge();
    }

    /// Looks whether the network is back, and whether what kept deliveries out has been refuted meanwhile.
    pub fn look(&self, ledger: &Ledger, at: i64) {
        let heard = self.shared.heard.load(Ordering::Relaxed);
        if heard > 0 {
            self.tunnel.heard_from_outside(heard);
        }
        if self.network.is_back(network::now()) {
            tracing::info!("the network is back, or another one");
            self.tunnel.nudge();
        }
        if let Some(slept) = ledger.is_out(Cause::Sleep) {
            // Awake is not reachable: only something that came back since says so.
            let tested = self
                .tunnel
                .latest_check()
                .is_some_and(|checked| checked.result.is_ok() && checked.at > slept);
            let (state, since) = lock(&self.shared.latest).clone();
            let anew = state.is_online() && since > slept;
            if tested || anew || heard > slept || !state.is_online() {
                ledger.back(at, Cause::Sleep);
            }
        }
    }

    /// Keeps the count of requests. Until the program ends.
    pub async fn count(self: Arc<Self>) {
        self.requests.keep().await;
    }

    /// Closes it in order: requests in flight are finished, nothing is left behind.
    pub async fn close(&self) {
        self.tunnel.close().await;
        self.requests.write().await;
    }
}

impl Shared {
    /// A way was chosen: from now on its state says whether deliveries get through.
    fn begin(&self, way: WayName) {
        if way == WayName::Off {
            self.ledger.out(
                now(),
                Cause::Off,
                "Only this computer: no way to be reachable is chosen.",
            );
            self.ledger.back(now(), Cause::Tunnel);
        } else {
            self.ledger.out(now(), Cause::Tunnel, "Connecting.");
            self.ledger.back(now(), Cause::Off);
        }
    }

    fn changed(&self, at: i64, state: &State) {
        let way = self.config.with(|settings| settings.reach.way);
        if self.leaving.load(Ordering::SeqCst) {
            // Closed: from here on it is the new one that speaks.
            if *state == State::Off {
                self.leaving.store(false, Ordering::SeqCst);
                *lock(&self.latest) = (State::Off, at);
            }
            if way != WayName::Off {
                return;
            }
        }
        let before = std::mem::replace(&mut *lock(&self.latest), (state.clone(), at)).0;
        // Between two ways, and at the end, it is off for a moment; that is no state of the chosen way.
        if way != WayName::Off && *state == State::Off {
            return;
        }
        let message = in_words(state);
        match state {
            State::Off => self.begin(way),
            State::Online { .. } => {
                self.ledger.back(at, Cause::Tunnel);
                self.ledger.back(at, Cause::Off);
            }
            // One try after the other is one trouble.
            State::Connecting { .. } if self.ledger.is_out(Cause::Tunnel).is_some() => {}
            // It may have been so since the last proof.
            State::Degraded { .. } => {
                self.ledger
                    .out(self.proved(at, &before), Cause::Tunnel, message.clone());
            }
            // A line that is lost answered its last heartbeat so long ago at most.
            _ if before.is_online() => {
                let from = self.proved(at, &before).max(at - NOTICED_WITHIN);
                self.ledger.out(from, Cause::Tunnel, message.clone());
            }
            _ => self.ledger.out(at, Cause::Tunnel, message.clone()),
        }
        self.ledger
            .reached(at, way.name(), word_of(name_of(state)), message);
        if let Some(desk) = self.desk.get() {
            desk.status_changed();
        }
    }

    /// When it was last proved that deliveries get through, before a moment, if it was online until then.
    fn proved(&self, at: i64, before: &State) -> i64 {
        let State::Online { since, .. } = before else {
            return at;
        };
        let heard = self.heard.load(Ordering::Relaxed);
        let tested = self.tested.load(Ordering::Relaxed);
        tested.max(heard).max(*since).min(at)
    }

    /// A host key was seen for the first time: from now on only this one is right.
    fn pin(&self, key: &str) {
        if self.leaving.load(Ordering::SeqCst) {
            // Of a server that is not the chosen one any more.
            return;
        }
        let pinned = self.config.change(|settings| -> Result<(), SettingsError> {
            settings.reach.ssh.host_key = Some(key.to_owned());
            Ok(())
        });
        if let Err(error) = pinned {
            tracing::warn!(%error, "the server's key could not be kept; it is pinned at the next connection");
        }
    }
}

/// Why a choice could not be kept.
enum SetError {
    Settings(SettingsError),
    Keeper(nexwatch_settings::KeeperError),
}

impl From<SettingsError> for SetError {
    fn from(error: SettingsError) -> Self {
        SetError::Settings(error)
    }
}

impl From<nexwatch_settings::KeeperError> for SetError {
    fn from(error: nexwatch_settings::KeeperError) -> Self {
        SetError::Keeper(error)
    }
}

impl From<SetError> for DeskError {
    fn from(error: SetError) -> Self {
        match error {
            SetError::Settings(error) => DeskError::new(
                ErrorCode::FileUnwritable,
                "The settings could not be written. Nothing was changed.",
            )
            .because(error),
            SetError::Keeper(error) => DeskError::new(
                ErrorCode::SecretsUnavailable,
                "The secret could not be kept. Nothing was changed.",
            )
            .because(error),
        }
    }
}

fn name_of(state: &State) -> ReachState {
    match state {
        State::Off => ReachState::Off,
        State::Connecting { .. } => ReachState::Connecting,
        State::Online { .. } => ReachState::Online,
        State::Degraded { .. } => ReachState::Degraded,
        State::Resuming { .. } => ReachState::Resuming,
        State::Waiting { .. } => ReachState::Waiting,
        State::Failed { .. } => ReachState::Failed,
    }
}

const STATES: [(ReachState, &str); 7] = [
    (ReachState::Off, "off"),
    (ReachState::Connecting, "connecting"),
    (ReachState::Online, "online"),
    (ReachState::Degraded, "degraded"),
    (ReachState::Resuming, "resuming"),
    (ReachState::Waiting, "waiting"),
    (ReachState::Failed, "failed"),
];

fn word_of(state: ReachState) -> &'static str {
    STATES
        .into_iter()
        .find(|(known, _)| *known == state)
        .map_or("off", |(_, word)| word)
}

fn state_of(word: &str) -> ReachState {
    STATES
        .into_iter()
        .find(|(_, known)| *known == word)
        .map_or(ReachState::Off, |(state, _)| state)
}

fn in_words(state: &State) -> String {
    match state {
        State::Off => "Only this computer.".to_owned(),
        State::Connecting { .. } => "Connecting.".to_owned(),
        State::Online { url, .. } => format!("Reachable at {url}."),
        State::Degraded { why, .. }
        | State::Resuming { why, .. }
        | State::Waiting { why, .. }
        | State::Failed { why } => why.message.clone(),
    }
}

fn trouble(why: &Trouble) -> ReachTrouble {
    ReachTrouble {
        code: why.code.clone(),
        message: why.message.clone(),
        remedy: why.remedy.clone(),
        field: why.field.map(|field| field_name(field).to_owned()),
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Way => "way",
        Field::Authtoken => "authtoken",
        Field::Domain => "domain",
        Field::Server => "server",
        Field::CaFile => "ca-file",
        Field::Host => "host",
        Field::Port => "port",
        Field::User => "user",
        Field::Key => "key-file",
        Field::Password => "password",
        Field::HostKey => "host-key",
        Field::Bind => "bind-port",
        Field::Url => "url",
        Field::Program => "program",
        Field::Token => "token",
        Field::Hostname => "hostname",
    }
}
