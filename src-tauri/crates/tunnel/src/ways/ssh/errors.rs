//! What goes wrong with SSH, in plain sentences.

use super::host_key::fingerprint;
use crate::{Class, Field, Ssh, Trouble};
use russh::keys::PublicKey;
use russh::{AlgorithmKind, Error};
use std::path::Path;

use Class::{Busy, Network, Settings};

/// What has to be entered before anything can be tried.
pub(super) fn missing(ssh: &Ssh) -> Option<Trouble> {
    let (what, field) = match ssh {
        Ssh { host, .. } if host.is_empty() => ("server", Field::Host),
        Ssh { port: 0, .. } => ("server's port", Field::Port),
        Ssh { user, .. } if user.is_empty() => ("user's name", Field::User),
        _ => return None,
    };
    let message = format!("The SSH {what} is not entered.");
    Some(Trouble::new(Settings, "ssh-missing", message, "Enter it.").about(field))
}

/// The server cannot be reached, or the connection broke.
pub(super) fn unreachable(host: &str, port: u16) -> Trouble {
    Trouble::new(
        Network,
        "network",
        format!("The SSH server {host}:{port} cannot be reached."),
        "Check the internet connection and the server's name and port; it is tried again by itself.",
    )
    .about(Field::Host)
}

/// The connection broke.
pub(super) fn line_lost() -> Trouble {
    Trouble::new(
        Network,
        "network",
        "The connection to the SSH server was lost.",
        "Nothing to do: it is made again by itself as soon as the network is there.",
    )
}

/// Why the connection could not be set up.
pub(super) fn of_connect(error: &Error, wanted: Option<&PublicKey>, shown: Option<&PublicKey>) -> Trouble {
    match (error, wanted) {
        (Error::UnknownKey, Some(wanted)) => host_key_changed(wanted, shown),
        (
            Error::NoCommonAlgo {
                kind: AlgorithmKind::Key,
                ..
            },
            Some(wanted),
        ) => host_key_changed(wanted, None),
        (Error::NoCommonAlgo { .. } | Error::UnknownAlgo | Error::Version, _) => Trouble::new(
            Settings,
            "ssh-algorithms",
            "The SSH server is too old: it knows none of the ways to encrypt that are safe today.",
            "Update the server's OpenSSH, or choose another server.",
        )
        .about(Field::Host),
        _ => Trouble::new(
            Network,
            "network",
            "The SSH server ended the connection while it was being set up.",
            "Check that an SSH server answers at this port; it is tried again by itself.",
        ),
    }
}

fn host_key_changed(wanted: &PublicKey, shown: Option<&PublicKey>) -> Trouble {
    let now = shown
        .map(fingerprint)
        .unwrap_or_else(|| "a key of another kind".to_owned());
    Trouble::new(
        Settings,
        "ssh-host-key-changed",
        format!(
            "The SSH server is not the one it was: its key was {} and now is {now}.",
            fingerprint(wanted)
        ),
        "Ask who runs the server whether it was set up anew; only then remove the key that is kept here.",
    )
    .about(Field::HostKey)
}

/// The pinned key is none.
pub(super) fn host_key_unreadable() -> Trouble {
    Trouble::new(
        Settings,
        "ssh-host-key-unreadable",
        "The server's key that is kept here cannot be read.",
        "Enter it as one line, ssh-ed25519 AAAA…, or remove it to have it taken at the next connection.",
    )
    .about(Field::HostKey)
}

/// The key file cannot be used.
pub(super) fn key_unreadable(file: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(
        Settings,
        "ssh-key-unreadable",
        format!("The key file {} cannot be read: {error}.", file.display()),
        "Choose the private key's file.",
    )
    .about(Field::Key)
}

/// It holds no private key.
pub(super) fn key_wrong(file: &Path) -> Trouble {
    Trouble::new(
        Settings,
        "ssh-key-wrong",
        format!("{} holds no private key that can be used.", file.display()),
        "Choose the private key, not the .pub file beside it.",
    )
    .about(Field::Key)
}

/// It is locked.
pub(super) fn key_locked(file: &Path, tried: bool) -> Trouble {
    let message = match tried {
        true => format!("The passphrase does not open the key {}.", file.display()),
        false => format!("The key {} is locked with a passphrase.", file.display()),
    };
    Trouble::new(
        Settings,
        "ssh-key-locked",
        message,
        "Enter the passphrase of the key.",
    )
    .about(Field::Key)
}

/// No agent, or one without keys.
pub(super) fn agent(message: &str) -> Trouble {
    Trouble::new(
        Settings,
        "ssh-agent",
        message,
        "Start the SSH agent and add a key with ssh-add, or choose a key file.",
    )
    .about(Field::Key)
}

/// The server let none of the keys in.
pub(super) fn key_refused(ssh: &Ssh, line: Option<String>) -> Trouble {
    let remedy = match line {
        Some(line) => format!(
            "Add this line to ~/.ssh/authorized_keys of {} on the server: {line}",
            ssh.user
        ),
        None => format!(
            "Add the key's .pub line to ~/.ssh/authorized_keys of {} on the server.",
            ssh.user
        ),
    };
    let message = format!("{} does not let {} in with this key.", ssh.host, ssh.user);
    Trouble::new(Settings, "ssh-key-refused", message, remedy).about(Field::Key)
}

/// The password is wrong.
pub(super) fn password_refused(ssh: &Ssh) -> Trouble {
    Trouble::new(
        Settings,
        "ssh-password-refused",
        format!("{} does not let {} in with this password.", ssh.host, ssh.user),
        "Check the user's name and the password; many servers take keys only.",
    )
    .about(Field::Password)
}

/// It wants something.
pub(super) fn nobody_refused(ssh: &Ssh) -> Trouble {
    Trouble::new(
        Settings,
        "ssh-sign-in-wanted",
        format!("{} wants {} to sign in.", ssh.host, ssh.user),
        "Choose a key or a password; public services name the user that needs none.",
    )
    .about(Field::User)
}

/// It does not listen for us.
pub(super) fn forward_refused(ssh: &Ssh) -> Trouble {
    let place = match (ssh.bind_host.as_str(), ssh.bind_port) {
        (host, 0) => host.to_owned(),
        ("", port) => format!("port {port}"),
        (host, port) => format!("{host}:{port}"),
    };
    Trouble::new(
        Busy,
        "ssh-port-taken",
        format!("{} does not listen at {place} for us: it is taken, or not allowed.", ssh.host),
        "An old connection of ours lets go by itself, sooner with ClientAliveInterval 15 in sshd_config; else choose another port, or allow this one there.",
    )
    .about(Field::Bind)
}

/// No address is known.
pub(super) fn no_address(ssh: &Ssh) -> Trouble {
    Trouble::new(
        Busy,
        "ssh-no-address",
        format!("{} did not say under which address it can be reached.", ssh.host),
        "On a server of your own, enter the public address; a public service is tried again by itself.",
    )
    .about(Field::Url)
}
