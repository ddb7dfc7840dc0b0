//! The line that the store keeps of a saying: numbers and texts one behind the other, in characters that can be printed.
//!
//! ```text
//! line    = MARK message piece*
//! message = 0 text | 1 message (the action's label stands before it) | 2 + its place in the list
//! piece   = ( 0 text kind | 1 + the place of name and kind ) value
//! value   = t: text   w: word   n: signed   a, d: moment   s: moment moment   m: sum
//! word    = 0 text | 1 text (a field's name) | 2 + its place in the list
//! sum     = number: unit + 3 × (0 no currency | 1 a text behind it | 2 + its place in the list), [text], signed: units
//! moment  = number: ahead + 4 × (unit + 4 × signed: units since the moment before), [signed: ahead]
//! text    = its characters up to a MARK or the end
//! ```
//!
//! A number is of digits to base 47, the lowest first, from two alphabets: the digits that another one follows, and the last
//! one. Each further digit begins where the shorter numbers end, so that a number is written in one way only.

use super::names::Names;
use super::{Piece, Saying, When, tidy};
use crate::{Amount, Ms};
use std::borrow::Cow;

/// Begins a line, and ends a text that more follows.
pub(super) const MARK: char = '\u{1e}';

/// How many digits there are.
const BASE: u64 = 47;
/// The first digit of those that another one follows.
const OPEN: u8 = b'!';
/// The first digit of those that end a number.
const LAST: u8 = OPEN + BASE as u8;

/// Stands for a message whose place in the list only a newer program knows: the catalogue has none of the name, so the
/// action's label is said.
const NEWER: &str = "?";
/// Begins the name of a word that is a field's name.
const FIELD: &str = "field-";

/// Moments are counted from here, 2020-01-01T00:00:00Z in seconds: that saves a digit for some years, and nothing else
/// depends on it.
const BEGINNING: i64 = 1_577_836_800;
/// What moments are whole multiples of, in seconds. The largest that fits is taken.
const TIMES: [i64; 4] = [1, 60, 15 * 60, 24 * 3600];
/// What sums are whole multiples of, in ten-thousandths.
const SUMS: [i64; 3] = [1, 100, 10_000];

/// How far a moment's clock is ahead of UTC.
mod ahead {
    /// As that of the moment before; of the first one it is not known.
    pub const SAME: u64 = 0;
    pub const UNKNOWN: u64 = 1;
    /// A number of quarters of an hour follows.
    pub const QUARTERS: u64 = 2;
    /// A number of minutes follows.
    pub const MINUTES: u64 = 3;
}

/// Small numbers of either sign as small numbers.
const fn fold(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

const fn unfold(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// The largest unit that a number is a multiple of, by its place among them (they grow).
fn unit_of(number: i64, units: &[i64]) -> usize {
    units.iter().rposition(|unit| number % unit == 0).unwrap_or(0)
}

/// What moments are told by: the one before.
#[derive(Clone, Copy)]
struct Before {
    seconds: i64,
    ahead: Option<i32>,
}

const FIRST: Before = Before {
    seconds: BEGINNING,
    ahead: None,
};

/// The line of a saying.
pub(super) fn write(saying: &Saying) -> String {
    let mut line = Writing {
        line: String::with_capacity(64),
        in_text: false,
        before: FIRST,
        names: Names::get(),
    };
    line.line.push(MARK);
    if saying.under_label {
        line.number(1);
    }
    line.name(line.names.messages.place(&saying.message), &saying.message);
    for (name, piece) in &saying.pieces {
        line.piece(name, piece);
    }
    line.line
}

struct Writing {
    line: String,
    /// The text at the end is not ended yet: at the end of the line it need not be.
    in_text: bool,
    before: Before,
    names: &'static Names,
}

impl Writing {
    fn number(&mut self, mut number: u64) {
        if std::mem::take(&mut self.in_text) {
            self.line.push(MARK);
        }
        while number >= BASE {
            self.line.push(char::from(OPEN + (number % BASE) as u8));
            number = number / BASE - 1;
        }
        self.line.push(char::from(LAST + number as u8));
    }

    fn signed(&mut self, number: i64) {
        self.number(fold(number));
    }

    /// Comes behind a number always.
    fn text(&mut self, text: &str) {
        self.line.push_str(&tidy(text));
        self.in_text = true;
    }

    /// A message or a word by its place, in full where it has none.
    fn name(&mut self, place: Option<u64>, name: &str) {
        match place {
            Some(place) => self.number(2 + place),
            None => {
                self.number(0);
                self.text(name);
            }
        }
    }

    fn piece(&mut self, name: &str, piece: &Piece) {
        let kind = piece.kind();
        match self.names.pieces.place(name, kind) {
            Some(place) => self.number(1 + place),
            None => {
                self.number(0);
                self.text(name);
                self.line.push(MARK);
                self.in_text = false;
                self.line.push(kind);
            }
        }
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Sum(amount, currency) => self.sum(*amount, currency.as_deref()),
            Piece::At(when) | Piece::Day(when) => self.moment(*when),
            Piece::Span(from, to) => {
                self.moment(*from);
                self.moment(*to);
            }
            Piece::Count(count) => self.signed(*count),
            Piece::Word(word) => match (self.names.words.place(word), word.strip_prefix(FIELD)) {
                (None, Some(field)) => {
                    self.number(1);
                    self.text(field);
                }
                (place, _) => self.name(place, word),
            },
        }
    }

    fn sum(&mut self, amount: Amount, currency: Option<&str>) {
        let unit = unit_of(amount.0, &SUMS);
        let place = currency.map(|currency| self.names.currencies.place(currency));
        let code = match place {
            None => 0,
            Some(None) => 1,
            Some(Some(place)) => 2 + place,
        };
        self.number(unit as u64 + SUMS.len() as u64 * code);
        if let (Some(None), Some(currency)) = (place, currency) {
            self.text(currency);
        }
        self.signed(amount.0 / SUMS[unit]);
    }

    fn moment(&mut self, when: When) {
        let seconds = when.at.div_euclid(1000);
        let since = seconds - self.before.seconds;
        let unit = unit_of(since, &TIMES);
        let (ahead, behind) = match when.ahead {
            same if same == self.before.ahead => (ahead::SAME, None),
            None => (ahead::UNKNOWN, None),
            Some(minutes) if minutes % 15 == 0 => (ahead::QUARTERS, Some(minutes / 15)),
            Some(minutes) => (ahead::MINUTES, Some(minutes)),
        };
        // A count of seconds since has at most 55 binary digits: a moment is milliseconds.
        self.number(ahead + 4 * (unit as u64 + 4 * fold(since / TIMES[unit])));
        if let Some(behind) = behind {
            self.signed(behind.into());
        }
        self.before = Before {
            seconds,
            ahead: when.ahead,
        };
    }
}

/// A saying of a line without the mark that begins it. Of a line that a newer program wrote or that is damaged what can be read.
pub(super) fn read(line: &str) -> Saying {
    let mut line = Reading {
        rest: line,
        before: FIRST,
        names: Names::get(),
    };
    let (message, under_label) = line.message();
    let mut pieces = Vec::new();
    while !line.rest.is_empty() {
        match line.piece() {
            Read::Piece(name, piece) => pieces.push((name, piece)),
            Read::Newer => {}
            Read::End => break,
        }
    }
    Saying {
        message,
        pieces,
        under_label,
    }
}

struct Reading<'l> {
    rest: &'l str,
    before: Before,
    names: &'static Names,
}

/// What a piece of a line gave.
enum Read {
    Piece(Cow<'static, str>, Piece),
    /// A word that only a newer program knows; what follows can be read.
    Newer,
    /// What follows cannot be read.
    End,
}

impl<'l> Reading<'l> {
    fn number(&mut self) -> Option<u64> {
        let (mut number, mut worth) = (0_u64, 1_u64);
        for (at, byte) in self.rest.bytes().enumerate() {
            let digit = byte.checked_sub(OPEN).map(u64::from)?;
            let (digit, last) = match digit {
                0..BASE => (digit + u64::from(at > 0), false),
                _ => (digit - BASE + u64::from(at > 0), true),
            };
            if byte >= LAST + BASE as u8 {
                return None;
            }
            number = digit.checked_mul(worth)?.checked_add(number)?;
            if last {
                self.rest = &self.rest[at + 1..];
                return Some(number);
            }
            worth = worth.checked_mul(BASE)?;
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        self.number().map(unfold)
    }

    fn text(&mut self) -> &'l str {
        let (text, rest) = self.rest.split_once(MARK).unwrap_or((self.rest, ""));
        self.rest = rest;
        text
    }

    fn message(&mut self) -> (Cow<'static, str>, bool) {
        let mut under_label = false;
        let mut number = self.number();
        if number == Some(1) {
            under_label = true;
            number = self.number();
        }
        let message = match number {
            Some(0) => Cow::Owned(self.text().to_owned()),
            Some(number) => {
                let known = number.checked_sub(2);
                let known = known.and_then(|place| self.names.messages.name(place));
                Cow::Borrowed(known.unwrap_or(NEWER))
            }
            None => {
                self.rest = "";
                Cow::Borrowed(NEWER)
            }
        };
        (message, under_label)
    }

    fn piece(&mut self) -> Read {
        let known = match self.number() {
            Some(0) => {
                let name = self.text();
                let kind = self.rest.chars().next();
                self.rest = kind.map_or("", |kind| &self.rest[kind.len_utf8()..]);
                kind.map(|kind| (Cow::Owned(name.to_owned()), kind))
            }
            Some(number) => {
                let known = self.names.pieces.name(number - 1);
                known.map(|(name, kind)| (Cow::Borrowed(name), kind))
            }
            None => None,
        };
        let Some((name, kind)) = known else {
            return Read::End;
        };
        if kind == 'w' {
            return match self.number() {
                Some(0) => Read::Piece(name, Piece::Word(Cow::Owned(self.text().to_owned()))),
                Some(1) => Read::Piece(name, Piece::Word(Cow::Owned(format!("{FIELD}{}", self.text())))),
                Some(number) => match self.names.words.name(number - 2) {
                    Some(word) => Read::Piece(name, Piece::Word(Cow::Borrowed(word))),
                    None => Read::Newer,
                },
                None => Read::End,
            };
        }
        self.value(kind)
            .map_or(Read::End, |piece| Read::Piece(name, piece))
    }

    fn value(&mut self, kind: char) -> Option<Piece> {
        Some(match kind {
            't' => Piece::Text(self.text().to_owned()),
            'm' => self.sum()?,
            'a' => Piece::At(self.moment()?),
            'd' => Piece::Day(self.moment()?),
            's' => Piece::Span(self.moment()?, self.moment()?),
            'n' => Piece::Count(self.signed()?),
            _ => return None,
        })
    }

    fn sum(&mut self) -> Option<Piece> {
        let number = self.number()?;
        let units = SUMS.len() as u64;
        let currency = match number / units {
            0 => None,
            1 => Some(self.text().to_owned()),
            // One that only a newer program knows is that of the row.
            code => self.names.currencies.name(code - 2).map(str::to_owned),
        };
        let amount = self.signed()?.checked_mul(SUMS[(number % units) as usize])?;
        Some(Piece::Sum(Amount(amount), currency))
    }

    fn moment(&mut self) -> Option<When> {
        let number = self.number()?;
        let unit = TIMES[(number / 4 % 4) as usize];
        let since = unfold(number / 16).checked_mul(unit)?;
        let ahead = match number % 4 {
            ahead::SAME => self.before.ahead,
            ahead::UNKNOWN => None,
            ahead::QUARTERS => Some(i32::try_from(self.signed()?.checked_mul(15)?).ok()?),
            _ => Some(i32::try_from(self.signed()?).ok()?),
        };
        let seconds = self.before.seconds.checked_add(since)?;
        let at: Ms = seconds.checked_mul(1000)?;
        self.before = Before { seconds, ahead };
        Some(When { at, ahead })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Writing)) -> String {
        let mut writing = Writing {
            line: String::new(),
            in_text: false,
            before: FIRST,
            names: Names::get(),
        };
        write(&mut writing);
        writing.line
    }

    fn number_of(line: &str) -> (Option<u64>, &str) {
        let mut reading = Reading {
            rest: line,
            before: FIRST,
            names: Names::get(),
        };
        (reading.number(), reading.rest)
    }

    #[test]
    fn numbers_take_few_characters() {
        for (number, characters) in [(0, 1), (46, 1), (47, 2), (2255, 2), (2256, 3), (u64::MAX, 12)] {
            let line = written(|line| line.number(number));
            assert_eq!(line.len(), characters, "{number}");
            assert_eq!(number_of(&line), (Some(number), ""));
        }
        // Too large, not ended, no digits.
        for line in ["!!!!!!!!!!!!!!!P", "!!", "", " ", "é", "\u{7f}"] {
            assert_eq!(number_of(line), (None, line));
        }
    }

    proptest! {
        #[test]
        fn numbers_are_what_was_written(number: u64, signed: i64) {
            let line = written(|line| line.number(number)) + "rest";
            prop_assert_eq!(number_of(&line), (Some(number), "rest"));
            prop_assert_eq!(unfold(fold(signed)), signed);
        }
    }
}
