//! From the start of the program to the first rows on a screen, with a set and with nothing, and until all counts are known.
//! The program is `nexwatch serve`, the screen a connection to its desk.

use super::figures::median;
use super::folder::{Workshop, say};
use super::{memory, set::Set};
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than that nobody waits.
const PATIENCE: Duration = Duration::from_secs(120);

/// Medians.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Start {
    /// Of how many events.
    pub events: u32,
    /// Until the program listens, milliseconds.
    pub ready_ms: f64,
    /// Until the first 200 rows are there, milliseconds.
    pub rows_ms: f64,
    /// The same with an empty store.
    pub empty_rows_ms: f64,
    /// Until all counts are known, milliseconds.
    pub counts_ms: f64,
    /// Its share of memory then (PSS), MiB; nothing where the system does not tell.
    pub memory_mb: Option<f64>,
}

/// One start.
#[derive(Clone, Copy, Debug)]
struct Seen {
    ready: f64,
    rows: f64,
    counts: f64,
    memory: Option<f64>,
}

/// Starts it in turns, with the set and with nothing.
pub(super) fn measure(workshop: &Workshop, set: &Set, rounds: usize) -> anyhow::Result<Start> {
    let empty = workshop.fresh("empty-")?;
    // The first start of all makes the store.
    look(empty.path())?;
    let (mut full, mut none) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        say(&format!("starting, round {} of {rounds}", round + 1));
        none.push(look(empty.path())?);
        full.push(look(&set.folder())?);
    }
    let of = |seen: &[Seen], part: fn(&Seen) -> f64| median(&mut seen.iter().map(part).collect::<Vec<_>>());
    let mut shares: Vec<f64> = full.iter().filter_map(|seen| seen.memory).collect();
    Ok(Start {
        events: set.about().events,
        ready_ms: of(&full, |seen| seen.ready),
        rows_ms: of(&full, |seen| seen.rows),
        empty_rows_ms: of(&none, |seen| seen.rows),
        counts_ms: of(&full, |seen| seen.counts),
        memory_mb: (!shares.is_empty()).then(|| median(&mut shares)),
    })
}

/// Starts it once and looks on.
fn look(folder: &Path) -> anyhow::Result<Seen> {
    let begun = Instant::now();
    let passed = || begun.elapsed().as_secs_f64() * 1_000.0;
    let mut program = Program::start(folder)?;
    let door = program.ready()?;
    let ready = passed();
    let first = json!({ "ask": "feed", "filter": {}, "asOf": null, "at": { "by": "newest" }, "limit": 200 });
    let answer = door.ask(&first)?;
    anyhow::ensure!(answer["rows"].is_array(), "the desk answers something else");
    let rows = passed();
    let counts = loop {
        let answer = door.ask(&first)?;
        if answer["total"].is_number() && answer["counting"] != true {
            break passed();
        }
        anyhow::ensure!(begun.elapsed() < PATIENCE, "the counts are never known");
        std::thread::sleep(Duration::from_millis(10));
    };
    let memory = memory::share_of_mb(program.child.id());
    program.stop()?;
    Ok(Seen {
        ready,
        rows,
        counts,
        memory,
    })
}

/// The program at work; killed when it is dropped.
struct Program {
    child: Child,
}

impl Program {
    fn start(folder: &Path) -> anyhow::Result<Program> {
        let program = std::env::current_exe().context("this program cannot find itself")?;
        let child = Command::new(program)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--desk",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(folder)
            // The user's keychain is none of a measurement's business.
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("a second process cannot be started")?;
        Ok(Program { child })
    }

    /// Waits until it is; the way to its desk.
    fn ready(&mut self) -> anyhow::Result<Door> {
        let stdout = self.child.stdout.take().context("it has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let Ok(told) = serde_json::from_str::<Value>(&line) else {
            let mut why = String::new();
            if let Some(mut stderr) = self.child.stderr.take() {
                stderr.read_to_string(&mut why)?;
            }
            anyhow::bail!("it does not start: {}", why.lines().next().unwrap_or_default());
        };
        Door::of(told["desk"].as_str().unwrap_or_default()).context("it does not say where its desk is")
    }

    /// Ends it as a person would, so that the next start finds everything in order.
    fn stop(mut self) -> anyhow::Result<()> {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        if !told.is_ok_and(|status| status.success()) {
            self.child.kill()?;
        }
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Mostly it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where its desk is, and the token.
struct Door {
    address: String,
    token: String,
}

impl Door {
    /// Of `http://127.0.0.1:PORT/?token=…`.
    fn of(url: &str) -> Option<Door> {
        let url = url::Url::parse(url).ok()?;
        let token = url
            .query_pairs()
            .find(|(name, _)| name == "token")?
            .1
            .into_owned();
        Some(Door {
            address: format!("{}:{}", url.host_str()?, url.port()?),
            token,
        })
    }

    fn ask(&self, question: &Value) -> anyhow::Result<Value> {
        let body = question.to_string();
        let mut stream = TcpStream::connect(&self.address).context("the desk is not there")?;
        write!(
            stream,
            "POST /ask HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .context("the desk answers nothing")?;
        let status = head.lines().next().unwrap_or_default();
        anyhow::ensure!(status.contains(" 200 "), "the desk answers {status}");
        serde_json::from_str(body).context("the desk answers something else")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_desk_is_taken_from_its_address() {
        let door = Door::of("http://127.0.0.1:4711/?token=abc").unwrap();
        assert_eq!(
            (door.address.as_str(), door.token.as_str()),
            ("127.0.0.1:4711", "abc")
        );
        assert!(Door::of("").is_none() && Door::of("http://127.0.0.1:1/").is_none());
    }
}
