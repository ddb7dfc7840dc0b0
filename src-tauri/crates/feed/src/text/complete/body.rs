//! Paths and values of bodies, as the newest events in question have them.

use super::values::events;
use super::{MOST, Offers};
use crate::export::body_of;
use crate::filter::Filter;
use crate::names::fold;
use crate::text::fields::Field;
use crate::text::lex::{Kind, pieces};
use crate::text::print::{step_of, value_of};
use crate::text::{Completion, parse};
use crate::{At, Clock, FeedError};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::cmp::Reverse;
use std::ops::Range;

/// Bodies that are looked at; some ten microseconds each.
const LOOKED_AT: u32 = 100;
/// Fields in each other.
const DEEPEST: usize = 4;
/// Longest value that is offered, in letters.
const LONGEST: usize = 60;

impl Offers<'_> {
    /// Paths that contain what is typed: those that most bodies have first.
    pub(super) fn paths(&self, text: &str, place: &Range<usize>) -> Result<Vec<Completion>, FeedError> {
        let wanted = self.typed.strip_prefix("body.").unwrap_or_default();
        let wanted = wanted.replace('"', "");
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        let bodies = self.bodies(text, place)?;
        for body in &bodies {
            let mut paths: Vec<String> = Vec::new();
            each(body, &mut Vec::new(), &mut |path, _| {
                let steps: Vec<String> = path.iter().map(|step| step_of(step)).collect();
                let path = steps.join(".");
                if !paths.contains(&path) {
                    paths.push(path);
                }
            });
            for path in paths {
                *counts.entry(path).or_default() += 1;
            }
        }
        let mut fitting: Vec<(bool, Reverse<u32>, String)> = counts
            .into_iter()
            .map(|(path, count)| {
                (
                    !fold(&path).replace('"', "").starts_with(&wanted),
                    Reverse(count),
                    path,
                )
            })
            .filter(|(_, _, path)| fold(path).replace('"', "").contains(&wanted))
            .collect();
        fitting.sort_unstable();
        let items = fitting
            .into_iter()
            .take(MOST)
            .map(|(_, Reverse(count), path)| Completion {
                insert: format!("body.{path}:"),
                label: path,
                hint: format!("in {count} of the newest {}", bodies.len()),
            });
        Ok(items.collect())
    }

    /// Values of a field of the body, the most frequent first.
    pub(super) fn body_values(
        &self,
        text: &str,
        place: &Range<usize>,
        path: &[String],
    ) -> Result<Vec<Completion>, FeedError> {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        let same = |own: &[String]| {
            let steps = path.iter().filter(|step| !is_any(step));
            own.iter().map(|step| fold(step)).eq(steps.map(|step| fold(step)))
        };
        for body in self.bodies(text, place)? {
            each(&body, &mut Vec::new(), &mut |own, value| {
                let said = match value {
                    Value::Bool(value) => value.to_string(),
                    Value::Number(value) => value.to_string(),
                    Value::String(value) => value.trim().to_owned(),
                    _ => return,
                };
                if !said.is_empty() && said.chars().count() <= LONGEST && same(own) {
                    *counts.entry(said).or_default() += 1;
                }
            });
        }
        let fits = |said: &str| self.wanted.is_empty() || self.wanted.fits(&fold(said));
        let mut fitting: Vec<(Reverse<u32>, String)> = counts
            .into_iter()
            .filter(|(said, _)| fits(said) && said.chars().any(char::is_alphanumeric))
            .map(|(said, count)| (Reverse(count), said))
            .collect();
        fitting.sort_unstable();
        let mut items: Vec<Completion> = fitting
            .into_iter()
            .map(|(Reverse(count), said)| Completion {
                insert: value_of(&said),
                label: said,
                hint: format!("{} lately", events(count, false)),
            })
            .take(MOST - 1)
            .collect();
        if self.typed.is_empty() {
            items.push(Completion {
                insert: "*".into(),
                label: "*".into(),
                hint: "any that has one".into(),
            });
        }
        Ok(items)
    }

    /// Bodies of the newest events that the rest of the text is about, as far as that can be told at once; private fields
    /// masked.
    fn bodies(&self, text: &str, place: &Range<usize>) -> Result<Vec<Value>, FeedError> {
        let about = self.about(text, place);
        // Nothing in it hangs on the clock: only kinds of events are left.
        let page = self
            .feed
            .page(&about, &Clock::utc(0), None, At::Newest, LOOKED_AT)?;
        let mut bodies = Vec::with_capacity(page.rows.len());
        for row in &page.rows {
            match body_of(self.feed.reader(), row.delivery, row.position)? {
                Some(Value::Array(own)) => bodies.extend(own),
                Some(other) => bodies.push(other),
                None => {}
            }
        }
        Ok(bodies)
    }

    /// What kinds of events the rest of the text is about, as far as it is written.
    fn about(&self, text: &str, place: &Range<usize>) -> Filter {
        let mut kinds: Vec<&str> = Vec::new();
        let mut negated = false;
        for piece in pieces(text) {
            let named = match &piece.kind {
                Kind::Field(field) if field.closed && !piece.place.contains(&place.start) => {
                    Field::named(field.name)
                }
                _ => None,
            };
            if let Some(Field::Category | Field::Action | Field::Entity | Field::One(_)) = named
                && !negated
            {
                kinds.push(&text[piece.place]);
            }
            negated = piece.kind == Kind::Not;
        }
        parse(&kinds.join(" ")).unwrap_or_default()
    }
}

fn is_any(step: &str) -> bool {
    step == "*" || step.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every value that is no object and no list, with its path; items of lists stand under the list itself.
fn each(value: &Value, path: &mut Vec<String>, take: &mut impl FnMut(&[String], &Value)) {
    match value {
        Value::Object(fields) if path.len() < DEEPEST => {
            for (name, value) in fields {
                path.push(name.clone());
                each(value, path, take);
                path.pop();
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each(item, path, take)),
        Value::Object(_) => {}
        value if !path.is_empty() => take(path, value),
        _ => {}
    }
}
