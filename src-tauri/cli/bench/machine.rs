//! What was measured on.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// The machine, the build and the disk.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    /// Model of the processor.
    pub cpu: String,
    /// Threads that run at the same time.
    pub cores: usize,
    /// Memory, MiB.
    pub memory_mb: Option<u64>,
    /// System, release and kernel.
    pub os: String,
    /// Kind of file system below the folder.
    pub file_system: Option<String>,
    /// How long 4 KiB take to be on the disk, median, milliseconds.
    pub sync_ms: f64,
    /// Processes that wanted to run in the minute before the run.
    pub load: Option<f64>,
    /// The same at its end, the run itself included.
    pub load_after: Option<f64>,
    /// `release` or `debug`.
    pub profile: &'static str,
}

impl Machine {
    /// Looks at the machine, and at the disk below a folder.
    pub fn look(folder: &Path) -> std::io::Result<Machine> {
        let text = |file: &str| fs::read_to_string(file).unwrap_or_default();
        let (cpuinfo, meminfo) = (text("/proc/cpuinfo"), text("/proc/meminfo"));
        let kernel = text("/proc/sys/kernel/osrelease");
        let name = field(&text("/etc/os-release"), "PRETTY_NAME", '=');
        Ok(Machine {
            cpu: field(&cpuinfo, "model name", ':').unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mb: field(&meminfo, "MemTotal", ':')
                .and_then(|size| size.split_whitespace().next()?.parse::<u64>().ok())
                .map(|kib| kib / 1024),
            os: match name {
                Some(name) => format!("{name}, Linux {}", kernel.trim()),
                None => std::env::consts::OS.to_owned(),
            },
            file_system: file_system(&text("/proc/mounts"), &folder.canonicalize()?),
            sync_ms: sync(folder)?,
            load: load(),
            load_after: None,
            profile: if cfg!(debug_assertions) {
                "debug"
            } else {
                "release"
            },
        })
    }

    /// At the end of a run.
    pub fn look_again(&mut self) {
        self.load_after = load();
    }

    /// What makes these figures worthless.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.profile != "release" {
            warnings.push(
                "this is a debug build, many times slower than a release build: these figures mean nothing"
                    .into(),
            );
        }
        if matches!(self.file_system.as_deref(), Some("tmpfs" | "ramfs")) {
            warnings.push(
                "the folder is in memory: nothing here reaches a disk, which flatters the naive way; name a place on a disk with --in DIR"
                    .into(),
            );
        }
        if let Some(load) = self.load.filter(|load| *load > self.cores as f64 * 0.75) {
            warnings.push(format!(
                "other programs are at work (load {load:.1} on {} cores): the figures are lower than they could be",
                self.cores
            ));
        }
        warnings
    }
}

fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The value of a line `name : value`.
fn field(text: &str, name: &str, separator: char) -> Option<String> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(separator)?;
        (key.trim() == name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// The kind of the file system that holds a folder, from the list of mounts.
fn file_system(mounts: &str, folder: &Path) -> Option<String> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            // Spaces in names are written as octal.
            let place = parts.next()?.replace("\\040", " ");
            folder.starts_with(&place).then_some((place.len(), parts.next()?))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind.to_owned())
}

/// The median time for 4 KiB to be on the disk, in milliseconds.
fn sync(folder: &Path) -> std::io::Result<f64> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..64 {
        let start = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    fs::remove_file(path)?;
    Ok(super::figures::median(&mut times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_mounts_are_read() {
        assert_eq!(
            field("a\t: 1\nmodel name\t: Fast 9\n", "model name", ':'),
            Some("Fast 9".into())
        );
        assert_eq!(
            field("PRETTY_NAME=\"Some Linux\"", "PRETTY_NAME", '='),
            Some("Some Linux".into())
        );
        let mounts = "dev / ext4 rw 0 0\ntmp /tmp tmpfs rw 0 0\nx /mnt/my\\040disk xfs rw 0 0\n";
        let kind = |path| file_system(mounts, Path::new(path));
        assert_eq!(kind("/tmp/a").as_deref(), Some("tmpfs"));
        assert_eq!(kind("/tmpfoo").as_deref(), Some("ext4"));
        assert_eq!(kind("/mnt/my disk/x").as_deref(), Some("xfs"));
    }

    #[test]
    fn a_machine_can_be_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::look(folder.path()).unwrap();
        assert!(machine.cores > 0 && !machine.cpu.is_empty() && machine.sync_ms >= 0.0);
        assert!(machine.warnings().iter().any(|text| text.contains("debug build")));
    }
}
