//! Which events: what a person can ask for. Text, chips and this are three views of one thing.

mod clause;
mod conditions;
mod resolve;
mod times;
mod words;

pub use clause::Clause;
pub(crate) use resolve::{category, category_of, cut, entity_named, kind_name, mark, person_kind, resolve};
pub(crate) use times::{check as check_time, is_day, is_reversed};
#[cfg(test)]
pub(crate) use words::expression;
pub(crate) use words::{has_beginning, may_be_a_beginning};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which events: all fields that are set must hold; a field with several values holds for any of them. Text and chips
/// of the query box are two views of it. What does not exist (a category, a mark, a time that is none) is refused with a
/// sentence that says what would be right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, rename_all = "camelCase")]
#[ts(export)]
pub struct Filter {
    /// Words and "phrases" that must all occur; the last word may be a beginning (of two letters or more). Without accents
    /// or case; punctuation by itself is left out.
    pub text: String,
    /// Any of these categories (slugs).
    pub categories: Vec<String>,
    /// Any of these actions (API names; `Booking?` is the inferred one of an entity). With categories too, those that are
    /// in both.
    pub actions: Vec<String>,
    /// Any of these locations (ids; 0 is "no location known").
    pub locations: Vec<i64>,
    /// Any of these persons.
    pub persons: Vec<PersonFilter>,
    /// Happened at or after: RFC 3339, or a local `YYYY-MM-DD[THH:MM]`, or `today`, `yesterday`, `now`, or so long before
    /// now: `-30m`, `-2h`, `-7d`, `-2w`.
    pub from: Option<String>,
    /// Happened before: likewise; a bare date includes that whole day.
    pub to: Option<String>,
    /// All of these marks.
    pub flags: Vec<String>,
    /// None of these marks.
    pub without_flags: Vec<String>,
    /// About one entity: name and id.
    pub entity: Option<EntityFilter>,
    /// Of one room, desk, plan or thing.
    pub resource: Option<ResourceFilter>,
    /// One of these fields of the body (its own names, e.g. `FromTime`) differs from the state before.
    pub changed: Vec<String>,
    /// What must hold besides, each in the language of the query box: alternatives, brackets, ranges, fields of the body.
    pub also: Vec<Clause>,
}

/// A room, desk, plan or thing by the platform's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ResourceFilter {
    /// The id.
    pub id: i64,
    /// Name for the chip.
    pub name: String,
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
