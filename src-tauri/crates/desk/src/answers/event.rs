//! Everything about one event: facts, body, delivery. What is private is masked here, before it leaves.

use crate::answers::row;
use crate::protocol::{
    Changes, DeliveryDetail, DeskError, Difference, ErrorCode, EventDetail, Fact, FactKind, RepeatDetail,
};
use nexwatch_feed::Feed;
use nexwatch_nexudus::{Ms, Voice, change, facts, private, time};
use nexwatch_store::{
    DeliveryRow, EventId, EventRow, Reader, RepeatRow, Route, Signature, SignatureRule, Source,
};
use serde_json::Value;

/// Longest text of a body that is not JSON, in bytes.
pub(super) const LONGEST_TEXT: usize = 64 << 10;

/// Everything about one event.
pub(crate) fn event(feed: &Feed, id: i64, now: Ms) -> Result<EventDetail, DeskError> {
    let (reader, voice) = (feed.reader(), feed.voice());
    let gone = || DeskError::new(ErrorCode::NotFound, "This event is not there any more.");
    let id = EventId(id);
    let stored = reader.rows(&[id])?.pop().ok_or_else(gone)?;
    let delivery = reader.delivery(stored.delivery)?.ok_or_else(gone)?;
    let repeats = reader.repeats(id)?;
    let facts = facts::facts(
        &delivery.body,
        stored.position,
        &stored.action,
        stored.entity,
        &voice,
    );
    let mut facts: Vec<Fact> = facts.into_iter().map(fact).collect();
    learnt(reader, &stored, &voice, &mut facts)?;
    let changes = changes(reader, &stored, &delivery, &voice)?;
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
        row: row(stored, &voice, now),
        facts,
        body,
        body_text,
        masked,
        changes,
        delivery: delivery_detail(delivery, &repeats),
    })
}

/// Adds what other events told of the person: a booking has no e-mail.
fn learnt(reader: &Reader, event: &EventRow, voice: &Voice, facts: &mut Vec<Fact>) -> Result<(), DeskError> {
    let Some((kind, id)) = event
        .person
        .as_ref()
        .and_then(|person| Some((person.kind, person.id?)))
    else {
        return Ok(());
    };
    let contact = reader.contact(kind, id)?.and_then(|known| known.email);
    if let Some(email) = contact.filter(|email| !facts.iter().any(|fact| fact.value == *email)) {
        facts.push(Fact {
            label: voice.word("fact-email"),
            value: email,
            kind: FactKind::Contact,
            ahead: None,
        });
    }
    Ok(())
}

/// What differs from the state before, if there is one.
fn changes(
    reader: &Reader,
    event: &EventRow,
    delivery: &DeliveryRow,
    voice: &Voice,
) -> Result<Option<Changes>, DeskError> {
    let Some(before) = reader.state_before(event.id)? else {
        return Ok(None);
    };
    let old = nexwatch_nexudus::object_at(&before.body, before.position);
    let new = nexwatch_nexudus::object_at(&delivery.body, event.position);
    let (Some(old), Some(new)) = (old, new) else {
        return Ok(None);
    };
    // What the place's own clock showed, as in the sentence.
    let ahead = |object: &Value, path: &str| {
        let text = |name: &str| object.get(name)?.as_str();
        time::ahead_of(text(path)?, text(&format!("{path}Local"))?)
    };
    let differences = change::differences(&old, &new).into_iter().map(|one| Difference {
        label: voice.field_label(&one.path),
        ahead_before: ahead(&old, &one.path),
        ahead_after: ahead(&new, &one.path),
        path: one.path,
        before: one.before,
        after: one.after,
        noise: one.noise,
    });
    Ok(Some(Changes {
        since: before.event.0,
        since_at: before.event.at(),
        differences: differences.collect(),
    }))
}

pub(super) fn fact(fact: facts::Fact) -> Fact {
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
        ahead: fact.ahead,
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
pub(crate) fn source(source: Source) -> String {
    match source {
        Source::Webhook => "webhook",
        Source::CaughtUp => "caught-up",
        Source::Hub => "hub",
        Source::Sample => "sample",
    }
    .to_owned()
}

/// The path after the key.
pub(crate) fn path(route: &Route) -> String {
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
