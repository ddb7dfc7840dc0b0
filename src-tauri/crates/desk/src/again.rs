//! A delivery of the store that is to be sent again.

use crate::protocol::{DeskError, ErrorCode};
use nexwatch_nexudus::signature::Rule;
use nexwatch_store::{EventId, Reader, Signature, SignatureRule};
use std::fmt;

/// What of a delivery is sent again.
#[derive(Clone, PartialEq, Eq)]
pub struct Resend {
    /// The untouched bytes.
    pub body: Vec<u8>,
    /// As it came.
    pub content_type: Option<String>,
    /// As it came: without it the body could not be read.
    pub content_encoding: Option<String>,
    /// Whose secret signs it: the location in the hook's path, else the event's.
    pub location: Option<i64>,
    /// As the original was signed; as the platform's published code does where that is not known.
    pub rule: Rule,
}

impl fmt::Debug for Resend {
    /// Without the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resend")
            .field("bytes", &self.body.len())
            .field("location", &self.location)
            .field("rule", &self.rule)
            .finish_non_exhaustive()
    }
}

impl Resend {
    /// The delivery of an event. Blocks.
    pub fn of(reader: &Reader, event: i64) -> Result<Resend, DeskError> {
        let gone = || DeskError::new(ErrorCode::NotFound, "This event is not there any more.");
        let row = reader.event(EventId(event))?.ok_or_else(gone)?;
        let delivery = reader.delivery(row.delivery)?.ok_or_else(gone)?;
        let header = |name: &str| {
            let found = delivery.headers.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        Ok(Resend {
            content_type: header("content-type"),
            content_encoding: header("content-encoding"),
            location: delivery.route.location.or(row.location_id),
            rule: match delivery.signature {
                Signature::Verified {
                    rule: SignatureRule::RawBytes,
                    ..
                } => Rule::RawBytes,
                _ => Rule::AsciiFolded,
            },
            body: delivery.body,
        })
    }
}
