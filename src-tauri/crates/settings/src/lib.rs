//! The data folder, the settings file and the shared secrets.

mod account;
mod file;
mod folder;
mod guide;
mod keeper;
mod learnt;
mod reach;
mod secrets;
mod telling;
mod views;
mod watched;
mod way_secrets;

pub use account::AccountSettings;
pub use file::{DEFAULT_PORT, Limits, OldKey, Settings, SettingsError};
pub use folder::{Running, data_folder, running, write_running};
pub use guide::GuideState;
pub use keeper::{Keeper, KeeperError};
pub use learnt::{LearntAction, LearntActions};
pub use reach::{
    CloudflaredSettings, NgrokSettings, OwnSettings, ReachSettings, SshLogin, SshSettings, WayName,
};
pub use secrets::{ActiveSecret, SecretInfo, Secrets, SecretsError};
pub use telling::{Telling, computer_zone, zone_names};
pub use views::{ImportedViews, MOST_VIEWS, View, ViewColumn, ViewFile, ViewsError, shipped_views};
pub use watched::Watched;
