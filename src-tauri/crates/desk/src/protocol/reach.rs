//! How the outside reaches this computer: the way, its state, the proof.

use nexwatch_settings::{ReachSettings, WayName};
use serde::Serialize;
use ts_rs::TS;

/// The chosen way and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Reach {
    /// What was chosen, without secrets.
    pub chosen: ReachSettings,
    /// Which ways have a secret kept (never the secret).
    pub secrets_kept: Vec<WayName>,
    /// Where secrets of ways are kept: `keychain`, or the file.
    pub kept_in: String,
    /// How it stands.
    pub status: ReachStatus,
    /// The newest changes of state, newest first, at most 50.
    pub history: Vec<ReachChange>,
}

/// How reachable we are.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReachStatus {
    /// By which way.
    pub way: WayName,
    /// In which state.
    pub state: ReachState,
    /// The public address, `https://…`, without a path.
    pub url: Option<String>,
    /// Since when it is in this state, ms since 1970.
    pub since: i64,
    /// Why not, where it is not online.
    pub trouble: Option<ReachTrouble>,
    /// While connecting, resuming or waiting: which try this is, from 1.
    pub attempt: Option<u32>,
    /// While waiting: when it is tried again, ms since 1970.
    pub next_try: Option<i64>,
    /// The newest self-test.
    pub check: Option<SelfTest>,
    /// Something genuine came in from outside at, ms since 1970: as good as a self-test.
    pub heard_at: Option<i64>,
    /// Requests that came through the tunnel this month, self-tests included.
    pub requests_this_month: u32,
    /// How many the plan allows, where it is known (ngrok's free plan).
    pub requests_allowed: Option<u32>,
}

/// States of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ReachState {
    /// This computer only.
    Off,
    /// The first try.
    Connecting,
    /// The public address leads here.
    Online,
    /// Connected, but the self-test does not come back.
    Degraded,
    /// The line broke; being taken up again.
    Resuming,
    /// Waiting for the next try.
    Waiting,
    /// A person has to do something.
    Failed,
}

/// Why a way does not work, and what helps.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReachTrouble {
    /// For the screen and for support, e.g. `ERR_NGROK_107`.
    pub code: String,
    /// One plain sentence.
    pub message: String,
    /// What the person does; may be empty.
    pub remedy: String,
    /// The field of the settings that is wrong, if it is one: `authtoken`, `domain`, `server`, `ca-file`, `host`, `port`,
    /// `user`, `login`, `key-file`, `password`, `host-key`, `bind-port`, `program`, `token`, `hostname`, `url`.
    pub field: Option<String>,
}

/// A test that went out through the public address, or tried to.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SelfTest {
    /// When, ms since 1970.
    pub at: i64,
    /// How long it was under way, ms.
    pub took: u32,
    /// It came back.
    pub came_back: bool,
    /// The part that is broken, if it did not: `internet`, `tunnel`, `address`, `tls`, `path`, `listener`, `plan`.
    pub part: Option<String>,
    /// One plain sentence.
    pub message: String,
    /// What the person does; may be empty.
    pub remedy: String,
}

/// A change of state.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReachChange {
    /// When, ms since 1970.
    pub at: i64,
    /// By which way.
    pub way: WayName,
    /// Into which state.
    pub state: ReachState,
    /// In words.
    pub message: String,
}
