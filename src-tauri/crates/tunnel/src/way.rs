//! The ways to be reachable, as a person sets them.

use crate::SecretText;
use std::path::PathBuf;

/// The chosen way, its secrets included. `Debug` never shows a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Local only.
    #[default]
    Off,
    /// ngrok's service, spoken to by this program itself.
    Ngrok(Ngrok),
    /// A port forwarded by an SSH server: one's own, or a public service.
    Ssh(Ssh),
    /// Cloudflare's service, through its own program.
    Cloudflared(Cloudflared),
    /// An address that already leads here: a reverse proxy, a router, Tailscale Funnel.
    Own(Own),
}

/// An account at ngrok.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ngrok {
    /// From the dashboard, "Your Authtoken".
    pub authtoken: SecretText,
    /// A domain of the account. `None`: the one that each account has; either stays the same, which a webhook needs.
    pub domain: Option<String>,
    /// `host:port` instead of ngrok's own (`connect.ngrok-agent.com:443`): for accounts with a server of their own.
    pub server: Option<String>,
    /// PEM file of who vouches for `server`, e.g. a company's proxy, instead of ngrok's own.
    pub ca_file: Option<PathBuf>,
}

/// A server that forwards a port over SSH (RFC 4254, section 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ssh {
    /// The server's name or address.
    pub host: String,
    /// Usually 22.
    pub port: u16,
    /// Who logs in there.
    pub user: String,
    /// How.
    pub auth: SshAuth,
    /// What the server shall listen on: `""` lets it decide, `localhost` is right behind a reverse proxy of one's
    /// own; public services take a name here.
    pub bind_host: String,
    /// The port there; 0 lets the server choose.
    pub bind_port: u16,
    /// The server's key, one line as in `known_hosts` after the name (`ssh-ed25519 AAAA…`). `None`: whichever it
    /// shows first, told by [`crate::Options::on_host_key`] so that it can be kept.
    pub host_key: Option<String>,
    /// The address the world sees; `{port}` stands for the port the server chose. `None`: what the server prints.
    pub public_url: Option<String>,
}

/// How one logs in over SSH.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SshAuth {
    /// With the keys of the running agent.
    Agent,
    /// With a private key.
    Key {
        /// In OpenSSH's or PEM form.
        file: PathBuf,
        /// If it is locked.
        passphrase: Option<SecretText>,
    },
    /// With a password.
    Password(SecretText),
    /// Without anything, as some public services allow.
    None,
}

/// A tunnel through Cloudflare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloudflared {
    /// The program. `None`: found on the path.
    pub program: Option<PathBuf>,
    /// Which tunnel.
    pub tunnel: CloudflaredTunnel,
}

/// Which tunnel of Cloudflare's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloudflaredTunnel {
    /// Without an account, under a name that changes with each start: to try it out.
    Quick,
    /// One set up in Cloudflare's dashboard, where its public host name leads to this program's listener.
    Named {
        /// From the dashboard's install command.
        token: SecretText,
        /// The public host name.
        hostname: String,
    },
}

/// An address that already leads here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The public address, `https://…`, without the hook's path.
    pub url: String,
}

impl Way {
    /// One stable word: `off`, `ngrok`, `ssh`, `cloudflared`, `own`.
    pub fn word(&self) -> &'static str {
        match self {
            Way::Off => "off",
            Way::Ngrok(_) => "ngrok",
            Way::Ssh(_) => "ssh",
            Way::Cloudflared(_) => "cloudflared",
            Way::Own(_) => "own",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_ever_shown() {
        let secret = || SecretText::from("hunter2");
        let ssh = |auth| {
            Way::Ssh(Ssh {
                host: "example.com".into(),
                port: 22,
                user: "me".into(),
                auth,
                bind_host: String::new(),
                bind_port: 0,
                host_key: None,
                public_url: None,
            })
        };
        let ngrok = Ngrok {
            authtoken: secret(),
            ..Ngrok::default()
        };
        let named = CloudflaredTunnel::Named {
            token: secret(),
            hostname: "hooks.example.com".into(),
        };
        for way in [
            Way::Ngrok(ngrok),
            ssh(SshAuth::Password(secret())),
            ssh(SshAuth::Key {
                file: "key".into(),
                passphrase: Some(secret()),
            }),
            Way::Cloudflared(Cloudflared {
                program: None,
                tunnel: named,
            }),
        ] {
            let shown = format!("{way:?} {way:#?}");
            assert!(shown.contains('…') && !shown.contains("hunter2"), "{shown}");
        }
    }
}
