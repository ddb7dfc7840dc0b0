//! An export into the browser's downloads.

use super::Shared;
use crate::ask::clock;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use std::io::{self, Write};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Bytes of one piece.
const PIECE: usize = 64 << 10;
/// Pieces on the way: a slow browser makes the export wait, not grow.
const AHEAD: usize = 4;

/// `GET /download/{ticket}`: once. A failure cuts the answer off, so that the browser knows that it is not whole.
pub(crate) async fn download(State(shared): State<Arc<Shared>>, Path(ticket): Path<String>) -> Response {
    let inner = shared.desk.inner().clone();
    let Some(work) = inner.exports.redeem(&ticket) else {
        return (
            StatusCode::NOT_FOUND,
            "This download has been fetched or has waited too long. Please export again.\n",
        )
            .into_response();
    };
    let media_type = work.task.kind().media_type();
    let disposition = format!("attachment; filename=\"{}\"", work.name);
    let (send, pieces) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        let mut out = Pieces {
            send: send.clone(),
            piece: Vec::with_capacity(PIECE),
        };
        let written = work
            .to_writer(&inner.feed, &clock(&inner.feed), &mut out, &inner.news)
            .map_err(io::Error::other)
            .and_then(|_| out.flush());
        if let Err(error) = written {
            // Nobody there to hear it: then the browser has gone.
            let _ = send.blocking_send(Err(error));
        }
    });
    let stream = stream::unfold(pieces, |mut pieces| async move {
        let piece: io::Result<Bytes> = pieces.recv().await?;
        Some((piece, pieces))
    });
    (
        [
            (CONTENT_TYPE, media_type.to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        Body::from_stream(stream),
    )
        .into_response()
}

/// Hands bytes on in pieces.
struct Pieces {
    send: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.send
            .blocking_send(Ok(piece.into()))
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
