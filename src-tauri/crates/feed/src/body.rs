//! Fields of a raw body: found by their path, compared as a person means it.

use crate::names::{fold, runs_on};
use crate::text::value::{Comparison, number};
use nexwatch_nexudus::Ms;
use nexwatch_nexudus::time::parse_stamp;
use serde_json::{Map, Value};

/// A field and what it has to say: one of the checks is enough.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct BodyCheck {
    /// From the event's object inwards. `*` is any field or item, a number an item of a list (or a field of that name).
    pub path: Vec<String>,
    pub checks: Vec<Check>,
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Check {
    /// It is not null.
    Present,
    /// It says so.
    Says(Phrase),
    /// A number in between; `None` has no end. The ends by their bits.
    Number(Vec<(Comparison, u64)>),
    /// A moment, from the first on and before the second, in ms since 1970.
    Moment(Option<Ms>, Option<Ms>),
}

/// Words in a row, made ready for comparing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Phrase {
    /// ` blue room `: folded words with a space around each; without the last space where it may be a beginning.
    words: String,
    /// `true`, `false`, `null` or a number, where it was typed without quotes.
    literal: Option<Literal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Literal {
    True,
    False,
    Null,
    /// By its bits.
    Number(u64),
}

impl Phrase {
    /// Of a text as typed; `quoted` is text whatever it looks like, `beginning` leaves the last word open.
    pub fn new(text: &str, quoted: bool, beginning: bool) -> Phrase {
        let literal = match text {
            _ if quoted || beginning => None,
            "true" => Some(Literal::True),
            "false" => Some(Literal::False),
            "null" => Some(Literal::Null),
            text => number(text).map(|number| Literal::Number(number.to_bits())),
        };
        let mut words = spaced(text);
        if beginning || words.contains(runs_on) {
            // Scripts without spaces: a part is found anywhere.
            words.truncate(words.trim_end().len());
            if words.contains(runs_on) {
                words = words.trim_start().to_owned();
            }
        }
        Phrase { words, literal }
    }

    fn is_said_by(&self, text: &str) -> bool {
        if self.words.trim().is_empty() {
            // Only signs.
            return false;
        }
        spaced(text).contains(&self.words)
    }

    fn holds(&self, value: &Value) -> bool {
        match (value, &self.literal) {
            (Value::Null, literal) => *literal == Some(Literal::Null),
            (Value::Bool(value), Some(literal)) => {
                *literal == if *value { Literal::True } else { Literal::False }
            }
            (Value::Bool(value), None) => self.is_said_by(if *value { "true" } else { "false" }),
            (Value::Number(value), Some(Literal::Number(wanted))) => {
                value.as_f64() == Some(f64::from_bits(*wanted))
            }
            (Value::Number(value), _) => self.is_said_by(&value.to_string()),
            (Value::String(value), literal) => {
                let same = match literal {
                    Some(Literal::Number(wanted)) => number(value) == Some(f64::from_bits(*wanted)),
                    _ => false,
                };
                same || self.is_said_by(value)
            }
            (Value::Array(_) | Value::Object(_), _) => false,
        }
    }
}

/// The folded words of a text with a space around each.
fn spaced(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len() + 2);
    out.push(' ');
    for word in folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        out.push_str(word);
        out.push(' ');
    }
    out
}

impl Check {
    fn holds(&self, value: &Value) -> bool {
        match self {
            Check::Present => !value.is_null(),
            Check::Says(phrase) => phrase.holds(value),
            Check::Number(ends) => {
                let found = match value {
                    Value::Number(value) => value.as_f64(),
                    Value::String(value) => number(value),
                    _ => None,
                };
                found.is_some_and(|found| {
                    let mut ends = ends.iter();
                    ends.all(|(comparison, end)| comparison.holds(found.total_cmp(&f64::from_bits(*end))))
                })
            }
            Check::Moment(from, to) => {
                let at = value
                    .as_str()
                    .and_then(parse_stamp)
                    .map(|stamp| stamp.0.div_euclid(10_000));
                at.is_some_and(|at| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to))
            }
        }
    }
}

impl BodyCheck {
    /// Whether it holds of an event's object (or whatever its body is).
    pub fn holds(&self, body: &Value) -> bool {
        self.holds_at(body, &self.path)
    }

    fn holds_at(&self, value: &Value, path: &[String]) -> bool {
        let Some((step, rest)) = path.split_first() else {
            return match value {
                // A list says what its items say.
                Value::Array(items) if !self.checks.contains(&Check::Present) => {
                    items.iter().any(|item| self.holds_at(item, path))
                }
                value => self.checks.iter().any(|check| check.holds(value)),
            };
        };
        match value {
            Value::Object(fields) if step == "*" => fields.values().any(|value| self.holds_at(value, rest)),
            Value::Object(fields) => match field(fields, step) {
                Some(value) => self.holds_at(value, rest),
                // The platform wraps custom fields: `{"Data": [{"Name": …, "Value": …}]}`.
                None => field(fields, "Data")
                    .filter(|data| data.is_array())
                    .is_some_and(|data| self.holds_at(data, path)),
            },
            Value::Array(items) if step == "*" => items.iter().any(|item| self.holds_at(item, rest)),
            Value::Array(items) => match step.parse::<usize>() {
                Ok(at) => items.get(at).is_some_and(|item| self.holds_at(item, rest)),
                Err(_) => items.iter().any(|item| match named(item, step) {
                    Some(value) => self.holds_at(value, rest),
                    None => item.is_object() && self.holds_at(item, path),
                }),
            },
            _ => false,
        }
    }
}

/// A field by its name; if there is none of just this name, by one that differs in case or accents.
fn field<'v>(fields: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    if let Some(value) = fields.get(name) {
        return Some(value);
    }
    let folded = fold(name);
    let same =
        |known: &str| known.len() == name.len() && known.eq_ignore_ascii_case(name) || fold(known) == folded;
    fields
        .iter()
        .find(|(known, _)| same(known))
        .map(|(_, value)| value)
}

/// The value of `{"Name": "Level", "Value": "Gold"}`, if that is its name.
fn named<'v>(item: &'v Value, name: &str) -> Option<&'v Value> {
    let fields = item.as_object()?;
    let own = field(fields, "Name").or_else(|| field(fields, "Key"))?.as_str()?;
    match own == name || fold(own) == fold(name) {
        true => field(fields, "Value"),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn says(path: &str, text: &str, quoted: bool, beginning: bool) -> bool {
        let body = json!({
            "Notes": "Projector & Coffee, für José",
            "Price": 12.50,
            "Tax": "12.5",
            "Room": "12 B",
            "Paid": false,
            "PaidOn": null,
            "名前": "山田太郎",
            "Lines": [{"Price": 5, "Tags": ["Late fee", "x"]}, {"Price": 7}],
            "CustomFields": {"Data": [{"Name": "Membership level", "Value": "Gold"}, {"Name": "Desk", "Value": 4}]},
            "Other": [{"Name": "a", "Value": "b"}],
            "Deep": {"price": {"Net": 3}},
        });
        let check = BodyCheck {
            path: path.split('.').map(str::to_owned).collect(),
            checks: vec![Check::Says(Phrase::new(text, quoted, beginning))],
        };
        check.holds(&body)
    }

    #[test]
    fn texts_by_their_words() {
        for text in ["coffee", "PROJECTOR coffee", "fur jose", "für"] {
            assert!(says("Notes", text, false, false), "{text}");
        }
        for text in ["coff", "projector für", "-", ""] {
            assert!(!says("Notes", text, false, false), "{text}");
        }
        assert!(says("Notes", "projector cof", false, true));
        assert!(!says("Notes", "ojector", false, true));
        assert!(says("名前", "太郎", false, false));
        assert!(says("notes", "coffee", false, false));
        assert!(!says("Nothing", "coffee", false, false));
    }

    #[test]
    fn numbers_and_the_like_by_value() {
        assert!(says("Price", "12.5", false, false));
        assert!(says("Price", "12.500", false, false));
        assert!(!says("Price", "12", false, false));
        assert!(says("Tax", "12.50", false, false));
        assert!(says("Room", "12", false, false));
        assert!(says("Paid", "false", false, false) && !says("Paid", "true", false, false));
        assert!(says("PaidOn", "null", false, false) && !says("PaidOn", "null", true, false));
        assert!(says("Lines.1.Price", "7", true, false));
    }

    #[test]
    fn paths_through_lists_and_custom_fields() {
        assert!(says("Lines.0.Price", "5", false, false));
        assert!(!says("Lines.1.Price", "5", false, false));
        assert!(says("Lines.*.Price", "7", false, false));
        assert!(says("Lines.Price", "7", false, false));
        assert!(says("Lines.Tags", "late fee", false, false));
        assert!(says("CustomFields.membership LEVEL", "gold", false, false));
        assert!(says("CustomFields.Desk", "4", false, false));
        assert!(says("Other.a", "b", false, false));
        assert!(says("*.price.net", "3", false, false));
        assert!(!says("Lines.9.Price", "5", false, false));
        assert!(!says("Price.x", "5", false, false));
    }

    #[test]
    fn ranges_and_what_is_there() {
        let body = json!({"N": 5, "T": "9.5", "At": "2026-06-09T10:00:00.1234567Z", "Null": null, "List": [1, 9], "Empty": []});
        let so = |path: &str, check: Check| {
            let path = vec![path.to_owned()];
            BodyCheck {
                path,
                checks: vec![check],
            }
            .holds(&body)
        };
        let than = |comparison, end: f64| Check::Number(vec![(comparison, end.to_bits())]);
        assert!(so("N", than(Comparison::AtLeast, 5.0)) && !so("N", than(Comparison::More, 5.0)));
        assert!(so("T", than(Comparison::More, 9.0)) && so("List", than(Comparison::More, 8.0)));
        assert!(!so("At", than(Comparison::More, 0.0)) && !so("Null", than(Comparison::Less, 1.0)));
        let at = 1_780_999_200_123;
        assert!(so("At", Check::Moment(Some(at), Some(at + 1))));
        assert!(!so("At", Check::Moment(None, Some(at))) && !so("N", Check::Moment(None, None)));
        assert!(so("N", Check::Present) && so("Empty", Check::Present));
        assert!(!so("Null", Check::Present) && !so("Nothing", Check::Present));
    }
}
