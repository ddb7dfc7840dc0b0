//! Who asks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// An administrator's e-mail and password. `Debug` shows neither; the password is wiped from memory when dropped.
#[derive(Clone)]
pub struct Credentials {
    email: String,
    password: Zeroizing<String>,
}

impl Credentials {
    /// Takes them as they were entered; white space around the e-mail, which comes along when it is pasted, is none of it.
    pub fn new(email: &str, password: impl Into<String>) -> Credentials {
        Credentials {
            email: email.trim().to_owned(),
            password: Zeroizing::new(password.into()),
        }
    }

    /// What the header `Authorization` says (RFC 7617, UTF-8).
    pub(crate) fn basic(&self) -> Option<HeaderValue> {
        let pair = Zeroizing::new(format!("{}:{}", self.email, self.password.as_str()));
        let mut text = STANDARD.encode(pair.as_bytes());
        text.insert_str(0, "Basic ");
        let header = HeaderValue::from_str(&text);
        text.zeroize();
        let mut header = header.ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_never_shown() {
        let who = Credentials::new(" ana@example.com\n", "hünter2");
        assert_eq!(format!("{who:?}"), "Credentials(…)");
        let header = who.basic().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic YW5hQGV4YW1wbGUuY29tOmjDvG50ZXIy");
        assert!(!format!("{header:?}").contains("YW5h"));
    }
}
