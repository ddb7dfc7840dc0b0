//! Text as it is found: without accents, case and forms, and in every script.
//!
//! Index and question are made of the same text by the same hand: [`prepared`] before it goes into the index, [`asked`]
//! before it is asked of it. What is left to do is the index's own (`unicode61`: cut where there is neither letter nor
//! digit). Scripts that put no space between words have no words to be cut into: their runs become pairs of neighbouring
//! characters that overlap, and the last one by itself, so that any part of a run is a phrase of pairs.

mod letters;

use letters::{Letters, is_letter, is_plain, runs_on};
use std::borrow::Cow;

/// A text as it goes into the index.
pub fn prepared(text: &str) -> Cow<'_, str> {
    match text.chars().all(is_plain) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(spread(&folded(text), false).0),
    }
}

/// Whether the index has a text as it had it before there was this preparation (before format 4).
pub(crate) fn is_as_before(text: &str) -> bool {
    text.chars().all(is_plain)
}

/// Words as they are asked of the index, as a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'t> {
    /// The phrase, to be quoted.
    pub phrase: Cow<'t, str>,
    /// What it ends in.
    pub end: End,
    /// Texts that were prepared before format 4 have it in another form: as it stands.
    pub before: bool,
}

/// What a phrase ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A word; whether words that begin so are meant, too, is for whoever asks to say.
    Word,
    /// A pair of characters of a run, which may go on: no pair begins so but itself.
    Pair,
    /// A single character of a run: pairs that begin so are meant, too.
    Single,
}

/// A text as it is asked; nothing if there is neither letter nor digit in it.
pub fn asked(text: &str) -> Option<Asked<'_>> {
    if text.chars().all(is_plain) {
        return text.chars().any(char::is_alphanumeric).then_some(Asked {
            phrase: Cow::Borrowed(text),
            end: End::Word,
            before: false,
        });
    }
    let folded = folded(text);
    let (phrase, end) = spread(&folded, true);
    folded.chars().any(is_letter).then_some(Asked {
        phrase: Cow::Owned(phrase),
        end,
        before: true,
    })
}

/// The word that a phrase of plain letters is in the index; nothing for more than one word, and for letters that the index
/// may have in another form.
pub fn plain_word(phrase: &str) -> Option<String> {
    let word = phrase.chars().all(is_plain).then(|| folded(phrase))?;
    (!word.is_empty() && word.chars().all(is_letter)).then_some(word)
}

/// Without accents, case and forms; signs that the index would cut words at as letters.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut rest = text;
    while !rest.is_empty() {
        // Most of a text is plain whatever names are in it. The last letter before another one may have its accent there.
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        let plain = if plain == rest.len() {
            plain
        } else {
            plain.saturating_sub(1)
        };
        out.extend(rest[..plain].chars().map(|c| c.to_ascii_lowercase()));
        rest = &rest[plain..];
        let others = rest.char_indices().skip(1).find(|(_, c)| c.is_ascii());
        let others = others.map_or(rest.len(), |(at, _)| at);
        out.extend(Letters::of(&rest[..others]));
        rest = &rest[others..];
    }
    out
}

/// Writes runs as pairs. With an open end the last run may go on: it is not ended by its last character.
fn spread(folded: &str, open: bool) -> (String, End) {
    if !folded.chars().any(runs_on) {
        return (folded.trim_end().to_owned(), End::Word);
    }
    let stop = match open {
        true => folded.trim_end_matches(|c| !is_letter(c)).len(),
        false => usize::MAX,
    };
    let mut out = String::with_capacity(folded.len() * 2);
    let mut rest = folded.char_indices().peekable();
    let mut end = End::Word;
    while let Some((_, c)) = rest.next() {
        if !runs_on(c) {
            out.push(c);
            continue;
        }
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        let (mut last, mut length) = (c, 1);
        while let Some((_, next)) = rest.next_if(|(_, next)| runs_on(*next)) {
            out.extend([last, next, ' ']);
            (last, length) = (next, length + 1);
        }
        let at = rest.peek().map_or(folded.len(), |(at, _)| *at);
        end = match (at >= stop, length) {
            (false, _) => End::Word,
            (true, 1) => End::Single,
            (true, _) => End::Pair,
        };
        if end != End::Pair {
            out.extend([last, ' ']);
        }
    }
    out.truncate(out.trim_end().len());
    (out, end)
}

#[cfg(test)]
mod tests;
