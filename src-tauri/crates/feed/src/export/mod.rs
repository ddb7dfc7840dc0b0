//! What is seen, written to a file.

use crate::Filter;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An export of what is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportRequest {
    /// Which events.
    pub filter: Filter,
    /// As in `Feed`: what is seen, not what has arrived since.
    pub as_of: Option<i64>,
    /// `csv` or `jsonl`.
    pub format: ExportFormat,
    /// Columns by name, in order; empty means all.
    pub columns: Vec<String>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// IANA time zone for CSV times (e.g. `Europe/Madrid`), `UTC`, or none for the computer's own. JSON Lines are
    /// always UTC.
    pub time_zone: Option<String>,
    /// Begin a CSV with a byte-order mark, for Excel.
    pub bom: bool,
    /// Add the body as received, private fields masked.
    pub body: bool,
}

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportFormat {
    /// RFC 4180.
    Csv,
    /// One JSON object a line.
    Jsonl,
}
