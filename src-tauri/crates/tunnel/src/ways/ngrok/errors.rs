//! ngrok's refusals in plain sentences, each with what the person does about it.
//!
//! The codes are those of ngrok.com/docs/errors; which are tried again, and how, is our choice. The service's own
//! text is not shown: it is written for its command line, and may quote what was entered.

use crate::{Class, Field, Trouble};
use futures_rustls::rustls::{CertificateError, Error as TlsError};
use ngrok::prelude::*;
use ngrok::session::ConnectError;
use ngrok::tunnel::AcceptError;
use std::io::{Error as IoError, ErrorKind};

/// Codes that mean the same to a person.
struct Row {
    codes: &'static [u16],
    class: Class,
    field: Option<Field>,
    message: &'static str,
    remedy: &'static str,
}

const fn row(
    codes: &'static [u16],
    class: Class,
    field: Option<Field>,
    message: &'static str,
    remedy: &'static str,
) -> Row {
    Row {
        codes,
        class,
        field,
        message,
        remedy,
    }
}

use Class::{Busy, Network, Settings, Stopped};
use Field::{Authtoken, Domain, Way};

/// Every code that we know. 200s and 300s come at start, 700s and 3200s from the self-test (see `check`).
const ROWS: &[Row] = &[
    row(
        &[105],
        Settings,
        Some(Authtoken),
        "This is not an authtoken of ngrok's.",
        "Copy the whole authtoken from dashboard.ngrok.com, \"Your Authtoken\"; an API key is something else.",
    ),
    row(
        &[106],
        Settings,
        Some(Authtoken),
        "This authtoken is of an old kind that ngrok no longer takes.",
        "Make a new authtoken on dashboard.ngrok.com and enter it.",
    ),
    row(
        &[107],
        Settings,
        Some(Authtoken),
        "ngrok does not know this authtoken: it was revoked, or is not copied whole.",
        "Copy the authtoken from dashboard.ngrok.com, \"Your Authtoken\", and enter it again.",
    ),
    row(
        &[4018],
        Settings,
        Some(Authtoken),
        "ngrok needs an authtoken, and none is entered.",
        "Sign up at ngrok.com (it is free), copy \"Your Authtoken\" from the dashboard and enter it.",
    ),
    row(
        &[102, 103, 337, 338],
        Settings,
        None,
        "ngrok has suspended this account, or a payment is due.",
        "Sign in at dashboard.ngrok.com and see what it says there, then press Retry now.",
    ),
    row(
        &[115, 116, 316],
        Settings,
        None,
        "A rule of the ngrok account does not allow it from this computer or with this authtoken.",
        "Ask who looks after the account to allow this computer's address and this authtoken.",
    ),
    row(
        &[119, 120, 121],
        Settings,
        None,
        "ngrok no longer speaks with this version of Nexwatch.",
        "Update Nexwatch.",
    ),
    row(
        &[123, 382],
        Settings,
        None,
        "The e-mail address of the ngrok account is not confirmed.",
        "Click the link in ngrok's e-mail (or have it sent again on dashboard.ngrok.com), then press Retry now.",
    ),
    row(
        &[313, 314],
        Settings,
        Some(Domain),
        "A name of one's own is not part of this ngrok plan.",
        "Leave the domain empty to use the one that comes with the account, or change the plan at ngrok.com.",
    ),
    row(
        &[318, 319],
        Settings,
        Some(Domain),
        "This domain is not reserved for the ngrok account.",
        "Reserve it on dashboard.ngrok.com under Domains, or leave the domain empty to use the account's own.",
    ),
    row(
        &[320],
        Settings,
        Some(Domain),
        "This domain belongs to another ngrok account.",
        "Enter the authtoken of that account, or leave the domain empty to use the one of this account.",
    ),
    row(
        &[322, 326, 327, 328, 329, 330, 331, 347, 354, 355],
        Settings,
        Some(Domain),
        "ngrok does not take this domain.",
        "Copy it from dashboard.ngrok.com, Domains, without https:// in front, or leave it empty.",
    ),
    row(
        &[363, 364, 9016],
        Settings,
        None,
        "A setting of the ngrok account asks for webhook verification that it cannot do.",
        "Switch webhook verification off on dashboard.ngrok.com: Nexwatch checks the signatures itself.",
    ),
    row(
        &[9009],
        Settings,
        None,
        "Reaching ngrok through a proxy is not part of this ngrok plan.",
        "Connect this computer without the proxy, or change the plan at ngrok.com.",
    ),
    row(
        &[108],
        Busy,
        None,
        "The ngrok account is already connected from as many places as its plan allows.",
        "Close ngrok on the other computers; an old session of this one ends by itself within a minute.",
    ),
    row(
        &[324, 348, 349, 350, 351],
        Busy,
        None,
        "The ngrok account already has as many addresses online as its plan allows.",
        "Stop what else runs on this account; an old session of this computer ends by itself within a minute.",
    ),
    row(
        &[334],
        Busy,
        None,
        "This address is already online elsewhere: on another computer, or in an old session of this one.",
        "Close Nexwatch (or ngrok) on the other computer; an old session ends by itself within a minute.",
    ),
];

/// A refusal with its code, e.g. `ERR_NGROK_107`.
pub(super) fn of_code(code: &str) -> Trouble {
    let number = code
        .strip_prefix("ERR_NGROK_")
        .and_then(|number| number.parse().ok());
    let known = number.and_then(|number| ROWS.iter().find(|row| row.codes.contains(&number)));
    if let Some(row) = known {
        let trouble = Trouble::new(row.class, code, row.message, row.remedy);
        return Trouble {
            field: row.field,
            ..trouble
        };
    }
    let page = code.to_ascii_lowercase();
    match number {
        // Refusals of what was asked for: asking again changes nothing.
        Some(100..=399 | 9_000..=9_999) => Trouble::new(
            Settings,
            code,
            format!("ngrok refused: {code}."),
            format!("Read ngrok.com/docs/errors/{page}, mend it, then press Retry now."),
        ),
        _ => Trouble::new(
            Network,
            code,
            format!("ngrok's service has trouble: {code}."),
            format!(
                "Nothing to do at first, it is tried again by itself; else read ngrok.com/docs/errors/{page}."
            ),
        ),
    }
}

/// Why a session could not be had.
pub(super) fn of_connect(error: &ConnectError, server: &str) -> Trouble {
    if let Some(code) = error.error_code() {
        return of_code(code);
    }
    match error {
        ConnectError::Tls(error) => of_tls(error, server),
        ConnectError::Tcp(error) if error.kind() == ErrorKind::TimedOut => unreachable(
            format!("ngrok's server ({server}) does not answer."),
            "Check the internet connection, and that no firewall blocks it; it is tried again by itself.",
        ),
        ConnectError::Tcp(_) => unreachable(
            format!("ngrok's server ({server}) cannot be reached."),
            "Check the internet connection, and that no firewall blocks it; it is tried again by itself.",
        ),
        _ => unreachable(
            format!("ngrok's server ({server}) ended the connection while it was being set up."),
            "Nothing to do: it is tried again by itself.",
        ),
    }
}

fn unreachable(message: String, remedy: &str) -> Trouble {
    Trouble::new(Network, "network", message, remedy)
}

/// A certificate that is not right may be a hotel's sign-in page, so it is tried again.
fn of_tls(error: &IoError, server: &str) -> Trouble {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
    let Some(TlsError::InvalidCertificate(why)) = inner else {
        return unreachable(
            format!("ngrok's server ({server}) ended the connection while it was being set up."),
            "Nothing to do: it is tried again by itself.",
        );
    };
    match why {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => Trouble::new(
            Network,
            "clock",
            format!("The certificate of ngrok's server ({server}) is not valid at this computer's time."),
            "Set this computer's clock right; it is tried again by itself.",
        ),
        _ => Trouble::new(
            Network,
            "certificate",
            format!("Who answers as ngrok's server ({server}) is not vouched for: something stands in between."),
            "Sign in to the network if it asks for that; behind a company's proxy, enter the file of its authority (CA).",
        )
        .about(Field::CaFile),
    }
}

/// Why the tunnel gives no more streams.
pub(super) fn of_accept(error: &AcceptError, server: &str) -> Trouble {
    match error {
        AcceptError::ListenerClosed { error_code, .. } => stopped(error_code.as_deref()),
        AcceptError::Reconnect(error) => of_connect(error, server),
        _ => line_lost(),
    }
}

/// Stopped on purpose, on ngrok's dashboard.
pub(super) fn stopped(code: Option<&str>) -> Trouble {
    Trouble::new(
        Stopped,
        code.unwrap_or("ngrok-stopped"),
        "The tunnel was stopped on ngrok's dashboard.",
        "Press Retry now when it may run again.",
    )
    .about(Way)
}

/// Restarted on purpose, on ngrok's dashboard.
pub(super) fn restarted() -> Trouble {
    Trouble::new(
        Network,
        "ngrok-restart",
        "The tunnel is restarted from ngrok's dashboard.",
        "Nothing to do: it comes back by itself.",
    )
}

/// Lost without a reason given.
pub(super) fn line_lost() -> Trouble {
    unreachable(
        "The connection to ngrok was lost.".to_owned(),
        "Nothing to do: it is taken up again by itself as soon as the network is there.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_code_has_one_row() {
        let mut seen = HashSet::new();
        for code in ROWS.iter().flat_map(|row| row.codes) {
            assert!(seen.insert(code), "{code} twice");
        }
    }

    #[test]
    fn each_row_is_two_sentences() {
        for row in ROWS {
            for text in [row.message, row.remedy] {
                assert!(text.ends_with('.') && !text.contains("  "), "{text}");
                assert!(text.len() < 130, "long: {text}");
            }
        }
    }

    #[test]
    fn codes_have_the_class_and_the_setting_they_should() {
        let setting = |code: &str| {
            let trouble = of_code(code);
            (trouble.class, trouble.field)
        };
        for (code, class, field) in [
            ("ERR_NGROK_105", Settings, Some(Authtoken)),
            ("ERR_NGROK_107", Settings, Some(Authtoken)),
            ("ERR_NGROK_4018", Settings, Some(Authtoken)),
            ("ERR_NGROK_320", Settings, Some(Domain)),
            ("ERR_NGROK_108", Busy, None),
            ("ERR_NGROK_334", Busy, None),
            ("ERR_NGROK_382", Settings, None),
            // Unknown ones: a refusal is not tried again, trouble of the service is.
            ("ERR_NGROK_399", Settings, None),
            ("ERR_NGROK_9999", Settings, None),
            ("ERR_NGROK_3004", Network, None),
            ("nonsense", Network, None),
        ] {
            assert_eq!(setting(code), (class, field), "{code}");
            assert_eq!(of_code(code).code, code);
        }
    }

    #[test]
    fn a_wrong_clock_is_told_from_a_stranger() {
        let tls = |why| ConnectError::Tls(IoError::other(TlsError::InvalidCertificate(why)));
        let clock = of_connect(&tls(CertificateError::Expired), "s");
        assert_eq!((clock.code.as_str(), clock.class), ("clock", Network));
        let stranger = of_connect(&tls(CertificateError::UnknownIssuer), "s");
        assert_eq!(stranger.field, Some(Field::CaFile));
        let cut = of_connect(&ConnectError::Tls(ErrorKind::UnexpectedEof.into()), "s");
        assert_eq!(cut.code, "network");
    }
}
