//! The gap ledger.

use crate::protocol::{DeskError, Gap, GapCause, GapPage};
use nexwatch_store::{GapRow, Reader, StoreError};

/// Most gaps of one page.
const MOST: u32 = 200;
/// More late arrivals than this are not counted.
const MOST_LATE: u32 = 10_000;
const WEEK: i64 = 7 * 24 * 3600 * 1000;

/// A page of the ledger.
pub(crate) fn gaps(reader: &Reader, before: Option<i64>, limit: u32, now: i64) -> Result<GapPage, DeskError> {
    let items = reader
        .gaps(before, limit.clamp(1, MOST))?
        .into_iter()
        .map(|row| gap(reader, row))
        .collect::<Result<_, _>>()?;
    let (_, week) = reader.gaps_since(now - WEEK, now)?;
    Ok(GapPage {
        items,
        total: reader.gap_count()?,
        since: reader.ledger_since()?.unwrap_or(now),
        week,
    })
}

/// One gap.
pub(crate) fn gap(reader: &Reader, row: GapRow) -> Result<Gap, StoreError> {
    let arrived_later = reader.arrived_later(&row, MOST_LATE)?;
    Ok(Gap {
        id: row.id,
        from: row.from,
        to: row.to,
        causes: row
            .causes
            .into_iter()
            .map(|cause| GapCause {
                at: cause.at,
                cause: cause.cause.name().to_owned(),
                message: cause.message,
            })
            .collect(),
        arrived_later,
    })
}
