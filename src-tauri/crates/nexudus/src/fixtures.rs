//! The sample bodies (synthetic, with the platform's real key names), for tests.

/// Name and body of each.
pub const PAYLOADS: &[(&str, &str)] = &[
    (
        "AccessControl",
        include_str!("../fixtures/payloads/AccessControl.json"),
    ),
    ("BlogPost", include_str!("../fixtures/payloads/BlogPost.json")),
    ("Booking", include_str!("../fixtures/payloads/Booking.json")),
    (
        "CalendarEvent",
        include_str!("../fixtures/payloads/CalendarEvent.json"),
    ),
    (
        "ChatMessage",
        include_str!("../fixtures/payloads/ChatMessage.json"),
    ),
    ("Checkin", include_str!("../fixtures/payloads/Checkin.json")),
    (
        "CommunityMessage",
        include_str!("../fixtures/payloads/CommunityMessage.json"),
    ),
    (
        "CommunityThread",
        include_str!("../fixtures/payloads/CommunityThread.json"),
    ),
    ("Coworker", include_str!("../fixtures/payloads/Coworker.json")),
    (
        "CoworkerContract",
        include_str!("../fixtures/payloads/CoworkerContract.json"),
    ),
    (
        "CoworkerDelivery",
        include_str!("../fixtures/payloads/CoworkerDelivery.json"),
    ),
    (
        "CoworkerInvoice",
        include_str!("../fixtures/payloads/CoworkerInvoice.json"),
    ),
    (
        "CoworkerLedgerEntry",
        include_str!("../fixtures/payloads/CoworkerLedgerEntry.json"),
    ),
    (
        "CoworkerMessage",
        include_str!("../fixtures/payloads/CoworkerMessage.json"),
    ),
    (
        "CoworkerPaymentMethod",
        include_str!("../fixtures/payloads/CoworkerPaymentMethod.json"),
    ),
    (
        "CoworkerProduct",
        include_str!("../fixtures/payloads/CoworkerProduct.json"),
    ),
    ("CreditNote", include_str!("../fixtures/payloads/CreditNote.json")),
    (
        "EventAttendee",
        include_str!("../fixtures/payloads/EventAttendee.json"),
    ),
    (
        "FailedCheckin",
        include_str!("../fixtures/payloads/FailedCheckin.json"),
    ),
    (
        "FloorPlanDesk",
        include_str!("../fixtures/payloads/FloorPlanDesk.json"),
    ),
    (
        "HelpDeskComment",
        include_str!("../fixtures/payloads/HelpDeskComment.json"),
    ),
    (
        "HelpDeskMessage",
        include_str!("../fixtures/payloads/HelpDeskMessage.json"),
    ),
    (
        "NewsLetterSubscriber",
        include_str!("../fixtures/payloads/NewsLetterSubscriber.json"),
    ),
    ("Proposal", include_str!("../fixtures/payloads/Proposal.json")),
    ("Team", include_str!("../fixtures/payloads/Team.json")),
    ("Visitor", include_str!("../fixtures/payloads/Visitor.json")),
];
