//! The shapes in which such questions are usually written: `LIKE`, `IN`, `OFFSET`, `GROUP BY`, on the very tables and
//! indexes of the store. Whole statements with their values in them, so that this program and `sqlite3` run the same text.

mod plain;
mod run;

pub(super) use plain::Sqlite3;
#[cfg(test)]
pub(super) use run::rows;
pub(super) use run::{Way, measure};

use super::query::{PAGE, Values, depth};
use super::questions::{expressions, words};
use super::set::{END, STRETCH};
use nexwatch_nexudus::{Action, Category, PersonKind};
use nexwatch_store::{EVENT_COLUMNS, EVENT_JOINS, EventId, Flags};

/// Makes the statements that answer the n-th of a question.
type Statements = Box<dyn Fn(&Values, usize) -> Vec<String>>;

/// The naive shape of a question.
pub(super) struct Naive {
    /// What is naive about it.
    pub shape: &'static str,
    /// The statements that answer the n-th.
    pub sql: Statements,
}

/// How a filter calls a kind of person.
pub(super) const fn kind_name(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Customer => "customer",
        PersonKind::Visitor => "visitor",
        PersonKind::Other => "other",
    }
}

/// A page: all columns of the newest 200 under a condition.
fn page(shape: &'static str, condition: impl Fn(&Values, usize) -> String + 'static) -> Naive {
    Naive {
        shape,
        sql: Box::new(move |values, n| {
            let rest = condition(values, n);
            vec![format!(
                "SELECT {EVENT_COLUMNS} FROM {EVENT_JOINS} {rest} ORDER BY e.id DESC LIMIT {PAGE}"
            )]
        }),
    }
}

fn statements(shape: &'static str, sql: impl Fn(&Values, usize) -> Vec<String> + 'static) -> Naive {
    Naive {
        shape,
        sql: Box::new(sql),
    }
}

/// A string as SQL writes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// As written by someone who does not know that a place is a time: an expression that no index helps.
fn happened() -> String {
    format!(
        "coalesce(e.happened_at, (e.id >> {}) + {})",
        EventId::BITS,
        EventId::EPOCH
    )
}

pub(super) fn category() -> Naive {
    page("IN", |_, n| {
        let category = Category::ALL[n % Category::ALL.len()];
        let numbers: Vec<String> = Action::all()
            .filter(|action| action.category() == category)
            .filter_map(|action| Some(action.number()?.to_string()))
            .collect();
        format!("WHERE e.action IN ({})", numbers.join(","))
    })
}

pub(super) fn action(of: &'static [u8]) -> Naive {
    page("scan", move |_, n| {
        format!("WHERE e.action = {}", of[n % of.len()])
    })
}

pub(super) fn location() -> Naive {
    page("scan", |values, n| {
        format!("WHERE e.location = {}", values.location(n))
    })
}

pub(super) fn location_and_action(of: &'static [u8]) -> Naive {
    page("scan", move |values, n| {
        let action = of[n % of.len()];
        format!(
            "WHERE e.location = {} AND e.action = {action}",
            values.location(n)
        )
    })
}

pub(super) fn person() -> Naive {
    page("LIKE", |values, n| {
        let name = values.person(n).map_or("ana", |(_, first)| first.as_str());
        format!("WHERE p.name LIKE {}", quoted(&format!("%{name}%")))
    })
}

pub(super) fn week() -> Naive {
    page("scan", |values, n| {
        let from = values.moment(n);
        format!(
            "WHERE {} BETWEEN {from} AND {}",
            happened(),
            from + 7 * 86_400_000
        )
    })
}

pub(super) fn mark() -> Naive {
    page("scan", |_, n| match n % 3 {
        0 => format!("WHERE e.flags & {}", Flags::REPEAT.0),
        1 => format!("WHERE e.flags & {}", Flags::CHANGED.0),
        _ => format!("WHERE e.flags & {} = 0", Flags::CHANGED.0),
    })
}

pub(super) fn more_than() -> Naive {
    page("scan", |_, n| {
        let ten_thousandths = u64::from(expressions::lower(n)) * 10_000;
        format!("WHERE e.amount > {ten_thousandths}")
    })
}

pub(super) fn jump() -> Naive {
    page("scan", |values, n| {
        format!("WHERE {} <= {}", happened(), values.moment(n))
    })
}

pub(super) fn deep() -> Naive {
    statements("OFFSET", |values, n| {
        vec![format!(
            "SELECT {EVENT_COLUMNS} FROM {EVENT_JOINS} ORDER BY e.id DESC LIMIT {PAGE} OFFSET {}",
            depth(values.feed.events(), n)
        )]
    })
}

/// What is said and the names; bodies are packed, so that a naive scan of them could not even be written.
fn like(text: &str) -> String {
    let (part, whole) = (quoted(&format!("%{text}%")), quoted(text));
    format!(
        "(e.sentence LIKE {part} OR p.name LIKE {part} OR r.name LIKE {part} OR e.entity_id LIKE {whole})"
    )
}

pub(super) fn text(of: fn(&Values, usize) -> String) -> Naive {
    page("LIKE", move |values, n| format!("WHERE {}", like(&of(values, n))))
}

pub(super) fn count(of: &'static [u8]) -> Naive {
    statements("IN", move |_, n| {
        let one = |n: usize| of[n % of.len()];
        let list = format!("{},{},{}", one(n), one(n + 1), one(n + 3));
        vec![format!("SELECT count(*) FROM event WHERE action IN ({list})")]
    })
}

/// Actions, locations, marks, and a histogram of sixty bars by action.
fn grouped(from: &str, condition: &str, of_locations: &str) -> Vec<String> {
    let bar = STRETCH / 60;
    vec![
        format!("SELECT e.action, count(*) FROM {from} {condition} GROUP BY e.action"),
        format!("SELECT e.location, count(*) FROM {from} {of_locations} GROUP BY e.location"),
        format!("SELECT e.flags, count(*) FROM {from} {condition} GROUP BY e.flags"),
        format!(
            "SELECT ({} - {}) / {bar} AS bar, e.action, count(*) FROM {from} {condition} GROUP BY bar, e.action",
            happened(),
            END - STRETCH
        ),
    ]
}

pub(super) fn counts() -> Naive {
    statements("GROUP BY", |_, _| grouped("event e", "", ""))
}

pub(super) fn counts_of_location() -> Naive {
    statements("GROUP BY", |values, n| {
        let here = format!("WHERE e.location = {}", values.location(n));
        grouped("event e", &here, "")
    })
}

pub(super) fn counts_of_word() -> Naive {
    statements("LIKE, GROUP BY", |values, n| {
        let says = format!("WHERE {}", like(&words::common(values, n)));
        grouped(EVENT_JOINS, &says, &says)
    })
}
