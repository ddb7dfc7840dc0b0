//! What is seen, written to a file: CSV or JSON Lines, streamed, whole or not at all.
//!
//! Formula injection: a spreadsheet takes a CSV cell that begins with `=`, `+`, `-` or `@` for a formula. Columns that
//! can hold a stranger's text (action, location, person, resource, currency, sentence, body) get an apostrophe before
//! such a beginning; numbers, ids, times and this program's own words never do, so that `-5.00` stays a number.

mod body;
mod cell;
mod csv;
mod json;
mod moment;
mod names;
mod rows;
mod safe;
mod target;

pub(crate) use body::Bodies;
pub use body::body_of;
pub use json::json_row;
pub use target::write as whole_file;

use crate::columns::Window;
use crate::query::Query;
use crate::{Clock, Feed, FeedError, Filter, Span};
use cell::Column;
use jiff::tz::TimeZone;
use nexwatch_store::{DeliveryId, StoreError};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
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
    /// `csv` or `jsonl`.
    pub format: ExportFormat,
    /// Columns by name, in order; empty means all.
    pub columns: Vec<String>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// IANA time zone for CSV times (e.g. `Europe/Madrid`), `UTC`, or none for the computer's own. JSON Lines are
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
        let rows = plan.run(feed, file, progress, cancel)?;
        // The last moment at which nothing has to be taken back.
        stopped(cancel)?;
        Ok(rows)
    })
}

/// Writes an export to whatever takes bytes and says how many rows it has. What has been written when it fails or is
/// cancelled cannot be taken back here.
pub fn to_writer(
    feed: &Feed,
    request: &ExportRequest,
    clock: &Clock,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u32, u32),
    cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    let rows = Plan::of(feed, request, clock)?.run(feed, out, progress, cancel)?;
    out.flush().map_err(|error| FeedError::Write(error.kind()))?;
    Ok(rows)
}

/// A request made out: everything that can be wrong with it has been found.
struct Plan {
    query: Query,
    as_of: Option<DeliveryId>,
    columns: Vec<Column>,
    format: ExportFormat,
    bom: bool,
    zone: TimeZone,
    oldest_first: bool,
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
            as_of: request.as_of.map(DeliveryId),
            columns: Column::named(&request.columns, request.body)?,
            format: request.format,
            bom: request.bom,
            zone,
            oldest_first: request.oldest_first,
        })
    }

    fn run(
        &self,
        feed: &Feed,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(u32, u32),
        cancel: &AtomicBool,
    ) -> Result<u32, FeedError> {
        let mut sink = Sink {
            out,
            buffer: Vec::with_capacity(2 * FLUSH),
            format: match self.format {
                ExportFormat::Csv => Format::Csv(csv::Csv::new(&self.columns, self.zone.clone())),
                ExportFormat::Jsonl => Format::Jsonl(json::Jsonl::new(&self.columns)),
            },
            rows: 0,
            total: 0,
            progress,
            cancel,
        };
        if let Format::Csv(csv) = &sink.format {
            csv.header(self.bom, &mut sink.buffer);
        }
        let reading = rows::Reading::new(feed, &self.columns, self.oldest_first);
        match feed.columns() {
            Some(columns) => {
                let window = Window::of(&self.query, &columns, self.as_of);
                // Complete, even where every body has to be looked at first.
                let found = feed
                    .0
                    .find_all(&columns, &self.query, &window, &mut || sink.pause())?;
                sink.total = found.total();
                sink.pause()?;
                reading.found(&found, &mut sink)?;
            }
            None => {
                let as_of = feed.stored_as_of(self.as_of)?;
                sink.total = feed.scanned_count(&self.query, as_of)?;
                sink.pause()?;
                reading.scan(&self.query, as_of, &mut sink)?;
            }
        }
        sink.flush()?;
        sink.pause()?;
        Ok(sink.rows)
    }
}

/// Bytes gathered before they are given on.
const FLUSH: usize = 64 * 1024;

enum Format {
    Csv(csv::Csv),
    Jsonl(json::Jsonl),
}

/// Takes rows and writes them.
pub(crate) struct Sink<'s> {
    out: &'s mut dyn Write,
    buffer: Vec<u8>,
    format: Format,
    rows: u32,
    total: u32,
    progress: &'s mut dyn FnMut(u32, u32),
    cancel: &'s AtomicBool,
}

impl Sink<'_> {
    /// Writes one row.
    fn row(&mut self, line: &cell::Line) -> Result<(), FeedError> {
        match &mut self.format {
            Format::Csv(csv) => csv.row(line, &mut self.buffer),
            Format::Jsonl(json) => json.row(line, &mut self.buffer),
        }
        self.rows += 1;
        if self.buffer.len() >= FLUSH {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), FeedError> {
        let written = self.out.write_all(&self.buffer);
        self.buffer.clear();
        written.map_err(|error: io::Error| FeedError::Write(error.kind()))
    }

    /// Tells how far it is and whether to go on: every few thousand rows, some ten milliseconds.
    fn pause(&mut self) -> Result<(), FeedError> {
        (self.progress)(self.rows, self.total.max(self.rows));
        stopped(self.cancel)
    }
}

fn stopped(cancel: &AtomicBool) -> Result<(), FeedError> {
    match cancel.load(Ordering::Relaxed) {
        true => Err(FeedError::Cancelled),
        false => Ok(()),
    }
}

#[cfg(test)]
pub(crate) use rows::statements;

/// So that a question to the store may fail for a reason of the export's own.
pub(crate) fn told<T>(result: Result<Result<T, FeedError>, StoreError>) -> Result<T, FeedError> {
    result?
}
