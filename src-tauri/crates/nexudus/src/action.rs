//! What the platform calls `eWebhookAction`.

mod table;
mod words;

use crate::{Entity, Lexicon};
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

/// Longest name of an unknown action that is kept, in characters.
const LONGEST_NAME: usize = 100;

fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Action {
    /// The action of a URL segment, a stored name or a label: API name, number, or any label that the admin
    /// panel has used; case, spaces and punctuation do not matter. Never fails: what is unknown is kept under
    /// its own name.
    pub fn parse(segment: &str) -> Action {
        let trimmed = segment.trim();
        if let Ok(number) = trimmed.parse::<u8>()
            && table::TABLE.iter().any(|info| info.number == number)
        {
            return Action::Known(number);
        }
        if let Some(entity) = trimmed.strip_suffix('?').and_then(Entity::from_name) {
            return Action::Inferred(entity);
        }
        if let Some(info) = table::TABLE
            .iter()
            .find(|info| info.name.eq_ignore_ascii_case(trimmed))
        {
            return Action::Known(info.number);
        }
        let wanted = folded(trimmed);
        let by_label = table::TABLE.iter().find(|info| {
            folded(info.name) == wanted || info.panel.iter().any(|label| folded(label) == wanted)
        });
        match by_label {
            Some(info) if !wanted.is_empty() => Action::Known(info.number),
            _ => {
                let name: String = trimmed
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(LONGEST_NAME)
                    .collect();
                if name.is_empty() {
                    Action::Inferred(Entity::Unknown)
                } else {
                    Action::Other(name)
                }
            }
        }
    }

    /// The same, with the account's own list of actions: a number or name that this program does not know is known by the
    /// name that the list has for it.
    pub fn parse_with(segment: &str, lexicon: &Lexicon) -> Action {
        let action = Action::parse(segment);
        let own = match &action {
            Action::Other(own) => own.as_str(),
            _ => return action,
        };
        if let Some(name) = own.parse().ok().and_then(|number| lexicon.name_of(number)) {
            return Action::parse(name);
        }
        // A documented action under another name in the list.
        let renamed = lexicon.all().find(|(_, name)| name.eq_ignore_ascii_case(own));
        let known = renamed.and_then(|(number, _)| Action::of_number(u8::try_from(number).ok()?));
        let spelt = || Some(Action::Other(lexicon.spelling(own)?.to_owned()));
        known.or_else(spelt).unwrap_or(action)
    }

    /// The documented action of a number.
    pub fn of_number(number: u8) -> Option<Action> {
        let known = table::TABLE.iter().any(|info| info.number == number);
        known.then_some(Action::Known(number))
    }

    fn info(&self) -> Option<&'static table::Info> {
        match self {
            Action::Known(number) => table::TABLE.iter().find(|info| info.number == *number),
            _ => None,
        }
    }

    /// The API name (`BookingCreate`); of an inferred action its entity and a question mark (`Booking?`); of
    /// an unknown one its own. [`Action::parse`] turns it back.
    pub fn name(&self) -> String {
        match self {
            Action::Known(number) => self
                .info()
                .map_or_else(|| number.to_string(), |info| info.name.to_owned()),
            Action::Inferred(entity) => format!("{}?", entity.name()),
            Action::Other(name) => name.clone(),
        }
    }

    /// The platform's number, where it is documented.
    pub fn number(&self) -> Option<u8> {
        match self {
            Action::Known(number) => Some(*number),
            _ => None,
        }
    }

    /// The group it is shown in; of one that is not known, by the words of its name.
    pub fn category(&self) -> Category {
        match self {
            Action::Inferred(entity) => entity.category(),
            Action::Other(name) => words::category(name),
            _ => self.info().map_or(Category::Other, |info| info.category),
        }
    }

    /// What a person calls it, e.g. "Booking created".
    pub fn label(&self) -> String {
        match self {
            Action::Known(number) => self
                .info()
                .map_or_else(|| format!("Action {number}"), |info| info.label.to_owned()),
            Action::Inferred(Entity::Unknown) => "Something happened".to_owned(),
            Action::Inferred(entity) => format!("{}: something happened", entity.title()),
            Action::Other(name) => words::label(name),
        }
    }

    /// The newest label the admin panel is known to use; some actions can be had through the API only.
    pub fn panel_label(&self) -> Option<&'static str> {
        self.info().and_then(|info| info.panel.first().copied())
    }

    /// What its body describes, as far as is known. Some actions carry another shape: see `read`.
    pub fn entity(&self) -> Entity {
        match self {
            Action::Inferred(entity) => *entity,
            _ => self.info().map_or(Entity::Unknown, |info| info.entity),
        }
    }

    /// Whether it says that the entity was changed, or nothing of it is known.
    pub fn updates(&self) -> bool {
        match self {
            Action::Known(_) => self.name().ends_with("Update") || self.name().ends_with("Updated"),
            Action::Inferred(_) | Action::Other(_) => true,
        }
    }

    /// Whether the entity is no more after it.
    pub fn deletes(&self) -> bool {
        self.info().is_some_and(|info| info.deletes)
    }

    /// The 89 documented actions, by number.
    pub fn all() -> impl Iterator<Item = Action> {
        table::TABLE.iter().map(|info| Action::Known(info.number))
    }
}

impl Category {
    /// The category of a slug.
    pub fn from_slug(slug: &str) -> Option<Category> {
        Category::ALL
            .iter()
            .copied()
            .find(|category| category.slug().eq_ignore_ascii_case(slug.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documented() -> Vec<serde_json::Value> {
        serde_json::from_str(include_str!("../fixtures/actions.json")).unwrap()
    }

    #[test]
    fn table_is_what_is_documented() {
        assert_eq!(Action::all().count(), 89);
        for row in documented().iter().filter(|row| row["value"] != 1) {
            let action = Action::Known(row["value"].as_u64().unwrap() as u8);
            assert_eq!(action.name(), row["name"].as_str().unwrap());
            assert_eq!(action.category().title(), row["category"].as_str().unwrap());
            assert_eq!(Action::parse(&action.name()), action);
            assert_eq!(Action::parse(&action.name().to_uppercase()), action);
            assert_eq!(Action::parse(&format!(" {} ", row["value"])), action);
        }
    }

    #[test]
    fn every_label_of_the_admin_panel_reaches_its_action() {
        let mut current = 0;
        for row in documented() {
            for field in ["panel_label", "panel_label_2024", "panel_label_2020"] {
                let Some(label) = row[field].as_str() else {
                    continue;
                };
                let expected = Action::Known(row["value"].as_u64().unwrap() as u8);
                assert_eq!(Action::parse(label), expected, "{label}");
                assert_eq!(Action::parse(&label.to_lowercase()), expected, "{label}");
                current += usize::from(field == "panel_label");
            }
        }
        assert_eq!(current, 61);
    }

    #[test]
    fn unknown_names_are_kept() {
        assert_eq!(Action::parse("ResourceExploded").name(), "ResourceExploded");
        assert_eq!(Action::parse("91"), Action::Other("91".into()));
        assert_eq!(Action::parse("1"), Action::Other("1".into()));
        assert_eq!(Action::parse("ResourceExploded").category(), Category::Inventory);
        assert_eq!(Action::parse("ResourceExploded").label(), "Resource exploded");
        assert_eq!(Action::parse("Exploded").category(), Category::Other);
        assert_eq!(Action::parse(&"x".repeat(500)).name().len(), 100);
        assert_eq!(Action::parse(" \u{0} "), Action::Inferred(Entity::Unknown));
        assert_eq!(Action::parse("!!!").name(), "!!!");
    }

    #[test]
    fn names_turn_back_into_actions() {
        for entity in Entity::ALL {
            let action = Action::Inferred(*entity);
            assert_eq!(Action::parse(&action.name()), action);
        }
    }
}
