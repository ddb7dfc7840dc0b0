//! What is looked at. Nothing is changed but a probe in the keychain, which is taken away again.

use super::Finding;
use nexwatch_nexudus::time::rfc3339;
use nexwatch_settings::{Keeper, Running, SecretInfo, Secrets, Settings, SettingsError, running};
use nexwatch_store::{FORMAT, Reader, StoreError, in_use};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Less room on the disk than this needs attention, bytes.
const LITTLE_ROOM: u64 = 1 << 30;
/// With less than this, deliveries will soon be refused, bytes.
const NO_ROOM: u64 = 32 << 20;
/// Who does not answer within this time on loopback does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Everything, from the ground up.
pub(super) fn all(folder: &Path, full: bool) -> Vec<Finding> {
    let mut findings = vec![data_folder(folder)];
    let settings = match Settings::load(folder) {
        Ok(Some(settings)) => {
            findings.push(Finding::ok("settings", "readable"));
            Some(settings)
        }
        Ok(None) => {
            findings.push(Finding::ok("settings", "none yet; made at the first start"));
            None
        }
        Err(error) => {
            let remedy = match &error {
                SettingsError::Io(..) => "let this user read the folder, or choose another with --data",
                SettingsError::Broken(..) => {
                    "mend settings.json, or move it away: a new one is made, with a new hook address"
                }
            };
            findings.push(Finding::wrong("settings", error.to_string(), remedy));
            None
        }
    };
    findings.push(room(folder));
    findings.extend(database(folder, full));
    findings.push(keychain(folder, settings.as_ref()));
    findings.push(secrets(folder, settings.as_ref()));
    let (listens, up) = listener(folder, settings.as_ref());
    findings.push(listens);
    findings.extend(super::reach::all(folder, settings.as_ref(), up));
    findings
}

fn data_folder(folder: &Path) -> Finding {
    const WHAT: &str = "data";
    let place = standing(folder);
    let new = !folder.exists();
    match tempfile::tempfile_in(&place) {
        Ok(_) if new => Finding::ok(WHAT, "not there yet; made at the first start"),
        Ok(_) if is_of_something_else(folder) => Finding::attention(
            WHAT,
            "holds other things, and nothing of Nexwatch's yet",
            "is it the right folder? Name another one with --data",
        ),
        Ok(_) => Finding::ok(WHAT, "can be written"),
        Err(error) => Finding::wrong(
            WHAT,
            format!("cannot be {}: {error}", if new { "made" } else { "written" }),
            format!(
                "let this user write {}, or choose another folder with --data",
                place.display()
            ),
        ),
    }
}

/// The folder, or what of its path is there.
fn standing(folder: &Path) -> PathBuf {
    // The folder above one that is named in a word is where this program was started.
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = whole.ancestors().find(|place| place.exists());
    there.unwrap_or(&whole).to_owned()
}

/// Whether a folder has things in it, but neither settings nor a database.
fn is_of_something_else(folder: &Path) -> bool {
    let holds = |name: &str| folder.join(name).exists();
    let any = std::fs::read_dir(folder).is_ok_and(|mut all| all.next().is_some());
    any && !holds("settings.json") && !nexwatch_store::path(folder).exists()
}

fn room(folder: &Path) -> Finding {
    const WHAT: &str = "disk";
    let Ok(free) = fs4::available_space(standing(folder)) else {
        return Finding::attention(WHAT, "how much room is left cannot be told", "check it by hand");
    };
    let says = format!("{} MB free", free >> 20);
    if free < NO_ROOM {
        Finding::wrong(
            WHAT,
            says,
            "make room: without it deliveries are refused until there is some",
        )
    } else if free < LITTLE_ROOM {
        Finding::attention(
            WHAT,
            says,
            "make room soon; a million events need about half a gigabyte",
        )
    } else {
        Finding::ok(WHAT, says)
    }
}

fn database(folder: &Path, full: bool) -> Vec<Finding> {
    const WHAT: &str = "database";
    let reader = match Reader::open(folder) {
        Ok(reader) => reader,
        Err(StoreError::NotThere(_)) => {
            return vec![Finding::ok(WHAT, "none yet; made at the first start")];
        }
        Err(error) => {
            let remedy = match &error {
                StoreError::Newer { .. } => "install the newest Nexwatch",
                StoreError::NotOurs(_) => "move that file away or choose another folder with --data",
                StoreError::Damaged(_) => "stop Nexwatch, keep a copy of the folder, and restore a backup",
                _ => "check that this user may read the folder",
            };
            return vec![Finding::wrong(WHAT, error.to_string(), remedy)];
        }
    };
    let looked = (|| -> Result<Vec<Finding>, StoreError> {
        let status = reader.status()?;
        let events: i64 =
            reader.read(|db| Ok(db.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?))?;
        let last = status.last_arrival.map_or("no delivery yet".to_owned(), |at| {
            format!("last delivery {}", rfc3339(at))
        });
        let format: u32 =
            reader.read(|db| Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?))?;
        let older = match format < FORMAT {
            true => " (brought up to date at the next start)",
            false => "",
        };
        let mut findings = vec![Finding::ok(
            WHAT,
            format!(
                "format {format}{older}, {events} {}, {:.1} MB, {last}",
                if events == 1 { "event" } else { "events" },
                status.bytes as f64 / 1e6
            ),
        )];
        if full {
            let verdict: String =
                reader.read(|db| Ok(db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?))?;
            findings.push(if verdict == "ok" {
                Finding::ok("soundness", "the whole database is sound")
            } else {
                Finding::wrong(
                    "soundness",
                    "the database is damaged",
                    "stop Nexwatch, keep a copy of the folder, and restore a backup",
                )
            });
        }
        let kept = reader.quarantine_count()?;
        findings.push(if kept.count == 0 {
            Finding::ok("quarantine", "empty")
        } else {
            Finding::attention(
                "quarantine",
                match kept.count {
                    1 => "1 delivery failed its signature".to_owned(),
                    count => format!("{count} deliveries failed their signature"),
                },
                "compare the shared secret with Nexudus (Settings > Integrations > Webhooks), then `nexwatch secret set`; what is not yours can be discarded in the window",
            )
        });
        Ok(findings)
    })();
    looked.unwrap_or_else(|error| {
        vec![Finding::wrong(
            WHAT,
            error.to_string(),
            "run `nexwatch doctor --full`",
        )]
    })
}

fn keychain(folder: &Path, settings: Option<&Settings>) -> Finding {
    const WHAT: &str = "keychain";
    let installation = settings.map_or("doctor", |settings| &settings.installation);
    match Keeper::choose(folder, installation) {
        Keeper::Keychain(_) => Finding::ok(WHAT, "holds secrets"),
        Keeper::File(file) => Finding::ok(
            WHAT,
            format!(
                "none on this computer; secrets go to {}, which only you can read",
                file.display()
            ),
        ),
    }
}

fn secrets(folder: &Path, settings: Option<&Settings>) -> Finding {
    const WHAT: &str = "secret";
    let Some(settings) = settings else {
        return Finding::ok(WHAT, "none yet");
    };
    let secrets = Secrets::of(folder, &settings.installation);
    match secrets.active(jiff::Timestamp::now().as_millisecond()) {
        Ok(active) if active.is_empty() => Finding::attention(
            WHAT,
            "none is set: anyone who learns the hook address can send false events",
            "set the same shared secret in Nexudus and with `nexwatch secret set`",
        ),
        Ok(active) => match still_used(folder, active.into_iter().map(|secret| secret.info).collect()) {
            Ok(says) => Finding::ok(WHAT, says),
            Err(says) => Finding::attention(
                WHAT,
                says,
                "does another location sign with it? Set it again for that one: `nexwatch secret set --location ID`",
            ),
        },
        Err(error) => Finding::wrong(
            WHAT,
            error.to_string(),
            "unlock the keychain, or set the secret again with `nexwatch secret set`",
        ),
    }
}

/// How many are set; as an error, that one of them was replaced and is used all the same.
fn still_used(folder: &Path, all: Vec<SecretInfo>) -> Result<String, String> {
    // Without a database nothing has matched.
    let marks = Reader::open(folder).and_then(|reader| reader.secret_marks());
    let marks = marks.unwrap_or_default();
    let matched = |info: &SecretInfo| {
        let mark = marks.iter().find(|mark| mark.secret.0 == info.id)?;
        Some(mark.last_matched)
    };
    let used = all.iter().find(|info| info.still_used(&all, matched(info)));
    let (Some(used), Some(at)) = (used, used.and_then(matched)) else {
        return Ok(format!("{} set", all.len()));
    };
    Err(format!(
        "a secret that was replaced still proves deliveries: secret {}, last on {}{}",
        used.id,
        rfc3339(at),
        used.until.map_or(String::new(), |until| format!(
            "; it is taken until {}",
            rfc3339(until)
        ))
    ))
}

/// Where it listens, and whether it does.
fn listener(folder: &Path, settings: Option<&Settings>) -> (Finding, bool) {
    const WHAT: &str = "listener";
    let noted = running(folder).and_then(|note: Running| note.listen);
    // The note may be that of a program which was killed, and the port another's by now.
    if let Some(address) = noted
        && in_use(folder)
        && answers(&address)
    {
        return (Finding::ok(WHAT, format!("running on {address}")), true);
    }
    let Some(port) = settings
        .map(|settings| settings.listen_port)
        .filter(|port| *port != 0)
    else {
        return (Finding::ok(WHAT, "not running"), false);
    };
    let found = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Finding::attention(
            WHAT,
            format!("not running; its port {port} is free"),
            "start Nexwatch: while it is off, deliveries fail, and Nexudus switches a webhook off after ten failures",
        ),
        Err(error) => Finding::wrong(
            WHAT,
            format!("not running, and its port {port} cannot be used: {error}"),
            "stop the program that uses the port, or choose another one in the window under Settings > Listener",
        ),
    };
    (found, false)
}

/// Whether a connection is taken there. Nothing is sent: a request would be counted among those that were refused.
fn answers(address: &str) -> bool {
    let address = address.parse::<SocketAddr>();
    address.is_ok_and(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
}
