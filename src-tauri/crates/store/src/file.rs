//! The database file: opened, made, checked, migrated, and locked for one program.

use crate::StoreError;
use crate::body::{self, Packer};
use nexwatch_nexudus::Saying;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// "Nxwt": tells our files from others.
pub const APPLICATION_ID: i32 = 0x4e78_7774;

/// Migrations in order; the n-th makes format n. One that has shipped is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/v1.sql"),
    include_str!("schema/v2.sql"),
    include_str!("schema/v3.sql"),
    include_str!("schema/v4.sql"),
    include_str!("schema/v5.sql"),
    include_str!("schema/v6.sql"),
    include_str!("schema/v7.sql"),
    include_str!("schema/v8.sql"),
];

/// Tables that formats before 3 do not have: to whoever only reads them it is as if they were there and empty.
const ABSENT: &str = "
    CREATE TEMP TABLE act(event INTEGER PRIMARY KEY, head INTEGER);
    CREATE TEMP TABLE field(id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TEMP TABLE change(field INTEGER, event INTEGER, PRIMARY KEY(field, event)) WITHOUT ROWID;
    CREATE TEMP TABLE contact(kind INTEGER, id INTEGER, name TEXT, email TEXT, PRIMARY KEY(kind, id)) WITHOUT ROWID;
    CREATE TEMP TABLE resource_place(resource INTEGER PRIMARY KEY, location INTEGER);
    CREATE TEMP TABLE involved(person INTEGER, event INTEGER, PRIMARY KEY(person, event)) WITHOUT ROWID;";

/// Likewise before format 4.
const ABSENT_STRETCHES: &str =
    "CREATE TEMP TABLE stretch(first INTEGER PRIMARY KEY, last INTEGER, events INTEGER,
    form INTEGER, bytes BLOB);";

/// The first format with a table of ties.
const TIES: u32 = 7;

/// Before it the same was told by indexes of the events.
const AS_TIES: &str = "
    CREATE TEMP VIEW tie(kind, key, event) AS
        SELECT 0, resource, id FROM event WHERE resource <> 0
        UNION ALL SELECT 1, person, event FROM involved
        UNION ALL SELECT 2 + entity, entity_id, id FROM event WHERE entity_id IS NOT NULL;
    CREATE TEMP TABLE tie_recent(id INTEGER PRIMARY KEY, entries BLOB);";

/// The words of the full-text index in their order, each once for every place where it stands.
const WORDS: &str = "CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, words, instance)";

/// The format that this program writes.
pub const FORMAT: u32 = MIGRATIONS.len() as u32;

/// The first format whose index holds prepared texts.
pub(crate) const PREPARED: u32 = 4;

/// The format of a database that is open.
pub(crate) fn format(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The database of a data folder.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("nexwatch.db")
}

/// Holds the folder for this program; the lock ends with the process, however it ends.
#[derive(Debug)]
pub(crate) struct Lock(#[allow(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    pub fn take(folder: &Path) -> Result<Lock, StoreError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("lock"))?;
        owner_only(&folder.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(fs::TryLockError::WouldBlock) => Err(StoreError::InUse(folder.to_owned())),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Whether a program holds the folder.
pub fn in_use(folder: &Path) -> bool {
    // Taken for a moment only, and not alone.
    File::open(folder.join("lock"))
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock)))
}

/// Makes a data folder that only its owner can look into.
pub fn make_folder(folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder)?.permissions();
        if mode.mode() & 0o077 != 0 {
            // A folder that others may read for a reason of theirs (a mount) is not refused.
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
        }
    }
    Ok(())
}

fn owner_only(file: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
    }
    let _ = file;
    Ok(())
}

/// Opens the writing connection: makes or migrates the database first.
pub(crate) fn open_writer(folder: &Path, packer: &Packer) -> Result<Connection, StoreError> {
    let file = path(folder);
    let fresh = fs::metadata(&file).map_or(true, |meta| meta.len() == 0);
    let mut connection = Connection::open(&file)?;
    owner_only(&file)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    if fresh {
        connection.execute_batch("PRAGMA page_size=4096")?;
    } else {
        check(&connection, &file)?;
    }
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32000;
         PRAGMA mmap_size=0; PRAGMA foreign_keys=OFF;",
    )?;
    keep_plans(&connection)?;
    // Only macOS needs it: there a plain fsync stops at the disk's own cache.
    connection.execute_batch("PRAGMA fullfsync=1; PRAGMA checkpoint_fullfsync=1;")?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection, folder, MIGRATIONS)?;
    // Not before: what a migration of millions sorts has room on the disk.
    connection.execute_batch("PRAGMA temp_store=MEMORY")?;
    learn_dictionaries(&connection, packer)?;
    Ok(connection)
}

/// Opens a connection that can only read.
pub(crate) fn open_reader(folder: &Path) -> Result<Connection, StoreError> {
    let file = path(folder);
    // Not opened and closed again to find out: that would let go of the locks that this process may hold on it.
    match fs::metadata(&file).map_err(|error| error.kind()) {
        Err(ErrorKind::PermissionDenied) => return Err(StoreError::Forbidden(folder.to_owned())),
        Err(ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(StoreError::NotThere(folder.to_owned()));
        }
        _ => {}
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let open = |suffix: &str| -> Result<Connection, StoreError> {
        let escaped = file
            .to_string_lossy()
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let connection = Connection::open_with_flags(format!("file:{escaped}{suffix}"), flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    // In a folder that cannot be written there is no place for the log's index; a file that nobody writes can be
    // read without it.
    let connection = match open("") {
        Err(StoreError::ReadOnly) => open("?immutable=1")?,
        other => other?,
    };
    let format = check(&connection, &file)?;
    connection.execute_batch("PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;")?;
    if (1..3).contains(&format) {
        connection.execute_batch(ABSENT)?;
    }
    if (1..4).contains(&format) {
        connection.execute_batch(ABSENT_STRETCHES)?;
    }
    if (1..TIES).contains(&format) {
        connection.execute_batch(AS_TIES)?;
    }
    if format >= 1 {
        connection.execute_batch(WORDS)?;
    }
    connection.execute_batch("PRAGMA query_only=1")?;
    keep_plans(&connection)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Whether a connection that only reads was opened before the database was brought to this program's format.
pub(crate) fn is_outdated(connection: &Connection) -> Result<bool, StoreError> {
    let stands_in = connection
        .prepare_cached("SELECT 1 FROM temp.sqlite_schema WHERE name = 'tie_recent'")?
        .exists([])?;
    Ok(stands_in && format(connection)? >= TIES)
}

/// A statement is planned once. Without this, SQLite plans anew whenever a bound value changes that might make another
/// plan better: for short statements that is most of their cost.
fn keep_plans(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Refuses what is not ours or newer than this program; says which format it is.
fn check(connection: &Connection, file: &Path) -> Result<u32, StoreError> {
    let number = |name: &str| -> Result<i64, StoreError> {
        match connection.pragma_query_value(None, name, |row| row.get(0)) {
            Ok(number) => Ok(number),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                Err(StoreError::NotOurs(file.to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    };
    let (id, format) = (number("application_id")?, number("user_version")?);
    if id != i64::from(APPLICATION_ID) {
        // A database whose making was cut off (power lost at the very first start) holds nothing yet.
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        return if id == 0 && format == 0 && tables == 0 {
            Ok(0)
        } else {
            Err(StoreError::NotOurs(file.to_owned()))
        };
    }
    let found = u32::try_from(format).unwrap_or(u32::MAX);
    if found > FORMAT {
        return Err(StoreError::Newer { found, known: FORMAT });
    }
    Ok(found)
}

/// Brings the database to the format that the steps lead to, in one transaction, after a copy of what was there.
fn migrate(connection: &mut Connection, folder: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = steps.get(found as usize..).unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    if found > 0 {
        let backups = folder.join("backup");
        make_folder(&backups)?;
        let copy = backups.join(format!("nexwatch-format-{found}.db"));
        if !copy.exists() {
            let part = copy.with_extension("part");
            let _ = fs::remove_file(&part);
            connection.execute("VACUUM INTO ?1", [part.to_string_lossy()])?;
            owner_only(&part)?;
            File::open(&part)?.sync_all()?;
            fs::rename(&part, &copy)?;
        }
    }
    // For version 8.
    connection.create_scalar_function(
        "sum_of_invoice",
        1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        |told| {
            let saying = Saying::decode(told.get_raw(0).as_str().unwrap_or_default());
            Ok(saying.sum_of_invoice().map(|amount| amount.0))
        },
    )?;
    let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for step in missing {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION_ID)?;
    change.pragma_update(None, "user_version", steps.len() as u32)?;
    change.execute(
        "INSERT OR IGNORE INTO dictionary(id, made_at, bytes) VALUES (1, 0, ?1)",
        [body::SHIPPED],
    )?;
    change.commit()?;
    Ok(())
}

/// Loads the dictionaries that are not known yet.
pub(crate) fn learn_dictionaries(connection: &Connection, packer: &Packer) -> Result<(), StoreError> {
    let mut all = connection.prepare_cached("SELECT id, bytes FROM dictionary ORDER BY id")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let id: u32 = row.get(0)?;
        if !packer.knows(id) {
            packer.add(
                id,
                row.get_ref(1)?
                    .as_blob()
                    .map_err(|error| StoreError::Body(error.to_string()))?,
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &str = "ALTER TABLE delivery ADD COLUMN note TEXT; UPDATE delivery SET note = 'seen'";

    /// A folder with a database of this program's format and one delivery in it.
    fn filled() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        db.execute_batch(
            "INSERT INTO delivery(id, received_at, source, route, headers, rule, secret, event_after, length, body_key, dictionary, body)
             VALUES (1, 5, 1, 1, 1, 0, 0, 1, 1, 7, 0, x'61')",
        )
        .unwrap();
        folder
    }

    fn format_of(file: &Path) -> u32 {
        let db = Connection::open(file).unwrap();
        assert_eq!(
            db.query_row("SELECT count(*) FROM delivery", [], |row| row.get(0)),
            Ok(1)
        );
        db.pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn an_older_database_is_copied_before_it_is_migrated() {
        let folder = filled();
        let steps: Vec<&str> = MIGRATIONS.iter().copied().chain([NEXT]).collect();
        let mut db = Connection::open(path(folder.path())).unwrap();
        migrate(&mut db, folder.path(), &steps).unwrap();
        let note: String = db
            .query_row("SELECT note FROM delivery", [], |row| row.get(0))
            .unwrap();
        assert_eq!(note, "seen");
        drop(db);
        assert_eq!(format_of(&path(folder.path())), FORMAT + 1);
        let copy = folder.path().join(format!("backup/nexwatch-format-{FORMAT}.db"));
        assert_eq!(format_of(&copy), FORMAT, "the copy is what was there before");
        // This program is now the older one.
        let error = open_writer(folder.path(), &Packer::new()).unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, StoreError::Newer { .. }), "{said}");
        assert!(
            said.contains("made by a newer Nexwatch") && said.contains("please update"),
            "{said}"
        );
        assert_eq!(open_reader(folder.path()).unwrap_err().to_string(), said);
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let folder = filled();
        let steps: Vec<&str> = MIGRATIONS
            .iter()
            .copied()
            .chain([NEXT, "INSERT INTO nowhere VALUES (1)"])
            .collect();
        let mut db = Connection::open(path(folder.path())).unwrap();
        assert!(migrate(&mut db, folder.path(), &steps).is_err());
        drop(db);
        assert_eq!(format_of(&path(folder.path())), FORMAT);
        let columns = "SELECT count(*) FROM pragma_table_info('delivery') WHERE name = 'note'";
        let db = open_writer(folder.path(), &Packer::new()).unwrap();
        assert_eq!(db.query_row(columns, [], |row| row.get(0)), Ok(0));
    }

    #[test]
    fn the_newest_format_is_left_alone() {
        let folder = filled();
        drop(open_writer(folder.path(), &Packer::new()).unwrap());
        assert!(!folder.path().join("backup").exists());
    }
}
