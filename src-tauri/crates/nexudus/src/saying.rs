//! What is said of an event, apart from the language, the clock on the wall and the names of its row.
//!
//! The store keeps this instead of a finished sentence: so a person reads it in their own language, "tomorrow 09:00"
//! where that is so today, and under a name that was learnt later. A [`crate::Voice`] makes the sentence.

mod line;
mod names;
mod older;

use crate::{Amount, Ms, text};
use std::borrow::Cow;

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

    /// Of what becomes of an invoice how much it is about: what was paid, refunded or is still due, which may be less than the
    /// invoice's total.
    pub fn sum_of_invoice(&self) -> Option<Amount> {
        let name = match self.message() {
            "invoice-refunded" | "invoice-voided-or-refunded" | "invoice-paid" | "invoice-awaits" => "sum",
            "payment-failed" => "due",
            "payment-received" => "paid",
            _ => return None,
        };
        self.pieces.iter().find_map(|(known, piece)| match piece {
            Piece::Sum(amount, _) if known == name => Some(*amount),
            _ => None,
        })
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

    /// As the store keeps it: one line, which [`Saying::decode`] turns back, some fifteen bytes long.
    pub fn encode(&self) -> String {
        if self.message.is_empty() && !self.under_label {
            return match self.pieces.first() {
                Some((_, Piece::Text(text))) => tidy(text).into_owned(),
                _ => String::new(),
            };
        }
        line::write(self)
    }

    /// A saying from the store, in whichever form it was written. Never fails: what is no saying is a finished sentence of
    /// the oldest programs; a piece that a newer program wrote in a way that is not known here is left out.
    pub fn decode(line: &str) -> Saying {
        let saying = if let Some(rest) = line.strip_prefix(line::MARK) {
            line::read(rest)
        } else if let Some(rest) = line.strip_prefix(older::MARK) {
            older::read(rest)
        } else {
            return Saying::plain(line);
        };
        if saying.message.is_empty() && !saying.under_label {
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
    // Most texts need no look at their characters: a control character is one of these bytes or begins with the last.
    let suspect = text.bytes().any(|byte| matches!(byte, 0..0x20 | 0x7f | 0xc2));
    if suspect && text.contains(char::is_control) {
        Cow::Owned(text::line(text, usize::MAX).unwrap_or_default())
    } else {
        Cow::Borrowed(text)
    }
}

impl Piece {
    /// What it is in the store.
    fn kind(&self) -> char {
        match self {
            Piece::Text(_) => 't',
            Piece::Sum(..) => 'm',
            Piece::At(_) => 'a',
            Piece::Day(_) => 'd',
            Piece::Span(..) => 's',
            Piece::Count(_) => 'n',
            Piece::Word(_) => 'w',
        }
    }
}

#[cfg(test)]
mod tests;
