//! What a person's screen asks and hears.

pub mod protocol;
