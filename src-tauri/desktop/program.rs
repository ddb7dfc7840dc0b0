//! What the window's parts share.

use crate::monitor::{Monitor, Start};
use nexwatch_desk::Desk;
use nexwatch_desk::protocol::{DeskError, ErrorCode};
use nexwatch_settings::Settings;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// How the start stands.
#[derive(Clone)]
pub(super) enum Started {
    /// Not yet known.
    NotYet,
    /// Questions are answered.
    Ready(Desk),
    /// In words.
    Failed(String),
}

/// The running program.
pub(super) struct Program {
    folder: PathBuf,
    started: watch::Receiver<Started>,
    monitor: Mutex<Option<Monitor>>,
    hearing: Mutex<Option<AbortHandle>>,
    tray: AtomicBool,
    /// A dialog is the last thing on the screen.
    explaining: AtomicBool,
    /// Whether to close is being asked.
    asking: AtomicBool,
}

impl Program {
    /// A program that has not started, and the end that tells when it has.
    pub fn new(folder: PathBuf) -> (Arc<Program>, watch::Sender<Started>) {
        let (told, started) = watch::channel(Started::NotYet);
        let program = Program {
            folder,
            started,
            monitor: Mutex::new(None),
            hearing: Mutex::new(None),
            tray: AtomicBool::new(false),
            explaining: AtomicBool::new(false),
            asking: AtomicBool::new(false),
        };
        (Arc::new(program), told)
    }

    /// Starts everything and tells what came of it.
    pub async fn start(self: Arc<Self>, folder: PathBuf, told: watch::Sender<Started>) {
        let start = Start {
            folder,
            listen: None,
            desk: None,
            // The window says what is wrong with it.
            must_listen: false,
        };
        let outcome = match Monitor::start(start).await {
            Ok(monitor) => {
                let desk = monitor.desk().clone();
                *lock(&self.monitor) = Some(monitor);
                Started::Ready(desk)
            }
            Err(error) => Started::Failed(error.to_string()),
        };
        told.send_replace(outcome);
    }

    /// How the start ended: waits for it. Nothing if it broke off.
    pub async fn started(&self) -> Option<Started> {
        let mut started = self.started.clone();
        let known = started
            .wait_for(|started| !matches!(started, Started::NotYet))
            .await;
        known.ok().map(|started| started.clone())
    }

    /// The desk, once the program has started.
    pub async fn desk(&self) -> Result<Desk, DeskError> {
        match self.started().await {
            Some(Started::Ready(desk)) => Ok(desk),
            Some(Started::Failed(why)) => Err(not_started(why)),
            Some(Started::NotYet) | None => Err(not_started("Nexwatch did not start.".to_owned())),
        }
    }

    /// Why the program did not start.
    pub fn failure(&self) -> Option<String> {
        match &*self.started.borrow() {
            Started::Failed(why) => Some(why.clone()),
            _ => None,
        }
    }

    /// Where data lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the monitor away, to be stopped.
    pub fn take_monitor(&self) -> Option<Monitor> {
        lock(&self.monitor).take()
    }

    /// Replaces whoever listened to the news: there is one page.
    pub fn set_hearing(&self, hearing: AbortHandle) {
        if let Some(before) = lock(&self.hearing).replace(hearing) {
            before.abort();
        }
    }

    /// The page is gone.
    pub fn stop_hearing(&self) {
        if let Some(hearing) = lock(&self.hearing).take() {
            hearing.abort();
        }
    }

    /// Whether there is a tray icon.
    pub fn set_tray(&self, there: bool) {
        self.tray.store(there, Ordering::Relaxed);
    }

    /// A dialog is shown that must not end with the window.
    pub fn set_explaining(&self, explaining: bool) {
        self.explaining.store(explaining, Ordering::Relaxed);
    }

    /// Whether nobody was asking before.
    pub fn begin_asking(&self) -> bool {
        !self.asking.swap(true, Ordering::Relaxed)
    }

    /// The question has been answered.
    pub fn end_asking(&self) {
        self.asking.store(false, Ordering::Relaxed);
    }

    /// Whether the person wants the listener at work when the window is closed. As the file says now: it may have
    /// been edited since the start.
    pub fn keeps_in_tray(&self) -> bool {
        match Settings::load(&self.folder) {
            Ok(Some(settings)) => settings.keep_in_tray,
            Ok(None) | Err(_) => true,
        }
    }

    /// Whether there is a tray icon of ours.
    pub fn has_tray(&self) -> bool {
        self.tray.load(Ordering::Relaxed)
    }

    /// Whether the program goes on without a window.
    pub fn stays(&self) -> bool {
        self.explaining.load(Ordering::Relaxed) || (self.has_tray() && self.keeps_in_tray())
    }
}

fn not_started(why: String) -> DeskError {
    DeskError {
        code: ErrorCode::Internal,
        message: why,
        detail: None,
    }
}

/// What is behind these locks is whole at any time, also after a panic elsewhere.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
