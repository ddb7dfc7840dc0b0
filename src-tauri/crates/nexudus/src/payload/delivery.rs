//! A parcel or letter for a customer. It may not be assigned yet.

use super::{Object, Understood};
use crate::Named;
use crate::Saying;
use crate::facts::Facts;
use crate::phrase::{Sentence, or};

const KIND: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (1, "Mail", "mail"),
    (2, "Parcel", "parcel"),
    (3, "Check", "cheque"),
    (4, "Publicity", "publicity"),
    (5, "Other", "other"),
];

const HANDLING: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (1, "StoreForCollection", "keep for collection"),
    (2, "Forward", "forward"),
    (3, "OpenScanForward", "open, scan, forward"),
    (4, "OpenScanRecycle", "open, scan, recycle"),
    (5, "OpenScanShred", "open, scan, shred"),
    (6, "OpenScanStoreForCollection", "open, scan, keep for collection"),
    (7, "Recycle", "recycle"),
    (8, "ReturnToSender", "return to sender"),
    (9, "Shred", "shred"),
    (10, "DepositCheck", "deposit the cheque"),
    (11, "Unknown", ""),
];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let name = person.as_ref().map(|person| person.name.as_str());
    let what = f.line("Name");
    let item = or(
        what.as_deref(),
        match f.choice("DeliveryType", KIND) {
            Some("mail") => "Mail",
            Some("parcel") => "A parcel",
            Some("cheque") => "A cheque",
            _ => "A delivery",
        },
    )
    .to_owned();
    let shelf = f.line("Location");
    let sentence = match object.number() {
        52 => Sentence::new(format!("{item} arrived"))
            .and("for", name)
            .aside(shelf),
        53 => Sentence::new(format!("{item} was assigned"))
            .and("to", name)
            .aside(shelf),
        _ => Sentence::new(item).and("for", name).aside(shelf),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: what.map(|name| Named { id: f.id("Id"), name }),
        searched: &[
            "CoworkerCompanyName",
            "CoworkerBillingName",
            "CoworkerEmail",
            "ContractContactFullName",
            "Notes",
            "ReceivedBy",
            "Location",
        ],
        ..Understood::default()
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.text("Delivery", &["Name"]);
    list.say(
        "Kind",
        list.fields.choice("DeliveryType", KIND).map(str::to_owned),
    );
    list.person("For", &["CoworkerFullName", "ContractContactFullName"]);
    list.contact("E-mail", &["CoworkerEmail"]);
    list.text("Company", &["CoworkerCompanyName"]);
    list.text("Kept at", &["Location"]);
    list.text("Received by", &["ReceivedBy"]);
    list.say(
        "Handling",
        list.fields
            .choice("HandlingPreference", HANDLING)
            .map(str::to_owned),
    );
    list.flag("Customer told", "Notified");
    list.flag("Collected", "Collected");
    list.time("Collected on", "CollectedOn");
    list.time("Forwarded on", "ForwardedOn");
    list.time("Scanned on", "ScannedOn");
    list.time("Returned on", "ReturnedToSenderOn");
    list.set("Needs a signature", "RequiresSignature");
    list.long("Notes", &["Notes"]);
}
