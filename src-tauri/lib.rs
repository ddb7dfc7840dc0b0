//! The map.
//!
//! - [`cli`]: the command line, one file a verb;
//! - [`monitor`]: starts, joins and stops everything;
//! - [`client`]: sends deliveries, as the platform does;
//! - [`assets`]: the screen's files, within the program;
//! - `desktop` (feature `desktop`): the window. Only it knows Tauri.
//!
//! Everything else is in crates of its own below `src-tauri/crates`; ARCHITECTURE.md tells what is where.

pub mod assets;
pub mod cli;
pub mod client;
#[cfg(feature = "desktop")]
pub mod desktop;
pub mod monitor;
