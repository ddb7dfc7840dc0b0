//! Beginnings of words, spelled out.
//!
//! Asked for a beginning, the index gathers everything that any word with it stands in before it tells of one. Asked for
//! these words by name it goes through them side by side, in order, and stops when it is told to: far less for a stretch of
//! places, more for all of them.

use nexwatch_store::rusqlite::{Connection, OptionalExtension};
use nexwatch_store::{StoreError, fold};
use std::borrow::Cow;

/// So many words are spelled out at most in a question; of more the index is quicker to gather.
const MOST: usize = 64;

/// The first word of the index that does not come before another.
pub(crate) const NEXT_WORD: &str = "SELECT term FROM temp.word WHERE term >= ?1 LIMIT 1";

/// A full-text expression with its beginnings as the words that the index has for them; nothing where they are too many, or
/// no plain letters.
pub(crate) fn spelled_out<'e>(
    db: &Connection,
    expression: &'e str,
) -> Result<Option<Cow<'e, str>>, StoreError> {
    let mut out = String::new();
    let (mut rest, mut left) = (expression, MOST);
    // Nothing but quoted phrases has a quote in it.
    while let Some(from) = rest.find('"') {
        let Some(length) = phrase(&rest[from + 1..]) else {
            break;
        };
        let (phrase, after) = (&rest[from + 1..from + 1 + length], &rest[from + 2 + length..]);
        out.push_str(&rest[..from]);
        match after.strip_prefix(" *") {
            Some(after) => {
                let Some(words) = words(db, phrase, &mut left)? else {
                    return Ok(None);
                };
                out.push_str(&words);
                rest = after;
            }
            None => {
                out.push_str(&rest[from..from + 2 + length]);
                rest = after;
            }
        }
    }
    if out.is_empty() {
        return Ok(Some(Cow::Borrowed(expression)));
    }
    out.push_str(rest);
    Ok(Some(Cow::Owned(out)))
}

/// The length of a phrase whose first quote is behind us: a quote in it is written twice.
fn phrase(rest: &str) -> Option<usize> {
    let mut quotes = rest.match_indices('"').map(|(at, _)| at);
    loop {
        let at = quotes.next()?;
        match rest[at + 1..].starts_with('"') {
            true => quotes.next()?,
            false => return Some(at),
        };
    }
}

/// The words with a beginning, as an expression of their own; nothing if that is no plain beginning of one word, or if
/// there are too many.
fn words(db: &Connection, beginning: &str, left: &mut usize) -> Result<Option<String>, StoreError> {
    // Numbers begin like no end of others.
    let Some(beginning) = fold::plain_word(beginning).filter(|word| !word.starts_with(char::is_numeric))
    else {
        return Ok(None);
    };
    let mut next = db.prepare_cached(NEXT_WORD)?;
    let (mut from, mut out) = (beginning.clone(), String::from("("));
    for count in 0..=*left {
        let word: Option<String> = next.query_row([&from], |row| row.get(0)).optional()?;
        let Some(word) = word.filter(|word| word.starts_with(&beginning)) else {
            if count == 0 {
                out.push('"');
                out.push_str(&beginning);
                out.push('"');
            }
            out.push(')');
            *left -= count;
            return Ok(Some(out));
        };
        if count > 0 {
            out.push_str(" OR ");
        }
        out.push('"');
        out.push_str(&word);
        out.push('"');
        from = word;
        // No word comes between.
        from.push('\0');
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::expression;
    use proptest::prelude::*;

    /// An index as the store has it, as a reader sees it.
    fn index(texts: &[String]) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, words, instance)",
        )
        .unwrap();
        for (n, text) in texts.iter().enumerate() {
            db.execute(
                "INSERT INTO words(rowid, text) VALUES (?1, ?2)",
                (n as i64 + 1, fold::prepared(text)),
            )
            .unwrap();
        }
        db
    }

    fn said(db: &Connection, expression: &str) -> Vec<i64> {
        let mut find = db
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid")
            .unwrap();
        let rows = find.query_map([expression], |row| row.get(0)).unwrap();
        rows.map(|row| row.unwrap_or_else(|error| panic!("{expression}: {error}")))
            .collect()
    }

    #[test]
    fn the_words_of_the_index_stand_for_their_beginning() {
        let texts = [
            "Marie booked",
            "marble, José",
            "José booked by Łukasz",
            "5 markers",
        ]
        .map(str::to_owned);
        let db = index(&texts);
        let spelled = |text: &str| {
            let expression = expression(text, true).unwrap().unwrap();
            let spelled = spelled_out(&db, &expression).unwrap();
            spelled.map_or_else(|| "too many".to_owned(), Cow::into_owned)
        };
        insta::assert_snapshot!(spelled("ma"), @r#"("marble" OR "marie" OR "markers")"#);
        insta::assert_snapshot!(spelled("booked MAR"), @r#""booked" AND ("marble" OR "marie" OR "markers")"#);
        insta::assert_snapshot!(spelled("jo* ma* x"), @r#"("jose") AND ("marble" OR "marie" OR "markers") AND "x""#);
        // No word has it; a phrase; letters with accents.
        insta::assert_snapshot!(spelled("mx"), @r#"("mx")"#);
        insta::assert_snapshot!(spelled("\"josé bo\"*"), @"too many");
        insta::assert_snapshot!(spelled("\"x \"ma"), @r#""x " AND ("marble" OR "marie" OR "markers")"#);
        // A quote within a phrase.
        let odd = r#""x""ma" * AND "5""#;
        assert_eq!(spelled_out(&db, odd).unwrap(), None);
    }

    #[test]
    fn too_many_are_gathered() {
        let texts: Vec<String> = (0..=MOST).map(|n| format!("ab{n:04}")).collect();
        let db = index(&texts);
        let spelled = |expression: &str| spelled_out(&db, expression).unwrap().map(Cow::into_owned);
        assert_eq!(spelled(r#""ab" *"#), None);
        let few = spelled(r#""ab000" *"#).unwrap();
        assert_eq!((few.matches(" OR ").count(), said(&db, &few).len()), (9, 10));
        // Of all beginnings of a question together.
        let many = |count: usize| vec![r#""ab000" *"#; count].join(" AND ");
        assert!(spelled(&many(6)).is_some() && spelled(&many(7)).is_none());
    }

    proptest! {
        #[test]
        fn they_are_the_same_question(
            texts in prop::collection::vec("([a-cA-CłŁéÉ会議0-9]{1,4} ){1,5}", 1..12),
            asked in "[a-cA-CłéÉE会 *\"]{1,9}",
        ) {
            let db = index(&texts);
            if let Some(expression) = expression(&asked, true).unwrap()
                && let Some(spelled) = spelled_out(&db, &expression).unwrap()
            {
                prop_assert_eq!(said(&db, &expression), said(&db, &spelled), "{} {}", expression, spelled);
            }
        }

        #[test]
        fn any_letters_are_a_word_by_themselves(text in "\\PC{0,30}", beginning in "[a-z]{2}") {
            let texts = [format!("{beginning}{text}"), text];
            let db = index(&texts);
            let expression = format!("\"{beginning}\" *");
            let spelled = spelled_out(&db, &expression).unwrap().unwrap();
            prop_assert_eq!(said(&db, &expression), said(&db, &spelled));
        }
    }
}
