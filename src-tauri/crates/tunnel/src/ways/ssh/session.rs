//! One connection to an SSH server: opened, kept, ended.

use super::handler::Incoming;
use super::host_key::{Guard, Pinned};
use super::printed::Printed;
use super::{auth, errors, host_key};
use crate::ways::cut::Cut;
use crate::ways::inlet::{Inlet, Quiet};
use crate::ways::{Closing, Live, News, Site, address};
use crate::{Heartbeat, Ssh, Trouble};
use russh::client::{Config, Handle, Msg, connect_stream};
use russh::{Channel, ChannelMsg, Disconnect, Error, Preferred};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::AbortOnDropHandle;

/// How long the server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// Opens the connection and has the port forwarded.
pub(super) async fn open(site: &Site, ssh: &Ssh, pinned: &Pinned) -> Result<Live, Trouble> {
    let public = ssh
        .public_url
        .as_deref()
        .map(str::trim)
        .filter(|url| !url.is_empty());
    // Told before the server is bothered: the port that it chooses changes nothing about it.
    if let Some(url) = public {
        address::parse(&url.replace("{port}", "1"))?;
    }
    let wanted = pinned.wanted(ssh.host_key.as_deref())?;
    let guard = Guard::new(wanted.clone());
    let inlet = site.inlet();
    let cut = CancellationToken::new();
    // Whatever ends this early cuts the connection.
    let end = cut.clone().drop_guard();
    let dial = TcpStream::connect((ssh.host.as_str(), ssh.port));
    let stream = match timeout(site.limits.dial, dial).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(_)) | Err(_) => return Err(errors::unreachable(&ssh.host, ssh.port)),
    };
    // Where it cannot be said, it is slower.
    let _ = stream.set_nodelay(true);
    let handler = Incoming {
        guard: guard.clone(),
        inlet: inlet.clone(),
    };
    let config = Arc::new(config(site.heartbeat, &guard));
    let connecting = connect_stream(config, Cut::new(stream, cut.clone()), handler);
    let mut server = match timeout(site.limits.dial, connecting).await {
        Ok(Ok(server)) => server,
        Ok(Err(error)) => {
            return Err(errors::of_connect(
                &error,
                wanted.as_ref(),
                guard.shown().as_ref(),
            ));
        }
        Err(_) => return Err(errors::unreachable(&ssh.host, ssh.port)),
    };
    auth::sign_in(&mut server, ssh).await?;
    if let Some(key) = guard.shown()
        && pinned.keep(&key)
        && let Some(line) = host_key::line(&key)
    {
        (site.on_host_key)(&line);
    }
    let port = forward(&server, ssh).await?;
    let (url, shell) = match public {
        Some(url) => (address::parse(&url.replace("{port}", &port.to_string()))?, None),
        None => {
            // Half of the whole, so that this is told rather than that it took too long.
            let shell = timeout(site.limits.open / 2, printed(&server)).await;
            let (url, shell) = shell.ok().flatten().ok_or_else(|| errors::no_address(ssh))?;
            (url, Some(shell))
        }
    };
    let (news_in, news) = mpsc::unbounded_channel();
    let (leave, left) = oneshot::channel();
    let renew = Arc::new(Notify::new());
    let kept = Kept {
        server,
        shell,
        place: (ssh.bind_host.clone(), port),
        renew: renew.clone(),
        news: news_in,
    };
    Ok(Live {
        url,
        unproven: false,
        news,
        hurry: Arc::default(),
        renew,
        closing: Box::new(Goodbye {
            leave,
            kept: AbortOnDropHandle::new(tokio::spawn(kept.stay(left))),
            inlet,
            end,
        }),
    })
}

/// A frozen line is noticed after three silent intervals: within the heartbeat's whole time.
fn config(heartbeat: Heartbeat, guard: &Guard) -> Config {
    let mut preferred = Preferred::DEFAULT;
    if let Some(kind) = guard.kind() {
        preferred.key = Cow::Owned(host_keys(&preferred, &kind));
    }
    Config {
        keepalive_interval: Some((heartbeat.every + heartbeat.patience) / 4),
        keepalive_max: 2,
        nodelay: true,
        preferred,
        ..Config::default()
    }
}

/// The kinds of key that the server may show: an RSA key has several names, one for each hash.
fn host_keys(preferred: &Preferred, kind: &russh::keys::Algorithm) -> Vec<russh::keys::Algorithm> {
    let same =
        |other: &&russh::keys::Algorithm| std::mem::discriminant(*other) == std::mem::discriminant(kind);
    let keys: Vec<_> = preferred.key.iter().filter(same).cloned().collect();
    if keys.is_empty() { vec![kind.clone()] } else { keys }
}

async fn forward(server: &Handle<Incoming>, ssh: &Ssh) -> Result<u32, Trouble> {
    let wanted = u32::from(ssh.bind_port);
    match server.tcpip_forward(ssh.bind_host.as_str(), wanted).await {
        Ok(0) => Ok(wanted),
        Ok(chosen) => Ok(chosen),
        Err(Error::RequestDenied) => Err(errors::forward_refused(ssh)),
        Err(_) => Err(errors::line_lost()),
    }
}

/// The shell's channel, which public services print into.
struct Shell {
    channel: Channel<Msg>,
    printed: Printed,
}

async fn printed(server: &Handle<Incoming>) -> Option<(String, Shell)> {
    let channel = server.channel_open_session().await.ok()?;
    channel.request_shell(false).await.ok()?;
    let mut shell = Shell {
        channel,
        printed: Printed::default(),
    };
    let url = shell.next().await?;
    Some((url, shell))
}

impl Shell {
    /// The next address that it prints; `None`: it prints no more.
    async fn next(&mut self) -> Option<String> {
        loop {
            let (ChannelMsg::Data { data } | ChannelMsg::ExtendedData { data, .. }) =
                self.channel.wait().await?
            else {
                continue;
            };
            if let Some(url) = self.printed.take(&data) {
                return Some(url);
            }
        }
    }
}

/// The connection while it lives.
struct Kept {
    server: Handle<Incoming>,
    shell: Option<Shell>,
    place: (String, u32),
    renew: Arc<Notify>,
    news: mpsc::UnboundedSender<News>,
}

impl Kept {
    async fn stay(mut self, mut left: oneshot::Receiver<Quiet>) {
        loop {
            let printed = async {
                match &mut self.shell {
                    Some(shell) => shell.next().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                quiet = &mut left => return self.leave(quiet.ok()).await,
                _ = &mut self.server => break,
                () = self.renew.notified() => break,
                url = printed => match url {
                    // Free services give another name from time to time.
                    Some(url) => {
                        let _ = self.news.send(News::Moved(url));
                    }
                    None => self.shell = None,
                },
            }
        }
        let _ = self.news.send(News::Ended(errors::line_lost()));
    }

    async fn leave(self, quiet: Option<Quiet>) {
        let Some(quiet) = quiet.filter(Quiet::is_orderly) else {
            return;
        };
        let (host, port) = self.place;
        // From now on nobody new gets in; what is in flight goes on.
        let heard = timeout(GOODBYE, self.server.cancel_tcpip_forward(host, port)).await;
        quiet.wait().await;
        if heard.is_err() {
            return;
        }
        // The answers have left when the server has answered what was said after them.
        let _ = timeout(GOODBYE, self.server.send_ping()).await;
        let goodbye = self.server.disconnect(Disconnect::ByApplication, "", "");
        let _ = timeout(GOODBYE, goodbye).await;
        let _ = timeout(GOODBYE, self.server).await;
    }
}

/// How the connection ends.
struct Goodbye {
    leave: oneshot::Sender<Quiet>,
    kept: AbortOnDropHandle<()>,
    inlet: Inlet,
    end: DropGuard,
}

#[async_trait::async_trait]
impl Closing for Goodbye {
    async fn close(self: Box<Self>, quiet: Quiet) {
        // An error: the connection ended by itself meanwhile.
        let _ = self.leave.send(quiet);
        let _ = self.kept.await;
        drop(self.end);
        self.inlet.shut().await;
    }
}
