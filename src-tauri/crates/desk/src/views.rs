//! Views: what is listed, what is new in each, and how they go from one computer to another.

use crate::exports;
use crate::host::FileKind;
use crate::protocol::{DeskError, ErrorCode, ImportedViews, ViewNew, ViewNews, Views, ViewsFile};
use nexwatch_feed::{Clock, Feed, FeedError, Show, export};
use nexwatch_settings::{View, ViewFile, ViewsError, shipped_views};
use nexwatch_store::DeliveryId;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The views of a data folder; read when first asked for.
#[derive(Default)]
pub(crate) struct ViewShelf(Mutex<Option<ViewFile>>);

impl ViewShelf {
    fn with<T>(&self, folder: &Path, ask: impl FnOnce(&mut ViewFile) -> T) -> T {
        let mut file: MutexGuard<'_, Option<ViewFile>> =
            self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ask(file.get_or_insert_with(|| ViewFile::load(folder)))
    }

    /// All of them.
    pub fn list(&self, folder: &Path) -> Views {
        self.with(folder, |file| listed(file))
    }

    /// Puts a list in their place.
    pub fn set(&self, folder: &Path, views: Vec<View>, revision: u32) -> Result<Views, DeskError> {
        self.with(folder, |file| {
            file.set(views, revision)?;
            Ok(listed(file))
        })
    }

    /// Takes views out of a file's text.
    pub fn import(&self, folder: &Path, text: &str) -> Result<ImportedViews, DeskError> {
        self.with(folder, |file| {
            let imported = file.import(text)?;
            Ok(ImportedViews {
                views: listed(file),
                added: imported.added,
                known: imported.known,
            })
        })
    }

    /// Some of them as the text of a file, with a name for it.
    pub fn export(&self, folder: &Path, ids: &[String], clock: &Clock) -> Result<ViewsFile, DeskError> {
        let text = self.with(folder, |file| file.export(ids))?;
        Ok(ViewsFile {
            name: exports::file_name(FileKind::Views, clock),
            text,
            written: None,
        })
    }

    /// A view was looked at; whether that is news.
    pub fn look(&self, folder: &Path, id: &str, until: i64) -> bool {
        self.with(folder, |file| {
            let before = file.seen(id);
            // What is no view has nothing to be remembered.
            if file.views().iter().any(|view| view.id == id) {
                file.look(id, until);
            }
            file.seen(id) != before
        })
    }

    /// What is new in those that have a badge. One that was never looked at begins with what comes from now on.
    pub fn news(&self, folder: &Path, feed: &Feed, clock: &Clock) -> Result<ViewNews, FeedError> {
        let newest = feed.latest()?;
        let asked: Vec<(View, i64)> = self.with(folder, |file| {
            let views = file.views().into_iter().filter(|view| view.badge && !view.hidden);
            views
                .map(|view| {
                    let seen = file.seen(&view.id).unwrap_or_else(|| {
                        file.look(&view.id, newest.0);
                        newest.0
                    });
                    (view, seen)
                })
                .collect()
        });
        // Columns that became ready meanwhile may lie a moment behind: then only that far nothing was left out.
        let mut as_of = newest;
        let views = asked.into_iter().map(|(view, seen)| {
            let counted = count(feed, clock, &view.query, seen, newest);
            as_of = counted.map_or(as_of, |(_, until)| as_of.min(until));
            ViewNew {
                count: counted.map(|(count, _)| count),
                id: view.id,
            }
        });
        let views = views.collect();
        Ok(ViewNews {
            views,
            as_of: as_of.0,
        })
    }

    /// Writes up to where each was looked at. Blocks.
    pub fn flush(&self) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = file.as_mut().map(ViewFile::flush) {
            tracing::warn!(%error, "up to where views were looked at could not be written");
        }
    }
}

impl Drop for ViewShelf {
    fn drop(&mut self) {
        self.flush();
    }
}

/// Events of a question that arrived after a delivery and no later than another: a screen that looks and says "until the
/// newest you counted" has then seen all that was counted. With how far it was counted. Nothing where the question has an
/// error.
fn count(
    feed: &Feed,
    clock: &Clock,
    query: &str,
    seen: i64,
    newest: DeliveryId,
) -> Option<(u32, DeliveryId)> {
    let filter = feed.parse(query).ok()?.ok()?;
    feed.count_new(&filter, clock, DeliveryId(seen), Some(newest), Show::Events)
        .ok()
}

fn listed(file: &ViewFile) -> Views {
    Views {
        views: file.views(),
        usual: shipped_views(),
        revision: file.revision(),
        trouble: file.trouble().map(str::to_owned),
    }
}

/// Writes the text of views to a file that a person chose. Blocks.
pub(crate) fn write(target: &Path, text: &str) -> Result<(), FeedError> {
    export::whole_file(target, true, |file| {
        file.write_all(text.as_bytes())
            .map_err(|error| FeedError::Write(error.kind()))
    })
}

impl From<ViewsError> for DeskError {
    fn from(error: ViewsError) -> DeskError {
        let code = match &error {
            ViewsError::Refused(_) | ViewsError::Changed => ErrorCode::BadQuestion,
            ViewsError::File(_) => ErrorCode::FileUnwritable,
        };
        DeskError::new(code, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_nexudus::Voice;
    use nexwatch_store::{Options, Store};

    fn view(name: &str, query: &str) -> View {
        View {
            id: String::new(),
            name: name.to_owned(),
            query: query.to_owned(),
            badge: true,
            shipped: false,
            ..shipped_views()[0].clone()
        }
    }

    #[test]
    fn every_shipped_view_asks_what_the_language_knows() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        let feed = Feed::new(store.reader.clone());
        for view in shipped_views() {
            let parsed = feed.parse(&view.query).unwrap();
            assert!(parsed.is_ok(), "{}: {:?}", view.name, parsed.err());
        }
    }

    #[test]
    fn a_view_whose_question_is_wrong_is_kept_and_counts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        let feed = Feed::new(store.reader.clone());
        feed.load().unwrap();
        feed.set_voice(Voice::default());
        let clock = Clock {
            now: 1_800_000_000_000,
            zone: jiff::tz::TimeZone::UTC,
        };
        let shelf = ViewShelf::default();
        let mut views = shelf.list(folder.path()).views;
        views.push(view("Wrong", "category:nonsense"));
        views.push(view("Right", "category:bookings"));
        let listed = shelf.set(folder.path(), views, 0).unwrap();
        assert_eq!(listed.revision, 1);
        let news = shelf.news(folder.path(), &feed, &clock).unwrap().views;
        let told = |id: &str| news.iter().find(|new| new.id == id).map(|new| new.count);
        assert_eq!(
            (told("own-1"), told("own-2"), told("all")),
            (Some(None), Some(Some(0)), None)
        );

        assert!(shelf.look(folder.path(), "own-2", 9) && !shelf.look(folder.path(), "own-2", 8));
        assert!(!shelf.look(folder.path(), "no such view", 9));
        shelf.flush();
        assert_eq!(ViewFile::load(folder.path()).seen("own-2"), Some(9));

        let target = folder.path().join("views of mine.json");
        write(
            &target,
            &shelf
                .export(folder.path(), &["own-2".to_owned()], &clock)
                .unwrap()
                .text,
        )
        .unwrap();
        let there = tempfile::tempdir().unwrap();
        let text = std::fs::read_to_string(&target).unwrap();
        let imported = ViewShelf::default().import(there.path(), &text).unwrap();
        assert_eq!(imported.added, ["Right"]);
    }
}
