//! Takes rows and writes them, in whichever form.

use super::cell::Line;
use super::csv::Csv;
use super::json::Jsonl;
use super::tsv::Tsv;
use super::xlsx::Xlsx;
use crate::FeedError;
use std::io;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes gathered before they are given on.
const SLICE: usize = 1 << 20;
/// Rows gathered before they are given on.
const ROWS: u32 = 4096;

pub(super) enum Format {
    Csv(Csv),
    Jsonl(Jsonl),
    Tsv(Tsv),
    Xlsx(Box<Xlsx>),
}

/// Rows on their way out.
pub(crate) struct Sink<'s> {
    out: &'s mut (dyn Write + Send),
    buffer: Vec<u8>,
    format: Format,
    rows: u32,
    /// Rows and bytes since the last pause.
    slice: (u32, usize),
    total: u32,
    progress: &'s mut dyn FnMut(u32, u32),
    cancel: &'s AtomicBool,
}

impl<'s> Sink<'s> {
    pub fn new(
        format: Format,
        total: u32,
        out: &'s mut (dyn Write + Send),
        progress: &'s mut dyn FnMut(u32, u32),
        cancel: &'s AtomicBool,
    ) -> Sink<'s> {
        Sink {
            out,
            buffer: Vec::new(),
            format,
            rows: 0,
            slice: (0, 0),
            total,
            progress,
            cancel,
        }
    }

    /// What stands before the first row.
    pub fn begin(&mut self, bom: bool) -> Result<(), FeedError> {
        match &mut self.format {
            Format::Csv(csv) => csv.header(bom, &mut self.buffer),
            Format::Tsv(tsv) => tsv.header(&mut self.buffer),
            Format::Jsonl(_) => {}
            Format::Xlsx(xlsx) => xlsx.begin()?,
        }
        self.pause()
    }

    /// Takes one row. Nothing waits in here for whoever takes the bytes: that is done in the pauses.
    pub fn row(&mut self, line: &Line) -> Result<(), FeedError> {
        let before = self.buffer.len();
        let size = match &mut self.format {
            Format::Csv(csv) => {
                csv.row(line, &mut self.buffer);
                self.buffer.len() - before
            }
            Format::Jsonl(json) => {
                json.row(line, &mut self.buffer);
                self.buffer.len() - before
            }
            Format::Tsv(tsv) => {
                tsv.row(line, &mut self.buffer);
                self.buffer.len() - before
            }
            Format::Xlsx(xlsx) => xlsx.row(line)?,
        };
        self.rows += 1;
        self.slice = (self.slice.0 + 1, self.slice.1 + size);
        Ok(())
    }

    /// Whether it is time for a pause.
    pub fn is_full(&self) -> bool {
        self.slice.0 >= ROWS || self.slice.1 >= SLICE
    }

    /// Gives on what has been gathered, tells how far it is and whether to go on. It may take as long as whoever takes the
    /// bytes likes: the store must not be held meanwhile.
    pub fn pause(&mut self) -> Result<(), FeedError> {
        self.slice = (0, 0);
        if !self.buffer.is_empty() {
            let written = self.out.write_all(&self.buffer);
            self.buffer.clear();
            written.map_err(|error: io::Error| FeedError::Write(error.kind()))?;
        }
        (self.progress)(self.rows, self.total.max(self.rows));
        stopped(self.cancel)
    }

    /// Writes what stands after the last row, and says how many there were.
    pub fn end(mut self) -> Result<u32, FeedError> {
        self.pause()?;
        if let Format::Xlsx(xlsx) = self.format {
            xlsx.end(self.out, self.cancel)?;
            stopped(self.cancel)?;
        }
        Ok(self.rows)
    }
}

pub(super) fn stopped(cancel: &AtomicBool) -> Result<(), FeedError> {
    match cancel.load(Ordering::Relaxed) {
        true => Err(FeedError::Cancelled),
        false => Ok(()),
    }
}
