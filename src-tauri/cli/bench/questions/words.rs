//! What is looked for.

use crate::cli::bench::query::{Values, spread};

/// Words that thousands of events have.
pub(super) const COMMON: [&str; 12] = [
    "booked",
    "room",
    "checked",
    "desk",
    "invoice",
    "access",
    "meeting",
    "customer",
    "paid",
    "delivery",
    "cancelled",
    "visitor",
];

/// Words as they are written without spaces; in the index, on the way, and in the middle of a longer one.
const UNSPACED: [&str; 12] = [
    "会議室",
    "会議",
    "さくら",
    "請求書",
    "請求",
    "窓際",
    "先週",
    "プロジェクター",
    "渋谷",
    "スタジオ",
    "もみじ",
    "注文",
];

/// A number that one thing has.
pub(in crate::cli::bench) fn rare(values: &Values, n: usize) -> String {
    values
        .event_with(n, |event| event.entity_id)
        .unwrap_or(0)
        .to_string()
}

/// A word that much has.
pub(in crate::cli::bench) fn common(_: &Values, n: usize) -> String {
    COMMON[n % COMMON.len()].to_owned()
}

/// Two words that much has.
pub(in crate::cli::bench) fn two_common(_: &Values, n: usize) -> String {
    let (one, other) = (n % COMMON.len(), (n / COMMON.len() + n + 1) % COMMON.len());
    format!("{} {}", COMMON[one], COMMON[other])
}

/// What a person has typed of a name so far.
pub(in crate::cli::bench) fn beginning(values: &Values, n: usize) -> String {
    letters(values, n, 3)
}

/// The first two letters: the longest list that a beginning can have.
pub(in crate::cli::bench) fn two_letters(values: &Values, n: usize) -> String {
    letters(values, n, 2)
}

fn letters(values: &Values, n: usize, count: usize) -> String {
    let first = values.person(n).map_or("ana", |(_, first)| first.as_str());
    first.chars().take(count).collect()
}

/// A name as it stands.
pub(in crate::cli::bench) fn phrase(values: &Values, n: usize) -> String {
    let name = values
        .person(n)
        .map_or("Ana Lima", |(person, _)| person.name.as_str());
    format!("\"{}\"", name.replace('"', ""))
}

/// Japanese.
pub(in crate::cli::bench) fn unspaced(_: &Values, n: usize) -> String {
    UNSPACED[spread(n, UNSPACED.len())].to_owned()
}
