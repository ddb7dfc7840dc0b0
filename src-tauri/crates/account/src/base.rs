//! Where the account is.

use crate::outward::is_loopback;
use std::fmt;
use url::Url;

/// The platform's own address (its documentation, "REST API").
pub const DEFAULT_BASE: &str = "https://spaces.nexudus.com/api";

/// Why an address cannot be the account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// No address at all.
    #[error("the account's address is not one: write e.g. {DEFAULT_BASE}")]
    NotAnAddress,
    /// The password would go over the line for everybody to read.
    #[error("the account's address has to begin with https://, or the password could be read on its way")]
    NotEncrypted,
    /// Who asks is entered apart.
    #[error(
        "the account's address must hold no user name, password, ? or #: enter e-mail and password in their own fields"
    )]
    TooMuch,
}

/// The address below which the account answers: `https`, or `http` on this very computer.
#[derive(Clone, PartialEq, Eq)]
pub struct Base(Url);

impl Base {
    /// Reads an address as a person enters it.
    pub fn parse(text: &str) -> Result<Base, BaseError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseError::NotAnAddress)?;
        if !url.has_host() || url.host_str().is_none_or(str::is_empty) {
            return Err(BaseError::NotAnAddress);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseError::TooMuch);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseError::TooMuch);
        }
        match url.scheme() {
            "https" => Ok(Base(url)),
            "http" if is_loopback(&url) => Ok(Base(url)),
            "http" => Err(BaseError::NotEncrypted),
            _ => Err(BaseError::NotAnAddress),
        }
    }

    /// The address of something below it: segments, then pairs of a query.
    pub(crate) fn below(&self, segments: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url.query_pairs_mut().extend_pairs(query);
        url
    }

    /// Its host.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_encrypted_unless_it_stays_here() {
        for (given, wanted) in [
            (DEFAULT_BASE, DEFAULT_BASE),
            (" https://spaces.nexudus.com/api/ ", DEFAULT_BASE),
            ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:1", "http://[::1]:1"),
        ] {
            assert_eq!(Base::parse(given).unwrap().to_string(), wanted, "{given}");
        }
        for (given, wrong) in [
            ("http://spaces.nexudus.com/api", BaseError::NotEncrypted),
            ("http://127.0.0.1.example.com/", BaseError::NotEncrypted),
            ("http://192.168.1.5/", BaseError::NotEncrypted),
            ("spaces.nexudus.com/api", BaseError::NotAnAddress),
            ("ftp://spaces.nexudus.com", BaseError::NotAnAddress),
            ("mailto:a@b.c", BaseError::NotAnAddress),
            ("https://", BaseError::NotAnAddress),
            ("", BaseError::NotAnAddress),
            ("https://me:secret@spaces.nexudus.com/api", BaseError::TooMuch),
            ("https://spaces.nexudus.com/api?x=1", BaseError::TooMuch),
            ("https://spaces.nexudus.com/api#x", BaseError::TooMuch),
        ] {
            let error = Base::parse(given).unwrap_err();
            assert_eq!(error, wrong, "{given}");
            assert!(!error.to_string().contains("secret@"));
        }
    }

    #[test]
    fn what_is_below_keeps_the_path() {
        for base in [DEFAULT_BASE, "https://spaces.nexudus.com/api/"] {
            assert_eq!(
                Base::parse(base)
                    .unwrap()
                    .below(&["utils", "enums"], &[("name", "eWebhookAction")])
                    .as_str(),
                "https://spaces.nexudus.com/api/utils/enums?name=eWebhookAction"
            );
        }
    }
}
