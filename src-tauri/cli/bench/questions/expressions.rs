//! Conditions beyond a list of values: alternatives, exclusions, ranges, fields of the body.

use super::fields::{COMMON_ACTIONS, RARE_ACTIONS, action_name};
use super::words::COMMON;
use crate::cli::bench::query::{Values, spread};
use nexwatch_feed::{Clause, Filter};
use nexwatch_nexudus::Category;

/// Amounts between which most bills lie.
const AMOUNTS: [u32; 12] = [2, 5, 10, 20, 40, 60, 90, 120, 180, 250, 400, 900];

fn add(filter: &mut Filter, clause: String) {
    filter.also.push(Clause(clause));
}

/// The lower end of the n-th range of amounts.
pub(in crate::cli::bench) fn lower(n: usize) -> u32 {
    AMOUNTS[spread(n, AMOUNTS.len())]
}

pub(super) fn amount(_: &Values, n: usize, filter: &mut Filter) {
    let from = lower(n);
    add(
        filter,
        match n % 3 {
            0 => format!("amount:{from}..{}", from * 2),
            _ => format!("amount:>{from}"),
        },
    );
}

/// Above an amount.
pub(super) fn more_than(_: &Values, n: usize, filter: &mut Filter) {
    add(filter, format!("amount:>{}", lower(n)));
}

fn word(n: usize) -> &'static str {
    COMMON[spread(n, COMMON.len())]
}

fn first_name(values: &Values, n: usize) -> String {
    let first = values.person(n).map_or("ana", |(_, first)| first.as_str());
    format!("\"{}\"", first.replace(['"', '\\'], ""))
}

/// An alternative of two that are not lists of the same field.
pub(super) fn either(values: &Values, n: usize, filter: &mut Filter) {
    let (action, rare) = (
        action_name(COMMON_ACTIONS[n % COMMON_ACTIONS.len()]),
        action_name(RARE_ACTIONS[n % RARE_ACTIONS.len()]),
    );
    let category = Category::ALL[n % Category::ALL.len()].slug();
    add(
        filter,
        match n % 6 {
            0 => format!("(action:{action} OR location:{})", values.location(n)),
            1 => format!("(amount:>{} OR flag:repeat)", lower(n)),
            2 => format!("(person:{} OR action:{rare})", first_name(values, n)),
            3 => format!("({} OR {})", word(n), word(n + 1)),
            4 => format!("(category:{category} OR changed:FromTime)"),
            _ => format!("({} OR amount:>{})", word(n), lower(n)),
        },
    );
}

/// All but some.
pub(super) fn neither(values: &Values, n: usize, filter: &mut Filter) {
    let action = action_name(COMMON_ACTIONS[n % COMMON_ACTIONS.len()]);
    add(
        filter,
        match n % 4 {
            0 => format!("NOT action:{action}"),
            1 => format!("NOT person:{}", first_name(values, n)),
            2 => format!("NOT location:{}", values.location(n)),
            _ => format!("NOT {}", word(n)),
        },
    );
}

/// What a customer's or a booking's notes say, and other fields that are nowhere but in the body.
pub(super) fn body(_: &Values, n: usize, filter: &mut Filter) {
    const FIELDS: [&str; 6] = [
        "body.Source:2",
        "body.Tentative:false",
        "body.Notes:coffee",
        "body.Online:true",
        "body.ChargeNow:false",
        "body.Notes:café",
    ];
    add(filter, FIELDS[n % FIELDS.len()].to_owned());
}
