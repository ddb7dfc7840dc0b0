//! Everyone the store knows, in memory: who fits a name, and who is suggested while one is typed.

use crate::names::{Wanted, fold};
use nexwatch_nexudus::{Person, PersonKind};
use nexwatch_store::{Reader, StoreError};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::sync::Mutex;

/// Everyone the store knows: read once, then only what has come since.
#[derive(Default)]
pub(crate) struct Persons(Mutex<List>);

/// Persons who fit a name, in the order in which they were first seen.
#[derive(Default)]
pub(crate) struct Fitting {
    /// Each name once.
    pub names: Vec<Name>,
    pub persons: Vec<KnownPerson>,
}

/// As it came, and as it is compared.
pub(crate) struct Name {
    pub shown: String,
    pub folded: String,
}

/// One person under one name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownPerson {
    /// The store's.
    pub key: u32,
    pub kind: PersonKind,
    /// The platform's.
    pub id: Option<i64>,
    /// Which of [`Fitting::names`].
    pub name: usize,
}

/// Each visit has a visitor of its own, so the same name comes again and again: names are kept and looked through once each.
#[derive(Default)]
struct List {
    names: Names,
    /// A row for each person, column by column: as structs they would take half as much again.
    keys: Vec<u32>,
    kinds: Vec<PersonKind>,
    /// 0 is none.
    ids: Vec<i64>,
    named: Vec<u32>,
    /// What was asked lately, newest first: the next page of a list does not look at every name again.
    asked: Vec<Asked>,
}

/// One after the other in one text: a `String` each would take more than the names.
#[derive(Default)]
struct Names {
    shown: String,
    shown_ends: Vec<u32>,
    /// As compared, each with a line feed at its end.
    folded: String,
    folded_ends: Vec<u32>,
    /// By hash. Of two that share one, the later keeps the place, and the earlier may come a second time.
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
        self.0.lock().map_err(|_| StoreError::Closed)?.learn(reader)
    }

    /// The keys of everyone whose name fits.
    pub fn keys(&self, reader: &Reader, wanted: &Wanted) -> Result<Vec<u32>, StoreError> {
        let mut list = self.0.lock().map_err(|_| StoreError::Closed)?;
        list.learn(reader)?;
        Ok(list.keys(wanted))
    }

    /// Everyone whose name fits.
    pub fn fitting(&self, reader: &Reader, wanted: &Wanted) -> Result<Fitting, StoreError> {
        let mut list = self.0.lock().map_err(|_| StoreError::Closed)?;
        list.learn(reader)?;
        Ok(list.fitting(wanted))
    }
}

impl List {
    fn learn(&mut self, reader: &Reader) -> Result<(), StoreError> {
        let last = self.keys.last().copied().unwrap_or(0);
        reader.persons_after(last, &mut |key, person| self.push(key, &person))
    }

    fn push(&mut self, key: u32, person: &Person) {
        // After 4 GiB of names, whoever comes is found by id and by words.
        if let Some(named) = self.names.place(&person.name) {
            self.keys.push(key);
            self.kinds.push(person.kind);
            self.ids.push(person.id.unwrap_or(0));
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
            let new = new.filter(|(named, _)| wanted.fits(self.names.folded(**named)));
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
        for (row, named) in self.named.iter().enumerate() {
            if !fit[*named as usize] {
                continue;
            }
            let name = *places.entry(*named).or_insert_with(|| {
                fitting.names.push(Name {
                    shown: self.names.shown(*named).to_owned(),
                    folded: self.names.folded(*named).to_owned(),
                });
                fitting.names.len() - 1
            });
            fitting.persons.push(KnownPerson {
                key: self.keys[row],
                kind: self.kinds[row],
                id: (self.ids[row] != 0).then_some(self.ids[row]),
                name,
            });
        }
        fitting
    }
}

impl Names {
    /// Where a name stands, put there if it is new; `None` when there is no room.
    fn place(&mut self, name: &str) -> Option<u32> {
        let mut hasher = FxHasher::default();
        hasher.write(name.as_bytes());
        let hash = hasher.finish();
        let hash = (hash ^ hash >> 32) as u32;
        if let Some(at) = self.at.get(&hash)
            && self.shown(*at) == name
        {
            return Some(*at);
        }
        let folded = fold(name);
        let shown_end = u32::try_from(self.shown.len() + name.len()).ok()?;
        let folded_end = u32::try_from(self.folded.len() + folded.len() + 1).ok()?;
        let at = u32::try_from(self.shown_ends.len()).ok()?;
        self.shown.push_str(name);
        self.folded.push_str(&folded);
        self.folded.push('\n');
        self.shown_ends.push(shown_end);
        self.folded_ends.push(folded_end);
        self.at.insert(hash, at);
        Some(at)
    }

    fn shown(&self, at: u32) -> &str {
        part(&self.shown, &self.shown_ends, at as usize)
    }

    fn folded(&self, at: u32) -> &str {
        let line = part(&self.folded, &self.folded_ends, at as usize);
        line.strip_suffix('\n').unwrap_or(line)
    }

    /// For each name, whether it fits.
    fn fit(&self, wanted: &Wanted) -> Vec<bool> {
        let mut fit = vec![false; self.folded_ends.len()];
        wanted.among(&self.folded, &self.folded_ends, |at| fit[at] = true);
        fit
    }
}

fn part<'t>(text: &'t str, ends: &[u32], at: usize) -> &'t str {
    let begin = at.checked_sub(1).map_or(0, |before| ends[before] as usize);
    &text[begin..ends[at] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn add(list: &mut List, key: u32, name: &str) {
        list.push(
            key,
            &Person {
                kind: PersonKind::Visitor,
                id: (!key.is_multiple_of(3)).then_some(i64::from(key)),
                name: name.to_owned(),
            },
        );
    }

    #[test]
    fn a_name_that_comes_again_takes_no_room() {
        let mut list = List::default();
        (1..=1000).for_each(|key| add(&mut list, key, ["José García", "Ana Lima", ""][key as usize % 3]));
        assert_eq!(list.names.shown_ends.len(), 3);
        assert_eq!(list.keys(&Wanted::new("jose")).len(), 333);
        let fitting = list.fitting(&Wanted::new("garcia"));
        assert_eq!(fitting.names.len(), 1);
        assert_eq!(fitting.names[0].shown, "José García");
        assert_eq!(fitting.names[0].folded, "jose garcia");
        assert_eq!(fitting.persons.len(), 333);
        assert_eq!((fitting.persons[0].key, fitting.persons[0].id), (3, None));
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
                    add(&mut list, all.len() as u32, &all[all.len() - 1]);
                }
                let fit: Vec<u32> = (1..).zip(&all).filter(|(_, name)| wanted.fits(&fold(name))).map(|(key, _)| key).collect();
                prop_assert_eq!(list.keys(&wanted), fit.clone());
                let fitting = list.fitting(&wanted);
                let keys: Vec<u32> = fitting.persons.iter().map(|person| person.key).collect();
                prop_assert_eq!(keys, fit);
                for person in &fitting.persons {
                    prop_assert_eq!(&fitting.names[person.name].shown, &all[person.key as usize - 1]);
                }
            }
        }
    }
}
