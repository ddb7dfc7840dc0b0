//! What the desk may ask of the program around it.

use crate::Resend;
use crate::protocol::{Actions, Hidden, SentAgain};
use crate::protocol::{
    ChangeableSettings, DeskError, GuideState, LastRefusal, ListenerStatus, Reach, ReachSettings,
    ReachStatus, SampleSent, SecretKept, SecretStatus, SelfTest, SettingsView,
};
use nexwatch_feed::ExportFormat;
use nexwatch_nexudus::Action;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;

/// A future that can be sent between threads.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The kind of a file that the desk writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Rows, RFC 4180.
    Csv,
    /// Rows, one JSON object a line.
    Jsonl,
    /// Rows, an Excel workbook.
    Xlsx,
    /// A bundle of evidence.
    Zip,
    /// Views.
    Views,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [FileKind; 5] = [
        FileKind::Csv,
        FileKind::Jsonl,
        FileKind::Xlsx,
        FileKind::Zip,
        FileKind::Views,
    ];

    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            FileKind::Csv => "csv",
            FileKind::Jsonl => "jsonl",
            FileKind::Xlsx => "xlsx",
            FileKind::Zip => "zip",
            FileKind::Views => "json",
        }
    }

    /// For the browser.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            FileKind::Csv => "text/csv; charset=utf-8",
            FileKind::Jsonl => "application/jsonl; charset=utf-8",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Zip => "application/zip",
            FileKind::Views => "application/json",
        }
    }
}

impl From<ExportFormat> for FileKind {
    fn from(format: ExportFormat) -> FileKind {
        match format {
            ExportFormat::Csv => FileKind::Csv,
            ExportFormat::Jsonl => FileKind::Jsonl,
            ExportFormat::Xlsx => FileKind::Xlsx,
        }
    }
}

/// The program: listener, tunnel, settings and secrets.
pub trait Host: Send + Sync + 'static {
    /// The data folder.
    fn folder(&self) -> &Path;
    /// How the listener stands. Quick: asked every second.
    fn listener(&self) -> ListenerStatus;
    /// The newest request that was not acknowledged. Quick.
    fn last_refusal(&self) -> Option<LastRefusal>;
    /// `/hooks/KEY`
    fn hook_path(&self) -> String;
    /// `http://127.0.0.1:7397`, also while it does not listen.
    fn local_address(&self) -> String;
    /// How reachable we are. Quick: asked every second.
    fn reach_status(&self) -> ReachStatus;
    /// The chosen way and how it stands. Blocks: not for async code.
    fn reach(&self) -> Result<Reach, DeskError>;
    /// Chooses a way; it is taken up behind the scenes. Blocks: not for async code.
    fn set_reach(&self, reach: ReachSettings, secret: Option<String>) -> Result<Reach, DeskError>;
    /// Tries to connect at once.
    fn retry_reach(&self);
    /// Sends a self-test through the public address and waits for it.
    fn test_reach(&self) -> Later<'_, Result<SelfTest, DeskError>>;
    /// What may be set. Blocks: not for async code.
    fn settings(&self) -> Result<SettingsView, DeskError>;
    /// Changes what may be set. Blocks: not for async code.
    fn set_settings(&self, settings: ChangeableSettings) -> Result<SettingsView, DeskError>;
    /// A new hook key; the one before is taken for so many hours more. Blocks: not for async code.
    fn replace_hook_key(&self, keep_hours: u32) -> Result<SettingsView, DeskError>;
    /// The hook key before the present one is refused from now on. Blocks: not for async code.
    fn end_old_hook_key(&self) -> Result<SettingsView, DeskError>;
    /// Remembers where the guide was left. Blocks: not for async code.
    fn set_guide(&self, guide: GuideState) -> Result<SettingsView, DeskError>;
    /// Forgets a shared secret. Blocks: not for async code.
    fn remove_secret(&self, id: u32) -> Result<(), DeskError>;
    /// The secrets, without the secrets. Blocks: not for async code.
    fn secrets(&self) -> Result<Vec<SecretStatus>, DeskError>;
    /// Keeps a secret and checks the quarantine again. Blocks: not for async code.
    fn set_secret(&self, secret: &str, location: Option<i64>) -> Result<SecretKept, DeskError>;
    /// Sends one sample delivery through the real listener.
    fn send_sample(&self, action: Option<Action>) -> Later<'_, Result<SampleSent, DeskError>>;
    /// The actions that are known. Blocks: not for async code.
    fn actions(&self) -> Result<Actions, DeskError>;
    /// Asks the account for its actions, and waits; some seconds, a minute and a half at most.
    fn refresh_actions(&self) -> Later<'_, Result<Actions, DeskError>>;
    /// Sets the account. Blocks: not for async code.
    fn set_account(
        &self,
        base: &str,
        email: &str,
        password: Option<Hidden>,
    ) -> Result<SettingsView, DeskError>;
    /// Sends a delivery again, signed anew, and waits for the answer.
    fn send_again(
        &self,
        delivery: Resend,
        url: String,
        confirmed: bool,
    ) -> Later<'_, Result<SentAgain, DeskError>>;
}

/// What only the program's own window can do.
pub trait Window: Send + Sync + 'static {
    /// Lets the person choose where an export or a bundle goes; nothing if they think better of it.
    fn choose_file<'a>(
        &'a self,
        suggested: &'a Path,
        kind: FileKind,
    ) -> Later<'a, Result<Option<PathBuf>, DeskError>>;
    /// Shows a file in the file manager.
    fn reveal(&self, file: &Path) -> Result<(), DeskError>;
}
