//! Where a secret lies: in the system's keychain, or, where there is none, in a file that only its owner can
//! read. The file is chosen only on a plain word that there is no keychain, and always named to the person.

use crate::folder::{hold, write_private};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// A keychain that does not answer for so long is not there.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many questions to it may be without an answer (it may wait for somebody to unlock it); then it is not asked any more.
const UNANSWERED: usize = 8;
const SERVICE: &str = "nexwatch";

/// Why a secret cannot be kept or found.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeeperError {
    /// The keychain refused, e.g. because it is locked.
    #[error("the keychain refused: {0}")]
    Keychain(String),
    /// The file cannot be used.
    #[error("{0}: {1}")]
    File(PathBuf, String),
}

/// Keeps secrets.
#[derive(Clone, Debug)]
pub enum Keeper {
    /// The system's keychain, under an installation's name.
    Keychain(String),
    /// An owner-only file.
    File(PathBuf),
}

impl Keeper {
    /// The keychain if there is one, else the file of a folder. May take some seconds: not for async code.
    pub fn choose(folder: &Path, installation: &str) -> Keeper {
        let probe = Keeper::Keychain(installation.to_owned());
        let there = probe.put("probe", "probe").is_ok()
            && probe
                .get("probe")
                .is_ok_and(|found| found.as_deref() == Some("probe"));
        let _ = there && probe.remove("probe").is_ok();
        if there {
            probe
        } else {
            Keeper::File(folder.join("secrets.json"))
        }
    }

    /// In words: `keychain`, or the file.
    pub fn place(&self) -> String {
        match self {
            Keeper::Keychain(_) => "keychain".to_owned(),
            Keeper::File(file) => file.display().to_string(),
        }
    }

    /// Keeps a secret under a name.
    pub fn put(&self, name: &str, secret: &str) -> Result<(), KeeperError> {
        match self {
            Keeper::Keychain(installation) => {
                let secret = secret.to_owned();
                keychain(installation, name, move |entry| entry.set_password(&secret))
            }
            Keeper::File(file) => {
                let _held = hold_file(file)?;
                let mut all = read(file)?;
                all.insert(name.to_owned(), secret.to_owned());
                write(file, &all)
            }
        }
    }

    /// The secret of a name.
    pub fn get(&self, name: &str) -> Result<Option<String>, KeeperError> {
        match self {
            Keeper::Keychain(installation) => {
                keychain(installation, name, |entry| match entry.get_password() {
                    Ok(secret) => Ok(Some(secret)),
                    Err(keyring::Error::NoEntry) => Ok(None),
                    Err(error) => Err(error),
                })
            }
            Keeper::File(file) => Ok(read(file)?.remove(name)),
        }
    }

    /// Forgets a name.
    pub fn remove(&self, name: &str) -> Result<(), KeeperError> {
        match self {
            Keeper::Keychain(installation) => {
                keychain(installation, name, |entry| match entry.delete_credential() {
                    Err(keyring::Error::NoEntry) => Ok(()),
                    other => other,
                })
            }
            Keeper::File(file) => {
                let _held = hold_file(file)?;
                let mut all = read(file)?;
                match all.remove(name) {
                    Some(_) => write(file, &all),
                    None => Ok(()),
                }
            }
        }
    }
}

/// Asks the keychain on a thread of its own: a bus that hangs must not hang this program.
fn keychain<T: Send + 'static>(
    installation: &str,
    name: &str,
    ask: impl FnOnce(keyring::Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<T, KeeperError> {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    /// One of those that were asked; answered when it is dropped.
    struct Asked;
    impl Drop for Asked {
        fn drop(&mut self) {
            ASKED.fetch_sub(1, Ordering::SeqCst);
        }
    }
    let before = ASKED.fetch_add(1, Ordering::SeqCst);
    let own = Asked;
    if before >= UNANSWERED {
        return Err(KeeperError::Keychain(
            "it has not answered yet; is it locked?".into(),
        ));
    }
    let user = format!("{installation}/{name}");
    let (reply, answer) = mpsc::channel();
    let asked = std::thread::Builder::new()
        .name("keychain".into())
        .spawn(move || {
            let _own = own;
            let _ = reply.send(keyring::Entry::new(SERVICE, &user).and_then(ask));
        });
    if asked.is_err() {
        return Err(KeeperError::Keychain("no thread to ask it".into()));
    }
    match answer.recv_timeout(PATIENCE) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(KeeperError::Keychain(error.to_string())),
        Err(_) => Err(KeeperError::Keychain("no answer".into())),
    }
}

/// Until what comes back is dropped, nobody else changes the file: several kinds of secrets lie in it.
fn hold_file(file: &Path) -> Result<fs::File, KeeperError> {
    hold(&file.with_extension("lock")).map_err(|error| KeeperError::File(file.to_owned(), error.to_string()))
}

fn read(file: &Path) -> Result<BTreeMap<String, String>, KeeperError> {
    let wrong = |why: String| KeeperError::File(file.to_owned(), why);
    #[cfg(unix)]
    if let Ok(meta) = fs::metadata(file) {
        use std::os::unix::fs::PermissionsExt;
        if meta.permissions().mode() & 0o077 != 0 {
            return Err(wrong(
                "others can read this file of secrets; run `chmod 600` on it".into(),
            ));
        }
    }
    match fs::read(file) {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map_err(|_| wrong("this file of secrets is damaged".into()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(wrong(error.to_string())),
    }
}

fn write(file: &Path, all: &BTreeMap<String, String>) -> Result<(), KeeperError> {
    let wrong = |why: String| KeeperError::File(file.to_owned(), why);
    let bytes = serde_json::to_vec_pretty(all).map_err(|error| wrong(error.to_string()))?;
    write_private(file, &bytes).map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_that_are_kept_at_the_same_time_are_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets.json");
        std::thread::scope(|scope| {
            for kind in 0..4 {
                let keeper = Keeper::File(file.clone());
                scope.spawn(move || {
                    for n in 0..20 {
                        keeper.put(&format!("{kind}/{n}"), "secret").unwrap();
                    }
                    keeper.remove(&format!("{kind}/0")).unwrap();
                });
            }
        });
        assert_eq!(read(&file).unwrap().len(), 4 * 19);
    }
}
