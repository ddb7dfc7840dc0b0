//! Free text as a full-text expression: any text at all is a question, none is a syntax error.

use crate::text::terms::{Term, terms};

/// The expression for a text; nothing if it holds no word. Each word must occur, a "phrase" as it stands, and the
/// last word may be a beginning. What the index does not see (punctuation, symbols) is not asked of it.
pub(crate) fn expression(text: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open = false;
    for term in terms(text) {
        let (words, phrase) = match term {
            Term::Phrase(words) => (words, true),
            Term::Word(word) => (word.into(), false),
        };
        let Some(quoted) = quoted(&words) else { continue };
        open = !phrase;
        if !parts.contains(&quoted) {
            parts.push(quoted);
        } else if open {
            // Said before, but it is the last one that may be a beginning.
            parts.retain(|part| *part != quoted);
            parts.push(quoted);
        }
    }
    let mut expression = parts.join(" AND ");
    if open {
        expression.push_str(" *");
    }
    (!parts.is_empty()).then_some(expression)
}

/// A string of the expression's own language, without anything the index cannot see.
fn quoted(words: &str) -> Option<String> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\"\""),
            '\0' => out.push(' '),
            _ => out.push(c),
        }
    }
    out.push('"');
    Some(out)
}
