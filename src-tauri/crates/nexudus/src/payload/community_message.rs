//! A message in a thread of the community board. It names its author and its thread by the ids only, and no location.

use super::{Object, Understood, excerpt};
use crate::Saying;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        40 => "reply-new",
        _ => "reply",
    };
    Understood {
        saying: Some(Saying::new(message).text("text", excerpt(f, &["Message", "ToStringText"]))),
        person: object.customer(),
        learnt: object.learnt_customer().into_iter().collect(),
        searched: &["ToStringText", "Message"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.text("thread", &["CommunityThreadId"]);
    list.long("text", &["Message", "ToStringText"]);
}
