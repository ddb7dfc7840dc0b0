//! What is in quarantine: the list without bodies, one delivery with its body masked, and how some are discarded.

use super::event::{LONGEST_TEXT, path, source};
use crate::protocol::{DeskError, Discard, ErrorCode, QuarantineDetail, QuarantineItem, QuarantinePage};
use nexwatch_nexudus::private;
use nexwatch_store::{QuarantineRow, Reader, Refusal, Writer};

/// Most deliveries that are named in one question.
const MOST: usize = 1000;

/// A page, newest first.
pub(crate) fn quarantine(
    reader: &Reader,
    before: Option<i64>,
    limit: u32,
) -> Result<QuarantinePage, DeskError> {
    let kept = reader.quarantine(before, limit.clamp(1, 200))?;
    Ok(QuarantinePage {
        items: kept.iter().map(item).collect(),
        total: reader.quarantine_count()?.count,
    })
}

fn item(kept: &QuarantineRow) -> QuarantineItem {
    QuarantineItem {
        id: kept.id,
        received_at: kept.received_at,
        arrivals: kept.arrivals,
        action: kept.route.action.clone(),
        location: kept.route.location,
        reason: match kept.reason {
            Refusal::Missing => "missing",
            Refusal::Malformed => "malformed",
            Refusal::Wrong => "wrong",
            Refusal::Ambiguous => "ambiguous",
        }
        .to_owned(),
        size: kept.length,
    }
}

/// One delivery; what is private in its body is masked here, before it leaves.
pub(crate) fn quarantined(reader: &Reader, id: i64) -> Result<QuarantineDetail, DeskError> {
    let gone = || {
        DeskError::new(
            ErrorCode::NotFound,
            "This delivery is not in quarantine any more.",
        )
    };
    let newest = reader.quarantine(Some(id.saturating_add(1)), 1)?.pop();
    let kept = newest.filter(|kept| kept.id == id).ok_or_else(gone)?;
    let item = item(&kept);
    let body = kept.body.map(|body| masked(&body));
    let (text, masked) = body.map_or((None, 0), |(text, masked)| (Some(text), masked));
    let end = text
        .as_ref()
        .map_or(0, |text| text.floor_char_boundary(LONGEST_TEXT));
    Ok(QuarantineDetail {
        item,
        source: source(kept.source),
        route: path(&kept.route),
        headers: kept.headers,
        signature: kept.signature,
        cut: text.as_ref().is_some_and(|text| end < text.len()),
        body: text.map(|mut text| {
            text.truncate(end);
            text
        }),
        masked,
    })
}

/// A body as text, and how many of its fields are masked. Anybody can have sent it.
fn masked(body: &[u8]) -> (String, u32) {
    let text = nexwatch_nexudus::decode(body);
    let Ok(mut value) = serde_json::from_str(&text) else {
        return private::mask_text(&text);
    };
    let masked = private::mask_value(&mut value);
    (format!("{value:#}"), masked)
}

/// Discards for good; says how many there were. Blocks.
pub(crate) fn discard(writer: &Writer, what: Discard) -> Result<u32, DeskError> {
    let what = match what {
        Discard::Ids { ids } if ids.len() > MOST => {
            return Err(DeskError::new(
                ErrorCode::BadQuestion,
                format!("At most {MOST} deliveries can be discarded by name."),
            ));
        }
        Discard::Ids { ids } => nexwatch_store::Discard::These(ids),
        Discard::UpTo { id } => nexwatch_store::Discard::UpTo(id),
    };
    Ok(writer.discard_blocking(what)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private_is_masked_whatever_the_body_is() {
        let json = br#"[{"Id":5,"AccessPincode":"4711","Name":"x"},{"Password":"4711"}]"#;
        let (text, count) = masked(json);
        assert!(text.contains("\"Id\": 5") && !text.contains("4711"), "{text}");
        assert_eq!(count, 2);
        let (text, count) = masked(br#"{"Id":5,"Password":"4711","#);
        assert!(text.contains("\"Id\":5") && !text.contains("4711"), "{text}");
        assert_eq!(count, 1);
        assert_eq!(masked(b"\xff\x00\x80hello").1, 0);
    }
}
