//! Values that name something: an action, a person, a thing by its id.

use crate::filter::{self, EntityFilter, PersonFilter, ResourceFilter};
use crate::names::{Wanted, fold};
use nexwatch_nexudus::Action;

/// By any of the platform's names, or by the label that is shown.
pub(super) fn action_named(text: &str) -> Action {
    match Action::parse(text) {
        Action::Other(name) => {
            let shown = fold(&name);
            Action::all()
                .find(|action| fold(&action.label()) == shown)
                .unwrap_or(Action::Other(name))
        }
        action => action,
    }
}

/// A whole number.
pub(super) fn id(text: &str) -> Option<i64> {
    let digits = text.trim();
    let plain = digits.strip_prefix('-').unwrap_or(digits);
    // Not `+7`: what is printed is what was typed.
    plain
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// `customer#12 Ana Lima` is one customer; `=` before it makes it a name again.
pub(super) fn person(text: &str) -> Result<PersonFilter, String> {
    if let Some((kind, id, name)) = numbered(text)
        && filter::person_kind(kind).is_ok()
    {
        return Ok(PersonFilter::Id {
            kind: kind.to_owned(),
            id,
            name: name.to_owned(),
        });
    }
    let name = text.strip_prefix('=').unwrap_or(text);
    if Wanted::new(name).is_empty() {
        return Err("write a part of the name, e.g. person:ana".into());
    }
    Ok(PersonFilter::Name {
        name: name.to_owned(),
    })
}

/// `123`, or `123 Boardroom` with the name for the chip.
pub(super) fn resource(text: &str) -> Result<ResourceFilter, String> {
    let (number, name) = text.split_once(' ').unwrap_or((text, ""));
    Ok(ResourceFilter {
        id: id(number).ok_or("write the resource's id, e.g. resource:123")?,
        name: name.to_owned(),
    })
}

/// Whether a name has to be printed with `=` so that it stays a name.
pub(super) fn looks_numbered(name: &str) -> bool {
    name.starts_with('=') || numbered(name).is_some_and(|(kind, ..)| filter::person_kind(kind).is_ok())
}

/// Kind, id and what stands behind.
fn numbered(text: &str) -> Option<(&str, i64, &str)> {
    let (kind, rest) = text.split_once('#')?;
    let (number, name) = rest.split_once(' ').unwrap_or((rest, ""));
    let number_is_plain = !number.is_empty() && number.trim() == number;
    Some((kind, id(number).filter(|_| number_is_plain)?, name))
}

/// `Booking#123`.
pub(super) fn entity(text: &str) -> Result<EntityFilter, String> {
    let wrong = || "write kind and id, e.g. entity:Booking#123".to_owned();
    let (name, number) = text.split_once('#').ok_or_else(wrong)?;
    Ok(EntityFilter {
        name: filter::entity_named(name)?.name().to_owned(),
        id: id(number).ok_or_else(wrong)?,
    })
}
