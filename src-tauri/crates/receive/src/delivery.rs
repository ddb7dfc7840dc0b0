//! A delivery's way: `Received → Verified | Rejected`, and from there only the store leads on: to `Stored`, which
//! alone is acknowledged, or to the quarantine.

use crate::headers::Signed;
use crate::{KeySet, Sink};
use bytes::Bytes;
use http::HeaderValue;
use nexwatch_nexudus::signature::{self, Mismatch, Rule};
use nexwatch_nexudus::{Action, Arrival, Ms, Reading};
use nexwatch_store::{Incoming, QuarantineRow, Refusal, Route, Signature, SignatureRule, Source, Suspect};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A delivery as it came, whole.
#[derive(Debug)]
pub(crate) struct Received {
    pub received_at: Ms,
    pub source: Source,
    pub route: Route,
    pub headers: Vec<(String, String)>,
    pub signed: Signed,
    pub body: Bytes,
    /// Its id in quarantine, if it comes from there.
    pub released: Option<i64>,
}

/// A delivery that is genuine, or unsigned because no secret is configured.
#[derive(Debug)]
pub(crate) struct Verified {
    delivery: Received,
    signature: Signature,
}

/// A delivery whose signature failed.
#[derive(Debug)]
pub(crate) struct Rejected {
    delivery: Received,
    reason: Refusal,
}

impl Received {
    /// A delivery out of the quarantine; nothing where no secret could ever prove it.
    pub fn again(row: QuarantineRow) -> Option<Received> {
        let signature = row.signature.filter(|_| row.reason == Refusal::Wrong)?;
        Some(Received {
            received_at: row.received_at,
            source: row.source,
            route: row.route,
            headers: row.headers,
            signed: Signed::With(HeaderValue::from_str(&signature).ok()?),
            body: row.body?.into(),
            released: Some(row.id),
        })
    }

    /// Checks the signature over the bytes as they came.
    pub fn check(self, keys: &KeySet) -> Result<Verified, Box<Rejected>> {
        if keys.0.is_empty() {
            return Ok(Verified {
                delivery: self,
                signature: Signature::Unsigned,
            });
        }
        match self.matching(keys) {
            Ok(signature) => Ok(Verified {
                delivery: self,
                signature,
            }),
            Err(reason) => Err(Box::new(Rejected {
                delivery: self,
                reason,
            })),
        }
    }

    fn matching(&self, keys: &KeySet) -> Result<Signature, Refusal> {
        let header = match &self.signed {
            Signed::Not => return Err(Refusal::Missing),
            Signed::Ambiguously(_) => return Err(Refusal::Ambiguous),
            Signed::With(header) => header.to_str().map_err(|_| Refusal::Malformed)?,
        };
        let keys = || keys.for_location(self.route.location);
        let (index, rule) =
            signature::check(&self.body, header, keys().map(|secret| &secret.key)).map_err(|mismatch| {
                match mismatch {
                    Mismatch::Malformed => Refusal::Malformed,
                    Mismatch::Wrong => Refusal::Wrong,
                }
            })?;
        let secret = keys().nth(index).ok_or(Refusal::Wrong)?.id;
        let rule = match rule {
            Rule::RawBytes => SignatureRule::RawBytes,
            Rule::AsciiFolded => SignatureRule::AsciiFolded,
        };
        Ok(Signature::Verified { rule, secret })
    }
}

impl Verified {
    /// What it says, ready for the store.
    pub fn read(self, sink: &dyn Sink) -> Incoming {
        let delivery = self.delivery;
        let voice = sink.voice();
        // The route stays as it came; what it means may be the account's to say.
        let segment = delivery.route.action.as_deref();
        let lexicon = sink.lexicon();
        let has_more = lexicon.all().next().is_some();
        let named = segment
            .filter(|_| has_more)
            .map(|segment| Action::parse_with(segment, &lexicon).name());
        let arrival = Arrival {
            route_action: named.as_deref().or(segment),
            route_location: delivery.route.location,
            received_at: delivery.received_at,
            body: &delivery.body,
            voice: &voice,
        };
        Incoming {
            received_at: delivery.received_at,
            source: delivery.source,
            readings: surely(nexwatch_nexudus::read, &arrival),
            body: sink.pack_arriving(&delivery.body),
            route: delivery.route,
            headers: delivery.headers,
            signature: self.signature,
            released: delivery.released,
        }
    }
}

impl Rejected {
    /// Why.
    pub fn reason(&self) -> Refusal {
        self.reason
    }

    /// The delivery, ready for the quarantine.
    pub fn suspect(self, sink: &dyn Sink) -> Suspect {
        let delivery = self.delivery;
        Suspect {
            received_at: delivery.received_at,
            source: delivery.source,
            signature: delivery.signed.text(),
            reason: self.reason,
            body: sink.pack(&delivery.body),
            route: delivery.route,
            headers: delivery.headers,
        }
    }
}

/// Reads a body. Should reading ever fail on one, the delivery is kept as unreadable: it is genuine, its bytes are
/// what counts, and an error answer would make the platform send it again for nothing.
fn surely(read: impl Fn(&Arrival) -> Vec<Reading>, arrival: &Arrival) -> Vec<Reading> {
    if let Ok(readings) = catch_unwind(AssertUnwindSafe(|| read(arrival)))
        && !readings.is_empty()
    {
        return readings;
    }
    tracing::error!("a body could not be read; it is kept as unreadable");
    nexwatch_nexudus::read(&Arrival {
        body: b"",
        ..*arrival
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_breaks_the_reading_is_kept_as_unreadable() {
        let arrival = Arrival {
            route_action: Some("6"),
            route_location: Some(7),
            received_at: 1_781_000_000_000,
            body: b"[{\"Id\":5}]",
            voice: &nexwatch_nexudus::Voice::default(),
        };
        for read in [|_: &Arrival| panic!("broken"), |_: &Arrival| Vec::new()] {
            let readings = surely(read, &arrival);
            assert_eq!(readings.len(), 1);
            assert!(readings[0].unreadable);
            assert_eq!(
                (readings[0].action.number(), readings[0].location_id),
                (Some(6), Some(7))
            );
        }
        assert_eq!(surely(nexwatch_nexudus::read, &arrival)[0].entity_id, Some(5));
    }
}
