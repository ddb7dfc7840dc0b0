//! Evidence of events, and sending one again.

use nexwatch_feed::{Filter, Span};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A bundle for the platform's support or an integrator.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EvidenceRequest {
    /// Which events, by id, in the order in which they are to stand; 1 to 500.
    pub events: Vec<i64>,
    /// Or, with `events` empty, those that are selected in a list, newest first; 500 at most.
    #[serde(default)]
    pub selected: Option<Selected>,
    /// The bodies as they came, byte for byte, private fields and all; else these are masked.
    pub unmasked: bool,
}

/// Rows of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Selected {
    /// Which list.
    pub filter: Filter,
    /// As in `Feed`.
    pub as_of: Option<i64>,
    /// Which stretches of it; none: all of it.
    pub only: Vec<Span>,
    /// The list is folded: what is shown under a row belongs to it.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub fold: bool,
}

/// What a bundle would hold, and where it would go.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EvidencePlan {
    /// Events that are there.
    pub events: u32,
    /// Bytes of their bodies, before they are packed.
    pub bytes: i64,
    /// The file (window), or its name (browser).
    pub target: String,
    /// It is there already.
    pub exists: bool,
}

/// A bundle is being written. How far it is, comes as news of an export of this number; it is stopped and shown in
/// the file manager like one.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EvidenceStarted {
    /// Its number.
    pub job: u32,
    /// In the browser: where to fetch it, once, within a minute.
    pub download: Option<String>,
}

/// What came back for a delivery that was sent again.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SentAgain {
    /// Where it went.
    pub url: String,
    /// Bytes sent.
    pub bytes: u32,
    /// It was signed, by this rule (`raw-bytes` or `ascii-folded`); nothing: no secret is set for its location.
    pub rule: Option<String>,
    /// With which secret.
    pub secret: Option<u32>,
    /// HTTP status of the answer.
    pub status: u32,
    /// What the status means, e.g. "Not Found".
    pub reason: String,
    /// The answer's headers.
    pub headers: Vec<(String, String)>,
    /// The first 16 KiB of its body, as text.
    pub body: String,
    /// `whole`, `cut` (there is more) or `broken-off`.
    pub end: String,
    /// From the first step to the last byte, ms.
    pub took_ms: u32,
}
