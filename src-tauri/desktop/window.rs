//! The one window. Closed, it is gone with all its memory; shown again, it is made anew within a second.

use super::native;
use super::program::Program;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tauri::plugin::TauriPlugin;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PermissionResponse};
use tauri::{AppHandle, CloseRequestApi, Manager, Url, WebviewWindow, WebviewWindowBuilder, Window, Wry};
use tauri_plugin_window_state::StateFlags;

const MAIN: &str = "main";
/// A start that goes wrong mostly does so at once: until then no window is shown, so that none flashes up before
/// the dialog that explains.
const HOLD_BACK: Duration = Duration::from_millis(400);

/// Run in the page before its own scripts: the browser's menu (back, reload, …) makes no sense in a program; what
/// is for text stays.
const NO_BROWSER_MENU: &str = "addEventListener('contextmenu', event => {
    const text = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]');
    if (!text && String(getSelection()) === '') event.preventDefault();
}, true);";

/// Size, place and whether it filled the screen are kept in the data folder.
pub(super) fn remembered(folder: &Path) -> TauriPlugin<Wry> {
    // The plugin joins the name to a folder of its own; an absolute one takes its place.
    let file = std::path::absolute(folder.join("window.json")).unwrap_or_else(|_| folder.join("window.json"));
    tauri_plugin_window_state::Builder::new()
        .with_filename(file.to_string_lossy())
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}

/// Brings the window to the front, or makes it.
pub(super) fn show(app: &AppHandle) {
    let shown = match app.get_webview_window(MAIN) {
        Some(window) => window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus()),
        None => open(app),
    };
    if let Err(error) = shown {
        tracing::error!(%error, "the window cannot be shown");
    }
}

/// Whether it is there, seen or not.
#[cfg(target_os = "linux")]
pub(super) fn is_open(app: &AppHandle) -> bool {
    app.get_webview_window(MAIN).is_some()
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config();
    let ours = config.build.dev_url.clone();
    let Some(shape) = config.app.windows.iter().find(|window| window.label == MAIN) else {
        return Err(tauri::Error::WindowNotFound);
    };
    let pages = app.state::<Arc<Program>>().folder().join("window");
    let window = WebviewWindowBuilder::from_config(app, shape)?
        .data_directory(pages)
        .initialization_script(NO_BROWSER_MENU)
        .on_navigation(move |url| is_ours(url, ours.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(|window, load| {
            // As soon as there is something: a page that is not seen does not draw.
            if load.event() == PageLoadEvent::Started {
                tauri::async_runtime::spawn(uncover(window));
            }
        })
        .build()?;
    #[cfg(target_os = "linux")]
    super::linux::tend(&window)?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// Shows a window whose page begins to be there, unless the program did not start.
async fn uncover(window: WebviewWindow) {
    let program = window.state::<Arc<Program>>().inner().clone();
    let started = tokio::time::timeout(HOLD_BACK, program.started()).await;
    if matches!(started, Ok(Err(_))) {
        return;
    }
    if let Err(error) = window.show().and_then(|()| window.set_focus()) {
        tracing::error!(%error, "the window cannot be shown");
    }
    #[cfg(target_os = "linux")]
    super::memory::settle().await;
}

/// The page never leaves the program.
fn is_ours(url: &Url, development: Option<&Url>) -> bool {
    match url.scheme() {
        // Linux and macOS.
        "tauri" => url.host_str() == Some("localhost"),
        // Windows.
        "http" | "https" if url.host_str() == Some("tauri.localhost") => true,
        _ => development.is_some_and(|ours| ours.origin() == url.origin()),
    }
}

/// The person closes the window. Where nothing would be seen of a program that goes on, it says so and asks.
pub(super) fn closing(window: &Window, api: &CloseRequestApi) {
    let program = window.state::<Arc<Program>>();
    if !program.keeps_in_tray() || (program.has_tray() && tray_is_seen()) {
        return;
    }
    api.prevent_close();
    native::ask_whether_to_quit(window);
}

#[cfg(target_os = "linux")]
fn tray_is_seen() -> bool {
    super::linux::tray_is_seen()
}

#[cfg(not(target_os = "linux"))]
fn tray_is_seen() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_pages() {
        let development = Url::parse("http://localhost:1420").unwrap();
        for (url, plain, developing) in [
            ("tauri://localhost/index.html", true, true),
            ("http://tauri.localhost/", true, true),
            ("http://localhost:1420/src/main.ts", false, true),
            ("http://localhost:1421/", false, false),
            ("tauri://elsewhere/", false, false),
            ("https://tauri.localhost.example/", false, false),
            ("file:///etc/passwd", false, false),
            ("data:text/html,hello", false, false),
            ("about:blank", false, false),
            ("https://example.com/", false, false),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(is_ours(&url, None), plain, "{url}");
            assert_eq!(is_ours(&url, Some(&development)), developing, "{url}");
        }
    }
}
