//! How ngrok's crate gets its connections: in our time, and each with a kill switch.
//!
//! The crate's own way has no time-outs and no TCP_NODELAY (44 ms a request), and after a loss it waits 50 ms, 2.5 s,
//! 125 s, 1 h 44 min … So the waiting is done here, inside the call, and what the crate would sit out is given back to
//! the state machine, which opens a fresh session.

use super::line::Line;
use crate::ways::News;
use crate::ways::cut::Cut;
use crate::ways::ngrok::errors;
use crate::{BackOff, Limits};
use futures_rustls::TlsConnector;
use futures_rustls::rustls::ClientConfig;
use futures_rustls::rustls::pki_types::ServerName;
use ngrok::prelude::*;
use ngrok::session::{ConnectError, Connector, IoStream};
use ngrok::tunnel::AcceptError;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::compat::{FuturesAsyncReadCompatExt, TokioAsyncReadCompatExt};
use tokio_util::sync::CancellationToken;

/// Makes the connections of one session.
#[derive(Clone)]
pub(super) struct Dialer {
    /// Ends the session with everything in it.
    pub(super) kill: CancellationToken,
    /// Cuts the connection of the moment; the session is then resumed.
    line: Arc<Mutex<CancellationToken>>,
    /// Why the session cannot be resumed.
    lost: Arc<Mutex<Option<AcceptError>>>,
    /// How often the connection of the moment has answered.
    beats: Arc<AtomicU32>,
    /// When the connection of the moment was made, and how many tries have failed or led to one that did not last.
    tries: Arc<Mutex<(Instant, u32)>>,
    /// The line broke while it was being taken up.
    broken_again: Arc<AtomicBool>,
    pub(super) hurry: Arc<Notify>,
    news: mpsc::UnboundedSender<News>,
    limits: Limits,
    back_off: BackOff,
    /// The server as a person knows it.
    server: Arc<str>,
}

impl Dialer {
    pub(super) fn new(
        news: mpsc::UnboundedSender<News>,
        limits: Limits,
        back_off: BackOff,
        server: &str,
    ) -> Dialer {
        Dialer {
            kill: CancellationToken::new(),
            line: Arc::default(),
            lost: Arc::default(),
            beats: Arc::default(),
            tries: Arc::new(Mutex::new((Instant::now(), 0))),
            broken_again: Arc::default(),
            hurry: Arc::default(),
            news,
            limits,
            back_off,
            server: server.into(),
        }
    }

    /// The line answered. Where the frames do not say that a lost one is bound again (see `tap`), the second answer
    /// does: by then a refusal would have come.
    pub(super) fn beat(&self) {
        if self.beats.fetch_add(1, Ordering::Relaxed) == 1 {
            let _ = self.news.send(News::Up);
        }
    }

    /// Cuts the connection of the moment.
    pub(super) fn cut(&self) {
        self.line.lock().unwrap_or_else(PoisonError::into_inner).cancel();
    }

    /// The line did not answer. It is cut; if it was before, the crate has not noticed, and the session is given up.
    pub(super) fn missed(&self) {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if line.is_cancelled() {
            let _ = self.news.send(News::Ended(errors::line_lost()));
        }
        line.cancel();
    }

    /// Why the session cannot be resumed, if that is so.
    pub(super) fn lost(&self) -> Option<AcceptError> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The line is lost: had it lasted, counting begins anew.
    fn lasted(&self) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.0.elapsed() >= self.back_off.reset_after {
            tries.1 = 0;
        }
    }

    /// Counts one more try; how many there were before it.
    fn count(&self) -> u32 {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.1 = tries.1.saturating_add(1);
        tries.1 - 1
    }

    async fn dial(
        &self,
        host: &str,
        port: u16,
        tls: Arc<ClientConfig>,
    ) -> Result<Box<dyn IoStream>, ConnectError> {
        let work = async {
            let tcp = TcpStream::connect((host, port))
                .await
                .map_err(ConnectError::Tcp)?;
            tcp.set_nodelay(true).map_err(ConnectError::Tcp)?;
            let name = ServerName::try_from(host.to_owned())
                .map_err(|error| ConnectError::Tls(io::Error::other(error)))?;
            let stream = TlsConnector::from(tls).connect(name, tcp.compat()).await;
            Ok(Box::new(stream.map_err(ConnectError::Tls)?.compat()) as Box<dyn IoStream>)
        };
        let io = tokio::select! {
            biased;
            () = self.kill.cancelled() => return Err(ConnectError::Canceled),
            made = timeout(self.limits.dial, work) => {
                made.map_err(|_| ConnectError::Tcp(io::ErrorKind::TimedOut.into()))??
            }
        };
        self.beats.store(0, Ordering::Relaxed);
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).0 = Instant::now();
        let cut = self.kill.child_token();
        *self.line.lock().unwrap_or_else(PoisonError::into_inner) = cut.clone();
        Ok(Box::new(Line::new(Cut::new(io, cut), self.news.clone())))
    }

    /// Gives up this session; the crate passes it on to the tunnel, and so to whoever reads its streams.
    fn give_up<T>(&self, why: AcceptError) -> Result<T, ConnectError> {
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
        Err(ConnectError::Canceled)
    }
}

#[async_trait::async_trait]
impl Connector for Dialer {
    async fn connect(
        &self,
        host: String,
        port: u16,
        tls: Arc<ClientConfig>,
        err: Option<AcceptError>,
    ) -> Result<Box<dyn IoStream>, ConnectError> {
        let mut why = match err {
            None => return self.dial(&host, port, tls).await,
            Some(AcceptError::Transport(_)) => {
                self.broken_again.store(false, Ordering::Relaxed);
                errors::line_lost()
            }
            // The line broke again while it was being taken up. Once: the crate's next wait is 2.5 s, then 125 s.
            Some(AcceptError::Reconnect(error))
                if error.error_code().is_none() && !self.broken_again.swap(true, Ordering::Relaxed) =>
            {
                errors::of_connect(&error, &self.server)
            }
            // Refused, e.g. because the token was revoked meanwhile.
            Some(other) => return self.give_up(other),
        };
        self.lasted();
        loop {
            let failed = self.count();
            let attempt = failed + 1;
            let _ = self.news.send(News::Resuming { attempt, why });
            // At once after a line that lasted; one that breaks as soon as it is made must not make a busy loop.
            let wait = match failed {
                0 => Duration::ZERO,
                _ => self.back_off.network.wait(failed),
            };
            tokio::select! {
                biased;
                () = self.kill.cancelled() => return Err(ConnectError::Canceled),
                () = self.hurry.notified() => {}
                () = sleep(wait) => {}
            }
            match self.dial(&host, port, tls.clone()).await {
                Ok(io) => return Ok(io),
                Err(ConnectError::Canceled) => return Err(ConnectError::Canceled),
                Err(error) => why = errors::of_connect(&error, &self.server),
            }
            tracing::debug!(attempt, code = %why.code, "ngrok's line is not back yet");
        }
    }
}
