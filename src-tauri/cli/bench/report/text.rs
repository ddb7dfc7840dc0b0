//! Figures for persons.

use crate::cli::bench::arrivals::Waits;
use crate::cli::bench::figures::{Figures, OfSet};
use crate::cli::bench::{exporting, ingest, query};
use std::fmt;

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.machine_text(f)?;
        if let Some(ingest) = &self.ingest {
            ingest_text(f, ingest)?;
        }
        for set in &self.sets {
            set_text(f, set)?;
            if let Some(asked) = &set.asked {
                query_text(f, asked)?;
                beside_text(f, asked)?;
            }
        }
        self.growth_text(f)?;
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
        writeln!(f, "{kind}; 4 KiB are on the disk after {:.2} ms", machine.sync_ms)?;
        match (machine.load, machine.load_after) {
            (Some(before), Some(after)) => writeln!(f, "load {before:.1} before, {after:.1} at the end"),
            _ => Ok(()),
        }
    }

    /// How cost grows, where there is more than one size.
    fn growth_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.by_question();
        let Some(sizes) = all.first().filter(|lines| lines.len() > 1) else {
            return Ok(());
        };
        let events: Vec<u32> = sizes.iter().map(|line| line.events).collect();
        let times = events
            .last()
            .zip(events.first())
            .map_or(1.0, |(last, first)| f64::from(*last) / f64::from((*first).max(1)));
        write!(f, "\nGROWTH of 95 of 100, ms\n\n{:<40} │", "question")?;
        for events in &events {
            write!(f, " {:>10}", size(*events))?;
        }
        writeln!(f, "   {times:.0} times the events cost")?;
        for lines in &all {
            let Some((first, last)) = lines.first().zip(lines.last()) else {
                continue;
            };
            write!(f, "{:<40} │", first.name)?;
            for line in lines {
                write!(f, " {:>10.2}", line.took.p95)?;
            }
            writeln!(f, " {:>8.1} times as much", last.took.p95 / first.took.p95)?;
        }
        Ok(())
    }
}

/// `10 M`, `100 k`.
pub(in crate::cli::bench) fn size(events: u32) -> String {
    let events = f64::from(events);
    match events {
        950_000.0.. => format!("{} M", (events / 100_000.0).round() / 10.0),
        1_000.0.. => format!("{} k", (events / 100.0).round() / 10.0),
        _ => format!("{events}"),
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
        "\nOn the disk {:.0} bytes an event, all included ({} events):",
        ingest.bytes_per_event, ingest.events
    )?;
    places_text(f, &ingest.places)
}

fn set_text(f: &mut fmt::Formatter<'_>, set: &OfSet) -> fmt::Result {
    let about = &set.about;
    writeln!(
        f,
        "\nA SET of {} events over three years, made and kept in {:.0} s ({:.0} a second): {:.0} bytes an event",
        about.events,
        about.seconds,
        f64::from(about.events) / about.seconds,
        about.bytes_per_event
    )?;
    places_text(f, &about.places)?;
    if let Some(start) = &set.start {
        let memory = start
            .memory_mb
            .map_or(String::new(), |mb| format!("; {mb:.0} MiB of memory then"));
        writeln!(
            f,
            "  from the start to the first rows {:.0} ms (empty: {:.0} ms), all counts known after {:.0} ms{memory}",
            start.rows_ms, start.empty_rows_ms, start.counts_ms
        )?;
    }
    if let Some(memory) = set.asked.as_ref().and_then(|asked| asked.memory) {
        writeln!(
            f,
            "  memory with the set open {:.0} MiB, after all questions {:.0} MiB",
            memory.open, memory.asked
        )?;
    }
    Ok(())
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

fn query_text(f: &mut fmt::Formatter<'_>, asked: &query::Asked) -> fmt::Result {
    let events = asked.lines.first().map_or(0, |line| line.events);
    writeln!(
        f,
        "\nQUESTIONS of {events} events in ms; 200 rows where rows are asked for; each time another one, nothing remembered,\n\
         {} deliveries a second meanwhile. \"again\": once more right after. \"quiet\": nothing arrives.\n\n\
         {:<40} │    p50     p95   goal │  again   quiet │ the naive way          p50   sqlite3  times slower",
        super::super::arrivals::AT_A_DESK,
        "question"
    )?;
    for line in &asked.lines {
        let goal = line.goal.map_or(String::new(), |goal| {
            let missed = if line.took.p95 > goal { "!" } else { "" };
            format!("{goal:.0}{missed}")
        });
        write!(
            f,
            "{:<40} │ {:>6.2} {:>7.2} {goal:>6} │ {:>6.2} {:>7.2} │",
            line.name, line.took.p50, line.took.p95, line.again.p95, line.quiet.p95
        )?;
        match &line.naive {
            Some(way) => {
                let theirs = way.sqlite3.map_or("–".to_owned(), |(p50, _)| format!("{p50:.2}"));
                writeln!(
                    f,
                    " {:<16} {:>9.2} {theirs:>9} {:>13.0}",
                    way.shape,
                    way.p50,
                    way.p50 / line.took.p50
                )?;
            }
            None => writeln!(f)?,
        }
    }
    for line in &asked.lines {
        if let Some(slowest) = &line.slowest {
            writeln!(
                f,
                "  {}: slowest is {}, {:.2} ms (p50)",
                line.name, slowest.case, slowest.p50
            )?;
        }
    }
    Ok(())
}

/// What questions do to deliveries.
fn beside_text(f: &mut fmt::Formatter<'_>, asked: &query::Asked) -> fmt::Result {
    let waits = |waits: &Waits| {
        format!(
            "{} of {} deliveries waited 99 of 100 under {:.1} ms, the longest {:.1} ms",
            waits.deliveries,
            waits.deliveries + waits.refused,
            waits.p99_ms,
            waits.longest_ms
        )
    };
    let log = &asked.log;
    writeln!(f, "  while asked: {}", waits(&asked.while_asked))?;
    writeln!(f, "  while asked and exported: {}", waits(&asked.while_exported))?;
    writeln!(
        f,
        "  the log under {} deliveries a second: {:.1} MiB at the most, {:.1} MiB beside a reader that takes {:.0} s, \
         {:.1} MiB after it",
        log.per_s, log.alone_mb, log.slow_reader_mb, log.seconds, log.after_mb
    )?;
    writeln!(f, "  meanwhile: {}", waits(&log.waits))
}

fn export_text(f: &mut fmt::Formatter<'_>, line: &exporting::Line) -> fmt::Result {
    writeln!(f, "\nEXPORT of {} events, all columns", line.rows)?;
    file_text(f, "CSV", &line.csv)?;
    match line.sqlite3_rows_per_s {
        Some(theirs) => writeln!(
            f,
            "sqlite3 -csv  {theirs:>9.0} rows/s; ours is {:.2} times as fast",
            line.csv.rows_per_s / theirs
        ),
        None => writeln!(f, "sqlite3 -csv  (not installed)"),
    }?;
    file_text(f, "XLSX", &line.xlsx)
}

fn file_text(f: &mut fmt::Formatter<'_>, name: &str, file: &exporting::OfFormat) -> fmt::Result {
    let peak = file.peak_mb.map_or("peak not known here".to_owned(), |mb| {
        format!("{mb:.1} MiB above idle at the most")
    });
    writeln!(
        f,
        "{name:<13} {:>9.0} rows/s, {:.0} MiB, {peak}",
        file.rows_per_s, file.file_mb
    )
}
