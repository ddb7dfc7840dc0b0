//! Memory of a process.

use std::fs;

/// What is resident now, MiB; nothing where the system does not tell.
pub(super) fn now_mb() -> Option<f64> {
    field(&fs::read_to_string("/proc/self/status").ok()?, "VmRSS")
}

/// The most that was resident since [`forget_peak`], MiB.
pub(super) fn peak_mb() -> Option<f64> {
    field(&fs::read_to_string("/proc/self/status").ok()?, "VmHWM")
}

/// From now on, the peak is that of what comes.
pub(super) fn forget_peak() {
    // Where it cannot be forgotten, the peak is that of the whole process: more, never less.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// This process's share of memory (PSS), MiB; nothing where the system does not tell.
pub(super) fn share_mb() -> Option<f64> {
    rollup("self")
}

/// The share of another process of this user.
pub(super) fn share_of_mb(process: u32) -> Option<f64> {
    rollup(&process.to_string())
}

fn rollup(process: &str) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    field(&text, "Pss")
}

fn field(status: &str, name: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_mebibytes() {
        let status = "Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t    1536 kB\n";
        assert_eq!(field(status, "VmHWM"), Some(2.0));
        assert_eq!(field(status, "VmRSS"), Some(1.5));
        assert_eq!(field(status, "VmSwap"), None);
        let rollup = "5581-7ffd [rollup]\nRss:   4096 kB\nPss:   1024 kB\nPss_Dirty: 512 kB\n";
        assert_eq!(field(rollup, "Pss"), Some(1.0));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_has_a_share_of_memory() {
        assert!(share_mb() > Some(0.5));
        assert!(share_of_mb(std::process::id()) > Some(0.5));
        assert_eq!(share_of_mb(0), None);
    }
}
