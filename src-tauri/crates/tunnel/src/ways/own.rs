//! An address that already leads here: a reverse proxy, a router's forwarding, Tailscale Funnel.

use super::inlet::Quiet;
use super::{Closing, Live, Provider, Site, address};
use crate::{Class, Field, Own, Trouble};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Nothing is opened here: only the self-test can tell whether the address leads here.
pub(crate) struct OwnWay {
    settings: Own,
}

impl OwnWay {
    pub(crate) fn new(settings: Own) -> OwnWay {
        OwnWay { settings }
    }
}

#[async_trait::async_trait]
impl Provider for OwnWay {
    async fn open(&self, site: &Site) -> Result<Live, Trouble> {
        let url = address::parse(&self.settings.url)?;
        if site.door.address().is_none() {
            return Err(listener_down());
        }
        let (news_in, news) = mpsc::unbounded_channel();
        Ok(Live {
            url,
            unproven: true,
            news,
            hurry: Arc::default(),
            renew: Arc::default(),
            closing: Box::new(Nothing { _news: news_in }),
        })
    }
}

/// There is no port for others to lead to.
pub(super) fn listener_down() -> Trouble {
    Trouble::new(
        Class::Network,
        "listener-down",
        "The listener of this program is down, so that nothing can lead to it.",
        "See what the window says of the listener's port; it is tried again by itself.",
    )
    .about(Field::Port)
}

struct Nothing {
    _news: mpsc::UnboundedSender<super::News>,
}

#[async_trait::async_trait]
impl Closing for Nothing {
    async fn close(self: Box<Self>, _quiet: Quiet) {}
}
