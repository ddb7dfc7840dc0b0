//! Everything about one event: facts, body, delivery. What is private is masked here, before it leaves.

use crate::answers::row;
use crate::protocol::{DeliveryDetail, DeskError, ErrorCode, EventDetail, Fact, FactKind, RepeatDetail};
use nexwatch_nexudus::{Voice, facts, private};
use nexwatch_store::{DeliveryRow, EventId, Reader, RepeatRow, Route, Signature, SignatureRule, Source};

/// Longest text of a body that is not JSON, in bytes.
pub(super) const LONGEST_TEXT: usize = 64 << 10;

/// Everything about one event.
pub(crate) fn event(reader: &Reader, id: i64) -> Result<EventDetail, DeskError> {
    let gone = || DeskError::new(ErrorCode::NotFound, "This event is not there any more.");
    let id = EventId(id);
    let stored = reader.rows(&[id])?.pop().ok_or_else(gone)?;
    let delivery = reader.delivery(stored.delivery)?.ok_or_else(gone)?;
    let repeats = reader.repeats(id)?;
    let facts = facts::facts(&delivery.body, stored.position, &stored.action, stored.entity, &Voice::default());
    let mut masked = 0;
    let body = nexwatch_nexudus::object_at(&delivery.body, stored.position).map(|mut value| {
        masked = private::mask_value(&mut value);
        value
    });
    let body_text = body.is_none().then(|| {
        let text = nexwatch_nexudus::decode(&delivery.body);
        let cut = text.get(..text.floor_char_boundary(LONGEST_TEXT)).unwrap_or("");
        let (text, hidden) = private::mask_text(cut);
        masked = hidden;
        text
    });
    Ok(EventDetail {
        row: row(stored),
        facts: facts.into_iter().map(fact).collect(),
        body,
        body_text,
        masked,
        delivery: delivery_detail(delivery, &repeats),
    })
}

fn fact(fact: facts::Fact) -> Fact {
    Fact {
        label: fact.label,
        value: fact.value,
        kind: match fact.kind {
            facts::Kind::Text => FactKind::Text,
            facts::Kind::Time => FactKind::Time,
            facts::Kind::Money => FactKind::Money,
            facts::Kind::Person => FactKind::Person,
            facts::Kind::Contact => FactKind::Contact,
        },
    }
}

fn delivery_detail(delivery: DeliveryRow, repeats: &[RepeatRow]) -> DeliveryDetail {
    let (signature, rule, secret) = match delivery.signature {
        Signature::Unsigned => ("unsigned", None, None),
        Signature::Verified { rule, secret } => {
            let rule = match rule {
                SignatureRule::RawBytes => "raw-bytes",
                SignatureRule::AsciiFolded => "ascii-folded",
            };
            ("verified", Some(rule.to_owned()), Some(secret.0))
        }
    };
    DeliveryDetail {
        id: delivery.id.0,
        received_at: delivery.received_at,
        source: source(delivery.source),
        route: path(&delivery.route),
        headers: delivery.headers,
        signature: signature.to_owned(),
        rule,
        secret,
        size: u32::try_from(delivery.body.len()).unwrap_or(u32::MAX),
        events: delivery.events,
        repeats: repeats
            .iter()
            .map(|repeat| RepeatDetail {
                received_at: repeat.received_at,
                identical: repeat.identical,
            })
            .collect(),
    }
}

/// How a delivery came, by its name in the protocol.
pub(super) fn source(source: Source) -> String {
    match source {
        Source::Webhook => "webhook",
        Source::CaughtUp => "caught-up",
        Source::Hub => "hub",
        Source::Sample => "sample",
    }
    .to_owned()
}

/// The path after the key.
pub(super) fn path(route: &Route) -> String {
    let mut path = String::new();
    if let Some(action) = &route.action {
        path.push('/');
        path.push_str(action);
    }
    if let Some(location) = route.location {
        path.push_str(&format!("/{location}"));
    }
    if path.is_empty() { "/".to_owned() } else { path }
}
