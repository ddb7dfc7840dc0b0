//! What a screen hears without asking.

use serde::Serialize;
use ts_rs::TS;

/// News: ids and counts, never bodies. A missed message costs nothing: whoever wants rows asks.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "news", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export)]
pub enum News {
    /// Events arrived (or arrived again). At most one each 50 ms.
    Changed {
        /// Newest delivery.
        newest_delivery: i64,
        /// Events kept.
        events: u32,
        /// The newest event's arrival.
        last_arrival: Option<i64>,
    },
    /// Events that are shown already read otherwise now (a name was learnt, a better event of the same act came, the language
    /// was changed): ask for what is on the screen again, with the same `as_of`.
    Revised,
    /// What was being counted has grown or is complete: whoever was told `counting` asks again. At most four a second.
    Counted,
    /// Views, or what is new in them, changed: ask again.
    Views,
    /// Something of `Status` changed: ask again.
    Status,
    /// A delivery failed its signature while a secret is set; once until looked at.
    Alarm {
        /// In words.
        message: String,
    },
    /// How far an export is.
    Export {
        /// Its number.
        job: u32,
        /// Rows written.
        rows: u32,
        /// Rows in all.
        total: u32,
        /// `running`, `done`, `cancelled`, `failed`.
        state: ExportState,
        /// The file, or what went wrong.
        message: Option<String>,
    },
}

/// How an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportState {
    /// Being written.
    Running,
    /// Complete.
    Done,
    /// Stopped by the person; nothing left behind.
    Cancelled,
    /// Went wrong; nothing left behind.
    Failed,
}
