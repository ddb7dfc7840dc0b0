//! Letter by letter.

use std::collections::VecDeque;
use std::iter::Map;
use std::str::Chars;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{Decompositions, Recompositions, UnicodeNormalization};

/// Vowels of New Tai Lue became letters only after the index was written.
const YOUNGER: std::ops::RangeInclusive<char> = '\u{19b0}'..='\u{19c9}';
/// Which stand-ins they have; and which have the two sound marks of kana where there is no letter that has them.
const FOR_YOUNGER: u32 = 0x1810;
const SOUNDS: u32 = 0x1800;
/// Where stand-ins begin: letters of nobody's, that the index takes for letters.
const LETTER: u32 = 0xe000;
/// Signs that have one: vowels and tones of Syriac, Thaana, Indic scripts, Thai, Lao, Burmese and Khmer.
const SIGNS: std::ops::RangeInclusive<char> = '\u{700}'..='\u{17ff}';

/// A text's folded letters.
pub(super) struct Letters<'t> {
    rest: Recompositions<Stripped<'t>>,
    /// What one letter has become.
    ready: VecDeque<char>,
}

impl<'t> Letters<'t> {
    pub fn of(text: &'t str) -> Letters<'t> {
        let plain = Stripped {
            rest: text.chars().map(unmarked as fn(char) -> char).nfkd(),
            last: ' ',
            ready: VecDeque::new(),
        };
        Letters {
            // What is no accent belongs to its letter: the parts of a Korean syllable, the sound marks of kana.
            rest: plain.nfc(),
            ready: VecDeque::new(),
        }
    }
}

impl Iterator for Letters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.ready.pop_front() {
            return Some(c);
        }
        let c = self.rest.next()?;
        match plain(c) {
            Some(letters) => {
                self.ready.extend(letters.chars());
                self.next()
            }
            None => Some(sign(c)),
        }
    }
}

/// Letters that are a sign and no part of the word before them.
fn unmarked(c: char) -> char {
    match c {
        '™' | '℠' => ' ',
        c => c,
    }
}

type Unmarked<'t> = Map<Chars<'t>, fn(char) -> char>;

/// Letters in lower case, without accents, taken apart.
struct Stripped<'t> {
    rest: Decompositions<Unmarked<'t>>,
    last: char,
    ready: VecDeque<char>,
}

impl Iterator for Stripped<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            if let Some(c) = self.ready.pop_front() {
                return Some(c);
            }
            let c = self.rest.next()?;
            // й and ў are letters of their own.
            let own = c == '\u{306}' && matches!(self.last, 'и' | 'у');
            if is_left_out(c) && !own {
                continue;
            }
            if c.is_ascii() {
                self.last = c.to_ascii_lowercase();
                return Some(self.last);
            }
            // The lower case of a letter may have a mark of its own (İ).
            let lower = c.to_lowercase().filter(|c| own || !is_left_out(*c));
            self.ready.extend(lower);
            self.last = self.ready.back().copied().unwrap_or(c);
        }
    }
}

/// A letter or digit to the index: letters in circles and squares are none.
pub(super) fn is_letter(c: char) -> bool {
    let shape = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}');
    let younger = YOUNGER.contains(&c) || matches!(c, '\u{1cf2}' | '\u{1cf3}');
    (c.is_alphanumeric() && !is_combining_mark(c) && !shape && !younger) || is_stand_in(c)
}

fn is_stand_in(c: char) -> bool {
    let stands = (c as u32).wrapping_sub(LETTER);
    (*SIGNS.start() as u32..SOUNDS + 2).contains(&stands) || (FOR_YOUNGER..FOR_YOUNGER + 32).contains(&stands)
}

/// The letter that stands in the index for a sign that it would cut words at.
fn stand_in(sign: u32) -> char {
    char::from_u32(LETTER + sign).unwrap_or(' ')
}

/// Signs that the index would cut words at get a letter in their place. What is no letter here is none to the index either,
/// however many Unicode has made since it was written; nor are nobody's letters.
fn sign(c: char) -> char {
    match c {
        '\u{3099}' | '\u{309a}' => stand_in(SOUNDS + (c as u32 - 0x3099)),
        '\u{e000}'..='\u{f8ff}' => ' ',
        c if YOUNGER.contains(&c) => stand_in(FOR_YOUNGER + (c as u32 - *YOUNGER.start() as u32)),
        c if SIGNS.contains(&c) && is_combining_mark(c) => stand_in(c as u32),
        c if c.is_ascii() || is_letter(c) => c,
        _ => ' ',
    }
}

/// Scripts that put no space between words, and Korean, which hangs its small words on to others.
pub(super) fn runs_on(c: char) -> bool {
    let c = match (c as u32).wrapping_sub(LETTER) {
        sound @ SOUNDS..FOR_YOUNGER if is_stand_in(c) => sound - SOUNDS + 0x3099,
        sign if is_stand_in(c) => sign,
        _ => c as u32,
    };
    matches!(c, 0xe01..=0xe3a | 0xe40..=0xe4e | 0xe81..=0xece | 0xedc..=0xedf | 0x1000..=0x103f | 0x1050..=0x108f | 0x1780..=0x17d3 |
        0x3005..=0x3007 | 0x3031..=0x3035 | 0x303b | 0x3041..=0x3096 | 0x3099 | 0x309a | 0x309d..=0x309f | 0x30a1..=0x30fa |
        0x30fc..=0x30ff | 0x3105..=0x312f | 0x31a0..=0x31bf | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97c |
        0xac00..=0xd7fb | 0x1100..=0x11ff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Marks that are left out when people type: accents of Latin, Greek and Cyrillic letters, Hebrew and Arabic points; and
/// what only tells how to break or to turn a line.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' |
        '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' |
        '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' |
        '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | '\u{fe00}'..='\u{fe0f}' |
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' |
        '\u{feff}')
}

/// Letters that are no letter with an accent but are typed as one where the keyboard lacks them, and digits of other scripts.
fn plain(c: char) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let digit = |zero: char| DIGITS.get((c as u32).wrapping_sub(zero as u32) as usize).copied();
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ı' => "i",
        'ς' => "σ",
        'ґ' => "г",
        // Written one way or the other by hand: alef maksura and yeh, teh marbuta and heh; Persian keyboards have their own.
        'ى' | 'ی' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        '\u{660}'..='\u{669}' => digit('\u{660}')?,
        '\u{6f0}'..='\u{6f9}' => digit('\u{6f0}')?,
        '\u{966}'..='\u{96f}' => digit('\u{966}')?,
        '\u{e50}'..='\u{e59}' => digit('\u{e50}')?,
        _ => return None,
    })
}

/// Characters that the index itself treats as this does: most texts have no others. A test holds it to that.
pub(super) fn is_plain(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => true,
        'æ' | 'Æ' | 'ø' | 'Ø' | 'ß' | 'ð' | 'Ð' | 'þ' | 'Þ' | 'đ' | 'Đ' | 'ħ' | 'Ħ' | 'ı' | 'İ' | 'ĸ'
        | 'ł' | 'Ł' | 'ŋ' | 'Ŋ' | 'œ' | 'Œ' | 'ŧ' | 'Ŧ' | 'Ĳ' | 'ĳ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'ſ' => {
            false
        }
        '\u{c0}'..='\u{17f}' => true,
        // Spaces, quotes, dashes, dots, arrows and signs of money.
        '\u{a0}' | '\u{a1}' | '\u{a3}' | '\u{a7}' | '\u{a9}' | '\u{ab}' | '\u{b0}' | '\u{b7}' | '\u{bb}'
        | '\u{bf}' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}' | '\u{2039}' | '\u{203a}' | '€' | '\u{2190}'..='\u{21ff}' => {
            true
        }
        _ => false,
    }
}
