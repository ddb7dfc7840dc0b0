//! What the desk may ask of the program.

use super::keys::SecretKeys;
use super::listening::Listening;
use super::sample::Samples;
use nexwatch_desk::Host;
use nexwatch_desk::protocol::{DeskError, ErrorCode, ListenerStatus, SampleSent, SecretKept, SecretStatus};
use nexwatch_nexudus::Action;
use nexwatch_settings::SecretsError;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

/// The program, as the desk sees it.
pub(crate) struct ProgramHost {
    folder: PathBuf,
    listening: Arc<Listening>,
    keys: Arc<SecretKeys>,
    samples: Samples,
}

impl ProgramHost {
    pub fn new(
        folder: PathBuf,
        listening: Arc<Listening>,
        keys: Arc<SecretKeys>,
        installation: String,
    ) -> ProgramHost {
        ProgramHost {
            folder,
            samples: Samples::new(listening.clone(), keys.clone(), &installation),
            listening,
            keys,
        }
    }
}

impl Host for ProgramHost {
    fn folder(&self) -> &Path {
        &self.folder
    }

    fn listener(&self) -> ListenerStatus {
        self.listening.status()
    }

    fn hook_base(&self) -> String {
        self.listening.hook_base()
    }

    fn secrets(&self) -> Result<Vec<SecretStatus>, DeskError> {
        let marks = self.keys.marks()?;
        let list = self.keys.list().map_err(unavailable)?;
        Ok(list
            .into_iter()
            .map(|(info, kept_in)| {
                let mark = marks.iter().find(|mark| mark.secret.0 == info.id);
                SecretStatus {
                    id: info.id,
                    location: info.location,
                    set_at: info.set_at,
                    kept_in,
                    first_matched: mark.map(|mark| mark.first_matched),
                    last_matched: mark.map(|mark| mark.last_matched),
                    until: info.until,
                }
            })
            .collect())
    }

    fn set_secret(&self, secret: &str, location: Option<i64>) -> Result<SecretKept, DeskError> {
        let now = jiff::Timestamp::now().as_millisecond();
        let (kept_in, released) = self.keys.set(secret, location, now).map_err(unavailable)?;
        Ok(SecretKept {
            kept_in,
            released: released?,
        })
    }

    fn send_sample(
        &self,
        action: Option<Action>,
    ) -> Pin<Box<dyn Future<Output = Result<SampleSent, DeskError>> + Send + '_>> {
        Box::pin(self.samples.send(action))
    }
}

fn unavailable(error: SecretsError) -> DeskError {
    match error {
        SecretsError::Key(error) => {
            let text = error.to_string();
            let text = text.strip_prefix("the").map_or(text.clone(), |rest| format!("The{rest}"));
            DeskError::new(ErrorCode::BadQuestion, format!("{text}."))
        }
        error => DeskError::new(
            ErrorCode::SecretsUnavailable,
            "The shared secret could not be kept or read. Deliveries are refused with 503 meanwhile, so that none is lost.",
        )
        .because(error),
    }
}
