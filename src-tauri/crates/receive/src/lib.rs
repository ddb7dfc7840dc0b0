//! From the wire: listener, limits, signature, acknowledgement.

mod counts;
mod keys;
mod listener;
mod options;
mod recheck;
mod sink;

pub use counts::{Counts, Reason, Refused};
pub use keys::{KeySet, Keys, SecretKey};
pub use listener::{BindError, Listener};
pub use options::{Limits, Options};
pub use recheck::recheck;
pub use sink::{Pending, Receipt, Sink};
