//! A stream with a kill switch.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// Ends at once, in both directions, when its token is cancelled: for protocols whose own end may not get through.
pub(crate) struct Cut<S> {
    io: S,
    cut: CancellationToken,
    /// Polled by whoever reads and nobody else: it wakes only the last one who asked.
    cutting: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl<S> Cut<S> {
    pub(crate) fn new(io: S, cut: CancellationToken) -> Cut<S> {
        Cut {
            io,
            cutting: Box::pin(cut.clone().cancelled_owned()),
            cut,
        }
    }

    fn alive(&self) -> io::Result<()> {
        match self.cut.is_cancelled() {
            true => Err(io::ErrorKind::ConnectionAborted.into()),
            false => Ok(()),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Cut<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.alive()?;
        if this.cutting.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut this.io).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Cut<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.alive()?;
        Pin::new(&mut this.io).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.alive()?;
        Pin::new(&mut this.io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex, split};

    #[tokio::test]
    async fn a_cut_wakes_who_reads_though_others_write() {
        let (near, _far) = duplex(16);
        let cut = CancellationToken::new();
        let (mut reads, mut writes) = split(Cut::new(near, cut.clone()));
        let reading = tokio::spawn(async move { reads.read_u8().await.map_err(|error| error.kind()) });
        tokio::task::yield_now().await;
        writes.write_all(b"x").await.unwrap();
        cut.cancel();
        assert_eq!(reading.await.unwrap(), Err(io::ErrorKind::ConnectionAborted));
        assert!(writes.write_all(b"x").await.is_err());
    }
}
