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
        Entity::ALL.iter().copied().find(|e| e.code() == code).unwrap_or(Entity::Unknown)
    }
}
