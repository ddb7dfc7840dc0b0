//! The hook's path: `/hooks/{key}`, `/hooks/{key}/{Action}`, `/hooks/{key}/{Action}/{business_id}`.

use nexwatch_nexudus::Action;
use nexwatch_store::Route;
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

/// Longest text of a path that is kept, in characters.
const LONGEST: usize = 100;

/// What a path with the right key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Action and location.
    pub route: Route,
    /// What stands in the location's place where that is no id: kept beside the delivery, because a genuine one
    /// must not be lost for a slip in the hook's URL, and the slip must be seen.
    pub stray: Option<String>,
}

/// Reads a path; nothing if it, or the key, is wrong. Slashes too many are passed over.
///
/// Labels of the admin panel may hold a slash ("Invoice CANCELLED/REFUNDED"), which many a client sends as it is:
/// such a label is one action.
pub fn parse(path: &str, key: &str) -> Option<Target> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    if segments.next() != Some("hooks") {
        return None;
    }
    let given = segments.next().unwrap_or("");
    // An empty key would be an open door.
    if key.is_empty() || !bool::from(given.as_bytes().ct_eq(key.as_bytes())) {
        return None;
    }
    let found = [segments.next(), segments.next(), segments.next()];
    if segments.next().is_some() {
        return None;
    }
    let [first, second, third] = found.map(|segment| segment.map(decode).filter(|text| !text.is_empty()));
    let target = |action: Option<String>, location: Option<String>| {
        let id = location.as_deref().and_then(location_id);
        let stray = location.filter(|_| id.is_none());
        Some(Target {
            route: Route { action, location: id },
            stray,
        })
    };
    match (first, second, third) {
        (Some(first), Some(second), third) => {
            if location_id(&second).is_none()
                && let Some(label) = label_with_slash(&first, &second)
            {
                return target(Some(label), third);
            }
            match third {
                Some(_) => None,
                None => target(Some(first), Some(second)),
            }
        }
        (first, None, None) => target(first, None),
        (None, second, None) => target(None, second),
        (_, _, Some(_)) => None,
    }
}

fn label_with_slash(first: &str, second: &str) -> Option<String> {
    let label = format!("{first}/{second}");
    let known = label.chars().count() <= LONGEST && matches!(Action::parse(&label), Action::Known(_));
    known.then_some(label)
}

/// The platform's ids are plain positive numbers.
fn location_id(text: &str) -> Option<i64> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|id| *id > 0)
}

/// A segment's text: percent-decoded, without control characters and surrounding space, cut.
fn decode(segment: &str) -> String {
    let text = percent_decode_str(segment).decode_utf8_lossy();
    text.trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn read(rest: &str) -> Option<(Option<String>, Option<i64>, Option<String>)> {
        let target = parse(&format!("/hooks/{KEY}{rest}"), KEY)?;
        Some((target.route.action, target.route.location, target.stray))
    }

    #[test]
    fn every_form_of_path() {
        let some = |text: &str| Some(text.to_owned());
        for (rest, action, location, stray) in [
            ("", None, None, None),
            ("/", None, None, None),
            ("/BookingCreate", some("BookingCreate"), None, None),
            ("/BookingCreate/", some("BookingCreate"), None, None),
            ("//BookingCreate", some("BookingCreate"), None, None),
            ("/6/1414914345", some("6"), Some(1_414_914_345), None),
            ("/6/1414914345/", some("6"), Some(1_414_914_345), None),
            ("/6/%31%32", some("6"), Some(12), None),
            ("/Booking%20created/7", some("Booking created"), Some(7), None),
            (
                "/Invoice%20CANCELLED%2FREFUNDED",
                some("Invoice CANCELLED/REFUNDED"),
                None,
                None,
            ),
            (
                "/Invoice%20CANCELLED/REFUNDED",
                some("Invoice CANCELLED/REFUNDED"),
                None,
                None,
            ),
            (
                "/Invoice%20CANCELLED/REFUNDED/7",
                some("Invoice CANCELLED/REFUNDED"),
                Some(7),
                None,
            ),
            ("/%F0%9F%8E%89", some("🎉"), None, None),
            ("/%ff%fe", some("\u{fffd}\u{fffd}"), None, None),
            ("/a%00b%0a", some("ab"), None, None),
            ("/%zz", some("%zz"), None, None),
            ("/%20", None, None, None),
            ("/%20/7", None, Some(7), None),
            // What is no id is kept as it came.
            (
                "/BookingCreate/harbour-yard",
                some("BookingCreate"),
                None,
                some("harbour-yard"),
            ),
            ("/BookingCreate/-5", some("BookingCreate"), None, some("-5")),
            ("/BookingCreate/+5", some("BookingCreate"), None, some("+5")),
            ("/BookingCreate/0", some("BookingCreate"), None, some("0")),
            (
                "/BookingCreate/99999999999999999999",
                some("BookingCreate"),
                None,
                some("99999999999999999999"),
            ),
        ] {
            assert_eq!(read(rest), Some((action, location, stray)), "{rest}");
        }
        let long = read(&format!("/{}", "é".repeat(300))).unwrap().0.unwrap();
        assert_eq!(long.chars().count(), LONGEST);
    }

    #[test]
    fn wrong_paths_and_keys_are_nothing() {
        for path in [
            "",
            "/",
            "*",
            "/hooks",
            "/hooks/",
            "/Hooks/0123456789abcdef0123456789abcdef",
            "/hook/0123456789abcdef0123456789abcdef/6",
            "/x/hooks/0123456789abcdef0123456789abcdef/6",
            "/hooks/0123456789abcdef0123456789abcdee/6",
            "/hooks/0123456789ABCDEF0123456789ABCDEF/6",
            "/hooks/0123456789abcdef0123456789abcdef0/6",
            "/hooks/0123456789abcdef/6",
            "/hooks/6/0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(parse(path, KEY), None, "{path}");
        }
        for rest in [
            "/6/7/8",
            "/6/x/8",
            "/6/7/8/9",
            "/Invoice%20CANCELLED/REFUNDED/7/8",
        ] {
            assert_eq!(read(rest), None, "{rest}");
        }
        assert_eq!(parse("/hooks//6", ""), None);
        assert_eq!(parse("/hooks/", ""), None);
    }

    proptest::proptest! {
        /// Any path: only the key opens, and what is kept of it is short and plain.
        #[test]
        fn any_path_is_read(rest in "(/|hooks|%[0-9a-fA-F]{2}|[0-9]{1,21}|Invoice cancelled|refunded|\\PC|[\0-\x1f ]){0,12}") {
            proptest::prop_assert_eq!(parse(&rest, KEY), None);
            proptest::prop_assert_eq!(parse(&format!("/hooks/{rest}"), KEY), None);
            if let Some((action, location, stray)) = read(&format!("/{rest}")) {
                for text in [&action, &stray].into_iter().flatten() {
                    proptest::prop_assert!(!text.is_empty() && text.chars().count() <= LONGEST);
                    proptest::prop_assert!(!text.chars().any(char::is_control));
                }
                proptest::prop_assert!(location.is_none_or(|id| id > 0));
                proptest::prop_assert!(location.is_none() || stray.is_none());
            }
        }
    }
}
