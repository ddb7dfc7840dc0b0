//! What a screen may ask.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A question. `ask` names it; the answer of the same name comes back.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "ask", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export)]
pub enum Question {
    /// What the strip and the first start need.
    Status,
    /// Rows of the feed, newest first.
    Feed {
        /// Which events.
        filter: Filter,
        /// Only what had arrived when this delivery was the newest: a list that is being read does not move.
        as_of: Option<i64>,
        /// Where in the list.
        at: Anchor,
        /// How many rows at most (1 to 500).
        limit: u32,
    },
    /// How many matching events arrived after a delivery: the "12 new" pill.
    CountNew {
        /// Which events.
        filter: Filter,
        /// After this delivery.
        since: i64,
    },
    /// Counts beside categories, actions, locations and marks. Each facet is counted with the filter's other
    /// fields, without its own, so that its alternatives can be seen.
    Facets {
        /// Which events.
        filter: Filter,
        /// As in `Feed`.
        as_of: Option<i64>,
    },
    /// Everything about one event.
    Event {
        /// Its id.
        id: i64,
    },
    /// Text of the query box → filter.
    ParseFilter {
        /// As typed.
        text: String,
    },
    /// Completion in the query box.
    Complete {
        /// As typed.
        text: String,
        /// Caret, in UTF-16 units (JavaScript's count).
        cursor: u32,
    },
    /// The hook URL, for every action, as the admin panel groups them.
    Hooks,
    /// Sends one sample delivery through the real listener.
    SendSample {
        /// API name; any if none.
        action: Option<String>,
    },
    /// Adds a shared secret and makes it the active one of its location (or of all).
    SetSecret {
        /// The secret; never echoed.
        secret: String,
        /// Only for this location.
        location: Option<i64>,
    },
    /// What is in quarantine, newest first.
    Quarantine {
        /// Older than this id.
        before: Option<i64>,
        /// How many at most (1 to 200).
        limit: u32,
    },
    /// What an export would write, and where.
    ExportPlan {
        /// The export.
        export: ExportRequest,
    },
    /// Lets the person choose the target file (window only). Answers as `ExportPlan`.
    ExportChoose {
        /// The export.
        export: ExportRequest,
    },
    /// Starts the export to the planned target; progress comes as news (window). In the browser the answer has
    /// a one-time download address instead.
    ExportStart {
        /// The export.
        export: ExportRequest,
        /// Write over a file that is there.
        overwrite: bool,
    },
    /// Stops an export; nothing is left behind.
    ExportCancel {
        /// Its number.
        job: u32,
    },
    /// Shows a finished export in the file manager (window only).
    ExportReveal {
        /// Its number.
        job: u32,
    },
}

/// Which events: all fields that are set must hold. Text and chips of the query box are two views of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, rename_all = "camelCase")]
#[ts(export)]
pub struct Filter {
    /// Words and "phrases" that must all occur; the last word may be a beginning. Without accents or case.
    pub text: String,
    /// Any of these categories (slugs).
    pub categories: Vec<String>,
    /// Any of these actions (API names; `Booking?` is the inferred one of an entity).
    pub actions: Vec<String>,
    /// Any of these locations (ids; 0 is "no location known").
    pub locations: Vec<i64>,
    /// Any of these persons.
    pub persons: Vec<PersonFilter>,
    /// Happened at or after: RFC 3339, or a local `YYYY-MM-DD[THH:MM]`, or `today`, `yesterday`, `-2h`, `-7d`.
    pub from: Option<String>,
    /// Happened before: likewise; a bare date includes that whole day.
    pub to: Option<String>,
    /// All of these marks.
    pub flags: Vec<String>,
    /// None of these marks.
    pub without_flags: Vec<String>,
    /// About one entity: name and id.
    pub entity: Option<EntityFilter>,
}

/// A person by name (part of it) or by the platform's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "by")]
#[ts(export)]
pub enum PersonFilter {
    /// The words of the name, in any order, without accents or case.
    Name {
        /// As typed.
        name: String,
    },
    /// The platform's id.
    Id {
        /// `customer`, `visitor` or `other`.
        kind: String,
        /// The id.
        id: i64,
        /// Name for the chip.
        name: String,
    },
}

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EntityFilter {
    /// Platform name, e.g. `Booking`.
    pub name: String,
    /// Its id.
    pub id: i64,
}

/// Where in the list a page begins.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "camelCase")]
#[ts(export)]
pub enum Anchor {
    /// The newest.
    Newest,
    /// The n-th, from 0.
    Index {
        /// n
        index: u32,
    },
    /// So that this event is in the middle of the page (or, if the filter hides it, where it would be).
    Event {
        /// Its id.
        id: i64,
    },
    /// The newest at or before a moment.
    Time {
        /// Milliseconds since 1970.
        at: i64,
    },
}

/// An export of what is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportRequest {
    /// Which events.
    pub filter: Filter,
    /// As in `Feed`: what is seen, not what has arrived since.
    pub as_of: Option<i64>,
    /// `csv` or `jsonl`.
    pub format: ExportFormat,
    /// Columns by name, in order; empty means all.
    pub columns: Vec<String>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// IANA time zone for CSV times (e.g. `Europe/Madrid`), `UTC`, or none for the computer's own. JSON Lines are
    /// always UTC.
    pub time_zone: Option<String>,
    /// Begin a CSV with a byte-order mark, for Excel.
    pub bom: bool,
    /// Add the body as received, private fields masked.
    pub body: bool,
}

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportFormat {
    /// RFC 4180.
    Csv,
    /// One JSON object a line.
    Jsonl,
}
