//! How the outside reaches this computer, and since when it may have missed something.

use super::Finding;
use nexwatch_nexudus::time::rfc3339;
use nexwatch_settings::{Settings, WayName};
use nexwatch_store::{Cause, Reader, StoreError};
use std::path::Path;

/// A day, in ms.
const DAY: i64 = 24 * 3600 * 1000;

/// The way that is chosen, how it was last seen, and the gaps of the last week. `up`: the program runs.
pub(super) fn all(folder: &Path, settings: Option<&Settings>, up: bool) -> Vec<Finding> {
    let Some(settings) = settings else {
        return Vec::new();
    };
    let mut findings = vec![secret(folder, settings)];
    if let Ok(reader) = Reader::open(folder) {
        match of_store(&reader, settings.reach.way, up) {
            Ok(found) => findings.extend(found),
            // A database of before the ledger; it gets one at the next start.
            Err(error) => tracing::debug!(%error, "no ledger"),
        }
    }
    findings
}

/// The way, and whether what it needs can be read.
fn secret(folder: &Path, settings: &Settings) -> Finding {
    const WHAT: &str = "reach";
    let way = settings.reach.way;
    match settings.way_secret(folder, way) {
        Ok(_) if way == WayName::Off => Finding::attention(
            WHAT,
            "this computer only: nothing from outside can be delivered",
            "choose a way to be reachable in the window, under Settings > Reachability",
        ),
        Ok(None) if way == WayName::Ngrok => Finding::wrong(
            WHAT,
            "ngrok is chosen, but there is no authtoken",
            "enter it in the window, under Settings > Reachability",
        ),
        Ok(_) => Finding::ok(
            WHAT,
            match way {
                WayName::Own => "by an address of your own".to_owned(),
                WayName::Ssh => "by an SSH server".to_owned(),
                way => format!("by {}", way.name()),
            },
        ),
        Err(error) => Finding::wrong(
            WHAT,
            error.to_string(),
            "unlock the keychain, or enter the secret again under Settings > Reachability",
        ),
    }
}

fn of_store(reader: &Reader, way: WayName, up: bool) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let newest = reader.reach_history(1)?.pop();
    if let Some(change) = newest.filter(|change| up && change.way == way.name()) {
        const WHAT: &str = "tunnel";
        let says = format!(
            "{} ({}, since {})",
            change.message,
            change.state,
            rfc3339(change.at)
        );
        findings.push(match change.state.as_str() {
            "online" => Finding::ok(WHAT, says),
            "failed" => Finding::wrong(
                WHAT,
                says,
                "open the window: Settings > Reachability says what to do",
            ),
            _ => Finding::attention(
                WHAT,
                says,
                "it is tried again by itself; “Retry now” tries at once",
            ),
        });
    }
    let now = jiff::Timestamp::now().as_millisecond();
    let (count, length) = reader.gaps_since(now - 7 * DAY, now)?;
    findings.push(match reader.open_gap()? {
        _ if count == 0 => Finding::ok("gaps", "none within the last 7 days"),
        None => Finding::ok(
            "gaps",
            match length / 60_000 {
                0 => format!("{count} within the last 7 days, less than a minute in all"),
                1 => format!("{count} within the last 7 days, 1 minute in all"),
                minutes => format!("{count} within the last 7 days, {minutes} minutes in all"),
            },
        ),
        Some(gap) => Finding::attention(
            "gaps",
            format!(
                "deliveries may be missing since {}: {}",
                rfc3339(gap.from),
                match gap.causes.as_slice() {
                    [] => "no cause is known".to_owned(),
                    [only] => only.message.clone(),
                    [first, .., last] => format!(
                        "{}; from {} on: {}",
                        first.message,
                        rfc3339(last.at),
                        last.message
                    ),
                }
            ),
            remedy(gap.causes.last().map(|cause| cause.cause), up),
        ),
    });
    Ok(findings)
}

/// What ends a gap; `up`: the program runs.
fn remedy(cause: Option<Cause>, up: bool) -> &'static str {
    match cause {
        _ if !up => "start Nexwatch; what Nexudus sends again meanwhile still arrives",
        Some(Cause::Disk) => "make room on the disk; what Nexudus sends again meanwhile still arrives",
        Some(Cause::Listener) => {
            "choose another port in the window, under Settings > Listener; what Nexudus sends again meanwhile still arrives"
        }
        Some(Cause::Closed | Cause::Crash | Cause::Sleep | Cause::Tunnel | Cause::Off) | None => {
            "make this computer reachable in the window, under Settings > Reachability; what Nexudus sends again meanwhile still arrives"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_ends_by_what_its_cause_needs() {
        assert!(remedy(Some(Cause::Closed), false).starts_with("start Nexwatch"));
        assert!(remedy(Some(Cause::Tunnel), false).starts_with("start Nexwatch"));
        assert!(remedy(Some(Cause::Disk), true).contains("the disk"));
        assert!(remedy(Some(Cause::Listener), true).contains("port"));
        assert!(remedy(Some(Cause::Off), true).contains("Reachability"));
    }
}
