//! Rows that a person has selected.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stretch of a list by the ids of its first and its last event, both included, in order of id. As an event's id is its
/// place in time, a stretch of any list is a stretch of ids, however long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Span {
    /// The lowest id.
    pub from: i64,
    /// The highest.
    pub to: i64,
}
