//! Counts of a chunk's rows by action, location and marks.

use super::{Bits, Chunk, Gate};
use nexwatch_store::Flags;

/// Marks in use, as a number below this.
const MARKS: usize = 1 << Flags::NAMES.len();

/// Counts that grow chunk by chunk. Each facet is counted without its own field.
pub(crate) struct Counts {
    pub total: u32,
    /// By number of the action.
    pub actions: Vec<u32>,
    /// By the columns' number of the location.
    pub locations: Vec<u32>,
    marks: Vec<u32>,
}

impl Counts {
    pub fn new(locations: usize) -> Counts {
        Counts {
            total: 0,
            actions: vec![0; 1 << 16],
            locations: vec![0; locations],
            marks: vec![0; MARKS],
        }
    }

    /// Events that bear a mark.
    pub fn marked(&self, mark: Flags) -> u32 {
        let having = self.marks.iter().enumerate();
        having
            .filter(|(marks, _)| *marks & usize::from(mark.0) != 0)
            .map(|(_, count)| count)
            .sum()
    }

    /// Adds some rows of a chunk.
    pub fn add(&mut self, chunk: &Chunk, bits: &Bits, gate: &Gate) {
        chunk.tally(bits, 0..chunk.len(), |kind, count| {
            let (action, location) = (gate.action(kind.action), gate.location(kind.location));
            let flags = gate.flags(kind.flags);
            let only = |so: bool| if so { count } else { 0 };
            self.total += only(action && location && flags);
            self.actions[usize::from(kind.action)] += only(location && flags);
            self.locations[kind.location as usize] += only(action && flags);
            self.marks[usize::from(kind.flags) % MARKS] += only(action && location);
        });
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Counts) {
        self.total += other.total;
        let columns = [
            (&mut self.actions, &other.actions),
            (&mut self.locations, &other.locations),
            (&mut self.marks, &other.marks),
        ];
        for (mine, others) in columns {
            mine.iter_mut()
                .zip(others)
                .for_each(|(mine, other)| *mine += other);
        }
    }
}
