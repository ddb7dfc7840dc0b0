//! `nexwatch secret`: the shared secret, read from standard input, never from an argument.

use anyhow::Context as _;
use nexwatch_settings::{Secrets, Settings};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// A running Nexwatch looks for changes this often at most: when this program says "done", it is so there too.
const NOTICED: Duration = Duration::from_millis(50);
/// A secret is far shorter: whatever is longer was piped in by mistake.
const MOST: u64 = 64 << 10;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Verb {
    /// Reads a shared secret from standard input and keeps it in the keychain, or, where there is none, in a file
    /// that only its owner can read. Deliveries in quarantine are checked again.
    Set {
        /// Only for deliveries of this location (its Nexudus business id).
        #[arg(long, value_name = "ID", value_parser = super::words::location_id)]
        location: Option<i64>,
    },
    /// Lists the secrets: where each is kept and since when; never the secret itself.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(folder: &Path, verb: Verb) -> anyhow::Result<ExitCode> {
    match verb {
        Verb::Set { location } => {
            nexwatch_store::make_folder(folder).context("the data folder cannot be used")?;
            let settings = Settings::load_or_make(folder)?;
            set(&Secrets::of(folder, &settings.installation), location)
        }
        // Nothing is made by looking.
        Verb::List { json } => {
            let settings = Settings::load(folder)?.unwrap_or_default();
            list(&Secrets::of(folder, &settings.installation), json)
        }
    }
}

fn set(secrets: &Secrets, location: Option<i64>) -> anyhow::Result<ExitCode> {
    let now = jiff::Timestamp::now().as_millisecond();
    let secret = if std::io::stdin().is_terminal() {
        rpassword::prompt_password("Shared secret (it is not shown): ").context("no secret was read")?
    } else {
        let mut secret = String::new();
        std::io::stdin()
            .take(MOST)
            .read_to_string(&mut secret)
            .context("the secret is not text")?;
        secret
    };
    let before = secrets.list()?;
    let replaced = before
        .iter()
        .find(|known| known.location == location && known.until.is_none());
    let kept = secrets.set(&secret, location, now)?;
    std::thread::sleep(NOTICED);
    let whose = location.map_or("all locations".to_owned(), |id| format!("location {id}"));
    let same = replaced.is_some_and(|before| before.id == kept.id);
    writeln!(
        std::io::stdout(),
        "The shared secret of {whose} is kept in {}{}.",
        match secrets.place(&kept).as_str() {
            "keychain" => "the keychain".to_owned(),
            file => format!("{file} (there is no keychain here; only you can read this file)"),
        },
        if same {
            ", as it was before: it is the same one"
        } else {
            ""
        }
    )?;
    if let Some(replaced) = replaced.filter(|before| before.id != kept.id) {
        writeln!(
            std::io::stdout(),
            "It takes the place of the one set on {}, which is still taken for two days{}",
            nexwatch_nexudus::time::rfc3339(replaced.set_at),
            match location {
                Some(_) => ".",
                None =>
                    ", and longer while it proves deliveries.\nIf another location signs with that one, set it again for that location: nexwatch secret set --location ID",
            }
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn list(secrets: &Secrets, json: bool) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    let all = secrets.list()?;
    if all.is_empty() && !json {
        writeln!(
            out,
            "No shared secret is set: deliveries are kept, marked unsigned."
        )?;
    }
    for info in all {
        let set_at = nexwatch_nexudus::time::rfc3339(info.set_at);
        let place = secrets.place(&info);
        if json {
            let line = serde_json::json!({
                "id": info.id, "location": info.location, "set_at": set_at, "kept_in": place,
                "until": info.until.map(nexwatch_nexudus::time::rfc3339),
            });
            writeln!(out, "{line}")?;
        } else {
            let whose = info
                .location
                .map_or("all locations".to_owned(), |id| format!("location {id}"));
            let until = info.until.map_or(String::new(), |until| {
                format!(
                    ", replaced: still taken until {}",
                    nexwatch_nexudus::time::rfc3339(until)
                )
            });
            writeln!(
                out,
                "{whose}: set {set_at}, kept in {place}{until} (secret {})",
                info.id
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
