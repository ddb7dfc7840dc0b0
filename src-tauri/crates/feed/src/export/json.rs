//! JSON Lines, and a row of the feed in the same shape. Times are UTC; unknown is null.

use super::cell::{Cell, Column, Line};
use super::moment::Moments;
use nexwatch_nexudus::{Amount, Voice, time};
use nexwatch_store::EventRow;
use serde_json::{Map, Value};

pub(super) struct Jsonl {
    /// With the column's name as it stands before the value.
    columns: Vec<(Column, String)>,
    moments: Moments,
}

impl Jsonl {
    pub fn new(columns: &[Column]) -> Jsonl {
        let named = columns.iter().enumerate();
        Jsonl {
            columns: named
                .map(|(at, column)| {
                    let before = if at == 0 { '{' } else { ',' };
                    (*column, format!("{before}\"{}\":", column.name()))
                })
                .collect(),
            moments: Moments::utc(),
        }
    }

    pub fn row(&mut self, line: &Line, out: &mut Vec<u8>) {
        for (column, name) in &self.columns {
            out.extend_from_slice(name.as_bytes());
            match line.cell(*column) {
                Cell::Unknown => out.extend_from_slice(b"null"),
                Cell::Number(number) => json(out, &number),
                Cell::Decimal(amount) => json(out, &decimal(amount)),
                Cell::Moment(at) => {
                    out.push(b'"');
                    self.moments.write(at, out);
                    out.push(b'"');
                }
                Cell::Word(word) => json(out, word),
                Cell::Text(text) => json(out, text),
                Cell::Words(flags) => json(out, &flags.names()),
                Cell::Body(value) => json(out, value),
            }
        }
        out.extend_from_slice(b"}\n");
    }
}

/// Writing to memory does not fail.
fn json<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let _ = serde_json::to_writer(out, value);
}

/// Exact to the ten-thousandth for any amount that money comes in.
fn decimal(amount: Amount) -> f64 {
    amount.0 as f64 / 10_000.0
}

/// An event as `query --json` and JSON Lines have it, told by a voice with every date in full, with the body (private fields masked) if there is one.
pub fn json_row(row: &EventRow, voice: &Voice, body: Option<Value>) -> Value {
    let action = row.action.name();
    let sentence = row.say(voice, None);
    let line = Line::of(row, &action, &sentence);
    let mut object = Map::new();
    for column in Column::usual() {
        let value = match line.cell(column) {
            Cell::Unknown => Value::Null,
            Cell::Number(number) => number.into(),
            Cell::Decimal(amount) => decimal(amount).into(),
            Cell::Moment(at) => time::rfc3339(at).into(),
            Cell::Word(word) => word.into(),
            Cell::Text(text) => text.into(),
            Cell::Words(flags) => flags.names().into(),
            Cell::Body(value) => value.clone(),
        };
        object.insert(column.name().to_owned(), value);
    }
    if let Some(body) = body {
        object.insert(Column::Body.name().to_owned(), body);
    }
    Value::Object(object)
}
