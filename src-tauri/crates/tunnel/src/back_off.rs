//! How long to wait before the next try.

use crate::{BackOff, Class, Steps};
use std::time::Duration;

impl Steps {
    /// The wait after so many failures (from 1): doubled each time up to the longest, of which 50 to 100 % count.
    pub fn wait(&self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(20);
        let whole = self.first.saturating_mul(1 << doublings).min(self.longest);
        whole.mul_f64(rand::random_range(0.5..=1.0))
    }
}

impl BackOff {
    /// The steps of a class; `None` where nothing is tried again by itself.
    pub(crate) fn steps(&self, class: Class) -> Option<Steps> {
        match class {
            Class::Network => Some(self.network),
            Class::Busy => Some(self.busy),
            Class::Settings | Class::Stopped => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let steps = BackOff::default().network;
        for (failures, most) in [(1, 500), (2, 1_000), (3, 2_000), (7, 30_000), (u32::MAX, 30_000)] {
            let most = Duration::from_millis(most);
            for _ in 0..50 {
                let wait = steps.wait(failures);
                assert!(wait >= most / 2 && wait <= most, "{failures}: {wait:?}");
            }
        }
    }

    #[test]
    fn waits_differ() {
        let steps = BackOff::default().busy;
        let first = steps.wait(1);
        assert!((0..50).any(|_| steps.wait(1) != first));
    }

    #[test]
    fn what_a_person_must_mend_is_not_tried_again() {
        let back_off = BackOff::default();
        assert_eq!(back_off.steps(Class::Settings), None);
        assert_eq!(back_off.steps(Class::Stopped), None);
    }
}
