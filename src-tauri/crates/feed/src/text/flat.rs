//! A tree as a filter: what fits one of its fields goes there, everything else is a condition of its own.

use super::print::{self, said};
use super::tree::{Expr, Leaf};
use crate::filter::{Clause, Filter};

/// The filter of a tree.
pub(super) fn filter(expr: Expr) -> Filter {
    let mut filter = Filter::default();
    let mut text: Vec<String> = Vec::new();
    for part in expr.into_parts() {
        if let Some(part) = place(&mut filter, &mut text, part) {
            filter.also.push(Clause(print::expr(&part, None)));
        }
    }
    filter.text = text.join(" ");
    filter
}

/// Puts a part into the field that is for it; gives it back if there is none, or it is taken.
fn place(filter: &mut Filter, text: &mut Vec<String>, part: Expr) -> Option<Expr> {
    match part {
        Expr::Not(inner) => match *inner {
            Expr::Is(Leaf::Flag(flag)) => {
                filter.without_flags.push(flag);
                None
            }
            inner => Some(Expr::Not(Box::new(inner))),
        },
        Expr::Is(leaf) => place_leaf(filter, text, leaf).map(Expr::Is),
        other => Some(other),
    }
}

fn place_leaf(filter: &mut Filter, text: &mut Vec<String>, leaf: Leaf) -> Option<Leaf> {
    match leaf {
        Leaf::Said(word) => text.push(said(&word)),
        Leaf::Text(words) => text.push(words),
        Leaf::Flag(flag) => filter.flags.push(flag),
        Leaf::Categories(values) if filter.categories.is_empty() => filter.categories = values,
        Leaf::Actions(values) if filter.actions.is_empty() => filter.actions = values,
        Leaf::Locations(values) if filter.locations.is_empty() => filter.locations = values,
        Leaf::Persons(values) if filter.persons.is_empty() => filter.persons = values,
        Leaf::Changed(values) if filter.changed.is_empty() => filter.changed = values,
        Leaf::Entities(mut values) if values.len() == 1 && filter.entity.is_none() => {
            filter.entity = values.pop()
        }
        Leaf::Resources(mut values) if values.len() == 1 && filter.resource.is_none() => {
            filter.resource = values.pop();
        }
        Leaf::At { from, to }
            if (from.is_none() || filter.from.is_none()) && (to.is_none() || filter.to.is_none()) =>
        {
            filter.from = filter.from.take().or(from);
            filter.to = filter.to.take().or(to);
        }
        other => return Some(other),
    }
    None
}
