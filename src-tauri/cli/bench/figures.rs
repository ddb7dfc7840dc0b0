//! What was measured.

use super::machine::Machine;
use super::{exporting, ingest, query, set};

/// All figures of a run.
pub(super) struct Figures {
    /// Of what.
    pub machine: Machine,
    /// What makes them worthless.
    pub warnings: Vec<String>,
    /// Deliveries.
    pub ingest: Option<ingest::Measured>,
    /// The set that was asked and exported.
    pub set: Option<set::About>,
    /// Questions.
    pub query: Option<Vec<query::Line>>,
    /// CSV.
    pub export: Option<exporting::Line>,
}

impl Figures {
    /// Nothing measured yet.
    pub fn new(machine: Machine, warnings: Vec<String>) -> Figures {
        Figures {
            machine,
            warnings,
            ingest: None,
            set: None,
            query: None,
            export: None,
        }
    }
}

/// The median; sorts. 0 of nothing.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

/// The median of one figure of several measurements.
pub(super) fn median_of<T>(of: &[T], figure: impl Fn(&T) -> f64) -> f64 {
    median(&mut of.iter().map(figure).collect::<Vec<_>>())
}

/// The least value that so many percent do not exceed. The values are sorted; 0 of nothing.
pub(super) fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let rank = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles() {
        assert_eq!(median(&mut []), 0.0);
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0]), 2.5);
        assert_eq!(median_of(&[(1, 5.0), (2, 7.0), (3, 6.0)], |pair| pair.1), 6.0);
        let sorted: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!(percentile(&sorted, 50.0), 100.0);
        assert_eq!(percentile(&sorted, 99.0), 198.0);
        assert_eq!(percentile(&[7.0], 99.0), 7.0);
        assert_eq!(percentile(&[], 50.0), 0.0);
    }
}
