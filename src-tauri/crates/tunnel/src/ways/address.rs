//! The public address as a person enters it.

use crate::{Class, Field, Trouble};
use url::{Host, Url};

/// Reads a public address: `https://name` without a path; a name alone is taken for one. Plain `http` is good for
/// this computer only: what a webhook carries is nobody else's business, and the platform asks for https.
pub(crate) fn parse(text: &str) -> Result<String, Trouble> {
    let text = text.trim();
    let whole = match text.contains("://") {
        true => text.to_owned(),
        false => format!("https://{text}"),
    };
    let wrong = |message: String| {
        Trouble::new(
            Class::Settings,
            "url",
            message,
            "Enter it as https://name, as the world sees it, without the hook's path.",
        )
        .about(Field::Url)
    };
    if text.is_empty() {
        return Err(wrong("No public address is entered.".to_owned()));
    }
    // Not shown again: it may be a secret.
    if text.contains('@') {
        return Err(wrong(
            "The address must not hold a name or a password.".to_owned(),
        ));
    }
    let url = Url::parse(&whole).map_err(|_| wrong(format!("\"{text}\" is not an address.")))?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(wrong(format!("\"{text}\" names no computer."))),
    };
    match url.scheme() {
        "https" => {}
        "http" if local => tracing::warn!(
            "the public address leads to this computer itself, unencrypted: for trying out only"
        ),
        "http" => {
            return Err(wrong(format!(
                "\"{text}\" is not encrypted: names and payments would be read by whoever is in between."
            )));
        }
        scheme => return Err(wrong(format!("\"{scheme}\" is not how the web is reached."))),
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong(format!("\"{text}\" has something after the name.")));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_leads_somewhere() {
        for (text, read) in [
            ("https://hooks.example.com", "https://hooks.example.com"),
            (" hooks.example.com/ ", "https://hooks.example.com"),
            (
                "https://Hooks.Example.com:8443/",
                "https://hooks.example.com:8443",
            ),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:8080", "http://localhost:8080"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest_with_a_reason() {
        for text in [
            "",
            "https://",
            "http://hooks.example.com",
            "ftp://hooks.example.com",
            "https://hooks.example.com/hooks/abc",
            "https://hooks.example.com/?a=b",
            "https://me:secret@hooks.example.com",
            "https://me:secret@two words",
            "https://two words",
        ] {
            let why = parse(text).unwrap_err();
            assert_eq!(
                (why.class, why.field),
                (Class::Settings, Some(Field::Url)),
                "{text}"
            );
            assert!(!why.message.contains("secret"), "{}", why.message);
        }
    }
}
