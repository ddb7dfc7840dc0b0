//! `nexwatch bench`: the figures of this machine, beside those of the naive ways, all taken in one run.
//!
//! Absolute numbers belong to a machine and its mood; what may be quoted are ratios, and every ratio here is between
//! things measured in turns.

mod child;
mod exporting;
mod figures;
mod folder;
mod ingest;
mod machine;
mod memory;
mod naive;
mod query;
mod questions;
mod report;
mod requests;
mod sender;
mod set;
mod sinks;

use anyhow::Context as _;
use figures::Figures;
use folder::Workshop;
use machine::Machine;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Works in a folder of its own, which is removed at the end; the data folder is not touched. Everything together
/// takes about four minutes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What to measure (default: all of it).
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Events to ask and to export (default: 1000000); for ingest, the deliveries of one measurement at most
    /// (default: 100000).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=20_000_000))]
    events: Option<u32>,
    /// Where the folder is made: on the disk that is to be measured (default: the system's place for such things).
    #[arg(long = "in", value_name = "DIR")]
    within: Option<PathBuf>,
    /// How often each measurement is taken; the median counts (default: 5).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=99))]
    rounds: Option<u8>,
    /// One JSON object instead of tables.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Deliveries over HTTP, acknowledged when they are on the disk.
    Ingest,
    /// Questions that a person asks.
    Query,
    /// CSV of all events.
    Export,
    /// The other end of a measurement: a process of its own, so that it does not count as the receiver's.
    #[value(hide = true)]
    Child,
}

/// Below so many events figures mean nothing: then a run is only to see whether it works.
const TOO_FEW: u32 = 20_000;

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.parts.contains(&Part::Child) {
        child::run()?;
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = |part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    let workshop = Workshop::make(arguments.within.as_deref())?;
    let machine = Machine::look(workshop.path()).context("this machine cannot be measured")?;
    let quick = arguments.events.is_some_and(|events| events < TOO_FEW);
    let mut warnings = machine.warnings();
    if quick {
        warnings.push(format!("fewer than {TOO_FEW} events: these figures mean nothing"));
    }
    let rounds = usize::from(arguments.rounds.unwrap_or(if quick { 1 } else { 5 }));
    for warning in &warnings {
        eprintln!("WARNING: {warning}");
    }
    let mut figures = Figures::new(machine, warnings);
    if wanted(Part::Ingest) {
        let course = ingest::Course {
            deliveries: arguments.events.unwrap_or(100_000).min(200_000),
            rounds,
            seconds: if quick { 0.3 } else { 1.0 },
        };
        figures.ingest = Some(super::runtime()?.block_on(ingest::measure(&workshop, &course))?);
    }
    if wanted(Part::Query) || wanted(Part::Export) {
        let set = set::build(&workshop, arguments.events.unwrap_or(1_000_000))?;
        if wanted(Part::Query) {
            figures.query = Some(query::measure(&workshop, &set, quick)?);
        }
        if wanted(Part::Export) {
            figures.export = Some(exporting::measure(&workshop, &set, rounds)?);
        }
        figures.set = Some(set.about());
    }
    workshop.say("");
    let mut out = std::io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", figures.json())?;
    } else {
        write!(out, "{figures}")?;
    }
    Ok(ExitCode::SUCCESS)
}
