//! Whose story, and what changed.

use super::Fact;
use nexwatch_feed::Filter;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose story: matched by id, never by name alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(tag = "by", rename_all = "camelCase")]
#[ts(export)]
pub enum StoryOf {
    /// One booking, contract, invoice … .
    Entity {
        /// Platform name, e.g. `Booking`.
        name: String,
        /// Its id.
        id: i64,
    },
    /// A customer or visitor: whatever concerns them, also as a visitor's host.
    Person {
        /// `customer`, `visitor` or `other`.
        kind: String,
        /// The platform's id.
        id: i64,
    },
    /// A room, desk, plan or thing.
    Resource {
        /// The platform's id.
        id: i64,
    },
    /// A location.
    Location {
        /// Its id.
        id: i64,
    },
}

/// What is known of one thing, above the list of its events.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Story {
    /// Whose.
    pub of: StoryOf,
    /// Its name as last heard; else what it is and its id.
    pub title: String,
    /// What it is, e.g. "Customer".
    pub kind: String,
    /// Facts of its newest state, e-mail and location where they are known; private ones are not among them.
    pub facts: Vec<Fact>,
    /// Lists its events.
    pub filter: Filter,
    /// Events.
    pub total: u32,
    /// When the first happened, ms since 1970; nothing where there is none.
    pub first_at: Option<i64>,
    /// When the last happened.
    pub last_at: Option<i64>,
    /// An action said that it is no more.
    pub deleted: bool,
}

/// What differs from the state before.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Changes {
    /// The event that brought the state before.
    pub since: i64,
    /// When that happened, ms since 1970.
    pub since_at: i64,
    /// Fields that differ, in the body's order; noise (what changes with every delivery) too, marked as such.
    pub differences: Vec<Difference>,
}

/// A field that differs.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Difference {
    /// Where, e.g. `FromTime`, `CustomFields.Wifi`, `BookingVisitors[7].FullName`.
    pub path: String,
    /// What a person calls it.
    pub label: String,
    /// What it was; nothing where there was none. Private values are masked. Moments are as the body has them (ISO 8601).
    #[ts(type = "unknown")]
    pub before: Option<serde_json::Value>,
    /// What it is.
    #[ts(type = "unknown")]
    pub after: Option<serde_json::Value>,
    /// Of a moment: minutes that the place's own clock was ahead of UTC then, where the body told.
    pub ahead_before: Option<i32>,
    /// The same of what it is.
    pub ahead_after: Option<i32>,
    /// It changes with every delivery, or another field says the same.
    pub noise: bool,
}
