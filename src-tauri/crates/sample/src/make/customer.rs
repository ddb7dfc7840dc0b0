//! Customers, their contracts, teams and payment methods.

use super::{Life, Made, SYSTEM, Tail};
use crate::clock;
use crate::dice::Dice;
use crate::names;
use crate::people;
use crate::places::{PLACES, PLANS};
use crate::platform::Platform;
use crate::template::{Body, Form, Money, ids};
use crate::words;
use nexwatch_nexudus::Ms;

impl Platform {
    /// 2, 3, 9 and 50.
    pub(crate) fn customer(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        if number == 3 {
            // Someone new under a new id; what is remembered of the old one keeps the old one's id.
            let serial = self.id(0);
            let mut fresh = people::customer(&mut self.dice, 100_000 + serial as usize, now);
            fresh.place = self.customers[who].place;
            fresh.registered = now;
            let old = std::mem::replace(&mut self.customers[who], fresh);
            let made = self.customer_body(Form::Coworker, who, now, false);
            self.customers[who] = old;
            return made;
        }
        self.customer_body(Form::Coworker, who, now, number == 9)
    }

    /// The long body of a customer. `still` makes it depend on the customer and `touched` alone, so that the same
    /// record gives the same bytes.
    pub(crate) fn customer_body(&mut self, form: Form, who: usize, touched: Ms, still: bool) -> Made {
        let customer = self.customers[who].clone();
        let place = &PLACES[customer.place];
        let chance = if still {
            customer.card ^ touched as u64
        } else {
            self.dice.roll()
        };
        let mut dice = Dice::new(chance);
        let card = customer.card;
        let mut body = Body::new(form);
        let street = format!("{} {}", card % 180 + 1, place.street);
        let bill_to = customer.company.clone().unwrap_or_else(|| customer.name.clone());
        body.set(
            "CoworkerType",
            if customer.company.is_some() && card.is_multiple_of(5) {
                2_i64
            } else {
                1
            },
        )
        .set("Businesses", ids(&[place.id]))
        .set("Teams", customer.team.map(|team| ids(&[team])))
        .set("FullName", &customer.name)
        .set("Salutation", customer.given)
        .set("Gender", (card % 3) as i64 + 1)
        .set("Email", &customer.email)
        .set("Address", &street)
        .set("PostCode", place.post_code)
        .set("CityName", place.city)
        .set("MobilePhone", &customer.phone)
        .set(
            "BusinessArea",
            *Dice::new(card).pick(&["Design", "Software", "Law", "Food", "Film", "Trade", "Education"]),
        )
        .set(
            "Position",
            *Dice::new(card + 1).pick(&[
                "Founder",
                "Partner",
                "Freelancer",
                "Geschäftsführerin",
                "Directora",
                "Engineer",
            ]),
        )
        .set("CompanyName", customer.company.as_deref())
        .set(
            "ProfileSummary",
            (card.is_multiple_of(4)).then(|| words::letter(&mut Dice::new(card + 2), place.language, 90)),
        )
        .set("InvoicingBusinessId", place.id)
        .set("InvoicingBusinessName", place.name)
        .set("BillingEmail", &customer.email)
        .set("BillingName", &bill_to)
        .set("BillingAddress", &street)
        .set("BillingPostCode", place.post_code)
        .set("BillingCityName", place.city)
        .set("CardNumber", format!("************{:04}", card % 10_000))
        .set("CheckinSinceLastRenewal", dice.within(0, 22))
        .set("MinutesSinceLastRenewal", dice.within(0, 9_000))
        .set(
            "AccessCardId",
            format!(
                "04:{:02X}:{:02X}:{:02X}",
                card >> 8 & 255,
                card >> 16 & 255,
                card >> 24 & 255
            ),
        )
        .set("AccessPincode", format!("{:05}", card % 100_000))
        .set(
            "KeyFobNumber",
            (card.is_multiple_of(7)).then(|| format!("F{:06}", card % 1_000_000)),
        )
        .set("UserId", customer.user)
        .set("UserFullName", &customer.name)
        .set(
            "UserLastAccess",
            clock::seconds(touched - dice.within(1, 14) * 3_600_000),
        )
        .set("RegistrationDate", clock::seconds(customer.registered))
        .set("StartDate", clock::seconds(clock::month(customer.registered, 1)))
        .set("RenewalDate", clock::seconds(clock::month(touched, 1)))
        .set("CoworkerContractIds", customer.contract.to_string())
        .set("TariffId", 1_082_160_000 + customer.plan as i64)
        .set("TariffName", PLANS[customer.plan].0)
        .set("TeamId", customer.team)
        .set("TeamName", customer.team.and(customer.company.as_deref()))
        .set("TeamNames", customer.team.and(customer.company.as_deref()))
        .set("HasDueInvoices", customer.due)
        .set("BusinessNames", place.name)
        .set("GuessedFirstNameForInvoice", customer.given)
        .set("GuessedLastNameForInvoice", &customer.family)
        .set("GuessedFirstName", customer.given)
        .set("GuessedLastName", &customer.family)
        .set("Id", customer.id)
        .set("UpdatedOn", clock::ticks(touched, dice.below(10_000)))
        .set("CreatedOn", clock::seconds(customer.registered))
        .set("UniqueId", customer.guid)
        .set("UpdatedBy", if still { SYSTEM } else { self.staff() })
        .set("ToStringText", format!("{} - {}", customer.name, customer.email));
        // A record that must repeat byte for byte cannot be padded by what came before it.
        Made {
            body,
            place: customer.place,
            free: (!still).then_some("Notes"),
        }
    }

    /// 10 to 14, 60, 62 and 77.
    pub(crate) fn contract(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        let other_plan = self.dice.below(PLANS.len() as u64) as usize;
        if number == 13 {
            self.customers[who].plan = other_plan;
        }
        let customer = self.customers[who].clone();
        let place = &PLACES[customer.place];
        let zone = place.time_zone();
        let price = place.price(PLANS[customer.plan].1);
        let start = clock::month(customer.registered, 1);
        let renewal = clock::month(now, 1);
        let cancelled = number == 11;
        let ends = cancelled.then(|| clock::month(now, 2));
        let desk =
            (PLANS[customer.plan].0 == "Resident desk").then(|| 1_416_600_000 + (customer.card % 90) as i64);
        let text = format!("{} - {}", customer.name, PLANS[customer.plan].0);
        let mut body = Body::new(Form::CoworkerContract);
        body.set("IssuedById", place.id)
            .set("IssuedByName", place.name)
            .set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set("CoworkerBillingName", customer.company.as_deref())
            .set("CoworkerEmail", &customer.email)
            .set("TariffId", 1_082_160_000 + customer.plan as i64)
            .set("TariffName", PLANS[customer.plan].0)
            .set("TariffPrice", Money(price))
            .set("TariffCurrencyCode", place.currency)
            .set(
                "NextTariffName",
                (number == 60 && self.dice.percent(30)).then_some(PLANS[other_plan].0),
            )
            .set("StartDate", clock::seconds(start))
            .set("RenewalDate", clock::seconds(renewal))
            .set("InvoicedPeriod", clock::seconds(renewal))
            .set("ContractTerm", clock::seconds(clock::month(now, 7)))
            .set("Value", Money(price))
            .set("Desks", desk.map_or_else(|| ids(&[]), |desk| ids(&[desk])))
            .set("Active", !cancelled && number != 77)
            .set("Cancelled", cancelled)
            .set("CancellationDate", ends.map(clock::seconds))
            .set(
                "CancellationNotes",
                cancelled.then(|| words::note(&mut self.dice, place.language)),
            )
            .set("PricePlanTermsAcceptedOn", clock::seconds(customer.registered))
            .set("StartDateLocal", clock::local(start, &zone))
            .set("RenewalDateLocal", clock::local(renewal, &zone))
            .set(
                "PricePlanTermsAcceptedOnLocal",
                clock::local(customer.registered, &zone),
            )
            .set("CancellationDateLocal", ends.map(|at| clock::local(at, &zone)))
            .set("ContractTermLocal", clock::local(clock::month(now, 7), &zone))
            .set("InvoicedPeriodLocal", clock::local(renewal, &zone))
            .set("FloorPlanDeskIds", desk.map(|desk| desk.to_string()))
            .set(
                "FloorPlanDeskNames",
                desk.map(|desk| format!("Desk {}", desk % 100)),
            )
            .set("PriceWithProductsAndDeposits", Money(price))
            .set("PriceWithProducts", Money(price));
        let tail = Tail {
            id: customer.contract,
            guid: customer.contract_guid,
            created: if matches!(number, 10 | 14 | 62) {
                now
            } else {
                customer.registered
            },
            by: SYSTEM,
            text: &text,
        };
        self.tail(&mut body, &tail, now);
        Made {
            body,
            place: customer.place,
            free: Some("Notes"),
        }
    }

    /// 57 to 59.
    pub(crate) fn team(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = [Life::New, Life::Changed, Life::Gone][usize::from(number - 57)];
        let team = self.about(57, life, place, now, |all, who| {
            let name = all.customers[who]
                .company
                .clone()
                .unwrap_or_else(|| names::FIRMS[who % names::FIRMS.len()].to_owned());
            all.thing(1_415_302_000, who, now, name)
        });
        let payer = self.customers[team.who].clone();
        let place = &PLACES[payer.place];
        let members: Vec<usize> = std::iter::once(team.who)
            .chain((0..3).map(|_| self.anyone(Some(payer.place))))
            .collect();
        let member_ids: Vec<i64> = members.iter().map(|who| self.customers[*who].id).collect();
        let member_names: Vec<&str> = members
            .iter()
            .map(|who| self.customers[*who].name.as_str())
            .collect();
        let mut body = Body::new(Form::Team);
        body.set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("Name", &team.text)
            .set("TeamMembers", ids(&member_ids))
            .set("TeamAdministrators", ids(&[payer.id]))
            .set("PayingMemberId", payer.id)
            .set("PayingMemberFullName", &payer.name)
            .set("PayingMemberBillingName", payer.company.as_deref())
            .set("PayingMemberCompanyName", payer.company.as_deref())
            .set(
                "CoworkerIds",
                member_ids
                    .iter()
                    .map(i64::to_string)
                    .collect::<Vec<_>>()
                    .join(","),
            )
            .set("CoworkerFullNames", member_names.join(", "))
            .set("CoworkerBillingNames", payer.company.as_deref())
            .set("ActiveContracts", member_ids.len() as i64);
        let by = self.staff();
        self.tail(&mut body, &Tail::of(&team, by), now);
        Made {
            body,
            place: payer.place,
            free: Some("Description"),
        }
    }

    /// 88 to 90.
    pub(crate) fn payment_method(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = match number {
            88 => Life::New,
            89 => Life::Gone,
            _ => Life::Changed,
        };
        let method = self.about(88, life, place, now, |all, who| {
            let digits = all.dice.below(10_000);
            all.thing(1_429_100_000, who, now, format!("************{digits:04}"))
        });
        let customer = self.customers[method.who].clone();
        let place = &PLACES[customer.place];
        let mut body = Body::new(Form::CoworkerPaymentMethod);
        body.set("CoworkerId", customer.id)
            .set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("BusinessCurrencyCode", place.currency)
            .set("RegularPaymentProvider", *self.dice.pick(&[2_i64, 2, 12, 13]))
            .set("MethodId", format!("pm_SAMPLE{:x}", method.id))
            .set("CustomerId", format!("cus_SAMPLE{:x}", customer.id))
            .set("CardNumber", &method.text);
        self.tail(&mut body, &Tail::of(&method, &customer.email), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// Whoever had a payment fail has invoices due for a while.
    pub(crate) fn owes(&mut self, who: usize, due: bool) {
        self.customers[who].due = due;
    }
}
