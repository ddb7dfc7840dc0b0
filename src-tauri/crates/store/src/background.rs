//! What the writer's thread does when no delivery waits, or none should wait for it: words, ties, locations that were
//! learnt since, packing. Each is a transaction of its own that may fail without any delivery's being lost.

use crate::changes::With;
use crate::ingest::Ingest;
use crate::learnt::Known;
use crate::thread::{PROBE, Thread, panicked};
use crate::{Committed, DeliveryId, StoreError};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

impl Thread {
    /// How long to wait for the next job before there is something else to do; nothing: for ever.
    pub(crate) fn patience(&self) -> Option<Duration> {
        if self.is_troubled() {
            Some(PROBE)
        } else if self.ingest.known.is_behind() {
            Some(Duration::ZERO)
        } else if self.ingest.words.may_catch_up() {
            Some(PROBE)
        } else if self.reword.is_behind() {
            Some(Duration::ZERO)
        } else {
            let words = self.ingest.words.patience();
            let rest = self
                .ingest
                .ties
                .patience()
                .into_iter()
                .chain(self.stretches.patience());
            words.into_iter().chain(rest).min()
        }
    }

    /// No job has come.
    pub(crate) fn idle(&mut self) {
        let (words, known) = (&self.ingest.words, &self.ingest.known);
        let busy = self.is_troubled()
            || !words.is_empty()
            || words.may_catch_up()
            || known.is_behind()
            || self.reword.is_behind();
        if !busy {
            let ties_wait = self.ingest.ties.patience().is_some_and(|left| left.is_zero());
            return match ties_wait {
                true => self.enter_ties(),
                false => self.pack(),
            };
        }
        if self.is_troubled() {
            self.probe();
        } else if words.patience().is_some_and(|left| left.is_zero()) {
            self.enter_words();
        } else if known.is_behind() {
            self.fill_in();
        } else if words.may_catch_up() {
            self.catch_up();
        } else if self.reword.is_behind() {
            self.prepare_words();
        } else {
            self.enter_words();
        }
        self.stretches.put_off();
    }

    /// Enters some older texts into the index again, in a transaction of its own.
    pub(crate) fn prepare_words(&mut self) {
        let voice = self.shared.voice();
        let (db, reword) = (&mut self.db, &self.reword);
        let Ingest { ties, packer, .. } = &self.ingest;
        let done = apart(db, |change| {
            reword.slice(With {
                db: change,
                ties,
                packer,
                voice: &voice,
            })
        });
        match done {
            Ok(left) => {
                self.reword.done(left);
                let _ = self.checkpoint.try_send(());
            }
            Err(error) if error.passes() => self.set_trouble(Some(error)),
            Err(error) => {
                tracing::error!(%error, "older events are found only by whole words of their scripts");
                self.reword.give_up();
            }
        }
    }

    /// Enters the words that the index lacks, and tells what was found out by that.
    pub(crate) fn catch_up(&mut self) {
        let voice = self.shared.voice();
        let Ingest {
            words,
            ties,
            packer,
            changes,
            ..
        } = &mut self.ingest;
        let mut news = Committed::default();
        words.catch_up(&mut self.db, (ties, packer), &voice, changes, &mut news);
        self.hear_of(news);
    }

    /// Takes in news that no job has brought, and tells them.
    fn hear_of(&mut self, news: Committed) {
        if !news.compared.is_empty() || !news.placed.is_empty() {
            self.news.append(news);
            self.tell();
            let _ = self.checkpoint.try_send(());
        }
    }

    /// Gives some older events the location that was learnt since, in a transaction of its own.
    pub(crate) fn fill_in(&mut self) {
        let mut news = Committed::default();
        let Ingest { ties, known, .. } = &mut self.ingest;
        let db = &mut self.db;
        match apart(db, |change| known.catch_up(change, ties, &mut news)) {
            Ok(()) => self.hear_of(news),
            Err(error) => {
                // What was looked at is not done.
                self.ingest.known = Known::default();
                if error.passes() {
                    self.set_trouble(Some(error));
                } else {
                    tracing::error!(%error, "older bookings keep lacking their location");
                    self.ingest.known.give_up();
                }
            }
        }
    }

    /// Enters the ties that wait, in a transaction of its own.
    pub(crate) fn enter_ties(&mut self) {
        let (db, ties) = (&mut self.db, &mut self.ingest.ties);
        ties.hurry();
        match apart(db, |change| ties.keep(change)) {
            Ok(kept) => {
                ties.kept(kept);
                let _ = self.checkpoint.try_send(());
            }
            Err(error) => {
                ties.put_off();
                tracing::warn!(%error, "what waits for its index waits on");
            }
        }
    }

    /// Packs some older events, so that the next start reads them in one go.
    fn pack(&mut self) {
        if !self.stretches.is_due() {
            return;
        }
        let (db, stretches) = (&mut self.db, &mut self.stretches);
        let packed = catch_unwind(AssertUnwindSafe(|| stretches.step(db)));
        match packed.unwrap_or_else(|_| Err(panicked())) {
            Ok(()) => drop(self.checkpoint.try_send(())),
            Err(error) if error.passes() => self.stretches.put_off(),
            Err(error) => {
                tracing::warn!(%error, "events cannot be packed; starts take longer");
                self.stretches.give_up();
            }
        }
    }

    /// Enters the words that wait in a transaction of their own.
    pub(crate) fn enter_words(&mut self) {
        let newest = DeliveryId(self.ingest.next_delivery - 1);
        let all = self.ingest.words.len();
        let voice = self.shared.voice();
        let mut news = Committed::default();
        let Ingest {
            words,
            ties,
            packer,
            changes,
            ..
        } = &mut self.ingest;
        let db = &mut self.db;
        let entered = apart(db, |change| {
            let with = With {
                db: change,
                ties,
                packer,
                voice: &voice,
            };
            words.enter(with, changes, (all, newest), &mut news)
        });
        if entered.is_err() {
            self.ingest.changes.forget();
        }
        match entered {
            Ok(()) => {
                self.ingest.words.entered(all);
                self.news.append(news);
                let _ = self.checkpoint.try_send(());
            }
            // They wait until the disk can be written again.
            Err(error) if error.passes() => self.set_trouble(Some(error)),
            Err(error) => self.ingest.words.give_up(error),
        }
        self.tell();
    }
}

/// A transaction of its own; nothing of it is there if it fails.
fn apart<T>(
    db: &mut Connection,
    work: impl FnOnce(&Transaction) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let done = catch_unwind(AssertUnwindSafe(|| {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&change)?;
        change.commit()?;
        Ok(done)
    }));
    done.unwrap_or_else(|_| Err(panicked()))
}
