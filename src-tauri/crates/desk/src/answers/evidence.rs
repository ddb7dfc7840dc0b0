//! What a bundle of evidence would hold.

use crate::evidence::{MOST, check, gone};
use crate::protocol::{DeskError, ErrorCode, EvidenceRequest};
use nexwatch_feed::{Clock, ExportFormat, ExportRequest, Feed, FeedError, export};
use nexwatch_store::{EventId, Reader};

/// The same request with every event named that is selected in a list.
pub(crate) fn named(
    feed: &Feed,
    mut request: EvidenceRequest,
    clock: &Clock,
) -> Result<EvidenceRequest, DeskError> {
    let Some(selected) = request.selected.take() else {
        return Ok(request);
    };
    if !request.events.is_empty() {
        return Err(bad("evidence is of events that are named or selected, not both"));
    }
    let rows = ExportRequest {
        filter: selected.filter,
        as_of: selected.as_of,
        only: selected.only,
        fold: selected.fold,
        format: ExportFormat::Csv,
        columns: Vec::new(),
        oldest_first: false,
        time_zone: None,
        bom: false,
        body: false,
    };
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    match export::events(feed, &rows, clock, most)? {
        Ok(ids) if ids.is_empty() => Err(bad("nothing is selected any more")),
        Ok(ids) => {
            request.events = ids.into_iter().map(|id| id.0).collect();
            Ok(request)
        }
        Err(count) => Err(bad(&format!(
            "{count} events are selected, and evidence is of {MOST} at most: select fewer"
        ))),
    }
}

/// How many events, and how many bytes their bodies have. An event that is not there, or a wrong selection, is an
/// error: a bundle with a gap in it would prove nothing.
pub(crate) fn evidence(reader: &Reader, request: &EvidenceRequest) -> Result<(u32, i64), DeskError> {
    let events = check(request).map_err(|error| match error {
        FeedError::BadExport(why) => bad(&why),
        other => other.into(),
    })?;
    let mut bytes = 0;
    for id in &request.events {
        let missing = || DeskError::new(ErrorCode::NotFound, sentence(&gone(*id)));
        let row = reader.event(EventId(*id))?.ok_or_else(missing)?;
        let length = reader.body_length(row.delivery)?.ok_or_else(missing)?;
        bytes += i64::from(length);
    }
    Ok((events, bytes))
}

fn bad(why: &str) -> DeskError {
    DeskError::new(ErrorCode::BadQuestion, sentence(why))
}

fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}
