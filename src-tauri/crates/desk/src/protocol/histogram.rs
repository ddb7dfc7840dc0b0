//! Events over time.

use serde::Serialize;
use ts_rs::TS;

/// Events over time by category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Histogram {
    /// Where bars begin and end, ms since 1970: one more than there are bars. They are whole hours, days, weeks, months of the
    /// clock by which times are shown, so that they may differ in length.
    pub edges: Vec<i64>,
    /// How long a bar is: `minute`, `5-minutes`, `15-minutes`, `hour`, `3-hours`, `6-hours`, `day`, `week`, `month`, `year`; for the axis.
    pub step: String,
    /// Categories that have events in it, in the order in which they are shown.
    pub series: Vec<Series>,
    /// Events in all bars.
    pub total: u32,
    /// Still being counted, as in `Feed`.
    pub counting: bool,
}

/// A category's part of a histogram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Series {
    /// Slug.
    pub category: String,
    /// Events in each bar.
    pub counts: Vec<u32>,
}

/// Rows as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CopiedRows {
    /// Tabs between cells, a line a row, the names of the columns first.
    pub text: String,
    /// How many rows.
    pub rows: u32,
}
