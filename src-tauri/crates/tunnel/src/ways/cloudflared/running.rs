//! One run of cloudflared: started, watched, ended.

use super::child::Child;
use super::errors;
use super::metrics::{Health, Metrics};
use crate::ways::inlet::Quiet;
use crate::ways::{Closing, Live, News, Site, address};
use crate::{Class, CloudflaredTunnel, Door, Field, Limits, SecretText, Trouble};
use std::ffi::OsString;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::{NamedTempFile, TempDir};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

/// Between two looks whether it is up.
const LOOK: Duration = Duration::from_millis(100);
/// A process that is dying ends within this.
const MOMENT: Duration = Duration::from_secs(1);
/// Without a connection for so long, it is started anew: it has its own back-off, of up to an hour.
const UNCONNECTED: Duration = Duration::from_secs(60);

/// Starts it and waits until it is connected.
pub(super) async fn open(
    site: &Site,
    program: &Path,
    tunnel: &CloudflaredTunnel,
    service: SocketAddr,
    patience: Duration,
) -> Result<Live, Trouble> {
    let named = match tunnel {
        CloudflaredTunnel::Quick => None,
        CloudflaredTunnel::Named { token, hostname } => Some((token, address_of(token, hostname)?)),
    };
    let folder =
        Folder::new(named.as_ref().map(|(token, _)| *token)).map_err(|error| errors::no_folder(&error))?;
    let metrics =
        Metrics::on_free_port(site.heartbeat.patience).map_err(|error| errors::no_folder(&error))?;
    let args = arguments(&folder, &metrics, site.limits, named.is_some(), service);
    let mut child = Child::start(program, &args).map_err(|error| errors::not_started(program, &error))?;
    let url = tokio::select! {
        url = up(&metrics, named.map(|(_, url)| url)) => Ok(url),
        why = refused(&mut child) => Err(why),
        () = sleep(patience) => Err(child.trouble().unwrap_or_else(errors::not_connected)),
    };
    let url = match url {
        Ok(url) => url,
        Err(why) => {
            child.end(None).await;
            return Err(why);
        }
    };
    // It has read its token, which need not lie there any longer.
    drop(folder);
    child.forget();
    let (news_in, news) = mpsc::unbounded_channel();
    let (leave, left) = oneshot::channel();
    let hurry = Arc::new(Notify::new());
    let running = Running {
        child,
        metrics,
        every: site.heartbeat.every,
        hurry: hurry.clone(),
        door: site.door.clone(),
        service,
        drain: site.limits.drain,
        news: news_in,
    };
    Ok(Live {
        url,
        unproven: false,
        news,
        hurry,
        // It takes up its own line.
        renew: Arc::default(),
        closing: Box::new(Goodbye {
            leave,
            running: AbortOnDropHandle::new(tokio::spawn(running.stay(left))),
        }),
    })
}

fn address_of(token: &SecretText, hostname: &str) -> Result<String, Trouble> {
    if token.is_empty() {
        let trouble = Trouble::new(
            Class::Settings,
            "cloudflared-token",
            "A named tunnel needs its token, and none is entered.",
            "Copy it from the tunnel's install command on Cloudflare's dashboard: it begins with eyJ.",
        );
        return Err(trouble.about(Field::Token));
    }
    address::parse(hostname).map_err(|why| why.about(Field::Hostname))
}

/// Its settings file, which says nothing, and its token. Gone when dropped; for its owner only.
struct Folder {
    folder: TempDir,
    token: Option<NamedTempFile>,
}

impl Folder {
    fn new(token: Option<&SecretText>) -> io::Result<Folder> {
        let folder = tempfile::Builder::new().prefix("nexwatch-").tempdir()?;
        // Quick tunnels do not work beside a settings file, and a person's own is none of our business.
        std::fs::write(folder.path().join("config.yml"), "{}\n")?;
        let token = match token {
            Some(token) => {
                let mut file = NamedTempFile::new_in(&folder)?;
                file.write_all(token.reveal().trim().as_bytes())?;
                file.flush()?;
                Some(file)
            }
            None => None,
        };
        Ok(Folder { folder, token })
    }
}

fn arguments(
    folder: &Folder,
    metrics: &Metrics,
    limits: Limits,
    named: bool,
    service: SocketAddr,
) -> Vec<OsString> {
    let mut args: Vec<OsString> = vec!["tunnel".into(), "--config".into()];
    args.push(folder.folder.path().join("config.yml").into());
    args.extend(["--no-autoupdate", "--metrics"].map(OsString::from));
    args.push(metrics.address().into());
    args.push("--grace-period".into());
    args.push(format!("{}s", limits.drain.as_secs().max(1)).into());
    match (&folder.token, named) {
        (Some(file), true) => {
            args.extend(["run", "--token-file"].map(OsString::from));
            args.push(file.path().into());
        }
        _ => {
            args.push("--url".into());
            args.push(format!("http://{service}").into());
        }
    }
    args
}

/// Returns the public address when it is connected.
async fn up(metrics: &Metrics, named: Option<String>) -> String {
    loop {
        if metrics.health().await == Health::Ready {
            match &named {
                Some(url) => return url.clone(),
                None => {
                    if let Some(name) = metrics.quick_name().await {
                        return format!("https://{name}");
                    }
                }
            }
        }
        sleep(LOOK).await;
    }
}

/// Returns when it has ended, or says what waiting does not mend.
async fn refused(child: &mut Child) -> Trouble {
    let mut complaints = child.complaints();
    let grave = |said: &Option<Trouble>| said.as_ref().is_some_and(|why| why.class != Class::Network);
    tokio::select! {
        why = child.ended() => why,
        said = complaints.wait_for(grave) => match said {
            Ok(said) => said.clone().unwrap_or_else(errors::not_connected),
            Err(_) => errors::not_connected(),
        },
    }
}

/// It while it runs.
struct Running {
    child: Child,
    metrics: Metrics,
    every: Duration,
    hurry: Arc<Notify>,
    door: Arc<dyn Door>,
    service: SocketAddr,
    drain: Duration,
    news: mpsc::UnboundedSender<News>,
}

impl Running {
    async fn stay(mut self, mut left: oneshot::Receiver<Quiet>) {
        let why = tokio::select! {
            quiet = &mut left => return self.leave(quiet.ok()).await,
            why = self.watch() => why,
        };
        self.child.end(None).await;
        let _ = self.news.send(News::Ended(why));
    }

    /// Watches it until it has to be started anew.
    async fn watch(&mut self) -> Trouble {
        let mut looks = interval(self.every);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut lost: Option<(Instant, u32)> = None;
        loop {
            tokio::select! {
                why = self.child.ended() => return why,
                _ = looks.tick() => {}
                () = self.hurry.notified() => {}
            }
            if self.door.address().is_some_and(|now| now != self.service) {
                return errors::listener_moved();
            }
            let complaint = self.child.trouble();
            match self.metrics.health().await {
                // Dead rather than hung, if it ends within a moment.
                Health::Silent => {
                    let ended = timeout(MOMENT, self.child.ended()).await;
                    return ended.unwrap_or_else(|_| errors::hung());
                }
                Health::Ready => {
                    if lost.take().is_some() {
                        self.child.forget();
                        let _ = self.news.send(News::Up);
                    }
                }
                Health::Unconnected => {
                    let why = complaint.unwrap_or_else(errors::not_connected);
                    let (since, attempt) =
                        lost.map_or((Instant::now(), 1), |(since, attempt)| (since, attempt + 1));
                    if why.class != Class::Network || since.elapsed() > UNCONNECTED {
                        return why;
                    }
                    lost = Some((since, attempt));
                    let _ = self.news.send(News::Resuming { attempt, why });
                }
            }
        }
    }

    async fn leave(self, quiet: Option<Quiet>) {
        let Some(quiet) = quiet.filter(Quiet::is_orderly) else {
            return self.child.end(None).await;
        };
        // What is in flight first; what comes meanwhile, it finishes itself in its grace period.
        quiet.wait().await;
        self.child.end(Some(self.drain)).await;
    }
}

/// How it ends.
struct Goodbye {
    leave: oneshot::Sender<Quiet>,
    running: AbortOnDropHandle<()>,
}

#[async_trait::async_trait]
impl Closing for Goodbye {
    async fn close(self: Box<Self>, quiet: Quiet) {
        // An error: it ended by itself meanwhile.
        let _ = self.leave.send(quiet);
        let _ = self.running.await;
    }
}
