//! One act, several actions: which of the recent events stand under another one of the same act.
//!
//! Whatever the order of arrival, the result is that of looking at all events of the customer together: the most telling
//! one leads, the others of its act stand under it. So it is settled anew, for the neighbours in time, with every event.

use crate::{Committed, EventId, StoreError, codes};
use nexwatch_nexudus::act::WINDOW;
use nexwatch_nexudus::{Act, Entity, Ms, Person, PersonKind};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::VecDeque;

/// So many events are remembered, the newest arrivals; an older one keeps the head that it has.
const MOST: usize = 4096;
/// So many of one customer.
const MOST_OF_ONE: usize = 64;
/// So many deliveries are looked through when they have to be read again.
const READ_AGAIN: i64 = 2048;

/// An event that tells of an act.
#[derive(Clone, Copy)]
struct Told {
    event: EventId,
    act: Act,
    head: Option<EventId>,
    /// Arrivals in order.
    arrival: u64,
    /// Others that are not remembered may stand under it.
    leads_unknown: bool,
}

/// Recent events by their customers, in order of place.
#[derive(Default)]
pub(crate) struct Acts {
    customers: FxHashMap<i64, Vec<Told>>,
    /// Customer and event in order of arrival; some may be forgotten already.
    arrivals: VecDeque<(i64, EventId)>,
    last_arrival: u64,
    /// What came before the start, or before a transaction that was rolled back, is in the list.
    read: bool,
}

impl Acts {
    /// Which event a new one stands under, if any. The heads of others that change by it are written and told.
    pub fn settle(
        &mut self,
        db: &Connection,
        event: EventId,
        act: Act,
        news: &mut Committed,
    ) -> Result<Option<EventId>, StoreError> {
        if !self.read {
            self.read_again(db)?;
        }
        self.add(event, act, None, false);
        let Some(told) = self.customers.get_mut(&act.customer) else {
            return Ok(None);
        };
        // Mostly nothing near tells of the same act: then nothing comes under anything else.
        let alone = |other: &Told| {
            other.event == event || !is_near(other.event, event) || !other.act.is_one_with(&act)
        };
        if told.iter().all(alone) {
            return Ok(None);
        }
        let mut own = None;
        let near = neighbours(told, event);
        let heads = heads(&told[near.clone()]);
        let mut left = Vec::new();
        for (told, head) in told[near].iter_mut().zip(heads) {
            if told.head != head {
                told.head = head;
                put_under(db, told.event, head)?;
                match told.event == event {
                    true => own = head,
                    false => news.headed.push((told.event, head)),
                }
            }
            if let (Some(head), true) = (head, told.leads_unknown) {
                told.leads_unknown = false;
                left.push((told.event, head));
            }
        }
        for (from, to) in left {
            if take_over(db, from, to, news)?
                && let Some(head) = told.iter_mut().find(|told| told.event == to)
            {
                head.leads_unknown = true;
            }
        }
        Ok(own)
    }

    fn add(&mut self, event: EventId, act: Act, head: Option<EventId>, leads_unknown: bool) {
        self.last_arrival += 1;
        let told = self.customers.entry(act.customer).or_default();
        let at = told.partition_point(|other| other.event < event);
        let new = Told {
            event,
            act,
            head,
            arrival: self.last_arrival,
            leads_unknown,
        };
        told.insert(at, new);
        self.arrivals.push_back((act.customer, event));
        if told.len() > MOST_OF_ONE
            && let Some(oldest) = told.iter().min_by_key(|told| told.arrival).map(|told| told.event)
        {
            forget(told, oldest);
        }
        if self.arrivals.len() > MOST
            && let Some((customer, oldest)) = self.arrivals.pop_front()
            && let Some(told) = self.customers.get_mut(&customer)
        {
            forget(told, oldest);
            if told.is_empty() {
                self.customers.remove(&customer);
            }
        }
    }

    /// Reads the newest from the tables.
    fn read_again(&mut self, db: &Connection) -> Result<(), StoreError> {
        *self = Acts::default();
        let mut deliveries = db.prepare_cached(
            "SELECT id, received_at, event_after FROM delivery
             WHERE id > (SELECT max(id) FROM delivery) - ?1 ORDER BY id",
        )?;
        let mut also = db.prepare_cached("SELECT event FROM also WHERE delivery = ?1")?;
        let mut find = db.prepare_cached(
            "SELECT e.action, e.entity, e.entity_id, p.platform_id, h.head
             FROM event e JOIN person p ON p.key = e.person LEFT JOIN act h ON h.event = e.id
             WHERE e.id = ?1 AND p.kind = ?2 AND p.platform_id <> 0",
        )?;
        let mut rows = deliveries.query([READ_AGAIN])?;
        while let Some(row) = rows.next()? {
            let (delivery, received_at, after): (i64, Ms, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let mut events = vec![EventId(EventId::first_at(received_at).0 + after)];
            for other in also.query_map([delivery], |row| row.get(0).map(EventId))? {
                events.push(other?);
            }
            for event in events {
                let found = find
                    .query_row(params![event.0, PersonKind::Customer as u8], |row| {
                        let person = Person {
                            kind: PersonKind::Customer,
                            id: row.get(3)?,
                            name: String::new(),
                        };
                        let act = codes::fixed_action(row.get(0)?).and_then(|action| {
                            let entity = Entity::from_code(row.get(1).unwrap_or(0));
                            Act::of(&action, entity, row.get(2).ok()?, Some(&person))
                        });
                        Ok((act, row.get::<_, Option<i64>>(4)?.map(EventId)))
                    })
                    .optional()?;
                if let Some((Some(act), head)) = found {
                    self.add(event, act, head, true);
                }
            }
        }
        // One that stands under an event of before stays there.
        for told in self.customers.values_mut() {
            let known: Vec<EventId> = told.iter().map(|told| told.event).collect();
            told.retain(|told| told.head.is_none_or(|head| known.contains(&head)));
        }
        self.read = true;
        Ok(())
    }
}

/// Forgets an event, and those that stand under it: they stay there.
fn forget(told: &mut Vec<Told>, event: EventId) {
    let Some(at) = told.iter().position(|told| told.event == event) else {
        return;
    };
    let gone = told.remove(at);
    told.retain(|told| told.head != Some(event));
    if let Some(head) = gone.head
        && let Some(head) = told.iter_mut().find(|told| told.event == head)
    {
        head.leads_unknown = true;
    }
}

/// Whether two places are near enough to be of one act.
fn is_near(one: EventId, other: EventId) -> bool {
    (one.at() - other.at()).abs() <= WINDOW
}

/// The events that one could have to do with, by way of others too.
fn neighbours(told: &[Told], event: EventId) -> std::ops::Range<usize> {
    let at = told.partition_point(|other| other.event < event);
    let (mut from, mut to) = (at, at + 1);
    while from > 0 && is_near(told[from - 1].event, told[from].event) {
        from -= 1;
    }
    while to < told.len() && is_near(told[to - 1].event, told[to].event) {
        to += 1;
    }
    from..to
}

/// Which event each stands under. The most telling one leads, and takes all of its act that lie near; then the most telling
/// of those that are left. One that several could lead stands under the nearest.
fn heads(told: &[Told]) -> Vec<Option<EventId>> {
    let of_one_act = |one: usize, other: usize| {
        is_near(told[one].event, told[other].event) && told[one].act.is_one_with(&told[other].act)
    };
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_unstable_by_key(|at| (Reverse(told[*at].act.rank), told[*at].event));
    let mut leads = Vec::new();
    let mut taken = vec![false; told.len()];
    for at in order {
        if taken[at] {
            continue;
        }
        leads.push(at);
        for (other, taken) in taken.iter_mut().enumerate() {
            *taken |= of_one_act(at, other);
        }
    }
    (0..told.len())
        .map(|at| {
            // One that is led may lie near a less telling one, too, that lies too far from the one that leads it.
            let tells_more = |lead: usize| told[lead].act.rank > told[at].act.rank;
            let possible = leads
                .iter()
                .filter(|lead| taken[at] && tells_more(**lead) && of_one_act(**lead, at));
            let nearest = possible.min_by_key(|lead| {
                let away = (told[**lead].event.at() - told[at].event.at()).abs();
                (away, Reverse(told[**lead].act.rank), told[**lead].event)
            });
            nearest.map(|lead| told[*lead].event)
        })
        .collect()
}

fn put_under(db: &Connection, event: EventId, head: Option<EventId>) -> Result<(), StoreError> {
    match head {
        Some(head) => db
            .prepare_cached("INSERT OR REPLACE INTO act(event, head) VALUES (?1, ?2)")?
            .execute([event.0, head.0])?,
        None => db
            .prepare_cached("DELETE FROM act WHERE event = ?1")?
            .execute([event.0])?,
    };
    Ok(())
}

/// What stands under one event and is not remembered comes under another; whether there was any.
fn take_over(db: &Connection, from: EventId, to: EventId, news: &mut Committed) -> Result<bool, StoreError> {
    // It may have taken over others itself, from one that is less telling: there are but a few ranks.
    let reach = 8 * WINDOW;
    let mut change = db.prepare_cached(
        "UPDATE act SET head = ?2 WHERE event >= ?3 AND event < ?4 AND head = ?1 RETURNING event",
    )?;
    let (first, last) = (
        EventId::first_at(from.at() - reach).0,
        EventId::first_at(from.at() + reach).0,
    );
    let before = news.headed.len();
    for event in change.query_map(params![from.0, to.0, first, last], |row| row.get(0))? {
        news.headed.push((EventId(event?), Some(to)));
    }
    Ok(news.headed.len() > before)
}
