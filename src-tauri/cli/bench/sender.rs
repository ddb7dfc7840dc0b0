//! The other end of the wire: sends prepared requests over connections that are kept open. One thread, ready bytes,
//! and a reader that understands just enough of an answer: the receiver is what is measured.

use super::figures::percentile;
use super::requests::Requests;
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Barrier;

/// What to send.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    /// To whom.
    pub address: SocketAddr,
    /// Connections.
    pub senders: usize,
    /// How long it is measured.
    pub seconds: f64,
    /// The file of requests.
    pub requests: PathBuf,
    /// Begin anew when all are sent (else that is the end).
    pub over_again: bool,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sent {
    /// Acknowledged in all, those before and after the measured time included.
    pub acknowledged: u64,
    /// Answered otherwise.
    pub refused: u64,
    /// Acknowledged a second while it was measured.
    pub per_s: f64,
    /// Half of the acknowledgements came within so many milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 came within so many milliseconds.
    pub p99_ms: f64,
}

/// This share of the time passes before the measured time begins.
const WARM_UP: f64 = 0.15;

/// Sends, on this thread.
pub(super) fn run(job: &Job) -> anyhow::Result<Sent> {
    let requests = Requests::read(&job.requests)?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(send(job, requests))
}

struct Shared {
    requests: Requests,
    next: AtomicUsize,
    over_again: bool,
    ready: Barrier,
}

/// What one connection has seen: when each acknowledgement came, from the start, and how long it took.
#[derive(Default)]
struct Seen {
    acknowledged: Vec<(Duration, Duration)>,
    refused: u64,
}

async fn send(job: &Job, requests: Requests) -> anyhow::Result<Sent> {
    let shared = Arc::new(Shared {
        requests,
        next: AtomicUsize::new(0),
        over_again: job.over_again,
        ready: Barrier::new(job.senders + 1),
    });
    let warm_up = Duration::from_secs_f64(job.seconds * WARM_UP);
    let whole = warm_up + Duration::from_secs_f64(job.seconds);
    let mut tasks = Vec::new();
    for _ in 0..job.senders {
        let stream = TcpStream::connect(job.address)
            .await
            .context("the receiver does not listen")?;
        stream.set_nodelay(true)?;
        tasks.push(tokio::spawn(connection(stream, shared.clone(), whole)));
    }
    shared.ready.wait().await;
    let mut all = Seen::default();
    for task in tasks {
        let seen = task.await??;
        all.acknowledged.extend(seen.acknowledged);
        all.refused += seen.refused;
    }
    Ok(sum(&all, warm_up, whole))
}

async fn connection(mut stream: TcpStream, shared: Arc<Shared>, whole: Duration) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut answer = Vec::with_capacity(4096);
    shared.ready.wait().await;
    let start = Instant::now();
    loop {
        let begun = start.elapsed();
        if begun >= whole {
            return Ok(seen);
        }
        let mut n = shared.next.fetch_add(1, Ordering::Relaxed);
        if shared.over_again {
            n %= shared.requests.len().max(1);
        }
        let Some(request) = shared.requests.get(n) else {
            return Ok(seen);
        };
        stream.write_all(request).await?;
        let status = read_answer(&mut stream, &mut answer).await?;
        let end = start.elapsed();
        if status == 200 {
            seen.acknowledged.push((end, end - begun));
        } else {
            seen.refused += 1;
        }
    }
}

/// Reads one answer to its end; its status.
async fn read_answer(stream: &mut TcpStream, answer: &mut Vec<u8>) -> anyhow::Result<u16> {
    answer.clear();
    loop {
        let read = stream.read_buf(answer).await?;
        anyhow::ensure!(read > 0, "the receiver closed a connection");
        if let Some((status, length)) = head(answer)? {
            anyhow::ensure!(answer.len() <= length, "an answer is longer than it says");
            if answer.len() == length {
                return Ok(status);
            }
        }
    }
}

/// Status and whole length of an answer; nothing while its head is not complete.
fn head(answer: &[u8]) -> anyhow::Result<Option<(u16, usize)>> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&answer[..end])?;
    let status = text.get(9..12).context("no status")?.parse()?;
    let length = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(Ok(0), |(_, value)| value.trim().parse::<usize>())?;
    Ok(Some((status, end + 4 + length)))
}

/// What was acknowledged between the end of the warm-up and the end.
fn sum(seen: &Seen, warm_up: Duration, whole: Duration) -> Sent {
    let acknowledged = |from: Duration, to: Duration| {
        let all = seen.acknowledged.iter();
        all.filter(move |(at, _)| (from..=to).contains(at))
    };
    // A run too short for a warm-up, or one that stood still all the while after it, is measured as a whole.
    let (from, to) = match acknowledged(warm_up, whole).next() {
        Some(_) => (warm_up, whole),
        None => (Duration::ZERO, Duration::MAX),
    };
    let last = acknowledged(from, to)
        .map(|(at, _)| *at)
        .max()
        .unwrap_or_default();
    let mut took: Vec<f64> = acknowledged(from, to)
        .map(|(_, took)| took.as_secs_f64() * 1_000.0)
        .collect();
    took.sort_unstable_by(f64::total_cmp);
    Sent {
        acknowledged: seen.acknowledged.len() as u64,
        refused: seen.refused,
        per_s: took.len() as f64 / (last - from).as_secs_f64().max(1e-9),
        p50_ms: percentile(&took, 50.0),
        p99_ms: percentile(&took, 99.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_to_their_end() {
        assert_eq!(head(b"HTTP/1.1 200 OK\r\nContent-Le").unwrap(), None);
        let bare = b"HTTP/1.1 200 OK\r\n\r\n";
        assert_eq!(head(bare).unwrap(), Some((200, bare.len())));
        let long = b"HTTP/1.1 503 Busy\r\ncontent-length: 4\r\n\r\nbu";
        assert_eq!(head(long).unwrap(), Some((503, long.len() + 2)));
        assert!(head(b"?\r\n\r\n").is_err());
    }

    #[test]
    fn the_warm_up_and_what_came_too_late_do_not_count() {
        let ms = Duration::from_millis;
        let seen = Seen {
            acknowledged: vec![
                (ms(50), ms(50)),
                (ms(500), ms(2)),
                (ms(1_100), ms(4)),
                (ms(1_200), ms(100)),
            ],
            refused: 1,
        };
        let sent = sum(&seen, ms(100), ms(1_100));
        assert_eq!((sent.acknowledged, sent.refused), (4, 1));
        assert!((sent.per_s - 2.0).abs() < 1e-9, "{}", sent.per_s);
        assert!((sent.p50_ms, sent.p99_ms) == (2.0, 4.0), "{sent:?}");
        let short = sum(&seen, ms(5_000), ms(9_000));
        assert!((short.per_s - 4.0 / 1.2).abs() < 1e-9, "{}", short.per_s);
        let stalled = sum(&seen, ms(600), ms(1_000));
        assert!((stalled.per_s - 4.0 / 1.2).abs() < 1e-9, "{}", stalled.per_s);
    }
}
