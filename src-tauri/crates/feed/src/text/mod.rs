//! The language of the query box.
//!
//! ```text
//! ana "blue room" caf*         words and phrases that must all occur; the last word may be a beginning
//! category:billing             a field and its value; a value with spaces stands in quotes
//! action:(BookingCreate, 61)   any of several; also by label: action:"Payment failed"
//! location:"Harbour Yard"      by name, a part of it, or id; location:none is "not known"
//! person:ana                   by a part of the name; person:"customer#12 Ana Lima" is one person
//! at:last 2h  from:-7d         also at:2026-11-01..2026-11-07, to:yesterday, on:2026-06-09; see [`crate::Filter`]
//! amount:>100  currency:EUR    also amount:100..200, amount:* (any at all)
//! flag:unsigned -flag:repeat   with a mark, without a mark
//! booking:123                  one thing by its id; entity:Proposal#123 for any kind
//! changed:FromTime             differs from the state before
//! body.Notes:coffee            any field of the body, by its path; also >5, 1..9, true, null, * (it is there)
//! text:"category:x"            words as they stand
//! a OR b, NOT a, -a, (a b)     AND binds tighter than OR; what stands in a row must all hold
//! ```
//!
//! A field that is said several times in a row holds for any of its values. Inside quotes `\"` is a quote and `\\` a
//! backslash. The way of a text: [`lex`] makes pieces of it, [`grammar`] puts them together, [`parse`] makes out the names,
//! [`flat`] makes a filter of the tree, [`print`](mod@print) the text of a filter.

mod complete;
mod fields;
mod flat;
mod grammar;
mod known;
mod lex;
mod names;
mod near;
mod needles;
mod parse;
mod print;
pub(crate) mod terms;
pub(crate) mod tree;
pub(crate) mod value;

pub use needles::{Needle, needles};
pub(crate) use print::quoted;

use crate::{Feed, FeedError, Filter};
use known::Known;

/// What is wrong with a query and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseTrouble {
    /// Says what would be right.
    pub message: String,
    /// Where it begins, in UTF-16 units.
    pub start: u32,
    /// Where it ends, in UTF-16 units.
    pub end: u32,
}

/// What could be typed next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// Where the part to replace begins, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Best first, at most 12.
    pub items: Vec<Completion>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The text to put in.
    pub insert: String,
    /// The text to show.
    pub label: String,
    /// An explanation, or how many events there are.
    pub hint: String,
}

/// The filter of a text, without looking anything up: locations are ids, any action's name is right.
/// [`Feed::parse`] knows the store's names.
pub fn parse(text: &str) -> Result<Filter, ParseTrouble> {
    parse::parse(text, None)
}

/// The tree of a clause, without looking anything up.
pub(crate) fn clause(text: &str) -> Result<tree::Expr, ParseTrouble> {
    parse::tree(text, None)
}

/// A filter written out, locations as ids: parsing it gives the same filter, as long as its values are ones that
/// can be typed (a category that there is, a name that is not blank …).
pub fn print(filter: &Filter) -> String {
    print::print(filter, None)
}

impl Feed {
    /// As [`parse()`], with locations by name; an action that is neither documented nor has ever come is a mistake.
    pub fn parse(&self, text: &str) -> Result<Result<Filter, ParseTrouble>, FeedError> {
        Ok(parse::parse(text, Some(&Known::read(self)?)))
    }

    /// As [`print()`], with locations by name where one is known that leads back to it.
    pub fn print(&self, filter: &Filter) -> Result<String, FeedError> {
        Ok(print::print(filter, Some(&Known::read(self)?)))
    }

    /// What could be typed at a caret (in UTF-16 units): fields, then values, at most 12.
    pub fn complete(&self, text: &str, cursor_utf16: u32) -> Result<Completions, FeedError> {
        complete::complete(self, text, cursor_utf16)
    }
}

#[cfg(test)]
mod tests;
