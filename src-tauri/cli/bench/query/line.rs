//! The figures of one question, and of everything about one set.

use super::log::Log;
use crate::cli::bench::arrivals::Waits;
use crate::cli::bench::figures::percentile;
use crate::cli::bench::naive::Way;
use crate::cli::bench::questions::Question;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Half and 95 of 100 took no longer, milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Took {
    /// Half.
    pub p50: f64,
    /// 95 of 100.
    pub p95: f64,
}

/// The form of a question that took longest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Slowest {
    /// Which.
    pub case: String,
    /// Half of its kind took no longer, milliseconds.
    pub p50: f64,
}

/// One question's figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Line {
    /// What is asked.
    pub name: String,
    /// What about.
    pub kind: String,
    /// Goal for 95 of 100, milliseconds.
    pub goal: Option<f64>,
    /// Of how many events.
    pub events: u32,
    /// How often it was asked while deliveries arrived, and of those so many different ones.
    pub runs: [usize; 2],
    /// With nothing remembered, while deliveries arrive.
    pub took: Took,
    /// The same question once more right after it.
    pub again: Took,
    /// With nothing remembered, while nothing arrives.
    pub quiet: Took,
    /// Where it has different forms: the kind of them that took longest.
    pub slowest: Option<Slowest>,
    /// The naive shape of it.
    pub naive: Option<Way>,
}

/// Memory of the process, its share (PSS), MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Memory {
    /// With the set open and its columns in memory.
    pub open: f64,
    /// After all questions.
    pub asked: f64,
}

/// Everything about one set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Asked {
    /// The questions.
    pub lines: Vec<Line>,
    /// Reading the columns, seconds.
    pub load_s: f64,
    /// What it takes; nothing where the system does not tell.
    pub memory: Option<Memory>,
    /// The acknowledgements while questions were asked.
    pub while_asked: Waits,
    /// The acknowledgements while questions were asked and everything was exported.
    pub while_exported: Waits,
    /// The log in a burst.
    pub log: Log,
}

/// Milliseconds of each asking, in their order.
#[derive(Default)]
pub(super) struct Times {
    /// With nothing remembered.
    pub first: Vec<f64>,
    /// Right after it.
    pub again: Vec<f64>,
    /// What tells questions apart.
    pub different: HashSet<String>,
}

/// Puts together what was measured of a question.
pub(super) fn line(
    events: u32,
    question: &Question,
    quiet: &Times,
    busy: &Times,
    naive: Option<Way>,
) -> Line {
    Line {
        name: question.name.to_owned(),
        kind: question.kind.name().to_owned(),
        goal: question.kind.goal(events),
        events,
        runs: [busy.first.len(), busy.different.len()],
        took: took(&busy.first),
        again: took(&busy.again),
        quiet: took(&quiet.first),
        slowest: question.case.and_then(|case| slowest(case, &busy.first)),
        naive,
    }
}

fn took(times: &[f64]) -> Took {
    let mut sorted = times.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Took {
        p50: percentile(&sorted, 50.0),
        p95: percentile(&sorted, 95.0),
    }
}

/// The kind of form whose middle is the highest: one long wait by chance does not make a slow question.
pub(super) fn slowest(case: fn(usize) -> String, times: &[f64]) -> Option<Slowest> {
    let mut by_case: Vec<(String, Vec<f64>)> = Vec::new();
    for (n, time) in times.iter().enumerate() {
        let name = case(n);
        match by_case.iter_mut().find(|(known, _)| *known == name) {
            Some((_, all)) => all.push(*time),
            None => by_case.push((name, vec![*time])),
        }
    }
    let middles = by_case.into_iter().map(|(case, times)| Slowest {
        case,
        p50: took(&times).p50,
    });
    middles.max_by(|a, b| a.p50.total_cmp(&b.p50))
}
