//! Sets that stay on the disk from run to run.

use super::{About, make};
use crate::cli::bench::folder::{Workshop, tell};
use anyhow::Context as _;
use nexwatch_store::Reader;
use nexwatch_store::rusqlite::types::ValueRef;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Deliveries by which a program's sets are told from another's.
const FEW: u32 = 250;
/// What lies beside the database.
const ABOUT: &str = "about.json";

#[derive(Serialize, Deserialize)]
struct Note {
    fingerprint: String,
    about: About,
}

/// Where the set of so many events is kept.
pub(super) fn folder(place: &Path, events: u32) -> PathBuf {
    place.join(format!("nexwatch-set-{events}"))
}

/// The set that is kept, made first if it is not there or if this program would make another one.
pub(super) fn find_or_make(
    workshop: &Workshop,
    place: &Path,
    events: u32,
) -> anyhow::Result<(PathBuf, About)> {
    let folder = folder(place, events);
    let fingerprint = fingerprint(workshop)?;
    if let Some(about) = find(&folder, &fingerprint) {
        return Ok((folder, about));
    }
    if folder.exists() {
        tell(&format!(
            "{} was made by another version and is made anew",
            folder.display()
        ));
        std::fs::remove_dir_all(&folder).context("a set of another version cannot be removed")?;
    }
    let making = workshop.unfinished_in(place)?;
    let about = make::make(making.path(), events)?;
    let note = Note { fingerprint, about };
    std::fs::write(making.path().join(ABOUT), serde_json::to_string_pretty(&note)?)?;
    std::fs::rename(making.path(), &folder).context("the set cannot be put in its place")?;
    Ok((folder, note.about))
}

/// Whether the set is there, made by a program that makes the same.
pub(super) fn is_there(workshop: &Workshop, place: &Path, events: u32) -> anyhow::Result<bool> {
    let folder = folder(place, events);
    Ok(folder.exists() && find(&folder, &fingerprint(workshop)?).is_some())
}

fn find(folder: &Path, fingerprint: &str) -> Option<About> {
    let text = std::fs::read(folder.join(ABOUT)).ok()?;
    let note: Note = serde_json::from_slice(&text).ok()?;
    let there = nexwatch_store::path(folder).is_file();
    (there && note.fingerprint == fingerprint).then_some(note.about)
}

/// What a small set of this program holds, its tables and its indexes, as one number: whatever changes in format, reading
/// or chance changes it.
fn fingerprint(workshop: &Workshop) -> anyhow::Result<String> {
    let folder = workshop.fresh("fingerprint-")?;
    make::make(folder.path(), FEW)?;
    let mut sum = Sha256::new();
    sum.update(nexwatch_store::FORMAT.to_le_bytes());
    Reader::open(folder.path())?.read(|db| {
        // How full text is laid out in its own tables hangs on the moment; the words are those of the events.
        let mut all = db.prepare(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_schema
             WHERE name NOT LIKE 'words/_%' ESCAPE '/' AND name NOT LIKE 'sqlite%' ORDER BY type, name",
        )?;
        let mut tables = all.query([])?;
        while let Some(table) = tables.next()? {
            let (kind, name, sql): (String, String, String) = (table.get(0)?, table.get(1)?, table.get(2)?);
            sum.update(format!("{kind} {name} {sql}\n"));
            if kind != "table" || matches!(name.as_str(), "words" | "dictionary" | "setting") {
                continue;
            }
            let mut rows = db.prepare(&format!("SELECT * FROM \"{name}\""))?;
            let width = rows.column_count();
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                for at in 0..width {
                    add(&mut sum, row.get_ref(at)?);
                }
            }
        }
        Ok(())
    })?;
    Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Each value with its kind and length, so that no two rows read the same.
fn add(sum: &mut Sha256, value: ValueRef) {
    match value {
        ValueRef::Null => sum.update([0]),
        ValueRef::Integer(number) => sum.update([&[1], &number.to_le_bytes()[..]].concat()),
        ValueRef::Real(number) => sum.update([&[2], &number.to_le_bytes()[..]].concat()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            sum.update([3]);
            sum.update((bytes.len() as u64).to_le_bytes());
            sum.update(bytes);
        }
    }
}
