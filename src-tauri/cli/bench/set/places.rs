//! What takes how much place on the disk.

use nexwatch_store::Reader;

/// Events, and what takes how much place in a database that nobody writes: table or index, bytes an event.
pub(in crate::cli::bench) fn places(reader: &Reader) -> anyhow::Result<(u64, Vec<(String, f64)>)> {
    let (events, sizes) = reader.read(|db| {
        let events: u32 = db.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
        let mut all =
            db.prepare("SELECT name, pgsize FROM dbstat WHERE aggregate = 1 ORDER BY pgsize DESC")?;
        let sizes: Vec<(String, i64)> = all
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok((events, sizes))
    })?;
    let each = sizes
        .into_iter()
        .map(|(name, bytes)| (name, an_event(bytes as f64, events.into())))
        .collect();
    Ok((events.into(), each))
}

/// Bytes an event, to the thousandth: so that it is written and read as the same number.
pub(super) fn an_event(bytes: f64, events: u64) -> f64 {
    (bytes / events.max(1) as f64 * 1_000.0).round() / 1_000.0
}
