//! Asks the naive way, by this program's own SQLite and by the command line's.

use super::{Naive, Sqlite3};
use crate::cli::bench::figures::percentile;
use crate::cli::bench::query::Values;
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::{Reader, StoreError};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// So often at most: a slow way is slow each time.
const MOST: usize = 15;

/// One way of asking naively.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Way {
    /// What is naive about it: `LIKE`, `IN` …
    pub shape: String,
    /// How often it was asked.
    pub runs: usize,
    /// By this program's SQLite, milliseconds.
    pub p50: f64,
    /// Likewise.
    pub p95: f64,
    /// By the program `sqlite3` on the same file, milliseconds: half and 95 of 100; nothing where it is not installed.
    pub sqlite3: Option<(f64, f64)>,
    /// The statements of the first.
    pub sql: Vec<String>,
    /// How SQLite goes about them, a step a line.
    pub plan: Vec<String>,
}

/// Asks until patience is at an end, once at least.
pub(in crate::cli::bench) fn measure(
    values: &Values,
    naive: &Naive,
    sqlite3: Option<&Sqlite3>,
    patience: Duration,
) -> anyhow::Result<Way> {
    let reader = values.feed.reader();
    let begun = Instant::now();
    let (mut took, mut asked) = (Vec::new(), Vec::new());
    for n in 0..MOST {
        if n > 0 && begun.elapsed() > patience {
            break;
        }
        let sql = (naive.sql)(values, n);
        took.push(ask(reader, &sql)?);
        asked.push(sql);
    }
    took.sort_unstable_by(f64::total_cmp);
    let theirs = sqlite3.map(|sqlite3| sqlite3.ask(&asked)).transpose()?;
    let sql = asked.into_iter().next().unwrap_or_default();
    Ok(Way {
        shape: naive.shape.to_owned(),
        runs: took.len(),
        p50: percentile(&took, 50.0),
        p95: percentile(&took, 95.0),
        sqlite3: theirs.map(|took| (percentile(&took, 50.0), percentile(&took, 95.0))),
        plan: plan(reader, &sql)?,
        sql,
    })
}

/// Milliseconds until the last row of the last statement is there.
fn ask(reader: &Reader, statements: &[String]) -> anyhow::Result<f64> {
    Ok(reader.read(|db| {
        let start = Instant::now();
        for sql in statements {
            std::hint::black_box(rows(db, sql)?);
        }
        Ok(start.elapsed().as_secs_f64() * 1_000.0)
    })?)
}

/// How many rows a statement gives; every cell is looked at.
pub(in crate::cli::bench) fn rows(db: &Connection, sql: &str) -> Result<usize, StoreError> {
    let mut find = db.prepare_cached(sql)?;
    let width = find.column_count();
    let mut rows = find.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for at in 0..width {
            std::hint::black_box(row.get_ref(at)?);
        }
        count += 1;
    }
    Ok(count)
}

/// SQLite's plan of all statements.
fn plan(reader: &Reader, statements: &[String]) -> anyhow::Result<Vec<String>> {
    Ok(reader.read(|db| {
        let mut steps = Vec::new();
        for sql in statements {
            let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let mut rows = explain.query([])?;
            while let Some(row) = rows.next()? {
                steps.push(row.get(3)?);
            }
        }
        Ok(steps)
    })?)
}
