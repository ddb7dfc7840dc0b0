//! From the wire: listener, limits, signature, acknowledgement.

mod answer;
mod body;
mod connection;
mod counts;
mod delivery;
mod headers;
mod hook;
mod keys;
mod listener;
mod options;
mod recheck;
pub mod route;
mod seats;
mod sink;

pub use counts::{Counts, Reason, Refused};
pub use headers::{SAMPLE_HEADER, STRAY};
pub use keys::{KeySet, Keys, SecretKey};
pub use listener::{BindError, Listener};
pub use options::{Limits, Options};
pub use recheck::recheck;
pub use sink::{Pending, Receipt, Sink};
