//! Which events of a chunk tell of the same act as another, more telling one.

use super::Bits;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Events that stand under another. Most do not: they are not in here.
#[derive(Default)]
pub(crate) struct Acts {
    /// Event and its head, by event.
    heads: Vec<(i64, i64)>,
    /// Row of the head and row of the event, in order, where both stand in the chunk; made when first asked for.
    pairs: OnceLock<Vec<(u16, u16)>>,
}

impl Clone for Acts {
    fn clone(&self) -> Acts {
        Acts {
            heads: self.heads.clone(),
            pairs: self.pairs.clone(),
        }
    }
}

impl Acts {
    /// Rows may have moved.
    pub fn moved(&mut self) {
        self.pairs = OnceLock::new();
    }

    /// Sets the head of an event; nothing: it stands for itself.
    pub fn set(&mut self, event: i64, head: Option<i64>) {
        match (self.heads.binary_search_by_key(&event, |(event, _)| *event), head) {
            (Ok(at), Some(head)) => self.heads[at].1 = head,
            (Ok(at), None) => {
                self.heads.remove(at);
            }
            (Err(at), Some(head)) => self.heads.insert(at, (event, head)),
            (Err(_), None) => return,
        }
        self.moved();
    }

    /// Keeps the events below a place and gives the others.
    pub fn split(&mut self, from: i64) -> Acts {
        let at = self.heads.partition_point(|(event, _)| *event < from);
        let second = self.heads.split_off(at);
        self.moved();
        Acts {
            heads: second,
            pairs: OnceLock::new(),
        }
    }

    pub fn pairs(&self, ids: &[i64]) -> &[(u16, u16)] {
        self.pairs.get_or_init(|| {
            let row = |id: &i64| ids.binary_search(id).ok().and_then(|row| u16::try_from(row).ok());
            let both = self
                .heads
                .iter()
                .filter_map(|(event, head)| Some((row(head)?, row(event)?)));
            let mut pairs: Vec<(u16, u16)> = both.collect();
            pairs.sort_unstable();
            pairs
        })
    }

    /// The same in few bytes, where rows do not move any more.
    pub fn seal(&self, ids: &[i64]) -> SealedActs {
        let here = |id: &i64| ids.binary_search(id).is_ok();
        let apart = self
            .heads
            .iter()
            .filter(|(event, head)| !here(event) || !here(head));
        SealedActs {
            pairs: self.pairs(ids).into(),
            apart: apart.copied().collect(),
        }
    }

    /// Bytes that it takes beside itself.
    pub fn bytes(&self) -> usize {
        self.heads.capacity() * size_of::<(i64, i64)>()
            + size_of_val(self.pairs.get().map_or(&[][..], Vec::as_slice))
    }
}

/// Acts of rows that do not move.
pub(crate) struct SealedActs {
    pairs: Box<[(u16, u16)]>,
    /// Event and head, by event, where one of them does not stand in the chunk.
    apart: Box<[(i64, i64)]>,
}

impl SealedActs {
    /// Row of the head and row of the event, in order.
    pub fn pairs(&self) -> &[(u16, u16)] {
        &self.pairs
    }

    /// Ready to be changed.
    pub fn open(&self, ids: &[i64]) -> Acts {
        let id = |row: u16| ids[usize::from(row)];
        let mut heads: Vec<(i64, i64)> = self
            .pairs
            .iter()
            .map(|(head, row)| (id(*row), id(*head)))
            .collect();
        heads.extend_from_slice(&self.apart);
        heads.sort_unstable();
        Acts {
            heads,
            pairs: OnceLock::new(),
        }
    }

    /// Bytes that it takes beside itself.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.pairs) + size_of_val(&*self.apart)
    }
}

/// Takes out the rows whose head is among them too. An act that lies across two chunks stays as it is: two rows too
/// many in ten thousand.
pub(super) fn fold(pairs: &[(u16, u16)], bits: Arc<Bits>) -> Arc<Bits> {
    let under = |(head, row): &&(u16, u16)| bits.has(usize::from(*head)) && bits.has(usize::from(*row));
    let mut hidden = pairs.iter().filter(under).peekable();
    if hidden.peek().is_none() {
        drop(hidden);
        return bits;
    }
    // A head never has a head, so nothing that hides another is hidden itself.
    let mut folded = Bits::clone(&bits);
    for (_, row) in hidden {
        folded.unset(usize::from(*row));
    }
    Arc::new(folded)
}

/// The rows that stand under a row.
pub(super) fn under(pairs: &[(u16, u16)], head: usize) -> impl Iterator<Item = usize> {
    let at = |wanted: usize| pairs.partition_point(|(head, _)| usize::from(*head) < wanted);
    let range: Range<usize> = at(head)..at(head + 1);
    pairs[range].iter().map(|(_, row)| usize::from(*row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bits: &Bits) -> Vec<usize> {
        bits.rows().collect()
    }

    #[test]
    fn a_row_is_hidden_only_under_one_that_is_shown() {
        let ids = [10, 20, 30, 40, 50];
        let mut acts = Acts::default();
        acts.set(10, Some(20));
        acts.set(40, Some(20));
        acts.set(30, Some(99));
        let all = Arc::new(Bits::range(0..5));
        let mut without_head = Bits::clone(&all);
        without_head.unset(1);
        let without_head = Arc::new(without_head);
        let sealed = acts.seal(&ids);
        let again = sealed.open(&ids);
        assert_eq!(again.heads, acts.heads);
        for pairs in [acts.pairs(&ids), sealed.pairs(), again.pairs(&ids)] {
            assert_eq!(rows(&fold(pairs, all.clone())), [1, 2, 4]);
            assert_eq!(rows(&fold(pairs, without_head.clone())), [0, 2, 3, 4]);
            assert_eq!(under(pairs, 1).collect::<Vec<_>>(), [0, 3]);
            assert_eq!(under(pairs, 2).count(), 0);
        }
        acts.set(10, None);
        assert_eq!(rows(&fold(acts.pairs(&ids), all.clone())), [0, 1, 2, 4]);
        let second = acts.split(30);
        let first = Arc::new(Bits::range(0..2));
        assert_eq!(rows(&fold(acts.pairs(&ids[..2]), first)), [0, 1]);
        assert_eq!(second.heads, [(30, 99), (40, 20)]);
    }
}
