//! What a customer asks the help-desk. No action tells of a later change (closed, assigned); a body that comes without an
//! action may.

use super::{Object, Understood, changed, excerpt};
use crate::Saying;
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        45 => "help-desk-asked",
        _ => "help-desk-message",
    };
    Understood {
        saying: Some(about(Saying::new(message), f).text("department", f.line("HelpDeskDepartmentName"))),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &[
            "ToStringText",
            "Subject",
            "MessageText",
            "HelpDeskDepartmentName",
            "OwnerFullName",
        ],
        ..Understood::default()
    }
}

/// Adds its subject, else how it begins.
fn about(saying: Saying, f: &Fields) -> Saying {
    saying.text("text", excerpt(f, &["Subject", "MessageText", "ToStringText"]))
}

/// What an update did.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[]) {
        return None;
    }
    let f = object.fields;
    let told = |saying, told: &[&str]| Some(changed::also(about(saying, f), update, told));
    if update.of("Closed") {
        let message = match f.is("Closed") {
            true => "help-desk-closed",
            false => "help-desk-reopened",
        };
        return told(Saying::new(message), &["Closed", "ClosedOn", "MinutesToClose"]);
    }
    if let Some(owner) = f.line("OwnerFullName").filter(|_| update.of("OwnerFullName")) {
        return told(
            Saying::new("help-desk-assigned").text("new", Some(owner)),
            &["OwnerId", "OwnerFullName"],
        );
    }
    Some(about(
        changed::list("help-desk-fields", "help-desk-saved", update, &["MinutesToClose"]),
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("subject", &["Subject", "ToStringText"]);
    list.person("customer", &["CoworkerFullName"]);
    list.text("department", &["HelpDeskDepartmentName"]);
    list.person("owner", &["OwnerFullName"]);
    list.text("location", &["BusinessName"]);
    list.flag("closed", "Closed");
    list.time("closed-on", "ClosedOn");
    list.long("text", &["MessageText"]);
}
