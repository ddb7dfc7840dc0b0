//! What an event is about.

use serde::{Deserialize, Serialize};

macro_rules! entities {
    ($($variant:ident = $code:literal),* $(,)?) => {
        /// The kind of thing a body describes, under the platform's own (DTO) name. The number is what the
        /// store keeps: never reuse or renumber one.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Entity { $(#[doc = stringify!($variant)] $variant = $code),* }

        impl Entity {
            /// Every entity, in order of code.
            pub const ALL: &'static [Entity] = &[$(Entity::$variant),*];

            /// The platform's name, e.g. `CoworkerInvoice`.
            pub const fn name(self) -> &'static str {
                match self { $(Entity::$variant => stringify!($variant)),* }
            }
        }
    };
}

entities! {
    Unknown = 0,
    Booking = 1,
    Checkin = 2,
    FailedCheckin = 3,
    Coworker = 4,
    CoworkerContract = 6,
    CoworkerInvoice = 7,
    CoworkerLedgerEntry = 8,
    CoworkerProduct = 9,
    CoworkerPaymentMethod = 10,
    Visitor = 11,
    CoworkerDelivery = 12,
    Team = 13,
    HelpDeskMessage = 14,
    HelpDeskComment = 15,
    CoworkerMessage = 16,
    CalendarEvent = 17,
    EventAttendee = 18,
    Proposal = 19,
    NewsLetterSubscriber = 20,
    CommunityThread = 21,
    CommunityMessage = 22,
    BlogPost = 23,
    ChatUserMessage = 24,
    FloorPlanDesk = 25,
    Tariff = 26,
    Product = 27,
    FloorPlanLayout = 28,
    Business = 29,
    CommunityGroup = 30,
}

impl Entity {
    /// The number the store keeps.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The entity of a stored number; a number of a newer program reads as `Unknown`.
    pub fn from_code(code: u8) -> Entity {
        Entity::ALL
            .iter()
            .copied()
            .find(|e| e.code() == code)
            .unwrap_or(Entity::Unknown)
    }

    /// The entity of a platform name; case does not matter.
    pub fn from_name(name: &str) -> Option<Entity> {
        Entity::ALL
            .iter()
            .copied()
            .find(|entity| entity.name().eq_ignore_ascii_case(name.trim()))
    }

    /// What a person calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Entity::Unknown => "Unknown",
            Entity::Booking => "Booking",
            Entity::Checkin => "Check-in",
            Entity::FailedCheckin => "Refused check-in",
            Entity::Coworker => "Customer",
            Entity::CoworkerContract => "Contract",
            Entity::CoworkerInvoice => "Invoice",
            Entity::CoworkerLedgerEntry => "Ledger entry",
            Entity::CoworkerProduct => "Customer product",
            Entity::CoworkerPaymentMethod => "Payment method",
            Entity::Visitor => "Visitor",
            Entity::CoworkerDelivery => "Delivery",
            Entity::Team => "Team",
            Entity::HelpDeskMessage => "Help-desk message",
            Entity::HelpDeskComment => "Help-desk reply",
            Entity::CoworkerMessage => "Message",
            Entity::CalendarEvent => "Event",
            Entity::EventAttendee => "Event attendee",
            Entity::Proposal => "Proposal",
            Entity::NewsLetterSubscriber => "Newsletter subscriber",
            Entity::CommunityThread => "Community thread",
            Entity::CommunityMessage => "Community message",
            Entity::BlogPost => "Article",
            Entity::ChatUserMessage => "Chat message",
            Entity::FloorPlanDesk => "Desk",
            Entity::Tariff => "Plan",
            Entity::Product => "Product",
            Entity::FloorPlanLayout => "Floor plan",
            Entity::Business => "Location",
            Entity::CommunityGroup => "Community group",
        }
    }

    /// The category of an event about it when the action is not known.
    pub const fn category(self) -> crate::Category {
        use crate::Category;
        match self {
            Entity::Unknown => Category::Other,
            Entity::Booking => Category::Bookings,
            Entity::Checkin | Entity::FailedCheckin => Category::Access,
            Entity::Coworker => Category::Customers,
            Entity::CoworkerContract | Entity::Tariff => Category::Contracts,
            Entity::CoworkerInvoice
            | Entity::CoworkerLedgerEntry
            | Entity::CoworkerProduct
            | Entity::CoworkerPaymentMethod => Category::Billing,
            Entity::Visitor => Category::Visitors,
            Entity::CoworkerDelivery => Category::Deliveries,
            Entity::Team => Category::Teams,
            Entity::HelpDeskMessage | Entity::HelpDeskComment => Category::HelpDesk,
            Entity::CoworkerMessage => Category::Messages,
            Entity::CalendarEvent | Entity::EventAttendee => Category::Events,
            Entity::Proposal => Category::Proposals,
            Entity::NewsLetterSubscriber | Entity::BlogPost => Category::Content,
            Entity::CommunityThread
            | Entity::CommunityMessage
            | Entity::ChatUserMessage
            | Entity::CommunityGroup => Category::Community,
            Entity::FloorPlanDesk | Entity::Product | Entity::FloorPlanLayout => Category::Inventory,
            Entity::Business => Category::Location,
        }
    }
}
