//! Actions that came under a number, and whose name the account told later: older events show it, too.

use crate::StoreError;
use nexwatch_nexudus::Lexicon;
use rusqlite::{Connection, params};

/// Gives actions that are kept under a number the name that the account has for it; says whether there were any. Where an
/// action is kept under that name already, both stay: what came under which is a fact, too.
pub(crate) fn rename(db: &Connection, lexicon: &Lexicon) -> Result<bool, StoreError> {
    let numbered: Vec<(u16, String)> = {
        let mut all = db.prepare_cached("SELECT code, name FROM action WHERE name NOT GLOB '*[^0-9]*'")?;
        let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut any = false;
    for (code, number) in numbered {
        let Some(name) = number.parse().ok().and_then(|number| lexicon.name_of(number)) else {
            continue;
        };
        let renamed = db
            .prepare_cached(
                "UPDATE action SET name = ?2 WHERE code = ?1
                 AND NOT EXISTS (SELECT 1 FROM action other WHERE other.name = ?2)",
            )?
            .execute(params![code, name])?;
        any |= renamed > 0;
    }
    Ok(any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_the_names_that_were_learnt() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("schema/v1.sql")).unwrap();
        db.execute_batch(
            "INSERT INTO action VALUES (1000, '91'), (1001, '92'), (1002, 'Sensor'), (1003, '93'), (1004, 'Ninety3'), (1005, '9x')",
        )
        .unwrap();
        let told = [(91, "ResourceCreated"), (93, "Ninety3"), (6, "BookingCreate")];
        let lexicon = Lexicon::of(told.map(|(number, name)| (number, name.to_owned()))).unwrap();
        assert!(rename(&db, &lexicon).unwrap());
        assert!(!rename(&db, &lexicon).unwrap(), "all is done");
        let mut all = db.prepare("SELECT name FROM action ORDER BY code").unwrap();
        let names: Vec<String> = all
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(names, ["ResourceCreated", "92", "Sensor", "93", "Ninety3", "9x"]);
    }
}
