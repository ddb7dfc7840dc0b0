//! What is seen, written to a file: Excel, CSV or JSON Lines, streamed, whole or not at all; or copied.
//!
//! Rows are read in slices, each a short question of its own, and given on in between: however slow whoever takes them is,
//! the store's log can be begun anew meanwhile.
//!
//! Formula injection: a spreadsheet takes a CSV cell that begins with `=`, `+`, `-` or `@` for a formula. Columns that
//! can hold a stranger's text (action, location, person, resource, currency, sentence, body) get an apostrophe before
//! such a beginning; numbers, ids, times and this program's own words never do, so that `-5.00` stays a number.

mod body;
mod cell;
mod copy;
mod csv;
mod json;
mod moment;
mod names;
mod rows;
mod safe;
mod sink;
mod target;
mod tsv;
mod xlsx;

pub(crate) use body::Bodies;
pub use body::body_of;
pub use copy::{MOST_COPIED, copy};
pub use json::json_row;
pub use target::write as whole_file;

use crate::columns::{Found, Window};
use crate::query::Query;
use crate::selection::Selection;
use crate::{Clock, Feed, FeedError, Filter, Span};
use cell::Column;
use jiff::tz::TimeZone;
use nexwatch_nexudus::Ms;
use nexwatch_store::{DeliveryId, EventId, StoreError};
use serde::{Deserialize, Serialize};
use sink::{Format, Sink};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use ts_rs::TS;

/// An export of what is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportRequest {
    /// Which events.
    pub filter: Filter,
    /// As in `Feed`: what is seen, not what has arrived since.
    pub as_of: Option<i64>,
    /// Only what lies in one of these stretches of the list; none: all of it.
    #[serde(default)]
    pub only: Vec<Span>,
    /// The list is folded: what is shown under a row belongs to it, wherever it lies and whether it matches or not.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub fold: bool,
    /// `csv`, `jsonl` or `xlsx`.
    pub format: ExportFormat,
    /// Columns by name, in order; empty means all.
    pub columns: Vec<String>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// IANA time zone of times (e.g. `Europe/Madrid`), `UTC`, or none for the computer's own. JSON Lines are
    /// always UTC.
    pub time_zone: Option<String>,
    /// Begin a CSV with a byte-order mark, for Excel.
    pub bom: bool,
    /// Add the body as received, private fields masked.
    pub body: bool,
}

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportFormat {
    /// RFC 4180.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// An Excel workbook.
    Xlsx,
}

/// Names of the columns, in their usual order; `body` comes after them when it is asked for.
pub const COLUMNS: &[&str] = &[
    "id",
    "happened_at",
    "received_at",
    "action",
    "action_number",
    "category",
    "entity",
    "entity_id",
    "location_id",
    "location",
    "person_id",
    "person",
    "resource",
    "amount",
    "currency",
    "sentence",
    "source",
    "signature",
    "repeats",
    "flags",
];

/// How many rows an export has; with `true` these are only so many as are known by now, and the rest is being counted in the
/// background.
pub fn count(feed: &Feed, request: &ExportRequest, clock: &Clock) -> Result<(u32, bool), FeedError> {
    let plan = Plan::of(feed, request, clock)?;
    let (rows, counting) = plan.known(feed)?;
    Ok((rows.total(), counting))
}

/// Which events an export has, in its order, if they are not more than so many; else how many they are.
pub fn events(
    feed: &Feed,
    request: &ExportRequest,
    clock: &Clock,
    most: u32,
) -> Result<Result<Vec<EventId>, u32>, FeedError> {
    let plan = Plan::of(feed, request, clock)?;
    let rows = plan.rows(feed, &mut || Ok(()))?;
    if rows.total() > most {
        return Ok(Err(rows.total()));
    }
    let mut ids = match &rows {
        Rows::Found(found) => {
            let mut ids: Vec<EventId> = found.ids_from(0).collect();
            if plan.oldest_first {
                ids.reverse();
            }
            ids
        }
        Rows::Scanned { as_of, .. } => plan.reading(feed).ids(&plan.query, *as_of)?,
    };
    // One may have come between counting and reading; what was counted are the first ones.
    ids.truncate(rows.total() as usize);
    Ok(Ok(ids))
}

/// Writes an export to a file and says how many rows it has. It is written beside the target and renamed when it is
/// complete and on the disk; on an error, or when cancelled, nothing is left. `progress` hears rows written and rows in
/// all. A file that is there is written over only with `overwrite`.
pub fn to_file(
    feed: &Feed,
    request: &ExportRequest,
    clock: &Clock,
    target: &Path,
    overwrite: bool,
    progress: &mut dyn FnMut(u32, u32),
    cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    let plan = Plan::of(feed, request, clock)?;
    target::write(target, overwrite, |file| {
        // The last moment to stop at is one at which nothing has to be taken back.
        plan.run(feed, file, &target::folder(target), progress, cancel)
    })
}

/// Writes an export to whatever takes bytes and says how many rows it has. What has been written when it fails or is
/// cancelled cannot be taken back here.
pub fn to_writer(
    feed: &Feed,
    request: &ExportRequest,
    clock: &Clock,
    out: &mut (dyn Write + Send),
    progress: &mut dyn FnMut(u32, u32),
    cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    let plan = Plan::of(feed, request, clock)?;
    let rows = plan.run(feed, out, &std::env::temp_dir(), progress, cancel)?;
    out.flush().map_err(|error| FeedError::Write(error.kind()))?;
    Ok(rows)
}

/// A request made out: everything that can be wrong with it has been found.
struct Plan {
    query: Query,
    selection: Selection,
    as_of: Option<DeliveryId>,
    columns: Vec<Column>,
    format: ExportFormat,
    bom: bool,
    zone: TimeZone,
    oldest_first: bool,
    now: Ms,
}

/// Which rows.
enum Rows {
    /// Those of the columns in memory.
    Found(Found),
    /// So many as a walk through the tables finds that had arrived with a delivery.
    Scanned { total: u32, as_of: DeliveryId },
}

impl Rows {
    fn total(&self) -> u32 {
        match self {
            Rows::Found(found) => found.total(),
            Rows::Scanned { total, .. } => *total,
        }
    }
}

impl Plan {
    fn of(feed: &Feed, request: &ExportRequest, clock: &Clock) -> Result<Plan, FeedError> {
        let zone = match request.time_zone.as_deref() {
            None => clock.zone.clone(),
            Some(name) => TimeZone::get(name).map_err(|_| {
                FeedError::BadExport(format!(
                    "there is no time zone “{}”: write e.g. Europe/Madrid or UTC",
                    crate::filter::cut(name)
                ))
            })?,
        };
        Ok(Plan {
            query: feed.resolve(&request.filter, clock)?,
            selection: Selection::of(&request.only, request.fold),
            as_of: request.as_of.map(DeliveryId),
            columns: Column::named(&request.columns, request.body)?,
            format: request.format,
            bom: request.bom,
            zone,
            oldest_first: request.oldest_first,
            now: clock.now,
        })
    }

    fn reading<'f>(&'f self, feed: &'f Feed) -> rows::Reading<'f> {
        rows::Reading::new(feed, &self.columns, self.selection.stretches(), self.oldest_first)
    }

    /// All of them, however long that takes; `pause` says now and then whether to go on.
    fn rows(&self, feed: &Feed, pause: &mut dyn FnMut() -> Result<(), FeedError>) -> Result<Rows, FeedError> {
        if let Some(columns) = feed.columns() {
            let window = Window::of(&self.query, &columns, self.as_of);
            let found = feed.0.find_all(&columns, &self.query, &window, pause)?;
            return Ok(Rows::Found(self.selection.among(found, window.until)));
        }
        self.scanned(feed)
    }

    /// So many as are known at once, and whether there may be more.
    fn known(&self, feed: &Feed) -> Result<(Rows, bool), FeedError> {
        if let Some(columns) = feed.columns() {
            let window = Window::of(&self.query, &columns, self.as_of);
            let (found, counting) = feed.0.find_so_far(&columns, &self.query, &window)?;
            return Ok((Rows::Found(self.selection.among(found, window.until)), counting));
        }
        Ok((self.scanned(feed)?, false))
    }

    fn scanned(&self, feed: &Feed) -> Result<Rows, FeedError> {
        let as_of = feed.stored_as_of(self.as_of)?;
        let total = match self.query == Query::ALL && self.selection.stretches().is_all() {
            true => feed.scanned_count(&self.query, as_of)?,
            false => self.reading(feed).count(&self.query, as_of)?,
        };
        Ok(Rows::Scanned { total, as_of })
    }

    /// `folder` is for what has to be gathered before it can be written.
    fn run(
        &self,
        feed: &Feed,
        out: &mut (dyn Write + Send),
        folder: &Path,
        progress: &mut dyn FnMut(u32, u32),
        cancel: &AtomicBool,
    ) -> Result<u32, FeedError> {
        let format = match self.format {
            ExportFormat::Csv => Format::Csv(csv::Csv::new(&self.columns, self.zone.clone())),
            ExportFormat::Jsonl => Format::Jsonl(json::Jsonl::new(&self.columns)),
            ExportFormat::Xlsx => Format::Xlsx(Box::new(xlsx::Xlsx::new(
                &self.columns,
                &self.zone,
                folder,
                self.now,
            )?)),
        };
        // Complete, even where every body has to be looked at first.
        let rows = self.rows(feed, &mut || {
            progress(0, 0);
            sink::stopped(cancel)
        })?;
        self.write(feed, &rows, format, out, progress, cancel)
    }

    fn write(
        &self,
        feed: &Feed,
        rows: &Rows,
        format: Format,
        out: &mut (dyn Write + Send),
        progress: &mut dyn FnMut(u32, u32),
        cancel: &AtomicBool,
    ) -> Result<u32, FeedError> {
        let mut sink = Sink::new(format, rows.total(), out, progress, cancel);
        sink.begin(self.bom)?;
        let reading = self.reading(feed);
        match rows {
            Rows::Found(found) => reading.found(found, &mut sink)?,
            Rows::Scanned { as_of, .. } => reading.scan(&self.query, *as_of, &mut sink)?,
        }
        sink.end()
    }
}

#[cfg(test)]
pub(crate) use rows::statements;

/// So that a question to the store may fail for a reason of the export's own.
pub(crate) fn told<T>(result: Result<Result<T, FeedError>, StoreError>) -> Result<T, FeedError> {
    result?
}
