//! The headers of a delivery: which are kept, who made it, how it is signed.

use http::{HeaderMap, HeaderName, HeaderValue};
use nexwatch_nexudus::signature::HEADER;
use nexwatch_store::Source;
use subtle::ConstantTimeEq;

/// Marks deliveries that this program made.
pub const SAMPLE_HEADER: &str = "x-nexwatch-sample";

/// Where the path had something in the location's place that is no id. No HTTP header can be called so.
pub const STRAY: &str = ":path";

/// Longest value that is kept, in characters.
pub(crate) const LONGEST: usize = 200;
/// Most headers that are kept.
const MOST: usize = 16;
/// Longest name of one that is, in bytes.
const LONGEST_NAME: usize = 64;

/// What deliveries of a sender have in common, so that the store keeps it once: no date, length or trace id.
/// `x-forwarded-for` is the platform's server, as the tunnel saw it.
fn worth_keeping(name: &HeaderName) -> bool {
    match name.as_str() {
        "content-type" | "content-encoding" | "user-agent" | "x-forwarded-for" => true,
        HEADER => false,
        other => {
            other.starts_with("x-nexudus-")
                && other.len() <= LONGEST_NAME
                && !["signature", "secret", "token", "auth", "key"]
                    .iter()
                    .any(|word| other.contains(word))
        }
    }
}

/// Headers worth keeping, names in lower case, in order of arrival.
pub(crate) fn kept(headers: &HeaderMap, stray: Option<String>) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| worth_keeping(name))
        .map(|(name, value)| (name.as_str().to_owned(), text(value)))
        .chain(stray.map(|stray| (STRAY.to_owned(), stray)))
        .take(MOST)
        .collect()
}

fn text(value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    text.chars().take(LONGEST).collect()
}

/// Made by this program, if it says so with its own mark.
pub(crate) fn source(headers: &HeaderMap, mark: &str) -> Source {
    let ours = headers
        .get(SAMPLE_HEADER)
        .is_some_and(|given| !mark.is_empty() && bool::from(given.as_bytes().ct_eq(mark.as_bytes())));
    if ours { Source::Sample } else { Source::Webhook }
}

/// The signature header, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    /// There is none.
    Not,
    /// Once, or several times the same.
    With(HeaderValue),
    /// Several that differ, which no honest sender makes: all of them, for the quarantine.
    Ambiguously(String),
}

impl Signed {
    pub fn of(headers: &HeaderMap) -> Signed {
        let values = || headers.get_all(HEADER).iter();
        match values().next() {
            None => Signed::Not,
            Some(first) if values().all(|other| other == first) => Signed::With(first.clone()),
            Some(_) => {
                let all: Vec<String> = values().take(MOST).map(text).collect();
                Signed::Ambiguously(all.join(", ").chars().take(LONGEST).collect())
            }
        }
    }

    /// Its text for the quarantine, cut.
    pub fn text(&self) -> Option<String> {
        match self {
            Signed::Not => None,
            Signed::With(value) => Some(text(value)),
            Signed::Ambiguously(all) => Some(all.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        map
    }

    #[test]
    fn keeps_what_senders_have_in_common_and_no_secret() {
        let long = "é".repeat(500);
        let headers = map(&[
            ("host", "example.com"),
            ("content-type", "application/json"),
            ("authorization", "Bearer 1"),
            ("cookie", "a=1"),
            ("date", "Tue, 24 Nov 2026 05:41:35 GMT"),
            ("content-length", "7"),
            ("user-agent", &long),
            ("x-nexudus-business", "7"),
            ("x-nexudus-hook-signature", "AB"),
            ("x-nexudus-hook-secret", "s"),
            ("x-request-id", "5f"),
        ]);
        let kept = kept(&headers, Some("harbour".into()));
        let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["content-type", "user-agent", "x-nexudus-business", ":path"]
        );
        assert_eq!(kept[1].1.chars().count(), LONGEST);
        assert_eq!(kept[3].1, "harbour");
    }

    #[test]
    fn a_flood_of_headers_is_cut() {
        let mut headers = HeaderMap::new();
        for number in 0..50 {
            let name: HeaderName = format!("x-nexudus-{number}").parse().unwrap();
            headers.insert(name, HeaderValue::from_static("1"));
        }
        assert_eq!(kept(&headers, None).len(), MOST);
        let long: HeaderName = format!("x-nexudus-{}", "a".repeat(LONGEST_NAME)).parse().unwrap();
        let headers = HeaderMap::from_iter([(long, HeaderValue::from_static("1"))]);
        assert_eq!(kept(&headers, None), []);
    }

    #[test]
    fn only_the_mark_makes_a_sample() {
        let marked = map(&[(SAMPLE_HEADER, "abc")]);
        assert_eq!(source(&marked, "abc"), Source::Sample);
        for (headers, mark) in [
            (marked, "abd"),
            (map(&[(SAMPLE_HEADER, "")]), ""),
            (map(&[]), ""),
            (map(&[]), "abc"),
        ] {
            assert_eq!(source(&headers, mark), Source::Webhook);
        }
    }

    #[test]
    fn a_signature_said_twice_is_one_and_two_are_none() {
        assert_eq!(Signed::of(&map(&[])), Signed::Not);
        let same = Signed::of(&map(&[(HEADER, "AB"), (HEADER, "AB")]));
        assert_eq!(same, Signed::With(HeaderValue::from_static("AB")));
        let two = Signed::of(&map(&[(HEADER, "AB"), (HEADER, "AC")]));
        assert_eq!(two, Signed::Ambiguously("AB, AC".into()));
        assert_eq!(two.text().as_deref(), Some("AB, AC"));
    }
}
