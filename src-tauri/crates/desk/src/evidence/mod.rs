//! Evidence: what came, how it came and how it was proved, as a bundle (.zip) for the platform's support or an
//! integrator. Streamed, an event at a time; the same events give the same bytes.
//!
//! Neither the hook's key nor a shared secret is in it: neither is kept with a delivery.

mod body;
mod facts;
mod readme;
mod script;

use crate::protocol::EvidenceRequest;
use body::Body;
use nexwatch_feed::{FeedError, export};
use nexwatch_nexudus::{Ms, time};
use nexwatch_store::{DeliveryRow, EventId, EventRow, Reader, RepeatRow, StoreError};
use std::cell::Cell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Most events of one bundle.
pub const MOST: usize = 500;

/// Everything that is told of one event.
#[derive(Clone, Debug)]
pub struct Case {
    /// As in the feed.
    pub row: EventRow,
    /// As it came.
    pub delivery: DeliveryRow,
    /// Its later arrivals.
    pub repeats: Vec<RepeatRow>,
}

impl Case {
    /// An event of the store; nothing if it is not there.
    pub fn of(reader: &Reader, id: i64) -> Result<Option<Case>, StoreError> {
        let id = EventId(id);
        let Some(row) = reader.event(id)? else {
            return Ok(None);
        };
        let Some(delivery) = reader.delivery(row.delivery)? else {
            return Ok(None);
        };
        Ok(Some(Case {
            repeats: reader.repeats(id)?,
            row,
            delivery,
        }))
    }

    /// The folder's name: when it arrived, what it was, which event. Nothing of it is a stranger's to choose.
    fn folder(&self) -> String {
        let name = self.row.action.name();
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let name: String = name.chars().take(40).map(plain).collect();
        let at = time::rfc3339(self.delivery.received_at);
        let at: String = at.chars().take_while(|c| *c != '.' && *c != 'Z').collect();
        format!("{}Z-{name}-{}", at.replace(':', "-"), self.row.id.0)
    }
}

/// Writes a bundle to a file and says how many events it has: whole or not at all. Blocks.
pub fn to_file(
    reader: &Reader,
    request: &EvidenceRequest,
    target: &Path,
    overwrite: bool,
    progress: &mut dyn FnMut(u32, u32),
    cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    export::whole_file(target, overwrite, |file| {
        let mut out = io::BufWriter::new(file);
        let events = to_writer(reader, request, &mut out, progress, cancel)?;
        out.flush().map_err(|error| FeedError::Write(error.kind()))?;
        Ok(events)
    })
}

/// Writes a bundle to whatever takes bytes and says how many events it has. Blocks.
pub fn to_writer(
    reader: &Reader,
    request: &EvidenceRequest,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u32, u32),
    cancel: &AtomicBool,
) -> Result<u32, FeedError> {
    let total = check(request)?;
    let mut bundle = Bundle::new(out, request.unmasked);
    for (done, id) in (0..).zip(&request.events) {
        progress(done, total);
        if cancel.load(Ordering::Relaxed) {
            return Err(FeedError::Cancelled);
        }
        let case = Case::of(reader, *id)?.ok_or_else(|| FeedError::BadExport(gone(*id)))?;
        bundle.add(&case)?;
    }
    bundle.finish()?;
    progress(total, total);
    Ok(total)
}

/// How many events are asked for, if that can be done. Those of a list have to be named by then.
pub(crate) fn check(request: &EvidenceRequest) -> Result<u32, FeedError> {
    if request.selected.is_some() {
        return Err(FeedError::BadExport(
            "the selected events are not named yet".to_owned(),
        ));
    }
    let sound = (1..=MOST).contains(&request.events.len());
    let mut ids = request.events.clone();
    ids.sort_unstable();
    ids.dedup();
    match u32::try_from(request.events.len()) {
        Ok(count) if sound && ids.len() == request.events.len() => Ok(count),
        Ok(_) if sound => Err(FeedError::BadExport("an event is named twice".to_owned())),
        _ => Err(FeedError::BadExport(format!(
            "evidence is of 1 to {MOST} events: choose fewer"
        ))),
    }
}

pub(crate) fn gone(id: i64) -> String {
    format!("there is no event {id}, or not any more")
}

/// A bundle being written.
pub struct Bundle<'o> {
    /// Nothing once it is ended.
    zip: Option<ZipWriter<StreamWriter<Tap<'o>>>>,
    open: Rc<Cell<bool>>,
    unmasked: bool,
    /// Folders so far, for the note that is written last.
    folders: Vec<String>,
    newest: Ms,
}

/// Lets bytes through until it is closed. A bundle that is given up in the middle would else be ended as if it were whole.
struct Tap<'o> {
    out: &'o mut dyn Write,
    open: Rc<Cell<bool>>,
}

impl Write for Tap<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.open.get() {
            true => self.out.write(bytes),
            false => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.open.get() {
            true => self.out.flush(),
            false => Ok(()),
        }
    }
}

impl Drop for Bundle<'_> {
    fn drop(&mut self) {
        self.open.set(false);
    }
}

impl<'o> Bundle<'o> {
    /// An empty one.
    pub fn new(out: &'o mut dyn Write, unmasked: bool) -> Bundle<'o> {
        let open = Rc::new(Cell::new(true));
        let tap = Tap {
            out,
            open: open.clone(),
        };
        Bundle {
            zip: Some(ZipWriter::new_stream(tap)),
            open,
            unmasked,
            folders: Vec::new(),
            newest: 0,
        }
    }

    /// Adds an event.
    pub fn add(&mut self, case: &Case) -> Result<(), FeedError> {
        let folder = case.folder();
        let at = case.delivery.received_at;
        let body = Body::of(&case.delivery.body, self.unmasked);
        let headers = facts::headers(&case.delivery, &body);
        self.file(&format!("{folder}/{}", body.file), at, 0o644, &body.bytes)?;
        let facts = facts::facts(case, &headers, &body);
        let mut text = serde_json::to_vec_pretty(&facts)
            .map_err(|error| FeedError::Write(io::Error::from(error).kind()))?;
        text.push(b'\n');
        self.file(&format!("{folder}/delivery.json"), at, 0o644, &text)?;
        let script = script::script(case, &headers, &body);
        self.file(&format!("{folder}/send-again.sh"), at, 0o755, script.as_bytes())?;
        self.folders.push(folder);
        self.newest = self.newest.max(at);
        Ok(())
    }

    /// Adds the note on how to read it, and ends it.
    pub fn finish(mut self) -> Result<(), FeedError> {
        let text = readme::readme(&self.folders, self.unmasked);
        let at = self.newest;
        self.file("README.txt", at, 0o644, text.as_bytes())?;
        match self.zip.take() {
            Some(zip) => zip.finish().map(drop).map_err(of_zip),
            None => Ok(()),
        }
    }

    fn file(&mut self, name: &str, at: Ms, mode: u32, bytes: &[u8]) -> Result<(), FeedError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(moment(at))
            .unix_permissions(mode);
        let Some(zip) = &mut self.zip else { return Ok(()) };
        zip.start_file(name, options).map_err(of_zip)?;
        zip.write_all(bytes)
            .map_err(|error| FeedError::Write(error.kind()))
    }
}

fn of_zip(error: zip::result::ZipError) -> FeedError {
    FeedError::Write(io::Error::from(error).kind())
}

/// A moment as a .zip keeps it, in UTC and in steps of two seconds; before 1980 and after 2107 it knows no years.
fn moment(at: Ms) -> DateTime {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let at = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
    let small = |number: i8| u8::try_from(number).unwrap_or(0);
    DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or(0),
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
    )
    .unwrap_or_default()
}
