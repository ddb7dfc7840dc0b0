//! A screen of its own for each test, with hands: an X server that draws into memory.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, InputFocus, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// The key that accepts a dialog.
pub const RETURN: u32 = 0xff0d;

/// A running X server; gone when dropped.
pub struct Screen {
    server: Child,
    name: String,
    connection: RustConnection,
    root: Window,
}

impl Screen {
    /// Starts one on any free display.
    pub fn start() -> Screen {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("Xvfb, the screen for tests of the window, does not start ({error}); Debian has it in: xvfb")
            });
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("a pipe"))
            .read_line(&mut number)
            .expect("Xvfb tells its display");
        let name = format!(":{}", number.trim());
        let (connection, screen) = x11rb::connect(Some(&name)).expect("Xvfb answers");
        let root = connection.setup().roots[screen].root;
        Screen {
            server,
            name,
            connection,
            root,
        }
    }

    /// For `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The window with this title, if it is there to see.
    pub fn find(&self, title: &str) -> Option<Window> {
        let windows = self.connection.query_tree(self.root).ok()?.reply().ok()?.children;
        windows.into_iter().find(|window| {
            // A window may be gone before it is asked.
            let shown = self
                .connection
                .get_window_attributes(*window)
                .ok()
                .and_then(|asked| asked.reply().ok())
                .is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE);
            let named = self
                .connection
                .get_property(false, *window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 1024)
                .ok()
                .and_then(|asked| asked.reply().ok())
                .is_some_and(|name| name.value == title.as_bytes());
            shown && named
        })
    }

    /// Asks a window to close, as the cross in its corner does.
    pub fn close(&self, window: Window) {
        let message = ClientMessageEvent::new(
            32,
            window,
            self.atom("WM_PROTOCOLS"),
            [self.atom("WM_DELETE_WINDOW"), 0, 0, 0, 0],
        );
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, message)
            .expect("sent");
        self.connection.flush().expect("sent");
    }

    /// Presses a key in a window.
    pub fn press(&self, window: Window, key: u32) {
        let code = self.key_code(key);
        self.connection
            .set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)
            .expect("sent");
        for kind in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            self.connection
                .xtest_fake_input(kind, code, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0)
                .expect("sent");
        }
        self.connection.flush().expect("sent");
    }

    fn atom(&self, name: &str) -> u32 {
        let asked = self.connection.intern_atom(false, name.as_bytes()).expect("sent");
        asked.reply().expect("an atom").atom
    }

    fn key_code(&self, key: u32) -> u8 {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let asked = self
            .connection
            .get_keyboard_mapping(first, last - first + 1)
            .expect("sent");
        let keys = asked.reply().expect("the keyboard");
        let index = keys
            .keysyms
            .chunks(keys.keysyms_per_keycode.into())
            .position(|symbols| symbols.contains(&key))
            .expect("this key is on every keyboard");
        first + u8::try_from(index).expect("a key code")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
