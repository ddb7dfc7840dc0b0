//! Files of all events, CSV beside `sqlite3 -csv` on the same columns.

use super::child::{self, Job as ChildJob};
use super::figures::{median, median_of};
use super::folder::{Workshop, say};
use super::set::{END, Set};
use super::{memory, naive};
use anyhow::Context as _;
use nexwatch_feed::{Clock, ExportFormat, ExportRequest, Feed, Filter, export};
use nexwatch_nexudus::{Action, Entity};
use nexwatch_store::rusqlite::{Connection, params};
use nexwatch_store::{EventId, Flags, Reader};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// What to export.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    folder: PathBuf,
    target: PathBuf,
    format: ExportFormat,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Exported {
    rows: u32,
    seconds: f64,
    /// Above what was in use with the columns in memory, MiB.
    peak_mb: Option<f64>,
}

/// The figures.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Rows in the file.
    pub rows: u32,
    /// CSV.
    pub csv: OfFormat,
    /// XLSX.
    pub xlsx: OfFormat,
    /// `sqlite3 -csv`; nothing if it is not installed.
    pub sqlite3_rows_per_s: Option<f64>,
}

/// Of one kind of file.
#[derive(Clone, Debug)]
pub(super) struct OfFormat {
    /// Rows a second.
    pub rows_per_s: f64,
    /// Above idle, MiB; nothing where the system does not tell.
    pub peak_mb: Option<f64>,
    /// The file, MiB.
    pub file_mb: f64,
}

/// From so many events on a table is made once: it takes minutes.
const LONG: u32 = 2_000_000;

/// Exports in turns.
pub(super) fn measure(workshop: &Workshop, set: &Set, rounds: usize) -> anyhow::Result<Line> {
    let (ours, theirs) = (workshop.path().join("ours"), workshop.path().join("sqlite3.csv"));
    let events = set.about().events;
    let sqlite3 = Sqlite3::find(workshop, set)?;
    let table = workshop.path().join("ours.xlsx");
    let (mut csv, mut xlsx, mut by_sqlite3) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        say(&format!("CSV of everything, round {} of {rounds}", round + 1));
        csv.push(exported(set, &ours, ExportFormat::Csv)?);
        if round == 0 || events < LONG {
            say(&format!("XLSX of everything, round {} of {rounds}", round + 1));
            xlsx.push(exported(set, &table, ExportFormat::Xlsx)?);
        }
        if let Some(sqlite3) = &sqlite3 {
            say(&format!(
                "CSV of everything by sqlite3, round {} of {rounds}",
                round + 1
            ));
            by_sqlite3.push(f64::from(events) / sqlite3.export(&theirs)?);
        }
    }
    let line = Line {
        rows: events,
        csv: OfFormat::of(&csv, &ours)?,
        xlsx: OfFormat::of(&xlsx, &table)?,
        sqlite3_rows_per_s: (!by_sqlite3.is_empty()).then(|| median(&mut by_sqlite3)),
    };
    if sqlite3.is_some() {
        std::fs::remove_file(theirs)?;
    }
    Ok(line)
}

/// Has all events exported by a process of its own.
fn exported(set: &Set, target: &Path, format: ExportFormat) -> anyhow::Result<Exported> {
    let job = ChildJob::Export(Job {
        folder: set.folder(),
        target: target.to_owned(),
        format,
    });
    let exported = child::have_done::<Exported>(&job)?;
    let events = set.about().events;
    anyhow::ensure!(
        exported.rows == events,
        "{} of {events} events were exported",
        exported.rows
    );
    Ok(exported)
}

impl OfFormat {
    /// Medians; the file is removed.
    fn of(exported: &[Exported], file: &Path) -> anyhow::Result<OfFormat> {
        let mut peaks: Vec<f64> = exported.iter().filter_map(|exported| exported.peak_mb).collect();
        let figures = OfFormat {
            rows_per_s: median_of(exported, |exported| f64::from(exported.rows) / exported.seconds),
            peak_mb: (!peaks.is_empty()).then(|| median(&mut peaks)),
            file_mb: std::fs::metadata(file)?.len() as f64 / f64::from(1 << 20),
        };
        std::fs::remove_file(file)?;
        Ok(figures)
    }
}

/// Exports in a process of its own that is as idle before as one that serves.
pub(super) fn run(job: &Job) -> anyhow::Result<Exported> {
    let feed = Feed::new(Reader::open(&job.folder)?);
    feed.load()?;
    let request = ExportRequest {
        filter: Filter::default(),
        as_of: None,
        format: job.format,
        columns: Vec::new(),
        only: Vec::new(),
        fold: false,
        oldest_first: true,
        time_zone: Some("UTC".to_owned()),
        bom: false,
        body: false,
    };
    let idle = memory::now_mb();
    memory::forget_peak();
    let start = Instant::now();
    let rows = export::to_file(
        &feed,
        &request,
        &Clock::utc(END),
        &job.target,
        true,
        &mut |_, _| {},
        &AtomicBool::new(false),
    )?;
    let seconds = start.elapsed().as_secs_f64();
    Ok(Exported {
        rows,
        seconds,
        peak_mb: memory::peak_mb()
            .zip(idle)
            .map(|(peak, idle)| (peak - idle).max(0.0)),
    })
}

/// The program `sqlite3` and what it needs: names that ours has within itself.
struct Sqlite3 {
    database: PathBuf,
    sql: String,
}

impl Sqlite3 {
    fn find(workshop: &Workshop, set: &Set) -> anyhow::Result<Option<Sqlite3>> {
        let there = Command::new("sqlite3")
            .arg("-version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !there.is_ok_and(|status| status.success()) {
            return Ok(None);
        }
        let names = workshop.path().join("names.db");
        write_names(&names)?;
        Ok(Some(Sqlite3 {
            database: nexwatch_store::path(&set.folder()),
            sql: format!(
                "ATTACH '{}' AS names; {}",
                names.display().to_string().replace('\'', "''"),
                select()
            ),
        }))
    }

    /// Seconds.
    fn export(&self, target: &Path) -> anyhow::Result<f64> {
        let start = Instant::now();
        let status = Command::new("sqlite3")
            .args(["-batch", "-readonly", "-csv", "-header"])
            .arg(&self.database)
            .arg(&self.sql)
            .stdin(Stdio::null())
            .stdout(File::create(target)?)
            .status()
            .context("sqlite3 cannot be started")?;
        anyhow::ensure!(status.success(), "sqlite3 failed");
        Ok(start.elapsed().as_secs_f64())
    }
}

/// What the numbers in the store stand for, as tables to join.
fn write_names(file: &Path) -> anyhow::Result<()> {
    let mut db = Connection::open(file)?;
    let change = db.transaction()?;
    change.execute_batch(
        "CREATE TABLE action(code INTEGER PRIMARY KEY, name TEXT, number INTEGER, category TEXT);
         CREATE TABLE entity(code INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE flags(code INTEGER PRIMARY KEY, names TEXT);
         CREATE TABLE kind(code INTEGER PRIMARY KEY, name TEXT);",
    )?;
    for action in Action::all() {
        change.execute(
            "INSERT INTO action VALUES (?1, ?2, ?1, ?3)",
            params![action.number(), action.name(), action.category().slug()],
        )?;
    }
    for code in 0..=u8::MAX {
        let entity = Entity::from_code(code);
        if entity.code() == code {
            change.execute("INSERT INTO entity VALUES (?1, ?2)", params![code, entity.name()])?;
        }
    }
    for code in 0..1_u16 << Flags::NAMES.len() {
        change.execute(
            "INSERT INTO flags VALUES (?1, ?2)",
            params![code, Flags(code).names().join(" ")],
        )?;
    }
    for code in 1..=3 {
        let kind = naive::kind_name(nexwatch_nexudus::PersonKind::from_code(code));
        change.execute("INSERT INTO kind VALUES (?1, ?2)", params![code, kind])?;
    }
    change.commit()?;
    Ok(())
}

/// The columns of an export, in their order.
fn select() -> String {
    let at = |ms: &str| format!("strftime('%Y-%m-%dT%H:%M:%fZ', ({ms}) / 1000.0, 'unixepoch')");
    let happened = at(&format!(
        "coalesce(e.happened_at, (e.id >> {}) + {})",
        EventId::BITS,
        EventId::EPOCH
    ));
    let received = at("d.received_at");
    format!(
        "SELECT e.id, {happened} AS happened_at, {received} AS received_at, a.name AS action, a.number AS action_number,
           a.category, n.name AS entity, e.entity_id, nullif(e.location, 0) AS location_id, l.name AS location,
           nullif(p.platform_id, 0) AS person_id, p.name AS person, r.name AS resource,
           printf('%.2f', e.amount / 10000.0) AS amount, e.currency, e.sentence, 'webhook' AS source,
           CASE d.rule WHEN 1 THEN 'raw-bytes' WHEN 2 THEN 'ascii-folded' ELSE 'unsigned' END AS signature,
           CASE WHEN e.flags & 1 THEN (SELECT count(*) FROM repeat t WHERE t.event = e.id) ELSE 0 END AS repeats,
           f.names AS flags
         FROM event e JOIN delivery d ON d.id = e.delivery LEFT JOIN names.action a ON a.code = e.action
         LEFT JOIN names.entity n ON n.code = e.entity LEFT JOIN location l ON l.id = e.location
         LEFT JOIN person p ON p.key = e.person LEFT JOIN resource r ON r.key = e.resource
         LEFT JOIN names.flags f ON f.code = e.flags ORDER BY e.id"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::rusqlite::OpenFlags;

    #[test]
    fn sqlite3_is_asked_for_the_same_columns_and_rows() {
        let workshop = Workshop::make(None).unwrap();
        let set = super::super::set::get(&workshop, None, 300).unwrap();
        let names = workshop.path().join("names.db");
        write_names(&names).unwrap();
        let file = nexwatch_store::path(&set.folder());
        let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        db.execute("ATTACH ?1 AS names", [names.to_string_lossy()])
            .unwrap();
        let mut all = db.prepare(&select()).unwrap();
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        assert_eq!(columns, export::COLUMNS);
        let mut rows = all.query([]).unwrap();
        let mut count = 0;
        while let Some(row) = rows.next().unwrap() {
            for always in ["happened_at", "action", "category", "entity", "sentence", "flags"] {
                row.get::<_, String>(always)
                    .unwrap_or_else(|error| panic!("{always}: {error}"));
            }
            count += 1;
        }
        assert_eq!(count, 300);
    }
}
