//! Sends a delivery again: its untouched body, signed anew, to an address of the integrator's. Never to our own hook:
//! there it would only be a repeat.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method};
use nexwatch_account::outward::{Back, End, Limits, Out, Outward, is_loopback};
use nexwatch_desk::Resend;
use nexwatch_desk::protocol::{DeskError, ErrorCode, SentAgain};
use nexwatch_nexudus::signature::{HEADER, Key, Rule, sign};
use nexwatch_receive::{KeySet, SecretKey};
use nexwatch_settings::{Secrets, Settings};
use nexwatch_store::SecretId;
use percent_encoding::percent_decode_str;
use std::path::Path;
use std::time::Duration;
use url::Url;

/// Tells the other side that this is not the platform's own request.
pub const AGAIN_HEADER: &str = "x-nexwatch-sent-again";
/// How it is sent.
const LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    whole: Duration::from_secs(15),
    body: 16 << 10,
};
/// Most headers of an answer that are shown.
const MOST_HEADERS: usize = 100;

/// Reads where to send, and whether it may go there. `keys`: the hook's, which must not be in it.
pub fn address(text: &str, confirmed: bool, keys: &[String]) -> Result<Url, DeskError> {
    let wrong = |why: &str| DeskError::new(ErrorCode::BadQuestion, why);
    let text = text.trim();
    // Typed in full: what "example.com:80" would be, is anybody's guess.
    let full = ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if !full {
        return Err(wrong(
            "Write the whole address, beginning with http:// or https://.",
        ));
    }
    let url =
        Url::parse(text).map_err(|_| wrong("This is not an address. Write e.g. http://127.0.0.1:3000/."))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(
            "User names and passwords in an address are not sent. Leave them out.",
        ));
    }
    let is_key = |segment: &str| {
        let segment = percent_decode_str(segment).decode_utf8_lossy();
        keys.iter().any(|key| *key == segment)
    };
    if url
        .path_segments()
        .is_some_and(|mut segments| segments.any(is_key))
    {
        return Err(wrong(
            "This is the address of Nexwatch’s own hook: sent there, the delivery would only be a repeat of itself.",
        ));
    }
    if !is_loopback(&url) && !confirmed {
        let host = url.host_str().unwrap_or_default();
        return Err(DeskError::new(
            ErrorCode::Confirm,
            format!(
                "{host} is not this computer: everything in the body goes there, private fields and all. Send it?"
            ),
        ));
    }
    Ok(url)
}

/// The secret with which a location's deliveries are signed now: its own, else the general one.
fn choose(keys: &KeySet, location: Option<i64>) -> Option<&SecretKey> {
    let current = || keys.0.iter().filter(|secret| !secret.replaced);
    let own = current().find(|secret| location.is_some() && secret.location == location);
    own.or_else(|| current().find(|secret| secret.location.is_none()))
}

/// The secrets of a folder, for who sends beside a running program. Blocks.
pub fn keys_of(folder: &Path) -> Result<KeySet, String> {
    let Some(settings) = Settings::load(folder).map_err(|error| error.to_string())? else {
        return Ok(KeySet::default());
    };
    let now = jiff::Timestamp::now().as_millisecond();
    let active = Secrets::of(folder, &settings.installation).active(now);
    let keys = active
        .map_err(|error| error.to_string())?
        .into_iter()
        .map(|secret| SecretKey {
            id: SecretId(secret.info.id),
            location: secret.info.location,
            replaced: secret.info.until.is_some(),
            key: secret.key,
        });
    Ok(KeySet(keys.collect()))
}

/// The keys of a hook's path, the present one and the one before.
pub fn hook_keys(settings: &Settings) -> Vec<String> {
    let old = settings.old_hook_key.as_ref().map(|old| old.key.clone());
    std::iter::once(settings.hook_key.clone()).chain(old).collect()
}

/// Sends it and waits for the answer. The address must have gone through [`address`].
pub async fn send(
    outward: &Outward,
    delivery: Resend,
    url: Url,
    keys: &KeySet,
) -> Result<SentAgain, DeskError> {
    let secret = choose(keys, delivery.location);
    let signed = secret.map(|secret| (secret.id, rule_name(delivery.rule)));
    let headers = headers(&delivery, secret.map(|secret| &secret.key))?;
    let bytes = u32::try_from(delivery.body.len()).unwrap_or(u32::MAX);
    let shown = url.to_string();
    let out = Out {
        method: Method::POST,
        url,
        headers,
        body: delivery.body.into(),
    };
    let back = outward
        .send(out, &LIMITS)
        .await
        .map_err(|trouble| DeskError::new(ErrorCode::Outside, trouble.to_string()))?;
    Ok(told(back, shown, bytes, signed))
}

fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::RawBytes => "raw-bytes",
        Rule::AsciiFolded => "ascii-folded",
    }
}

fn headers(delivery: &Resend, key: Option<&Key>) -> Result<HeaderMap, DeskError> {
    let unsendable = |_| {
        DeskError::new(
            ErrorCode::Internal,
            "The delivery’s headers cannot be sent again.",
        )
    };
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| -> Result<(), DeskError> {
        headers.insert(
            name,
            HeaderValue::from_bytes(value.as_bytes()).map_err(unsendable)?,
        );
        Ok(())
    };
    if let Some(kind) = &delivery.content_type {
        set(CONTENT_TYPE, kind)?;
    }
    if let Some(encoding) = &delivery.content_encoding {
        set(CONTENT_ENCODING, encoding)?;
    }
    set(HeaderName::from_static(AGAIN_HEADER), "1")?;
    if let Some(key) = key {
        set(
            HeaderName::from_static(HEADER),
            &sign(&delivery.body, key, delivery.rule),
        )?;
    }
    Ok(headers)
}

fn told(back: Back, url: String, bytes: u32, signed: Option<(SecretId, &str)>) -> SentAgain {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    SentAgain {
        url,
        bytes,
        rule: signed.map(|(_, rule)| rule.to_owned()),
        secret: signed.map(|(secret, _)| secret.0),
        status: back.status.as_u16().into(),
        reason: back.status.canonical_reason().unwrap_or_default().to_owned(),
        headers: back
            .headers
            .iter()
            .take(MOST_HEADERS)
            .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
            .collect(),
        body: text(&back.body),
        end: match back.end {
            End::Whole => "whole",
            End::Cut => "cut",
            End::BrokenOff => "broken-off",
        }
        .to_owned(),
        took_ms: u32::try_from(back.took.as_millis()).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn may(url: &str, confirmed: bool) -> Result<Url, ErrorCode> {
        address(url, confirmed, &[KEY.to_owned()]).map_err(|error| {
            assert!(
                error.message.ends_with(['.', '?']) && !error.message.contains(KEY),
                "{error:?}"
            );
            error.code
        })
    }

    #[test]
    fn here_at_once_elsewhere_with_a_yes_and_never_home() {
        for url in [
            "http://127.0.0.1:3000/x?y=1",
            "HTTP://localhost/",
            "https://[::1]:8443/a",
            " http://127.0.0.1 ",
        ] {
            assert!(may(url, false).is_ok(), "{url}");
        }
        for url in [
            "https://example.com/hook",
            "http://192.168.1.5:3000/",
            "http://0.0.0.0:3000/",
        ] {
            assert_eq!(may(url, false), Err(ErrorCode::Confirm), "{url}");
            assert!(may(url, true).is_ok(), "{url}");
        }
        for url in [
            "example.com",
            "127.0.0.1:3000",
            "ftp://127.0.0.1/",
            "http://",
            "http://a:b@127.0.0.1/",
            "",
            "é",
        ] {
            assert_eq!(may(url, true), Err(ErrorCode::BadQuestion), "{url}");
        }
        for home in [
            format!("http://127.0.0.1:7397/hooks/{KEY}/BookingCreate"),
            format!("http://127.0.0.1:7397//hooks//{KEY}"),
            format!("https://space.ngrok.app/hooks/{KEY}/6/7"),
            format!("https://space.ngrok.app/hooks/%30{}/6", &KEY[1..]),
            format!("http://127.0.0.1:7397/a/../hooks/{KEY}"),
        ] {
            assert_eq!(may(&home, true), Err(ErrorCode::BadQuestion), "{home}");
        }
    }

    #[test]
    fn the_locations_own_secret_signs_and_none_that_was_replaced() {
        let secret = |id, location, replaced| SecretKey {
            id: SecretId(id),
            location,
            replaced,
            key: Key::new("x").unwrap(),
        };
        let keys = KeySet(vec![
            secret(1, Some(7), true),
            secret(2, None, false),
            secret(3, Some(7), false),
            secret(4, Some(8), true),
        ]);
        let chosen = |location| choose(&keys, location).map(|secret| secret.id.0);
        assert_eq!(chosen(Some(7)), Some(3));
        assert_eq!(chosen(Some(8)), Some(2));
        assert_eq!(chosen(None), Some(2));
        let none = KeySet(vec![secret(3, Some(7), false)]);
        assert!(choose(&none, None).is_none() && choose(&none, Some(8)).is_none());
    }
}
