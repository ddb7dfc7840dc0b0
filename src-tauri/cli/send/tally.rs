//! What became of the deliveries.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time between two looks at the progress.
const LOOK: Duration = Duration::from_millis(200);

/// Counts while sending.
pub(super) struct Tally {
    start: Instant,
    wanted: Option<u64>,
    sum: Mutex<Sum>,
}

/// What has been counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    /// Deliveries for which the last answer is known (or known to be missing).
    sent: u64,
    by_status: BTreeMap<u16, u64>,
    unanswered: u64,
    again: u64,
    took: Duration,
}

impl Tally {
    /// `wanted`: how many there will be, where that is known.
    pub fn new(wanted: Option<u64>) -> Tally {
        Tally {
            start: Instant::now(),
            wanted,
            sum: Mutex::default(),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Sum)) {
        change(&mut self.sum.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A delivery has its last answer: a status, or none.
    pub fn done(&self, status: Option<u16>) {
        self.change(|sum| {
            sum.sent += 1;
            match status {
                Some(status) => *sum.by_status.entry(status).or_default() += 1,
                None => sum.unanswered += 1,
            }
        });
    }

    /// A delivery is sent once more.
    pub fn again(&self) {
        self.change(|sum| sum.again += 1);
    }

    /// All of it.
    pub fn sum(&self) -> Sum {
        let sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Sum {
            took: self.start.elapsed(),
            ..sum
        }
    }

    /// Shows the progress on a terminal until it is stopped.
    pub async fn show(self: Arc<Self>) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let mut before = self.sum();
        let mut pace = tokio::time::interval(LOOK);
        loop {
            pace.tick().await;
            let now = self.sum();
            let within = (now.took - before.took).as_secs_f64();
            let rate = if within > 0.0 {
                (now.sent - before.sent) as f64 / within
            } else {
                0.0
            };
            let wanted = self
                .wanted
                .map_or(String::new(), |wanted| format!(" of {wanted}"));
            let line = format!(
                "{}{wanted} sent, {} acknowledged, {rate:.0} rows/s",
                now.sent,
                now.acknowledged()
            );
            let _ = write!(std::io::stderr(), "\r\x1b[K{line}");
            before = now;
        }
    }

    /// Takes the progress off the terminal.
    pub fn clear_line(&self) {
        if std::io::stderr().is_terminal() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Sum {
    /// Answered 2xx.
    fn acknowledged(&self) -> u64 {
        self.by_status
            .iter()
            .filter(|(status, _)| (200..300).contains(*status))
            .map(|(_, count)| count)
            .sum()
    }

    /// Whether nothing is left that the platform would try again.
    pub fn all_acknowledged(&self) -> bool {
        self.acknowledged() == self.sent
    }

    fn rate(&self) -> f64 {
        self.sent as f64 / self.took.as_secs_f64().max(1e-6)
    }

    /// For scripts.
    pub fn json(&self, seed: u64) -> serde_json::Value {
        let by_status: serde_json::Map<_, _> = self
            .by_status
            .iter()
            .map(|(status, count)| (status.to_string(), (*count).into()))
            .collect();
        serde_json::json!({
            "sent": self.sent,
            "acknowledged": self.acknowledged(),
            "not_acknowledged": self.sent - self.acknowledged(),
            "by_status": by_status,
            "unanswered": self.unanswered,
            "sent_again": self.again,
            "seconds": (self.took.as_secs_f64() * 1_000.0).round() / 1_000.0,
            "per_s": self.rate().round(),
            "seed": seed,
        })
    }
}

/// For persons.
impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sent, acknowledged) = (self.sent, self.acknowledged());
        write!(f, "Sent {sent} in {:.1} s", self.took.as_secs_f64())?;
        if sent > 1 {
            write!(f, " ({:.0} a second)", self.rate())?;
        }
        match sent - acknowledged {
            0 if sent == 1 => writeln!(f, ": acknowledged.")?,
            0 if sent > 0 => writeln!(f, ": all acknowledged.")?,
            0 => writeln!(f, ".")?,
            missing => writeln!(f, ": {acknowledged} acknowledged, {missing} not.")?,
        }
        for (status, count) in &self.by_status {
            writeln!(f, "  {status}: {count}{}", meaning(*status))?;
        }
        if self.unanswered > 0 {
            writeln!(f, "  no answer: {}", self.unanswered)?;
        }
        if self.again > 0 {
            writeln!(f, "  sent again: {}", self.again)?;
        }
        Ok(())
    }
}

/// What a Nexwatch means by it, where that is not plain.
fn meaning(status: u16) -> &'static str {
    match status {
        202 => " (in quarantine: not signed with the receiver's secret, which has never matched yet)",
        401 => " (in quarantine: not signed with a secret of the receiver)",
        404 => " (the hook's key or the path is wrong)",
        413 => " (larger than the receiver takes)",
        503 => " (the receiver could not keep it now)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_was_acknowledged_and_what_was_not() {
        let tally = Tally::new(Some(4));
        tally.done(Some(200));
        assert!(tally.sum().all_acknowledged());
        assert!(tally.sum().to_string().contains(": acknowledged."));
        tally.done(Some(202));
        tally.done(Some(503));
        tally.again();
        tally.done(None);
        let sum = tally.sum();
        assert!(!sum.all_acknowledged());
        let text = sum.to_string();
        assert!(text.starts_with("Sent 4 in"), "{text}");
        for line in [
            "2 acknowledged, 2 not",
            "200: 1",
            "202: 1 (in quarantine",
            "no answer: 1",
            "sent again: 1",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        let json = sum.json(9);
        assert_eq!(json["sent"], 4);
        assert_eq!(json["acknowledged"], 2);
        assert_eq!(json["not_acknowledged"], 2);
        assert_eq!(json["by_status"]["503"], 1);
        assert_eq!((&json["unanswered"], &json["seed"]), (&1.into(), &9.into()));
    }
}
