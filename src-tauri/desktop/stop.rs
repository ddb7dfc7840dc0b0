//! Stopping when the system asks.

use tauri::AppHandle;

/// Quits in order when the system wants the program to end.
pub(super) async fn on_signal(app: AppHandle) {
    match signal().await {
        Ok(()) => app.exit(0),
        Err(error) => tracing::warn!(%error, "signals to stop cannot be heard"),
    }
}

#[cfg(unix)]
async fn signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
