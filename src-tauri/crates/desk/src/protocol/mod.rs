//! The one question enum, the one answer enum, the news and the one error shape. The TypeScript types in
//! `ui/src/lib/backend/types` are generated from these (`make types`); CI fails when they are stale.

mod answer;
mod error;
mod news;
mod question;

pub use answer::*;
pub use error::*;
pub use news::*;
pub use nexwatch_feed::{EntityFilter, ExportFormat, ExportRequest, Filter, PersonFilter};
pub use question::*;
