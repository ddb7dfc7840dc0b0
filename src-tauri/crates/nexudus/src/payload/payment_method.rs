//! A way in which a customer pays. It names the customer by the id only; its number is private, and `ToStringText` is that
//! number again.

use super::{Object, Understood, changed};
use crate::Saying;
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;

/// Who moves the money (a part of the platform's enum is documented), in words of the catalogue.
pub(super) const PROVIDER: &[(i64, &str, &str)] = &[
    (0, "None", ""),
    (2, "Stripe", "provider-stripe"),
    (11, "StripeACH", "provider-stripe-ach"),
    (12, "GoCardless", "provider-gocardless"),
    (13, "StripeBACS", "provider-stripe-bacs"),
    (94, "CreditNote", "provider-credit-note"),
    (96, "BankTransfer", "provider-transfer"),
    (97, "Cash", "provider-cash"),
    (98, "Check", "provider-cheque"),
    (99, "Other", ""),
];

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        88 => "payment-method-added",
        89 => "payment-method-removed",
        90 => "payment-method-changed",
        _ => "payment-method",
    };
    Understood {
        saying: Some(Saying::new(message).word("provider", provider(f))),
        person: object.customer(),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        learnt: [object.learnt_customer(), object.learnt_business()]
            .into_iter()
            .flatten()
            .collect(),
        searched: &["Notes"],
        ..Understood::default()
    }
}

fn provider(f: &Fields) -> Option<&'static str> {
    f.choice("RegularPaymentProvider", PROVIDER)
}

/// What follows from another card or account.
const CARD: &[&str] = &["CardNumber", "MethodId", "CustomerId", "MandateId"];

/// What an update did: another provider, another card. The numbers are never said.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[90]) {
        return None;
    }
    let f = object.fields;
    if let Some(after) = provider(f).filter(|_| update.of("RegularPaymentProvider")) {
        let saying = Saying::new("payment-method-provider")
            .word("before", provider(update.before))
            .word("after", Some(after));
        let told = &[CARD, &["RegularPaymentProvider"]].concat();
        return Some(changed::also(saying, update, told));
    }
    if update.of("CardNumber") && f.has("CardNumber") {
        let saying = Saying::new("payment-method-card").word("provider", provider(f));
        return Some(changed::also(saying, update, CARD));
    }
    Some(changed::list(
        "payment-method-fields",
        "payment-method-saved",
        update,
        &[],
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.choice("provider", "RegularPaymentProvider", PROVIDER);
    list.person("customer", &["CoworkerFullName"]);
    list.text("location", &["BusinessName"]);
    list.long("notes", &["Notes"]);
}
