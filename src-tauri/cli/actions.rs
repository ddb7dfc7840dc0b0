//! `nexwatch actions`: the platform's actions, those that the account named among them.

use super::output::plain;
use crate::monitor::actions::refresh;
use anyhow::Context as _;
use nexwatch_account::Turn;
use nexwatch_desk::protocol::{ActionInfo, Actions};
use nexwatch_nexudus::Lexicon;
use nexwatch_nexudus::time::rfc3339;
use nexwatch_settings::{LearntActions, Settings};
use serde_json::json;
use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A saved answer is some kilobytes; whatever is longer is another file.
const MOST: u64 = 1 << 20;

/// A running Nexwatch takes up what is learnt here at once.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Asks the account first (it is set in the window, under Settings), and keeps what it names.
    #[arg(long, conflicts_with = "from")]
    refresh: bool,
    /// Takes a saved answer of the account instead:
    /// https://spaces.nexudus.com/api/utils/enums?name=eWebhookAction. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(folder: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let before = LearntActions::load(folder)?;
    let learnt = match &arguments.from {
        Some(file) => Some(from(folder, file)?),
        None if arguments.refresh => {
            let settings = Settings::load(folder)?.unwrap_or_default();
            let turn = Turn::default();
            let asked = refresh(folder, &settings, &turn);
            Some(super::runtime()?.block_on(asked)?)
        }
        None => None,
    };
    let new = learnt.as_ref().map(|learnt| count_new(before.as_ref(), learnt));
    let known = learnt.or(before);
    let actions = nexwatch_desk::actions(known.as_ref());
    let mut out = BufWriter::new(std::io::stdout().lock());
    if arguments.json {
        writeln!(out, "{}", as_json(&actions))?;
    } else {
        for action in &actions.actions {
            writeln!(out, "{}", line(action))?;
        }
    }
    out.flush()?;
    if let Some(new) = new {
        let source = actions.source.as_deref().unwrap_or_default();
        eprintln!(
            "{} named {new} action{} that {} not known before.",
            plain(source),
            if new == 1 { "" } else { "s" },
            if new == 1 { "was" } else { "were" },
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// How many of the actions are neither documented nor were learnt before, by number or under this name.
fn count_new(before: Option<&LearntActions>, learnt: &LearntActions) -> usize {
    let known = nexwatch_desk::actions(before).actions;
    let is_known = |number, name: &str| {
        known
            .iter()
            .any(|action| action.number == number && action.name == name)
    };
    let new = nexwatch_desk::actions(Some(learnt)).actions;
    new.iter()
        .filter(|action| !is_known(action.number, &action.name))
        .count()
}

fn from(folder: &Path, file: &Path) -> anyhow::Result<LearntActions> {
    let mut bytes = Vec::new();
    let (read, source) = if file.as_os_str() == "-" {
        (
            std::io::stdin().take(MOST + 1).read_to_end(&mut bytes),
            "standard input".to_owned(),
        )
    } else {
        let opened = fs::File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
        (
            opened.take(MOST + 1).read_to_end(&mut bytes),
            file.display().to_string(),
        )
    };
    read.with_context(|| format!("{source} cannot be read"))?;
    anyhow::ensure!(
        bytes.len() as u64 <= MOST,
        "{source} is larger than 1 MiB, so it is no list of actions"
    );
    let lexicon = Lexicon::parse(&bytes).with_context(|| format!("{source} is not a list of actions"))?;
    nexwatch_store::make_folder(folder).context("the data folder cannot be used")?;
    let now = jiff::Timestamp::now().as_millisecond();
    let list = lexicon.all().map(|(number, name)| (number, name.to_owned()));
    Ok(LearntActions::learn(folder, list, &source, now)?)
}

fn as_json(actions: &Actions) -> serde_json::Value {
    let all: Vec<_> = actions
        .actions
        .iter()
        .map(|action| {
            json!({
                "number": action.number, "name": action.name, "label": action.label, "category": action.category,
                "documented": action.documented, "learnt_at": action.learnt_at.map(rfc3339),
            })
        })
        .collect();
    json!({"actions": all, "learnt_at": actions.learnt_at.map(rfc3339), "source": actions.source})
}

/// `  6  BookingCreate                 Booking created            bookings`
fn line(action: &ActionInfo) -> String {
    let learnt = match action.learnt_at {
        Some(at) => format!("  learnt {}", rfc3339(at)),
        None => String::new(),
    };
    format!(
        "{:>3}  {:<34}  {:<42}  {}{learnt}",
        action.number,
        plain(&action.name),
        plain(&action.label),
        action.category,
    )
}
