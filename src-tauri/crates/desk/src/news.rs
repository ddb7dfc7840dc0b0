//! What a screen hears without asking: ids and counts, at most one message each 50 ms however much arrives.

use crate::protocol::News;
use nexwatch_store::Committed;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, broadcast};

/// Least time between two messages about events.
const PAUSE: Duration = Duration::from_millis(50);
/// Messages kept for a screen that is slow to listen; one that misses some is told to look afresh.
const KEPT: usize = 64;

/// Collects what the writer tells and passes it on.
pub(crate) struct Newsroom {
    say: broadcast::Sender<News>,
    wake: Notify,
    changed: AtomicBool,
    /// Events that are shown already read otherwise now.
    revised: AtomicBool,
    /// Ms since 1970; 0 is none.
    last_arrival: AtomicI64,
    alarmed: AtomicBool,
}

impl Newsroom {
    pub fn new() -> Newsroom {
        Newsroom {
            say: broadcast::Sender::new(KEPT),
            wake: Notify::new(),
            changed: AtomicBool::new(false),
            revised: AtomicBool::new(false),
            last_arrival: AtomicI64::new(0),
            alarmed: AtomicBool::new(false),
        }
    }

    pub fn hear(&self) -> broadcast::Receiver<News> {
        self.say.subscribe()
    }

    /// Nobody may be listening: that is no failure.
    pub fn say(&self, news: News) {
        let _ = self.say.send(news);
    }

    /// One who says news from elsewhere.
    pub fn teller(&self) -> impl Fn(News) + Send + Sync + 'static {
        let say = self.say.clone();
        move |news| {
            let _ = say.send(news);
        }
    }

    /// On the writer's thread after each commit: quick.
    pub fn committed(&self, news: &Committed, now: i64) {
        if !news.events.is_empty() || !news.repeated.is_empty() {
            self.last_arrival.fetch_max(now, Ordering::Relaxed);
            self.changed.store(true, Ordering::Release);
            self.wake.notify_one();
        }
        if news.revises() {
            self.revised.store(true, Ordering::Release);
            self.changed.store(true, Ordering::Release);
            self.wake.notify_one();
        }
        if news.quarantined > 0 || news.released > 0 {
            self.say(News::Status);
        }
        if news.quarantined > 0 && !self.alarmed.swap(true, Ordering::AcqRel) {
            self.say(News::Alarm {
                message: "A delivery failed its signature. It is kept apart in quarantine.".to_owned(),
            });
        }
    }

    /// The person has looked: the next failure is news again.
    pub fn looked_at_quarantine(&self) {
        self.alarmed.store(false, Ordering::Release);
    }

    /// The newest arrival since start; nothing before the first.
    pub fn last_arrival(&self) -> Option<i64> {
        Some(self.last_arrival.load(Ordering::Relaxed)).filter(|at| *at != 0)
    }

    /// Waits until there is something to say of events, at most once each pause.
    pub async fn next_change(&self) {
        loop {
            self.wake.notified().await;
            if self.changed.swap(false, Ordering::AcqRel) {
                return;
            }
        }
    }

    /// Whether events that are shown already read otherwise since this was last asked.
    pub fn revised(&self) -> bool {
        self.revised.swap(false, Ordering::AcqRel)
    }

    pub async fn pause(&self) {
        tokio::time::sleep(PAUSE).await;
    }
}
