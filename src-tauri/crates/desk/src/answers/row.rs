//! One event in the feed.

use crate::protocol::Row;
use nexwatch_nexudus::{PersonKind, Voice};
use nexwatch_store::EventRow;

/// A stored event as the screen shows it.
pub(crate) fn row(event: EventRow) -> Row {
    let sentence = event.say(&Voice::default(), None);
    let (person_kind, person_id, person) = match event.person {
        Some(person) => (
            Some(
                match person.kind {
                    PersonKind::Customer => "customer",
                    PersonKind::Visitor => "visitor",
                    PersonKind::Other => "other",
                }
                .to_owned(),
            ),
            person.id,
            Some(person.name),
        ),
        None => (None, None, None),
    };
    Row {
        id: event.id.0,
        delivery: event.delivery.0,
        happened_at: event.happened_at,
        received_at: event.received_at,
        action: event.action.name(),
        action_label: event.action.label(),
        category: event.action.category().slug().to_owned(),
        entity: event.entity.name().to_owned(),
        entity_id: event.entity_id,
        location_id: event.location_id,
        location: event.location,
        person_kind,
        person_id,
        person,
        resource: event.resource.map(|thing| thing.name),
        amount: event.amount.map(|amount| amount.to_string()),
        currency: event.currency,
        sentence,
        flags: event.flags.names().into_iter().map(str::to_owned).collect(),
        repeats: event.repeats,
    }
}
