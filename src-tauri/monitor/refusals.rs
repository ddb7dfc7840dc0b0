//! Requests that were not acknowledged, for a person: in short, and the newest one with what to do about it.

use nexwatch_desk::protocol::LastRefusal;
use nexwatch_receive::{Reason, Refused};
use nexwatch_store::Refusal;
use std::sync::{Mutex, PoisonError};

/// Remembers the newest.
#[derive(Default)]
pub(crate) struct Refusals(Mutex<Option<(i64, Refused)>>);

impl Refusals {
    /// One was refused. Quick: asked on the listener's own threads.
    pub fn heard(&self, refused: &Refused) {
        tracing::debug!(reason = refused.reason.name(), "refused");
        // Nothing can be learnt from a connection that broke off or gave way.
        if matches!(refused.reason, Reason::BrokenOff | Reason::Evicted) {
            return;
        }
        let at = jiff::Timestamp::now().as_millisecond();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, refused.clone()));
    }

    /// The newest.
    pub fn last(&self) -> Option<LastRefusal> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        last.map(|(at, refused)| explained(at, refused))
    }
}

fn explained(at: i64, refused: Refused) -> LastRefusal {
    let (reason, message, remedy) = match (refused.reason, refused.signature) {
        (Reason::Signature | Reason::Unproven, Some(Refusal::Missing)) => (
            "signature-missing",
            "A delivery came without a signature: no shared secret is set in Nexudus.",
            "In Nexudus, open Settings > Integrations > Webhooks and enter the shared secret for this location.",
        ),
        (Reason::Signature | Reason::Unproven, Some(Refusal::Malformed)) => (
            "signature-malformed",
            "A delivery came with a signature that is none: it was not made by Nexudus, or something on the way changed it.",
            "If this goes on, check what stands between Nexudus and this computer.",
        ),
        (Reason::Signature | Reason::Unproven, Some(Refusal::Ambiguous)) => (
            "signature-ambiguous",
            "A delivery came with several signatures that differ.",
            "Something between Nexudus and this computer adds headers: let it pass requests on unchanged.",
        ),
        (Reason::Signature | Reason::Unproven, _) => (
            "signature-wrong",
            "A delivery’s signature does not match: the shared secret in Nexudus is another one, or the body was changed on the way.",
            "Enter the same shared secret here and in Nexudus. The delivery is kept in quarantine and is released as soon as its secret is here.",
        ),
        (Reason::NotFound, _) => (
            "wrong-address",
            "A request came to an address that is not the hook’s: its key is wrong or was replaced.",
            "Compare the webhook’s address in Nexudus with the one shown here.",
        ),
        (Reason::Method, _) => (
            "method",
            "Somebody opened the hook’s address in a browser. That works, but only deliveries are taken there.",
            "",
        ),
        (Reason::BodyTooLarge | Reason::HeadTooLarge, _) => (
            "too-large",
            "A delivery was larger than the limit.",
            "Raise the limit in Settings, under Listener.",
        ),
        (Reason::TooSlow, _) => (
            "too-slow",
            "A delivery was not complete in time.",
            "Nexudus sends it again. If this goes on, the line is too slow.",
        ),
        (Reason::Store, _) => (
            "store",
            "A delivery could not be written to the database.",
            "See “Database” below. Nexudus sends it again.",
        ),
        (Reason::Keys, _) => (
            "keys",
            "The shared secrets cannot be read, so that no delivery can be checked.",
            "Unlock the keychain. Nexudus sends again meanwhile.",
        ),
        (Reason::NotHttp | Reason::BrokenOff | Reason::Busy | Reason::Evicted, _) => (
            "other",
            "A request could not be taken.",
            "Nexudus sends it again if it was one of its own.",
        ),
    };
    LastRefusal {
        at,
        reason: reason.to_owned(),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
        action: refused.action,
    }
}

/// Why a request was not acknowledged, in short.
pub(crate) fn in_short(reason: Reason) -> &'static str {
    match reason {
        Reason::Signature => "signature wrong or missing (401)",
        Reason::Unproven => "signature wrong, secret not proved yet (202)",
        Reason::NotFound => "wrong address (404)",
        Reason::Method => "not a POST (405)",
        Reason::BodyTooLarge => "body too large (413)",
        Reason::HeadTooLarge => "headers too large (431)",
        Reason::TooSlow => "too slow (408)",
        Reason::NotHttp => "not HTTP (400)",
        Reason::BrokenOff => "broken off by the sender",
        Reason::Busy => "too much at once (503)",
        Reason::Store => "database cannot write (503)",
        Reason::Keys => "secrets cannot be read (503)",
        Reason::Evicted => "closed for want of room",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_and_the_newest_is_remembered() {
        let refusals = Refusals::default();
        assert!(refusals.last().is_none());
        let refused = |reason, signature| Refused {
            reason,
            signature,
            location: None,
            action: Some("BookingCreate".into()),
            quarantined: None,
        };
        for reason in Reason::ALL {
            let told = explained(5, refused(reason, None));
            assert!(told.message.ends_with('.') && !told.reason.is_empty(), "{told:?}");
            assert!(!in_short(reason).is_empty());
        }
        refusals.heard(&refused(Reason::Unproven, Some(Refusal::Missing)));
        refusals.heard(&refused(Reason::BrokenOff, None));
        let last = refusals.last().unwrap();
        assert_eq!(
            (last.reason.as_str(), last.action.as_deref()),
            ("signature-missing", Some("BookingCreate"))
        );
    }
}
