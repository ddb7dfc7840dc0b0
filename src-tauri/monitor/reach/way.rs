//! From the settings to a way with its secret.

use crate::monitor::config::Config;
use nexwatch_settings::{ReachSettings, SshLogin, WayName};
use nexwatch_tunnel::{
    Class, Cloudflared, CloudflaredTunnel, Field, Ngrok, Own, SecretText, Ssh, SshAuth, Trouble, Way,
};
use std::path::PathBuf;

const UNREADABLE: &str = "secret-unreadable";
const MISSING: &str = "secret-missing";

/// What is plainly missing or wrong in a choice, as a sentence; the rest shows when it is tried.
pub(super) fn wrong(chosen: &ReachSettings) -> Option<&'static str> {
    match chosen.way {
        WayName::Off | WayName::Ngrok => None,
        WayName::Ssh if chosen.ssh.host.is_empty() => Some("Please enter the name of the server."),
        WayName::Ssh if chosen.ssh.user.is_empty() => Some("Please enter the user on the server."),
        WayName::Ssh if chosen.ssh.login == SshLogin::Key && chosen.ssh.key_file.is_none() => {
            Some("Please enter the file of the key.")
        }
        WayName::Ssh => None,
        WayName::Cloudflared if chosen.cloudflared.named && chosen.cloudflared.hostname.is_none() => {
            Some("Please enter the public hostname of the tunnel.")
        }
        WayName::Cloudflared => None,
        WayName::Own if chosen.own.url.is_empty() => Some("Please enter the public address."),
        WayName::Own => None,
    }
}

/// Its secret could not be read, or is missing: so it was not even tried.
pub(super) fn is_unread(trouble: &Trouble) -> bool {
    trouble.code == UNREADABLE || trouble.code == MISSING
}

/// A file as a person writes it: `~/` is their home.
pub(super) fn file(text: String) -> PathBuf {
    match (text.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}

/// The chosen way, its secret included. Blocks.
pub(super) fn of(config: &Config) -> Result<Way, Trouble> {
    let settings = config.get();
    let chosen = settings.reach.way;
    let secret = settings
        .way_secret(config.folder(), chosen)
        .map_err(|error| {
            tracing::warn!(%error, "the secret of the way to be reachable cannot be read");
            Trouble::new(
                Class::Settings,
                UNREADABLE,
                "The secret for this way could not be read from where it is kept.",
                "Unlock the keychain and choose “Retry now”, or enter the secret again.",
            )
        })?
        .map(SecretText::from);
    let missing = |what: &str, field: Field| {
        Trouble::new(
            Class::Settings,
            MISSING,
            format!("There is no {what} yet."),
            "Enter it in Settings, under Reachability.",
        )
        .about(field)
    };
    let reach = settings.reach;
    Ok(match reach.way {
        WayName::Off => Way::Off,
        WayName::Ngrok => Way::Ngrok(Ngrok {
            authtoken: secret.ok_or_else(|| missing("authtoken", Field::Authtoken))?,
            domain: reach.ngrok.domain,
            server: reach.ngrok.server,
            ca_file: reach.ngrok.ca_file.map(file),
        }),
        WayName::Ssh => Way::Ssh(Ssh {
            auth: match reach.ssh.login {
                SshLogin::Agent => SshAuth::Agent,
                SshLogin::Key => SshAuth::Key {
                    file: file(reach.ssh.key_file.unwrap_or_default()),
                    passphrase: secret,
                },
                SshLogin::Password => {
                    SshAuth::Password(secret.ok_or_else(|| missing("password", Field::Password))?)
                }
                SshLogin::None => SshAuth::None,
            },
            host: reach.ssh.host,
            port: reach.ssh.port,
            user: reach.ssh.user,
            bind_host: reach.ssh.bind_host,
            bind_port: reach.ssh.bind_port,
            host_key: reach.ssh.host_key,
            public_url: reach.ssh.public_url,
        }),
        WayName::Cloudflared => Way::Cloudflared(Cloudflared {
            program: reach.cloudflared.program.map(file),
            tunnel: if reach.cloudflared.named {
                CloudflaredTunnel::Named {
                    token: secret.ok_or_else(|| missing("token", Field::Token))?,
                    hostname: reach.cloudflared.hostname.unwrap_or_default(),
                }
            } else {
                CloudflaredTunnel::Quick
            },
        }),
        WayName::Own => Way::Own(Own { url: reach.own.url }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_is_where_the_person_lives() {
        assert_eq!(file("/etc/key".into()), PathBuf::from("/etc/key"));
        assert_eq!(file("~key".into()), PathBuf::from("~key"));
        if let Some(home) = std::env::home_dir() {
            assert_eq!(file("~/.ssh/id".into()), home.join(".ssh/id"));
        }
    }

    #[test]
    fn what_is_plainly_missing_is_said() {
        let mut chosen = ReachSettings::default();
        assert_eq!(wrong(&chosen), None);
        for (way, says) in [
            (WayName::Ssh, "name of the server"),
            (WayName::Own, "public address"),
        ] {
            chosen.way = way;
            assert!(wrong(&chosen).is_some_and(|text| text.contains(says)));
        }
        chosen.way = WayName::Cloudflared;
        assert_eq!(wrong(&chosen), None);
        chosen.cloudflared.named = true;
        assert!(wrong(&chosen).is_some());
        chosen.way = WayName::Ssh;
        chosen.ssh.host = "example.com".into();
        assert!(wrong(&chosen).is_some_and(|text| text.contains("user")));
        chosen.ssh.user = "desk".into();
        assert_eq!(wrong(&chosen), None);
        chosen.ssh.login = SshLogin::Key;
        assert!(wrong(&chosen).is_some_and(|text| text.contains("key")));
    }
}
