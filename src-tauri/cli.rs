//! The command line, one file a verb. Exit status: 0 done, 1 it failed, 2 misused. A failure is one plain line on
//! standard error; on a terminal a filter that is not right is shown below it, with its place.

mod actions;
mod bench;
mod doctor;
mod evidence;
mod export;
mod output;
mod query;
mod secret;
mod send;
mod serve;
mod words;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// Receives a coworking space's Nexudus webhooks, keeps them and shows what is going on, in words.
///
/// Without a verb it opens the window.
#[derive(Debug, Parser)]
#[command(name = "nexwatch", version, max_term_width = 100)]
struct Arguments {
    /// The data folder (default: the system's place for this program's data).
    #[arg(long, global = true, env = "NEXWATCH_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Everything but the window: for servers, and for a desk in a browser.
    Serve(serve::Arguments),
    /// The shared secret with which the platform signs.
    #[command(subcommand)]
    Secret(secret::Verb),
    /// Prints events, newest first.
    Query(query::Arguments),
    /// Writes events to a file, as the window's export does.
    Export(export::Arguments),
    /// Writes evidence of events for the platform's support or an integrator: bodies, headers, signatures, in a .zip.
    Evidence(evidence::Arguments),
    /// Lists the platform's actions; asks the account for those that are new.
    Actions(actions::Arguments),
    /// Plays the platform: signed sample deliveries, for training and tests.
    Send(send::Arguments),
    /// Checks everything; says what is wrong and what to do.
    Doctor(doctor::Arguments),
    /// Measures this machine: how fast deliveries are kept, questions answered, files written.
    Bench(bench::Arguments),
}

/// The program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    match run(arguments) {
        Ok(code) => code,
        // Whoever reads the output has seen enough (`nexwatch query | head`).
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("nexwatch: {}", output::one_line(&error));
            // A script gets the one line; a person sees the place, too.
            if let Some(misplaced) = error.downcast_ref::<words::Misplaced>()
                && std::io::stderr().is_terminal()
            {
                eprintln!("{}", misplaced.sketch());
            }
            match output::is_misuse(&error) {
                true => ExitCode::from(2),
                false => ExitCode::FAILURE,
            }
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    // Measuring and sending need no data folder of their own.
    let folder = || {
        arguments
            .data
            .clone()
            .or_else(nexwatch_settings::data_folder)
            .context("this user has no place for data; name one with --data DIR")
    };
    match arguments.verb {
        None => window(folder()?),
        Some(Verb::Serve(rest)) => serve::run(folder()?, &rest),
        Some(Verb::Secret(verb)) => secret::run(&folder()?, verb),
        Some(Verb::Query(rest)) => query::run(&folder()?, &rest),
        Some(Verb::Export(rest)) => export::run(&folder()?, &rest),
        Some(Verb::Evidence(rest)) => evidence::run(&folder()?, &rest),
        Some(Verb::Actions(rest)) => actions::run(&folder()?, &rest),
        Some(Verb::Send(rest)) => send::run(&folder()?, &rest),
        Some(Verb::Doctor(rest)) => doctor::run(&folder()?, &rest),
        Some(Verb::Bench(rest)) => bench::run(&rest),
    }
}

#[cfg(feature = "desktop")]
fn window(folder: PathBuf) -> anyhow::Result<ExitCode> {
    crate::desktop::run(folder)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "desktop"))]
fn window(_folder: PathBuf) -> anyhow::Result<ExitCode> {
    anyhow::bail!("this build has no window; `nexwatch serve --desk 127.0.0.1:0` shows the desk in a browser")
}

/// Warnings go to standard error; `NEXWATCH_LOG=debug` shows more. Nothing personal is ever logged.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing_subscriber::filter::LevelFilter::WARN.into())
        .with_env_var("NEXWATCH_LOG")
        .from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

/// A runtime with as many threads as the machine has cores.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("threads cannot be started")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_sound() {
        super::Arguments::command().debug_assert();
    }
}
