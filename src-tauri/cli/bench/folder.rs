//! The folder in which everything happens, and how far it has got.

use anyhow::Context as _;
use std::io::{IsTerminal, Write};
use std::path::Path;
use tempfile::TempDir;

/// Waits for Ctrl-C; false where it cannot be heard.
fn interrupted() -> bool {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .is_ok_and(|runtime| runtime.block_on(tokio::signal::ctrl_c()).is_ok())
}

/// A folder of its own, removed at the end, also when the run is interrupted.
pub(super) struct Workshop {
    folder: TempDir,
}

impl Workshop {
    /// Makes the folder.
    pub fn make(within: Option<&Path>) -> anyhow::Result<Workshop> {
        let mut maker = tempfile::Builder::new();
        maker.prefix("nexwatch-bench-");
        let folder = match within {
            Some(within) => maker.tempdir_in(within),
            None => maker.tempdir(),
        };
        let folder = folder.context("no folder to work in could be made (name a place with --in DIR)")?;
        let path = folder.path().to_owned();
        // A gigabyte must not be left behind because somebody lost patience.
        std::thread::Builder::new()
            .name("interrupt".into())
            .spawn(move || {
                if interrupted() {
                    let _ = std::fs::remove_dir_all(path);
                    eprintln!();
                    std::process::exit(130);
                }
            })?;
        Ok(Workshop { folder })
    }

    /// Where.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A fresh folder in it.
    pub fn fresh(&self, name: &str) -> anyhow::Result<TempDir> {
        tempfile::Builder::new()
            .prefix(name)
            .tempdir_in(self.path())
            .context("no folder could be made")
    }

    /// Says on a terminal what is being done; an empty text takes the line away.
    pub fn say(&self, what: &str) {
        if std::io::stderr().is_terminal() {
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}");
        }
    }
}
