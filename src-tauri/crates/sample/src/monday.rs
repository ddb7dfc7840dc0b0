//! The scenario of a busy Monday, from the first door at 07:00 to the last lamp at 19:00.

use crate::clock::{HOUR, MINUTE, SECOND};
use crate::dice::{Dice, Guid};
use crate::platform::Booking;
use crate::{Delivery, Platform};
use nexwatch_nexudus::Ms;

/// One line of the day's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Milliseconds after 07:00.
    pub at: Ms,
    /// What the platform does.
    pub act: Act,
}

/// What the platform does at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Something happens: this action.
    Do(u8),
    /// Week n of the repeat series of bookings.
    Series(i64),
    /// The delivery of an earlier step once more, byte for byte: its answer came too late.
    Again(usize),
    /// Something happens, and its delivery fails on the way: nothing is sent yet.
    Fail(u8),
    /// The delivery that failed at an earlier step is tried again, hours later.
    Late(usize),
}

/// The plan and the platform that performs it. Steps are performed in order; bodies bear the moment that the
/// caller passes in, so the day may be played at any speed.
pub struct Monday {
    platform: Platform,
    plan: Vec<Step>,
    sent: Vec<Option<Delivery>>,
    series: Guid,
    first: Option<Booking>,
}

/// From 07:00 to 19:00.
const LENGTH: Ms = 12 * HOUR;

impl Monday {
    /// A Monday that begins at `start`; the same seed makes the same plan.
    pub fn new(seed: u64, start: Ms) -> Monday {
        let mut dice = Dice::new(seed ^ 0x4D6F_6E64_6179);
        let plan = plan(&mut dice);
        let series = dice.guid();
        Monday {
            platform: Platform::new(seed, start),
            sent: vec![None; plan.len()],
            plan,
            series,
            first: None,
        }
    }

    /// The day's plan in order of time.
    pub fn plan(&self) -> &[Step] {
        &self.plan
    }

    /// How long the day is, in milliseconds.
    pub const fn length() -> Ms {
        LENGTH
    }

    /// Performs a step at `now`. `None`: nothing reaches the receiver (the delivery failed on its way).
    pub fn perform(&mut self, step: usize, now: Ms) -> Option<Delivery> {
        let act = self.plan.get(step)?.act;
        match act {
            Act::Do(action) => {
                let delivery = self.platform.make(action, None, now);
                self.sent[step] = Some(delivery.clone());
                Some(delivery)
            }
            Act::Series(week) => {
                let (booking, made) =
                    self.platform
                        .booking_of_series(self.series, self.first.take(), week, now);
                // Every week counts from the first one.
                self.first = Some(Booking {
                    from: booking.from - week * 7 * 24 * HOUR,
                    to: booking.to - week * 7 * 24 * HOUR,
                    number: booking.number - week,
                    ..booking
                });
                Some(self.platform.deliver(6, made))
            }
            Act::Again(earlier) | Act::Late(earlier) => self.sent.get(earlier).cloned().flatten(),
            Act::Fail(action) => {
                self.sent[step] = Some(self.platform.make(action, None, now));
                None
            }
        }
    }
}

/// How often each action comes over the day and when: action, count, from, to (minutes after 07:00).
const DAY: &[(u8, u64, i64, i64)] = &[
    // Arrivals at the door: a wave until ten, another after lunch; those who leave.
    (47, 90, 15, 170),
    (36, 60, 15, 170),
    (61, 60, 10, 180),
    (47, 35, 350, 430),
    (48, 30, 290, 350),
    (48, 95, 540, 715),
    (35, 50, 540, 715),
    // Refused.
    (63, 14, 20, 200),
    (37, 6, 20, 200),
    (63, 6, 400, 600),
    // Visitors.
    (42, 30, 0, 500),
    (41, 26, 60, 600),
    (38, 26, 60, 600),
    (64, 2, 200, 600),
    // Post.
    (52, 22, 120, 240),
    (53, 10, 130, 400),
    (51, 25, 100, 650),
    // Rooms.
    (6, 70, 10, 700),
    (7, 44, 30, 710),
    (8, 12, 30, 700),
    // Money: invoices of the week at eight, most paid, some not.
    (16, 40, 60, 75),
    (21, 22, 80, 300),
    (22, 9, 80, 300),
    (65, 22, 80, 300),
    (24, 4, 100, 500),
    (23, 4, 100, 600),
    (68, 14, 60, 690),
    // Customers and contracts.
    (2, 16, 60, 680),
    (3, 4, 120, 600),
    (9, 4, 125, 605),
    (62, 3, 130, 610),
    (10, 3, 131, 611),
    (11, 2, 200, 600),
    (90, 3, 90, 500),
    // People talk.
    (45, 8, 60, 600),
    (46, 12, 70, 700),
    (39, 3, 90, 600),
    (40, 8, 100, 700),
    (30, 10, 60, 700),
    (28, 8, 100, 650),
    (4, 1, 30, 90),
    (31, 2, 60, 600),
    (54, 1, 200, 500),
    (55, 2, 250, 650),
    (73, 2, 130, 615),
    (58, 2, 150, 600),
    (12, 5, 0, 20),
];

fn plan(dice: &mut Dice) -> Vec<Step> {
    let mut plan: Vec<Step> = Vec::new();
    for (action, count, from, to) in DAY {
        for _ in 0..*count {
            plan.push(Step {
                at: dice.within(from * MINUTE, to * MINUTE),
                act: Act::Do(*action),
            });
        }
    }
    // Half past nine: someone books a room for every Monday of a quarter.
    for week in 0..12 {
        plan.push(Step {
            at: 150 * MINUTE + week * 2 * SECOND,
            act: Act::Series(week),
        });
    }
    // Ten o'clock: a change of a team's contract lets the platform recompute everyone's access.
    for n in 0..150 {
        plan.push(Step {
            at: 180 * MINUTE + n * 400,
            act: Act::Do(61),
        });
    }
    plan.sort_by_key(|step| step.at);
    with_failures(dice, plan)
}

/// Adds what goes wrong on the way: answers that came too late (the same bytes again), and deliveries that arrive
/// hours after what they tell of.
fn with_failures(dice: &mut Dice, mut plan: Vec<Step>) -> Vec<Step> {
    let mut later: Vec<(usize, Ms, bool)> = Vec::new();
    for (place, step) in plan.iter_mut().enumerate() {
        if let Act::Do(action) = step.act {
            if step.at < 8 * HOUR && dice.below(240) == 0 {
                step.act = Act::Fail(action);
                later.push((place, step.at + dice.within(HOUR, 3 * HOUR), true));
            } else if dice.below(40) == 0 {
                later.push((place, step.at + dice.within(5 * SECOND, 90 * SECOND), false));
            }
        }
    }
    if !later.iter().any(|(_, _, late)| *late)
        && let Some((place, step)) = plan
            .iter_mut()
            .enumerate()
            .find(|(_, step)| step.act == Act::Do(16))
    {
        step.act = Act::Fail(16);
        later.retain(|(known, _, _)| *known != place);
        later.push((place, step.at + 2 * HOUR, true));
    }
    // Places in the plan move when steps are put between: so put them in first, then renumber.
    let mut marked: Vec<(Option<usize>, Step)> = plan
        .into_iter()
        .enumerate()
        .map(|(place, step)| (Some(place), step))
        .collect();
    for (place, at, late) in later {
        let act = if late { Act::Late(place) } else { Act::Again(place) };
        marked.push((
            None,
            Step {
                at: at.min(LENGTH),
                act,
            },
        ));
    }
    marked.sort_by_key(|(_, step)| step.at);
    let mut moved = vec![0; marked.len()];
    for (now, (was, _)) in marked.iter().enumerate() {
        if let Some(was) = was {
            moved[*was] = now;
        }
    }
    marked
        .into_iter()
        .map(|(_, step)| {
            let act = match step.act {
                Act::Again(was) => Act::Again(moved[was]),
                Act::Late(was) => Act::Late(moved[was]),
                act => act,
            };
            Step { at: step.at, act }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Ms = 1_780_902_000_000;

    #[test]
    fn a_monday_has_retries_late_ones_a_series_and_a_storm() {
        for seed in 1..20 {
            let mut monday = Monday::new(seed, START);
            let plan = monday.plan().to_vec();
            assert!(plan.is_sorted_by_key(|step| step.at));
            assert!(plan.iter().all(|step| (0..=LENGTH).contains(&step.at)));
            let mut sent: Vec<Option<Delivery>> = Vec::new();
            for (place, step) in plan.iter().enumerate() {
                sent.push(monday.perform(place, START + step.at));
                match step.act {
                    Act::Again(earlier) => assert_eq!(sent[place], sent[earlier]),
                    Act::Late(earlier) => {
                        assert!(sent[earlier].is_none(), "it failed the first time");
                        assert!(sent[place].is_some(), "and arrives now");
                    }
                    Act::Fail(_) => assert!(sent[place].is_none()),
                    _ => assert!(sent[place].is_some()),
                }
            }
            assert!(
                plan.iter().any(|step| matches!(step.act, Act::Late(_))),
                "seed {seed}"
            );
            assert!(
                plan.iter().any(|step| matches!(step.act, Act::Again(_))),
                "seed {seed}"
            );
            assert_eq!(
                plan.iter()
                    .filter(|step| matches!(step.act, Act::Series(_)))
                    .count(),
                12
            );
        }
    }

    #[test]
    fn a_series_is_one_room_a_week_apart() {
        let mut monday = Monday::new(3, START);
        let plan = monday.plan().to_vec();
        let mut weeks = Vec::new();
        for (place, step) in plan.iter().enumerate() {
            let delivery = monday.perform(place, START + step.at);
            if let (Act::Series(_), Some(delivery)) = (step.act, delivery) {
                let body: serde_json::Value = serde_json::from_slice(&delivery.body).expect("JSON");
                weeks.push(body[0].clone());
            }
        }
        assert_eq!(weeks.len(), 12);
        for week in &weeks {
            assert_eq!(week["RepeatSeriesUniqueId"], weeks[0]["RepeatSeriesUniqueId"]);
            assert_eq!(week["ResourceId"], weeks[0]["ResourceId"]);
            assert_eq!(week["CoworkerId"], weeks[0]["CoworkerId"]);
        }
        let mut ids: Vec<i64> = weeks.iter().filter_map(|week| week["Id"].as_i64()).collect();
        ids.dedup();
        assert_eq!(ids.len(), 12);
        let mut from: Vec<&str> = weeks
            .iter()
            .filter_map(|week| week["FromTime"].as_str())
            .collect();
        assert!(from.is_sorted());
        from.dedup();
        assert_eq!(from.len(), 12);
    }
}
