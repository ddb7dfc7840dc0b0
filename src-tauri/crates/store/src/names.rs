//! Numbers of names, and what else the writer has in memory of the tables: asked for every event.

use crate::codes::{self, FIRST_OTHER};
use crate::places::Places;
use crate::{Committed, Route, SecretId, StoreError, learnt};
use nexwatch_nexudus::{Action, Ms, Named, Person};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

/// What is looked up for every event, kept in memory. Emptied when a transaction is rolled back: numbers given
/// out in it are not there any more.
#[derive(Default)]
pub(crate) struct Names {
    routes: FxHashMap<Route, i64>,
    headers: FxHashMap<Vec<(String, String)>, i64>,
    persons: FxHashMap<Person, u32>,
    resources: FxHashMap<Named, i64>,
    locations: FxHashMap<i64, Option<String>>,
    actions: FxHashMap<String, u16>,
    /// When a secret's match was last noted.
    marks: FxHashMap<SecretId, Ms>,
    /// So many routes and headers of suspects were made since those that nobody needs were last looked for; nothing: never.
    of_suspects: Option<u32>,
    /// Which places are taken.
    pub places: Places,
}

/// So many names are kept at most; beyond it the lists start anew (the tables have them all).
const MOST_NAMES: usize = 50_000;

/// After so many new routes and headers of suspects, those of which no suspect is kept any more are deleted.
const MOST_OF_SUSPECTS: u32 = 1_000;

impl Names {
    pub fn route(&mut self, db: &Connection, route: &Route) -> Result<i64, StoreError> {
        if let Some(id) = self.routes.get(route) {
            return Ok(*id);
        }
        let (action, location) = (route.action.as_deref().unwrap_or(""), route.location.unwrap_or(0));
        let id = number(
            db,
            "SELECT id FROM route WHERE action = ?1 AND location = ?2",
            "INSERT INTO route(action, location) VALUES (?1, ?2)",
            params![action, location],
        )?;
        let id = kept(db, Shared::Route, id)?;
        limit(&mut self.routes);
        self.routes.insert(route.clone(), id);
        Ok(id)
    }

    pub fn headers(&mut self, db: &Connection, headers: &[(String, String)]) -> Result<i64, StoreError> {
        if let Some(id) = self.headers.get(headers) {
            return Ok(*id);
        }
        let json = serde_json::to_string(headers).map_err(|error| StoreError::Sql(error.to_string()))?;
        let id = number(
            db,
            "SELECT id FROM headers WHERE json = ?1",
            "INSERT INTO headers(json) VALUES (?1)",
            params![json],
        )?;
        let id = kept(db, Shared::Headers, id)?;
        limit(&mut self.headers);
        self.headers.insert(headers.to_vec(), id);
        Ok(id)
    }

    /// The numbers of a suspect's route and headers. A stranger can make up as many as there are suspects: those that no
    /// delivery has are numbered from -1 downwards, are not remembered, and go when no suspect has them any more.
    pub fn of_suspect(
        &mut self,
        db: &Connection,
        route: &Route,
        headers: &[(String, String)],
    ) -> Result<(i64, i64), StoreError> {
        if self.of_suspects.is_none_or(|made| made >= MOST_OF_SUSPECTS) {
            for of in [Shared::Route, Shared::Headers] {
                db.prepare_cached(of.forget())?.execute([])?;
            }
            self.of_suspects = Some(0);
        }
        let (action, location) = (route.action.as_deref().unwrap_or(""), route.location.unwrap_or(0));
        let before = db.total_changes();
        let route = number(
            db,
            "SELECT id FROM route WHERE action = ?1 AND location = ?2",
            "INSERT INTO route(id, action, location) VALUES ((SELECT min(coalesce(min(id), 0), 0) - 1 FROM route), ?1, ?2)",
            params![action, location],
        )?;
        let json = serde_json::to_string(headers).map_err(|error| StoreError::Sql(error.to_string()))?;
        let headers = number(
            db,
            "SELECT id FROM headers WHERE json = ?1",
            "INSERT INTO headers(id, json) VALUES ((SELECT min(coalesce(min(id), 0), 0) - 1 FROM headers), ?1)",
            params![json],
        )?;
        let made = u32::try_from(db.total_changes() - before).unwrap_or(u32::MAX);
        self.of_suspects = self.of_suspects.map(|all| all.saturating_add(made));
        Ok((route, headers))
    }

    pub fn person(
        &mut self,
        db: &Connection,
        person: &Person,
        news: &mut Committed,
    ) -> Result<u32, StoreError> {
        if let Some(key) = self.persons.get(person) {
            return Ok(*key);
        }
        let values: &[&dyn rusqlite::ToSql] = params![person.kind as u8, person.id.unwrap_or(0), person.name];
        let known = db
            .prepare_cached("SELECT key FROM person WHERE kind = ?1 AND platform_id = ?2 AND name = ?3")?
            .query_row(values, |row| row.get(0))
            .optional()?;
        let key: i64 = match known {
            Some(key) => key,
            None => {
                db.prepare_cached("INSERT INTO person(kind, platform_id, name) VALUES (?1, ?2, ?3)")?
                    .execute(values)?;
                let key = db.last_insert_rowid();
                if let (Some(id), false) = (person.id, person.name.is_empty()) {
                    learnt::tell_named(db, person.kind, id, news)?;
                }
                key
            }
        };
        let key = u32::try_from(key).map_err(|_| StoreError::Sql("too many persons".into()))?;
        limit(&mut self.persons);
        self.persons.insert(person.clone(), key);
        Ok(key)
    }

    pub fn resource(&mut self, db: &Connection, thing: &Named) -> Result<i64, StoreError> {
        if let Some(key) = self.resources.get(thing) {
            return Ok(*key);
        }
        let key = number(
            db,
            "SELECT key FROM resource WHERE platform_id = ?1 AND name = ?2",
            "INSERT INTO resource(platform_id, name) VALUES (?1, ?2)",
            params![thing.id.unwrap_or(0), thing.name],
        )?;
        limit(&mut self.resources);
        self.resources.insert(thing.clone(), key);
        Ok(key)
    }

    /// Notes a location and, where it comes with one, its newest name.
    pub fn location(&mut self, db: &Connection, id: i64, name: Option<&str>) -> Result<(), StoreError> {
        match self.locations.get(&id) {
            Some(known) if name.is_none() || known.as_deref() == name => return Ok(()),
            _ => {}
        }
        db.prepare_cached(
            "INSERT INTO location(id, name) VALUES (?1, ?2)
             ON CONFLICT(id) DO UPDATE SET name = coalesce(excluded.name, name)",
        )?
        .execute(params![id, name])?;
        limit(&mut self.locations);
        self.locations.insert(id, name.map(str::to_owned));
        Ok(())
    }

    /// Notes that a secret has matched; to the second, so that a burst does not write it each time.
    pub fn mark(&mut self, db: &Connection, secret: SecretId, at: Ms) -> Result<(), StoreError> {
        if self.marks.get(&secret).is_some_and(|last| at < last + 1000) {
            return Ok(());
        }
        let last = db
            .prepare_cached(
                "INSERT INTO secret_mark(secret, first_matched, last_matched) VALUES (?1, ?2, ?2)
                 ON CONFLICT(secret) DO UPDATE SET last_matched = max(last_matched, excluded.last_matched)
                 RETURNING last_matched",
            )?
            .query_row(params![secret.0, at], |row| row.get(0))?;
        self.marks.insert(secret, last);
        Ok(())
    }

    pub fn action(&mut self, db: &Connection, action: &Action) -> Result<u16, StoreError> {
        if let Some(code) = codes::fixed_code(action) {
            return Ok(code);
        }
        let name = action.name();
        if let Some(code) = self.actions.get(&name) {
            return Ok(*code);
        }
        let known: Option<u16> = db
            .prepare_cached("SELECT code FROM action WHERE name = ?1")?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        let code = match known {
            Some(code) => code,
            None => {
                let last: Option<u16> = db.query_row("SELECT max(code) FROM action", [], |row| row.get(0))?;
                // A stranger could make up names without end: the last number is shared by all that come after.
                let code = last.map_or(FIRST_OTHER, |last| last.saturating_add(1));
                if code == u16::MAX {
                    return Ok(
                        codes::fixed_code(&Action::Inferred(nexwatch_nexudus::Entity::Unknown))
                            .unwrap_or(FIRST_OTHER),
                    );
                }
                db.execute(
                    "INSERT INTO action(code, name) VALUES (?1, ?2)",
                    params![code, name],
                )?;
                code
            }
        };
        self.actions.insert(name, code);
        Ok(code)
    }
}

/// What deliveries share: where they were sent, and their headers.
#[derive(Clone, Copy)]
enum Shared {
    Route,
    Headers,
}

impl Shared {
    /// Gives one of a suspect the next number of those that deliveries have.
    const fn keep(self) -> [&'static str; 2] {
        match self {
            Shared::Route => [
                "UPDATE route SET id = (SELECT max(max(id), 0) + 1 FROM route) WHERE id = ?1 RETURNING id",
                "UPDATE quarantine SET route = ?2 WHERE route = ?1",
            ],
            Shared::Headers => [
                "UPDATE headers SET id = (SELECT max(max(id), 0) + 1 FROM headers) WHERE id = ?1 RETURNING id",
                "UPDATE quarantine SET headers = ?2 WHERE headers = ?1",
            ],
        }
    }

    /// Deletes those of suspects that are not kept any more.
    const fn forget(self) -> &'static str {
        match self {
            Shared::Route => "DELETE FROM route WHERE id < 0 AND id NOT IN (SELECT route FROM quarantine)",
            Shared::Headers => {
                "DELETE FROM headers WHERE id < 0 AND id NOT IN (SELECT headers FROM quarantine)"
            }
        }
    }
}

/// The number under which a delivery has what only suspects may have had before.
fn kept(db: &Connection, of: Shared, id: i64) -> Result<i64, StoreError> {
    if id >= 0 {
        return Ok(id);
    }
    let [keep, point] = of.keep();
    let kept: i64 = db.prepare_cached(keep)?.query_row([id], |row| row.get(0))?;
    db.prepare_cached(point)?.execute([id, kept])?;
    Ok(kept)
}

fn limit<K, V>(names: &mut FxHashMap<K, V>) {
    if names.len() >= MOST_NAMES {
        names.clear();
    }
}

/// The number of a row that is there, or of one made now.
fn number(
    db: &Connection,
    find: &str,
    make: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<i64, StoreError> {
    if let Some(id) = db
        .prepare_cached(find)?
        .query_row(values, |row| row.get(0))
        .optional()?
    {
        return Ok(id);
    }
    db.prepare_cached(make)?.execute(values)?;
    Ok(db.last_insert_rowid())
}
