//! One request: from the path to the answer.

use crate::answer::{Answer, acknowledge, close_after, refuse};
use crate::body::{Budget, Share, Trouble, collect};
use crate::counts::Tally;
use crate::delivery::Received;
use crate::headers::{self, Signed};
use crate::seat::Seat;
use crate::{KeySet, Keys, Limits, Options, Reason, Receipt, Refused, Sink, route};
use http::{Method, Request};
use hyper::body::{Body, Incoming};
use nexwatch_nexudus::Ms;
use nexwatch_store::{Refusal, StoreError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

/// A longer body is checked and read on a thread of its own kind, lest it keep others waiting.
const LARGE: usize = 64 * 1024;

/// Everything that answering takes; shared by all connections.
pub(crate) struct Hook {
    key: RwLock<Arc<str>>,
    sample_mark: String,
    pub limits: Limits,
    on_refused: Box<dyn Fn(&Refused) + Send + Sync>,
    sink: Arc<dyn Sink>,
    keys: Arc<dyn Keys>,
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
            key: RwLock::new(options.hook_key.into()),
            sample_mark: options.sample_mark,
            limits: options.limits,
            on_refused: options.on_refused,
            sink,
            keys,
            budget: Budget::new(options.limits.in_flight_bytes),
            large: Arc::new(Semaphore::new(cores)),
            tally: Tally::default(),
            stopping: AtomicBool::new(false),
        }
    }

    pub fn replace_key(&self, key: &str) {
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = key.into();
    }

    /// Answers one request of a connection.
    pub async fn answer(&self, request: Request<Incoming>, seat: &Seat) -> Answer {
        let outcome = match seat.begin() {
            Some(since) => self.deliver(request, seat, since + self.limits.slow).await,
            None => Err(Reason::Evicted.into()),
        };
        let mut answer = match outcome {
            Ok(receipt) => {
                self.tally.acknowledged();
                acknowledge(&receipt)
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
        deadline: Instant,
    ) -> Result<Receipt, Refused> {
        let (delivery, _share) = self.receive(request, seat, deadline).await?;
        let location = delivery.route.location;
        let kept = self.keep(delivery).await;
        kept.map_err(|refused| Refused { location, ..refused })
    }

    /// The delivery as it came, and what its body has taken of the budget.
    async fn receive(
        &self,
        request: Request<Incoming>,
        seat: &Seat,
        deadline: Instant,
    ) -> Result<(Received, Share), Refused> {
        let (head, body) = request.into_parts();
        let key = self.key.read().unwrap_or_else(PoisonError::into_inner).clone();
        // One answer for a wrong path and a wrong key, before the method is looked at.
        let Some(target) = route::parse(head.uri.path(), &key) else {
            return Err(unread(&body, seat, Reason::NotFound));
        };
        seat.make_known();
        if head.method != Method::POST {
            return Err(unread(&body, seat, Reason::Method));
        }
        let collected = timeout_at(deadline, collect(body, self.limits.body_bytes, &self.budget)).await;
        let (body, share) = collected
            .map_err(|_| Reason::TooSlow)
            .and_then(|collected| collected.map_err(Reason::from))
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
    async fn keep(&self, delivery: Received) -> Result<Receipt, Refused> {
        let location = delivery.route.location;
        let keys = self.keys.current().map_err(|why| {
            tracing::error!(%why, "the secrets cannot be read: deliveries are put off");
            Refused::from(Reason::Keys)
        })?;
        let failed = |error: StoreError| Refused::from(Reason::from(error));
        match self.settle(delivery, keys.clone()).await? {
            Settled::Genuine(incoming) => {
                let stored = self.sink.store(*incoming).map_err(failed)?;
                stored.await.map_err(failed)
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
