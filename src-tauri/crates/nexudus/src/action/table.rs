//! The 89 documented actions, by number: names, labels, categories and entities, from the platform's
//! documentation (`fixtures/actions.json`; a test compares the two).

use super::Category;
use crate::Entity;

/// One documented action.
pub(super) struct Info {
    pub number: u8,
    pub name: &'static str,
    pub label: &'static str,
    pub category: Category,
    pub entity: Entity,
    /// The entity is no more after it.
    pub deletes: bool,
    /// Labels of the admin panel, newest first.
    pub panel: &'static [&'static str],
}

macro_rules! table {
    ($($number:literal $name:ident $category:ident $entity:ident $deletes:literal $label:literal [$($panel:literal),*];)*) => {
        pub(super) static TABLE: &[Info] = &[$(Info {
            number: $number, name: stringify!($name), label: $label, category: Category::$category,
            entity: Entity::$entity, deletes: $deletes, panel: &[$($panel),*],
        }),*];
    };
}

table! {
    2 CoworkerUpdate Customers Coworker false "Customer updated" ["Customers: Updated", "Customer UPDATED", "Coworker Update"];
    3 CoworkerCreate Customers Coworker false "Customer created" ["Customers: Created", "Customer CREATED", "Coworker Create"];
    4 BlogPostCreate Content BlogPost false "Article created" ["Articles: Created", "Article CREATED", "BlogPost Create"];
    5 BlogPostUpdate Content BlogPost false "Article updated" ["Articles: Updated", "Article UPDATED", "BlogPost Update"];
    6 BookingCreate Bookings Booking false "Booking created" ["Bookings: Created", "Booking CREATED", "Booking Create"];
    7 BookingUpdate Bookings Booking false "Booking updated" ["Bookings: Updated", "Booking UPDATED", "Booking Update"];
    8 BookingDelete Bookings Booking true "Booking deleted" ["Bookings: Deleted", "Booking DELETED", "Booking Delete"];
    9 SendWelcomeEmail Customers Coworker false "Welcome e-mail sent" ["Customers: Welcome Email sent", "Customer Welcome Email sent", "Send Welcome Email"];
    10 CoworkerContractActivate Contracts CoworkerContract false "Contract activated" ["Contracts: Activated", "Contract ACTIVATED", "Coworker Contract Activate"];
    11 CoworkerContractCancel Contracts CoworkerContract false "Contract cancelled" ["Contracts: Cancelled", "Contract CANCELLED", "Coworker Contract Cancel"];
    12 CoworkerContractRenew Contracts CoworkerContract false "Contract renewed" ["Contracts: Renewed", "Contract RENEWED", "Coworker Contract Renew"];
    13 CoworkerContractUpgradeDowngrade Contracts CoworkerContract false "Contract upgraded or downgraded" ["Contracts: Upgraded/downgraded", "Contract Upgraded/Downgraded", "Coworker Contract Upgrade Downgrade"];
    14 CoworkerContractActivateFirst Contracts CoworkerContract false "First contract activated" ["Contracts: First activated", "Contract FIRST ACTIVATED", "Coworker Contract Activate First"];
    15 CoworkerInvoiceCreateFirst Billing CoworkerInvoice false "First invoice created" ["Invoices: First created", "Invoice FIRST CREATED", "Coworker Invoice Create First"];
    16 CoworkerInvoiceCreate Billing CoworkerInvoice false "Invoice created" ["Invoices: Created", "Invoice CREATED", "Coworker Invoice Create"];
    17 CoworkerInvoiceDelete Billing CoworkerInvoice true "Invoice deleted" ["Invoices: Deleted", "Invoice DELETED", "Coworker Invoice Delete"];
    18 CoworkerInvoiceUpdate Billing CoworkerInvoice false "Invoice updated" ["Invoices: Updated", "Invoice UPDATED", "Coworker Invoice Update"];
    19 CoworkerInvoiceRefund Billing CoworkerInvoice false "Invoice cancelled or refunded" ["Invoices: Cancelled / refunded", "Invoice CANCELLED/REFUNDED", "Coworker Invoice Refund"];
    20 CoworkerInvoiceCreditNote Billing CoworkerInvoice false "Credit note created" ["Credit notes: Created", "Credit Note CREATED", "Coworker Invoice Credit Note"];
    21 CoworkerInvoicePaid Billing CoworkerInvoice false "Invoice paid in full" ["Invoices: Fully paid", "Invoice FULLY PAID", "Coworker Invoice Paid"];
    22 CoworkerInvoiceFailedPayment Billing CoworkerInvoice false "Payment failed" ["Invoices: Failed payment", "Invoice FAILED PAYMENT", "Coworker Invoice Failed Payment"];
    23 CoworkerInvoiceReceivedPayment Billing CoworkerInvoice false "Payment received" ["Invoices: Received payment", "Invoice RECEIVED PAYMENT", "Coworker Invoice Received Payment"];
    24 CoworkerInvoiceAwaitingPayment Billing CoworkerInvoice false "Invoice awaits payment" ["Invoices: Awaiting payment", "Invoice AWAITING PAYMENT", "Coworker Invoice Awaiting Payment"];
    25 CalendarEventCreate Events CalendarEvent false "Event created" ["Events: Created", "Calendar Event Create"];
    26 CalendarEventUpdate Events CalendarEvent false "Event updated" ["Events: Updated", "Event UPDATE", "Calendar Event Update"];
    27 CalendarEventAttendeeDelete Events EventAttendee true "Event attendee deleted" ["Event attendees: Deleted", "Event Attendee DELETED", "Calendar Event Attendee Delete"];
    28 CalendarEventAttendeeCreate Events EventAttendee false "Event attendee created" ["Event attendees: Created", "Event Attendee CREATED", "Calendar Event Attendee Create"];
    29 CalendarEventAttendeeUpdate Events EventAttendee false "Event attendee updated" ["Event attendees: Updated", "Event Attendee UPDATED", "Calendar Event Attendee Update"];
    30 GlobalChatMessageCreate Community ChatUserMessage false "Chat message created" ["Chat message: Created", "Chat Message CREATED", "Global Chat Message Create"];
    31 NewsLetterSubscriberCreate Content NewsLetterSubscriber false "Newsletter subscriber created" ["Newsletter subscribers: Created", "Newsletter Subscriber CREATED", "NewsLetter Subscriber Create"];
    32 NewsLetterSubscriberSubscribed Content NewsLetterSubscriber false "Newsletter subscribed" ["Newsletter subscribers: Subscribed", "Newsletter Subscriber SUBSCRIBED", "NewsLetter Subscriber Subscribed"];
    33 NewsLetterSubscriberUnSubscribed Content NewsLetterSubscriber false "Newsletter unsubscribed" ["Newsletter subscribers: Unsubscribed", "Newsletter Subscriber UNSUBSCRIBED", "NewsLetter Subscriber UnSubscribed"];
    34 NewsLetterSubscriberRemovedFromGroup Content NewsLetterSubscriber false "Removed from newsletter group" ["Newsletter subscribers: Removed from group", "Newsletter Subscriber REMOVED FROM GROUP", "NewsLetter Subscriber Removed From Group"];
    35 CoworkerCheckout Access Checkin false "Customer checked out" ["Customers: Check-out", "Customer CHECKED OUT", "Coworker Checkout"];
    36 CoworkerCheckin Access Checkin false "Customer checked in" ["Customers: Check-in", "Customer CHECKED IN", "Coworker Checkin"];
    37 CoworkerCheckinFailed Access FailedCheckin false "Customer check-in refused" ["Customers: Failed check-in", "Customer CHECK-IN FAILED", "Coworker Checkin Failed"];
    38 VisitorNotification Visitors Visitor false "Visitor notified" ["Visitor NOTIFIED", "Visitor Notification"];
    39 CommunityBoardNewThread Community CommunityThread false "Community thread created" ["Community messages: Thread created", "Community Thread CREATED", "Community Board New Thread"];
    40 CommunityBoardNewReply Community CommunityMessage false "Community message created" ["Community messages: Message created", "Community Message CREATED", "Community Board New Reply"];
    41 VisitorCheckedin Visitors Visitor false "Visitor checked in" ["Visitor CHECKED IN", "Visitor Checked in"];
    42 VisitorRegistered Visitors Visitor false "Visitor registered" ["Visitor CREATED", "Visitor Registered"];
    43 BlogPostDelete Content BlogPost true "Article deleted" ["Articles: Deleted", "Article DELETED", "Blog Post Delete"];
    44 CalendarEventDelete Events CalendarEvent true "Event deleted" ["Events: Deleted", "Event DELETED", "Calendar Event Delete"];
    45 HelDeskMessageCreated HelpDesk HelpDeskMessage false "Help-desk message created" ["Help-desk: Message created", "Help-desk Message CREATED", "HelDesk Message Created"];
    46 HelpDeskCommentCreated HelpDesk HelpDeskComment false "Help-desk reply created" ["Help-desk: Reply created", "Help-desk Reply CREATED", "HelpDesk Comment Created"];
    47 CheckinCreated Access Checkin false "Check-in created" ["Checkin Created"];
    48 CheckinUpdated Access Checkin false "Check-in updated" ["Check-in: Updated", "Check-in UPDATED"];
    49 CheckinDeleted Access Checkin true "Check-in deleted" ["Check-in: Deleted", "Check-in DELETED"];
    50 CoworkerDelete Customers Coworker true "Customer deleted" ["Customers: Deleted", "Customer DELETED"];
    51 CoworkerMessageCreate Messages CoworkerMessage false "Message to customer created" ["Customer message: Created", "Customer Message CREATED"];
    52 DeliveryCreated Deliveries CoworkerDelivery false "Delivery created" ["Deliveries: Created", "Delivery CREATED"];
    53 DeliveryAssigned Deliveries CoworkerDelivery false "Delivery assigned" ["Deliveries: Assigned to customers", "Delivery ASSIGNED to customer"];
    54 ProposalCreated Proposals Proposal false "Proposal created" ["Proposal CREATED"];
    55 ProposalUpdated Proposals Proposal false "Proposal updated" ["Proposal UPDATED"];
    56 ProposalDeleted Proposals Proposal true "Proposal deleted" ["Proposal DELETED"];
    57 TeamCreated Teams Team false "Team created" ["Team CREATED", "Team Create"];
    58 TeamUpdated Teams Team false "Team updated" ["Team UPDATED", "Team Update"];
    59 TeamDeleted Teams Team true "Team deleted" ["Team DELETED", "Team Delete"];
    60 CoworkerContractUpdate Contracts CoworkerContract false "Contract updated" ["Contracts: Updated", "Contract UPDATED"];
    61 AccessControlUpdate Access Coworker false "Access control updated" ["Access control: Updated", "Access Control UPDATED", "Access Control Update"];
    62 CoworkerContractCreate Contracts CoworkerContract false "Contract created" ["Contracts: Created", "Contract CREATED"];
    63 FailedCheckin Access FailedCheckin false "Check-in attempt refused" ["Check-in: Attempt failed", "Check-in ATTEMPT FAILED"];
    64 VisitorDeleted Visitors Visitor true "Visitor deleted" ["Visitor DELETED"];
    65 CoworkerInvoiceLedgerEntryCreate Billing CoworkerLedgerEntry false "Ledger entry created" [];
    66 CoworkerInvoiceLedgerEntryDelete Billing CoworkerLedgerEntry true "Ledger entry deleted" [];
    67 CoworkerInvoiceLedgerEntryUpdate Billing CoworkerLedgerEntry false "Ledger entry updated" [];
    68 CoworkerProductCreate Billing CoworkerProduct false "Customer product created" ["Customer Products: Created"];
    69 CoworkerProductUpdate Billing CoworkerProduct false "Customer product updated" ["Customer Products: Updated"];
    70 CoworkerProductDelete Billing CoworkerProduct true "Customer product deleted" ["Customer Products: Deleted"];
    71 FloorPlanDeskCreate Inventory FloorPlanDesk false "Desk created" ["Floor plans desk: Created"];
    72 FloorPlanDeskDelete Inventory FloorPlanDesk true "Desk deleted" ["Floor plans desk: Deleted"];
    73 FloorPlanDeskUpdate Inventory FloorPlanDesk false "Desk updated" ["Floor plans desk: Updated"];
    74 TariffCreate Contracts Tariff false "Plan created" ["Plans: Created"];
    75 TariffDelete Contracts Tariff true "Plan deleted" ["Plans: Deleted"];
    76 TariffUpdate Contracts Tariff false "Plan updated" ["Plans: Updated"];
    77 CoworkerContractDelete Contracts CoworkerContract true "Contract deleted" [];
    78 FloorPlanCreate Inventory FloorPlanLayout false "Floor plan created" [];
    79 FloorPlanDelete Inventory FloorPlanLayout true "Floor plan deleted" [];
    80 FloorPlanUpdate Inventory FloorPlanLayout false "Floor plan updated" [];
    81 ProductCreate Inventory Product false "Product created" ["Products: Created"];
    82 ProductDelete Inventory Product true "Product deleted" ["Products: Deleted"];
    83 ProductUpdate Inventory Product false "Product updated" ["Products: Updated"];
    84 BusinessUpdate Location Business false "Location updated" ["Space: Updated"];
    85 CommunityGroupCreate Community CommunityGroup false "Community group created" [];
    86 CommunityGroupDelete Community CommunityGroup true "Community group deleted" [];
    87 CommunityGroupUpdate Community CommunityGroup false "Community group updated" [];
    88 CoworkerPaymentMethodCreate Billing CoworkerPaymentMethod false "Payment method created" [];
    89 CoworkerPaymentMethodDelete Billing CoworkerPaymentMethod true "Payment method deleted" [];
    90 CoworkerPaymentMethodUpdate Billing CoworkerPaymentMethod false "Payment method updated" [];
}
