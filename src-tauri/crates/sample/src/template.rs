//! The 26 documented bodies as forms to fill in: real keys in their real order, nulls present.

use crate::dice::Guid;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// One entity's form.
pub(crate) struct Template {
    /// `"Key":` and the sample's own value, in order.
    fields: Vec<(String, String)>,
    places: HashMap<String, usize>,
}

macro_rules! forms {
    ($($name:ident),* $(,)?) => {
        /// Which form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Form { $($name),* }

        /// Every form with its text.
        pub(crate) const FORMS: &[(Form, &str)] =
            &[$((Form::$name, include_str!(concat!("../templates/", stringify!($name), ".json")))),*];
    };
}

forms! {
    AccessControl, BlogPost, Booking, CalendarEvent, ChatMessage, Checkin, CommunityMessage, CommunityThread,
    Coworker, CoworkerContract, CoworkerDelivery, CoworkerInvoice, CoworkerLedgerEntry, CoworkerMessage,
    CoworkerPaymentMethod, CoworkerProduct, CreditNote, EventAttendee, FailedCheckin, FloorPlanDesk,
    HelpDeskComment, HelpDeskMessage, NewsLetterSubscriber, Proposal, Team, Visitor, Generic,
}

static TEMPLATES: LazyLock<Vec<Template>> =
    LazyLock::new(|| FORMS.iter().map(|(_, text)| Template::parse(text)).collect());

impl Template {
    pub(crate) fn of(form: Form) -> &'static Template {
        &TEMPLATES[form as usize]
    }

    /// The forms are compiled in, and a test reads every one of them: a broken one yields an empty form here.
    fn parse(text: &str) -> Template {
        let objects: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(text).unwrap_or_default();
        let fields: Vec<(String, String)> = objects
            .into_iter()
            .flatten()
            .map(|(key, value)| (format!("\"{key}\":"), value.to_string()))
            .collect();
        let places = fields
            .iter()
            .enumerate()
            .map(|(place, (key, _))| (key[1..key.len() - 2].to_owned(), place))
            .collect();
        Template { fields, places }
    }
}

/// A form being filled in.
pub(crate) struct Body {
    template: &'static Template,
    values: Vec<Option<String>>,
}

impl Body {
    pub(crate) fn new(form: Form) -> Body {
        let template = Template::of(form);
        Body {
            template,
            values: vec![None; template.fields.len()],
        }
    }

    /// Writes one field. A key that the form does not have is a mistake of this crate: it is left out, and the
    /// tests count on `has`.
    pub(crate) fn set(&mut self, key: &str, value: impl Json) -> &mut Self {
        debug_assert!(self.has(key), "no key {key} in this form");
        if let Some(place) = self.template.places.get(key) {
            let mut text = String::new();
            value.json(&mut text);
            self.values[*place] = Some(text);
        }
        self
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.template.places.contains_key(key)
    }

    /// An array of one object, as the platform sends it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = String::with_capacity(4096);
        out.push_str("[{");
        for (place, ((key, own), value)) in self.template.fields.iter().zip(&self.values).enumerate() {
            if place > 0 {
                out.push(',');
            }
            out.push_str(key);
            out.push_str(value.as_deref().unwrap_or(own));
        }
        out.push_str("}]");
        out.into_bytes()
    }
}

/// What a field may hold.
pub(crate) trait Json {
    fn json(&self, out: &mut String);
}

/// A decimal in ten-thousandths, written as the platform does: at least one decimal, trailing zeros kept to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Money(pub(crate) i64);

/// JSON that is ready as it stands.
pub(crate) struct Ready(pub(crate) String);

impl Json for Money {
    fn json(&self, out: &mut String) {
        let (sign, value) = if self.0 < 0 { ("-", -self.0) } else { ("", self.0) };
        let digits = format!("{:04}", value % 10_000);
        let kept = digits.trim_end_matches('0');
        let _ = write!(
            out,
            "{sign}{}.{}",
            value / 10_000,
            if kept.is_empty() { "0" } else { kept }
        );
    }
}

impl Json for Ready {
    fn json(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl Json for &str {
    fn json(&self, out: &mut String) {
        out.push('"');
        for c in self.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if c < ' ' => {
                    let _ = write!(out, "\\u{:04x}", c as u32);
                }
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

impl Json for String {
    fn json(&self, out: &mut String) {
        self.as_str().json(out);
    }
}

impl Json for &String {
    fn json(&self, out: &mut String) {
        self.as_str().json(out);
    }
}

impl Json for i64 {
    fn json(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

impl Json for bool {
    fn json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for Guid {
    fn json(&self, out: &mut String) {
        let _ = write!(out, "\"{self}\"");
    }
}

impl<T: Json> Json for Option<T> {
    fn json(&self, out: &mut String) {
        match self {
            Some(value) => value.json(out),
            None => out.push_str("null"),
        }
    }
}

/// `null`.
pub(crate) const NULL: Option<bool> = None;

/// A list of numbers.
pub(crate) fn ids(list: &[i64]) -> Ready {
    Ready(format!(
        "[{}]",
        list.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_keeps_its_keys_and_their_order() {
        for (form, text) in FORMS {
            let ours: Vec<serde_json::Map<String, serde_json::Value>> =
                serde_json::from_slice(&Body::new(*form).bytes()).expect("JSON");
            let theirs: Vec<serde_json::Map<String, serde_json::Value>> =
                serde_json::from_str(text).expect("JSON");
            assert_eq!(ours, theirs, "{form:?}");
            assert!(ours[0].keys().eq(theirs[0].keys()), "{form:?}: order");
        }
    }

    #[test]
    fn decimals_keep_one_trailing_zero() {
        for (money, text) in [
            (3_540_000, "354.0"),
            (185_000, "18.5"),
            (-98_300, "-9.83"),
            (0, "0.0"),
        ] {
            let mut out = String::new();
            Money(money).json(&mut out);
            assert_eq!(out, text);
        }
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        "a\"b\\c\n\u{1}é".json(&mut out);
        assert_eq!(
            serde_json::from_str::<String>(&out).expect("a string"),
            "a\"b\\c\n\u{1}é"
        );
    }
}
