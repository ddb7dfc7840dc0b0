//! Where deliveries go, and what signs them.

use anyhow::Context as _;
use nexwatch_nexudus::Action;
use nexwatch_nexudus::signature::Key;
use nexwatch_sample::Delivery;
use nexwatch_settings::{ActiveSecret, Secrets, Settings, running};
use std::path::Path;

/// A receiver's address as a person gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Url {
    /// `host:port`.
    host: String,
    /// From the first slash on.
    path: String,
}

/// What was given as the receiver: a sample can be sent to fewer addresses than a kept delivery.
#[derive(Clone, Debug)]
pub(super) struct To {
    /// As it was given.
    pub text: String,
    /// Where a sample goes, or why it cannot.
    pub url: Result<Url, String>,
}

impl To {
    /// Where a sample goes.
    pub fn url(&self) -> Option<&Url> {
        self.url.as_ref().ok()
    }
}

/// Takes what was given; what is wrong with it is said once it is known what is to be sent.
pub(super) fn to(text: &str) -> Result<To, std::convert::Infallible> {
    Ok(To {
        text: text.to_owned(),
        url: url(text),
    })
}

/// Reads an address, or says what is wrong with it.
pub(super) fn url(text: &str) -> Result<Url, String> {
    // Braces stand for something here, but not in the grammar of addresses.
    let bare = text.replace(['{', '}'], "_");
    let uri: http::Uri = bare
        .parse()
        .map_err(|_| "it is not a URL: write e.g. http://127.0.0.1:7397/hooks/KEY".to_owned())?;
    match uri.scheme_str() {
        Some("http") => {}
        Some("https") => {
            return Err(
                "https is not spoken here: send to the receiver itself, e.g. http://127.0.0.1:7397/hooks/KEY"
                    .to_owned(),
            );
        }
        _ => return Err("it has to begin with http://, e.g. http://127.0.0.1:7397/hooks/KEY".to_owned()),
    }
    let authority = uri.authority().ok_or("it names no host")?;
    if authority.as_str().contains('@') {
        return Err("user names and passwords in a URL are not sent".to_owned());
    }
    let host = format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80));
    let after = text.split_once("://").map_or("", |(_, rest)| rest);
    let path = after.find(['/', '?']).map_or("", |slash| &after[slash..]);
    let path = path.split('#').next().unwrap_or_default();
    Ok(Url {
        host,
        path: if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        },
    })
}

impl Url {
    /// The parts of a hook of ours, `/hooks/KEY[/ACTION[/LOCATION]]`.
    fn hook(&self) -> Option<(&str, Option<&str>, Option<&str>)> {
        let mut parts = self.path.trim_end_matches('/').split('/').skip(1);
        let hook = (parts.next()? == "hooks").then(|| parts.next())??;
        let found = (hook, parts.next(), parts.next());
        (parts.next().is_none() && !self.path.contains(['?', '{'])).then_some(found)
    }

    /// The action that a hook's address names already.
    pub fn action(&self) -> Option<Action> {
        let action = Action::parse(self.hook()?.1?);
        action.number().is_some().then_some(action)
    }

    /// The location that a hook's address names already.
    pub fn location(&self) -> Option<i64> {
        self.hook()?.2?.parse().ok()
    }

    fn path(&self, delivery: &Delivery) -> String {
        match self.hook() {
            Some((_, None, None)) => delivery.path(&self.path),
            _ => self
                .path
                .replace("{action}", &delivery.action.name())
                .replace(
                    "{number}",
                    &delivery.action.number().map_or(String::new(), |n| n.to_string()),
                )
                .replace("{location}", &delivery.location.to_string()),
        }
    }
}

/// What signs.
pub(super) enum Signing {
    /// Nothing.
    None,
    /// One secret, whatever the location.
    With(Box<Key>),
    /// The secrets of a data folder.
    Folder(Vec<ActiveSecret>),
}

impl Signing {
    /// The secrets of a data folder; none where there is no folder yet.
    pub fn of(folder: &Path) -> anyhow::Result<Signing> {
        Ok(match Settings::load(folder)? {
            Some(settings) => {
                let now = jiff::Timestamp::now().as_millisecond();
                let mut secrets = Secrets::of(folder, &settings.installation).active(now)?;
                secrets.retain(|secret| secret.info.until.is_none());
                Signing::Folder(secrets)
            }
            None => Signing::None,
        })
    }

    /// The secret with which a location's deliveries are signed: its own, else the general one.
    pub fn key(&self, location: i64) -> Option<&Key> {
        match self {
            Signing::None => None,
            Signing::With(key) => Some(key),
            Signing::Folder(secrets) => secrets
                .iter()
                .find(|secret| secret.info.location == Some(location))
                .or_else(|| secrets.iter().find(|secret| secret.info.location.is_none()))
                .map(|secret| &secret.key),
        }
    }
}

/// Where deliveries go and how.
pub(super) struct Target {
    url: Url,
    /// What signs.
    pub signing: Signing,
    /// Marks them as samples; only for our own listener.
    pub mark: Option<String>,
}

impl Target {
    /// The receiver named, or the Nexwatch that runs on the data folder; signed as asked, else by the folder's secrets.
    pub fn choose(folder: &Path, to: Option<&Url>, signing: Option<Signing>) -> anyhow::Result<Target> {
        let settings = Settings::load(folder)?;
        let signing = match signing {
            Some(signing) => signing,
            None => Signing::of(folder).context("the shared secret cannot be read")?,
        };
        let own = settings.as_ref();
        if let Some(url) = to {
            let ours = own.filter(|own| url.hook().is_some_and(|(key, ..)| key == own.hook_key));
            return Ok(Target {
                url: url.clone(),
                signing,
                mark: ours.map(|own| own.installation.clone()),
            });
        }
        let elsewhere = "or name a receiver with --to URL";
        let settings = own.with_context(|| {
            format!(
                "there is no Nexwatch in {} yet: start it first (`nexwatch serve`, or the window), {elsewhere}",
                folder.display()
            )
        })?;
        let listen = running(folder).and_then(|note| note.listen).with_context(|| {
            format!(
                "nothing listens for {}: start Nexwatch (`nexwatch serve`, or the window), {elsewhere}",
                folder.display()
            )
        })?;
        Ok(Target {
            url: Url {
                host: listen,
                path: format!("/hooks/{}", settings.hook_key),
            },
            signing,
            mark: Some(settings.installation.clone()),
        })
    }

    /// `host:port`.
    pub fn host(&self) -> &str {
        &self.url.host
    }

    /// The path for a delivery.
    pub fn path(&self, delivery: &Delivery) -> String {
        self.url.path(delivery)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booking() -> Delivery {
        Delivery {
            action: Action::Known(6),
            location: 77,
            body: b"[]".to_vec(),
        }
    }

    #[test]
    fn a_hook_of_ours_gets_action_and_location() {
        for (given, path) in [
            ("http://127.0.0.1:7397/hooks/abc", "/hooks/abc/BookingCreate/77"),
            ("http://127.0.0.1:7397/hooks/abc/", "/hooks/abc/BookingCreate/77"),
            ("http://127.0.0.1:7397/hooks/abc/8", "/hooks/abc/8"),
            ("http://127.0.0.1:7397/hooks/abc/8/9", "/hooks/abc/8/9"),
            ("http://localhost/in", "/in"),
            ("http://localhost", "/"),
            ("http://localhost?q=1", "/?q=1"),
            (
                "http://localhost/in/{action}/{number}?at={location}",
                "/in/BookingCreate/6?at=77",
            ),
        ] {
            assert_eq!(url(given).unwrap().path(&booking()), path, "{given}");
        }
        assert_eq!(url("http://localhost/x").unwrap().host, "localhost:80");
        assert_eq!(url("http://[::1]:99/x").unwrap().host, "[::1]:99");
    }

    #[test]
    fn what_a_hook_names_already_is_taken() {
        let named = url("http://127.0.0.1:1/hooks/abc/BookingDelete/12").unwrap();
        assert_eq!(
            (named.action(), named.location()),
            (Some(Action::Known(8)), Some(12))
        );
        let bare = url("http://127.0.0.1:1/hooks/abc").unwrap();
        assert_eq!((bare.action(), bare.location()), (None, None));
    }

    #[test]
    fn wrong_addresses_say_what_would_be_right() {
        for (given, says) in [
            ("https://example.com/hooks/x", "https is not spoken here"),
            ("example.com/hooks/x", "http://"),
            ("ftp://example.com", "http://"),
            ("http://", "not a URL"),
            ("http://a:b@localhost/", "passwords"),
            ("", "not a URL"),
        ] {
            let error = url(given).unwrap_err();
            assert!(error.contains(says), "{given}: {error}");
        }
    }
}
