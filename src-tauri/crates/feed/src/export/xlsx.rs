//! An Excel workbook, typed: numbers are numbers, times are dates, text stays text and is never a formula.
//!
//! Rows go to a temporary file without a name, one a sheet, and are packed when they are complete: memory stays the
//! same whatever their number. Excel itself sets the bounds: it keeps fifteen digits of a number, 32,767 characters of a
//! cell and 1,048,576 rows of a sheet.

mod room;

use super::cell::{Cell, Column, Line};
use super::moment::Moments;
use crate::FeedError;
use jiff::tz::TimeZone;
use nexwatch_nexudus::{Amount, Ms};
use room::Room;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, IgnoreError, Note, Workbook, Worksheet, XlsxError,
};
use std::io::{self, ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Rows of a sheet, the names of the columns included.
const ROWS: u32 = 1_048_576;
/// Characters of a cell, as Excel counts them: UTF-16 units.
const CHARACTERS: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " […]";
/// Numbers below it keep all their digits.
const EXACT: u64 = 1_000_000_000_000_000;
/// 1970-01-01 as Excel counts days, and the days that it can show: its first two months are wrong.
const EPOCH: f64 = 25_569.0;
const DAYS: std::ops::Range<f64> = 61.0..2_958_466.0;
/// From so many bytes on a sheet may need the large form of the archive.
const LARGE: usize = 3 << 30;

pub(super) struct Xlsx {
    book: Workbook,
    columns: Vec<Column>,
    moments: Moments,
    zone: String,
    /// For amounts that have more than two decimals.
    finer: [Format; 2],
    /// Rows of a sheet at most, and those of the present one so far.
    most: u32,
    row: u32,
    sheets: usize,
    /// Columns of the present sheet in which something was cut.
    cut: Vec<bool>,
    bytes: usize,
    room: Room,
}

impl Xlsx {
    /// A workbook whose rows gather in a folder. `now` is when it was made.
    pub fn new(columns: &[Column], zone: &TimeZone, folder: &Path, now: Ms) -> Result<Xlsx, FeedError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder).map_err(failed)?;
        let mut about = DocProperties::new().set_title("Nexwatch events");
        if let Ok(now) = ExcelDateTime::from_timestamp(now.div_euclid(1000)) {
            about = about.set_creation_datetime(&now);
        }
        book.set_properties(&about);
        Ok(Xlsx {
            book,
            columns: columns.to_vec(),
            moments: Moments::new(zone.clone()),
            zone: zone.iana_name().unwrap_or("the computer's zone").to_owned(),
            finer: ["#,##0.000", "#,##0.0000"].map(|form| Format::new().set_num_format(form)),
            most: ROWS,
            row: 0,
            sheets: 0,
            cut: Vec::new(),
            bytes: 0,
            room: Room::on_disk(folder),
        })
    }

    /// Begins the first sheet.
    pub fn begin(&mut self) -> Result<(), FeedError> {
        guarded(|| self.begin_sheet())
    }

    /// Writes a row; about how many bytes it takes.
    pub fn row(&mut self, line: &Line) -> Result<usize, FeedError> {
        let size = guarded(|| {
            if self.row == self.most {
                self.end_sheet()?;
                self.begin_sheet()?;
            }
            self.cells(line)
        })?;
        self.bytes += size;
        self.room.take(size)?;
        Ok(size)
    }

    /// Packs it all.
    pub fn end(mut self, out: &mut (dyn Write + Send), cancel: &AtomicBool) -> Result<(), FeedError> {
        let mut watched = Watched {
            out,
            cancel,
            room: self.room.clone(),
            failed: None,
            told: false,
        };
        let packed = guarded(|| {
            self.end_sheet()?;
            self.book.use_zip_large_file(self.bytes > LARGE);
            self.book.save_to_writer(&mut watched)
        });
        // What was said first is the cause.
        match watched.failed {
            Some(error) => Err(error),
            None => packed,
        }
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => "Events".to_owned(),
            n => format!("Events {n}"),
        };
        self.cut = vec![false; self.columns.len()];
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, width(*column))?;
            if let Some(form) = form(*column) {
                sheet.set_column_format(at, &Format::new().set_num_format(form))?;
            }
            sheet.write_string_with_format(0, at, column.name(), &bold)?;
        }
        self.row = 1;
        Ok(())
    }

    /// What can only be said once the last row is known.
    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let last = self.row - 1;
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        let Some(right) = u16::try_from(self.columns.len())
            .ok()
            .and_then(|n| n.checked_sub(1))
        else {
            return Ok(());
        };
        sheet.autofilter(0, 0, last, right)?;
        // Ids of sixteen digits are text on purpose.
        sheet.ignore_error_range(0, 0, last, right, IgnoreError::NumberStoredAsText)?;
        for (at, column) in (0..).zip(&self.columns) {
            let cut = self.cut[usize::from(at)];
            let text = match column {
                Column::HappenedAt | Column::ReceivedAt => format!("Times of {}.", self.zone),
                _ if cut => format!(
                    "Excel holds {CHARACTERS} characters in a cell. Longer texts end in “{}”; CSV and JSON Lines have all of them.",
                    CUT.trim()
                ),
                _ => continue,
            };
            let note = Note::new(text).add_author_prefix(false).set_width(220);
            sheet.insert_note(0, at, &note)?;
        }
        Ok(())
    }

    fn cells(&mut self, line: &Line) -> Result<usize, XlsxError> {
        let row = self.row;
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        let mut size = 64;
        for (place, column) in self.columns.iter().enumerate() {
            let at = u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)?;
            let mut text = |text: &str| -> Result<usize, XlsxError> {
                let (text, cut) = fitting(text);
                self.cut[place] |= cut;
                let size = text.len();
                sheet.write_string(row, at, text)?;
                Ok(size)
            };
            size += 32
                + match line.cell(*column) {
                    Cell::Unknown => 0,
                    // All in one form: some ids are longer than what Excel keeps of a number.
                    Cell::Number(number) if *column == Column::Id || number.unsigned_abs() >= EXACT => {
                        text(&number.to_string())?
                    }
                    Cell::Number(number) => self::number(sheet, row, at, number as f64)?,
                    Cell::Decimal(amount) => match amount.0.unsigned_abs() < EXACT {
                        true => money(sheet, &self.finer, row, at, amount)?,
                        false => text(&amount.to_string())?,
                    },
                    Cell::Moment(moment) => {
                        let days = self.moments.local(moment) as f64 / 86_400_000.0 + EPOCH;
                        match DAYS.contains(&days) {
                            true => number(sheet, row, at, days)?,
                            false => {
                                let mut bytes = Vec::new();
                                self.moments.write(moment, &mut bytes);
                                text(&String::from_utf8_lossy(&bytes))?
                            }
                        }
                    }
                    Cell::Word(word) => text(word)?,
                    Cell::Text(some) => text(some)?,
                    Cell::Words(flags) => text(&flags.names().join(" "))?,
                    Cell::Body(serde_json::Value::String(some)) => text(some)?,
                    Cell::Body(value) => text(&value.to_string())?,
                };
        }
        self.row += 1;
        Ok(size)
    }
}

fn number(sheet: &mut Worksheet, row: u32, at: u16, number: f64) -> Result<usize, XlsxError> {
    sheet.write_number(row, at, number)?;
    Ok(16)
}

/// With as many decimals as it has, two at least.
fn money(
    sheet: &mut Worksheet,
    finer: &[Format; 2],
    row: u32,
    at: u16,
    amount: Amount,
) -> Result<usize, XlsxError> {
    let value = amount.0 as f64 / 10_000.0;
    match (amount.0 % 100, amount.0 % 10) {
        (0, _) => sheet.write_number(row, at, value)?,
        (_, 0) => sheet.write_number_with_format(row, at, value, &finer[0])?,
        _ => sheet.write_number_with_format(row, at, value, &finer[1])?,
    };
    Ok(16)
}

/// How Excel shows the numbers of a column.
const fn form(column: Column) -> Option<&'static str> {
    match column {
        Column::HappenedAt | Column::ReceivedAt => Some("yyyy-mm-dd hh:mm:ss"),
        Column::Amount => Some("#,##0.00"),
        // As digits, not as 1.42E+09.
        Column::EntityId | Column::LocationId | Column::PersonId => Some("0"),
        _ => None,
    }
}

/// In characters.
const fn width(column: Column) -> u32 {
    match column {
        Column::Sentence | Column::Body => 60,
        Column::Action | Column::Location | Column::Person | Column::Resource | Column::Flags => 24,
        Column::HappenedAt | Column::ReceivedAt | Column::Id => 19,
        Column::Repeats | Column::Currency => 10,
        _ => 14,
    }
}

/// A text as it fits into a cell, and whether it was cut. What XML cannot say is left out.
fn fitting(text: &str) -> (String, bool) {
    let text = match text.contains(['\u{fffe}', '\u{ffff}']) {
        true => text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"),
        false => text.to_owned(),
    };
    // No character takes fewer bytes than units.
    if text.len() <= CHARACTERS || text.encode_utf16().count() <= CHARACTERS {
        return (text, false);
    }
    let mut left = CHARACTERS - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left -= if fits { c.len_utf16() } else { left };
        fits
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push_str(CUT);
    (short, true)
}

/// Gives bytes on while there is room and nobody has said stop.
struct Watched<'o> {
    out: &'o mut (dyn Write + Send),
    cancel: &'o AtomicBool,
    room: Room,
    failed: Option<FeedError>,
    /// The packer has heard of it.
    told: bool,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = super::sink::stopped(self.cancel).and_then(|()| self.room.take(bytes.len())) {
            self.failed.get_or_insert(error);
        }
        if self.failed.is_some() {
            // The packer ends an archive that it is made to give up, as if it were whole: nothing more goes out. Having heard
            // of the fault once it would print any further one.
            return match std::mem::replace(&mut self.told, true) {
                false => Err(ErrorKind::Other.into()),
                true => Ok(bytes.len()),
            };
        }
        self.out.write(bytes).inspect_err(|error| {
            if error.kind() != ErrorKind::Interrupted {
                self.failed = Some(FeedError::Write(error.kind()));
                self.told = true;
            }
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.failed {
            None => self.out.flush(),
            Some(_) => Ok(()),
        }
    }
}

/// The library panics when its temporary file cannot be written; to whoever exports it is an error like any other.
fn guarded<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, FeedError> {
    match catch_unwind(AssertUnwindSafe(write)) {
        Ok(result) => result.map_err(failed),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map_or("", String::as_str);
            let kinds = [
                ErrorKind::StorageFull,
                ErrorKind::QuotaExceeded,
                ErrorKind::FileTooLarge,
            ];
            let kind = kinds.into_iter().find(|kind| said.contains(&format!("{kind:?}")));
            Err(FeedError::Write(kind.unwrap_or(ErrorKind::Other)))
        }
    }
}

fn failed(error: XlsxError) -> FeedError {
    FeedError::Write(match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error.kind(),
        XlsxError::ZipError(error) => io::Error::from(error).kind(),
        // Nothing that a row can hold leads here: texts are cut, names of sheets are ours.
        _ => ErrorKind::InvalidData,
    })
}

#[cfg(test)]
mod tests;
