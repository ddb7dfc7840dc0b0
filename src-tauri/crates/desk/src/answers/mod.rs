//! From what the rooms below know to what a screen is answered, one file a subject.

mod event;
mod facets;
mod gaps;
mod hooks;
mod quarantine;
mod row;
mod status;
mod story;

pub(crate) use event::event;
pub(crate) use facets::facets;
pub(crate) use gaps::{gap, gaps};
pub(crate) use hooks::hooks;
pub(crate) use quarantine::{discard, quarantine, quarantined};
pub(crate) use row::row;
pub(crate) use status::status;
pub(crate) use story::story;
