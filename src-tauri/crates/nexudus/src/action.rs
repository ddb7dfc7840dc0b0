//! What the platform calls `eWebhookAction`.

use crate::Entity;
use serde::{Deserialize, Serialize};

/// One action.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A documented value, by its number (2 to 90).
    Known(u8),
    /// The URL named none; what the body is about is known, the verb is not.
    Inferred(Entity),
    /// A name or number this program does not know, as the URL had it (trimmed, at most 100 characters).
    Other(String),
}

macro_rules! categories {
    ($($variant:ident = $code:literal $slug:literal $title:literal),* $(,)?) => {
        /// A grouping of actions made for this program (the platform has none). The number and the slug are kept
        /// in stores, filters and exports: never reuse or rename one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Category { $(#[doc = $title] #[serde(rename = $slug)] $variant = $code),* }

        impl Category {
            /// Every category, in the order in which it is shown.
            pub const ALL: &'static [Category] = &[$(Category::$variant),*];

            /// Short lower-case name for filters, exports and style sheets.
            pub const fn slug(self) -> &'static str {
                match self { $(Category::$variant => $slug),* }
            }

            /// The title a person reads.
            pub const fn title(self) -> &'static str {
                match self { $(Category::$variant => $title),* }
            }
        }
    };
}

categories! {
    Access = 3 "access" "Access & check-ins",
    Bookings = 2 "bookings" "Bookings",
    Visitors = 4 "visitors" "Visitors",
    Deliveries = 12 "deliveries" "Deliveries",
    Customers = 1 "customers" "Customers",
    Contracts = 5 "contracts" "Contracts & plans",
    Billing = 6 "billing" "Billing",
    Proposals = 13 "proposals" "Proposals",
    Teams = 14 "teams" "Teams",
    HelpDesk = 10 "help-desk" "Help-desk",
    Messages = 11 "messages" "Messages",
    Events = 7 "events" "Events",
    Community = 8 "community" "Community",
    Content = 9 "content" "Content & newsletter",
    Inventory = 15 "inventory" "Inventory & floor plans",
    Location = 16 "location" "Location",
    Other = 17 "other" "Other",
}
