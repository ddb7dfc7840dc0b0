//! From the wire: listener, limits, signature, acknowledgement.
//!
//! A delivery's way: [`Listener`] → a connection with its seat (`seat`, `seats`, `connection`) → one request
//! (`hook`): path (`route`), headers, body, → `delivery`: `Received → Verified | Rejected` → the store's writer
//! ([`Sink`]) → commit → 200. What it is told otherwise stands in `answer`, why in [`Reason`].
//!
//! - 200 only for what is on the disk, a repeat included.
//! - 401 or 202 for a failed signature: see [`Reason::Signature`] and [`Reason::Unproven`]. Both are kept apart;
//!   [`recheck`] releases them when the right secret comes.
//! - 503 whenever the trouble is ours, so that it is sent again; never a 4xx for that.
//! - No body, header, secret or address of a sender in a log or an answer.

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
mod proof;
mod recheck;
pub mod route;
mod seat;
mod seats;
mod sink;

pub use counts::{Counts, Reason, Refused};
pub use headers::{SAMPLE_HEADER, STRAY};
pub use keys::{KeySet, Keys, SecretKey};
pub use listener::{BindError, Listener};
pub use options::{Limits, Options, ReplacedKey};
pub use proof::{Proof, TEST_HEADER};
pub use recheck::recheck;
pub use sink::{Pending, Receipt, Sink};
