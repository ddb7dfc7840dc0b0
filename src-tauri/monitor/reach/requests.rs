//! Requests through the tunnel, counted by month: a plan allows so many, and its service does not tell how many are left.

use nexwatch_store::{Reader, Writer};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const SETTING: &str = "requests_through";
/// How often the count is written, if it has changed.
const EVERY: Duration = Duration::from_secs(60);

/// The count.
pub(super) struct Requests {
    writer: Writer,
    /// Since the start.
    through: Arc<AtomicU64>,
    known: Mutex<Known>,
}

struct Known {
    /// `2026-11`, UTC.
    month: String,
    /// Counted in that month before `from`.
    before: u64,
    /// What `through` stood at when the month, or the program, began.
    from: u64,
    written: u64,
}

fn this_month() -> String {
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    format!("{:04}-{:02}", today.year(), today.month())
}

/// What was kept: the month and its count.
fn read(text: &str) -> Option<(String, u64)> {
    let (month, count) = text.split_once(' ')?;
    Some((month.to_owned(), count.parse().ok()?))
}

impl Known {
    /// The month's count; begins anew when the month does.
    fn count(&mut self, month: String, through: u64) -> u64 {
        if self.month != month {
            self.month = month;
            self.before = 0;
            self.from = through;
        }
        self.before + through.saturating_sub(self.from)
    }
}

impl Requests {
    /// Goes on with what was counted before.
    pub async fn open(reader: Reader, writer: Writer, through: Arc<AtomicU64>) -> Requests {
        let kept = tokio::task::spawn_blocking(move || reader.setting(SETTING)).await;
        let kept = kept.ok().and_then(Result::ok).flatten();
        let (month, before) = kept.as_deref().and_then(read).unwrap_or_default();
        let from = through.load(Ordering::Relaxed);
        Requests {
            writer,
            through,
            known: Mutex::new(Known {
                month,
                before,
                from,
                written: before,
            }),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This month's, UTC.
    pub fn this_month(&self) -> u32 {
        let count = self
            .known()
            .count(this_month(), self.through.load(Ordering::Relaxed));
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Writes the count, if it has changed.
    pub async fn write(&self) {
        let (text, count) = {
            let mut known = self.known();
            let count = known.count(this_month(), self.through.load(Ordering::Relaxed));
            if count == known.written {
                return;
            }
            (format!("{} {count}", known.month), count)
        };
        let writer = self.writer.clone();
        let written = tokio::task::spawn_blocking(move || writer.set_setting(SETTING, &text)).await;
        if matches!(written, Ok(Ok(()))) {
            self.known().written = count;
        }
    }

    /// Writes it now and then, until the program ends.
    pub async fn keep(&self) {
        loop {
            tokio::time::sleep(EVERY).await;
            self.write().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_anew() {
        let mut known = Known {
            month: "2026-11".into(),
            before: 40,
            from: 5,
            written: 0,
        };
        assert_eq!(known.count("2026-11".into(), 7), 42);
        assert_eq!(known.count("2026-12".into(), 9), 0);
        assert_eq!(known.count("2026-12".into(), 11), 2);
        assert_eq!(read("2026-11 42"), Some(("2026-11".into(), 42)));
        assert_eq!((read("x"), read("2026-11 x")), (None, None));
    }
}
