//! Small pieces of sentences: days, times, spans, money.

use crate::fields::Fields;
use crate::{Amount, Ms, time};
use jiff::civil::DateTime;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `9 Jun`, with the year where it is not that of `now`.
pub fn day(at: DateTime, now: Ms) -> String {
    let month = MONTHS[usize::from(at.month().unsigned_abs()) - 1];
    if at.year() == time::utc(now).year() {
        format!("{} {month}", at.day())
    } else {
        format!("{} {month} {}", at.day(), at.year())
    }
}

/// `10:00`.
pub fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A moment of a body as the place's own clock shows it, if the body tells; else in UTC, and so marked.
pub struct Moment {
    at: DateTime,
    utc: bool,
}

/// The moment of a field `Name`, preferably from its companion `NameLocal`.
pub fn moment(f: &Fields, name: &str) -> Option<Moment> {
    let local = f
        .wall_clock(&format!("{name}Local"))
        .map(|at| Moment { at, utc: false });
    local.or_else(|| {
        f.stamp(name).map(|stamp| Moment {
            at: time::utc(stamp.ms()),
            utc: true,
        })
    })
}

/// `9 Jun 10:00`.
pub fn moment_words(f: &Fields, name: &str, now: Ms) -> Option<String> {
    let Moment { at, utc } = moment(f, name)?;
    Some(format!(
        "{} {}{}",
        day(at, now),
        clock(at),
        if utc { " UTC" } else { "" }
    ))
}

/// `9 Jun`. A date is kept as a midnight, so no zone is named.
pub fn day_words(f: &Fields, name: &str, now: Ms) -> Option<String> {
    moment(f, name).map(|moment| day(moment.at, now))
}

/// `9 Jun 10:00–11:30`, or `9 Jun 10:00 – 10 Jun 11:30`.
pub fn span_words(f: &Fields, from: &str, to: &str, now: Ms) -> Option<String> {
    let start = moment(f, from)?;
    let Some(end) = moment(f, to).filter(|end| end.utc == start.utc && end.at > start.at) else {
        return moment_words(f, from, now);
    };
    let zone = if start.utc { " UTC" } else { "" };
    Some(if start.at.date() == end.at.date() {
        format!(
            "{} {}–{}{zone}",
            day(start.at, now),
            clock(start.at),
            clock(end.at)
        )
    } else {
        format!(
            "{} {} – {} {}{zone}",
            day(start.at, now),
            clock(start.at),
            day(end.at, now),
            clock(end.at)
        )
    })
}

/// `354.00 GBP`.
pub fn money(amount: Amount, currency: Option<&str>) -> String {
    match currency {
        Some(currency) => format!("{amount} {currency}"),
        None => amount.to_string(),
    }
}

/// A sentence put together from pieces that may be missing.
pub struct Sentence(String);

impl Sentence {
    /// Begins with what is never missing.
    pub fn new(start: impl Into<String>) -> Sentence {
        Sentence(start.into())
    }

    /// Adds ` word piece` if there is the piece.
    pub fn and(mut self, word: &str, piece: Option<impl AsRef<str>>) -> Sentence {
        if let Some(piece) = piece {
            if !word.starts_with([':', ',']) {
                self.0.push(' ');
            }
            if !word.is_empty() {
                self.0.push_str(word);
                self.0.push(' ');
            }
            self.0.push_str(piece.as_ref());
        }
        self
    }

    /// Adds ` words` if it is so.
    pub fn and_if(mut self, so: bool, words: &str) -> Sentence {
        if so {
            self.0.push(' ');
            self.0.push_str(words);
        }
        self
    }

    /// Adds ` (piece)` if there is the piece.
    pub fn aside(mut self, piece: Option<impl AsRef<str>>) -> Sentence {
        if let Some(piece) = piece {
            self.0.push_str(" (");
            self.0.push_str(piece.as_ref());
            self.0.push(')');
        }
        self
    }

    /// The sentence.
    pub fn done(self) -> String {
        self.0
    }
}

/// A name, or a word for somebody unnamed.
pub fn or<'a>(name: Option<&'a str>, word: &'a str) -> &'a str {
    name.unwrap_or(word)
}
