//! A table that pastes into a spreadsheet: a line a row, a tab between cells. What would break a line or a cell, or run as
//! a formula, is made harmless, because nothing can be quoted.

use super::cell::{Cell, Column, Line};
use super::moment::Moments;
use super::safe::is_formula;
use jiff::tz::TimeZone;
use std::io::Write;

pub(super) struct Tsv {
    columns: Vec<Column>,
    moments: Moments,
}

impl Tsv {
    pub fn new(columns: &[Column], zone: TimeZone) -> Tsv {
        Tsv {
            columns: columns.to_vec(),
            moments: Moments::new(zone),
        }
    }

    pub fn header(&self, out: &mut Vec<u8>) {
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.push(b'\t');
            }
            out.extend_from_slice(column.name().as_bytes());
        }
        out.push(b'\n');
    }

    pub fn row(&mut self, line: &Line, out: &mut Vec<u8>) {
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.push(b'\t');
            }
            match line.cell(*column) {
                Cell::Unknown => {}
                // Writing to memory does not fail.
                Cell::Number(number) => drop(write!(out, "{number}")),
                Cell::Decimal(amount) => drop(write!(out, "{amount}")),
                Cell::Moment(at) => self.moments.write(at, out),
                Cell::Word(word) => out.extend_from_slice(word.as_bytes()),
                Cell::Text(text) => cell(text, out),
                Cell::Words(flags) => out.extend_from_slice(flags.names().join(" ").as_bytes()),
                Cell::Body(serde_json::Value::String(text)) => cell(text, out),
                Cell::Body(value) => cell(&value.to_string(), out),
            }
        }
        out.push(b'\n');
    }
}

/// Anybody's text.
fn cell(text: &str, out: &mut Vec<u8>) {
    // A quote at the beginning would take in all up to the next one, whatever cells that are: so it is quoted itself.
    let quoted = text.starts_with('"');
    if quoted {
        out.push(b'"');
    } else if is_formula(text) {
        out.push(b'\'');
    }
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' if letters.peek() == Some(&'\n') => {}
            // The two line ends of other scripts end a line in some programs, too.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => out.push(b' '),
            '"' if quoted => out.extend_from_slice(b"\"\""),
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    if quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::cell::tests::line;
    use nexwatch_nexudus::Amount;
    use proptest::prelude::*;

    fn written(columns: &[Column], line: &Line) -> String {
        let mut tsv = Tsv::new(columns, TimeZone::get("Europe/Madrid").unwrap());
        let mut out = Vec::new();
        tsv.header(&mut out);
        tsv.row(line, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_is_a_line_whatever_is_in_it() {
        let row = Line {
            id: 4_567_890_123_456_789,
            happened_at: 1_780_998_072_003,
            amount: Some(Amount(-50_000)),
            person: Some("=1+1\tAna"),
            resource: Some("\"The Box\" 2"),
            location: Some("two\r\nlines\nand\u{2028}more"),
            ..line()
        };
        use Column as C;
        assert_eq!(
            written(
                &[
                    C::Id,
                    C::HappenedAt,
                    C::Amount,
                    C::Person,
                    C::Resource,
                    C::Location,
                    C::Currency
                ],
                &row
            ),
            "id\thappened_at\tamount\tperson\tresource\tlocation\tcurrency\n\
             4567890123456789\t2026-06-09T11:41:12.003+02:00\t-5.00\t'=1+1 Ana\t\"\"\"The Box\"\" 2\"\ttwo lines and more\t\n"
        );
    }

    proptest! {
        #[test]
        fn any_text_stays_in_its_cell(text in prop_oneof![".{0,20}", "[ =+@\"\r\n\ta\u{85}\u{2029}-]{0,8}"]) {
            let row = Line { person: Some(&text), sentence: "end", ..line() };
            let table = written(&[Column::Person, Column::Sentence], &row);
            let lines: Vec<&str> = table.split_terminator('\n').collect();
            prop_assert_eq!(lines.len(), 2);
            let cells: Vec<&str> = lines[1].split('\t').collect();
            prop_assert_eq!(cells.len(), 2);
            prop_assert_eq!(cells[1], "end");
            prop_assert!(!is_formula(cells[0]));
        }
    }
}
