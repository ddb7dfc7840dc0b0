//! Lists of names: locations, persons, actions.

use super::{PERSON_NAME, Reader};
use crate::ties::{Tie, tied};
use crate::{EventId, StoreError, codes};
use nexwatch_nexudus::{Action, Person, PersonKind};
use rusqlite::{OptionalExtension, Row, params};

/// How a person is called and written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Full name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

fn person(row: &Row) -> rusqlite::Result<Person> {
    let id: i64 = row.get(2)?;
    Ok(Person {
        kind: PersonKind::from_code(row.get(1)?),
        id: (id != 0).then_some(id),
        name: row.get(3)?,
    })
}

impl Reader {
    /// Every location seen, with the newest name learnt.
    pub fn locations(&self) -> Result<Vec<(i64, Option<String>)>, StoreError> {
        self.read(|db| {
            let mut all = db.prepare_cached("SELECT id, name FROM location ORDER BY name, id")?;
            let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Every person by key, one by one.
    pub fn persons(&self, mut each: impl FnMut(u32, Person)) -> Result<(), StoreError> {
        self.persons_after(0, &mut each)
    }

    /// Every person whose key is above `after`, by key: what has come since the last look.
    pub fn persons_after(&self, after: u32, each: &mut impl FnMut(u32, Person)) -> Result<(), StoreError> {
        self.read(|db| {
            let mut all = db.prepare_cached(&format!(
                "SELECT p.key, p.kind, p.platform_id, {PERSON_NAME} FROM person p WHERE p.key > ?1 ORDER BY p.key",
            ))?;
            let mut rows = all.query([after])?;
            while let Some(row) = rows.next()? {
                each(row.get(0)?, person(row)?);
            }
            Ok(())
        })
    }

    /// One person: for the keys that [`crate::Committed::named`] tells.
    pub fn person(&self, key: u32) -> Result<Option<Person>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(&format!(
                    "SELECT p.key, p.kind, p.platform_id, {PERSON_NAME} FROM person p WHERE p.key = ?1"
                ))?
                .query_row([key], person)
                .optional()?)
        })
    }

    /// How a person is called and written to, by the newest that told.
    pub fn contact(&self, kind: PersonKind, id: i64) -> Result<Option<Contact>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT name, email FROM contact WHERE kind = ?1 AND id = ?2")?
                .query_row(params![kind as u8, id], |row| {
                    Ok(Contact {
                        name: row.get(0)?,
                        email: row.get(1)?,
                    })
                })
                .optional()?)
        })
    }

    /// The events that concern persons beside the first (the host of a visitor, say), by the persons' keys; in order of
    /// place.
    pub fn events_involving(&self, persons: &[u32]) -> Result<Vec<EventId>, StoreError> {
        self.events_of(persons.iter().copied().map(Tie::involved))
    }

    /// The keys of a room, desk or other thing by the platform's id: one for each name it has had.
    pub fn resource_keys(&self, id: i64) -> Result<Vec<i64>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached("SELECT key FROM resource WHERE platform_id = ?1")?;
            let rows = find.query_map([id], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The events of things, by their keys; in order of place.
    pub fn events_of_resources(&self, resources: &[i64]) -> Result<Vec<EventId>, StoreError> {
        self.events_of(resources.iter().copied().map(Tie::resource))
    }

    fn events_of(&self, tied_to: impl Iterator<Item = Tie>) -> Result<Vec<EventId>, StoreError> {
        let tied_to: Vec<Tie> = tied_to.collect();
        self.read(|db| tied(db, &tied_to, EventId::ALL))
    }

    /// The keys of a person by the platform's id: one for each name they have had.
    pub fn person_keys(&self, kind: PersonKind, id: i64) -> Result<Vec<u32>, StoreError> {
        self.read(|db| {
            let mut find =
                db.prepare_cached("SELECT key FROM person WHERE kind = ?1 AND platform_id = ?2")?;
            let rows = find.query_map(params![kind as u8, id], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Actions under names of their own, with their numbers here.
    pub fn other_actions(&self) -> Result<Vec<(u16, String)>, StoreError> {
        self.read(|db| {
            let mut all = db.prepare_cached("SELECT code, name FROM action ORDER BY code")?;
            let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The number of an action here; nothing if it has never come.
    pub fn action_code(&self, action: &Action) -> Result<Option<u16>, StoreError> {
        if let Some(code) = codes::fixed_code(action) {
            return Ok(Some(code));
        }
        let name = action.name();
        Ok(self
            .other_actions()?
            .into_iter()
            .find(|(_, known)| known.eq_ignore_ascii_case(&name))
            .map(|(code, _)| code))
    }
}
