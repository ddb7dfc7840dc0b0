//! The window: the only room that knows Tauri. It starts the [`Monitor`](crate::monitor::Monitor) and the window at the same time, passes
//! questions and news between the desk and the page, and stops everything when the person quits.
//!
//! Without a window the program goes on at work in the tray, if there is one that shows it.

mod bridge;
mod coalesce;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod memory;
mod native;
mod program;
mod stop;
mod tray;
mod trouble;
mod window;

use anyhow::Context;
use program::Program;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Manager, RunEvent, WindowEvent};

/// Set to `0`, a second start does not look for a first one: for tests, which start several.
const SINGLE: &str = "NEXWATCH_SINGLE";
/// Most time that work in the background gets at the end, e.g. a dialog that nobody answered.
const LEAVE: Duration = Duration::from_secs(2);

/// Opens the window on a data folder and stays until the person quits; then everything has been stopped.
///
/// To be called on the main thread before there is any other, outside any async runtime: on Linux it may execute
/// the program once more, with what WebKit wants in the environment.
///
/// Fails without a display, and when the program cannot start: that has been shown in a dialog by then.
pub fn run(folder: PathBuf) -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    linux::prepare()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("nexwatch")
        .build()
        .context("no threads to work with")?;
    tauri::async_runtime::set(runtime.handle().clone());

    let program = Arc::new(Program::new(folder));
    let starting = runtime.spawn(program.clone().start());
    let ran = with_window(&program);

    // Started or not by now: what has started is stopped.
    let failure = runtime.block_on(async {
        // It has nothing to tell that the program does not know.
        let _ = starting.await;
        program.stop().await
    });
    runtime.shutdown_timeout(LEAVE);
    ran?;
    failure.map_or(Ok(()), |why| Err(anyhow::anyhow!(why)))
}

/// The event loop; returns when the person quits.
fn with_window(program: &Arc<Program>) -> anyhow::Result<()> {
    let mut builder = tauri::Builder::default();
    // First of all: a second start ends here.
    if is_the_usual(program.folder()) && std::env::var_os(SINGLE).is_none_or(|value| value != "0") {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            window::show(app);
        }));
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::remembered(program.folder()))
        .manage(program.clone())
        .invoke_handler(tauri::generate_handler![bridge::ask, bridge::hear])
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } => window::closing(window, api),
            WindowEvent::Destroyed => closed(window.app_handle()),
            _ => {}
        })
        .setup(|app| {
            set_up(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("no window can be opened")?;
    app.run_return(on_event);
    Ok(())
}

/// Programs with folders of their own are different ones; and each folder has a lock, whoever comes.
fn is_the_usual(folder: &Path) -> bool {
    nexwatch_settings::data_folder().is_some_and(|usual| usual == folder)
}

fn set_up(app: &AppHandle) {
    let program = app.state::<Arc<Program>>().inner().clone();
    program.set_tray(tray::make(app));
    window::show(app);
    tauri::async_runtime::spawn(stop::on_signal(app.clone()));
    tauri::async_runtime::spawn(trouble::watch(app.clone(), program));
}

fn closed(app: &AppHandle) {
    app.state::<Arc<Program>>().stop_hearing();
    #[cfg(target_os = "linux")]
    tauri::async_runtime::spawn(memory::give_back(app.clone()));
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        // Without a code it is only that the last window has closed.
        RunEvent::ExitRequested { code: None, api, .. } if app.state::<Arc<Program>>().stays() => {
            api.prevent_exit()
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app),
        _ => {}
    }
}
