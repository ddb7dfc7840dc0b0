//! What operations and finance read of contracts, billing, proposals, teams, messages, events, content and inventory, in
//! every language.

use crate::support::{
    NOON, PAYLOADS, assert_fit_to_show, assert_no_bare_zero, assert_says_well, body_of, languages, payload,
    read_bytes, read_object, voice,
};
use nexwatch_nexudus::{Action, Category, Learnt, PersonKind, Reading, Saying, facts};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;

/// Actions of the other desks are held to this in `front_desk`.
fn actions() -> impl Iterator<Item = Action> {
    Action::all().filter(|action| {
        !matches!(
            action.category(),
            Category::Bookings
                | Category::Access
                | Category::Visitors
                | Category::Customers
                | Category::Deliveries
        )
    })
}

/// Says a reading in every language, as at noon of its day, and holds it to what holds of all.
fn said(reading: &Reading) -> Vec<String> {
    assert_fit_to_show(reading);
    let kept = Saying::decode(&reading.saying.encode());
    assert_eq!(kept, reading.saying, "the store keeps it");
    languages()
        .map(|language| {
            let sentence = voice(language).say_reading(reading, Some(NOON));
            assert_says_well(&sentence, reading, language);
            sentence
        })
        .collect()
}

fn write_all(out: &mut String, title: &str, sentences: &[String]) {
    writeln!(out, "{title}").unwrap();
    for sentence in sentences {
        assert_no_bare_zero(sentence);
        writeln!(out, "    {sentence}").unwrap();
    }
}

fn with(mut object: Value, changes: &Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        object[field] = value.clone();
    }
    object
}

#[test]
fn every_action_in_every_language() {
    let mut out = String::new();
    for action in actions() {
        let reading = read_object(Some(&action.name()), &body_of(&action), NOON);
        assert_eq!(reading.entity, action.entity());
        let title = format!("{} {}", action.number().unwrap(), action.name());
        write_all(&mut out, &title, &said(&reading));
    }
    insta::assert_snapshot!("back_office", out);
}

#[test]
fn every_action_with_no_field_but_its_id() {
    let mut out = String::new();
    for action in actions() {
        let reading = read_object(Some(&action.name()), &json!({"Id": 7}), NOON);
        let title = format!("{} {}", action.number().unwrap(), action.name());
        write_all(&mut out, &title, &said(&reading));
    }
    insta::assert_snapshot!("back_office_bare", out);
}

/// Of each: what is otherwise, the action, the body, and its fields.
#[rustfmt::skip]
fn cases() -> Vec<(&'static str, &'static str, &'static str, Value)> {
    vec![
        ("cancelled as of a day", "11", "CoworkerContract", json!({"CancellationDate": "2026-06-30T00:00:00Z"})),
        ("as of tomorrow, the day only in the place's time", "11", "CoworkerContract", json!({"CancellationDate": "2026-06-09T23:00:00Z", "CancellationDateLocal": "2026-06-10T00:00:00"})),
        ("to a plan with its day", "13", "CoworkerContract", json!({"NextTariffName": "Private office"})),
        ("to a plan from nowhere", "13", "CoworkerContract", json!({"NextTariffName": "Private office", "TariffName": null, "CoworkerFullName": null, "CoworkerCompanyName": null, "CoworkerBillingName": null})),
        ("a plan, no customer", "10", "CoworkerContract", json!({"CoworkerFullName": null, "CoworkerCompanyName": null, "CoworkerBillingName": null, "CoworkerId": null})),
        ("no plan, no price", "62", "CoworkerContract", json!({"TariffName": null, "TariffPrice": null, "Value": null})),
        ("another currency", "10", "CoworkerContract", json!({"TariffCurrencyCode": "eur", "Price": "1295.50"})),
        ("a currency without a sign", "10", "CoworkerContract", json!({"TariffCurrencyCode": "SEK", "Price": 12000})),
        ("no currency", "10", "CoworkerContract", json!({"TariffCurrencyCode": null})),
        ("still due", "16", "CoworkerInvoice", json!({"Paid": false, "PaidAmount": 0, "DueAmount": 354})),
        ("a draft without a number", "16", "CoworkerInvoice", json!({"Paid": false, "Draft": true, "InvoiceNumber": null, "ToStringText": null})),
        ("a draft with one", "18", "CoworkerInvoice", json!({"Draft": "True"})),
        ("a payment failed, a part is due", "22", "CoworkerInvoice", json!({"Paid": false, "PaidAmount": 234, "DueAmount": "120.0"})),
        ("a part was paid", "23", "CoworkerInvoice", json!({"Paid": false, "PaidAmount": 100, "DueAmount": 254})),
        ("awaits payment, due tomorrow", "24", "CoworkerInvoice", json!({"Paid": 0, "DueAmount": 354, "DueDate": "2026-06-10T00:00:00Z", "DueDateLocal": null})),
        ("cancelled", "19", "CoworkerInvoice", json!({"Void": true})),
        ("refunded in part", "19", "CoworkerInvoice", json!({"Refunded": true, "RefundedAmount": 50})),
        ("billed to the customer under their own name", "21", "CoworkerInvoice", json!({"BillToName": "Zoë Müller-Ångström"})),
        ("billed to nobody", "21", "CoworkerInvoice", json!({"BillToName": null, "CoworkerFullName": null, "CoworkerCompanyName": null})),
        ("a credit note paid", "21", "CreditNote", json!({})),
        ("a credit note deleted", "17", "CreditNote", json!({})),
        ("a credit note without a minus", "20", "CreditNote", json!({"TotalAmount": 59})),
        ("a first credit note, without a number", "15", "CreditNote", json!({"InvoiceNumber": null})),
        ("a debit", "65", "CoworkerLedgerEntry", json!({"Debit": 18.5, "Credit": 0, "Description": null})),
        ("nothing but an invoice", "65", "CoworkerLedgerEntry", json!({"Credit": null, "Debit": null, "Description": " "})),
        ("three of them", "68", "CoworkerProduct", json!({"Quantity": 3, "TotalPrice": 55.5})),
        ("for nothing", "68", "CoworkerProduct", json!({"TotalPrice": 0, "ProductPrice": 0, "UnitPrice": 0})),
        ("by bank transfer", "88", "CoworkerPaymentMethod", json!({"RegularPaymentProvider": "BankTransfer"})),
        ("by something unknown", "88", "CoworkerPaymentMethod", json!({"RegularPaymentProvider": 55, "BusinessName": null})),
        ("a state by its name", "55", "Proposal", json!({"ProposalStatus": "Accepted"})),
        ("an unknown state, no reference, no price", "55", "Proposal", json!({"ProposalStatus": 9, "Reference": null, "ToStringText": null, "Price": null, "TariffPrice": null})),
        ("one member", "57", "Team", json!({"TeamMembers": [1421300777]})),
        ("nobody yet", "57", "Team", json!({"TeamMembers": [], "CoworkerIds": null, "CoworkerFullNames": null, "BusinessName": null})),
        ("without a subject", "45", "HelpDeskMessage", json!({"Subject": null, "HelpDeskDepartmentName": null})),
        ("an internal note", "46", "HelpDeskComment", json!({"Internal": true})),
        ("by the customer", "46", "HelpDeskComment", json!({"CoworkerId": 7, "CoworkerFullName": "Ana Ruiz"})),
        ("from the customer", "51", "CoworkerMessage", json!({"Incoming": true, "Subject": null})),
        ("two days long, no place", "25", "CalendarEvent", json!({"EndDate": "2026-06-19T12:30:00Z", "EndDateLocal": null, "Location": null, "VenueAddress": null})),
        ("without a day", "26", "CalendarEvent", json!({"StartDate": null, "StartDateLocal": null})),
        ("without a name", "25", "CalendarEvent", json!({"Name": null, "ToStringText": null})),
        ("a ticket that costs", "28", "EventAttendee", json!({"EventProductPrice": 12})),
        ("a guest of a customer", "28", "EventAttendee", json!({"FullName": "Ben Guest"})),
        ("who is in", "29", "EventAttendee", json!({"CheckedIn": true})),
        ("known by the e-mail only", "28", "EventAttendee", json!({"FullName": null, "CoworkerId": null, "CoworkerFullName": null})),
        ("out of one group", "34", "NewsLetterSubscriber", json!({"RemovedGroups": [1411100004]})),
        ("out of three groups", "34", "NewsLetterSubscriber", json!({"RemovedGroups": [1, 2, 3]})),
        ("known by the e-mail only", "32", "NewsLetterSubscriber", json!({"Name": null})),
        ("private", "39", "CommunityThread", json!({"Private": true})),
        ("private, by somebody named", "39", "CommunityThread", json!({"Private": 1, "CoworkerFullName": "Ana Ruiz"})),
        ("without an author", "4", "BlogPost", json!({"PostedByFullName": null, "PostedById": null})),
        ("without a title", "5", "BlogPost", json!({"Title": null, "ToStringText": null})),
        ("an office without a plan", "71", "FloorPlanDesk", json!({"ItemType": "Office", "FloorPlanName": null})),
        ("something unknown", "72", "FloorPlanDesk", json!({"ItemType": 17, "Name": null, "ToStringText": null})),
    ]
}

/// Bodies with one thing more, less or otherwise than the sample has.
#[test]
fn what_else_a_sentence_says() {
    let mut out = String::new();
    for (title, action, name, changes) in cases() {
        let object = with(payload(name), &changes);
        let reading = read_object(Some(action), &object, NOON);
        write_all(&mut out, &format!("{action} {name}: {title}"), &said(&reading));
    }
    insta::assert_snapshot!("back_office_more", out);
}

/// Actions that this program does not know, with bodies that it knows and with ones that it does not.
#[test]
fn actions_that_are_yet_to_come() {
    let mut out = String::new();
    let blue = json!({"Id": 7, "Name": "Blue room", "BusinessId": 5, "UpdatedOn": "2026-06-09T08:00:00Z"});
    for (action, object) in [
        ("ResourceCreated", blue.clone()),
        (
            "resource_archived",
            json!({"Id": 7, "ToStringText": "Blue room", "Price": 25, "CurrencyCode": "GBP"}),
        ),
        ("ResourceCreated", json!({"Id": 7})),
        ("91", blue),
        ("BookingReminderSent", payload("Booking")),
        ("CoworkerInvoiceChargedBack", payload("CoworkerInvoice")),
        (
            "TimePassCreated",
            json!({"Id": 7, "CoworkerId": 3, "CoworkerFullName": "Ana Ruiz", "Name": "Day pass"}),
        ),
        (
            "TimePassUsed",
            json!({"Id": 7, "CoworkerId": 3, "CoworkerFullName": "Ana Ruiz", "ToStringText": "Ana Ruiz"}),
        ),
    ] {
        let reading = read_object(Some(action), &object, NOON);
        let title = format!("{action} ({})", reading.action.category().title());
        write_all(&mut out, &title, &said(&reading));
    }
    insta::assert_snapshot!("back_office_unknown", out);
}

#[test]
fn facts_in_every_language() {
    let mut out = String::new();
    for (name, text) in PAYLOADS {
        let object = payload(name);
        let reading = read_object(None, &object, NOON);
        let list = |language| {
            facts::facts(
                text.as_bytes(),
                0,
                &reading.action,
                reading.entity,
                &voice(language),
            )
        };
        let (english, spanish) = (list("en"), list("es"));
        assert_eq!(spanish.len(), english.len(), "{name}");
        writeln!(out, "{name}").unwrap();
        for (fact, other) in english.iter().zip(&spanish) {
            assert_eq!(fact.kind, other.kind);
            for label in [&fact.label, &other.label] {
                assert!(
                    label.chars().next().unwrap().is_uppercase(),
                    "no label in the catalogue: {label}"
                );
            }
            writeln!(
                out,
                "  {} / {}: {} / {}",
                fact.label, other.label, fact.value, other.value
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!("back_office_facts", out);
}

/// Who is known by the id only gets a name when it is learnt; what the row names is not copied.
#[test]
fn the_row_gives_the_names() {
    for action in actions() {
        let reading = read_object(Some(&action.name()), &body_of(&action), NOON);
        let kept = reading.saying.encode();
        for own in [
            reading.person.as_ref().map(|person| &person.name),
            reading.resource.as_ref().map(|thing| &thing.name),
            reading.location.as_ref(),
        ] {
            let Some(own) = own.filter(|own| !own.is_empty()) else {
                continue;
            };
            assert!(
                !kept.contains(&format!("=t{own}\u{1f}")) && !kept.ends_with(&format!("=t{own}")),
                "{kept:?}"
            );
        }
    }
    for (action, name) in [
        ("39", "CommunityThread"),
        ("40", "CommunityMessage"),
        ("88", "CoworkerPaymentMethod"),
    ] {
        let reading = read_object(Some(action), &payload(name), NOON);
        let person = reading.person.as_ref().unwrap();
        assert_eq!((person.kind, person.name.as_str()), (PersonKind::Customer, ""));
        assert!(person.id.is_some());
        let mut scene = reading.scene();
        assert_eq!(scene.person, None);
        scene.person = Some("Somebody New");
        for language in languages() {
            let sentence = voice(language).say(&reading.saying, &scene, None);
            assert!(sentence.contains("Somebody New"), "{sentence}");
        }
    }
}

#[test]
fn what_bodies_tell_of_others() {
    let learnt = |name: &str, object: &Value| {
        read_object(None, object, NOON)
            .learnt
            .iter()
            .map(|one| match one {
                Learnt::Person {
                    kind,
                    id,
                    name,
                    email,
                } => format!(
                    "{kind:?} {id} {} {}",
                    name.as_deref().unwrap_or("-"),
                    email.as_deref().unwrap_or("-")
                ),
                Learnt::Location { id, name } => format!("location {id} {name}"),
                Learnt::Resource { id, location } => format!("resource {id} at {location}"),
            })
            .fold(format!("{name}\n"), |all, one| all + "  " + &one + "\n")
    };
    let mut out = String::new();
    for (name, _) in PAYLOADS {
        out += &learnt(name, &payload(name));
    }
    out += &learnt(
        "CalendarEvent in a room",
        &with(payload("CalendarEvent"), &json!({"ResourceId": 1414920311})),
    );
    out += &learnt(
        "Proposal",
        &with(payload("Proposal"), &json!({"CoworkerEmail": "lab@example.com"})),
    );
    let location = json!({"Id": 1420900101, "Name": "Harbour Yard"});
    let business = read_object(Some("BusinessUpdate"), &location, NOON);
    assert_eq!(
        business.learnt,
        [Learnt::Location {
            id: 1_420_900_101,
            name: "Harbour Yard".into()
        }]
    );
    assert_eq!(business.location_id, Some(1_420_900_101));
    insta::assert_snapshot!("learnt", out);
}

#[test]
fn a_guest_is_not_the_customer_who_signed_them_up() {
    let guest = with(
        payload("EventAttendee"),
        &json!({"FullName": "Ben Guest", "Email": "ben@example.com"}),
    );
    let reading = read_object(Some("28"), &guest, NOON);
    let person = reading.person.as_ref().unwrap();
    assert_eq!(
        (person.kind, person.id, person.name.as_str()),
        (PersonKind::Other, Some(1_417_200_871), "Ben Guest")
    );
    assert_eq!(reading.involved.len(), 1);
    assert_eq!(
        (reading.involved[0].kind, reading.involved[0].id),
        (PersonKind::Customer, Some(1_421_300_912))
    );
    // The guest's address is not the customer's.
    assert!(!format!("{:?}", reading.learnt).contains("ben@example.com"));
    let own = read_object(Some("28"), &payload("EventAttendee"), NOON);
    assert!(own.involved.is_empty());
    assert!(format!("{:?}", own.learnt).contains("daniel.okafor@example.net"));
}

#[test]
fn a_card_number_is_never_said() {
    for action in ["88", "89", "90", "CardExpired"] {
        let mut object = payload("CoworkerPaymentMethod");
        object["CardNumber"] = json!("4242424242424242");
        object["ToStringText"] = json!("4242424242424242");
        object["Notes"] = json!("card 4242424242424242 of Ana");
        object["Name"] = json!("4242424242424242");
        let reading = read_object(Some(action), &object, NOON);
        let mut all = format!("{reading:?}");
        for language in languages() {
            all += &voice(language).say_reading(&reading, None);
        }
        assert!(!all.contains("4242"), "{all}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!("")),
        Just(json!(0)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        (0_i64..12).prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        Just(json!("Ana Ruiz")),
        Just(json!("2026-06-09T08:00:00Z")),
        Just(json!("2026-06-09T10:00:00.1234567")),
        Just(json!([1421300777, "2", {"Id": 3}, null])),
        Just(json!({"Id": 1})),
    ]
}

/// A known action, one that is yet to come, or none.
fn any_action() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        6 => (2_u8..=90).prop_map(|number| Some(number.to_string())),
        1 => Just(None),
        1 => "[A-Z][a-z]{1,8}[A-Z][a-z]{1,8}".prop_map(Some),
        1 => "\\PC{1,30}".prop_map(Some),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is lost or emptied: what is left is a sentence in every language.
    #[test]
    fn anything_may_be_missing(
        index: prop::sample::Index,
        lost in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 0..80),
        inferred: bool,
    ) {
        let all: Vec<Action> = actions().collect();
        let action = index.get(&all);
        let mut object = body_of(action);
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
            let name = action.name();
            said(&read_object((!inferred).then_some(name.as_str()), &object, NOON));
        }
    }

    /// Any JSON under any action gives a row with words in every language.
    #[test]
    fn any_json_is_said(
        action in any_action(),
        which in any::<prop::sample::Index>(),
        values in prop::collection::vec((any::<prop::sample::Index>(), value()), 0..60),
        other in "\\PC{0,10}",
    ) {
        let known: Vec<String> = payload(which.get(PAYLOADS).0).as_object().unwrap().keys().cloned().collect();
        let mut object: serde_json::Map<String, Value> =
            values.into_iter().map(|(at, value)| (at.get(&known).clone(), value)).collect();
        object.insert(other, json!(1));
        let body = serde_json::to_vec(&json!([object, 7, []])).unwrap();
        for reading in read_bytes(action.as_deref(), &body) {
            assert_fit_to_show(&reading);
            for language in languages() {
                let sentence = voice(language).say_reading(&reading, Some(NOON));
                prop_assert!(sentence.chars().any(char::is_alphanumeric) || action.is_some(), "{:?}", sentence);
                prop_assert!(!sentence.trim().is_empty() && !sentence.contains("  "), "{:?}", sentence);
                prop_assert!(!sentence.contains("part-") && !sentence.contains("field-"), "{:?}", sentence);
            }
        }
    }
}
