//! Somebody came in, or went.

use super::{CHECKIN_SOURCE, Object, Understood};
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, or};

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let name = person.as_ref().map(|person| person.name.as_str());
    let location = f.line("BusinessName");
    let how = f.choice("Source", CHECKIN_SOURCE);
    let who = or(name, "Somebody");
    let out = f.stamp("ToTime");
    let sentence = match object.number() {
        36 | 47 => Sentence::new(format!("{who} checked in"))
            .and("at", location.as_deref())
            .aside(how),
        35 => Sentence::new(format!("{who} checked out"))
            .and("of", location.as_deref())
            .aside(how),
        48 if out.is_some() => Sentence::new(format!("{who} checked out"))
            .and("of", location.as_deref())
            .aside(how),
        49 => Sentence::new("Check-in")
            .and("of", name)
            .and("at", location.as_deref())
            .and_if(true, "was deleted"),
        48 => Sentence::new("Check-in")
            .and("of", name)
            .and("at", location.as_deref())
            .and_if(true, "was changed"),
        _ => Sentence::new("Check-in")
            .and("of", name)
            .and("at", location.as_deref())
            .aside(how),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("BusinessId"),
        location,
        act: match object.number() {
            36 | 47 => f.stamp("FromTime"),
            35 => out,
            _ => None,
        },
        searched: &["TeamsAtTheTimeOfCheckin", "TariffAtTheTimeOfCheckin"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("Customer", &["CoworkerFullName"]);
    list.text("Location", &["BusinessName"]);
    list.say(
        "How",
        list.fields.choice("Source", CHECKIN_SOURCE).map(str::to_owned),
    );
    list.time("In", "FromTime");
    list.time("Out", "ToTime");
    list.set("Checked out automatically", "AutoCheckout");
    list.text("Plan at the time", &["TariffAtTheTimeOfCheckin"]);
    list.text("Team at the time", &["TeamsAtTheTimeOfCheckin"]);
    list.flag("Counts towards the plan", "CountsTowardsPlanLimits");
}
