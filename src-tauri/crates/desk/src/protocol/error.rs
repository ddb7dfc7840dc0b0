//! The one error shape.

use nexwatch_feed::FeedError;
use nexwatch_store::StoreError;
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
    /// It is done only once the person has said yes: ask again with `confirmed`.
    Confirm,
    /// Somebody outside this program did not answer as they should: the account, or where something was sent to. The
    /// message says what to do.
    Outside,
    /// Stopped by the person.
    Cancelled,
    /// A bug of ours.
    Internal,
}

impl DeskError {
    /// A failure with its sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> DeskError {
        DeskError {
            code,
            message: message.into(),
            detail: None,
        }
    }

    /// With a cause for support; it must not hold personal data.
    pub fn because(mut self, detail: impl std::fmt::Display) -> DeskError {
        self.detail = Some(detail.to_string());
        self
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> DeskError {
        match error {
            StoreError::Full
            | StoreError::ReadOnly
            | StoreError::Locked
            | StoreError::Busy
            | StoreError::Closed => DeskError::new(ErrorCode::StoreUnwritable, sentence(&error)),
            _ => DeskError::new(
                ErrorCode::StoreUnreadable,
                "The database could not be read. Nothing was changed.",
            )
            .because(error),
        }
    }
}

impl From<FeedError> for DeskError {
    fn from(error: FeedError) -> DeskError {
        match error {
            FeedError::Store(error) => error.into(),
            FeedError::BadFilter(why) => DeskError::new(ErrorCode::BadQuestion, why),
            FeedError::BadExport(why) => DeskError::new(ErrorCode::BadQuestion, sentence(&why)),
            FeedError::Cancelled => DeskError::new(ErrorCode::Cancelled, "Stopped. Nothing was left behind."),
            other => DeskError::new(ErrorCode::FileUnwritable, sentence(&other)),
        }
    }
}

/// An error's words as a sentence of its own.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!(
            "{}{}.",
            first.to_uppercase(),
            letters.as_str().trim_end_matches('.')
        ),
        None => text,
    }
}
