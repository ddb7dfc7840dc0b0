//! The body in a bundle: as it came, byte for byte, or masked.

use nexwatch_nexudus::{decode, objects, private};
use serde_json::Value;

/// More objects than this in one body are none of the platform's.
const MOST: usize = 100_000;

/// A body, and what is to be taken out of every other text of the bundle.
pub(super) struct Body {
    /// `body.json` or `body.bin`.
    pub file: &'static str,
    /// What is in the file.
    pub bytes: Vec<u8>,
    /// Nothing was to be masked.
    pub unmasked: bool,
    /// The bytes are those that came: nothing was to be masked, or there is nothing private in them.
    pub as_received: bool,
    /// Fields that are masked.
    pub masked: u32,
    /// Private values that may stand elsewhere, too.
    values: Vec<String>,
}

impl Body {
    pub fn of(came: &[u8], unmasked: bool) -> Body {
        let text = decode(came);
        let value = parsed(&text, came);
        if unmasked {
            return Body {
                file: if value.is_some() { "body.json" } else { "body.bin" },
                bytes: came.to_vec(),
                unmasked,
                as_received: true,
                masked: 0,
                values: Vec::new(),
            };
        }
        let Some(mut value) = value else {
            let (text, masked) = private::mask_text(&text);
            return Body {
                file: "body.bin",
                bytes: text.into_bytes(),
                unmasked,
                as_received: false,
                masked,
                values: Vec::new(),
            };
        };
        let all_is_seen = is_written_as(&text, &value);
        let mut values = Vec::new();
        private::private_values(&value, &mut values);
        let masked = private::mask_value(&mut value);
        let as_received = all_is_seen && masked == 0 && values.is_empty() && text.as_bytes() == came;
        Body {
            file: "body.json",
            bytes: match as_received {
                true => came.to_vec(),
                false => format!("{value:#}\n").into_bytes(),
            },
            unmasked,
            as_received,
            masked,
            values,
        }
    }

    /// A text beside the body, with what is private in it taken out.
    pub fn clean(&self, text: &str) -> String {
        if self.unmasked {
            return text.to_owned();
        }
        private::without_values(private::mask_text(text).0, &self.values)
    }
}

/// Whether a text says nothing but what a value of it says: written anew it would be the same but for its spaces. Of a field that
/// stands there twice a value has only the last, and of what cannot be read nothing: what is private in the rest would not be seen.
fn is_written_as(text: &str, value: &Value) -> bool {
    let (mut inside, mut escaped) = (false, false);
    let said = text.chars().filter(|c| {
        let is_space = !inside && matches!(c, ' ' | '\t' | '\r' | '\n');
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
        !is_space
    });
    said.eq(value.to_string().chars())
}

/// What a body says; half a character in an escape is no JSON to a strict reader, and is read all the same.
fn parsed(text: &str, came: &[u8]) -> Option<Value> {
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(_) => objects(came, MOST).map(Value::Array),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unmasked_is_byte_for_byte() {
        for came in [
            &b"[{\"Id\":5,\"AccessPincode\":\"4711\"}]"[..],
            b"  {\"a\":1.0000000000000001}\r\n",
        ] {
            let body = Body::of(came, true);
            assert_eq!(
                (body.bytes.as_slice(), body.file, body.masked),
                (came, "body.json", 0)
            );
        }
        for came in [&b"\xff\x00\x80"[..], b"", b"a=b"] {
            let body = Body::of(came, true);
            assert_eq!((body.bytes.as_slice(), body.file), (came, "body.bin"));
        }
    }

    #[test]
    fn where_nothing_is_private_it_is_byte_for_byte_too() {
        let came = b"[{ \"Id\":5,\"Notes\":\"a \\\" b\", \"AccessPincode\":null}]\r\n";
        let body = Body::of(came, false);
        assert_eq!(
            (body.bytes.as_slice(), body.as_received, body.masked),
            (&came[..], true, 0)
        );
        // What a value of it does not say may be private.
        for came in [
            r#"[{"CustomFields":[{"Name":"Door PIN","Value":"4711"}],"CustomFields":null}]"#,
            r#"{"Name":"Door PIN","Value":"x","Name":"y"}"#,
            r#"[{"Id":1,"a":"\ud83d"},{"x":1e999},{"Name":"Door PIN","Value":"4711"}]"#,
            r#"{"Id":1.50}"#,
        ] {
            let body = Body::of(came.as_bytes(), false);
            let text = String::from_utf8(body.bytes).unwrap();
            assert!(!body.as_received && !text.contains("4711"), "{text}");
        }
        assert!(!Body::of(b"\x1f\x8b\x08\x00", false).as_received);
    }

    #[test]
    fn masked_leaves_nothing_private_there_or_beside_it() {
        let body = Body::of(
            br#"[{"Id":5,"AccessPincode":"4711-x","Notes":"PIN 4711-x"}]"#,
            false,
        );
        let text = String::from_utf8(body.bytes.clone()).unwrap();
        assert!(!text.contains("4711-x") && text.contains("\"Id\": 5"), "{text}");
        assert!(body.masked >= 1);
        assert_eq!(body.clean("agent 4711-x"), format!("agent {}", private::MASK));
        assert!(!body.as_received);
        // Of a field that stands there twice the first is private as well.
        let twice = Body::of(br#"{"AccessPincode":"4711","AccessPincode":null}"#, false);
        assert!(!twice.as_received && !String::from_utf8(twice.bytes).unwrap().contains("4711"));
        let form = Body::of(b"Name=x&Password=4711", false);
        assert_eq!(form.file, "body.bin");
        assert!(!String::from_utf8(form.bytes).unwrap().contains("4711"));
    }
}
