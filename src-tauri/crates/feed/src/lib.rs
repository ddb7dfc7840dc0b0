//! Questions of the store: which events (filter, query box), pages of them, counts, export.
//!
//! [`Feed`] answers at once from SQL; once [`Feed::load`] has filled the columns in memory, it answers total, rank
//! and facets of any filter from them in a few milliseconds. A list that is being read stands still: ask with
//! the `as_of` of the first answer.

mod admit;
mod amounts;
mod beginning;
mod body;
mod cache;
mod clock;
mod columns;
mod counting;
mod error;
pub mod export;
mod facets;
mod feed;
pub mod filter;
mod find;
mod gather;
mod histogram;
mod lists;
mod look;
mod names;
mod node;
mod open;
mod page;
mod persons;
#[cfg(test)]
mod plans;
mod query;
mod scan;
mod selection;
mod spelled;
pub mod text;
mod walk;

pub use amounts::{AmountSum, OfEvents, RefundKind, Total};
pub use clock::Clock;
pub use error::FeedError;
pub use export::{ExportFormat, ExportRequest};
pub use facets::FacetCounts;
pub use feed::Feed;
pub use filter::{Clause, EntityFilter, Filter, PersonFilter, ResourceFilter};
pub use histogram::{Bars, Histogram, Step};
pub use page::{At, Page, Show};
pub use scan::Order;
pub use selection::Span;
pub use text::{Completion, Completions, Needle, ParseTrouble};
