//! The child process: started, listened to, ended; never left behind.
//!
//! On a Unix a small shell script stands in between (`guard.sh`), which kills the program as soon as this process is
//! gone, however it went. On Windows the program is killed when this one ends in order; if this one is killed, the
//! next start does not find the old one, which goes on until it is ended by hand.

use super::errors;
use crate::Trouble;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::process::{Child as Process, ChildStdin, Command};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

/// More of a line is not read.
const LONGEST: u64 = 16 * 1024;
/// What it prints last may still be under way when it has ended.
const REST: Duration = Duration::from_secs(1);

/// cloudflared at work. Dropped, it ends.
pub(super) struct Child {
    process: Process,
    /// What keeps it alive.
    leash: Option<ChildStdin>,
    /// The last thing that it said was wrong.
    trouble: Arc<watch::Sender<Option<Trouble>>>,
    reading: AbortOnDropHandle<()>,
}

impl Child {
    /// Starts it.
    pub(super) fn start(program: &Path, args: &[OsString]) -> io::Result<Child> {
        let mut command = command(program);
        command.args(args).stdout(Stdio::piped());
        // The guard sees by its pipe that we are gone; killed, it could not see to the program's end.
        command.kill_on_drop(cfg!(windows));
        // Its settings may come from the environment, too.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("TUNNEL_") {
                command.env_remove(name);
            }
        }
        let mut process = command.spawn()?;
        let leash = process.stdin.take();
        let output = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let trouble = Arc::new(watch::channel(None).0);
        let tell = trouble.clone();
        #[cfg(windows)]
        let errors = process.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let reading = tokio::spawn(async move {
            #[cfg(windows)]
            tokio::join!(read(output, &tell), read(errors, &tell));
            #[cfg(unix)]
            read(output, &tell).await;
        });
        Ok(Child {
            process,
            leash,
            trouble,
            reading: AbortOnDropHandle::new(reading),
        })
    }

    /// The last thing that it said was wrong.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.trouble.borrow().clone()
    }

    /// Forgets it: all is well again.
    pub(super) fn forget(&self) {
        self.trouble.send_replace(None);
    }

    /// What it says is wrong, to wait upon.
    pub(super) fn complaints(&self) -> watch::Receiver<Option<Trouble>> {
        self.trouble.subscribe()
    }

    /// Returns when it has ended, with why.
    pub(super) async fn ended(&mut self) -> Trouble {
        let code = self.process.wait().await.ok().and_then(|status| status.code());
        let _ = timeout(REST, &mut self.reading).await;
        self.trouble().unwrap_or_else(|| errors::ended(code))
    }

    /// Ends it: politely, with so long to finish what it has in hand, or at once.
    pub(super) async fn end(mut self, grace: Option<Duration>) {
        if let Some(grace) = grace
            && self.ask_to_end().await.is_ok()
        {
            let _ = timeout(grace, self.process.wait()).await;
        }
        drop(self.leash.take());
        #[cfg(windows)]
        let _ = self.process.start_kill();
        let _ = self.process.wait().await;
    }

    #[cfg(unix)]
    async fn ask_to_end(&mut self) -> io::Result<()> {
        use tokio::io::AsyncWriteExt;
        let leash = self.leash.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        leash.write_all(b"\n").await?;
        leash.flush().await
    }

    /// Windows has no such word for a program without a window.
    #[cfg(windows)]
    async fn ask_to_end(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(unix)]
fn command(program: &Path) -> Command {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", include_str!("guard.sh"), "nexwatch-guard"])
        .arg(program);
    command.stdin(Stdio::piped()).stderr(Stdio::null());
    command
}

#[cfg(windows)]
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    // No black window.
    command.creation_flags(0x0800_0000);
    command
}

/// Reads what it prints, line by line, until it prints no more. None of it is logged: it may name visitors.
async fn read(output: impl AsyncRead + Unpin, tell: &watch::Sender<Option<Trouble>>) {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut output).take(LONGEST).read_until(b'\n', &mut line).await {
            Ok(1..) => {}
            _ => return,
        }
        if let Some(trouble) = errors::of_line(&String::from_utf8_lossy(&line)) {
            tell.send_replace(Some(trouble));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Command as Plain;

    /// Whoever holds the pipe is killed, as this process might be: the program goes with it.
    #[tokio::test]
    async fn a_child_does_not_outlive_a_killed_parent() {
        let mut parent = Plain::new("sleep")
            .arg("600")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut guard = Command::new("/bin/sh")
            .args([
                "-c",
                include_str!("guard.sh"),
                "guard",
                "sh",
                "-c",
                "echo $$; exec sleep 600",
            ])
            .stdin(parent.stdout.take().unwrap())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut output = BufReader::new(guard.stdout.take().unwrap());
        let mut id = String::new();
        output.read_line(&mut id).await.unwrap();
        let alive = || {
            Plain::new("kill")
                .args(["-0", id.trim()])
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        };
        assert!(alive());
        parent.kill().unwrap();
        parent.wait().unwrap();
        assert_eq!(guard.wait().await.unwrap().code(), Some(128 + 9));
        assert!(!alive());
    }

    #[tokio::test]
    async fn it_is_asked_to_end_and_killed_if_it_does_not() {
        for (trap, code) in [("trap 'exit 7' TERM", 7), ("trap '' TERM", 128 + 9)] {
            // What it complains of tells that it is ready to be asked.
            let script = format!("{trap}; echo 'ERR Unauthorized:'; while :; do sleep 0.01; done");
            let mut child = Child::start(Path::new("/bin/sh"), &["-c".into(), script.into()]).unwrap();
            child.complaints().wait_for(Option::is_some).await.unwrap();
            child.ask_to_end().await.unwrap();
            if code != 7 {
                drop(child.leash.take());
            }
            assert_eq!(child.process.wait().await.unwrap().code(), Some(code));
        }
    }

    #[tokio::test]
    async fn what_it_says_is_read_though_it_is_rubbish() {
        let script = "head -c 300000 /dev/urandom; echo; echo 'ERR x error=\"Unauthorized: Invalid tunnel secret\"'; exit 3";
        let mut child = Child::start(Path::new("/bin/sh"), &["-c".into(), script.into()]).unwrap();
        assert_eq!(child.ended().await.code, "cloudflared-unauthorized");
        let mut child = Child::start(Path::new("/bin/sh"), &["-c".into(), "exit 3".into()]).unwrap();
        let why = child.ended().await;
        assert_eq!(
            (why.code.as_str(), why.message.contains("code 3")),
            ("cloudflared-ended", true)
        );
    }
}
