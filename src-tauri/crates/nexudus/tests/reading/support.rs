//! What the tests share: the documented bodies, and what must hold of whatever is read.

use nexwatch_nexudus::{Action, Arrival, Entity, Ms, Reading, read};
use serde_json::{Value, json};

macro_rules! payloads {
    ($($name:literal),* $(,)?) => {
        /// Name and text of every documented body.
        pub const PAYLOADS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../fixtures/payloads/", $name, ".json")))),*];
    };
}

payloads!(
    "AccessControl",
    "BlogPost",
    "Booking",
    "CalendarEvent",
    "ChatMessage",
    "Checkin",
    "CommunityMessage",
    "CommunityThread",
    "Coworker",
    "CoworkerContract",
    "CoworkerDelivery",
    "CoworkerInvoice",
    "CoworkerLedgerEntry",
    "CoworkerMessage",
    "CoworkerPaymentMethod",
    "CoworkerProduct",
    "CreditNote",
    "EventAttendee",
    "FailedCheckin",
    "FloorPlanDesk",
    "HelpDeskComment",
    "HelpDeskMessage",
    "NewsLetterSubscriber",
    "Proposal",
    "Team",
    "Visitor",
);

/// Longest sentence, in characters, and longest text for the search, in bytes.
const LONGEST_SENTENCE: usize = 600;
const LONGEST_WORDS: usize = 4096;

/// 2026-06-09T12:00:00Z.
pub const NOON: Ms = 1_781_006_400_000;
pub const HOUR: Ms = 3_600_000;

/// The object of a documented body.
pub fn payload(name: &str) -> Value {
    let text = PAYLOADS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a documented body")
        .1;
    let mut list: Vec<Value> = serde_json::from_str(text).unwrap();
    list.remove(0)
}

/// The body that the documentation has for an action; where it has none, the fields that every entity has.
pub fn body_of(action: &Action) -> Value {
    match (action.number(), action.entity()) {
        (Some(61), _) => payload("AccessControl"),
        (Some(20), _) => payload("CreditNote"),
        (_, Entity::ChatUserMessage) => payload("ChatMessage"),
        (_, entity) if PAYLOADS.iter().any(|(name, _)| *name == entity.name()) => payload(entity.name()),
        (_, entity) => json!({
            "BusinessId": 1420900101, "Name": format!("A certain {}", entity.title().to_lowercase()), "Id": 1400000001,
            "UpdatedOn": "2026-06-09T08:00:00.1234567Z", "CreatedOn": "2026-06-09T08:00:00Z",
            "UniqueId": "bc706d7b-3424-5df2-8b86-4f9a3f896526", "UpdatedBy": "frontdesk@example.org", "IsNew": false,
            "SystemId": null, "ToStringText": "As text", "LocalizationDetails": null, "CustomFields": null,
        }),
    }
}

/// Reads bytes that came at [`NOON`].
pub fn read_bytes(action: Option<&str>, body: &[u8]) -> Vec<Reading> {
    read(&Arrival {
        route_action: action,
        route_location: None,
        received_at: NOON,
        body,
        voice: &nexwatch_nexudus::Voice::default(),
    })
}

/// Reads one object, sent as the platform does: in an array.
pub fn read_object(action: Option<&str>, object: &Value, received_at: Ms) -> Reading {
    let body = serde_json::to_vec(&json!([object])).unwrap();
    let mut readings = read(&Arrival {
        route_action: action,
        route_location: None,
        received_at,
        body: &body,
        voice: &nexwatch_nexudus::Voice::default(),
    });
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

/// A moment of a body, in ms.
pub fn at(stamp: &str) -> Ms {
    nexwatch_nexudus::time::parse_stamp(stamp).expect("a stamp").ms()
}

/// What holds of every reading whatsoever.
pub fn assert_fit_to_show(reading: &Reading) {
    let sentence = &reading.sentence;
    assert!(!sentence.trim().is_empty(), "no sentence: {reading:?}");
    assert!(
        sentence.chars().count() <= LONGEST_SENTENCE + 1,
        "too long: {}",
        sentence.chars().count()
    );
    assert!(reading.words.len() <= LONGEST_WORDS, "too many words");
    for text in [
        Some(sentence),
        reading.location.as_ref(),
        reading.currency.as_ref(),
    ]
    .into_iter()
    .flatten()
    .chain(
        reading
            .person
            .iter()
            .chain(&reading.involved)
            .filter_map(|person| {
                assert!(
                    !person.name.is_empty() || person.id.is_some(),
                    "nobody: {reading:?}"
                );
                // Somebody known by the id only: a name may be learnt.
                Some(&person.name).filter(|name| !name.is_empty())
            }),
    )
    .chain(reading.resource.as_ref().map(|resource| &resource.name))
    {
        assert!(!text.is_empty(), "{reading:?}");
        assert_eq!(text.trim(), text);
        assert!(!text.contains("  "), "double space: {text:?}");
        assert!(
            !text
                .chars()
                .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')),
            "turns or hides what stands beside it: {text:?}"
        );
    }
}

/// What holds of a sentence made of a documented body with anything missing: it reads as English.
pub fn assert_reads_well(reading: &Reading) {
    assert_says_well(&reading.sentence, reading, "en");
}

/// Words that no sentence ends with: something of it is missing.
fn dangling(language: &str) -> &'static [&'static str] {
    match language {
        "es" => &[
            "de", "a", "en", "para", "por", "con", "y", "o", "la", "el", "los", "las", "un", "una", "al",
            "del", "sobre", "que", "antes", "ahora", "ha", "se", "es", "sin", "pero",
        ],
        _ => &[
            "of", "for", "to", "from", "at", "by", "in", "on", "with", "and", "was", "is", "the", "a", "an",
            "until", "about", "has", "now", "instead", "but", "were", "not", "no",
        ],
    }
}

/// What holds of a sentence of a reading in a language, whatever of its body is missing.
pub fn assert_says_well(sentence: &str, reading: &Reading, language: &str) {
    assert!(!sentence.trim().is_empty(), "no sentence: {reading:?}");
    let inner = format!(" {} ", sentence.trim_end_matches('.'));
    for stump in [
        "null",
        "undefined",
        "None",
        "NaN",
        "Some(",
        "()",
        "( ",
        " )",
        "“”",
        "\"\"",
        " ,",
        " .",
        " :",
        "::",
        " ;",
        ",,",
        "[]",
        "{}",
        ": :",
        ": ,",
        ", ,",
        ":;",
        ";;",
        "{",
        "field-",
        "source-",
        "  ",
        " ’s",
    ] {
        assert!(!inner.trim_end().contains(stump), "{stump:?} in {sentence:?}");
    }
    let last = sentence
        .trim_end_matches('.')
        .trim_end_matches("checked in")
        .rsplit(' ')
        .next()
        .unwrap_or_default();
    assert!(
        !dangling(language).contains(&last),
        "ends in the middle: {sentence:?}"
    );
    assert!(
        !sentence.ends_with([':', ',', ';', '(', '–', '-', '·']),
        "ends in the middle: {sentence:?}"
    );
    let first = sentence.chars().next().unwrap_or(' ');
    // A name or an address stays as its owner writes it.
    let named = [
        reading.person.as_ref().map(|p| &p.name),
        reading.resource.as_ref().map(|r| &r.name),
    ];
    // A host, whose name begins some sentences of a visit, is none of them.
    let hosted = reading.entity == nexwatch_nexudus::Entity::Visitor;
    if !hosted
        && !named
            .into_iter()
            .flatten()
            .any(|name| !name.is_empty() && sentence.starts_with(name.as_str()))
    {
        assert!(!first.is_lowercase(), "begins small: {sentence:?}");
    }
    assert!(
        !first.is_whitespace() && !matches!(first, ',' | ':' | '.'),
        "{sentence:?}"
    );
}

/// A missing piece stands for 0 in the catalogue, which nobody must see. Of bodies that have no 0 themselves.
pub fn assert_no_bare_zero(sentence: &str) {
    let mut words = sentence.split([' ', '(', ')', ',', ':', ';', '’']);
    assert!(!words.any(|word| word == "0"), "a bare 0: {sentence:?}");
}

/// A voice at a place whose clock is an hour ahead of UTC in June.
pub fn voice(language: &str) -> nexwatch_nexudus::Voice {
    let zones = nexwatch_nexudus::Zones {
        home: jiff::tz::TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("a zone"),
        ..nexwatch_nexudus::Zones::default()
    };
    nexwatch_nexudus::Voice::new(language, zones)
}

/// The languages of the catalogue.
pub fn languages() -> impl Iterator<Item = &'static str> {
    nexwatch_nexudus::voice::LANGUAGES
        .iter()
        .map(|(code, _, _)| *code)
}
