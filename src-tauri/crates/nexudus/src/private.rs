//! Fields that nobody needs to see: PINs, card and bank data, passwords, tokens, network addresses, visitor
//! codes. They are masked in everything that is shown, searched or exported; the raw bytes stay in the store.
//!
//! The names come from the platform's documentation; beside them whatever is plainly of the kind (a custom
//! field called "Door PIN") is masked too: a field hidden for nothing costs a look at the platform, a code
//! shown at a front desk costs a lock.

use serde_json::Value;

/// What stands in the place of a private value.
pub const MASK: &str = "••••";

/// Whole names, folded to lower-case letters and digits; sorted.
const NAMES: &[&str] = &[
    "accesscardid",
    "accesskey",
    "accesspincode",
    "apikey",
    "attendeecode",
    "authorization",
    "bankaccount",
    "bankbranch",
    "bankname",
    "bic",
    "billtobankaccount",
    "billtotaxidnumber",
    "cardnumber",
    "coworkercardnumber",
    "coworkergocardlesscontractnumber",
    "coworkerregularpaymentcontractnumber",
    "customerid",
    "cvc",
    "cvv",
    "dateofbirth",
    "gocardlesscontractnumber",
    "gocardlessreference",
    "iban",
    "keyfobnumber",
    "kisikeyid",
    "macaddress",
    "macaddresses",
    "mandateid",
    "methodid",
    "password",
    "paymentmethodnumber",
    "pin",
    "privatekey",
    "regularpaymentcontractnumber",
    "sharedsecret",
    "sortcode",
    "spreedlytoken",
    "ssn",
    "stripeachbanktoken",
    "stripeachcustomertoken",
    "swift",
    "taxidnumber",
    "visitorcode",
];

/// Parts that make a name private wherever they stand.
const PARTS: &[&str] = &[
    "password",
    "passcode",
    "passphrase",
    "passwort",
    "kennwort",
    "contraseña",
    "contrasena",
    "motdepasse",
    "wachtwoord",
    "pincode",
    "secret",
    "token",
    "cardnumber",
    "cardid",
    "bankaccount",
    "accountnumber",
    "routingnumber",
    "macaddress",
    "mandateid",
    "visitorcode",
    "doorcode",
    "accesscode",
    "entrycode",
    "keyfob",
    "keycode",
    "wificode",
    "lockcode",
    "alarmcode",
    "taxid",
    "vatnumber",
    "nationalid",
    "passportnumber",
    "dateofbirth",
    "birthday",
    "contractnumber",
];

/// Words that make a name private when they stand as a word of their own ("Door PIN", "PinNumber").
const WORDS: &[&str] = &["pin", "iban", "bic", "cvv", "cvc", "ssn", "dob"];

/// Longest name looked at, in bytes; a longer one is no field of the platform and masked unseen.
const LONGEST: usize = 200;

/// Which three letters begin one of [`PARTS`] or [`WORDS`]: a bit for each, so that the many harmless names of a
/// body (this is asked a hundred times a delivery) are let go after one look at each of their letters.
static BEGINNINGS: [u64; 27 * 27 * 27 / 64 + 1] = {
    let mut bits = [0; 27 * 27 * 27 / 64 + 1];
    let mut list = 0;
    while list < 2 {
        let texts = if list == 0 { PARTS } else { WORDS };
        let mut index = 0;
        while index < texts.len() {
            let text = texts[index].as_bytes();
            let place = beginning(text[0], text[1], text[2]);
            bits[place / 64] |= 1 << (place % 64);
            index += 1;
        }
        list += 1;
    }
    bits
};

/// The place of three letters among all of them; whatever is no small letter counts as one and the same.
const fn beginning(a: u8, b: u8, c: u8) -> usize {
    (letter(a) * 27 + letter(b)) * 27 + letter(c)
}

/// A letter's place among the small ones; whatever is none is the last.
const fn letter(byte: u8) -> usize {
    if byte.is_ascii_lowercase() {
        (byte - b'a') as usize
    } else {
        26
    }
}

/// Whether a field of this name is private.
pub fn is_private(name: &str) -> bool {
    if name.len() > LONGEST {
        return true;
    }
    let mut buffer = [0; LONGEST];
    if name.is_ascii() {
        let mut length = 0;
        for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
            buffer[length] = byte.to_ascii_lowercase();
            length += 1;
        }
        return folded_is_private(&buffer[..length], name);
    }
    let folded: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    folded_is_private(folded.as_bytes(), name)
}

/// Which first letters and lengths there are among [`NAMES`]: a bit for each length, by letter. Most names are told
/// from them all by that.
static LENGTHS: [u64; 27] = {
    let mut bits = [0; 27];
    let mut index = 0;
    while index < NAMES.len() {
        let name = NAMES[index].as_bytes();
        bits[letter(name[0])] |= 1 << name.len();
        index += 1;
    }
    bits
};

/// Whether a folded name is one of [`NAMES`].
fn is_named_so(folded: &[u8]) -> bool {
    let Some(first) = folded.first().filter(|_| folded.len() < 64) else {
        return false;
    };
    LENGTHS[letter(*first)] >> folded.len() & 1 == 1
        && NAMES
            .binary_search_by(|known| known.as_bytes().cmp(folded))
            .is_ok()
}

fn folded_is_private(folded: &[u8], name: &str) -> bool {
    if is_named_so(folded) {
        return true;
    }
    let mut word = false;
    for (at, three) in folded.windows(3).enumerate() {
        let place = beginning(three[0], three[1], three[2]);
        if BEGINNINGS[place / 64] >> (place % 64) & 1 == 0 {
            continue;
        }
        let rest = &folded[at..];
        if PARTS.iter().any(|part| rest.starts_with(part.as_bytes())) {
            // A contract's number is the customer's to know unless a payment provider gave it.
            return folded != b"contractnumber";
        }
        word |= WORDS.iter().any(|word| rest.starts_with(word.as_bytes()));
    }
    word && words(name).any(|word| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
    })
}

/// The words of a name: split at anything that is no letter or digit, and where a capital follows a small
/// letter.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(|part| {
        let mut pieces = Vec::new();
        let (mut start, mut small) = (0, false);
        for (at, c) in part.char_indices() {
            if small && c.is_uppercase() {
                pieces.push(&part[start..at]);
                start = at;
            }
            small = c.is_lowercase();
        }
        pieces.push(&part[start..]);
        pieces
    })
}

/// Masks every private value, at any depth, and says how many. Null, empty text, empty lists and `false` say
/// only that there is none and stay; whatever else stands under a private name goes as a whole. A custom field
/// in the form `{"Name": "Door PIN", "Value": …}` is recognised by its name. A private value that stands in
/// another text of the body as well (a PIN in a note) is taken out there too.
pub fn mask_value(value: &mut Value) -> u32 {
    let mut values = Vec::new();
    private_values(value, &mut values);
    values.sort_unstable_by_key(|value| std::cmp::Reverse(value.len()));
    mask(value, &values)
}

fn mask(value: &mut Value, values: &[String]) -> u32 {
    match value {
        Value::Array(items) => items.iter_mut().map(|item| mask(item, values)).sum(),
        Value::Object(fields) => {
            let named = is_named(fields);
            let mut masked = 0;
            for (key, value) in fields.iter_mut() {
                if !hides(key, named) {
                    masked += mask(value, values);
                } else if says_something(value) {
                    *value = Value::String(MASK.to_owned());
                    masked += 1;
                }
            }
            masked
        }
        Value::String(text) => {
            let shown = without_values(std::mem::take(text), values);
            let masked = shown.contains(MASK);
            *text = shown;
            u32::from(masked)
        }
        _ => 0,
    }
}

/// Whether an object is a field of its own with a private name: `{"Name": "Door PIN", "Value": …}`.
fn is_named(fields: &serde_json::Map<String, Value>) -> bool {
    fields.iter().any(|(key, value)| {
        ["name", "key", "label", "fieldname", "displayname"]
            .iter()
            .any(|known| key.eq_ignore_ascii_case(known))
            && value.as_str().is_some_and(is_private)
    })
}

fn hides(key: &str, named: bool) -> bool {
    is_private(key) || (named && key.to_ascii_lowercase().contains("value"))
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) | Value::Number(_) => true,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(fields) => !fields.is_empty(),
    }
}

/// Every private value of 4 characters and more: so that it can be taken out of free text as well (a PIN
/// repeated in a note).
pub fn private_values(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| private_values(item, found)),
        Value::Object(fields) => {
            let named = is_named(fields);
            for (key, value) in fields {
                if hides(key, named) {
                    add_values(value, found);
                } else {
                    private_values(value, found);
                }
            }
        }
        _ => {}
    }
}

/// All texts and numbers of what stands under a private name.
pub(crate) fn add_values(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| add_values(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| add_values(item, found)),
        Value::String(text) => add_value(text, found),
        Value::Number(number) => add_value(&number.to_string(), found),
        Value::Null | Value::Bool(_) => {}
    }
}

pub(crate) fn add_value(text: &str, found: &mut Vec<String>) {
    let text = text.trim();
    let masked = text == MASK;
    if !masked && text.chars().count() >= 4 && found.len() < 64 && !found.iter().any(|known| known == text) {
        found.push(text.to_owned());
    }
}

/// Takes private values out of a text. A number inside a longer one stays: a PIN of four digits is in many an id.
pub fn without_values(text: String, values: &[String]) -> String {
    values.iter().fold(text, |text, value| {
        if text.contains(value.as_str()) {
            without_value(&text, value)
        } else {
            text
        }
    })
}

fn without_value(text: &str, value: &str) -> String {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (first, last) = (digit(value.chars().next()), digit(value.chars().next_back()));
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(value) {
        let end = at + value.len();
        if (first && digit(text[..at].chars().next_back())) || (last && digit(text[end..].chars().next())) {
            continue;
        }
        out.push_str(&text[from..at]);
        out.push_str(MASK);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

/// Masks the value after every `"Name":` (or `Name=`) of a private name in a text that is not JSON: a body cut
/// in the middle, a form. Says how many. One pass over the text.
pub fn mask_text(text: &str) -> (String, u32) {
    let mut out = String::with_capacity(text.len());
    let mut masked = 0;
    let mut rest = text;
    while let Some(at) = rest.find([':', '=']) {
        let (before, after) = rest.split_at(at);
        let name = last_name(before);
        out.push_str(before);
        out.push_str(&after[..1]);
        rest = &after[1..];
        if name.is_empty() || !is_private(&unescaped(name)) {
            continue;
        }
        let space = rest.len() - rest.trim_start().len();
        let end = space + value_end(&rest[space..]);
        let value = rest[space..end].trim_matches(['"', '\'']);
        out.push_str(&rest[..space]);
        if value.is_empty() || value == "null" || value == "false" {
            out.push_str(&rest[space..end]);
        } else {
            out.push('"');
            out.push_str(MASK);
            out.push('"');
            masked += 1;
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out, masked)
}

/// The name that ends a text: what stands between the last two quotes, or the last run of name characters.
fn last_name(before: &str) -> &str {
    // A name is short: looking no further back keeps this one pass in all.
    let mut from = before.len().saturating_sub(LONGEST + 2);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let tail = before[from..].trim_end();
    match tail.strip_suffix(['"', '\'']) {
        Some(open) => open.rfind(['"', '\'']).map_or(open, |at| &open[at + 1..]),
        None => {
            let start = tail
                .rfind(|c: char| !c.is_alphanumeric() && c != '_')
                .map_or(0, |at| at + tail[at..].chars().next().map_or(1, char::len_utf8));
            &tail[start..]
        }
    }
}

/// A name with its `\uXXXX` escapes resolved, as far as they are whole.
fn unescaped(name: &str) -> std::borrow::Cow<'_, str> {
    if !name.contains('\\') {
        return name.into();
    }
    serde_json::from_str::<String>(&format!("\"{name}\"")).map_or_else(|_| name.into(), Into::into)
}

/// Where a value ends: after its closing quote or bracket, else at a comma, an ampersand, a bracket or a line end.
fn value_end(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if let Some(open) = quote {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == open {
                quote = None;
                if depth == 0 {
                    return at + 1;
                }
            }
            continue;
        }
        match c {
            '"' | '\'' => quote = Some(c),
            '[' | '{' => depth += 1,
            ']' | '}' if depth > 1 => depth -= 1,
            ']' | '}' if depth == 1 => return at + 1,
            ']' | '}' | ',' | '&' | '\n' | '\r' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
