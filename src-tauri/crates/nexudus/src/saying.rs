//! What is said of an event, apart from the language, the clock on the wall and the names of its row.
//!
//! The store keeps this instead of a finished sentence: so a person reads it in their own language, "tomorrow 09:00"
//! where that is so today, and under a name that was learnt later. A [`crate::Voice`] makes the sentence.

use crate::{Amount, Ms, text};
use std::borrow::Cow;

/// Begins a saying in the store. A text that does not begin so is a finished sentence of an older program.
const MARK: char = '\u{1f}';
/// Begins one whose sentence does not tell of the act, so that the action's label stands before it.
const UNDER_LABEL: char = '!';

/// A message of the catalogue and the pieces it is filled with. Who, what, where and how much come from the event's row.
#[derive(Clone, Debug, PartialEq)]
pub struct Saying {
    message: Cow<'static, str>,
    pieces: Vec<(Cow<'static, str>, Piece)>,
    under_label: bool,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words of the body: a name, a subject.
    Text(String),
    /// Money with its currency (ISO 4217), where the body names one.
    Sum(Amount, Option<String>),
    /// Day and time.
    At(When),
    /// A day.
    Day(When),
    /// From, and to.
    Span(When, When),
    /// A number of things.
    Count(i64),
    /// A word of the catalogue, by its name there.
    Word(Cow<'static, str>),
}

/// A moment of a body, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// In UTC.
    pub at: Ms,
    /// Minutes that the place's own clock was ahead of UTC, where the body told (`…Local` fields).
    pub ahead: Option<i32>,
}

impl Saying {
    /// A message of the catalogue, by its name there.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Saying {
        Saying {
            message: message.into(),
            pieces: Vec::new(),
            under_label: false,
        }
    }

    /// A finished sentence.
    pub fn plain(sentence: impl Into<String>) -> Saying {
        Saying::new("").text("text", Some(sentence.into()))
    }

    /// Adds a piece, if there is one.
    pub fn with(mut self, name: &'static str, piece: Option<Piece>) -> Saying {
        if let Some(piece) = piece {
            self.pieces.push((Cow::Borrowed(name), piece));
        }
        self
    }

    /// Adds words of the body.
    pub fn text(self, name: &'static str, text: Option<impl Into<String>>) -> Saying {
        self.with(name, text.map(|text| Piece::Text(text.into())))
    }

    /// Adds money.
    pub fn sum(self, name: &'static str, amount: Option<Amount>, currency: Option<&str>) -> Saying {
        self.with(
            name,
            amount.map(|amount| Piece::Sum(amount, currency.map(str::to_owned))),
        )
    }

    /// Adds a day and time.
    pub fn at(self, name: &'static str, when: Option<When>) -> Saying {
        self.with(name, when.map(Piece::At))
    }

    /// Adds a day.
    pub fn day(self, name: &'static str, when: Option<When>) -> Saying {
        self.with(name, when.map(Piece::Day))
    }

    /// Adds a stretch of time; without an end, or with one that is not after the start, only its start.
    pub fn span(self, name: &'static str, from: Option<When>, to: Option<When>) -> Saying {
        let piece = from.map(|from| match to.filter(|to| to.at > from.at) {
            Some(to) => Piece::Span(from, to),
            None => Piece::At(from),
        });
        self.with(name, piece)
    }

    /// Adds a number of things.
    pub fn count(self, name: &'static str, count: Option<i64>) -> Saying {
        self.with(name, count.map(Piece::Count))
    }

    /// Adds a word of the catalogue.
    pub fn word(self, name: &'static str, word: Option<&'static str>) -> Saying {
        self.with(name, word.map(|word| Piece::Word(Cow::Borrowed(word))))
    }

    /// The same, with the action's label before it.
    pub(crate) fn under_label(mut self) -> Saying {
        self.under_label = true;
        self
    }

    /// Its name in the catalogue; empty for a finished sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The pieces, by name.
    pub fn pieces(&self) -> &[(Cow<'static, str>, Piece)] {
        &self.pieces
    }

    /// Of a piece called `new` the one called `old`: a sentence that names both says a day that they share once.
    pub(crate) fn old_of(&self, name: &str) -> Option<&Piece> {
        let old = self.pieces.iter().find(|(known, _)| known == "old");
        old.filter(|_| name == "new").map(|(_, piece)| piece)
    }

    /// Whether the action's label stands before it.
    pub fn is_under_label(&self) -> bool {
        self.under_label
    }

    /// Words of the body in it.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.pieces.iter_mut().filter_map(|(_, piece)| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        })
    }

    /// As the store keeps it: one line, which [`Saying::decode`] turns back.
    pub fn encode(&self) -> String {
        if self.message.is_empty() && !self.under_label {
            return match self.pieces.first() {
                Some((_, Piece::Text(text))) => tidy(text).into_owned(),
                _ => String::new(),
            };
        }
        let mut line = String::with_capacity(64);
        line.push(MARK);
        if self.under_label {
            line.push(UNDER_LABEL);
        }
        line.push_str(&self.message);
        for (name, piece) in &self.pieces {
            line.push(MARK);
            line.push_str(name);
            line.push('=');
            piece.write(&mut line);
        }
        line
    }

    /// A saying from the store. Never fails: what is no saying is a finished sentence; a piece that a newer program
    /// wrote in a way that is not known here is left out.
    pub fn decode(line: &str) -> Saying {
        let Some(rest) = line.strip_prefix(MARK) else {
            return Saying::plain(line);
        };
        let mut parts = rest.split(MARK);
        let first = parts.next().unwrap_or("");
        let (under_label, message) = match first.strip_prefix(UNDER_LABEL) {
            Some(message) => (true, message),
            None => (false, first),
        };
        let pieces = parts.filter_map(|part| {
            let (name, piece) = part.split_once('=')?;
            Some((Cow::Owned(name.to_owned()), Piece::read(piece)?))
        });
        let saying = Saying {
            pieces: pieces.collect(),
            message: Cow::Owned(message.to_owned()),
            under_label,
        };
        if message.is_empty() && !under_label {
            // Of a damaged line what can be read.
            return Saying::plain(
                saying
                    .pieces
                    .into_iter()
                    .find_map(|(_, piece)| match piece {
                        Piece::Text(text) => Some(text),
                        _ => None,
                    })
                    .unwrap_or_default(),
            );
        }
        saying
    }
}

/// Nothing that would end a piece.
fn tidy(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) {
        Cow::Owned(text::line(text, usize::MAX).unwrap_or_default())
    } else {
        Cow::Borrowed(text)
    }
}

impl Piece {
    fn write(&self, line: &mut String) {
        match self {
            Piece::Text(text) => {
                line.push('t');
                line.push_str(&tidy(text));
            }
            Piece::Sum(amount, currency) => {
                line.push('m');
                line.push_str(&amount.0.to_string());
                if let Some(currency) = currency {
                    line.push(' ');
                    line.push_str(&tidy(currency));
                }
            }
            Piece::At(when) => {
                line.push('a');
                when.write(line);
            }
            Piece::Day(when) => {
                line.push('d');
                when.write(line);
            }
            Piece::Span(from, to) => {
                line.push('s');
                from.write(line);
                line.push(' ');
                to.write(line);
            }
            Piece::Count(count) => {
                line.push('n');
                line.push_str(&count.to_string());
            }
            Piece::Word(word) => {
                line.push('w');
                line.push_str(word);
            }
        }
    }

    fn read(piece: &str) -> Option<Piece> {
        let kind = piece.chars().next()?;
        let rest = &piece[kind.len_utf8()..];
        Some(match kind {
            't' => Piece::Text(rest.to_owned()),
            'm' => {
                let (amount, currency) = match rest.split_once(' ') {
                    Some((amount, currency)) => (amount, Some(currency.to_owned())),
                    None => (rest, None),
                };
                Piece::Sum(Amount(amount.parse().ok()?), currency)
            }
            'a' => Piece::At(When::read(rest)?),
            'd' => Piece::Day(When::read(rest)?),
            's' => {
                let (from, to) = rest.split_once(' ')?;
                Piece::Span(When::read(from)?, When::read(to)?)
            }
            'n' => Piece::Count(rest.parse().ok()?),
            'w' => Piece::Word(Cow::Owned(rest.to_owned())),
            _ => return None,
        })
    }
}

impl When {
    /// `seconds[+minutes|-minutes]`.
    fn write(self, line: &mut String) {
        line.push_str(&self.at.div_euclid(1000).to_string());
        if let Some(ahead) = self.ahead {
            line.push_str(&format!("{ahead:+}"));
        }
    }

    fn read(text: &str) -> Option<When> {
        let sign = text.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-'));
        let (seconds, ahead) = match sign {
            Some((at, _)) => (&text[..at], Some(text[at..].parse().ok()?)),
            None => (text, None),
        };
        Some(When {
            at: seconds.parse::<i64>().ok()?.checked_mul(1000)?,
            ahead,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when() -> impl Strategy<Value = When> {
        (0..72_580_000_000_i64, prop::option::of(-1080..1080_i32)).prop_map(|(seconds, ahead)| When {
            at: seconds * 1000,
            ahead,
        })
    }

    fn piece() -> impl Strategy<Value = Piece> {
        prop_oneof![
            "[^\\p{Cc}]{0,40}".prop_map(Piece::Text),
            (any::<i64>(), prop::option::of("[A-Z]{3}"))
                .prop_map(|(amount, currency)| Piece::Sum(Amount(amount), currency)),
            when().prop_map(Piece::At),
            when().prop_map(Piece::Day),
            (when(), when()).prop_map(|(from, to)| Piece::Span(from, to)),
            any::<i64>().prop_map(Piece::Count),
            "[a-z-]{1,12}".prop_map(|word| Piece::Word(Cow::Owned(word))),
        ]
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_said(
            message in "[a-z0-9-]{1,20}",
            pieces in prop::collection::vec(("[a-z]{1,8}", piece()), 0..5),
            under_label: bool,
        ) {
            let pieces = pieces.into_iter().map(|(name, piece)| (Cow::Owned(name), piece)).collect();
            let saying = Saying { message: message.into(), pieces, under_label };
            prop_assert_eq!(Saying::decode(&saying.encode()), saying);
        }

        #[test]
        fn any_text_of_the_store_is_a_saying(line in "\\PC{0,60}|(\u{1f}[!a-z=0-9 +-]{0,20}){0,5}") {
            let saying = Saying::decode(&line);
            prop_assert_eq!(Saying::decode(&saying.encode()), saying);
        }
    }

    #[test]
    fn a_sentence_of_an_older_program_stays_as_it_is() {
        let saying = Saying::decode("Zoë booked Blue room for 9 Jun");
        assert_eq!(saying, Saying::plain("Zoë booked Blue room for 9 Jun"));
        assert_eq!(saying.encode(), "Zoë booked Blue room for 9 Jun");
    }

    #[test]
    fn a_stretch_without_an_end_is_a_moment() {
        let at = |at| Some(When { at, ahead: None });
        let said = |from, to| Saying::new("m").span("span", from, to).encode();
        assert_eq!(said(at(1000), at(2000)), "\u{1f}m\u{1f}span=s1 2");
        assert_eq!(said(at(2000), at(2000)), "\u{1f}m\u{1f}span=a2");
        assert_eq!(said(at(2000), None), "\u{1f}m\u{1f}span=a2");
        assert_eq!(said(None, at(1000)), "\u{1f}m");
    }
}
