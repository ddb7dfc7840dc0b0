use super::*;
use serde_json::json;

#[test]
fn documented_and_plain_names_are_private() {
    for name in [
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
        "Door PIN",
        "PinNumber",
        "door_code",
        "WiFi password",
        "IBAN",
        "mac-address",
    ] {
        assert!(is_private(name), "{name}");
    }
    for name in [
        "CoworkerId",
        "TaxRate",
        "TaxAmount",
        "FullName",
        "Email",
        "Shipping",
        "SpinClass",
        "Pinterest",
        "CustomerNotes",
        "InvoiceNumber",
        "BookingNumber",
        "BillingDay",
        "Opinion",
        "Cancelled",
        "PinnedOn",
        "ContractNumber",
        "TariffId",
        "",
    ] {
        assert!(!is_private(name), "{name}");
    }
}

#[test]
fn whole_names_are_sorted_for_the_search() {
    assert!(NAMES.is_sorted());
}

#[test]
fn masks_at_any_depth_and_leaves_what_says_nothing() {
    let mut body = json!([{
        "FullName": "Ana", "AccessPincode": "40718", "Password": null, "CardNumber": "",
        "BookingVisitors": [{"VisitorCode": 58231, "FullName": "Bo"}],
        "MacAddresses": ["aa:bb"], "CustomFields": {"Data": [{"Name": "Door PIN", "Value": "1234"}]},
    }]);
    assert_eq!(mask_value(&mut body), 4);
    assert_eq!(
        body,
        json!([{
            "FullName": "Ana", "AccessPincode": MASK, "Password": null, "CardNumber": "",
            "BookingVisitors": [{"VisitorCode": MASK, "FullName": "Bo"}],
            "MacAddresses": MASK, "CustomFields": {"Data": [{"Name": "Door PIN", "Value": MASK}]},
        }])
    );
}

#[test]
fn masks_broken_text() {
    for (text, expected, count) in [
        (
            r#"[{"AccessPincode":"40718","Full"#,
            r#"[{"AccessPincode":"••••","Full"#,
            1,
        ),
        (r#"{"AccessPincode" : 40718"#, r#"{"AccessPincode" : "••••""#, 1),
        (
            r#"{"Access\u0050incode":"4\"07","x":1"#,
            r#"{"Access\u0050incode":"••••","x":1"#,
            1,
        ),
        (
            r#"{"MacAddresses":["a","b"],"x":["#,
            r#"{"MacAddresses":"••••","x":["#,
            1,
        ),
        ("Password=hunter2&name=Ana", "Password=\"••••\"&name=Ana", 1),
        (
            r#"{"Password":null,"Pin":"","#,
            r#"{"Password":null,"Pin":"","#,
            0,
        ),
        ("a: b: c", "a: b: c", 0),
        ("é:ü=", "é:ü=", 0),
    ] {
        assert_eq!(mask_text(text), (expected.to_owned(), count), "{text}");
    }
}

#[test]
fn takes_values_out_of_text() {
    let mut values = Vec::new();
    private_values(
        &json!({"AccessPincode": "40718", "Pin": 12, "a": [{"VisitorCode": 58231}]}),
        &mut values,
    );
    assert_eq!(values, ["40718", "58231"]);
    assert_eq!(without_values("PIN is 40718!".into(), &values), "PIN is ••••!");
    assert_eq!(
        without_values("407189 140718 x40718 40718".into(), &values),
        "407189 140718 x•••• ••••"
    );
}

#[test]
fn a_private_value_in_another_text_of_the_body_goes_too() {
    let mut body = json!({
        "Id": 40718, "AccessPincode": "40718", "Notes": "let him in with 40718", "MacAddresses": ["aa:bb:cc"],
        "Tag": "aa:bb:cc", "CustomFields": [{"Name": "Door PIN", "Value": 9911}], "Reference": "9911/a",
    });
    assert_eq!(mask_value(&mut body), 6);
    assert_eq!(
        body,
        json!({
            "Id": 40718, "AccessPincode": MASK, "Notes": format!("let him in with {MASK}"), "MacAddresses": MASK,
            "Tag": MASK, "CustomFields": [{"Name": "Door PIN", "Value": MASK}], "Reference": format!("{MASK}/a"),
        })
    );
}
