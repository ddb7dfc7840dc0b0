//! Reading bodies, seen from outside: every documented body under every action, and everything that a stranger
//! could send.

mod bodies;
mod leaks;
mod mutations;
mod snapshots;
mod support;
mod when;
