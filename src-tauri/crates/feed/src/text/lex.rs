//! The pieces of a query with their places, as far as they can be told without knowing any name.

use super::terms::quoted;
use std::borrow::Cow;
use std::ops::Range;

/// One piece; places are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// A word or a phrase (with its quotes) of free text.
    Term { place: Range<usize> },
    /// `name:value`, `-name:"a value"` or `name:(one, other)`.
    Field(Field<'t>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    /// All of it.
    pub place: Range<usize>,
    /// Without minus and colon, as typed.
    pub name: &'t str,
    pub name_place: Range<usize>,
    /// A minus stands before it.
    pub minus: bool,
    pub values: Vec<Value<'t>>,
    /// Its values stand in brackets.
    pub list: bool,
    /// The brackets, if any, are closed.
    pub closed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value<'t> {
    /// With its quotes.
    pub place: Range<usize>,
    /// Without.
    pub text: Cow<'t, str>,
}

/// The pieces of a text, in order. Never fails: what is wrong with them is for the parser to say.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(gap) = text[at..].find(|c: char| !c.is_whitespace()) {
        at += gap;
        let piece = match field(text, at) {
            Some(field) => {
                at = field.place.end;
                Piece::Field(field)
            }
            None => {
                let start = at;
                at += match text[at..].starts_with('"') {
                    true => quoted(&text[at..]).1,
                    false => bare(&text[at..], char::is_whitespace),
                };
                Piece::Term { place: start..at }
            }
        };
        found.push(piece);
    }
    found
}

fn bare(text: &str, ends: impl Fn(char) -> bool) -> usize {
    text.find(ends).unwrap_or(text.len())
}

/// The field that begins here, if one does: latin letters and a colon (but no `http://`).
fn field(text: &str, start: usize) -> Option<Field<'_>> {
    let minus = text[start..].starts_with('-');
    let name_start = start + usize::from(minus);
    let length = bare(&text[name_start..], |c| !c.is_ascii_alphabetic());
    let name_place = name_start..name_start + length;
    let after = text[name_place.end..].strip_prefix(':')?;
    if length == 0 || after.starts_with("//") {
        return None;
    }
    let mut field = Field {
        place: start..name_place.end + 1,
        name: &text[name_place.clone()],
        name_place,
        minus,
        values: Vec::new(),
        list: after.starts_with('('),
        closed: true,
    };
    let from = field.place.end;
    if field.list {
        (field.place.end, field.closed) = list(text, from + 1, &mut field.values);
    } else if after.starts_with(|c: char| !c.is_whitespace()) {
        let value = value(text, from, char::is_whitespace);
        field.place.end = value.place.end;
        field.values.push(value);
    }
    Some(field)
}

/// Where a list ends and whether its bracket is there.
fn list<'t>(text: &'t str, from: usize, values: &mut Vec<Value<'t>>) -> (usize, bool) {
    let mut at = from;
    loop {
        at += bare(&text[at..], |c| !c.is_whitespace() && c != ',');
        if at == text.len() {
            return (at, false);
        }
        if text[at..].starts_with(')') {
            return (at + 1, true);
        }
        let value = value(text, at, |c| c.is_whitespace() || matches!(c, ',' | ')'));
        at = value.place.end;
        values.push(value);
    }
}

fn value(text: &str, start: usize, ends: impl Fn(char) -> bool) -> Value<'_> {
    if text[start..].starts_with('"') {
        let (inner, length) = quoted(&text[start..]);
        return Value {
            place: start..start + length,
            text: inner,
        };
    }
    let end = start + bare(&text[start..], ends);
    Value {
        place: start..end,
        text: Cow::Borrowed(&text[start..end]),
    }
}

/// A place in UTF-16 units, as JavaScript counts.
pub(crate) fn utf16(text: &str, byte: usize) -> u32 {
    let units = text[..byte].chars().map(char::len_utf16).sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The byte at a place in UTF-16 units; the end of the text if it lies beyond, the letter's start if within one.
pub(crate) fn byte(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > utf16 as usize {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_javascripts_count() {
        let text = "a😀é";
        assert_eq!([0, 1, 5, 7].map(|at| utf16(text, at)), [0, 1, 3, 4]);
        assert_eq!([0, 1, 2, 3, 4, 99].map(|at| byte(text, at)), [0, 1, 1, 5, 7, 7]);
    }

    #[test]
    fn fields_words_and_phrases() {
        let text = r#"ana "blue room" -flag:(repeat, "a)b") 10:30 http://x person:"#;
        let found: Vec<&str> = pieces(text)
            .iter()
            .map(|piece| match piece {
                Piece::Term { place } => &text[place.clone()],
                Piece::Field(field) => &text[field.place.clone()],
            })
            .collect();
        assert_eq!(
            found,
            [
                "ana",
                "\"blue room\"",
                "-flag:(repeat, \"a)b\")",
                "10:30",
                "http://x",
                "person:"
            ]
        );
    }
}
