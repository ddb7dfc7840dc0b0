//! The settings in use: read once, changed in one place, kept at once.

use nexwatch_settings::{Settings, SettingsError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The settings of a running program.
pub(crate) struct Config {
    folder: PathBuf,
    settings: Mutex<Settings>,
}

impl Config {
    pub fn new(folder: PathBuf, settings: Settings) -> Config {
        Config {
            folder,
            settings: Mutex::new(settings),
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
        let mut known = self.lock();
        let mut new = known.clone();
        let result = change(&mut new)?;
        new.check()
            .map_err(|why| SettingsError::Broken(Settings::path(&self.folder), why))?;
        new.save(&self.folder)?;
        *known = new;
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
