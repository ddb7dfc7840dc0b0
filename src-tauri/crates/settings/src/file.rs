//! `settings.json`: what a person may set. Fields that this version does not know are kept.

use crate::folder::write_private;
use crate::{AccountSettings, GuideState, ReachSettings, Telling};
use nexwatch_nexudus::Ms;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The listener's port: fixed, so that a reverse proxy can be pointed at it once.
pub const DEFAULT_PORT: u16 = 7397;

/// Why settings cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read or written.
    #[error("{0} cannot be read or written: {1}")]
    Io(PathBuf, std::io::Error),
    /// Not what this program writes. It is never written over.
    #[error("{0} is not right: {1}. Mend or remove it; it is left as it is")]
    Broken(PathBuf, String),
}

/// The settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Port of the listener on 127.0.0.1; 0 takes any free one.
    pub listen_port: u16,
    /// The key in the hook's path: 128 random bits, made at first start.
    pub hook_key: String,
    /// The key before it, while that is taken too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_hook_key: Option<OldKey>,
    /// The browser desk's token: 256 random bits.
    pub desk_token: String,
    /// Names this installation in the keychain.
    pub installation: String,
    /// What the listener puts up with.
    pub limits: Limits,
    /// The platform's retries come within this many hours.
    pub retry_window_hours: u32,
    /// Closing the window leaves the listener at work in the tray.
    pub keep_in_tray: bool,
    /// How the outside reaches this computer.
    pub reach: ReachSettings,
    /// Which ways have a secret kept, by name, and whether in the keychain (else in the file).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reach_secrets: BTreeMap<String, bool>,
    /// The Nexudus account.
    pub account: AccountSettings,
    /// Where the guide was left.
    pub guide: GuideState,
    /// In which language and by which clocks events are told.
    pub telling: Telling,
    /// Of a newer version.
    #[serde(flatten)]
    other: serde_json::Map<String, serde_json::Value>,
}

/// A hook key that was replaced.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldKey {
    /// The key.
    pub key: String,
    /// It is taken until then, ms since 1970.
    pub until: Ms,
}

impl std::fmt::Debug for OldKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OldKey")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}

/// What the listener and the quarantine put up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Largest body, bytes.
    pub body_bytes: usize,
    /// Largest head of a request, bytes.
    pub header_bytes: usize,
    /// A request must be complete within this many seconds.
    pub slow_seconds: u64,
    /// Open connections.
    pub connections: usize,
    /// Bytes of all bodies being received.
    pub in_flight_bytes: usize,
    /// Deliveries in quarantine.
    pub quarantine_count: u32,
    /// Bytes of bodies in quarantine.
    pub quarantine_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: 4 << 20,
            header_bytes: 32 << 10,
            slow_seconds: 10,
            connections: 512,
            in_flight_bytes: 256 << 20,
            quarantine_count: 10_000,
            quarantine_bytes: 64 << 20,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            listen_port: DEFAULT_PORT,
            hook_key: random_hex(16),
            old_hook_key: None,
            desk_token: random_hex(32),
            installation: random_hex(8),
            limits: Limits::default(),
            retry_window_hours: 24,
            keep_in_tray: true,
            reach: ReachSettings::default(),
            reach_secrets: BTreeMap::new(),
            account: AccountSettings::default(),
            guide: GuideState::default(),
            telling: Telling::default(),
            other: serde_json::Map::new(),
        }
    }
}

/// Random bytes of the operating system, in hexadecimal.
fn random_hex(bytes: usize) -> String {
    (0..bytes)
        .map(|_| format!("{:02x}", rand::random::<u8>()))
        .collect()
}

impl Settings {
    /// The settings file of a folder.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("settings.json")
    }

    /// Reads the settings of a folder; at the first start they are made and kept.
    pub fn load_or_make(folder: &Path) -> Result<Settings, SettingsError> {
        match Self::load(folder)? {
            Some(settings) => Ok(settings),
            None => {
                let made = Settings::default();
                made.save(folder)?;
                Ok(made)
            }
        }
    }

    /// Reads the settings of a folder; nothing if there are none yet.
    pub fn load(folder: &Path) -> Result<Option<Settings>, SettingsError> {
        let file = Self::path(folder);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(SettingsError::Io(file, error)),
        };
        let settings: Settings = serde_json::from_slice(&bytes)
            .map_err(|error| SettingsError::Broken(file.clone(), error.to_string()))?;
        settings.check().map_err(|why| SettingsError::Broken(file, why))?;
        Ok(Some(settings))
    }

    /// Writes the settings of a folder.
    pub fn save(&self, folder: &Path) -> Result<(), SettingsError> {
        let file = Self::path(folder);
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| SettingsError::Broken(file.clone(), error.to_string()))?;
        write_private(&file, &text).map_err(|error| SettingsError::Io(file, error))
    }

    /// A new key for the hook's path; the old one is taken until then (ms since 1970), or not at all.
    pub fn replace_hook_key(&mut self, until: Option<Ms>) {
        let key = std::mem::replace(&mut self.hook_key, random_hex(16));
        self.old_hook_key = until.map(|until| OldKey { key, until });
    }

    /// Whether everything lies within its bounds; else says what does not.
    pub fn check(&self) -> Result<(), String> {
        let key = |name: &str, value: &str, least: usize| {
            let sound = value.len() >= least && value.bytes().all(|b| b.is_ascii_alphanumeric());
            if sound {
                Ok(())
            } else {
                Err(format!("\"{name}\" must be at least {least} letters or digits"))
            }
        };
        key("hook_key", &self.hook_key, 16)?;
        if let Some(old) = &self.old_hook_key {
            key("old_hook_key", &old.key, 16)?;
        }
        key("desk_token", &self.desk_token, 32)?;
        self.telling.check()?;
        let limits = &self.limits;
        let between = |name: &str, value: u64, least: u64, most: u64| {
            if (least..=most).contains(&value) {
                Ok(())
            } else {
                Err(format!("\"{name}\" must lie between {least} and {most}"))
            }
        };
        between("body_bytes", limits.body_bytes as u64, 1 << 10, 64 << 20)?;
        between("header_bytes", limits.header_bytes as u64, 8 << 10, 1 << 20)?;
        between("slow_seconds", limits.slow_seconds, 1, 300)?;
        between("connections", limits.connections as u64, 1, 10_000)?;
        between(
            "in_flight_bytes",
            limits.in_flight_bytes as u64,
            limits.body_bytes as u64,
            4 << 30,
        )?;
        between("quarantine_count", limits.quarantine_count.into(), 1, 1_000_000)?;
        between("retry_window_hours", self.retry_window_hours.into(), 1, 24 * 30)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Settings::load(folder.path()).unwrap().is_none());
        let made = Settings::load_or_make(folder.path()).unwrap();
        let again = Settings::load_or_make(folder.path()).unwrap();
        assert_eq!((made.hook_key.len(), made.desk_token.len()), (32, 64));
        assert_eq!(made.hook_key, again.hook_key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(Settings::path(folder.path()))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn unknown_fields_stay_and_broken_files_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = Settings::path(folder.path());
        let made = Settings::load_or_make(folder.path()).unwrap();
        let mut json = serde_json::to_value(&made).unwrap();
        json["of_a_newer_version"] = 7.into();
        fs::write(&file, json.to_string()).unwrap();
        let mut read = Settings::load_or_make(folder.path()).unwrap();
        let before = read.hook_key.clone();
        read.replace_hook_key(Some(77));
        read.save(folder.path()).unwrap();
        let again = Settings::load_or_make(folder.path()).unwrap();
        let old = again.old_hook_key.clone().unwrap();
        assert_eq!((old.key, old.until), (before, 77));
        assert_ne!(again.hook_key, made.hook_key);
        assert!(fs::read_to_string(&file).unwrap().contains("of_a_newer_version"));
        for wrong in [
            "{",
            r#"{"hook_key":"short"}"#,
            r#"{"limits":{"body_bytes":1}}"#,
            r#"{"listen_port":70000}"#,
        ] {
            fs::write(&file, wrong).unwrap();
            assert!(
                matches!(
                    Settings::load_or_make(folder.path()),
                    Err(SettingsError::Broken(..))
                ),
                "{wrong}"
            );
            assert_eq!(fs::read_to_string(&file).unwrap(), wrong);
        }
    }
}
