//! The chosen way to be reachable, without its secret: what a person enters, also what a screen sends and is shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way to be reachable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum WayName {
    /// This computer only.
    Off,
    /// ngrok, embedded.
    Ngrok,
    /// Remote forwarding over SSH.
    Ssh,
    /// The cloudflared program.
    Cloudflared,
    /// A public address that already leads here.
    Own,
}

/// What a person enters for each way; the fields of the ways that are not chosen are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct ReachSettings {
    /// Which.
    pub way: WayName,
    /// For ngrok.
    pub ngrok: NgrokSettings,
    /// For SSH.
    pub ssh: SshSettings,
    /// For cloudflared.
    pub cloudflared: CloudflaredSettings,
    /// For an own address.
    pub own: OwnSettings,
}

/// For ngrok; the authtoken is kept as a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct NgrokSettings {
    /// The account's fixed domain, `name.ngrok-free.app`; nothing: the account's own.
    pub domain: Option<String>,
    /// Another server, `host:port`; nothing: ngrok's.
    pub server: Option<String>,
    /// A PEM file with the certificate authority of that server.
    pub ca_file: Option<String>,
}

/// How one logs in over SSH.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum SshLogin {
    /// The keys of the running agent.
    Agent,
    /// A key file; its passphrase, if any, is kept as a secret.
    Key,
    /// A password, kept as a secret.
    Password,
    /// None is asked for, as with public services.
    None,
}

/// For SSH.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct SshSettings {
    /// Name or address of the server.
    pub host: String,
    /// Usually 22.
    pub port: u16,
    /// The user there.
    pub user: String,
    /// How one logs in.
    pub login: SshLogin,
    /// For `key`.
    pub key_file: Option<String>,
    /// Where the server listens for us; empty: where it likes.
    pub bind_host: String,
    /// The port there.
    pub bind_port: u16,
    /// The server's key as it was first seen, an OpenSSH public key; nothing: it is pinned at the next connection.
    pub host_key: Option<String>,
    /// The public address; nothing: the server says it.
    pub public_url: Option<String>,
}

/// For cloudflared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct CloudflaredSettings {
    /// Where the program is; nothing: as the system finds it.
    pub program: Option<String>,
    /// A tunnel of one's own account, whose token is kept as a secret; else a quick one with a changing address.
    pub named: bool,
    /// The public name of the named tunnel.
    pub hostname: Option<String>,
}

/// For an own address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct OwnSettings {
    /// `https://hooks.example.com`
    pub url: String,
}

impl WayName {
    /// All ways.
    pub const ALL: [WayName; 5] = [
        WayName::Off,
        WayName::Ngrok,
        WayName::Ssh,
        WayName::Cloudflared,
        WayName::Own,
    ];

    /// As it stands in settings, logs and the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            WayName::Off => "off",
            WayName::Ngrok => "ngrok",
            WayName::Ssh => "ssh",
            WayName::Cloudflared => "cloudflared",
            WayName::Own => "own",
        }
    }

    /// The way of a name.
    pub fn parse(name: &str) -> Option<WayName> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    /// Under which name the way's secret is kept.
    pub fn secret_name(self) -> String {
        format!("reach-{}", self.name())
    }
}

impl Default for ReachSettings {
    fn default() -> Self {
        ReachSettings {
            way: WayName::Off,
            ngrok: NgrokSettings::default(),
            ssh: SshSettings::default(),
            cloudflared: CloudflaredSettings::default(),
            own: OwnSettings::default(),
        }
    }
}

impl Default for SshSettings {
    fn default() -> Self {
        SshSettings {
            host: String::new(),
            port: 22,
            user: String::new(),
            login: SshLogin::Agent,
            key_file: None,
            bind_host: "localhost".to_owned(),
            bind_port: 8080,
            host_key: None,
            public_url: None,
        }
    }
}

impl ReachSettings {
    /// Without the spaces and empty texts that a form leaves behind.
    pub fn trimmed(mut self) -> ReachSettings {
        let text = |text: &mut String| *text = text.trim().to_owned();
        let maybe = |text: &mut Option<String>| {
            *text = text
                .take()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        };
        for field in [
            &mut self.ngrok.domain,
            &mut self.ngrok.server,
            &mut self.ngrok.ca_file,
        ] {
            maybe(field);
        }
        for field in [&mut self.ssh.host, &mut self.ssh.user, &mut self.ssh.bind_host] {
            text(field);
        }
        for field in [
            &mut self.ssh.key_file,
            &mut self.ssh.host_key,
            &mut self.ssh.public_url,
        ] {
            maybe(field);
        }
        maybe(&mut self.cloudflared.program);
        maybe(&mut self.cloudflared.hostname);
        text(&mut self.own.url);
        self
    }
}
