//! A filter made out against the store.

use super::conditions::Against;
use super::{EntityFilter, Filter, PersonFilter, times, words};
use crate::names::Wanted;
use crate::persons::Persons;
use crate::query::{Actions, Query};
use crate::{Clock, FeedError};
use nexwatch_nexudus::{Action, Category, Entity, PersonKind};
use nexwatch_store::{EventId, Flags, Reader, codes};

/// The query of a filter.
pub(crate) fn resolve(
    filter: &Filter,
    clock: &Clock,
    reader: &Reader,
    persons: &Persons,
) -> Result<Query, FeedError> {
    let against = Against {
        clock,
        reader,
        persons,
    };
    let (also, slow) = against.all(filter)?;
    let categories = categories(&filter.categories, reader)?;
    let actions = actions(&filter.actions, reader)?;
    let from = match &filter.from {
        Some(text) => EventId::first_at(times::start(text, clock).map_err(FeedError::BadFilter)?),
        None => Query::ALL.from,
    };
    let to = match &filter.to {
        Some(text) => EventId::first_at(times::end(text, clock).map_err(FeedError::BadFilter)?),
        None => Query::ALL.to,
    };
    Ok(Query {
        from,
        to,
        actions: match (categories, actions) {
            (Some(some), Some(others)) => Some(some.and(&others)),
            (some, others) => some.or(others),
        },
        locations: (!filter.locations.is_empty()).then(|| sorted(filter.locations.clone())),
        involved: involved(&filter.persons, reader)?,
        persons: person_keys(&filter.persons, reader, persons)?,
        with: marks(&filter.flags)?,
        without: marks(&filter.without_flags)?,
        entity: filter.entity.as_ref().map(entity).transpose()?,
        resources: match &filter.resource {
            Some(resource) => Some(reader.resource_keys(resource.id)?),
            None => None,
        },
        changed: changed(&filter.changed, reader)?,
        words: match filter.text.is_empty() {
            true => None,
            false => {
                words::searched(&filter.text, reader.words_are_prepared()?).map_err(FeedError::BadFilter)?
            }
        },
        also,
        slow,
    })
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

/// The category of an action by its number in the store; one under a name of its own by the words of the name.
pub(crate) fn category_of(code: u16, others: &[(u16, String)]) -> Category {
    if let Some(action) = codes::fixed_action(code) {
        return action.category();
    }
    let named = others.iter().find(|(known, _)| *known == code);
    named.map_or(Category::Other, |(_, name)| {
        Action::Other(name.clone()).category()
    })
}

fn categories(slugs: &[String], reader: &Reader) -> Result<Option<Actions>, FeedError> {
    if slugs.is_empty() {
        return Ok(None);
    }
    let wanted: Vec<Category> = slugs
        .iter()
        .map(|slug| category(slug).map_err(FeedError::BadFilter))
        .collect::<Result<_, _>>()?;
    Ok(Some(Actions::of(&wanted, &reader.other_actions()?)))
}

fn actions(names: &[String], reader: &Reader) -> Result<Option<Actions>, FeedError> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut set = Actions::none();
    for name in names {
        if name.trim().is_empty() {
            return Err(FeedError::BadFilter(
                "an action without a name: write one, e.g. BookingCreate".into(),
            ));
        }
        // One that has never come is no mistake: there is just nothing to show yet.
        if let Some(code) = reader.action_code(&Action::parse(name))? {
            set.add(code);
        }
    }
    Ok(Some(set))
}

fn person_keys(
    wanted: &[PersonFilter],
    reader: &Reader,
    persons: &Persons,
) -> Result<Option<Vec<u32>>, FeedError> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let mut keys = Vec::new();
    for person in wanted {
        match person {
            PersonFilter::Id { kind, id, .. } => {
                let kind = person_kind(kind).map_err(FeedError::BadFilter)?;
                keys.extend(reader.person_keys(kind, *id)?);
            }
            PersonFilter::Name { name } => {
                let name = Wanted::new(name);
                if name.is_empty() {
                    return Err(FeedError::BadFilter(
                        "a person without a name: write a part of it, e.g. ana".into(),
                    ));
                }
                keys.extend(persons.keys(reader, &name)?);
            }
        }
    }
    Ok(Some(sorted(keys)))
}

/// Keys of those who are asked for by id: only an id tells for sure who else is concerned.
fn involved(wanted: &[PersonFilter], reader: &Reader) -> Result<Vec<u32>, FeedError> {
    let mut keys = Vec::new();
    for person in wanted {
        if let PersonFilter::Id { kind, id, .. } = person {
            let kind = person_kind(kind).map_err(FeedError::BadFilter)?;
            keys.extend(reader.person_keys(kind, *id)?);
        }
    }
    Ok(sorted(keys))
}

/// Numbers of fields. One that never changed is no mistake: there is just nothing to show yet.
fn changed(names: &[String], reader: &Reader) -> Result<Option<Vec<u32>>, FeedError> {
    if names.is_empty() {
        return Ok(None);
    }
    if names.iter().any(|name| name.trim().is_empty()) {
        return Err(FeedError::BadFilter(
            "a changed field without a name: write one, e.g. FromTime".into(),
        ));
    }
    let known = reader.fields()?.into_iter();
    let wanted = known.filter(|(_, known)| names.iter().any(|name| name.trim().eq_ignore_ascii_case(known)));
    Ok(Some(wanted.map(|(number, _)| number).collect()))
}

fn marks(names: &[String]) -> Result<Flags, FeedError> {
    names.iter().try_fold(Flags::NONE, |all, name| {
        Ok(all.with(mark(name).map_err(FeedError::BadFilter)?))
    })
}

fn entity(filter: &EntityFilter) -> Result<(Entity, i64), FeedError> {
    let entity = entity_named(&filter.name).map_err(FeedError::BadFilter)?;
    Ok((entity, filter.id))
}

/// The category of a slug; else a sentence that says which there are.
pub(crate) fn category(slug: &str) -> Result<Category, String> {
    Category::from_slug(slug).ok_or_else(|| {
        let known: Vec<&str> = Category::ALL.iter().map(|category| category.slug()).collect();
        format!(
            "there is no category “{}”: there are {}",
            cut(slug),
            known.join(", ")
        )
    })
}

/// The mark of a name; else a sentence that says which there are.
pub(crate) fn mark(name: &str) -> Result<Flags, String> {
    Flags::named(&name.trim().to_ascii_lowercase()).ok_or_else(|| {
        let known: Vec<&str> = Flags::NAMES.iter().map(|(_, name)| *name).collect();
        format!("there is no mark “{}”: there are {}", cut(name), known.join(", "))
    })
}

/// The kind of person of a name; else a sentence that says which there are.
pub(crate) fn person_kind(name: &str) -> Result<PersonKind, String> {
    match name {
        "customer" => Ok(PersonKind::Customer),
        "visitor" => Ok(PersonKind::Visitor),
        "other" => Ok(PersonKind::Other),
        _ => Err(format!(
            "a person is a customer, visitor or other, not “{}”",
            cut(name)
        )),
    }
}

/// The name of a kind of person.
pub(crate) const fn kind_name(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Customer => "customer",
        PersonKind::Visitor => "visitor",
        PersonKind::Other => "other",
    }
}

/// The entity of a platform name; else a sentence that says what would be right.
pub(crate) fn entity_named(name: &str) -> Result<Entity, String> {
    Entity::from_name(name).ok_or_else(|| {
        format!(
            "the platform knows nothing called “{}”: write e.g. Booking, Coworker, Visitor or CoworkerInvoice",
            cut(name)
        )
    })
}

/// What was typed, short enough for a sentence.
pub(crate) fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
