//! What a filter looks for in words, to be marked where it is shown.

use super::parse::{said, tree};
use super::terms::{Term, terms};
use super::tree::{Expr, Leaf};
use crate::filter::Filter;

/// A word or phrase that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// As typed, without quotes.
    pub text: String,
    /// Words that begin so are meant, too.
    pub beginning: bool,
}

/// The words and phrases that a filter looks for, each once; what must not be there is none of them.
pub fn needles(filter: &Filter) -> Vec<Needle> {
    let mut found = Vec::new();
    of_text(&filter.text, &mut found);
    for clause in &filter.also {
        if let Ok(expr) = tree(&clause.0, None) {
            of(&expr, &mut found);
        }
    }
    found
}

fn add(text: &str, beginning: bool, found: &mut Vec<Needle>) {
    let says = text.chars().any(char::is_alphanumeric);
    match found.iter_mut().find(|needle| needle.text == text) {
        Some(known) => known.beginning |= beginning,
        None if says => found.push(Needle {
            text: text.to_owned(),
            beginning,
        }),
        None => {}
    }
}

fn of_text(text: &str, found: &mut Vec<Needle>) {
    let mut all = terms(text).peekable();
    while let Some(term) = all.next() {
        match term {
            Term::Phrase(phrase, star) => add(&phrase, star, found),
            Term::Word(word) => {
                let said = said(word);
                // The last word may still be being typed.
                let last = all.peek().is_none() && crate::filter::may_be_a_beginning(word);
                add(&said.text, said.beginning || last, found);
            }
        }
    }
}

fn of(expr: &Expr, found: &mut Vec<Needle>) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| of(part, found)),
        Expr::Is(Leaf::Said(said)) => add(&said.text, said.beginning, found),
        Expr::Is(Leaf::Text(text)) => of_text(text, found),
        Expr::Is(_) | Expr::Not(_) => {}
    }
}
