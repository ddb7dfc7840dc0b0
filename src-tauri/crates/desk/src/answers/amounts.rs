//! What amounts come to.

use crate::protocol::{AmountSum, Amounts, DeskError, Selected};
use nexwatch_feed::{Clock, Feed, OfEvents, Total};
use nexwatch_nexudus::Voice;
use nexwatch_store::DeliveryId;

/// Of the events of a list, or of some stretches of it.
pub(crate) fn amounts(feed: &Feed, of: &Selected, clock: &Clock) -> Result<Amounts, DeskError> {
    let sums = feed.amounts(
        OfEvents {
            filter: &of.filter,
            as_of: of.as_of.map(DeliveryId),
            only: &of.only,
            fold: of.fold,
        },
        clock,
    )?;
    let voice = feed.voice();
    Ok(Amounts {
        sums: sums.into_iter().map(|sum| line(sum, &voice)).collect(),
    })
}

fn line(sum: nexwatch_feed::AmountSum, voice: &Voice) -> AmountSum {
    AmountSum {
        action: sum.action.name(),
        label: sum.label(voice),
        total: sum.sum().map(|total| total.to_string()),
        category: sum.action.category().slug().to_owned(),
        currency: sum.currency,
        events: sum.events,
        things: sum.things,
        both_sides: sum.total == Total::BothSides,
    }
}
