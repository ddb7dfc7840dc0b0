//! Recognises an entity by the fields of its body: when the URL names no action, and for the actions whose
//! body is not documented (35, 36, 37: a customer or a check-in?).

use crate::fields::Fields;
use crate::{Action, Entity};

/// Fields that only one entity has, most telling first.
const TELLING: &[(Entity, &[&str])] = &[
    (Entity::FailedCheckin, &["CheckinAttemptTime"]),
    (Entity::CoworkerDelivery, &["HandlingPreference", "ReceivedBy"]),
    (Entity::CoworkerDelivery, &["DeliveryType", "StoredForCollection"]),
    (Entity::CoworkerInvoice, &["InvoiceNumber", "TotalAmount"]),
    (Entity::CoworkerInvoice, &["BillToName", "DueDate"]),
    (Entity::CoworkerLedgerEntry, &["Debit", "Credit"]),
    (
        Entity::CoworkerContract,
        &["IssuedById", "TariffId", "StartDate", "RenewalDate"],
    ),
    (Entity::Proposal, &["ProposalStatus"]),
    (Entity::Visitor, &["ExpectedArrival"]),
    (Entity::Visitor, &["VisitorSource"]),
    (Entity::EventAttendee, &["AttendeeCode"]),
    (Entity::EventAttendee, &["CalendarEventName", "EventProductName"]),
    (Entity::Booking, &["ResourceId", "FromTime", "ToTime"]),
    (Entity::Booking, &["BookingNumber"]),
    (
        Entity::CoworkerPaymentMethod,
        &["RegularPaymentProvider", "MandateId"],
    ),
    (Entity::CoworkerPaymentMethod, &["MethodId"]),
    (Entity::CoworkerProduct, &["ProductId", "CoworkerId"]),
    (Entity::Team, &["PayingMemberId"]),
    (Entity::Team, &["TeamMembers"]),
    (Entity::HelpDeskComment, &["HelpDeskMessageId"]),
    (Entity::HelpDeskMessage, &["HelpDeskDepartmentName"]),
    (Entity::HelpDeskMessage, &["Subject", "Closed", "Priority"]),
    (Entity::CommunityMessage, &["CommunityThreadId"]),
    (Entity::CommunityThread, &["LastMessageDate", "Subject"]),
    (Entity::CoworkerMessage, &["EmailAccountEmailAddress"]),
    (Entity::CoworkerMessage, &["Incoming", "Body"]),
    (Entity::ChatUserMessage, &["ChatText"]),
    (Entity::BlogPost, &["FullText", "PostedById"]),
    (Entity::CalendarEvent, &["VenueAddress"]),
    (Entity::CalendarEvent, &["StartDate", "PublishDate", "Allocation"]),
    (Entity::FloorPlanDesk, &["FloorPlanBusinessId"]),
    (Entity::FloorPlanDesk, &["ItemType", "FloorPlanId"]),
    (Entity::Checkin, &["CoworkerId", "FromTime", "Source"]),
    (Entity::Coworker, &["CoworkerType", "FullName", "Email"]),
    (Entity::Coworker, &["FullName", "Email", "Active"]),
    (Entity::Coworker, &["FullName", "InvoicingBusinessId"]),
    (Entity::NewsLetterSubscriber, &["Groups", "Email"]),
];

/// The entity whose telling fields are all there.
pub(crate) fn recognise(f: &Fields) -> Entity {
    TELLING
        .iter()
        .find(|(_, fields)| fields.iter().all(|field| f.has(field)))
        .map_or(Entity::Unknown, |(entity, _)| *entity)
}

/// What an object is read as. The action's own entity stands unless the shape is plainly another of those
/// that may come with it.
pub(crate) fn entity(action: &Action, f: &Fields) -> Entity {
    match action.number() {
        Some(number @ 35..=37) => check_in(number, f),
        Some(_) => {
            let documented = action.entity();
            match recognise(f) {
                Entity::Unknown => documented,
                // Read in detail only what has the fields for it.
                seen => seen,
            }
        }
        None => match action {
            Action::Inferred(known) if *known != Entity::Unknown => *known,
            _ => recognise(f),
        },
    }
}

/// Actions whose body is not documented: the check-in or the customer. Only fields that say something count, because a
/// body has every field of its kind, many of them null.
fn check_in(number: u8, f: &Fields) -> Entity {
    let says = |name: &str| f.line(name).is_some();
    match recognise(f) {
        Entity::Unknown | Entity::Checkin | Entity::Coworker => {
            let customer = says("FullName") || (says("Email") && !says("FromTime"));
            let tried = says("CheckinAttemptTime") || (number == 37 && !says("FromTime"));
            match f.id("CoworkerId") {
                None if customer => Entity::Coworker,
                _ if tried => Entity::FailedCheckin,
                _ => Entity::Checkin,
            }
        }
        seen => seen,
    }
}

/// Whether an action is known to come with such a body, so that the body's sentence tells of the act.
pub(crate) fn expected(action: &Action, entity: Entity) -> bool {
    match (action.number(), entity) {
        (Some(35..=37), Entity::Coworker) | (Some(37), Entity::Checkin) => true,
        _ => entity == action.entity(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_in_or_a_customer() {
        use Entity::{Booking, Checkin, Coworker, FailedCheckin};
        for (number, body, expected) in [
            (
                36,
                r#"{"Id":1,"CoworkerId":2,"FromTime":"2026-06-09T09:00:00Z","Source":2}"#,
                Checkin,
            ),
            (
                36,
                r#"{"Id":1,"CoworkerId":"2","FromTime":"2026-06-09T09:00:00Z"}"#,
                Checkin,
            ),
            (
                35,
                r#"{"Id":1,"FullName":"Ana","Email":"ana@example.com"}"#,
                Coworker,
            ),
            (
                36,
                r#"{"Id":1,"FullName":"Ana","Email":null,"CoworkerId":null}"#,
                Coworker,
            ),
            (
                36,
                r#"{"Id":1,"FullName":"Ana","CoworkerId":null,"FromTime":null,"Source":null}"#,
                Coworker,
            ),
            (36, r#"{"Id":1,"Email":"ana@example.com"}"#, Coworker),
            (
                36,
                r#"{"Id":1,"CoworkerId":2,"CoworkerFullName":"Ana","FullName":"Ana"}"#,
                Checkin,
            ),
            (
                37,
                r#"{"Id":1,"CoworkerId":2,"CheckinAttemptTime":"2026-06-09T09:00:00Z"}"#,
                FailedCheckin,
            ),
            (
                37,
                r#"{"Id":1,"CoworkerId":2,"Description":"no pass"}"#,
                FailedCheckin,
            ),
            (
                37,
                r#"{"Id":1,"CoworkerId":2,"Source":"DoorAccess","FromTime":null}"#,
                FailedCheckin,
            ),
            (
                37,
                r#"{"Id":1,"CoworkerId":2,"FromTime":"2026-06-09T09:00:00Z","Source":2}"#,
                Checkin,
            ),
            (
                37,
                r#"{"Id":1,"FullName":"Ana","Email":"ana@example.com"}"#,
                Coworker,
            ),
            (36, r#"{"Id":1}"#, Checkin),
            (37, r#"{"Id":1}"#, FailedCheckin),
            (36, r#"{"Id":1,"BookingNumber":7}"#, Booking),
        ] {
            let fields = Fields::parse(body).unwrap();
            assert_eq!(
                entity(&Action::Known(number), &fields),
                expected,
                "{number} {body}"
            );
        }
    }

    #[test]
    fn every_sample_is_recognised_by_its_fields() {
        for (file, body) in crate::fixtures::PAYLOADS {
            let text = crate::read::decode(body.as_bytes()).into_owned();
            let fields = Fields::parse(crate::read::object_text(&text, 0).unwrap()).unwrap();
            let expected = match *file {
                "AccessControl" => Entity::Coworker,
                "ChatMessage" => Entity::ChatUserMessage,
                "CreditNote" => Entity::CoworkerInvoice,
                other => Entity::from_name(other).unwrap(),
            };
            assert_eq!(recognise(&fields), expected, "{file}");
        }
    }
}
