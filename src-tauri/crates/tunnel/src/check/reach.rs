//! Name, connection, TLS: one after the other, so that what fails has a name.

use super::{Broken, Part, judge};
use crate::Io;
use rustls_platform_verifier::Verifier;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, version};
use url::Url;

/// How long one address may take to answer.
const DIAL: Duration = Duration::from_secs(5);

/// Says where a name leads.
pub(super) type Resolve = Arc<dyn Fn(&str, u16) -> io::Result<SocketAddr> + Send + Sync>;

/// How one gets to a public address.
#[derive(Default)]
pub(super) struct Reach {
    extra: Vec<CertificateDer<'static>>,
    resolve: Option<Resolve>,
}

impl Reach {
    pub(super) fn trust(&mut self, pem: &[u8]) {
        self.extra.extend(CertificateDer::pem_slice_iter(pem).flatten());
    }

    pub(super) fn resolve_with(&mut self, resolve: Resolve) {
        self.resolve = Some(resolve);
    }

    /// A stream to whoever answers there, encrypted if the address says so.
    pub(super) async fn connect(&self, url: &Url) -> Result<Box<dyn Io>, Broken> {
        let host = url.host_str().ok_or_else(|| judge::no_address(url.as_str()))?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let port = url.port_or_known_default().unwrap_or(443);
        let found = match self.find(bare, port).await {
            Ok(found) if !found.is_empty() => found,
            _ if self.resolve.is_none() && offline() => return Err(judge::offline()),
            _ => return Err(judge::unknown_name(host)),
        };
        let stream = tcp(&found).await.map_err(|error| match error.kind() {
            ErrorKind::ConnectionRefused if found.iter().all(|at| at.ip().is_loopback()) => judge::deaf(),
            ErrorKind::NetworkUnreachable => judge::offline(),
            ErrorKind::ConnectionRefused => judge::refused(host),
            _ => judge::unreachable(host),
        })?;
        if url.scheme() != "https" {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(bare.to_owned()).map_err(|_| judge::no_address(url.as_str()))?;
        let connector = TlsConnector::from(Arc::new(self.tls()?));
        match connector.connect(name, stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(judge::of_tls(host, &error)),
        }
    }

    /// Whether `host:port` takes connections.
    pub(super) async fn dial(&self, server: &str) -> bool {
        let Some((host, port)) = server.rsplit_once(':') else {
            return false;
        };
        let Ok(port) = port.parse() else { return false };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match self.find(bare, port).await {
            Ok(found) => tcp(&found).await.is_ok(),
            Err(_) => false,
        }
    }

    async fn find(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        match &self.resolve {
            Some(resolve) => resolve(host, port).map(|found| vec![found]),
            None => Ok(lookup_host((host, port)).await?.collect()),
        }
    }

    fn tls(&self) -> Result<ClientConfig, Broken> {
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier::new_with_extra_roots(self.extra.iter().cloned(), provider.clone());
        let no_authorities = |_| {
            Broken::new(
                Part::Tls,
                "no-authorities",
                "This computer has no list of the authorities that vouch for addresses.",
                "Install the system's certificates (on Debian and Ubuntu: ca-certificates).",
            )
        };
        let verifier = Arc::new(verifier.map_err(no_authorities)?);
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13, &version::TLS12])
            .map_err(no_authorities)?;
        // Named so by rustls because the verifier is not its own; it is the system's, which is stricter.
        let config = config.dangerous().with_custom_certificate_verifier(verifier);
        Ok(config.with_no_client_auth())
    }
}

async fn tcp(found: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::from(ErrorKind::NotFound);
    for at in found {
        match timeout(DIAL, TcpStream::connect(at)).await {
            Ok(Ok(stream)) => {
                // Where it cannot be said, it is slower.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => last = error,
            Err(_) => last = ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

/// This computer has no way out: a datagram socket that is pointed at an address nobody has (RFC 5737, RFC 3849) is
/// refused by the system itself. Nothing is sent.
fn offline() -> bool {
    let out = |from: &str, to: &str| {
        UdpSocket::bind(from)
            .and_then(|socket| socket.connect(to))
            .is_ok()
    };
    !out("0.0.0.0:0", "192.0.2.1:9") && !out("[::]:0", "[2001:db8::1]:9")
}
