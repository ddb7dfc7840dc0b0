//! How long the log becomes in a burst, alone and beside a reader that takes its time.

use super::Values;
use super::ask::everything;
use crate::cli::bench::arrivals::{Arrivals, BURST, Waits};
use nexwatch_store::Store;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What was seen; lengths in MiB.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::cli::bench) struct Log {
    /// Deliveries a second.
    pub per_s: u32,
    /// Watched so long each time, seconds.
    pub seconds: f64,
    /// The longest it became with nobody reading.
    pub alone_mb: f64,
    /// The longest it became while one export took all of that time, as a slow download does.
    pub slow_reader_mb: f64,
    /// How long it was when the reader had been gone for a quarter of that time.
    pub after_mb: f64,
    /// The acknowledgements beside the slow reader.
    pub waits: Waits,
}

/// Takes a part of all bytes at a time, and its time for each.
struct Slow {
    end: Instant,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if Instant::now() >= self.end {
            // It has read long enough: what ends it is a download that is broken off.
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        std::thread::sleep(Duration::from_millis(20));
        Ok(bytes.len().min(8 * 1024))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Watches it for so long, once without and once with a reader.
pub(super) fn watch(store: &Store, values: &Values, time: Duration) -> anyhow::Result<Log> {
    let mut file = store.reader.path().into_os_string();
    file.push("-wal");
    let file = PathBuf::from(file);
    let arrivals = Arrivals::begin(store.writer.clone(), BURST)?;
    let alone_mb = longest(&file, time);
    arrivals.end()?;
    let arrivals = Arrivals::begin(store.writer.clone(), BURST)?;
    let slow_reader_mb = std::thread::scope(|scope| {
        let end = Instant::now() + time;
        // Either it has read all or it is broken off.
        scope.spawn(move || drop(everything(values, &mut Slow { end })));
        longest(&file, time)
    });
    longest(&file, time / 4);
    let after_mb = length(&file);
    let waits = arrivals.end()?;
    Ok(Log {
        per_s: BURST,
        seconds: time.as_secs_f64(),
        alone_mb,
        slow_reader_mb,
        after_mb,
        waits,
    })
}

/// The greatest length seen within so long.
fn longest(file: &std::path::Path, time: Duration) -> f64 {
    let end = Instant::now() + time;
    let mut most: f64 = 0.0;
    while Instant::now() < end {
        most = most.max(length(file));
        std::thread::sleep(Duration::from_millis(20));
    }
    most
}

fn length(file: &std::path::Path) -> f64 {
    std::fs::metadata(file).map_or(0.0, |meta| meta.len() as f64 / f64::from(1 << 20))
}
