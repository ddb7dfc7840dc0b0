//! Why the account did not answer what was asked.

use crate::outward::Trouble;
use http::StatusCode;
use nexwatch_nexudus::LexiconError;
use std::time::Duration;

/// Each is what is wrong and what to do, in a sentence or two. Nothing of e-mail, password or answer is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The line.
    #[error(transparent)]
    Line(#[from] Trouble),
    /// 401.
    #[error(
        "Nexudus does not accept this e-mail and password (401). Enter them again under Settings; an account with two-factor sign-in needs an administrator of its own without it."
    )]
    Unauthorized,
    /// 403.
    #[error(
        "Nexudus knows this administrator, but does not let them see this (403). Give the role the right to list webhooks, or use an unrestricted administrator."
    )]
    Forbidden,
    /// 409 with `Retry-After`, longer than one may wait.
    #[error("Nexudus takes no more requests for now: the account's limit is used up (409). Try again in {}.", in_words(*.after))]
    Throttled {
        /// From now on.
        after: Duration,
    },
    /// 404.
    #[error(
        "There is no account's interface at {host} (404). Correct the address under Settings; it is usually https://spaces.nexudus.com/api."
    )]
    NotThere {
        /// Where.
        host: String,
    },
    /// It sends one elsewhere, where the password must not go.
    #[error("{host} sends requests elsewhere ({}). The password is not sent there; correct the address under Settings.", .status.as_u16())]
    Elsewhere {
        /// Where.
        host: String,
        /// Which status.
        status: StatusCode,
    },
    /// 5xx.
    #[error("Nexudus has trouble of its own ({}). Nothing to do here; try again later.", .status.as_u16())]
    Theirs {
        /// Which status.
        status: StatusCode,
    },
    /// Any other status.
    #[error("Nexudus refused the question ({}). Check the address under Settings, and whether this Nexwatch is the newest.", .status.as_u16())]
    Refused {
        /// Which status.
        status: StatusCode,
    },
    /// A page for people.
    #[error(
        "{host} answered with a web page, not with data: something in between asks to sign in, or the address is wrong. Check both."
    )]
    WebPage {
        /// Who.
        host: String,
    },
    /// It breaks off.
    #[error("The answer of {host} broke off in the middle. Try again; if it stays, the line is bad.")]
    BrokenOff {
        /// Whose.
        host: String,
    },
    /// More than can be.
    #[error("The answer of {host} is larger than {} MiB, which no honest one is. Check the address under Settings.", .most >> 20)]
    TooLarge {
        /// Whose.
        host: String,
        /// Bytes that are taken.
        most: usize,
    },
    /// JSON, or something like it, but not what was asked for.
    #[error(
        "The answer of {host} is not what was asked for: {why}. Check the address; if it is right, tell the makers of Nexwatch."
    )]
    Strange {
        /// Whose.
        host: String,
        /// What is the matter.
        why: LexiconError,
    },
    /// The password holds what no header can carry.
    #[error("This e-mail or password cannot be sent. Enter them again under Settings.")]
    Unsendable,
}

fn in_words(after: Duration) -> String {
    let seconds = after.as_secs().max(1);
    let (number, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7200 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_said_as_a_person_would() {
        for (seconds, said) in [
            (0, "1 second"),
            (1, "1 second"),
            (90, "90 seconds"),
            (121, "3 minutes"),
            (7200, "2 hours"),
        ] {
            assert_eq!(in_words(Duration::from_secs(seconds)), said);
        }
    }
}
