//! A message to a customer or from one. It names no location.

use super::{Object, Understood, excerpt};
use crate::Saying;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match f.is("Incoming") {
        true => "message-from",
        false => "message-to",
    };
    Understood {
        saying: Some(Saying::new(message).text("text", excerpt(f, &["Subject", "Body", "ToStringText"]))),
        person: object.customer(),
        learnt: object.learnt_customer().into_iter().collect(),
        searched: &[
            "ToStringText",
            "Subject",
            "Body",
            "CoworkerEmail",
            "CoworkerCompanyName",
            "CoworkerBillingName",
        ],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.text("subject", &["Subject", "ToStringText"]);
    list.person("customer", &["CoworkerFullName"]);
    list.contact("email", &["CoworkerEmail"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.set("from-customer", "Incoming");
    list.contact("sent-from", &["EmailAccountEmailAddress"]);
    list.long("text", &["Body"]);
}
