//! One act, several actions: which events tell of the same act.
//!
//! The platform reports some acts by more than one action: a check-in as 36 and 47, a new contract as 10, 14, 60 and 62, a
//! payment as 18, 21 and 23, and an access-control update (61) with almost anything. That they overlap is inferred from
//! their names (no page says so), so nothing is taken away: the events are only shown under the most telling one.

use crate::{Action, Entity, Ms, Person, PersonKind};

/// Two events of one act lie at most so far apart, in ms.
pub const WINDOW: Ms = 120_000;

/// What two events must share to be of one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Act {
    family: Family,
    /// The customer whose act it is.
    pub customer: i64,
    thing: Option<(Entity, i64)>,
    /// The most telling event of an act has the highest.
    pub rank: u8,
}

/// Acts that come under several actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Family {
    /// Any other: only an access-control update joins it.
    Any,
    CheckIn,
    CheckOut,
    Refused,
    Contract,
    Invoice,
    Payment,
    /// Access control: with anything of the customer.
    Access,
}

impl Act {
    /// The act of an event; nothing where no customer is known to tell it by.
    pub fn of(
        action: &Action,
        entity: Entity,
        entity_id: Option<i64>,
        person: Option<&Person>,
    ) -> Option<Act> {
        let customer = match person {
            Some(Person {
                kind: PersonKind::Customer,
                id: Some(id),
                ..
            }) => *id,
            _ => return None,
        };
        // A body that has the check-in tells more than one that has the customer only.
        let own_body = 2 * u8::from(entity != Entity::Coworker);
        let (family, rank) = match action.number()? {
            36 => (Family::CheckIn, 2 + own_body),
            47 => (Family::CheckIn, 1 + own_body),
            35 => (Family::CheckOut, 2 + own_body),
            48 => (Family::CheckOut, 1 + own_body),
            37 => (Family::Refused, 1 + own_body),
            63 => (Family::Refused, 4),
            14 => (Family::Contract, 4),
            10 => (Family::Contract, 3),
            62 => (Family::Contract, 2),
            60 => (Family::Contract, 1),
            15 => (Family::Invoice, 2),
            16 => (Family::Invoice, 1),
            21 => (Family::Payment, 3),
            23 => (Family::Payment, 2),
            18 => (Family::Payment, 1),
            61 => (Family::Access, 0),
            _ => (Family::Any, 5),
        };
        Some(Act {
            family,
            customer,
            thing: entity_id.map(|id| (entity, id)),
            rank,
        })
    }

    /// Whether both tell of one act, if they lie near enough in time. The other way round it is the same.
    pub fn is_one_with(&self, other: &Act) -> bool {
        if self.customer != other.customer {
            return false;
        }
        match (self.family, other.family) {
            (Family::Access, Family::Access) | (Family::Any, Family::Any) => false,
            (Family::Access, _) | (_, Family::Access) => true,
            (own, others) => {
                own == others && own != Family::Any && self.rank != other.rank && self.same_thing(other)
            }
        }
    }

    /// Two of one kind must be the same; of different kinds (a check-in and its customer) nothing can be said.
    fn same_thing(&self, other: &Act) -> bool {
        match (self.thing, other.thing) {
            (Some((kind, id)), Some((other_kind, other_id))) => kind != other_kind || id == other_id,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(number: u8, entity: Entity, id: i64, customer: i64) -> Act {
        let person = Person {
            kind: PersonKind::Customer,
            id: Some(customer),
            name: "Ana".into(),
        };
        Act::of(&Action::Known(number), entity, Some(id), Some(&person)).unwrap()
    }

    #[test]
    fn the_overlapping_actions() {
        use Entity::{Booking, Checkin, Coworker, CoworkerContract, CoworkerInvoice, FailedCheckin};
        for (a, b) in [
            (act(36, Coworker, 7, 7), act(47, Checkin, 90, 7)),
            (act(36, Checkin, 90, 7), act(47, Checkin, 90, 7)),
            (act(35, Coworker, 7, 7), act(48, Checkin, 90, 7)),
            (act(37, Coworker, 7, 7), act(63, FailedCheckin, 90, 7)),
            (act(10, CoworkerContract, 5, 7), act(62, CoworkerContract, 5, 7)),
            (act(14, CoworkerContract, 5, 7), act(60, CoworkerContract, 5, 7)),
            (act(15, CoworkerInvoice, 5, 7), act(16, CoworkerInvoice, 5, 7)),
            (act(18, CoworkerInvoice, 5, 7), act(21, CoworkerInvoice, 5, 7)),
            (act(61, Coworker, 7, 7), act(37, Coworker, 7, 7)),
            (act(61, Coworker, 7, 7), act(6, Booking, 5, 7)),
            (act(61, Coworker, 7, 7), act(14, CoworkerContract, 5, 7)),
        ] {
            assert!(a.is_one_with(&b) && b.is_one_with(&a), "{a:?} {b:?}");
            assert_ne!(a.rank, b.rank, "one of them stands for both: {a:?} {b:?}");
        }
    }

    #[test]
    fn what_are_two_acts() {
        use Entity::{Booking, Checkin, Coworker, CoworkerInvoice};
        for (a, b) in [
            (act(36, Checkin, 90, 7), act(47, Checkin, 91, 7)),
            (act(36, Coworker, 7, 7), act(47, Checkin, 90, 8)),
            (act(36, Coworker, 7, 7), act(35, Coworker, 7, 7)),
            (act(15, CoworkerInvoice, 5, 7), act(16, CoworkerInvoice, 6, 7)),
            (act(18, CoworkerInvoice, 5, 7), act(18, CoworkerInvoice, 5, 7)),
            (act(61, Coworker, 7, 7), act(61, Coworker, 7, 7)),
            (act(6, Booking, 5, 7), act(6, Booking, 6, 7)),
        ] {
            assert!(!a.is_one_with(&b) && !b.is_one_with(&a), "{a:?} {b:?}");
        }
        assert_eq!(Act::of(&Action::Known(61), Coworker, Some(7), None), None);
    }
}
