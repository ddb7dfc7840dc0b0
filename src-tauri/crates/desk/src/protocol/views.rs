//! Views: named questions with a look of their own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A view of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct View {
    /// Stays the same when it is renamed. A new one has an empty id and is given one.
    pub id: String,
    /// What it is called, 1 to 60 characters.
    pub name: String,
    /// What it shows, in one sentence; may be empty.
    pub about: String,
    /// Which events, in the language of the query box.
    pub query: String,
    /// The columns of its list, in order; none: the usual ones.
    pub columns: Vec<ViewColumn>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// One of `none`, `blue`, `green`, `amber`, `red`, `violet`, `teal`.
    pub colour: String,
    /// Says how many new events it has that were not looked at.
    pub badge: bool,
    /// Not listed.
    pub hidden: bool,
    /// Came with the program: can be changed, hidden and put back, not removed.
    pub shipped: bool,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ViewColumn {
    /// Its name, e.g. `location`.
    pub name: String,
    /// Its width in px; none: the usual one.
    pub width: Option<u32>,
}

/// The views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Views {
    /// In order.
    pub views: Vec<View>,
    /// Counts the changes of the list.
    pub revision: u32,
    /// Why the file of views could not be read; then only what comes with the program is listed, and nothing is written.
    pub trouble: Option<String>,
}

/// What is new in the views that have a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ViewNews {
    /// One for each view with a badge.
    pub views: Vec<ViewNew>,
    /// Newest delivery when this was answered.
    pub as_of: i64,
}

/// What is new in a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ViewNew {
    /// Which.
    pub id: String,
    /// Events that arrived since it was looked at; unknown when its query has an error or cannot be counted at once.
    pub count: Option<u32>,
}

/// Views as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ViewsFile {
    /// A name for it.
    pub name: String,
    /// What it holds; empty when it was written already.
    pub text: String,
    /// Where it was written (window only).
    pub written: Option<String>,
}

/// What came out of a file of views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportedViews {
    /// All views, with the new ones at the end.
    pub views: Views,
    /// Names of those that were added.
    pub added: Vec<String>,
    /// Names of those that are there already, just so.
    pub known: Vec<String>,
}
