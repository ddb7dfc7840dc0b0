//! What a self-test that did not come back says about the way: which part is broken, and what a person does.

use super::{Broken, Part};
use http::StatusCode;
use http::response::Parts;
use std::io;
use tokio_rustls::rustls::{CertificateError, Error as TlsError};

const BY_ITSELF: &str = "Nothing to do at first, it is repeated by itself; if it stays, restart the tunnel.";

/// It is no address.
pub(super) fn no_address(url: &str) -> Broken {
    Broken::new(
        Part::Address,
        "url",
        format!("\"{url}\" is not an address that can be asked."),
        "Correct the public address in the settings.",
    )
}

/// This computer has no network.
pub(super) fn offline() -> Broken {
    Broken::new(
        Part::Internet,
        "offline",
        "This computer is not connected to any network.",
        "Connect it; as soon as the network is back, the tunnel is too.",
    )
}

/// Nobody knows the name.
pub(super) fn unknown_name(host: &str) -> Broken {
    Broken::new(
        Part::Address,
        "dns",
        format!("The name {host} is not known: its DNS entry is missing, or too new to have gone round."),
        "Check the name and its DNS entry; a new one may take some minutes.",
    )
}

/// The listener of this program is not there.
pub(super) fn deaf() -> Broken {
    Broken::new(
        Part::Listener,
        "refused",
        "Nothing listens where the address leads: the listener of this program is down, or has another port.",
        "Check the listener's port in the settings and in whatever leads there, then restart Nexwatch.",
    )
}

/// Nothing listens at the public address.
pub(super) fn refused(host: &str) -> Broken {
    Broken::new(
        Part::Address,
        "refused",
        format!("{host} refuses connections: nothing listens there."),
        "Start what serves this address (the reverse proxy, the router's forwarding), or correct the address.",
    )
}

/// Nobody answers there.
pub(super) fn unreachable(host: &str) -> Broken {
    Broken::new(
        Part::Address,
        "unreachable",
        format!("{host} cannot be reached: nobody answers there."),
        "Check the address and its firewall; behind some routers it can only be reached from outside, which is fine.",
    )
}

/// Somebody is there, but hangs up.
pub(super) fn silent(host: &str) -> Broken {
    Broken::new(
        Part::Tunnel,
        "hung-up",
        format!("{host} ended the connection without an answer."),
        BY_ITSELF,
    )
}

/// The connection could not be encrypted.
pub(super) fn of_tls(host: &str, error: &io::Error) -> Broken {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
    let broken = |code, message: String, remedy| Broken::new(Part::Tls, code, message, remedy);
    match inner {
        Some(TlsError::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        )) => broken(
            "certificate-expired",
            format!("The certificate of {host} has run out, or this computer's clock is wrong."),
            "Check the clock; if it is right, have the certificate renewed.",
        ),
        Some(TlsError::InvalidCertificate(
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
        )) => broken(
            "certificate-early",
            format!("The certificate of {host} is not valid yet by this computer's clock."),
            "Set the clock right.",
        ),
        Some(TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => broken(
            "certificate-name",
            format!("The certificate shown is not for {host}."),
            "Have a certificate made for this name, or correct the address.",
        ),
        Some(TlsError::InvalidCertificate(_)) => broken(
            "certificate",
            format!("Nobody vouches for the certificate of {host}."),
            "Have a certificate made by a public authority, e.g. Let's Encrypt: Nexudus accepts no other.",
        ),
        _ => broken(
            "tls",
            format!("{host} does not speak TLS as it should."),
            "Check that this port serves https.",
        ),
    }
}

/// Somebody answered, but not as only this program can.
pub(super) fn of_answer(host: &str, head: &Parts, body: &[u8]) -> Broken {
    let code = head
        .headers
        .get("ngrok-error-code")
        .and_then(|code| code.to_str().ok());
    if let Some(code) = code {
        return of_ngrok(host, code);
    }
    if let Some(code) = cloudflare(body) {
        return of_cloudflare(host, code);
    }
    let number = head.status.as_u16();
    let http = format!("http-{number}");
    match head.status {
        StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => Broken::new(
            Part::Tunnel,
            &http,
            format!("{host} answers, but does not get through to this program ({number})."),
            "Check where it leads to: it must be the address of this program's listener.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => Broken::new(
            Part::Listener,
            &http,
            "The listener cannot take anything at the moment (503).",
            "See what the window says of the database and the disk.",
        ),
        StatusCode::TOO_MANY_REQUESTS => Broken::new(
            Part::Plan,
            &http,
            format!("{host} takes no more requests for now (429)."),
            "Wait a while; if it comes again, choose a plan with a higher limit.",
        ),
        StatusCode::NOT_FOUND => Broken::new(
            Part::Path,
            &http,
            format!("Somebody answers at {host}, but knows nothing of the hook's path (404)."),
            "Check that the address leads to this program's listener with its path unchanged.",
        ),
        status if status.is_redirection() || matches!(number, 401 | 403) => Broken::new(
            Part::Path,
            &http,
            format!(
                "Something in front of {host} wants visitors to sign in or sends them elsewhere ({number})."
            ),
            "Let requests to /hooks/ through without signing in.",
        ),
        StatusCode::ACCEPTED => Broken::new(
            Part::Path,
            "another-nexwatch",
            format!("Another Nexwatch answers at {host}."),
            "Close the other one, or give each an address of its own.",
        ),
        _ => Broken::new(
            Part::Path,
            &http,
            format!("Another program answers at {host} ({number})."),
            "Check that the address leads to this program's listener.",
        ),
    }
}

/// What ngrok's edge says in its own name; codes as in ngrok.com/docs/errors.
fn of_ngrok(host: &str, code: &str) -> Broken {
    let number: u32 = code
        .strip_prefix("ERR_NGROK_")
        .and_then(|number| number.parse().ok())
        .unwrap_or(0);
    match number {
        700..=799 => Broken::new(
            Part::Plan,
            code,
            format!(
                "The limit of the ngrok plan is reached ({code}): nothing gets through until it begins anew."
            ),
            "See dashboard.ngrok.com, Usage; a bigger plan, or another way to be reachable, helps at once.",
        ),
        3_200 => Broken::new(
            Part::Tunnel,
            code,
            format!("ngrok says that {host} is offline, though we are connected ({code})."),
            "Nothing to do: a fresh session is opened by itself.",
        ),
        3_000..=3_099 | 8_012 => Broken::new(
            Part::Tunnel,
            code,
            format!("ngrok does not get through to this program ({code})."),
            BY_ITSELF,
        ),
        6_024 => Broken::new(
            Part::Path,
            code,
            format!("ngrok shows its warning page instead of letting requests through ({code})."),
            "Report this: webhooks should not be shown it.",
        ),
        _ => Broken::new(
            Part::Tunnel,
            code,
            format!("ngrok answers in place of this program ({code})."),
            format!("Read ngrok.com/docs/errors/{}.", code.to_ascii_lowercase()),
        ),
    }
}

/// Cloudflare's own code, from a body that is nothing but `error code: 1033`.
fn cloudflare(body: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(body).ok()?.trim();
    text.strip_prefix("error code:")?.trim().parse().ok()
}

/// Codes as in developers.cloudflare.com, "Cloudflare 1xxx errors" and "Cloudflare 5xx errors".
fn of_cloudflare(host: &str, code: u16) -> Broken {
    let word = format!("cloudflare-{code}");
    match code {
        1_033 | 530 => Broken::new(
            Part::Tunnel,
            &word,
            format!("Cloudflare has no connection to the tunnel of {host} ({code})."),
            BY_ITSELF,
        ),
        1_015 => Broken::new(
            Part::Plan,
            &word,
            format!("Cloudflare takes no more requests for {host} for now ({code})."),
            "Wait a while; if it comes again, loosen the rate limiting rules on Cloudflare's dashboard.",
        ),
        1_000..=1_032 => Broken::new(
            Part::Address,
            &word,
            format!("Cloudflare does not serve {host} ({code})."),
            "Check the public host name of the tunnel on Cloudflare's dashboard.",
        ),
        _ => Broken::new(
            Part::Tunnel,
            &word,
            format!("Cloudflare does not get through to this program ({code})."),
            "Check that the tunnel's service on Cloudflare's dashboard is the address of this program's listener.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Response;

    fn judged(status: u16, ngrok: Option<&str>, body: &str) -> (Part, String) {
        let mut answer = Response::builder().status(status);
        if let Some(code) = ngrok {
            answer = answer.header("ngrok-error-code", code);
        }
        let (head, ()) = answer.body(()).unwrap().into_parts();
        let broken = of_answer("x.test", &head, body.as_bytes());
        assert!(
            broken.message.ends_with('.') && broken.remedy.ends_with('.'),
            "{broken:?}"
        );
        (broken.part, broken.code)
    }

    #[test]
    fn each_answer_names_the_part() {
        for (status, ngrok, body, part, code) in [
            (404, Some("ERR_NGROK_3200"), "", Part::Tunnel, "ERR_NGROK_3200"),
            (502, Some("ERR_NGROK_3004"), "", Part::Tunnel, "ERR_NGROK_3004"),
            (429, Some("ERR_NGROK_727"), "", Part::Plan, "ERR_NGROK_727"),
            (403, Some("ERR_NGROK_725"), "", Part::Plan, "ERR_NGROK_725"),
            (511, Some("ERR_NGROK_6024"), "", Part::Path, "ERR_NGROK_6024"),
            (400, Some("rubbish"), "", Part::Tunnel, "rubbish"),
            (530, None, "error code: 1033", Part::Tunnel, "cloudflare-1033"),
            (502, None, "error code: 502", Part::Tunnel, "cloudflare-502"),
            (429, None, "error code: 1015", Part::Plan, "cloudflare-1015"),
            (409, None, "error code: 1001", Part::Address, "cloudflare-1001"),
            (502, None, "", Part::Tunnel, "http-502"),
            (503, None, "", Part::Listener, "http-503"),
            (404, None, "not found", Part::Path, "http-404"),
            (302, None, "", Part::Path, "http-302"),
            (401, None, "", Part::Path, "http-401"),
            (202, None, "", Part::Path, "another-nexwatch"),
            (200, None, "<html>", Part::Path, "http-200"),
            (500, None, "", Part::Path, "http-500"),
        ] {
            assert_eq!(judged(status, ngrok, body), (part, code.to_owned()), "{status}");
        }
    }
}
