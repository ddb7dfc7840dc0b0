//! The protocol between an agent and the edge: typed streams in muxado, JSON in them.

use super::Command;
use muxado::heartbeat::HeartbeatCtl;
use muxado::typed::{StreamType, TypedOpenClose, TypedStream};
use serde_json::{Value, json};
use std::io;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::sync::{Mutex as AsyncMutex, mpsc};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

pub(super) const SIGN_IN: u32 = 0;
pub(super) const BIND: u32 = 1;
pub(super) const UNBIND: u32 = 2;
const VISIT: u32 = 3;
const RESTART: u32 = 4;
const STOP: u32 = 5;
const UPDATE: u32 = 6;
const STOP_TUNNEL: u32 = 9;

/// How long an agent may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An agent that signed in.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) token: String,
    /// Ends its connection; also set when that ended by itself.
    pub(super) cut: CancellationToken,
    pub(super) opener: AsyncMutex<Box<dyn TypedOpenClose + Send>>,
    /// Bytes slipped in between the frames; none: the end.
    pub(super) raw: mpsc::UnboundedSender<Vec<u8>>,
    /// Kept because the heartbeat ends with it.
    pub(super) _heartbeat: Mutex<Option<HeartbeatCtl>>,
}

impl Session {
    /// Opens a stream for one visitor.
    pub(super) async fn visit(&self, tunnel: &str, visitor: &str) -> io::Result<Stream> {
        let mut stream = self.open(VISIT).await?;
        let head = json!({
            "Id": tunnel, "ClientAddr": visitor, "Proto": "https", "EdgeType": "0", "PassthroughTLS": false,
        });
        let head = head.to_string();
        // The only number here that is little-endian.
        let length = i64::try_from(head.len()).map_err(io::Error::other)?;
        stream.write_all(&length.to_le_bytes()).await?;
        stream.write_all(head.as_bytes()).await?;
        Ok(stream)
    }

    /// Says that a tunnel is stopped. Agents do not answer that.
    pub(super) async fn stop_tunnel(&self, tunnel: &str, code: &str) -> io::Result<()> {
        let mut stream = self.open(STOP_TUNNEL).await?;
        let word = json!({"Id": tunnel, "Message": "stopped on the dashboard", "ErrorCode": code});
        stream.write_all(word.to_string().as_bytes()).await?;
        stream.flush().await
    }

    /// Gives a command; what the agent answers.
    pub(super) async fn command(&self, command: Command) -> io::Result<String> {
        let mut stream = self
            .open(match command {
                Command::Stop => STOP,
                Command::Restart => RESTART,
                Command::Update => UPDATE,
            })
            .await?;
        stream
            .write_all(br#"{"Version":"9.9.9","PermitMajorVersion":false}"#)
            .await?;
        let mut answer = String::new();
        tokio::select! {
            read = timeout(PATIENCE, stream.read_to_string(&mut answer)) => read??,
            () = self.cut.cancelled() => return Err(io::ErrorKind::ConnectionAborted.into()),
        };
        Ok(answer)
    }

    /// muxado cannot put a GOAWAY on the wire that its own decoder takes, so this one is made by hand: length 8, type
    /// 3, stream 0; last stream 0, error 0.
    pub(super) fn go_away(&self) {
        let frame = vec![0, 0, 8, 0x30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let _ = (self.raw.send(frame), self.raw.send(Vec::new()));
    }

    async fn open(&self, kind: u32) -> io::Result<Stream> {
        let mut opener = self.opener.lock().await;
        let opened = opener.open_typed(StreamType::clamp(kind)).await;
        opened.map(Stream).map_err(io::Error::other)
    }
}

/// A stream of muxado's, which only derefs to one that can be read and written.
pub(super) struct Stream(pub(super) TypedStream);

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}

/// Reads a request, which has neither a length nor an end.
pub(super) async fn ask(stream: &mut Stream) -> io::Result<Value> {
    let (mut text, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut piece).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => text.extend_from_slice(&piece[..read]),
        }
        if let Ok(value) = serde_json::from_slice(&text) {
            return Ok(value);
        }
    }
}

/// Answers it.
pub(super) async fn answer(mut stream: Stream, value: Value) {
    // An agent that is gone hears nothing.
    let _ = stream.write_all(value.to_string().as_bytes()).await;
    let _ = stream.shutdown().await;
}
