//! Free text as a full-text expression: any text at all is a question, none is a syntax error.

use crate::text::terms::{Term, terms};
use unicode_normalization::char::is_combining_mark;

/// Most different words of one question. More are the text of a page, not a search.
const MOST: usize = 64;

/// The expression for a text; nothing if it holds no word. Each word must occur, a "phrase" as it stands, and the
/// last word may be a beginning. What the index does not see (punctuation, symbols) is not asked of it.
///
/// Words are those of the index (`unicode61`): letters and digits without accents or case. It keeps a run of Chinese or
/// Japanese characters as one word, so such a text is found by its beginning.
pub(crate) fn expression(text: &str) -> Result<Option<String>, String> {
    let mut parts: Vec<String> = Vec::new();
    let mut beginning = None;
    for term in terms(text) {
        let (words, open) = match &term {
            Term::Phrase(words) => (words.as_ref(), false),
            Term::Word(word) => (*word, may_be_a_beginning(word)),
        };
        let Some(part) = part(words) else { continue };
        // One that was not the last is asked for as a whole word.
        if let Some(before) = beginning.take()
            && !parts.contains(&before)
        {
            parts.push(before);
        }
        if open {
            beginning = Some(part);
        } else if !parts.contains(&part) {
            parts.push(part);
        }
        if parts.len() > MOST {
            return Err(format!("that are more than {MOST} words: search for fewer"));
        }
    }
    parts.extend(beginning.map(|part| format!("{part} *")));
    Ok((!parts.is_empty()).then(|| parts.join(" AND ")))
}

/// A single Latin letter or digit begins half of all words there are: it has to be one by itself.
pub(crate) fn may_be_a_beginning(word: &str) -> bool {
    !word.is_ascii() || word.bytes().filter(u8::is_ascii_alphanumeric).count() > 1
}

/// Whether the index takes a character for a part of a word: letters and digits, but not letters in circles or squares.
fn is_seen(c: char) -> bool {
    c.is_alphanumeric()
        && !is_combining_mark(c)
        && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}')
}

/// A string of the expression's own language; nothing if there is nothing in it that the index can see.
fn part(words: &str) -> Option<String> {
    if !words.chars().any(is_seen) {
        return None;
    }
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\"\""),
            // It would end the expression.
            '\0' => out.push(' '),
            _ => out.push(c),
        }
    }
    out.push('"');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_store::rusqlite::Connection;
    use proptest::prelude::*;

    /// An index as the store has it, with one text in it.
    fn index(text: &str) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')",
        )
        .unwrap();
        db.execute("INSERT INTO words(rowid, text) VALUES (7, ?1)", [text])
            .unwrap();
        db
    }

    fn finds(db: &Connection, text: &str) -> bool {
        let Some(expression) = expression(text).unwrap() else {
            return true;
        };
        let mut find = db
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1")
            .unwrap();
        find.exists([&expression])
            .unwrap_or_else(|error| panic!("{text:?} {expression}: {error}"))
    }

    #[test]
    fn what_is_said_is_found() {
        let db = index(
            "José García booked Blue-Room 5 (café) for ana@example.com, ref KH-2026/17; 会議室 予約, Łódź",
        );
        for text in [
            "jose",
            "GARCÍA",
            "boo",
            "room blue caf",
            "\"blue room\"",
            "blue-room",
            "ana@example.com",
            "example.com",
            "KH-2026/1",
            "2026 17",
            "\"jose garcia booked\"",
            "jose jose",
            "5",
            "会議",
            "予",
            "\"never closed blu\" blue",
            "--- blue !!!",
            "(cafe)",
            "cafe\u{301}",
            "...",
            "",
            "😀",
            "Ⓐ 🅰 blue",
            "NEAR(blue) room",
            "text:blue room",
            "blue AND room",
            "5\"",
        ] {
            let expected = !matches!(
                text,
                "\"never closed blu\" blue" | "NEAR(blue) room" | "text:blue room" | "blue AND room"
            );
            assert_eq!(finds(&db, text), expected, "{text}");
        }
        for text in [
            "ose",
            "b",
            "\"blu room\"",
            "room-blue",
            "garci booked",
            "議室",
            "\"garcia jose\"",
            "lodz",
        ] {
            assert!(!finds(&db, text), "{text}");
        }
    }

    #[test]
    fn expressions() {
        let shown = |text| expression(text).unwrap().unwrap_or_default();
        insta::assert_snapshot!(shown("ana \"blue \\\" room\" caf"), @r#""ana" AND "blue "" room" AND "caf" *"#);
        insta::assert_snapshot!(shown("caf \"blue room\""), @r#""caf" AND "blue room""#);
        insta::assert_snapshot!(shown("b"), @r#""b""#);
        insta::assert_snapshot!(shown("boo boo"), @r#""boo" AND "boo" *"#);
        let long: Vec<String> = (0..100).map(|n| format!("w{n}")).collect();
        assert!(
            expression(&long.join(" "))
                .unwrap_err()
                .contains("more than 64 words")
        );
        assert!(expression(&"same ".repeat(500)).is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_a_question(text in prop_oneof!["\\PC{0,40}", "[\"*^:(){}+\\-\u{0}a b.ANDORT,]{0,40}", ".{0,20}"]) {
            finds(&index("some words"), &text);
        }

        #[test]
        fn any_character_is_a_question(c in any::<char>(), alone in any::<bool>()) {
            let said = format!("x{c}y word");
            let db = index(&said);
            let text = if alone { format!("{c}") } else { format!("x{c}y word") };
            let found = finds(&db, &text);
            prop_assert!(alone || found || c.is_whitespace() || c == '"' || c == '\\' || c == '\0', "{:?}", text);
        }
    }
}
