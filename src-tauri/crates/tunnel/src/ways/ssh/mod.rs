//! A port forwarded by an SSH server (RFC 4254, section 7): one's own, or a public service that prints an address.
//!
//! Streams come as channels of the one connection and go straight through the door: no port is opened here.

mod auth;
mod errors;
mod handler;
mod host_key;
mod printed;
mod session;

use super::{Live, Provider, Site};
use crate::{Ssh, Trouble};
use host_key::Pinned;

/// A way through an SSH server.
pub(crate) struct SshWay {
    settings: Ssh,
    pinned: Pinned,
}

impl SshWay {
    pub(crate) fn new(settings: Ssh) -> SshWay {
        SshWay {
            settings: Ssh {
                host: settings.host.trim().to_owned(),
                user: settings.user.trim().to_owned(),
                ..settings
            },
            pinned: Pinned::default(),
        }
    }
}

#[async_trait::async_trait]
impl Provider for SshWay {
    async fn open(&self, site: &Site) -> Result<Live, Trouble> {
        if let Some(missing) = errors::missing(&self.settings) {
            return Err(missing);
        }
        session::open(site, &self.settings, &self.pinned).await
    }

    fn server(&self) -> Option<String> {
        Some(format!("{}:{}", self.settings.host, self.settings.port))
    }
}
