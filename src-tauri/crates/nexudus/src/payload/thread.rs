//! A thread of the community board. It names its author by the ids only.

use super::{Object, Understood, excerpt};
use crate::Saying;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        39 => "thread-new",
        _ => "thread",
    };
    Understood {
        saying: Some(
            Saying::new(message)
                .text("text", excerpt(f, &["Subject", "Message", "ToStringText"]))
                .count("private", f.is("Private").then_some(1)),
        ),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &["ToStringText", "Subject", "Message", "Tags"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.text("subject", &["Subject", "ToStringText"]);
    list.person("customer", &["CoworkerFullName"]);
    list.text("location", &["BusinessName"]);
    list.text("tags", &["Tags"]);
    list.set("private", "Private");
    list.time("last-message", "LastMessageDate");
    list.long("text", &["Message"]);
}
