//! Every way for this computer to be reachable: one trait, one state machine, and the proof that it is.
//!
//! [`Tunnel`] is the handle of one task, the `supervisor`: it opens the chosen [`Way`] (a `Provider`, one folder or
//! file each under `ways`), keeps it while it lives (`keep`), and waits between tries as the failure's [`Class`]
//! deserves. Whatever comes through goes into the program's one HTTP server, the [`Door`]. A [`SelfCheck`] through
//! the public address proves that it does (`check`, scheduled by `testing`).
//!
//! Tunnels that connect and then silently stop are the loudest complaint of all who use them. Hence: a line that is
//! frozen is noticed by its heartbeat and cut; sleep is noticed by the clock (`wake`); "online" that the self-test
//! refutes is called degraded; nothing waits longer than its step, and nothing is tried in a busy loop.

mod back_off;
mod check;
mod clock;
mod door;
mod keep;
mod options;
mod secret;
mod state;
mod supervisor;
mod testing;
mod tunnel;
mod wake;
mod way;
mod ways;

pub use check::{Broken, Check, Checked, Checking, Part, Proof, SelfCheck};
pub use clock::{Clock, SystemClock};
pub use door::{Door, Io};
pub use options::{BackOff, Heartbeat, Limits, OnChange, OnHostKey, Options, Steps};
pub use secret::SecretText;
pub use state::{Class, Field, Ms, State, Trouble};
pub use tunnel::Tunnel;
pub use way::{Cloudflared, CloudflaredTunnel, Ngrok, Own, Ssh, SshAuth, Way};
