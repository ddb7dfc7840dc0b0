//! What amounts come to.

use serde::Serialize;
use ts_rs::TS;

/// What the amounts of some events come to.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Amounts {
    /// A line for each action and currency, the action with the most things first.
    pub sums: Vec<AmountSum>,
}

/// What the amounts of one action's events come to in one currency.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AmountSum {
    /// API name.
    pub action: String,
    /// What a person calls it, e.g. "Booking created"; of refunds and cancellations, which come under one action, which it is.
    pub label: String,
    /// Slug.
    pub category: String,
    /// ISO 4217; none where the events say none.
    pub currency: Option<String>,
    /// Events that have an amount.
    pub events: u32,
    /// Different things that they tell of; each counts once, with what its newest event says.
    pub things: u32,
    /// What these come to, decimal, e.g. `354.00`; none where there is no such thing, or it is too large to be said exactly.
    pub total: Option<String>,
    /// The amounts are debits and credits, which an amount alone does not tell apart: they are not added up.
    pub both_sides: bool,
}
