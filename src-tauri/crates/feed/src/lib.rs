//! Questions of the store: filter, pages, counts, export.

pub mod export;
pub mod filter;

pub use export::{ExportFormat, ExportRequest};
pub use filter::{EntityFilter, Filter, PersonFilter};
