//! `nexwatch serve`: everything but the window.

use crate::monitor::{Monitor, Start};
use anyhow::Context as _;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Prints one JSON line when ready; stops cleanly on SIGTERM and Ctrl-C.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where to listen for deliveries, on this computer only; port 0 takes any free one (default: 127.0.0.1 and the
    /// port of the settings, 7397).
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Also serve the desk for a browser here, e.g. 127.0.0.1:0. The address is printed with its token.
    #[arg(long, value_name = "ADDR")]
    desk: Option<SocketAddr>,
}

pub(super) fn run(folder: PathBuf, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let runtime = super::runtime()?;
    let served = runtime.block_on(serve(folder, arguments));
    // A question that is still being answered must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    served
}

async fn serve(folder: PathBuf, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // Before anything is ready: a signal that comes early must end it cleanly too.
    let mut end = Signals::new()?;
    let monitor = Monitor::start(Start {
        folder,
        listen: arguments.listen,
        desk: arguments.desk,
        must_listen: true,
    })
    .await?;
    let ready = serde_json::json!({
        "ready": true,
        "listen": monitor.listen().map(|address| address.to_string()),
        "hook_path": monitor.hook_path(),
        "desk": monitor.desk_address(),
        "data": monitor.folder(),
    });
    // A parent that has gone does not stop the work.
    let said = writeln!(std::io::stdout(), "{ready}").and_then(|()| std::io::stdout().flush());
    if let Err(error) = said {
        tracing::warn!(%error, "nobody reads what this program prints");
    }
    end.wait().await;
    tracing::info!("stopping");
    monitor.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// What asks the program to end.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    fn new() -> anyhow::Result<Signals> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Signals {
                terminate: signal(SignalKind::terminate()).context("signals cannot be heard")?,
                interrupt: signal(SignalKind::interrupt()).context("signals cannot be heard")?,
            })
        }
        #[cfg(not(unix))]
        Ok(Signals {})
    }

    async fn wait(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
