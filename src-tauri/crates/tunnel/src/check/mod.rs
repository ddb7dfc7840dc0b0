//! The self-test: a request through the public address that comes back to this very program.

mod judge;
mod proof;
mod reach;
mod through;

pub use proof::Proof;
pub use through::Check;

use crate::{Class, Ms, Trouble};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A self-test's outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// When it ended.
    pub at: Ms,
    /// How long it took.
    pub took: Duration,
    /// It came back, or what is broken.
    pub result: Result<(), Broken>,
}

/// Which part of the way from the world to this program is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// This computer's own connection: the tunnel's server cannot be reached either.
    Internet,
    /// The tunnel: its service answers that it does not reach this program.
    Tunnel,
    /// The public name: it is not known, or nobody answers there.
    Address,
    /// Its certificate.
    Tls,
    /// Somebody answers, but not at the hook's path, or it is not this program.
    Path,
    /// This program's listener.
    Listener,
    /// The service's limits.
    Plan,
}

/// What is broken, and what a person does about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which part.
    pub part: Part,
    /// A stable word for programs, e.g. `ERR_NGROK_3200`, `dns`, `certificate-expired`.
    pub code: String,
    /// One plain sentence.
    pub message: String,
    /// What the person does: one sentence.
    pub remedy: String,
}

/// What a self-test's work is: boxed, so that tests can play one.
pub type Checking<'a> = Pin<Box<dyn Future<Output = Checked> + Send + 'a>>;

/// Tests whether a public address leads here.
pub trait SelfCheck: Send + Sync + 'static {
    /// Sends the test through the public address and waits for it, some seconds at most.
    fn check<'a>(&'a self, url: &'a str) -> Checking<'a>;

    /// Whether `host:port`, the tunnel's own server, can be reached at all: tells a broken address from a computer
    /// that is offline.
    fn reaches<'a>(&'a self, server: &'a str) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>>;
}

impl Broken {
    /// What is broken.
    pub fn new(part: Part, code: &str, message: impl Into<String>, remedy: impl Into<String>) -> Broken {
        Broken {
            part,
            code: code.to_owned(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

impl From<&Broken> for Trouble {
    fn from(broken: &Broken) -> Trouble {
        let class = match broken.part {
            Part::Path | Part::Plan => Class::Settings,
            _ => Class::Network,
        };
        Trouble::new(class, &broken.code, &broken.message, &broken.remedy)
    }
}
