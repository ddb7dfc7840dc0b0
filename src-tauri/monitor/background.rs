//! Work that gives way to what a person waits for.

/// How much less important it is, as the system counts that: from 0 to 19. It still gets a tenth of a core that somebody
/// else wants all of, so that it comes to its end.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// From here on this thread, and those that it begins, get what others leave of the processor. There is no way back.
pub(super) fn give_way() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // There a priority is a thread's own.
        let own = Some(rustix::thread::gettid());
        let set = getpriority_process(own).and_then(|now| setpriority_process(own, now.max(NICE)));
        if let Err(error) = set {
            tracing::debug!(%error, "the priority of a thread stays as it was");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn priority() -> i32 {
        rustix::process::getpriority_process(Some(rustix::thread::gettid())).unwrap()
    }

    #[test]
    fn a_thread_gives_way_with_those_it_begins_and_no_other() {
        let before = priority();
        let work = || {
            give_way();
            (priority(), std::thread::spawn(priority).join().unwrap())
        };
        let seen = std::thread::spawn(work).join().unwrap();
        // One that was less important yet stays so.
        assert_eq!(seen, (before.max(NICE), before.max(NICE)));
        assert_eq!(priority(), before);
    }
}
