//! A parcel or letter for a customer. It may not be assigned yet.

use super::{Object, Understood, changed};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Named, Saying};

const KIND: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (1, "Mail", "delivery-mail"),
    (2, "Parcel", "delivery-parcel"),
    (3, "Check", "delivery-cheque"),
    (4, "Publicity", "delivery-publicity"),
    (5, "Other", ""),
];

/// The same, as the value of a fact.
const KIND_NAME: &[(i64, &str, &str)] = &[
    (1, "Mail", "kind-mail"),
    (2, "Parcel", "kind-parcel"),
    (3, "Check", "kind-cheque"),
    (4, "Publicity", "kind-publicity"),
];

const HANDLING: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (1, "StoreForCollection", "handling-store"),
    (2, "Forward", "handling-forward"),
    (3, "OpenScanForward", "handling-scan-forward"),
    (4, "OpenScanRecycle", "handling-scan-recycle"),
    (5, "OpenScanShred", "handling-scan-shred"),
    (6, "OpenScanStoreForCollection", "handling-scan-store"),
    (7, "Recycle", "handling-recycle"),
    (8, "ReturnToSender", "handling-return"),
    (9, "Shred", "handling-shred"),
    (10, "DepositCheck", "handling-deposit"),
    (11, "Unknown", ""),
];

/// What becomes of a delivery, the end of its way first: a flag, its day, the message.
const FATES: &[(&str, &str, &str)] = &[
    ("Collected", "CollectedOn", "delivery-collected"),
    ("Forwarded", "ForwardedOn", "delivery-forwarded"),
    ("ReturnedToSender", "ReturnedToSenderOn", "delivery-returned"),
    ("CheckDeposited", "CheckDepositedOn", "delivery-deposited"),
    ("Shredded", "ShreddedOn", "delivery-shredded"),
    ("Recycled", "RecycledOn", "delivery-recycled"),
    ("Scanned", "ScannedOn", "delivery-scanned"),
];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        52 => "delivery-arrived",
        53 => "delivery-assigned",
        _ => FATES
            .iter()
            .find(|(flag, day, _)| is_done(f, flag, day))
            .map_or("delivery", |(_, _, message)| message),
    };
    Understood {
        saying: Some(about(message, f)),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.line("Name").map(|name| Named { id: f.id("Id"), name }),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
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

/// A message about a delivery: what it is where it has no name, and on which shelf.
fn about(message: &'static str, f: &Fields) -> Saying {
    Saying::new(message)
        .word("kind", f.choice("DeliveryType", KIND))
        .text("shelf", f.line("Location"))
}

fn is_done(f: &Fields, flag: &str, day: &str) -> bool {
    f.is(flag) || f.stamp(day).is_some()
}

const OWNER: &[&str] = &[
    "CoworkerId",
    "CoworkerFullName",
    "CoworkerCoworkerType",
    "CoworkerEmail",
    "CoworkerBillingName",
    "CoworkerCompanyName",
    "CoworkerTeamNames",
    "ContractContactId",
    "ContractContactFullName",
    "ContractContactEmail",
];

/// What a newer state of a delivery did. The platform has no action of its own for it: it is assigned again, or its body
/// comes without an action.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[53]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    let fate = FATES
        .iter()
        .find(|(flag, day, _)| is_done(f, flag, day) && !is_done(before, flag, day));
    if let Some((flag, day, message)) = fate {
        let mut told_of = vec![*flag, *day, "Processed"];
        if *flag == "Collected" {
            told_of.extend(["Signed", "SignatureFileName"]);
        }
        let signed = *flag == "Collected" && update.of("Signed") && f.is("Signed");
        let message = if signed { "delivery-signed" } else { message };
        return told(about(message, f), &told_of);
    }
    if update.of("Signed") && f.is("Signed") {
        return told(
            about("delivery-signed", f),
            &["Signed", "SignatureFileName", "Processed"],
        );
    }
    if update.of("CoworkerId") {
        let from = before.first(&["CoworkerFullName", "CoworkerBillingName", "CoworkerCompanyName"]);
        let message = match (&from, f.id("CoworkerId")) {
            (_, None) => "delivery-unassigned",
            (Some(_), Some(_)) => "delivery-reassigned",
            (None, Some(_)) => "delivery-assigned",
        };
        // That the customer is told comes with it.
        return told(
            about(message, f).text("from", from),
            &[OWNER, &["Notified"]].concat(),
        );
    }
    if update.of("Notified") && f.is("Notified") {
        return told(about("delivery-notified", f), &["Notified"]);
    }
    if update.of("Location")
        && let (Some(from), Some(_)) = (before.line("Location"), f.line("Location"))
    {
        return told(about("delivery-moved", f).text("from", Some(from)), &["Location"]);
    }
    let list = changed::list("delivery-changed", "delivery-saved", update, &[]);
    Some(list.word("kind", f.choice("DeliveryType", KIND)))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("delivery", &["Name"]);
    list.choice("delivery-kind", "DeliveryType", KIND_NAME);
    list.person("for", &["CoworkerFullName", "ContractContactFullName"]);
    list.contact("email", &["CoworkerEmail"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.text("location", &["BusinessName"]);
    list.text("kept-at", &["Location"]);
    list.text("received-by", &["ReceivedBy"]);
    list.choice("handling", "HandlingPreference", HANDLING);
    list.flag("customer-told", "Notified");
    list.flag("collected", "Collected");
    list.time("collected-on", "CollectedOn");
    list.time("forwarded-on", "ForwardedOn");
    list.time("scanned-on", "ScannedOn");
    list.time("returned-on", "ReturnedToSenderOn");
    list.set("needs-a-signature", "RequiresSignature");
    list.set("signed", "Signed");
    list.long("notes", &["Notes"]);
}
