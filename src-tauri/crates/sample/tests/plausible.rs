//! What a receiver may rely on in the sample bodies.

#![allow(clippy::expect_used)] // helpers outside the test functions

use nexwatch_nexudus::signature::{self, Key, Rule};
use nexwatch_nexudus::{Action, Entity};
use nexwatch_sample::{Options, Platform, spread};
use std::collections::{HashMap, HashSet};

const START: i64 = 1_780_902_000_000;

fn object(body: &[u8]) -> serde_json::Map<String, serde_json::Value> {
    let mut list: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(body).expect("JSON");
    assert_eq!(list.len(), 1);
    list.remove(0)
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let run = |seed| {
        let mut platform = Platform::new(seed, START);
        (0..500)
            .map(|n| platform.next(START + n * 1_000))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn every_action_is_read_as_what_it_is() {
    let mut platform = Platform::new(9, START);
    for number in 2..=90 {
        let action = Action::Known(number);
        for round in 0..8 {
            let now = START + i64::from(number) * 60_000 + round * 977;
            let delivery = platform.next_of(&action, None, now).expect("a documented action");
            let name = delivery.action.name();
            let readings = nexwatch_nexudus::read(&nexwatch_nexudus::Arrival {
                route_action: Some(&name),
                route_location: Some(delivery.location),
                received_at: now + 900,
                body: &delivery.body,
                voice: &nexwatch_nexudus::Voice::default(),
            });
            assert_eq!(readings.len(), 1, "{name}");
            let reading = &readings[0];
            assert_eq!(reading.action, action);
            assert!(!reading.unreadable, "{name}");
            assert!(reading.entity_id.is_some(), "{name}");
            assert_eq!(reading.location_id, Some(delivery.location), "{name}");
            assert_ne!(reading.entity, Entity::Unknown, "{name}");
            assert!(!reading.sentence.is_empty(), "{name}");
        }
    }
    assert!(
        platform
            .next_of(&Action::Other("SensorUpdate".into()), None, START)
            .is_none()
    );
}

#[test]
fn addresses_and_numbers_belong_to_nobody() {
    let mut platform = Platform::new(4, START);
    for n in 0..3_000 {
        let body = String::from_utf8(platform.next(START + n * 500).body).expect("UTF-8");
        for address in body
            .split('"')
            .filter(|text| text.contains('@') && !text.contains(' '))
        {
            let domain = address.rsplit('@').next().unwrap_or_default();
            assert!(
                ["example.com", "example.net", "example.org"].contains(&domain),
                "{address}"
            );
        }
        for phone in body
            .split('"')
            .filter(|text| text.starts_with('+') && text.len() > 9 && text.as_bytes()[1].is_ascii_digit())
        {
            assert!(
                ["+44 20 7946 0", "+49 30 23125 ", "+1 212 555 01"]
                    .iter()
                    .any(|range| phone.starts_with(range)),
                "{phone}"
            );
        }
    }
}

#[test]
fn customers_keep_id_name_and_address() {
    let mut platform = Platform::new(5, START);
    let mut seen: HashMap<i64, (String, String)> = HashMap::new();
    let mut addresses: HashMap<String, i64> = HashMap::new();
    for n in 0..6_000 {
        let delivery = platform.next(START + n * 700);
        if !matches!(delivery.action, Action::Known(2 | 9 | 35 | 36 | 37 | 61)) {
            continue;
        }
        let body = object(&delivery.body);
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let id = body["Id"].as_i64().expect("an id");
        let known = seen
            .entry(id)
            .or_insert_with(|| (text("FullName"), text("Email")));
        assert_eq!(*known, (text("FullName"), text("Email")));
        assert_eq!(
            *addresses.entry(text("Email")).or_insert(id),
            id,
            "an address belongs to one customer"
        );
    }
    assert!(seen.len() > 100);
    assert!(
        seen.values().filter(|(name, _)| !name.is_ascii()).count() > 40,
        "names of many scripts"
    );
    assert!(seen.values().any(|(name, _)| name.contains('\'')));
}

#[test]
fn later_deliveries_are_about_earlier_things() {
    let mut platform = Platform::new(6, START);
    let mut booked = HashSet::new();
    let (mut known, mut changed) = (0, 0);
    for n in 0..8_000 {
        let delivery = platform.next(START + n * 800);
        let id = object(&delivery.body)["Id"].as_i64();
        match delivery.action {
            Action::Known(6) => {
                assert!(booked.insert(id), "a new booking has a new id");
            }
            Action::Known(7 | 8) => {
                changed += 1;
                known += i32::from(booked.contains(&id));
            }
            _ => {}
        }
    }
    assert!(
        known * 10 > changed * 9,
        "{known} of {changed} changes are of known bookings"
    );
}

#[test]
fn the_same_visit_on_another_day_may_send_the_same_bytes() {
    let mut platform = Platform::with(
        6,
        START,
        Options {
            customers: 1,
            mean_bytes: None,
        },
    );
    let action = Action::Known(36);
    let first = platform.next_of(&action, None, START).expect("made");
    let same_day = platform.next_of(&action, None, START + 3_600_000).expect("made");
    assert_eq!(first, same_day);
}

#[test]
fn signatures_of_both_rules_are_accepted() {
    let key = Key::new("sample-shared-secret").expect("a key");
    let mut platform = Platform::new(8, START);
    for n in 0..200 {
        let delivery = platform.next(START + n);
        for rule in [Rule::AsciiFolded, Rule::RawBytes] {
            let header = delivery.sign(&key, rule);
            assert!(signature::check(&delivery.body, &header, std::iter::once(&key)).is_ok());
        }
    }
}

#[test]
fn a_wanted_mean_size_is_reached() {
    let mut platform = Platform::with(
        2,
        START,
        Options {
            customers: 3_000,
            mean_bytes: Some(2_048),
        },
    );
    let moments = spread(2, START, START + 365 * 86_400_000, 6_000);
    let bytes: usize = moments.iter().map(|at| platform.next(*at).body.len()).sum();
    let mean = bytes / moments.len();
    assert!((1_950..2_250).contains(&mean), "{mean}");
}

#[test]
fn a_chosen_location_is_kept() {
    let mut platform = Platform::new(2, START);
    for (id, _) in Platform::locations() {
        let delivery = platform
            .next_of(&Action::Known(47), Some(id), START)
            .expect("made");
        assert_eq!(delivery.location, id);
        assert_eq!(object(&delivery.body)["BusinessId"].as_i64(), Some(id));
    }
    assert_eq!(
        platform
            .next_of(&Action::Known(6), Some(77), START)
            .expect("made")
            .location,
        77
    );
}
