//! When an event happened, and what counts as a repeat (the rules are in `when`).

use crate::support::{HOUR, NOON, at, payload, read_object};
use nexwatch_nexudus::{Action, RepeatRule, time};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

fn with(name: &str, changes: &[(&str, Value)]) -> Value {
    let mut object = payload(name);
    for (field, value) in changes {
        object[*field] = value.clone();
    }
    object
}

fn stamp(ms: i64) -> Value {
    time::rfc3339(ms).into()
}

#[test]
fn updated_on_within_its_bounds_else_the_arrival() {
    for (updated, expected) in [
        (NOON, NOON),
        (NOON - 10_000, NOON - 10_000),
        (NOON - 48 * HOUR, NOON - 48 * HOUR),
        (NOON - 48 * HOUR - 1, NOON),
        (NOON + 5 * MINUTE, NOON + 5 * MINUTE),
        (NOON + 5 * MINUTE + 1, NOON),
    ] {
        let object = with("Booking", &[("UpdatedOn", stamp(updated))]);
        assert_eq!(
            read_object(Some("BookingCreate"), &object, NOON).happened_at,
            expected,
            "{}",
            updated - NOON
        );
    }
    for broken in [
        Value::Null,
        json!("soon"),
        json!({}),
        json!("0001-01-01T00:00:00Z"),
        json!(17),
    ] {
        let object = with("Booking", &[("UpdatedOn", broken.clone())]);
        assert_eq!(
            read_object(Some("6"), &object, NOON).happened_at,
            NOON,
            "{broken}"
        );
    }
}

#[test]
fn the_acts_own_time_comes_first() {
    let act = NOON - 7 * MINUTE;
    let local = json!("1999-01-01T00:00:00");
    for (action, body, field) in [
        ("FailedCheckin", "FailedCheckin", "CheckinAttemptTime"),
        ("CoworkerCheckinFailed", "FailedCheckin", "CheckinAttemptTime"),
        ("CoworkerCheckin", "Checkin", "FromTime"),
        ("CheckinCreated", "Checkin", "FromTime"),
        ("CoworkerCheckout", "Checkin", "ToTime"),
        ("VisitorCheckedin", "Visitor", "CheckedInAt"),
        ("CoworkerInvoicePaid", "CoworkerInvoice", "PaidOn"),
        (
            "CoworkerInvoiceFailedPayment",
            "CoworkerInvoice",
            "LastPaymentAttempt",
        ),
        ("CoworkerInvoiceRefund", "CoworkerInvoice", "RefundedOn"),
    ] {
        let updated = NOON - MINUTE;
        let own = with(
            body,
            &[
                ("UpdatedOn", stamp(updated)),
                (field, stamp(act)),
                ("FromTimeLocal", local.clone()),
            ],
        );
        assert_eq!(read_object(Some(action), &own, NOON).happened_at, act, "{action}");
        let stale = with(
            body,
            &[
                ("UpdatedOn", stamp(updated)),
                (field, stamp(NOON - 60 * HOUR)),
                ("ArrivalDate", Value::Null),
            ],
        );
        assert_eq!(
            read_object(Some(action), &stale, NOON).happened_at,
            updated,
            "{action}: act out of bounds"
        );
        let none = with(
            body,
            &[
                ("UpdatedOn", stamp(updated)),
                (field, Value::Null),
                ("ArrivalDate", Value::Null),
            ],
        );
        assert_eq!(
            read_object(Some(action), &none, NOON).happened_at,
            updated,
            "{action}: no time of the act"
        );
    }
    let arrived = with(
        "Visitor",
        &[("CheckedInAt", Value::Null), ("ArrivalDate", stamp(act))],
    );
    assert_eq!(
        read_object(Some("VisitorCheckedin"), &arrived, NOON).happened_at,
        act
    );
}

#[test]
fn a_body_that_the_act_does_not_change_tells_no_time() {
    for (action, body) in [
        ("CoworkerCheckout", "Coworker"),
        ("CoworkerCheckin", "Coworker"),
        ("CoworkerCheckinFailed", "Coworker"),
        ("AccessControlUpdate", "AccessControl"),
        ("SendWelcomeEmail", "Coworker"),
        ("VisitorNotification", "Visitor"),
    ] {
        let object = with(body, &[("UpdatedOn", stamp(NOON - HOUR))]);
        let reading = read_object(Some(action), &object, NOON);
        assert_eq!(reading.happened_at, NOON, "{action}");
        assert_eq!(reading.repeat_rule, RepeatRule::Brief, "{action}");
    }
}

#[test]
fn a_deletion_happened_when_it_arrived() {
    let mut deletions = 0;
    for action in Action::all().filter(Action::deletes) {
        let mut object = crate::support::body_of(&action);
        object["UpdatedOn"] = stamp(NOON - HOUR);
        let reading = read_object(Some(&action.name()), &object, NOON);
        assert_eq!(reading.happened_at, NOON, "{}", action.name());
        assert!(reading.deleted);
        deletions += 1;
    }
    assert_eq!(
        deletions,
        Action::all()
            .filter(|action| action.name().contains("Delete"))
            .count()
    );
}

#[test]
fn how_a_repeat_is_told() {
    for action in Action::all() {
        let object = crate::support::body_of(&action);
        let reading = read_object(Some(&action.name()), &object, NOON);
        let expected = match action.number() {
            Some(61 | 9 | 38) => RepeatRule::Brief,
            _ => RepeatRule::Window,
        };
        assert_eq!(reading.repeat_rule, expected, "{}", action.name());
    }
    for (action, object) in [
        (None, payload("Booking")),
        (Some("ResourceExploded"), payload("Booking")),
        (Some("BookingCreate"), json!({"ResourceName": "Room"})),
        (Some("BookingCreate"), json!({})),
    ] {
        assert_eq!(
            read_object(action, &object, NOON).repeat_rule,
            RepeatRule::Doubtful,
            "{action:?} {object}"
        );
    }
}

#[test]
fn updated_on_is_kept_to_its_last_digit() {
    let object = payload("Booking");
    let reading = read_object(Some("BookingCreate"), &object, NOON);
    let stamp = reading.updated_on.unwrap();
    assert_eq!(stamp.0 % 10_000_000, 4_515_198);
    assert_eq!(stamp.ms(), at("2026-06-08T09:52:31.451Z"));
}
