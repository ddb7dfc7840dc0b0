//! Figures for persons and for scripts.

use super::figures::Figures;
use super::{exporting, ingest, query, set};
use serde_json::{Map, Value, json};
use std::fmt;

/// Three digits after the point are more than any of this is worth.
fn round(number: f64) -> Value {
    json!((number * 1_000.0).round() / 1_000.0)
}

impl Figures {
    /// For scripts.
    pub fn json(&self) -> Value {
        let machine = &self.machine;
        let mut all = Map::new();
        all.insert(
            "machine".into(),
            json!({
                "cpu": machine.cpu, "cores": machine.cores, "memory_mb": machine.memory_mb, "os": machine.os,
                "file_system": machine.file_system, "sync_ms": round(machine.sync_ms), "load": machine.load,
                "profile": machine.profile, "version": env!("CARGO_PKG_VERSION"), "warnings": self.warnings,
            }),
        );
        if let Some(ingest) = &self.ingest {
            all.insert(
                "ingest".into(),
                ingest
                    .lines
                    .iter()
                    .map(|line| ingest_json(ingest, line))
                    .collect(),
            );
        }
        if let Some(lines) = &self.query {
            all.insert("query".into(), lines.iter().map(query_json).collect());
        }
        if let Some(line) = &self.export {
            all.insert("export".into(), export_json(line));
        }
        Value::Object(all)
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

fn query_json(line: &query::Line) -> Value {
    let mut all = json!({
        "name": line.name, "events": line.events, "p50_ms": round(line.p50), "p95_ms": round(line.p95),
    });
    if let (Some((shape, p50, p95)), Some(all)) = (line.naive, all.as_object_mut()) {
        all.insert("naive".into(), shape.into());
        all.insert("naive_p50_ms".into(), round(p50));
        all.insert("naive_p95_ms".into(), round(p95));
    }
    all
}

fn export_json(line: &exporting::Line) -> Value {
    json!({
        "rows_per_s": line.rows_per_s.round(),
        "peak_mb": line.peak_mb.map(round),
        "rows": line.rows,
        "file_mb": round(line.file_mb),
        "sqlite3_rows_per_s": line.sqlite3_rows_per_s.map(f64::round),
    })
}

/// For persons.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.machine_text(f)?;
        if let Some(ingest) = &self.ingest {
            ingest_text(f, ingest)?;
        }
        if let Some(set) = &self.set {
            set_text(f, set)?;
        }
        if let Some(lines) = &self.query {
            query_text(f, lines)?;
        }
        if let Some(line) = &self.export {
            export_text(f, line)?;
        }
        for warning in &self.warnings {
            writeln!(f, "\nWARNING: {warning}")?;
        }
        Ok(())
    }
}

impl Figures {
    fn machine_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = &self.machine;
        let memory = machine.memory_mb.map_or(String::new(), |mb| {
            format!(", {:.0} GiB of memory", mb as f64 / 1024.0)
        });
        writeln!(
            f,
            "Nexwatch {} ({} build)",
            env!("CARGO_PKG_VERSION"),
            machine.profile
        )?;
        writeln!(
            f,
            "{}, {} cores{memory}, {}",
            machine.cpu, machine.cores, machine.os
        )?;
        let kind = machine.file_system.as_deref().unwrap_or("unknown file system");
        writeln!(f, "{kind}; 4 KiB are on the disk after {:.2} ms", machine.sync_ms)
    }
}

fn ingest_text(f: &mut fmt::Formatter<'_>, ingest: &ingest::Measured) -> fmt::Result {
    writeln!(
        f,
        "\nDELIVERIES over HTTP, 2 KB, signed; acknowledged when on the disk, every index and full text on\n\
         The senders are a process of their own on the same machine. \"one commit\": plain bodies, the same columns and\n\
         search, a transaction for each. \"ceiling\": verified and read, nothing stored.\n\n\
         senders │    ours/s  one commit/s  ratio │  ceiling/s  share │  p50 ms    p99 ms  one commit p99  ratio"
    )?;
    for line in &ingest.lines {
        writeln!(
            f,
            "{:>7} │ {:>9.0} {:>13.0} {:>6.1} │ {:>10.0} {:>4.0} % │ {:>7.2} {:>9.2} {:>15.2} {:>6.2}",
            line.senders,
            line.ours,
            line.one_commit,
            line.ours / line.one_commit,
            line.ceiling,
            line.ours / line.ceiling * 100.0,
            line.p50[0],
            line.p99[0],
            line.p99[1],
            line.p99[0] / line.p99[1],
        )?;
    }
    writeln!(
        f,
        "\nOn the disk, all included: {:.0} bytes an event (after {} events)",
        ingest.bytes_per_event, ingest.events
    )?;
    places_text(f, &ingest.places)
}

fn set_text(f: &mut fmt::Formatter<'_>, set: &set::About) -> fmt::Result {
    writeln!(
        f,
        "\nA SET of {} events over three years, made and kept in {:.0} s ({:.0} a second): {:.0} bytes an event",
        set.events,
        set.seconds,
        f64::from(set.events) / set.seconds,
        set.bytes_per_event
    )?;
    places_text(f, &set.places)
}

/// The tables and indexes that take most, and the rest together.
fn places_text(f: &mut fmt::Formatter<'_>, places: &[(String, f64)]) -> fmt::Result {
    let (most, rest) = places.split_at(places.len().min(8));
    let mut parts: Vec<String> = most
        .iter()
        .map(|(name, bytes)| format!("{name} {bytes:.0}"))
        .collect();
    if !rest.is_empty() {
        parts.push(format!(
            "others {:.0}",
            rest.iter().map(|(_, bytes)| bytes).sum::<f64>()
        ));
    }
    writeln!(f, "  {}", parts.join(", "))
}

fn query_text(f: &mut fmt::Formatter<'_>, lines: &[query::Line]) -> fmt::Result {
    let events = lines.first().map_or(0, |line| line.events);
    writeln!(
        f,
        "\nQUESTIONS of {events} events; 200 rows where rows are asked for, each time with other values\n\n\
         {:<28} │  p50 ms   p95 ms │ the naive way        p50 ms  times slower",
        "question"
    )?;
    for line in lines {
        write!(f, "{:<28} │ {:>7.2} {:>8.2} │", line.name, line.p50, line.p95)?;
        match line.naive {
            Some((shape, p50, _)) => writeln!(f, " {shape:<16} {p50:>10.2} {:>13.0}", p50 / line.p50)?,
            None => writeln!(f)?,
        }
    }
    Ok(())
}

fn export_text(f: &mut fmt::Formatter<'_>, line: &exporting::Line) -> fmt::Result {
    writeln!(
        f,
        "\nEXPORT of {} events, all columns, CSV of {:.0} MiB",
        line.rows, line.file_mb
    )?;
    let peak = line.peak_mb.map_or("peak not known here".to_owned(), |mb| {
        format!("{mb:.1} MiB above idle at the most")
    });
    writeln!(f, "ours          {:>9.0} rows/s, {peak}", line.rows_per_s)?;
    match line.sqlite3_rows_per_s {
        Some(theirs) => writeln!(
            f,
            "sqlite3 -csv  {theirs:>9.0} rows/s; ours is {:.2} times as fast",
            line.rows_per_s / theirs
        ),
        None => writeln!(f, "sqlite3 -csv  (not installed)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::bench::machine::Machine;

    fn figures() -> Figures {
        let folder = tempfile::tempdir().unwrap();
        let mut figures = Figures::new(Machine::look(folder.path()).unwrap(), vec!["only a test".into()]);
        figures.ingest = Some(ingest::Measured {
            lines: vec![ingest::Line {
                senders: 64,
                ours: 12_000.4,
                one_commit: 1_500.0,
                ceiling: 40_000.0,
                p50: [4.0, 40.0],
                p99: [12.345_678, 85.0],
            }],
            events: 60_000,
            bytes_per_event: 432.1,
            places: (0..12).map(|n| (format!("table{n}"), 10.0)).collect(),
        });
        figures.query = Some(vec![query::Line {
            name: "action",
            events: 1_000,
            p50: 0.5,
            p95: 1.0,
            naive: Some(("IN", 50.0, 60.0)),
        }]);
        figures.export = Some(exporting::Line {
            rows: 1_000,
            rows_per_s: 900_000.0,
            peak_mb: Some(12.0),
            file_mb: 0.25,
            sqlite3_rows_per_s: None,
        });
        figures
    }

    #[test]
    fn scripts_find_the_promised_fields() {
        let json = figures().json();
        let line = &json["ingest"][0];
        assert_eq!(
            (&line["senders"], &line["ours_per_s"]),
            (&json!(64), &json!(12_000.0))
        );
        for name in [
            "one_commit_per_s",
            "ceiling_per_s",
            "p50_ms",
            "p99_ms",
            "bytes_per_event",
        ] {
            assert!(line[name].is_number(), "{name}");
        }
        assert_eq!(line["p99_ms"], json!(12.346));
        let line = &json["query"][0];
        assert_eq!(
            (&line["name"], &line["events"]),
            (&json!("action"), &json!(1_000))
        );
        assert!(line["p50_ms"].is_number() && line["p95_ms"].is_number());
        assert!(json["export"]["rows_per_s"].is_number() && json["export"]["peak_mb"].is_number());
        assert_eq!(json["machine"]["warnings"][0], "only a test");
    }

    #[test]
    fn persons_read_ratios_and_warnings() {
        let text = figures().to_string();
        for part in [
            "64 │     12000          1500    8.0 │      40000   30 %",
            "table0 10",
            "others 40",
            "action                       │    0.50     1.00 │ IN                    50.00           100",
            "900000 rows/s, 12.0 MiB above idle",
            "(not installed)",
            "WARNING: only a test",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn what_was_not_measured_is_not_said() {
        let folder = tempfile::tempdir().unwrap();
        let figures = Figures::new(Machine::look(folder.path()).unwrap(), Vec::new());
        assert_eq!(
            figures.json().as_object().unwrap().keys().collect::<Vec<_>>(),
            ["machine"]
        );
    }
}
