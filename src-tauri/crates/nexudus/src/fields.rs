//! Lenient access to the fields of one object: null, missing, a number as text, an enum as number or name.
//!
//! A body of 100 keys is parsed once into (name, raw value) pairs; a value is read only when it is asked for.

use crate::{Amount, Stamp, When, private, text, time};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The fields of one object of a body.
#[derive(Default)]
pub struct Fields<'a> {
    by_name: FxHashMap<Cow<'a, str>, &'a RawValue>,
    /// There is no `Id` as the platform writes it: perhaps all names are in another case.
    any_case: bool,
}

/// A field's name without a copy where it has no escapes.
#[derive(PartialEq, Eq, Hash)]
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Cow<'de, str>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a field's name")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(text))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text.to_owned()))
            }
        }
        from.deserialize_str(Text).map(Name)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut by_name = FxHashMap::with_capacity_and_hasher(160, Default::default());
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    // Of a name given twice the last counts, as in most readers of JSON.
                    by_name.insert(name, value);
                }
                let any_case = !by_name.contains_key("Id");
                Ok(Fields { by_name, any_case })
            }
        }
        from.deserialize_map(Object)
    }
}

impl<'a> Fields<'a> {
    /// The fields of an object's text; nothing if it is no object.
    pub fn parse(object: &'a str) -> Option<Fields<'a>> {
        serde_json::from_str(object).ok()
    }

    /// Whether a field is there, whatever it holds.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether there is no field at all.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The names of all fields, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| name.as_ref())
    }

    /// The names of fields that do not stand in the other object, too, in the very same bytes; of both, in no order. Mostly
    /// they are few: whatever else is asked of two states need only be asked of these.
    pub fn not_as_in<'f>(&'f self, other: &'f Fields) -> impl Iterator<Item = &'f str> {
        let mut common = 0;
        let mut names: Vec<&str> = Vec::new();
        for (name, value) in &other.by_name {
            let own = self.by_name.get(name);
            common += usize::from(own.is_some());
            if own.is_none_or(|own| own.get() != value.get()) {
                names.push(name);
            }
        }
        if common < self.by_name.len() {
            names.extend(self.names().filter(|name| !other.has(name)));
        }
        names.into_iter()
    }

    /// The JSON of a field; nothing for null.
    pub fn json(&self, name: &str) -> Option<&'a str> {
        self.raw(name)
    }

    fn find(&self, name: &str) -> Option<&'a RawValue> {
        let exact = self.by_name.get(name);
        let other = || {
            let mut all = self.by_name.iter().filter(|_| self.any_case);
            all.find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        };
        exact.or_else(other).copied()
    }

    fn raw(&self, name: &str) -> Option<&'a str> {
        self.find(name).map(RawValue::get).filter(|raw| *raw != "null")
    }

    /// Text, as it is; numbers and true/false as they are written.
    fn plain(&self, name: &str) -> Option<Cow<'a, str>> {
        let raw = self.raw(name)?;
        match raw.as_bytes().first()? {
            b'"' => match raw.get(1..raw.len() - 1) {
                Some(inner) if !inner.contains('\\') => Some(Cow::Borrowed(inner)),
                _ => serde_json::from_str::<String>(raw)
                    .or_else(|_| serde_json::from_str(&text::without_half_characters(raw)))
                    .ok()
                    .map(Cow::Owned),
            },
            b'{' | b'[' => None,
            _ => Some(Cow::Borrowed(raw)),
        }
    }

    /// A line of text: spaces collapsed, controls and direction marks taken out, at most
    /// [`text::LONGEST_NAME`] characters, never empty.
    pub fn line(&self, name: &str) -> Option<String> {
        text::line(&self.plain(name)?, text::LONGEST_NAME)
    }

    /// The first of several fields that says something.
    pub fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.line(name))
    }

    /// A whole number; one written as text too. 0 and less are "none" for an id: see [`Fields::id`].
    pub fn number(&self, name: &str) -> Option<i64> {
        let plain = self.plain(name)?;
        let plain = plain.trim();
        plain
            .parse()
            .ok()
            .or_else(|| plain.strip_suffix(".0").and_then(|whole| whole.parse().ok()))
    }

    /// An id: a number above 0.
    pub fn id(&self, name: &str) -> Option<i64> {
        self.number(name).filter(|id| *id > 0)
    }

    /// True or false; also as 0/1 or text. Missing is nothing.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.plain(name)?.trim() {
            "1" => Some(true),
            "0" => Some(false),
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// Whether a flag is there and true.
    pub fn is(&self, name: &str) -> bool {
        self.flag(name) == Some(true)
    }

    /// A moment in UTC.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        time::parse_stamp(&self.plain(name)?)
    }

    /// A wall-clock time of a `…Local` field.
    pub fn wall_clock(&self, name: &str) -> Option<DateTime> {
        time::parse_wall_clock(&self.plain(name)?).filter(|t| t.year() >= 1970)
    }

    /// A moment with what the place's own clock showed, if the companion `NameLocal` tells. A companion without its
    /// moment is taken as it stands; one that is no whole quarter of an hour or more than 18 hours away is none.
    pub fn when(&self, name: &str) -> Option<When> {
        let wall = self
            .wall_clock(&format!("{name}Local"))
            .and_then(|wall| TimeZone::UTC.to_timestamp(wall).ok())
            .map(Timestamp::as_millisecond);
        let second = |ms: crate::Ms| ms.div_euclid(1000) * 1000;
        let Some(at) = self.stamp(name).map(|stamp| second(stamp.ms())) else {
            return wall.map(|at| When { at, ahead: Some(0) });
        };
        Some(When {
            at,
            ahead: wall.and_then(|wall| time::ahead(at, wall)),
        })
    }

    /// Money.
    pub fn amount(&self, name: &str) -> Option<Amount> {
        Amount::parse(&self.plain(name)?)
    }

    /// An ISO 4217 code: three letters, upper case.
    pub fn currency(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.plain(name))
            .map(|code| code.trim().to_ascii_uppercase())
            .find(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()))
    }

    /// A word for an enum's value, which may come as a number or a name. An unknown number says nothing.
    pub fn choice(&self, name: &str, words: &[(i64, &str, &'static str)]) -> Option<&'static str> {
        let plain = self.plain(name)?;
        let plain = plain.trim();
        let number = plain.parse::<i64>().ok();
        words
            .iter()
            .find(|(value, known, _)| Some(*value) == number || known.eq_ignore_ascii_case(plain))
            .map(|(_, _, word)| *word)
            .filter(|word| !word.is_empty())
    }

    /// The number of things in a list.
    pub fn length(&self, name: &str) -> Option<usize> {
        serde_json::from_str::<Vec<serde::de::IgnoredAny>>(self.raw(name)?)
            .ok()
            .map(|list| list.len())
    }

    /// Values of private fields that could stand in free text as well.
    pub fn private_values(&self) -> Vec<String> {
        let mut values = Vec::new();
        for (name, raw) in &self.by_name {
            match raw.get().as_bytes().first() {
                Some(b'n' | b't' | b'f') | None => {}
                Some(b'[' | b'{') if raw.get().len() > 2 => {
                    if let Ok(value) = serde_json::from_str(raw.get()) {
                        let all = private::is_private(name);
                        let find = if all {
                            private::add_values
                        } else {
                            private::private_values
                        };
                        find(&value, &mut values);
                    }
                }
                Some(_) if raw.get().len() > 3 && private::is_private(name) => {
                    if let Some(plain) = self.plain(name) {
                        private::add_value(&plain, &mut values);
                    }
                }
                Some(_) => {}
            }
        }
        values.sort_unstable_by_key(|value| std::cmp::Reverse(value.len()));
        values
    }
}

impl Fields<'_> {
    /// Free text of any length, tags taken out; nothing if it is empty.
    pub fn long(&self, name: &str) -> Option<String> {
        let text = text::without_tags(&self.plain(name)?);
        (!text.trim().is_empty()).then_some(text)
    }
}
