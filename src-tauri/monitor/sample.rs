//! Sample deliveries through the real listener: signed like real ones, marked as samples.

use super::keys::SecretKeys;
use super::listening::Listening;
use crate::client::{Client, SAMPLE_HEADER};
use nexwatch_desk::protocol::{DeskError, ErrorCode, SampleSent};
use nexwatch_nexudus::Action;
use nexwatch_nexudus::signature::{HEADER, Rule};
use nexwatch_sample::Platform;
use std::sync::{Arc, Mutex, PoisonError};

/// Plays the platform for one delivery at a time.
pub(crate) struct Samples {
    listening: Arc<Listening>,
    keys: Arc<SecretKeys>,
    platform: Mutex<Platform>,
}

fn down(message: &str) -> DeskError {
    DeskError::new(ErrorCode::ListenerDown, message)
}

impl Samples {
    pub fn new(listening: Arc<Listening>, keys: Arc<SecretKeys>, installation: &str) -> Samples {
        let now = jiff::Timestamp::now().as_millisecond();
        // Each start plays other people: the same ones again would only be repeats.
        let seed = installation.bytes().fold(now.unsigned_abs(), |seed, byte| {
            seed.rotate_left(7) ^ u64::from(byte)
        });
        Samples {
            listening,
            keys,
            platform: Mutex::new(Platform::new(seed, now)),
        }
    }

    /// Sends one.
    pub async fn send(&self, action: Option<Action>) -> Result<SampleSent, DeskError> {
        let address = self
            .listening
            .address()
            .ok_or_else(|| down("The listener is not running, so nothing can be sent to it."))?;
        let keys = self.keys.clone();
        let secret = tokio::task::spawn_blocking(move || keys.one())
            .await
            .unwrap_or_else(|error| Err(error.to_string()))
            .map_err(|why| {
                DeskError::new(
                    ErrorCode::SecretsUnavailable,
                    "The shared secret could not be read, so the sample could not be signed.",
                )
                .because(why)
            })?;
        let now = jiff::Timestamp::now().as_millisecond();
        let delivery = {
            let mut platform = self.platform.lock().unwrap_or_else(PoisonError::into_inner);
            match &action {
                Some(action) => platform.next_of(action, None, now),
                None => Some(platform.next(now)),
            }
        };
        let Some(delivery) = delivery else {
            return Err(DeskError::new(
                ErrorCode::BadQuestion,
                "There is no sample of this action: it is none of the platform's 89.",
            ));
        };
        let (hook, mark) = (self.listening.hook_path(), self.listening.sample_mark());
        let path = delivery.path(&hook);
        let signature = secret.map(|secret| delivery.sign(&secret.key, Rule::AsciiFolded));
        let mut headers = vec![(SAMPLE_HEADER, mark.as_str())];
        headers.extend(signature.as_deref().map(|value| (HEADER, value)));
        let failed = |error| down("The listener did not answer the sample.").because(error);
        let mut client = Client::connect(&address.to_string()).await.map_err(failed)?;
        let reply = client
            .post(&path, &headers, delivery.body.into())
            .await
            .map_err(failed)?;
        Ok(SampleSent {
            action: delivery.action.name(),
            status: u32::from(reply.status.as_u16()),
        })
    }
}
