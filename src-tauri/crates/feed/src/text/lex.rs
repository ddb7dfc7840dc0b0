//! The pieces of a query with their places, as far as they can be told without knowing any name.

use super::terms::quoted;
use std::borrow::Cow;
use std::ops::Range;

/// One piece; its place is in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub place: Range<usize>,
    pub kind: Kind<'t>,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'t> {
    /// A word of free text, or a phrase with its quotes; both may have a star behind.
    Term,
    /// `name:value`, `name:"a value"`, `name:(one, other)` or `body.Some.Field:value`.
    Field(Field<'t>),
    /// `NOT`, or a minus right before what it is about.
    Not,
    And,
    Or,
    Open,
    Close,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    /// Without the colon, as typed.
    pub name: &'t str,
    pub name_place: Range<usize>,
    /// Of a field of the body: the steps behind `body`.
    pub path: Vec<Cow<'t, str>>,
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
    /// It stands in quotes.
    pub quoted: bool,
    /// A star stands behind: what begins so is meant, too.
    pub star: bool,
}

/// The pieces of a text, in order. Never fails: what is wrong with them is for the parser to say.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(gap) = text[at..].find(|c: char| !c.is_whitespace()) {
        at += gap;
        let (length, kind) = piece(text, at, depth);
        match kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        found.push(Piece {
            place: at..at + length,
            kind,
        });
        at += length;
    }
    found
}

/// The piece that begins here, in so many open brackets, and its length.
fn piece(text: &str, at: usize, depth: usize) -> (usize, Kind<'_>) {
    let rest = &text[at..];
    if rest.starts_with('(') {
        return (1, Kind::Open);
    }
    if rest.starts_with(')') {
        return (1, Kind::Close);
    }
    for (word, kind) in [("NOT", Kind::Not), ("AND", Kind::And), ("OR", Kind::Or)] {
        let ends = |rest: &str| {
            rest.chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')'))
        };
        if rest.strip_prefix(word).is_some_and(ends) {
            return (word.len(), kind);
        }
    }
    // `-5` and `--` are words, as is a minus by itself.
    let negates = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '('));
    if rest.strip_prefix('-').is_some_and(negates) {
        return (1, Kind::Not);
    }
    if let Some((field, end)) = field(text, at, depth) {
        return (end - at, Kind::Field(field));
    }
    let length = match rest.starts_with('"') {
        true => {
            let length = quoted(rest).1;
            length + usize::from(rest[length..].starts_with('*'))
        }
        false => bare(rest, depth),
    };
    (length, Kind::Term)
}

/// How long a word is: to the next space, or to the bracket that closes one before it.
fn bare(rest: &str, depth: usize) -> usize {
    let mut inner = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => inner += 1,
            ')' if inner > 0 => inner -= 1,
            ')' if depth > 0 => return at,
            c if c.is_whitespace() => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The field that begins here, if one does, and its end: latin letters and a colon (but no `http://`), or a path.
fn field(text: &str, start: usize, depth: usize) -> Option<(Field<'_>, usize)> {
    let rest = &text[start..];
    let mut length = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let mut path = Vec::new();
    if rest[..length].eq_ignore_ascii_case("body") {
        length += steps(&rest[length..], &mut path);
        // A step that is not written yet is for the parser to ask for.
        if rest[length..].starts_with(".:") {
            length += 1;
            path.push(Cow::Borrowed(""));
        }
    }
    let name_place = start..start + length;
    let after = text[name_place.end..].strip_prefix(':')?;
    if length == 0 || after.starts_with("//") {
        return None;
    }
    let mut field = Field {
        name: &text[name_place.clone()],
        name_place,
        path,
        values: Vec::new(),
        list: after.starts_with('('),
        closed: true,
    };
    let from = field.name_place.end + 1;
    let mut end = from;
    if field.list {
        (end, field.closed) = list(text, from + 1, &mut field.values);
    } else if after.starts_with(|c: char| !(c.is_whitespace() || c == ')' && depth > 0)) {
        let last = field.name.eq_ignore_ascii_case("at");
        let value = value(text, from, |rest| match last {
            true => bare(rest, depth) + last_of(rest, depth),
            false => bare(rest, depth),
        });
        end = value.place.end;
        field.values.push(value);
    }
    Some((field, end))
}

/// The steps of a path, each with its dot, as far as they go.
pub(crate) fn steps<'t>(text: &'t str, found: &mut Vec<Cow<'t, str>>) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        // `[0]` is the same as `.0`.
        if let Some(inner) = rest.strip_prefix('[')
            && let Some(end) = inner.find(']')
            && (inner[..end] == *"*" || end > 0 && inner[..end].bytes().all(|byte| byte.is_ascii_digit()))
        {
            found.push(Cow::Borrowed(&inner[..end]));
            at += end + 2;
            continue;
        }
        let Some(inner) = rest.strip_prefix('.') else {
            return at;
        };
        if inner.starts_with('"') {
            let (step, length) = quoted(inner);
            found.push(step);
            at += 1 + length;
            continue;
        }
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '*');
        let end = inner.find(|c: char| !plain(c)).unwrap_or(inner.len());
        if end == 0 {
            return at;
        }
        found.push(Cow::Borrowed(&inner[..end]));
        at += 1 + end;
    }
}

/// How much of what stands behind `last` belongs to it: ` 2h`, ` 2 hours`.
fn last_of(rest: &str, depth: usize) -> usize {
    let end = bare(rest, depth);
    if !rest[..end].eq_ignore_ascii_case("last") {
        return 0;
    }
    let word = |from: usize| {
        let gap = rest[from..].find(|c: char| !c.is_whitespace())?;
        let length = bare(&rest[from + gap..], depth);
        (length > 0).then(|| from + gap..from + gap + length)
    };
    let Some(count) = word(end).filter(|at| rest[at.clone()].starts_with(|c: char| c.is_ascii_digit()))
    else {
        return 0;
    };
    if rest[count.clone()].bytes().all(|byte| byte.is_ascii_digit())
        && let Some(unit) = word(count.end)
        && super::value::is_unit(&rest[unit.clone()])
    {
        return unit.end - end;
    }
    count.end - end
}

/// Where a list ends and whether its bracket is there.
fn list<'t>(text: &'t str, from: usize, values: &mut Vec<Value<'t>>) -> (usize, bool) {
    let mut at = from;
    loop {
        let rest = &text[at..];
        at += rest
            .find(|c: char| !c.is_whitespace() && c != ',')
            .unwrap_or(rest.len());
        if at == text.len() {
            return (at, false);
        }
        if text[at..].starts_with(')') {
            return (at + 1, true);
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ')');
        let value = value(text, at, |rest| rest.find(ends).unwrap_or(rest.len()));
        at = value.place.end;
        values.push(value);
    }
}

/// The value that begins here; `bare` tells how long one without quotes is.
fn value(text: &str, start: usize, bare: impl Fn(&str) -> usize) -> Value<'_> {
    let rest = &text[start..];
    if rest.starts_with('"') {
        let (inner, length) = quoted(rest);
        let star = rest[length..].starts_with('*');
        return Value {
            place: start..start + length + usize::from(star),
            text: inner,
            quoted: true,
            star,
        };
    }
    let end = start + bare(rest);
    let typed = &text[start..end];
    let (inner, star) = match typed.strip_suffix('*') {
        Some(inner) if !inner.is_empty() => (inner, true),
        _ => (typed, false),
    };
    Value {
        place: start..end,
        text: Cow::Borrowed(inner),
        quoted: false,
        star,
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

    fn shown(text: &str) -> Vec<String> {
        let pieces = pieces(text).into_iter();
        pieces
            .map(|piece| {
                let kind = match &piece.kind {
                    Kind::Term => "",
                    Kind::Field(_) => "field ",
                    Kind::Not => "not ",
                    Kind::And => "and ",
                    Kind::Or => "or ",
                    Kind::Open => "open ",
                    Kind::Close => "close ",
                };
                format!("{kind}{}", &text[piece.place])
            })
            .collect()
    }

    #[test]
    fn fields_words_and_phrases() {
        assert_eq!(
            shown(r#"ana "blue room"* -flag:(repeat, "a)b") 10:30 http://x -5 - person:"#),
            [
                "ana",
                "\"blue room\"*",
                "not -",
                "field flag:(repeat, \"a)b\")",
                "10:30",
                "http://x",
                "-5",
                "-",
                "field person:"
            ]
        );
        assert_eq!(
            shown(r#"body.CustomFields."Door x"[0].*:gold body.x at:last 2 hours at:last 2h b at:LAST x"#),
            [
                r#"field body.CustomFields."Door x"[0].*:gold"#,
                "body.x",
                "field at:last 2 hours",
                "field at:last 2h",
                "b",
                "field at:LAST",
                "x"
            ]
        );
    }

    #[test]
    fn brackets_end_a_word_only_where_one_is_open() {
        assert_eq!(
            shown("(ana OR NOT(f(x)) -\"b\" at:today) :) x) ANDy"),
            [
                "open (",
                "ana",
                "or OR",
                "not NOT",
                "open (",
                "f(x)",
                "close )",
                "not -",
                "\"b\"",
                "field at:today",
                "close )",
                ":)",
                "x)",
                "ANDy"
            ]
        );
    }
}
