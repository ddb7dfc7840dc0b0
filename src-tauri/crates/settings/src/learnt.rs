//! `actions.json`: the actions that the account named, and since when they are known. Whoever learns writes the file, in
//! turns; whoever runs notices that it has changed.

use crate::SettingsError;
use crate::folder::{hold, write_private};
use crate::watched::Watched;
use nexwatch_nexudus::Ms;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A change by another process is looked for at most this often.
const LOOK: Duration = Duration::from_millis(200);

/// What the account told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearntActions {
    /// When it was asked last, ms since 1970.
    pub learnt_at: Ms,
    /// Whom: its address, or the file that was read.
    pub source: String,
    /// Every action that was ever named, by number.
    pub actions: Vec<LearntAction>,
    /// Of a newer version.
    #[serde(flatten)]
    other: serde_json::Map<String, serde_json::Value>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearntAction {
    /// The platform's number.
    pub number: u32,
    /// Its API name.
    pub name: String,
    /// When this name was first heard, ms since 1970.
    pub learnt_at: Ms,
    /// Of a newer version.
    #[serde(flatten)]
    other: serde_json::Map<String, serde_json::Value>,
}

impl LearntActions {
    /// The file of a folder.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("actions.json")
    }

    /// Notices changes of the file.
    pub fn watch(folder: &Path) -> Watched {
        Watched::new(Self::path(folder), LOOK)
    }

    /// Reads the file of a folder; nothing if none was ever learnt.
    pub fn load(folder: &Path) -> Result<Option<LearntActions>, SettingsError> {
        let file = Self::path(folder);
        match fs::read(&file) {
            Ok(bytes) => match serde_json::from_slice(&bytes) {
                Ok(learnt) => Ok(Some(learnt)),
                Err(error) => Err(SettingsError::Broken(file, error.to_string())),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SettingsError::Io(file, error)),
        }
    }

    /// Takes in a list, numbers with names, and keeps it. What the list does not name any more stays: events of it are
    /// kept. A file that is broken is left as it is. Blocks.
    pub fn learn(
        folder: &Path,
        list: impl IntoIterator<Item = (u32, String)>,
        source: &str,
        now: Ms,
    ) -> Result<LearntActions, SettingsError> {
        let file = Self::path(folder);
        let failed = |error| SettingsError::Io(file.clone(), error);
        let _held = hold(&folder.join("actions.lock")).map_err(failed)?;
        let mut learnt = Self::load(folder)?.unwrap_or_default();
        for (number, name) in list {
            match learnt.actions.iter_mut().find(|known| known.number == number) {
                Some(known) if known.name == name => {}
                Some(known) => {
                    known.name = name;
                    known.learnt_at = now;
                }
                None => learnt.actions.push(LearntAction {
                    number,
                    name,
                    learnt_at: now,
                    other: serde_json::Map::new(),
                }),
            }
        }
        learnt.actions.sort_by_key(|action| action.number);
        learnt.learnt_at = now;
        source.clone_into(&mut learnt.source);
        let bytes = serde_json::to_vec_pretty(&learnt).map_err(|error| failed(error.into()))?;
        write_private(&file, &bytes).map_err(failed)?;
        Ok(learnt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[(u32, &str)]) -> Vec<(u32, String)> {
        names
            .iter()
            .map(|(number, name)| (*number, (*name).to_owned()))
            .collect()
    }

    #[test]
    fn what_was_named_once_stays_and_says_since_when() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        assert!(LearntActions::load(at).unwrap().is_none());
        LearntActions::learn(
            at,
            list(&[(91, "ResourceCreate"), (6, "BookingCreate")]),
            "here",
            10,
        )
        .unwrap();
        LearntActions::learn(at, list(&[(6, "BookingCreate"), (92, "RoomLost")]), "there", 20).unwrap();
        let renamed = LearntActions::learn(at, list(&[(92, "RoomFound")]), "there", 30).unwrap();
        assert_eq!(LearntActions::load(at).unwrap().unwrap(), renamed);
        let told: Vec<(u32, &str, Ms)> = renamed
            .actions
            .iter()
            .map(|action| (action.number, action.name.as_str(), action.learnt_at))
            .collect();
        assert_eq!(
            told,
            [
                (6, "BookingCreate", 10),
                (91, "ResourceCreate", 10),
                (92, "RoomFound", 30)
            ]
        );
        assert_eq!((renamed.learnt_at, renamed.source.as_str()), (30, "there"));
    }

    #[test]
    fn unknown_fields_stay_and_a_broken_file_too() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let file = LearntActions::path(at);
        let newer = r#"{"learnt_at":1,"source":"x","etag":"e","actions":[{"number":91,"name":"A","learnt_at":1,"roles":[2]}]}"#;
        fs::write(&file, newer).unwrap();
        LearntActions::learn(at, list(&[(91, "B")]), "y", 2).unwrap();
        let kept = fs::read_to_string(&file).unwrap();
        assert!(
            kept.contains("etag") && kept.contains("roles") && kept.contains("\"B\""),
            "{kept}"
        );
        for broken in ["", "{", r#"{"learnt_at":"x"}"#, "[]"] {
            fs::write(&file, broken).unwrap();
            let error = LearntActions::learn(at, list(&[(91, "C")]), "z", 3).unwrap_err();
            assert!(error.to_string().contains("it is left as it is"), "{error}");
            assert!(matches!(LearntActions::load(at), Err(SettingsError::Broken(..))));
            assert_eq!(fs::read_to_string(&file).unwrap(), broken);
        }
    }

    #[test]
    fn what_several_learn_at_once_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 91..99 {
                let at = folder.path();
                scope.spawn(move || {
                    LearntActions::learn(at, [(number, format!("New{number}"))], "x", 1).unwrap()
                });
            }
        });
        assert_eq!(
            LearntActions::load(folder.path()).unwrap().unwrap().actions.len(),
            8
        );
    }
}
