//! SQLite: one writer with group commit, many readers.

pub mod types;
pub use types::*;
pub use rusqlite;
