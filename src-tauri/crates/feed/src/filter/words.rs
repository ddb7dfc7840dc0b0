//! Free text as a full-text expression: any text at all is a question, none is a syntax error.

use crate::text::terms::{Term, terms};
use nexwatch_store::fold::{self, End};

/// Most different words of one question. More are the text of a page, not a search.
const MOST: usize = 64;

/// The expression for a text; nothing if it holds no word. Each word must occur, a "phrase" as it stands; the last word may be
/// a beginning, as may what has a star behind. What the index does not see (punctuation, symbols) is not asked of it.
///
/// Words are those of the index: letters and digits without accents, case or forms, see [`fold`]. Of scripts that put no
/// space between words any part is found. While not all texts have been `prepared`, those that fold differently are asked
/// for as they stand, too.
pub(crate) fn expression(text: &str, prepared: bool) -> Result<Option<String>, String> {
    let mut parts: Vec<(Part, bool)> = Vec::new();
    let mut last = None;
    for term in terms(text) {
        let (words, open, star) = match &term {
            Term::Phrase(words, star) => (words.as_ref(), false, *star),
            Term::Word(word) => {
                let bare = word.trim_end_matches('*');
                (bare, may_be_a_beginning(bare), bare.len() < word.len())
            }
        };
        let Some(part) = Part::of(words, prepared) else {
            continue;
        };
        // One that was not the last is asked for as a whole word.
        if let Some(before) = last.take().map(|part| (part, false))
            && !parts.contains(&before)
        {
            parts.push(before);
        }
        if open && !star {
            last = Some(part);
        } else {
            let part = (part, star);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        if parts.len() > MOST {
            return Err(format!("that are more than {MOST} words: search for fewer"));
        }
    }
    parts.extend(last.map(|part| (part, true)));
    let said: Vec<String> = parts.iter().map(|(part, open)| part.write(*open)).collect();
    Ok((!said.is_empty()).then(|| said.join(" AND ")))
}

/// The expression for what a person searches for. Signs beside words are passed over; of nothing but signs every event would
/// be told as if it said them. A single mark is still on its way to a word that begins with it.
pub(crate) fn searched(text: &str, prepared: bool) -> Result<Option<String>, String> {
    let expression = expression(text, prepared)?;
    let is_mark = |c: char| c.is_ascii_punctuation() || "“”„‘’«»¿¡€£".contains(c);
    let mut signs = text
        .chars()
        .filter(|c| !c.is_whitespace() && !"\"-*".contains(*c));
    let on_its_way = match (signs.next(), signs.next()) {
        (Some(sign), None) => is_mark(sign),
        (first, _) => first.is_none(),
    };
    if expression.is_none() && !on_its_way {
        return Err(format!(
            "there is nothing in “{}” that can be searched for: write a word or a number",
            super::cut(text.trim())
        ));
    }
    Ok(expression)
}

/// Whether an expression asks for beginnings of words. The index then gathers all that begin so before it tells of one, so it
/// is not asked often.
pub(crate) fn has_beginning(expression: &str) -> bool {
    expression.contains("\" *")
}

/// A single Latin letter or digit begins half of all words there are: it has to be one by itself.
pub(crate) fn may_be_a_beginning(word: &str) -> bool {
    !word.is_ascii() || word.bytes().filter(u8::is_ascii_alphanumeric).count() > 1
}

/// A word or phrase as it is asked.
#[derive(PartialEq, Eq)]
struct Part {
    phrase: String,
    end: End,
    /// As it stands, for texts that have not been prepared.
    before: Option<String>,
}

impl Part {
    /// Nothing if there is nothing in it that the index can see.
    fn of(words: &str, prepared: bool) -> Option<Part> {
        let asked = fold::asked(words)?;
        Some(Part {
            before: (asked.before && !prepared).then(|| quoted(words)),
            phrase: quoted(&asked.phrase),
            end: asked.end,
        })
    }

    /// In the expression's own language.
    fn write(&self, beginning: bool) -> String {
        let star = |open: bool| if open { " *" } else { "" };
        let open = match self.end {
            End::Word => beginning,
            End::Pair => false,
            End::Single => true,
        };
        let phrase = format!("{}{}", self.phrase, star(open));
        match &self.before {
            Some(before) => format!("({phrase} OR {before}{})", star(beginning)),
            None => phrase,
        }
    }
}

/// A string of the expression's own language.
fn quoted(words: &str) -> String {
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
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_signs_is_refused() {
        for text in ["", " ", "\"", "-\"", "¿", "&", "zoë 😀", "(é)", "5 €"] {
            assert!(searched(text, true).is_ok(), "{text}");
        }
        for text in ["😀", "\"😀\"", "-😀", "✓", "???", ":)", "& &"] {
            let told = searched(text, true).unwrap_err();
            assert!(told.contains("write a word or a number"), "{told}");
        }
    }
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
        asks(db, text, true)
    }

    fn asks(db: &Connection, text: &str, prepared: bool) -> bool {
        let Some(expression) = expression(text, prepared).unwrap() else {
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
        let said =
            "José García booked Blue-Room 5 (café) for ana@example.com, ref KH-2026/17; 会議室 予約, Łódź";
        let db = index(&fold::prepared(said));
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
            "議室",
            "室",
            "約 会議室",
            "\"議室 予約\"",
            "lodz",
            "łó",
            "LODZ 議",
            "2026/17",
            "17",
            "\"never closed blu\" blue",
            "--- blue !!!",
            "(cafe)",
            "cafe\u{301}",
            "...",
            "",
            "😀",
            "🅰 blue",
            "Ⓐna @ ＥＸＡＭＰＬＥ",
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
            "会室",
            "\"議 予約\"",
            "odz",
            "\"garcia jose\"",
        ] {
            assert!(!finds(&db, text), "{text}");
        }
    }

    #[test]
    fn what_was_found_before_is_found_while_texts_are_prepared() {
        let said = "Łódź 会議室予約 café плёнка";
        let (before, after) = (index(said), index(&fold::prepared(said)));
        for text in [
            "łódź",
            "Łódź cafe",
            "会議",
            "会議室予約",
            "会",
            "плёнк",
            "\"cafe плёнка\"",
        ] {
            assert!(asks(&before, text, false), "{text}");
            assert!(asks(&after, text, false), "{text}");
        }
        // Found from then on.
        for text in ["lodz", "議室", "約", "пленка"] {
            assert!(!asks(&before, text, false) && asks(&after, text, false), "{text}");
        }
        assert!(!asks(&before, "lod", false) && !asks(&after, "odz", false));
    }

    #[test]
    fn expressions() {
        let shown = |text| expression(text, true).unwrap().unwrap_or_default();
        insta::assert_snapshot!(shown("ana \"blue \\\" room\" caf"), @r#""ana" AND "blue "" room" AND "caf" *"#);
        insta::assert_snapshot!(shown("caf \"blue room\""), @r#""caf" AND "blue room""#);
        insta::assert_snapshot!(shown("caf* \"blue ro\"* c* x"), @r#""caf" * AND "blue ro" * AND "c" * AND "x""#);
        insta::assert_snapshot!(shown("b"), @r#""b""#);
        insta::assert_snapshot!(shown("boo boo"), @r#""boo" AND "boo" *"#);
        insta::assert_snapshot!(shown("会議室 会 \"lo Łódź\" łó"), @r#""会議 議室" AND "会" * AND "lo lodz" AND "lo" *"#);
        let both = |text| expression(text, false).unwrap().unwrap_or_default();
        insta::assert_snapshot!(both("josé 会議 lód Łó"), @r#""josé" AND ("会議" OR "会議") AND "lód" AND ("lo" * OR "Łó" *)"#);
        assert!(
            has_beginning(&both("łó"))
                && has_beginning(&shown("会 booked 5"))
                && !has_beginning(&shown("\"a * b\" 会議"))
        );
        let long: Vec<String> = (0..100).map(|n| format!("w{n}")).collect();
        assert!(
            expression(&long.join(" "), true)
                .unwrap_err()
                .contains("more than 64 words")
        );
        assert!(expression(&"same ".repeat(500), true).is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_a_question(text in prop_oneof!["\\PC{0,40}", "[\"*^:(){}+\\-\u{0}a b.ANDORT,]{0,40}", ".{0,20}", "[会議 \"*Łó]{0,12}"], prepared in any::<bool>()) {
            asks(&index("some words"), &text, prepared);
        }

        #[test]
        fn any_character_is_a_question(c in any::<char>(), alone in any::<bool>()) {
            let said = format!("x{c}y word");
            let db = index(&fold::prepared(&said));
            let text = if alone { format!("{c}") } else { format!("x{c}y word") };
            let found = finds(&db, &text);
            prop_assert!(alone || found || c.is_whitespace() || c == '"' || c == '\\' || c == '\0', "{:?}", text);
        }
    }
}
