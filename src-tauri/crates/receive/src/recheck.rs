//! Quarantine checked again.

use crate::KeySet;
use crate::delivery::{Received, Verified};
use nexwatch_store::{Reader, StoreError, Writer};
use std::collections::VecDeque;
use std::time::Duration;

/// Rows looked at together.
const PAGE: u32 = 64;
/// Deliveries before the writer together: they share its transactions, and leave room in its queue.
const TOGETHER: usize = 32;
/// The listener's deliveries go first: so long to wait when the writer's queue is full of them.
const FULL: Duration = Duration::from_millis(5);

/// Checks the quarantine with these secrets: what is genuine now becomes an event in its own place in time, and
/// leaves the quarantine in the same transaction. Says how many were released.
///
/// Blocks: not for async code. What was released before an error stays released; another call does the rest.
pub fn recheck(reader: &Reader, writer: &Writer, keys: &KeySet) -> Result<u32, StoreError> {
    if keys.0.is_empty() {
        // Without a secret nothing can be proved.
        return Ok(0);
    }
    let genuine = genuine(reader, keys)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let mut released = 0;
        let mut under_way = VecDeque::new();
        for id in genuine {
            // Not there: gone meanwhile, or pushed out by newer ones.
            while let Some(verified) = again(reader, keys, id)? {
                let most = match writer.store(verified.read(writer)) {
                    Ok(stored) => {
                        under_way.push_back(stored);
                        TOGETHER
                    }
                    Err(StoreError::Busy) => 0,
                    Err(error) => return Err(error),
                };
                while under_way.len() > most
                    && let Some(first) = under_way.pop_front()
                {
                    first.await?;
                    released += 1;
                }
                if most > 0 {
                    break;
                }
                std::thread::sleep(FULL);
            }
        }
        for stored in under_way {
            stored.await?;
            released += 1;
        }
        Ok(released)
    })
}

/// The ids of those that are genuine now, the oldest first: an event's first arrival comes before its repeats.
fn genuine(reader: &Reader, keys: &KeySet) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let page = reader.quarantine(before, PAGE)?;
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        found.extend(page.into_iter().filter_map(|row| {
            let id = row.id;
            Received::again(row)?.check(keys).ok().map(|_| id)
        }));
    }
    found.reverse();
    Ok(found)
}

fn again(reader: &Reader, keys: &KeySet, id: i64) -> Result<Option<Verified>, StoreError> {
    let row = reader
        .quarantine(Some(id.saturating_add(1)), 1)?
        .into_iter()
        .find(|row| row.id == id);
    Ok(row
        .and_then(Received::again)
        .and_then(|delivery| delivery.check(keys).ok()))
}
