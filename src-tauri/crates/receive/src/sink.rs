//! Where deliveries go: to the store's writer. A trait only so that measuring can put something else behind the
//! very same listener.

use nexwatch_nexudus::{Lexicon, Voice};
use nexwatch_store::{Incoming, Packed, Quarantined, SecretId, StoreError, Stored, Suspect, Writer};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// An answer to wait for, or a refusal at once.
pub type Pending<T> = Result<Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>, StoreError>;

/// What allows a delivery to be acknowledged.
#[derive(Debug)]
pub enum Receipt {
    /// It is on the disk.
    Stored(Stored),
    /// There is no store here: a measurement, see [`crate::Listener::bind_sink`].
    Measured,
}

/// Takes deliveries.
pub trait Sink: Send + Sync + 'static {
    /// A body made ready to be kept, here or in quarantine.
    fn pack(&self, body: &[u8]) -> Packed;
    /// A genuine delivery's, which may be packed in less time while many come.
    fn pack_arriving(&self, body: &[u8]) -> Packed {
        self.pack(body)
    }
    /// Keeps a delivery.
    fn store(&self, incoming: Incoming) -> Pending<Receipt>;
    /// Keeps a delivery apart whose signature failed.
    fn quarantine(&self, suspect: Suspect) -> Pending<Quarantined>;
    /// Whether a secret has ever matched a delivery that is kept.
    fn has_matched(&self, secret: SecretId) -> bool;
    /// In which language and by which clocks a delivery can be found by its words.
    fn voice(&self) -> Voice {
        Voice::default()
    }
    /// The actions that the account named.
    fn lexicon(&self) -> Arc<Lexicon> {
        Arc::default()
    }
}

impl Sink for Writer {
    fn pack(&self, body: &[u8]) -> Packed {
        Writer::pack(self, body)
    }

    fn pack_arriving(&self, body: &[u8]) -> Packed {
        Writer::pack_arriving(self, body)
    }

    fn store(&self, incoming: Incoming) -> Pending<Receipt> {
        let stored = Writer::store(self, incoming)?;
        Ok(Box::pin(async move { stored.await.map(Receipt::Stored) }))
    }

    fn quarantine(&self, suspect: Suspect) -> Pending<Quarantined> {
        Ok(Box::pin(Writer::quarantine(self, suspect)?))
    }

    fn has_matched(&self, secret: SecretId) -> bool {
        Writer::has_matched(self, secret)
    }

    fn voice(&self) -> Voice {
        Writer::voice(self)
    }

    fn lexicon(&self) -> Arc<Lexicon> {
        Writer::lexicon(self)
    }
}
