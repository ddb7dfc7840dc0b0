use super::*;
use proptest::prelude::*;
use rusqlite::Connection;

const TABLE: &str = "CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')";

/// An index with one text in it, as it stands.
fn index(text: &str) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(TABLE).unwrap();
    db.execute("INSERT INTO words(rowid, text) VALUES (7, ?1)", [text])
        .unwrap();
    db
}

fn said(text: &str) -> Connection {
    index(&prepared(text))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', " "))
}

fn star(end: End, begins: bool) -> &'static str {
    match end {
        End::Single => " *",
        End::Word if begins => " *",
        _ => "",
    }
}

/// Whether a part of a folded text is found: typed again it would be folded twice.
fn finds_folded(db: &Connection, part: &str, begins: bool) -> bool {
    let (phrase, end) = spread(part, true);
    let star = star(end, begins);
    let mut find = db.prepare("SELECT 1 FROM words WHERE words MATCH ?1").unwrap();
    find.exists([format!("{}{star}", quoted(&phrase))]).unwrap()
}

/// Whether words are found, as whole words or as beginnings of some.
fn finds(db: &Connection, words: &str, begins: bool) -> bool {
    let Some(asked) = asked(words) else { return true };
    let star = star(asked.end, begins);
    let mut find = db.prepare("SELECT 1 FROM words WHERE words MATCH ?1").unwrap();
    find.exists([format!("{}{star}", quoted(&asked.phrase))]).unwrap()
}

#[test]
fn every_script_is_found() {
    for (text, words) in [
        (
            "会議室を予約しました",
            "会議 議室 室を 予約 約 会 しました ました 会議室を予約しました",
        ),
        ("東京タワー", "東京 京タ タワ タワー ー"),
        ("第５会議室", "会議 第 5 議室 ５"),
        ("ｶﾞｲﾄﾞ", "ガイド ガイ ｶﾞｲﾄﾞ"),
        ("北京市朝阳区", "朝阳 京市 阳区 区"),
        ("ห้องประชุมใหญ่", "ประชุม ห้อง ใหญ่ ชุม"),
        ("ห้องประชุม ๑๒", "12 ๑๒"),
        ("대회의실에서 회의", "회의실 회의 대 의실 에서"),
        ("ಸಭೆ किरण राव", "किरण राव ಸಭೆ"),
        ("Łódź Ćma", "lodz Łódź ŁÓDŹ ćma cma"),
        ("Straße 5", "strasse straße STRASSE"),
        ("Søren Ærø þór", "soren aero thor"),
        ("İstanbul ışık", "istanbul ISTANBUL isik ışık"),
        ("Nguyễn Đình", "nguyen dinh nguyễn đình"),
        ("ΟΔΥΣΣΕΎΣ Ελλάδα", "οδυσσευς οδυσσεύς ελλαδα"),
        ("Сергей Ёлкин", "сергей елкин ёлкин СЕРГЕЙ"),
        ("Ґалаґан", "галаган"),
        ("مُحَمَّد أحمد", "محمد احمد أحمد مُحَمَّد"),
        ("مـــحـــمد علی", "محمد علي على"),
        ("٢٠٢٦ ۱۷", "2026 17 ٢٠٢٦"),
        ("שָׁלוֹם עולם", "שלום שָׁלוֹם"),
        ("می\u{200c}خواهم", "میخواهم می\u{200c}خواهم"),
        ("ＡＮＡ　Ｌｉｍａ", "ana lima Ａna"),
        ("ﬁnance", "finance"),
        ("Acme™ 20 m²", "acme m2"),
        ("co\u{ad}work", "cowork"),
        (
            "ana.lima@example.com",
            "ana lima example example.com ana.lima@example.com",
        ),
        ("KH-2026/17", "KH-2026/17 2026/17 17 kh-2026"),
        ("+34 600 123-456", "600 123 456 123-456"),
    ] {
        let db = said(text);
        for word in words.split(' ') {
            assert!(finds(&db, word, false), "{word} in {text}");
        }
    }
}

#[test]
fn what_is_not_said_is_not_found() {
    for (text, words) in [
        ("会議室を予約", "議会 室予 約束 会室"),
        ("会議 室", "議室"),
        ("ห้องประชุม", "มุช องห้"),
        ("किरण", "करण कुरण रण"),
        ("かき", "がき"),
        ("мой", "мои"),
        ("Łódź", "odz lod"),
        ("第5会議室", "15 会議5"),
        ("booked room", "book oom"),
    ] {
        let db = said(text);
        for word in words.split(' ') {
            assert!(!finds(&db, word, false), "{word} in {text}");
        }
    }
    let db = said("5月会議 room会議");
    for (phrase, expected) in [
        ("5月会", true),
        ("room会", true),
        ("5月 会", false),
        ("月room", false),
        ("会議 room", true),
    ] {
        assert_eq!(finds(&db, phrase, false), expected, "{phrase}");
    }
}

/// The words that an index has cut texts into, each as it stands in order.
fn cut(texts: &[String]) -> Vec<(i64, i64, String)> {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(TABLE).unwrap();
    db.execute_batch("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, words, instance)")
        .unwrap();
    db.execute_batch("BEGIN").unwrap();
    for (row, text) in (0_i64..).zip(texts) {
        db.execute(
            "INSERT INTO words(rowid, text) VALUES (?1, ?2)",
            rusqlite::params![row, text],
        )
        .unwrap();
    }
    let mut all = db
        .prepare("SELECT doc, offset, term FROM temp.entries ORDER BY doc, offset")
        .unwrap();
    let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_index_treats_plain_characters_as_this_does() {
    let all = (1..=0x10ffff_u32)
        .filter_map(char::from_u32)
        .filter(|c| is_plain(*c));
    let texts: Vec<String> = all.map(|c| format!("x{c}y {c}{c} end")).collect();
    assert!(texts.len() > 400);
    let ours: Vec<String> = texts.iter().map(|text| spread(&folded(text), false).0).collect();
    let (theirs, ours) = (cut(&texts), cut(&ours));
    for (one, other) in theirs.iter().zip(&ours) {
        assert_eq!(one, other, "{}", texts[one.0 as usize]);
    }
    assert_eq!(theirs.len(), ours.len());
}

#[test]
fn a_plain_text_is_left_alone() {
    for text in [
        "Zoë 1’s booking of Blue room – 09:00–10:00 “café” €5…",
        "",
        "KH-2026/17",
    ] {
        assert!(matches!(prepared(text), Cow::Borrowed(same) if same == text));
    }
}

fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z0-9]{1,8}",
        "[à-öø-ÿĀ-ž]{1,6}",
        "[а-яА-ЯёЁйЙ]{1,6}",
        "[α-ωΑ-Ωά-ώ]{1,6}",
        "[ぁ-ゖァ-ヺー一-丗]{1,6}",
        "[가-힣]{1,5}",
        "[ก-ฺเ-๎]{1,6}",
        "[ؠ-ْ]{1,6}",
        "[א-ת֑-ׇ]{1,6}",
        "[ऄ-हऺ-ॏ]{1,5}",
        "[Ａ-Ｚ０-９ｦ-ﾟ]{1,5}",
        "[က-ှ]{1,5}",
        "\\PC{1,4}",
    ];
    let between = prop_oneof![Just(" "), Just("-"), Just("/"), Just("。"), Just(", "), Just("")];
    prop::collection::vec((word, between), 1..6)
        .prop_map(|parts| parts.into_iter().map(|(word, after)| word + after).collect())
}

proptest! {
    #[test]
    fn plain_letters_are_folded_as_others_are(text in "[a-zA-Z0-9 ,™é\u{300}-\u{304}иуИ\u{306}ßœİﬁ㎞가\u{1100}\u{1161}か\u{3099}会ا\u{64b}ก\u{e34}\u{c99}\u{1f600}]{0,24}") {
        prop_assert_eq!(folded(&text), Letters::of(&text).collect::<String>());
    }

    #[test]
    fn whatever_is_said_is_found(text in texts(), at in any::<prop::sample::Index>(), length in 1..6_usize) {
        let db = said(&text);
        // The whole, and each of its words.
        prop_assert!(finds(&db, &text, false));
        for word in text.split_whitespace() {
            prop_assert!(finds(&db, word, false), "{:?} in {:?}", word, &text);
        }
        // What the index has for words: any beginning of two letters or more, any part of a run.
        let plain = folded(&text);
        for word in plain.split(|c| !is_letter(c)).filter(|word| !word.is_empty()) {
            let letters: Vec<char> = word.chars().collect();
            let joint = letters.windows(2).position(|two| runs_on(two[0]) != runs_on(two[1]));
            if joint.is_none() && runs_on(letters[0]) {
                let from = at.index(letters.len());
                let part: String = letters[from..].iter().take(length).collect();
                prop_assert!(finds_folded(&db, &part, false), "{:?} in {:?}", part, &text);
            } else if joint.is_none() && letters.len() > 1 {
                let begins: String = letters[..2 + at.index(letters.len() - 1)].iter().collect();
                prop_assert!(finds_folded(&db, &begins, true), "{:?} in {:?}", begins, &text);
            }
        }
    }

    #[test]
    fn how_it_is_typed_does_not_matter(text in texts()) {
        use unicode_normalization::UnicodeNormalization;
        let db = said(&text);
        let forms: [String; 4] = [text.nfc().collect(), text.nfd().collect(), text.nfkc().collect(), text.to_lowercase()];
        for form in forms {
            prop_assert!(finds(&db, &form, false), "{:?} in {:?}", form, &text);
        }
    }

    #[test]
    fn only_what_is_said_is_found(text in texts(), other in texts()) {
        // A phrase is found only where its folded letters stand, one after the other.
        let letters = |text: &str| {
            let plain = folded(text);
            let words: Vec<String> = plain.split(|c| !is_letter(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect();
            words.join(" ")
        };
        let wanted = letters(&other);
        if finds(&said(&text), &other, false) && !wanted.is_empty() {
            prop_assert!(letters(&text).replace(' ', "").contains(&wanted.replace(' ', "")), "{:?} in {:?}", other, text);
        }
    }
}

#[test]
fn what_is_a_letter_here_is_one_to_the_index() {
    let all = (0x80..=0x10ffff_u32).filter_map(char::from_u32);
    let letters: Vec<char> = all.filter(|c| is_letter(*c)).collect();
    let texts: Vec<String> = letters.iter().map(|c| format!("x{c}y")).collect();
    let words = cut(&texts);
    for ((doc, _, word), c) in words.iter().zip(&letters) {
        assert!(
            word.starts_with('x') && word.ends_with('y'),
            "{c:?} cuts {}",
            texts[*doc as usize]
        );
    }
    assert_eq!(words.len(), letters.len());
}
