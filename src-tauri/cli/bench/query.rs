//! Questions that a person asks, each with many different values: with nothing remembered, and again; while nothing else
//! happens, and while deliveries arrive; beside the naive shape of the same question where there is one.

mod ask;
mod how;
mod line;
mod log;
#[cfg(test)]
mod tests;
mod values;

pub(super) use ask::{Job, Pace, run};
pub(super) use how::{How, depth};
pub(super) use line::{Asked, Line};
#[cfg(test)]
pub(super) use line::{Memory, Slowest, Took};
#[cfg(test)]
pub(super) use log::Log;
pub(super) use values::{Values, spread};

/// Rows of a page.
pub(super) const PAGE: u32 = 200;
