//! Names as a person types them: without accents or case, words in any order.

use memchr::memmem::Finder;
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

/// The words of a name as asked for, the longest first: it is the rarest, as a rule.
#[derive(Clone)]
pub(crate) struct Wanted(Vec<Word>);

#[derive(Clone)]
struct Word {
    text: String,
    /// Whether it may stand in the middle of a word.
    anywhere: bool,
    /// Made once: a question looks through many names.
    finder: Finder<'static>,
}

impl Wanted {
    pub fn new(name: &str) -> Wanted {
        let mut words: Vec<Word> = fold(name).split_whitespace().map(Word::new).collect();
        words.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        words.dedup_by(|a, b| a.text == b.text);
        Wanted(words)
    }

    /// Whether there is no word in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word begins a word of a folded name.
    pub fn fits(&self, folded: &str) -> bool {
        self.0.iter().all(|word| word.in_name(folded))
    }

    /// Which of many folded names fit, in order. They stand in one text, each with a line feed at its end; `ends` are the
    /// places behind those. The text is gone through once, which is several times faster than name by name.
    pub fn among(&self, text: &str, ends: &[u32], mut fits: impl FnMut(usize)) {
        let Some((first, others)) = self.0.split_first() else {
            return (0..ends.len()).for_each(fits);
        };
        let (mut at, mut next) = (0, 0);
        while let Some(found) = first.next(text, at) {
            // A word has no white space in it: what is found lies within one name.
            let (mut low, mut reach) = (next, 1);
            while ends
                .get(low + reach - 1)
                .is_some_and(|end| *end as usize <= found)
            {
                low += reach;
                reach *= 2;
            }
            let high = (low + reach).min(ends.len());
            next = low + ends[low..high].partition_point(|end| *end as usize <= found);
            let Some(end) = ends.get(next).map(|end| *end as usize) else {
                return;
            };
            let begin = next.checked_sub(1).map_or(0, |before| ends[before] as usize);
            if others.iter().all(|word| word.in_name(&text[begin..end])) {
                fits(next);
            }
            next += 1;
            at = end;
        }
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Wanted) -> bool {
        let texts = |wanted: &Wanted| wanted.0.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        texts(self) == texts(other)
    }
}

impl Word {
    fn new(text: &str) -> Word {
        Word {
            text: text.to_owned(),
            anywhere: text.starts_with(runs_on),
            finder: Finder::new(text).into_owned(),
        }
    }

    fn in_name(&self, name: &str) -> bool {
        self.next(name, 0).is_some()
    }

    /// Where it begins a word of the text, at or behind a place.
    fn next(&self, text: &str, mut at: usize) -> Option<usize> {
        loop {
            let found = at + self.finder.find(&text.as_bytes()[at..])?;
            let before = text[..found].chars().next_back();
            if self.anywhere || before.is_none_or(|before| !before.is_alphanumeric()) {
                return Some(found);
            }
            at = found + text[found..].chars().next().map_or(1, char::len_utf8);
        }
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
    fn of_many_names_those_are_found_that_fit_one_by_one() {
        let names = [
            "Ana Lima",
            "",
            "Diana Sousa",
            "Lima, Ana",
            "Ana-Smith",
            "two\nlines ana",
            "山田太郎",
            "ana",
            "Anatol Lima",
            "ana",
            "X Ana",
        ];
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let (mut text, mut ends) = (String::new(), Vec::new());
        for name in &folded {
            text.push_str(name);
            text.push('\n');
            ends.push(text.len() as u32);
        }
        for typed in [
            "ana", "lima ana", "太郎", "smith", "lines", "an a", "nobody", "ana ana", "x",
        ] {
            let wanted = Wanted::new(typed);
            let mut found = Vec::new();
            wanted.among(&text, &ends, |at| found.push(at));
            let one_by_one: Vec<usize> = (0..names.len()).filter(|at| wanted.fits(&folded[*at])).collect();
            assert_eq!(found, one_by_one, "{typed}");
        }
    }

    #[test]
    fn folding_a_folded_name_changes_nothing() {
        for name in ["Zoë", "ŁÓDŹ", "ﬁ", "한국어", "ｱﾅ", "Ǆ", "ŉ", "İ"] {
            assert_eq!(fold(&fold(name)), fold(name), "{name}");
        }
    }
}
