//! `nexwatch query`: events in the terminal, newest first. A running Nexwatch may be writing meanwhile.

mod amounts;

use super::output::plain;
use super::words::{FilterArgument, LANGUAGE, at_least_one, clock, feed};
use nexwatch_feed::{At, Clock, OfEvents, export};
use nexwatch_nexudus::Voice;
use nexwatch_store::EventRow;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(after_help = LANGUAGE)]
pub(super) struct Arguments {
    #[command(flatten)]
    filter: FilterArgument,
    /// At most so many events.
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = at_least_one)]
    limit: u32,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Add the body as received, private fields masked (with --json).
    #[arg(long, requires = "json")]
    body: bool,
    /// Instead of the events what their amounts come to, by action and currency. Each booking, invoice … counts once for an
    /// action, with what its newest event of that action says.
    #[arg(long, conflicts_with_all = ["limit", "body"])]
    amounts: bool,
}

pub(super) fn run(folder: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let feed = feed(folder)?;
    let filter = arguments.filter.filter(&feed)?;
    let (clock, voice) = (clock(&feed), feed.voice());
    let mut out = BufWriter::new(std::io::stdout().lock());
    if arguments.amounts {
        let all = OfEvents {
            filter: &filter,
            as_of: None,
            only: &[],
            fold: false,
        };
        let sums = feed.amounts(all, &clock)?;
        match arguments.json {
            true => sums
                .iter()
                .try_for_each(|sum| writeln!(out, "{}", amounts::json(sum, &voice)))?,
            false if sums.is_empty() => eprintln!("No event that matches has an amount."),
            false => amounts::table(&sums, &voice)
                .iter()
                .try_for_each(|line| writeln!(out, "{line}"))?,
        }
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let page = feed.page(&filter, &clock, None, At::Newest, arguments.limit)?;
    for row in &page.rows {
        if arguments.json {
            let body = if arguments.body {
                export::body_of(feed.reader(), row.delivery, row.position)?
            } else {
                None
            };
            writeln!(out, "{}", export::json_row(row, &voice, body))?;
        } else {
            writeln!(out, "{}", line(row, &voice, &clock))?;
        }
    }
    out.flush()?;
    if page.rows.is_empty() && !arguments.json {
        eprintln!("No event matches.");
    }
    Ok(ExitCode::SUCCESS)
}

/// `2026-06-08 09:52  Harbour Yard  Zoë booked Lighthouse Room …  [repeat]`
fn line(row: &EventRow, voice: &Voice, clock: &Clock) -> String {
    let at = jiff::Timestamp::from_millisecond(row.happened_at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut line = at
        .to_zoned_datetime(clock.zone.clone())
        .strftime("%Y-%m-%d %H:%M:%S  ")
        .to_string();
    line.push_str(&plain(&row.say(voice, Some(clock.now))));
    if let Some(place) = &row.location {
        line.push_str("  · ");
        line.push_str(&plain(place));
    }
    let flags = row.flags.names();
    if !flags.is_empty() {
        line.push_str(&format!("  [{}]", flags.join(", ")));
    }
    line
}
