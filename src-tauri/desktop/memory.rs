//! Memory is given back when it is not needed any more: after the start, and most of it without a window.

use super::window;
use rustix::mm::{Advice, madvise};
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::c_void;
use std::fs;
use std::time::Duration;
use tauri::AppHandle;

/// By then WebKit has put its things in order; and who closes and opens again does not wait for it.
const CALM: Duration = Duration::from_secs(3);
/// By then a start is over, also on a slow computer.
const STARTED: Duration = Duration::from_secs(8);
/// Names of processes are cut to this by the kernel.
const NETWORK: &str = "WebKitNetworkPr";

/// Lets go of what only the start needed, after it.
pub(super) async fn settle() {
    tokio::time::sleep(STARTED).await;
    // It takes some milliseconds. That it is let go of a little less than all is no harm.
    let _ = tokio::task::spawn_blocking(page_out).await;
}

/// Gives back what only a window needs, if there still is none after a moment.
pub(super) async fn give_back(app: AppHandle) {
    tokio::time::sleep(CALM).await;
    // Windows are made on the main thread: none comes while this is at work there.
    let hidden = app.clone();
    let asked = app.run_on_main_thread(move || {
        if !window::is_open(&hidden) {
            end_network_process();
            page_out();
        }
    });
    if let Err(error) = asked {
        tracing::debug!(%error, "nothing is given back");
    }
}

/// WebKit's process for loading, which has nothing to load. WebKit starts another one with the next window.
fn end_network_process() {
    let ours = std::process::id().to_string();
    let Ok(processes) = fs::read_dir("/proc") else {
        return;
    };
    for process in processes.flatten() {
        // `PID (NAME) STATE PARENT …`
        let Ok(stat) = fs::read_to_string(process.path().join("stat")) else {
            continue;
        };
        let Some((name, rest)) = stat.split_once(") ") else {
            continue;
        };
        if name.ends_with(&format!("({NETWORK}"))
            && rest.split(' ').nth(1) == Some(ours.as_str())
            && let Some(id) = name.split(' ').next().and_then(|id| id.parse().ok())
            && let Some(id) = Pid::from_raw(id)
        {
            // It may have ended by itself.
            let _ = kill_process(id, Signal::TERM);
        }
    }
}

/// Lets go of the pages of program and libraries that nobody else uses: what is needed is read again.
fn page_out() {
    let Ok(maps) = fs::read_to_string("/proc/self/maps") else {
        return;
    };
    for (start, length) in maps.lines().filter_map(file_of_code) {
        // SAFETY: this advice changes no memory: clean pages are dropped and read from their file when they are
        // touched again, changed ones stay or go to swap. Should the mapping be gone by now, it does nothing.
        #[expect(
            unsafe_code,
            reason = "advice is unsafe for kinds that lose data; this one does not"
        )]
        let advised = unsafe { madvise(start as *mut c_void, length, Advice::LinuxPageOut) };
        if advised.is_err() {
            // A kernel before 5.4.
            return;
        }
    }
}

/// Start and length of a mapping of a file, from a line of `maps`.
fn file_of_code(line: &str) -> Option<(usize, usize)> {
    let (range, rest) = line.split_once(' ')?;
    // Permissions, offset, device, inode, file.
    let file = rest.split_whitespace().nth(4)?;
    let shared = rest.as_bytes().get(3) == Some(&b's');
    if shared || !file.starts_with('/') {
        return None;
    }
    let (start, end) = range.split_once('-')?;
    let start = usize::from_str_radix(start, 16).ok()?;
    let end = usize::from_str_radix(end, 16).ok()?;
    Some((start, end.checked_sub(start)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_code_only() {
        for (line, found) in [
            (
                "7f0000001000-7f0000003000 r-xp 00001000 fd:00 123 /usr/lib/libexample.so.1",
                Some((0x7f00_0000_1000, 0x2000)),
            ),
            (
                "7f0000001000-7f0000003000 r--p 00000000 fd:00 123   /opt/with space/lib.so",
                Some((0x7f00_0000_1000, 0x2000)),
            ),
            // The database's shared memory.
            (
                "7f0000001000-7f0000003000 rw-s 00000000 fd:00 123 /data/nexwatch.db-shm",
                None,
            ),
            ("7f0000001000-7f0000003000 rw-p 00000000 00:00 0", None),
            ("7f0000001000-7f0000003000 rw-p 00000000 00:00 0 [heap]", None),
            ("", None),
        ] {
            assert_eq!(file_of_code(line), found, "{line}");
        }
    }

    #[test]
    fn nothing_is_lost_by_it() {
        let before: Vec<u64> = (0..100_000).map(|n| n * n).collect();
        page_out();
        assert!(before.iter().zip(0..).all(|(square, n)| *square == n * n));
    }
}
