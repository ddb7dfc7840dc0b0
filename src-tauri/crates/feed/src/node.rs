//! A condition made out against the store: numbers only, but for what only a body can tell.

use crate::body::BodyCheck;
use crate::query::Query;
use crate::text::value::Bounds;

/// What must be true of an event besides the flat fields of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// Each of them; of none: everything.
    All(Vec<Node>),
    /// One of them at least.
    Any(Vec<Node>),
    Not(Box<Node>),
    /// One field, as a query of its own.
    Is(Box<Query>),
    /// One of these.
    Amount(Vec<Bounds>),
    /// What has to be looked up event by event.
    Slow(Slow),
}

/// A condition that no column and no index tells: it costs a look at the event's own row or body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slow {
    /// One of these currencies, in capitals.
    Currency(Vec<String>),
    /// A field of the body; some ten microseconds.
    Body(BodyCheck),
}

impl Node {
    /// Whether anything in it has to be looked up.
    pub fn is_slow(&self) -> bool {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().any(Node::is_slow),
            Node::Not(inner) => inner.is_slow(),
            Node::Is(_) | Node::Amount(_) => false,
            Node::Slow(_) => true,
        }
    }

    /// Whether the columns alone do not tell.
    pub fn asks_indexes(&self) -> bool {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().any(Node::asks_indexes),
            Node::Not(inner) => inner.asks_indexes(),
            Node::Is(query) => query.asks_indexes(),
            Node::Amount(_) | Node::Slow(_) => false,
        }
    }

    /// Whether a stretch of time stands in it: it may move along with the clock.
    pub fn has_place(&self) -> bool {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().any(Node::has_place),
            Node::Not(inner) => inner.has_place(),
            Node::Is(query) => {
                query.from > Query::ALL.from
                    || query.to < Query::ALL.to
                    || query.also.iter().any(Node::has_place)
            }
            Node::Amount(_) | Node::Slow(_) => false,
        }
    }

    /// The conditions in it that have to be looked up, each once.
    pub fn slow<'n>(&'n self, found: &mut Vec<&'n Slow>) {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| part.slow(found)),
            Node::Not(inner) => inner.slow(found),
            Node::Slow(slow) if !found.contains(&slow) => found.push(slow),
            Node::Is(_) | Node::Amount(_) | Node::Slow(_) => {}
        }
    }
}

impl Slow {
    /// Whether the body is needed, not only the event's row.
    pub fn needs_body(&self) -> bool {
        matches!(self, Slow::Body(_))
    }
}
