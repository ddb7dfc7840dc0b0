//! A reply to a help-desk message, or a note that only the staff sees. It names no location.

use super::{Object, Understood, excerpt};
use crate::Saying;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match f.is("Internal") {
        true => "help-desk-note",
        false => "help-desk-reply",
    };
    Understood {
        saying: Some(Saying::new(message).text("text", excerpt(f, &["MessageText", "ToStringText"]))),
        person: object.customer(),
        learnt: object.learnt_customer().into_iter().collect(),
        searched: &["ToStringText", "MessageText"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.flag("internal", "Internal");
    list.long("text", &["MessageText", "ToStringText"]);
}
