//! The program `sqlite3`, on the same file and the same statements.

use anyhow::Context as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// It is there, and this is its file.
pub(in crate::cli::bench) struct Sqlite3 {
    database: PathBuf,
}

impl Sqlite3 {
    /// Nothing where it is not installed.
    pub fn find(database: &Path) -> Option<Sqlite3> {
        let version = Command::new("sqlite3")
            .arg("-version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        version.is_ok_and(|status| status.success()).then(|| Sqlite3 {
            database: database.to_owned(),
        })
    }

    /// Asks each question, all in one process; sorted milliseconds. The first is asked once before, to open the file.
    pub fn ask(&self, questions: &[Vec<String>]) -> anyhow::Result<Vec<f64>> {
        let mut script = String::from(".mode list\n.timer on\nSELECT count(*) FROM sqlite_schema;\n");
        for sql in questions.iter().flatten() {
            // A line of its own for each: that is what is timed.
            script.push_str(&sql.replace('\n', " "));
            script.push_str(";\n");
        }
        let mut child = Command::new("sqlite3")
            .args(["-batch", "-readonly", "-init", "/dev/null"])
            .arg(&self.database)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("sqlite3 cannot be started")?;
        let stdin = child.stdin.take();
        let writer = std::thread::spawn(move || match stdin {
            Some(mut stdin) => stdin.write_all(script.as_bytes()),
            None => Ok(()),
        });
        let output = child.wait_with_output()?;
        // One that stopped early is told by its status.
        let _ = writer.join();
        let told = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(
            output.status.success() && told.trim().is_empty(),
            "sqlite3 failed: {}",
            told.lines().next().unwrap_or_default()
        );
        let times = times(&String::from_utf8_lossy(&output.stdout));
        let all: usize = questions.iter().map(Vec::len).sum();
        anyhow::ensure!(times.len() == all + 1, "sqlite3 does not tell how long it took");
        let mut each = times[1..].iter();
        let mut took: Vec<f64> = questions
            .iter()
            .map(|statements| each.by_ref().take(statements.len()).sum())
            .collect();
        took.sort_unstable_by(f64::total_cmp);
        Ok(took)
    }
}

/// Milliseconds by its `.timer`: `Run Time: real 0.123 user …`.
fn times(output: &str) -> Vec<f64> {
    let lines = output.lines().filter_map(|line| {
        let rest = line.strip_prefix("Run Time: real ")?;
        rest.split_whitespace().next()?.parse::<f64>().ok()
    });
    lines.map(|seconds| seconds * 1_000.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::rusqlite::Connection;

    #[test]
    fn its_timer_is_understood() {
        let output =
            "a|b\nRun Time: real 0.123 user 0.100000 sys 0.020000\nRun Time: real 1.5 user 1 sys 0\n";
        assert_eq!(times(output), [123.0, 1_500.0]);
    }

    #[test]
    fn statements_of_a_question_are_added_up_and_mistakes_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("some.db");
        let db = Connection::open(&file).unwrap();
        db.execute_batch("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2);")
            .unwrap();
        let Some(sqlite3) = Sqlite3::find(&file) else {
            return;
        };
        let one = vec!["SELECT a\nFROM t".to_owned(), "SELECT 'x'".to_owned()];
        assert_eq!(sqlite3.ask(&[one.clone(), one]).unwrap().len(), 2);
        let wrong = sqlite3.ask(&[vec!["SELECT absent FROM t".to_owned()]]);
        let wrong = wrong.unwrap_err().to_string();
        assert!(wrong.contains("no such column"), "{wrong}");
    }
}
