//! The platform's state, and what it does next.

use crate::Delivery;
use crate::clock::HOUR;
use crate::dice::{Dice, Guid};
use crate::people::{self, Customer};
use crate::places::PLACES;
use nexwatch_nexudus::{Action, Ms};
use std::collections::VecDeque;

/// How big the network is and how long its bodies are.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Customers, at least 1.
    pub customers: usize,
    /// Lengthen free text so that bodies come to about this many bytes on average; `None`: as they are.
    pub mean_bytes: Option<usize>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            customers: 400,
            mean_bytes: None,
        }
    }
}

/// A network of coworking spaces. What it has made it remembers: a booking is changed or deleted later under its
/// own id, who came in goes out, an invoice is paid or its payment fails.
pub struct Platform {
    pub(crate) dice: Dice,
    pub(crate) customers: Vec<Customer>,
    pub(crate) bookings: VecDeque<Booking>,
    pub(crate) checkins: VecDeque<Checkin>,
    pub(crate) visits: VecDeque<Visit>,
    pub(crate) invoices: VecDeque<Invoice>,
    pub(crate) things: VecDeque<(u8, Thing)>,
    pub(crate) serial: i64,
    pub(crate) mean_bytes: Option<usize>,
    pub(crate) made: usize,
    pub(crate) made_bytes: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Booking {
    pub(crate) thing: Thing,
    pub(crate) room: usize,
    pub(crate) from: Ms,
    pub(crate) to: Ms,
    pub(crate) number: i64,
    pub(crate) series: Option<Guid>,
    pub(crate) notes: Option<String>,
    pub(crate) checked_in: Option<Ms>,
}

#[derive(Clone, Debug)]
pub(crate) struct Checkin {
    pub(crate) thing: Thing,
    pub(crate) pass: Guid,
    pub(crate) from: Ms,
    pub(crate) source: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) thing: Thing,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) company: Option<String>,
    pub(crate) phone: String,
    pub(crate) expected: Ms,
    pub(crate) code: i64,
    pub(crate) reason: &'static str,
    pub(crate) notes: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Invoice {
    pub(crate) thing: Thing,
    pub(crate) number: String,
    pub(crate) total: i64,
    pub(crate) description: String,
    pub(crate) paid: Option<Ms>,
}

/// What everything has: an id, an owner, a beginning, and words.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) id: i64,
    pub(crate) guid: Guid,
    /// Index of the customer.
    pub(crate) who: usize,
    pub(crate) created: Ms,
    pub(crate) text: String,
}

/// How many of a kind are remembered: older ones are left alone.
const REMEMBERED: usize = 2_000;

/// How often each action comes in ordinary business, of 1000. Every one of the 89 comes.
const ORDINARY: &[(u8, u64)] = &[
    (61, 120),
    (47, 96),
    (48, 74),
    (36, 60),
    (35, 44),
    (63, 16),
    (37, 8),
    (49, 2),
    (6, 104),
    (7, 58),
    (8, 20),
    (42, 36),
    (41, 34),
    (38, 26),
    (64, 4),
    (52, 20),
    (53, 10),
    (16, 24),
    (21, 26),
    (23, 14),
    (22, 8),
    (24, 8),
    (15, 3),
    (18, 14),
    (17, 1),
    (19, 2),
    (20, 3),
    (65, 22),
    (66, 1),
    (67, 2),
    (68, 10),
    (69, 3),
    (70, 1),
    (88, 2),
    (89, 1),
    (90, 1),
    (2, 22),
    (3, 8),
    (50, 1),
    (9, 6),
    (10, 5),
    (11, 3),
    (12, 10),
    (13, 3),
    (14, 3),
    (60, 6),
    (62, 5),
    (77, 1),
    (45, 9),
    (46, 12),
    (51, 14),
    (54, 2),
    (55, 3),
    (56, 1),
    (57, 1),
    (58, 4),
    (59, 1),
    (25, 2),
    (26, 2),
    (44, 1),
    (28, 5),
    (29, 2),
    (27, 1),
    (39, 2),
    (40, 4),
    (30, 3),
    (85, 1),
    (86, 1),
    (87, 1),
    (4, 1),
    (5, 1),
    (43, 1),
    (31, 2),
    (32, 1),
    (33, 1),
    (34, 1),
    (71, 1),
    (72, 1),
    (73, 2),
    (74, 1),
    (75, 1),
    (76, 1),
    (78, 1),
    (79, 1),
    (80, 1),
    (81, 1),
    (82, 1),
    (83, 1),
    (84, 1),
];

impl Platform {
    /// A network as it stands at `start`, with the default options.
    pub fn new(seed: u64, start: Ms) -> Platform {
        Platform::with(seed, start, Options::default())
    }

    /// A network of a chosen size.
    pub fn with(seed: u64, start: Ms, options: Options) -> Platform {
        let mut dice = Dice::new(seed);
        let customers = (0..options.customers.max(1))
            .map(|n| people::customer(&mut dice, n, start))
            .collect::<Vec<_>>();
        Platform {
            dice,
            customers,
            bookings: VecDeque::new(),
            checkins: VecDeque::new(),
            visits: VecDeque::new(),
            invoices: VecDeque::new(),
            things: VecDeque::new(),
            serial: 0,
            mean_bytes: options.mean_bytes,
            made: 0,
            made_bytes: 0,
        }
    }

    /// The locations: id and name.
    pub fn locations() -> impl Iterator<Item = (i64, &'static str)> {
        PLACES.iter().map(|place| (place.id, place.name))
    }

    /// What the network does at `now`: any of the 89 actions, as often as a space does it.
    pub fn next(&mut self, now: Ms) -> Delivery {
        let total: u64 = ORDINARY.iter().map(|(_, share)| share).sum();
        let mut at = self.dice.below(total);
        for (action, share) in ORDINARY {
            if at < *share {
                let action = self.within_mean(*action);
                return self.make(action, None, now);
            }
            at -= share;
        }
        self.make(6, None, now)
    }

    /// The customer's body is twice as long as most: while the mean is above what is wanted, some of the noisy access
    /// control gives way to check-ins.
    fn within_mean(&mut self, action: u8) -> u8 {
        match (self.mean_bytes, action) {
            (Some(mean), 61 | 36 | 35 | 2) if self.made_bytes > self.made * mean => {
                *self.dice.pick(&[47, 48, 41])
            }
            _ => action,
        }
    }

    /// A chosen action, wherever it happens. `None` when the action is none of the 89 that the platform has.
    pub fn next_of(&mut self, action: &Action, location: Option<i64>, now: Ms) -> Option<Delivery> {
        let place = location.and_then(|id| PLACES.iter().position(|place| place.id == id));
        let mut delivery = match action {
            Action::Known(number) => self.make(*number, place, now),
            _ => return None,
        };
        // A location that the sample network does not have is still what the URL says.
        if let Some(id) = location {
            delivery.location = id;
        }
        Some(delivery)
    }

    /// A customer of a place (any place when `None`); a few cause most of the traffic. A place without customers
    /// gets one of another's.
    pub(crate) fn anyone(&mut self, place: Option<usize>) -> usize {
        let count = self.customers.len();
        let first = self.dice.skewed(count);
        (0..count)
            .map(|n| (first + n) % count)
            .find(|who| place.is_none_or(|place| self.customers[*who].place == place))
            .unwrap_or(first)
    }

    pub(crate) fn id(&mut self, base: i64) -> i64 {
        self.serial += 1;
        base + self.serial
    }

    pub(crate) fn thing(&mut self, base: i64, who: usize, now: Ms, text: String) -> Thing {
        Thing {
            id: self.id(base),
            guid: self.dice.guid(),
            who,
            created: now,
            text,
        }
    }

    /// Takes something remembered of a place that fits, in time's order or any.
    pub(crate) fn keep<T>(list: &mut VecDeque<T>, one: T) {
        if list.len() >= REMEMBERED {
            list.pop_front();
        }
        list.push_back(one);
    }

    /// Bytes of text to add so that the mean is kept.
    pub(crate) fn padding(&mut self, natural: usize) -> usize {
        let Some(mean) = self.mean_bytes else { return 0 };
        // Bodies are fuller of fields than of text: text makes up only for what the mix of actions leaves open.
        let wanted = (self.made + 1) * mean * 19 / 20;
        let room = wanted.saturating_sub(self.made_bytes + natural);
        // Spread over the next few bodies rather than one huge letter.
        room.min(2 * mean) * self.dice.within(20, 80) as usize / 100
    }

    /// Opening hours begin at 7 on the place's clock.
    pub(crate) fn full_hour(&mut self, now: Ms, ahead: i64) -> Ms {
        (now / HOUR + ahead) * HOUR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_business_has_every_action() {
        for action in 2..=90u8 {
            assert_eq!(
                ORDINARY.iter().filter(|(known, _)| *known == action).count(),
                1,
                "{action}"
            );
        }
    }
}
