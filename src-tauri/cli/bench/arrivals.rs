//! Deliveries that keep arriving while something else is measured, in the same process, at a steady rate: whether the last
//! one is acknowledged or not.

use super::figures::percentile;
use super::set::{END, incoming, platform};
use anyhow::Context as _;
use nexwatch_nexudus::Ms;
use nexwatch_sample::Platform;
use nexwatch_store::{StoreError, Writer};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// So many arrive in a second while a person asks.
pub(super) const AT_A_DESK: u32 = 50;
/// So many arrive in a second in a burst.
pub(super) const BURST: u32 = 500;

/// How long they waited for their acknowledgement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Waits {
    /// Acknowledged.
    pub deliveries: u32,
    /// Turned away because too many waited.
    pub refused: u32,
    /// Acknowledged a second.
    pub per_s: f64,
    /// Half of them waited no longer, milliseconds.
    pub p50_ms: f64,
    /// 99 of 100.
    pub p99_ms: f64,
    /// The one that waited longest.
    pub longest_ms: f64,
}

/// Under way until [`Arrivals::end`].
pub(super) struct Arrivals {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<anyhow::Result<Waits>>,
}

/// The next arrivals happen after those before: no two runs of arrivals on one set tell of the same moment.
static NEXT: AtomicI64 = AtomicI64::new(END);

impl Arrivals {
    /// So many a second from now on.
    pub fn begin(writer: Writer, per_s: u32) -> anyhow::Result<Arrivals> {
        let stop = Arc::new(AtomicBool::new(false));
        let told = stop.clone();
        let thread = std::thread::Builder::new()
            .name("arrivals".into())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_time()
                    .build()?;
                runtime.block_on(arrive(&writer, per_s, &told))
            })?;
        Ok(Arrivals { stop, thread })
    }

    /// No more; how it went.
    pub fn end(self) -> anyhow::Result<Waits> {
        self.stop.store(true, Ordering::Release);
        self.thread
            .join()
            .map_err(|_| anyhow::anyhow!("the arrivals failed"))?
    }
}

async fn arrive(writer: &Writer, per_s: u32, stop: &AtomicBool) -> anyhow::Result<Waits> {
    let first = NEXT.load(Ordering::Relaxed);
    let mut platform = platform(first.unsigned_abs(), first);
    let pause = Duration::from_secs(1) / per_s;
    let mut tick = tokio::time::interval(pause);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Burst);
    let begun = Instant::now();
    let (mut waiting, mut waits, mut refused) = (JoinSet::new(), Vec::new(), 0);
    let mut n = 0_u32;
    while !stop.load(Ordering::Acquire) {
        tick.tick().await;
        let at = first + i64::from(n) * 1_000 / i64::from(per_s);
        n += 1;
        match deliver(writer, &mut platform, at)? {
            Some(stored) => {
                let since = Instant::now();
                waiting.spawn(async move {
                    stored.await?;
                    Ok::<_, StoreError>(since.elapsed())
                });
            }
            None => refused += 1,
        }
        while let Some(done) = waiting.try_join_next() {
            waits.push(done??.as_secs_f64() * 1_000.0);
        }
    }
    while let Some(done) = waiting.join_next().await {
        waits.push(done??.as_secs_f64() * 1_000.0);
    }
    let seconds = begun.elapsed().as_secs_f64();
    NEXT.store(first + (seconds * 1_000.0) as Ms + 60_000, Ordering::Relaxed);
    waits.sort_unstable_by(f64::total_cmp);
    Ok(Waits {
        deliveries: u32::try_from(waits.len())?,
        refused,
        per_s: waits.len() as f64 / seconds,
        p50_ms: percentile(&waits, 50.0),
        p99_ms: percentile(&waits, 99.0),
        longest_ms: waits.last().copied().unwrap_or(0.0),
    })
}

/// Reads, packs and queues one; nothing if there is no room in the queue.
fn deliver(
    writer: &Writer,
    platform: &mut Platform,
    at: Ms,
) -> anyhow::Result<Option<impl Future<Output = Result<nexwatch_store::Stored, StoreError>> + Send + use<>>> {
    let delivery = platform.next(at);
    match writer.store(incoming(at, &delivery, writer.pack_arriving(&delivery.body))) {
        Ok(stored) => Ok(Some(stored)),
        Err(StoreError::Busy) => Ok(None),
        Err(error) => Err(error).context("an arrival could not be kept"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::{Options, Store};

    #[test]
    fn arrivals_are_kept_until_they_are_ended() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        for _ in 0..2 {
            let before = store.reader.status().unwrap().newest;
            let arrivals = Arrivals::begin(store.writer.clone(), BURST).unwrap();
            while store.reader.status().unwrap().newest.0 < before.0 + 20 {
                std::thread::yield_now();
            }
            let waits = arrivals.end().unwrap();
            assert!(waits.deliveries >= 20 && waits.refused == 0, "{waits:?}");
            assert!(
                waits.p50_ms <= waits.p99_ms && waits.p99_ms <= waits.longest_ms,
                "{waits:?}"
            );
        }
    }
}
