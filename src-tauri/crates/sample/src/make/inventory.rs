//! Offers, desks, and what is known by its name alone: plans, products, floor plans, locations, groups.

use super::{Life, Made, SYSTEM, Tail};
use crate::clock::{self, DAY};
use crate::places::{PLACES, PLANS, PRODUCTS};
use crate::platform::Platform;
use crate::template::{Body, Form, Money, ids};
use nexwatch_nexudus::Ms;

impl Platform {
    /// 54 to 56.
    pub(crate) fn proposal(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = [Life::New, Life::Changed, Life::Gone][usize::from(number - 54)];
        let proposal = self.about(54, life, place, now, |all, who| {
            let text = format!("P-{}-{:04}", clock::year(now), all.serial % 10_000);
            all.thing(1_418_800_000, who, now, text)
        });
        let customer = self.customers[proposal.who].clone();
        let place = &PLACES[customer.place];
        let price = place.price(PLANS[customer.plan].1);
        let start = clock::month(now, 1);
        let sent = (number == 55).then_some(now);
        let mut body = Body::new(Form::Proposal);
        body.set("IssuedById", place.id)
            .set("IssuedByName", place.name)
            .set("IssuedByCurrencyCode", place.currency)
            .set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set("CoworkerBillingName", customer.company.as_deref())
            .set("Reference", &proposal.text)
            .set(
                "ProposalStatus",
                if sent.is_some() { self.dice.within(2, 4) } else { 1 },
            )
            .set("TariffId", 1_082_160_000 + customer.plan as i64)
            .set("TariffName", PLANS[customer.plan].0)
            .set("TariffPrice", Money(price))
            .set("TariffBusinessCurrencyCode", place.currency)
            .set("Desks", ids(&[1_416_600_200 + proposal.id % 60]))
            .set("Price", Money(price * 95 / 100 / 100 * 100))
            .set("StartDate", clock::seconds(start))
            .set("ContractTerm", clock::seconds(clock::month(now, 13)))
            .set("ExpirationDate", clock::seconds(now + 14 * DAY))
            .set("StartDateLocal", clock::local(start, &place.time_zone()))
            .set("SentOn", sent.map(clock::seconds))
            .set("SentOnLocal", sent.map(|at| clock::local(at, &place.time_zone())));
        self.tail(&mut body, &Tail::of(&proposal, "sam.manager@example.org"), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 71 to 73.
    pub(crate) fn desk(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = match number {
            71 => Life::New,
            72 => Life::Gone,
            _ => Life::Changed,
        };
        let desk = self.about(71, life, place, now, |all, who| {
            let text = format!("Desk {}", all.serial % 90 + 1);
            all.thing(1_416_600_000, who, now, text)
        });
        let customer = self.customers[desk.who].clone();
        let place = &PLACES[customer.place];
        let taken = number == 73;
        let mut body = Body::new(Form::FloorPlanDesk);
        body.set("FloorPlanBusinessId", place.id)
            .set("FloorPlanBusinessCurrencyCode", place.currency)
            .set("FloorPlanBusinessName", place.name)
            .set("CoworkerId", taken.then_some(customer.id))
            .set("CoworkerFullName", taken.then_some(&customer.name))
            .set(
                "CoworkerCompanyName",
                customer.company.as_deref().filter(|_| taken),
            )
            .set("CoworkerCoworkerType", taken.then_some("Individual"))
            .set("CoworkerEmail", taken.then_some(&customer.email))
            .set("CoworkerTeamNames", customer.company.as_deref().filter(|_| taken))
            .set("Name", &desk.text)
            .set("Price", Money(place.price(295)))
            .set("Area", format!("D{}", desk.id % 90))
            .set("PositionX", Money(self.dice.within(0, 600) * 10_000))
            .set("PositionY", Money(self.dice.within(0, 400) * 10_000))
            .set(
                "CoworkerContractIds",
                taken.then(|| customer.contract.to_string()),
            )
            .set("CoworkerContractFullNames", taken.then_some(&customer.name))
            .set(
                "CoworkerContractStartDates",
                taken.then(|| clock::seconds(customer.registered)[..10].to_owned()),
            );
        self.tail(&mut body, &Tail::of(&desk, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 74 to 76 and 78 to 87: no key list is documented, so only what every body has, and a name.
    pub(crate) fn by_name(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        let at = self.customers[who].place;
        let which = self.dice.below(8) as usize;
        let (base, name) = match number {
            74..=76 => (1_082_160_000, PLANS[which % PLANS.len()].0),
            78..=80 => (
                1_416_550_000,
                ["Floor 1", "Floor 2", "Erdgeschoss", "Planta baja"][which % 4],
            ),
            81..=83 => (1_082_900_000, PRODUCTS[which % PRODUCTS.len()].0),
            84 => (PLACES[at].id - which as i64, PLACES[at].name),
            _ => (
                1_433_200_000,
                ["Runners", "Founders & freelancers", "Sprachcafé", "Parents"][which % 4],
            ),
        };
        let mut thing = self.thing(base, who, now - 90 * DAY, name.to_owned());
        thing.id = base + which as i64;
        let mut body = Body::new(Form::Generic);
        body.set("Name", name);
        let by = self.staff();
        self.tail(&mut body, &Tail::of(&thing, by), now);
        Made {
            body,
            place: at,
            free: None,
        }
    }
}
