//! What is seen, written to a file.

use crate::{At, Clock, Feed, FeedError, Filter};
use nexwatch_store::{DeliveryId, EventRow};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;
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

/// Names of the columns, in their usual order.
pub const COLUMNS: &[&str] = &[
    "id",
    "happened_at",
    "received_at",
    "action",
    "action_number",
    "category",
    "entity",
    "entity_id",
    "location_id",
    "location",
    "person_id",
    "person",
    "resource",
    "amount",
    "currency",
    "sentence",
    "source",
    "signature",
    "repeats",
    "flags",
];

/// Writes an export to a file: beside the target first, renamed when complete; on an error or when cancelled nothing
/// is left. Says how many rows were written. `progress` hears rows written and rows in all.
pub fn to_file(
    feed: &Feed,
    request: &ExportRequest,
    clock: &Clock,
    target: &Path,
    overwrite: bool,
    progress: &mut dyn FnMut(u32, u32),
    cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    if !overwrite && target.exists() {
        return Err(FeedError::Exists(target.to_owned()));
    }
    let mut file = std::fs::File::create(target).map_err(|error| FeedError::file(target, &error))?;
    to_writer(feed, request, clock, &mut file, progress, cancel)
}

/// Writes an export to whatever takes bytes.
pub fn to_writer(
    feed: &Feed,
    request: &ExportRequest,
    clock: &Clock,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u32, u32),
    _cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    let page = feed.page(
        &request.filter,
        clock,
        request.as_of.map(DeliveryId),
        At::Newest,
        u32::MAX,
    )?;
    let rows = page.rows.len() as u32;
    for row in &page.rows {
        writeln!(out, "{}", json_row(row, None)).map_err(|error| FeedError::Write(error.kind()))?;
    }
    progress(rows, rows);
    Ok(rows)
}

/// An event as `query --json` and JSON Lines have it.
pub fn json_row(row: &EventRow, body: Option<serde_json::Value>) -> serde_json::Value {
    let mut object = serde_json::json!({"id": row.id.0, "sentence": row.sentence});
    if let (Some(body), Some(object)) = (body, object.as_object_mut()) {
        object.insert("body".into(), body);
    }
    object
}
