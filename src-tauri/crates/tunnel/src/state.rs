//! What a tunnel is doing, and what is wrong with it.

/// Milliseconds since 1970, by the computer's clock.
pub type Ms = i64;

/// What a tunnel is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing: local only, or closed.
    Off,
    /// Being set up.
    Connecting {
        /// From 1; begins anew after a while online, and when a person asks.
        attempt: u32,
    },
    /// Up; if there is a self-test, none has failed since.
    Online {
        /// The public address.
        url: String,
        /// Since when.
        since: Ms,
    },
    /// Up as far as the tunnel knows, but the self-test did not come back.
    Degraded {
        /// The public address.
        url: String,
        /// Since when it is known.
        since: Ms,
        /// What broke.
        why: Trouble,
    },
    /// The line was lost and is being taken up again under the same address.
    Resuming {
        /// The public address, which stays.
        url: String,
        /// From 1.
        attempt: u32,
        /// How the line was lost, or why the try before failed.
        why: Trouble,
    },
    /// Not up; tried again at a set time.
    Waiting {
        /// How many tries have failed.
        attempt: u32,
        /// When the next one begins.
        next_try: Ms,
        /// Why the last one failed.
        why: Trouble,
    },
    /// Not up, and not tried again until a person has done something.
    Failed {
        /// What they must do.
        why: Trouble,
    },
}

impl State {
    /// The public address, in the states that have one.
    pub fn url(&self) -> Option<&str> {
        match self {
            State::Online { url, .. } | State::Degraded { url, .. } | State::Resuming { url, .. } => {
                Some(url)
            }
            _ => None,
        }
    }

    /// What is wrong, if something is.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            State::Degraded { why, .. }
            | State::Resuming { why, .. }
            | State::Waiting { why, .. }
            | State::Failed { why } => Some(why),
            _ => None,
        }
    }

    /// Deliveries get through, as far as is known.
    pub fn is_online(&self) -> bool {
        matches!(self, State::Online { .. })
    }
}

/// Which kind a failure is; it decides whether and when to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The line: tried again soon.
    Network,
    /// The far end is not ready for us, e.g. still holds our last session: tried again, slowly.
    Busy,
    /// Something entered is wrong: not tried again until it is changed.
    Settings,
    /// Somebody ended it on purpose elsewhere: not tried again by itself.
    Stopped,
}

/// The setting a trouble is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Which way.
    Way,
    /// ngrok's authtoken.
    Authtoken,
    /// ngrok's domain.
    Domain,
    /// ngrok's server.
    Server,
    /// The file of who vouches for ngrok's server.
    CaFile,
    /// The SSH server's name.
    Host,
    /// The SSH server's port.
    Port,
    /// Who logs in there.
    User,
    /// The private key's file or its passphrase.
    Key,
    /// The password.
    Password,
    /// The server's pinned key.
    HostKey,
    /// What the SSH server listens on.
    Bind,
    /// The public address.
    Url,
    /// cloudflared's file.
    Program,
    /// cloudflared's token.
    Token,
    /// The named tunnel's public host name.
    Hostname,
}

/// What is wrong, in words, and what a person does about it. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Whether and when it is tried again.
    pub class: Class,
    /// A stable word for programs, e.g. `ERR_NGROK_107`, `ssh-host-key-changed`, `cloudflared-not-found`, `network`.
    pub code: String,
    /// What is wrong: one plain sentence.
    pub message: String,
    /// What the person does: one sentence.
    pub remedy: String,
    /// The setting to open, if one helps.
    pub field: Option<Field>,
}

impl Trouble {
    /// A trouble without a setting.
    pub fn new(
        class: Class,
        code: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Trouble {
            class,
            code: code.into(),
            message: message.into(),
            remedy: remedy.into(),
            field: None,
        }
    }

    /// The same, about a setting.
    pub fn about(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.message, self.remedy)
    }
}
