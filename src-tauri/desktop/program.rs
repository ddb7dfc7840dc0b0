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

const BROKE_OFF: &str = "Nexwatch did not start, through a fault of its own.";

/// How the start stands.
enum Started {
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
    started: watch::Sender<Started>,
    monitor: Mutex<Option<Monitor>>,
    hearing: Mutex<Option<AbortHandle>>,
    tray: AtomicBool,
    /// A dialog is the last thing on the screen.
    explaining: AtomicBool,
    /// Whether to close is being asked.
    asking: AtomicBool,
}

impl Program {
    /// A program that has not started.
    pub fn new(folder: PathBuf) -> Program {
        Program {
            folder,
            started: watch::Sender::new(Started::NotYet),
            monitor: Mutex::new(None),
            hearing: Mutex::new(None),
            tray: AtomicBool::new(false),
            explaining: AtomicBool::new(false),
            asking: AtomicBool::new(false),
        }
    }

    /// Starts everything and tells what came of it.
    pub async fn start(self: Arc<Self>) {
        let start = Start {
            folder: self.folder.clone(),
            listen: None,
            desk: None,
            // The window says what is wrong with it.
            must_listen: false,
        };
        // As a task: should it panic, that is an end too, and told.
        let outcome = match tokio::spawn(Monitor::start(start)).await {
            Ok(Ok(monitor)) => {
                let desk = monitor.desk().clone();
                *lock(&self.monitor) = Some(monitor);
                Started::Ready(desk)
            }
            Ok(Err(error)) => Started::Failed(error.to_string()),
            Err(_) => Started::Failed(BROKE_OFF.to_owned()),
        };
        self.started.send_replace(outcome);
    }

    /// How the start ended: waits for it.
    pub async fn started(&self) -> Result<Desk, String> {
        let mut started = self.started.subscribe();
        match started
            .wait_for(|started| !matches!(started, Started::NotYet))
            .await
            .as_deref()
        {
            Ok(Started::Ready(desk)) => Ok(desk.clone()),
            Ok(Started::Failed(why)) => Err(why.clone()),
            Ok(Started::NotYet) | Err(_) => Err(BROKE_OFF.to_owned()),
        }
    }

    /// The desk, once the program has started.
    pub async fn desk(&self) -> Result<Desk, DeskError> {
        self.started().await.map_err(|message| DeskError {
            code: ErrorCode::Internal,
            message,
            detail: None,
        })
    }

    /// Where data lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stops everything. Whoever is left asks in vain: the database is closed only when nobody holds it any more.
    /// Tells why the program did not start, if it did not.
    pub async fn stop(&self) -> Option<String> {
        self.stop_hearing();
        let failure = match self.started.send_replace(Started::NotYet) {
            Started::Failed(why) => Some(why),
            Started::Ready(_) | Started::NotYet => None,
        };
        let monitor = lock(&self.monitor).take();
        if let Some(monitor) = monitor {
            monitor.stop().await;
        }
        failure
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

/// What is behind these locks is whole at any time, also after a panic elsewhere.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
