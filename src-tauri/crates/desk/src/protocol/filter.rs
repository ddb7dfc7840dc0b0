//! What a text of the query box means, and what could come next in it.

use nexwatch_feed::Filter;
use serde::Serialize;
use ts_rs::TS;

/// A parsed query.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ParsedFilter {
    /// The filter, unless there is an error.
    pub filter: Option<Filter>,
    /// The filter written out: parsing it gives the same filter.
    pub text: String,
    /// The words that it looks for, to be marked where they are shown.
    pub words: Vec<Needle>,
    /// What is wrong.
    pub error: Option<ParseTrouble>,
}

/// A word or phrase that is looked for: without regard to case and accents, as a whole word unless it is a beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Needle {
    /// As typed.
    pub text: String,
    /// Words that begin so are meant, too.
    pub beginning: bool,
}

/// What is wrong with a query and where.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ParseTrouble {
    /// Says what would be right.
    pub message: String,
    /// Place in UTF-16 units.
    pub start: u32,
    /// End in UTF-16 units.
    pub end: u32,
}

/// Completion.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Completions {
    /// The part to replace, in UTF-16 units.
    pub start: u32,
    /// Its end.
    pub end: u32,
    /// Best first, at most 12.
    pub items: Vec<Completion>,
}

/// One completion.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Completion {
    /// Text to put in.
    pub insert: String,
    /// Text to show.
    pub label: String,
    /// Explanation or count.
    pub hint: String,
}
