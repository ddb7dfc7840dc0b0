//! Cloudflare's own program, `cloudflared`, as a child: a quick tunnel without an account, or a named one.
//!
//! It is found, never bundled or fetched; started with a settings file of its own, so that one that lies around
//! does not mix in; asked by its metrics port how it is (`/ready`, `/quicktunnel`); and never left behind.

mod child;
mod errors;
mod metrics;
mod program;
mod running;

use super::{Live, Provider, Site, own};
use crate::{Cloudflared, Trouble};
use tokio::time::Instant;

/// A way through Cloudflare.
pub(crate) struct CloudflaredWay {
    settings: Cloudflared,
}

impl CloudflaredWay {
    pub(crate) fn new(settings: Cloudflared) -> CloudflaredWay {
        CloudflaredWay { settings }
    }
}

#[async_trait::async_trait]
impl Provider for CloudflaredWay {
    async fn open(&self, site: &Site) -> Result<Live, Trouble> {
        let begun = Instant::now();
        let service = site.door.address().ok_or_else(own::listener_down)?;
        let program = program::find(self.settings.program.as_deref())?;
        program::check(&program).await?;
        // A little less than the whole: so that what it complained of is told, rather than that it took too long.
        let patience = site.limits.open.mul_f32(0.9).saturating_sub(begun.elapsed());
        running::open(site, &program, &self.settings.tunnel, service, patience).await
    }

    fn server(&self) -> Option<String> {
        // Not where the tunnels end, whose port may be blocked where the web is not.
        Some("api.cloudflare.com:443".to_owned())
    }
}
