//! Every way for this computer to be reachable: one trait, one state machine, and the proof that it is.

mod check;
mod clock;
mod door;
mod options;
mod secret;
mod state;
mod tunnel;
mod way;

pub use check::{Broken, Checked, Checking, Part, SelfCheck};
pub use clock::{Clock, SystemClock};
pub use door::{Door, Io};
pub use options::{BackOff, Heartbeat, Limits, OnChange, OnHostKey, Options, Steps};
pub use secret::SecretText;
pub use state::{Class, Field, Ms, State, Trouble};
pub use tunnel::Tunnel;
pub use way::{Cloudflared, CloudflaredTunnel, Ngrok, Own, Ssh, SshAuth, Way};
