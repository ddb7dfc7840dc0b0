//! `nexwatch bench`: the figures of this machine, beside those of the naive ways, all taken in one run.
//!
//! Absolute numbers belong to a machine and its mood; what may be quoted are ratios, and every ratio here is between
//! things measured in turns.

mod arrivals;
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
mod start;
mod svg;

use anyhow::Context as _;
use figures::{Figures, OfSet};
use folder::{Workshop, say};
use machine::Machine;
use query::Pace;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Works in a folder of its own, which is removed at the end; the data folder is not touched. With nothing else said it is
/// an impression of 100,000 events, in about a minute.
///
/// What can be quoted takes longer and more room:
///   nexwatch bench query --events 1000000,5000000,10000000 --set DIR --svg FILE
/// makes three sets of events, which stay in DIR (10 GB) for the next run, and asks a copy of each in turn (7 GB): about an
/// hour the first time on a machine with two cores, later without the making. Nothing else should be at work meanwhile.
///
/// Every question is asked in many different forms, with nothing remembered of any before, while 50 deliveries arrive in a
/// second; "again" is the same question once more, "quiet" the first without arrivals. Beside it stands the usual way in
/// SQL on the same file, by this program's own SQLite and by the program sqlite3, where that is installed.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Arguments {
    /// What to measure (default: all of it).
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Events to ask and to export, several sizes with commas between (default: 100000). For ingest, the deliveries of one
    /// measurement at most.
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(100..=20_000_000))]
    events: Vec<u32>,
    /// Keeps the sets of events in this folder, so that the next run need not make them.
    #[arg(long, value_name = "DIR")]
    set: Option<PathBuf>,
    /// Only the questions whose names have this in them, e.g. "common word".
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Draws how questions grow with their events.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Where the folder is made: on the disk that is to be measured (default: that of --set, else the system's place for
    /// such things).
    #[arg(long = "in", value_name = "DIR")]
    within: Option<PathBuf>,
    /// How often each measurement is taken; the median counts (default: 5, of an impression 2).
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
    /// Questions that a person asks, and what the program needs to answer them.
    Query,
    /// Files of all events.
    Export,
    /// The other end of a measurement: a process of its own, so that it does not count as the receiver's.
    #[value(hide = true)]
    Child,
}

/// Below so many events figures mean nothing: then a run is only to see whether it works.
const TOO_FEW: u32 = 20_000;
/// Events of an impression.
const IMPRESSION: u32 = 100_000;

/// How thoroughly everything is measured.
struct Effort {
    sizes: Vec<u32>,
    rounds: usize,
    deliveries: u32,
    seconds: f64,
    pace: Pace,
}

impl Effort {
    fn of(arguments: &Arguments) -> Effort {
        let mut sizes = arguments.events.clone();
        sizes.sort_unstable();
        sizes.dedup();
        let said = !sizes.is_empty();
        if !said {
            sizes.push(IMPRESSION);
        }
        let smallest = sizes.first().copied().unwrap_or(IMPRESSION);
        let (rounds, seconds, pace) = match (smallest < TOO_FEW, said) {
            (true, _) => (1, 0.3, Pace::GLANCE),
            (false, false) => (2, 0.5, Pace::BRISK),
            (false, true) => (5, 1.0, Pace::THOROUGH),
        };
        Effort {
            rounds: arguments.rounds.map_or(rounds, usize::from),
            deliveries: if said { smallest.min(200_000) } else { 50_000 },
            seconds,
            pace,
            sizes,
        }
    }

    fn warnings(&self) -> Option<String> {
        let few = self.sizes.first().is_some_and(|events| *events < TOO_FEW);
        few.then(|| format!("fewer than {TOO_FEW} events: these figures mean nothing"))
    }
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.parts.contains(&Part::Child) {
        child::run()?;
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = |part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    anyhow::ensure!(
        arguments.svg.is_none() || wanted(Part::Query),
        "--svg draws questions: ask for them with `nexwatch bench query`"
    );
    let effort = Effort::of(arguments);
    if let Some(only) = &arguments.only {
        anyhow::ensure!(
            wanted(Part::Query),
            "--only chooses questions: ask for them with `nexwatch bench query`"
        );
        let mut all = questions::questions();
        all.retain(|question| effort.sizes.iter().any(|events| *events <= question.most_events));
        anyhow::ensure!(
            all.iter().any(|question| question.is_meant(only)),
            "no question of so many events is called anything like {only:?}; there are: {}",
            all.iter()
                .map(|question| question.name)
                .collect::<Vec<_>>()
                .join("; ")
        );
    }
    if let Some(place) = &arguments.set {
        std::fs::create_dir_all(place).context("the folder of --set cannot be made")?;
    }
    let workshop = Workshop::make(arguments.within.as_deref().or(arguments.set.as_deref()))?;
    let machine = Machine::look(workshop.path()).context("this machine cannot be measured")?;
    let mut warnings = machine.warnings();
    warnings.extend(effort.warnings());
    for warning in &warnings {
        eprintln!("WARNING: {warning}");
    }
    let of_sets = wanted(Part::Query) || wanted(Part::Export);
    if of_sets {
        set::check_room(&workshop, arguments.set.as_deref(), &effort.sizes)?;
    }
    let mut figures = Figures::new(machine, warnings);
    if wanted(Part::Ingest) {
        let course = ingest::Course {
            deliveries: effort.deliveries,
            rounds: effort.rounds,
            seconds: effort.seconds,
        };
        figures.ingest = Some(super::runtime()?.block_on(ingest::measure(&workshop, &course))?);
    }
    if of_sets {
        measure_sets(
            &workshop,
            arguments,
            &effort,
            [wanted(Part::Query), wanted(Part::Export)],
            &mut figures,
        )?;
    }
    figures.machine.look_again();
    say("");
    if let Some(file) = &arguments.svg {
        std::fs::write(file, svg::draw(&figures)).context("the picture cannot be written")?;
    }
    let mut out = std::io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", figures.json())?;
    } else {
        write!(out, "{figures}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One set after the other, each removed before the next is made or copied.
fn measure_sets(
    workshop: &Workshop,
    arguments: &Arguments,
    effort: &Effort,
    [query, export]: [bool; 2],
    figures: &mut Figures,
) -> anyhow::Result<()> {
    for (at, events) in effort.sizes.iter().enumerate() {
        let set = set::get(workshop, arguments.set.as_deref(), *events)?;
        // While nothing has arrived in it.
        if export && at + 1 == effort.sizes.len() {
            figures.export = Some(exporting::measure(workshop, &set, effort.rounds)?);
        }
        let (mut start, mut asked) = (None, None);
        if query {
            start = Some(start::measure(workshop, &set, effort.rounds)?);
            let job = query::Job {
                folder: set.folder(),
                events: set.about().events,
                pace: effort.pace,
                only: arguments.only.clone(),
            };
            asked = Some(child::have_done(&child::Job::Ask(job))?);
        }
        figures.sets.push(OfSet {
            about: set.about().clone(),
            asked,
            start,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn effort(line: &[&str]) -> Effort {
        let all = [&["bench"], line].concat();
        Effort::of(&Line::try_parse_from(all).unwrap().arguments)
    }

    #[test]
    fn with_nothing_said_it_is_an_impression_and_sizes_come_in_order() {
        let impression = effort(&[]);
        assert_eq!(
            (impression.sizes.as_slice(), impression.rounds),
            (&[100_000][..], 2)
        );
        assert!(impression.warnings().is_none());
        let big = effort(&[
            "query",
            "--events",
            "5000000,1000000",
            "--events",
            "1000000",
            "--rounds",
            "3",
        ]);
        assert_eq!(
            (big.sizes.as_slice(), big.rounds),
            (&[1_000_000, 5_000_000][..], 3)
        );
        assert!(effort(&["--events", "2000"]).warnings().is_some());
        let refused = Line::try_parse_from(["bench", "--events", "1,,2"]);
        assert!(refused.is_err());
    }

    #[test]
    fn questions_that_nobody_asks_are_refused_before_anything_is_made() {
        let refused = |line: &[&str]| {
            let all = [&["bench"], line].concat();
            let refused = run(&Line::try_parse_from(all).unwrap().arguments);
            refused.unwrap_err().to_string()
        };
        let why = refused(&["query", "--only", "nonsense"]);
        assert!(
            why.contains("\"nonsense\"; there are: newest 200; category;"),
            "{why}"
        );
        let why = refused(&["query", "--only", "whole count", "--events", "10000000"]);
        assert!(why.starts_with("no question of so many events"), "{why}");
        assert!(refused(&["ingest", "--only", "word"]).contains("nexwatch bench query"));
    }
}
