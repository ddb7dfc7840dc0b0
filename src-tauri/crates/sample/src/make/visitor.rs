//! Who comes to see someone, and what the post brings.

use super::{Life, Made, Tail};
use crate::clock::{self, HOUR};
use crate::people;
use crate::places::PLACES;
use crate::platform::{Platform, Visit};
use crate::template::{Body, Form};
use crate::words;
use nexwatch_nexudus::Ms;

impl Platform {
    /// 38, 41, 42 and 64: registered, at the desk, the host is told, struck off.
    pub(crate) fn visitor(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let known = if number == 42 {
            None
        } else {
            self.visits
                .iter()
                .position(|v| place.is_none_or(|p| self.customers[v.thing.who].place == p))
        };
        let visit = match known {
            // The host is told of who is at the desk and stays expected for the check-in.
            Some(at) if number == 38 => self.visits.get(at).cloned(),
            Some(at) => self.visits.remove(at),
            None => None,
        };
        let visit = match visit {
            Some(visit) => visit,
            None => self.new_visit(place, if number == 42 { now } else { now - 20 * HOUR }, now),
        };
        if number == 42 {
            Platform::keep(&mut self.visits, visit.clone());
        }
        self.visit_body(&visit, number, now)
    }

    fn new_visit(&mut self, place: Option<usize>, created: Ms, now: Ms) -> Visit {
        let who = self.anyone(place);
        let place = self.customers[who].place;
        let name = people::local_name(&mut self.dice, place);
        let number = self.serial + 1;
        let email = people::address(&mut self.dice, &name, number);
        let company = self.dice.percent(60).then(|| people::firm(&mut self.dice));
        let expected = (now / HOUR + self.dice.within(0, 30)) * HOUR;
        let notes = self
            .dice
            .percent(25)
            .then(|| words::note(&mut self.dice, PLACES[place].language).to_owned());
        let reason: &&'static str = self.dice.pick(words::REASONS);
        Visit {
            thing: self.thing(1_431_200_000, who, created, name.full.clone()),
            name: name.full,
            email,
            company,
            phone: people::phone(&mut self.dice, place),
            expected,
            code: self.dice.within(10_000, 99_999),
            reason,
            notes,
        }
    }

    fn visit_body(&mut self, visit: &Visit, action: u8, now: Ms) -> Made {
        let host = self.customers[visit.thing.who].clone();
        let place = &PLACES[host.place];
        let here = matches!(action, 38 | 41);
        let mut body = Body::new(Form::Visitor);
        body.set("BusinessId", place.id)
            .set("FullName", &visit.name)
            .set("Email", &visit.email)
            .set("CoworkerId", host.id)
            .set("CoworkerFullName", &host.name)
            .set("CoworkerCompanyName", host.company.as_deref())
            .set("CoworkerBillingName", host.company.as_deref())
            .set("CoworkerEmail", &host.email)
            .set("CoworkerTeamNames", host.team.and(host.company.as_deref()))
            .set("VisitorSource", if here { 2_i64 } else { 3 })
            .set("HostApprovalStatus", *self.dice.pick(&[1_i64, 1, 1, 5, 2]))
            .set("VisitorCode", visit.code.to_string())
            .set("CheckedInAt", (action == 41).then(|| clock::seconds(now)))
            .set("Notes", visit.notes.as_deref())
            .set("VisitReason", visit.reason)
            .set("CompanyName", visit.company.as_deref())
            .set("PhoneNumber", &visit.phone)
            .set("ExpectedArrival", clock::seconds(visit.expected))
            .set("Arrived", here)
            .set("ArrivalDate", here.then(|| clock::seconds(now)))
            .set("Notified", here)
            .set("IsTour", visit.reason == "Tour");
        let by = if here {
            "nexio@example.org"
        } else {
            host.email.as_str()
        };
        self.tail(&mut body, &Tail::of(&visit.thing, by), now);
        Made {
            body,
            place: host.place,
            free: Some("CustomerNotes"),
        }
    }

    /// 52 and 53: something has come; whose it is may be found out later.
    pub(crate) fn parcel(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = if number == 52 { Life::New } else { Life::Gone };
        let parcel = self.about(52, life, place, now, |all, who| {
            let text = *all.dice.pick(words::PARCELS);
            all.thing(1_431_900_000, who, now, text.to_owned())
        });
        let customer = self.customers[parcel.who].clone();
        let place = &PLACES[customer.place];
        let known = number == 53 || self.dice.percent(75);
        let mut body = Body::new(Form::CoworkerDelivery);
        body.set("BusinessId", place.id)
            .set("CoworkerId", known.then_some(customer.id))
            .set("CoworkerCoworkerType", known.then_some("Individual"))
            .set("CoworkerFullName", known.then_some(&customer.name))
            .set("CoworkerEmail", known.then_some(&customer.email))
            .set(
                "CoworkerBillingName",
                customer.company.as_deref().filter(|_| known),
            )
            .set(
                "CoworkerCompanyName",
                customer.company.as_deref().filter(|_| known),
            )
            .set("CoworkerTeamNames", customer.company.as_deref().filter(|_| known))
            .set("Name", &parcel.text)
            .set(
                "Location",
                format!(
                    "Shelf {}{}",
                    *self.dice.pick(&["A", "B", "C", "Ü"]),
                    self.dice.within(1, 9)
                ),
            )
            .set(
                "Notes",
                self.dice
                    .percent(30)
                    .then(|| words::note(&mut self.dice, place.language)),
            )
            .set("RequiresSignature", self.dice.percent(20))
            .set("Notified", known)
            .set("DeliveryType", *self.dice.pick(&[1_i64, 2, 2, 2, 3, 5]))
            .set("HandlingPreference", *self.dice.pick(&[1_i64, 1, 2, 3, 6]))
            .set("StoredForCollectionOn", clock::seconds(now));
        let by = self.staff();
        self.tail(&mut body, &Tail::of(&parcel, by), now);
        Made {
            body,
            place: customer.place,
            free: Some("Notes"),
        }
    }
}
