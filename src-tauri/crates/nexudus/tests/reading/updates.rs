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
    let compared = compare(&reading.action, reading.entity, state(&old), state(&new)).unwrap();
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

/// A line each: what happened, the action of the URL, the sample body, its fields in the state before, and after.
const CASES: &str = include_str!("updates.jsonl");

#[test]
fn every_meaning_in_every_language() {
    let mut out = String::new();
    for case in CASES.lines() {
        let (title, action, name, before, after): (&str, &str, &str, Value, Value) =
            serde_json::from_str(case).unwrap();
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
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

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
