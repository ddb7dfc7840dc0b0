//! Reading bodies, seen from outside: every documented body under every action, and everything that a stranger
//! could send.

// A panic is how a test fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod back_office;
mod back_office_updates;
mod bodies;
mod front_desk;
mod leaks;
mod mutations;
mod snapshots;
mod support;
mod updates;
mod when;
