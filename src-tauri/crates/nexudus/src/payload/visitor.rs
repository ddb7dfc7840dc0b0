//! A visitor: expected, arrived, gone. The host is a customer.

use super::{Object, Understood, changed, learnt_person, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{PersonKind, Saying};

const APPROVAL: &[(i64, &str, &str)] = &[
    (1, "NotRequired", ""),
    (2, "Requested", "approval-requested"),
    (3, "Rejected", "approval-refused"),
    (4, "AcceptedAndHold", "approval-held"),
    (5, "AcceptedAndGrant", "approval-granted"),
];

const SOURCE: &[(i64, &str, &str)] = &[
    (1, "Administrator", "announced-by-team"),
    (2, "NexIO", "announced-by-kiosk"),
    (3, "Customer", "announced-by-customer"),
];
const HOST: &[&str] = &["CoworkerFullName", "CoworkerCompanyName"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let saying = match object.number() {
        38 => about("visitor-host-told", f),
        41 => about("visitor-arrived", f),
        64 => about("visitor-deleted", f),
        42 => expected(f),
        _ => state(f),
    };
    let host = person(PersonKind::Customer, f.id("CoworkerId"), f.first(HOST));
    let visitor = learnt_person(
        PersonKind::Visitor,
        f.id("Id"),
        f.line("FullName"),
        f.line("Email"),
    );
    Understood {
        saying: Some(saying),
        person: person(
            PersonKind::Visitor,
            f.id("Id"),
            f.first(&["FullName", "Email", "CompanyName"]),
        ),
        involved: host.into_iter().collect(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        act: (object.number() == 41)
            .then(|| f.stamp("CheckedInAt").or_else(|| f.stamp("ArrivalDate")))
            .flatten(),
        learnt: [visitor, object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
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

/// A message about a visit: to whom, when, whether for a tour.
fn about(message: &'static str, f: &Fields) -> Saying {
    Saying::new(message)
        .text("host", f.first(HOST))
        .at("time", f.when("ExpectedArrival"))
        .word("tour", f.is("IsTour").then_some("visitor-tour"))
}

/// Somebody announced, with what the host said to it.
fn expected(f: &Fields) -> Saying {
    let approval = match f.choice("HostApprovalStatus", APPROVAL) {
        Some("approval-refused") => return about("visitor-refused", f),
        Some("approval-requested") => Some("visitor-waits-for-approval"),
        Some("approval-held") => Some("visitor-is-held"),
        _ => None,
    };
    about("visitor-expected", f).word("approval", approval)
}

/// How it stands with a visit, as its body tells.
fn state(f: &Fields) -> Saying {
    if f.stamp("DepartureDate").is_some() {
        about("visitor-left", f)
    } else if is_here(f) {
        about("visitor-arrived", f)
    } else {
        expected(f)
    }
}

fn is_here(f: &Fields) -> bool {
    f.is("Arrived")
        || ["CheckedInAt", "ArrivalDate"]
            .iter()
            .any(|name| f.stamp(name).is_some())
}

const ARRIVED: &[&str] = &[
    "Arrived",
    "ArrivalDate",
    "CheckedInAt",
    "CheckInNow",
    "Notified",
    "HasAgreedTerms",
];
const HOSTS: &[&str] = &[
    "CoworkerId",
    "CoworkerFullName",
    "CoworkerCoworkerType",
    "CoworkerCompanyName",
    "CoworkerBillingName",
    "CoworkerEmail",
    "CoworkerTeamNames",
];

/// What a newer state of a visit did. The platform has no action of its own for it: a visit is registered again, or its
/// body comes without an action.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[42]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    if f.stamp("DepartureDate").is_some() && before.stamp("DepartureDate").is_none() {
        return told(about("visitor-left", f), &[ARRIVED, &["DepartureDate"]].concat());
    }
    if is_here(f) && !is_here(before) {
        return told(about("visitor-arrived", f), ARRIVED);
    }
    if update.of("HostApprovalStatus") {
        let message = match f.choice("HostApprovalStatus", APPROVAL) {
            Some("approval-requested") => Some("visitor-approval-requested"),
            Some("approval-refused") => Some("visitor-refused"),
            Some("approval-held") => Some("visitor-held"),
            Some("approval-granted") => Some("visitor-approved"),
            _ => None,
        };
        if let Some(message) = message {
            return told(about(message, f), &["HostApprovalStatus"]);
        }
    }
    if update.of("ExpectedArrival")
        && let (Some(old), Some(new)) = (before.when("ExpectedArrival"), f.when("ExpectedArrival"))
    {
        let saying = about("visitor-moved", f)
            .at("old", Some(old))
            .at("new", Some(new));
        return told(saying, &["ExpectedArrival"]);
    }
    if update.of("CoworkerId")
        && let Some(from) = before.first(HOST)
    {
        return told(about("visitor-other-host", f).text("from", Some(from)), HOSTS);
    }
    if update.of("Notified") && f.is("Notified") {
        return told(about("visitor-host-told", f), &["Notified"]);
    }
    let list = changed::list(
        "visitor-changed",
        "visitor-saved",
        update,
        &["AccessControlScheduledJobId"],
    );
    Some(
        list.text("host", f.first(HOST))
            .at("time", f.when("ExpectedArrival")),
    )
}

pub(super) fn facts(list: &mut Facts) {
    list.person("visitor", &["FullName"]);
    list.contact("email", &["Email"]);
    list.contact("phone", &["PhoneNumber"]);
    list.text("company", &["CompanyName"]);
    list.person("host", &["CoworkerFullName"]);
    list.contact("host-email", &["CoworkerEmail"]);
    list.text("location", &["BusinessName"]);
    list.long("reason", &["VisitReason"]);
    list.time("expected", "ExpectedArrival");
    list.time("arrived", "ArrivalDate");
    list.time("checked-in", "CheckedInAt");
    list.time("left", "DepartureDate");
    list.set("tour", "IsTour");
    list.flag("host-told", "Notified");
    list.choice("approval", "HostApprovalStatus", APPROVAL);
    list.choice("announced-by", "VisitorSource", SOURCE);
    list.long("notes", &["Notes"]);
}
