//! Cloudflare's program, played: a stand-in that takes the same arguments and prints what the real one prints.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What the stand-in plays from its next start on; the last two also at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan<'a> {
    /// It works.
    Works,
    /// It prints this and ends.
    Says(&'a str),
    /// It prints this and stays.
    Insists(&'a str),
    /// It runs, but does not answer.
    Hangs,
    /// It runs, but has no connection to Cloudflare.
    Unconnected,
}

/// A stand-in in a folder of its own.
#[derive(Clone, Debug)]
pub struct Cloudflared {
    folder: PathBuf,
}

impl Cloudflared {
    /// Puts one into an empty folder.
    pub fn in_folder(folder: &Path) -> io::Result<Cloudflared> {
        let played = Cloudflared {
            folder: folder.to_owned(),
        };
        let built = Path::new(env!("PLAYED_CLOUDFLARED"));
        // A copy where the folder lies on another disk. A program that is being written cannot be run.
        if fs::hard_link(built, played.program()).is_err() {
            fs::copy(built, played.program())?;
        }
        played.version("cloudflared version 2025.11.1 (built 2025-11-07-1234 UTC)")?;
        played.plan(Plan::Works)?;
        Ok(played)
    }

    /// The program.
    pub fn program(&self) -> PathBuf {
        self.folder
            .join(format!("cloudflared{}", std::env::consts::EXE_SUFFIX))
    }

    /// What it says to `--version`.
    pub fn version(&self, line: &str) -> io::Result<()> {
        fs::write(self.folder.join("version"), line)
    }

    /// What it plays.
    pub fn plan(&self, plan: Plan<'_>) -> io::Result<()> {
        let text = match plan {
            Plan::Works => "works".to_owned(),
            Plan::Says(text) => format!("says\n{text}"),
            Plan::Insists(text) => format!("insists\n{text}"),
            Plan::Hangs => "hangs".to_owned(),
            Plan::Unconnected => "unconnected".to_owned(),
        };
        fs::write(self.folder.join("plan"), text)
    }

    /// Where a named tunnel leads, which the real one asks Cloudflare.
    pub fn service(&self, address: SocketAddr) -> io::Result<()> {
        fs::write(self.folder.join("service"), address.to_string())
    }

    /// Where visitors come in; `None` before its first start.
    pub fn front(&self) -> Option<SocketAddr> {
        self.noted("front")?.parse().ok()
    }

    /// How often it was started.
    pub fn starts(&self) -> u32 {
        self.noted("starts")
            .and_then(|starts| starts.parse().ok())
            .unwrap_or(0)
    }

    /// Its process id, of the last start.
    pub fn process(&self) -> Option<u32> {
        self.noted("process")?.parse().ok()
    }

    /// What it was started with.
    pub fn arguments(&self) -> Vec<String> {
        let noted = self.noted("arguments").unwrap_or_default();
        noted.lines().map(str::to_owned).collect()
    }

    /// The token that its file held, and the rights of that file, octal.
    pub fn token(&self) -> Option<(String, String)> {
        Some((self.noted("token")?, self.noted("token-rights")?))
    }

    fn noted(&self, name: &str) -> Option<String> {
        let text = fs::read_to_string(self.folder.join(name)).ok()?;
        Some(text.trim().to_owned())
    }
}
