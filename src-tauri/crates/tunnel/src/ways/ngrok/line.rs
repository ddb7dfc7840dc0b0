//! One connection to ngrok's server, listened in on.

use super::errors;
use super::tap::{Heard, Tap};
use crate::ways::News;
use crate::ways::cut::Cut;
use ngrok::session::IoStream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc::UnboundedSender;

/// A connection with a kill switch. The crate's own `close` does not reach the wire: muxado 0.5 makes a GOAWAY that
/// its own encoder refuses, and the connection stays open for good.
pub(super) struct Line {
    io: Cut<Box<dyn IoStream>>,
    tap: Tap,
    news: UnboundedSender<News>,
}

impl Line {
    pub(super) fn new(io: Cut<Box<dyn IoStream>>, news: UnboundedSender<News>) -> Line {
        Line {
            io,
            tap: Tap::default(),
            news,
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
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
        let written = ready!(Pin::new(&mut this.io).poll_write(cx, bytes))?;
        this.tap.sent(&bytes[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}
