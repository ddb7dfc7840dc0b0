//! A file that is there whole or not at all.

use crate::FeedError;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Lets a file be written beside its target, then puts it in its place once it is on the disk. Whatever goes wrong
/// before that, nothing is left.
pub fn write<T>(
    target: &Path,
    overwrite: bool,
    fill: impl FnOnce(&mut File) -> Result<T, FeedError>,
) -> Result<T, FeedError> {
    let failed = |error: io::Error| FeedError::file(target, &error);
    if target.is_dir() || target.file_name().is_none() {
        return Err(failed(ErrorKind::IsADirectory.into()));
    }
    // A device, pipe or socket is no place for a file, and must not be replaced by one. (A link is replaced, not followed.)
    let special = |there: std::fs::Metadata| !there.is_file() && !there.is_symlink();
    if target.symlink_metadata().is_ok_and(special) {
        let target = target.display();
        return Err(FeedError::BadExport(format!("{target} is a device, not a file")));
    }
    // Said before an hour's work, and again by the system when the file is put in its place.
    if !overwrite && target.symlink_metadata().is_ok() {
        return Err(FeedError::Exists(target.to_owned()));
    }
    let folder = folder(target);
    let mut part = part(&folder).map_err(failed)?;
    let done = fill(part.as_file_mut()).map_err(|error| match error {
        FeedError::Write(kind) => failed(kind.into()),
        other => other,
    })?;
    part.as_file().sync_all().map_err(failed)?;
    let placed = match overwrite {
        true => part.persist(target),
        false => part
            .persist_noclobber(target)
            .or_else(|error| claim(error, target)),
    };
    placed.map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => FeedError::Exists(target.to_owned()),
        _ => failed(error.error),
    })?;
    // The name is kept by the folder; where that cannot be synced, the file is complete all the same.
    #[cfg(unix)]
    if let Ok(folder) = File::open(&folder) {
        let _ = folder.sync_all();
    }
    Ok(done)
}

/// Where a file is written before it is put in its place.
pub(super) fn folder(target: &Path) -> PathBuf {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn part(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nexwatch-").suffix(".part");
    // As any program's file: for whom, says the person's own mask.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// On a file system that cannot rename without writing over (some memory sticks), the name is taken first: that is as
/// indivisible.
fn claim(error: tempfile::PersistError, target: &Path) -> Result<File, tempfile::PersistError> {
    let tempfile::PersistError { error, file } = error;
    if error.kind() == ErrorKind::AlreadyExists {
        return Err(tempfile::PersistError { error, file });
    }
    match File::create_new(target) {
        Err(error) => Err(tempfile::PersistError { error, file }),
        Ok(_) => file.persist(target).inspect_err(|_| {
            let _ = std::fs::remove_file(target);
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn say(text: &'static str) -> impl FnOnce(&mut File) -> Result<u32, FeedError> {
        move |file| {
            file.write_all(text.as_bytes())
                .map_err(|error| FeedError::Write(error.kind()))?;
            Ok(1)
        }
    }

    #[test]
    fn whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        assert_eq!(write(&target, false, say("one")).unwrap(), 1);
        let error = write(&target, false, say("two")).unwrap_err();
        assert!(matches!(error, FeedError::Exists(_)), "{error}");
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "one");
        write(&target, true, say("three")).unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "three");
        for error in [FeedError::Cancelled, FeedError::Write(ErrorKind::StorageFull)] {
            let failed = write(&target, true, |file| {
                file.write_all(b"half").unwrap();
                Err::<u32, _>(error)
            });
            assert!(failed.is_err());
        }
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "three");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        let error = write(&target, false, |file| {
            std::fs::write(&target, "another's").unwrap();
            say("ours")(file)
        });
        assert!(matches!(error, Err(FeedError::Exists(_))));
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "another's");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn the_name_is_taken_where_renaming_cannot_say_no() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        let unsupported = || tempfile::PersistError {
            error: ErrorKind::Unsupported.into(),
            file: part(folder.path()).unwrap(),
        };
        claim(unsupported(), &target).unwrap();
        let error = claim(unsupported(), &target).unwrap_err();
        assert_eq!(error.error.kind(), ErrorKind::AlreadyExists);
        drop(error);
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn where_nothing_can_be_written_it_is_said_why() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("no/such/a.csv"), false, say("x")).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("cannot be written: its folder is not there"),
            "{error}"
        );
        let error = write(folder.path(), true, say("x")).unwrap_err();
        assert!(
            error.to_string().ends_with("cannot be written: it is a folder"),
            "{error}"
        );
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let error = write(&file.join("a.csv"), false, say("x")).unwrap_err();
        assert!(
            error.to_string().ends_with("its folder is not a folder"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let written = write(&socket, true, |file| {
            file.write_all(b"x").unwrap();
            Ok(())
        });
        assert!(written.is_err());
        assert!(!socket.metadata().unwrap().is_file());
        assert_eq!(names(folder.path()), ["socket"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_to_be_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (other, target) = (folder.path().join("other"), folder.path().join("a.csv"));
        std::os::unix::fs::symlink(&other, &target).unwrap();
        assert!(matches!(
            write(&target, false, say("x")),
            Err(FeedError::Exists(_))
        ));
        write(&target, true, say("x")).unwrap();
        assert!(!other.exists() && target.symlink_metadata().unwrap().is_file());
    }
}
