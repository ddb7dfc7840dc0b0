//! Questions that are not decided by the columns and indexes alone: which rows are surely in, which have to be looked up.

use crate::columns::{Bits, Chunk, Columns, Found, Window};
use crate::feed::Shared;
use crate::look::{Look, Seen};
use crate::node::{Node, Slow};
use crate::query::Query;
use crate::scan::Order;
use nexwatch_store::{EventId, StoreError};
use std::sync::Arc;

/// Events looked up in one go: a few milliseconds.
pub(crate) const TOGETHER: usize = 256;

/// A condition in one chunk: what can be told of it is told.
enum Part {
    Rows(Bits),
    /// By its number among the slow ones.
    Slow(usize),
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
}

impl Part {
    /// Whether it holds of a row, once that was looked up.
    fn holds(&self, row: usize, slow: &[bool]) -> bool {
        match self {
            Part::Rows(bits) => bits.has(row),
            Part::Slow(number) => slow.get(*number).copied().unwrap_or(false),
            Part::All(parts) => parts.iter().all(|part| part.holds(row, slow)),
            Part::Any(parts) => parts.iter().any(|part| part.holds(row, slow)),
            Part::Not(inner) => !inner.holds(row, slow),
        }
    }

    /// Of some rows those of which it surely holds, and those of which it may.
    fn bounds(&self, within: &Bits, seen: &[Arc<Seen>]) -> (Bits, Bits) {
        match self {
            Part::Rows(bits) => {
                let mut rows = within.clone();
                rows.and(bits);
                (rows.clone(), rows)
            }
            Part::Slow(number) => {
                let (mut sure, mut perhaps) = (within.clone(), within.clone());
                match seen.get(*number) {
                    Some(seen) => {
                        sure.and(&seen.holds);
                        let mut not = seen.known.clone();
                        not.without(&seen.holds);
                        perhaps.without(&not);
                    }
                    None => sure = Bits::none(),
                }
                (sure, perhaps)
            }
            Part::All(parts) => {
                let (mut sure, mut perhaps) = (within.clone(), within.clone());
                for part in parts {
                    let (more_sure, more) = part.bounds(&perhaps, seen);
                    sure.and(&more_sure);
                    perhaps = more;
                }
                (sure, perhaps)
            }
            Part::Any(parts) => {
                let (mut sure, mut perhaps) = (Bits::none(), Bits::none());
                for part in parts {
                    let (more_sure, more) = part.bounds(within, seen);
                    sure.or(&more_sure);
                    perhaps.or(&more);
                }
                (sure, perhaps)
            }
            Part::Not(inner) => {
                let (sure, perhaps) = inner.bounds(within, seen);
                let (mut surely_not, mut perhaps_not) = (within.clone(), within.clone());
                surely_not.without(&perhaps);
                perhaps_not.without(&sure);
                (surely_not, perhaps_not)
            }
        }
    }
}

/// One chunk of a question.
struct Piece {
    chunk: Arc<Chunk>,
    part: Part,
    sure: Bits,
    /// To be looked up.
    open: Bits,
    /// One of the last two of all.
    newest: bool,
}

/// A question on its way.
pub(crate) struct Opened {
    slow: Vec<Slow>,
    /// Of every chunk, oldest first.
    pieces: Vec<Piece>,
}

impl Opened {
    /// How many rows have to be looked up.
    pub fn left(&self) -> usize {
        self.pieces.iter().map(|piece| piece.open.count() as usize).sum()
    }

    /// The rows that are surely in, wherever they stand.
    pub fn sure(&self) -> Found {
        let rows = self.pieces.iter();
        Found::new(rows.map(|piece| (piece.chunk.clone(), Arc::new(piece.sure.clone()))))
    }

    /// The rows that come before the first that has to be looked up: the beginning of the list as it will be.
    pub fn beginning(&self, order: Order) -> Found {
        let mut cut: Vec<Bits> = self.pieces.iter().map(|_| Bits::none()).collect();
        for at in self.walk(order) {
            let piece = &self.pieces[at];
            let mut rows = piece.sure.clone();
            let ends = match first(&piece.open, order) {
                None => false,
                Some(row) => {
                    rows.and(&match order {
                        Order::NewestFirst => Bits::range(row..piece.chunk.len()),
                        Order::OldestFirst => Bits::range(0..row),
                    });
                    true
                }
            };
            cut[at] = rows;
            if ends {
                break;
            }
        }
        let rows = self.pieces.iter().zip(cut);
        Found::new(rows.map(|(piece, rows)| (piece.chunk.clone(), Arc::new(rows))))
    }

    /// Whether something before a place, or at it, has to be looked up.
    pub fn is_open_before(&self, place: EventId, order: Order) -> bool {
        let mut pieces = self.pieces.iter().filter(|piece| piece.open.count() > 0);
        pieces.any(|piece| {
            let ids = piece.chunk.ids();
            match order {
                Order::NewestFirst => piece.open.count_from(ids.rows_before(place.0)) > 0,
                Order::OldestFirst => {
                    let row = ids.rows_before(place.0.saturating_add(1));
                    piece.open.count() > piece.open.count_from(row)
                }
            }
        })
    }

    fn walk(&self, order: Order) -> Vec<usize> {
        let all = 0..self.pieces.len();
        match order {
            Order::NewestFirst => all.rev().collect(),
            Order::OldestFirst => all.collect(),
        }
    }
}

/// The first of some rows.
fn first(rows: &Bits, order: Order) -> Option<usize> {
    match order {
        Order::NewestFirst => rows.down_from(0).next(),
        Order::OldestFirst => rows.rows().next(),
    }
}

impl Shared {
    /// Makes out what a query's slow conditions need in a window.
    pub fn open(&self, columns: &Columns, query: &Query, window: &Window) -> Result<Opened, StoreError> {
        let found = self.find_quick(columns, &query.quick(), window)?;
        let mut slow: Vec<&Slow> = Vec::new();
        query.slow.iter().for_each(|node| node.slow(&mut slow));
        let wanted: Vec<usize> = (0..found.parts().len())
            .filter(|at| found.parts()[*at].bits.count() > 0)
            .collect();
        let within: Vec<Bits> = wanted
            .iter()
            .map(|at| Bits::clone(&found.parts()[*at].bits))
            .collect();
        let mut told: Vec<Vec<Part>> = wanted.iter().map(|_| Vec::new()).collect();
        for node in &query.slow {
            let parts = self.told(columns, node, &wanted, &within, &slow)?;
            told.iter_mut().zip(parts).for_each(|(all, part)| all.push(part));
        }
        let chunks: Vec<&Chunk> = wanted.iter().map(|at| &*found.parts()[*at].chunk).collect();
        let seen: Vec<Vec<Arc<Seen>>> = slow
            .iter()
            .map(|slow| self.looked.recall(slow, &chunks))
            .collect();
        let mut made = wanted.iter().zip(told).zip(within).enumerate().peekable();
        let all = found.parts().len();
        let mut pieces = Vec::with_capacity(all);
        for (at, part) in found.parts().iter().enumerate() {
            let mut piece = Piece {
                chunk: part.chunk.clone(),
                part: Part::All(Vec::new()),
                sure: Bits::none(),
                open: Bits::none(),
                newest: at + 2 >= all,
            };
            if let Some((n, ((_, told), within))) = made.next_if(|(_, ((wanted, _), _))| **wanted == at) {
                piece.part = Part::All(told);
                let seen: Vec<Arc<Seen>> = seen.iter().map(|seen| seen[n].clone()).collect();
                (piece.sure, piece.open) = piece.part.bounds(&within, &seen);
                piece.open.without(&piece.sure);
            }
            pieces.push(piece);
        }
        Ok(Opened {
            slow: slow.into_iter().cloned().collect(),
            pieces,
        })
    }

    /// A condition in some chunks.
    fn told(
        &self,
        columns: &Columns,
        node: &Node,
        at: &[usize],
        within: &[Bits],
        slow: &[&Slow],
    ) -> Result<Vec<Part>, StoreError> {
        if !node.is_slow() {
            let rows = self.keep_node(columns, node, at, within.to_vec())?;
            return Ok(rows.into_iter().map(Part::Rows).collect());
        }
        let each = |parts: &[Node], of: fn(Vec<Part>) -> Part| -> Result<Vec<Part>, StoreError> {
            let mut all: Vec<Vec<Part>> = at.iter().map(|_| Vec::with_capacity(parts.len())).collect();
            for node in parts {
                let told = self.told(columns, node, at, within, slow)?;
                all.iter_mut().zip(told).for_each(|(all, part)| all.push(part));
            }
            Ok(all.into_iter().map(of).collect())
        };
        match node {
            Node::All(parts) => each(parts, Part::All),
            Node::Any(parts) => each(parts, Part::Any),
            Node::Not(inner) => {
                let inner = self.told(columns, inner, at, within, slow)?;
                Ok(inner.into_iter().map(|part| Part::Not(Box::new(part))).collect())
            }
            Node::Slow(own) => {
                let number = slow.iter().position(|known| *known == own).unwrap_or(usize::MAX);
                Ok(at.iter().map(|_| Part::Slow(number)).collect())
            }
            // Told above.
            Node::Is(_) | Node::Amount(_) => Ok(Vec::new()),
        }
    }

    /// Looks rows up, from the first on, until so many are surely in before the next that is open, or so many were looked
    /// up. Says how many were.
    pub fn look(
        &self,
        opened: &mut Opened,
        order: Order,
        wanted: usize,
        most: usize,
    ) -> Result<usize, StoreError> {
        let (mut count, mut looked) = (0, 0);
        for at in opened.walk(order) {
            loop {
                let piece = &opened.pieces[at];
                let Some(row) = first(&piece.open, order) else {
                    count += piece.sure.count() as usize;
                    break;
                };
                let before = match order {
                    Order::NewestFirst => piece.sure.count_from(row),
                    Order::OldestFirst => piece.sure.count() - piece.sure.count_from(row),
                };
                if count + before as usize >= wanted || looked >= most {
                    return Ok(looked);
                }
                let together = TOGETHER.min(most - looked);
                let rows: Vec<usize> = match order {
                    Order::NewestFirst => piece.open.down_from(0).take(together).collect(),
                    Order::OldestFirst => piece.open.rows().take(together).collect(),
                };
                looked += rows.len();
                self.look_at(opened, at, &rows)?;
            }
        }
        Ok(looked)
    }

    /// So many rows from a place on, which are looked up where they have to be; fewer if that would take too long.
    pub fn gather(
        &self,
        opened: &mut Opened,
        from: EventId,
        order: Order,
        wanted: usize,
        most: usize,
    ) -> Result<Vec<EventId>, StoreError> {
        let (mut ids, mut looked) = (Vec::with_capacity(wanted.min(1_000)), 0);
        for at in opened.walk(order) {
            let piece = &opened.pieces[at];
            let (len, places) = (piece.chunk.len(), piece.chunk.ids());
            let beyond = Bits::range(match order {
                Order::NewestFirst => 0..places.rows_before(from.0.saturating_add(1)),
                Order::OldestFirst => places.rows_before(from.0)..len,
            });
            let mut rows = piece.sure.clone();
            rows.or(&piece.open);
            rows.and(&beyond);
            let rows: Vec<usize> = match order {
                Order::NewestFirst => rows.down_from(0).collect(),
                Order::OldestFirst => rows.rows().collect(),
            };
            for some in rows.chunks(TOGETHER) {
                if ids.len() >= wanted || looked >= most {
                    return Ok(ids);
                }
                let open = &opened.pieces[at].open;
                let open: Vec<usize> = some.iter().copied().filter(|row| open.has(*row)).collect();
                looked += open.len();
                self.look_at(opened, at, &open)?;
                let piece = &opened.pieces[at];
                let sure = some.iter().filter(|row| piece.sure.has(**row));
                let left = wanted - ids.len();
                ids.extend(sure.map(|row| EventId(piece.chunk.ids().at(*row))).take(left));
            }
        }
        Ok(ids)
    }

    /// Looks up rows of one chunk.
    fn look_at(&self, opened: &mut Opened, at: usize, rows: &[usize]) -> Result<(), StoreError> {
        let Opened { slow, pieces } = opened;
        let piece = &mut pieces[at];
        let mut seen: Vec<Seen> = slow.iter().map(|_| Seen::nothing()).collect();
        let mut look = Look::new(&self.reader, slow.iter().collect());
        self.reader.read(|db| {
            for row in rows {
                let told = look.ask(db, piece.chunk.ids().at(*row))?;
                if piece.part.holds(*row, &told) {
                    piece.sure.set(*row);
                }
                piece.open.unset(*row);
                seen.iter_mut()
                    .zip(&told)
                    .for_each(|(seen, holds)| seen.note(*row, *holds));
            }
            Ok(())
        })?;
        for (slow, seen) in slow.iter().zip(&seen) {
            self.looked.remember(slow, &piece.chunk, seen, piece.newest);
        }
        Ok(())
    }
}
