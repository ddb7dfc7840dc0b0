//! The shapes in which such questions are usually written: `LIKE`, `IN`, `OFFSET`, `GROUP BY`, on the very tables and
//! indexes of the store.

use super::query::{PAGE, Values};
use super::questions::{Ask, COMMON_WORDS};
use nexwatch_nexudus::{Action, Category, PersonKind};
use nexwatch_store::rusqlite::{Params, params};
use nexwatch_store::{EVENT_COLUMNS, EVENT_JOINS, EventId, Flags, Reader, StoreError};

/// How a filter calls a kind of person.
pub(super) const fn kind_name(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Customer => "customer",
        PersonKind::Visitor => "visitor",
        PersonKind::Other => "other",
    }
}

/// Rows of a page: all columns, read as the feed reads them.
fn rows(values: &Values, rest: &str, params: impl Params) -> anyhow::Result<usize> {
    let sql = format!("SELECT {EVENT_COLUMNS} FROM {EVENT_JOINS} {rest}");
    let found = values.feed.reader().read(|db| {
        let mut find = db.prepare_cached(&sql)?;
        let rows = find.query_map(params, Reader::event_row)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    })?;
    Ok(found.len())
}

/// The sum of the first column.
fn sum(values: &Values, sql: &str, params: impl Params) -> anyhow::Result<usize> {
    let sum = values.feed.reader().read(|db| -> Result<i64, StoreError> {
        let mut find = db.prepare_cached(sql)?;
        let mut rows = find.query(params)?;
        let mut sum = 0;
        while let Some(row) = rows.next()? {
            sum += row.get::<_, i64>(0)?;
        }
        Ok(sum)
    })?;
    Ok(usize::try_from(sum)?)
}

fn numbers(of: impl Fn(&Action) -> bool) -> String {
    let numbers: Vec<String> = Action::all()
        .filter(of)
        .filter_map(|action| Some(action.number()?.to_string()))
        .collect();
    numbers.join(",")
}

pub(super) fn category() -> Ask {
    Box::new(|values, n| {
        let category = Category::ALL[n % Category::ALL.len()];
        let list = numbers(|action| action.category() == category);
        rows(
            values,
            &format!("WHERE e.action IN ({list}) ORDER BY e.id DESC LIMIT {PAGE}"),
            [],
        )
    })
}

pub(super) fn action(of: &'static [u8]) -> Ask {
    Box::new(move |values, n| {
        let sql = format!("WHERE e.action = ?1 ORDER BY e.id DESC LIMIT {PAGE}");
        rows(values, &sql, [of[n % of.len()]])
    })
}

pub(super) fn location() -> Ask {
    Box::new(|values, n| {
        let sql = format!("WHERE e.location = ?1 ORDER BY e.id DESC LIMIT {PAGE}");
        rows(values, &sql, [values.location(n)])
    })
}

pub(super) fn location_and_action(of: &'static [u8]) -> Ask {
    Box::new(move |values, n| {
        let sql = format!("WHERE e.location = ?1 AND e.action = ?2 ORDER BY e.id DESC LIMIT {PAGE}");
        rows(values, &sql, params![values.location(n), of[n % of.len()]])
    })
}

pub(super) fn person() -> Ask {
    Box::new(|values, n| {
        let name = values.person(n).map_or("ana", |(_, first)| first.as_str());
        let sql = format!("WHERE p.name LIKE '%' || ?1 || '%' ORDER BY e.id DESC LIMIT {PAGE}");
        rows(values, &sql, [name])
    })
}

pub(super) fn week() -> Ask {
    Box::new(|values, n| {
        // As written by someone who does not know that a place is a time: an expression that no index helps.
        let sql = format!(
            "WHERE coalesce(e.happened_at, (e.id >> {}) + {}) BETWEEN ?1 AND ?2 ORDER BY e.id DESC LIMIT {PAGE}",
            EventId::BITS,
            EventId::EPOCH
        );
        let from = values.moment(n);
        rows(values, &sql, [from, from + 7 * 86_400_000])
    })
}

pub(super) fn mark() -> Ask {
    Box::new(|values, _| {
        let sql = format!(
            "WHERE e.flags & {} ORDER BY e.id DESC LIMIT {PAGE}",
            Flags::REPEAT.0
        );
        rows(values, &sql, [])
    })
}

/// The sentence and the names; bodies are packed, so that a naive scan of them could not even be written.
const LIKE: &str = "(e.sentence LIKE '%' || ?1 || '%' OR p.name LIKE '%' || ?1 || '%' OR r.name LIKE '%' || ?1 || '%' \
                    OR e.entity_id LIKE ?1)";

pub(super) fn text(of: impl Fn(&Values, usize) -> String + 'static) -> Ask {
    Box::new(move |values, n| {
        let sql = format!("WHERE {LIKE} ORDER BY e.id DESC LIMIT {PAGE}");
        rows(values, &sql, [of(values, n)])
    })
}

pub(super) fn deep() -> Ask {
    Box::new(|values, n| {
        let sql = format!("ORDER BY e.id DESC LIMIT {PAGE} OFFSET ?1");
        rows(values, &sql, [values.depth(n)])
    })
}

pub(super) fn count(of: &'static [u8]) -> Ask {
    Box::new(move |values, n| {
        let list: Vec<String> = (n..n + 3).map(|n| of[n % of.len()].to_string()).collect();
        let sql = format!("SELECT count(*) FROM event WHERE action IN ({})", list.join(","));
        sum(values, &sql, [])
    })
}

pub(super) fn count_text() -> Ask {
    Box::new(|values, n| {
        let sql = format!("SELECT count(*) FROM {EVENT_JOINS} WHERE {LIKE}");
        sum(values, &sql, [COMMON_WORDS[n % COMMON_WORDS.len()]])
    })
}

pub(super) fn facets() -> Ask {
    Box::new(|values, _| {
        let actions = sum(values, "SELECT count(*), action FROM event GROUP BY action", [])?;
        sum(
            values,
            "SELECT count(*), location FROM event GROUP BY location",
            [],
        )?;
        sum(values, "SELECT count(*), flags FROM event GROUP BY flags", [])?;
        Ok(actions)
    })
}

pub(super) fn facets_of_location() -> Ask {
    Box::new(|values, n| {
        let here = [values.location(n)];
        let actions = sum(
            values,
            "SELECT count(*), action FROM event WHERE location = ?1 GROUP BY action",
            here,
        )?;
        sum(
            values,
            "SELECT count(*), location FROM event GROUP BY location",
            [],
        )?;
        sum(
            values,
            "SELECT count(*), flags FROM event WHERE location = ?1 GROUP BY flags",
            here,
        )?;
        Ok(actions)
    })
}
