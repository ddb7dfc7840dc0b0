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
    let mut out = String::with_capacity(text.len().min(longest * 4));
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
        match tag.find('>') {
            Some(end) if opens => {
                out.push(' ');
                rest = &tag[end + 1..];
            }
            _ => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
