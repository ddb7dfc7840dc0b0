//! The news as server-sent events.

use super::{Shared, wait};
use crate::protocol::News;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// A screen that hears nothing for so long knows that the line is dead.
const ALIVE: Duration = Duration::from_secs(15);

/// `GET /news`: first how far the feed is, then whatever happens. Who has missed something is told how it stands
/// now.
pub(crate) async fn news(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let heard = shared.desk.hear();
    let first = vec![shared.desk.changed(), News::Status];
    let stream = stream::unfold(
        (shared, heard, first.into_iter()),
        |(shared, mut heard, mut waiting)| async move {
            let news = match waiting.next() {
                Some(news) => news,
                None => tokio::select! {
                    () = wait(shared.stopped.clone()) => return None,
                    news = heard.recv() => match news {
                        Ok(news) => news,
                        Err(RecvError::Lagged(_)) => {
                            waiting = vec![News::Status].into_iter();
                            shared.desk.changed()
                        }
                        Err(RecvError::Closed) => return None,
                    },
                },
            };
            let event = Event::default().json_data(&news).unwrap_or_default();
            Some((Ok::<_, Infallible>(event), (shared, heard, waiting)))
        },
    );
    Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE))
}
