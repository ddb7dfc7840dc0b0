//! Views: named questions with a look of their own. Those that come with the program, and the person's.

mod file;
mod shipped;

pub use file::{ImportedViews, ViewFile, ViewsError};
pub use shipped::shipped_views;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Most views of one list.
pub const MOST_VIEWS: usize = 200;
const LONGEST_NAME: usize = 60;
const LONGEST_ABOUT: usize = 300;
const LONGEST_QUERY: usize = 4000;
const MOST_COLUMNS: usize = 40;
/// Colours that a view may have, by their names in the style sheet.
const COLOURS: [&str; 7] = ["none", "blue", "green", "amber", "red", "violet", "teal"];

/// A view of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct View {
    /// Stays the same when it is renamed. A new one has an empty id and is given one.
    #[serde(default)]
    pub id: String,
    /// What it is called, 1 to 60 characters; no two are called the same.
    pub name: String,
    /// What it shows, in one sentence; may be empty.
    #[serde(default)]
    pub about: String,
    /// Which events, in the language of the query box. It may be one that does not parse (any more): it is kept.
    pub query: String,
    /// The columns of its list, in order; none: the usual ones.
    #[serde(default)]
    pub columns: Vec<ViewColumn>,
    /// Oldest first instead of newest first.
    #[serde(default)]
    pub oldest_first: bool,
    /// One of `none`, `blue`, `green`, `amber`, `red`, `violet`, `teal`.
    #[serde(default = "no_colour")]
    pub colour: String,
    /// Says how many new events it has that were not looked at.
    #[serde(default)]
    pub badge: bool,
    /// Not listed.
    #[serde(default)]
    pub hidden: bool,
    /// Came with the program: can be changed, hidden and put back, not removed.
    #[serde(default)]
    pub shipped: bool,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ViewColumn {
    /// Its name, e.g. `location`.
    pub name: String,
    /// Its width in px, 20 to 2,000; none: the usual one.
    #[serde(default)]
    pub width: Option<u32>,
}

fn no_colour() -> String {
    COLOURS[0].to_owned()
}

impl View {
    /// Whether it could be kept; else a sentence that says what would be right. The name is taken without spaces around it.
    fn check(&self) -> Result<(), String> {
        let name = self.name.trim();
        let long = |text: &str, most: usize| text.chars().count() > most;
        if name.is_empty() {
            return Err("A view needs a name.".to_owned());
        }
        if long(name, LONGEST_NAME) {
            return Err(format!("A view's name may have {LONGEST_NAME} characters."));
        }
        if long(&self.about, LONGEST_ABOUT) {
            return Err(format!(
                "What is said of “{name}” may have {LONGEST_ABOUT} characters."
            ));
        }
        if long(&self.query, LONGEST_QUERY) {
            return Err(format!(
                "The question of “{name}” may have {LONGEST_QUERY} characters."
            ));
        }
        if !COLOURS.contains(&self.colour.as_str()) {
            return Err(format!(
                "The colour of “{name}” has to be one of {}.",
                COLOURS.join(", ")
            ));
        }
        if self.columns.len() > MOST_COLUMNS {
            return Err(format!("“{name}” may have {MOST_COLUMNS} columns."));
        }
        for column in &self.columns {
            if column.name.is_empty() || long(&column.name, LONGEST_NAME) {
                return Err(format!("A column of “{name}” has no proper name."));
            }
            if column.width.is_some_and(|width| !(20..=2000).contains(&width)) {
                return Err(format!("The columns of “{name}” may be 20 to 2,000 px wide."));
            }
        }
        Ok(())
    }

    /// Whether two show the same in the same way under the same name, whoever made them.
    fn says_the_same(&self, other: &View) -> bool {
        let plain = |view: &View| View {
            id: String::new(),
            hidden: false,
            shipped: false,
            ..view.clone()
        };
        plain(self) == plain(other)
    }
}

/// Names are told apart without regard to case and the spaces around them.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}
