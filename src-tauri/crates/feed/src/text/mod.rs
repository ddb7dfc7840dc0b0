//! The language of the query box.

pub(crate) mod terms;

use crate::{Feed, FeedError, Filter};

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

/// The filter of a text. Locations are ids here; [`Feed::parse`] knows their names.
pub fn parse(text: &str) -> Result<Filter, ParseTrouble> {
    Ok(Filter {
        text: text.trim().to_owned(),
        ..Filter::default()
    })
}

/// A filter written out: parsing it gives the same filter.
pub fn print(filter: &Filter) -> String {
    filter.text.clone()
}

impl Feed {
    /// As [`parse`], with locations by name.
    pub fn parse(&self, text: &str) -> Result<Result<Filter, ParseTrouble>, FeedError> {
        Ok(parse(text))
    }

    /// As [`print`], with locations by name where one is known.
    pub fn print(&self, filter: &Filter) -> Result<String, FeedError> {
        Ok(print(filter))
    }

    /// What could be typed at a caret (in UTF-16 units).
    pub fn complete(&self, _text: &str, cursor_utf16: u32) -> Result<Completions, FeedError> {
        Ok(Completions {
            start: cursor_utf16,
            end: cursor_utf16,
            items: Vec::new(),
        })
    }
}
