//! The shared secrets: which there are (a list without the secrets themselves) and where each is kept.

use crate::folder::{hold, write_private};
use crate::keeper::{Keeper, KeeperError};
use crate::watched::Watched;
use nexwatch_nexudus::Ms;
use nexwatch_nexudus::signature::{Key, KeyError};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Changes made by another process are looked for at most this often. Whoever writes waits longer than this
/// before it says "done": see `secret set`.
const LOOK: Duration = Duration::from_millis(10);

/// A secret that was replaced proves deliveries for so long, in ms: the platform's retries of what it signed before
/// come within a day, and a person may need another to change it everywhere.
const OVERLAP: Ms = 48 * HOUR;

/// One that still proves deliveries so long after another took its place, in ms, is another location's: what was under
/// way then has come by now.
const UNDER_WAY: Ms = HOUR;

/// Such a secret is taken for so long after it matched last, in ms: a small location may have no delivery over some
/// holidays.
const STILL_USED: Ms = 7 * 24 * HOUR;

/// So much is gained at least whenever that is written down, in ms: not for each delivery.
const STEP: Ms = HOUR;

const HOUR: Ms = 3600 * 1000;

/// Why a secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// It cannot be one.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// It cannot be kept.
    #[error("{0}")]
    Keeper(#[from] KeeperError),
    /// The list cannot be read or written.
    #[error("{0}: {1}")]
    List(PathBuf, String),
}

/// One secret, without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretInfo {
    /// Its id, for good.
    pub id: u32,
    /// Only for this location; for all if none.
    pub location: Option<i64>,
    /// When it was set.
    pub set_at: Ms,
    /// In the keychain (else in the file).
    pub in_keychain: bool,
    /// Another has taken its place; until then it still proves what the platform signed before. In ms since 1970.
    #[serde(default)]
    pub until: Option<Ms>,
}

impl SecretInfo {
    /// Whether this secret of a list was replaced, but has gone on proving deliveries: another location signs with it.
    /// `matched`: when it did so last.
    pub fn still_used(&self, list: &[SecretInfo], matched: Option<Ms>) -> bool {
        let (Some(_), Some(matched)) = (self.until, matched) else {
            return false;
        };
        // The list is in the order in which they were set.
        let mut later = list.iter().skip_while(|other| other.id != self.id).skip(1);
        let successor = later.find(|other| other.location == self.location);
        // Where the other was removed since, this one is all that is left.
        successor.is_none_or(|successor| matched > successor.set_at.saturating_add(UNDER_WAY))
    }

    /// Whose it is, in words.
    fn whose(&self) -> String {
        self.location
            .map_or("all locations".to_owned(), |id| format!("location {id}"))
    }
}

/// One secret, ready to check signatures.
#[derive(Clone, Debug)]
pub struct ActiveSecret {
    /// Which.
    pub info: SecretInfo,
    /// Its key.
    pub key: Key,
}

/// The secrets of a data folder.
#[derive(Debug)]
pub struct Secrets {
    folder: PathBuf,
    installation: String,
    watched: Watched,
}

impl Secrets {
    /// The secrets of a folder under an installation's name.
    pub fn of(folder: &Path, installation: &str) -> Secrets {
        Secrets {
            folder: folder.to_owned(),
            installation: installation.to_owned(),
            watched: Watched::new(folder.join("secret-list.json"), LOOK),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("secret-list.json")
    }

    fn keeper(&self, in_keychain: bool) -> Keeper {
        if in_keychain {
            Keeper::Keychain(self.installation.clone())
        } else {
            Keeper::File(self.folder.join("secrets.json"))
        }
    }

    /// Where a secret lies, in words.
    pub fn place(&self, info: &SecretInfo) -> String {
        self.keeper(info.in_keychain).place()
    }

    /// The list.
    pub fn list(&self) -> Result<Vec<SecretInfo>, SecretsError> {
        let wrong = |why: String| SecretsError::List(self.path(), why);
        match fs::read(self.path()) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    /// All active secrets: the current ones, and those replaced of late. A current one that is gone from its place is an
    /// error: without it genuine deliveries would be taken for false. One that was replaced is left out then: setting
    /// it again is how its loss is mended. May take some seconds: not for async code.
    pub fn active(&self, now: Ms) -> Result<Vec<ActiveSecret>, SecretsError> {
        let mut active = Vec::new();
        for info in self.list()? {
            if info.until.is_some_and(|until| until <= now) {
                continue;
            }
            match self.keeper(info.in_keychain).get(&info.id.to_string())? {
                Some(secret) => active.push(ActiveSecret {
                    key: Key::new(&secret)?,
                    info,
                }),
                None if info.until.is_some() => {
                    tracing::warn!(secret = info.id, "a replaced secret is gone from its place");
                }
                None => {
                    let option = info
                        .location
                        .map_or(String::new(), |id| format!(" --location {id}"));
                    let why = format!(
                        "the secret of {} ({}) is gone from its place; set it again, here or with `nexwatch secret set{option}`",
                        info.whose(),
                        info.id
                    );
                    return Err(SecretsError::List(self.path(), why));
                }
            }
        }
        Ok(active)
    }

    /// Makes a secret the current one of its location (or of all) and says where it is kept. The one before still
    /// proves deliveries for [`OVERLAP`]: the platform retries what it signed with it. Where it is the current one already
    /// everything stays as it is. May take some seconds: not for async code.
    pub fn set(&self, secret: &str, location: Option<i64>, now: Ms) -> Result<SecretInfo, SecretsError> {
        let secret = secret.trim_end_matches(['\r', '\n']);
        Key::new(secret)?;
        let keeper = Keeper::choose(&self.folder, &self.installation);
        let _held = self.hold()?;
        let mut list = self.list()?;
        let is_same = |known: &SecretInfo| {
            let kept = self.keeper(known.in_keychain).get(&known.id.to_string());
            matches!(kept, Ok(Some(kept)) if kept == secret)
        };
        let current = |known: &&SecretInfo| known.location == location && known.until.is_none();
        if let Some(current) = list.iter().find(current).filter(|known| is_same(known)) {
            return Ok(current.clone());
        }
        let id = loop {
            let id = rand::random::<u32>() >> 1;
            if id != 0 && list.iter().all(|known| known.id != id) {
                break id;
            }
        };
        let info = SecretInfo {
            id,
            location,
            set_at: now,
            in_keychain: matches!(keeper, Keeper::Keychain(_)),
            until: None,
        };
        // One that was replaced and is set again, be it for another location, is its new self: two of the same would
        // only look as if the old one were still in use.
        let again: Vec<u32> = list
            .iter()
            .filter(|known| known.until.is_some() && is_same(known))
            .map(|known| known.id)
            .collect();
        // The list is written last: a secret that is not listed harms nobody, a listed one must be there.
        keeper.put(&id.to_string(), secret)?;
        for known in &mut list {
            if known.location == location && known.until.is_none() {
                known.until = Some(now.saturating_add(OVERLAP));
            }
        }
        let (mut list, gone): (Vec<_>, Vec<_>) = list
            .into_iter()
            .partition(|known| known.until.is_none_or(|until| now < until) && !again.contains(&known.id));
        list.push(info.clone());
        self.write_list(&list)?;
        for gone in gone {
            let _ = self.keeper(gone.in_keychain).remove(&gone.id.to_string());
        }
        Ok(info)
    }

    /// Forgets a secret: what it signed is genuine no longer. Says whether there was one of that id. May take some
    /// seconds: not for async code.
    pub fn remove(&self, id: u32) -> Result<bool, SecretsError> {
        let _held = self.hold()?;
        let (gone, list): (Vec<_>, Vec<_>) = self.list()?.into_iter().partition(|known| known.id == id);
        let Some(gone) = gone.first() else {
            return Ok(false);
        };
        // The list first: a listed secret must be there.
        self.write_list(&list)?;
        self.keeper(gone.in_keychain).remove(&id.to_string())?;
        Ok(true)
    }

    /// Has secrets that were replaced taken for longer, as long as they go on proving deliveries; `matched` says when one
    /// did so last. Says whether the list has changed. Blocks.
    pub fn prolong(&self, matched: impl Fn(u32) -> Option<Ms>) -> Result<bool, SecretsError> {
        let due = |list: &[SecretInfo]| -> Vec<(u32, Ms)> {
            let used = list.iter().filter(|info| info.still_used(list, matched(info.id)));
            used.filter_map(|info| {
                let wanted = matched(info.id)?.saturating_add(STILL_USED);
                (wanted >= info.until?.saturating_add(STEP)).then_some((info.id, wanted))
            })
            .collect()
        };
        if due(&self.list()?).is_empty() {
            return Ok(false);
        }
        let _held = self.hold()?;
        let mut list = self.list()?;
        for (id, until) in due(&list) {
            for info in list.iter_mut().filter(|info| info.id == id) {
                info.until = Some(until);
            }
        }
        self.write_list(&list)?;
        Ok(true)
    }

    /// Until what comes back is dropped, nobody else changes the list, be it another process.
    fn hold(&self) -> Result<fs::File, SecretsError> {
        let path = self.folder.join("secret-list.lock");
        hold(&path).map_err(|error| SecretsError::List(path.clone(), error.to_string()))
    }

    fn write_list(&self, list: &[SecretInfo]) -> Result<(), SecretsError> {
        let wrong = |why: String| SecretsError::List(self.path(), why);
        let bytes = serde_json::to_vec_pretty(list).map_err(|error| wrong(error.to_string()))?;
        write_private(&self.path(), &bytes).map_err(|error| wrong(error.to_string()))
    }

    /// Whether the list has changed since the last look. Cheap: for every delivery.
    pub fn changed(&self) -> bool {
        self.watched.changed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(folder: &Path) -> Secrets {
        Secrets::of(folder, "test")
    }

    #[test]
    fn one_current_secret_a_location_and_the_one_before_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let all = secrets(folder.path());
        assert!(all.active(0).unwrap().is_empty());
        let first = all.set("first\n", None, 1).unwrap();
        let own = all.set("own", Some(7), 2).unwrap();
        let second = all.set("second", None, 3).unwrap();
        assert_ne!(first.id, second.id);
        let ids = |now| -> Vec<u32> {
            let active = secrets(folder.path()).active(now).unwrap();
            active.iter().map(|s| s.info.id).collect()
        };
        assert_eq!(ids(3), [first.id, own.id, second.id]);
        assert_eq!(ids(3 + OVERLAP), [own.id, second.id]);
        let active = all.active(4).unwrap();
        assert!(!format!("{active:?}").contains("second"));
        assert!(all.set("", None, 4).is_err() && all.set("schlüssel", None, 4).is_err());
        assert_eq!(all.list().unwrap().len(), 3);
        let third = all.set("third", None, 4 + OVERLAP).unwrap();
        assert_eq!(ids(4 + OVERLAP), [own.id, second.id, third.id]);
        let file = fs::read_to_string(folder.path().join("secrets.json")).unwrap();
        assert!(!file.contains("first"), "forgotten at last");
        assert!(all.remove(own.id).unwrap() && !all.remove(own.id).unwrap());
        assert_eq!(ids(4 + OVERLAP), [second.id, third.id]);
        let file = fs::read_to_string(folder.path().join("secrets.json")).unwrap();
        assert!(!file.contains(&own.id.to_string()));
        assert!(
            !fs::read_to_string(folder.path().join("secret-list.json"))
                .unwrap()
                .contains("own\"")
        );
    }

    #[test]
    fn a_secret_that_is_gone_is_an_error_until_it_is_set_again() {
        let folder = tempfile::tempdir().unwrap();
        let all = secrets(folder.path());
        let lost = all.set("lost", Some(7), 1).unwrap();
        let other = all.set("other", None, 2).unwrap();
        let keeper = all.keeper(lost.in_keychain);
        keeper.remove(&lost.id.to_string()).unwrap();
        let error = all.active(3).unwrap_err().to_string();
        assert!(error.contains("secret set --location 7"), "{error}");
        assert!(!error.contains("lost") && !error.contains("other"), "{error}");
        let again = all.set("lost", Some(7), 4).unwrap();
        let active = all.active(5).unwrap();
        let ids: Vec<u32> = active.iter().map(|secret| secret.info.id).collect();
        assert_eq!(ids, [other.id, again.id]);
    }

    #[test]
    fn one_that_goes_on_matching_is_kept_and_one_that_does_not_ends() {
        let folder = tempfile::tempdir().unwrap();
        let all = secrets(folder.path());
        let first = all.set("harbour", None, 0).unwrap();
        let second = all.set("hill", None, 10).unwrap();
        let only_first = |at: Ms| move |id: u32| (id == first.id).then_some(at);
        // A retry of what was under way.
        assert!(!all.prolong(only_first(10 + UNDER_WAY)).unwrap());
        let list = all.list().unwrap();
        assert!(!list[0].still_used(&list, None));
        assert_eq!(list[0].until, Some(10 + OVERLAP));
        // Another location's.
        let at = 11 + UNDER_WAY;
        assert!(list[0].still_used(&list, Some(at)));
        assert!(!list[1].still_used(&list, Some(at)), "it was not replaced");
        assert!(all.prolong(only_first(at)).unwrap());
        assert_eq!(all.list().unwrap()[0].until, Some(at + STILL_USED));
        assert!(!all.prolong(only_first(at + 1)).unwrap(), "not for each delivery");
        // Through many weeks, and then no more.
        let mut now = at;
        for _ in 0..20 {
            now += STILL_USED - 1;
            assert_eq!(all.active(now).unwrap().len(), 2);
            assert!(all.prolong(only_first(now)).unwrap());
        }
        assert_eq!(all.active(now + STILL_USED - 1).unwrap().len(), 2);
        let left = all.active(now + STILL_USED).unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].info.id, second.id);
    }

    #[test]
    fn one_that_is_kept_for_its_location_is_no_longer_the_replaced_one() {
        let folder = tempfile::tempdir().unwrap();
        let all = secrets(folder.path());
        let first = all.set("harbour", None, 0).unwrap();
        let second = all.set("hill", None, 10).unwrap();
        let third = all.set("harbour", Some(7), 20).unwrap();
        let list = all.list().unwrap();
        assert_eq!(list, [second, third]);
        let file = fs::read_to_string(folder.path().join("secrets.json")).unwrap();
        assert!(!file.contains(&first.id.to_string()));
    }

    #[test]
    fn what_several_change_at_once_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for location in 1..=8 {
                let folder = folder.path();
                scope.spawn(move || secrets(folder).set("same", Some(location), 1).unwrap());
            }
        });
        assert_eq!(secrets(folder.path()).active(2).unwrap().len(), 8);
    }

    #[test]
    fn changes_of_another_process_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (secrets(folder.path()), secrets(folder.path()));
        std::thread::sleep(2 * LOOK);
        assert!(!here.changed());
        there.set("x", None, 1).unwrap();
        std::thread::sleep(2 * LOOK);
        assert!(here.changed());
        std::thread::sleep(2 * LOOK);
        assert!(!here.changed());
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::File(folder.path().join("secrets.json"));
        keeper.put("a", "b").unwrap();
        assert_eq!(keeper.get("a").unwrap().as_deref(), Some("b"));
        fs::set_permissions(
            folder.path().join("secrets.json"),
            fs::Permissions::from_mode(0o644),
        )
        .unwrap();
        assert!(keeper.get("a").unwrap_err().to_string().contains("chmod 600"));
    }
}
