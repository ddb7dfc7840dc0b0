//! The customers of the sample network: who they are for the whole run.

use crate::clock::DAY;
use crate::dice::{Dice, Guid};
use crate::names::{self, Name};
use crate::places::{PLACES, PLANS};
use nexwatch_nexudus::Ms;

/// One customer; keeps id, name and address whatever happens to them.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: i64,
    pub(crate) guid: Guid,
    pub(crate) user: i64,
    pub(crate) name: String,
    pub(crate) given: &'static str,
    pub(crate) family: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) company: Option<String>,
    pub(crate) team: Option<i64>,
    pub(crate) place: usize,
    pub(crate) plan: usize,
    pub(crate) contract: i64,
    pub(crate) contract_guid: Guid,
    pub(crate) registered: Ms,
    pub(crate) card: u64,
    pub(crate) due: bool,
    pub(crate) inside: bool,
}

/// Domains that belong to nobody (RFC 2606).
const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

/// A number from a range kept for drama: the last digits are free.
pub(crate) fn phone(dice: &mut Dice, place: usize) -> String {
    let prefix = PLACES[place].phone;
    // London and Berlin keep a thousand numbers, New York a hundred.
    let free = if prefix.ends_with("01") { 100 } else { 1_000 };
    let width = if free == 100 { 2 } else { 3 };
    format!("{prefix}{:0width$}", dice.below(free))
}

/// A location by its share of the traffic.
pub(crate) fn place(dice: &mut Dice) -> usize {
    let mut at = dice.below(100);
    for (place, each) in PLACES.iter().enumerate() {
        if at < each.share {
            return place;
        }
        at -= each.share;
    }
    0
}

/// A name as it is common at a location.
pub(crate) fn local_name(dice: &mut Dice, place: usize) -> Name {
    let mut at = dice.below(100);
    for (naming, share) in PLACES[place].namings {
        if at < *share {
            return names::name(dice, *naming);
        }
        at -= share;
    }
    names::name(dice, 0)
}

/// An address that no one else has: `number` tells namesakes apart.
pub(crate) fn address(dice: &mut Dice, name: &Name, number: i64) -> String {
    let domain = dice.pick(&DOMAINS);
    if dice.percent(50) {
        format!("{}.{number}@{domain}", name.address)
    } else {
        format!("{}{number}@{domain}", name.address)
    }
}

pub(crate) fn firm(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(names::FIRMS), dice.pick(names::BRANCHES))
}

/// The n-th customer.
pub(crate) fn customer(dice: &mut Dice, number: usize, start: Ms) -> Customer {
    let place = place(dice);
    let mut name = local_name(dice, place);
    if number == 17 {
        name.full = names::LONGEST.to_owned();
    }
    let email = address(dice, &name, number as i64 + 1);
    let company = dice.percent(70).then(|| firm(dice));
    let team = (company.is_some() && dice.percent(40)).then(|| 1_415_301_200 + dice.within(0, 60));
    Customer {
        id: 1_421_300_000 + number as i64,
        guid: dice.guid(),
        user: 1_413_600_000 + number as i64,
        name: name.full,
        given: name.given,
        family: name.family,
        email,
        phone: phone(dice, place),
        company,
        team,
        place,
        plan: dice.skewed(PLANS.len()),
        contract: 1_416_500_000 + number as i64,
        contract_guid: dice.guid(),
        registered: start - dice.within(30, 1_400) * DAY,
        card: dice.roll(),
        due: dice.percent(8),
        inside: false,
    }
}
