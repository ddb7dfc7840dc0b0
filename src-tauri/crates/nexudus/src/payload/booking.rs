//! A booking of a room or desk. It names neither location nor e-mail.

use super::{Object, Understood, changed};
use crate::Named;
use crate::Saying;
use crate::change::Update;
use crate::facts::Facts;
use crate::phrase::{Sentence, or, span_words};

const CURRENCY: &[&str] = &["CoworkerExtraServiceCurrencyCode", "CurrencyCode"];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let person = object.customer();
    let name = person.as_ref().map(|person| person.name.as_str());
    let room = f.first(&["ResourceName", "FloorPlanDeskName"]);
    let span = span_words(f, "FromTime", "ToTime", object.now);
    let (room_word, tour) = (or(room.as_deref(), "a room"), f.is("IsTour"));
    let sentence = match object.number() {
        6 if tour => Sentence::new("A tour")
            .and("of", room.as_deref())
            .and("for", name)
            .and("was booked for", span),
        6 if f.is("Tentative") => {
            Sentence::new(format!("{} holds {room_word} tentatively", or(name, "Somebody"))).and("for", span)
        }
        6 => Sentence::new(format!("{} booked {room_word}", or(name, "Somebody"))).and("for", span),
        7 => Sentence::new("Booking")
            .and("of", room.as_deref())
            .and("by", name)
            .and("was changed:", span.as_deref())
            .and_if(span.is_none(), "was changed"),
        8 => Sentence::new("Booking")
            .and("of", room.as_deref())
            .and("by", name)
            .and("for", span)
            .and_if(true, "was deleted"),
        _ => Sentence::new("Booking")
            .and("of", room.as_deref())
            .and("by", name)
            .and("for", span),
    };
    Understood {
        saying: Some(Saying::plain(sentence.done())),
        person,
        resource: room.map(|name| Named {
            id: f.id("ResourceId").or_else(|| f.id("FloorPlanDeskId")),
            name,
        }),
        amount: f
            .amount("OverridePrice")
            .or_else(|| f.amount("EstimatedCost"))
            .or_else(|| f.amount("CoworkerExtraServicePrice")),
        currency: f.currency(CURRENCY),
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

pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    (object.number() == 7).then(|| changed::list("booking-changed", "booking-saved", update, &[]))
}

pub(super) fn facts(list: &mut Facts) {
    list.person("Customer", &["CoworkerFullName"]);
    list.text("Company", &["CoworkerCompanyName"]);
    list.text("Room", &["ResourceName"]);
    list.text("Kind", &["ResourceResourceTypeName"]);
    list.text("Desk", &["FloorPlanDeskName"]);
    list.time("From", "FromTime");
    list.time("To", "ToTime");
    list.time("Checked in", "CheckedInAt");
    list.text("Booking number", &["BookingNumber"]);
    list.set("Tentative", "Tentative");
    list.set("Tour", "IsTour");
    list.set("Booked online", "Online");
    list.set("Repeats", "RepeatBooking");
    list.text("Plan at the time", &["TariffAtTheTimeOfBooking"]);
    list.money("Price", "OverridePrice", CURRENCY);
    list.money("Estimated cost", "EstimatedCost", CURRENCY);
    list.set("Invoiced", "Invoiced");
    list.text("Invoice", &["CoworkerInvoiceNumber"]);
    list.say(
        "Visitors",
        list.fields
            .length("BookingVisitors")
            .filter(|n| *n > 0)
            .map(|n| n.to_string()),
    );
    list.long("Notes", &["Notes"]);
    list.long("Internal notes", &["InternalNotes"]);
}
