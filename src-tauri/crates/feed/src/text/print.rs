//! A filter as a text of the query box.

use super::known::{Known, NONE};
use super::parse::{looks_numbered, parse};
use crate::filter::{Filter, PersonFilter};

/// The text of a filter; with names where the store's are known. Fields first, so that typing goes on in the words.
pub(super) fn print(filter: &Filter, known: Option<&Known>) -> String {
    let mut parts = Vec::new();
    let mut set = |name: &str, values: Vec<String>| match values.as_slice() {
        [] => {}
        [one] => parts.push(format!("{name}:{one}")),
        many => parts.push(format!("{name}:({})", many.join(", "))),
    };
    let all = |list: &[String]| list.iter().map(|value| value_of(value)).collect::<Vec<_>>();
    set("category", all(&filter.categories));
    set("action", all(&filter.actions));
    set(
        "location",
        filter
            .locations
            .iter()
            .map(|id| match known.and_then(|known| known.name(*id)) {
                _ if *id == 0 => NONE.to_owned(),
                Some(name) => value_of(name),
                None => id.to_string(),
            })
            .collect(),
    );
    set("person", filter.persons.iter().map(person).collect());
    set("from", filter.from.iter().map(|text| value_of(text)).collect());
    set("to", filter.to.iter().map(|text| value_of(text)).collect());
    set("flag", all(&filter.flags));
    set("-flag", all(&filter.without_flags));
    if let Some(entity) = &filter.entity {
        set(
            "entity",
            vec![value_of(&format!("{}#{}", entity.name, entity.id))],
        );
    }
    if let Some(resource) = &filter.resource {
        let text = match resource.name.as_str() {
            "" => resource.id.to_string(),
            name => format!("{} {name}", resource.id),
        };
        set("resource", vec![value_of(&text)]);
    }
    set("changed", all(&filter.changed));
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

fn person(person: &PersonFilter) -> String {
    match person {
        PersonFilter::Name { name } if looks_numbered(name) => value_of(&format!("={name}")),
        PersonFilter::Name { name } => value_of(name),
        PersonFilter::Id { kind, id, name } if name.is_empty() => value_of(&format!("{kind}#{id}")),
        PersonFilter::Id { kind, id, name } => value_of(&format!("{kind}#{id} {name}")),
    }
}

/// A value, in quotes where it needs them.
pub(super) fn value_of(text: &str) -> String {
    let bare = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '?' | '.' | '#' | ':' | '+' | '/' | '@' | '\'')
    };
    match !text.is_empty() && text.chars().all(bare) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// In quotes, with those inside marked.
pub(super) fn quoted(text: &str) -> String {
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
