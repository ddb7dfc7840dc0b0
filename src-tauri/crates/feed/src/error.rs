//! What can go wrong with a question, in words for a person.

use nexwatch_store::{StoreError, rusqlite};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a question was not answered. Texts hold what the person typed or chose and the system's own words; no
/// name, body or other content of the store.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FeedError {
    /// The filter says something that does not exist; the sentence says what would be right.
    #[error("{0}")]
    BadFilter(String),
    /// The export asks for something that does not exist; the sentence says what would be right.
    #[error("{0}")]
    BadExport(String),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the target's name is there and was not to be written over.
    #[error("{0} is there already")]
    Exists(PathBuf),
    /// The target cannot be written; nothing is left behind.
    #[error("{path} cannot be written: {}", why(.kind))]
    File {
        /// The target.
        path: PathBuf,
        /// What the system says.
        kind: ErrorKind,
    },
    /// Whoever takes the rows does not take them any more.
    #[error("the rows cannot be written: {}", why(.0))]
    Write(ErrorKind),
    /// Stopped by the person; nothing is left behind.
    #[error("stopped")]
    Cancelled,
}

impl FeedError {
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> FeedError {
        FeedError::File {
            path: path.to_owned(),
            kind: error.kind(),
        }
    }
}

impl From<rusqlite::Error> for FeedError {
    fn from(error: rusqlite::Error) -> Self {
        FeedError::Store(error.into())
    }
}

/// The commonest reasons in plain words.
fn why(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::PermissionDenied => "its folder may not be written".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        ErrorKind::NotFound => "its folder is not there".to_owned(),
        ErrorKind::NotADirectory => "its folder is not a folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::BrokenPipe => "the other side has closed".to_owned(),
        other => other.to_string(),
    }
}
