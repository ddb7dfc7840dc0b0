//! Text of strangers made fit to stand in a line.

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 300;
/// Longest sentence, in characters.
pub const LONGEST_SENTENCE: usize = 600;
/// Longest text given to the search of one event, in bytes.
pub const LONGEST_WORDS: usize = 4096;

/// Characters that would turn or hide what stands beside them: direction overrides and isolates, zero-width
/// spaces and the byte-order mark. The joiners of Arabic, Indic scripts and emoji stay.
fn disturbs(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// One line of a text: white space collapsed, controls and direction marks taken out, cut with an ellipsis at
/// `longest` characters. Nothing if nothing is left.
pub fn line(text: &str, longest: usize) -> Option<String> {
    let mut out = String::with_capacity(text.len().min(longest.saturating_mul(4)));
    let (mut count, mut gap) = (0, false);
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if disturbs(c) {
            continue;
        }
        if count + usize::from(gap) >= longest {
            out.push('…');
            break;
        }
        if gap {
            out.push(' ');
            count += 1;
            gap = false;
        }
        out.push(c);
        count += 1;
    }
    (!out.is_empty()).then_some(out)
}

/// A text cut to at most `longest` bytes, at a character.
pub fn cut(text: &mut String, longest: usize) {
    if text.len() > longest {
        let mut end = longest;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}

/// With a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A text that may be HTML (articles, messages) without its tags, for search and sentences. It is never
/// interpreted: this only takes away what a person would not read.
pub fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let opens = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if !opens {
            out.push('<');
            rest = &tag[1..];
            continue;
        }
        // Without an end there is no tag from here on: looking once keeps this one pass.
        let Some(end) = tag.find('>') else {
            rest = tag;
            break;
        };
        out.push(' ');
        rest = &tag[end + 1..];
    }
    out.push_str(rest);
    out
}

/// The text of a JSON value with every half of a surrogate pair (`\ud83d` alone) replaced by `\ufffd`: such a
/// value is no Unicode text, yet .NET writes it where a name was cut in the middle of an emoji.
pub fn without_half_characters(json: &str) -> String {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(json.len());
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        out.push_str(&json[at..at + found]);
        at += found;
        let length = match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                out.push_str("\\ufffd");
                at += 6;
                continue;
            }
            Some(_) => 6,
            // An escape of two characters; what follows the backslash may be of any width in broken text.
            None => 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&json[at..at + length]);
        at += length;
    }
    out.push_str(&json[at..]);
    out
}

/// The name of a field in words: `AutoCheckout` is "auto checkout", `Custom12` "custom 12", `SyncToVAT` "sync to VAT".
pub fn split_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, c) in letters.iter().enumerate() {
        let begins = at.checked_sub(1).is_none_or(|before| {
            let before = letters[before];
            let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            (c.is_uppercase() && (!before.is_uppercase() || next_is_small))
                || (c.is_ascii_digit() && !before.is_ascii_digit())
        });
        match words.last_mut() {
            Some(word) if !begins => word.push(*c),
            _ => words.push(c.to_string()),
        }
    }
    for word in &mut words {
        let is_name = word.chars().count() > 1 && !word.contains(char::is_lowercase);
        if !is_name {
            *word = word.to_lowercase();
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields() {
        for (name, words) in [
            ("AutoCheckout", "auto checkout"),
            ("Custom12", "custom 12"),
            ("SyncToVAT", "sync to VAT"),
            ("VATNumber", "VAT number"),
            ("ACHToken", "ACH token"),
            ("x", "x"),
            ("", ""),
        ] {
            assert_eq!(split_name(name), words);
        }
    }

    #[test]
    fn lines() {
        assert_eq!(line("  Zoë \n\t Müller ", 300).as_deref(), Some("Zoë Müller"));
        assert_eq!(line("a\u{202e}b\u{2066}c\u{0}", 300).as_deref(), Some("abc"));
        assert_eq!(line(" \u{202e}\u{7} ", 300), None);
        assert_eq!(line("מרים אלון", 300).as_deref(), Some("מרים אלון"));
        assert_eq!(line("👩\u{200d}💻", 300).as_deref(), Some("👩\u{200d}💻"));
        assert_eq!(line(&"ä".repeat(500), 300).unwrap().chars().count(), 301);
        assert_eq!(line("ab cd", 2).as_deref(), Some("ab…"));
    }

    #[test]
    fn tags() {
        assert_eq!(without_tags("<p>Hi <b>you</b></p> 1 < 2"), " Hi  you   1 < 2");
        assert_eq!(without_tags("a <unclosed"), "a <unclosed");
        // Both take minutes unless the text is passed over once.
        assert_eq!(without_tags(&"<a".repeat(1 << 20)).len(), 2 << 20);
        assert_eq!(without_tags(&("< ".repeat(1 << 20) + ">")).len(), (2 << 20) + 1);
    }

    #[test]
    fn half_characters() {
        for (json, mended) in [
            (r#""a \ud83d b""#, r#""a \ufffd b""#),
            (r#""\udc00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\ud83d\ude00 \u00e9 \n""#, r#""\ud83d\ude00 \u00e9 \n""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\u12"#, r#""\u12"#),
            ("\\é\\", "\\é\\"),
        ] {
            assert_eq!(without_half_characters(json), mended);
        }
    }
}
