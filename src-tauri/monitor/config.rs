//! The settings in use: read once, changed in one place, kept at once.

use nexwatch_settings::{Settings, SettingsError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The settings of a running program.
pub(crate) struct Config {
    folder: PathBuf,
    /// Never held while something is written: whoever looks waits for nobody.
    settings: Mutex<Settings>,
    /// One change at a time.
    changing: Mutex<()>,
}

impl Config {
    pub fn new(folder: PathBuf, settings: Settings) -> Config {
        Config {
            folder,
            settings: Mutex::new(settings),
            changing: Mutex::default(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn lock(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As they are.
    pub fn get(&self) -> Settings {
        self.lock().clone()
    }

    /// Part of them.
    pub fn with<T>(&self, look: impl FnOnce(&Settings) -> T) -> T {
        look(&self.lock())
    }

    /// Changes them, if what comes out is right and can be written; else they stay as they are. Blocks.
    pub fn change<T, E: From<SettingsError>>(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<T, E>,
    ) -> Result<T, E> {
        // A change may ask the keychain, which may take its time.
        let _turn = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = self.get();
        let result = change(&mut new)?;
        new.check()
            .map_err(|why| SettingsError::Broken(Settings::path(&self.folder), why))?;
        new.save(&self.folder)?;
        *self.lock() = new;
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_looks_does_not_wait_for_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::load_or_make(folder.path()).unwrap();
        let config = Config::new(folder.path().to_owned(), settings.clone());
        let change = config.change(|new| -> Result<bool, SettingsError> {
            new.keep_in_tray = !settings.keep_in_tray;
            // Under way: it is as it was.
            Ok(config.get().keep_in_tray == settings.keep_in_tray)
        });
        assert!(change.unwrap());
        assert_ne!(config.get().keep_in_tray, settings.keep_in_tray);
    }

    #[test]
    fn what_is_wrong_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::load_or_make(folder.path()).unwrap();
        let config = Config::new(folder.path().to_owned(), settings.clone());
        let set = |bytes| {
            config.change(|settings| -> Result<(), SettingsError> {
                settings.limits.body_bytes = bytes;
                Ok(())
            })
        };
        assert!(set(1).is_err());
        assert_eq!(config.get().limits, settings.limits);
        set(2 << 20).unwrap();
        let kept = Settings::load(folder.path()).unwrap().unwrap();
        assert_eq!(kept.limits.body_bytes, 2 << 20);
        // What cannot be written is not in use either.
        std::fs::remove_dir_all(folder.path()).unwrap();
        assert!(set(3 << 20).is_err());
        assert_eq!(config.with(|settings| settings.limits.body_bytes), 2 << 20);
    }
}
