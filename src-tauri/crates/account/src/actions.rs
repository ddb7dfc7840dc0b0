//! The list of actions as the account tells it: `[{"Id": 6, "Name": "BookingCreate"}, …]`.

use nexwatch_nexudus::decode;
use serde_json::Value;

/// More than this is no list of actions.
const MOST: usize = 10_000;
/// Longest name that is taken, in characters.
const LONGEST: usize = 100;

/// One action of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedAction {
    /// The platform's number.
    pub number: u32,
    /// Its API name.
    pub name: String,
}

/// Reads the answer of the enum endpoint, by number; says what is wrong with it otherwise. `Id` may be text, the list
/// may stand in `Records` as the platform's lists do. Of a number that comes twice the first name is taken.
pub fn parse_actions(body: &[u8]) -> Result<Vec<ListedAction>, String> {
    let value: Value =
        serde_json::from_str(&decode(body)).map_err(|_| "it is not JSON, or it breaks off".to_owned())?;
    let list = match &value {
        Value::Array(list) => list,
        Value::Object(fields) => fields
            .get("Records")
            .and_then(Value::as_array)
            .ok_or("it is an object, where a list was expected")?,
        _ => return Err("it is not a list".to_owned()),
    };
    if list.len() > MOST {
        return Err(format!("it has more than {MOST} entries"));
    }
    let mut actions: Vec<ListedAction> = Vec::with_capacity(list.len());
    for (place, entry) in list.iter().enumerate() {
        let action = action(entry).ok_or_else(|| {
            format!(
                "entry {} is not a number (\"Id\") with a name (\"Name\")",
                place + 1
            )
        })?;
        actions.push(action);
    }
    if actions.is_empty() {
        return Err("the list is empty".to_owned());
    }
    actions.sort_by_key(|action| action.number);
    actions.dedup_by_key(|action| action.number);
    Ok(actions)
}

fn action(entry: &Value) -> Option<ListedAction> {
    let number = match entry.get("Id")? {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let name = entry.get("Name")?.as_str()?.trim();
    let sound = !name.is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control);
    let number = u32::try_from(number).ok().filter(|_| sound)?;
    Some(ListedAction {
        number,
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_number() {
        let list = parse_actions(
            br#"[{"Id":91,"Name":" ResourceCreate "},{"Id":"6","Name":"BookingCreate","Extra":1},{"Id":91,"Name":"x"}]"#,
        )
        .unwrap();
        let pairs: Vec<(u32, &str)> = list.iter().map(|a| (a.number, a.name.as_str())).collect();
        assert_eq!(pairs, [(6, "BookingCreate"), (91, "ResourceCreate")]);
        let records = parse_actions(br#"{"Records":[{"Id":1,"Name":"None"}],"TotalItems":1}"#).unwrap();
        assert_eq!(records.len(), 1);
    }

    #[test]
    fn whatever_is_no_list_says_so() {
        for (body, says) in [
            (&b""[..], "not JSON"),
            (b"<!DOCTYPE html>", "not JSON"),
            (br#"[{"Id":1,"Name":"a"},"#, "not JSON"),
            (b"[]", "empty"),
            (b"7", "not a list"),
            (br#"{"Message":"no"}"#, "an object"),
            (br#"[{"Id":-1,"Name":"a"}]"#, "entry 1"),
            (br#"[{"Id":1,"Name":"a"},{"Id":2}]"#, "entry 2"),
            (br#"[{"Id":1,"Name":""}]"#, "entry 1"),
            (br#"[{"Id":1,"Name":"a\nb"}]"#, "entry 1"),
            (br#"[{"Id":99999999999,"Name":"a"}]"#, "entry 1"),
            (b"[[1]]", "entry 1"),
        ] {
            let error = parse_actions(body).unwrap_err();
            assert!(error.contains(says), "{}: {error}", body.escape_ascii());
        }
    }
}
