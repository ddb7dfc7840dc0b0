//! `nexwatch send --event ID --to URL`: a kept delivery, signed anew, to an integrator's own receiver.

use super::super::output::plain;
use crate::monitor::again::{address, hook_keys, keys_of, send};
use nexwatch_account::outward::Outward;
use nexwatch_desk::Resend;
use nexwatch_desk::protocol::{DeskError, ErrorCode, SentAgain};
use nexwatch_settings::Settings;
use nexwatch_store::Reader;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Sends it; exit status 1 if the answer is not 2xx.
pub(super) fn run(folder: &Path, event: i64, to: &str, yes: bool, json: bool) -> anyhow::Result<ExitCode> {
    let settings = Settings::load(folder)?;
    let keys = settings.as_ref().map(hook_keys).unwrap_or_default();
    let url = address(to, yes, &keys).map_err(refused)?;
    let delivery = Resend::of(&Reader::open(folder)?, event).map_err(refused)?;
    let keys = keys_of(folder).map_err(anyhow::Error::msg)?;
    let sending = async { send(&Outward::new(), delivery, url, &keys).await };
    let sent = super::super::runtime()?.block_on(sending).map_err(refused)?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string(&sent)?)?;
    } else {
        write!(out, "{}", in_words(&sent))?;
    }
    Ok(match sent.status {
        200..300 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn refused(error: DeskError) -> anyhow::Error {
    match error.code {
        ErrorCode::Confirm => anyhow::anyhow!("{} Say so with --yes", error.message),
        _ => {
            let told = anyhow::Error::msg(error.message.trim_end_matches('.').to_owned());
            match error.detail {
                Some(detail) => anyhow::Error::msg(detail).context(told),
                None => told,
            }
        }
    }
}

fn in_words(sent: &SentAgain) -> String {
    let signed = match (&sent.rule, sent.secret) {
        (Some(rule), Some(secret)) => format!("signed with secret {secret}, rule {rule}"),
        _ => "not signed: no shared secret is set for its location".to_owned(),
    };
    let mut text = format!(
        "{} bytes sent to {} ({signed})\n{} {}, after {} ms\n",
        sent.bytes,
        plain(&sent.url),
        sent.status,
        sent.reason,
        sent.took_ms
    );
    for (name, value) in &sent.headers {
        text.push_str(&format!("{}: {}\n", plain(name), plain(value)));
    }
    if !sent.body.is_empty() {
        text.push('\n');
        let lines = sent.body.lines().map(plain);
        text.extend(lines.map(|line| line + "\n"));
    }
    text.push_str(match sent.end.as_str() {
        "cut" => "… (the rest is not shown)\n",
        "broken-off" => "… (the answer broke off here)\n",
        _ => "",
    });
    text
}
