//! Entries that wait for their index.
//!
//! What comes in no order would have a page of its index written for each entry. So entries wait until there are some
//! thousand of them, and are entered in the order of the index: neighbours share a page. Not all at once, because whoever
//! waits for that transaction would wait for all of it: it is the turn of the next slice with each transaction, in step
//! with those that gather meanwhile.

/// So many are entered at a time at least: fewer would hardly be neighbours.
const SLICE: usize = 64;

/// Entries that wait, and those whose turn it is.
pub(crate) struct Turn<T> {
    /// In order of arrival; those of the transaction under way are the last.
    gathered: Vec<T>,
    /// Those whose turn it is, in the order of the index.
    turn: Vec<T>,
    /// So many of those are entered.
    entered: usize,
    /// Up to where those go that have their turn, in the caller's own count.
    end: i64,
    /// So many gather before it is their turn.
    together: usize,
    /// They are entered in one go.
    at_once: bool,
}

/// A slice to be entered in a transaction.
pub(crate) struct Slice<'t, T> {
    /// In the order of the index.
    pub entries: &'t [T],
    /// With it all up to there are entered.
    pub completes: Option<i64>,
}

impl<T: Copy + Ord> Turn<T> {
    /// Goes on with those that waited when the program ended, up to this end. If they are many they are entered in one go: with
    /// an end of the program in each turn they would become ever more.
    pub fn new(together: usize, waited: Vec<T>, end: i64) -> Turn<T> {
        let mut turn = Turn {
            gathered: waited,
            turn: Vec::new(),
            entered: 0,
            end: 0,
            together: together.max(1),
            at_once: true,
        };
        turn.begin(end);
        turn
    }

    /// It is the turn of those that have gathered, if they are enough.
    fn begin(&mut self, end: i64) {
        if self.gathered.len() >= self.together {
            self.take_turn(end);
            // A crowd that came with one transaction would wait for days, in step with what comes after it.
            self.at_once |= self.turn.len() > 2 * self.together;
        }
    }

    fn take_turn(&mut self, end: i64) {
        self.turn = std::mem::take(&mut self.gathered);
        self.turn.sort_unstable();
        self.end = end;
    }

    /// All whose turn it is are to be entered with the next transaction; if there are none, all that have gathered up to
    /// this end. There must be no transaction under way.
    pub fn hurry(&mut self, end: i64) {
        self.at_once = true;
        if self.turn.is_empty() {
            self.take_turn(end);
        }
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.gathered.len() + self.turn.len() - self.entered
    }

    /// One more waits.
    pub fn add(&mut self, entry: T) {
        self.gathered.push(entry);
    }

    /// Takes back the newest that waits if it is as told: its transaction was rolled back.
    pub fn take_back_if(&mut self, is: impl FnOnce(&T) -> bool) -> Option<T> {
        self.gathered.pop_if(|entry| is(entry))
    }

    /// How many have gathered since the last turn began.
    #[cfg(test)]
    pub fn gathered(&self) -> usize {
        self.gathered.len()
    }

    /// What is to be entered in the transaction under way. All whose turn it is are entered by the time that as many as
    /// make a turn have gathered.
    pub fn slice(&self) -> Slice<'_, T> {
        let share = self.gathered.len().min(self.together);
        let wanted = match self.at_once {
            true => self.turn.len(),
            false => self.turn.len() * share / self.together,
        };
        let (all, few) = (wanted == self.turn.len(), wanted < self.entered + SLICE);
        let wanted = if few && !all { self.entered } else { wanted };
        Slice {
            entries: &self.turn[self.entered..wanted],
            completes: (all && !self.turn.is_empty()).then_some(self.end),
        }
    }

    /// The slice of so many is entered, and its transaction is committed; all up to `end` are kept by now. Gives those that
    /// need not be remembered any more.
    pub fn committed(&mut self, slice: usize, end: i64) -> Vec<T> {
        self.entered += slice;
        if self.entered < self.turn.len() {
            return Vec::new();
        }
        (self.entered, self.at_once) = (0, false);
        let done = std::mem::take(&mut self.turn);
        self.begin(end);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One transaction with so many; what was entered, and up to where all are.
    fn transaction(turn: &mut Turn<i64>, new: &[i64], end: i64) -> (Vec<i64>, Option<i64>, Vec<i64>) {
        for entry in new {
            turn.add(*entry);
        }
        let slice = turn.slice();
        let (entries, completes) = (slice.entries.to_vec(), slice.completes);
        let done = turn.committed(entries.len(), end);
        (entries, completes, done)
    }

    #[test]
    fn slices_go_in_order_and_in_step_with_what_gathers() {
        let mut turn = Turn::new(1_000, Vec::new(), 0);
        let first: Vec<i64> = (0..1_000).rev().collect();
        assert_eq!(transaction(&mut turn, &first[..999], 1), (vec![], None, vec![]));
        assert_eq!(
            transaction(&mut turn, &first[999..], 2),
            (vec![], None, vec![]),
            "their turn begins after it"
        );
        let mut entered = Vec::new();
        for n in 0..1_000 {
            assert!(n - (entered.len() as i64) < SLICE as i64, "they keep step");
            let (slice, completes, done) = transaction(&mut turn, &[5_000 - n], 3 + n);
            assert!(slice.is_empty() || slice.len() >= SLICE || completes.is_some());
            entered.extend(slice);
            let last = n == 999;
            assert_eq!(completes, last.then_some(2));
            assert_eq!(done.len(), if last { 1_000 } else { 0 });
        }
        assert_eq!(entered, (0..1_000).collect::<Vec<_>>());
        // Those that gathered have their turn, up to the last transaction's end.
        let (slice, completes, _) = transaction(&mut turn, &first, 2_000);
        assert_eq!((slice.len(), completes), (1_000, Some(1_002)));
        assert_eq!(slice[0], 4_001);
    }

    #[test]
    fn a_crowd_waits_for_one_transaction_more_at_most() {
        let mut turn = Turn::new(2, Vec::new(), 0);
        let crowd = [9, 8, 7, 6, 5];
        assert_eq!(transaction(&mut turn, &crowd, 1), (vec![], None, vec![]));
        let all = vec![5, 6, 7, 8, 9];
        assert_eq!(transaction(&mut turn, &[4], 2), (all.clone(), Some(1), all));
        // As many as make a turn go in step again.
        assert_eq!(transaction(&mut turn, &[3], 3), (vec![], None, vec![]));
        let nothing = transaction(&mut turn, &[], 3);
        assert_eq!(nothing, (vec![], None, vec![]), "nothing has gathered");
        assert_eq!(transaction(&mut turn, &[1, 2], 4).0, [3, 4]);
    }

    #[test]
    fn few_are_entered_where_there_is_time() {
        let mut turn = Turn::new(100, Vec::new(), 0);
        assert_eq!(transaction(&mut turn, &[2, 1], 1), (vec![], None, vec![]));
        turn.hurry(1);
        assert_eq!((turn.len(), turn.gathered()), (2, 0));
        let all = vec![1, 2];
        assert_eq!(transaction(&mut turn, &[], 1), (all.clone(), Some(1), all));
        let after = transaction(&mut turn, &[3], 2);
        assert_eq!(after, (vec![], None, vec![]), "in step again");
        assert_eq!(turn.len(), 1);
    }

    #[test]
    fn those_that_waited_when_the_program_ended_are_entered_in_one_go() {
        let mut turn = Turn::new(1_000, vec![3, 2, 1], 7);
        assert_eq!(transaction(&mut turn, &[4], 8), (vec![], None, vec![]), "too few");
        let many: Vec<i64> = (0..1_000).collect();
        let mut turn = Turn::new(1_000, many.clone(), 7);
        assert_eq!(transaction(&mut turn, &[4], 8), (many.clone(), Some(7), many));
    }

    #[test]
    fn what_is_rolled_back_is_taken_back() {
        let mut turn = Turn::new(100, Vec::new(), 0);
        turn.add(1);
        turn.add(2);
        assert_eq!(turn.take_back_if(|entry| *entry > 1), Some(2));
        assert_eq!(turn.take_back_if(|entry| *entry > 1), None);
        assert_eq!(turn.gathered(), 1);
    }
}
