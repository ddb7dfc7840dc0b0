//! Events of a query from the columns in memory; words and entities are asked of the store, chunk by chunk.

use crate::cache::{Asked, Memo};
use crate::columns::{Bits, Chunk, Columns, Found, Select, Window, halves};
use crate::feed::Shared;
use crate::filter::has_beginning;
use crate::gather::{can_be_gathered, gathered};
use crate::lists::Lists;
use crate::node::Node;
use crate::query::Query;
use crate::scan::SAYING;
use crate::spelled::spelled_out;
use nexwatch_store::StoreError;
use nexwatch_store::rusqlite::params;
use std::sync::Arc;

/// So few events are asked one by one whether they say the words, instead of reading all that do.
const FEW: usize = 100;

/// A hit of one event, through the words' own key.
pub(crate) const SAYS: &str = "SELECT 1 FROM words WHERE words MATCH ?1 AND rowid = ?2";

/// A stretch that is so small a part of all chunks is asked for by itself; otherwise words are gathered from all of the
/// index, which tells them in no order of use, but takes a small part of the time for each event of each word.
pub(crate) fn part(words: Option<&str>) -> usize {
    match words.is_some_and(|words| words.contains(" AND ")) {
        true => 4,
        false => 8,
    }
}

/// Stretches that are asked for by themselves: one to so many chunks of all. Each costs as much as some ten chunks of a
/// common word that are read in one go.
const CHUNKS_A_STRETCH: usize = 16;

impl Shared {
    /// What columns and indexes tell of a query in a window: all of it, but for its slow conditions.
    pub fn find_quick(&self, columns: &Columns, query: &Query, window: &Window) -> Result<Found, StoreError> {
        let asked = rows_of(query);
        let mut memo = self.cache.recall(&asked);
        let none = Arc::new(Bits::none());
        let mut rows: Vec<Arc<Bits>> = Vec::with_capacity(columns.chunks().len());
        let mut missing = Vec::new();
        for (at, chunk) in columns.chunks().iter().enumerate() {
            let known = match window.stretch(chunk).is_empty() {
                true => Some(none.clone()),
                false => memo.all_rows(chunk),
            };
            if known.is_none() {
                missing.push(at);
            }
            rows.push(known.unwrap_or_else(|| none.clone()));
        }
        if !missing.is_empty() {
            self.fill(columns, query, &missing, &mut rows)?;
            for at in &missing {
                memo.keep(&columns.chunks()[*at], rows[*at].clone());
            }
            self.cache.remember(asked, &memo, columns.chunks());
        }
        let chunks = columns.chunks().iter().zip(rows);
        Ok(Found::new(
            chunks.map(|(chunk, bits)| (chunk.clone(), window.cut(chunk, bits))),
        ))
    }

    /// Of which chunks of a window it is remembered what a query finds in them; the others have to be gone through.
    pub fn remembered(&self, columns: &Columns, query: &Query, window: &Window) -> Vec<bool> {
        let memo = self.cache.recall(&rows_of(query));
        let chunks = columns.chunks().iter();
        let within = chunks.filter(|chunk| !window.stretch(chunk).is_empty());
        within
            .map(|chunk| memo.rows(chunk).is_some_and(|(of, _)| of >= chunk.len()))
            .collect()
    }

    /// Of some rows of chunks those of which a condition holds that nothing has to be looked up for.
    pub fn keep_node(
        &self,
        columns: &Columns,
        node: &Node,
        at: &[usize],
        mut within: Vec<Bits>,
    ) -> Result<Vec<Bits>, StoreError> {
        match node {
            Node::All(parts) => {
                for part in parts {
                    within = self.keep_node(columns, part, at, within)?;
                }
            }
            Node::Any(parts) => {
                let mut found: Vec<Bits> = at.iter().map(|_| Bits::none()).collect();
                for part in parts {
                    let fitting = self.keep_node(columns, part, at, within.clone())?;
                    for ((found, left), fitting) in found.iter_mut().zip(&mut within).zip(&fitting) {
                        found.or(fitting);
                        // What fits already is not asked again.
                        left.without(fitting);
                    }
                }
                return Ok(found);
            }
            Node::Not(inner) => {
                let fitting = self.keep_node(columns, inner, at, within.clone())?;
                within
                    .iter_mut()
                    .zip(&fitting)
                    .for_each(|(left, fitting)| left.without(fitting));
            }
            Node::Is(query) => self.keep_field(columns, query, at, &mut within)?,
            Node::Amount(any) => {
                for (at, rows) in at.iter().zip(&mut within) {
                    rows.keep(columns.chunks()[*at].amounts(), |amount| {
                        amount.is_some_and(|amount| any.iter().any(|bounds| bounds.hold(amount)))
                    });
                }
            }
            // Has to be looked up: see [`Shared::open`].
            Node::Slow(_) => {}
        }
        Ok(within)
    }

    /// The same on two threads, for what the columns tell.
    fn keep_in_halves(
        &self,
        columns: &Columns,
        node: &Node,
        at: &[usize],
        within: Vec<Bits>,
    ) -> Result<Vec<Bits>, StoreError> {
        let rows: Vec<(usize, Bits)> = at.iter().copied().zip(within).collect();
        let kept = halves(&rows, |rows| {
            let (at, within): (Vec<usize>, Vec<Bits>) = rows.iter().cloned().unzip();
            self.keep_node(columns, node, &at, within)
        });
        kept.into_iter().try_fold(Vec::new(), |mut all, kept| {
            all.extend(kept?);
            Ok(all)
        })
    }

    /// The same for one field.
    fn keep_field(
        &self,
        columns: &Columns,
        query: &Query,
        at: &[usize],
        within: &mut [Bits],
    ) -> Result<(), StoreError> {
        let chunks = columns.chunks();
        let filled = |at: &&(usize, &mut Bits)| at.1.count() > 0;
        let mut wanted: Vec<(usize, &mut Bits)> = at.iter().copied().zip(within.iter_mut()).collect();
        let ends = |at: Option<&(usize, &mut Bits)>| {
            let chunk = &chunks[at?.0];
            chunk.ids().first().zip(chunk.ids().last())
        };
        let (Some((first, _)), Some((_, last))) = (
            ends(wanted.iter().find(filled)),
            ends(wanted.iter().rev().find(filled)),
        ) else {
            return Ok(());
        };
        if query.from > Query::ALL.from || query.to < Query::ALL.to {
            for (at, rows) in &mut wanted {
                let ids = chunks[*at].ids();
                rows.and(&Bits::range(
                    ids.rows_before(query.from.0)..ids.rows_before(query.to.0),
                ));
            }
        }
        let columned = Query {
            from: Query::ALL.from,
            to: Query::ALL.to,
            words: None,
            ..query.clone()
        };
        if columned != Query::ALL {
            let select = Select::new(columns, &columned);
            let lists = Lists::of(&self.reader, query, (first, last))?;
            for (at, rows) in wanted.iter_mut().filter(|(_, rows)| rows.count() > 0) {
                rows.and(&match &lists.own {
                    Some(own) => select.among(&chunks[*at], own, &lists.involving),
                    None => select.rows(&chunks[*at], &lists.involving),
                });
            }
        }
        if let Some(words) = &query.words {
            self.keep_saying(columns, words, at, within)?;
        }
        Ok(())
    }

    /// Finds the rows of chunks that are not remembered.
    fn fill(
        &self,
        columns: &Columns,
        query: &Query,
        missing: &[usize],
        rows: &mut [Arc<Bits>],
    ) -> Result<(), StoreError> {
        let chunks = columns.chunks();
        let select = Select::new(columns, query);
        let ends =
            |at: Option<&usize>| at.and_then(|at| chunks[*at].ids().first().zip(chunks[*at].ids().last()));
        let stretch = match (ends(missing.first()), ends(missing.last())) {
            (Some((first, _)), Some((_, last))) => (first, last),
            _ => return Ok(()),
        };
        let lists = Lists::of(&self.reader, query, stretch)?;
        let rows_of = |at: &usize| match &lists.own {
            Some(own) => select.among(&chunks[*at], own, &lists.involving),
            None => select.rows(&chunks[*at], &lists.involving),
        };
        let found = halves(missing, |missing| {
            missing.iter().map(rows_of).collect::<Vec<Bits>>()
        });
        let mut found: Vec<Bits> = found.into_iter().flatten().collect();
        if let Some(words) = &query.words {
            self.keep_saying(columns, words, missing, &mut found)?;
        }
        for node in &query.also {
            found = match node.asks_indexes() {
                // An index is read once, not by halves.
                true => self.keep_node(columns, node, missing, found)?,
                false => self.keep_in_halves(columns, node, missing, found)?,
            };
        }
        for (at, bits) in missing.iter().zip(found) {
            rows[*at] = bits.shared();
        }
        Ok(())
    }

    /// Keeps the rows that say the words. What is remembered of the words is used for any query that has them.
    fn keep_saying(
        &self,
        columns: &Columns,
        words: &str,
        missing: &[usize],
        found: &mut [Bits],
    ) -> Result<(), StoreError> {
        let chunks = columns.chunks();
        let asked = Asked::Words(words.to_owned());
        let mut memo = self.cache.recall(&asked);
        let (mut wanted, mut open) = unknown(chunks, missing, found, &memo);
        let mut stretches = stretches(&wanted, words, chunks.len());
        // A few chunks are quicker asked about than waited for.
        let whole = |(from, to, _): &(usize, usize, usize)| (to - from) * part(Some(words)) > chunks.len();
        let _turn = match stretches.iter().any(whole) {
            true => {
                let turn = self.cache.turn(words);
                memo = self.cache.recall(&asked);
                (wanted, open) = unknown(chunks, missing, found, &memo);
                stretches = self::stretches(&wanted, words, chunks.len());
                turn
            }
            false => None,
        };
        if !has_beginning(words) && !open.is_empty() && open.len() <= FEW {
            return self.ask_each(chunks, words, &open, &memo, missing, found);
        }
        for stretch in stretches {
            self.saying(chunks, words, stretch, &mut memo)?;
        }
        for (at, bits) in missing.iter().zip(found.iter_mut()) {
            if let Some((_, saying)) = memo.rows(&chunks[*at]) {
                bits.and(saying);
            }
        }
        if !wanted.is_empty() {
            self.cache.remember(asked, &memo, chunks);
        }
        Ok(())
    }

    /// Asks a handful of rows one by one; the others are remembered.
    fn ask_each(
        &self,
        chunks: &[Arc<Chunk>],
        words: &str,
        open: &[(usize, usize)],
        memo: &Memo,
        missing: &[usize],
        found: &mut [Bits],
    ) -> Result<(), StoreError> {
        let mut said = Vec::new();
        self.reader.read(|db| {
            let mut find = db.prepare_cached(SAYS)?;
            for (at, row) in open {
                if find.exists(params![words, chunks[*at].ids().at(*row)])? {
                    said.push((*at, *row));
                }
            }
            Ok(())
        })?;
        for (at, bits) in missing.iter().zip(found.iter_mut()) {
            let mut saying = match memo.rows(&chunks[*at]) {
                Some((_, saying)) => Bits::clone(saying),
                None => Bits::none(),
            };
            for (_, row) in said.iter().filter(|(of, _)| of == at) {
                saying.set(*row);
            }
            bits.and(&saying);
        }
        Ok(())
    }

    /// Reads which rows of neighbouring chunks say the words, from a row of the first on, and remembers it.
    fn saying(
        &self,
        chunks: &[Arc<Chunk>],
        words: &str,
        (from, to, row): (usize, usize, usize),
        memo: &mut Memo,
    ) -> Result<(), StoreError> {
        let alone = (to - from) * part(Some(words)) <= chunks.len();
        let chunks = &chunks[from..to];
        let first = chunks.first().and_then(|chunk| chunk.ids().get(row));
        let last = chunks.last().and_then(|chunk| chunk.ids().last());
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(());
        };
        let known = |chunk: &Chunk| {
            memo.rows(chunk)
                .map_or_else(Bits::none, |(_, bits)| Bits::clone(bits))
        };
        let mut found: Vec<Bits> = chunks.iter().map(|chunk| known(chunk)).collect();
        self.reader.read(|db| {
            // All of it from one state of the database.
            let _snapshot = db.unchecked_transaction()?;
            let mut find = db.prepare_cached(SAYING)?;
            let spelled = match alone {
                true => spelled_out(db, words)?,
                false => None,
            };
            let words = match spelled {
                Some(spelled) => spelled,
                None => match gathered(&self.reader, db, chunks, words)? {
                    Some(said) => {
                        found
                            .iter_mut()
                            .zip(&said)
                            .for_each(|(found, said)| found.or(said));
                        return Ok(());
                    }
                    None => words.into(),
                },
            };
            let mut hits = find.query(params![words, first, last])?;
            let (mut at, mut row) = (0, row);
            while let Some(hit) = hits.next()? {
                let id: i64 = hit.get(0)?;
                while at < chunks.len() && chunks[at].ids().last().is_some_and(|last| last < id) {
                    (at, row) = (at + 1, 0);
                }
                let Some(chunk) = chunks.get(at) else { break };
                row = chunk.ids().seek(row, id);
                // An event of a transaction that the columns have not heard of yet is left out.
                if chunk.ids().get(row) == Some(id) {
                    found[at].set(row);
                }
            }
            Ok(())
        })?;
        for (chunk, bits) in chunks.iter().zip(found) {
            memo.keep(chunk, bits.shared());
        }
        Ok(())
    }
}

/// What is remembered of a query whatever its place in time.
fn rows_of(query: &Query) -> Asked {
    Asked::Rows(Box::new(Query {
        from: Query::ALL.from,
        to: Query::ALL.to,
        ..query.quick()
    }))
}

/// The same rows with events of one act under the most telling of those that were found.
pub(crate) fn folded(found: &Found) -> Found {
    let parts = found.parts().iter();
    Found::new(parts.map(|part| (part.chunk.clone(), part.chunk.fold(part.bits.clone()))))
}

/// The chunks with rows that may say some words, and from which row on that is not remembered; and these rows, as long as
/// they are few.
#[allow(clippy::type_complexity)] // a pair of lists of pairs
fn unknown(
    chunks: &[Arc<Chunk>],
    missing: &[usize],
    found: &[Bits],
    memo: &Memo,
) -> (Vec<(usize, usize)>, Vec<(usize, usize)>) {
    let (mut wanted, mut open) = (Vec::new(), Vec::new());
    for (at, bits) in missing.iter().zip(found) {
        let chunk = &chunks[*at];
        let known = memo.rows(chunk).map_or(0, |(of, _)| of);
        let before = open.len();
        if open.len() <= FEW {
            open.extend(bits.rows().filter(|row| *row >= known).map(|row| (*at, row)));
        }
        if open.len() > before || (open.len() > FEW && known < chunk.len() && bits.count() > 0) {
            wanted.push((*at, known));
        }
    }
    (wanted, open)
}

/// Neighbouring chunks as stretches: the first chunk, the one after the last, and the first row that is wanted. Only the
/// first chunk of a stretch may be known in part. Rows here and there, as a person has them, would be many stretches: where
/// the words can be gathered, the chunks between cost less than being left out.
fn stretches(wanted: &[(usize, usize)], words: &str, chunks: usize) -> Vec<(usize, usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (chunk, row) in wanted {
        match found.last_mut() {
            Some((_, end, _)) if end == chunk && *row == 0 => *end += 1,
            _ => found.push((*chunk, chunk + 1, *row)),
        }
    }
    if let [first, .., last] = found[..]
        && found.len() * CHUNKS_A_STRETCH > chunks
        && can_be_gathered(words)
    {
        found = vec![(first.0, last.1, first.2)];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_stretches_of_plain_words_are_read_as_one() {
        let far: Vec<(usize, usize)> = (0..20).map(|n| (n * 10, 3)).collect();
        let near = [(4, 7), (5, 0), (6, 0), (90, 2)];
        assert_eq!(stretches(&far, r#""blue""#, 200), [(0, 191, 3)]);
        // One by one: few of many chunks, and what only SQL tells.
        assert_eq!(stretches(&far, r#""blue""#, 400).len(), 20);
        assert_eq!(stretches(&far, r#""blue room""#, 200).len(), 20);
        assert_eq!(stretches(&near, r#""blue""#, 100), [(4, 7, 7), (90, 91, 2)]);
        assert!(stretches(&[], r#""blue""#, 100).is_empty());
    }
}
