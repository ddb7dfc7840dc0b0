//! Sets of events to ask and to export: always the same ones for a number, three years of a network of spaces.
//!
//! A set is made by the store's own writer, delivery by delivery, as if it had lived through those years: so it has the
//! tables, the indexes and the shape of full text that a real database has. With `--set DIR` it is kept there; what is
//! measured is then a copy, because deliveries arrive while it is asked.

mod kept;
mod make;
mod places;
mod room;

pub(super) use make::{incoming, platform};
pub(super) use places::places;
pub(super) use room::check as check_room;

use super::folder::{Workshop, say};
use anyhow::Context as _;
use nexwatch_nexudus::Ms;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The end of the stretch: 2026-10-01T00:00:00Z.
pub(super) const END: Ms = 1_790_812_800_000;
/// The stretch: three years of 365 days.
pub(super) const STRETCH: Ms = 3 * 365 * 24 * 3_600_000;

/// A set on the disk that may be written to.
pub(super) struct Set {
    folder: TempDir,
    about: About,
}

/// What it is like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct About {
    /// Deliveries that were made.
    pub wanted: u32,
    /// Events: a delivery now and then says what another has said.
    pub events: u32,
    /// How long it took to make and keep them, seconds.
    pub seconds: f64,
    /// On the disk, everything included.
    pub bytes_per_event: f64,
    /// What takes how much place: table or index, bytes an event.
    pub places: Vec<(String, f64)>,
}

impl Set {
    /// Where.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// What it is like.
    pub fn about(&self) -> &About {
        &self.about
    }
}

/// The set of so many events: made here, or a copy of the one that is kept in `place`, where it is made if it is not there.
pub(super) fn get(workshop: &Workshop, place: Option<&Path>, events: u32) -> anyhow::Result<Set> {
    let Some(place) = place else {
        let folder = workshop.fresh("set-")?;
        let about = make::make(folder.path(), events)?;
        return Ok(Set { folder, about });
    };
    let (kept, about) = kept::find_or_make(workshop, place, events)?;
    say("copying the set");
    let folder = workshop.fresh("copy-")?;
    copy(&nexwatch_store::path(&kept), &nexwatch_store::path(folder.path()))
        .context("the set cannot be copied")?;
    Ok(Set { folder, about })
}

/// Until it is on the disk: nothing is to be written behind the back of what is measured.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::copy(from, to)?;
    std::fs::File::open(to)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::rusqlite::{Connection, OpenFlags};

    /// Everything in a database that a question can hang on, row by row, as text.
    fn contents(folder: &Path) -> Vec<(String, Vec<String>)> {
        let file = nexwatch_store::path(folder);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let db = Connection::open_with_flags(file, flags).unwrap();
        db.execute_batch("CREATE VIRTUAL TABLE temp.said USING fts5vocab(main, words, instance);")
            .unwrap();
        let mut names: Vec<String> = db
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%' AND name NOT LIKE 'sqlite%' ORDER BY name")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        names.push("temp.said".into());
        names
            .into_iter()
            .map(|name| {
                // When a dictionary was made is the only thing that is of the day.
                let columns = if name == "dictionary" { "id, bytes" } else { "*" };
                let mut all = db.prepare(&format!("SELECT {columns} FROM {name}")).unwrap();
                let width = all.column_count();
                let mut rows: Vec<String> = all
                    .query_map([], |row| {
                        let cells = (0..width).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
                        Ok(cells.collect::<Vec<_>>().join(" "))
                    })
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                rows.sort();
                (name, rows)
            })
            .collect()
    }

    #[test]
    fn a_set_is_the_same_each_time_table_by_table_and_word_by_word() {
        let workshop = Workshop::make(None).unwrap();
        let made = || {
            let set = get(&workshop, None, 1_500).unwrap();
            assert!((1_490..=1_500).contains(&set.about().events), "{:?}", set.about());
            assert!(set.about().places.iter().any(|(name, _)| name == "delivery"));
            contents(&set.folder())
        };
        let (first, second) = (made(), made());
        for ((name, rows), (other, others)) in first.iter().zip(&second) {
            assert_eq!(name, other);
            let differ = rows.iter().zip(others).find(|(row, other)| row != other);
            assert_eq!((rows.len(), differ), (others.len(), None), "{name}");
        }
        for name in ["event", "repeat", "change", "temp.said"] {
            let (_, rows) = first.iter().find(|(known, _)| known == name).unwrap();
            assert!(!rows.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_kept_set_is_made_once_and_never_written_to() {
        let workshop = Workshop::make(None).unwrap();
        let place = tempfile::tempdir().unwrap();
        let first = get(&workshop, Some(place.path()), 300).unwrap();
        let kept: Vec<_> = std::fs::read_dir(place.path()).unwrap().collect();
        assert_eq!(kept.len(), 1, "nothing unfinished is left: {kept:?}");
        let file = nexwatch_store::path(&kept[0].as_ref().unwrap().path());
        let made = std::fs::metadata(&file).unwrap().modified().unwrap();
        let store = nexwatch_store::Store::open(
            &first.folder(),
            nexwatch_store::Options::default(),
            Box::new(|_| {}),
        )
        .unwrap();
        store.writer.set_setting("written", "to").unwrap();
        store.close();
        let again = get(&workshop, Some(place.path()), 300).unwrap();
        assert_eq!(first.about(), again.about());
        assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), made);
        let reader = nexwatch_store::Reader::open(&again.folder()).unwrap();
        assert_eq!(reader.setting("written").unwrap(), None);
    }

    #[test]
    fn a_set_of_another_program_is_made_anew() {
        let workshop = Workshop::make(None).unwrap();
        let place = tempfile::tempdir().unwrap();
        get(&workshop, Some(place.path()), 120).unwrap();
        let kept = std::fs::read_dir(place.path())
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let about = kept.join("about.json");
        let text = std::fs::read_to_string(&about).unwrap();
        let mut told: serde_json::Value = serde_json::from_str(&text).unwrap();
        told["fingerprint"] = "another".into();
        told["about"]["events"] = 7.into();
        std::fs::write(&about, told.to_string()).unwrap();
        let set = get(&workshop, Some(place.path()), 120).unwrap();
        assert!(set.about().events > 100, "{:?}", set.about());
        // What cannot be read is not taken for a set either.
        std::fs::write(&about, "no JSON").unwrap();
        assert!(get(&workshop, Some(place.path()), 120).unwrap().about().events > 100);
    }
}
