//! What a person may set, beside secrets and the way to be reachable.

use super::AccountView;
use nexwatch_settings::GuideState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The settings as they are.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SettingsView {
    /// What may be changed.
    pub settings: ChangeableSettings,
    /// The hook key was replaced, and the one before is still taken until, ms since 1970.
    pub old_key_until: Option<i64>,
    /// Where the guide was left.
    pub guide: GuideState,
    /// The settings file.
    pub file: String,
    /// Languages in which events can be told.
    pub languages: Vec<Language>,
    /// IANA name of the computer's own time zone.
    pub computer_zone: String,
    /// Names of all time zones.
    pub zone_names: Vec<String>,
    /// Locations heard of, by name: each may have a time zone of its own.
    pub locations: Vec<KnownLocation>,
    /// The Nexudus account, without its password.
    pub account: AccountView,
}

/// A language.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Language {
    /// E.g. `es`.
    pub code: String,
    /// Its name in itself, e.g. "Español".
    pub name: String,
}

/// A location that has been heard of.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KnownLocation {
    /// Its id.
    pub id: i64,
    /// Its name, or its id where none is known.
    pub name: String,
}

/// What may be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChangeableSettings {
    /// Port of the listener on 127.0.0.1. 0 takes any free one.
    pub listen_port: u16,
    /// Largest body, KiB (1 to 65,536).
    pub body_kib: u32,
    /// A request must be complete within this many seconds (1 to 300).
    pub slow_seconds: u32,
    /// Open connections (1 to 10,000).
    pub connections: u32,
    /// Deliveries in quarantine (1 to 1,000,000).
    pub quarantine_count: u32,
    /// The platform's retries come within this many hours (1 to 720).
    pub retry_window_hours: u32,
    /// Closing the window leaves the listener at work in the tray.
    pub keep_in_tray: bool,
    /// Code of the language in which events are told.
    pub language: String,
    /// IANA name of the time zone by which times are told; the computer's if none.
    pub time_zone: Option<String>,
    /// Locations with a time zone of their own.
    pub location_zones: Vec<LocationZone>,
}

/// A location's own time zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LocationZone {
    /// The location's id.
    pub location: i64,
    /// IANA name.
    pub zone: String,
}

/// A request that was not acknowledged.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LastRefusal {
    /// Ms since 1970.
    pub at: i64,
    /// `signature-missing`, `signature-wrong`, `signature-malformed`, `signature-ambiguous`, `wrong-address`, `wrong-key`,
    /// `method`, `too-large`, `too-slow`, `store`, `keys`, `other`.
    pub reason: String,
    /// One plain sentence.
    pub message: String,
    /// What the person does.
    pub remedy: String,
    /// The action in its address, if there was one.
    pub action: Option<String>,
}
