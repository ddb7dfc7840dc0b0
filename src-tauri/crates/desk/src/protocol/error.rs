//! The one error shape.

use serde::Serialize;
use ts_rs::TS;

/// Why a question could not be answered. The screen looks at `code` only, never at the English text.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DeskError {
    /// For the screen.
    pub code: ErrorCode,
    /// For a person: one plain sentence, without personal data.
    pub message: String,
    /// For support: the cause, without personal data.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// A small set of kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ErrorCode {
    /// The question itself is wrong, e.g. a filter that does not parse.
    BadQuestion,
    /// What was asked for is not there (any more).
    NotFound,
    /// The store cannot be read.
    StoreUnreadable,
    /// The store cannot be written: disk full, locked, read-only.
    StoreUnwritable,
    /// A file cannot be written.
    FileUnwritable,
    /// The keychain and the secrets file both refuse.
    SecretsUnavailable,
    /// The listener does not listen or refused.
    ListenerDown,
    /// Not available in this place (e.g. a save dialog in the browser desk).
    NotHere,
    /// The browser desk's token is missing or wrong.
    NotAllowed,
    /// Stopped by the person.
    Cancelled,
    /// A bug of ours.
    Internal,
}
