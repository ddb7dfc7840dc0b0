//! Names by number, looked up once: cheaper than joining five tables to every row.

use nexwatch_nexudus::Action;
use nexwatch_store::rusqlite::{Connection, OptionalExtension, params};
use nexwatch_store::{StoreError, codes};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// So many persons or things are kept at most, so that memory stays the same whatever the number of rows.
const MOST: usize = 50_000;

#[derive(Default)]
pub(super) struct Names {
    actions: FxHashMap<u16, ActionWords>,
    locations: FxHashMap<i64, Option<String>>,
    persons: FxHashMap<u32, Option<Named>>,
    resources: FxHashMap<i64, Option<Named>>,
}

/// What a row says of an action.
pub(super) struct ActionWords {
    pub name: String,
    pub number: Option<u8>,
    pub category: &'static str,
}

pub(super) struct Named {
    pub id: Option<i64>,
    pub name: String,
}

pub(super) const PERSON: &str = "SELECT platform_id, name FROM person WHERE key = ?1";
pub(super) const RESOURCE: &str = "SELECT platform_id, name FROM resource WHERE key = ?1";
pub(super) const LOCATION: &str = "SELECT name FROM location WHERE id = ?1";
pub(super) const ACTION: &str = "SELECT name FROM action WHERE code = ?1";

/// All of one row, borrowed together.
pub(super) struct Found<'n> {
    pub action: &'n ActionWords,
    pub location: Option<&'n str>,
    pub person: Option<&'n Named>,
    pub resource: Option<&'n Named>,
}

impl Names {
    /// Names of the numbers of a row; 0 is none.
    pub fn of(
        &mut self,
        db: &Connection,
        action: u16,
        location: i64,
        person: u32,
        resource: i64,
    ) -> Result<Found<'_>, StoreError> {
        let action = match self.actions.entry(action) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(action_words(db, action)?),
        };
        Ok(Found {
            action,
            location: match location {
                0 => None,
                id => known(&mut self.locations, id, || location_name(db, id))?.as_deref(),
            },
            person: match person {
                0 => None,
                key => known(&mut self.persons, key, || named(db, PERSON, i64::from(key)))?.as_ref(),
            },
            resource: match resource {
                0 => None,
                key => known(&mut self.resources, key, || named(db, RESOURCE, key))?.as_ref(),
            },
        })
    }
}

/// What is known by a number, looked up the first time.
fn known<K: Copy + Eq + Hash, V>(
    names: &mut FxHashMap<K, V>,
    key: K,
    look_up: impl FnOnce() -> Result<V, StoreError>,
) -> Result<&V, StoreError> {
    if names.len() >= MOST && !names.contains_key(&key) {
        names.clear();
    }
    Ok(match names.entry(key) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => new.insert(look_up()?),
    })
}

fn location_name(db: &Connection, id: i64) -> Result<Option<String>, StoreError> {
    let name: Option<Option<String>> = db
        .prepare_cached(LOCATION)?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(name.flatten())
}

fn action_words(db: &Connection, code: u16) -> Result<ActionWords, StoreError> {
    let action = match codes::fixed_action(code) {
        Some(action) => action,
        None => {
            let name: Option<String> = db
                .prepare_cached(ACTION)?
                .query_row([code], |row| row.get(0))
                .optional()?;
            Action::Other(name.unwrap_or_else(|| code.to_string()))
        }
    };
    Ok(ActionWords {
        name: action.name(),
        number: action.number(),
        category: action.category().slug(),
    })
}

fn named(db: &Connection, sql: &str, key: i64) -> Result<Option<Named>, StoreError> {
    let found = db
        .prepare_cached(sql)?
        .query_row(params![key], |row| {
            let id: i64 = row.get(0)?;
            Ok(Named {
                id: (id != 0).then_some(id),
                name: row.get(1)?,
            })
        })
        .optional()?;
    Ok(found)
}
