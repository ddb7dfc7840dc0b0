//! The folder in which everything happens, and how far it has got.

use anyhow::Context as _;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
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
    /// What goes with it when the run is interrupted.
    unfinished: Arc<Mutex<Vec<PathBuf>>>,
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
        let unfinished = Arc::new(Mutex::new(vec![folder.path().to_owned()]));
        let paths = unfinished.clone();
        // Gigabytes must not be left behind because somebody lost patience.
        std::thread::Builder::new()
            .name("interrupt".into())
            .spawn(move || {
                if interrupted() {
                    for path in paths.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                        let _ = std::fs::remove_dir_all(path);
                    }
                    eprintln!();
                    std::process::exit(130);
                }
            })?;
        Ok(Workshop { folder, unfinished })
    }

    /// Where.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A fresh folder in it.
    pub fn fresh(&self, name: &str) -> anyhow::Result<TempDir> {
        fresh_in(self.path(), name)
    }

    /// A fresh folder elsewhere, for something that is to stay there once it is finished.
    pub fn unfinished_in(&self, place: &Path) -> anyhow::Result<TempDir> {
        let folder = fresh_in(place, ".unfinished-")?;
        let mut all = self.unfinished.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(folder.path().to_owned());
        Ok(folder)
    }
}

fn fresh_in(place: &Path, name: &str) -> anyhow::Result<TempDir> {
    tempfile::Builder::new()
        .prefix(name)
        .tempdir_in(place)
        .context("no folder could be made")
}

/// Says on a terminal what is being done; an empty text takes the line away.
pub(super) fn say(what: &str) {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K{what}");
    }
}

/// Says something that is to stay: on a terminal only, for whoever waits.
pub(super) fn tell(what: &str) {
    if std::io::stderr().is_terminal() {
        say("");
        eprintln!("{what}");
    }
}
