//! Name, connection, TLS: one after the other, so that what fails has a name.

use super::trouble::{TlsTrouble, Trouble};
use super::{is_local_name, is_loopback};
use rustls_platform_verifier::Verifier;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, version};
use url::Url;

/// A stream of bytes in both directions.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// Says where a name leads.
pub type Resolve = Arc<dyn Fn(&str, u16) -> io::Result<SocketAddr> + Send + Sync>;

/// A connection that is being made.
pub type Connecting = Pin<Box<dyn Future<Output = io::Result<Box<dyn Io>>> + Send>>;

/// Connects to a name and port, in place of the network: for tests, in which no real time passes.
pub trait Connect: Send + Sync + 'static {
    /// A stream to whoever answers there.
    fn connect(&self, host: &str, port: u16) -> Connecting;
}

/// How one gets to an address.
#[derive(Clone, Default)]
pub(super) struct Reach {
    extra: Vec<CertificateDer<'static>>,
    resolve: Option<Resolve>,
    connect: Option<Arc<dyn Connect>>,
}

impl Reach {
    pub(super) fn trust(&mut self, pem: &[u8]) {
        self.extra.extend(CertificateDer::pem_slice_iter(pem).flatten());
    }

    pub(super) fn resolve_with(&mut self, resolve: Resolve) {
        self.resolve = Some(resolve);
    }

    pub(super) fn connect_by(&mut self, connect: Arc<dyn Connect>) {
        self.connect = Some(connect);
    }

    /// A stream to whoever answers there, encrypted if the address says so.
    pub(super) async fn connect(&self, url: &Url, patience: Duration) -> Result<Box<dyn Io>, Trouble> {
        let host = url.host_str().ok_or(Trouble::Unsendable)?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let port = url.port_or_known_default().ok_or(Trouble::Unsendable)?;
        let stream: Box<dyn Io> = match &self.connect {
            Some(connect) => {
                let connecting = timeout(patience, connect.connect(bare, port)).await;
                connecting
                    .unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
                    .map_err(|error| self.of_connection(host, &error))?
            }
            None => Box::new(self.dial(url, host, bare, port, patience).await?),
        };
        if url.scheme() != "https" {
            return Ok(stream);
        }
        let tls = |why| Trouble::Tls {
            host: host.to_owned(),
            why,
        };
        let name = ServerName::try_from(bare.to_owned()).map_err(|_| Trouble::Unsendable)?;
        let config = self.tls().ok_or_else(|| tls(TlsTrouble::NoAuthorities))?;
        match TlsConnector::from(Arc::new(config)).connect(name, stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(tls(TlsTrouble::of(&error))),
        }
    }

    async fn dial(
        &self,
        url: &Url,
        host: &str,
        bare: &str,
        port: u16,
        patience: Duration,
    ) -> Result<TcpStream, Trouble> {
        let unknown = || match self.resolve.is_none() && offline() {
            true => Trouble::Offline,
            false => Trouble::UnknownName {
                host: host.to_owned(),
            },
        };
        let mut found = self.find(bare, port).await.map_err(|_| unknown())?;
        if is_loopback(url) && is_local_name(bare) {
            // Whatever a file of hosts says, what was promised to stay here does.
            found.retain(|at| at.ip().is_loopback());
        }
        if found.is_empty() {
            return Err(unknown());
        }
        tcp(&found, patience)
            .await
            .map_err(|error| self.of_connection(host, &error))
    }

    fn of_connection(&self, host: &str, error: &io::Error) -> Trouble {
        let host = host.to_owned();
        match error.kind() {
            ErrorKind::ConnectionRefused => Trouble::Refused { host },
            ErrorKind::NetworkUnreachable if self.resolve.is_none() => Trouble::Offline,
            _ => Trouble::Unreachable { host },
        }
    }

    async fn find(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        match &self.resolve {
            Some(resolve) => resolve(host, port).map(|found| vec![found]),
            None => Ok(lookup_host((host, port)).await?.collect()),
        }
    }

    fn tls(&self) -> Option<ClientConfig> {
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier::new_with_extra_roots(self.extra.iter().cloned(), provider.clone()).ok()?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13, &version::TLS12])
            .ok()?;
        // Named so by rustls because the verifier is not its own; it is the system's, which is stricter.
        let config = config
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        Some(config.with_no_client_auth())
    }
}

async fn tcp(found: &[SocketAddr], patience: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::from(ErrorKind::NotFound);
    for at in found {
        match timeout(patience, TcpStream::connect(at)).await {
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
