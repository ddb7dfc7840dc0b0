//! Rows copied: a table that pastes into a spreadsheet.

use super::cell::Column;
use super::sink::Format;
use super::{ExportRequest, Plan, tsv};
use crate::{Clock, Feed, FeedError};
use std::sync::atomic::AtomicBool;

/// Most rows that are copied at once.
pub const MOST_COPIED: u32 = 10_000;

/// The rows of an export as text, tabs between cells and the names of the columns first, and how many they are. Bodies
/// are left out. More than [`MOST_COPIED`] are an error that says what to do instead.
pub fn copy(feed: &Feed, request: &ExportRequest, clock: &Clock) -> Result<(String, u32), FeedError> {
    let mut plan = Plan::of(feed, request, clock)?;
    plan.columns.retain(|column| *column != Column::Body);
    if plan.columns.is_empty() {
        return Err(FeedError::BadExport(
            "bodies cannot be copied: export them".into(),
        ));
    }
    let rows = plan.rows(feed, &mut || Ok(()))?;
    if rows.total() > MOST_COPIED {
        return Err(FeedError::BadExport(format!(
            "{} rows are selected, and {MOST_COPIED} can be copied at once: export them instead",
            rows.total()
        )));
    }
    let format = Format::Tsv(tsv::Tsv::new(&plan.columns, plan.zone.clone()));
    let mut out = Vec::new();
    let never = AtomicBool::new(false);
    let count = plan.write(feed, &rows, format, &mut out, &mut |_, _| {}, &never)?;
    // All of it was text.
    Ok((String::from_utf8_lossy(&out).into_owned(), count))
}
