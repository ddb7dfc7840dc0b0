//! How everything stands.

use crate::Host;
use crate::protocol::{DatabaseStatus, DeskError, Place, QuarantineStatus, Status};
use nexwatch_feed::{Clock, Feed};
use nexwatch_store::Writer;

const WEEK: i64 = 7 * 24 * 3600 * 1000;

/// For the strip and the first start. Blocks.
pub(crate) fn status(
    host: &dyn Host,
    feed: &Feed,
    writer: &Writer,
    heard: Option<i64>,
    clock: &Clock,
    place: Place,
) -> Result<Status, DeskError> {
    let reader = feed.reader();
    let store = reader.status()?;
    let quarantine = reader.quarantine_count()?;
    let trouble = writer.healthy().err();
    let gap = reader.open_gap()?;
    let (gaps_this_week, _) = reader.gaps_since(clock.now - WEEK, clock.now)?;
    Ok(Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        place,
        listener: host.listener(),
        database: DatabaseStatus {
            writable: trouble.is_none(),
            trouble: trouble.map(|error| format!("Deliveries are refused until it is mended: {error}.")),
            path: reader.path().display().to_string(),
            bytes: i64::try_from(store.bytes).unwrap_or(i64::MAX),
            free: fs4::available_space(host.folder())
                .ok()
                .and_then(|free| i64::try_from(free).ok()),
        },
        quarantine: QuarantineStatus {
            count: quarantine.count,
            newest: quarantine.newest,
            dropped: quarantine.dropped,
        },
        reach: host.reach_status(),
        gap: gap.map(|row| super::gap(reader, row)).transpose()?,
        gaps_this_week,
        last_refusal: host.last_refusal(),
        secrets: host.secrets()?,
        last_arrival: store.last_arrival.max(heard),
        newest_delivery: store.newest.0,
        events: feed.events(),
        counts_ready: feed.ready(),
        language: feed.voice().language().to_owned(),
        time_zone: clock.zone.iana_name().unwrap_or("UTC").to_owned(),
        now: clock.now,
    })
}
