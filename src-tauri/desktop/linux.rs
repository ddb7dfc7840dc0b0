//! What Linux wants done by hand.

use anyhow::{Context, bail};
use gtk::gio::prelude::*;
use gtk::gio::{BusType, Cancellable, DBusCallFlags, bus_get_sync};
use gtk::glib::{Variant, VariantTy};
use std::env;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use tauri::WebviewWindow;
use webkit2gtk::{CacheModel, SettingsExt, WebContextExt, WebViewExt};

/// Read by WebKit: with `1` it draws without buffers shared with the graphics card. They cost 80 MB, and with
/// several drivers they show an empty window. Who sets it to `0` has them.
const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// How long a panel may think about whether it shows a tray.
const PATIENCE_MS: i32 = 300;

/// Sees that there is a display and sets up the process for WebKit.
pub(super) fn prepare() -> anyhow::Result<()> {
    draw_without_shared_buffers();
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !named("DISPLAY") && !named("WAYLAND_DISPLAY") {
        bail!(
            "there is no display here to open a window on; `nexwatch serve --desk 127.0.0.1:0` shows the same in a \
             browser"
        );
    }
    gtk::init().context("the display cannot be opened")
}

/// To set a variable is safe only while no other thread may read it, which no one can promise for the libraries in
/// here: the program executes itself again instead, in the same process.
fn draw_without_shared_buffers() {
    if env::var_os(RENDERER).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // Returns only if it fails; then WebKit draws as it likes.
    let error = again.args(arguments).env(RENDERER, "1").exec();
    tracing::warn!(%error, "the window takes more memory than it should");
}

/// The page's ground in the dark (`--ground` in `ui/src/lib/look/tokens.css`): what is seen before the page is drawn.
const DARK: [f64; 3] = [20.0 / 255.0, 23.0 / 255.0, 28.0 / 255.0];

/// What WebKit would keep ready for any page of the web costs memory that ours has no use for. And a page whose
/// process was killed (memory was short) comes back by itself.
pub(super) fn tend(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        let view = webview.inner();
        let desktop = gtk::Settings::default();
        if desktop.is_some_and(|desktop| desktop.property("gtk-application-prefer-dark-theme")) {
            let [red, green, blue] = DARK;
            view.set_background_color(&gtk::gdk::RGBA::new(red, green, blue, 1.0));
        }
        if let Some(settings) = WebViewExt::settings(&view) {
            settings.set_enable_media(false);
            settings.set_enable_webaudio(false);
            settings.set_enable_webgl(false);
            settings.set_enable_page_cache(false);
        }
        if let Some(context) = view.web_context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        view.connect_web_process_terminated(|view, reason| {
            tracing::error!(?reason, "the window's page broke down and is loaded again");
            view.reload();
        });
    })
}

/// Whether a panel shows tray icons: GNOME, for one, does not by itself.
pub(super) fn tray_is_seen() -> bool {
    there_is_a_bus() && watcher_has_host().unwrap_or(false)
}

/// Asked first, because GLib would start a bus of its own where there is none.
fn there_is_a_bus() -> bool {
    env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
        || env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join("bus").exists())
}

/// <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/>
fn watcher_has_host() -> Option<bool> {
    let bus = bus_get_sync(BusType::Session, Cancellable::NONE).ok()?;
    let question = ("org.kde.StatusNotifierWatcher", "IsStatusNotifierHostRegistered").to_variant();
    let answer = bus
        .call_sync(
            Some("org.kde.StatusNotifierWatcher"),
            "/StatusNotifierWatcher",
            "org.freedesktop.DBus.Properties",
            "Get",
            Some(&question),
            Some(VariantTy::new("(v)").ok()?),
            DBusCallFlags::NO_AUTO_START,
            PATIENCE_MS,
            Cancellable::NONE,
        )
        .ok()?;
    answer.child_value(0).get::<Variant>()?.get::<bool>()
}
