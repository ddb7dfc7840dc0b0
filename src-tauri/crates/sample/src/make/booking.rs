//! Rooms and desks taken, changed and given back.

use super::{Made, Tail};
use crate::clock::{self, HOUR, MINUTE};
use crate::dice::Guid;
use crate::places::{PLACES, PLANS};
use crate::platform::{Booking, Platform};
use crate::template::{Body, Form, Money};
use crate::words;
use nexwatch_nexudus::Ms;

impl Platform {
    /// 6, 7 and 8.
    pub(crate) fn booking(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let known = if number == 6 {
            None
        } else {
            self.known_booking(place)
        };
        let mut booking = match known.and_then(|at| self.bookings.remove(at)) {
            Some(booking) => booking,
            None => self.new_booking(place, None, now),
        };
        if number == 7 {
            self.change(&mut booking, now);
        }
        let made = self.booking_body(&booking, now);
        if number != 8 {
            Platform::keep(&mut self.bookings, booking);
        }
        made
    }

    /// One of a repeat series: the n-th week of the first booking's room.
    pub(crate) fn booking_of_series(
        &mut self,
        series: Guid,
        first: Option<Booking>,
        week: i64,
        now: Ms,
    ) -> (Booking, Made) {
        let mut booking = match first {
            Some(first) => {
                let text = first.thing.text.clone();
                let thing = self.thing(1_428_600_000, first.thing.who, now, text);
                Booking {
                    thing,
                    number: first.number + week,
                    from: first.from + week * 7 * 24 * HOUR,
                    to: first.to + week * 7 * 24 * HOUR,
                    ..first
                }
            }
            None => self.new_booking(None, None, now),
        };
        booking.series = Some(series);
        Platform::keep(&mut self.bookings, booking.clone());
        let made = self.booking_body(&booking, now);
        (booking, made)
    }

    fn known_booking(&mut self, place: Option<usize>) -> Option<usize> {
        let length = self.bookings.len();
        let start = self.dice.below(length.max(1) as u64) as usize;
        (0..length)
            .map(|n| (start + n) % length)
            .find(|at| place.is_none_or(|place| self.customers[self.bookings[*at].thing.who].place == place))
    }

    fn new_booking(&mut self, place: Option<usize>, series: Option<Guid>, now: Ms) -> Booking {
        let who = self.anyone(place);
        let place = &PLACES[self.customers[who].place];
        let room = self.dice.skewed(place.rooms.len());
        let ahead = self.dice.within(1, 60);
        let from = self.full_hour(now, ahead) + *self.dice.pick(&[0, 0, 30]) * MINUTE;
        let to = from + *self.dice.pick(&[30, 60, 60, 90, 120, 240]) * MINUTE;
        let notes = self
            .dice
            .percent(45)
            .then(|| words::note(&mut self.dice, place.language).to_owned());
        let thing = self.thing(1_428_600_000, who, now, place.rooms[room].0.to_owned());
        let number = 48_000 + self.serial;
        Booking {
            thing,
            room,
            from,
            to,
            number,
            series,
            notes,
            checked_in: None,
        }
    }

    /// What a later update says: moved, longer, with a note, or the customer has come.
    fn change(&mut self, booking: &mut Booking, now: Ms) {
        match self.dice.below(4) {
            0 => booking.to += 30 * MINUTE,
            1 => {
                booking.from += HOUR;
                booking.to += HOUR;
            }
            2 => {
                let language = PLACES[self.customers[booking.thing.who].place].language;
                booking.notes = Some(words::letter(&mut self.dice, language, 60));
            }
            _ => booking.checked_in = Some(now),
        }
    }

    pub(crate) fn booking_body(&mut self, booking: &Booking, now: Ms) -> Made {
        let customer = self.customers[booking.thing.who].clone();
        let place = &PLACES[customer.place];
        let zone = place.time_zone();
        let (room, seats, kind) = place.rooms[booking.room];
        let hours = (booking.to - booking.from) / (30 * MINUTE);
        let price = (kind != "Phone booth").then(|| Money(place.price(9 * hours.max(1))));
        let series = booking.series.is_some();
        let mut body = Body::new(Form::Booking);
        body.set("ResourceId", place.room_id(booking.room))
            .set("ResourceName", room)
            .set("ResourceAllocation", seats)
            .set("ResourceResourceTypeId", 1_414_980_000 + kind.len() as i64)
            .set("ResourceResourceTypeName", kind)
            .set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("CoworkerMobilePhone", &customer.phone)
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set(
                "CoworkerTeamNames",
                customer.team.and(customer.company.as_deref()),
            )
            .set("FromTime", clock::seconds(booking.from))
            .set("ToTime", clock::seconds(booking.to))
            .set("Notes", booking.notes.as_deref())
            .set("Tentative", self.dice.percent(4))
            .set("TeamsAtTheTimeOfBooking", customer.company.as_deref())
            .set("TariffAtTheTimeOfBooking", PLANS[customer.plan].0)
            .set("RepeatSeriesUniqueId", booking.series)
            .set("RepeatBooking", series)
            .set("RepeatEvery", series.then_some(1_i64))
            .set("BookingNumber", booking.number)
            .set("FromTimeLocal", clock::local(booking.from, &zone))
            .set("ToTimeLocal", clock::local(booking.to, &zone))
            .set("CheckedInAt", booking.checked_in.map(clock::seconds))
            .set("MinutesToStart", (booking.from - now) / MINUTE)
            .set("EstimatedCost", price)
            .set("CoworkerExtraServicePrice", price)
            .set(
                "CoworkerExtraServiceCurrencyCode",
                price.is_some().then_some(place.currency),
            )
            .set("IsTour", self.dice.percent(2));
        let by = if self.dice.percent(70) {
            customer.email.clone()
        } else {
            self.staff().to_owned()
        };
        self.tail(&mut body, &Tail::of(&booking.thing, &by), now);
        Made {
            body,
            place: customer.place,
            free: Some("Notes"),
        }
    }
}
