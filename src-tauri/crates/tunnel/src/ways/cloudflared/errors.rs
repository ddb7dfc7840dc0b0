//! What cloudflared says of itself, in plain sentences.

use super::program::OLDEST;
use crate::{Class, Field, Trouble};
use std::io::{Error, ErrorKind};
use std::path::Path;

use Class::{Busy, Network, Settings};

/// A piece of its output, and what it means. The first that fits counts.
struct Row {
    /// As it is printed, by whichever version.
    words: &'static [&'static str],
    class: Class,
    code: &'static str,
    field: Option<Field>,
    message: &'static str,
    remedy: &'static str,
}

const BY_ITSELF: &str = "Check the internet connection; it is tried again by itself.";

/// From its issues on GitHub and its source.
const ROWS: &[Row] = &[
    Row {
        words: &["Provided Tunnel token is not valid", "Failed to read token file"],
        class: Settings,
        code: "cloudflared-token",
        field: Some(Field::Token),
        message: "This is not a token of a Cloudflare tunnel.",
        remedy: "Copy it whole from the tunnel's install command on Cloudflare's dashboard: it begins with eyJ.",
    },
    Row {
        words: &[
            "Unauthorized: Invalid tunnel secret",
            "Unauthorized: Tunnel not found",
            "Unauthorized: Account",
        ],
        class: Settings,
        code: "cloudflared-unauthorized",
        field: Some(Field::Token),
        message: "Cloudflare does not take this token: its tunnel was deleted, or the token was replaced.",
        remedy: "Copy the token again from the tunnel on Cloudflare's dashboard.",
    },
    Row {
        words: &["429 Too Many Requests", "error code: 1015"],
        class: Busy,
        code: "cloudflared-busy",
        field: None,
        message: "Cloudflare gives out no more quick tunnels to this network for now.",
        remedy: "Wait some minutes, it is tried again by itself; a named tunnel has no such limit.",
    },
    Row {
        words: &["Unauthorized:"],
        class: Busy,
        code: "cloudflared-refused",
        field: None,
        message: "Cloudflare refuses the tunnel at the moment.",
        remedy: "It is tried again by itself; if it stays, copy the token again from Cloudflare's dashboard.",
    },
    Row {
        words: &[
            "no such host",
            "server misbehaving",
            "network is unreachable",
            "no route to host",
        ],
        class: Network,
        code: "network",
        field: None,
        message: "Cloudflare cannot be reached.",
        remedy: BY_ITSELF,
    },
    Row {
        words: &[
            "failed to dial to edge",
            "Failed to dial a quic connection",
            "Unable to establish connection with Cloudflare edge",
            "no recent network activity",
            "DialContext error",
        ],
        class: Network,
        code: "cloudflared-blocked",
        field: None,
        message: "cloudflared does not get through to Cloudflare.",
        remedy: "Check the internet connection, and that the firewall lets out port 7844; it is tried again by itself.",
    },
    Row {
        words: &[
            "failed to request quick Tunnel",
            "failed to unmarshal quick Tunnel",
            "QuickTunnel response",
        ],
        class: Network,
        code: "cloudflared-quick",
        field: None,
        message: "Cloudflare's service for quick tunnels does not work at the moment.",
        remedy: "It is tried again by itself; a named tunnel does not depend on it.",
    },
    Row {
        words: &["address already in use", "Error opening metrics server"],
        class: Network,
        code: "cloudflared-port",
        field: None,
        message: "The port that cloudflared was given was taken by another program meanwhile.",
        remedy: "Nothing to do: it is started again with another one.",
    },
];

/// What a line of its output says is wrong, if it does. What it only informs of is not.
pub(super) fn of_line(line: &str) -> Option<Trouble> {
    if [" INF ", " DBG ", " WRN "]
        .iter()
        .any(|level| line.contains(level))
    {
        return None;
    }
    let row = ROWS
        .iter()
        .find(|row| row.words.iter().any(|words| line.contains(words)))?;
    let trouble = Trouble::new(row.class, row.code, row.message, row.remedy);
    Some(Trouble {
        field: row.field,
        ..trouble
    })
}

pub(super) fn not_found() -> Trouble {
    Trouble::new(
        Settings,
        "cloudflared-not-found",
        "Cloudflare's program, cloudflared, is not on this computer.",
        "Install it from developers.cloudflare.com (\"Download cloudflared\"), or say where it is.",
    )
    .about(Field::Program)
}

pub(super) fn not_there(program: &Path) -> Trouble {
    Trouble {
        message: format!("{} is not there.", program.display()),
        ..not_found()
    }
}

pub(super) fn not_started(program: &Path, error: &Error) -> Trouble {
    let why = match error.kind() {
        ErrorKind::PermissionDenied => "it may not be run".to_owned(),
        _ => error.to_string(),
    };
    Trouble::new(
        Settings,
        "cloudflared-not-started",
        format!("{} cannot be started: {why}.", program.display()),
        "Install it again from developers.cloudflare.com, or choose another file.",
    )
    .about(Field::Program)
}

pub(super) fn no_version(program: &Path) -> Trouble {
    Trouble::new(
        Settings,
        "cloudflared-unknown",
        format!("{} does not say that it is cloudflared.", program.display()),
        "Choose the file of Cloudflare's program.",
    )
    .about(Field::Program)
}

pub(super) fn too_old((year, month, patch): (u32, u32, u32)) -> Trouble {
    let (old_year, old_month, _) = OLDEST;
    Trouble::new(
        Settings,
        "cloudflared-too-old",
        format!("cloudflared {year}.{month}.{patch} is too old: it must be {old_year}.{old_month} or later."),
        "Update it: cloudflared update, or with whatever installed it.",
    )
    .about(Field::Program)
}

/// Its token cannot be handed to it.
pub(super) fn no_folder(error: &Error) -> Trouble {
    Trouble::new(
        Network,
        "cloudflared-folder",
        format!("The folder for temporary files cannot be written to: {error}."),
        "Make room on the disk; it is tried again by itself.",
    )
}

pub(super) fn ended(code: Option<i32>) -> Trouble {
    let how = match code {
        Some(code) => format!(" with code {code}"),
        None => String::new(),
    };
    Trouble::new(
        Network,
        "cloudflared-ended",
        format!("cloudflared ended{how}."),
        "Nothing to do: it is started again by itself.",
    )
}

pub(super) fn hung() -> Trouble {
    Trouble::new(
        Network,
        "cloudflared-hung",
        "cloudflared runs, but answers nothing.",
        "Nothing to do: it is started again by itself.",
    )
}

pub(super) fn not_connected() -> Trouble {
    Trouble::new(
        Network,
        "cloudflared-not-connected",
        "cloudflared runs, but has no connection to Cloudflare.",
        "Check the internet connection, and that the firewall lets out port 7844; it is tried again by itself.",
    )
}

pub(super) fn listener_moved() -> Trouble {
    Trouble::new(
        Network,
        "listener-moved",
        "The listener has another port than cloudflared was told.",
        "Nothing to do: it is started again by itself.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_lines_are_understood() {
        for (line, code) in [
            (
                "2021-08-02T13:44:44Z ERR Register tunnel error from server side error=\"Unauthorized: Invalid tunnel secret\" connIndex=0",
                "cloudflared-unauthorized",
            ),
            (
                "2024-09-11T21:31:09Z ERR Register tunnel error from server side error=\"Unauthorized: Failed to get tunnel\" connIndex=0 event=0",
                "cloudflared-refused",
            ),
            ("Provided Tunnel token is not valid.", "cloudflared-token"),
            (
                "2026-05-29T09:25:34Z ERR Error unmarshaling QuickTunnel response: error code: 1015 status_code=\"429 Too Many Requests\"",
                "cloudflared-busy",
            ),
            (
                "failed to unmarshal quick Tunnel: invalid character 'e' looking for beginning of value",
                "cloudflared-quick",
            ),
            (
                "failed to request quick Tunnel: Post \"https://api.trycloudflare.com/tunnel\": dial tcp: lookup api.trycloudflare.com: no such host",
                "network",
            ),
            (
                "2024-01-01T00:00:00Z ERR Failed to dial a quic connection error=\"failed to dial to edge with quic: timeout: no recent network activity\"",
                "cloudflared-blocked",
            ),
        ] {
            assert_eq!(of_line(line).map(|why| why.code).as_deref(), Some(code), "{line}");
        }
    }

    #[test]
    fn what_is_no_error_is_none() {
        for line in [
            "",
            "2026-11-24T09:00:00Z INF Requesting new quick Tunnel on trycloudflare.com...",
            "2026-11-24T09:00:00Z INF Retrying after Unauthorized: Invalid tunnel secret",
            "ERR something new",
            "\u{fffd}\u{0}\u{1}",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }
}
