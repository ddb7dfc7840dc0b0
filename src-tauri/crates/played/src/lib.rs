//! Peers of the outside world, played on loopback: for tests and measurements, never part of the program.
//!
//! - [`edge`]: ngrok's service, speaking its own protocol, so that the real client connects to it.
//! - [`chaos`]: a line that can be cut, frozen, refused or slowed, in front of any server.
//! - [`cloudflared`]: its program, which is started as a process.
//! - [`account`]: the Nexudus account's REST interface, which answers well, slowly, wrongly or not at all.
//! - [`authority`]: who vouches for names on loopback.

pub mod account;
pub mod authority;
pub mod chaos;
pub mod cloudflared;
pub mod edge;
