//! The views that come with the program.

use super::{View, ViewColumn, no_colour};

/// In the order in which they are listed at first.
pub fn shipped_views() -> Vec<View> {
    let view = |id: &str, name: &str, about: &str, query: &str, badge: bool| View {
        id: id.to_owned(),
        name: name.to_owned(),
        about: about.to_owned(),
        query: query.to_owned(),
        columns: Vec::new(),
        oldest_first: false,
        colour: no_colour(),
        badge,
        hidden: false,
        shipped: true,
    };
    // Who comes and goes has no amount: where it is and who it is have that room.
    let without_amounts = |view: View| View {
        columns: ["time", "what", "location", "person"]
            .map(|name| ViewColumn {
                name: name.to_owned(),
                width: None,
            })
            .into(),
        ..view
    };
    vec![
        view("all", "All", "Everything that was received", "", false),
        // Not the whole category: "access control updated" comes before and after everything else, and tells a front desk
        // nothing.
        without_amounts(view(
            "front-desk",
            "Front desk",
            "Who comes, who goes, who is expected, what was delivered",
            "action:(CoworkerCheckin, CoworkerCheckout, CoworkerCheckinFailed, CheckinCreated, CheckinUpdated, FailedCheckin, \
             VisitorRegistered, VisitorCheckedin, VisitorNotification, VisitorDeleted, DeliveryCreated, DeliveryAssigned)",
            true,
        )),
        view(
            "bookings",
            "Bookings",
            "Rooms and desks: booked, changed, deleted",
            "category:bookings",
            false,
        ),
        view(
            "billing",
            "Billing",
            "Invoices, payments, credit notes, the ledger",
            "category:billing",
            false,
        ),
        view(
            "problems",
            "Problems",
            "Failed payments, refused check-ins, bodies that cannot be read",
            "(action:(CoworkerInvoiceFailedPayment, CoworkerCheckinFailed, FailedCheckin) OR flag:unreadable)",
            true,
        ),
        without_amounts(view(
            "access",
            "Access",
            "Check-ins, check-outs and access control",
            "category:access",
            false,
        )),
    ]
}
