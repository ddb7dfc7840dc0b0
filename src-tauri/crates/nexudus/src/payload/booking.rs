//! A booking of a room or desk. It names neither location nor e-mail.

use super::{Object, Understood, changed};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Amount, Named, Saying};

const CURRENCY: &[&str] = &["CoworkerExtraServiceCurrencyCode", "CurrencyCode"];
const ROOM: &[&str] = &["ResourceName", "FloorPlanDeskName"];
const CUSTOMER: &[&str] = &["CoworkerFullName", "CoworkerBillingName", "CoworkerCompanyName"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        6 if f.is("IsTour") => "booking-tour",
        6 if f.is("Tentative") => "booking-tentative",
        6 => "booking-created",
        7 if is_cancelled(f) => "booking-cancelled",
        7 => "booking-updated",
        8 => "booking-cancelled",
        _ => "booking",
    };
    let visitors = f.length("BookingVisitors").filter(|count| *count > 0);
    Understood {
        saying: Some(
            about(message, f).count("visitors", visitors.and_then(|count| i64::try_from(count).ok())),
        ),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.first(ROOM).map(|name| Named {
            id: f.id("ResourceId").or_else(|| f.id("FloorPlanDeskId")),
            name,
        }),
        amount: price(f),
        currency: f.currency(CURRENCY),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &[
            "CoworkerCompanyName",
            "CoworkerTeamNames",
            "BookingNumber",
            "Notes",
            "InternalNotes",
            "CoworkerInvoiceNumber",
            "ResourceResourceTypeName",
            "PurchaseOrder",
        ],
        ..Understood::default()
    }
}

/// A message about a booking, which says when it is for.
fn about(message: &'static str, f: &Fields) -> Saying {
    Saying::new(message).span("span", f.when("FromTime"), f.when("ToTime"))
}

/// The platform removes a cancelled booking (action 8); should a body ever say so of itself, it is believed.
fn is_cancelled(f: &Fields) -> bool {
    f.is("Cancelled") || f.is("IsCancelled") || f.stamp("CancelledOn").is_some()
}

fn price(f: &Fields) -> Option<Amount> {
    ["OverridePrice", "EstimatedCost", "CoworkerExtraServicePrice"]
        .iter()
        .find_map(|name| f.amount(name))
}

/// Fields that follow from the times.
const TIMES: &[&str] = &["FromTime", "ToTime", "MinutesToStart"];
/// Fields that follow from the room: its kind, its size, its rules, its price.
const ROOMS: &[&str] = &[
    "ResourceId",
    "ResourceName",
    "ResourceAllocation",
    "ResourceHideInCalendar",
    "ResourceNoReturnPolicy",
    "ResourceNoReturnPolicyAllResources",
    "ResourceNoReturnPolicyAllUsers",
    "ResourceResourceTypeId",
    "ResourceResourceTypeName",
    "FloorPlanDeskId",
    "FloorPlanDeskName",
];
/// Fields that follow from the customer.
const CUSTOMERS: &[&str] = &[
    "CoworkerId",
    "CoworkerFullName",
    "CoworkerCoworkerType",
    "CoworkerMobilePhone",
    "CoworkerLandLine",
    "CoworkerBillingName",
    "CoworkerCompanyName",
    "CoworkerTeamNames",
    "TeamsAtTheTimeOfBooking",
    "TariffAtTheTimeOfBooking",
];
const CANCELLED: &[&str] = &[
    "Cancelled",
    "IsCancelled",
    "CancelledOn",
    "CancelledBy",
    "CancellationReason",
];
const PAID: &[&str] = &["CoworkerInvoicePaid", "Billed"];
const INVOICED: &[&str] = &[
    "Invoiced",
    "InvoiceDate",
    "InvoiceNow",
    "ChargeNow",
    "Billed",
    "Invoice",
    "CoworkerInvoiceId",
    "CoworkerInvoiceNumber",
];
const PRICES: &[&str] = &[
    "OverridePrice",
    "EstimatedCost",
    "EstimatedCostWithProducts",
    "EstimagedCost",
    "CoworkerExtraServicePrice",
    "CoworkerExtraServiceCurrencyCode",
    "CurrencyCode",
];
/// What another time or room costs is reckoned anew; a price that somebody set is not.
const RECKONED: &[&str] = &["EstimatedCost", "EstimatedCostWithProducts", "EstimagedCost"];

/// What an update did: the most telling of it, then what else changed.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[7]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let changed_to = |name: &str, now: bool| update.of(name) && f.is(name) == now;
    let told = |saying, told: &[&str]| Some(changed::also(saying, update, told));
    if is_cancelled(f) && !is_cancelled(before) {
        return told(about("booking-cancelled", f), CANCELLED);
    }
    if let Some((saying, fields)) = moved(f, update) {
        return Some(changed::also(saying, update, &fields));
    }
    if update.of("CheckedInAt") && f.stamp("CheckedInAt").is_some() {
        return told(about("booking-checked-in", f), &["CheckedInAt"]);
    }
    if update.of("CheckedInAt") {
        return told(about("booking-not-checked-in", f), &["CheckedInAt"]);
    }
    if changed_to("Tentative", false) {
        return told(about("booking-confirmed", f), &["Tentative"]);
    }
    if changed_to("Tentative", true) {
        return told(about("booking-unconfirmed", f), &["Tentative"]);
    }
    if changed_to("CoworkerInvoicePaid", true) {
        return told(about("booking-paid", f), &[INVOICED, PAID].concat());
    }
    if changed_to("CoworkerInvoicePaid", false) {
        return told(about("booking-unpaid", f), PAID);
    }
    if changed_to("Invoiced", true) {
        return told(
            about("booking-invoiced", f).text("invoice", f.line("CoworkerInvoiceNumber")),
            INVOICED,
        );
    }
    if update.of("CoworkerId")
        && let Some(from) = before.first(CUSTOMER)
    {
        return told(about("booking-passed-on", f).text("from", Some(from)), CUSTOMERS);
    }
    let (old, new) = (price(before), price(f));
    if let Some(new) = new.filter(|new| Some(*new) != old) {
        let currency = |f: &Fields| f.currency(CURRENCY);
        return told(
            about("booking-priced", f)
                .sum("old", old, currency(before).as_deref())
                .sum("new", Some(new), currency(f).as_deref()),
            PRICES,
        );
    }
    let list = changed::list("booking-changed", "booking-saved", update, &[]);
    Some(list.span("span", f.when("FromTime"), f.when("ToTime")))
}

/// To another time, to another room, or both; with the fields that this tells of.
fn moved(f: &Fields, update: &Update) -> Option<(Saying, Vec<&'static str>)> {
    let before = update.before;
    let ends = |f: &Fields| (f.when("FromTime"), f.when("ToTime"));
    let ((from, to), (old_from, old_to)) = (ends(f), ends(before));
    let other_time = (update.of("FromTime") || update.of("ToTime")) && from.is_some() && old_from.is_some();
    let old_room = before.first(ROOM).filter(|old| {
        let ids = ["ResourceId", "FloorPlanDeskId"];
        let names = ["ResourceName", "FloorPlanDeskName"];
        // A room that only got another name is where it was.
        let other_id = ids.iter().any(|id| update.of(id));
        let other_name =
            f.first(ROOM).is_some_and(|new| new != *old) && names.iter().any(|name| update.of(name));
        other_name && (other_id || f.id("ResourceId").is_none())
    });
    let times = |saying: Saying| saying.span("old", old_from, old_to).span("new", from, to);
    match (other_time, old_room) {
        (true, Some(room)) => Some((
            times(Saying::new("booking-moved-away").text("from", Some(room))),
            [TIMES, ROOMS, RECKONED].concat(),
        )),
        (false, Some(room)) => Some((
            about("booking-other-room", f).text("from", Some(room)),
            [ROOMS, RECKONED].concat(),
        )),
        (true, None) => {
            let length = |from: Option<crate::When>, to: Option<crate::When>| Some(to?.at - from?.at);
            let one_end_stays = !update.of("FromTime") || !update.of("ToTime");
            let message = match (length(old_from, old_to), length(from, to)) {
                (Some(old), Some(new)) if one_end_stays && new > old => "booking-extended",
                (Some(old), Some(new)) if one_end_stays && new < old => "booking-shortened",
                _ => "booking-moved",
            };
            Some((times(Saying::new(message)), [TIMES, RECKONED].concat()))
        }
        (false, None) => None,
    }
}

pub(super) fn facts(list: &mut Facts) {
    list.person("customer", &["CoworkerFullName"]);
    list.text("company", &["CoworkerCompanyName"]);
    list.text("room", &["ResourceName"]);
    list.text("room-kind", &["ResourceResourceTypeName"]);
    list.text("desk", &["FloorPlanDeskName"]);
    list.text("location", &["BusinessName"]);
    list.time("from", "FromTime");
    list.time("to", "ToTime");
    list.time("checked-in", "CheckedInAt");
    list.text("booking-number", &["BookingNumber"]);
    list.set("tentative", "Tentative");
    list.set("tour", "IsTour");
    list.set("booked-online", "Online");
    list.set("repeats", "RepeatBooking");
    list.text("plan-at-the-time", &["TariffAtTheTimeOfBooking"]);
    list.money("price", "OverridePrice", CURRENCY);
    list.money("estimated-cost", "EstimatedCost", CURRENCY);
    list.set("invoiced", "Invoiced");
    list.set("paid", "CoworkerInvoicePaid");
    list.text("invoice", &["CoworkerInvoiceNumber"]);
    list.say(
        "visitors",
        list.fields
            .length("BookingVisitors")
            .filter(|n| *n > 0)
            .map(|n| n.to_string()),
    );
    list.long("notes", &["Notes"]);
    list.long("internal-notes", &["InternalNotes"]);
}
