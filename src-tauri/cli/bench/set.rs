//! A set of events to ask and to export: always the same ones for a number, three years of a network of spaces.

use super::folder::Workshop;
use super::requests;
use anyhow::Context as _;
use nexwatch_nexudus::{Arrival, Ms, read};
use nexwatch_sample::{Delivery, spread};
use nexwatch_store::{
    Incoming, Options, Packed, Reader, Route, SecretId, Signature, SignatureRule, Source, Store, StoreError,
    Writer,
};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The end of the stretch: 2026-10-01T00:00:00Z.
pub(super) const END: Ms = 1_790_812_800_000;
/// The stretch: three years of 365 days.
pub(super) const STRETCH: Ms = 3 * 365 * 24 * 3_600_000;
/// Chance of the set.
const SEED: u64 = 20_261_124;
/// Deliveries wait for the writer: below the length of its queue, so that none is turned away.
const WAITING: usize = 1_000;
/// One delivery of so many arrives twice.
const AGAIN: i64 = 200;
/// Deliveries that go from hand to hand together.
const BATCH: usize = 256;

/// The set, on the disk.
pub(super) struct Set {
    folder: TempDir,
    about: About,
}

/// What it is like.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// Events.
    pub events: u32,
    /// How long it took to make and keep them, seconds.
    pub seconds: f64,
    /// On the disk, everything included.
    pub bytes_per_event: f64,
    /// What takes how much place: table or index, bytes an event.
    pub places: Vec<(String, f64)>,
}

impl Set {
    /// Where.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// What it is like.
    pub fn about(&self) -> About {
        self.about.clone()
    }
}

/// Makes the set through the store's own writer.
pub(super) fn build(workshop: &Workshop, events: u32) -> anyhow::Result<Set> {
    let folder = workshop.fresh("set-")?;
    let start = Instant::now();
    let store = Store::open(folder.path(), Options::serving(), Box::new(|_| {}))?;
    fill(workshop, &store.writer, events)?;
    store.close();
    let seconds = start.elapsed().as_secs_f64();
    let (kept, places) = places(&Reader::open(folder.path())?)?;
    let bytes = std::fs::metadata(nexwatch_store::path(folder.path()))?.len();
    Ok(Set {
        about: About {
            events: u32::try_from(kept)?,
            seconds,
            bytes_per_event: bytes as f64 / (kept as f64).max(1.0),
            places,
        },
        folder,
    })
}

/// One thread plays the platform, others read and pack, this one keeps: in the platform's order, whoever is faster.
fn fill(workshop: &Workshop, writer: &Writer, events: u32) -> anyhow::Result<()> {
    let hands = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .clamp(2, 8);
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let (mut to_hands, mut from_hands) = (Vec::new(), Vec::new());
        for _ in 0..hands {
            let (to_hand, made) = sync_channel::<Vec<(Ms, Delivery)>>(4);
            let (packed, from_hand) = sync_channel(4);
            scope.spawn(move || prepare(writer, &made, &packed));
            to_hands.push(to_hand);
            from_hands.push(from_hand);
        }
        scope.spawn(move || play(events, &to_hands));
        keep(workshop, writer, &from_hands, events)
    })
}

/// Makes the deliveries; each hand gets a batch in turn.
fn play(events: u32, hands: &[SyncSender<Vec<(Ms, Delivery)>>]) {
    let from = END - STRETCH;
    let mut platform = requests::platform(SEED, from);
    let moments = spread(SEED, from, END, events as usize);
    for (batch, hand) in moments.chunks(BATCH).zip(hands.iter().cycle()) {
        let made = batch.iter().map(|at| (*at, platform.next(*at))).collect();
        if hand.send(made).is_err() {
            return;
        }
    }
}

/// Reads and packs as the listener does.
fn prepare(writer: &Writer, made: &Receiver<Vec<(Ms, Delivery)>>, packed: &SyncSender<Vec<Incoming>>) {
    while let Ok(batch) = made.recv() {
        let mut ready = Vec::with_capacity(batch.len() + 8);
        for (at, delivery) in batch {
            let incoming = incoming(at, &delivery, writer.pack(&delivery.body));
            // A few are answered too late and come again.
            let again = (incoming.body.key % AGAIN == 0).then(|| Incoming {
                received_at: incoming.received_at + 30_000,
                ..incoming.clone()
            });
            ready.push(incoming);
            ready.extend(again);
        }
        if packed.send(ready).is_err() {
            return;
        }
    }
}

fn incoming(at: Ms, delivery: &Delivery, body: Packed) -> Incoming {
    let name = delivery.action.name();
    // On its way for a part of a second.
    let received_at = at + 200 + (body.key.unsigned_abs() % 700) as Ms;
    let arrival = Arrival {
        route_action: Some(&name),
        route_location: Some(delivery.location),
        received_at,
        body: &delivery.body,
        voice: &nexwatch_nexudus::Voice::default(),
    };
    Incoming {
        received_at,
        source: Source::Webhook,
        readings: read(&arrival),
        route: Route {
            action: Some(name.clone()),
            location: Some(delivery.location),
        },
        headers: vec![("content-type".into(), "application/json; charset=utf-8".into())],
        signature: Signature::Verified {
            rule: SignatureRule::AsciiFolded,
            secret: SecretId(1),
        },
        body,
        released: None,
    }
}

/// Keeps the batches, as many at a time as the queue holds.
fn keep(
    workshop: &Workshop,
    writer: &Writer,
    hands: &[Receiver<Vec<Incoming>>],
    events: u32,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let (mut waiting, mut kept, mut said) = (VecDeque::new(), 0_u32, Instant::now());
        'all: for hand in hands.iter().cycle() {
            let Ok(batch) = hand.recv() else { break 'all };
            for incoming in batch {
                if waiting.len() >= WAITING
                    && let Some(oldest) = waiting.pop_front()
                {
                    finish(oldest).await?;
                }
                waiting.push_back(writer.store(incoming)?);
                kept += 1;
            }
            if said.elapsed() > Duration::from_millis(200) {
                said = Instant::now();
                workshop.say(&format!("making a set of events: {kept} of {events}"));
            }
        }
        for last in waiting {
            finish(last).await?;
        }
        Ok(())
    })
}

async fn finish(
    stored: impl Future<Output = Result<nexwatch_store::Stored, StoreError>>,
) -> anyhow::Result<()> {
    stored.await.context("an event of the set could not be kept")?;
    Ok(())
}

/// Events, and what takes how much place in a database that nobody writes: table or index, bytes an event.
pub(super) fn places(reader: &Reader) -> anyhow::Result<(u64, Vec<(String, f64)>)> {
    let (events, sizes) = reader.read(|db| {
        let events: u32 = db.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
        let mut all =
            db.prepare("SELECT name, pgsize FROM dbstat WHERE aggregate = 1 ORDER BY pgsize DESC")?;
        let sizes: Vec<(String, i64)> = all
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok((events, sizes))
    })?;
    let each = sizes
        .into_iter()
        .map(|(name, bytes)| (name, bytes as f64 / f64::from(events.max(1))))
        .collect();
    Ok((events.into(), each))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_the_same_each_time_and_complete() {
        let workshop = Workshop::make(None).unwrap();
        let sentences = || {
            let set = build(&workshop, 600).unwrap();
            assert_eq!(set.about().events, 600);
            assert!(set.about().places.iter().any(|(name, _)| name == "delivery"));
            let reader = Reader::open(&set.folder()).unwrap();
            let mut ids = Vec::new();
            reader.keys(|key| ids.push(key.id)).unwrap();
            reader.rows(&ids).unwrap()
        };
        let first = sentences();
        assert!(
            first
                .iter()
                .all(|row| (END - STRETCH - 10_000..=END + 1_000).contains(&row.happened_at))
        );
        assert_eq!(first, sentences());
    }
}
