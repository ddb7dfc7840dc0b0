//! What changed between two states of an entity: by value, not by spelling.
//!
//! Numbers are compared by value (`0.09000` is `0.09`), moments likewise, lists of plain values and of things with an id
//! without regard to order; null, missing and empty text are one. What changes with every delivery or only says again what
//! another field says is noise: it is listed, but marked.

use crate::fields::Fields;
use crate::payload::{self, Object};
use crate::{Action, Amount, Entity, Saying, private, read, time};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// Most differences listed of one pair of states.
pub const MOST_DIFFERENCES: usize = 1000;

/// One field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where: `FromTime`, `CustomFields.Wifi`, `BookingVisitors[7].FullName` (things in lists by their id, else by place).
    pub path: String,
    /// What it was; private values are masked. Nothing where there was none.
    pub before: Option<Value>,
    /// What it is.
    pub after: Option<Value>,
    /// It changes with every delivery, or another field says the same.
    pub noise: bool,
}

/// Fields that say nothing of what a person did.
const NOISE: &[&str] = &[
    "CheckinSinceLastRenewal",
    "IsNew",
    "LastAccess",
    "LastSeen",
    "LocalizationDetails",
    "MinutesSinceLastRenewal",
    "MinutesToStart",
    "SystemId",
    "ToStringText",
    "UpdatedBy",
    "UpdatedOn",
    "UserLastAccess",
];

/// How the platform's names of moments end.
const MOMENTS: &[&str] = &[
    "Time", "Date", "On", "At", "Until", "Period", "Term", "Attempt", "Invoice",
];

/// Whether a field of a body is noise by its name.
pub fn is_noise(name: &str) -> bool {
    NOISE.contains(&name)
        // The wall clock of a field that is there in UTC as well.
        || name
            .strip_suffix("Local")
            .is_some_and(|twin| MOMENTS.iter().any(|end| twin.ends_with(end)))
}

/// What differs between two states, in the order of the newer one; then what is gone. At most [`MOST_DIFFERENCES`].
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    walk("", Some(before), Some(after), false, &mut found);
    // An id says again what the name beside it says.
    let names: FxHashSet<String> = found.iter().map(|one| one.path.clone()).collect();
    let named = |path: &str| {
        let stem = path.strip_suffix("Id").filter(|stem| !stem.is_empty());
        stem.is_some_and(|stem| {
            ["Name", "FullName"]
                .iter()
                .any(|end| names.contains(&format!("{stem}{end}")))
        })
    };
    for difference in &mut found {
        difference.noise |= named(&difference.path);
        let private = difference.path.split(['.', '[', ']']).any(private::is_private);
        for value in [&mut difference.before, &mut difference.after]
            .into_iter()
            .flatten()
        {
            if private {
                *value = Value::String(private::MASK.to_owned());
            } else {
                private::mask_value(value);
            }
        }
    }
    found
}

fn walk(path: &str, before: Option<&Value>, after: Option<&Value>, noise: bool, found: &mut Vec<Difference>) {
    if found.len() >= MOST_DIFFERENCES || same(before, after) {
        return;
    }
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let gone = old.keys().filter(|name| !new.contains_key(*name));
            for name in new.keys().chain(gone) {
                let path = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                walk(
                    &path,
                    old.get(name),
                    new.get(name),
                    noise || is_noise(name),
                    found,
                );
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if by_id(old) && by_id(new) => {
            let (was, is) = (things(old), things(new));
            let gone = old.iter().filter_map(id).filter(|key| !is.contains_key(key));
            for key in new.iter().filter_map(id).chain(gone) {
                walk(
                    &format!("{path}[{key}]"),
                    was.get(&key).copied(),
                    is.get(&key).copied(),
                    noise,
                    found,
                );
            }
        }
        _ => found.push(Difference {
            path: path.to_owned(),
            before: before.filter(|value| !is_none(value)).cloned(),
            after: after.filter(|value| !is_none(value)).cloned(),
            noise,
        }),
    }
}

fn id(thing: &Value) -> Option<i64> {
    thing.get("Id").and_then(Value::as_i64)
}

/// Things by their ids: a stranger's list may be long.
fn things(list: &[Value]) -> FxHashMap<i64, &Value> {
    list.iter()
        .filter_map(|thing| Some((id(thing)?, thing)))
        .collect()
}

/// Whether a list is of things that each have an id of their own.
fn by_id(list: &[Value]) -> bool {
    let mut ids: Vec<i64> = list.iter().filter_map(id).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    all == list.len() && ids.len() == all
}

fn is_none(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether two values mean the same.
fn same(before: Option<&Value>, after: Option<&Value>) -> bool {
    let (before, after) = (
        before.filter(|value| !is_none(value)),
        after.filter(|value| !is_none(value)),
    );
    match (before, after) {
        (None, None) => true,
        (Some(before), Some(after)) => before == after || means_the_same(before, after),
        _ => false,
    }
}

fn means_the_same(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => old
            .keys()
            .chain(new.keys())
            .all(|name| same(old.get(name), new.get(name))),
        (Value::Array(old), Value::Array(new)) => {
            if old.len() != new.len() {
                return false;
            }
            if old.iter().zip(new).all(|(a, b)| same(Some(a), Some(b))) {
                return true;
            }
            // Order means nothing in lists of plain values and of things with an id.
            let plain = |list: &[Value]| !list.iter().any(|value| value.is_array() || value.is_object());
            if plain(old) && plain(new) {
                let sorted = |list: &[Value]| {
                    let mut texts: Vec<String> = list.iter().map(meaning).collect();
                    texts.sort_unstable();
                    texts
                };
                return sorted(old) == sorted(new);
            }
            if !(by_id(old) && by_id(new)) {
                return false;
            }
            let was = things(old);
            let of = |thing: &Value| id(thing).and_then(|key| was.get(&key).copied());
            new.iter().all(|thing| same(of(thing), Some(thing)))
        }
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        (before, after) => meaning(before) == meaning(after),
    }
}

/// A plain value as it is compared: numbers and moments however they are written, true and false also as text.
fn meaning(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.trim(),
        Value::Number(number) => return number_meaning(&number.to_string()),
        other => return other.to_string(),
    };
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return text.to_ascii_lowercase();
    }
    if text.len() > 10
        && let Some(stamp) = time::parse_stamp(text)
    {
        return format!("@{}", stamp.0);
    }
    number_meaning(text)
}

fn number_meaning(text: &str) -> String {
    // Ids of more than nine digits and codes with leading noughts stay as they are.
    let code = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
    if text.len() <= 18
        && !code
        && let Some(amount) = Amount::parse(text)
        && text
            .split_once('.')
            .is_none_or(|(_, fraction)| fraction.trim_end_matches('0').len() <= 4)
    {
        return format!("#{}", amount.0);
    }
    text.to_owned()
}

/// A state of an entity: an object of a body.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    /// The untouched bytes.
    pub body: &'a [u8],
    /// Place of the object in the body's array.
    pub position: u32,
}

/// What an event did to its entity, as far as can be told from the state before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// Names of the body's own (top-level) fields that differ, without noise, by name.
    pub fields: Vec<String>,
    /// A better saying than the event's body alone gives: `moved from 14:00 to 15:00`.
    pub saying: Option<Saying>,
}

/// Compares the state that an event brought with the one before. Nothing if one of them cannot be read.
pub fn compare(action: &Action, entity: Entity, before: State, after: State) -> Option<Compared> {
    let (old_text, new_text) = (read::decode(before.body), read::decode(after.body));
    let old = read::fields_at(&old_text, before.position)?;
    let new = read::fields_at(&new_text, after.position)?;
    let mut fields: Vec<String> = old
        .not_as_in(&new)
        .filter(|name| !is_noise(name) && differs(&old, &new, name))
        .map(str::to_owned)
        .collect();
    // The fields of an object have no order.
    fields.sort_unstable();
    let object = Object { fields: &new, action };
    let update = Update {
        before: &old,
        fields: &fields,
    };
    let mut saying = payload::update(entity, &object, &update);
    // Many a saying has only times and numbers: then nothing private can stand in it.
    if let Some(saying) = &mut saying
        && saying.texts_mut().next().is_some()
    {
        let mut secrets = new.private_values();
        secrets.extend(old.private_values());
        for text in saying.texts_mut() {
            *text = private::without_values(std::mem::take(text), &secrets);
        }
    }
    Some(Compared { fields, saying })
}

fn differs(old: &Fields, new: &Fields, name: &str) -> bool {
    let (before, after) = (old.json(name), new.json(name));
    if before == after {
        return false;
    }
    let value = |json: Option<&str>| json.and_then(|json| serde_json::from_str(json).ok());
    let (before, after): (Option<Value>, Option<Value>) = (value(before), value(after));
    !same(before.as_ref(), after.as_ref())
}

/// What an update changed, for the sentence.
pub(crate) struct Update<'u, 'a> {
    /// The state before.
    pub before: &'u Fields<'a>,
    fields: &'u [String],
}

impl<'u, 'a> Update<'u, 'a> {
    #[cfg(test)]
    pub fn new(before: &'u Fields<'a>, fields: &'u [String]) -> Update<'u, 'a> {
        Update { before, fields }
    }
}

impl Update<'_, '_> {
    /// Whether a field differs.
    pub fn of(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field == name)
    }

    /// The fields that differ.
    pub fn fields(&self) -> &[String] {
        self.fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn paths(before: Value, after: Value) -> Vec<String> {
        differences(&before, &after)
            .into_iter()
            .map(|difference| difference.path)
            .collect()
    }

    #[test]
    fn spelling_is_no_difference() {
        for (before, after) in [
            (json!(354), json!(354.0)),
            (json!("0.09000"), json!(0.09)),
            (json!(null), json!("")),
            (
                json!("2026-06-09T09:41:12Z"),
                json!("2026-06-09T09:41:12.0000000Z"),
            ),
            (json!([1, 2, 3]), json!([3, 1, 2])),
            (
                json!([{"Id": 1, "A": "x"}, {"Id": 2}]),
                json!([{"Id": 2}, {"Id": 1, "A": "x"}]),
            ),
            (json!({}), json!(null)),
            (json!("True"), json!(true)),
        ] {
            let (a, b) = (json!({ "X": before }), json!({ "X": after }));
            assert_eq!(paths(a.clone(), b.clone()), Vec::<String>::new(), "{a} {b}");
            assert_eq!(paths(b, a), Vec::<String>::new());
        }
        assert_eq!(paths(json!({"X": null}), json!({})), Vec::<String>::new());
    }

    #[test]
    fn what_differs() {
        for (before, after) in [
            (json!(1), json!(2)),
            (json!("007"), json!("7")),
            (json!(0.00001), json!(0.00002)),
            (json!(1_420_900_101_i64), json!(1_420_900_102_i64)),
            (json!([1, 1, 2]), json!([1, 2, 2])),
            (json!(["a"]), json!(["a", "b"])),
            (json!(false), json!(null)),
            (json!("Zoë"), json!("Zoe")),
        ] {
            let (a, b) = (json!({ "X": before }), json!({ "X": after }));
            assert_eq!(paths(a, b), ["X"]);
        }
    }

    #[test]
    fn deep_ones_are_named_by_their_path() {
        let before = json!({"Id": 5, "CustomFields": {"Wifi": "a", "Same": 1}, "BookingVisitors": [{"Id": 7, "FullName": "Ana"}, {"Id": 8}], "Old": 1});
        let after = json!({"Id": 5, "CustomFields": {"Wifi": "b", "Same": 1.0}, "BookingVisitors": [{"Id": 9}, {"Id": 7, "FullName": "Anna"}], "New": 2});
        assert_eq!(
            paths(before, after),
            [
                "CustomFields.Wifi",
                "BookingVisitors[9]",
                "BookingVisitors[7].FullName",
                "BookingVisitors[8]",
                "New",
                "Old"
            ]
        );
    }

    #[test]
    fn a_long_list_the_other_way_round_takes_no_time() {
        // By looking for each thing in all of the list this takes minutes.
        let list =
            |ids: &mut dyn Iterator<Item = i64>| -> Value { ids.map(|id| json!({ "Id": id })).collect() };
        let before = json!({ "X": list(&mut (0..200_000)) });
        let after = json!({ "X": list(&mut (0..200_000).rev()) });
        assert_eq!(paths(before.clone(), after), Vec::<String>::new());
        let after = json!({ "X": list(&mut (1..200_001).rev()) });
        assert_eq!(paths(before, after), ["X[200000]", "X[0]"]);
    }

    #[test]
    fn noise_is_marked_and_private_values_are_masked() {
        let before = json!({"UpdatedOn": "2026-06-09T09:41:12Z", "AccessPincode": "1234", "FromTimeLocal": "2026-06-09T10:00:00"});
        let after = json!({"UpdatedOn": "2026-06-09T09:42:12Z", "AccessPincode": "9876", "FromTimeLocal": "2026-06-09T11:00:00"});
        let found = differences(&before, &after);
        let marks: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.noise)).collect();
        assert_eq!(
            marks,
            [
                ("UpdatedOn", true),
                ("AccessPincode", false),
                ("FromTimeLocal", true)
            ]
        );
        assert_eq!(found[1].after, Some(json!(private::MASK)));
        assert_eq!(found[1].before, Some(json!(private::MASK)));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[a-z0-9 .:-]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[A-C]|Id", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_state_does_not_differ_from_itself_and_both_ways_are_as_many(a in value(), b in value()) {
            prop_assert!(differences(&a, &a).is_empty());
            prop_assert_eq!(differences(&a, &b).is_empty(), differences(&b, &a).is_empty());
            prop_assert!(differences(&a, &b).len() <= MOST_DIFFERENCES);
        }
    }
}
