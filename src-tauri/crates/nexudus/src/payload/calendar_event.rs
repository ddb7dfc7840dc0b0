//! An event for people: a lunch, a talk. Its host is a name without an id.

use super::{Object, Understood, changed, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Learnt, Named, PersonKind, Saying};

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        25 => "event-created",
        26 => "event-changed",
        44 => "event-deleted",
        _ => "event",
    };
    let room = f.id("ResourceId").zip(f.id("BusinessId"));
    Understood {
        saying: Some(
            Saying::new(message)
                .span("when", f.when("StartDate"), f.when("EndDate"))
                .text("place", place(f)),
        ),
        person: person(PersonKind::Other, None, f.line("HostFullName")),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f
            .first(&["Name", "ToStringText"])
            .map(|name| Named { id: f.id("Id"), name }),
        learnt: [
            object.learnt_business(),
            room.map(|(id, location)| Learnt::Resource { id, location }),
        ]
        .into_iter()
        .flatten()
        .collect(),
        searched: &[
            "ToStringText",
            "Name",
            "ShortDescription",
            "LongDescription",
            "Location",
            "VenueAddress",
        ],
        ..Understood::default()
    }
}

fn place(f: &Fields) -> Option<String> {
    f.first(&["Location", "ResourceName", "VenueAddress"])
}

/// What an update did: moved in time or place, renamed, more or less room.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[26]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    if (update.of("StartDate") || update.of("EndDate")) && f.when("StartDate").is_some() {
        return told(
            Saying::new("event-moved")
                .span("old", before.when("StartDate"), before.when("EndDate"))
                .span("new", f.when("StartDate"), f.when("EndDate")),
            &["StartDate", "EndDate"],
        );
    }
    if update.of("Name")
        && let (Some(old), Some(new)) = (before.line("Name"), f.line("Name"))
    {
        return told(
            Saying::new("event-renamed")
                .text("old", Some(old))
                .text("new", Some(new)),
            &["Name"],
        );
    }
    let (old, new) = (place(before), place(f));
    if let Some(new) = new.filter(|new| old.as_ref() != Some(new)) {
        return told(
            Saying::new("event-place")
                .text("before", old)
                .text("after", Some(new)),
            &["Location", "ResourceId", "ResourceName", "VenueAddress"],
        );
    }
    if let Some(after) = f.number("Allocation").filter(|_| update.of("Allocation")) {
        return told(
            Saying::new("event-capacity")
                .text(
                    "before",
                    before.number("Allocation").map(|count| count.to_string()),
                )
                .text("after", Some(after.to_string())),
            &["Allocation"],
        );
    }
    Some(changed::list("event-fields", "event-saved", update, &[]))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("event", &["Name", "ToStringText"]);
    list.person("host", &["HostFullName"]);
    list.text("location", &["BusinessName"]);
    list.text("place", &["Location"]);
    list.text("address", &["VenueAddress"]);
    list.text("room", &["ResourceName"]);
    list.time("starts", "StartDate");
    list.time("ends", "EndDate");
    list.time("published", "PublishDate");
    list.text("places", &["Allocation"]);
    list.set("members-only", "OnlyForMembers");
    list.long("text", &["ShortDescription", "LongDescription"]);
}
