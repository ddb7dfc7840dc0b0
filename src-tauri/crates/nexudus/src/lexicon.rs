//! The account's own list of actions, as the platform's enum endpoint gives it: it may know more than this program.

use crate::Action;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Largest list read, in bytes; the documented one has 4 KB.
pub const LARGEST: usize = 256 * 1024;
/// Most actions kept of a list.
pub const MOST_ACTIONS: usize = 10_000;
/// Longest name of an action, in characters, as in [`Action::parse`].
const LONGEST_NAME: usize = 100;

/// Names of actions by their numbers, as learnt from the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    names: BTreeMap<u32, String>,
}

/// Why a list of actions cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexiconError {
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// It is no JSON.
    NotJson,
    /// It is JSON, but no list of things with an `Id` and a `Name`.
    NotAList,
    /// No action with a number and a name is in it.
    Empty,
}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LexiconError::TooLarge => write!(f, "the list of actions is larger than {} KB", LARGEST / 1024),
            LexiconError::NotJson => f.write_str("the list of actions is not JSON"),
            LexiconError::NotAList => f.write_str(
                "this is no list of actions: [{\"Id\": 6, \"Name\": \"BookingCreate\"}, …] was expected",
            ),
            LexiconError::Empty => f.write_str("the list of actions has no action in it"),
        }
    }
}

impl std::error::Error for LexiconError {}

/// One line of the list; whatever else it holds is passed over.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "id", alias = "ID", alias = "Value", alias = "value")]
    #[serde(rename = "Id", default)]
    id: Value,
    #[serde(alias = "name")]
    #[serde(rename = "Name", default)]
    name: Value,
}

impl Lexicon {
    /// Reads the answer of `GET /api/utils/enums?name=eWebhookAction`, an array of `{Id, Name}`, leniently: the names of
    /// the fields in small letters too, a number as text, lines that are no action passed over. Of a number given twice
    /// the last counts.
    pub fn parse(json: &[u8]) -> Result<Lexicon, LexiconError> {
        if json.len() > LARGEST {
            return Err(LexiconError::TooLarge);
        }
        let text = crate::read::decode(json);
        let value: Value = serde_json::from_str(&text).map_err(|_| LexiconError::NotJson)?;
        let Value::Array(lines) = value else {
            return Err(LexiconError::NotAList);
        };
        if !lines.is_empty() && !lines.iter().any(Value::is_object) {
            return Err(LexiconError::NotAList);
        }
        let actions = lines.into_iter().filter_map(|line| {
            let line: Line = serde_json::from_value(line).ok()?;
            Some((number(&line.id)?, name(&line.name)?))
        });
        Lexicon::of(actions.take(MOST_ACTIONS))
    }

    /// The lexicon of numbers and names that were kept. What is no action's name is passed over.
    pub fn of(actions: impl IntoIterator<Item = (u32, String)>) -> Result<Lexicon, LexiconError> {
        let names: BTreeMap<u32, String> = actions
            .into_iter()
            // 1 is "None" on the platform: no action.
            .filter(|(number, _)| *number > 1)
            .filter_map(|(number, text)| Some((number, name(&Value::String(text))?)))
            .collect();
        if names.is_empty() {
            return Err(LexiconError::Empty);
        }
        Ok(Lexicon { names })
    }

    /// The platform's name of a number.
    pub fn name_of(&self, number: u32) -> Option<&str> {
        self.names.get(&number).map(String::as_str)
    }

    /// Every action by number.
    pub fn all(&self) -> impl Iterator<Item = (u32, &str)> {
        self.names.iter().map(|(number, name)| (*number, name.as_str()))
    }

    /// Whether the list has a number that this program does not know, or knows under another name.
    pub fn is_new(&self, number: u32) -> bool {
        let known = u8::try_from(number).ok().and_then(Action::of_number);
        match (self.name_of(number), known) {
            (Some(name), Some(action)) => !action.name().eq_ignore_ascii_case(name),
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// The name as the list writes it, whatever its case here.
    pub(crate) fn spelling(&self, name: &str) -> Option<&str> {
        self.names
            .values()
            .find(|known| known.eq_ignore_ascii_case(name))
            .map(String::as_str)
    }
}

fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => u32::try_from(number.as_u64()?).ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A name: a letter first, then letters, digits and `_`, as in a program. Anything else would be taken for a number, a label
/// or a body's kind where it is read back.
fn name(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    let is_name = text.starts_with(char::is_alphabetic)
        && text.chars().count() <= LONGEST_NAME
        && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Category;
    use proptest::prelude::*;

    fn lexicon(json: &str) -> Lexicon {
        Lexicon::parse(json.as_bytes()).unwrap()
    }

    #[test]
    fn the_documented_list_has_nothing_new() {
        let documented: Vec<Value> = serde_json::from_str(include_str!("../fixtures/actions.json")).unwrap();
        let list: Vec<Value> = documented
            .iter()
            .map(|row| serde_json::json!({"Id": row["value"], "Name": row["name"]}))
            .collect();
        let lexicon = Lexicon::parse(&serde_json::to_vec(&list).unwrap()).unwrap();
        assert_eq!(lexicon.all().count(), 89);
        assert!(lexicon.all().all(|(number, _)| !lexicon.is_new(number)));
        for action in Action::all() {
            let number = u32::from(action.number().unwrap());
            assert_eq!(lexicon.name_of(number), Some(action.name().as_str()));
            assert_eq!(Action::parse_with(&number.to_string(), &lexicon), action);
        }
    }

    #[test]
    fn read_leniently() {
        let lexicon = lexicon(
            r#"[{"Id":91,"Name":"ResourceCreated","Description":"x","More":{"a":[1]}}, {"id":"92","name":" TimePassCreate "},
                {"Id":1,"Name":"None"}, {"Id":93}, {"Name":"NoNumber"}, {"Id":94,"Name":""}, {"Id":95,"Name":"12"}, 7, null,
                {"Id":-4,"Name":"Less"}, {"Id":96,"Name":"Booking?"}, {"Id":97,"Name":"two words"}, {"Id":6,"Name":"BookingMade"},
                {"Id":7,"Name":"bookingupdate"}, {"Id":300,"Name":"FarOff"}]"#,
        );
        let all: Vec<(u32, &str)> = lexicon.all().collect();
        assert_eq!(
            all,
            [
                (6, "BookingMade"),
                (7, "bookingupdate"),
                (91, "ResourceCreated"),
                (92, "TimePassCreate"),
                (300, "FarOff"),
            ]
        );
        let new: Vec<u32> = (0..400).filter(|number| lexicon.is_new(*number)).collect();
        assert_eq!(new, [6, 91, 92, 300]);
    }

    #[test]
    fn what_is_no_list_is_told() {
        for (json, error) in [
            ("", LexiconError::NotJson),
            ("<html>", LexiconError::NotJson),
            ("[", LexiconError::NotJson),
            ("{\"Message\":\"no\"}", LexiconError::NotAList),
            ("null", LexiconError::NotAList),
            ("[1,2]", LexiconError::NotAList),
            ("[]", LexiconError::Empty),
            ("[{}]", LexiconError::Empty),
            ("[{\"Id\":1,\"Name\":\"None\"}]", LexiconError::Empty),
        ] {
            assert_eq!(Lexicon::parse(json.as_bytes()), Err(error), "{json}");
            assert!(!error.to_string().is_empty());
        }
        assert_eq!(
            Lexicon::parse(&vec![b' '; LARGEST + 1]),
            Err(LexiconError::TooLarge)
        );
    }

    #[test]
    fn numbers_that_this_program_does_not_know_get_their_names() {
        let lexicon = lexicon(
            r#"[{"Id":91,"Name":"ResourceCreated"},{"Id":6,"Name":"BookingMade"},{"Id":92,"Name":"BookingDelete"}]"#,
        );
        let parse = |segment| Action::parse_with(segment, &lexicon);
        assert_eq!(parse("91"), Action::Other("ResourceCreated".into()));
        assert_eq!(parse(" 91 "), Action::Other("ResourceCreated".into()));
        assert_eq!(parse("resourcecreated"), Action::Other("ResourceCreated".into()));
        assert_eq!(parse("91").category(), Category::Inventory);
        // What is documented stays what it is, under whatever name the list has it.
        assert_eq!(parse("6"), Action::Known(6));
        assert_eq!(parse("BookingCreate"), Action::Known(6));
        assert_eq!(parse("BookingMade"), Action::Known(6));
        // A known name under a new number.
        assert_eq!(parse("92"), Action::Known(8));
        assert_eq!(parse("93"), Action::Other("93".into()));
        assert_eq!(parse("1"), Action::Other("1".into()));
        assert_eq!(parse("Booking UPDATED"), Action::Known(7));
        assert_eq!(parse(""), Action::parse(""));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes(json in prop::collection::vec(any::<u8>(), 0..200), segment in any::<String>()) {
            if let Ok(lexicon) = Lexicon::parse(&json) {
                prop_assert!(lexicon.all().count() > 0);
            }
            let lexicon = Lexicon::of([(91, "ResourceCreated".to_owned())]).unwrap();
            let action = Action::parse_with(&segment, &lexicon);
            prop_assert_eq!(Action::parse_with(&action.name(), &lexicon), action);
        }

        #[test]
        fn any_list(lines in prop::collection::vec((any::<u32>(), "[A-Za-z]{1,20}"), 1..4)) {
            let list: Vec<Value> = lines.iter().map(|(id, name)| serde_json::json!({"Id": id, "Name": name})).collect();
            if let Ok(lexicon) = Lexicon::parse(&serde_json::to_vec(&list).unwrap()) {
                for (number, name) in lexicon.all() {
                    let action = Action::parse_with(&number.to_string(), &lexicon);
                    let documented = u8::try_from(number).ok().and_then(Action::of_number);
                    prop_assert!(documented.is_some() || action == Action::parse(name), "{} {}", number, name);
                }
            }
        }
    }
}
