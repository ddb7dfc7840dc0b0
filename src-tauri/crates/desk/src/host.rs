//! What the desk may ask of the program around it.

use crate::protocol::{DeskError, ListenerStatus, SampleSent, SecretKept, SecretStatus};
use nexwatch_feed::ExportFormat;
use nexwatch_nexudus::Action;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;

/// A future that can be sent between threads.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The program: listener and secrets.
pub trait Host: Send + Sync + 'static {
    /// The data folder.
    fn folder(&self) -> &Path;
    /// How the listener stands. Quick: asked every second.
    fn listener(&self) -> ListenerStatus;
    /// `http://127.0.0.1:7397/hooks/KEY`
    fn hook_base(&self) -> String;
    /// The secrets, without the secrets. Blocks: not for async code.
    fn secrets(&self) -> Result<Vec<SecretStatus>, DeskError>;
    /// Keeps a secret and checks the quarantine again. Blocks: not for async code.
    fn set_secret(&self, secret: &str, location: Option<i64>) -> Result<SecretKept, DeskError>;
    /// Sends one sample delivery through the real listener.
    fn send_sample(&self, action: Option<Action>) -> Later<'_, Result<SampleSent, DeskError>>;
}

/// What only the program's own window can do.
pub trait Window: Send + Sync + 'static {
    /// Lets the person choose where an export goes; nothing if they think better of it.
    fn choose_file<'a>(
        &'a self,
        suggested: &'a Path,
        format: ExportFormat,
    ) -> Later<'a, Result<Option<PathBuf>, DeskError>>;
    /// Shows a file in the file manager.
    fn reveal(&self, file: &Path) -> Result<(), DeskError>;
}
