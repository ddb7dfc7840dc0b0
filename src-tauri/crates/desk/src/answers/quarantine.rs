//! What is in quarantine, without its bodies.

use crate::protocol::{DeskError, QuarantineItem, QuarantinePage};
use nexwatch_store::{Reader, Refusal};

/// A page, newest first.
pub(crate) fn quarantine(
    reader: &Reader,
    before: Option<i64>,
    limit: u32,
) -> Result<QuarantinePage, DeskError> {
    let items = reader
        .quarantine(before, limit.clamp(1, 200))?
        .into_iter()
        .map(|kept| QuarantineItem {
            id: kept.id,
            received_at: kept.received_at,
            arrivals: kept.arrivals,
            action: kept.route.action,
            location: kept.route.location,
            reason: match kept.reason {
                Refusal::Missing => "missing",
                Refusal::Malformed => "malformed",
                Refusal::Wrong => "wrong",
                Refusal::Ambiguous => "ambiguous",
            }
            .to_owned(),
            size: kept.length,
        })
        .collect();
    Ok(QuarantinePage {
        items,
        total: reader.quarantine_count()?.count,
    })
}
