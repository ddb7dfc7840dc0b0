//! `nexwatch query --amounts`: what the amounts come to.

use crate::cli::output::plain;
use nexwatch_feed::{AmountSum, Total};
use nexwatch_nexudus::Voice;
use serde_json::json;

/// One JSON object.
pub(super) fn json(sum: &AmountSum, voice: &Voice) -> serde_json::Value {
    json!({
        "action": sum.action.name(),
        "label": sum.label(voice),
        "category": sum.action.category().slug(),
        "currency": sum.currency,
        "events": sum.events,
        "things": sum.things,
        "total": sum.sum().map(|total| total.to_string()),
        "both_sides": sum.total == Total::BothSides,
    })
}

/// A table, a line for each action and currency, and what it means.
pub(super) fn table(sums: &[AmountSum], voice: &Voice) -> Vec<String> {
    let mut rows = vec![["Action", "Events", "Counted", "Total"].map(str::to_owned)];
    rows.extend(sums.iter().map(|sum| {
        let total = match sum.total {
            Total::Sum(total) => voice.money(total, sum.currency.as_deref()),
            Total::BothSides => "debits and credits: not added up".to_owned(),
            Total::TooLarge => "too large to add up".to_owned(),
        };
        [
            plain(&sum.label(voice)),
            sum.events.to_string(),
            sum.things.to_string(),
            total,
        ]
    }));
    let widths: [usize; 4] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    let line = |row: &[String; 4]| {
        let [action, events, things, total] = row;
        let [wide, second, third, last] = widths;
        format!("{action:<wide$}  {events:>second$}  {things:>third$}  {total:>last$}")
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.push(String::new());
    lines.push(
        "For each action a thing counts once, with what its newest event of that action says. Actions overlap: one invoice is created, changed, and paid."
            .to_owned(),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_nexudus::{Action, Amount};

    fn sum(action: &str, currency: Option<&str>, total: Total) -> AmountSum {
        AmountSum {
            action: Action::parse(action),
            part: None,
            currency: currency.map(str::to_owned),
            events: 1_204,
            things: 7,
            total,
        }
    }

    #[test]
    fn a_table_has_straight_columns_whatever_actions_are_called() {
        let sums = [
            sum(
                "CoworkerInvoicePaid",
                Some("GBP"),
                Total::Sum(Amount::parse("12340.5").unwrap()),
            ),
            sum(
                "CoworkerInvoicePaid",
                Some("JPY"),
                Total::Sum(Amount::parse("-900").unwrap()),
            ),
            sum("Größe\u{1b}[31m", None, Total::TooLarge),
            sum("CoworkerInvoiceLedgerEntryCreate", Some("EUR"), Total::BothSides),
        ];
        let lines = table(&sums, &Voice::default());
        assert_eq!(
            lines[..5],
            [
                "Action                Events  Counted                             Total",
                "Invoice paid in full    1204        7                        £12,340.50",
                "Invoice paid in full    1204        7                             -¥900",
                "Größe[31m               1204        7               too large to add up",
                "Ledger entry created    1204        7  debits and credits: not added up",
            ]
        );
        assert_eq!(json(&sums[1], &Voice::default())["total"], "-900.00");
        assert_eq!(json(&sums[3], &Voice::default())["both_sides"], true);
        assert!(json(&sums[2], &Voice::default())["total"].is_null());
    }
}
