//! What can be in the way of a request, and what a person does about it.

use std::io;
use tokio_rustls::rustls::{CertificateError, Error as TlsError};

/// Why there is no answer. Each is what is wrong and what to do, in a sentence or two; nothing of what was to be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No network at all.
    #[error("This computer is not connected to any network. Connect it, then try again.")]
    Offline,
    /// Nobody knows the name.
    #[error(
        "The name {host} is not known. Check how it is written; if it is right, the network's name service does not answer."
    )]
    UnknownName {
        /// Which.
        host: String,
    },
    /// Nothing listens there.
    #[error(
        "{host} refuses connections: nothing listens there. Start it, or correct the address and its port."
    )]
    Refused {
        /// Which.
        host: String,
    },
    /// Nobody answers there.
    #[error(
        "{host} cannot be reached: nobody answers there. Check the network and its firewall, then try again."
    )]
    Unreachable {
        /// Which.
        host: String,
    },
    /// The connection could not be encrypted.
    #[error("The connection to {host} is not safe: {why}")]
    Tls {
        /// To whom.
        host: String,
        /// Why.
        why: TlsTrouble,
    },
    /// It ended the connection.
    #[error("{host} ended the connection without an answer. Try again; if it stays, ask whoever runs it.")]
    HungUp {
        /// Who.
        host: String,
    },
    /// What answers does not speak HTTP.
    #[error(
        "What answers at {host} does not speak HTTP. Check the address and its port, and whether it begins with https://."
    )]
    NotHttp {
        /// Where.
        host: String,
    },
    /// It takes too long.
    #[error("{host} did not answer within {seconds} seconds. Try again later.")]
    TooSlow {
        /// Who.
        host: String,
        /// How long was waited.
        seconds: u64,
    },
    /// It cannot be written as a request.
    #[error("This address cannot be asked. Correct it.")]
    Unsendable,
}

/// What is the matter with an encrypted connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsTrouble {
    /// The certificate has run out.
    #[error("its certificate has run out, or this computer's clock is wrong. Check the clock.")]
    Expired,
    /// The certificate is not valid yet.
    #[error("its certificate is not valid yet by this computer's clock. Set the clock right.")]
    Early,
    /// The certificate is another's.
    #[error(
        "its certificate is for another name. Check the address; something on the way may have put itself in between."
    )]
    OtherName,
    /// Nobody vouches for it.
    #[error(
        "nobody whom this computer trusts vouches for its certificate. Check whether a filter or a firewall opens encrypted connections."
    )]
    Stranger,
    /// It does not speak TLS.
    #[error("it does not speak TLS as it should. Check that this port serves https.")]
    NotTls,
    /// This computer trusts nobody.
    #[error(
        "this computer has no list of the authorities that vouch for addresses. Install the system's certificates (on Debian and Ubuntu: ca-certificates)."
    )]
    NoAuthorities,
}

impl TlsTrouble {
    pub(super) fn of(error: &io::Error) -> TlsTrouble {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
        let Some(TlsError::InvalidCertificate(wrong)) = inner else {
            return TlsTrouble::NotTls;
        };
        match wrong {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsTrouble::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsTrouble::Early,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsTrouble::OtherName
            }
            _ => TlsTrouble::Stranger,
        }
    }
}
