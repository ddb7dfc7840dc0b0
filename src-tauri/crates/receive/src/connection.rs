//! One connection: its requests, its patience, its end.

use crate::answer::raw;
use crate::hook::Hook;
use crate::seat::{Seat, State};
use crate::seats::Taken;
use crate::{Limits, Reason};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::{Instant, sleep, timeout};

/// A connection without a request is closed after so long. Longer than proxies and tunnels keep theirs (60 to 90 s),
/// so that it is they who close: a request on its way to a connection that we close would be lost.
const IDLE: Duration = Duration::from_secs(120);
/// So long a sender may take to hear the answer to what it was still sending.
const LINGER: Duration = Duration::from_secs(5);

/// hyper's smallest.
const LEAST_BUFFER: usize = 8 * 1024;

/// How HTTP is spoken here.
fn http(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.max_header_size(limits.header_bytes.max(1024))
        .max_buf_size(limits.header_bytes.max(LEAST_BUFFER))
        // Whoever says "that was all" still gets an answer, and a delivery that is here is finished.
        .half_close(true)
        // Patience is kept by the seat, which knows a slow request from a quiet connection.
        .header_read_timeout(None);
    http
}

/// Why a connection came to its end.
enum End {
    /// By itself.
    Own(hyper::Result<()>),
    /// Quiet for too long.
    Quiet,
    /// A request's head took too long.
    TooSlow,
    /// Another needed the seat.
    Evicted { begun: bool },
}

/// Serves a connection until it ends.
///
/// `through` counts the requests of a connection that came through a tunnel.
pub(crate) async fn serve<S>(stream: S, taken: Taken, hook: Arc<Hook>, through: Option<Arc<AtomicU64>>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let seat = taken.seat.clone();
    let limits = hook.limits();
    let mut slow = limits.slow;
    let service = {
        let (hook, seat) = (hook.clone(), seat.clone());
        service_fn(move |request| {
            let (hook, seat) = (hook.clone(), seat.clone());
            if let Some(through) = &through {
                through.fetch_add(1, Ordering::Relaxed);
            }
            let outside = through.is_some();
            async move { Ok::<_, Infallible>(hook.answer(request, &seat, outside).await) }
        })
    };
    let heard = Heard {
        stream,
        seat: seat.clone(),
    };
    let mut connection = http(&limits).serve_connection(TokioIo::new(heard), service);
    let mut patience = pin!(sleep(slow));
    let end = loop {
        tokio::select! {
            biased;
            ended = &mut connection => break End::Own(ended),
            () = seat.bell.notified() => match seat.state() {
                State::Gone { begun } => break End::Evicted { begun },
                // What has begun is finished first; its answer says that it is the last.
                State::Idle(_) if taken.stopping() => Pin::new(&mut connection).graceful_shutdown(),
                _ => {}
            },
            () = &mut patience => {
                slow = hook.limits().slow;
                let now = Instant::now();
                let deadline = match seat.state() {
                    State::Idle(since) if since + IDLE <= now => break End::Quiet,
                    State::Begun(since) if since + slow <= now => break End::TooSlow,
                    State::Idle(since) => since + IDLE,
                    State::Begun(since) => since + slow,
                    State::Receiving(_) | State::Busy | State::Gone { .. } => now + slow,
                };
                // A request may begin at any time, so never further ahead than its patience.
                patience.as_mut().reset(deadline.min(now + slow));
            }
        }
    };
    let (last_words, reason) = match &end {
        End::Own(Ok(())) | End::Quiet | End::Evicted { begun: false } => (None, None),
        End::Own(Err(error)) => (None, trouble(error)),
        End::TooSlow => (Some(raw(Reason::TooSlow)), Some(Reason::TooSlow)),
        End::Evicted { begun: true } => (Some(raw(Reason::Evicted)), Some(Reason::Evicted)),
    };
    if let Some(reason) = reason {
        hook.refused(&reason.into());
    }
    if last_words.is_some() || reason.is_some() || seat.is_unread() {
        // Closing a socket with bytes unread would take the answer back from a sender still at it.
        let stream = connection.into_parts().io.into_inner().stream;
        seat.done();
        tokio::select! {
            _ = timeout(LINGER, part(stream, last_words)) => {}
            () = seat.bell.notified() => {}
        }
    }
}

/// What a connection's error says of the request that it broke.
fn trouble(error: &hyper::Error) -> Option<Reason> {
    if error.is_parse_too_large() {
        Some(Reason::HeadTooLarge)
    } else if error.is_parse() {
        Some(Reason::NotHttp)
    } else if error.is_incomplete_message() {
        Some(Reason::BrokenOff)
    } else {
        None
    }
}

/// Says the last words, if any, and listens until the sender has closed.
async fn part<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    last_words: Option<String>,
) -> io::Result<()> {
    if let Some(words) = last_words {
        stream.write_all(words.as_bytes()).await?;
    }
    stream.shutdown().await?;
    let mut ignored = [0; 4096];
    while stream.read(&mut ignored).await? > 0 {}
    Ok(())
}

/// A stream that tells its seat when bytes have come.
struct Heard<S> {
    stream: S,
    seat: Arc<Seat>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Heard<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.seat.heard();
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Heard<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
