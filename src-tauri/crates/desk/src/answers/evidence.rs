//! What a bundle of evidence would hold.

use crate::evidence::{check, gone};
use crate::protocol::{DeskError, ErrorCode, EvidenceRequest};
use nexwatch_feed::FeedError;
use nexwatch_store::{EventId, Reader};

/// How many events, and how many bytes their bodies have. An event that is not there, or a wrong selection, is an
/// error: a bundle with a gap in it would prove nothing.
pub(crate) fn evidence(reader: &Reader, request: &EvidenceRequest) -> Result<(u32, i64), DeskError> {
    let events = check(request).map_err(|error| match error {
        FeedError::BadExport(why) => DeskError::new(ErrorCode::BadQuestion, sentence(&why)),
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

fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}
