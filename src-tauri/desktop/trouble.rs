//! A start that goes wrong: said in a dialog, never silent.

use super::native::Native;
use super::program::Program;
use std::sync::Arc;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Waits for the start; if it failed, explains and ends the program.
pub(super) async fn watch(app: AppHandle, program: Arc<Program>) {
    let why = match program.started().await {
        Ok(desk) => {
            desk.set_window(Arc::new(Native::new(app)));
            return;
        }
        Err(why) => why,
    };
    // On a terminal it is told at the end.
    tracing::info!("{why}");
    program.set_explaining(true);
    for window in app.webview_windows().into_values() {
        // A window that cannot be closed stays behind the dialog: no harm.
        let _ = window.destroy();
    }
    let quit = app.clone();
    app.dialog()
        .message(why)
        .title("Nexwatch cannot start")
        .kind(MessageDialogKind::Error)
        .show(move |_| quit.exit(1));
}
