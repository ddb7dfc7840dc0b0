//! A door (or the network) refused somebody.

use super::{CHECKIN_SOURCE, Object, Understood};
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, or};

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let who = or(person.as_ref().map(|person| person.name.as_str()), "Somebody").to_owned();
    let location = f.line("BusinessName");
    let sentence = Sentence::new(format!("{who} was refused"))
        .and("at", location.as_deref())
        .aside(f.choice("Source", CHECKIN_SOURCE))
        .and(":", f.line("Description"));
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("BusinessId"),
        location,
        act: f.stamp("CheckinAttemptTime"),
        searched: &["TeamsAtTheTimeOfCheckin", "TariffAtTheTimeOfCheckin"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("Customer", &["CoworkerFullName"]);
    list.text("Location", &["BusinessName"]);
    list.long("Reason", &["Description"]);
    list.say(
        "How",
        list.fields.choice("Source", CHECKIN_SOURCE).map(str::to_owned),
    );
    list.time("Tried", "CheckinAttemptTime");
    list.text("Plan at the time", &["TariffAtTheTimeOfCheckin"]);
    list.text("Team at the time", &["TeamsAtTheTimeOfCheckin"]);
}
