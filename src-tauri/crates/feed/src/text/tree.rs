//! A query as a tree, with every name made out. Text, chips and clauses are made of it.

use super::value::{BodyTest, Bounds};
use crate::filter::{EntityFilter, PersonFilter, ResourceFilter};
use std::mem::discriminant;

/// What must be true of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expr {
    /// Each of them; of none: everything.
    All(Vec<Expr>),
    /// One of them at least.
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Is(Leaf),
}

/// One condition. Where it has several values, one of them is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Leaf {
    Said(Said),
    /// Words and phrases as [`crate::Filter::text`] has them.
    Text(String),
    Categories(Vec<String>),
    Actions(Vec<String>),
    Locations(Vec<i64>),
    Persons(Vec<PersonFilter>),
    /// Moments as they were typed: from the first on, and to the end of the second.
    At {
        from: Option<String>,
        to: Option<String>,
    },
    Flag(String),
    Entities(Vec<EntityFilter>),
    Resources(Vec<ResourceFilter>),
    Changed(Vec<String>),
    Currencies(Vec<String>),
    Amounts(Vec<Bounds>),
    Body {
        path: Vec<String>,
        tests: Vec<BodyTest>,
    },
}

/// A word or a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Without quotes and star.
    pub text: String,
    /// It stood in quotes.
    pub phrase: bool,
    /// A star stood behind.
    pub beginning: bool,
}

impl Expr {
    /// All of some; what is all of others already is opened up.
    pub fn all(parts: Vec<Expr>) -> Expr {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Expr::All(parts) => flat.extend(parts),
                part => flat.push(part),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Expr::All(flat),
        }
    }

    /// Any of some. Values of one field become one condition: `action:A OR action:B` is `action:(A, B)`.
    pub fn any(parts: Vec<Expr>) -> Expr {
        let mut flat: Vec<Expr> = Vec::with_capacity(parts.len());
        let mut add = |part: Expr| {
            if let Expr::Is(leaf) = &part
                && leaf.is_set()
            {
                let same = flat.iter_mut().find_map(|known| match known {
                    Expr::Is(known) if discriminant(known) == discriminant(leaf) => Some(known),
                    _ => None,
                });
                if let Some(known) = same {
                    known.extend(leaf.clone());
                    return;
                }
            }
            flat.push(part);
        };
        for part in parts {
            match part {
                Expr::Any(parts) => parts.into_iter().for_each(&mut add),
                part => add(part),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Expr::Any(flat),
        }
    }

    /// What is not so.
    pub fn negated(self) -> Expr {
        match self {
            Expr::Not(inner) => *inner,
            other => Expr::Not(Box::new(other)),
        }
    }

    /// Its parts, if it is all of some; else itself.
    pub fn into_parts(self) -> Vec<Expr> {
        match self {
            Expr::All(parts) => parts,
            other => vec![other],
        }
    }
}

impl Leaf {
    /// Whether it is a list of values of which one is enough.
    pub fn is_set(&self) -> bool {
        matches!(
            self,
            Leaf::Categories(_)
                | Leaf::Actions(_)
                | Leaf::Locations(_)
                | Leaf::Persons(_)
                | Leaf::Entities(_)
                | Leaf::Resources(_)
                | Leaf::Changed(_)
                | Leaf::Currencies(_)
        )
    }

    /// Adds the values of another of the same field.
    pub fn extend(&mut self, other: Leaf) {
        match (self, other) {
            (Leaf::Categories(own), Leaf::Categories(more))
            | (Leaf::Actions(own), Leaf::Actions(more))
            | (Leaf::Changed(own), Leaf::Changed(more))
            | (Leaf::Currencies(own), Leaf::Currencies(more)) => own.extend(more),
            (Leaf::Locations(own), Leaf::Locations(more)) => own.extend(more),
            (Leaf::Persons(own), Leaf::Persons(more)) => own.extend(more),
            (Leaf::Entities(own), Leaf::Entities(more)) => own.extend(more),
            (Leaf::Resources(own), Leaf::Resources(more)) => own.extend(more),
            _ => {}
        }
    }
}
