//! The one that answers.

use crate::cache::Cache;
use crate::columns::Columns;
use crate::counting::Counting;
use crate::filter::{self, Filter};
use crate::look::Looked;
use crate::persons::Persons;
use crate::query::Query;
use crate::{Clock, FeedError};
use nexwatch_nexudus::{Lexicon, Voice};
use nexwatch_store::{Committed, DeliveryId, Reader, StoreError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};

pub(crate) const NEWEST: &str = "SELECT max(id) FROM delivery";

/// Answers questions about events; clones share everything. All methods block: not for async code.
#[derive(Clone)]
pub struct Feed(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub reader: Reader,
    pub persons: Persons,
    pub cache: Cache,
    pub looked: Looked,
    pub counting: Counting,
    /// For what goes on in the background: it ends with the last who asks.
    pub own: Weak<Shared>,
    memory: Mutex<Memory>,
    voice: RwLock<Voice>,
    lexicon: RwLock<Arc<Lexicon>>,
}

/// The columns, and news until they are there.
#[derive(Default)]
struct Memory {
    state: State,
    columns: Arc<Columns>,
    newest: DeliveryId,
}

#[derive(Default)]
enum State {
    /// Not asked for: everything is in the tables.
    #[default]
    Empty,
    /// Being read; what is committed meanwhile waits here.
    Loading(Vec<Committed>),
    Ready,
}

impl Feed {
    /// A feed that answers at once, by SQL; totals come with [`Feed::load`].
    pub fn new(reader: Reader) -> Feed {
        Feed(Arc::new_cyclic(|own| Shared {
            own: own.clone(),
            reader,
            persons: Persons::default(),
            cache: Cache::default(),
            looked: Looked::default(),
            counting: Counting::default(),
            memory: Mutex::default(),
            voice: RwLock::default(),
            lexicon: RwLock::default(),
        }))
    }

    /// In which language and by which clocks events are told: English in UTC until [`Feed::set_voice`].
    pub fn voice(&self) -> Voice {
        self.0
            .voice
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Changes the language and the clocks.
    pub fn set_voice(&self, voice: Voice) {
        *self.0.voice.write().unwrap_or_else(PoisonError::into_inner) = voice;
    }

    /// What the account calls its actions: those are understood by number and by label, too, and before they have come.
    pub fn lexicon(&self) -> Arc<Lexicon> {
        self.0
            .lexicon
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Changes what the account calls its actions.
    pub fn set_lexicon(&self, lexicon: Arc<Lexicon>) {
        *self.0.lexicon.write().unwrap_or_else(PoisonError::into_inner) = lexicon;
    }

    /// What it reads.
    pub fn reader(&self) -> &Reader {
        &self.0.reader
    }

    /// Fills the columns in memory: some ten bytes an event, and a tenth of a second for a million where the store has them
    /// packed, half a second else; and the names of persons. For a thread of its own; news that come meanwhile are not
    /// lost. Done or under way already, it does nothing.
    pub fn load(&self) -> Result<(), FeedError> {
        if !self.begin() {
            return Ok(());
        }
        match Columns::load(self.reader()) {
            Ok(columns) => self.finish(columns),
            Err(error) => {
                self.0.memory().state = State::Empty;
                return Err(error.into());
            }
        }
        // So that the first question about a name does not wait for all of them.
        Ok(self.0.persons.learn(self.reader())?)
    }

    /// From here on news are kept until the columns are there; false if somebody else has begun.
    fn begin(&self) -> bool {
        let mut memory = self.0.memory();
        let first = matches!(memory.state, State::Empty);
        if first {
            memory.state = State::Loading(Vec::new());
        }
        first
    }

    fn finish(&self, mut columns: Columns) {
        let mut memory = self.0.memory();
        if let State::Loading(waiting) = std::mem::replace(&mut memory.state, State::Ready) {
            // What was read may hold some of it: that is not taken twice.
            waiting.iter().for_each(|news| columns.hear(news));
        }
        memory.newest = memory.newest.max(columns.newest());
        memory.columns = Arc::new(columns);
    }

    /// Forgets what was found lately and counts nothing any more. No answer changes by it, only what it costs: for whoever
    /// measures a question that nobody has asked before.
    pub fn forget(&self) {
        self.0.counting.stop();
        self.0.cache.forget();
        self.0.looked.forget();
    }

    /// Whether the columns are in memory: then totals and counts are known.
    pub fn ready(&self) -> bool {
        matches!(self.0.memory().state, State::Ready)
    }

    /// Hears of a transaction; quick enough for the writer's thread.
    pub fn committed(&self, news: &Committed) {
        self.0.persons.named(&news.named);
        let mut memory = self.0.memory();
        memory.newest = memory.newest.max(news.newest);
        let Memory { state, columns, .. } = &mut *memory;
        match state {
            State::Empty => {}
            State::Loading(waiting) => waiting.push(news.clone()),
            State::Ready => Arc::make_mut(columns).hear(news),
        }
    }

    /// Events kept; 0 until known.
    pub fn events(&self) -> u32 {
        self.columns().map_or(0, |columns| columns.len())
    }

    /// Bytes of memory that the columns take; 0 until they are there.
    pub fn bytes(&self) -> usize {
        self.columns().map_or(0, |columns| columns.bytes())
    }

    /// The newest delivery heard of, by [`Feed::load`] or [`Feed::committed`]; 0 until then.
    pub fn newest(&self) -> DeliveryId {
        self.0.memory().newest
    }

    /// The newest delivery that can be asked about: as far as the columns have heard, or while they are not there the newest
    /// in the store.
    pub fn latest(&self) -> Result<DeliveryId, FeedError> {
        match self.ready() {
            true => Ok(self.newest()),
            false => Ok(self.stored_as_of(None)?),
        }
    }

    /// The columns as they are now, if they are there.
    pub(crate) fn columns(&self) -> Option<Arc<Columns>> {
        self.0.columns()
    }

    /// Who is told when what is being counted in the background has grown or is complete: from a thread of its own, at most
    /// four times a second.
    pub fn on_counted(&self, tell: impl Fn() + Send + Sync + 'static) {
        self.0.counting.on_counted(Arc::new(tell));
    }

    pub(crate) fn resolve(&self, filter: &Filter, clock: &Clock) -> Result<Query, FeedError> {
        filter::resolve(filter, clock, self.reader(), &self.0.persons)
    }

    /// The newest delivery in the store, at most `as_of`.
    pub(crate) fn stored_as_of(&self, as_of: Option<DeliveryId>) -> Result<DeliveryId, StoreError> {
        let newest: Option<i64> = self
            .reader()
            .read(|db| Ok(db.prepare_cached(NEWEST)?.query_row([], |row| row.get(0))?))?;
        let newest = DeliveryId(newest.unwrap_or(0));
        Ok(as_of.map_or(newest, |as_of| as_of.min(newest)))
    }
}

impl Shared {
    /// The columns as they are now, if they are there.
    pub fn columns(&self) -> Option<Arc<Columns>> {
        let memory = self.memory();
        matches!(memory.state, State::Ready).then(|| memory.columns.clone())
    }

    /// Nothing in it can be left half done, so a panic elsewhere while it was held does no harm.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::{EventId, EventKey, Flags, Options, Store};

    fn news(delivery: i64) -> Committed {
        Committed {
            events: vec![EventKey {
                id: EventId(delivery * 10),
                delivery: DeliveryId(delivery),
                action: 6,
                location: 0,
                person: 0,
                flags: Flags::NONE,
                amount: None,
                head: None,
            }],
            newest: DeliveryId(delivery),
            ..Committed::default()
        }
    }

    #[test]
    fn news_from_any_moment_of_loading_are_there_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        let feed = Feed::new(store.reader.clone());
        feed.committed(&news(1));
        assert_eq!((feed.newest(), feed.events()), (DeliveryId(1), 0));
        assert!(feed.begin() && !feed.begin());
        feed.committed(&news(2));
        // What is read holds what came before it was read, and may hold some of what is heard meanwhile.
        let mut read = Columns::default();
        read.hear(&news(1));
        read.hear(&news(2));
        feed.committed(&news(3));
        assert!(!feed.ready());
        feed.finish(read);
        feed.committed(&news(4));
        assert!(feed.ready() && !feed.begin());
        assert_eq!((feed.newest(), feed.events()), (DeliveryId(4), 4));
        let columns = feed.columns().unwrap();
        assert!(columns.chunks()[0].ids().iter().eq([10, 20, 30, 40]));
    }

    #[test]
    fn a_store_that_cannot_be_read_can_be_loaded_later() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        let feed = Feed::new(store.reader.clone());
        store.close();
        let db = nexwatch_store::rusqlite::Connection::open(nexwatch_store::path(folder.path())).unwrap();
        db.execute_batch("ALTER TABLE event RENAME TO away").unwrap();
        assert!(feed.load().is_err() && !feed.ready());
        db.execute_batch("ALTER TABLE away RENAME TO event").unwrap();
        feed.load().unwrap();
        assert!(feed.ready());
    }
}
