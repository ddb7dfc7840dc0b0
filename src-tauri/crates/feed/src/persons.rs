//! Everyone the store knows, in memory: who fits a name, and who is suggested while one is typed.

use crate::names::{Wanted, fold};
use nexwatch_store::{Reader, StoreError};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Everyone the store knows: read once, then only what has come since.
#[derive(Default)]
pub(crate) struct Persons {
    list: Mutex<List>,
    /// Keys of those who have got a name since they were read. Apart, so that whoever tells of it never waits for a question.
    named: Mutex<Vec<u32>>,
}

/// Persons who fit a name, in the order in which they were first seen.
#[derive(Default)]
pub(crate) struct Fitting {
    /// Each name once, as it is compared.
    pub names: Vec<String>,
    /// The store's keys, each with the place of its name in the others.
    pub persons: Vec<(u32, usize)>,
}

/// Each visit has a visitor of its own, so the same name comes again and again: names are kept and looked through once each.
#[derive(Default)]
struct List {
    names: Names,
    /// Of each person the key; what else is known of somebody is read when it is shown.
    keys: Vec<u32>,
    /// Whose name is which.
    named: Vec<u32>,
    /// What was asked lately, newest first: the next page of a list does not look at every name again.
    asked: Vec<Asked>,
}

/// As they are compared, one after the other in one text, each with a line feed at its end: a `String` each would take more
/// than the names.
#[derive(Default)]
struct Names {
    text: String,
    ends: Vec<u32>,
    /// By hash; of two that share one, the later by the next that is free.
    at: FxHashMap<u32, u32>,
}

/// Who fits a name, of so many as were known.
struct Asked {
    wanted: Wanted,
    of: usize,
    keys: Vec<u32>,
}

/// Questions remembered.
const MOST: usize = 16;

/// Most keys that they may have together, beside the newest: 1 MiB.
const MOST_KEYS: usize = 1 << 18;

/// Up to here, those who have come since the last question are looked at one by one.
const FEW: usize = 256;

impl Persons {
    /// Reads who has come since the last look.
    pub fn learn(&self, reader: &Reader) -> Result<(), StoreError> {
        self.up_to_date(reader).map(drop)
    }

    /// Hears of persons without a name of their own for whom one was learnt; quick enough for the writer's thread.
    pub fn named(&self, keys: &[u32]) {
        if !keys.is_empty() {
            self.waiting().extend(keys);
        }
    }

    fn up_to_date(&self, reader: &Reader) -> Result<MutexGuard<'_, List>, StoreError> {
        let mut list = self.list.lock().map_err(|_| StoreError::Closed)?;
        let named = std::mem::take(&mut *self.waiting());
        if let Err(error) = list.rename(reader, &named) {
            // Whoever asks next finds them again.
            self.named(&named);
            return Err(error);
        }
        list.learn(reader)?;
        Ok(list)
    }

    /// Nothing in it can be left half done.
    fn waiting(&self) -> MutexGuard<'_, Vec<u32>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keys of everyone whose name fits.
    pub fn keys(&self, reader: &Reader, wanted: &Wanted) -> Result<Vec<u32>, StoreError> {
        Ok(self.up_to_date(reader)?.keys(wanted))
    }

    /// Everyone whose name fits.
    pub fn fitting(&self, reader: &Reader, wanted: &Wanted) -> Result<Fitting, StoreError> {
        Ok(self.up_to_date(reader)?.fitting(wanted))
    }
}

impl List {
    fn learn(&mut self, reader: &Reader) -> Result<(), StoreError> {
        let last = self.keys.last().copied().unwrap_or(0);
        reader.persons_after(last, &mut |key, person| self.push(key, &person.name))
    }

    /// Reads again how these are called; those that were not read yet are when their turn comes.
    fn rename(&mut self, reader: &Reader, keys: &[u32]) -> Result<(), StoreError> {
        for key in keys {
            let Ok(at) = self.keys.binary_search(key) else {
                continue;
            };
            if let Some(person) = reader.person(*key)?
                && let Some(named) = self.names.place(&person.name)
                && self.named[at] != named
            {
                self.named[at] = named;
                // They may fit now what they did not fit before.
                self.asked.clear();
            }
        }
        Ok(())
    }

    fn push(&mut self, key: u32, name: &str) {
        // After 4 GiB of names, whoever comes is found by id and by words.
        if let Some(named) = self.names.place(name) {
            self.keys.push(key);
            self.named.push(named);
        }
    }

    fn keys(&mut self, wanted: &Wanted) -> Vec<u32> {
        match self.asked.iter().position(|asked| asked.wanted == *wanted) {
            Some(at) => self.asked[..=at].rotate_right(1),
            None => {
                self.asked.truncate(MOST - 1);
                let new = Asked {
                    wanted: wanted.clone(),
                    of: 0,
                    keys: Vec::new(),
                };
                self.asked.insert(0, new);
            }
        }
        let asked = &mut self.asked[0];
        let new = self.named[asked.of..].iter().zip(&self.keys[asked.of..]);
        if new.len() <= FEW {
            let new = new.filter(|(named, _)| wanted.fits(self.names.get(**named)));
            asked.keys.extend(new.map(|(_, key)| *key));
        } else {
            let fit = self.names.fit(wanted);
            let new = new.filter(|(named, _)| fit[**named as usize]);
            asked.keys.extend(new.map(|(_, key)| *key));
        }
        asked.of = self.keys.len();
        let keys = asked.keys.clone();
        let mut all = 0;
        let remembered = self.asked.iter().take_while(|asked| {
            all += asked.keys.len();
            all <= MOST_KEYS
        });
        let remembered = remembered.count().max(1);
        self.asked.truncate(remembered);
        keys
    }

    fn fitting(&self, wanted: &Wanted) -> Fitting {
        let fit = self.names.fit(wanted);
        let mut fitting = Fitting::default();
        let mut places: FxHashMap<u32, usize> = FxHashMap::default();
        let rows = self.keys.iter().zip(&self.named);
        for (key, named) in rows.filter(|(_, named)| fit[**named as usize]) {
            let name = *places.entry(*named).or_insert_with(|| {
                fitting.names.push(self.names.get(*named).to_owned());
                fitting.names.len() - 1
            });
            fitting.persons.push((*key, name));
        }
        fitting
    }
}

impl Names {
    /// Where a name stands, put there if it is new; `None` when there is no room.
    fn place(&mut self, name: &str) -> Option<u32> {
        let name = fold(name);
        let mut hasher = FxHasher::default();
        hasher.write(name.as_bytes());
        let hash = hasher.finish();
        let mut hash = (hash ^ hash >> 32) as u32;
        while let Some(at) = self.at.get(&hash) {
            if self.get(*at) == name {
                return Some(*at);
            }
            hash = hash.wrapping_add(1);
        }
        let end = u32::try_from(self.text.len() + name.len() + 1).ok()?;
        let at = u32::try_from(self.ends.len()).ok()?;
        self.text.push_str(&name);
        self.text.push('\n');
        self.ends.push(end);
        self.at.insert(hash, at);
        Some(at)
    }

    fn get(&self, at: u32) -> &str {
        let at = at as usize;
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let line = &self.text[begin..self.ends[at] as usize];
        line.strip_suffix('\n').unwrap_or(line)
    }

    /// For each name, whether it fits.
    fn fit(&self, wanted: &Wanted) -> Vec<bool> {
        let mut fit = vec![false; self.ends.len()];
        wanted.among(&self.text, &self.ends, |at| fit[at] = true);
        fit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_that_comes_again_takes_no_room() {
        let mut list = List::default();
        (1..=1000).for_each(|key| list.push(key, ["José García", "ANA Lima", ""][key as usize % 3]));
        assert_eq!(list.names.ends.len(), 3);
        assert_eq!(list.keys(&Wanted::new("jose")).len(), 333);
        let fitting = list.fitting(&Wanted::new("garcia"));
        assert_eq!(fitting.names, ["jose garcia"]);
        assert_eq!(fitting.persons.len(), 333);
        assert_eq!(fitting.persons[0], (3, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Those who come in parts between the questions are found as if all had been there, and as by looking at each.
        #[test]
        fn who_fits_is_found_whenever_they_came(
            parts in prop::collection::vec(prop::collection::vec("(ana|Ána|lima|太郎|o'neil|x){1,2}( |-|\n)(ana|lima|y)?", 0..400), 1..4),
            typed in prop::sample::select(vec!["ana", "lima ana", "郎", "neil", "anal", "x", "nobody"]),
        ) {
            let wanted = Wanted::new(typed);
            let (mut list, mut all) = (List::default(), Vec::new());
            for part in parts {
                for name in part {
                    all.push(name);
                    list.push(all.len() as u32, &all[all.len() - 1]);
                }
                let fit: Vec<u32> = (1..).zip(&all).filter(|(_, name)| wanted.fits(&fold(name))).map(|(key, _)| key).collect();
                prop_assert_eq!(list.keys(&wanted), fit.clone());
                let fitting = list.fitting(&wanted);
                let keys: Vec<u32> = fitting.persons.iter().map(|(key, _)| *key).collect();
                prop_assert_eq!(keys, fit);
                for (key, name) in &fitting.persons {
                    prop_assert_eq!(&fitting.names[*name], &fold(&all[*key as usize - 1]));
                }
            }
        }
    }
}
