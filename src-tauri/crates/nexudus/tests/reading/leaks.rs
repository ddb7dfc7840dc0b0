//! Private values never reach what is shown, searched or exported.

use crate::support::{PAYLOADS, body_of, payload, read_bytes};
use nexwatch_nexudus::{Action, facts, private};
use serde_json::{Value, json};

/// Every private field of the platform's documentation.
const DOCUMENTED: &[&str] = &[
    "AccessPincode",
    "AccessCardId",
    "KeyFobNumber",
    "CardNumber",
    "BankAccount",
    "BankName",
    "BankBranch",
    "TaxIDNumber",
    "DateOfBirth",
    "Password",
    "StripeACHBankToken",
    "StripeACHCustomerToken",
    "GoCardlessContractNumber",
    "RegularPaymentContractNumber",
    "CoworkerCardNumber",
    "BillToBankAccount",
    "SpreedlyToken",
    "GoCardlessReference",
    "MethodId",
    "CustomerId",
    "MandateId",
    "MacAddresses",
    "VisitorCode",
    "AttendeeCode",
    "PaymentMethodNumber",
];

fn shown(action: &Action, body: &[u8]) -> String {
    let mut all = String::new();
    for reading in read_bytes(Some(&action.name()), body) {
        all.push_str(&format!("{reading:?}\n"));
        for fact in facts::facts(
            body,
            reading.position,
            &reading.action,
            reading.entity,
            &nexwatch_nexudus::Voice::default(),
        ) {
            all.push_str(&format!("{}: {}\n", fact.label, fact.value));
        }
    }
    all
}

/// Puts a recognisable value under every private field of a body, and says it again in free text.
fn with_secrets(mut object: Value) -> (Value, Vec<String>) {
    let mut secrets = Vec::new();
    for (number, name) in DOCUMENTED.iter().enumerate() {
        let secret = format!("S3cret{number:02}x");
        object[*name] = match number % 3 {
            0 => json!(secret),
            1 => json!([secret.clone()]),
            _ => json!({"Value": secret.clone()}),
        };
        secrets.push(secret);
    }
    object["AccessPincode"] = json!("S3cretPin9");
    object["VisitorCode"] = json!("S3cretCode9");
    secrets.extend([
        "S3cretPin9".to_owned(),
        "S3cretCode9".to_owned(),
        "S3cretDeep9".to_owned(),
        "S3cretDoor9".to_owned(),
    ]);
    for field in [
        "Notes",
        "Description",
        "Subject",
        "MessageText",
        "Message",
        "ToStringText",
        "Name",
        "VisitReason",
        "Body",
    ] {
        object[field] =
            json!("the pin is S3cretPin9, the code S3cretCode9! (S3cretMac9, S3cretDeep9, S3cretDoor9)");
    }
    object["MacAddresses"] = json!(["S3cretMac9"]);
    secrets.push("S3cretMac9".to_owned());
    object["Tag"] = json!("S3cretMac9 S3cretDoor9");
    object["BookingVisitors"] = json!([{"FullName": "Bo", "VisitorCode": "S3cretDeep9"}]);
    object["CustomFields"] = json!({"Data": [{"Name": "Door PIN", "Value": "S3cretDoor9"}]});
    (object, secrets)
}

#[test]
fn private_values_are_in_nothing_that_is_shown() {
    for action in Action::all() {
        let (object, secrets) = with_secrets(body_of(&action));
        let body = serde_json::to_vec(&json!([object])).unwrap();
        let all = shown(&action, &body);
        for secret in &secrets {
            assert!(!all.contains(secret), "{secret} under {}:\n{all}", action.name());
        }
    }
}

#[test]
fn nor_under_the_shape_of_another_body() {
    for (name, _) in PAYLOADS {
        let (object, secrets) = with_secrets(payload(name));
        let body = serde_json::to_vec(&object).unwrap();
        for action in [
            Action::Known(6),
            Action::Known(2),
            Action::Other("New".into()),
            Action::Known(36),
        ] {
            let all = shown(&action, &body);
            for secret in &secrets {
                assert!(
                    !all.contains(secret),
                    "{secret} of {name} under {}:\n{all}",
                    action.name()
                );
            }
        }
    }
}

#[test]
fn private_values_of_the_documented_bodies_are_masked() {
    for (name, text) in PAYLOADS {
        let mut body: Value = serde_json::from_str(text).unwrap();
        let mut values = Vec::new();
        private::private_values(&body, &mut values);
        private::mask_value(&mut body);
        let masked = body.to_string();
        for field in DOCUMENTED {
            let value = &body[0][*field];
            assert!(
                value.is_null() || value == private::MASK,
                "{name} {field} {value}"
            );
        }
        let everything = shown(&Action::Other("New".into()), text.as_bytes());
        for value in values {
            assert!(!masked.contains(&format!(":\"{value}\"")), "{name} {value}");
            assert!(!everything.contains(&value), "{name} {value}");
        }
    }
}

#[test]
fn masking_twice_changes_nothing_more() {
    for (_, text) in PAYLOADS {
        let mut once: Value = serde_json::from_str(text).unwrap();
        private::mask_value(&mut once);
        let mut twice = once.clone();
        private::mask_value(&mut twice);
        assert_eq!(once, twice);
    }
}

#[test]
fn broken_bodies_lose_their_private_values_too() {
    for (name, text) in PAYLOADS {
        let whole: Value = serde_json::from_str(text).unwrap();
        let mut values = Vec::new();
        private::private_values(&whole, &mut values);
        // Cut at every tenth byte: a value cut in the middle is masked as far as it goes.
        for end in (0..text.len())
            .step_by(10)
            .filter(|end| text.is_char_boundary(*end))
        {
            let (masked, _) = private::mask_text(&text[..end]);
            for value in values.iter().filter(|value| value.as_str() != "************4242") {
                assert!(
                    !masked.contains(&format!("\"{value}\"")),
                    "{name} at {end}: {value}"
                );
            }
        }
    }
}
