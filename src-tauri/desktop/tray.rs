//! The icon in the tray.

use super::window;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, image::Image};

const SHOW: &str = "show";
const QUIT: &str = "quit";

/// Makes the icon; whether there is one. Where the system's library for it is missing, that panics instead of
/// failing: the program does without.
pub(super) fn make(app: &AppHandle) -> bool {
    match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "no tray icon");
            false
        }
        Err(_) => {
            tracing::warn!("no tray icon: the system's library for it is missing");
            false
        }
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let show = MenuItem::with_id(app, SHOW, "Show Nexwatch", true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, "Quit", true, None::<&str>)?;
    TrayIconBuilder::with_id("main")
        .icon(icon())
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip("Nexwatch")
        .menu(&Menu::with_items(app, &[&show, &quit])?)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| match event.id().as_ref() {
            SHOW => window::show(app),
            QUIT => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            // Never comes on Linux, where a click opens the menu.
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
                && !cfg!(target_os = "macos")
            {
                window::show(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(())
}

/// The menu bar of macOS wants one colour, all others are happy with ours.
fn icon() -> Image<'static> {
    #[cfg(target_os = "macos")]
    return tauri::include_image!("icons/tray.png");
    #[cfg(not(target_os = "macos"))]
    return tauri::include_image!("icons/64x64.png");
}
