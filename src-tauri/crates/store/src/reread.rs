//! Events read again from the bodies of their deliveries.

use crate::changes::With;
use crate::{EVENT_COLUMNS, EVENT_JOINS, EventId, EventRow, Reader, StoreError};
use nexwatch_nexudus::{Arrival, Ms, Reading, read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Gives each event of a delivery as it is kept, and what is read in its body: nothing where that cannot be unpacked or read
/// any more.
pub(crate) fn each(
    with: With,
    delivery: i64,
    mut each: impl FnMut(EventRow, Option<&Reading>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let With {
        db, packer, voice, ..
    } = with;
    let (received_at, action, location, dictionary, body, length, first) = db
        .prepare_cached(
            "SELECT d.received_at, r.action, r.location, d.dictionary, d.body, d.length, d.event_after
             FROM delivery d JOIN route r ON r.id = d.route WHERE d.id = ?1",
        )?
        .query_row([delivery], |row| {
            let received_at: Ms = row.get(0)?;
            Ok((
                received_at,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, u32>(3)?,
                row.get::<_, Vec<u8>>(4)?,
                row.get::<_, u32>(5)?,
                EventId::first_at(received_at).0 + row.get::<_, i64>(6)?,
            ))
        })?;
    let readings = packer
        .unpack(dictionary, &body, length as usize)
        .ok()
        .and_then(|body| {
            let arrival = Arrival {
                route_action: Some(action.as_str()).filter(|action| !action.is_empty()),
                route_location: Some(location).filter(|location| *location != 0),
                received_at,
                body: &body,
                voice,
            };
            catch_unwind(AssertUnwindSafe(|| read(&arrival))).ok()
        })
        .unwrap_or_default();
    let mut events = db.prepare_cached(&format!(
        "SELECT {EVENT_COLUMNS} FROM {EVENT_JOINS} WHERE e.id IN (SELECT ?1 UNION ALL SELECT event FROM also WHERE delivery = ?2)"
    ))?;
    let mut rows = events.query([first, delivery])?;
    while let Some(row) = rows.next()? {
        let event = Reader::event_row(row)?;
        let reading = readings.iter().find(|reading| reading.position == event.position);
        each(event, reading)?;
    }
    Ok(())
}
