//! Conditions beside the flat fields of a filter, made out against the store.

use super::{Filter, cut, is_day, resolve, times};
use crate::body::{BodyCheck, Check, Phrase};
use crate::node::{Node, Slow};
use crate::persons::Persons;
use crate::query::Query;
use crate::text::tree::{Expr, Leaf, Said};
use crate::text::value::{BodyTest, Comparison, number};
use crate::text::{clause, quoted};
use crate::{Clock, FeedError};
use nexwatch_store::Reader;

/// Most conditions of one filter: as many as a text may have.
const MOST: usize = 2_000;

/// What names, times and words are made out with.
pub(super) struct Against<'r> {
    pub clock: &'r Clock,
    pub reader: &'r Reader,
    pub persons: &'r Persons,
}

impl Against<'_> {
    /// The conditions of a filter: those that the columns and indexes tell, and those that have to be looked up.
    pub fn all(&self, filter: &Filter) -> Result<(Vec<Node>, Vec<Node>), FeedError> {
        if filter.also.len() > MOST {
            return Err(FeedError::BadFilter(format!(
                "these are more than {MOST} conditions: ask for less at once"
            )));
        }
        let mut nodes = Vec::with_capacity(filter.also.len());
        for text in &filter.also {
            let expr = clause(&text.0).map_err(|trouble| {
                let units: Vec<u16> = text.0.encode_utf16().collect();
                let place = units
                    .get(trouble.start as usize..trouble.end as usize)
                    .unwrap_or_default();
                FeedError::BadFilter(format!(
                    "the condition “{}” is not right at “{}”: {}",
                    cut(&text.0),
                    cut(&String::from_utf16_lossy(place)),
                    trouble.message
                ))
            })?;
            nodes.push(self.node(expr)?);
        }
        Ok(nodes.into_iter().partition(|node| !node.is_slow()))
    }

    fn node(&self, expr: Expr) -> Result<Node, FeedError> {
        let each = |parts: Vec<Expr>| {
            parts
                .into_iter()
                .map(|part| self.node(part))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(match expr {
            Expr::All(parts) => Node::All(each(parts)?),
            Expr::Any(parts) => Node::Any(each(parts)?),
            Expr::Not(inner) => Node::Not(Box::new(self.node(*inner)?)),
            Expr::Is(leaf) => self.leaf(leaf)?,
        })
    }

    fn leaf(&self, leaf: Leaf) -> Result<Node, FeedError> {
        let mut one = Filter::default();
        match leaf {
            // Whole words: which one is being typed is not known any more.
            Leaf::Said(said) => one.text = text_of(&said),
            Leaf::Text(text) => one.text = text,
            Leaf::Categories(values) => one.categories = values,
            Leaf::Actions(values) => one.actions = values,
            Leaf::Locations(values) => one.locations = values,
            Leaf::Persons(values) => one.persons = values,
            Leaf::At { from, to } => (one.from, one.to) = (from, to),
            Leaf::Flag(flag) => one.flags = vec![flag],
            Leaf::Changed(values) => one.changed = values,
            Leaf::Entities(values) => {
                let each = values.into_iter().map(|entity| Filter {
                    entity: Some(entity),
                    ..Filter::default()
                });
                return self.any(each);
            }
            Leaf::Resources(values) => {
                let each = values.into_iter().map(|resource| Filter {
                    resource: Some(resource),
                    ..Filter::default()
                });
                return self.any(each);
            }
            Leaf::Amounts(bounds) => return Ok(Node::Amount(bounds)),
            Leaf::Currencies(codes) => return Ok(Node::Slow(Slow::Currency(codes))),
            Leaf::Body { path, tests } => {
                let mut checks = Vec::with_capacity(tests.len());
                for test in &tests {
                    checks.push(check(test, self.clock).map_err(FeedError::BadFilter)?);
                    checks.extend(on_day(test, self.clock));
                }
                return Ok(Node::Slow(Slow::Body(BodyCheck { path, checks })));
            }
        }
        self.one(&one)
    }

    fn any(&self, filters: impl Iterator<Item = Filter>) -> Result<Node, FeedError> {
        let mut nodes = filters
            .map(|filter| self.one(&filter))
            .collect::<Result<Vec<_>, _>>()?;
        match nodes.len() {
            1 => Ok(nodes.remove(0)),
            _ => Ok(Node::Any(nodes)),
        }
    }

    fn one(&self, filter: &Filter) -> Result<Node, FeedError> {
        let query = resolve(filter, self.clock, self.reader, self.persons)?;
        Ok(match query == Query::ALL {
            // Words of which the index sees none.
            true => Node::All(Vec::new()),
            false => Node::Is(Box::new(query)),
        })
    }
}

/// A word as it has to stand in a text so that it is a whole one, or a beginning where a star was said.
fn text_of(said: &Said) -> String {
    match said.beginning {
        true if said.phrase => format!("{}*", quoted(&said.text)),
        true => format!("{}*", said.text),
        false => quoted(&said.text),
    }
}

/// What looks like a day or a month may be said, and is as well when a moment may be: `body.ExpectedArrival:tomorrow`. A year
/// alone is a number.
fn on_day(test: &BodyTest, clock: &Clock) -> Option<Check> {
    match test {
        BodyTest::Says {
            text,
            quoted: false,
            beginning: false,
        } if is_day(text) && number(text).is_none() => {
            // The last day that there is has no end; it may be said all the same.
            let (from, to) = (times::start(text, clock).ok()?, times::end(text, clock).ok()?);
            Some(Check::Moment(Some(from), Some(to)))
        }
        _ => None,
    }
}

fn check(test: &BodyTest, clock: &Clock) -> Result<Check, String> {
    let bits = |text: &str| number(text).map(f64::to_bits);
    Ok(match test {
        BodyTest::Present => Check::Present,
        BodyTest::Says {
            text,
            quoted,
            beginning,
        } => Check::Says(Phrase::new(text, *quoted, *beginning)),
        BodyTest::Than(comparison, text) => match bits(text) {
            Some(bits) => Check::Number(vec![(*comparison, bits)]),
            None => match comparison {
                Comparison::Less => Check::Moment(None, Some(times::start(text, clock)?)),
                Comparison::AtMost => Check::Moment(None, Some(times::end(text, clock)?)),
                Comparison::More => Check::Moment(Some(times::end(text, clock)?), None),
                Comparison::AtLeast => Check::Moment(Some(times::start(text, clock)?), None),
            },
        },
        BodyTest::Between(from, to) => match (bits(from), bits(to)) {
            (Some(from), Some(to)) => {
                Check::Number(vec![(Comparison::AtLeast, from), (Comparison::AtMost, to)])
            }
            _ => Check::Moment(Some(times::start(from, clock)?), Some(times::end(to, clock)?)),
        },
    })
}
