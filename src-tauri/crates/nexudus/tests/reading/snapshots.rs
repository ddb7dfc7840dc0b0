//! The sentences and facts of the documented bodies, to be read by a person when they change.

use crate::support::{PAYLOADS, assert_fit_to_show, assert_reads_well, body_of, payload, read_object};
use nexwatch_nexudus::{Action, Reading, facts, time};
use serde_json::{Value, json};
use std::fmt::Write;

/// A second and a half after the body's `UpdatedOn`.
fn soon_after(object: &Value) -> i64 {
    time::parse_stamp(object["UpdatedOn"].as_str().unwrap())
        .unwrap()
        .ms()
        + 1_500
}

fn describe(out: &mut String, reading: &Reading, object: &Value) {
    writeln!(out, "{}", reading.sentence).unwrap();
    let happened = reading.happened_at - soon_after(object);
    writeln!(
        out,
        "  happened {} ({happened} ms), repeats: {:?}",
        time::rfc3339(reading.happened_at),
        reading.repeat_rule
    )
    .unwrap();
    writeln!(
        out,
        "  {} {:?}, at {:?} {:?}",
        reading.entity.name(),
        reading.entity_id,
        reading.location_id,
        reading.location
    )
    .unwrap();
    if let Some(person) = &reading.person {
        writeln!(out, "  person {:?} {:?} {}", person.kind, person.id, person.name).unwrap();
    }
    if let Some(resource) = &reading.resource {
        writeln!(out, "  resource {:?} {}", resource.id, resource.name).unwrap();
    }
    if let Some(amount) = &reading.amount {
        writeln!(out, "  amount {amount} {:?}", reading.currency).unwrap();
    }
    let flags = [
        (reading.inferred, "inferred"),
        (reading.unreadable, "unreadable"),
        (reading.deleted, "deleted"),
    ];
    for (_, flag) in flags.iter().filter(|(set, _)| *set) {
        writeln!(out, "  {flag}").unwrap();
    }
    writeln!(out, "  words: {}", reading.words).unwrap();
}

#[test]
fn every_action_with_its_documented_body() {
    let mut out = String::new();
    for action in Action::all() {
        let object = body_of(&action);
        let reading = read_object(Some(&action.name()), &object, soon_after(&object));
        assert_eq!(reading.action, action);
        assert_fit_to_show(&reading);
        assert_reads_well(&reading);
        write!(out, "{} {} | ", action.number().unwrap(), action.name()).unwrap();
        describe(&mut out, &reading, &object);
    }
    insta::assert_snapshot!("actions", out);
}

#[test]
fn every_action_with_no_field_but_its_id() {
    let mut out = String::new();
    for action in Action::all() {
        let reading = read_object(Some(&action.name()), &json!({"Id": 7}), crate::support::NOON);
        assert_fit_to_show(&reading);
        assert_reads_well(&reading);
        assert_eq!(reading.entity, action.entity(), "nothing contradicts the action");
        writeln!(
            out,
            "{} {} | {}",
            action.number().unwrap(),
            action.name(),
            reading.sentence
        )
        .unwrap();
    }
    insta::assert_snapshot!("bare", out);
}

#[test]
fn check_ins_with_each_plausible_body() {
    let mut out = String::new();
    for action in [
        "CoworkerCheckout",
        "CoworkerCheckin",
        "CoworkerCheckinFailed",
        "CheckinUpdated",
    ] {
        for name in ["Checkin", "FailedCheckin", "Coworker", "AccessControl"] {
            let mut object = payload(name);
            if name == "Checkin" && action != "CoworkerCheckin" {
                object["ToTime"] = "2026-06-09T07:41:12.5Z".into();
                object["ToTimeLocal"] = "2026-06-09T08:41:12.5".into();
            }
            let reading = read_object(Some(action), &object, soon_after(&object));
            assert_fit_to_show(&reading);
            assert_reads_well(&reading);
            write!(out, "{action} with {name} | ").unwrap();
            describe(&mut out, &reading, &object);
        }
    }
    insta::assert_snapshot!("check_ins", out);
}

#[test]
fn every_body_when_the_url_names_no_action() {
    let mut out = String::new();
    for (name, _) in PAYLOADS {
        let object = payload(name);
        let reading = read_object(None, &object, soon_after(&object));
        assert!(reading.inferred, "{name}");
        assert_eq!(reading.action, Action::Inferred(reading.entity), "{name}");
        assert_fit_to_show(&reading);
        assert_reads_well(&reading);
        writeln!(out, "{name} | {} | {}", reading.entity.name(), reading.sentence).unwrap();
    }
    insta::assert_snapshot!("inferred", out);
}

#[test]
fn facts_of_every_documented_body() {
    let mut out = String::new();
    for (name, text) in PAYLOADS {
        let object = payload(name);
        let reading = read_object(None, &object, soon_after(&object));
        writeln!(out, "{name}").unwrap();
        let facts = facts::facts(
            text.as_bytes(),
            0,
            &reading.action,
            reading.entity,
            &nexwatch_nexudus::Voice::default(),
        );
        assert!(!facts.is_empty(), "{name}");
        for fact in facts {
            writeln!(out, "  {:?} {}: {}", fact.kind, fact.label, fact.value).unwrap();
        }
    }
    insta::assert_snapshot!("facts", out);
}

/// Names of many scripts, as they come and as they are shown.
#[test]
fn names_of_many_scripts_keep_their_letters() {
    for name in [
        "José Núñez",
        "東京 太郎",
        "Привет Мир",
        "محمد علي",
        "מרים אלון",
        "Nguyễn Thị",
        "👩‍💻 Dev",
        "O'Brien-Łuk",
    ] {
        let mut object = payload("Booking");
        object["CoworkerFullName"] = name.into();
        let reading = read_object(Some("BookingCreate"), &object, crate::support::NOON);
        assert_eq!(reading.person.as_ref().unwrap().name, name);
        assert!(reading.sentence.contains(name), "{}", reading.sentence);
    }
}
