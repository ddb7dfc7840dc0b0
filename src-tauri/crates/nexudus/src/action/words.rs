//! What can be told of an action from the words of its name, where nothing else is known of it.

use super::Category;
use crate::text;

/// What tells a category: the words of a name in small letters, singular, each pair of neighbours as one word too
/// ("helpdesk", "floorplan"). The first line that has one of the words counts, so that what an action is about goes before
/// whom it concerns: `CoworkerInvoicePaid` is of billing, `BookingReminderSent` of bookings.
const TELLING: &[(Category, &[&str])] = &[
    (
        Category::Billing,
        &[
            "invoice",
            "payment",
            "ledger",
            "charge",
            "refund",
            "billing",
            "credit",
            "creditnote",
            "paymentmethod",
            "coworkerproduct",
            "timepass",
            "extraservice",
            "discount",
            "deposit",
            "tax",
            "payout",
            "price",
        ],
    ),
    (Category::Proposals, &["proposal"]),
    (Category::HelpDesk, &["helpdesk", "heldesk", "ticket", "support"]),
    (Category::Bookings, &["booking", "reservation", "waitlist"]),
    (Category::Visitors, &["visitor", "visit", "tour", "guest"]),
    (Category::Deliveries, &["delivery", "parcel", "mail", "pobox"]),
    (
        Category::Contracts,
        &["contract", "tariff", "plan", "membership", "priceplan"],
    ),
    (
        Category::Access,
        &[
            "checkin", "checkout", "access", "door", "keyfob", "keycard", "lock", "wifi", "network",
        ],
    ),
    (
        Category::Content,
        &["blog", "blogpost", "article", "newsletter", "subscriber"],
    ),
    (
        Category::Community,
        &[
            "community",
            "thread",
            "chat",
            "chatmessage",
            "forum",
            "post",
            "comment",
        ],
    ),
    (
        Category::Events,
        &["calendarevent", "event", "attendee", "course", "lesson"],
    ),
    (Category::Teams, &["team"]),
    (
        Category::Inventory,
        &[
            "resource",
            "desk",
            "floorplan",
            "floorplandesk",
            "layout",
            "product",
            "inventory",
            "asset",
            "sensor",
            "room",
            "stock",
        ],
    ),
    (Category::Messages, &["message", "email", "sms", "notification"]),
    (
        Category::Customers,
        &[
            "coworker",
            "customer",
            "member",
            "user",
            "opportunity",
            "lead",
            "crm",
            "task",
            "identity",
        ],
    ),
    (Category::Location, &["business", "location"]),
];

/// The category that the words of a name tell.
pub(super) fn category(name: &str) -> Category {
    let split = text::split_name(name).to_lowercase();
    let words: Vec<&str> = split
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.windows(2).map(|pair| pair.concat());
    let all: Vec<String> = words.iter().map(|word| (*word).to_owned()).chain(pairs).collect();
    let has = |wanted: &str| all.iter().any(|word| is_word(word, wanted));
    TELLING
        .iter()
        // A floor plan is no plan that one subscribes to.
        .filter(|(category, _)| !(*category == Category::Contracts && has("floorplan") && !has("contract")))
        .find(|(_, telling)| telling.iter().any(|wanted| has(wanted)))
        .map_or(Category::Other, |(category, _)| *category)
}

/// Whether a word is another or its plural.
fn is_word(word: &str, wanted: &str) -> bool {
    word == wanted
        || word.strip_suffix('s') == Some(wanted)
        || (word.strip_suffix("ies")).is_some_and(|stem| wanted.strip_suffix('y') == Some(stem))
}

/// What the platform calls otherwise than its users.
const OURS: &[(&str, &str)] = &[
    ("coworker", "customer"),
    ("coworkers", "customers"),
    ("business", "location"),
    ("businesses", "locations"),
    ("tariff", "plan"),
    ("tariffs", "plans"),
];

/// A name as a person reads it: `ResourceCreated` is "Resource created". One that is no name in one word stays as it is.
pub(super) fn label(name: &str) -> String {
    let is_name =
        name.chars().any(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("Action {name}");
    }
    if !is_name {
        return name.to_owned();
    }
    let split = text::split_name(&name.replace('_', " "));
    let words: Vec<&str> = split
        .split_whitespace()
        .map(|word| {
            OURS.iter()
                .find(|(theirs, _)| *theirs == word)
                .map_or(word, |(_, ours)| ours)
        })
        .collect();
    let split = words.join(" ");
    let mut letters = split.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Action;

    #[test]
    fn categories_by_words() {
        for (name, expected) in [
            ("BookingReminderSent", Category::Bookings),
            ("ResourceCreated", Category::Inventory),
            ("CoworkerInvoiceChargedBack", Category::Billing),
            ("PaymentDisputed", Category::Billing),
            ("TimePassCreated", Category::Billing),
            ("ExtraServiceUpdate", Category::Billing),
            ("HelpDeskMessageClosed", Category::HelpDesk),
            ("FloorPlanDeskMoved", Category::Inventory),
            ("FloorPlanPublished", Category::Inventory),
            ("TariffArchived", Category::Contracts),
            ("CoworkerContractPaused", Category::Contracts),
            ("CoworkerMerged", Category::Customers),
            ("CoworkersImported", Category::Customers),
            ("VisitorDeparted", Category::Visitors),
            ("DeliveriesForwarded", Category::Deliveries),
            ("ProposalInvoiceSigned", Category::Billing),
            ("ProposalSigned", Category::Proposals),
            ("TeamMemberAdded", Category::Teams),
            ("CommunityGroupJoined", Category::Community),
            ("CalendarEventPublished", Category::Events),
            ("DoorOpened", Category::Access),
            ("sensor_triggered", Category::Inventory),
            ("BusinessCreated", Category::Location),
            ("Exploded", Category::Other),
            ("91", Category::Other),
            ("Plane", Category::Other),
            ("", Category::Other),
            ("Eventually", Category::Other),
        ] {
            assert_eq!(category(name), expected, "{name}");
        }
    }

    /// The rules, made for names that are yet to come, hold for those that are known.
    #[test]
    fn the_known_actions_would_land_where_they_are() {
        let elsewhere: Vec<String> = Action::all()
            .filter(|action| category(&action.name()) != action.category())
            .map(|action| format!("{} {:?}", action.name(), category(&action.name())))
            .collect();
        assert_eq!(elsewhere, ["SendWelcomeEmail Messages"]);
    }

    #[test]
    fn labels() {
        for (name, words) in [
            ("ResourceCreated", "Resource created"),
            ("resource_created", "Resource created"),
            ("SMSSent", "SMS sent"),
            ("CoworkerTariffMerged", "Customer plan merged"),
            ("Resource created", "Resource created"),
            ("91", "Action 91"),
            ("!!!", "!!!"),
            ("Ünï", "Ünï"),
        ] {
            assert_eq!(label(name), words);
        }
    }
}
