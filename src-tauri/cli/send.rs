//! `nexwatch send`: plays the platform.

mod action;
mod again;
mod courier;
mod plan;
mod tally;
mod target;

use anyhow::Context as _;
use courier::Courier;
use nexwatch_nexudus::Action;
use nexwatch_nexudus::signature::{HEADER, Key, Rule};
use nexwatch_sample::{Delivery, Monday};
use plan::Plan;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tally::Tally;
use target::{Signing, Target, To, Url};

/// A secret is far shorter: whatever is longer was piped in by mistake.
const MOST: u64 = 64 << 10;

/// Sends to the Nexwatch that runs on the data folder, signed with its secret and marked as samples; or to any
/// receiver. Exit status 1 if any delivery was not acknowledged (2xx).
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Another receiver, e.g. http://127.0.0.1:7397/hooks/KEY. Of a hook of ours the action and location are
    /// added; elsewhere {action}, {number} and {location} may stand in the URL.
    #[arg(long, value_name = "URL", value_parser = target::to)]
    to: Option<To>,
    /// Sends the delivery of this kept event again instead, as it came and signed anew; `--to` says where.
    #[arg(long, value_name = "ID", requires = "to", conflicts_with_all = ["action", "location", "count", "rate",
          "scenario", "senders", "seed", "retry", "secret_stdin", "unsigned", "print"])]
    event: Option<i64>,
    /// With --event: also to another computer than this one.
    #[arg(long, requires = "event")]
    yes: bool,
    /// Only this action: a name (BookingCreate), number (6) or label. May be given several times.
    #[arg(long, value_name = "ACTION", value_parser = action::parse)]
    action: Vec<Action>,
    /// Only for this location (its Nexudus business id).
    #[arg(long, value_name = "ID", value_parser = super::words::location_id)]
    location: Option<i64>,
    /// How many (default: 1; with --rate: until stopped).
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// So many a second (default: as fast as they are acknowledged).
    #[arg(long, value_name = "PER_SECOND", value_parser = plan::positive)]
    rate: Option<f64>,
    /// Plays a whole day in order, retries and late arrivals included.
    #[arg(long, value_enum, conflicts_with_all = ["action", "count", "rate", "location"])]
    scenario: Option<Scenario>,
    /// How much faster than life the scenario is played: 360 makes twelve hours two minutes, 1 is real time
    /// (default: 360).
    #[arg(long, value_name = "TIMES", value_parser = plan::positive, requires = "scenario")]
    speed: Option<f64>,
    /// Connections that send at the same time (default: 4; 1 keeps the order of a scenario strictly).
    #[arg(long, value_name = "N", default_value_t = 4, hide_default_value = true,
          value_parser = clap::value_parser!(u16).range(1..=512))]
    senders: u16,
    /// The same number plays the same persons and firms again.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Sends again what is not acknowledged, as the platform does: so many times (without N: 10), ever more rarely.
    #[arg(long, value_name = "N", num_args = 0..=1, default_value_t = 0, default_missing_value = "10",
          hide_default_value = true, value_parser = clap::value_parser!(u8).range(..=10))]
    retry: u8,
    /// Signs with a secret read from standard input instead of the data folder's.
    #[arg(long, conflicts_with = "unsigned")]
    secret_stdin: bool,
    /// Sends no signature.
    #[arg(long)]
    unsigned: bool,
    /// Writes the bodies to standard output and sends nothing: one exactly as it is, several a line each.
    #[arg(long, conflicts_with_all = ["json", "retry", "scenario"])]
    print: bool,
    /// Sums up as one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Scenario {
    /// A busy Monday, from the first door at 07:00 to the last lamp at 19:00.
    Monday,
}

pub(super) fn run(folder: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let (Some(event), Some(to)) = (arguments.event, &arguments.to) {
        return again::run(folder, event, &to.text, arguments.yes, arguments.json);
    }
    if let Some(Err(why)) = arguments.to.as_ref().map(|to| &to.url) {
        let why = format!("invalid value for '--to <URL>': {why}\n");
        clap::Error::raw(clap::error::ErrorKind::ValueValidation, why).exit();
    }
    let to = arguments.to.as_ref().and_then(To::url);
    let own_secret = if arguments.secret_stdin {
        Some(read_secret()?)
    } else {
        None
    };
    let seed = arguments.seed.unwrap_or_else(rand::random);
    if arguments.print {
        print(folder, arguments, own_secret, seed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let target = Target::choose(folder, to, signing(arguments, own_secret))?;
    let plan = plan(arguments, seed);
    super::runtime()?.block_on(send(arguments, target, plan, seed))
}

fn read_secret() -> anyhow::Result<Key> {
    let stdin = std::io::stdin();
    let secret = if stdin.is_terminal() {
        rpassword::prompt_password("Shared secret (it is not shown): ").context("no secret was read")?
    } else {
        let mut secret = String::new();
        stdin
            .take(MOST)
            .read_to_string(&mut secret)
            .context("the secret is not text")?;
        secret
    };
    Ok(Key::new(&secret)?)
}

fn signing(arguments: &Arguments, own_secret: Option<Key>) -> Option<Signing> {
    if arguments.unsigned {
        return Some(Signing::None);
    }
    own_secret.map(|key| Signing::With(Box::new(key)))
}

fn plan(arguments: &Arguments, seed: u64) -> Plan {
    let now = now();
    if let Some(Scenario::Monday) = arguments.scenario {
        return Plan::monday(Monday::new(seed, now), arguments.speed.unwrap_or(360.0));
    }
    let mut actions = arguments.action.clone();
    if let Some(named) = arguments
        .to
        .as_ref()
        .and_then(To::url)
        .and_then(Url::action)
        .filter(|_| actions.is_empty())
    {
        actions.push(named);
    }
    let location = arguments
        .location
        .or(arguments.to.as_ref().and_then(To::url).and_then(Url::location));
    let count = arguments.count.or(arguments.rate.is_none().then_some(1));
    Plan::ordinary(seed, now, actions, location, count, arguments.rate)
}

async fn send(arguments: &Arguments, target: Target, mut plan: Plan, seed: u64) -> anyhow::Result<ExitCode> {
    let tally = Arc::new(Tally::new(plan.count()));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let courier = Courier::start(Arc::new(target), arguments, tally.clone(), stopped.clone()).await?;
    let interrupted = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        let _ = stop.send(true);
        // Whoever is still waiting for an answer need not be waited for twice.
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(1);
        }
    });
    let progress = tokio::spawn(tally.clone().show());
    let carried = courier.carry(&mut plan, stopped).await;
    progress.abort();
    interrupted.abort();
    tally.clear_line();
    let sum = tally.sum();
    let mut out = std::io::stdout();
    if arguments.json {
        writeln!(out, "{}", sum.json(seed))?;
    } else {
        write!(out, "{sum}")?;
    }
    carried?;
    Ok(if sum.all_acknowledged() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Writes bodies instead of sending them; of a single one standard error tells where to and how signed.
fn print(folder: &Path, arguments: &Arguments, own_secret: Option<Key>, seed: u64) -> anyhow::Result<()> {
    let mut plan = plan(arguments, seed);
    let single = plan.count() == Some(1);
    let mut out = std::io::stdout().lock();
    let mut print = |delivery: Delivery| -> std::io::Result<()> {
        out.write_all(&delivery.body)?;
        if !single || std::io::stdout().is_terminal() {
            out.write_all(b"\n")?;
        }
        Ok(())
    };
    if single {
        let Some(delivery) = plan.make(now()) else {
            return Ok(());
        };
        let signing = match signing(arguments, own_secret) {
            Some(signing) => signing,
            None => Signing::of(folder)?,
        };
        eprintln!(
            "action: {}, location: {}",
            delivery.action.name(),
            delivery.location
        );
        if let Some(signature) = signing.sign(&delivery) {
            eprintln!("{HEADER}: {signature}");
        }
        print(delivery)?;
        return Ok(());
    }
    while let Some(delivery) = plan.make(now()) {
        print(delivery)?;
    }
    Ok(())
}

impl Signing {
    /// The signature that the platform's published code would make.
    fn sign(&self, delivery: &Delivery) -> Option<String> {
        self.key(delivery.location)
            .map(|key| delivery.sign(key, Rule::AsciiFolded))
    }
}

fn now() -> nexwatch_nexudus::Ms {
    jiff::Timestamp::now().as_millisecond()
}
