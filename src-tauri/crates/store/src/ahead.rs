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

/// Transactions whose events wait for it at most; those beyond are left to the writer.
const QUEUE: usize = 8;
/// Events of one transaction at most, likewise.
const MOST: usize = 512;

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
    /// Of the transaction under way: handed over together, because each time the thread is woken takes the writer as long as
    /// a row.
    asked: Vec<Task>,
    tasks: Option<SyncSender<Vec<Task>>>,
    thread: Option<JoinHandle<()>>,
}

impl Ahead {
    pub fn start(packer: Packer) -> std::io::Result<Ahead> {
        let (tasks, queue) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("words".into())
            .spawn(move || run(&packer, &queue))?;
        Ok(Ahead {
            asked: Vec::new(),
            tasks: Some(tasks),
            thread: Some(thread),
        })
    }

    /// Asks for an event; the thread begins with it at [`Ahead::begin`]. Nothing where too many are asked for already.
    pub fn ask(&mut self, text: Text, pair: Option<Pair>, voice: &Voice) -> Option<oneshot::Receiver<Ready>> {
        if self.asked.len() >= MOST {
            return None;
        }
        let (reply, answer) = oneshot::channel();
        self.asked.push(Task {
            text,
            pair,
            voice: voice.clone(),
            reply,
        });
        Some(answer)
    }

    /// Begins with all that was asked for. Where too many wait already, these get no answer.
    pub fn begin(&mut self) {
        let asked = std::mem::take(&mut self.asked);
        if let (false, Some(tasks)) = (asked.is_empty(), &self.tasks) {
            let _ = tasks.try_send(asked);
        }
    }

    /// What was asked for and not begun with is not wanted.
    pub fn forget(&mut self) {
        self.asked.clear();
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

fn run(packer: &Packer, queue: &Receiver<Vec<Task>>) {
    for task in queue.iter().flatten() {
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
        let mut ahead = Ahead::start(Packer::new()).unwrap();
        let text = |all: &str| Text {
            all: all.into(),
            sentence: all.len(),
        };
        let voice = Voice::default();
        drop(ahead.ask(text("given up"), None, &voice).unwrap());
        let ready = ahead.ask(text("Zoë 会議"), None, &voice).unwrap();
        ahead.begin();
        let ready = ready.blocking_recv().unwrap();
        assert_eq!(ready.prepared, prepared("Zoë 会議"));
        assert_eq!(ready.compared, None);
    }

    #[test]
    fn what_is_too_much_or_no_longer_wanted_gets_no_answer() {
        let mut ahead = Ahead::start(Packer::new()).unwrap();
        let ask = |ahead: &mut Ahead| {
            let text = Text {
                all: "Zoë".into(),
                sentence: 4,
            };
            ahead.ask(text, None, &Voice::default())
        };
        let forgotten = ask(&mut ahead).unwrap();
        ahead.forget();
        let asked: Vec<_> = std::iter::from_fn(|| ask(&mut ahead)).collect();
        assert_eq!(asked.len(), MOST);
        ahead.begin();
        assert!(forgotten.blocking_recv().is_err());
        assert!(asked.into_iter().all(|answer| answer.blocking_recv().is_ok()));
    }
}
