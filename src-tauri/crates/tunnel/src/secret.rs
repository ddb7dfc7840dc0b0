//! A secret in memory.

use std::fmt;
use zeroize::Zeroizing;

/// A secret text: a token, a password, a passphrase. `Debug` never shows it; it is wiped from memory when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes a secret; white space around it, which comes along when it is pasted, is none of it.
    pub fn pasted(text: &str) -> SecretText {
        SecretText(Zeroizing::new(text.trim().to_owned()))
    }

    /// The secret itself: for the one who must send it, and for nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        SecretText(Zeroizing::new(text))
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        SecretText(Zeroizing::new(text.to_owned()))
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_never_shown() {
        let secret = SecretText::pasted(" hunter2\n");
        assert_eq!(format!("{secret:?}"), "…");
        assert_eq!(secret.reveal(), "hunter2");
    }
}
