//! A body from the wire, within limits.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Body;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// Bytes that all bodies together may take.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Held>);

#[derive(Debug)]
struct Held {
    most: AtomicUsize,
    taken: AtomicUsize,
    /// Rings when some of it was given back.
    freed: Notify,
}

/// What one body has taken; given back when dropped.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Budget,
    taken: usize,
}

impl Budget {
    pub fn new(bytes: usize) -> Budget {
        Budget(Arc::new(Held {
            most: AtomicUsize::new(bytes),
            taken: AtomicUsize::new(0),
            freed: Notify::new(),
        }))
    }

    /// Another number. What was taken stays taken, also where it is more than that.
    pub fn set(&self, bytes: usize) {
        self.0.most.store(bytes, Ordering::Relaxed);
    }

    fn share(&self) -> Share {
        Share {
            budget: self.clone(),
            taken: 0,
        }
    }
}

impl Share {
    /// Takes more, if there is so much.
    fn take(&mut self, bytes: usize) -> bool {
        let Held { most, taken, .. } = &*self.budget.0;
        let most = most.load(Ordering::Relaxed);
        let more = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |taken| {
            taken.checked_add(bytes).filter(|taken| *taken <= most)
        });
        self.taken += if more.is_ok() { bytes } else { 0 };
        more.is_ok()
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.0.taken.fetch_sub(self.taken, Ordering::Relaxed);
        if self.taken > 0 {
            self.budget.0.freed.notify_waiters();
        }
    }
}

/// Why a body is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    TooLarge,
    /// No room for more bodies.
    Busy,
    /// The sender went, or does not keep to HTTP.
    BrokenOff,
}

/// Collects a body. One that says that it is too large is not read at all; one that does not say is read up to
/// the limit. The budget is taken as bytes come, so that a slow sender takes no more than it has sent. Where it is used up,
/// `make_room` sends somebody away who gives some of it back, or says that there is nobody. `held` is told how much this one
/// takes.
pub(crate) async fn collect<B>(
    mut body: B,
    limit: usize,
    budget: &Budget,
    held: &AtomicUsize,
    make_room: impl Fn() -> bool,
) -> Result<(Bytes, Share), Trouble>
where
    B: Body<Data = Bytes> + Unpin,
{
    let announced = body.size_hint();
    if announced.lower() > limit as u64 {
        return Err(Trouble::TooLarge);
    }
    let mut share = budget.share();
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Trailers are of no use here.
        let Ok(data) = frame.map_err(|_| Trouble::BrokenOff)?.into_data() else {
            continue;
        };
        if data.len() > limit - first.len() - whole.len() {
            return Err(Trouble::TooLarge);
        }
        loop {
            // Listened for before looking: what is given back after the look rings.
            let mut freed = pin!(budget.0.freed.notified());
            freed.as_mut().enable();
            if share.take(data.len()) {
                held.store(share.taken, Ordering::Relaxed);
                break;
            }
            if !make_room() {
                return Err(Trouble::Busy);
            }
            freed.await;
        }
        // Most bodies come in one piece, which is taken as it is.
        if first.is_empty() && whole.is_empty() {
            first = data;
        } else {
            whole.extend_from_slice(&std::mem::take(&mut first));
            whole.extend_from_slice(&data);
        }
    }
    Ok((if whole.is_empty() { first } else { whole.freeze() }, share))
}
