//! The platform's language: its actions, the bodies it sends, the signature it makes and the sentence a
//! person reads. No clock, file or socket: everything that matters to a result is passed in.
//!
//! Facts about the platform come from its public documentation; what is not documented is coped with in
//! each plausible form, never invented.

pub mod act;
pub mod action;
mod amount;
pub mod change;
pub mod entity;
pub mod facts;
mod fields;
#[cfg(test)]
mod fixtures;
pub mod lexicon;
mod payload;
pub mod private;
mod read;
pub mod reading;
pub mod saying;
mod shape;
pub mod signature;
mod text;
pub mod time;
pub mod voice;
mod when;

pub use act::Act;
pub use action::{Action, Category};
pub use entity::Entity;
pub use lexicon::{Lexicon, LexiconError};
pub use read::{Arrival, MOST_EVENTS, decode, object_at, objects, read};
pub use reading::{Amount, Learnt, Named, Person, PersonKind, Reading, RepeatRule, Stamp};
pub use saying::{Piece, Saying, When};
pub use voice::{Scene, Voice, Zones};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
pub type Ms = i64;
