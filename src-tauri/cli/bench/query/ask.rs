//! One set is asked, in a process of its own: so its memory is that of a program that has this set open.

use super::line::{Asked, Memory, Times, line};
use super::log;
use super::{How, Values};
use crate::cli::bench::arrivals::{AT_A_DESK, Arrivals, Waits};
use crate::cli::bench::folder::say;
use crate::cli::bench::memory;
use crate::cli::bench::naive::{self, Sqlite3};
use crate::cli::bench::questions::{PAIRS, Question, questions};
use nexwatch_feed::{ExportFormat, ExportRequest, Feed, Filter, export};
use nexwatch_store::{Options, Store};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// The naive way is asked of so many events at most: it takes seconds there, and of ten times as many minutes.
const NAIVE_EVENTS: u32 = 1_000_000;

/// What is to be asked.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Job {
    /// The set; it is written to.
    pub folder: PathBuf,
    /// Its events.
    pub events: u32,
    /// How thoroughly.
    pub pace: Pace,
    /// Only questions whose names have this in them.
    pub only: Option<String>,
}

/// How thoroughly it is asked.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Pace {
    /// Forms of each question.
    pub runs: usize,
    /// A question is asked until it has taken so long.
    pub patience: Duration,
    /// The naive way likewise.
    pub naive_patience: Duration,
    /// How long the writer and its log are watched.
    pub watch: Duration,
}

impl Pace {
    /// To be quoted.
    pub const THOROUGH: Pace = Pace {
        runs: 4 * PAIRS,
        patience: Duration::from_secs(6),
        naive_patience: Duration::from_secs(2),
        watch: Duration::from_secs(10),
    };
    /// For an impression.
    pub const BRISK: Pace = Pace {
        runs: 2 * PAIRS,
        patience: Duration::from_millis(300),
        naive_patience: Duration::from_millis(150),
        watch: Duration::from_secs(1),
    };
    /// To see whether it works.
    pub const GLANCE: Pace = Pace {
        runs: 3,
        patience: Duration::ZERO,
        naive_patience: Duration::ZERO,
        watch: Duration::from_millis(200),
    };
}

/// Opens the set as a program that serves does.
pub(super) fn open(folder: &Path) -> anyhow::Result<(Store, Feed)> {
    let feed: Arc<OnceLock<Feed>> = Arc::default();
    let heard = feed.clone();
    let store = Store::open(
        folder,
        Options::serving(),
        Box::new(move |news| {
            if let Some(feed) = heard.get() {
                feed.committed(news);
            }
        }),
    )?;
    let loaded = feed.get_or_init(|| Feed::new(store.reader.clone())).clone();
    Ok((store, loaded))
}

/// Asks everything.
pub(in crate::cli::bench) fn run(job: &Job) -> anyhow::Result<Asked> {
    let before = memory::share_mb();
    say("loading the columns");
    let (store, feed) = open(&job.folder)?;
    let start = Instant::now();
    feed.load()?;
    let load_s = start.elapsed().as_secs_f64();
    let open_mb = memory::share_mb();
    let values = Values::of(feed)?;
    let mut all = questions();
    all.retain(|question| job.events <= question.most_events);
    if let Some(only) = &job.only {
        all.retain(|question| question.is_meant(only));
    }
    // What the bench holds for itself is not the program's.
    let own = memory::share_mb()
        .zip(open_mb)
        .map_or(0.0, |(now, open)| (now - open).max(0.0));
    let quiet = each(&all, |question| first_asked(&values, question, &job.pace))?;
    let asked_mb = memory::share_mb();
    let sqlite3 = Sqlite3::find(&nexwatch_store::path(&job.folder));
    let naive = each(&all, |question| {
        let Some(naive) = question.naive.as_ref().filter(|_| job.events <= NAIVE_EVENTS) else {
            return Ok(None);
        };
        say(&format!(
            "{} events: {} ({})",
            job.events, question.name, naive.shape
        ));
        naive::measure(&values, naive, sqlite3.as_ref(), job.pace.naive_patience).map(Some)
    })?;
    let arrivals = Arrivals::begin(store.writer.clone(), AT_A_DESK)?;
    let busy = each(&all, |question| first_asked(&values, question, &job.pace));
    let while_asked = arrivals.end()?;
    let mut lines = Vec::with_capacity(all.len());
    for (((question, quiet), naive), busy) in all.iter().zip(quiet).zip(naive).zip(busy?) {
        lines.push(line(job.events, question, &quiet, &busy, naive));
    }
    say("exporting while deliveries arrive and questions are asked");
    let while_exported = export_and_ask(&store, &values, &all)?;
    say("watching the log in a burst");
    let log = log::watch(&store, &values, job.pace.watch)?;
    let memory = before.and(open_mb).zip(asked_mb).map(|(open, asked)| Memory {
        open,
        asked: (asked - own).max(0.0),
    });
    store.close();
    Ok(Asked {
        lines,
        load_s,
        memory,
        while_asked,
        while_exported,
        log,
    })
}

fn each<T>(all: &[Question], measure: impl FnMut(&Question) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
    all.iter().map(measure).collect()
}

/// Asks a question in all its forms; each with nothing remembered, and then once more.
fn first_asked(values: &Values, question: &Question, pace: &Pace) -> anyhow::Result<Times> {
    say(&format!("asking: {}", question.name));
    let (mut times, begun) = (Times::default(), Instant::now());
    for n in 0..pace.runs {
        if n >= question.at_least && begun.elapsed() > pace.patience {
            break;
        }
        let filter = (question.filter)(values, n);
        let length = values.length(question.how, &filter)?;
        values.feed.forget();
        times.first.push(ask(values, question.how, &filter, n, length)?);
        times.again.push(ask(values, question.how, &filter, n, length)?);
        times.different.insert(different(question.how, &filter, n));
    }
    Ok(times)
}

fn ask(values: &Values, how: How, filter: &Filter, n: usize, length: u32) -> anyhow::Result<f64> {
    let start = Instant::now();
    std::hint::black_box(values.ask(how, filter, n, length)?);
    Ok(start.elapsed().as_secs_f64() * 1_000.0)
}

/// What tells a question from others of its name.
fn different(how: How, filter: &Filter, n: usize) -> String {
    match how {
        How::Newest | How::Oldest | How::Total | How::Counts | How::New => format!("{filter:?}"),
        How::Deep => format!("{filter:?} {}", n % 20),
        How::Jump => format!("{filter:?} {}", super::spread(n, 997)),
        How::Event | How::Completion => n.to_string(),
    }
}

/// A whole export into nothing, questions all the while, and arrivals: how long the writer let a delivery wait.
fn export_and_ask(store: &Store, values: &Values, all: &[Question]) -> anyhow::Result<Waits> {
    let arrivals = Arrivals::begin(store.writer.clone(), AT_A_DESK)?;
    let done = AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| -> anyhow::Result<()> {
        let export = scope.spawn(|| {
            let written = everything(values, &mut std::io::sink());
            done.store(true, Ordering::Release);
            written
        });
        let mut asked = Ok(());
        let mut questions = all.iter().cycle().enumerate();
        while !done.load(Ordering::Acquire)
            && let Some((n, question)) = questions.next()
        {
            let filter = (question.filter)(values, n);
            let length = values.length(question.how, &filter)?;
            asked = values.ask(question.how, &filter, n, length).map(drop);
            if asked.is_err() {
                break;
            }
        }
        export
            .join()
            .map_err(|_| anyhow::anyhow!("the export failed"))??;
        asked
    });
    let waits = arrivals.end()?;
    outcome.map(|()| waits)
}

/// Exports all events.
pub(super) fn everything(values: &Values, out: &mut (dyn std::io::Write + Send)) -> anyhow::Result<u32> {
    let request = ExportRequest {
        filter: Filter::default(),
        fold: false,
        as_of: None,
        only: Vec::new(),
        format: ExportFormat::Csv,
        columns: Vec::new(),
        oldest_first: true,
        time_zone: Some("UTC".to_owned()),
        bom: false,
        body: false,
    };
    let never = AtomicBool::new(false);
    Ok(export::to_writer(
        &values.feed,
        &request,
        &values.clock,
        out,
        &mut |_, _| {},
        &never,
    )?)
}
