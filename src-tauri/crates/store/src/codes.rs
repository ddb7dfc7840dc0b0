//! Actions as numbers: 2 to 90 are the platform's, 900 + entity an inferred one, from 1000 names of their own.

use nexwatch_nexudus::{Action, Entity};

/// The first number of a name of its own.
pub const FIRST_OTHER: u16 = 1000;
/// Inferred actions stand here, by entity.
pub const FIRST_INFERRED: u16 = 900;

/// The number of an action that needs no table; nothing for a name of its own.
pub fn fixed_code(action: &Action) -> Option<u16> {
    match action {
        Action::Known(number) => Some(u16::from(*number)),
        Action::Inferred(entity) => Some(FIRST_INFERRED + u16::from(entity.code())),
        Action::Other(_) => None,
    }
}

/// The action of a number that needs no table.
pub fn fixed_action(code: u16) -> Option<Action> {
    match code {
        2..=90 => Some(Action::Known(code as u8)),
        FIRST_INFERRED..FIRST_OTHER => Some(Action::Inferred(Entity::from_code(
            u8::try_from(code - FIRST_INFERRED).unwrap_or(0),
        ))),
        _ => None,
    }
}
