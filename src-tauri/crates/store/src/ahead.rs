//! What can be found out about an event before its words go into the index, by a thread of its own: how it differs from
//! the state before, what is said of it then, and its text as the index takes it.
//!
//! That is most of the work on an event's words, and needs nothing of the database but the state before, which the writer
//! looks up when it keeps the event. So it is done while the writer goes on keeping others, who would wait for it
//! otherwise. What is not ready, or no longer holds, the writer finds out itself when it enters the words.

use crate::body::Packer;
use crate::changes::{Fresh, Neighbour};
use crate::fold::prepared;
use nexwatch_nexudus::Voice;
use nexwatch_nexudus::change::Compared;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Events that wait for it at most; those beyond are left to the writer.
const QUEUE: usize = 1024;

/// An event's text: first its sentence, which is so long.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub all: String,
    pub sentence: usize,
}

/// An event and the state before it, if there is one.
pub(crate) struct Pair {
    pub own: Arc<Fresh>,
    pub before: Option<Neighbour>,
}

/// What was found out.
#[derive(Debug)]
pub(crate) struct Ready {
    /// What goes into the index.
    pub prepared: String,
    /// How it differs from the state before; nothing where that was not asked.
    pub compared: Option<Compared>,
}

struct Task {
    text: Text,
    pair: Option<Pair>,
    voice: Voice,
    reply: oneshot::Sender<Ready>,
}

/// The thread; it ends with this.
pub(crate) struct Ahead {
    tasks: Option<SyncSender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Ahead {
    pub fn start(packer: Packer) -> std::io::Result<Ahead> {
        let (tasks, queue) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("words".into())
            .spawn(move || run(&packer, &queue))?;
        Ok(Ahead {
            tasks: Some(tasks),
            thread: Some(thread),
        })
    }

    /// Begins with an event. Nothing where too many wait already.
    pub fn ask(&self, text: Text, pair: Option<Pair>, voice: &Voice) -> Option<oneshot::Receiver<Ready>> {
        let (reply, answer) = oneshot::channel();
        let task = Task {
            text,
            pair,
            voice: voice.clone(),
            reply,
        };
        self.tasks.as_ref()?.try_send(task).ok()?;
        Some(answer)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            // Its panics are caught event by event.
            let _ = thread.join();
        }
    }
}

fn run(packer: &Packer, queue: &Receiver<Task>) {
    while let Ok(task) = queue.recv() {
        // Nobody waits any more for an event whose transaction was rolled back.
        if task.reply.is_closed() {
            continue;
        }
        // Whatever fails here fails for the writer as well, which has a way to go on.
        if let Ok(ready) = catch_unwind(AssertUnwindSafe(|| find(packer, &task))) {
            let _ = task.reply.send(ready);
        }
    }
}

fn find(packer: &Packer, task: &Task) -> Ready {
    let compared = task.pair.as_ref().map(|pair| {
        let before = pair.before.as_ref();
        before
            .and_then(|before| pair.own.compare(packer, before))
            .unwrap_or_default()
    });
    let saying = compared.as_ref().and_then(|compared| compared.saying.as_ref());
    let said = saying
        .zip(task.pair.as_ref())
        .map(|(saying, pair)| pair.own.said(&task.voice, saying).instead(&task.text));
    let text = said.as_ref().unwrap_or(&task.text.all);
    Ready {
        prepared: prepared(text).into_owned(),
        compared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_prepared_also_after_one_that_nobody_waits_for() {
        let ahead = Ahead::start(Packer::new()).unwrap();
        let text = |all: &str| Text {
            all: all.into(),
            sentence: all.len(),
        };
        let voice = Voice::default();
        drop(ahead.ask(text("given up"), None, &voice).unwrap());
        let ready = ahead.ask(text("Zoë 会議"), None, &voice).unwrap();
        let ready = ready.blocking_recv().unwrap();
        assert_eq!(ready.prepared, prepared("Zoë 会議"));
        assert_eq!(ready.compared, None);
    }
}
