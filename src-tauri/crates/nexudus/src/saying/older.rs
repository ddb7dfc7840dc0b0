//! The line that older programs wrote, with every name and number in full. Their rows stay as they are, so it is read for ever.

use super::{Piece, Saying, When};
use crate::Amount;
use std::borrow::Cow;

/// Begins a line and each of its pieces.
pub(super) const MARK: char = '\u{1f}';
/// Begins one whose sentence does not tell of the act, so that the action's label stands before it.
const UNDER_LABEL: char = '!';

/// A saying of a line without the mark that begins it. A piece that is not known here is left out.
pub(super) fn read(line: &str) -> Saying {
    let mut parts = line.split(MARK);
    let first = parts.next().unwrap_or("");
    let (under_label, message) = match first.strip_prefix(UNDER_LABEL) {
        Some(message) => (true, message),
        None => (false, first),
    };
    let pieces = parts.filter_map(|part| {
        let (name, piece) = part.split_once('=')?;
        Some((Cow::Owned(name.to_owned()), piece_of(piece)?))
    });
    Saying {
        pieces: pieces.collect(),
        message: Cow::Owned(message.to_owned()),
        under_label,
    }
}

fn piece_of(piece: &str) -> Option<Piece> {
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
        'a' => Piece::At(moment(rest)?),
        'd' => Piece::Day(moment(rest)?),
        's' => {
            let (from, to) = rest.split_once(' ')?;
            Piece::Span(moment(from)?, moment(to)?)
        }
        'n' => Piece::Count(rest.parse().ok()?),
        'w' => Piece::Word(Cow::Owned(rest.to_owned())),
        _ => return None,
    })
}

/// `seconds[+minutes|-minutes]`.
fn moment(text: &str) -> Option<When> {
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

/// As those programs wrote it.
#[cfg(test)]
pub(super) fn write(saying: &Saying) -> String {
    fn moment(when: &When) -> String {
        let ahead = when.ahead.map(|ahead| format!("{ahead:+}"));
        format!("{}{}", when.at.div_euclid(1000), ahead.unwrap_or_default())
    }
    let label = if saying.under_label { "!" } else { "" };
    let mut line = format!("{MARK}{label}{}", saying.message);
    for (name, piece) in &saying.pieces {
        let value = match piece {
            Piece::Text(text) => text.clone(),
            Piece::Sum(amount, None) => amount.0.to_string(),
            Piece::Sum(amount, Some(currency)) => format!("{} {currency}", amount.0),
            Piece::At(when) | Piece::Day(when) => moment(when),
            Piece::Span(from, to) => format!("{} {}", moment(from), moment(to)),
            Piece::Count(count) => count.to_string(),
            Piece::Word(word) => word.to_string(),
        };
        line.push_str(&format!("{MARK}{name}={}{value}", piece.kind()));
    }
    line
}
