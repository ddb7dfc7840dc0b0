//! Asks the account.

use crate::outward::{Back, End, Limits, Out, Outward};
use crate::{AccountError, Base, Credentials, retry_after};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use nexwatch_nexudus::Lexicon;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, sleep_until};
use url::Url;

/// Largest answer, bytes.
const LARGEST: usize = 1 << 20;

/// Least wait after a 409.
const SHORTEST: Duration = Duration::from_secs(1);

/// How the account is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Least time from one request to the next. The platform allows one each 100 ms (its documentation, "API limitations").
    pub between: Duration,
    /// So long in all it is waited when the platform asks for patience (409 with `Retry-After`); beyond that a person is told.
    pub patience: Duration,
    /// A 409 that does not say how long is taken for this.
    pub unsaid: Duration,
    /// Of one request.
    pub limits: Limits,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            between: Duration::from_millis(100),
            patience: Duration::from_secs(60),
            unsaid: Duration::from_secs(10),
            limits: Limits {
                connect: Duration::from_secs(5),
                whole: Duration::from_secs(20),
                body: LARGEST,
            },
        }
    }
}

/// Whose turn it is: those who share one ask one after the other, at the account's pace.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// When the last request ended. Held while one is under way.
    last: Arc<Mutex<Option<Instant>>>,
}

/// The account, asked by one administrator; clones take turns.
#[derive(Clone)]
pub struct Account {
    base: Base,
    credentials: Credentials,
    outward: Outward,
    pace: Pace,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    turn: Turn,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl Account {
    /// The account at an address.
    pub fn new(base: Base, credentials: Credentials) -> Account {
        Account {
            base,
            credentials,
            outward: Outward::new(),
            pace: Pace::default(),
            now: Arc::new(SystemTime::now),
            turn: Turn::default(),
        }
    }

    /// Takes turns with whoever else has this.
    pub fn in_turn(mut self, turn: Turn) -> Account {
        self.turn = turn;
        self
    }

    /// Sends by this.
    pub fn by(mut self, outward: Outward) -> Account {
        self.outward = outward;
        self
    }

    /// With another patience.
    pub fn with_pace(mut self, pace: Pace) -> Account {
        self.pace = pace;
        self
    }

    /// By another clock, for dates in `Retry-After`.
    pub fn with_clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Account {
        self.now = Arc::new(now);
        self
    }

    /// Where it is.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The actions that the account knows: `GET {base}/utils/enums?name=eWebhookAction`.
    pub async fn actions(&self) -> Result<Lexicon, AccountError> {
        let url = self
            .base
            .below(&["utils", "enums"], &[("name", "eWebhookAction")]);
        let body = self.get(url).await?;
        Lexicon::parse(&body).map_err(|why| AccountError::Strange {
            host: self.base.host().to_owned(),
            why,
        })
    }

    /// Gets JSON; waits where the platform asks for it.
    async fn get(&self, url: Url) -> Result<Bytes, AccountError> {
        let mut headers = HeaderMap::new();
        let who = self.credentials.basic().ok_or(AccountError::Unsendable)?;
        headers.insert(AUTHORIZATION, who);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let out = Out {
            method: Method::GET,
            url,
            headers,
            body: Bytes::new(),
        };
        // One at a time, also while it waits: whoever comes next would only be told to wait as well.
        let mut turn = self.turn.last.lock().await;
        let mut left = self.pace.patience;
        loop {
            if let Some(last) = *turn {
                sleep_until(last + self.pace.between).await;
            }
            let back = self.outward.send(out.clone(), &self.pace.limits).await;
            *turn = Some(Instant::now());
            let back = back?;
            if back.status != StatusCode::CONFLICT {
                return self.judge(back);
            }
            let after = back
                .headers
                .get(RETRY_AFTER)
                .and_then(|value| retry_after::wait(value.to_str().ok()?, (self.now)()))
                .unwrap_or(self.pace.unsaid)
                // Who says "at once" and refuses again would be asked for ever.
                .max(SHORTEST);
            left = match left.checked_sub(after) {
                Some(left) => left,
                None => return Err(AccountError::Throttled { after }),
            };
            tracing::info!(seconds = after.as_secs(), "the account asks for patience");
            sleep(after).await;
        }
    }

    fn judge(&self, back: Back) -> Result<Bytes, AccountError> {
        let host = self.base.host().to_owned();
        let status = back.status;
        match status {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED => return Err(AccountError::Unauthorized),
            StatusCode::FORBIDDEN => return Err(AccountError::Forbidden),
            StatusCode::NOT_FOUND => return Err(AccountError::NotThere { host }),
            status if status.is_redirection() => return Err(AccountError::Elsewhere { host, status }),
            status if status.is_server_error() => return Err(AccountError::Theirs { status }),
            status => return Err(AccountError::Refused { status }),
        }
        match back.end {
            End::Whole => {}
            End::Cut => {
                return Err(AccountError::TooLarge {
                    host,
                    most: self.pace.limits.body,
                });
            }
            End::BrokenOff => return Err(AccountError::BrokenOff { host }),
        }
        let named = back
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let is_page = named.is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("text/html"))
            || back.body.trim_ascii_start().starts_with(b"<");
        if is_page {
            return Err(AccountError::WebPage { host });
        }
        Ok(back.body)
    }
}
