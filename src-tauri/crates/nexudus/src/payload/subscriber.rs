//! Somebody who gets the newsletter.

use super::{Object, Understood, changed, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::{PersonKind, Saying};

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        31 => "subscriber-new",
        32 => "subscriber-subscribed",
        33 => "subscriber-unsubscribed",
        34 => "subscriber-removed",
        _ => "subscriber",
    };
    let groups = f
        .length("RemovedGroups")
        .and_then(|count| i64::try_from(count).ok());
    let name = f.first(&["Name", "FullName", "Email"]);
    Understood {
        saying: Some(Saying::new(message).count("groups", groups.filter(|count| *count > 0))),
        person: name.and_then(|name| person(PersonKind::Other, f.id("Id"), Some(name))),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        learnt: object.learnt_business().into_iter().collect(),
        searched: &["ToStringText", "Name", "Email", "CompanyName", "VisitReason"],
        ..Understood::default()
    }
}

/// What an update did. There is no action for it, so only a body without one tells.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[]) {
        return None;
    }
    if update.of("Active") {
        let message = match object.fields.is("Active") {
            true => "subscriber-subscribed",
            false => "subscriber-unsubscribed",
        };
        return Some(changed::also(Saying::new(message), update, &["Active"]));
    }
    Some(changed::list(
        "subscriber-fields",
        "subscriber-saved",
        update,
        &["Viewed", "Clicked"],
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.person("name", &["Name", "FullName"]);
    list.contact("email", &["Email"]);
    list.text("company", &["CompanyName"]);
    list.text("location", &["BusinessName"]);
    list.flag("subscribed", "Active");
    list.long("reason", &["VisitReason"]);
}
