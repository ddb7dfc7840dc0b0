//! A visitor: expected, arrived, gone. The host is a customer.

use super::{Object, Understood, person};
use crate::PersonKind;
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, moment_words, or};

const APPROVAL: &[(i64, &str, &str)] = &[
    (1, "NotRequired", ""),
    (2, "Requested", "asked for"),
    (3, "Rejected", "refused"),
    (4, "AcceptedAndHold", "accepted, waits"),
    (5, "AcceptedAndGrant", "accepted, may enter"),
];

const SOURCE: &[(i64, &str, &str)] = &[
    (1, "Administrator", "the team"),
    (2, "NexIO", "the kiosk"),
    (3, "Customer", "a customer"),
];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = person(
        PersonKind::Visitor,
        f.id("Id"),
        f.first(&["FullName", "Email", "CompanyName"]),
    );
    let who = or(person.as_ref().map(|person| person.name.as_str()), "A visitor").to_owned();
    let host = f.first(&["CoworkerFullName", "CoworkerCompanyName"]);
    let expected = moment_words(f, "ExpectedArrival", object.now);
    let tour = f.is("IsTour").then_some("tour");
    let sentence = match object.number() {
        38 => Sentence::new(host.as_ref().map_or_else(|| "The host".to_owned(), Clone::clone))
            .and("was told about the visit of", Some(lower(&who))),
        41 => Sentence::new(format!("{who} arrived"))
            .and("to see", host.as_deref())
            .aside(tour),
        42 => Sentence::new(format!("{who} is expected"))
            .and("by", host.as_deref())
            .and("on", expected)
            .aside(tour),
        64 => Sentence::new(format!("Visit of {}", lower(&who)))
            .and("to", host.as_deref())
            .and("on", expected)
            .and_if(true, "was deleted"),
        _ => Sentence::new(format!("Visit of {}", lower(&who)))
            .and("to", host.as_deref())
            .and("on", expected),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        act: (object.number() == 41)
            .then(|| f.stamp("CheckedInAt").or_else(|| f.stamp("ArrivalDate")))
            .flatten(),
        searched: &[
            "CompanyName",
            "Email",
            "CoworkerFullName",
            "CoworkerCompanyName",
            "CoworkerEmail",
            "VisitReason",
            "Notes",
            "CustomerNotes",
            "PhoneNumber",
        ],
        ..Understood::default()
    }
}

fn lower(who: &str) -> String {
    who.strip_prefix("A visitor")
        .map_or_else(|| who.to_owned(), |rest| format!("a visitor{rest}"))
}

pub(super) fn facts(list: &mut Facts) {
    list.person("Visitor", &["FullName"]);
    list.contact("E-mail", &["Email"]);
    list.contact("Phone", &["PhoneNumber"]);
    list.text("Company", &["CompanyName"]);
    list.person("Host", &["CoworkerFullName"]);
    list.contact("Host's e-mail", &["CoworkerEmail"]);
    list.long("Reason", &["VisitReason"]);
    list.time("Expected", "ExpectedArrival");
    list.time("Arrived", "ArrivalDate");
    list.time("Checked in", "CheckedInAt");
    list.time("Left", "DepartureDate");
    list.set("Tour", "IsTour");
    list.flag("Host told", "Notified");
    list.say(
        "Approval",
        list.fields
            .choice("HostApprovalStatus", APPROVAL)
            .map(str::to_owned),
    );
    list.say(
        "Announced by",
        list.fields.choice("VisitorSource", SOURCE).map(str::to_owned),
    );
    list.long("Notes", &["Notes"]);
}
