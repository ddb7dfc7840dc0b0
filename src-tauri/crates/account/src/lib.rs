//! The Nexudus account over REST, and the one door by which requests leave this program.
//!
//! - [`Account`]: asks the account, as its administrator; one request at a time, within the platform's limits.
//! - [`Base`] and [`Credentials`]: where it is and who asks. The password is never shown, logged or part of an error.
//! - [`outward`]: one request to anywhere: name, connection, TLS and answer one after the other, so that whatever fails has
//!   a name. hyper and rustls with the system's verifier, as the tunnel's self-test has them, and no HTTP library beside:
//!   such a library would bring a second set of connection, redirect and TLS rules (reqwest 0.13 a second crypto provider
//!   as well, unless told otherwise), and fold "no such name" and "certificate run out" into one error.

mod base;
mod client;
mod credentials;
mod error;
pub mod outward;
mod retry_after;

pub use base::{Base, BaseError, DEFAULT_BASE};
pub use client::{Account, Pace, Turn};
pub use credentials::Credentials;
pub use error::AccountError;
