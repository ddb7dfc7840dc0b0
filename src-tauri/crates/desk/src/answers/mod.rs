//! From what the rooms below know to what a screen is answered, one file a subject.

mod actions;
mod amounts;
mod copy;
mod event;
mod evidence;
mod facets;
mod gaps;
mod histogram;
mod hooks;
mod page;
mod quarantine;
mod row;
mod status;
mod story;

pub use actions::actions;
pub(crate) use amounts::amounts;
pub(crate) use copy::copy;
pub(crate) use event::{event, path, source};
pub(crate) use evidence::{evidence, named};
pub(crate) use facets::facets;
pub(crate) use gaps::{gap, gaps};
pub(crate) use histogram::histogram;
pub(crate) use hooks::hooks;
pub(crate) use page::feed_page;
pub(crate) use quarantine::{discard, quarantine, quarantined};
pub(crate) use row::row;
pub(crate) use status::status;
pub(crate) use story::story;
