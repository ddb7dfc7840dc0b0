//! The gap ledger: stretches of time in which deliveries may be missing.

use serde::Serialize;
use ts_rs::TS;

/// Gaps, newest first.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GapPage {
    /// Newest first.
    pub items: Vec<Gap>,
    /// In all.
    pub total: u32,
    /// Since when there is a record, ms since 1970: the first start. Any minute since then lies in a gap or was covered.
    pub since: i64,
    /// Ms within the last 7 days that lie in gaps.
    pub week: i64,
}

/// One stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Gap {
    /// Its number.
    pub id: i64,
    /// Ms since 1970.
    pub from: i64,
    /// Ms since 1970; nothing while it is open.
    pub to: Option<i64>,
    /// What kept deliveries out, in the order of time; at least one.
    pub causes: Vec<GapCause>,
    /// Events of that time that arrived after it: what the platform sent again.
    pub arrived_later: u32,
}

/// From then on within the gap, this kept deliveries out.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GapCause {
    /// Ms since 1970.
    pub at: i64,
    /// `closed`, `crash`, `sleep`, `tunnel`, `off`, `listener`, `disk`.
    pub cause: String,
    /// In words.
    pub message: String,
}
