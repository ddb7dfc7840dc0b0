//! One request: from the path to the answer.

use crate::answer::{Answer, acknowledge, close_after, prove, refuse};
use crate::body::{Budget, Share, Trouble, collect};
use crate::counts::Tally;
use crate::delivery::Received;
use crate::headers::{self, Signed};
use crate::seat::Seat;
use crate::{KeySet, Keys, Limits, Options, Proof, Reason, Receipt, Refused, ReplacedKey, Sink, route};
use http::{Method, Request};
use hyper::body::{Body, Incoming};
use nexwatch_nexudus::Ms;
use nexwatch_store::{Refusal, Signature, Source, StoreError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

/// A longer body is checked and read on a thread of its own kind, lest it keep others waiting.
const LARGE: usize = 64 * 1024;

/// Everything that answering takes; shared by all connections.
pub(crate) struct Hook {
    keys_in_path: RwLock<Arc<PathKeys>>,
    sample_mark: String,
    proof: Option<Proof>,
    limits: RwLock<Limits>,
    on_refused: Box<dyn Fn(&Refused) + Send + Sync>,
    on_proved: Box<dyn Fn(Ms) + Send + Sync>,
    sink: Arc<dyn Sink>,
    keys: Arc<dyn Keys>,
    /// One at a time looks the secrets up.
    looking_up: tokio::sync::Mutex<()>,
    budget: Budget,
    /// Large bodies at work at once.
    large: Arc<Semaphore>,
    pub tally: Tally,
    pub stopping: AtomicBool,
}

impl From<Reason> for Refused {
    fn from(reason: Reason) -> Refused {
        Refused {
            reason,
            signature: None,
            location: None,
            action: None,
            quarantined: None,
        }
    }
}

impl From<StoreError> for Reason {
    fn from(error: StoreError) -> Reason {
        match error {
            StoreError::Busy => Reason::Busy,
            _ => Reason::Store,
        }
    }
}

impl From<Trouble> for Reason {
    fn from(trouble: Trouble) -> Reason {
        match trouble {
            Trouble::TooLarge => Reason::BodyTooLarge,
            Trouble::Busy => Reason::Busy,
            Trouble::BrokenOff => Reason::BrokenOff,
        }
    }
}

impl Hook {
    pub fn new(options: Options, sink: Arc<dyn Sink>, keys: Arc<dyn Keys>) -> Hook {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Hook {
            keys_in_path: RwLock::new(Arc::new(PathKeys {
                key: options.hook_key,
                replaced: options.replaced_key,
            })),
            sample_mark: options.sample_mark,
            proof: options.proof,
            limits: RwLock::new(options.limits),
            on_refused: options.on_refused,
            on_proved: options.on_proved,
            sink,
            keys,
            looking_up: tokio::sync::Mutex::default(),
            budget: Budget::new(options.limits.in_flight_bytes),
            large: Arc::new(Semaphore::new(cores)),
            tally: Tally::default(),
            stopping: AtomicBool::new(false),
        }
    }

    pub fn replace_key(&self, key: &str, replaced: Option<ReplacedKey>) {
        let keys = PathKeys {
            key: key.to_owned(),
            replaced,
        };
        *self.keys_in_path.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// What is put up with now.
    pub fn limits(&self) -> Limits {
        *self.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on; a request under way keeps those that it began with.
    pub fn set_limits(&self, limits: Limits) {
        self.budget.set(limits.in_flight_bytes);
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// Answers one request of a connection. `outside`: it came through a tunnel.
    pub async fn answer(&self, request: Request<Incoming>, seat: &Seat, outside: bool) -> Answer {
        let limits = self.limits();
        let outcome = match seat.begin() {
            Some(since) => {
                let within = Within {
                    deadline: since + limits.slow,
                    body_bytes: limits.body_bytes,
                };
                self.deliver(request, seat, within, outside).await
            }
            None => Err(Reason::Evicted.into()),
        };
        let mut answer = match outcome {
            Ok(Heard::Delivery(receipt)) => {
                self.tally.acknowledged();
                acknowledge(&receipt)
            }
            Ok(Heard::Test(proof)) => {
                self.tally.tested();
                prove(proof)
            }
            Err(refused) => {
                self.refused(&refused);
                refuse(refused.reason)
            }
        };
        if self.stopping.load(Ordering::SeqCst) {
            close_after(&mut answer);
        }
        seat.done();
        answer
    }

    /// Counts and tells.
    pub fn refused(&self, refused: &Refused) {
        self.tally.refused(refused.reason);
        tracing::debug!(reason = refused.reason.name(), "not acknowledged");
        (self.on_refused)(refused);
    }

    async fn deliver(
        &self,
        request: Request<Incoming>,
        seat: &Seat,
        within: Within,
        outside: bool,
    ) -> Result<Heard, Refused> {
        // Behind a proxy of one's own, that is how an address outside is told.
        let outside = outside || request.headers().contains_key("x-forwarded-for");
        let test = self
            .proof
            .as_ref()
            .and_then(|proof| proof.answer(request.headers()));
        let (delivery, _share) = self.receive(request, seat, within).await?;
        if let Some(answer) = test {
            return Ok(Heard::Test(answer));
        }
        let (location, action) = (delivery.route.location, delivery.route.action.clone());
        let kept = self.keep(delivery, outside).await;
        kept.map(Heard::Delivery).map_err(|refused| Refused {
            location,
            action,
            ..refused
        })
    }

    /// The delivery as it came, and what its body has taken of the budget.
    async fn receive(
        &self,
        request: Request<Incoming>,
        seat: &Seat,
        within: Within,
    ) -> Result<(Received, Share), Refused> {
        let (head, body) = request.into_parts();
        let keys = self
            .keys_in_path
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        // One answer for a wrong path and a wrong key, before the method is looked at.
        let Some(target) = keys.parse(head.uri.path()) else {
            return Err(unread(&body, seat, Reason::NotFound));
        };
        seat.make_known();
        if head.method != Method::POST {
            return Err(unread(&body, seat, Reason::Method));
        }
        let make_room = || seat.seats.make_room(seat);
        let collecting = collect(body, within.body_bytes, &self.budget, &seat.held, make_room);
        let collected = timeout_at(within.deadline, collecting).await;
        let (body, share) = collected
            .map_err(|_| Reason::TooSlow)
            .and_then(|collected| collected.map_err(Reason::from))
            .and_then(|collected| seat.received().then_some(collected).ok_or(Reason::Evicted))
            .map_err(|reason| {
                seat.leave_unread();
                Refused {
                    location: target.route.location,
                    ..reason.into()
                }
            })?;
        let delivery = Received {
            received_at: now(),
            source: headers::source(&head.headers, &self.sample_mark),
            headers: headers::kept(&head.headers, target.stray),
            signed: Signed::of(&head.headers),
            route: target.route,
            body,
            released: None,
        };
        Ok((delivery, share))
    }

    /// Proves it and keeps it: in its place, or apart.
    async fn keep(&self, delivery: Received, outside: bool) -> Result<Receipt, Refused> {
        let (location, received_at) = (delivery.route.location, delivery.received_at);
        let outside = outside && delivery.source == Source::Webhook;
        let keys = self.keys().await.map_err(|why| {
            tracing::error!(%why, "the secrets cannot be read: deliveries are put off");
            Refused::from(Reason::Keys)
        })?;
        let failed = |error: StoreError| Refused::from(Reason::from(error));
        match self.settle(delivery, keys.clone()).await? {
            Settled::Genuine(incoming) => {
                let proved = outside && incoming.signature != Signature::Unsigned;
                let stored = self.sink.store(*incoming).map_err(failed)?;
                let receipt = stored.await.map_err(failed)?;
                if proved {
                    (self.on_proved)(received_at);
                }
                Ok(receipt)
            }
            Settled::Suspect(suspect, refusal) => {
                let kept = self.sink.quarantine(*suspect).map_err(failed)?;
                let kept = kept.await.map_err(failed)?;
                let proved = keys
                    .expected(location)
                    .any(|secret| self.sink.has_matched(secret.id));
                let reason = if proved {
                    Reason::Signature
                } else {
                    Reason::Unproven
                };
                Err(Refused {
                    signature: Some(refusal),
                    quarantined: Some(kept),
                    ..reason.into()
                })
            }
        }
    }

    /// The secrets in use. Where they have to be looked up, one delivery does so and the others wait for it: nothing is judged
    /// by the secrets of before.
    async fn keys(&self) -> Result<Arc<KeySet>, String> {
        if let Some(known) = self.keys.known() {
            return known;
        }
        let _turn = self.looking_up.lock().await;
        if let Some(known) = self.keys.known() {
            return known;
        }
        let keys = self.keys.clone();
        tokio::task::spawn_blocking(move || keys.current())
            .await
            .unwrap_or_else(|error| Err(error.to_string()))
    }

    /// The work on a body: checking, reading, packing.
    async fn settle(&self, delivery: Received, keys: Arc<KeySet>) -> Result<Settled, Reason> {
        if delivery.body.len() <= LARGE {
            return Ok(settle(delivery, &keys, self.sink.as_ref()));
        }
        let turn = self.large.clone().acquire_owned().await;
        let sink = self.sink.clone();
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            settle(delivery, &keys, sink.as_ref())
        })
        .await
        .map_err(|_| Reason::Store)
    }
}

/// What one request has to keep to.
struct Within {
    deadline: Instant,
    body_bytes: usize,
}

/// The keys that a path may have.
struct PathKeys {
    key: String,
    replaced: Option<ReplacedKey>,
}

impl PathKeys {
    fn parse(&self, path: &str) -> Option<route::Target> {
        let replaced = || self.replaced.as_ref().filter(|replaced| now() < replaced.until);
        route::parse(path, &self.key)
            .or_else(|| replaced().and_then(|replaced| route::parse(path, &replaced.key)))
    }
}

/// What a request turned out to be.
enum Heard {
    /// Kept.
    Delivery(Receipt),
    /// A self-test, and its answer.
    Test(String),
}

/// An answer before the body was read.
fn unread(body: &Incoming, seat: &Seat, reason: Reason) -> Refused {
    if !body.is_end_stream() {
        seat.leave_unread();
    }
    reason.into()
}

/// A delivery ready for one of the two places where it may be kept.
enum Settled {
    Genuine(Box<nexwatch_store::Incoming>),
    Suspect(Box<nexwatch_store::Suspect>, Refusal),
}

fn settle(delivery: Received, keys: &KeySet, sink: &dyn Sink) -> Settled {
    match delivery.check(keys) {
        Ok(verified) => Settled::Genuine(Box::new(verified.read(sink))),
        Err(rejected) => {
            let reason = rejected.reason();
            Settled::Suspect(Box::new(rejected.suspect(sink)), reason)
        }
    }
}

/// The arrival: the one clock that a delivery knows.
fn now() -> Ms {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ms::try_from(since.as_millis()).unwrap_or(Ms::MAX)
}
