//! The two doors between page and desk: `ask` and `hear`. Nothing else of the program can be called by the page.

use super::coalesce::Waiting;
use super::program::Program;
use nexwatch_desk::protocol::{Answer, DeskError, ErrorCode, News, Place, Question};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};
use tokio::sync::{broadcast, mpsc};

/// Least time between two messages: 20 a second are as good as live for an eye.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers a question; waits for the start.
#[tauri::command]
pub(super) async fn ask(
    program: State<'_, Arc<Program>>,
    question: serde_json::Value,
) -> Result<Answer, DeskError> {
    // Read here and not by Tauri, so that a wrong question is told in the one shape of errors. What serde says of
    // it could repeat what it holds.
    let question: Question = serde_json::from_value(question).map_err(|_| DeskError {
        code: ErrorCode::BadQuestion,
        message: "The desk does not know this question.".to_owned(),
        detail: None,
    })?;
    program.desk().await?.ask(question, Place::Window).await
}

/// Sends the news to the page from now on. There is one listener: whoever listened before hears no more.
#[tauri::command]
pub(super) async fn hear(
    window: WebviewWindow,
    program: State<'_, Arc<Program>>,
    channel: Channel<News>,
) -> Result<(), DeskError> {
    let news = program.desk().await?.hear();
    let task = tauri::async_runtime::spawn(pass_on(news, channel, window));
    program.set_hearing(task.inner().abort_handle());
    Ok(())
}

/// Passes news on, as much as the page can take: Tauri's channels queue without end, so the next message waits
/// until the page has worked through the one before. What comes meanwhile is put together.
async fn pass_on(mut news: broadcast::Receiver<News>, channel: Channel<News>, window: WebviewWindow) {
    let mut waiting = Waiting::default();
    loop {
        if waiting.is_empty() && !take(news.recv().await, &mut waiting) {
            return;
        }
        while let Ok(more) = news.try_recv() {
            waiting.add(more);
        }
        for message in waiting.take() {
            if channel.send(message).is_err() {
                return;
            }
        }
        let Ok(seen) = seen(&window) else { return };
        let next = async {
            tokio::join!(seen, tokio::time::sleep(PAUSE));
        };
        tokio::pin!(next);
        loop {
            tokio::select! {
                () = &mut next => break,
                heard = news.recv() => if !take(heard, &mut waiting) { return },
            }
        }
    }
}

/// Ends when the page has worked through what it was sent so far: scripts are run in order, messages are scripts.
fn seen(window: &WebviewWindow) -> tauri::Result<impl Future<Output = ()> + use<>> {
    let (done, mut is_done) = mpsc::channel::<()>(1);
    window.eval_with_callback("0", move |_| {
        // Full only if it is told twice.
        let _ = done.try_send(());
    })?;
    Ok(async move {
        is_done.recv().await;
    })
}

/// Whether there can be more.
fn take(heard: Result<News, broadcast::error::RecvError>, waiting: &mut Waiting) -> bool {
    match heard {
        Ok(news) => waiting.add(news),
        // Something was missed: the page shall look afresh.
        Err(broadcast::error::RecvError::Lagged(_)) => waiting.add(News::Status),
        Err(broadcast::error::RecvError::Closed) => return false,
    }
    true
}
