//! What updates of bookings, check-ins, visitors, customers and deliveries did, told from the state before.

use crate::support::{NOON, assert_no_bare_zero, assert_says_well, languages, payload, read_object, voice};
use nexwatch_nexudus::change::{Compared, State, compare};
use nexwatch_nexudus::{Action, Reading, Saying};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;

fn with(name: &str, changes: &Value) -> Value {
    let mut object = payload(name);
    for (field, value) in changes.as_object().unwrap() {
        object[field] = value.clone();
    }
    object
}

fn bytes(object: &Value) -> Vec<u8> {
    serde_json::to_vec(&json!([object])).unwrap()
}

fn compared(action: &str, before: &Value, after: &Value) -> (Reading, Compared) {
    let route = (action != "none").then_some(action);
    let reading = read_object(route, after, NOON);
    let (old, new) = (bytes(before), bytes(after));
    let state = |body| State { body, position: 0 };
    let compared = compare(&reading.action, reading.entity, state(&old), state(&new), NOON).unwrap();
    (reading, compared)
}

/// Says it in every language, with and without the names of its row.
fn said(reading: &Reading, saying: &Saying) -> Vec<String> {
    assert_eq!(&Saying::decode(&saying.encode()), saying, "the store keeps it");
    languages()
        .map(|language| {
            let voice = voice(language);
            for names in 0..8_u8 {
                let mut scene = reading.scene();
                scene.person = scene.person.filter(|_| names & 1 == 0);
                scene.resource = scene.resource.filter(|_| names & 2 == 0);
                scene.location = scene.location.filter(|_| names & 4 == 0);
                for now in [Some(NOON), None] {
                    let sentence = voice.say(saying, &scene, now);
                    assert_says_well(&sentence, reading, language);
                    assert_no_bare_zero(&sentence);
                }
            }
            voice.say(saying, &reading.scene(), Some(NOON))
        })
        .collect()
}

/// Title, action, body, the fields of the state before, the fields of the state after.
fn cases() -> Vec<(&'static str, &'static str, &'static str, Value, Value)> {
    let booked = |from: &str, to: &str| json!({"FromTime": from, "ToTime": to, "FromTimeLocal": null, "ToTimeLocal": null});
    let three = booked("2026-06-10T13:00:00Z", "2026-06-10T14:00:00Z");
    let and = |base: &Value, more: Value| {
        let mut all = base.clone();
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all
    };
    let none = || json!({});
    vec![
        (
            "moved on its day",
            "7",
            "Booking",
            three.clone(),
            booked("2026-06-10T14:00:00Z", "2026-06-10T15:00:00Z"),
        ),
        (
            "moved to another day",
            "7",
            "Booking",
            three.clone(),
            booked("2026-06-15T13:00:00Z", "2026-06-15T14:00:00Z"),
        ),
        (
            "moved, with notes and a price",
            "7",
            "Booking",
            three.clone(),
            and(
                &booked("2026-06-10T14:00:00Z", "2026-06-10T15:00:00Z"),
                json!({"Notes": "x", "EstimatedCost": 5, "Online": false, "PurchaseOrder": "PO 1"}),
            ),
        ),
        (
            "moved, with two unknown fields",
            "7",
            "Booking",
            three.clone(),
            and(
                &booked("2026-06-10T14:00:00Z", "2026-06-10T15:00:00Z"),
                json!({"Shiny": 1, "Newer": 2, "Notes": "x", "Online": 0, "DiscountCode": "A"}),
            ),
        ),
        (
            "extended",
            "7",
            "Booking",
            three.clone(),
            booked("2026-06-10T13:00:00Z", "2026-06-10T15:30:00Z"),
        ),
        (
            "extended to the front",
            "7",
            "Booking",
            three.clone(),
            booked("2026-06-10T12:00:00Z", "2026-06-10T14:00:00Z"),
        ),
        (
            "shortened",
            "7",
            "Booking",
            three.clone(),
            booked("2026-06-10T13:00:00Z", "2026-06-10T13:30:00Z"),
        ),
        (
            "to another room",
            "7",
            "Booking",
            three.clone(),
            and(
                &three,
                json!({"ResourceId": 5, "ResourceName": "Boardroom 3", "ResourceAllocation": 12, "ResourceResourceTypeName": "Boardroom"}),
            ),
        ),
        (
            "to another room and time",
            "7",
            "Booking",
            three.clone(),
            and(
                &booked("2026-06-10T14:00:00Z", "2026-06-10T15:00:00Z"),
                json!({"ResourceId": 5, "ResourceName": "Boardroom 3"}),
            ),
        ),
        (
            "its room got another name",
            "7",
            "Booking",
            three.clone(),
            and(&three, json!({"ResourceName": "Boardroom 3"})),
        ),
        (
            "checked in",
            "7",
            "Booking",
            three.clone(),
            and(&three, json!({"CheckedInAt": "2026-06-10T12:58:00.1Z"})),
        ),
        (
            "no longer checked in",
            "7",
            "Booking",
            and(&three, json!({"CheckedInAt": "2026-06-10T12:58:00.1Z"})),
            three.clone(),
        ),
        (
            "confirmed",
            "7",
            "Booking",
            and(&three, json!({"Tentative": true})),
            and(&three, json!({"Tentative": "False"})),
        ),
        (
            "tentative again",
            "7",
            "Booking",
            three.clone(),
            and(&three, json!({"Tentative": 1})),
        ),
        (
            "paid",
            "7",
            "Booking",
            three.clone(),
            and(
                &three,
                json!({"CoworkerInvoicePaid": true, "Invoiced": true, "CoworkerInvoiceNumber": "HY-418"}),
            ),
        ),
        (
            "no longer paid",
            "7",
            "Booking",
            and(&three, json!({"CoworkerInvoicePaid": true})),
            three.clone(),
        ),
        (
            "invoiced",
            "7",
            "Booking",
            three.clone(),
            and(
                &three,
                json!({"Invoiced": true, "InvoiceDate": "2026-06-09T00:00:00Z", "CoworkerInvoiceNumber": "HY-418"}),
            ),
        ),
        (
            "another customer",
            "7",
            "Booking",
            three.clone(),
            and(
                &three,
                json!({"CoworkerId": 9, "CoworkerFullName": "Daniel Okafor", "CoworkerCompanyName": "Okafor & Sons"}),
            ),
        ),
        (
            "another price",
            "7",
            "Booking",
            and(&three, json!({"OverridePrice": 40, "CurrencyCode": "GBP"})),
            and(&three, json!({"OverridePrice": 35.50, "CurrencyCode": "GBP"})),
        ),
        (
            "a price",
            "7",
            "Booking",
            three.clone(),
            and(&three, json!({"OverridePrice": "1350.00", "CurrencyCode": "EUR"})),
        ),
        (
            "a note",
            "7",
            "Booking",
            three.clone(),
            and(&three, json!({"Notes": "Please set for 8"})),
        ),
        (
            "visitors",
            "7",
            "Booking",
            three.clone(),
            and(&three, json!({"BookingVisitors": [{"Id": 1, "FullName": "Bo"}]})),
        ),
        (
            "noise",
            "7",
            "Booking",
            three.clone(),
            and(
                &three,
                json!({"MinutesToStart": 4, "UpdatedOn": "2026-06-09T10:00:00Z"}),
            ),
        ),
        (
            "cancelled",
            "7",
            "Booking",
            three.clone(),
            and(
                &three,
                json!({"Cancelled": true, "CancelledOn": "2026-06-09T10:00:00Z"}),
            ),
        ),
        (
            "moved, no action in the URL",
            "none",
            "Booking",
            three.clone(),
            booked("2026-06-10T14:00:00Z", "2026-06-10T15:00:00Z"),
        ),
        (
            "checked out",
            "48",
            "Checkin",
            none(),
            json!({"ToTime": "2026-06-09T15:00:00Z", "ToTimeLocal": "2026-06-09T16:00:00"}),
        ),
        (
            "checked out by itself",
            "48",
            "Checkin",
            none(),
            json!({"ToTime": "2026-06-09T15:00:00Z", "AutoCheckout": true}),
        ),
        (
            "in again",
            "48",
            "Checkin",
            json!({"ToTime": "2026-06-09T15:00:00Z"}),
            none(),
        ),
        (
            "corrected",
            "48",
            "Checkin",
            json!({"ToTime": "2026-06-09T15:00:00Z"}),
            json!({"ToTime": "2026-06-09T16:30:00Z"}),
        ),
        (
            "the start corrected",
            "48",
            "Checkin",
            none(),
            json!({"FromTime": "2026-06-09T06:30:00Z", "FromTimeLocal": "2026-06-09T07:30:00"}),
        ),
        (
            "counts no longer",
            "48",
            "Checkin",
            none(),
            json!({"CountsTowardsPlanLimits": false}),
        ),
        (
            "noise",
            "48",
            "Checkin",
            none(),
            json!({"UpdatedOn": "2026-06-09T10:00:00Z", "ValidateCheckinJobId": "8"}),
        ),
        (
            "arrived",
            "42",
            "Visitor",
            json!({"Arrived": false, "ArrivalDate": null, "Notified": false}),
            none(),
        ),
        (
            "left",
            "42",
            "Visitor",
            none(),
            json!({"DepartureDate": "2026-06-09T11:00:00Z"}),
        ),
        (
            "approval asked for",
            "42",
            "Visitor",
            json!({"HostApprovalStatus": 1}),
            json!({"HostApprovalStatus": 2}),
        ),
        (
            "approved",
            "42",
            "Visitor",
            json!({"HostApprovalStatus": 2}),
            json!({"HostApprovalStatus": "AcceptedAndGrant"}),
        ),
        (
            "approved and held",
            "42",
            "Visitor",
            json!({"HostApprovalStatus": 2}),
            json!({"HostApprovalStatus": 4}),
        ),
        (
            "refused",
            "42",
            "Visitor",
            json!({"HostApprovalStatus": 2}),
            json!({"HostApprovalStatus": 3}),
        ),
        (
            "an approval unheard of",
            "42",
            "Visitor",
            json!({"HostApprovalStatus": 2}),
            json!({"HostApprovalStatus": 9}),
        ),
        (
            "at another time",
            "42",
            "Visitor",
            none(),
            json!({"ExpectedArrival": "2026-06-09T10:30:00Z"}),
        ),
        (
            "another host",
            "42",
            "Visitor",
            none(),
            json!({"CoworkerId": 9, "CoworkerFullName": "Daniel Okafor", "CoworkerEmail": "daniel.okafor@example.net"}),
        ),
        (
            "the host was told",
            "42",
            "Visitor",
            json!({"Notified": false}),
            none(),
        ),
        (
            "another reason and phone",
            "42",
            "Visitor",
            none(),
            json!({"VisitReason": "Interview", "PhoneNumber": "+44 20 7946 0123"}),
        ),
        (
            "noise",
            "42",
            "Visitor",
            none(),
            json!({"UpdatedOn": "2026-06-09T10:00:00Z"}),
        ),
        ("activated", "2", "Coworker", json!({"Active": false}), none()),
        ("suspended", "2", "Coworker", none(), json!({"Active": "False"})),
        (
            "archived",
            "2",
            "Coworker",
            none(),
            json!({"Archived": true, "Active": false}),
        ),
        (
            "out of the archive",
            "2",
            "Coworker",
            json!({"Archived": true}),
            none(),
        ),
        (
            "cancels",
            "2",
            "Coworker",
            none(),
            json!({"CancellationDate": "2026-07-31T00:00:00Z"}),
        ),
        (
            "cancels tomorrow",
            "2",
            "Coworker",
            none(),
            json!({"CancellationDate": "2026-06-10T00:00:00Z"}),
        ),
        (
            "cancels later",
            "2",
            "Coworker",
            json!({"CancellationDate": "2026-07-31T00:00:00Z"}),
            json!({"CancellationDate": "2026-08-31T00:00:00Z"}),
        ),
        (
            "stays",
            "2",
            "Coworker",
            json!({"CancellationDate": "2026-07-31T00:00:00Z"}),
            none(),
        ),
        (
            "another plan",
            "2",
            "Coworker",
            none(),
            json!({"TariffId": 6, "TariffName": "Resident desk", "RenewalDate": "2026-08-01T00:00:00Z"}),
        ),
        (
            "a first plan",
            "2",
            "Coworker",
            json!({"TariffId": null, "TariffName": null}),
            none(),
        ),
        (
            "no plan any more",
            "2",
            "Coworker",
            none(),
            json!({"TariffId": null, "TariffName": null}),
        ),
        (
            "a next plan",
            "2",
            "Coworker",
            none(),
            json!({"NextTariffId": 6, "NextTariffName": "Resident desk"}),
        ),
        (
            "another team",
            "2",
            "Coworker",
            none(),
            json!({"TeamNames": "Blue Whale", "TeamName": "Blue Whale", "TeamId": 8, "Teams": [8]}),
        ),
        (
            "a team",
            "2",
            "Coworker",
            json!({"TeamNames": null, "TeamName": null, "TeamId": null, "Teams": []}),
            none(),
        ),
        (
            "no team any more",
            "2",
            "Coworker",
            none(),
            json!({"TeamNames": null, "TeamName": null, "TeamId": null, "Teams": []}),
        ),
        (
            "another location",
            "2",
            "Coworker",
            none(),
            json!({"InvoicingBusinessId": 7, "InvoicingBusinessName": "Mill Lane"}),
        ),
        (
            "another name",
            "2",
            "Coworker",
            none(),
            json!({"FullName": "Zoë Ångström", "Salutation": "Zoë"}),
        ),
        ("owes", "2", "Coworker", none(), json!({"HasDueInvoices": true})),
        (
            "owes no more",
            "2",
            "Coworker",
            json!({"HasDueInvoices": true}),
            none(),
        ),
        (
            "another e-mail and phone",
            "2",
            "Coworker",
            none(),
            json!({"Email": "zoe@example.net", "MobilePhone": "+44 20 7946 0555", "AccessPincode": "99999", "CustomFields": {"Wifi": 1}}),
        ),
        (
            "noise",
            "2",
            "Coworker",
            none(),
            json!({"UserLastAccess": "2026-06-09T10:00:00Z"}),
        ),
        (
            "another card",
            "61",
            "AccessControl",
            none(),
            json!({"AccessCardId": "04:99"}),
        ),
        (
            "assigned",
            "53",
            "CoworkerDelivery",
            json!({"CoworkerId": null, "CoworkerFullName": null, "CoworkerEmail": null, "CoworkerBillingName": null, "CoworkerCompanyName": null, "CoworkerTeamNames": null, "Notified": false}),
            none(),
        ),
        (
            "assigned to another",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"CoworkerId": 9, "CoworkerFullName": "Zoë Müller-Ångström"}),
        ),
        (
            "assigned no longer",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"CoworkerId": null, "CoworkerFullName": null, "CoworkerBillingName": null, "CoworkerCompanyName": null}),
        ),
        (
            "collected",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Collected": true, "CollectedOn": "2026-06-09T12:00:00Z", "Processed": true}),
        ),
        (
            "collected and signed for",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Collected": true, "CollectedOn": "2026-06-09T12:00:00Z", "Signed": true, "SignatureFileName": "s.png"}),
        ),
        (
            "signed for",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Signed": true}),
        ),
        (
            "forwarded",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Forwarded": true, "ForwardedOn": "2026-06-09T12:00:00Z"}),
        ),
        (
            "scanned",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"ScannedOn": "2026-06-09T12:00:00Z"}),
        ),
        (
            "returned",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"ReturnedToSender": true}),
        ),
        (
            "shredded",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Shredded": true}),
        ),
        (
            "recycled",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Recycled": true}),
        ),
        (
            "deposited",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"CheckDeposited": true}),
        ),
        (
            "notified",
            "53",
            "CoworkerDelivery",
            json!({"Notified": false}),
            none(),
        ),
        (
            "another shelf",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"Location": "Locker 9"}),
        ),
        (
            "another handling",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"HandlingPreference": 2}),
        ),
        (
            "noise",
            "53",
            "CoworkerDelivery",
            none(),
            json!({"UpdatedOn": "2026-06-09T12:00:00Z"}),
        ),
    ]
}

#[test]
fn every_meaning_in_every_language() {
    let mut out = String::new();
    for (title, action, name, before, after) in cases() {
        let (reading, compared) = compared(action, &with(name, &before), &with(name, &after));
        let saying = compared.saying.expect("an update is told");
        writeln!(out, "{action} {name}: {title}").unwrap();
        for sentence in said(&reading, &saying) {
            writeln!(out, "    {sentence}").unwrap();
        }
    }
    insta::assert_snapshot!("updates", out);
}

/// Only an update tells what it changed: what a later state of the same thing has is not what a creation did.
#[test]
fn other_actions_keep_their_own_words() {
    for (action, name) in [
        ("6", "Booking"),
        ("8", "Booking"),
        ("36", "Checkin"),
        ("47", "Checkin"),
        ("49", "Checkin"),
        ("63", "FailedCheckin"),
        ("38", "Visitor"),
        ("41", "Visitor"),
        ("64", "Visitor"),
        ("3", "Coworker"),
        ("9", "Coworker"),
        ("36", "Coworker"),
        ("50", "Coworker"),
        ("52", "CoworkerDelivery"),
    ] {
        let after = with(
            name,
            &json!({"Notes": "another", "FromTime": "2026-06-09T11:00:00Z"}),
        );
        let (_, compared) = compared(action, &payload(name), &after);
        assert_eq!(compared.saying, None, "{action} {name}");
        assert!(compared.fields.contains(&"Notes".to_owned()), "{action} {name}");
    }
    // Access control that finds nothing changed says what its event says.
    assert_eq!(
        compared("61", &payload("AccessControl"), &payload("AccessControl"))
            .1
            .saying,
        None
    );
}

/// That an address changed is said, never from what to what.
#[test]
fn contacts_and_private_values_are_not_said() {
    let secrets = [
        "S3cretPin",
        "S3cretCard",
        "old@example.com",
        "new@example.com",
        "+44 1",
        "+44 2",
        "1980-01-01",
    ];
    for (action, name) in [
        ("2", "Coworker"),
        ("61", "AccessControl"),
        ("42", "Visitor"),
        ("53", "CoworkerDelivery"),
        ("7", "Booking"),
    ] {
        let state = |email: &str, phone: &str, pin: &str| {
            with(
                name,
                &json!({
                    "Email": email, "BillingEmail": email, "CoworkerEmail": email, "MobilePhone": phone, "PhoneNumber": phone,
                    "CoworkerMobilePhone": phone, "AccessPincode": pin, "AccessCardId": format!("{pin} card"), "VisitorCode": pin,
                    "DateOfBirth": "1980-01-01", "TeamNames": format!("Team {pin}"), "Location": format!("Shelf {pin}"),
                }),
            )
        };
        let before = state("old@example.com", "+44 1", "S3cretPin1");
        let after = state("new@example.com", "+44 2", "S3cretPin2");
        let (reading, compared) = compared(action, &before, &after);
        let saying = compared.saying.unwrap();
        for sentence in said(&reading, &saying).into_iter().chain([saying.encode()]) {
            for secret in secrets {
                assert!(!sentence.contains(secret), "{secret}: {sentence}");
            }
        }
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => Just(Value::Null),
        1 => Just(json!("")),
        2 => any::<bool>().prop_map(Value::from),
        1 => (1_i64..12).prop_map(Value::from),
        1 => (13..i64::MAX).prop_map(Value::from),
        1 => Just(json!("Ana Ruiz")),
        1 => Just(json!("Bo")),
        2 => Just(json!("2026-06-09T08:00:00Z")),
        2 => Just(json!("2026-06-10T10:00:00.1234567")),
        1 => Just(json!([{"Id": 1}, {"Id": 2}])),
        1 => Just(json!(12.5)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the two states hold, what is said of the step is a sentence in every language.
    #[test]
    fn any_two_states(
        which in 0_usize..6,
        before in prop::collection::vec((any::<prop::sample::Index>(), value()), 0..30),
        after in prop::collection::vec((any::<prop::sample::Index>(), value()), 0..30),
    ) {
        let (action, name) = [
            ("7", "Booking"), ("48", "Checkin"), ("42", "Visitor"), ("2", "Coworker"), ("53", "CoworkerDelivery"), ("61", "AccessControl"),
        ][which];
        let state = |changes: Vec<(prop::sample::Index, Value)>| {
            let mut object = payload(name);
            let names: Vec<String> = object.as_object().unwrap().keys().cloned().collect();
            for (at, value) in changes {
                object[at.get(&names)] = value;
            }
            object["Id"] = json!(7);
            object
        };
        let (reading, compared) = compared(action, &state(before), &state(after));
        prop_assert_eq!(&reading.action, &Action::Known(action.parse().unwrap()));
        if let Some(saying) = compared.saying {
            said(&reading, &saying);
        }
    }
}
