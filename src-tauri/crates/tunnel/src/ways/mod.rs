//! What every way to be reachable does: it opens, tells news of its line, and closes.

mod address;
mod cloudflared;
mod cut;
pub(crate) mod inlet;
mod ngrok;
mod own;
mod ssh;

use crate::{Broken, Door, Heartbeat, Limits, OnHostKey, Trouble, Way};
use inlet::{Inlet, Quiet};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

/// A way to be reachable, as it is set.
#[async_trait::async_trait]
pub(crate) trait Provider: Send + Sync {
    /// Sets it up. May be dropped half-way, and leaves nothing behind then.
    async fn open(&self, site: &Site) -> Result<Live, Trouble>;

    /// The service's own `host:port`: if that cannot be reached either, it is not the address that is broken.
    fn server(&self) -> Option<String> {
        None
    }

    /// Whether a failed self-test means that the service has forgotten us, and only a fresh session helps.
    fn forgotten(&self, _broken: &Broken) -> bool {
        false
    }
}

/// What a way works with.
pub(crate) struct Site {
    pub(crate) door: Arc<dyn Door>,
    pub(crate) heartbeat: Heartbeat,
    pub(crate) limits: Limits,
    pub(crate) back_off: crate::BackOff,
    pub(crate) on_host_key: Arc<OnHostKey>,
}

impl Site {
    /// A new way in for streams.
    pub(crate) fn inlet(&self) -> Inlet {
        Inlet::new(self.door.clone())
    }
}

/// A way that is open.
pub(crate) struct Live {
    /// The public address.
    pub(crate) url: String,
    /// Only the self-test can tell whether it leads here: not online before that.
    pub(crate) unproven: bool,
    /// What happens to it. Its end ends the way too.
    pub(crate) news: mpsc::UnboundedReceiver<News>,
    /// Try at once what is waited for.
    pub(crate) hurry: Arc<Notify>,
    /// Drop the line and take it up anew.
    pub(crate) renew: Arc<Notify>,
    /// How it ends.
    pub(crate) closing: Box<dyn Closing>,
}

/// What happens to a way that is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum News {
    /// The line was lost; taking it up again under the same address.
    Resuming { attempt: u32, why: Trouble },
    /// The line is up again.
    Up,
    /// It is reached under another address from now on.
    Moved(String),
    /// It is over.
    Ended(Trouble),
}

/// How an open way ends. What is dropped without it ends too, only less politely.
#[async_trait::async_trait]
pub(crate) trait Closing: Send {
    /// Takes no new requests, lets those in flight finish, cuts the line. Nothing is left afterwards.
    async fn close(self: Box<Self>, quiet: Quiet);
}

/// The way that is set; `None`: local only.
pub(crate) fn provider(way: Way) -> Option<Box<dyn Provider>> {
    Some(match way {
        Way::Off => return None,
        Way::Ngrok(ngrok) => Box::new(ngrok::NgrokWay::new(ngrok)),
        Way::Ssh(ssh) => Box::new(ssh::SshWay::new(ssh)),
        Way::Own(own) => Box::new(own::OwnWay::new(own)),
        Way::Cloudflared(settings) => Box::new(cloudflared::CloudflaredWay::new(settings)),
    })
}
