//! A chat message. It names users of the platform by their ids, which no other body explains, and no location.

use super::{Object, Understood, excerpt};
use crate::Saying;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    Understood {
        saying: Some(Saying::new("chat-message").text("text", excerpt(f, &["ChatText", "ToStringText"]))),
        person: object.customer(),
        learnt: object.learnt_customer().into_iter().collect(),
        searched: &["ToStringText", "ChatText"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.long("text", &["ChatText", "ToStringText"]);
}
