//! One file a family of bodies. Each fills in a form with what the platform would know.

mod access;
mod billing;
mod booking;
mod customer;
mod inventory;
mod talk;
mod visitor;

use crate::Delivery;
use crate::clock;
use crate::dice::Guid;
use crate::places::PLACES;
use crate::platform::{Platform, Thing};
use crate::template::Body;
use crate::words;
use nexwatch_nexudus::{Action, Ms};

/// A filled form, where it happened, and which field may grow to reach a mean size.
pub(crate) struct Made {
    body: Body,
    place: usize,
    free: Option<&'static str>,
}

/// What the tail of every body says.
struct Tail<'t> {
    id: i64,
    guid: Guid,
    created: Ms,
    by: &'t str,
    text: &'t str,
}

impl<'t> Tail<'t> {
    fn of(thing: &'t Thing, by: &'t str) -> Tail<'t> {
        Tail {
            id: thing.id,
            guid: thing.guid,
            created: thing.created,
            by,
            text: &thing.text,
        }
    }
}

const SYSTEM: &str = "[System]";
const STAFF: &[&str] = &[
    "frontdesk@example.org",
    "sam.manager@example.org",
    "nexio@example.org",
    "accounts@example.org",
];

impl Platform {
    /// Makes the body of an action, at a place when one is wanted.
    pub(crate) fn make(&mut self, number: u8, place: Option<usize>, now: Ms) -> Delivery {
        let made = match number {
            35..=37 => self.customer_at_door(place, now),
            47..=49 => self.check_in(number, place, now),
            63 => self.refused(place, now),
            61 => self.access_control(place, now),
            6..=8 => self.booking(number, place, now),
            2 | 3 | 9 | 50 => self.customer(number, place, now),
            10..=14 | 60 | 62 | 77 => self.contract(number, place, now),
            57..=59 => self.team(number, place, now),
            88..=90 => self.payment_method(number, place, now),
            15..=19 | 21..=24 => self.invoice(number, place, now),
            20 => self.credit_note(place, now),
            65..=67 => self.ledger_entry(number, place, now),
            68..=70 => self.product_sold(number, place, now),
            38 | 41 | 42 | 64 => self.visitor(number, place, now),
            52 | 53 => self.parcel(number, place, now),
            45 => self.help_wanted(place, now),
            46 => self.help_answer(place, now),
            51 => self.message(place, now),
            39 => self.thread(place, now),
            40 => self.reply(place, now),
            30 => self.chat(place, now),
            25 | 26 | 44 => self.calendar_event(number, place, now),
            27..=29 => self.attendee(number, place, now),
            4 | 5 | 43 => self.article(number, place, now),
            31..=34 => self.subscriber(number, place, now),
            54..=56 => self.proposal(number, place, now),
            71..=73 => self.desk(number, place, now),
            _ => self.by_name(number, place, now),
        };
        self.deliver(number, made)
    }

    pub(crate) fn deliver(&mut self, number: u8, mut made: Made) -> Delivery {
        let mut body = made.body.bytes();
        let room = self.padding(body.len());
        if let (Some(key), true) = (made.free, room > 60) {
            let text = words::letter(&mut self.dice, PLACES[made.place].language, room);
            made.body.set(key, text);
            body = made.body.bytes();
        }
        self.made += 1;
        self.made_bytes += body.len();
        Delivery {
            action: Action::Known(number),
            location: PLACES[made.place].id,
            body,
        }
    }

    fn tail(&mut self, body: &mut Body, tail: &Tail<'_>, now: Ms) {
        // A thing's creation is the same moment in each of its bodies, to the last digit.
        let born = tail.id.unsigned_abs() % 10_000;
        let sub = match tail.created >= now {
            true => born,
            false => self.dice.below(10_000),
        };
        body.set("Id", tail.id)
            .set("UpdatedOn", clock::ticks(now, sub))
            .set("CreatedOn", clock::ticks(tail.created.min(now), born))
            .set("UniqueId", tail.guid)
            .set("UpdatedBy", tail.by)
            .set("ToStringText", tail.text);
    }

    /// Something remembered of a kind and place, or `None`: then the caller makes a new one.
    fn recall(&mut self, kind: u8, place: Option<usize>, forget: bool) -> Option<Thing> {
        let fits = |who: usize, all: &Platform| place.is_none_or(|place| all.customers[who].place == place);
        let start = self.dice.below(self.things.len().max(1) as u64) as usize;
        let length = self.things.len();
        let at = (0..length).map(|n| (start + n) % length).find(|at| {
            let (known, thing) = &self.things[*at];
            *known == kind && fits(thing.who, self)
        })?;
        if forget {
            self.things.remove(at).map(|(_, thing)| thing)
        } else {
            self.things.get(at).map(|(_, thing)| thing.clone())
        }
    }

    /// The thing an action is about: new, or one remembered (and forgotten when it is deleted).
    fn about(
        &mut self,
        kind: u8,
        life: Life,
        place: Option<usize>,
        now: Ms,
        new: impl FnOnce(&mut Platform, usize) -> Thing,
    ) -> Thing {
        if life != Life::New
            && let Some(thing) = self.recall(kind, place, life == Life::Gone)
        {
            return thing;
        }
        let who = self.anyone(place);
        let mut thing = new(self, who);
        if life == Life::New {
            Platform::keep(&mut self.things, (kind, thing.clone()));
        } else {
            thing.created = now - clock::DAY;
        }
        thing
    }

    fn staff(&mut self) -> &'static str {
        let staff: &&'static str = self.dice.pick(STAFF);
        staff
    }
}

/// What an action does to the thing it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Life {
    New,
    Changed,
    Gone,
}
