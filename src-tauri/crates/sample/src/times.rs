//! When things happen in a space.

use crate::clock::{DAY, HOUR};
use crate::dice::Dice;
use nexwatch_nexudus::Ms;

/// How busy each hour of the day is, of 1000: doors in the morning, lunch, quiet nights.
const HOURS: [u64; 24] = [
    4, 2, 1, 1, 2, 6, 22, 66, 112, 108, 88, 76, 72, 74, 78, 72, 64, 58, 42, 22, 12, 8, 6, 4,
];

/// `count` moments between `from` and `to` in order, as a network of spaces causes them: few on weekends, most in
/// business hours (UTC). The same seed gives the same moments.
pub fn spread(seed: u64, from: Ms, to: Ms, count: usize) -> Vec<Ms> {
    let mut dice = Dice::new(seed ^ 0x7469_6D65);
    let days = ((to - from) / DAY).max(1);
    let mut moments: Vec<Ms> = (0..count)
        .map(|_| {
            let day = loop {
                let day = from + dice.within(0, days - 1) * DAY;
                // 1970-01-01 was a Thursday: 0 is Monday here.
                let weekday = (day.div_euclid(DAY) + 3).rem_euclid(7);
                if weekday < 5 || dice.percent(18) {
                    break day.div_euclid(DAY) * DAY;
                }
            };
            let mut at = dice.below(1_000);
            let hour = HOURS.iter().position(|share| {
                let here = at < *share;
                at = at.saturating_sub(*share);
                here
            });
            (day + hour.unwrap_or(9) as i64 * HOUR + dice.within(0, HOUR - 1)).clamp(from, to - 1)
        })
        .collect();
    moments.sort_unstable();
    moments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_lie_in_the_stretch_and_in_order() {
        let (from, to) = (1_700_000_000_000, 1_700_000_000_000 + 30 * DAY);
        let moments = spread(5, from, to, 5_000);
        assert_eq!(moments.len(), 5_000);
        assert!(moments.is_sorted());
        assert!(moments.iter().all(|at| (from..to).contains(at)));
        assert_eq!(moments, spread(5, from, to, 5_000));
        let night = moments.iter().filter(|at| (*at / HOUR) % 24 < 5).count();
        assert!(night < 250, "{night} of 5000 at night");
    }

    #[test]
    fn the_hours_share_the_whole_day() {
        assert_eq!(HOURS.iter().sum::<u64>(), 1_000);
    }
}
