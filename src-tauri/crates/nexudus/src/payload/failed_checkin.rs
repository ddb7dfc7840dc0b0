//! A door (or the network) refused somebody.

use super::{CHECKIN_SOURCE, Object, Understood};
use crate::Saying;
use crate::facts::Facts;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let reason = f.line("Description");
    Understood {
        saying: Some(
            Saying::new("checkin-refused")
                .word("how", f.choice("Source", CHECKIN_SOURCE))
                .text(
                    "reason",
                    reason
                        .map(|reason| reason.trim_end_matches('.').to_owned())
                        .filter(|reason| !reason.is_empty()),
                ),
        ),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        act: f.stamp("CheckinAttemptTime"),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &["TeamsAtTheTimeOfCheckin", "TariffAtTheTimeOfCheckin"],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.text("location", &["BusinessName"]);
    list.long("reason", &["Description"]);
    list.choice("how", "Source", CHECKIN_SOURCE);
    list.time("tried", "CheckinAttemptTime");
    list.text("plan-at-the-time", &["TariffAtTheTimeOfCheckin"]);
    list.text("team-at-the-time", &["TeamsAtTheTimeOfCheckin"]);
}
