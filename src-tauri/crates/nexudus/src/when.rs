//! When it happened: the act's own time, else `UpdatedOn`, else the arrival.

use crate::payload::Understood;
use crate::{Action, Entity, Ms, RepeatRule, Stamp};

/// A body's time counts if it lies at most this long before the arrival: the platform retries for hours.
const EARLIEST: Ms = 48 * 3_600_000;
/// … or this long after it: clocks differ.
const LATEST: Ms = 5 * 60_000;

/// Whether the act leaves its body as it was, so that body and `UpdatedOn` say nothing about it: check-in,
/// check-out and refused check-in with a customer body, access control, welcome e-mail, visitor notified.
fn leaves_its_body(action: &Action, entity: Entity) -> bool {
    match action.number() {
        Some(9 | 38 | 61) => true,
        Some(35..=37) => entity == Entity::Coworker,
        _ => false,
    }
}

/// The moment under which the event stands in the feed.
pub(crate) fn happened_at(
    action: &Action,
    entity: Entity,
    act: Option<Stamp>,
    updated_on: Option<Stamp>,
    received_at: Ms,
) -> Ms {
    if leaves_its_body(action, entity) || action.deletes() {
        return received_at;
    }
    let window = received_at.saturating_sub(EARLIEST)..=received_at.saturating_add(LATEST);
    [act, updated_on]
        .into_iter()
        .flatten()
        .map(Stamp::ms)
        .find(|ms| window.contains(ms))
        .unwrap_or(received_at)
}

/// How a second arrival is told from a second act.
pub(crate) fn repeat_rule(action: &Action, entity: Entity, entity_id: Option<i64>) -> RepeatRule {
    if leaves_its_body(action, entity) {
        RepeatRule::Brief
    } else if action.number().is_none() || entity_id.is_none() {
        RepeatRule::Doubtful
    } else {
        RepeatRule::Window
    }
}

impl Understood {
    pub(crate) fn act_time(&self) -> Option<Stamp> {
        self.act
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ms = 1_781_000_000_000;
    fn stamp(ago: Ms) -> Option<Stamp> {
        Some(Stamp((NOW - ago) * 10_000))
    }

    #[test]
    fn the_acts_own_time_then_updated_on_then_the_arrival() {
        let (paid, hour) = (Action::Known(21), 3_600_000);
        let at = |act, updated| happened_at(&paid, Entity::CoworkerInvoice, act, updated, NOW);
        assert_eq!(at(stamp(2 * hour), stamp(hour)), NOW - 2 * hour);
        assert_eq!(at(None, stamp(hour)), NOW - hour);
        assert_eq!(at(stamp(72 * hour), stamp(hour)), NOW - hour);
        assert_eq!(at(stamp(48 * hour), None), NOW - 48 * hour);
        assert_eq!(at(stamp(48 * hour + 1), None), NOW);
        assert_eq!(at(stamp(-LATEST), None), NOW + LATEST);
        assert_eq!(at(stamp(-LATEST - 1), None), NOW);
        assert_eq!(at(None, None), NOW);
    }

    #[test]
    fn bodies_that_the_act_does_not_change_say_nothing() {
        for number in [9, 38, 61, 35, 36, 37, 8, 17, 64] {
            let at = happened_at(
                &Action::Known(number),
                Entity::Coworker,
                stamp(9000),
                stamp(9000),
                NOW,
            );
            assert_eq!(at, NOW, "{number}");
        }
        for number in [35, 36, 47] {
            let at = happened_at(&Action::Known(number), Entity::Checkin, stamp(9000), None, NOW);
            assert_eq!(at, NOW - 9000, "{number}");
        }
    }

    #[test]
    fn rules_of_repeats() {
        let rule = |number, entity, id| repeat_rule(&Action::Known(number), entity, id);
        assert_eq!(rule(6, Entity::Booking, Some(1)), RepeatRule::Window);
        assert_eq!(rule(6, Entity::Booking, None), RepeatRule::Doubtful);
        assert_eq!(rule(36, Entity::Coworker, Some(1)), RepeatRule::Brief);
        assert_eq!(rule(36, Entity::Checkin, Some(1)), RepeatRule::Window);
        assert_eq!(rule(61, Entity::Coworker, Some(1)), RepeatRule::Brief);
        assert_eq!(
            repeat_rule(&Action::Other("X".into()), Entity::Booking, Some(1)),
            RepeatRule::Doubtful
        );
    }
}
