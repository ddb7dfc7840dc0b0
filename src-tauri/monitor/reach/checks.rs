//! The self-test of this program: its two ends, and how it is told.

use crate::monitor::config::Config;
use crate::monitor::listening::Listening;
use nexwatch_desk::protocol::SelfTest;
use nexwatch_settings::WayName;
use nexwatch_tunnel::{Broken, Check, Checked, Checking, Part, Proof, SelfCheck};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A key by which tests of this run are known.
pub(crate) fn key() -> [u8; 32] {
    rand::random()
}

/// The near end: through the public address to the hook's path. `tested` says when a test last came back, ms since 1970.
pub(super) fn check(
    config: &Arc<Config>,
    listening: &Arc<Listening>,
    key: [u8; 32],
    tested: Arc<AtomicI64>,
) -> Arc<dyn SelfCheck> {
    Arc::new(Testing {
        config: config.clone(),
        listening: listening.clone(),
        proof: Arc::new(Proof::new(key)),
        tested,
    })
}

struct Testing {
    config: Arc<Config>,
    listening: Arc<Listening>,
    proof: Arc<Proof>,
    tested: Arc<AtomicI64>,
}

impl Testing {
    /// By the settings of this moment.
    async fn now(&self) -> Check {
        let listening = self.listening.clone();
        let check = Check::new(Arc::new(move || listening.hook_path()), self.proof.clone());
        // Who vouches for the tunnel's server also does for its public addresses: a company's proxy, a server of its own.
        let authority = self.config.with(|settings| {
            let ours = settings.reach.way == WayName::Ngrok;
            settings
                .reach
                .ngrok
                .ca_file
                .clone()
                .filter(|_| ours)
                .map(super::way::file)
        });
        match authority {
            // One that cannot be read is no news: the tunnel itself has failed by it.
            Some(file) => match tokio::fs::read(file).await {
                Ok(pem) => check.trusting(&pem),
                Err(_) => check,
            },
            None => check,
        }
    }
}

impl SelfCheck for Testing {
    fn check<'a>(&'a self, url: &'a str) -> Checking<'a> {
        Box::pin(async move {
            let mut checked = self.now().await.check(url).await;
            if let Err(broken) = &mut checked.result
                && broken.part == Part::Listener
                && broken.code == "refused"
                && let Some(address) = self.listening.address()
            {
                // Nobody answers on this very computer, and our listener is well: the address leads elsewhere.
                *broken = Broken::new(
                    Part::Address,
                    "another-port",
                    "Nothing listens where the address leads.",
                    format!("Nexwatch listens at {address}: correct the address, or what leads to it."),
                );
            }
            if checked.result.is_ok() {
                self.tested.fetch_max(checked.at, Ordering::Relaxed);
            }
            checked
        })
    }

    fn reaches<'a>(&'a self, server: &'a str) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>> {
        Box::pin(async move { self.now().await.reaches(server).await })
    }
}

/// A test for a person.
pub(super) fn told(checked: &Checked) -> SelfTest {
    let took = u32::try_from(checked.took.as_millis()).unwrap_or(u32::MAX);
    match &checked.result {
        Ok(()) => SelfTest {
            at: checked.at,
            took,
            came_back: true,
            part: None,
            message: format!("The self-test came back in {took} ms."),
            remedy: String::new(),
        },
        Err(broken) => SelfTest {
            at: checked.at,
            took,
            came_back: false,
            part: Some(part_name(broken.part).to_owned()),
            message: broken.message.clone(),
            remedy: broken.remedy.clone(),
        },
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Internet => "internet",
        Part::Tunnel => "tunnel",
        Part::Address => "address",
        Part::Tls => "tls",
        Part::Path => "path",
        Part::Listener => "listener",
        Part::Plan => "plan",
    }
}
