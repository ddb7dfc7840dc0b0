//! Rows as a table that pastes into a spreadsheet.

use crate::protocol::{CopiedRows, DeskError};
use nexwatch_feed::{Clock, ExportRequest, Feed, export};

/// The table, and how many rows it has. More than can be copied is an error that says so.
pub(crate) fn copy(feed: &Feed, request: &ExportRequest, clock: &Clock) -> Result<CopiedRows, DeskError> {
    let (text, rows) = export::copy(feed, request, clock)?;
    Ok(CopiedRows { text, rows })
}
