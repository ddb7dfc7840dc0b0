//! The listener over real sockets: every case of what gets in and what it is told.

// A panic is how a test fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bodies;
mod changes;
mod crowd;
mod limits;
mod outside;
mod paths;
mod recheck;
mod signatures;
mod start;
mod stop;
mod support;
mod trouble;
