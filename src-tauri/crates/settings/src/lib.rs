//! The data folder, the settings file and the shared secrets.

mod file;
mod folder;
mod keeper;
mod secrets;

pub use file::{DEFAULT_PORT, Limits, Settings, SettingsError};
pub use folder::{Running, data_folder, running, write_running};
pub use keeper::{Keeper, KeeperError};
pub use secrets::{ActiveSecret, SecretInfo, Secrets, SecretsError};
