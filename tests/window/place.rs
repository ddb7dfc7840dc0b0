//! A person's computer: a screen, a home, a data folder. Nothing of this machine's own gets in.

use crate::common::PROGRAM;
use crate::screen::Screen;
use nexwatch_settings::{Running, Settings, running};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing takes so long, not on a machine that is busy with other things too.
pub const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// The shared secret of these tests.
pub const SECRET: &str = "kept-between-us";

/// Waits until something is there.
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    within(PATIENCE, look).unwrap_or_else(|| panic!("waited in vain for: {what}"))
}

/// Waits for so long at most.
pub fn within<T>(time: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + time;
    loop {
        let found = look();
        if found.is_some() || Instant::now() >= end {
            return found;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// The computer.
pub struct Place {
    // Dropped in this order: the screen last.
    home: TempDir,
    dark: bool,
    /// Its screen.
    pub screen: Screen,
}

impl Place {
    /// A new one, where a secret is set and the listener takes any free port.
    pub fn new() -> Place {
        let place = Place {
            home: tempfile::tempdir().expect("a folder"),
            dark: false,
            screen: Screen::start(),
        };
        place.change(|settings| settings.listen_port = 0);
        place.set_secret();
        place
    }

    /// The same with a dark desktop.
    pub fn in_the_dark(self) -> Place {
        Place { dark: true, ..self }
    }

    /// In the data folder: there is no keychain here.
    fn set_secret(&self) {
        let mut set = self
            .command(PROGRAM)
            .args(["secret", "set"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program was built");
        let mut input = set.stdin.take().expect("a pipe");
        input.write_all(SECRET.as_bytes()).expect("it is read");
        drop(input);
        assert!(set.wait().expect("it ends").success());
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Where the person's own files are.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The person's own files.
    pub fn files(&self) -> Vec<PathBuf> {
        let all = std::fs::read_dir(self.home()).expect("a folder");
        all.map(|file| file.expect("a file").path()).collect()
    }

    /// Changes the settings.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) {
        nexwatch_store::make_folder(&self.data()).expect("a folder");
        let mut settings = Settings::load_or_make(&self.data()).expect("settings");
        change(&mut settings);
        settings.save(&self.data()).expect("saved");
    }

    /// The hook's path.
    pub fn hook(&self) -> String {
        let settings = Settings::load_or_make(&self.data()).expect("settings");
        format!("/hooks/{}", settings.hook_key)
    }

    /// What runs here and listens; waits for it.
    pub fn running(&self) -> Running {
        until("the listener", || {
            running(&self.data()).filter(|note| note.listen.is_some())
        })
    }

    /// A command that knows this computer only.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .env("DISPLAY", self.screen.name())
            .env("XDG_RUNTIME_DIR", self.home())
            // The bus of assistive technology would be started, and stay.
            .env("NO_AT_BRIDGE", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "Europe/Lisbon")
            .env("NEXWATCH_SINGLE", "0")
            .env("NEXWATCH_DATA", self.data())
            .stdin(Stdio::null());
        if self.dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        command
    }

    /// Starts the program with its window, without WebDriver.
    pub fn start(&self) -> Program {
        Program::start(&mut self.command(PROGRAM))
    }
}

/// The program, started by hand; killed when dropped.
pub struct Program {
    child: Child,
}

impl Program {
    /// Starts it as this command says.
    pub fn start(command: &mut Command) -> Program {
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        Program { child }
    }

    /// Whether a process of this name (cut to 15 letters) belongs to it.
    pub fn has(&self, name: &str) -> bool {
        let ours = self.child.id().to_string();
        let processes = std::fs::read_dir("/proc").expect("processes");
        processes.flatten().any(|process| {
            // `PID (NAME) STATE PARENT …`; it may be gone by now.
            let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
            stat.split_once(") ").is_some_and(|(start, rest)| {
                start.ends_with(&format!("({name}")) && rest.split(' ').nth(1) == Some(&ours)
            })
        })
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        terminate(self.child.id());
    }

    /// Waits until it has ended; what it said.
    pub fn end(&mut self) -> (ExitStatus, String) {
        let status = until("the end of the program", || {
            self.child.try_wait().expect("it is ours")
        });
        let mut said = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut said).expect("text");
        }
        (status, said)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// SIGTERM to a process.
pub fn terminate(process: u32) {
    let told = Command::new("kill")
        .args(["-TERM", &process.to_string()])
        .status();
    assert!(told.expect("kill runs").success());
}
