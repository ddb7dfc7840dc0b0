//! Who vouches for names on loopback.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{ServerConfig, version};

/// What is the matter with the certificates it gives out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Nothing.
    #[default]
    None,
    /// They have run out.
    Expired,
    /// They are not valid yet.
    Early,
    /// They are for another name.
    OtherName,
    /// Nobody vouches for them.
    Stranger,
}

/// An authority (CA) of a test's own.
#[derive(Clone)]
pub struct Authority {
    inner: Arc<Inner>,
}

struct Inner {
    issuer: CertifiedIssuer<'static, KeyPair>,
    stranger: CertifiedIssuer<'static, KeyPair>,
    made: Mutex<HashMap<(String, Flaw), Arc<CertifiedKey>>>,
    flaw: Mutex<Flaw>,
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner").finish_non_exhaustive()
    }
}

impl Authority {
    /// A new one.
    pub fn new() -> io::Result<Authority> {
        Ok(Authority {
            inner: Arc::new(Inner {
                issuer: issuer("Nexwatch's played authority")?,
                stranger: issuer("Nobody's authority")?,
                made: Mutex::default(),
                flaw: Mutex::default(),
            }),
        })
    }

    /// What a client must trust, PEM.
    pub fn pem(&self) -> String {
        self.inner.issuer.pem()
    }

    /// What is the matter with the certificates from now on.
    pub fn flaw(&self, flaw: Flaw) {
        *self.inner.flaw.lock().unwrap_or_else(PoisonError::into_inner) = flaw;
    }

    /// Serves TLS under whichever name the client asks for.
    pub fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13, &version::TLS12])
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_cert_resolver(self.inner.clone());
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for Inner {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let flaw = *self.flaw.lock().unwrap_or_else(PoisonError::into_inner);
        // A client that connects by address names nothing.
        let name = hello.server_name().unwrap_or("127.0.0.1").to_owned();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = made.get(&(name.clone(), flaw)) {
            return Some(key.clone());
        }
        let key = Arc::new(self.certify(&name, flaw).ok()?);
        made.insert((name, flaw), key.clone());
        Some(key)
    }
}

impl Inner {
    fn certify(&self, name: &str, flaw: Flaw) -> io::Result<CertifiedKey> {
        let name = if flaw == Flaw::OtherName {
            "elsewhere.test"
        } else {
            name
        };
        let mut params = CertificateParams::new(vec![name.to_owned()]).map_err(io::Error::other)?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        (params.not_before, params.not_after) = match flaw {
            Flaw::Expired => (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1)),
            Flaw::Early => (date_time_ymd(2090, 1, 1), date_time_ymd(2091, 1, 1)),
            _ => (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1)),
        };
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let issuer = if flaw == Flaw::Stranger {
            &self.stranger
        } else {
            &self.issuer
        };
        let certificate = params.signed_by(&key, issuer).map_err(io::Error::other)?;
        let der = PrivateKeyDer::try_from(key.serialize_der()).map_err(io::Error::other)?;
        let key = ring::sign::any_supported_type(&der).map_err(io::Error::other)?;
        Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
    }
}

fn issuer(name: &str) -> io::Result<CertifiedIssuer<'static, KeyPair>> {
    let mut params = CertificateParams::new(Vec::new()).map_err(io::Error::other)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().map_err(io::Error::other)?;
    CertifiedIssuer::self_signed(params, key).map_err(io::Error::other)
}
