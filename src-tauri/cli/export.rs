//! `nexwatch export`: what the window's export writes.

use super::output::{Misuse, plain};
use super::words::{FilterArgument, LANGUAGE, clock, feed};
use anyhow::Context as _;
use clap::ValueEnum;
use nexwatch_feed::{ExportFormat, ExportRequest, export};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// RFC 4180, safe for spreadsheets.
    Csv,
    /// One JSON object a line, times in UTC.
    Jsonl,
    /// An Excel workbook.
    Xlsx,
}

#[derive(Debug, clap::Args)]
#[command(after_help = LANGUAGE)]
pub(super) struct Arguments {
    #[command(flatten)]
    filter: FilterArgument,
    /// The file; one that is there is written over once the new one is complete. `-` is standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The kind of file (default: by its name's ending; csv where it has none).
    #[arg(long)]
    format: Option<Format>,
    /// Columns in order, e.g. `happened_at,sentence,amount,currency` (default: all).
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    columns: Vec<String>,
    /// Oldest first instead of newest first.
    #[arg(long)]
    oldest_first: bool,
    /// Time zone of times in CSV and Excel, e.g. `Europe/Madrid` or `UTC` (default: the computer's).
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Begin a CSV with a byte-order mark, for Excel.
    #[arg(long)]
    bom: bool,
    /// Add the body as received, private fields masked.
    #[arg(long)]
    body: bool,
}

/// The format that a file's name ends in.
fn by_name(file: &Path) -> anyhow::Result<Format> {
    let Some(ending) = file.extension() else {
        return Ok(Format::Csv);
    };
    let ending = plain(&ending.to_string_lossy());
    Format::from_str(&ending, true).map_err(|_| {
        let told = format!(
            "no export is made of files that end in .{ending}: name it .csv, .jsonl or .xlsx, or say which it is with --format"
        );
        Misuse(told).into()
    })
}

pub(super) fn run(folder: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let feed = feed(folder)?;
    let request = ExportRequest {
        filter: arguments.filter.filter(&feed)?,
        as_of: None,
        format: match arguments.format.map_or_else(|| by_name(&arguments.out), Ok)? {
            Format::Csv => ExportFormat::Csv,
            Format::Jsonl => ExportFormat::Jsonl,
            Format::Xlsx => ExportFormat::Xlsx,
        },
        columns: arguments.columns.clone(),
        only: Vec::new(),
        fold: false,
        oldest_first: arguments.oldest_first,
        time_zone: arguments.time_zone.clone(),
        bom: arguments.bom,
        body: arguments.body,
    };
    let never = AtomicBool::new(false);
    if arguments.out.as_os_str() == "-" {
        let mut out = std::io::BufWriter::new(std::io::stdout());
        export::to_writer(&feed, &request, &clock(&feed), &mut out, &mut |_, _| {}, &never)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let watched = std::io::stderr().is_terminal();
    let mut tell = |rows: u32, total: u32| {
        if watched {
            eprint!("\r{rows} of {total} events");
        }
    };
    let rows = export::to_file(
        &feed,
        &request,
        &clock(&feed),
        &arguments.out,
        true,
        &mut tell,
        &never,
    )
    .with_context(|| format!("{} was not written", arguments.out.display()));
    if watched {
        eprint!("\r\u{1b}[K");
    }
    let rows = rows?;
    eprintln!(
        "{rows} event{} written to {}",
        if rows == 1 { "" } else { "s" },
        arguments.out.display()
    );
    Ok(ExitCode::SUCCESS)
}
