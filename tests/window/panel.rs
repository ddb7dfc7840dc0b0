//! A desktop with a panel that shows tray icons: a session bus of its own, and who answers on it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedValue, Value};

use crate::place::PATIENCE;

/// The bus and the panel; gone when dropped.
pub struct Panel {
    daemon: Child,
    address: String,
    connection: Connection,
    icons: Receiver<Icon>,
}

/// An icon in the tray.
pub struct Icon {
    owner: String,
    menu: String,
}

/// <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/>
struct Watcher {
    icons: Sender<Icon>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, #[zbus(header)] header: Header<'_>, item: &str) {
        let owner = header.sender().map(ToString::to_string).unwrap_or_default();
        let menu = format!("{item}/Menu");
        // Nobody may be waiting for it.
        let _ = self.icons.send(Icon { owner, menu });
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl Panel {
    /// Starts both.
    pub fn start() -> Panel {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("dbus-daemon, the bus of a desktop, does not start ({error}); Debian has it in: dbus-daemon")
            });
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().expect("a pipe"))
            .read_line(&mut address)
            .expect("it tells its address");
        let address = address.trim().to_owned();
        let (found, icons) = channel();
        let connection = connection::Builder::address(address.as_str())
            .and_then(|bus| bus.name("org.kde.StatusNotifierWatcher"))
            .and_then(|bus| bus.serve_at("/StatusNotifierWatcher", Watcher { icons: found }))
            .and_then(connection::Builder::build)
            .expect("a panel");
        Panel {
            daemon,
            address,
            connection,
            icons,
        }
    }

    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits for an icon.
    pub fn icon(&self) -> Icon {
        self.icons.recv_timeout(PATIENCE).expect("an icon in the tray")
    }

    /// Clicks the entry of this name in an icon's menu.
    pub fn choose(&self, icon: &Icon, entry: &str) {
        type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let menu = Proxy::new(
            &self.connection,
            &*icon.owner,
            &*icon.menu,
            "com.canonical.dbusmenu",
        )
        .expect("a menu");
        let (_, (_, _, entries)): (u32, Entry) = menu
            .call("GetLayout", &(0, -1, Vec::<&str>::new()))
            .expect("its entries");
        let id = entries
            .into_iter()
            .filter_map(|entry| Entry::try_from(entry).ok())
            .find(|(_, about, _)| {
                about
                    .get("label")
                    .is_some_and(|label| **label == Value::from(entry))
            })
            .unwrap_or_else(|| panic!("no entry {entry} in the tray's menu"))
            .0;
        let _: () = menu
            .call("Event", &(id, "clicked", Value::from(0), 0_u32))
            .expect("clicked");
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
