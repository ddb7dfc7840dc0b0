//! Which action: as a person types it.

use nexwatch_nexudus::Action;

/// The documented action of a name, number or label; else what may have been meant.
pub(super) fn parse(text: &str) -> Result<Action, String> {
    match Action::parse(text) {
        action @ Action::Known(_) => Ok(action),
        _ => Err(unknown(text)),
    }
}

fn unknown(text: &str) -> String {
    let near = near(text);
    if near.is_empty() {
        return "it is none of the platform's 89 actions: write e.g. BookingCreate or 6".to_owned();
    }
    format!(
        "it is none of the platform's 89 actions; did you mean {}?",
        near.join(", ")
    )
}

/// At most three names that look like it, the likest first.
fn near(text: &str) -> Vec<String> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<(f64, String)> = Action::all()
        .map(|action| action.name())
        .map(|name| (likeness(&name.to_lowercase(), &wanted), name))
        .filter(|(like, _)| *like > 0.75)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().take(3).map(|(_, name)| name).collect()
}

/// 0 to 1. A name that holds what was typed is like it, however long it is.
fn likeness(name: &str, wanted: &str) -> f64 {
    let whole = strsim::jaro_winkler(name, wanted);
    if wanted.len() >= 3 && name.contains(wanted) {
        whole.max(0.9)
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_a_number_or_a_label_is_an_action() {
        for text in ["BookingCreate", "bookingcreate", "6"] {
            assert_eq!(parse(text), Ok(Action::Known(6)));
        }
    }

    #[test]
    fn what_is_unknown_brings_the_nearest_names() {
        assert!(parse("BokingCreate").unwrap_err().contains("mean BookingCreate"));
        assert!(
            parse("NewBooking").unwrap_err().contains("Booking"),
            "{}",
            parse("NewBooking").unwrap_err()
        );
        assert!(
            parse("invoicepaid").unwrap_err().contains("Invoice"),
            "{}",
            parse("invoicepaid").unwrap_err()
        );
        for nothing in ["", "91", "0", "zzzz", "Booking?"] {
            let error = parse(nothing).unwrap_err();
            assert!(error.contains("89 actions"), "{error}");
        }
    }
}
