//! The writer's thread: takes what has queued up into one transaction, and answers. What it does besides is in
//! `background.rs`.

use crate::changes::With;
use crate::ingest::Ingest;
use crate::names::Names;
use crate::reword::Reword;
use crate::stretches::Stretches;
use crate::writer::{Job, OnCommit, Shared};
use crate::{
    Committed, DeliveryId, Outcome, Quarantined, Signature, StoreError, Stored, checkpoint, gap, quarantine,
    renamed,
};
use rusqlite::{Connection, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;
use tokio::sync::oneshot;

/// Most deliveries in one transaction.
const BATCH: usize = 512;
/// How often a writer in trouble tries by itself whether the disk has come back.
pub(crate) const PROBE: Duration = Duration::from_secs(2);

/// The thread's own things.
pub(crate) struct Thread {
    pub db: Connection,
    pub ingest: Ingest,
    /// Most bytes of bodies in quarantine.
    pub quarantine_bytes: u64,
    pub stretches: Stretches,
    pub jobs: Receiver<Job>,
    pub shared: Arc<Shared>,
    pub on_commit: OnCommit,
    pub reword: Reword,
    /// Told after each commit.
    pub checkpoint: SyncSender<()>,
    /// The log's last pages are to be moved.
    pub rest: Arc<AtomicBool>,
    /// News of events that cannot be found by their words yet.
    pub news: Committed,
}

enum Done {
    Stored(oneshot::Sender<Result<Stored, StoreError>>, Outcome),
    Quarantined(oneshot::Sender<Result<Quarantined, StoreError>>, Quarantined),
    Discarded(oneshot::Sender<Result<u32, StoreError>>, u32),
    Set(oneshot::Sender<Result<(), StoreError>>),
}

impl Thread {
    /// Works until told to stop; what was queued before is finished.
    pub fn run(mut self) {
        let mut stopping = false;
        let mut batch = Vec::with_capacity(BATCH);
        while !stopping {
            let first = match self.patience() {
                Some(patience) => match self.jobs.recv_timeout(patience) {
                    Err(RecvTimeoutError::Timeout) => {
                        self.idle();
                        continue;
                    }
                    other => other.ok(),
                },
                None => self.jobs.recv().ok(),
            };
            let Some(first) = first else { break };
            let mut next = Some(first);
            while let Some(job) = next {
                if matches!(job, Job::Stop) {
                    stopping = true;
                } else {
                    batch.push(job);
                }
                next = if batch.len() < BATCH {
                    self.jobs.try_recv().ok()
                } else {
                    None
                };
            }
            if !batch.is_empty() {
                let jobs = batch.len();
                self.commit(std::mem::take(&mut batch));
                self.stretches.put_off();
                self.shared.answered(jobs);
                if self.rest.swap(false, Ordering::AcqRel) {
                    checkpoint::finish(&self.db);
                }
                // Deliveries that never pause must not keep it from ever being tried.
                if self.ingest.words.is_time_to_catch_up(PROBE) && !self.is_troubled() {
                    self.catch_up();
                }
                if self.ingest.known.is_due() && !self.is_troubled() {
                    self.fill_in();
                }
                if self.reword.is_due() && !self.is_troubled() {
                    self.prepare_words();
                }
            }
        }
        if !self.ingest.words.is_empty() {
            self.enter_words();
        }
        // Whoever reads a database that is closed has nothing to read beside the index.
        if self.ingest.ties.wait() && !self.is_troubled() {
            self.enter_ties();
        }
    }

    pub(crate) fn is_troubled(&self) -> bool {
        self.shared.trouble.lock().is_ok_and(|trouble| trouble.is_some())
    }

    /// Tells the news, unless some of it cannot be found yet.
    pub(crate) fn tell(&mut self) {
        if !self.ingest.words.is_empty() {
            return;
        }
        self.tell_what_is_known();
    }

    /// Tells the news.
    fn tell_what_is_known(&mut self) {
        let news = std::mem::take(&mut self.news);
        let heard = catch_unwind(AssertUnwindSafe(|| (self.on_commit)(&news)));
        if heard.is_err() {
            tracing::error!("a listener to news of the store failed");
        }
    }

    /// Commits all jobs together; if one of them fails for a reason of its own, each by itself.
    fn commit(&mut self, jobs: Vec<Job>) {
        match self.attempt(&jobs) {
            Ok(kept) => self.succeed(jobs, kept),
            Err(error) if error.passes() || jobs.len() == 1 => self.fail(jobs, error),
            Err(_) => {
                for job in jobs {
                    let one = vec![job];
                    match self.attempt(&one) {
                        Ok(kept) => self.succeed(one, kept),
                        Err(error) => self.fail(one, error),
                    }
                }
            }
        }
    }

    fn attempt(&mut self, jobs: &[Job]) -> Result<Kept, StoreError> {
        let next = self.ingest.next_delivery;
        let limits = quarantine::Limits {
            count: self.shared.quarantine_count.load(Ordering::Relaxed),
            bytes: self.quarantine_bytes,
        };
        self.ingest.window = self.shared.retry_window.load(Ordering::Relaxed);
        self.ingest.voice = self.shared.voice();
        let (db, ingest) = (&mut self.db, &mut self.ingest);
        let mut entering = false;
        let outcome = catch_unwind(AssertUnwindSafe(|| -> Result<_, StoreError> {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut news = Committed {
                newest: DeliveryId(next - 1),
                ..Committed::default()
            };
            let mut done = Vec::with_capacity(jobs.len());
            for job in jobs {
                done.push(match job {
                    Job::Store(incoming, _) => Fate::Stored(ingest.store(&change, incoming, &mut news)?),
                    Job::Quarantine(suspect, _) => Fate::Quarantined(quarantine::keep(
                        &change,
                        &mut ingest.names,
                        limits,
                        suspect,
                        &mut news,
                    )?),
                    Job::Discard(what, _) => Fate::Discarded(quarantine::discard(&change, what)?),
                    Job::Setting(key, value, _) => {
                        change
                            .prepare_cached("INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)")?
                            .execute([key, value])?;
                        Fate::Set
                    }
                    Job::Ledger(entries, _) => {
                        for entry in entries {
                            gap::enter(&change, entry)?;
                        }
                        Fate::Set
                    }
                    Job::Lexicon(lexicon) => {
                        if renamed::rename(&change, lexicon)? {
                            news.renamed = true;
                            ingest.names = Names::default();
                        }
                        Fate::Set
                    }
                    Job::Stop => Fate::Set,
                });
            }
            ingest.words.begin_ahead();
            let keys = ingest.keys.enter(&change)?;
            let ties = ingest.ties.keep(&change)?;
            let (due, all) = (ingest.words.due(), ingest.words.len());
            let mut found = Committed::default();
            if due > 0 {
                entering = true;
                let with = With {
                    db: &change,
                    ties: &ingest.ties,
                    packer: &ingest.packer,
                    voice: &ingest.voice,
                };
                // Where only those are due that were kept before, their deliveries end where these begin.
                let newest = DeliveryId(if due < all { next } else { ingest.next_delivery } - 1);
                ingest
                    .words
                    .enter(with, &mut ingest.changes, (due, newest), &mut found)?;
                entering = false;
            }
            change.commit()?;
            ingest.keys.entered(keys);
            ingest.ties.kept(ties);
            match due {
                0 => ingest.words.kept(),
                _ => ingest.words.entered(due),
            }
            let earlier = (due > 0 && due < all).then(|| std::mem::take(&mut found));
            news.append(found);
            Ok(Kept { done, news, earlier })
        }));
        let result = outcome.unwrap_or_else(|_| Err(panicked()));
        match result {
            Ok(done) => Ok(done),
            Err(error) => {
                self.ingest.roll_back(next);
                if entering && !error.passes() {
                    // Not the deliveries' fault: without the words they can be kept.
                    self.ingest.words.give_up(error);
                    return self.attempt(jobs);
                }
                Err(error)
            }
        }
    }

    fn succeed(&mut self, jobs: Vec<Job>, kept: Kept) {
        self.shared.set_matched(jobs.iter().filter_map(|job| match job {
            Job::Store(incoming, _) => match incoming.signature {
                Signature::Verified { secret, .. } => Some(secret),
                Signature::Unsigned => None,
            },
            _ => None,
        }));
        self.set_trouble(None);
        let _ = self.checkpoint.try_send(());
        let answers: Vec<Done> = jobs
            .into_iter()
            .zip(kept.done)
            .filter_map(|(job, done)| match (job, done) {
                (Job::Store(_, reply), Fate::Stored(outcome)) => Some(Done::Stored(reply, outcome)),
                (Job::Quarantine(_, reply), Fate::Quarantined(kept)) => Some(Done::Quarantined(reply, kept)),
                (Job::Discard(_, reply), Fate::Discarded(count)) => Some(Done::Discarded(reply, count)),
                (Job::Setting(_, _, reply) | Job::Ledger(_, reply), Fate::Set) => Some(Done::Set(reply)),
                _ => None,
            })
            .collect();
        // A waiter may have gone; its delivery is kept all the same.
        for answer in answers {
            match answer {
                Done::Stored(reply, outcome) => drop(reply.send(Ok(Stored::new(outcome)))),
                Done::Quarantined(reply, kept) => drop(reply.send(Ok(kept))),
                Done::Discarded(reply, count) => drop(reply.send(Ok(count))),
                Done::Set(reply) => drop(reply.send(Ok(()))),
            }
        }
        if let Some(found) = kept.earlier {
            self.news.append(found);
            self.tell_what_is_known();
        }
        self.news.append(kept.news);
        self.tell();
    }

    fn fail(&mut self, jobs: Vec<Job>, error: StoreError) {
        tracing::error!(%error, deliveries = jobs.len(), "not stored");
        if error.passes() || matches!(error, StoreError::Damaged(_)) {
            self.set_trouble(Some(error.clone()));
        }
        for job in jobs {
            match job {
                Job::Store(_, reply) => drop(reply.send(Err(error.clone()))),
                Job::Quarantine(_, reply) => drop(reply.send(Err(error.clone()))),
                Job::Discard(_, reply) => drop(reply.send(Err(error.clone()))),
                Job::Setting(_, _, reply) | Job::Ledger(_, reply) => drop(reply.send(Err(error.clone()))),
                Job::Lexicon(_) | Job::Stop => {}
            }
        }
    }

    pub(crate) fn probe(&mut self) {
        let tried = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|change| {
                change.execute(
                    "INSERT OR REPLACE INTO setting(key, value) VALUES ('probe', hex(randomblob(2048)))",
                    [],
                )?;
                change.commit()
            });
        self.set_trouble(tried.err().map(StoreError::from));
    }

    pub(crate) fn set_trouble(&self, trouble: Option<StoreError>) {
        if let Ok(mut known) = self.shared.trouble.lock() {
            if known.is_some() != trouble.is_some() {
                match &trouble {
                    Some(error) => tracing::warn!(%error, "the store cannot write"),
                    None => tracing::info!("the store can write again"),
                }
            }
            *known = trouble;
        }
    }
}

/// What a transaction has brought.
struct Kept {
    /// What became of each job.
    done: Vec<Fate>,
    news: Committed,
    /// All that waited for their words before it can be found by now; what was found out about them.
    earlier: Option<Committed>,
}

/// What became of one job.
enum Fate {
    Stored(Outcome),
    Quarantined(Quarantined),
    Discarded(u32),
    Set,
}

pub(crate) fn panicked() -> StoreError {
    StoreError::Sql("the writer failed on this delivery".into())
}
