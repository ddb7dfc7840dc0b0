//! Quarantine: how much there is, the list, one delivery looked at, and what is discarded.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Quarantine.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QuarantineStatus {
    /// Deliveries kept apart now.
    pub count: u32,
    /// The newest's arrival.
    pub newest: Option<i64>,
    /// Dropped because the cap was reached, ever.
    pub dropped: u32,
}

/// What is in quarantine.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QuarantinePage {
    /// Newest first.
    pub items: Vec<QuarantineItem>,
    /// All.
    pub total: u32,
}

/// One delivery in quarantine.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QuarantineItem {
    /// Its id.
    pub id: i64,
    /// First arrival, ms since 1970.
    pub received_at: i64,
    /// Arrivals.
    pub arrivals: u32,
    /// What the URL named.
    pub action: Option<String>,
    /// What the URL named.
    pub location: Option<i64>,
    /// `missing`, `malformed`, `wrong`, `ambiguous`.
    pub reason: String,
    /// Bytes of the body.
    pub size: u32,
}

/// One delivery in quarantine, looked at.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QuarantineDetail {
    /// As in the list.
    pub item: QuarantineItem,
    /// `webhook`, `caught-up`, `hub`, `sample`.
    pub source: String,
    /// The path after the key, e.g. `/BookingCreate/1420900101`.
    pub route: String,
    /// Kept headers.
    pub headers: Vec<(String, String)>,
    /// The signature as it came.
    pub signature: Option<String>,
    /// The body, private fields masked (cut at 64 KiB); nothing where it cannot be unpacked any more.
    pub body: Option<String>,
    /// How many fields are masked.
    pub masked: u32,
    /// There is more of the body.
    pub cut: bool,
}

/// Deliveries were discarded.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Discarded {
    /// How many.
    pub count: u32,
}

/// What is discarded from quarantine.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "camelCase")]
#[ts(export)]
pub enum Discard {
    /// These (at most 1,000).
    Ids {
        /// Their ids.
        ids: Vec<i64>,
    },
    /// All up to the newest that the person knows of: what has come since stays.
    UpTo {
        /// Its id.
        id: i64,
    },
}
