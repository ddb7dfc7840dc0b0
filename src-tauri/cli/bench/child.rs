//! A process of its own for the other end of a measurement, or for something whose memory is measured. It is told what to
//! do by one JSON line on standard input and answers with one on standard output.

use super::{exporting, query, sender};
use anyhow::Context as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// What a child does.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Job {
    /// Sends deliveries as fast as they are acknowledged.
    Send(sender::Job),
    /// Exports everything.
    Export(exporting::Job),
    /// Asks a set.
    Ask(query::Job),
}

/// Does what standard input says.
pub(super) fn run() -> anyhow::Result<()> {
    let mut line = String::new();
    std::io::stdin().read_to_string(&mut line)?;
    let answer = match serde_json::from_str(&line).context("this is for the bench's own use")? {
        Job::Send(job) => serde_json::to_string(&sender::run(&job)?)?,
        Job::Export(job) => serde_json::to_string(&exporting::run(&job)?)?,
        Job::Ask(job) => serde_json::to_string(&query::run(&job)?)?,
    };
    writeln!(std::io::stdout(), "{answer}")?;
    Ok(())
}

/// Has a child do it; waits for the end. Not for async code.
pub(super) fn have_done<T: DeserializeOwned>(job: &Job) -> anyhow::Result<T> {
    let program = std::env::current_exe().context("this program cannot find itself")?;
    let mut child = Command::new(program)
        .args(["bench", "child"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("a second process cannot be started")?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(serde_json::to_string(job)?.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "the second process failed");
    serde_json::from_slice(&output.stdout).context("the second process answered something else")
}
