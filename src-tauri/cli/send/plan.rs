//! What is sent, and when.

use nexwatch_nexudus::{Action, Ms};
use nexwatch_sample::{Delivery, Monday, Platform};
use std::time::Duration;

/// The deliveries to come.
pub(super) enum Plan {
    /// What a space does, or one of the chosen actions after another.
    Ordinary {
        platform: Box<Platform>,
        actions: Vec<Action>,
        location: Option<i64>,
        count: Option<u64>,
        rate: Option<f64>,
        made: u64,
    },
    /// The scenario.
    Monday {
        monday: Box<Monday>,
        next: usize,
        speed: f64,
    },
}

/// A number above 0.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err("it has to be a number above 0".to_owned()),
    }
}

impl Plan {
    /// `count` deliveries (or without end) at a rate (or without pause), of any action when none is chosen.
    pub fn ordinary(
        seed: u64,
        start: Ms,
        actions: Vec<Action>,
        location: Option<i64>,
        count: Option<u64>,
        rate: Option<f64>,
    ) -> Plan {
        Plan::Ordinary {
            platform: Box::new(Platform::new(seed, start)),
            actions,
            location,
            count,
            rate,
            made: 0,
        }
    }

    /// The Monday, so many times faster than life.
    pub fn monday(monday: Monday, speed: f64) -> Plan {
        Plan::Monday {
            monday: Box::new(monday),
            next: 0,
            speed,
        }
    }

    /// How many there will be, where that is known.
    pub fn count(&self) -> Option<u64> {
        match self {
            Plan::Ordinary { count, .. } => *count,
            Plan::Monday { .. } => None,
        }
    }

    /// When the next one is due, from the start; nothing when there is none.
    pub fn due(&self) -> Option<Duration> {
        match self {
            Plan::Ordinary {
                count, rate, made, ..
            } => count
                .is_none_or(|count| *made < count)
                .then(|| rate.map_or(Duration::ZERO, |rate| far(*made as f64 / rate))),
            Plan::Monday { monday, next, speed } => monday
                .plan()
                .get(*next)
                .map(|step| far(step.at.max(0) as f64 / 1_000.0 / speed)),
        }
    }

    /// Makes the next one as of `now`; nothing when there is none, or when this step of the scenario reaches nobody.
    pub fn make(&mut self, now: Ms) -> Option<Delivery> {
        self.due()?;
        match self {
            Plan::Ordinary {
                platform,
                actions,
                location,
                made,
                ..
            } => {
                let turn = *made;
                *made += 1;
                match (actions.as_slice(), &location) {
                    ([], None) => Some(platform.next(now)),
                    ([], Some(_)) => {
                        // The mix of an ordinary day, but all of it here.
                        let action = platform.next(now).action;
                        platform.next_of(&action, *location, now)
                    }
                    (some, _) => {
                        let index = usize::try_from(turn % some.len() as u64).unwrap_or(0);
                        platform.next_of(&some[index], *location, now)
                    }
                }
            }
            Plan::Monday { monday, next, .. } => {
                let step = *next;
                *next += 1;
                monday.perform(step, now)
            }
        }
    }
}

fn far(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ms = 1_781_000_000_000;

    #[test]
    fn a_rate_places_each_at_its_time_and_a_count_ends_it() {
        let mut plan = Plan::ordinary(1, NOW, Vec::new(), None, Some(3), Some(4.0));
        let mut due = Vec::new();
        while let Some(at) = plan.due() {
            due.push(at.as_millis());
            assert!(plan.make(NOW).is_some());
        }
        assert_eq!(due, [0, 250, 500]);
        assert_eq!(plan.make(NOW), None);
    }

    #[test]
    fn chosen_actions_take_turns_at_a_chosen_location() {
        let actions = vec![Action::Known(6), Action::Known(16)];
        let mut plan = Plan::ordinary(1, NOW, actions, Some(77), Some(4), None);
        let made: Vec<_> = std::iter::from_fn(|| plan.make(NOW))
            .map(|delivery| (delivery.action.number(), delivery.location))
            .collect();
        assert_eq!(
            made,
            [(Some(6), 77), (Some(16), 77), (Some(6), 77), (Some(16), 77)]
        );
        let mut plan = Plan::ordinary(1, NOW, Vec::new(), Some(77), Some(50), None);
        let made: Vec<_> = std::iter::from_fn(|| plan.make(NOW)).collect();
        assert_eq!(made.len(), 50);
        assert!(made.iter().all(|delivery| delivery.location == 77));
        assert!(made.iter().any(|delivery| delivery.action != made[0].action));
    }

    #[test]
    fn a_monday_of_twelve_hours_takes_two_minutes() {
        let mut plan = Plan::monday(Monday::new(5, NOW), 360.0);
        let (mut last, mut made) = (Duration::ZERO, 0);
        while let Some(at) = plan.due() {
            assert!(at >= last && at <= Duration::from_secs(120), "{at:?}");
            last = at;
            made += usize::from(plan.make(NOW).is_some());
        }
        assert!(made > 1_000, "{made}");
        assert!(last > Duration::from_secs(115), "{last:?}");
    }

    #[test]
    fn only_numbers_above_nothing_are_rates() {
        assert_eq!(positive("2.5"), Ok(2.5));
        for wrong in ["0", "-1", "NaN", "inf", "fast", ""] {
            assert!(positive(wrong).is_err(), "{wrong}");
        }
    }
}
