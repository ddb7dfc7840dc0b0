//! The one question enum, the one answer enum, the news and the one error shape. The TypeScript types in
//! `ui/src/lib/backend/types` are generated from these (`make types`); CI fails when they are stale.

mod actions;
mod amounts;
mod answer;
mod error;
mod evidence;
mod filter;
mod gaps;
mod histogram;
mod news;
mod quarantine;
mod question;
mod reach;
mod settings;
mod story;
mod views;

pub use actions::*;
pub use amounts::*;
pub use answer::*;
pub use error::*;
pub use evidence::*;
pub use filter::*;
pub use gaps::*;
pub use histogram::*;
pub use news::*;
pub use nexwatch_feed::{
    Clause, EntityFilter, ExportFormat, ExportRequest, Filter, PersonFilter, ResourceFilter, Span,
};
pub use nexwatch_settings::{
    CloudflaredSettings, GuideState, NgrokSettings, OwnSettings, ReachSettings, SshLogin, SshSettings,
    WayName,
};
pub use quarantine::*;
pub use question::*;
pub use reach::*;
pub use settings::*;
pub use story::*;
pub use views::*;
