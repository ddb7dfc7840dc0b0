//! Somebody came in, or went.

use super::{CHECKIN_SOURCE, Object, Understood, changed};
use crate::Saying;
use crate::change::Update;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let out = f.stamp("ToTime");
    let saying = match object.number() {
        36 | 47 => came(object, "checkin-in"),
        35 => went(object),
        48 if out.is_some() => went(object),
        37 => came(object, "checkin-refused"),
        49 => about(object, "checkin-deleted"),
        48 => about(object, "checkin-updated"),
        _ if out.is_some() => about(object, "checkin"),
        _ => came(object, "checkin"),
    };
    Understood {
        saying: Some(saying),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        act: match object.number() {
            36 | 47 => f.stamp("FromTime"),
            35 => out,
            _ => None,
        },
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &["TeamsAtTheTimeOfCheckin", "TariffAtTheTimeOfCheckin"],
        ..Understood::default()
    }
}

fn came(object: &Object, message: &'static str) -> Saying {
    Saying::new(message).word("how", object.fields.choice("Source", CHECKIN_SOURCE))
}

fn went(object: &Object) -> Saying {
    let automatic = object.fields.is("AutoCheckout").then_some("checkin-automatic");
    Saying::new("checkin-out").word("how", automatic)
}

/// A message that says from when to when somebody was in.
fn about(object: &Object, message: &'static str) -> Saying {
    let f = object.fields;
    Saying::new(message).span("span", f.when("FromTime"), f.when("ToTime"))
}

/// What an update did: out, in again, corrected.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[48]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let is_out = |f: &crate::fields::Fields| f.stamp("ToTime").is_some();
    // What the check-out itself sets.
    const OUT: &[&str] = &["ToTime", "AutoCheckout", "LastActivity", "ValidateCheckinJobId"];
    if is_out(f) && !is_out(before) {
        return Some(changed::also(went(object), update, OUT));
    }
    if !is_out(f) && is_out(before) {
        return Some(changed::also(Saying::new("checkin-reopened"), update, OUT));
    }
    if (update.of("FromTime") || update.of("ToTime")) && before.when("FromTime").is_some() {
        let saying = Saying::new("checkin-corrected")
            .span("old", before.when("FromTime"), before.when("ToTime"))
            .span("new", f.when("FromTime"), f.when("ToTime"));
        if f.when("FromTime").is_some() {
            return Some(changed::also(saying, update, &["FromTime", "ToTime"]));
        }
    }
    let list = changed::list(
        "checkin-changed",
        "checkin-saved",
        update,
        &["ValidateCheckinJobId"],
    );
    Some(list.span("span", f.when("FromTime"), f.when("ToTime")))
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.text("location", &["BusinessName"]);
    list.choice("how", "Source", CHECKIN_SOURCE);
    list.time("in", "FromTime");
    list.time("out", "ToTime");
    list.set("checked-out-automatically", "AutoCheckout");
    list.text("plan-at-the-time", &["TariffAtTheTimeOfCheckin"]);
    list.text("team-at-the-time", &["TeamsAtTheTimeOfCheckin"]);
    list.flag("counts-towards-the-plan", "CountsTowardsPlanLimits");
}
