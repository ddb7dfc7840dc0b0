//! `views.json`: the views as a person has arranged them, and up to where each was looked at.

use super::{MOST_VIEWS, View, key, shipped_views};
use crate::SettingsError;
use crate::folder::{hold, write_private};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What this program writes; a file of a higher version is left alone.
const VERSION: u32 = 1;
/// Largest file of views that is taken in, in bytes.
const LARGEST: usize = 1 << 20;

/// Why views could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// One of them cannot be kept, or the text is no file of views. A sentence for a person.
    #[error("{0}")]
    Refused(String),
    /// Another screen has changed them meanwhile.
    #[error(
        "The views were changed on another screen meanwhile: look at them again and repeat what you did."
    )]
    Changed,
    /// The file.
    #[error(transparent)]
    File(#[from] SettingsError),
}

/// The views and where they are kept.
#[derive(Debug)]
pub struct ViewFile {
    folder: PathBuf,
    kept: Kept,
    /// Something that is not worth a write of its own is not on the disk yet.
    behind: bool,
    trouble: Option<String>,
}

/// What came out of a file of views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedViews {
    /// Names of those that were added.
    pub added: Vec<String>,
    /// Names of those that are there already, just so.
    pub known: Vec<String>,
}

/// What the file holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    version: u32,
    revision: u32,
    /// Number of the next view that a person makes: an id is never used again.
    next: u32,
    views: Vec<Entry>,
    /// By view: the newest delivery that was shown.
    #[serde(default)]
    seen: BTreeMap<String, i64>,
}

/// One that came with the program and was not changed is kept by its name alone, so that it stays as the program has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Entry {
    View(View),
    Shipped { shipped: String, hidden: bool },
}

/// A file of views as it is handed on.
#[derive(Serialize, Deserialize)]
struct Bundle {
    nexwatch_views: u32,
    views: Vec<View>,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept {
            version: VERSION,
            revision: 0,
            next: 1,
            views: shipped_views().iter().map(Entry::of).collect(),
            seen: BTreeMap::new(),
        }
    }
}

impl Entry {
    fn of(view: &View) -> Entry {
        let usual = shipped_views().into_iter().find(|shipped| shipped.id == view.id);
        match usual {
            Some(usual) if usual.says_the_same(view) => Entry::Shipped {
                shipped: usual.id,
                hidden: view.hidden,
            },
            _ => Entry::View(view.clone()),
        }
    }

    /// The view; nothing of one that came with another version of the program.
    fn view(&self) -> Option<View> {
        match self {
            Entry::View(view) => Some(view.clone()),
            Entry::Shipped { shipped, hidden } => shipped_views()
                .into_iter()
                .find(|view| view.id == *shipped)
                .map(|view| View {
                    hidden: *hidden,
                    ..view
                }),
        }
    }
}

impl ViewFile {
    /// The views of a folder. A file that cannot be read is left as it is: then there are the program's own views, and
    /// nothing can be changed.
    pub fn load(folder: &Path) -> ViewFile {
        let (kept, trouble) = match read(folder) {
            Ok(kept) => (kept.unwrap_or_default(), None),
            Err(error) => (Kept::default(), Some(error.to_string())),
        };
        ViewFile {
            folder: folder.to_owned(),
            kept,
            behind: false,
            trouble,
        }
    }

    /// All views in order; those that came with the program and are not in the file, at the end.
    pub fn views(&self) -> Vec<View> {
        let mut views: Vec<View> = self.kept.views.iter().filter_map(Entry::view).collect();
        for view in shipped_views() {
            if !views.iter().any(|known| known.id == view.id) {
                views.push(view);
            }
        }
        views
    }

    /// Counts the changes of the list.
    pub fn revision(&self) -> u32 {
        self.kept.revision
    }

    /// Why the file could not be read.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Up to which delivery a view was looked at; nothing until it is told for the first time.
    pub fn seen(&self, id: &str) -> Option<i64> {
        self.kept.seen.get(id).copied()
    }

    /// A view was looked at up to a delivery. Kept in memory until [`ViewFile::flush`] or the next change.
    pub fn look(&mut self, id: &str, until: i64) {
        let seen = self.kept.seen.get(id).copied();
        if seen.is_none_or(|seen| seen < until) {
            self.kept.seen.insert(id.to_owned(), until);
            self.behind = true;
        }
    }

    /// Writes what is not on the disk yet. Blocks.
    pub fn flush(&mut self) -> Result<(), SettingsError> {
        if !self.behind || self.trouble.is_some() {
            return Ok(());
        }
        write(&self.folder, &self.kept)?;
        self.behind = false;
        Ok(())
    }

    /// Puts a list in the place of the one that had a revision; new ones are given an id. Blocks.
    pub fn set(&mut self, mut views: Vec<View>, revision: u32) -> Result<(), ViewsError> {
        if revision != self.kept.revision {
            return Err(ViewsError::Changed);
        }
        let shipped = shipped_views();
        let mut next = self.kept.next;
        for view in &mut views {
            view.name = view.name.trim().to_owned();
            view.shipped = shipped.iter().any(|known| known.id == view.id);
            if view.id.is_empty() {
                view.id = format!("own-{next}");
                next += 1;
            } else if !view.shipped && !self.knows(&view.id) {
                return Err(ViewsError::Refused(format!(
                    "“{}” is not among the views any more.",
                    view.name
                )));
            }
        }
        check(&views)?;
        if let Some(gone) = shipped
            .iter()
            .find(|known| !views.iter().any(|view| view.id == known.id))
        {
            return Err(ViewsError::Refused(format!(
                "“{}” came with the program: it can be hidden, not removed.",
                gone.name
            )));
        }
        self.keep(&views, next)
    }

    /// Takes views out of the text of a file. Blocks.
    pub fn import(&mut self, text: &str) -> Result<ImportedViews, ViewsError> {
        let mut imported = ImportedViews::default();
        let mut views = self.views();
        let mut next = self.kept.next;
        for mut view in unpack(text)? {
            view.name = view.name.trim().to_owned();
            view.check().map_err(ViewsError::Refused)?;
            if views.iter().any(|known| known.says_the_same(&view)) {
                imported.known.push(view.name);
                continue;
            }
            view.name = free_name(&view.name, &views);
            view.id = format!("own-{next}");
            next += 1;
            (view.shipped, view.hidden) = (false, false);
            imported.added.push(view.name.clone());
            views.push(view);
        }
        check(&views)?;
        if !imported.added.is_empty() {
            self.keep(&views, next)?;
        }
        Ok(imported)
    }

    /// Some views as the text of a file; all that are not there are left out.
    pub fn export(&self, ids: &[String]) -> Result<String, ViewsError> {
        let mut views = self.views();
        views.retain(|view| ids.contains(&view.id));
        if views.is_empty() {
            return Err(ViewsError::Refused("Choose the views to be saved.".to_owned()));
        }
        let bundle = Bundle {
            nexwatch_views: VERSION,
            views,
        };
        serde_json::to_string_pretty(&bundle).map_err(|error| ViewsError::Refused(error.to_string()))
    }

    fn knows(&self, id: &str) -> bool {
        self.views().iter().any(|view| view.id == id)
    }

    /// Writes a list that was checked, then has it.
    fn keep(&mut self, views: &[View], next: u32) -> Result<(), ViewsError> {
        if let Some(trouble) = &self.trouble {
            return Err(ViewsError::Refused(trouble.clone()));
        }
        let mut seen = self.kept.seen.clone();
        seen.retain(|id, _| views.iter().any(|view| view.id == *id));
        let kept = Kept {
            version: VERSION,
            revision: self.kept.revision.wrapping_add(1),
            next,
            views: views.iter().map(Entry::of).collect(),
            seen,
        };
        write(&self.folder, &kept)?;
        self.kept = kept;
        self.behind = false;
        Ok(())
    }
}

/// Whether a list can be kept.
fn check(views: &[View]) -> Result<(), ViewsError> {
    if views.len() > MOST_VIEWS {
        return Err(ViewsError::Refused(format!("There may be {MOST_VIEWS} views.")));
    }
    for (at, view) in views.iter().enumerate() {
        view.check().map_err(ViewsError::Refused)?;
        if views[..at].iter().any(|other| other.id == view.id) {
            return Err(ViewsError::Refused(format!("“{}” is listed twice.", view.name)));
        }
        if views[..at]
            .iter()
            .any(|other| key(&other.name) == key(&view.name))
        {
            return Err(ViewsError::Refused(format!(
                "There is a view called “{}” already: choose another name.",
                view.name
            )));
        }
    }
    Ok(())
}

/// A name that no view has yet: with a number behind it, if need be.
fn free_name(name: &str, views: &[View]) -> String {
    let taken = |name: &str| views.iter().any(|view| key(&view.name) == key(name));
    if !taken(name) {
        return name.to_owned();
    }
    let short: String = name.chars().take(super::LONGEST_NAME - 6).collect();
    let mut number = 2;
    loop {
        let name = format!("{} {number}", short.trim_end());
        if !taken(&name) {
            return name;
        }
        number += 1;
    }
}

fn unpack(text: &str) -> Result<Vec<View>, ViewsError> {
    let refused = |why: &str| ViewsError::Refused(why.to_owned());
    if text.len() > LARGEST {
        return Err(refused("This file is too large to be one of views."));
    }
    // Saved again by an editor it may begin with a mark.
    let text = text.trim_start_matches('\u{feff}');
    let any: serde_json::Value =
        serde_json::from_str(text).map_err(|_| refused("This is no file of views: it is not JSON."))?;
    match any.get("nexwatch_views").and_then(serde_json::Value::as_u64) {
        None => {
            return Err(refused(
                "This is no file of views: choose one that Nexwatch has saved.",
            ));
        }
        Some(version) if version > u64::from(VERSION) => {
            return Err(refused(
                "This file was made by a newer Nexwatch: update this one first.",
            ));
        }
        Some(_) => {}
    }
    let bundle: Bundle = serde_json::from_value(any)
        .map_err(|error| ViewsError::Refused(format!("This file of views is not right: {error}.")))?;
    if bundle.views.is_empty() {
        return Err(refused("There is no view in this file."));
    }
    Ok(bundle.views)
}

fn path(folder: &Path) -> PathBuf {
    folder.join("views.json")
}

fn read(folder: &Path) -> Result<Option<Kept>, SettingsError> {
    let file = path(folder);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(SettingsError::Io(file, error)),
    };
    let kept: Kept = serde_json::from_slice(&bytes)
        .map_err(|error| SettingsError::Broken(file.clone(), error.to_string()))?;
    if kept.version > VERSION {
        return Err(SettingsError::Broken(
            file,
            "a newer Nexwatch wrote it".to_owned(),
        ));
    }
    Ok(Some(kept))
}

fn write(folder: &Path, kept: &Kept) -> Result<(), SettingsError> {
    let file = path(folder);
    let failed = |error| SettingsError::Io(file.clone(), error);
    let _held = hold(&folder.join("views.lock")).map_err(failed)?;
    let bytes = serde_json::to_vec_pretty(kept).map_err(|error| failed(error.into()))?;
    write_private(&file, &bytes).map_err(failed)
}

#[cfg(test)]
mod tests;
