//! What a filter can be made of: each field with many different values, to be put together at will.

use super::expressions::amount;
use super::words::COMMON;
use crate::cli::bench::naive::kind_name;
use crate::cli::bench::query::{Values, spread};
use nexwatch_feed::{EntityFilter, Filter, PersonFilter, ResourceFilter};
use nexwatch_nexudus::time::rfc3339;
use nexwatch_nexudus::{Action, Category};

/// Actions that a space has a few times a month.
pub(in crate::cli::bench) const RARE_ACTIONS: [u8; 8] = [17, 30, 44, 56, 66, 72, 77, 83];
/// Actions that it has all day.
pub(in crate::cli::bench) const COMMON_ACTIONS: [u8; 8] = [61, 6, 47, 48, 36, 7, 35, 42];

/// Puts the n-th value of a field into a filter.
pub(super) type Put = fn(&Values, usize, &mut Filter);

/// A field by name.
pub(super) struct Field {
    pub name: &'static str,
    pub put: Put,
}

const fn field(name: &'static str, put: Put) -> Field {
    Field { name, put }
}

/// Fields that stand beside each other in the window.
pub(super) const FIELDS: [Field; 10] = [
    field("category", category),
    field("action", action),
    field("location", location),
    field("person", person),
    field("time", time),
    field("mark", mark),
    field("resource", resource),
    field("changed", changed),
    field("amount", amount),
    field("word", word),
];

/// Fields by which everything is counted at once.
pub(super) const COUNTED: [Field; 4] = [
    field("location", location),
    field("action", action),
    field("person", person),
    field("time", time),
];

pub(super) fn category(_: &Values, n: usize, filter: &mut Filter) {
    filter.categories = vec![Category::ALL[n % Category::ALL.len()].slug().to_owned()];
}

/// One of all actions, common or rare.
pub(super) fn action(_: &Values, n: usize, filter: &mut Filter) {
    let list = if n.is_multiple_of(2) {
        COMMON_ACTIONS
    } else {
        RARE_ACTIONS
    };
    filter.actions = vec![action_name(list[n / 2 % list.len()])];
}

pub(super) fn common_action(_: &Values, n: usize, filter: &mut Filter) {
    filter.actions = vec![action_name(COMMON_ACTIONS[n % COMMON_ACTIONS.len()])];
}

pub(super) fn rare_action(_: &Values, n: usize, filter: &mut Filter) {
    filter.actions = vec![action_name(RARE_ACTIONS[n % RARE_ACTIONS.len()])];
}

/// Three of them.
pub(super) fn actions(_: &Values, n: usize, filter: &mut Filter) {
    let of = |n: usize| action_name(COMMON_ACTIONS[n % COMMON_ACTIONS.len()]);
    filter.actions = vec![of(n), of(n + 1), of(n + 3)];
}

pub(super) fn location(values: &Values, n: usize, filter: &mut Filter) {
    filter.locations = vec![values.location(n)];
}

/// By the first name, as it is typed.
pub(super) fn person(values: &Values, n: usize, filter: &mut Filter) {
    let first = values.person(n).map_or("ana", |(_, first)| first.as_str());
    filter.persons = vec![PersonFilter::Name {
        name: first.to_owned(),
    }];
}

/// One person, by a click on the name.
pub(super) fn person_by_id(values: &Values, n: usize, filter: &mut Filter) {
    let known = values.event_with(n, |event| {
        let person = event.person.clone()?;
        Some((person.kind, person.id?, person.name))
    });
    filter.persons = known
        .map(|(kind, id, name)| PersonFilter::Id {
            kind: kind_name(kind).to_owned(),
            id,
            name,
        })
        .into_iter()
        .collect();
}

/// From a day to three months, anywhere in the stretch.
pub(super) fn time(values: &Values, n: usize, filter: &mut Filter) {
    let days = [1, 7, 30, 90][n % 4];
    stretch(values.moment(n), days, filter);
}

pub(super) fn week(values: &Values, n: usize, filter: &mut Filter) {
    stretch(values.moment(n), 7, filter);
}

fn stretch(from: i64, days: i64, filter: &mut Filter) {
    filter.from = Some(rfc3339(from));
    filter.to = Some(rfc3339(from + days * 86_400_000));
}

/// With a mark or without one.
pub(super) fn mark(_: &Values, n: usize, filter: &mut Filter) {
    match n % 3 {
        0 => filter.flags = vec!["repeat".into()],
        1 => filter.flags = vec!["changed".into()],
        _ => filter.without_flags = vec!["changed".into()],
    }
}

pub(super) fn resource(values: &Values, n: usize, filter: &mut Filter) {
    filter.resource = values.event_with(n, |event| {
        let thing = event.resource.clone()?;
        Some(ResourceFilter {
            id: thing.id?,
            name: thing.name,
        })
    });
}

pub(super) fn changed(_: &Values, n: usize, filter: &mut Filter) {
    const NAMES: [&str; 4] = ["FromTime", "ToTime", "ResourceId", "UpdatedBy"];
    filter.changed = vec![NAMES[n % NAMES.len()].into()];
}

pub(super) fn word(_: &Values, n: usize, filter: &mut Filter) {
    filter.text = COMMON[spread(n, COMMON.len())].into();
}

/// All about one thing.
pub(super) fn entity(values: &Values, n: usize, filter: &mut Filter) {
    filter.entity = values.event_with(n, |event| {
        Some(EntityFilter {
            name: event.entity.name().to_owned(),
            id: event.entity_id?,
        })
    });
}

pub(super) fn action_name(number: u8) -> String {
    Action::Known(number).name()
}
