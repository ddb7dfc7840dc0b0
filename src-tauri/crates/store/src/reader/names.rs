//! Lists of names: locations, persons, actions.

use super::Reader;
use crate::{StoreError, codes};
use nexwatch_nexudus::{Action, Person, PersonKind};
use rusqlite::params;

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
            let mut all = db.prepare_cached(
                "SELECT key, kind, platform_id, name FROM person WHERE key > ?1 ORDER BY key",
            )?;
            let mut rows = all.query([after])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(2)?;
                let person = Person {
                    kind: PersonKind::from_code(row.get(1)?),
                    id: (id != 0).then_some(id),
                    name: row.get(3)?,
                };
                each(row.get(0)?, person);
            }
            Ok(())
        })
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
