//! From the bytes of a body to events. Any bytes at all are read: what is not understood is said so.

use crate::fields::Fields;
use crate::payload::{self, Object};
use crate::{
    Action, Entity, Learnt, Ms, Person, Reading, RepeatRule, Saying, Voice, private, shape, text, when,
};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Most events read from one body; a last one says how many objects more there are.
pub const MOST_EVENTS: usize = 1000;

/// A body as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The action's segment of the URL.
    pub route_action: Option<&'a str>,
    /// The location's (business) id of the URL.
    pub route_location: Option<i64>,
    /// When it arrived.
    pub received_at: Ms,
    /// The untouched bytes.
    pub body: &'a [u8],
    /// In which language and by which clocks it can be found by its words.
    pub voice: &'a Voice,
}

/// The text of a body, leniently: UTF-8 with or without a mark, UTF-16 with a mark, else one character a byte
/// (Windows-1252), because a legacy client may send that.
pub fn decode(body: &[u8]) -> Cow<'_, str> {
    match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(body.iter().map(|byte| windows_1252(*byte)).collect()),
        },
    }
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Cow<'static, str> {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    Cow::Owned(String::from_utf16_lossy(&units))
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The texts of the objects in a body: those of an array, or the one that the body is.
fn elements(text: &str) -> Option<Vec<&str>> {
    let text = text.trim_start();
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        Some(items.into_iter().map(RawValue::get).collect())
    } else {
        let item: &RawValue = serde_json::from_str(text).ok()?;
        Some(vec![item.get()])
    }
}

/// The object of a body that is as the platform sends it, an array of one with something in it: read in one go. Nothing
/// where there is anything else: then each element has to be looked at for itself.
fn only_object(text: &str) -> Option<Fields<'_>> {
    let (fields,): (Fields,) = serde_json::from_str(text).ok()?;
    (!fields.is_empty()).then_some(fields)
}

/// The fields of the object at a place of a body's text: in one go where the body is as the platform sends it.
pub(crate) fn fields_at(text: &str, position: u32) -> Option<Fields<'_>> {
    if position == 0
        && let Some(fields) = only_object(text)
    {
        return Some(fields);
    }
    Fields::parse(object_text(text, position)?)
}

/// The text of the object at a place of a body's text.
pub(crate) fn object_text(text: &str, position: u32) -> Option<&str> {
    elements(text)?.get(position as usize).copied()
}

/// The object at a place of a body, unmasked: for the event pane, which masks it.
pub fn object_at(body: &[u8], position: u32) -> Option<serde_json::Value> {
    let text = decode(body);
    lenient(object_text(&text, position)?)
}

/// The objects of a body, as far as they can be read and so many at most, unmasked: in one go, however many there are. Nothing
/// where [`object_at`] finds no first one.
pub fn objects(body: &[u8], most: usize) -> Option<Vec<serde_json::Value>> {
    let text = decode(body);
    let all = elements(&text)?;
    let all: Vec<_> = all
        .iter()
        .take(most)
        .map_while(|object| lenient(object))
        .collect();
    (!all.is_empty()).then_some(all)
}

/// Half a character in an escape is no JSON to a strict reader, and is read all the same.
fn lenient(object: &str) -> Option<serde_json::Value> {
    serde_json::from_str(object)
        .or_else(|_| serde_json::from_str(&text::without_half_characters(object)))
        .ok()
}

/// Reads a body: one event for each object in it, at least one.
pub fn read(arrival: &Arrival) -> Vec<Reading> {
    let action = match arrival.route_action.map(str::trim) {
        Some(segment) if !segment.is_empty() => Some(Action::parse(segment)),
        _ => None,
    };
    let text = decode(arrival.body);
    if let Some(fields) = only_object(&text) {
        return vec![object(arrival, action, 0, &fields)];
    }
    let Some(items) = elements(&text) else {
        return vec![unreadable(
            arrival,
            action,
            0,
            &text,
            Saying::new("unreadable-json"),
        )];
    };
    if items.is_empty() {
        return vec![unreadable(
            arrival,
            action,
            0,
            "",
            Saying::new("unreadable-empty"),
        )];
    }
    let more = items.len().saturating_sub(MOST_EVENTS);
    let mut readings: Vec<Reading> = items
        .iter()
        .take(MOST_EVENTS)
        .enumerate()
        .map(
            |(position, item)| match Fields::parse(item).filter(|fields| !fields.is_empty()) {
                Some(fields) => object(arrival, action.clone(), position as u32, &fields),
                None => unreadable(
                    arrival,
                    action.clone(),
                    position as u32,
                    item,
                    Saying::new("unreadable-object"),
                ),
            },
        )
        .collect();
    if more > 0 {
        let why = Saying::new("unreadable-more").count("count", i64::try_from(more).ok());
        readings.push(unreadable(arrival, action, MOST_EVENTS as u32, "", why));
    }
    readings
}

fn object(arrival: &Arrival, action: Option<Action>, position: u32, f: &Fields) -> Reading {
    let inferred = action.is_none();
    let action = action.unwrap_or_else(|| Action::Inferred(shape::recognise(f)));
    let entity = shape::entity(&action, f);
    let understood = payload::understand(
        entity,
        &Object {
            fields: f,
            action: &action,
        },
    );
    let entity_id = f.id("Id");
    let updated_on = f.stamp("UpdatedOn");
    let happened_at = when::happened_at(
        &action,
        entity,
        understood.act_time(),
        updated_on,
        arrival.received_at,
    );
    let secrets = f.private_values();
    let mut saying = understood.saying.unwrap_or_else(|| Saying::new("any"));
    for text in saying.texts_mut() {
        *text = private::without_values(std::mem::take(text), &secrets);
    }
    // A body of another kind than the action's: its sentence knows nothing of the act, so that is said before it.
    if !inferred && !shape::expected(&action, entity) {
        saying = saying.under_label();
    }
    // A location named by the body is surer than the URL's; a name goes only with its own id. But a customer's
    // is where they are invoiced: they may check in elsewhere, and the URL knows where.
    let elsewhere = entity == Entity::Coworker && matches!(action.number(), Some(35..=37));
    let of_route = arrival.route_location.filter(|_| elsewhere);
    let (location_id, location) = match (of_route, understood.location_id) {
        (Some(route), Some(own)) if route != own => (Some(route), None),
        (_, Some(own)) => (Some(own), understood.location),
        (_, None) => (arrival.route_location, None),
    };
    let mut words = String::new();
    let mut pieces: Vec<String> = Vec::new();
    for piece in understood.searched.iter().filter_map(|name| f.long(name)) {
        // A company stands in several fields of one body: once is enough to be found.
        if !pieces.contains(&piece) {
            words.push_str(&piece);
            words.push(' ');
            pieces.push(piece);
        }
    }
    if let Some(place) = &location {
        words.push_str(place);
        words.push(' ');
    }
    if let Some(id) = entity_id {
        words.push_str(&id.to_string());
    }
    // Cut before, because a note may be megabytes, and after, because a mask may be longer than what it hides.
    text::cut(&mut words, 2 * text::LONGEST_WORDS);
    let mut words = private::without_values(words, &secrets);
    text::cut(&mut words, text::LONGEST_WORDS);
    let mut learnt = understood.learnt;
    // A booking says which room it is of, and only the URL where that is.
    if let (Entity::Booking, Some(id), Some(location)) = (entity, f.id("ResourceId"), location_id) {
        learnt.push(Learnt::Resource { id, location });
    }
    for name in learnt.iter_mut().flat_map(Learnt::texts_mut) {
        *name = private::without_values(std::mem::take(name), &secrets);
    }
    let cleaned = |mut person: Person| {
        person.name = private::without_values(person.name, &secrets);
        person
    };
    let mut reading = Reading {
        position,
        repeat_rule: when::repeat_rule(&action, entity, entity_id),
        deleted: action.deletes(),
        action,
        entity,
        entity_id,
        updated_on,
        happened_at,
        location_id,
        location,
        person: understood.person.map(cleaned),
        involved: understood.involved.into_iter().map(cleaned).collect(),
        resource: understood.resource.map(|mut thing| {
            thing.name = private::without_values(thing.name, &secrets);
            thing
        }),
        amount: understood.amount,
        currency: understood.currency,
        saying,
        sentence: String::new(),
        learnt,
        words,
        inferred,
        unreadable: false,
    };
    reading.sentence = arrival.voice.say_reading(&reading, None);
    reading
}

fn unreadable(
    arrival: &Arrival,
    action: Option<Action>,
    position: u32,
    text: &str,
    saying: Saying,
) -> Reading {
    let inferred = action.is_none();
    let action = action.unwrap_or(Action::Inferred(Entity::Unknown));
    let (mut words, _) = private::mask_text(
        text.get(..text.floor_char_boundary(2 * text::LONGEST_WORDS))
            .unwrap_or(""),
    );
    text::cut(&mut words, text::LONGEST_WORDS);
    let mut reading = Reading {
        position,
        repeat_rule: RepeatRule::Doubtful,
        deleted: false,
        entity: action.entity(),
        action,
        entity_id: None,
        updated_on: None,
        happened_at: arrival.received_at,
        location_id: arrival.route_location,
        location: None,
        person: None,
        resource: None,
        amount: None,
        currency: None,
        involved: Vec::new(),
        saying,
        sentence: String::new(),
        learnt: Vec::new(),
        words,
        inferred,
        unreadable: true,
    };
    reading.sentence = arrival.voice.say_reading(&reading, None);
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(action: &str, body: &[u8]) -> Vec<Reading> {
        read(&Arrival {
            route_action: Some(action),
            route_location: Some(7),
            received_at: 1_781_000_000_000,
            body,
            voice: &crate::Voice::default(),
        })
    }

    #[test]
    fn objects_are_those_of_their_places() {
        for body in [
            r#"[{"a":"\ud83d"},{"b":2},3]"#,
            r#"{"a":"\ud83d"}"#,
            r#"[{"a":1},{"#,
            "[]",
            "",
        ] {
            let each: Vec<_> = (0..9)
                .map_while(|place| object_at(body.as_bytes(), place))
                .collect();
            let first: Vec<_> = each.iter().take(2).cloned().collect();
            assert_eq!(objects(body.as_bytes(), 9).unwrap_or_default(), each, "{body}");
            assert_eq!(objects(body.as_bytes(), 2).unwrap_or_default(), first, "{body}");
        }
    }

    #[test]
    fn every_form_of_body() {
        assert_eq!(
            one("6", br#"{"Id":5,"ResourceName":"Blue"}"#)[0].entity_id,
            Some(5)
        );
        let many = one("6", br#" [{"Id":5},{"Id":"6"}, 7] "#);
        assert_eq!(
            many.iter().map(|r| r.entity_id).collect::<Vec<_>>(),
            [Some(5), Some(6), None]
        );
        assert!(many[2].unreadable && !many[1].unreadable);
        for body in [
            &b"[]"[..],
            b"",
            b"null",
            b"hello",
            b"[{\"Id\":",
            b"\xff\xfe",
            b"[{}]",
            &b"[".repeat(100_000),
        ] {
            let readings = one("BookingCreate", body);
            assert_eq!(readings.len(), 1);
            assert!(readings[0].unreadable && readings[0].sentence.starts_with("Booking created: "));
        }
    }

    #[test]
    fn decodes_leniently() {
        let name = |body: &[u8]| one("3", body)[0].person.as_ref().map(|p| p.name.clone());
        let text = "[{\"Id\":1,\"FullName\":\"José €\",\"Email\":\"a@example.com\"}]";
        let latin: Vec<u8> = text
            .chars()
            .map(|c| if c == '€' { 0x80 } else { c as u8 })
            .collect();
        let mut wide = vec![0xff, 0xfe];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let marked = [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat();
        for body in [text.as_bytes(), &latin, &wide, &marked] {
            assert_eq!(name(body).as_deref(), Some("José €"));
        }
    }

    #[test]
    fn more_objects_than_are_read_are_counted() {
        let body = format!("[{}]", vec!["{\"Id\":1}"; MOST_EVENTS + 234].join(","));
        let readings = one("6", body.as_bytes());
        assert_eq!(readings.len(), MOST_EVENTS + 1);
        assert!(readings[MOST_EVENTS].sentence.contains("234 objects more"));
    }

    #[test]
    fn private_values_stay_out_of_words_and_sentences() {
        let body = br#"[{"Id":1,"FullName":"Ana 40718","Email":"a@example.com","AccessPincode":"40718","Notes":"pin is 40718"}]"#;
        let reading = &one("2", body)[0];
        assert!(!reading.words.contains("40718") && !reading.sentence.contains("40718"));
        assert!(
            !one("2", br#"[{"AccessPincode":"40718""#)[0]
                .words
                .contains("40718")
        );
    }

    #[test]
    fn without_an_action_the_entity_is_known_and_the_verb_not() {
        let (_, body) = crate::fixtures::PAYLOADS
            .iter()
            .find(|(name, _)| *name == "Booking")
            .unwrap();
        let arrival = Arrival {
            route_action: None,
            route_location: None,
            received_at: 1_781_000_000_000,
            body: body.as_bytes(),
            voice: &crate::Voice::default(),
        };
        let reading = &read(&arrival)[0];
        assert!(reading.inferred);
        assert_eq!(reading.action.name(), "Booking?");
        assert_eq!(reading.entity, Entity::Booking);
    }
}
