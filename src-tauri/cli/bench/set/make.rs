//! A set is played: one thread is the platform, others read and pack, one keeps.

use super::places::an_event;
use super::{About, END, STRETCH, places};
use crate::cli::bench::folder::say;
use crate::cli::bench::requests::MEAN_BYTES;
use anyhow::Context as _;
use nexwatch_nexudus::{Arrival, Ms, read};
use nexwatch_sample::{Delivery, Platform, spread};
use nexwatch_store::{
    Incoming, Options, Packed, Reader, Route, SecretId, Signature, SignatureRule, Source, Store, StoreError,
    Writer,
};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Chance of the set.
const SEED: u64 = 20_261_124;
/// Customers of the network.
const CUSTOMERS: usize = 4_000;
/// Deliveries wait for the writer: below the length of its queue, so that none is turned away.
const WAITING: usize = 1_000;
/// One delivery of so many arrives twice.
const AGAIN: i64 = 200;
/// Of three years at once most pages are needed again and again, KiB.
const CACHE: u32 = 512_000;
/// Deliveries that go from hand to hand together.
const BATCH: usize = 256;

/// The network of a set, as it stands at a moment.
pub(in crate::cli::bench) fn platform(seed: u64, start: Ms) -> Platform {
    let options = nexwatch_sample::Options {
        customers: CUSTOMERS,
        mean_bytes: Some(MEAN_BYTES),
    };
    Platform::with(seed, start, options)
}

/// Makes a set in a folder, through the store's own writer.
pub(super) fn make(folder: &Path, events: u32) -> anyhow::Result<About> {
    let start = Instant::now();
    let options = Options {
        writer_cache: CACHE,
        ..Options::serving()
    };
    let store = Store::open(folder, options, Box::new(|_| {}))?;
    fill(&store.writer, events)?;
    store.close();
    let seconds = start.elapsed().as_secs_f64();
    say("looking at the set");
    let (kept, places) = places(&Reader::open(folder)?)?;
    let bytes = std::fs::metadata(nexwatch_store::path(folder))?.len();
    Ok(About {
        wanted: events,
        events: u32::try_from(kept)?,
        seconds,
        bytes_per_event: an_event(bytes as f64, kept),
        places,
    })
}

/// In the platform's order, whoever is faster.
fn fill(writer: &Writer, events: u32) -> anyhow::Result<()> {
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
        keep(writer, &from_hands, events)
    })
}

/// Makes the deliveries; each hand gets a batch in turn.
fn play(events: u32, hands: &[SyncSender<Vec<(Ms, Delivery)>>]) {
    let from = END - STRETCH;
    let mut platform = platform(SEED, from);
    let moments = spread(SEED, from, END, events as usize);
    for (batch, hand) in moments.chunks(BATCH).zip(hands.iter().cycle()) {
        let made = batch.iter().map(|at| (*at, platform.next(*at))).collect();
        if hand.send(made).is_err() {
            return;
        }
    }
}

/// Reads and packs as the listener does with a delivery that comes alone, as most of a year's do.
fn prepare(writer: &Writer, made: &Receiver<Vec<(Ms, Delivery)>>, packed: &SyncSender<Vec<Incoming>>) {
    while let Ok(batch) = made.recv() {
        let mut ready = Vec::with_capacity(batch.len() + 8);
        for (at, delivery) in batch {
            let incoming = incoming(at, &delivery, writer.pack_quietly(&delivery.body));
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

/// A delivery that was sent at a moment, as the listener hands it on.
pub(in crate::cli::bench) fn incoming(at: Ms, delivery: &Delivery, body: Packed) -> Incoming {
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
fn keep(writer: &Writer, hands: &[Receiver<Vec<Incoming>>], events: u32) -> anyhow::Result<()> {
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
                say(&format!("making a set of events: {kept} of {events}"));
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
