//! Where data lies, and the note that says what is running there.

use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The system's data folder for this program; nothing where the system has no home for this user.
pub fn data_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("org", "Nexwatch", "nexwatch")
        .map(|places| places.data_local_dir().to_owned())
}

/// What is running on a data folder: for `send`, `doctor` and `secret set` beside it. Only a hint: the process may
/// have been killed since.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Running {
    /// Process id.
    pub pid: u32,
    /// Address of the listener, `127.0.0.1:PORT`.
    pub listen: Option<String>,
}

const NOTE: &str = "running.json";

/// Reads the note.
pub fn running(folder: &Path) -> Option<Running> {
    serde_json::from_slice(&fs::read(folder.join(NOTE)).ok()?).ok()
}

/// Writes the note, or takes it away.
pub fn write_running(folder: &Path, note: Option<&Running>) -> std::io::Result<()> {
    match note {
        Some(note) => write_private(&folder.join(NOTE), &serde_json::to_vec(note)?),
        None => match fs::remove_file(folder.join(NOTE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
    }
}

/// Until what comes back is dropped, nobody else holds this lock, be it another process.
pub(crate) fn hold(lock: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(lock)?;
    file.lock()?;
    Ok(file)
}

/// Writes a file that only its owner can read: whole or not at all, also when the power goes.
pub(crate) fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    // Made readable for the owner only from the first byte.
    let mut part = tempfile::Builder::new()
        .prefix(".nexwatch-")
        .tempfile_in(folder)?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(file).map_err(|error| error.error)?;
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
