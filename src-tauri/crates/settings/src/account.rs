//! The Nexudus account: where it is and who asks. The password is kept where shared secrets are; the settings only know
//! that there is one, and where.

use crate::Settings;
use crate::keeper::{Keeper, KeeperError};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

/// Under which name the password is kept.
const NAME: &str = "account-password";

/// The account as it stands in `settings.json`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountSettings {
    /// The address below which it answers; empty: the platform's own.
    pub base: String,
    /// An administrator's e-mail; empty: no account is set.
    pub email: String,
    /// Whether the password is in the keychain (else in the file); nothing: none is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    password_in_keychain: Option<bool>,
    /// Of a newer version.
    #[serde(flatten)]
    other: serde_json::Map<String, serde_json::Value>,
}

impl fmt::Debug for AccountSettings {
    /// Without the e-mail, which is a person's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountSettings")
            .field("base", &self.base)
            .field("password_in_keychain", &self.password_in_keychain)
            .finish_non_exhaustive()
    }
}

impl AccountSettings {
    /// Whether a password is kept.
    pub fn has_password(&self) -> bool {
        self.password_in_keychain.is_some()
    }
}

impl Settings {
    fn account_keeper(&self, folder: &Path, in_keychain: bool) -> Keeper {
        match in_keychain {
            true => Keeper::Keychain(self.installation.clone()),
            false => Keeper::File(folder.join("secrets.json")),
        }
    }

    /// Sets where the account is and who asks; the settings have to be saved after it. Without a password the one that is
    /// kept stays, unless address or e-mail are others now: it is never sent to where it was not meant for. May take some
    /// seconds: not for async code.
    pub fn set_account(
        &mut self,
        folder: &Path,
        base: &str,
        email: &str,
        password: Option<&str>,
    ) -> Result<(), KeeperError> {
        let (base, email) = (base.trim(), email.trim());
        let same = self.account.base == base && self.account.email == email;
        match password.filter(|password| !password.is_empty()) {
            Some(password) => {
                let keeper = Keeper::choose(folder, &self.installation);
                let in_keychain = matches!(keeper, Keeper::Keychain(_));
                if self
                    .account
                    .password_in_keychain
                    .is_some_and(|before| before != in_keychain)
                {
                    self.forget_account_password(folder)?;
                }
                keeper.put(NAME, password)?;
                self.account.password_in_keychain = Some(in_keychain);
            }
            None if same => {}
            None => self.forget_account_password(folder)?,
        }
        base.clone_into(&mut self.account.base);
        email.clone_into(&mut self.account.email);
        Ok(())
    }

    fn forget_account_password(&mut self, folder: &Path) -> Result<(), KeeperError> {
        if let Some(in_keychain) = self.account.password_in_keychain.take() {
            self.account_keeper(folder, in_keychain).remove(NAME)?;
        }
        Ok(())
    }

    /// The account's password; nothing if none is kept. May take some seconds: not for async code.
    pub fn account_password(&self, folder: &Path) -> Result<Option<Zeroizing<String>>, KeeperError> {
        match self.account.password_in_keychain {
            Some(in_keychain) => {
                let kept = self.account_keeper(folder, in_keychain).get(NAME)?;
                Ok(kept.map(Zeroizing::new))
            }
            None => Ok(None),
        }
    }

    /// Where the password is kept, in words: `keychain`, or the file.
    pub fn account_password_place(&self, folder: &Path) -> Option<String> {
        let in_keychain = self.account.password_in_keychain?;
        Some(self.account_keeper(folder, in_keychain).place())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_kept_apart_and_goes_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let mut settings = Settings::load_or_make(at).unwrap();
        assert!(settings.account_password(at).unwrap().is_none());
        settings
            .set_account(
                at,
                " https://a.example/api ",
                "ana@harbour.example\n",
                Some("s3cret pass "),
            )
            .unwrap();
        settings.save(at).unwrap();
        let mut again = Settings::load(at).unwrap().unwrap();
        assert_eq!(again.account.base, "https://a.example/api");
        assert_eq!(again.account.email, "ana@harbour.example");
        assert_eq!(
            again.account_password(at).unwrap().unwrap().as_str(),
            "s3cret pass "
        );
        let file = std::fs::read_to_string(Settings::path(at)).unwrap();
        assert!(!file.contains("s3cret"));
        let shown = format!("{again:?}");
        assert!(!shown.contains("s3cret") && !shown.contains("ana@"), "{shown}");
        // Left as it is: kept. Another address or another person: asked for anew.
        again
            .set_account(at, "https://a.example/api", "ana@harbour.example", None)
            .unwrap();
        assert!(again.account.has_password());
        again
            .set_account(at, "https://b.example/api", "ana@harbour.example", None)
            .unwrap();
        assert!(!again.account.has_password() && again.account_password(at).unwrap().is_none());
        let secrets = std::fs::read_to_string(at.join("secrets.json")).unwrap();
        assert!(!secrets.contains("s3cret"));
    }

    #[test]
    fn fields_of_a_newer_version_stay() {
        let folder = tempfile::tempdir().unwrap();
        let made = Settings::load_or_make(folder.path()).unwrap();
        let mut json = serde_json::to_value(&made).unwrap();
        json["account"]["totp"] = "yes".into();
        std::fs::write(Settings::path(folder.path()), json.to_string()).unwrap();
        let mut read = Settings::load(folder.path()).unwrap().unwrap();
        read.set_account(folder.path(), "", "a@b.example", None).unwrap();
        read.save(folder.path()).unwrap();
        let file = std::fs::read_to_string(Settings::path(folder.path())).unwrap();
        assert!(file.contains("totp") && file.contains("a@b.example"));
    }
}
