//! ngrok, spoken to by this program itself.
//!
//! With the `ngrok` crate, whose faults are cured here: its connections and its waiting (`connector`), the end of a
//! session (`line`), a missed heartbeat (it does nothing by itself), what it does not tell (`tap`).

mod connector;
mod errors;
mod line;
mod session;
mod tap;

use super::{Live, Provider, Site};
use crate::{Broken, Class, Field, Ngrok, Trouble};
use futures_rustls::rustls::crypto::ring;
use futures_rustls::rustls::pki_types::CertificateDer;
use futures_rustls::rustls::pki_types::pem::PemObject;
use std::path::Path;

/// The service's own server.
const SERVER: &str = "connect.ngrok-agent.com:443";

/// A way through ngrok.
pub(crate) struct NgrokWay {
    settings: Ngrok,
}

impl NgrokWay {
    pub(crate) fn new(settings: Ngrok) -> NgrokWay {
        NgrokWay { settings }
    }

    fn address(&self) -> &str {
        match &self.settings.server {
            Some(server) if !server.trim().is_empty() => server.trim(),
            _ => SERVER,
        }
    }

    /// The domain as ngrok wants it, however it was pasted.
    fn domain(&self) -> Option<String> {
        let domain = self.settings.domain.as_deref()?.trim();
        let domain = domain.strip_prefix("https://").unwrap_or(domain);
        let domain = domain.trim_end_matches('/');
        (!domain.is_empty()).then(|| domain.to_ascii_lowercase())
    }
}

#[async_trait::async_trait]
impl Provider for NgrokWay {
    async fn open(&self, site: &Site) -> Result<Live, Trouble> {
        if self.settings.authtoken.is_empty() {
            return Err(errors::of_code("ERR_NGROK_4018"));
        }
        // The crate builds its TLS without naming who does the cryptography, which panics where two are compiled in.
        // An error: somebody has chosen already, which is as good.
        let _ = ring::default_provider().install_default();
        let authority = match &self.settings.ca_file {
            Some(file) => Some(authority(file).await?),
            None => None,
        };
        session::open(
            site,
            session::Wanted {
                authtoken: &self.settings.authtoken,
                domain: self.domain(),
                server: self.address(),
                authority,
            },
        )
        .await
    }

    fn server(&self) -> Option<String> {
        Some(self.address().to_owned())
    }

    fn forgotten(&self, broken: &Broken) -> bool {
        broken.code == "ERR_NGROK_3200"
    }
}

/// Reads who vouches for the server; says so if that is not what the file holds.
async fn authority(file: &Path) -> Result<Vec<u8>, Trouble> {
    let wrong = |code: &str, message: String| {
        Trouble::new(
            Class::Settings,
            code,
            message,
            "Choose the PEM file of the authority (CA) that vouches for the server, or none.",
        )
        .about(Field::CaFile)
    };
    let pem = tokio::fs::read(file).await.map_err(|error| {
        wrong(
            "ca-file-unreadable",
            format!("{} cannot be read: {error}.", file.display()),
        )
    })?;
    match CertificateDer::pem_slice_iter(&pem).next() {
        Some(Ok(_)) => Ok(pem),
        _ => Err(wrong(
            "ca-file-wrong",
            format!("{} holds no certificate in PEM form.", file.display()),
        )),
    }
}
