//! Which program, and whether it is the right one.

use super::errors;
use crate::Trouble;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// The first version that reads its token from a file (`--token-file`), in its own counting: year, month, patch.
pub(super) const OLDEST: (u32, u32, u32) = (2025, 4, 0);
/// How long it may take to say its version.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where package managers put it; a program started from a desktop has a short path.
const PLACES: [&str; 4] = ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin", "/snap/bin"];

/// Finds it: the one that is set, else on the path.
pub(super) fn find(set: Option<&Path>) -> Result<PathBuf, Trouble> {
    if let Some(set) = set.filter(|set| !set.as_os_str().is_empty()) {
        return match set.is_file() {
            true => Ok(set.to_owned()),
            false => Err(errors::not_there(set)),
        };
    }
    search(env::var_os("PATH").as_deref()).ok_or_else(errors::not_found)
}

fn search(path: Option<&OsStr>) -> Option<PathBuf> {
    let name = format!("cloudflared{}", env::consts::EXE_SUFFIX);
    let named = path
        .map(|path| env::split_paths(path).collect::<Vec<_>>())
        .unwrap_or_default();
    // A relative folder would be one of whichever folder we happen to be in.
    let named = named.into_iter().filter(|folder| folder.is_absolute());
    let places = named.chain(PLACES.iter().map(PathBuf::from));
    places
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// Asks it for its version; an error unless it is cloudflared and new enough.
pub(super) async fn check(program: &Path) -> Result<(), Trouble> {
    let asked = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = match timeout(PATIENCE, asked).await {
        Ok(Ok(output)) => output,
        Ok(Err(error)) => return Err(errors::not_started(program, &error)),
        Err(_) => return Err(errors::no_version(program)),
    };
    match version(&String::from_utf8_lossy(&output.stdout)) {
        Some(version) if version >= OLDEST => Ok(()),
        Some(version) => Err(errors::too_old(version)),
        None => Err(errors::no_version(program)),
    }
}

/// `cloudflared version 2025.11.1 (built …)`.
fn version(line: &str) -> Option<(u32, u32, u32)> {
    let number = line
        .trim()
        .strip_prefix("cloudflared version ")?
        .split_whitespace()
        .next()?;
    let mut parts = number.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_version() {
        assert_eq!(
            version("cloudflared version 2025.11.1 (built 2025-11-07-1234 UTC)\n"),
            Some((2025, 11, 1))
        );
        for line in [
            "",
            "cloudflared version DEV",
            "curl 8.0.1",
            "cloudflared version 2025",
        ] {
            assert_eq!(version(line), None, "{line}");
        }
    }

    #[test]
    fn is_found_on_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder
            .path()
            .join(format!("cloudflared{}", env::consts::EXE_SUFFIX));
        std::fs::write(&file, "").unwrap();
        assert_eq!(search(Some(folder.path().as_os_str())), Some(file.clone()));
        assert_eq!(find(Some(&file)), Ok(file));
        let none = find(Some(&folder.path().join("none"))).unwrap_err();
        assert_eq!(none.code, "cloudflared-not-found");
    }
}
