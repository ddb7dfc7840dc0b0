//! Views: named questions with a look of their own.

use serde::Serialize;
use ts_rs::TS;

pub use nexwatch_settings::{View, ViewColumn};

/// The views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Views {
    /// In order.
    pub views: Vec<View>,
    /// Those that came with the program as they came: to be put back.
    pub usual: Vec<View>,
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
