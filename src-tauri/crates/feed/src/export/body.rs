//! Bodies as received, private fields masked.

use nexwatch_nexudus::{MOST_EVENTS, decode, objects, private};
use nexwatch_store::{DeliveryId, Reader, StoreError};
use serde_json::Value;

/// Takes bodies apart. Events of one delivery stand side by side: its body is read once.
#[derive(Default)]
pub(crate) struct Bodies {
    last: Option<(i64, Received)>,
    shown: Value,
}

enum Received {
    /// An array of objects, as the platform sends it.
    Many(Vec<Value>),
    /// Anything else that is JSON.
    One(Value),
    /// The bytes as text, masked.
    Text(String),
}

impl Bodies {
    /// The body of an event: as it came, masked. Of a delivery with several events it is an array of the event's own
    /// object, so that no body is told more than once.
    pub fn of(
        &mut self,
        delivery: i64,
        position: u32,
        bytes: impl FnOnce() -> Result<Vec<u8>, StoreError>,
    ) -> Result<&Value, StoreError> {
        let received = match self.last.take() {
            Some((known, received)) if known == delivery => received,
            _ => received(&bytes()?),
        };
        let (_, received) = self.last.insert((delivery, received));
        self.shown = match received {
            Received::Many(objects) => {
                let own = objects.get(position as usize).cloned();
                Value::Array(own.map(masked).into_iter().collect())
            }
            Received::One(value) => masked(value.clone()),
            Received::Text(text) => Value::String(text.clone()),
        };
        Ok(&self.shown)
    }
}

fn received(bytes: &[u8]) -> Received {
    let text = decode(bytes);
    match serde_json::from_str(&text) {
        Ok(Value::Array(objects)) => Received::Many(objects),
        Ok(value) => Received::One(value),
        // Half a character in an escape is no JSON to a strict reader; what was read all the same is shown.
        Err(_) => match objects(bytes, MOST_EVENTS + 1) {
            Some(objects) => Received::Many(objects),
            None => Received::Text(private::mask_text(&text).0),
        },
    }
}

fn masked(mut value: Value) -> Value {
    private::mask_value(&mut value);
    value
}

/// The body of one event, for a list with bodies: as received, private fields masked. Nothing if the delivery is not there.
pub fn body_of(reader: &Reader, delivery: DeliveryId, position: u32) -> Result<Option<Value>, StoreError> {
    let Some(bytes) = reader.body(delivery)? else {
        return Ok(None);
    };
    Ok(Some(
        Bodies::default().of(delivery.0, position, || Ok(bytes))?.clone(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str, position: u32) -> Value {
        let mut bodies = Bodies::default();
        bodies
            .of(1, position, || Ok(body.as_bytes().to_vec()))
            .unwrap()
            .clone()
    }

    #[test]
    fn as_received_but_masked() {
        let one = shown(
            r#"[{"Id":1,"AccessPincode":"40718","Notes":"pin 40718","Price":0.0900}]"#,
            0,
        );
        assert_eq!(
            one.to_string(),
            r#"[{"Id":1,"AccessPincode":"••••","Notes":"pin ••••","Price":0.09}]"#
        );
        assert_eq!(shown(r#"{"Id":1}"#, 0).to_string(), r#"{"Id":1}"#);
        assert_eq!(shown(r#"[{"Id":1},{"Id":2}]"#, 1).to_string(), r#"[{"Id":2}]"#);
        assert_eq!(shown("[]", 0).to_string(), "[]");
        assert_eq!(
            shown("hello, Password=geheim", 0).to_string(),
            r#""hello, Password=\"••••\"""#
        );
        assert_eq!(
            shown(r#"[{"Name":"\ud83d","AccessPincode":"40718"}]"#, 0)[0]["AccessPincode"],
            "••••"
        );
    }

    #[test]
    fn a_body_of_many_events_is_read_once() {
        let mut bodies = Bodies::default();
        let mut reads = 0;
        for position in 0..3 {
            let value = bodies.of(1, position, || {
                reads += 1;
                Ok(br#"[{"Id":0},{"Id":1},{"Id":2}]"#.to_vec())
            });
            assert_eq!(value.unwrap()[0]["Id"], position);
        }
        assert_eq!(reads, 1);
    }
}
