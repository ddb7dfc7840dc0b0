//! One connection to ngrok's server: ends at once when told to, and is listened in on.

use super::errors;
use super::tap::{Heard, Tap};
use crate::ways::News;
use ngrok::session::IoStream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// A connection with a kill switch. The crate's own `close` does not reach the wire: muxado 0.5 makes a GOAWAY that
/// its own encoder refuses, and the connection stays open for good.
pub(super) struct Line {
    io: Box<dyn IoStream>,
    cut: Pin<Box<WaitForCancellationFutureOwned>>,
    gone: bool,
    tap: Tap,
    news: UnboundedSender<News>,
}

impl Line {
    pub(super) fn new(io: Box<dyn IoStream>, cut: CancellationToken, news: UnboundedSender<News>) -> Line {
        Line {
            io,
            cut: Box::pin(cut.cancelled_owned()),
            gone: false,
            tap: Tap::default(),
            news,
        }
    }

    fn alive(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if self.gone || self.cut.as_mut().poll(cx).is_ready() {
            self.gone = true;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.alive(cx)?;
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.io).poll_read(cx, buf))?;
        let news = &this.news;
        this.tap.received(&buf.filled()[before..], |word| {
            // An error: nobody listens any more, the way is being closed.
            let _ = news.send(match word {
                Heard::Bound => News::Up,
                Heard::Stopped { code } => News::Ended(errors::stopped(code.as_deref())),
            });
        });
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.gone {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let written = ready!(Pin::new(&mut this.io).poll_write(cx, bytes))?;
        this.tap.sent(&bytes[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.gone {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut this.io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}
