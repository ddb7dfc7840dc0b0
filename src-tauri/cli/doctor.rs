//! `nexwatch doctor`: checks everything; says what is wrong and what to do.

mod checks;
mod reach;

use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// One JSON object.
    #[arg(long)]
    json: bool,
    /// Also read the whole database to see that it is sound; takes a while on a big one.
    #[arg(long)]
    full: bool,
}

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    /// As it should be.
    Ok,
    /// Works, but should be looked at.
    Attention,
    /// Does not work.
    Wrong,
}

/// One thing looked at.
#[derive(Clone, Debug, Serialize)]
struct Finding {
    /// What was looked at.
    what: &'static str,
    /// How it stands.
    health: Health,
    /// In words.
    says: String,
    /// What to do about it.
    #[serde(rename = "do")]
    remedy: Option<String>,
}

impl Finding {
    fn ok(what: &'static str, says: impl Into<String>) -> Finding {
        Finding {
            what,
            health: Health::Ok,
            says: says.into(),
            remedy: None,
        }
    }

    fn attention(what: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding {
            what,
            health: Health::Attention,
            says: says.into(),
            remedy: Some(remedy.into()),
        }
    }

    fn wrong(what: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding {
            health: Health::Wrong,
            ..Finding::attention(what, says, remedy)
        }
    }
}

pub(super) fn run(folder: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let findings = checks::all(folder, arguments.full);
    let worst = findings
        .iter()
        .map(|finding| finding.health)
        .max()
        .unwrap_or(Health::Ok);
    let mut out = std::io::stdout();
    if arguments.json {
        let report = serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"), "data": folder, "health": worst, "findings": findings,
        });
        writeln!(out, "{report}")?;
    } else {
        let colours = out.is_terminal();
        writeln!(
            out,
            "Nexwatch {} in {}",
            env!("CARGO_PKG_VERSION"),
            folder.display()
        )?;
        for finding in &findings {
            let (word, colour) = match finding.health {
                Health::Ok => ("ok", "32"),
                Health::Attention => ("look", "33"),
                Health::Wrong => ("wrong", "31"),
            };
            let mark = if colours {
                format!("\u{1b}[{colour}m{word:<5}\u{1b}[0m")
            } else {
                format!("{word:<5}")
            };
            writeln!(out, "  {mark}  {:<10}  {}", finding.what, finding.says)?;
            if let Some(remedy) = &finding.remedy {
                writeln!(out, "         {:<10}  → {remedy}", "")?;
            }
        }
    }
    Ok(if worst == Health::Wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
