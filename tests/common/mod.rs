//! The program from outside: started, spoken to over loopback, stopped or killed.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod desk;

use bytes::Bytes;
use nexwatch::client::{Client, Reply};
use nexwatch_nexudus::signature::{HEADER, Key, Rule, sign};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

/// The program's file.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_nexwatch");

/// A command with nothing of this machine's own settings in it.
pub fn nexwatch(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .env_remove("NEXWATCH_LOG")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("NEXWATCH_DATA", data);
    command
}

/// Runs a verb to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Output {
    run_with(data, arguments, "")
}

/// Runs a verb with something on its standard input.
pub fn run_with(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = nexwatch(data)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built");
    let mut stdin = child.stdin.take().expect("a pipe");
    // One that does not read its input may have ended already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

/// What a verb printed, when it did what it should.
pub fn printed(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// The lines of `query --json`, newest first.
pub fn query(data: &Path, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["query", "--json", "--limit", "100000"];
    all.extend(arguments);
    printed(data, &all)
        .lines()
        .map(|line| serde_json::from_str(line).expect("one object a line"))
        .collect()
}

/// A running `nexwatch serve`; killed when dropped.
pub struct Serve {
    child: Child,
    /// `127.0.0.1:PORT`
    pub listen: String,
    /// `/hooks/KEY`
    pub hook: String,
    /// `http://127.0.0.1:PORT/?token=…`
    pub desk: Option<String>,
}

impl Serve {
    /// Starts it on free ports and waits until it is ready.
    pub fn start(data: &Path) -> Serve {
        Serve::start_with(data, &["--listen", "127.0.0.1:0"])
    }

    /// Starts it with these arguments and waits until it is ready.
    pub fn start_with(data: &Path, arguments: &[&str]) -> Serve {
        let mut child = nexwatch(data)
            .arg("serve")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let Ok(ready) = serde_json::from_str::<Value>(&line) else {
            let mut why = String::new();
            let _ = child.stderr.take().expect("a pipe").read_to_string(&mut why);
            let _ = child.wait();
            panic!("not ready: {line}{why}");
        };
        assert_eq!(ready["ready"], true);
        let text = |name: &str| ready[name].as_str().map(str::to_owned);
        Serve {
            child,
            listen: text("listen").expect("an address"),
            hook: text("hook_path").expect("a path"),
            desk: text("desk"),
        }
    }

    /// SIGKILL, at once.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// SIGTERM; waits until it has ended.
    pub fn stop(mut self) -> ExitStatus {
        self.terminate();
        self.child.wait().expect("it ends")
    }

    /// SIGTERM; does not wait.
    pub fn terminate(&self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
    }

    /// Waits until it has ended by itself.
    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends one delivery, signed as the platform's published code does.
pub async fn send(client: &mut Client, path: &str, body: &str, secret: Option<&str>) -> Reply {
    let signature = secret.map(|secret| {
        sign(
            body.as_bytes(),
            &Key::new(secret).expect("a secret"),
            Rule::AsciiFolded,
        )
    });
    let headers: Vec<(&str, &str)> = signature.iter().map(|value| (HEADER, value.as_str())).collect();
    client
        .post(path, &headers, Bytes::from(body.to_owned()))
        .await
        .expect("an answer")
}

/// A booking with its number, as the platform sends it.
pub fn booking(number: u64) -> String {
    format!(
        r#"[{{"ResourceId":1414920311,"ResourceName":"Lighthouse Room","CoworkerId":{},"CoworkerFullName":"José {number}","FromTime":"2026-06-09T09:00:00Z","ToTime":"2026-06-09T10:30:00Z","Notes":"delivery {number} – {}","Id":{},"UpdatedOn":"2026-06-08T09:52:31.{:07}Z"}}]"#,
        1_421_300_000 + number % 97,
        "x".repeat((number * 37 % 1500) as usize),
        1_428_000_000 + number,
        number % 10_000_000,
    )
}
