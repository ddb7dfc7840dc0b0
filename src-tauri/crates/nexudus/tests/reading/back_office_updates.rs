//! What an update did to a contract, an invoice, a proposal …, told from the state before, in every language.

use crate::support::{
    NOON, PAYLOADS, assert_no_bare_zero, assert_says_well, languages, payload, read_object, voice,
};
use nexwatch_nexudus::change::{Compared, State, compare};
use nexwatch_nexudus::{Action, Reading, Saying};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;

fn with(mut object: Value, changes: &Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        object[field] = value.clone();
    }
    object
}

fn compared(action: Option<&str>, before: &Value, after: &Value) -> (Reading, Compared) {
    let body = |object: &Value| serde_json::to_vec(&json!([object])).unwrap();
    let (old, new) = (body(before), body(after));
    let reading = read_object(action, after, NOON);
    let state = |body| State { body, position: 0 };
    let compared = compare(&reading.action, reading.entity, state(&old), state(&new)).unwrap();
    (reading, compared)
}

/// The sentence of what changed, in every language.
fn said(reading: &Reading, saying: &Saying) -> Vec<String> {
    assert_eq!(&Saying::decode(&saying.encode()), saying, "the store keeps it");
    languages()
        .map(|language| {
            let sentence = voice(language).say(saying, &reading.scene(), Some(NOON));
            assert_says_well(&sentence, reading, language);
            sentence
        })
        .collect()
}

/// Of each: the action, the body, what it means, what the state before had otherwise, and what the newer one has.
#[rustfmt::skip]
fn cases() -> Vec<(&'static str, &'static str, &'static str, Value, Value)> {
    let (contract, invoice, proposal) = ("CoworkerContract", "CoworkerInvoice", "Proposal");
    let due = json!({"Paid": false, "PaidOn": null, "PaidAmount": 0, "DueAmount": 354, "IsDue": true});
    let no_holder = json!({"CoworkerId": null, "CoworkerFullName": null, "CoworkerCompanyName": null, "CoworkerEmail": null, "Available": true});
    vec![
        ("60", contract, "saved", json!({}), json!({"UpdatedOn": "2026-06-02T00:00:00Z"})),
        ("60", contract, "cancelled with its day", json!({}), json!({"Cancelled": true, "CancellationDate": "2026-06-30T00:00:00Z"})),
        ("60", contract, "cancellation set", json!({}), json!({"CancellationDate": "2026-06-30T00:00:00Z", "CancellationDateLocal": "2026-06-30T00:00:00"})),
        ("60", contract, "cancellation moved", json!({"CancellationDate": "2026-06-30T00:00:00Z"}), json!({"CancellationDate": "2026-06-10T00:00:00Z"})),
        ("60", contract, "cancellation withdrawn", json!({"CancellationDate": "2026-06-30T00:00:00Z", "Cancelled": true}), json!({"CancellationDate": null})),
        ("60", contract, "activated", json!({"Active": false}), json!({})),
        ("60", contract, "ended", json!({}), json!({"Active": false, "Notes": "gone"})),
        ("60", contract, "upgraded", json!({"TariffId": 5, "TariffName": "Hot desk", "Value": 120, "TariffPrice": 120}), json!({})),
        ("60", contract, "downgraded, and a note", json!({"TariffId": 5, "TariffName": "Private office", "Value": "1395.0"}), json!({"Notes": "x"})),
        ("60", contract, "another plan, prices in two currencies", json!({"TariffId": 5, "TariffName": "Hot desk", "TariffCurrencyCode": "EUR"}), json!({})),
        ("60", contract, "the plan got another name", json!({"TariffName": "Resident"}), json!({})),
        ("60", contract, "a plan from the next period on", json!({}), json!({"NextTariffId": 9, "NextTariffName": "Private office"})),
        ("60", contract, "not any more", json!({"NextTariffId": 9, "NextTariffName": "Private office"}), json!({})),
        ("60", contract, "another price", json!({}), json!({"Price": 310, "Value": 310})),
        ("60", contract, "paused", json!({}), json!({"InPausedPeriod": true, "InPausedPeriodFrom": "2026-07-01T00:00:00Z", "InPausedPeriodUntil": "2026-08-01T00:00:00Z"})),
        ("60", contract, "no longer paused", json!({"InPausedPeriod": true}), json!({"InPausedPeriod": false})),
        ("60", contract, "renewal moved", json!({}), json!({"RenewalDate": "2026-08-01T00:00:00Z", "RenewalDateLocal": null, "InvoicedPeriod": "2026-08-01T00:00:00Z"})),
        ("60", contract, "term moved", json!({}), json!({"ContractTerm": "2027-12-01T00:00:00Z", "ContractTermLocal": null})),
        ("60", contract, "start moved to tomorrow", json!({}), json!({"StartDate": "2026-06-10T00:00:00Z", "StartDateLocal": null})),
        ("60", contract, "another desk", json!({}), json!({"FloorPlanDeskIds": "7", "FloorPlanDeskNames": "Desk 20", "Desks": [7]})),
        ("60", contract, "a first desk", json!({"FloorPlanDeskNames": null}), json!({})),
        ("60", contract, "no desk any more", json!({}), json!({"FloorPlanDeskNames": null, "Desks": []})),
        ("60", contract, "notes and another thing", json!({}), json!({"Notes": "call", "PurchaseOrder": "PO 7"})),
        ("13", contract, "upgraded", json!({"TariffId": 5, "TariffName": "Hot desk", "Value": 120}), json!({})),
        ("13", contract, "downgraded", json!({"TariffId": 5, "TariffName": "Private office", "Value": 1395}), json!({})),
        ("13", contract, "planned for its renewal", json!({}), json!({"NextTariffName": "Private office"})),
        ("18", invoice, "saved", json!({}), json!({})),
        ("18", invoice, "paid", due.clone(), json!({})),
        ("18", invoice, "paid in part", due.clone(), json!({"Paid": false, "PaidOn": null, "PaidAmount": "100.0", "DueAmount": 254})),
        ("18", invoice, "unpaid again", json!({}), due.clone()),
        ("18", invoice, "refunded", json!({}), json!({"Refunded": true, "RefundedOn": "2026-06-03T00:00:00Z", "RefundedAmount": 354})),
        ("18", invoice, "refunded in part", json!({}), json!({"RefundedAmount": 50})),
        ("18", invoice, "voided", due.clone(), with(due.clone(), &json!({"Void": true, "DueAmount": 0}))),
        ("18", invoice, "issued", with(due.clone(), &json!({"Draft": true, "InvoiceNumber": null})), due.clone()),
        ("18", invoice, "sent", with(due.clone(), &json!({"Sent": false, "SentOn": null})), due.clone()),
        ("18", invoice, "amount", json!({"TotalAmount": 300}), json!({})),
        ("18", invoice, "due date moved, and a note", json!({}), json!({"DueDate": "2026-06-30T00:00:00Z", "DueDateLocal": null, "Description": "x"})),
        ("18", invoice, "a credit applied", due.clone(), with(due.clone(), &json!({"CreditedAmount": 59, "DueAmount": 295}))),
        ("18", invoice, "a payment tried", due.clone(), with(due.clone(), &json!({"LastPaymentAttempt": "2026-06-03T00:00:00Z"}))),
        ("18", invoice, "a note", json!({}), json!({"Description": "Thank you"})),
        ("18", "CreditNote", "sent", json!({"Sent": false}), json!({})),
        ("18", "CreditNote", "amount", json!({"TotalAmount": -49}), json!({})),
        ("67", "CoworkerLedgerEntry", "amount", json!({"Credit": 300}), json!({})),
        ("67", "CoworkerLedgerEntry", "another invoice", json!({"CoworkerInvoiceInvoiceNumber": null, "CoworkerInvoiceId": null}), json!({})),
        ("67", "CoworkerLedgerEntry", "described otherwise", json!({"Description": "x"}), json!({})),
        ("67", "CoworkerLedgerEntry", "saved", json!({}), json!({})),
        ("69", "CoworkerProduct", "invoiced", json!({}), json!({"Invoiced": true, "InvoicedOn": "2026-06-09T09:00:00Z", "CoworkerInvoiceNumber": "HY-2026-000500"})),
        ("69", "CoworkerProduct", "paid", json!({}), json!({"CoworkerInvoicePaid": true})),
        ("69", "CoworkerProduct", "price", json!({}), json!({"Price": 20, "UnitPrice": 20, "TotalPrice": 20})),
        ("69", "CoworkerProduct", "two of them", json!({}), json!({"Quantity": 2, "TotalPrice": 37})),
        ("69", "CoworkerProduct", "until a day", json!({}), json!({"RepeatUntil": "2026-12-31T00:00:00Z"})),
        ("69", "CoworkerProduct", "until another day", json!({"RepeatUntil": "2026-11-30T00:00:00Z"}), json!({"RepeatUntil": "2026-12-31T00:00:00Z"})),
        ("69", "CoworkerProduct", "a note", json!({}), json!({"Notes": "x"})),
        ("69", "CoworkerProduct", "saved", json!({}), json!({})),
        ("90", "CoworkerPaymentMethod", "another card", json!({}), json!({"CardNumber": "************1111", "MethodId": "pm_OTHER", "ToStringText": "************1111"})),
        ("90", "CoworkerPaymentMethod", "another provider", json!({"RegularPaymentProvider": 12}), json!({})),
        ("90", "CoworkerPaymentMethod", "a note", json!({}), json!({"Notes": "x"})),
        ("90", "CoworkerPaymentMethod", "saved", json!({}), json!({})),
        ("55", proposal, "sent", json!({"ProposalStatus": 1, "SentOn": null}), json!({})),
        ("55", proposal, "accepted", json!({}), json!({"ProposalStatus": "Accepted"})),
        ("55", proposal, "rejected", json!({}), json!({"ProposalStatus": 4})),
        ("55", proposal, "a draft again", json!({}), json!({"ProposalStatus": 1})),
        ("55", proposal, "opened", json!({}), json!({"CustomerLastOpenedDate": "2026-06-09T10:00:00Z"})),
        ("55", proposal, "sent again", json!({}), json!({"SentOn": "2026-06-09T10:00:00Z"})),
        ("55", proposal, "price", json!({"Price": 1450}), json!({})),
        ("55", proposal, "plan", json!({"TariffId": 5, "TariffName": "Hot desk", "Price": 120}), json!({})),
        ("55", proposal, "start", json!({}), json!({"StartDate": "2026-08-01T00:00:00Z", "StartDateLocal": null})),
        ("55", proposal, "expiry", json!({}), json!({"ExpirationDate": "2026-06-10T00:00:00Z"})),
        ("55", proposal, "notes", json!({}), json!({"Notes": "x"})),
        ("55", proposal, "saved", json!({}), json!({})),
        ("58", "Team", "one joined", json!({"TeamMembers": [1421300777, 1421300780], "CoworkerIds": "1421300777,1421300780", "CoworkerFullNames": "Zoë Müller-Ångström, Ana Sample"}), json!({})),
        ("58", "Team", "two joined", json!({"TeamMembers": [1421300777], "CoworkerIds": "1421300777", "CoworkerFullNames": "Zoë Müller-Ångström"}), json!({})),
        ("58", "Team", "four joined", json!({"TeamMembers": [1], "CoworkerIds": "1", "CoworkerFullNames": "Old"}), json!({"TeamMembers": [1, 2, 3, 4, 5], "CoworkerIds": "1,2,3,4,5", "CoworkerFullNames": "Old, Ana, Ben, Cem, Dana"})),
        ("58", "Team", "one left", json!({}), json!({"TeamMembers": [1421300777, 1421300780], "CoworkerIds": "1421300777,1421300780", "CoworkerFullNames": "Zoë Müller-Ångström, Ana Sample"})),
        ("58", "Team", "one came, one went", json!({}), json!({"TeamMembers": [1421300777, 1421300780, 7], "CoworkerIds": "1421300777,1421300780,7", "CoworkerFullNames": "Zoë Müller-Ångström, Ana Sample, Cem Other"})),
        ("58", "Team", "one joined, names spoilt by a comma", json!({"TeamMembers": [1421300777, 1421300780], "CoworkerIds": "1421300777,1421300780"}), json!({"CoworkerFullNames": "Müller, Zoë, Sample, Ana, Sample, Ben"})),
        ("58", "Team", "two left, no names", json!({"CoworkerFullNames": null}), json!({"TeamMembers": [1421300777], "CoworkerIds": null, "CoworkerFullNames": null})),
        ("58", "Team", "another pays", json!({"PayingMemberId": 1421300780, "PayingMemberFullName": "Ana Sample"}), json!({})),
        ("58", "Team", "nobody pays", json!({}), json!({"PayingMemberId": null, "PayingMemberFullName": null})),
        ("58", "Team", "renamed", json!({"Name": "Old Design"}), json!({})),
        ("58", "Team", "most members", json!({}), json!({"MaxTeamMemberCount": 8})),
        ("58", "Team", "only another order", json!({}), json!({"TeamMembers": [1421300791, 1421300780, 1421300777]})),
        ("26", "CalendarEvent", "moved in the day", json!({}), json!({"StartDate": "2026-06-18T12:30:00Z", "EndDate": "2026-06-18T13:30:00Z", "StartDateLocal": "2026-06-18T13:30:00", "EndDateLocal": "2026-06-18T14:30:00"})),
        ("26", "CalendarEvent", "moved to another day", json!({}), json!({"StartDate": "2026-06-19T11:30:00Z", "EndDate": "2026-06-19T12:30:00Z", "StartDateLocal": null, "EndDateLocal": null})),
        ("26", "CalendarEvent", "renamed", json!({"Name": "Lunch"}), json!({})),
        ("26", "CalendarEvent", "elsewhere", json!({}), json!({"Location": "Roof terrace"})),
        ("26", "CalendarEvent", "more places", json!({}), json!({"Allocation": 40})),
        ("26", "CalendarEvent", "described otherwise", json!({}), json!({"ShortDescription": "x", "LongDescription": "y"})),
        ("26", "CalendarEvent", "saved", json!({}), json!({})),
        ("29", "EventAttendee", "checked in", json!({}), json!({"CheckedIn": true, "CheckedInDate": "2026-06-18T11:31:00Z"})),
        ("29", "EventAttendee", "taken back", json!({"CheckedIn": true}), json!({})),
        ("29", "EventAttendee", "paid", json!({"EventProductPrice": 12}), json!({"EventProductPrice": 12, "CoworkerInvoicePaid": true, "Invoiced": true})),
        ("29", "EventAttendee", "another ticket", json!({"EventProductId": 3, "EventProductName": "Guest ticket"}), json!({})),
        ("29", "EventAttendee", "reminded", json!({}), json!({"Reminded": true})),
        ("29", "EventAttendee", "saved", json!({}), json!({})),
        ("5", "BlogPost", "renamed", json!({"Title": "Booths"}), json!({})),
        ("5", "BlogPost", "published later", json!({}), json!({"PublishDate": "2026-06-10T07:00:00Z"})),
        ("5", "BlogPost", "publication set", json!({"PublishDate": null}), json!({})),
        ("5", "BlogPost", "its end set", json!({}), json!({"UnpublishDate": "2026-06-30T07:00:00Z"})),
        ("5", "BlogPost", "text", json!({}), json!({"FullText": "x", "SummaryText": "y"})),
        ("5", "BlogPost", "saved", json!({}), json!({})),
        ("73", "FloorPlanDesk", "taken", no_holder.clone(), json!({})),
        ("73", "FloorPlanDesk", "freed", json!({}), no_holder),
        ("73", "FloorPlanDesk", "handed on", json!({"CoworkerId": 7, "CoworkerFullName": "Ana Ruiz"}), json!({})),
        ("73", "FloorPlanDesk", "made available", json!({}), json!({"Available": true})),
        ("73", "FloorPlanDesk", "no longer available", json!({"Available": true}), json!({})),
        ("73", "FloorPlanDesk", "price", json!({"Price": 280}), json!({})),
        ("73", "FloorPlanDesk", "renamed", json!({"Name": "Desk 13b"}), json!({})),
        ("73", "FloorPlanDesk", "on another floor", json!({"FloorPlanId": 5, "FloorPlanName": "Floor 1"}), json!({})),
        ("73", "FloorPlanDesk", "size", json!({}), json!({"Size": 5, "Capacity": 2})),
        ("73", "FloorPlanDesk", "saved", json!({}), json!({"SensorLastValue": 3})),
    ]
}

#[test]
fn every_meaning_in_every_language() {
    let mut out = String::new();
    for (action, name, title, before, after) in cases() {
        let (before, after) = (with(payload(name), &before), with(payload(name), &after));
        let (reading, compared) = compared(Some(action), &before, &after);
        writeln!(out, "{action} {name}: {title}").unwrap();
        let saying = compared
            .saying
            .unwrap_or_else(|| panic!("{action} {name}: {title}"));
        for sentence in said(&reading, &saying) {
            assert_no_bare_zero(&sentence);
            assert!(!sentence.contains("1111"), "a card number: {sentence}");
            writeln!(out, "    {sentence}").unwrap();
        }
    }
    insta::assert_snapshot!("back_office_updates", out);
}

/// Plans, products, floor plans, locations and groups; bodies that come without an action.
#[test]
fn what_has_no_meaning_of_its_own() {
    let mut out = String::new();
    let plain = json!({"Id": 7, "Name": "Hot desk", "Price": 120, "CurrencyCode": "GBP", "Description": "x", "Visible": true});
    let helpdesk = payload("HelpDeskMessage");
    let subscriber = payload("NewsLetterSubscriber");
    for (action, title, before, after) in [
        (
            Some("76"),
            "price",
            plain.clone(),
            with(plain.clone(), &json!({"Price": 130})),
        ),
        (
            Some("76"),
            "renamed",
            plain.clone(),
            with(plain.clone(), &json!({"Name": "Flex desk"})),
        ),
        (
            Some("83"),
            "fields",
            plain.clone(),
            with(plain.clone(), &json!({"Description": "y", "Visible": false})),
        ),
        (Some("80"), "saved", plain.clone(), plain.clone()),
        (
            Some("84"),
            "fields of a location",
            plain.clone(),
            with(plain.clone(), &json!({"Visible": false})),
        ),
        (
            Some("87"),
            "renamed",
            plain.clone(),
            with(plain.clone(), &json!({"Name": "Runners"})),
        ),
        (
            Some("87"),
            "no name",
            json!({"Id": 7, "A": 1}),
            json!({"Id": 7, "A": 2}),
        ),
        (
            None,
            "closed",
            helpdesk.clone(),
            with(
                helpdesk.clone(),
                &json!({"Closed": true, "ClosedOn": "2026-06-09T10:00:00Z"}),
            ),
        ),
        (
            None,
            "opened again",
            with(helpdesk.clone(), &json!({"Closed": true})),
            helpdesk.clone(),
        ),
        (
            None,
            "assigned",
            helpdesk.clone(),
            with(
                helpdesk.clone(),
                &json!({"OwnerId": 3, "OwnerFullName": "Sam Manager"}),
            ),
        ),
        (
            None,
            "priority",
            helpdesk.clone(),
            with(helpdesk.clone(), &json!({"Priority": 1})),
        ),
        (
            None,
            "unsubscribed",
            subscriber.clone(),
            with(subscriber.clone(), &json!({"Active": false})),
        ),
        (
            None,
            "groups",
            subscriber.clone(),
            with(subscriber.clone(), &json!({"Groups": [1, 2]})),
        ),
        (
            None,
            "unknown things",
            json!({"Id": 7, "A": 1, "ToStringText": "Seven"}),
            json!({"Id": 7, "A": 2, "ToStringText": "Seven"}),
        ),
    ] {
        let (reading, compared) = compared(action, &before, &after);
        writeln!(out, "{} {title}", reading.action.name()).unwrap();
        for sentence in said(&reading, &compared.saying.unwrap()) {
            writeln!(out, "    {sentence}").unwrap();
        }
    }
    insta::assert_snapshot!("back_office_updates_plain", out);
}

/// Only an update is told as one: the state before a creation, payment or deletion says nothing of the act.
#[test]
fn other_actions_keep_their_own_sentence() {
    for action in [
        "10",
        "11",
        "16",
        "21",
        "22",
        "54",
        "57",
        "28",
        "88",
        "4",
        "71",
        "PlanMerged",
    ] {
        let known = Action::parse(action);
        let name = PAYLOADS
            .iter()
            .map(|(name, _)| *name)
            .find(|name| *name == known.entity().name());
        let object = payload(name.unwrap_or("CoworkerContract"));
        let after = with(
            object.clone(),
            &json!({"Notes": "x", "Price": 7, "Active": false, "Name": "Other"}),
        );
        let (_, compared) = compared(Some(action), &object, &after);
        assert!(!compared.fields.is_empty());
        assert_eq!(compared.saying, None, "{action}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever two states of an entity are like: the sentence of what changed reads well in every language.
    #[test]
    fn any_two_states(
        which in any::<prop::sample::Index>(),
        known: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..8, any::<bool>()), 0..40),
    ) {
        let all = cases();
        let (action, name, _, before, after) = which.get(&all);
        let mut states = [with(payload(name), before), with(payload(name), after)];
        let names: Vec<String> = states[0].as_object().unwrap().keys().cloned().collect();
        for (at, how, old) in changes {
            let value = match how {
                0 => Value::Null,
                1 => json!(""),
                2 => json!([]),
                3 => json!("Other"),
                4 => json!(7),
                5 => json!(true),
                6 => json!("2026-06-10T09:00:00Z"),
                _ => json!(false),
            };
            let name = at.get(&names);
            if name != "Id" {
                states[usize::from(!old)][name] = value;
            }
        }
        let (reading, compared) = compared(known.then_some(action), &states[0], &states[1]);
        if let Some(saying) = compared.saying {
            said(&reading, &saying);
        }
    }
}
