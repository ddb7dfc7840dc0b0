//! `delivery.json`: how it came and how it was proved.

use super::Case;
use super::body::Body;
use crate::answers::{path, source};
use nexwatch_nexudus::{Ms, Voice, private, time};
use nexwatch_store::{DeliveryRow, Signature, SignatureRule};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The kept headers, with what is private in them taken out. Of a masked body, which is written anew, how its bytes
/// were encoded is none of them any more.
pub(super) fn headers(delivery: &DeliveryRow, body: &Body) -> Vec<(String, String)> {
    delivery
        .headers
        .iter()
        .filter(|(name, _)| body.as_received || name != "content-encoding")
        .map(|(name, value)| {
            let about = name.strip_prefix("x-nexudus-").unwrap_or(name);
            let value = match private::is_private(&about.replace('-', "")) && !body.unmasked {
                true => private::MASK.to_owned(),
                false => body.clean(value),
            };
            (name.clone(), value)
        })
        .collect()
}

fn at(ms: Ms) -> String {
    time::rfc3339(ms)
}

/// What stands in `delivery.json`.
pub(super) fn facts(case: &Case, headers: &[(String, String)], body: &Body) -> Value {
    let Case {
        row,
        delivery,
        repeats,
    } = case;
    let (result, rule, secret) = match delivery.signature {
        Signature::Unsigned => ("unsigned: no shared secret was set when it came", None, None),
        Signature::Verified { rule, secret } => (
            "verified",
            Some(match rule {
                SignatureRule::RawBytes => "raw-bytes",
                SignatureRule::AsciiFolded => "ascii-folded",
            }),
            Some(secret.0),
        ),
    };
    let headers: Vec<Value> = headers
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let repeats: Vec<Value> = repeats
        .iter()
        .map(|repeat| json!({"received_at": at(repeat.received_at), "identical": repeat.identical}))
        .collect();
    let mut told = json!({
        "event": {
            "id": row.id.0,
            // For strangers: in English and UTC, as all the rest of it.
            "sentence": body.clean(&row.say(&Voice::default(), None)),
            "happened_at": at(row.happened_at),
            "action": body.clean(&row.action.name()),
            "action_number": row.action.number(),
            "entity": row.entity.name(),
            "entity_id": row.entity_id,
            "location_id": row.location_id,
            "location": row.location.as_deref().map(|name| body.clean(name)),
            "place_in_body": row.position,
            "flags": row.flags.names(),
        },
        "delivery": {
            "id": delivery.id.0,
            "received_at": at(delivery.received_at),
            "source": source(delivery.source),
            "path_after_key": body.clean(&path(&delivery.route)),
            "headers": headers,
            "bytes": delivery.body.len(),
            "events_in_body": delivery.events,
        },
        "signature": {
            "result": result,
            "header": nexwatch_nexudus::signature::HEADER,
            "rule": rule,
            "secret_number": secret,
        },
        "repeats": repeats,
        "body": {
            "file": body.file,
            "as_received": body.as_received,
            "masked_fields": body.masked,
        },
    });
    // Of a masked body it would let a PIN of four digits be found by trying.
    if body.as_received {
        let digest = Sha256::digest(&delivery.body);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        told["body"]["sha256"] = hex.into();
    }
    told
}
