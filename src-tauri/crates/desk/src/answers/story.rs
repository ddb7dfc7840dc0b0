//! What is known of one thing, above the list of its events.

use super::event::fact;
use crate::protocol::{DeskError, ErrorCode, Fact, FactKind, Story, StoryOf};
use nexwatch_feed::{At, Clock, EntityFilter, Feed, Filter, PersonFilter, ResourceFilter};
use nexwatch_nexudus::{Entity, PersonKind, Voice, facts};
use nexwatch_store::{Contact, EventRow};

/// The story of one thing.
pub(crate) fn story(feed: &Feed, of: StoryOf, clock: &Clock) -> Result<Story, DeskError> {
    let mut filter = filter(&of);
    let voice = feed.voice();
    let newest = one(feed, &filter, At::Newest, clock)?;
    let total = feed.count(&filter, clock, None)?;
    let oldest = match total {
        0 => None,
        total => one(feed, &filter, At::Index(total - 1), clock)?,
    };
    let known = Known::of(feed, &of, newest.as_ref(), &voice, clock)?;
    // The name is only for the chip: it is the id that is looked for.
    if let Some(PersonFilter::Id { name, .. }) = filter.persons.first_mut() {
        name.clone_from(&known.title);
    }
    if let Some(resource) = &mut filter.resource {
        resource.name.clone_from(&known.title);
    }
    Ok(Story {
        of,
        title: known.title,
        kind: known.kind,
        facts: known.facts,
        filter,
        total,
        first_at: oldest.map(|event| event.happened_at),
        last_at: newest.as_ref().map(|event| event.happened_at),
        deleted: known.deleted,
    })
}

fn filter(of: &StoryOf) -> Filter {
    let all = Filter::default();
    match of {
        StoryOf::Entity { name, id } => Filter {
            entity: Some(EntityFilter {
                name: name.clone(),
                id: *id,
            }),
            ..all
        },
        StoryOf::Person { kind, id } => Filter {
            persons: vec![PersonFilter::Id {
                kind: kind.clone(),
                id: *id,
                name: id.to_string(),
            }],
            ..all
        },
        StoryOf::Resource { id } => Filter {
            resource: Some(ResourceFilter {
                id: *id,
                name: id.to_string(),
            }),
            ..all
        },
        StoryOf::Location { id } => Filter {
            locations: vec![*id],
            ..all
        },
    }
}

fn one(feed: &Feed, filter: &Filter, at: At, clock: &Clock) -> Result<Option<EventRow>, DeskError> {
    Ok(feed.page(filter, clock, None, at, 1)?.rows.pop())
}

/// What is known of it beside its events.
struct Known {
    title: String,
    kind: String,
    facts: Vec<Fact>,
    deleted: bool,
}

impl Known {
    fn of(
        feed: &Feed,
        of: &StoryOf,
        newest: Option<&EventRow>,
        voice: &Voice,
        clock: &Clock,
    ) -> Result<Known, DeskError> {
        match of {
            StoryOf::Entity { name, .. } => {
                let entity = Entity::from_name(name).unwrap_or(Entity::Unknown);
                let kind = voice.entity(entity);
                let own = newest.filter(|event| {
                    matches!(entity, Entity::Coworker | Entity::Visitor) || event.resource.is_some()
                });
                let title = own.and_then(|event| match entity {
                    Entity::Coworker | Entity::Visitor => {
                        event.person.as_ref().map(|person| person.name.clone())
                    }
                    _ => event.resource.as_ref().map(|thing| thing.name.clone()),
                });
                Ok(Known {
                    title: title
                        .filter(|title| !title.is_empty())
                        .unwrap_or_else(|| named(&kind, of)),
                    facts: newest_facts(feed, newest, voice)?,
                    deleted: newest.is_some_and(|event| event.action.deletes()),
                    kind,
                })
            }
            StoryOf::Person { kind, id } => {
                let (person, entity) = match kind.as_str() {
                    "customer" => (PersonKind::Customer, Entity::Coworker),
                    "visitor" => (PersonKind::Visitor, Entity::Visitor),
                    "other" => (PersonKind::Other, Entity::Unknown),
                    _ => {
                        return Err(DeskError::new(
                            ErrorCode::BadQuestion,
                            "A person is a customer, a visitor or other.",
                        ));
                    }
                };
                // Their own record, if it has come; else what others say of them.
                let own = match entity {
                    Entity::Unknown => None,
                    entity => {
                        let filter = filter(&StoryOf::Entity {
                            name: entity.name().to_owned(),
                            id: *id,
                        });
                        one(feed, &filter, At::Newest, clock)?
                    }
                };
                let contact = feed.reader().contact(person, *id)?;
                let Contact { name, email } = contact.unwrap_or_default();
                let mut facts = newest_facts(feed, own.as_ref(), voice)?;
                if let Some(email) = email.filter(|email| !facts.iter().any(|fact| fact.value == *email)) {
                    facts.push(Fact {
                        label: voice.word("fact-email"),
                        value: email,
                        kind: FactKind::Contact,
                        ahead: None,
                    });
                }
                let seen = newest
                    .and_then(|event| event.person.as_ref())
                    .filter(|seen| seen.id == Some(*id));
                let kind = match entity {
                    Entity::Unknown => voice.word("person"),
                    entity => voice.entity(entity),
                };
                Ok(Known {
                    title: name
                        .or_else(|| seen.map(|seen| seen.name.clone()))
                        .filter(|name| !name.is_empty())
                        .unwrap_or_else(|| named(&kind, of)),
                    facts,
                    deleted: own.is_some_and(|event| event.action.deletes()),
                    kind,
                })
            }
            StoryOf::Resource { .. } => {
                let kind = voice.word("resource");
                let place = newest.and_then(|event| event.location.clone());
                Ok(Known {
                    title: newest
                        .and_then(|event| event.resource.as_ref())
                        .map_or_else(|| named(&kind, of), |thing| thing.name.clone()),
                    facts: place
                        .map(|place| text("fact-location", place, voice))
                        .into_iter()
                        .collect(),
                    deleted: false,
                    kind,
                })
            }
            StoryOf::Location { id } => {
                let kind = voice.entity(Entity::Business);
                let known = feed.reader().locations()?;
                let name = known
                    .into_iter()
                    .find(|(known, _)| known == id)
                    .and_then(|(_, name)| name);
                let zone = voice.zones().of(Some(*id)).iana_name().map(str::to_owned);
                Ok(Known {
                    title: name.unwrap_or_else(|| named(&kind, of)),
                    facts: zone
                        .map(|zone| text("fact-time-zone", zone, voice))
                        .into_iter()
                        .collect(),
                    deleted: false,
                    kind,
                })
            }
        }
    }
}

/// `Booking 1420900101`
fn named(kind: &str, of: &StoryOf) -> String {
    let (StoryOf::Entity { id, .. }
    | StoryOf::Person { id, .. }
    | StoryOf::Resource { id }
    | StoryOf::Location { id }) = of;
    format!("{kind} {id}")
}

fn text(label: &str, value: String, voice: &Voice) -> Fact {
    Fact {
        label: voice.word(label),
        value,
        kind: FactKind::Text,
        ahead: None,
    }
}

/// The facts of the state that an event brought.
fn newest_facts(feed: &Feed, event: Option<&EventRow>, voice: &Voice) -> Result<Vec<Fact>, DeskError> {
    let Some(event) = event else {
        return Ok(Vec::new());
    };
    let Some(delivery) = feed.reader().delivery(event.delivery)? else {
        return Ok(Vec::new());
    };
    let facts = facts::facts(&delivery.body, event.position, &event.action, event.entity, voice);
    Ok(facts.into_iter().map(fact).collect())
}
