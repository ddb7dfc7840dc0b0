//! Names as a person types them: without accents or case, words in any order.

use nexwatch_nexudus::PersonKind;
use nexwatch_store::{Reader, StoreError};
use std::sync::Mutex;
use unicode_normalization::UnicodeNormalization;

/// A text for comparing: compatibility forms (full-width letters, ligatures) as plain ones, no accents, no case.
/// Vowel signs of Indic scripts are letters, not accents, and stay.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_accent(*c)) {
        for c in c.to_lowercase().filter(|c| !is_accent(*c)) {
            match plain(c) {
                Some(letters) => out.push_str(letters),
                None => out.push(c),
            }
        }
    }
    out
}

/// Marks that are left out when people type: Latin, Greek and Cyrillic accents, Hebrew and Arabic points.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' |
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' |
        '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters that are no letter with an accent but are typed as one where the keyboard lacks them.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        '’' | '‘' | 'ʼ' => "'",
        _ => return None,
    })
}

/// Scripts that put no space between words: there a part is found anywhere.
pub(crate) fn runs_on(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' |
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words of a name as asked for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wanted(Vec<String>);

impl Wanted {
    pub fn new(name: &str) -> Wanted {
        Wanted(fold(name).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether there is no word in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word begins a word of a folded name.
    pub fn fits(&self, folded: &str) -> bool {
        self.0.iter().all(|word| begins_a_word(folded, word))
    }
}

fn begins_a_word(name: &str, part: &str) -> bool {
    let anywhere = part.starts_with(runs_on);
    name.match_indices(part).any(|(at, _)| {
        anywhere
            || name[..at]
                .chars()
                .next_back()
                .is_none_or(|before| !before.is_alphanumeric())
    })
}

/// One person under one name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownPerson<'p> {
    /// The store's.
    pub key: u32,
    pub kind: PersonKind,
    /// The platform's.
    pub id: Option<i64>,
    pub name: &'p str,
    pub folded: &'p str,
}

/// Everyone the store knows: read at the first question about a name, then only what has come since.
#[derive(Default)]
pub(crate) struct Persons(Mutex<List>);

#[derive(Default)]
struct List {
    text: String,
    entries: Vec<Entry>,
    /// What was asked lately, newest first: the next page of a list does not look at every name again.
    asked: Vec<Fitting>,
}

/// Who fits a name, of so many as were known.
struct Fitting {
    wanted: Wanted,
    of: usize,
    keys: Vec<u32>,
}

/// Questions remembered.
const MOST: usize = 16;

/// Most keys that they may have together, beside the newest: 1 MiB.
const MOST_KEYS: usize = 1 << 18;

/// Names stand one after the other in one text: a `String` each would take more than the names.
struct Entry {
    key: u32,
    kind: PersonKind,
    id: i64,
    name: u32,
    folded: u32,
    end: u32,
}

impl Persons {
    /// The keys of everyone whose name fits.
    pub fn keys(&self, reader: &Reader, wanted: &Wanted) -> Result<Vec<u32>, StoreError> {
        let Ok(mut list) = self.0.lock() else {
            return Err(StoreError::Closed);
        };
        list.learn(reader)?;
        let List { text, entries, asked } = &mut *list;
        match asked.iter().position(|known| known.wanted == *wanted) {
            Some(at) => asked[..=at].rotate_right(1),
            None => {
                asked.truncate(MOST - 1);
                let new = Fitting {
                    wanted: wanted.clone(),
                    of: 0,
                    keys: Vec::new(),
                };
                asked.insert(0, new);
            }
        }
        let fitting = &mut asked[0];
        for entry in &entries[fitting.of..] {
            if wanted.fits(&text[entry.folded as usize..entry.end as usize]) {
                fitting.keys.push(entry.key);
            }
        }
        fitting.of = entries.len();
        let keys = fitting.keys.clone();
        let mut all = 0;
        let fits = asked.iter().take_while(|known| {
            all += known.keys.len();
            all <= MOST_KEYS
        });
        let fits = fits.count().max(1);
        asked.truncate(fits);
        Ok(keys)
    }

    /// Goes through everyone, in the order in which they were first seen.
    pub fn each(&self, reader: &Reader, mut each: impl FnMut(KnownPerson)) -> Result<(), StoreError> {
        let Ok(mut list) = self.0.lock() else {
            return Err(StoreError::Closed);
        };
        list.learn(reader)?;
        for entry in &list.entries {
            each(KnownPerson {
                key: entry.key,
                kind: entry.kind,
                id: (entry.id != 0).then_some(entry.id),
                name: &list.text[entry.name as usize..entry.folded as usize],
                folded: &list.text[entry.folded as usize..entry.end as usize],
            });
        }
        Ok(())
    }
}

impl List {
    fn learn(&mut self, reader: &Reader) -> Result<(), StoreError> {
        let last = self.entries.last().map_or(0, |entry| entry.key);
        let at = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        reader.persons_after(last, &mut |key, person| {
            let name = at(&self.text);
            self.text.push_str(&person.name);
            let folded = at(&self.text);
            self.text.push_str(&fold(&person.name));
            let end = at(&self.text);
            if end == u32::MAX {
                // 4 GiB of names: whoever comes after is found by id and by words.
                self.text.truncate(name as usize);
                return;
            }
            self.entries.push(Entry {
                key,
                kind: person.kind,
                id: person.id.unwrap_or(0),
                name,
                folded,
                end,
            });
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_forms_do_not_matter() {
        for (typed, name) in [
            ("jose", "José"),
            ("JOSÉ garcia", "García Núñez, José"),
            ("lukasz", "Łukasz Żółć"),
            ("strasse", "Straße"),
            ("oyvind", "Øyvind Æsir"),
            ("istanbul", "İSTANBUL"),
            ("οδυσσευς", "ΟΔΥΣΣΕΎΣ"),
            ("o'brien", "Siobhán O’Brien"),
            ("ＡＮＡ", "ana lima"),
            ("محمد", "مُحَمَّد"),
            ("שלום", "שָׁלוֹם"),
            ("太郎", "山田太郎"),
            ("smith", "Ana-Smith"),
            ("किरण", "किरण राव"),
        ] {
            assert!(Wanted::new(typed).fits(&fold(name)), "{typed} {name}");
        }
        for (typed, name) in [
            ("ana", "Diana"),
            ("ana lima", "Ana Sousa"),
            ("करण", "किरण"),
            ("x", ""),
        ] {
            assert!(!Wanted::new(typed).fits(&fold(name)), "{typed} {name}");
        }
    }

    #[test]
    fn folding_a_folded_name_changes_nothing() {
        for name in ["Zoë", "ŁÓDŹ", "ﬁ", "한국어", "ｱﾅ", "Ǆ", "ŉ", "İ"] {
            assert_eq!(fold(&fold(name)), fold(name), "{name}");
        }
    }
}
