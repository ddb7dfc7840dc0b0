//! Deliveries and their later arrivals.

use super::{Reader, route, source};
use crate::{DeliveryId, EventId, Route, SecretId, Signature, SignatureRule, Source, StoreError};
use nexwatch_nexudus::Ms;
use rusqlite::OptionalExtension;

/// A delivery as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryRow {
    /// Its id.
    pub id: DeliveryId,
    /// Arrival.
    pub received_at: Ms,
    /// Where it came from.
    pub source: Source,
    /// What the URL said.
    pub route: Route,
    /// Kept headers.
    pub headers: Vec<(String, String)>,
    /// Proof.
    pub signature: Signature,
    /// Its events.
    pub events: u32,
    /// The untouched body.
    pub body: Vec<u8>,
}

/// A later arrival of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatRow {
    /// When.
    pub received_at: Ms,
    /// The same bytes.
    pub identical: bool,
}

impl Reader {
    /// A delivery with its body.
    pub fn delivery(&self, id: DeliveryId) -> Result<Option<DeliveryRow>, StoreError> {
        let raw = self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT d.received_at, d.source, r.action, r.location, h.json, d.rule, d.secret, d.length,
                            d.dictionary, d.body, (SELECT count(*) FROM also WHERE delivery = d.id)
                     FROM delivery d JOIN route r ON r.id = d.route JOIN headers h ON h.id = d.headers WHERE d.id = ?1",
                )?
                .query_row([id.0], |row| {
                    let secret = SecretId(row.get(6)?);
                    let length: u32 = row.get(7)?;
                    let delivery = DeliveryRow {
                        id,
                        received_at: row.get(0)?,
                        source: source(row.get(1)?),
                        route: route(row.get(2)?, row.get(3)?),
                        headers: serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default(),
                        signature: match row.get::<_, u8>(5)? {
                            1 => Signature::Verified { rule: SignatureRule::RawBytes, secret },
                            2 => Signature::Verified { rule: SignatureRule::AsciiFolded, secret },
                            _ => Signature::Unsigned,
                        },
                        events: row.get::<_, u32>(10)? + 1,
                        body: row.get(9)?,
                    };
                    Ok((delivery, row.get::<_, u32>(8)?, length as usize))
                })
                .optional()?)
        })?;
        let Some((mut delivery, dictionary, length)) = raw else {
            return Ok(None);
        };
        delivery.body = self.unpack(dictionary, &delivery.body, length)?;
        Ok(Some(delivery))
    }

    /// The body that an event was read from.
    pub fn body(&self, id: DeliveryId) -> Result<Option<Vec<u8>>, StoreError> {
        let packed = self.read(|db| {
            Ok(db
                .prepare_cached("SELECT dictionary, body, length FROM delivery WHERE id = ?1")?
                .query_row([id.0], |row| {
                    Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, u32>(2)?))
                })
                .optional()?)
        })?;
        packed
            .map(|(dictionary, bytes, length)| self.unpack(dictionary, &bytes, length as usize))
            .transpose()
    }

    /// How many bytes a delivery's body has.
    pub fn body_length(&self, id: DeliveryId) -> Result<Option<u32>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT length FROM delivery WHERE id = ?1")?
                .query_row([id.0], |row| row.get(0))
                .optional()?)
        })
    }

    /// Unpacks a body; learns dictionaries that were added since.
    pub fn unpack(&self, dictionary: u32, bytes: &[u8], length: usize) -> Result<Vec<u8>, StoreError> {
        if dictionary != 0 && !self.packer.knows(dictionary) {
            self.read(|db| crate::file::learn_dictionaries(db, &self.packer))?;
        }
        self.packer.unpack(dictionary, bytes, length)
    }

    /// Later arrivals of an event, in order.
    pub fn repeats(&self, id: EventId) -> Result<Vec<RepeatRow>, StoreError> {
        self.read(|db| {
            let mut find =
                db.prepare_cached("SELECT received_at, identical FROM repeat WHERE event = ?1 ORDER BY id")?;
            let rows = find.query_map([id.0], |row| {
                Ok(RepeatRow {
                    received_at: row.get(0)?,
                    identical: row.get(1)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
