//! Words and "phrases" of free text.

use std::borrow::Cow;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term<'t> {
    /// As typed, with its star.
    Word(&'t str),
    /// What stands between the quotes, and whether a star stands right behind: then the last word may be a beginning.
    Phrase(Cow<'t, str>, bool),
}

/// The words and phrases of a text. A quote that begins a word opens a phrase; one that is never closed reaches
/// to the end.
pub(crate) fn terms(text: &str) -> impl Iterator<Item = Term<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('"') {
            let (phrase, length) = quoted(rest);
            let star = rest[length..].starts_with('*');
            rest = &rest[length + usize::from(star)..];
            return Some(Term::Phrase(phrase, star));
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(Term::Word(word))
    })
}

/// What stands in the quotes that begin a text, and how many bytes it takes with them. `\"` and `\\` stand for a
/// quote and a backslash.
pub(crate) fn quoted(text: &str) -> (Cow<'_, str>, usize) {
    let inner = &text[1..];
    let Some(special) = inner.find(['"', '\\']) else {
        return (Cow::Borrowed(inner), text.len());
    };
    if inner[special..].starts_with('"') {
        return (Cow::Borrowed(&inner[..special]), special + 2);
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (Cow::Owned(out), at + 2),
            '\\' if inner[at + 1..].starts_with(['"', '\\']) => {
                out.extend(chars.next().map(|(_, c)| c));
            }
            _ => out.push(c),
        }
    }
    (Cow::Owned(out), text.len())
}
