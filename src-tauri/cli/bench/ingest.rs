//! Deliveries over HTTP, acknowledged when they are on the disk: ours, the naive way, and what nothing stored allows.

use super::child::{self, Job};
use super::figures::median_of;
use super::folder::{Workshop, say};
use super::requests::{self, HOOK_KEY};
use super::sender::{self, Sent};
use super::sinks::{Nothing, OneCommit};
use anyhow::Context as _;
use nexwatch_feed::Feed;
use nexwatch_receive::{KeySet, Keys, Listener, SecretKey, Sink};
use nexwatch_store::{SecretId, Store};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tempfile::TempDir;

/// How many deliver at the same time.
pub(super) const SENDERS: [usize; 4] = [1, 16, 64, 256];

/// How long and how often.
pub(super) struct Course {
    /// Deliveries of one measurement at most.
    pub deliveries: u32,
    /// Measurements of each kind.
    pub rounds: usize,
    /// Of one measurement.
    pub seconds: f64,
}

/// Everything that was measured.
pub(super) struct Measured {
    /// A line for each number of senders.
    pub lines: Vec<Line>,
    /// Events in the database that was filled with all deliveries.
    pub events: u64,
    /// Its file, all included, by the number of its events.
    pub bytes_per_event: f64,
    /// What takes how much place in it: table or index, bytes an event.
    pub places: Vec<(String, f64)>,
}

/// The medians for a number of senders.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Deliver at the same time.
    pub senders: usize,
    /// Acknowledged a second.
    pub ours: f64,
    /// The naive way.
    pub one_commit: f64,
    /// Nothing stored.
    pub ceiling: f64,
    /// Acknowledgement, ours and the naive way's, milliseconds.
    pub p50: [f64; 2],
    /// Likewise.
    pub p99: [f64; 2],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Ours,
    OneCommit,
    Ceiling,
}

/// Measures all three ways in turns.
pub(super) async fn measure(workshop: &Workshop, course: &Course) -> anyhow::Result<Measured> {
    say("signing requests");
    let file = workshop.path().join("requests");
    let bench = Bench {
        workshop,
        course,
        keys: Arc::new(Arc::new(KeySet(vec![SecretKey {
            id: SecretId(1),
            location: None,
            replaced: false,
            key: requests::key()?,
        }]))),
        requests: file.clone(),
    };
    {
        let (file, count) = (file.clone(), course.deliveries);
        tokio::task::spawn_blocking(move || requests::write(&file, count)).await??;
    }
    let mut lines = Vec::new();
    for senders in SENDERS {
        lines.push(bench.senders(senders).await?);
    }
    // A database of a second's deliveries is mostly what an empty one takes: so all of them in one.
    say("filling a database with all deliveries");
    let (_, kept) = bench.ours(64, 600.0).await?;
    std::fs::remove_file(file)?;
    Ok(Measured {
        lines,
        events: kept.events,
        bytes_per_event: kept.bytes as f64 / (kept.events as f64).max(1.0),
        places: kept.places,
    })
}

struct Bench<'b> {
    workshop: &'b Workshop,
    course: &'b Course,
    keys: Arc<dyn Keys>,
    requests: PathBuf,
}

/// A database of ours after a measurement.
struct Kept {
    events: u64,
    bytes: u64,
    places: Vec<(String, f64)>,
}

impl Bench<'_> {
    async fn senders(&self, senders: usize) -> anyhow::Result<Line> {
        let (mut ours, mut naive, mut ceiling) = (Vec::new(), Vec::new(), Vec::new());
        let seconds = self.course.seconds;
        let ways = [Way::Ours, Way::OneCommit, Way::Ceiling];
        for round in 0..self.course.rounds {
            // Nobody is always first.
            for turn in 0..ways.len() {
                let way = ways[(round + turn) % ways.len()];
                say(&format!(
                    "deliveries from {senders} senders, round {} of {}: {}",
                    round + 1,
                    self.course.rounds,
                    match way {
                        Way::Ours => "ours",
                        Way::OneCommit => "one commit each",
                        Way::Ceiling => "nothing stored",
                    }
                ));
                match way {
                    Way::Ours => {
                        ours.push(self.ours(senders, seconds).await?.0);
                    }
                    Way::OneCommit => naive.push(self.one_commit(senders).await?),
                    Way::Ceiling => {
                        ceiling.push(self.behind(Arc::new(Nothing), senders, seconds, true).await?);
                    }
                }
            }
        }
        Ok(Line {
            senders,
            ours: median_of(&ours, |sent| sent.per_s),
            one_commit: median_of(&naive, |sent| sent.per_s),
            ceiling: median_of(&ceiling, |sent| sent.per_s),
            p50: [
                median_of(&ours, |sent| sent.p50_ms),
                median_of(&naive, |sent| sent.p50_ms),
            ],
            p99: [
                median_of(&ours, |sent| sent.p99_ms),
                median_of(&naive, |sent| sent.p99_ms),
            ],
        })
    }

    /// The real thing: store and feed as in `serve`.
    async fn ours(&self, senders: usize, seconds: f64) -> anyhow::Result<(Sent, Kept)> {
        let folder = self.workshop.fresh("ours-")?;
        let path = folder.path().to_owned();
        let store = tokio::task::spawn_blocking(move || open(&path)).await??;
        let sent = self
            .behind(Arc::new(store.writer.clone()), senders, seconds, false)
            .await?;
        let (arrivals, kept) = tokio::task::spawn_blocking(move || close(store, &folder)).await??;
        // What was acknowledged is there: else the figures would be worth nothing.
        anyhow::ensure!(
            arrivals == sent.acknowledged,
            "{} deliveries were acknowledged, but {arrivals} are on the disk",
            sent.acknowledged
        );
        Ok((sent, kept))
    }

    async fn one_commit(&self, senders: usize) -> anyhow::Result<Sent> {
        let folder = self.workshop.fresh("naive-")?;
        let sink = Arc::new(OneCommit::make(&folder.path().join("naive.db"))?);
        let sent = self
            .behind(sink.clone(), senders, self.course.seconds, false)
            .await?;
        let arrivals = sink.count()?;
        anyhow::ensure!(
            arrivals == sent.acknowledged,
            "the naive way lost some: {arrivals} of {}",
            sent.acknowledged
        );
        Ok(sent)
    }

    /// The listener with something behind it, and a process that sends to it.
    async fn behind(
        &self,
        sink: Arc<dyn Sink>,
        senders: usize,
        seconds: f64,
        over_again: bool,
    ) -> anyhow::Result<Sent> {
        let options = nexwatch_receive::Options::with_key(HOOK_KEY);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = Listener::bind_sink(address, options, sink, self.keys.clone()).await?;
        let job = Job::Send(sender::Job {
            address: listener.address(),
            senders,
            seconds,
            requests: self.requests.clone(),
            over_again,
        });
        let sent = tokio::task::spawn_blocking(move || child::have_done::<Sent>(&job)).await?;
        listener.stop(Duration::from_secs(10)).await;
        let sent = sent.context("the sending process failed")?;
        anyhow::ensure!(sent.refused == 0, "{} deliveries were refused", sent.refused);
        Ok(sent)
    }
}

fn open(folder: &Path) -> anyhow::Result<Store> {
    let feed: Arc<OnceLock<Feed>> = Arc::default();
    let heard = feed.clone();
    let store = Store::open(
        folder,
        nexwatch_store::Options::serving(),
        Box::new(move |news| {
            if let Some(feed) = heard.get() {
                feed.committed(news);
            }
        }),
    )?;
    let loaded = Feed::new(store.reader.clone());
    loaded.load()?;
    let _ = feed.set(loaded);
    Ok(store)
}

/// Closes the store; deliveries on the disk, and what they take.
fn close(store: Store, folder: &TempDir) -> anyhow::Result<(u64, Kept)> {
    store.close();
    let reader = nexwatch_store::Reader::open(folder.path())?;
    let repeats: u32 =
        reader.read(|db| Ok(db.query_row("SELECT count(*) FROM repeat", [], |row| row.get(0))?))?;
    let (events, places) = super::set::places(&reader)?;
    let bytes = std::fs::metadata(nexwatch_store::path(folder.path()))?.len();
    let kept = Kept {
        events,
        bytes,
        places,
    };
    Ok((events + u64::from(repeats), kept))
}
