//! What the front desk reads of bookings, check-ins, visitors, customers and deliveries, in every language.

use crate::support::{
    HOUR, NOON, assert_fit_to_show, assert_no_bare_zero, assert_says_well, languages, payload, read_object,
    voice,
};
use nexwatch_nexudus::{Action, Category, Learnt, PersonKind, Reading, Saying, facts};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;

/// The front desk's actions.
fn actions() -> impl Iterator<Item = Action> {
    Action::all().filter(|action| {
        matches!(
            action.category(),
            Category::Bookings
                | Category::Access
                | Category::Visitors
                | Category::Customers
                | Category::Deliveries
        )
    })
}

/// The bodies that come, or may come, with an action.
fn bodies(action: &Action) -> &'static [&'static str] {
    match action.number() {
        Some(6..=8) => &["Booking"],
        Some(35 | 36) => &["Checkin", "Coworker"],
        Some(37) => &["FailedCheckin", "Checkin", "Coworker"],
        Some(47..=49) => &["Checkin"],
        Some(63) => &["FailedCheckin"],
        Some(61) => &["AccessControl"],
        Some(38 | 41 | 42 | 64) => &["Visitor"],
        Some(52 | 53) => &["CoworkerDelivery"],
        _ => &["Coworker"],
    }
}

/// Says a reading in every language, as at noon of its day, and holds it to what holds of all.
fn said(reading: &Reading) -> Vec<String> {
    assert_fit_to_show(reading);
    assert_eq!(
        Saying::decode(&reading.saying.encode()),
        reading.saying,
        "the store keeps it"
    );
    languages()
        .map(|language| {
            let sentence = voice(language).say_reading(reading, Some(NOON));
            assert_says_well(&sentence, reading, language);
            assert_no_bare_zero(&sentence);
            sentence
        })
        .collect()
}

#[test]
fn every_action_in_every_language() {
    let mut out = String::new();
    for action in actions() {
        for name in bodies(&action) {
            let mut object = payload(name);
            if action.number() == Some(35) && *name == "Checkin" {
                object["ToTime"] = json!("2026-06-09T16:05:00Z");
                object["ToTimeLocal"] = json!("2026-06-09T17:05:00");
            }
            let reading = read_object(Some(&action.name()), &object, NOON);
            writeln!(out, "{} {} with {name}", action.number().unwrap(), action.name()).unwrap();
            for sentence in said(&reading) {
                writeln!(out, "    {sentence}").unwrap();
            }
        }
    }
    writeln!(out, "\nWith no field but the id").unwrap();
    for action in actions() {
        let reading = read_object(Some(&action.name()), &json!({"Id": 7}), NOON);
        writeln!(out, "{} {}", action.number().unwrap(), action.name()).unwrap();
        for sentence in said(&reading) {
            writeln!(out, "    {sentence}").unwrap();
        }
    }
    insta::assert_snapshot!("front_desk", out);
}

/// Bodies with one thing more, or less, than the sample has.
#[test]
fn what_else_a_sentence_says() {
    let mut out = String::new();
    for case in include_str!("front_desk.jsonl").lines() {
        // What is special, the action of the URL, the sample body, its fields that are otherwise.
        let (title, action, name, changes): (&str, &str, &str, Value) = serde_json::from_str(case).unwrap();
        let mut object = payload(name);
        for (field, value) in changes.as_object().unwrap() {
            object[field] = value.clone();
        }
        writeln!(out, "{action} {name}: {title}").unwrap();
        for sentence in said(&read_object(Some(action), &object, NOON)) {
            writeln!(out, "    {sentence}").unwrap();
        }
    }
    insta::assert_snapshot!("front_desk_more", out);
}

#[test]
fn facts_in_spanish() {
    let mut out = String::new();
    for name in [
        "Booking",
        "Checkin",
        "FailedCheckin",
        "Coworker",
        "Visitor",
        "CoworkerDelivery",
    ] {
        let object = payload(name);
        let body = serde_json::to_vec(&json!([object])).unwrap();
        let reading = read_object(None, &object, NOON);
        let list = |language| facts::facts(&body, 0, &reading.action, reading.entity, &voice(language));
        let (spanish, english) = (list("es"), list("en"));
        assert_eq!(spanish.len(), english.len(), "{name}");
        writeln!(out, "{name}").unwrap();
        for (fact, other) in spanish.iter().zip(&english) {
            assert_eq!(fact.kind, other.kind);
            let first = fact.label.chars().next().unwrap();
            assert!(first.is_uppercase(), "no label in the catalogue: {}", fact.label);
            writeln!(out, "  {:?} {}: {}", fact.kind, fact.label, fact.value).unwrap();
        }
    }
    insta::assert_snapshot!("front_desk_facts", out);
}

/// The day is that of the clock on the wall, and is said as one says it on that day.
#[test]
fn days_are_said_as_they_are_read() {
    let mut object = payload("Booking");
    for field in ["FromTimeLocal", "ToTimeLocal"] {
        object[field] = Value::Null;
    }
    // 23:30 in UTC is half an hour past midnight at the place.
    object["FromTime"] = json!("2026-06-09T23:30:00Z");
    object["ToTime"] = json!("2026-06-10T00:30:00Z");
    let reading = read_object(Some("6"), &object, NOON);
    let at = |now| voice("en").say_reading(&reading, now);
    let booked = "Zoë Müller-Ångström booked Lighthouse Room (8) for";
    for (now, day) in [
        (Some(NOON), "tomorrow"),
        (Some(NOON + 12 * HOUR), "today"),
        (Some(NOON + 48 * HOUR), "yesterday"),
        (Some(NOON + 20 * 24 * HOUR), "Wed 10 Jun"),
        (Some(NOON + 400 * 24 * HOUR), "10 Jun 2026"),
        (None, "10 Jun 2026"),
    ] {
        assert_eq!(at(now), format!("{booked} {day} 00:30–01:30"));
    }
}

#[test]
fn names_of_any_kind_stand_in_every_sentence() {
    let long = "X".repeat(300);
    for who in [
        "محمد علي",
        "👩‍💻 Dev 🚀",
        long.as_str(),
        "O’Neil’s",
        "0",
        "{ $what }",
        "- * _",
    ] {
        for action in actions() {
            for name in bodies(&action) {
                let mut object = payload(name);
                let field = match *name {
                    "Coworker" | "AccessControl" | "Visitor" => "FullName",
                    _ => "CoworkerFullName",
                };
                object[field] = json!(who);
                let reading = read_object(Some(&action.name()), &object, NOON);
                for language in languages() {
                    let sentence = voice(language).say_reading(&reading, Some(NOON));
                    assert!(sentence.contains(who), "{language} {}: {sentence}", action.name());
                }
            }
        }
    }
}

/// A name that is learnt later stands in the row, not in the saying.
#[test]
fn the_row_gives_the_names() {
    for action in actions() {
        for name in bodies(&action) {
            let reading = read_object(Some(&action.name()), &payload(name), NOON);
            let kept = reading.saying.encode();
            for own in [
                reading.person.as_ref().map(|person| &person.name),
                reading.resource.as_ref().map(|thing| &thing.name),
                reading.location.as_ref(),
            ]
            .into_iter()
            .flatten()
            {
                assert!(!kept.contains(own.as_str()), "{kept:?}");
            }
            let mut scene = reading.scene();
            scene.person = Some("Somebody New");
            for language in languages() {
                let sentence = voice(language).say(&reading.saying, &scene, None);
                assert!(sentence.contains("Somebody New"), "{sentence}");
            }
        }
    }
}

#[test]
fn what_bodies_tell_of_others() {
    let learnt = |action: &str, object: &Value| read_object(Some(action), object, NOON).learnt;
    let person = |kind, id, name: &str, email: Option<&str>| Learnt::Person {
        kind,
        id,
        name: Some(name.into()),
        email: email.map(str::to_owned),
    };
    let place = |id, name: &str| Learnt::Location {
        id,
        name: name.into(),
    };
    let (zoe, daniel) = (1_421_300_777, 1_421_300_912);
    let yard = place(1_420_900_101, "Harbour Yard");

    let visit = read_object(Some("42"), &payload("Visitor"), NOON);
    assert_eq!(
        visit.learnt,
        [
            person(
                PersonKind::Visitor,
                1_431_200_660,
                "Priya Natarajan",
                Some("priya.n@example.com")
            ),
            person(
                PersonKind::Customer,
                zoe,
                "Zoë Müller-Ångström",
                Some("zoe.mueller@example.com")
            ),
        ]
    );
    assert_eq!(visit.involved.len(), 1);
    assert_eq!(
        (visit.involved[0].kind, visit.involved[0].id),
        (PersonKind::Customer, Some(zoe))
    );
    assert_eq!(
        learnt("52", &payload("CoworkerDelivery")),
        [person(
            PersonKind::Customer,
            daniel,
            "Daniel Okafor",
            Some("daniel.okafor@example.net")
        )]
    );
    assert_eq!(
        learnt("47", &payload("Checkin")),
        [
            person(PersonKind::Customer, daniel, "Daniel Okafor", None),
            yard.clone()
        ]
    );
    let mut customer = payload("Coworker");
    let own = person(
        PersonKind::Customer,
        zoe,
        "Zoë Müller-Ångström",
        Some("zoe.mueller@example.com"),
    );
    assert_eq!(learnt("2", &customer), [own.clone(), yard.clone()]);
    // Two locations: what is not the one is the other, in whatever order.
    customer["Businesses"] = json!([7, 1_420_900_101]);
    customer["BusinessNames"] = json!("Harbour Yard, Mill Lane");
    assert_eq!(
        learnt("2", &customer),
        [own.clone(), yard.clone(), place(7, "Mill Lane")]
    );
    // Three: nothing says which name is whose.
    customer["Businesses"] = json!([7, 8, 1_420_900_101]);
    customer["BusinessNames"] = json!("Harbour Yard, Mill Lane, Old Mint");
    assert_eq!(learnt("2", &customer), [own, yard]);
    // A booking names its room, and the location is in the URL or, should it ever be there, in the body.
    let mut booking = payload("Booking");
    let zoe = person(PersonKind::Customer, zoe, "Zoë Müller-Ångström", None);
    assert_eq!(learnt("6", &booking), std::slice::from_ref(&zoe));
    booking["BusinessId"] = json!("5");
    let room = Learnt::Resource {
        id: 1_414_920_311,
        location: 5,
    };
    assert_eq!(learnt("6", &booking), [zoe, room]);
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!("")),
        Just(json!(0)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0_i64..12).prop_map(Value::from),
        "\\PC{0,20}"
            .prop_filter("says null itself", |text| !text.contains("null"))
            .prop_map(Value::from),
        Just(json!("Ana Ruiz")),
        Just(json!("2026-06-09T08:00:00Z")),
        Just(json!("2026-06-09T10:00:00.1234567")),
        Just(json!([{"Id": 1}, {"Id": 2}])),
        Just(json!({"Id": 1})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is lost or emptied: what is left is a sentence in every language.
    #[test]
    fn anything_may_be_missing(
        index: prop::sample::Index,
        which: prop::sample::Index,
        lost in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 0..80),
    ) {
        let all: Vec<Action> = actions().collect();
        let action = index.get(&all);
        let mut object = payload(bodies(action)[which.index(bodies(action).len())]);
        let fields = object.as_object_mut().unwrap();
        for (at, how) in lost {
            let names: Vec<String> = fields.keys().cloned().collect();
            if names.is_empty() {
                break;
            }
            let name = at.get(&names);
            match how {
                0 => { fields.remove(name); }
                1 => { fields[name] = Value::Null; }
                2 => { fields[name] = json!("  "); }
                _ => { fields[name] = json!([]); }
            }
        }
        if object.as_object().is_some_and(|fields| !fields.is_empty()) {
            said(&read_object(Some(&action.name()), &object, NOON));
        }
    }

    /// Any JSON under any action gives a row with words in every language.
    #[test]
    fn any_json_is_said(
        index: prop::sample::Index,
        which: prop::sample::Index,
        values in prop::collection::vec((any::<prop::sample::Index>(), value()), 0..60),
    ) {
        let all: Vec<Action> = actions().collect();
        let action = index.get(&all);
        let known: Vec<String> = payload(bodies(action)[which.index(bodies(action).len())]).as_object().unwrap().keys().cloned().collect();
        let object: serde_json::Map<String, Value> =
            values.into_iter().map(|(at, value)| (at.get(&known).clone(), value)).collect();
        let body = serde_json::to_vec(&json!([object])).unwrap();
        for reading in crate::support::read_bytes(Some(&action.name()), &body) {
            assert_fit_to_show(&reading);
            for language in languages() {
                let sentence = voice(language).say_reading(&reading, Some(NOON));
                prop_assert!(sentence.chars().count() > 3 && !sentence.contains("  "), "{:?}", sentence);
                prop_assert!(!sentence.contains("field-") && !sentence.contains("null"), "{:?}", sentence);
            }
        }
    }
}
