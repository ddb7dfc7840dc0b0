//! What a person wants to know of an event beside its sentence: labels and values in order.

use crate::fields::Fields;
use crate::{Action, Entity, Voice, payload, read, text};

/// How a fact is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As it stands.
    Text,
    /// A moment: the value is milliseconds since 1970, as text.
    Time,
    /// Money, already written.
    Money,
    /// A person's name.
    Person,
    /// A private contact.
    Contact,
}

/// A label and a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// E.g. "Due", in the reader's language.
    pub label: String,
    /// Never empty.
    pub value: String,
    /// How to show it.
    pub kind: Kind,
    /// Of a moment: minutes that the place's own clock was ahead of UTC, where the body told.
    pub ahead: Option<i32>,
}

/// The facts of the object at a place of a body, as a voice says them. Private values are not among them.
pub fn facts(body: &[u8], position: u32, action: &Action, entity: Entity, voice: &Voice) -> Vec<Fact> {
    let text = read::decode(body);
    let Some(object) = read::object_text(&text, position) else {
        return Vec::new();
    };
    let Some(fields) = Fields::parse(object) else {
        return Vec::new();
    };
    let mut list = Facts {
        fields: &fields,
        voice,
        found: Vec::new(),
    };
    payload::facts(action, entity, &mut list);
    let private = fields.private_values();
    list.found
        .into_iter()
        .map(|(label, fact)| Fact {
            label: voice.fact(label),
            value: crate::private::without_values(fact.value, &private),
            kind: fact.kind,
            ahead: fact.ahead,
        })
        .collect()
}

/// Collects facts of fields that say something. A label is the end of a message's name: `due` is `fact-due = Due` in the
/// catalogue. What is said twice under one label is said once.
pub(crate) struct Facts<'f, 'a> {
    /// The object.
    pub fields: &'f Fields<'a>,
    /// In which language.
    pub voice: &'f Voice,
    found: Vec<(&'static str, Found)>,
}

struct Found {
    value: String,
    kind: Kind,
    ahead: Option<i32>,
}

impl Facts<'_, '_> {
    fn push(&mut self, label: &'static str, value: Option<String>, kind: Kind) {
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return;
        };
        let known = self
            .found
            .iter()
            .any(|(other, fact)| *other == label || (fact.value == value && kind == Kind::Person));
        if !known {
            let ahead = None;
            self.found.push((label, Found { value, kind, ahead }));
        }
    }

    /// A value made by the caller.
    pub fn say(&mut self, label: &'static str, value: Option<String>) {
        self.push(label, value, Kind::Text);
    }

    /// The first of several text fields.
    pub fn text(&mut self, label: &'static str, names: &[&str]) {
        self.push(label, self.fields.first(names), Kind::Text);
    }

    /// Free text, perhaps with tags.
    pub fn long(&mut self, label: &'static str, names: &[&str]) {
        let value = names.iter().find_map(|name| self.fields.long(name));
        self.push(
            label,
            value.and_then(|value| text::line(&value, 1000)),
            Kind::Text,
        );
    }

    /// A person's name.
    pub fn person(&mut self, label: &'static str, names: &[&str]) {
        self.push(label, self.fields.first(names), Kind::Person);
    }

    /// An address or number to reach somebody.
    pub fn contact(&mut self, label: &'static str, names: &[&str]) {
        self.push(label, self.fields.first(names), Kind::Contact);
    }

    /// A moment.
    pub fn time(&mut self, label: &'static str, name: &str) {
        let stamp = self.fields.stamp(name);
        self.push(label, stamp.map(|stamp| stamp.ms().to_string()), Kind::Time);
        if let (Some(_), Some((last, found))) = (stamp, self.found.last_mut())
            && *last == label
        {
            found.ahead = self.fields.when(name).and_then(|when| when.ahead);
        }
    }

    /// Money.
    pub fn money(&mut self, label: &'static str, name: &str, currency: &[&str]) {
        let currency = self.fields.currency(currency);
        let value = self
            .fields
            .amount(name)
            .map(|amount| self.voice.money(amount, currency.as_deref()));
        self.push(label, value, Kind::Money);
    }

    /// What an enum's value is called: the words of `words` are messages of the catalogue.
    pub fn choice(&mut self, label: &'static str, name: &str, words: &[(i64, &str, &'static str)]) {
        let word = self.fields.choice(name, words);
        self.say(label, word.map(|word| self.voice.word(word)));
    }

    /// A flag that is set.
    pub fn set(&mut self, label: &'static str, name: &str) {
        if self.fields.is(name) {
            self.flag(label, name);
        }
    }

    /// A flag, set or not.
    pub fn flag(&mut self, label: &'static str, name: &str) {
        let value = self.fields.flag(name);
        self.say(
            label,
            value.map(|set| self.voice.word(if set { "yes" } else { "no" })),
        );
    }
}
