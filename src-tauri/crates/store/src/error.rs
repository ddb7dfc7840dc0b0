//! What can go wrong with the store, in words for a person.

use std::path::PathBuf;

/// Why the store did not do it. Texts hold no personal data: only places, codes and SQLite's own words.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// The file or its folder cannot be written.
    #[error("the database cannot be written (read-only)")]
    ReadOnly,
    /// Another program holds the file.
    #[error("the database is locked by another program")]
    Locked,
    /// Another Nexwatch works on this folder.
    #[error("another Nexwatch is already using {0}")]
    InUse(PathBuf),
    /// There is no database here.
    #[error("there is no Nexwatch database in {0}")]
    NotThere(PathBuf),
    /// There may be one, but this user may not read it.
    #[error("the database in {0} may not be read by this user")]
    Forbidden(PathBuf),
    /// A file that this program did not make.
    #[error("{0} is not a Nexwatch database; it is left as it is")]
    NotOurs(PathBuf),
    /// Made by a newer version.
    #[error(
        "this database was made by a newer Nexwatch (format {found}; this one knows up to {known}): please update"
    )]
    Newer {
        /// Its format.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The file is damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// A body cannot be unpacked.
    #[error("a kept body cannot be unpacked: {0}")]
    Body(String),
    /// The writer's queue is full.
    #[error("too many deliveries at once")]
    Busy,
    /// The store is closing.
    #[error("the store is closed")]
    Closed,
    /// The disk or the operating system failed.
    #[error("the disk failed: {0}")]
    Io(String),
    /// Something else in SQLite.
    #[error("the database failed: {0}")]
    Sql(String),
}

impl StoreError {
    /// Whether it lies at the disk or another program, so that the same write may well succeed later.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Full | Self::ReadOnly | Self::Locked | Self::Busy | Self::Io(_)
        )
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::SystemIoFailure) => Self::Io(error.to_string()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error.to_string()),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io(error.to_string()),
        }
    }
}
