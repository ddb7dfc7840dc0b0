//! Doors: check-ins, refused ones, and the noisy access control.

use super::{Made, SYSTEM, Tail};
use crate::clock::{self, MINUTE};
use crate::places::{PLACES, PLANS};
use crate::platform::{Checkin, Platform};
use crate::template::{Body, Form, NULL};
use crate::words;
use nexwatch_nexudus::Ms;

impl Platform {
    /// 47, 48 and 49: someone comes in, goes out (the same check-in with its `ToTime`), or it is taken back.
    pub(crate) fn check_in(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let fits = |c: &Checkin, all: &Platform| place.is_none_or(|p| all.customers[c.thing.who].place == p);
        let open = if number == 47 {
            None
        } else {
            self.checkins.iter().position(|c| fits(c, self))
        };
        let checkin = match open.and_then(|at| self.checkins.remove(at)) {
            Some(checkin) => checkin,
            None => self.new_check_in(place, if number == 47 { now } else { now - 95 * MINUTE }),
        };
        if number == 47 {
            Platform::keep(&mut self.checkins, checkin.clone());
        }
        let left = (number == 48).then_some(now);
        self.customers[checkin.thing.who].inside = number == 47;
        self.check_in_body(&checkin, left, now)
    }

    fn new_check_in(&mut self, place: Option<usize>, from: Ms) -> Checkin {
        let mut who = self.anyone(place);
        for _ in 0..8 {
            if !self.customers[who].inside {
                break;
            }
            who = self.anyone(place);
        }
        let text = self.customers[who].name.clone();
        let source = *self.dice.pick(&[2, 2, 2, 2, 1, 3, 4, 5]);
        Checkin {
            thing: self.thing(1_430_044_000, who, from, text),
            pass: self.dice.guid(),
            from,
            source,
        }
    }

    fn check_in_body(&mut self, checkin: &Checkin, left: Option<Ms>, now: Ms) -> Made {
        let customer = self.customers[checkin.thing.who].clone();
        let place = &PLACES[customer.place];
        let zone = place.time_zone();
        // 00-00-5E-00-53-xx is kept for documentation (RFC 7042).
        let mac = (checkin.source == 3).then(|| format!("00-00-5E-00-53-{:02X}", self.dice.below(256)));
        let mut body = Body::new(Form::Checkin);
        body.set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("Source", checkin.source)
            .set("FromTime", clock::seconds(checkin.from))
            .set("ToTime", left.map(clock::seconds))
            .set("CoworkerTimePassGuid", checkin.pass)
            .set("AutoCheckout", left.is_some() && self.dice.percent(15))
            .set("MacAddresses", mac)
            .set("TeamsAtTheTimeOfCheckin", customer.company.as_deref())
            .set("TariffAtTheTimeOfCheckin", PLANS[customer.plan].0)
            .set("FromTimeLocal", clock::local(checkin.from, &zone))
            .set("ToTimeLocal", left.map(|at| clock::local(at, &zone)));
        self.tail(&mut body, &Tail::of(&checkin.thing, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 63: the door says no.
    pub(crate) fn refused(&mut self, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        let customer = self.customers[who].clone();
        let place = &PLACES[customer.place];
        let thing = self.thing(1_430_044_000, who, now, customer.name.clone());
        let reason = if customer.due {
            words::REFUSALS[3]
        } else {
            *self.dice.pick(words::REFUSALS)
        };
        let mut body = Body::new(Form::FailedCheckin);
        body.set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("CheckinAttemptTime", clock::seconds(now))
            .set("Source", *self.dice.pick(&[2_i64, 2, 2, 4]))
            .set("MacAddresses", NULL)
            .set("TeamsAtTheTimeOfCheckin", customer.company.as_deref())
            .set("TariffAtTheTimeOfCheckin", PLANS[customer.plan].0)
            .set("Description", reason)
            .set("CheckinAttemptTimeLocal", clock::local(now, &place.time_zone()));
        self.tail(&mut body, &Tail::of(&thing, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 35, 36 and 37 with the customer's own body, which the act does not change: two visits of one week send the
    /// same bytes.
    pub(crate) fn customer_at_door(&mut self, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        // The record was last touched at night, by the platform itself.
        self.customer_body(Form::Coworker, who, clock::midnight(now), true)
    }

    /// 61: a customer's body again, on a dozen causes.
    pub(crate) fn access_control(&mut self, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        let quiet = self.dice.percent(50);
        let touched = if quiet { clock::midnight(now) } else { now };
        self.customer_body(Form::AccessControl, who, touched, quiet)
    }
}
