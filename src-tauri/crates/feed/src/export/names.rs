//! Names by number: read once and kept, which is cheaper than joining five tables to every row.

use nexwatch_nexudus::Action;
use nexwatch_store::rusqlite::{Connection, OptionalExtension};
use nexwatch_store::{PERSON_NAME, StoreError, codes};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::sync::LazyLock;

/// So many persons or things are kept at most (some 60 bytes each), so that memory stays the same whatever the number of
/// rows. Beyond, they are looked up one by one.
const MOST: i64 = 100_000;

/// Names of the numbers in a row.
#[derive(Default)]
pub(super) struct Names {
    actions: FxHashMap<u16, ActionWords>,
    locations: FxHashMap<i64, Option<String>>,
    persons: List,
    resources: List,
}

/// What a row says of an action.
pub(super) struct ActionWords {
    pub action: Action,
    pub name: String,
    pub number: Option<u8>,
    pub category: &'static str,
}

/// A person or thing.
#[derive(Clone, Copy)]
pub(super) struct Named<'n> {
    /// The platform's.
    pub id: Option<i64>,
    pub name: &'n str,
}

/// All of one row, borrowed together.
pub(super) struct Found<'n> {
    pub action: &'n ActionWords,
    pub location: Option<&'n str>,
    pub person: Option<Named<'n>>,
    pub resource: Option<Named<'n>>,
}

/// Where a list of names is kept: all up to a key, and one.
pub(super) struct Table {
    pub all: String,
    pub one: String,
}

/// Persons under their own names, else under those learnt.
pub(super) static PERSONS: LazyLock<Table> = LazyLock::new(|| Table {
    all: format!("SELECT p.key, p.platform_id, {PERSON_NAME} FROM person p WHERE p.key <= ?1 ORDER BY p.key"),
    one: format!("SELECT p.platform_id, {PERSON_NAME} FROM person p WHERE p.key = ?1"),
});
pub(super) static RESOURCES: LazyLock<Table> = LazyLock::new(|| Table {
    all: "SELECT key, platform_id, name FROM resource WHERE key <= ?1 ORDER BY key".into(),
    one: "SELECT platform_id, name FROM resource WHERE key = ?1".into(),
});
pub(super) const LOCATION: &str = "SELECT name FROM location WHERE id = ?1";
pub(super) const ACTION: &str = "SELECT name FROM action WHERE code = ?1";

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
        Ok(Found {
            action: match self.actions.entry(action) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(action_words(db, action)?),
            },
            location: match location {
                0 => None,
                id => location_name(&mut self.locations, db, id)?,
            },
            person: self.persons.of(db, &PERSONS, i64::from(person))?,
            resource: self.resources.of(db, &RESOURCES, resource)?,
        })
    }
}

fn location_name<'n>(
    known: &'n mut FxHashMap<i64, Option<String>>,
    db: &Connection,
    id: i64,
) -> Result<Option<&'n str>, StoreError> {
    if known.len() as i64 >= MOST {
        known.clear();
    }
    let name = match known.entry(id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let name = db
                .prepare_cached(LOCATION)?
                .query_row([id], |row| row.get::<_, Option<String>>(0));
            new.insert(name.optional()?.flatten())
        }
    };
    Ok(name.as_deref())
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
        action,
    })
}

/// Names by key. Keys are given out one after the other, so the first ones are read in one go and stand by number.
#[derive(Default)]
struct List {
    read: bool,
    text: String,
    /// Platform's id, and where the name stands; 0 to 0 is none.
    entries: Vec<(i64, u32, u32)>,
    /// The one looked up last of those that are not kept.
    last: Option<(i64, i64, String)>,
}

impl List {
    fn of(&mut self, db: &Connection, table: &Table, key: i64) -> Result<Option<Named<'_>>, StoreError> {
        if key == 0 {
            return Ok(None);
        }
        if !self.read {
            self.read_all(db, table)?;
        }
        let entry = usize::try_from(key).ok().and_then(|key| self.entries.get(key));
        if let Some((id, from, to)) = entry.copied().filter(|(_, from, to)| from < to) {
            return Ok(Some(named(id, &self.text[from as usize..to as usize])));
        }
        if self.last.as_ref().is_none_or(|(known, ..)| *known != key) {
            let found = db
                .prepare_cached(&table.one)?
                .query_row([key], |row| Ok((key, row.get(0)?, row.get(1)?)));
            self.last = found.optional()?;
        }
        Ok(self.last.as_ref().map(|(_, id, name)| named(*id, name)))
    }

    fn read_all(&mut self, db: &Connection, table: &Table) -> Result<(), StoreError> {
        let mut all = db.prepare_cached(&table.all)?;
        let mut rows = all.query([MOST])?;
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            let from = self.text.len();
            self.text.push_str(row.get_ref(2)?.as_str().unwrap_or_default());
            let place = |at: usize| u32::try_from(at).unwrap_or(0);
            let Ok(at) = usize::try_from(key) else { continue };
            self.entries.resize(at, (0, 0, 0));
            self.entries
                .push((row.get(1)?, place(from), place(self.text.len())));
        }
        self.read = true;
        Ok(())
    }
}

fn named(id: i64, name: &str) -> Named<'_> {
    Named {
        id: (id != 0).then_some(id),
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE person(key INTEGER PRIMARY KEY, kind INTEGER, platform_id INTEGER, name TEXT);
             CREATE TABLE contact(kind INTEGER, id INTEGER, name TEXT);
             CREATE TABLE resource(key INTEGER PRIMARY KEY, platform_id INTEGER, name TEXT);
             CREATE TABLE location(id INTEGER PRIMARY KEY, name TEXT);
             CREATE TABLE action(code INTEGER PRIMARY KEY, name TEXT);
             INSERT INTO person VALUES (1, 1, 7, 'Ana'), (3, 1, 0, 'Bob'), (200000, 1, 9, 'Far'), (200001, 1, 0, 'Farther'),
               (5, 1, 7, ''), (6, 2, 7, ''), (7, 2, 8, '');
             INSERT INTO contact VALUES (2, 7, 'Vera');
             INSERT INTO location VALUES (5, 'Harbour'), (6, NULL);
             INSERT INTO action VALUES (1000, 'Sensor');",
        )
        .unwrap();
        db
    }

    #[test]
    fn kept_or_looked_up_the_names_are_right() {
        let (db, mut names) = (store(), Names::default());
        let mut person = |key| {
            let found = names.of(&db, 6, 0, key, 0).unwrap().person;
            found.map(|person| (person.id, person.name.to_owned()))
        };
        let ana = Some((Some(7), "Ana".to_owned()));
        for _ in 0..2 {
            assert_eq!(person(1), ana);
            assert_eq!(person(0), None);
            assert_eq!(person(2), None);
            assert_eq!(person(3), Some((None, "Bob".to_owned())));
            assert_eq!(person(200_000), Some((Some(9), "Far".to_owned())));
            assert_eq!(person(200_001), Some((None, "Farther".to_owned())));
            assert_eq!(person(200_002), None);
            // Without a name of their own: under another name of theirs, the one learnt, none.
            assert_eq!(person(5), ana);
            assert_eq!(person(6), Some((Some(7), "Vera".to_owned())));
            assert_eq!(person(7), Some((Some(8), String::new())));
        }
        // One that came after the list was read.
        db.execute_batch("INSERT INTO person VALUES (4, 1, 8, 'Cleo')")
            .unwrap();
        assert_eq!(person(4), Some((Some(8), "Cleo".to_owned())));

        let found = names.of(&db, 1000, 5, 0, 1).unwrap();
        assert_eq!(
            (found.action.name.as_str(), found.action.category),
            ("Sensor", "inventory")
        );
        assert_eq!(
            (found.location, found.resource.is_none()),
            (Some("Harbour"), true)
        );
        assert_eq!(names.of(&db, 61, 6, 0, 0).unwrap().location, None);
        assert_eq!(names.of(&db, 1001, 404, 0, 0).unwrap().action.name, "1001");
    }
}
