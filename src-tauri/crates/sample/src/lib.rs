//! Plays the platform: varied, plausible, signed deliveries of every action, for training, tests and measuring.
//!
//! No clock, file or socket: time is passed in, chance comes from a seed, and the same seed makes the same
//! bytes on every machine. Keys and their order are those of the documented bodies (`templates/`); persons,
//! firms and numbers are invented. E-mail addresses are of the domains that belong to nobody (RFC 2606),
//! telephone numbers of ranges that the regulators keep for drama.
//!
//! - [`Platform`] makes one delivery at a time, of a chosen action or of what a space does at that hour;
//! - [`Monday`] is the scenario of a busy Monday, from the first door to the last lamp;
//! - [`spread`] places many events over a stretch of time, in business hours.

mod clock;
mod dice;
mod make;
mod monday;
mod names;
mod people;
mod places;
mod platform;
mod template;
mod times;
mod words;

pub use monday::{Act, Monday, Step};
pub use platform::{Options, Platform};
pub use times::spread;

use nexwatch_nexudus::Action;
use nexwatch_nexudus::signature::{self, Key, Rule};

/// One request as the platform makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// What happened.
    pub action: Action,
    /// The location's id, which the platform's user puts into the URL.
    pub location: i64,
    /// JSON: an array of one object, UTF-8.
    pub body: Vec<u8>,
}

impl Delivery {
    /// The path below a hook (`/hooks/KEY`): action and location, as the set-up page advises.
    pub fn path(&self, hook: &str) -> String {
        format!(
            "{}/{}/{}",
            hook.trim_end_matches('/'),
            self.action.name(),
            self.location
        )
    }

    /// The signature header's value. [`Rule::AsciiFolded`] is what the platform's published code makes.
    pub fn sign(&self, key: &Key, rule: Rule) -> String {
        signature::sign(&self.body, key, rule)
    }
}
