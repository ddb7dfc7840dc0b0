//! Property tests: any bytes, any JSON, and documented bodies with fields lost, emptied or of another type.

use crate::support::{NOON, PAYLOADS, assert_fit_to_show, assert_reads_well, body_of, read_bytes};
use nexwatch_nexudus::{Action, Arrival, facts, object_at, private, read, signature, time};
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_action() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        8 => (2_u8..=90).prop_map(|number| Some(Action::Known(number).name())),
        1 => Just(None),
        1 => "\\PC{0,40}".prop_map(Some),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "Id",
        "UpdatedOn",
        "CoworkerId",
        "CoworkerFullName",
        "FullName",
        "Email",
        "FromTime",
        "ToTime",
        "FromTimeLocal",
        "Name",
        "Subject",
        "Price",
        "TotalAmount",
        "CurrencyCode",
        "InvoiceNumber",
        "BusinessId",
        "BusinessName",
        "ResourceName",
        "Source",
        "VisitorCode",
        "Notes",
        "Description",
        "TariffName",
        "StartDate",
        "ToStringText",
        "Arrived",
        "CheckinAttemptTime",
        "DeliveryType",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        "\\PC{0,30}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!("2026-06-09T08:00:00Z")),
        Just(json!("9999-12-31T23:59:59.9999999Z")),
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(
                (
                    prop_oneof![4 => names.clone().prop_map(str::to_owned), 1 => any::<String>()],
                    inner
                ),
                0..12
            )
            .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// What becomes of one field.
fn change(value: &Value, how: u8) -> Option<Value> {
    Some(match how {
        0 => return None,
        1 => Value::Null,
        2 => json!(""),
        3 => json!("   "),
        4 => json!([]),
        5 => json!({}),
        6 => json!(0),
        7 => json!(-1),
        8 => json!("0001-01-01T00:00:00"),
        9 => json!([value]),
        10 => match value {
            Value::String(_) => json!(42),
            Value::Number(number) => json!(number.to_string()),
            other => json!(other.is_null()),
        },
        11 => json!(i64::MAX),
        12 => json!(1.5e300),
        _ => value.clone(),
    })
}

fn all_of(action: Option<&str>, body: &[u8]) -> Vec<nexwatch_nexudus::Reading> {
    let readings = read(&Arrival {
        route_action: action,
        route_location: Some(3),
        received_at: NOON,
        body,
        voice: &nexwatch_nexudus::Voice::default(),
    });
    assert!(!readings.is_empty());
    for reading in &readings {
        assert_fit_to_show(reading);
        for fact in facts::facts(
            body,
            reading.position,
            &reading.action,
            reading.entity,
            &nexwatch_nexudus::Voice::default(),
        ) {
            assert!(!fact.label.is_empty() && !fact.value.is_empty(), "{fact:?}");
        }
        object_at(body, reading.position);
    }
    readings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(action in any_action(), body in prop::collection::vec(any::<u8>(), 0..400)) {
        all_of(action.as_deref(), &body);
        private::mask_text(&String::from_utf8_lossy(&body));
        signature::fold_ascii(&body);
    }

    #[test]
    fn any_text(action in any_action(), text in any::<String>()) {
        all_of(action.as_deref(), text.as_bytes());
        private::mask_text(&text);
        time::parse_stamp(&text);
        Action::parse(&text);
        let _ = signature::check(text.as_bytes(), &text, []);
    }

    #[test]
    fn any_json_object(action in any_action(), value in any_json()) {
        all_of(action.as_deref(), &serde_json::to_vec(&value).unwrap());
        all_of(action.as_deref(), &serde_json::to_vec(&json!([value])).unwrap());
        let mut masked = value;
        private::mask_value(&mut masked);
        prop_assert_eq!(private::mask_value(&mut masked.clone()), private::mask_value(&mut masked));
    }

    #[test]
    fn documented_bodies_with_anything_changed(
        number in 2_u8..=90,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..13), 0..60),
    ) {
        let action = Action::Known(number);
        let mut object = body_of(&action);
        let fields = object.as_object_mut().unwrap();
        for (which, how) in changes {
            let names: Vec<String> = fields.keys().cloned().collect();
            let Some(name) = (!names.is_empty()).then(|| which.get(&names)) else { break };
            match change(&fields[name], how) {
                Some(value) => { fields.insert(name.clone(), value); }
                None => { fields.shift_remove(name); }
            }
        }
        let body = serde_json::to_vec(&json!([object])).unwrap();
        for reading in all_of(Some(&action.name()), &body) {
            assert_reads_well(&reading);
            prop_assert_eq!(&reading.action, &action);
        }
    }

    /// Half of all fields are null at once: each combination of what is known gives a whole sentence.
    #[test]
    fn documented_bodies_with_half_of_it_unknown(number in 2_u8..=90, seed in any::<u64>()) {
        let action = Action::Known(number);
        let mut object = body_of(&action);
        for (place, (name, value)) in object.as_object_mut().unwrap().iter_mut().enumerate() {
            let bit = seed.rotate_left(place as u32 * 7).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 63;
            if bit == 1 && name != "Id" {
                *value = Value::Null;
            }
        }
        let body = serde_json::to_vec(&json!([object])).unwrap();
        for reading in all_of(Some(&action.name()), &body) {
            assert_reads_well(&reading);
        }
    }

    #[test]
    fn bodies_cut_or_flipped(which in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), bit in 0_u8..8, cut in any::<bool>()) {
        let (_, text) = which.get(PAYLOADS);
        let mut body = text.as_bytes().to_vec();
        let at = place.index(body.len());
        if cut { body.truncate(at) } else { body[at] ^= 1 << bit }
        for action in [None, Some("BookingCreate"), Some("36")] {
            all_of(action, &body);
        }
    }
}

#[test]
fn every_single_field_may_be_missing() {
    for action in Action::all() {
        let whole = body_of(&action);
        for name in whole
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| !whole[name.as_str()].is_null())
        {
            let mut object = whole.clone();
            object.as_object_mut().unwrap().shift_remove(name);
            let body = serde_json::to_vec(&json!([object])).unwrap();
            let readings = read_bytes(Some(&action.name()), &body);
            assert_fit_to_show(&readings[0]);
            assert_reads_well(&readings[0]);
            if name != "Id" {
                assert_eq!(
                    readings[0].entity_id,
                    whole["Id"].as_i64(),
                    "{} without {name}",
                    action.name()
                );
            }
        }
    }
}
