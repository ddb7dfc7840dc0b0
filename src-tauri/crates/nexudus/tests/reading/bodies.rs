//! Every shape of a body: the documented one, the plausible ones and those of strangers.

use crate::support::{NOON, assert_fit_to_show, payload, read_bytes, read_object};
use nexwatch_nexudus::{Action, Arrival, Entity, PersonKind, RepeatRule, object_at, read};
use serde_json::{Value, json};

fn booking_with(field: &str, value: Value) -> Value {
    let mut object = payload("Booking");
    object[field] = value;
    object
}

#[test]
fn array_of_one_and_bare_object_read_the_same() {
    let object = payload("Booking");
    let bare = read_bytes(Some("BookingCreate"), &serde_json::to_vec(&object).unwrap());
    let listed = read_bytes(
        Some("BookingCreate"),
        &serde_json::to_vec(&json!([object])).unwrap(),
    );
    assert_eq!(bare, listed);
    assert_eq!(bare.len(), 1);
    assert_eq!(bare[0].entity_id, Some(1_428_611_840));
    assert!(!bare[0].unreadable && !bare[0].inferred && !bare[0].deleted);
}

#[test]
fn an_event_for_each_of_many() {
    let body = serde_json::to_vec(&json!([payload("Booking"), 5, booking_with("Id", json!(8))])).unwrap();
    let readings = read_bytes(Some("BookingCreate"), &body);
    assert_eq!(readings.len(), 3);
    assert_eq!(readings.iter().map(|r| r.position).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(
        readings.iter().map(|r| r.unreadable).collect::<Vec<_>>(),
        [false, true, false]
    );
    assert_eq!(readings[2].entity_id, Some(8));
    assert_eq!(object_at(&body, 2).unwrap()["Id"], 8);
    assert_eq!(object_at(&body, 3), None);
}

#[test]
fn more_than_a_thousand_objects_end_in_one_that_counts_the_rest() {
    let objects: Vec<Value> = (1..=1_003).map(|id| json!({"Id": id, "Name": "x"})).collect();
    let readings = read_bytes(Some("TariffUpdate"), &serde_json::to_vec(&objects).unwrap());
    assert_eq!(readings.len(), 1_001);
    assert_eq!(readings[999].entity_id, Some(1_000));
    assert_eq!(readings[1_000].entity_id, None);
    assert!(
        readings[1_000].sentence.contains('3'),
        "{}",
        readings[1_000].sentence
    );
    let exactly = read_bytes(
        Some("TariffUpdate"),
        &serde_json::to_vec(&objects[..1_000]).unwrap(),
    );
    assert_eq!(exactly.len(), 1_000);
}

#[test]
fn what_cannot_be_read_is_one_event_that_says_so() {
    let truncated = &crate::support::PAYLOADS[2].1.as_bytes()[..700];
    for body in [
        &b""[..],
        b"   ",
        b"not JSON",
        b"null",
        b"17",
        b"\"text\"",
        b"[",
        b"[{\"Id\":",
        b"{]",
        truncated,
        b"\xff\xfe",
        b"\x00\x01",
        b"[17]",
        b"[null]",
        b"Id=7&Name=x",
        b"<xml/>",
    ] {
        let readings = read_bytes(Some("BookingCreate"), body);
        assert_eq!(readings.len(), 1, "{}", body.escape_ascii());
        let reading = &readings[0];
        assert!(reading.unreadable, "{}", body.escape_ascii());
        assert_eq!(reading.repeat_rule, RepeatRule::Doubtful);
        assert_eq!(reading.action, Action::Known(6));
        assert_eq!(reading.happened_at, NOON);
        assert!(
            reading.sentence.contains("Booking created"),
            "{}",
            reading.sentence
        );
        assert_fit_to_show(reading);
    }
    let empty = read_bytes(Some("BookingCreate"), b"[]");
    assert_eq!(empty.len(), 1);
    assert_eq!(empty[0].repeat_rule, RepeatRule::Doubtful);
    assert!(
        empty[0].sentence.contains("Booking created"),
        "{}",
        empty[0].sentence
    );
}

#[test]
fn other_encodings_are_decoded() {
    let text =
        serde_json::to_string(&json!([booking_with("CoworkerFullName", json!("José Núñez"))])).unwrap();
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(order)
            .collect()
    };
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend_from_slice(text.as_bytes());
    // The dash of the sample's note is not in Latin-1.
    let latin: Vec<u8> = text
        .replace('–', "-")
        .chars()
        .map(|c| u8::try_from(c as u32).unwrap())
        .collect();
    for body in [
        text.clone().into_bytes(),
        marked,
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        latin,
    ] {
        let readings = read_bytes(Some("BookingCreate"), &body);
        assert_eq!(readings.len(), 1);
        assert!(!readings[0].unreadable);
        assert_eq!(readings[0].person.as_ref().unwrap().name, "José Núñez");
        assert_eq!(object_at(&body, 0).unwrap()["CoworkerFullName"], "José Núñez");
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    let deep = format!(
        "[{{\"Id\":7,\"CustomFields\":{}{}}}]",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    let readings = read_bytes(Some("TeamCreated"), deep.as_bytes());
    assert_eq!(readings.len(), 1);
    assert_fit_to_show(&readings[0]);
    let _ = object_at(deep.as_bytes(), 0);
    let _ = nexwatch_nexudus::facts::facts(
        deep.as_bytes(),
        0,
        &Action::Known(57),
        Entity::Team,
        &nexwatch_nexudus::Voice::default(),
    );
    for text in ["[".repeat(1_000_000), "{\"a\":".repeat(300_000)] {
        let readings = read_bytes(Some("TeamCreated"), text.as_bytes());
        assert!(readings[0].unreadable);
        let _ = nexwatch_nexudus::private::mask_text(&text);
    }
}

#[test]
fn four_megabytes_are_read() {
    let long = "ä ".repeat(1_300_000);
    let object = booking_with("Notes", json!(long));
    let reading = read_object(Some("BookingCreate"), &object, NOON);
    assert_fit_to_show(&reading);
    assert_eq!(reading.entity_id, Some(1_428_611_840));
    for junk in [
        "\"Password\":".repeat(350_000),
        "=".repeat(4 << 20),
        "\"".repeat(4 << 20),
        "a".repeat(4 << 20),
    ] {
        let (masked, _) = nexwatch_nexudus::private::mask_text(&junk);
        assert!(!masked.is_empty());
        assert!(read_bytes(None, junk.as_bytes())[0].unreadable);
    }
}

#[test]
fn of_a_key_given_twice_the_last_counts() {
    let readings = read_bytes(
        Some("TeamCreated"),
        br#"[{"Id":1,"Name":"First","Name":"Second","Id":2}]"#,
    );
    assert_eq!(readings[0].entity_id, Some(2));
    assert!(
        readings[0].sentence.contains("Second"),
        "{}",
        readings[0].sentence
    );
}

#[test]
fn keys_may_begin_small() {
    let body = serde_json::to_string(&json!([payload("Booking")])).unwrap();
    let small = payload("Booking")
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| (format!("{}{}", key[..1].to_lowercase(), &key[1..]), value.clone()))
        .collect::<serde_json::Map<_, _>>();
    let expected = read_bytes(Some("BookingCreate"), body.as_bytes());
    let found = read_bytes(
        Some("BookingCreate"),
        &serde_json::to_vec(&json!([small])).unwrap(),
    );
    assert_eq!(found, expected);
}

#[test]
fn half_characters_do_not_lose_a_name() {
    let readings = read_bytes(Some("TeamCreated"), br#"[{"Id":1,"Name":"Half \ud83d Moon"}]"#);
    assert!(!readings[0].unreadable);
    assert_eq!(readings[0].entity_id, Some(1));
    assert!(readings[0].sentence.contains("Moon"), "{}", readings[0].sentence);
}

#[test]
fn numbers_as_text_and_text_as_numbers() {
    let mut object = payload("CoworkerInvoice");
    object["Id"] = "1427733210".into();
    object["TotalAmount"] = "354.50".into();
    object["CoworkerId"] = json!(1421300777.0);
    object["InvoiceNumber"] = 418.into();
    object["BusinessId"] = " 1420900101 ".into();
    let reading = read_object(Some("CoworkerInvoicePaid"), &object, NOON);
    assert_eq!(reading.entity_id, Some(1_427_733_210));
    assert_eq!(reading.person.as_ref().unwrap().id, Some(1_421_300_777));
    assert_eq!(reading.location_id, Some(1_420_900_101));
    assert!(reading.sentence.contains("418"), "{}", reading.sentence);
}

#[test]
fn the_bodys_own_location_goes_before_the_urls() {
    let at = |name: &str, route| {
        let body = serde_json::to_vec(&json!([payload(name)])).unwrap();
        read(&Arrival {
            route_action: None,
            route_location: route,
            received_at: NOON,
            body: &body,
            voice: &nexwatch_nexudus::Voice::default(),
        })
        .remove(0)
    };
    for name in [
        "Checkin",
        "CoworkerContract",
        "Coworker",
        "CoworkerInvoice",
        "FloorPlanDesk",
        "Proposal",
        "Team",
    ] {
        let reading = at(name, Some(5));
        assert_eq!(reading.location_id, Some(1_420_900_101), "{name}");
        assert_eq!(reading.location.as_deref(), Some("Harbour Yard"), "{name}");
    }
    assert_eq!(at("Visitor", Some(5)).location_id, Some(1_420_900_101));
    for name in [
        "Booking",
        "HelpDeskComment",
        "CoworkerMessage",
        "CommunityMessage",
        "ChatMessage",
    ] {
        assert_eq!(at(name, Some(5)).location_id, Some(5), "{name}");
        assert_eq!(at(name, None).location_id, None, "{name}");
    }
}

#[test]
fn whose_id_a_persons_id_is() {
    for (name, kind, id, shown) in [
        (
            "Coworker",
            PersonKind::Customer,
            Some(1_421_300_777),
            "Zoë Müller-Ångström",
        ),
        (
            "AccessControl",
            PersonKind::Customer,
            Some(1_421_300_912),
            "Daniel Okafor",
        ),
        (
            "Booking",
            PersonKind::Customer,
            Some(1_421_300_777),
            "Zoë Müller-Ångström",
        ),
        (
            "Visitor",
            PersonKind::Visitor,
            Some(1_431_200_660),
            "Priya Natarajan",
        ),
        (
            "EventAttendee",
            PersonKind::Customer,
            Some(1_421_300_912),
            "Daniel Okafor",
        ),
    ] {
        let person = read_object(None, &payload(name), NOON).person.unwrap();
        assert_eq!(
            (person.kind, person.id, person.name.as_str()),
            (kind, id, shown),
            "{name}"
        );
    }
}

#[test]
fn names_are_made_fit_for_a_row() {
    for (raw, shown) in [
        ("  Ana \n\t  Ruiz ", "Ana Ruiz"),
        ("evil\u{202e}gnp.exe", "evilgnp.exe"),
        ("A\u{0}B\u{7}C", "A B C"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ] {
        let reading = read_object(Some("6"), &booking_with("CoworkerFullName", json!(raw)), NOON);
        assert_eq!(reading.person.as_ref().unwrap().name, shown);
        assert_fit_to_show(&reading);
    }
    let reading = read_object(
        Some("6"),
        &booking_with("CoworkerFullName", json!("é".repeat(5_000))),
        NOON,
    );
    assert!(reading.person.as_ref().unwrap().name.chars().count() <= 301);
    for nobody in ["", "  ", "\u{202e}"] {
        let reading = read_object(Some("6"), &booking_with("CoworkerFullName", json!(nobody)), NOON);
        let person = reading.person.as_ref().unwrap();
        assert_eq!(person.id, Some(1_421_300_777));
        assert_eq!(person.name, "Ångström Design", "the company stands for them");
        assert!(
            reading.sentence.starts_with("Ångström Design")
                || reading.sentence.starts_with("Lighthouse Room"),
            "{}",
            reading.sentence
        );
        assert_fit_to_show(&reading);
    }
}

#[test]
fn somebody_known_by_the_id_only_is_somebody() {
    let mut object = booking_with("CoworkerFullName", json!(null));
    object["CoworkerCompanyName"] = json!("");
    let reading = read_object(Some("6"), &object, NOON);
    let person = reading.person.as_ref().unwrap();
    assert_eq!((person.id, person.name.as_str()), (Some(1_421_300_777), ""));
    assert_eq!(
        reading.sentence,
        "Lighthouse Room (8) was booked for 9 Jun 2026 10:00–11:30"
    );
    assert_fit_to_show(&reading);
    assert!(reading.act().is_some(), "their acts are told by the id");
    object["CoworkerId"] = json!(0);
    assert_eq!(read_object(Some("6"), &object, NOON).person, None);
}

#[test]
fn the_shape_decides_where_it_contradicts_the_action() {
    let reading = read_object(Some("BookingCreate"), &payload("Visitor"), NOON);
    assert_eq!(
        (reading.action, reading.entity),
        (Action::Known(6), Entity::Visitor)
    );
    for (action, name, entity) in [
        (35, "Checkin", Entity::Checkin),
        (36, "Checkin", Entity::Checkin),
        (36, "Coworker", Entity::Coworker),
        (37, "FailedCheckin", Entity::FailedCheckin),
        (37, "Coworker", Entity::Coworker),
        (61, "AccessControl", Entity::Coworker),
        (20, "CreditNote", Entity::CoworkerInvoice),
    ] {
        let reading = read_object(Some(&action.to_string()), &payload(name), NOON);
        assert_eq!(
            (reading.action, reading.entity),
            (Action::Known(action), entity),
            "{action} {name}"
        );
    }
}

#[test]
fn unknown_actions_are_kept_under_their_own_name() {
    let reading = read_object(Some("ResourceExploded"), &payload("Booking"), NOON);
    assert_eq!(reading.action, Action::Other("ResourceExploded".into()));
    assert!(!reading.inferred);
    assert_eq!(reading.entity, Entity::Booking);
    assert_fit_to_show(&reading);
    let blank = read_object(Some("  "), &payload("Booking"), NOON);
    assert!(blank.inferred);
}
