//! Events over time.

use crate::protocol::{DeskError, Histogram, Series};
use nexwatch_feed::{Bars, Clock, Feed, Filter};
use nexwatch_nexudus::Ms;
use nexwatch_store::DeliveryId;

/// Most bars of one histogram.
const MOST: u32 = 500;

/// Matching events over a stretch of time as a screen draws them; where an end is not told, see [`Bars`].
pub(crate) fn histogram(
    feed: &Feed,
    filter: &Filter,
    clock: &Clock,
    as_of: Option<DeliveryId>,
    (from, to, bars): (Option<Ms>, Option<Ms>, u32),
) -> Result<Histogram, DeskError> {
    let most = bars.clamp(1, MOST);
    let counted = feed.histogram(filter, clock, as_of, Bars { from, to, most })?;
    let series = counted.series.into_iter().map(|(category, counts)| Series {
        category: category.slug().to_owned(),
        counts,
    });
    Ok(Histogram {
        edges: counted.edges,
        step: counted.step.name().to_owned(),
        series: series.collect(),
        total: counted.total,
        counting: counted.counting,
    })
}
