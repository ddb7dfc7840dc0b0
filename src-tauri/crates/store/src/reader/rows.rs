//! Rows of the feed.

use super::{Reader, source};
use crate::{DeliveryId, EventId, EventRow, Flags, SecretId, Signature, SignatureRule, StoreError, codes};
use nexwatch_nexudus::{Action, Amount, Entity, Named, Person, PersonKind, Saying};
use rusqlite::{OptionalExtension, Row};

macro_rules! person_name {
    () => {
        "CASE WHEN p.name IS NOT '' OR p.platform_id = 0 THEN p.name ELSE coalesce(\
         (SELECT c.name FROM contact c WHERE c.kind = p.kind AND c.id = p.platform_id), \
         (SELECT n.name FROM person n WHERE n.key = (SELECT max(o.key) FROM person o \
         WHERE o.kind = p.kind AND o.platform_id = p.platform_id AND o.name <> '')), '') END"
    };
}
macro_rules! event_head {
    () => {
        "(SELECT h.head FROM act h WHERE h.event = e.id)"
    };
}

/// The name of a person `p`: the row's own, else the newest learnt; empty where there is none.
pub const PERSON_NAME: &str = person_name!();

/// The head of an event `e`; null where it stands for itself.
pub const EVENT_HEAD: &str = event_head!();

/// The columns of an event as it is shown, to be read with [`Reader::event_row`]; they need [`EVENT_JOINS`].
pub const EVENT_COLUMNS: &str = concat!(
    "e.id, e.delivery, e.position, e.happened_at, d.received_at, e.action, a.name, e.entity, e.entity_id, e.location, \
     l.name, e.person, p.kind, p.platform_id, ",
    person_name!(),
    ", r.platform_id, r.name, e.amount, e.currency, e.sentence, d.source, d.rule, d.secret, e.flags, ",
    event_head!()
);

/// Tables behind [`EVENT_COLUMNS`]: every event has its delivery, the names may be missing.
pub const EVENT_JOINS: &str = "event e JOIN delivery d ON d.id = e.delivery LEFT JOIN location l ON l.id = e.location \
    LEFT JOIN person p ON p.key = e.person LEFT JOIN resource r ON r.key = e.resource LEFT JOIN action a ON a.code = e.action";

impl Reader {
    /// Events by id, in the order asked for; one that is not there is left out.
    pub fn rows(&self, ids: &[EventId]) -> Result<Vec<EventRow>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached(&format!(
                "SELECT {EVENT_COLUMNS} FROM {EVENT_JOINS} WHERE e.id = ?1"
            ))?;
            let mut count = db.prepare_cached("SELECT count(*) FROM repeat WHERE event = ?1")?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let Some(mut event) = find.query_row([id.0], Self::event_row).optional()? else {
                    continue;
                };
                if event.flags.has(Flags::REPEAT) {
                    event.repeats = count.query_row([id.0], |row| row.get(0))?;
                }
                found.push(event);
            }
            Ok(found)
        })
    }

    /// One event.
    pub fn event(&self, id: EventId) -> Result<Option<EventRow>, StoreError> {
        Ok(self.rows(&[id])?.pop())
    }

    /// An event of a row of [`EVENT_COLUMNS`]; `repeats` is left 0.
    pub fn event_row(row: &Row) -> rusqlite::Result<EventRow> {
        let id = EventId(row.get(0)?);
        let code: u16 = row.get(5)?;
        let action = match codes::fixed_action(code) {
            Some(action) => action,
            None => Action::Other(
                row.get::<_, Option<String>>(6)?
                    .unwrap_or_else(|| code.to_string()),
            ),
        };
        let some = |id: i64| (id != 0).then_some(id);
        let person_key: u32 = row.get(11)?;
        let person = match row.get::<_, Option<String>>(14)? {
            Some(name) => Some(Person {
                kind: PersonKind::from_code(row.get(12)?),
                id: some(row.get(13)?),
                name,
            }),
            None => None,
        };
        let resource = match row.get::<_, Option<String>>(16)? {
            Some(name) => Some(Named {
                id: some(row.get(15)?),
                name,
            }),
            None => None,
        };
        let secret = SecretId(row.get(22)?);
        Ok(EventRow {
            id,
            delivery: DeliveryId(row.get(1)?),
            position: row.get(2)?,
            happened_at: row.get::<_, Option<i64>>(3)?.unwrap_or(id.at()),
            received_at: row.get(4)?,
            action,
            entity: Entity::from_code(row.get(7)?),
            entity_id: row.get(8)?,
            location_id: some(row.get(9)?),
            location: row.get(10)?,
            person,
            person_key: (person_key != 0).then_some(person_key),
            resource,
            amount: row.get::<_, Option<i64>>(17)?.map(Amount),
            currency: row.get(18)?,
            saying: Saying::decode(row.get_ref(19)?.as_str().unwrap_or_default()),
            source: source(row.get(20)?),
            signature: match row.get::<_, u8>(21)? {
                1 => Signature::Verified {
                    rule: SignatureRule::RawBytes,
                    secret,
                },
                2 => Signature::Verified {
                    rule: SignatureRule::AsciiFolded,
                    secret,
                },
                _ => Signature::Unsigned,
            },
            repeats: 0,
            flags: Flags(row.get(23)?),
            head: row.get::<_, Option<i64>>(24)?.map(EventId),
        })
    }
}
