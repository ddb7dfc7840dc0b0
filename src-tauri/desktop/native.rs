//! What only the system's own dialogs can do.

use super::program::Program;
use nexwatch_desk::protocol::{DeskError, ErrorCode};
use nexwatch_desk::{FileKind, Later, Window};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, MessageDialogButtons, MessageDialogKind};
use tokio::sync::oneshot;

/// Lent to the desk.
pub(super) struct Native {
    app: AppHandle,
    /// A dialog is open.
    choosing: Arc<AtomicBool>,
}

impl Native {
    /// Dialogs of this program.
    pub fn new(app: AppHandle) -> Native {
        Native {
            app,
            choosing: Arc::default(),
        }
    }

    fn save_dialog(&self, suggested: &Path, kind: FileKind) -> FileDialogBuilder<tauri::Wry> {
        let (title, name) = match kind {
            FileKind::Csv => ("Export events", "CSV"),
            FileKind::Jsonl => ("Export events", "JSON Lines"),
            FileKind::Xlsx => ("Export events", "Excel"),
            FileKind::Zip => ("Save evidence", "Bundle"),
            FileKind::Views => ("Save views", "Views"),
        };
        let mut dialog = self
            .app
            .dialog()
            .file()
            .set_title(title)
            .add_filter(name, &[kind.ending()]);
        if let Some(window) = self.app.webview_windows().values().next() {
            dialog = dialog.set_parent(window);
        }
        if let Some(folder) = suggested.parent() {
            dialog = dialog.set_directory(folder);
        }
        match suggested.file_name() {
            Some(name) => dialog.set_file_name(name.to_string_lossy()),
            None => dialog,
        }
    }
}

impl Window for Native {
    fn choose_file<'a>(
        &'a self,
        suggested: &'a Path,
        kind: FileKind,
    ) -> Later<'a, Result<Option<PathBuf>, DeskError>> {
        Box::pin(async move {
            // One is enough: a second one would hide the first.
            if self.choosing.swap(true, Ordering::AcqRel) {
                return Ok(None);
            }
            let (chosen, choice) = oneshot::channel();
            let choosing = self.choosing.clone();
            self.save_dialog(suggested, kind).save_file(move |file| {
                choosing.store(false, Ordering::Release);
                // Nobody waits any more when the program ends.
                let _ = chosen.send(file);
            });
            match choice.await {
                Ok(Some(file)) => match file.into_path() {
                    Ok(file) => Ok(Some(file)),
                    Err(error) => Err(unusable("This place is not a file on this computer.", error)),
                },
                Ok(None) => Ok(None),
                Err(error) => Err(unusable("The dialog could not be shown.", error)),
            }
        })
    }

    fn reveal(&self, file: &Path) -> Result<(), DeskError> {
        tauri_plugin_opener::reveal_item_in_dir(file)
            .map_err(|error| unusable("The file manager could not be opened.", error))
    }
}

fn unusable(message: &str, error: impl std::fmt::Display) -> DeskError {
    DeskError {
        code: ErrorCode::FileUnwritable,
        message: message.to_owned(),
        detail: Some(error.to_string()),
    }
}

/// The person closes the window of a program that nothing else would show: told, and asked.
pub(super) fn ask_whether_to_quit(window: &tauri::Window) {
    let app = window.app_handle().clone();
    let program = window.state::<Arc<Program>>().inner().clone();
    if !program.begin_asking() {
        return;
    }
    app.clone()
        .dialog()
        .message(
            "While Nexwatch is closed, nothing that Nexudus sends is received. There is no tray here in which it \
             could stay at work: minimise the window to have it out of the way.",
        )
        .title("Close Nexwatch?")
        .kind(MessageDialogKind::Warning)
        .buttons(MessageDialogButtons::OkCancelCustom(
            "Close anyway".to_owned(),
            "Keep it open".to_owned(),
        ))
        .parent(window)
        .show(move |close| {
            program.end_asking();
            if close {
                app.exit(0);
            }
        });
}
