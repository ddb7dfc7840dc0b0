//! A filter made out against the store: numbers only, so that asking an event costs nanoseconds.

use crate::filter::category_of;
use crate::node::Node;
use nexwatch_nexudus::{Category, Entity};
use nexwatch_store::{EventId, EventKey, Flags, codes};

/// Which events. All parts that are set must hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Query {
    /// The first place that belongs to it.
    pub from: EventId,
    /// The first place after it.
    pub to: EventId,
    pub actions: Option<Actions>,
    /// Location ids, sorted; 0 is none known.
    pub locations: Option<Vec<i64>>,
    /// Keys of persons, sorted.
    pub persons: Option<Vec<u32>>,
    /// All of these marks.
    pub with: Flags,
    /// None of these marks.
    pub without: Flags,
    pub entity: Option<(Entity, i64)>,
    /// The store's keys of resources.
    pub resources: Option<Vec<i64>>,
    /// The store's numbers of fields; one of them differs.
    pub changed: Option<Vec<u32>>,
    /// Keys of persons who are asked for by id: what concerns them beside its first person belongs to it as well.
    pub involved: Vec<u32>,
    /// A full-text expression.
    pub words: Option<String>,
    /// What must hold besides.
    pub also: Vec<Node>,
    /// Likewise, with something in it that has to be looked up event by event.
    pub slow: Vec<Node>,
}

impl Query {
    /// Everything.
    pub const ALL: Query = Query {
        from: EventId(i64::MIN),
        to: EventId(i64::MAX),
        actions: None,
        locations: None,
        persons: None,
        with: Flags::NONE,
        without: Flags::NONE,
        entity: None,
        resources: None,
        changed: None,
        involved: Vec::new(),
        words: None,
        also: Vec::new(),
        slow: Vec::new(),
    };

    /// The part of it that columns and indexes tell.
    pub fn quick(&self) -> Query {
        Query {
            slow: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether an event belongs to it, as far as its key tells: place, action, location, person and marks. The
    /// words, what [`crate::lists`] has and all further conditions are asked of the store ([`crate::admit`]); `involved` says whether the event is among those that
    /// concern its persons.
    pub fn admits(&self, key: &EventKey, involved: impl FnOnce() -> bool) -> bool {
        self.from <= key.id
            && key.id < self.to
            && key.flags.has(self.with)
            && key.flags.0 & self.without.0 == 0
            && self.actions.as_ref().is_none_or(|set| set.has(key.action))
            && self
                .locations
                .as_ref()
                .is_none_or(|set| set.binary_search(&key.location).is_ok())
            && self
                .persons
                .as_ref()
                .is_none_or(|set| set.binary_search(&key.person).is_ok() || involved())
    }
}

/// A set of actions by their numbers in the store: a bit each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Actions(Box<[u64]>);

impl Actions {
    /// No action.
    pub fn none() -> Actions {
        Actions(vec![0; 1 << 10].into_boxed_slice())
    }

    /// Those of some categories; `others` are the actions under names of their own that have come, with their numbers.
    pub fn of(categories: &[Category], others: &[(u16, String)]) -> Actions {
        let mut set = Actions::none();
        let fixed = 0..codes::FIRST_OTHER;
        let named = others.iter().map(|(code, _)| *code);
        fixed
            .chain(named)
            .filter(|code| categories.contains(&category_of(*code, others)))
            .for_each(|code| set.add(code));
        set
    }

    pub fn add(&mut self, code: u16) {
        self.0[usize::from(code >> 6)] |= 1 << (code & 63);
    }

    pub fn has(&self, code: u16) -> bool {
        self.0[usize::from(code >> 6)] >> (code & 63) & 1 == 1
    }

    /// Those of both.
    pub fn and(mut self, other: &Actions) -> Actions {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
    }
}
