//! Counts of a chunk's rows by action, location and marks.

use super::{Bits, Chunk, Gate};
use nexwatch_store::Flags;

/// Marks in use, as a number below this.
const MARKS: usize = 1 << Flags::NAMES.len();

/// Counts of all rows of one chunk, without those that are 0.
pub(crate) struct Whole {
    actions: Vec<(u16, u32)>,
    locations: Vec<(u32, u32)>,
    marks: Vec<(u16, u32)>,
}

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
        if gate.is_open() && bits.count() as usize == chunk.len() {
            self.add_whole(chunk);
            return;
        }
        let (actions, locations, flags) = (chunk.actions(), chunk.locations(), chunk.flags());
        for row in bits.rows() {
            let (action, location, marks) = (actions[row], locations[row], flags[row]);
            let (a, l, f) = (gate.action(action), gate.location(location), gate.flags(marks));
            self.total += u32::from(a && l && f);
            self.actions[usize::from(action)] += u32::from(l && f);
            self.locations[location as usize] += u32::from(a && f);
            self.marks[usize::from(marks) % MARKS] += u32::from(a && l);
        }
    }

    /// Adds all rows of a chunk, which are counted once for good.
    fn add_whole(&mut self, chunk: &Chunk) {
        let whole = chunk.whole(|| {
            let mut counts = Counts::new(
                chunk
                    .locations()
                    .iter()
                    .max()
                    .map_or(0, |last| *last as usize + 1),
            );
            for ((action, location), marks) in
                chunk.actions().iter().zip(chunk.locations()).zip(chunk.flags())
            {
                counts.actions[usize::from(*action)] += 1;
                counts.locations[*location as usize] += 1;
                counts.marks[usize::from(*marks) % MARKS] += 1;
            }
            Whole {
                actions: some(&counts.actions),
                locations: some(&counts.locations),
                marks: some(&counts.marks),
            }
        });
        self.total += chunk.len() as u32;
        for (action, count) in &whole.actions {
            self.actions[usize::from(*action)] += count;
        }
        for (location, count) in &whole.locations {
            self.locations[*location as usize] += count;
        }
        for (marks, count) in &whole.marks {
            self.marks[usize::from(*marks)] += count;
        }
    }
}

/// What is not 0, by number.
fn some<N: TryFrom<usize>>(counts: &[u32]) -> Vec<(N, u32)> {
    let all = counts.iter().enumerate();
    all.filter(|(_, count)| **count > 0)
        .filter_map(|(number, count)| Some((N::try_from(number).ok()?, *count)))
        .collect()
}
