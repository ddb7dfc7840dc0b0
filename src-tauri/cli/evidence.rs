//! `nexwatch evidence`: what came, how it came and how it was proved, as a bundle. A running Nexwatch may be writing
//! meanwhile.

use anyhow::Context as _;
use nexwatch_desk::evidence;
use nexwatch_desk::protocol::EvidenceRequest;
use nexwatch_store::Reader;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Events by id, as `nexwatch query --json` prints them; 500 at most.
    #[arg(value_name = "EVENT_ID", required = true)]
    events: Vec<i64>,
    /// The .zip; one that is there is written over once the new one is complete. `-` is standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The bodies as they came, byte for byte, with all that is private in them: only so can they prove their signature.
    #[arg(long)]
    unmasked: bool,
}

pub(super) fn run(folder: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let reader = Reader::open(folder)?;
    let request = EvidenceRequest {
        events: arguments.events.clone(),
        selected: None,
        unmasked: arguments.unmasked,
    };
    let never = AtomicBool::new(false);
    if arguments.out.as_os_str() == "-" {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        evidence::to_writer(&reader, &request, &mut out, &mut |_, _| {}, &never)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let events = evidence::to_file(&reader, &request, &arguments.out, true, &mut |_, _| {}, &never)
        .with_context(|| format!("{} was not written", arguments.out.display()))?;
    eprintln!(
        "evidence of {events} event{} written to {}, {}",
        if events == 1 { "" } else { "s" },
        arguments.out.display(),
        match arguments.unmasked {
            true => "private fields and all: hand it on with care",
            false => "private fields masked",
        }
    );
    Ok(ExitCode::SUCCESS)
}
