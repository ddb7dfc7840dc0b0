//! What was measured.

use super::machine::Machine;
use super::{exporting, ingest, query, set, start};

/// All figures of a run.
pub(super) struct Figures {
    /// Of what.
    pub machine: Machine,
    /// What makes them worthless.
    pub warnings: Vec<String>,
    /// Deliveries.
    pub ingest: Option<ingest::Measured>,
    /// The sets that were asked and exported, the smallest first.
    pub sets: Vec<OfSet>,
    /// Files, of the largest set.
    pub export: Option<exporting::Line>,
}

/// Figures of one set.
pub(super) struct OfSet {
    /// The set.
    pub about: set::About,
    /// Questions.
    pub asked: Option<query::Asked>,
    /// The way to the first rows.
    pub start: Option<start::Start>,
}

impl Figures {
    /// Nothing measured yet.
    pub fn new(machine: Machine, warnings: Vec<String>) -> Figures {
        Figures {
            machine,
            warnings,
            ingest: None,
            sets: Vec::new(),
            export: None,
        }
    }

    /// Questions that were asked of every set: of each its line in every one, the smallest first.
    pub fn by_question(&self) -> Vec<Vec<&query::Line>> {
        let asked: Vec<&query::Asked> = self.sets.iter().filter_map(|set| set.asked.as_ref()).collect();
        let Some(first) = asked.first() else {
            return Vec::new();
        };
        let of = |name: &str| -> Option<Vec<&query::Line>> {
            asked
                .iter()
                .map(|asked| asked.lines.iter().find(|line| line.name == name))
                .collect()
        };
        first.lines.iter().filter_map(|line| of(&line.name)).collect()
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
