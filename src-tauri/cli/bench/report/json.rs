//! Figures for scripts. What stands in the README of the names of fields is a promise.

use crate::cli::bench::arrivals::Waits;
use crate::cli::bench::figures::{Figures, OfSet};
use crate::cli::bench::naive::Way;
use crate::cli::bench::{exporting, ingest, query, set, start};
use serde_json::{Map, Value, json};

/// Three digits after the point are more than any of this is worth.
fn round(number: f64) -> Value {
    json!((number * 1_000.0).round() / 1_000.0)
}

impl Figures {
    /// For scripts.
    pub fn json(&self) -> Value {
        let mut all = Map::new();
        all.insert("machine".into(), self.machine_json());
        if let Some(ingest) = &self.ingest {
            let lines = ingest.lines.iter().map(|line| ingest_json(ingest, line));
            all.insert("ingest".into(), lines.collect());
        }
        if !self.sets.is_empty() {
            all.insert("sets".into(), self.sets.iter().map(set_json).collect());
        }
        let asked = || {
            self.sets
                .iter()
                .filter_map(|set| Some((&set.about, set.asked.as_ref()?)))
        };
        if asked().next().is_some() {
            let lines = asked().flat_map(|(_, asked)| asked.lines.iter().map(query_json));
            all.insert("query".into(), lines.collect());
            all.insert("growth".into(), self.growth_json());
            all.insert(
                "writer".into(),
                asked().map(|(about, asked)| writer_json(about, asked)).collect(),
            );
            all.insert(
                "log".into(),
                asked().map(|(about, asked)| log_json(about, asked)).collect(),
            );
        }
        let starts: Vec<Value> = self.sets.iter().filter_map(start_json).collect();
        if !starts.is_empty() {
            all.insert("start".into(), starts.into());
        }
        if let Some(line) = &self.export {
            all.insert("export".into(), export_json(line));
        }
        Value::Object(all)
    }

    fn machine_json(&self) -> Value {
        let machine = &self.machine;
        json!({
            "cpu": machine.cpu, "cores": machine.cores, "memory_mb": machine.memory_mb, "os": machine.os,
            "file_system": machine.file_system, "sync_ms": round(machine.sync_ms), "load": machine.load,
            "load_after": machine.load_after, "profile": machine.profile, "version": env!("CARGO_PKG_VERSION"),
            "warnings": self.warnings,
        })
    }

    /// How each question grows from the smallest set to the largest.
    fn growth_json(&self) -> Value {
        let of = |lines: Vec<&query::Line>| {
            let p95: Vec<Value> = lines.iter().map(|line| round(line.took.p95)).collect();
            let events: Vec<u32> = lines.iter().map(|line| line.events).collect();
            let ends = lines.first().zip(lines.last())?;
            let ratio = (lines.len() > 1 && ends.0.took.p95 > 0.0).then(|| ends.1.took.p95 / ends.0.took.p95);
            Some(json!({ "name": ends.0.name, "events": events, "p95_ms": p95, "ratio": ratio.map(round) }))
        };
        self.by_question().into_iter().filter_map(of).collect()
    }
}

fn ingest_json(ingest: &ingest::Measured, line: &ingest::Line) -> Value {
    json!({
        "senders": line.senders,
        "ours_per_s": line.ours.round(),
        "one_commit_per_s": line.one_commit.round(),
        "ceiling_per_s": line.ceiling.round(),
        "p50_ms": round(line.p50[0]),
        "p99_ms": round(line.p99[0]),
        "one_commit_p50_ms": round(line.p50[1]),
        "one_commit_p99_ms": round(line.p99[1]),
        "bytes_per_event": ingest.bytes_per_event.round(),
    })
}

fn set_json(set: &OfSet) -> Value {
    let set::About {
        events,
        seconds,
        bytes_per_event,
        places,
        ..
    } = &set.about;
    let places: Map<String, Value> = places
        .iter()
        .map(|(name, bytes)| (name.clone(), round(*bytes)))
        .collect();
    let asked = set.asked.as_ref();
    let memory = asked.and_then(|asked| asked.memory);
    json!({
        "events": events,
        "made_in_s": round(*seconds),
        "bytes_per_event": round(*bytes_per_event),
        "places": places,
        "load_s": asked.map(|asked| round(asked.load_s)),
        "open_mb": memory.map(|memory| round(memory.open)),
        "asked_mb": memory.map(|memory| round(memory.asked)),
    })
}

fn query_json(line: &query::Line) -> Value {
    json!({
        "name": line.name,
        "kind": line.kind,
        "events": line.events,
        "p50_ms": round(line.took.p50),
        "p95_ms": round(line.took.p95),
        "goal_ms": line.goal,
        "runs": line.runs[0],
        "different": line.runs[1],
        "again_p50_ms": round(line.again.p50),
        "again_p95_ms": round(line.again.p95),
        "quiet_p50_ms": round(line.quiet.p50),
        "quiet_p95_ms": round(line.quiet.p95),
        "slowest": line.slowest.as_ref().map(|slowest| json!({ "case": slowest.case, "p50_ms": round(slowest.p50) })),
        "naive": line.naive.as_ref().map(naive_json),
    })
}

fn naive_json(way: &Way) -> Value {
    json!({
        "shape": way.shape,
        "runs": way.runs,
        "p50_ms": round(way.p50),
        "p95_ms": round(way.p95),
        "sqlite3_p50_ms": way.sqlite3.map(|(p50, _)| round(p50)),
        "sqlite3_p95_ms": way.sqlite3.map(|(_, p95)| round(p95)),
        "sql": way.sql,
        "plan": way.plan,
    })
}

fn waits_json(waits: &Waits) -> Value {
    json!({
        "deliveries": waits.deliveries,
        "refused": waits.refused,
        "per_s": round(waits.per_s),
        "p50_ms": round(waits.p50_ms),
        "p99_ms": round(waits.p99_ms),
        "longest_ms": round(waits.longest_ms),
    })
}

fn writer_json(about: &set::About, asked: &query::Asked) -> Value {
    json!({
        "events": about.events,
        "while_asked": waits_json(&asked.while_asked),
        "while_exported": waits_json(&asked.while_exported),
    })
}

fn log_json(about: &set::About, asked: &query::Asked) -> Value {
    let log = &asked.log;
    json!({
        "events": about.events,
        "per_s": log.per_s,
        "seconds": round(log.seconds),
        "alone_mb": round(log.alone_mb),
        "slow_reader_mb": round(log.slow_reader_mb),
        "after_mb": round(log.after_mb),
        "waits": waits_json(&log.waits),
    })
}

fn start_json(set: &OfSet) -> Option<Value> {
    let start::Start {
        events,
        ready_ms,
        rows_ms,
        empty_rows_ms,
        counts_ms,
        memory_mb,
    } = set.start.as_ref()?;
    Some(json!({
        "events": events,
        "ready_ms": round(*ready_ms),
        "rows_ms": round(*rows_ms),
        "empty_rows_ms": round(*empty_rows_ms),
        "ratio": round(rows_ms / empty_rows_ms.max(f64::MIN_POSITIVE)),
        "counts_ms": round(*counts_ms),
        "memory_mb": memory_mb.map(round),
    }))
}

fn export_json(line: &exporting::Line) -> Value {
    json!({
        "rows_per_s": line.csv.rows_per_s.round(),
        "peak_mb": line.csv.peak_mb.map(round),
        "rows": line.rows,
        "file_mb": round(line.csv.file_mb),
        "sqlite3_rows_per_s": line.sqlite3_rows_per_s.map(f64::round),
        "xlsx": {
            "rows_per_s": line.xlsx.rows_per_s.round(),
            "peak_mb": line.xlsx.peak_mb.map(round),
            "file_mb": round(line.xlsx.file_mb),
        },
    })
}
