//! The platform's actions, and the account that knows them.

use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;
use zeroize::Zeroizing;

/// Every action that is known: those of the documentation, and those that the account named.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Actions {
    /// By number.
    pub actions: Vec<ActionInfo>,
    /// When the account (or a saved answer of it) was asked last, ms since 1970; nothing: never.
    pub learnt_at: Option<i64>,
    /// The account's address, or the file that was read.
    pub source: Option<String>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ActionInfo {
    /// The platform's number.
    pub number: u32,
    /// API name.
    pub name: String,
    /// What a person calls it.
    pub label: String,
    /// Slug of its category.
    pub category: String,
    /// It is in the platform's documentation, as this program knows it.
    pub documented: bool,
    /// When the account first named it so, ms since 1970; nothing where it is documented.
    pub learnt_at: Option<i64>,
}

/// The account as it is set, without its password.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountView {
    /// The address below which it answers.
    pub base: String,
    /// The administrator's e-mail; empty: no account is set.
    pub email: String,
    /// A password is kept.
    pub has_password: bool,
    /// Where: `keychain`, or the file.
    pub kept_in: Option<String>,
}

/// A text that is never shown again: `Debug` hides it, and it is wiped from memory when dropped.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct Hidden(Zeroizing<String>);

impl From<String> for Hidden {
    fn from(text: String) -> Hidden {
        Hidden(Zeroizing::new(text))
    }
}

impl Hidden {
    /// The text itself: for the one who must keep it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
