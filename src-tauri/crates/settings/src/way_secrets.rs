//! The secret of a way to be reachable: an authtoken, a passphrase, a password, a token. Kept where shared secrets are;
//! the settings only know that there is one, and where.

use crate::keeper::{Keeper, KeeperError};
use crate::{Settings, WayName};
use std::path::Path;

fn keeper(folder: &Path, settings: &Settings, in_keychain: bool) -> Keeper {
    if in_keychain {
        Keeper::Keychain(settings.installation.clone())
    } else {
        Keeper::File(folder.join("secrets.json"))
    }
}

impl Settings {
    /// Which ways have a secret kept.
    pub fn way_secrets(&self) -> Vec<WayName> {
        WayName::ALL
            .into_iter()
            .filter(|way| self.reach_secrets.contains_key(way.name()))
            .collect()
    }

    /// Where the next secret would be kept, in words: `keychain`, or the file. May take some seconds: not for async code.
    pub fn way_secrets_place(&self, folder: &Path) -> String {
        match self.reach_secrets.values().next() {
            Some(in_keychain) => keeper(folder, self, *in_keychain).place(),
            None => Keeper::choose(folder, &self.installation).place(),
        }
    }

    /// Keeps a way's secret; the settings have to be saved after it. May take some seconds: not for async code.
    pub fn keep_way_secret(&mut self, folder: &Path, way: WayName, secret: &str) -> Result<(), KeeperError> {
        let keeper = Keeper::choose(folder, &self.installation);
        keeper.put(&way.secret_name(), secret)?;
        let in_keychain = matches!(keeper, Keeper::Keychain(_));
        self.reach_secrets.insert(way.name().to_owned(), in_keychain);
        Ok(())
    }

    /// Forgets a way's secret; the settings have to be saved after it. May take some seconds: not for async code.
    pub fn forget_way_secret(&mut self, folder: &Path, way: WayName) -> Result<(), KeeperError> {
        if let Some(in_keychain) = self.reach_secrets.remove(way.name()) {
            keeper(folder, self, in_keychain).remove(&way.secret_name())?;
        }
        Ok(())
    }

    /// A way's secret; nothing if none is kept. May take some seconds: not for async code.
    pub fn way_secret(&self, folder: &Path, way: WayName) -> Result<Option<String>, KeeperError> {
        match self.reach_secrets.get(way.name()) {
            Some(in_keychain) => keeper(folder, self, *in_keychain).get(&way.secret_name()),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_kept_but_not_in_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::load_or_make(folder.path()).unwrap();
        assert_eq!(settings.way_secret(folder.path(), WayName::Ngrok).unwrap(), None);
        settings
            .keep_way_secret(folder.path(), WayName::Ngrok, "2abc_token")
            .unwrap();
        settings.save(folder.path()).unwrap();
        let again = Settings::load(folder.path()).unwrap().unwrap();
        assert_eq!(again.way_secrets(), [WayName::Ngrok]);
        assert_eq!(
            again
                .way_secret(folder.path(), WayName::Ngrok)
                .unwrap()
                .as_deref(),
            Some("2abc_token")
        );
        assert_eq!(again.way_secret(folder.path(), WayName::Ssh).unwrap(), None);
        let file = std::fs::read_to_string(Settings::path(folder.path())).unwrap();
        assert!(!file.contains("2abc"));
        assert!(!format!("{again:?}").contains("2abc"));
        settings.forget_way_secret(folder.path(), WayName::Ssh).unwrap();
        settings.forget_way_secret(folder.path(), WayName::Ngrok).unwrap();
        assert_eq!(settings.way_secrets(), []);
        let secrets = std::fs::read_to_string(folder.path().join("secrets.json")).unwrap();
        assert!(!secrets.contains("2abc"));
    }
}
