//! A filter, or a part of one, as a text of the query box.

use super::known::{Known, NONE};
use super::lex::{Kind, pieces};
use super::names::looks_numbered;
use super::parse::{parse, tree};
use super::tree::{Expr, Leaf, Said};
use super::value::BodyTest;
use crate::filter::{EntityFilter, Filter, PersonFilter, ResourceFilter};
use std::mem::{Discriminant, discriminant};

/// The text of a filter; with names where the store's are known. Fields first, so that typing goes on in the words.
pub(super) fn print(filter: &Filter, known: Option<&Known>) -> String {
    let mut row = Row {
        known,
        parts: Vec::new(),
        seen: Vec::new(),
    };
    row.set(
        Leaf::Categories(filter.categories.clone()),
        filter.categories.is_empty(),
    );
    row.set(Leaf::Actions(filter.actions.clone()), filter.actions.is_empty());
    row.set(
        Leaf::Locations(filter.locations.clone()),
        filter.locations.is_empty(),
    );
    row.set(Leaf::Persons(filter.persons.clone()), filter.persons.is_empty());
    let (from, to) = (filter.from.clone(), filter.to.clone());
    // Their own names, in one row: they are one stretch of time.
    for (name, moment) in [("from", &from), ("to", &to)] {
        if let Some(moment) = moment {
            row.parts.push(format!("{name}:{}", value_of(moment)));
            row.seen.push(discriminant(&Leaf::At { from: None, to: None }));
        }
    }
    for (name, marks) in [("flag", &filter.flags), ("-flag", &filter.without_flags)] {
        if !marks.is_empty() {
            row.parts.push(field(name, values(marks)));
        }
    }
    row.set(
        Leaf::Entities(filter.entity.iter().cloned().collect()),
        filter.entity.is_none(),
    );
    row.set(
        Leaf::Resources(filter.resource.iter().cloned().collect()),
        filter.resource.is_none(),
    );
    row.set(Leaf::Changed(filter.changed.clone()), filter.changed.is_empty());
    for clause in &filter.also {
        match tree(&clause.0, None) {
            Ok(Expr::Is(leaf)) => row.set(leaf, false),
            Ok(all @ Expr::All(_)) => row.parts.push(format!("({})", expr(&all, known))),
            Ok(other) => row.parts.push(expr(&other, known)),
            // Whoever reads it is told what is wrong with it.
            Err(_) => row.parts.push(clause.0.clone()),
        }
    }
    let mut parts = row.parts;
    if !filter.text.is_empty() {
        let plain = Filter {
            text: filter.text.clone(),
            ..Filter::default()
        };
        // What would not be read as the same words is said as it stands.
        match parse(&filter.text, None) {
            Ok(read) if read == plain => parts.push(filter.text.clone()),
            _ => parts.push(format!("text:{}", quoted(&filter.text))),
        }
    }
    parts.join(" ")
}

/// Conditions one after the other.
struct Row<'k> {
    known: Option<&'k Known>,
    parts: Vec<String>,
    /// Fields that are said already: once more, in brackets, is a condition of its own; without, more values.
    seen: Vec<Discriminant<Leaf>>,
}

impl Row<'_> {
    fn set(&mut self, leaf: Leaf, empty: bool) {
        if empty {
            return;
        }
        let printed = self::leaf(&leaf, self.known);
        let joins = leaf.is_set() || matches!(leaf, Leaf::At { .. });
        self.parts
            .push(match joins && self.seen.contains(&discriminant(&leaf)) {
                true => format!("({printed})"),
                false => printed,
            });
        self.seen.push(discriminant(&leaf));
    }
}

/// A tree as text, in brackets where they are needed.
pub(super) fn expr(expr: &Expr, known: Option<&Known>) -> String {
    let joined = |parts: &[Expr], word: &str| {
        let each: Vec<String> = parts
            .iter()
            .map(|part| match part {
                // Not needed, but not everybody knows what binds first.
                Expr::All(_) => format!("({})", self::expr(part, known)),
                _ => self::expr(part, known),
            })
            .collect();
        each.join(word)
    };
    match expr {
        Expr::Is(leaf) => self::leaf(leaf, known),
        Expr::Any(parts) => format!("({})", joined(parts, " OR ")),
        Expr::All(parts) if parts.is_empty() => "text:\"\"".to_owned(),
        Expr::All(parts) => joined(parts, " AND "),
        Expr::Not(inner) => match &**inner {
            all @ Expr::All(_) => format!("NOT ({})", self::expr(all, known)),
            other => format!("NOT {}", self::expr(other, known)),
        },
    }
}

/// One condition.
fn leaf(leaf: &Leaf, known: Option<&Known>) -> String {
    match leaf {
        Leaf::Said(word) => said_inside(word),
        Leaf::Text(text) => format!("text:{}", quoted(text)),
        Leaf::Categories(list) => field("category", values(list)),
        Leaf::Actions(list) => field("action", values(list)),
        Leaf::Locations(list) => field("location", list.iter().map(|id| location(*id, known)).collect()),
        Leaf::Persons(list) => field("person", list.iter().map(person).collect()),
        Leaf::At { from, to } => match (from, to) {
            (Some(from), None) => field("from", vec![value_of(from)]),
            (None, Some(to)) => field("to", vec![value_of(to)]),
            (Some(from), Some(to)) if from == to && crate::filter::is_day(from) => {
                field("at", vec![value_of(from)])
            }
            (from, to) => {
                let end = |moment: &Option<String>| moment.clone().unwrap_or_default();
                field("at", vec![value_of(&format!("{}..{}", end(from), end(to)))])
            }
        },
        Leaf::Flag(flag) => field("flag", vec![value_of(flag)]),
        Leaf::Entities(list) => field("entity", list.iter().map(entity).collect()),
        Leaf::Resources(list) => field("resource", list.iter().map(resource).collect()),
        Leaf::Changed(list) => field("changed", values(list)),
        Leaf::Currencies(list) => field("currency", values(list)),
        Leaf::Amounts(list) => field("amount", list.iter().map(|bounds| bounds.print()).collect()),
        Leaf::Body { path, tests } => {
            let mut name = "body".to_owned();
            for step in path {
                name.push('.');
                name.push_str(&step_of(step));
            }
            field(&name, tests.iter().map(body_test).collect())
        }
    }
}

/// `name:value` or `name:(one, other)`.
fn field(name: &str, values: Vec<String>) -> String {
    match values.as_slice() {
        [one] => format!("{name}:{one}"),
        many => format!("{name}:({})", many.join(", ")),
    }
}

fn values(list: &[String]) -> Vec<String> {
    list.iter().map(|value| value_of(value)).collect()
}

fn location(id: i64, known: Option<&Known>) -> String {
    match known.and_then(|known| known.name(id)) {
        _ if id == 0 => NONE.to_owned(),
        Some(name) => value_of(name),
        None => id.to_string(),
    }
}

fn person(person: &PersonFilter) -> String {
    match person {
        PersonFilter::Name { name } if looks_numbered(name) => value_of(&format!("={name}")),
        PersonFilter::Name { name } => value_of(name),
        PersonFilter::Id { kind, id, name } if name.is_empty() => value_of(&format!("{kind}#{id}")),
        PersonFilter::Id { kind, id, name } => value_of(&format!("{kind}#{id} {name}")),
    }
}

fn entity(entity: &EntityFilter) -> String {
    value_of(&format!("{}#{}", entity.name, entity.id))
}

fn resource(resource: &ResourceFilter) -> String {
    match resource.name.as_str() {
        "" => resource.id.to_string(),
        name => value_of(&format!("{} {name}", resource.id)),
    }
}

fn body_test(test: &BodyTest) -> String {
    match test {
        BodyTest::Present => "*".to_owned(),
        BodyTest::Than(comparison, value) => format!("{}{value}", comparison.sign()),
        BodyTest::Between(from, to) => format!("{from}..{to}"),
        BodyTest::Says {
            text,
            quoted: marked,
            beginning,
        } => {
            // Without quotes it must not look like something else than it was.
            let plain = !marked
                && value_of(text) == *text
                && BodyTest::read(text, false, *beginning).is_ok_and(|read| read == *test);
            let star = if *beginning { "*" } else { "" };
            match plain {
                true => format!("{text}{star}"),
                false => format!("{}{star}", quoted(text)),
            }
        }
    }
}

/// A step of a path, in quotes where it needs them.
pub(super) fn step_of(step: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '*');
    match !step.is_empty() && step.chars().all(plain) {
        true => step.to_owned(),
        false => quoted(step),
    }
}

/// A word or phrase of [`Filter::text`].
pub(super) fn said(said: &Said) -> String {
    let star = if said.beginning { "*" } else { "" };
    match said.phrase {
        true => format!("{}{star}", quoted(&said.text)),
        false => format!("{}{star}", said.text),
    }
}

/// The same inside of brackets, where fewer words can stand without quotes.
fn said_inside(word: &Said) -> String {
    let printed = said(word);
    let inside = format!("({printed})");
    let alone = pieces(&inside);
    let plain = match alone.as_slice() {
        [_, one, _] => one.kind == Kind::Term && inside[one.place.clone()] == printed,
        _ => false,
    };
    match plain {
        true => printed,
        false => said(&Said {
            phrase: true,
            ..word.clone()
        }),
    }
}

/// A value, in quotes where it needs them.
pub(super) fn value_of(text: &str) -> String {
    let bare = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '?' | '.' | '#' | ':' | '+' | '/' | '@' | '\'')
    };
    // What begins with two slashes would not be read as a value: `http://` is no field.
    match !text.is_empty() && text.chars().all(bare) && !text.starts_with("//") {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// In quotes, with those inside marked.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
