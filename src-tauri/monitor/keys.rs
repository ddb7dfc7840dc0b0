//! The secrets in use, as the listener asks for them; another process (`secret set`) may change them at any time.

use nexwatch_desk::Desk;
use nexwatch_receive::{KeySet, Keys, SecretKey, recheck};
use nexwatch_settings::{SecretInfo, Secrets, SecretsError};
use nexwatch_store::{Reader, SecretId, SecretMark, StoreError, Writer};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// A change by another process is noticed within this time even if no delivery comes.
const LOOK: Duration = Duration::from_millis(500);
/// So often the quarantine is checked with the same secrets: a delivery that was judged by the secrets of before may
/// get there a moment after the first time.
const TIMES: u32 = 2;

/// Secrets that could not be read are tried again after so long: a keychain that was locked may be open by then.
const AGAIN: Duration = Duration::from_secs(2);

type Known = Result<Arc<KeySet>, String>;

/// The secrets as they were read last.
struct Loaded {
    keys: Known,
    at: Instant,
    /// After so many changes.
    after: u64,
    /// When the first of those that were replaced is to be taken no more, ms since 1970.
    until: Option<i64>,
}

/// The secrets in use.
pub(crate) struct SecretKeys {
    secrets: Secrets,
    reader: Reader,
    writer: Writer,
    /// Nothing until the first question. Never held while they are read.
    known: Mutex<Option<Loaded>>,
    /// One at a time reads them: what is read later is newer.
    reading: Mutex<()>,
    /// How often they were seen to have changed. What was read before the last one holds no longer, also while it is being read
    /// anew.
    changes: AtomicU64,
    /// Which set the quarantine was checked with last, by the ids, and how often.
    checked: Mutex<(Vec<SecretId>, u32)>,
    desk: OnceLock<Desk>,
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// When a secret proved a delivery last, ms since 1970.
pub(crate) fn last_matched(marks: &[SecretMark], id: u32) -> Option<i64> {
    let mark = marks.iter().find(|mark| mark.secret.0 == id)?;
    Some(mark.last_matched)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SecretKeys {
    pub fn new(secrets: Secrets, reader: Reader, writer: Writer) -> SecretKeys {
        SecretKeys {
            secrets,
            reader,
            writer,
            known: Mutex::default(),
            reading: Mutex::default(),
            changes: AtomicU64::new(0),
            checked: Mutex::default(),
            desk: OnceLock::new(),
        }
    }

    /// Who is told when something was released.
    pub fn tell(&self, desk: Desk) {
        let _ = self.desk.set(desk);
    }

    /// The list and where each is kept, without the secrets.
    pub fn list(&self) -> Result<Vec<(SecretInfo, String)>, SecretsError> {
        Ok(self
            .secrets
            .list()?
            .into_iter()
            .map(|info| {
                let place = self.secrets.place(&info);
                (info, place)
            })
            .collect())
    }

    /// When each has matched, in ms since 1970.
    pub fn marks(&self) -> Result<Vec<SecretMark>, StoreError> {
        self.reader.secret_marks()
    }

    /// Keeps a secret and checks the quarantine again: where it is kept, how many were released. Blocks.
    pub fn set(
        &self,
        secret: &str,
        location: Option<i64>,
        now: i64,
    ) -> Result<(String, Result<u32, StoreError>), SecretsError> {
        let info = self.secrets.set(secret, location, now)?;
        self.reread(&lock(&self.reading));
        Ok((self.secrets.place(&info), self.recheck()))
    }

    /// Forgets a secret; whether there was one. Blocks.
    pub fn remove(&self, id: u32) -> Result<bool, SecretsError> {
        let removed = self.secrets.remove(id)?;
        self.reread(&lock(&self.reading));
        Ok(removed)
    }

    /// One secret of those in use, for a delivery of our own: a general one if there is one.
    pub fn one(&self) -> Result<Option<SecretKey>, String> {
        let known = self.current()?;
        let mut current = known.0.iter().filter(|secret| !secret.replaced);
        let general = current.clone().find(|secret| secret.location.is_none());
        Ok(general.or_else(|| current.next()).cloned())
    }

    /// Reads them anew, by whoever's turn it is. Blocks.
    fn reread(&self, _turn: &MutexGuard<'_, ()>) {
        // Before: for what changes from here on they are read again.
        let after = self.changes.load(Ordering::SeqCst);
        let loaded = self.load(after);
        *lock(&self.known) = Some(loaded);
    }

    fn load(&self, after: u64) -> Loaded {
        let mut active = match self.secrets.active(now()) {
            Ok(active) => active,
            Err(error) => {
                return Loaded {
                    keys: Err(error.to_string()),
                    at: Instant::now(),
                    after,
                    until: None,
                };
            }
        };
        // A secret that came back is its new self, not the one that was replaced.
        active.sort_by_key(|secret| secret.info.until.is_some());
        let until = active.iter().filter_map(|secret| secret.info.until).min();
        let keys = active.into_iter().map(|secret| SecretKey {
            id: SecretId(secret.info.id),
            location: secret.info.location,
            replaced: secret.info.until.is_some(),
            key: secret.key,
        });
        Loaded {
            keys: Ok(Arc::new(KeySet(keys.collect()))),
            at: Instant::now(),
            after,
            until,
        }
    }

    /// Checks the quarantine with the secrets in use, unless it was with the same already. Blocks.
    fn recheck(&self) -> Result<u32, StoreError> {
        let Ok(keys) = self.current() else { return Ok(0) };
        let ids: Vec<SecretId> = keys.0.iter().map(|secret| secret.id).collect();
        let mut checked = lock(&self.checked);
        if checked.0 != ids {
            *checked = (ids, 0);
        }
        if checked.0.is_empty() || checked.1 >= TIMES {
            return Ok(0);
        }
        let released = recheck(&self.reader, &self.writer, &keys)?;
        checked.1 += 1;
        if released > 0 {
            tracing::info!(released, "released from quarantine");
        }
        Ok(released)
    }

    /// Has a secret that was replaced taken for longer while deliveries go on being signed with it. Blocks.
    fn prolong(&self) -> Result<bool, String> {
        let known = self.current()?;
        if !known.0.iter().any(|secret| secret.replaced) {
            return Ok(false);
        }
        let marks = self.marks().map_err(|error| error.to_string())?;
        let matched = |id| last_matched(&marks, id);
        let longer = self.secrets.prolong(matched).map_err(|error| error.to_string())?;
        if longer {
            self.reread(&lock(&self.reading));
            tracing::warn!("a secret that was replaced still proves deliveries; it is taken for longer");
        }
        Ok(longer)
    }

    fn look(&self) -> Result<u32, StoreError> {
        match self.prolong() {
            Ok(false) => {}
            Ok(true) => {
                if let Some(desk) = self.desk.get() {
                    desk.status_changed();
                }
            }
            // Whoever sends is told by the listener.
            Err(error) => tracing::debug!(%error, "secrets that were replaced could not be looked at"),
        }
        self.recheck()
    }

    /// Notices what another process changed, and checks the quarantine then; has an eye on secrets that were replaced.
    /// Until the program ends.
    pub async fn watch(self: Arc<Self>) {
        loop {
            let keys = self.clone();
            let checked = tokio::task::spawn_blocking(move || keys.look()).await;
            match checked {
                Ok(Ok(0)) => {}
                Ok(Ok(_)) => {
                    if let Some(desk) = self.desk.get() {
                        desk.status_changed();
                    }
                }
                Ok(Err(error)) => tracing::warn!(%error, "the quarantine could not be checked"),
                Err(error) => tracing::error!(%error, "the quarantine could not be checked"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Keys for SecretKeys {
    fn known(&self) -> Option<Known> {
        // Under the lock: a change is told once, and whoever comes meanwhile must know of it too.
        let known = lock(&self.known);
        if self.secrets.changed() {
            self.changes.fetch_add(1, Ordering::SeqCst);
        }
        let known = known.as_ref()?;
        let sound = match &known.keys {
            Ok(_) => known.until.is_none_or(|until| now() < until),
            Err(_) => known.at.elapsed() < AGAIN,
        };
        let newest = known.after == self.changes.load(Ordering::SeqCst);
        (sound && newest).then(|| known.keys.clone())
    }

    fn current(&self) -> Known {
        if let Some(known) = self.known() {
            return known;
        }
        let turn = lock(&self.reading);
        // Whoever had the turn before may have read them.
        if let Some(known) = self.known() {
            return known;
        }
        self.reread(&turn);
        match &*lock(&self.known) {
            Some(known) => known.keys.clone(),
            None => Err("the secrets are not read yet".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::{Options, Store};
    use std::sync::Barrier;

    /// Many deliveries come at the moment in which a change is noticed, and while it is read.
    #[test]
    fn nobody_is_judged_by_the_secrets_of_before() {
        const CROWD: usize = 8;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        let of = || Secrets::of(folder.path(), "test");
        let keys = SecretKeys::new(of(), store.reader.clone(), store.writer.clone());
        assert_eq!(keys.current().unwrap().0.len(), 0);
        // As another program does.
        let other = of();
        for round in 1..=20_i64 {
            other.set("right", Some(round), now()).unwrap();
            std::thread::sleep(Duration::from_millis(50));
            let together = Barrier::new(CROWD);
            let seen = std::thread::scope(|scope| {
                let ask = || {
                    together.wait();
                    let known = keys.known().unwrap_or_else(|| keys.current());
                    known.unwrap().0.len()
                };
                let all: Vec<_> = (0..CROWD).map(|_| scope.spawn(ask)).collect();
                all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
            });
            assert_eq!(seen, [round as usize; CROWD]);
        }
        store.close();
    }
}
