//! Which fields an update changed, in a person's words.
//!
//! A sentence tells the most telling change; the rest are named behind it. In the catalogue a message takes them by
//! reference: `{ changed-also }` says "; also changed: the notes and the price" or nothing, `{ changed-list }` says "the
//! notes, the price and 3 more" (never nothing: use it where something changed). Their pieces are given by [`also`] and
//! [`list`].
//!
//! A field's words are the catalogue's `field-FromTime = the start`; of one that has none the name is split into words
//! when it is said, so that a later catalogue names it better in older rows too.

use crate::change::Update;
use crate::{Piece, Saying, voice};
use std::borrow::Cow;

/// Most fields that a sentence names.
const MOST: usize = 3;
/// The pieces that `changed-list` asks for.
const NAMED: [&str; MOST] = ["field1", "field2", "field3"];

/// Names of fields longer than this (in bytes) are counted, not said.
const LONGEST: usize = 60;

/// Adds the fields that an update changed beside those that the sentence already tells of: `told` names them, with what
/// only follows from them.
pub(super) fn also(saying: Saying, update: &Update, told: &[&str]) -> Saying {
    add(saying, rest(update, told))
}

/// A message that names what changed (it asks for `changed-list`); where nothing worth a word did, `unchanged`.
pub(super) fn list(
    message: &'static str,
    unchanged: &'static str,
    update: &Update,
    beneath: &[&str],
) -> Saying {
    let all = rest(update, beneath);
    if all.is_empty() {
        Saying::new(unchanged)
    } else {
        add(Saying::new(message), all)
    }
}

/// The fields that differ and are worth a word, those that the catalogue knows first.
fn rest<'u>(update: &'u Update, told: &[&str]) -> Vec<&'u str> {
    let mut all: Vec<&str> = update
        .fields()
        .iter()
        .map(String::as_str)
        .filter(|name| !told.contains(name) && !follows(name, update))
        .collect();
    all.sort_unstable();
    // `Collected` and `CollectedOn` are "the collection" both.
    let mut called: Vec<String> = Vec::new();
    let mut unknown = Vec::new();
    let mut known = Vec::new();
    for name in all {
        match voice::first_word(&word(name)) {
            Some(word) if called.contains(&word) => {}
            Some(word) => {
                called.push(word);
                known.push(name);
            }
            None => unknown.push(name),
        }
    }
    known.append(&mut unknown);
    known
}

/// Whether a field only says again what another one that changed says: the id beside a name, a list's additions.
fn follows(name: &str, update: &Update) -> bool {
    let twin = |stem: &str| {
        ["Name", "FullName", "Names"]
            .iter()
            .any(|end| update.of(&format!("{stem}{end}")))
    };
    ["Ids", "Id", "es", "s"]
        .iter()
        .filter_map(|end| name.strip_suffix(end))
        .any(twin)
        || ["Added", "Removed"].iter().any(|start| name.starts_with(start))
}

fn word(name: &str) -> String {
    format!("field-{name}")
}

fn add(mut saying: Saying, all: Vec<&str>) -> Saying {
    let plain = |name: &&&str| {
        (1..=LONGEST).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
    };
    let mut named = 0;
    for (piece, name) in NAMED.into_iter().zip(all.iter().filter(plain)) {
        saying = saying.with(piece, Some(Piece::Word(Cow::Owned(word(name)))));
        named += 1;
    }
    let more = all.len() - named;
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    saying.count("more", (more > 0).then_some(more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{State, compare};
    use crate::{Action, Entity, Scene, Voice};
    use serde_json::{Value, json};

    const SCENE: Scene = Scene {
        action: &Action::Known(7),
        entity: Entity::Booking,
        person: None,
        resource: None,
        location: None,
        location_id: None,
        amount: None,
        currency: None,
    };

    fn said(fields: &[&str]) -> (String, String) {
        let names: Vec<String> = fields.iter().map(|name| (*name).to_owned()).collect();
        let before = crate::fields::Fields::default();
        let update = Update::new(&before, &names);
        let saying = list("changed-list", "changed-list", &update, &[]);
        let say = |language| Voice::new(language, crate::Zones::default()).say(&saying, &SCENE, None);
        (say("en"), say("es"))
    }

    #[test]
    fn up_to_three_are_named_and_the_rest_counted() {
        for (fields, english, spanish) in [
            (&["Notes"][..], "the notes", "las notas"),
            (
                &["Notes", "FromTime"],
                "the start and the notes",
                "el inicio y las notas",
            ),
            (
                &["Notes", "ToTime", "FromTime"],
                "the start, the notes and the end",
                "el inicio, las notas y el final",
            ),
            (
                &["Notes", "ToTime", "FromTime", "X"],
                "the start, the notes, the end and one more field",
                "el inicio, las notas, el final y un campo más",
            ),
            (
                &["Notes", "ToTime", "FromTime", "X", "Y"],
                "the start, the notes, the end and 2 more fields",
                "el inicio, las notas, el final y 2 campos más",
            ),
            (&["SomeOddThing2"], "“some odd thing 2”", "«some odd thing 2»"),
            (&["\u{1f}a=b", "Ñ"], "2 fields", "2 campos"),
            (&["Ñ"], "one field", "un campo"),
            (
                &["Notes", "Ñ"],
                "the notes and one more field",
                "las notas y un campo más",
            ),
            (
                &["Notes", "FromTime", "Ñ", "\u{1f}"],
                "the start, the notes and 2 more fields",
                "el inicio, las notas y 2 campos más",
            ),
        ] {
            assert_eq!(
                said(fields),
                (english.to_owned(), spanish.to_owned()),
                "{fields:?}"
            );
        }
    }

    #[test]
    fn what_follows_from_another_is_not_named() {
        let words = |fields: &[&str]| said(fields).0;
        assert_eq!(words(&["ResourceId", "ResourceName"]), "the room");
        assert_eq!(words(&["Teams", "TeamNames", "AddedTeams"]), "the team");
        assert_eq!(words(&["SystemJobId"]), "“system job id”");
        assert_eq!(
            words(&["Collected", "CollectedOn", "Notes"]),
            "the collection and the notes"
        );
    }

    #[test]
    fn what_a_body_calls_its_fields_survives_the_store() {
        let body = |value: Value| {
            serde_json::to_vec(&json!([{"Id": 1, "a\u{1f}b=!": value, "Notes": value}])).unwrap()
        };
        let (old, new) = (body(json!("x")), body(json!("y")));
        let state = |body| State { body, position: 0 };
        let compared = compare(&Action::Known(7), Entity::Booking, state(&old), state(&new)).unwrap();
        let saying = compared.saying.unwrap();
        assert_eq!(Saying::decode(&saying.encode()), saying);
    }
}
