//! What the amounts of events come to, by action and currency.
//!
//! One booking may be moved three times and one invoice be told of twice: for each action a thing counts once, with what
//! the newest of the events says. What different actions come to is never added up: an invoice is made, and then paid.

use crate::columns::{self, Found, Window};
use crate::query::Query;
use crate::scan::{KEY, Scan};
use crate::selection::Selection;
use crate::{Clock, Feed, FeedError, Filter, Span};
use nexwatch_nexudus::{Action, Amount, Entity, Saying, Voice};
use nexwatch_store::rusqlite::{Connection, Row};
use nexwatch_store::{DeliveryId, StoreError, codes};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Which events' amounts.
#[derive(Clone, Copy, Debug)]
pub struct OfEvents<'a> {
    /// Which events.
    pub filter: &'a Filter,
    /// Only what had arrived when this delivery was the newest.
    pub as_of: Option<DeliveryId>,
    /// Only what lies in one of these stretches of the list; none: all of it.
    pub only: &'a [Span],
    /// The stretches are of a folded list: what is shown under a row belongs to it.
    pub fold: bool,
}

/// What the amounts of one action's events come to in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountSum {
    /// What happened.
    pub action: Action,
    /// Of an action that tells of two things, which of them.
    pub part: Option<RefundKind>,
    /// ISO 4217 code; none where the events say none, or are not added up.
    pub currency: Option<String>,
    /// Events that have an amount.
    pub events: u32,
    /// How many different things they tell of, each of which counts once.
    pub things: u32,
    /// What these come to.
    pub total: Total,
}

impl AmountSum {
    /// What a person calls it.
    pub fn label(&self, voice: &Voice) -> String {
        match self.part {
            Some(kind) => voice.word(kind.word()),
            None => voice.label(&self.action),
        }
    }

    /// The total, where there is one that can be said.
    pub fn sum(&self) -> Option<Amount> {
        match self.total {
            Total::Sum(sum) => Some(sum),
            Total::BothSides | Total::TooLarge => None,
        }
    }
}

/// Which of the two things that `CoworkerInvoiceRefund` tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RefundKind {
    /// Money was given back: the amount is how much.
    Refunded,
    /// An invoice was cancelled, or it cannot be told: the amount is the invoice's.
    Cancelled,
}

impl RefundKind {
    /// Its name in the catalogue.
    fn word(self) -> &'static str {
        match self {
            RefundKind::Refunded => "invoices-refunded",
            RefundKind::Cancelled => "invoices-cancelled",
        }
    }

    fn of(action: u16, sentence: &str) -> Option<RefundKind> {
        let refunded = || Saying::decode(sentence).message() == "invoice-refunded";
        (action == REFUND).then(|| match refunded() {
            true => RefundKind::Refunded,
            false => RefundKind::Cancelled,
        })
    }
}

/// `CoworkerInvoiceRefund`.
const REFUND: u16 = 19;

/// What amounts come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// So much.
    Sum(Amount),
    /// Debits and credits of a ledger: an event's amount does not say on which side it stands.
    BothSides,
    /// More than the program can say exactly.
    TooLarge,
}

/// So many different things are told apart; for more of them a shorter time has to be chosen.
const MOST: usize = 1_000_000;

/// Where one of so many neighbours or more has an amount, all are read: to find a single one takes as long as to read some.
const DENSE: usize = 6;

/// What is read of an event that has an amount.
pub(crate) const OF_EVENT: &str =
    "SELECT e.action, e.amount, e.entity, e.entity_id, e.currency, e.sentence FROM event e WHERE e.id = ?1";

/// The same of neighbours, newest first.
pub(crate) const OF_NEIGHBOURS: &str = "SELECT e.action, e.amount, e.entity, e.entity_id, e.currency, e.sentence, e.id \
    FROM event e WHERE e.id >= ?1 AND e.id <= ?2 ORDER BY e.id DESC";

impl Feed {
    /// What the amounts of events come to, the action with the most things first; all that match, however long that takes:
    /// some microseconds for each event that has one.
    pub fn amounts(&self, of: OfEvents<'_>, clock: &Clock) -> Result<Vec<AmountSum>, FeedError> {
        let query = self.resolve(of.filter, clock)?;
        let selection = Selection::of(of.only, of.fold);
        let adding = match self.columns() {
            Some(columns) => {
                let window = Window::of(&query, &columns, of.as_of);
                let found = self.0.find_all(&columns, &query, &window, &mut || Ok(()))?;
                self.add_found(&selection.among(found, window.until))?
            }
            None => self.add_scanned(&query, &selection, of.as_of)?,
        };
        adding.sums(self.reader().other_actions()?)
    }

    /// Newest first.
    fn add_found(&self, found: &Found) -> Result<Adding, FeedError> {
        let mut adding = Adding::default();
        for part in found.parts().iter().rev().filter(|part| part.bits.count() > 0) {
            let (ids, dense) = with_amount(part);
            // A question of its own for each chunk: the store's log can be begun anew in between.
            self.reader().read(|db| match dense {
                true => adding.add_neighbours(db, &ids),
                false => adding.add_each(db, &ids),
            })?;
            adding.bounded()?;
        }
        Ok(adding)
    }

    /// The same by a walk through the tables. What a folded list shows under a row is not known yet: a stretch is as it stands.
    fn add_scanned(
        &self,
        query: &Query,
        selection: &Selection,
        as_of: Option<DeliveryId>,
    ) -> Result<Adding, FeedError> {
        let mut adding = Adding::default();
        let as_of = self.stored_as_of(as_of)?;
        let columns = format!("{KEY}, e.entity, e.entity_id, e.currency, e.sentence");
        let mut failed = Ok(());
        self.reader().read(|db| {
            Scan::of(query, as_of).rows(self.reader(), db, &columns, "", |key, row| {
                match row {
                    Some(row) if key.amount.is_some() && selection.stretches().has(key.id.0) => {
                        failed = adding.add(row, [2, 7, 8, 9, 10, 11]);
                    }
                    _ => {}
                }
                failed.is_ok() && adding.seen.len() <= MOST
            })
        })?;
        failed?;
        adding.bounded()?;
        Ok(adding)
    }
}

/// Ids of a chunk's events that have an amount, downwards, and whether they stand close together.
fn with_amount(part: &columns::Part) -> (Vec<i64>, bool) {
    let mut bits = (*part.bits).clone();
    bits.keep(part.chunk.amounts(), |amount| amount.is_some());
    let rows: Vec<usize> = bits.down_from(0).collect();
    let apart = rows
        .first()
        .zip(rows.last())
        .map_or(0, |(last, first)| last - first);
    let ids = part.chunk.ids();
    (
        rows.iter().map(|row| ids.at(*row)).collect(),
        rows.len() * DENSE >= apart,
    )
}

/// What is added up by itself: an action's number, which part of it, and the currency.
type Line = (u16, Option<RefundKind>, Option<String>);

/// Amounts that are being added up, newest first.
#[derive(Default)]
struct Adding {
    sums: FxHashMap<Line, Sum>,
    /// Things that have been counted, by action, part of it, entity and its id.
    seen: FxHashSet<(u16, Option<RefundKind>, u8, i64)>,
}

#[derive(Default)]
struct Sum {
    events: u32,
    things: u32,
    /// Ten-thousandths; as many as there are cannot be too much for it.
    total: i128,
    both_sides: bool,
}

impl Adding {
    /// Adds events by their ids.
    fn add_each(&mut self, db: &Connection, ids: &[i64]) -> Result<(), StoreError> {
        let mut find = db.prepare_cached(OF_EVENT)?;
        for id in ids {
            let mut rows = find.query([id])?;
            if let Some(row) = rows.next()? {
                self.add(row, [0, 1, 2, 3, 4, 5])?;
            }
        }
        Ok(())
    }

    /// The same, of ids in descending order, from one stretch of the table.
    fn add_neighbours(&mut self, db: &Connection, ids: &[i64]) -> Result<(), StoreError> {
        let (Some(last), Some(first)) = (ids.first(), ids.last()) else {
            return Ok(());
        };
        let mut find = db.prepare_cached(OF_NEIGHBOURS)?;
        let mut rows = find.query([first, last])?;
        let mut wanted = ids.iter().peekable();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(6)?;
            while wanted.next_if(|wanted| **wanted > id).is_some() {}
            if wanted.next_if_eq(&&id).is_some() {
                self.add(row, [0, 1, 2, 3, 4, 5])?;
            }
        }
        Ok(())
    }

    /// Adds an event of which action, amount, entity, its id, the currency and the sentence stand in these places of a row.
    fn add(
        &mut self,
        row: &Row,
        [action, amount, entity, id, currency, sentence]: [usize; 6],
    ) -> Result<(), StoreError> {
        // Where it was changed since the columns were asked it may have none any more.
        let Some(amount) = row.get::<_, Option<i64>>(amount)? else {
            return Ok(());
        };
        let (action, entity): (u16, u8) = (row.get(action)?, row.get(entity)?);
        let both_sides = entity == Entity::CoworkerLedgerEntry.code();
        // What is not added up is one line, whichever its currencies.
        let currency: Option<String> = if both_sides { None } else { row.get(currency)? };
        let part = RefundKind::of(action, row.get_ref(sentence)?.as_str().unwrap_or_default());
        let sum = self.sums.entry((action, part, currency)).or_default();
        sum.events += 1;
        sum.both_sides |= both_sides;
        // Whatever has no id is told of once.
        let first = match row.get::<_, Option<i64>>(id)? {
            Some(id) => self.seen.insert((action, part, entity, id)),
            None => true,
        };
        if first {
            sum.things += 1;
            sum.total += i128::from(amount);
        }
        Ok(())
    }

    fn bounded(&self) -> Result<(), FeedError> {
        match self.seen.len() > MOST {
            true => Err(FeedError::BadFilter(
                "these are more than a million amounts: choose a shorter time".into(),
            )),
            false => Ok(()),
        }
    }

    fn sums(self, others: Vec<(u16, String)>) -> Result<Vec<AmountSum>, FeedError> {
        let others: FxHashMap<u16, String> = others.into_iter().collect();
        let named = |code: u16| {
            codes::fixed_action(code).unwrap_or_else(|| {
                Action::Other(others.get(&code).cloned().unwrap_or_else(|| code.to_string()))
            })
        };
        // An action's currencies stay together.
        let mut things: FxHashMap<u16, u32> = FxHashMap::default();
        for ((action, ..), sum) in &self.sums {
            *things.entry(*action).or_default() += sum.things;
        }
        // Where all of a line's things were told of again in another currency, nothing is left to say there.
        let mut all: Vec<_> = self.sums.into_iter().filter(|(_, sum)| sum.things > 0).collect();
        all.sort_by_cached_key(|((action, part, currency), sum)| {
            (
                Reverse(things[action]),
                *action,
                *part,
                Reverse(sum.things),
                currency.clone(),
            )
        });
        let sum = |((action, part, currency), sum): (Line, Sum)| AmountSum {
            action: named(action),
            part,
            currency,
            events: sum.events,
            things: sum.things,
            total: match i64::try_from(sum.total) {
                _ if sum.both_sides => Total::BothSides,
                Ok(total) => Total::Sum(Amount(total)),
                Err(_) => Total::TooLarge,
            },
        };
        Ok(all.into_iter().map(sum).collect())
    }
}
