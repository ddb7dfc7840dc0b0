//! RFC 4180: CRLF, quotes only where they are needed, unknown is empty.

use super::cell::{Cell, Column, Line};
use super::moment::Moments;
use super::safe::is_formula;
use jiff::tz::TimeZone;
use memchr::{memchr, memchr3};
use nexwatch_store::Flags;
use std::io::Write;

pub(super) struct Csv {
    columns: Vec<Column>,
    moments: Moments,
    digits: itoa::Buffer,
}

impl Csv {
    pub fn new(columns: &[Column], zone: TimeZone) -> Csv {
        Csv {
            columns: columns.to_vec(),
            moments: Moments::new(zone),
            digits: itoa::Buffer::new(),
        }
    }

    pub fn header(&self, bom: bool, out: &mut Vec<u8>) {
        if bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(column.name().as_bytes());
        }
        out.extend_from_slice(b"\r\n");
    }

    pub fn row(&mut self, line: &Line, out: &mut Vec<u8>) {
        let start = out.len();
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            match line.cell(*column) {
                Cell::Unknown => {}
                Cell::Number(number) => out.extend_from_slice(self.digits.format(number).as_bytes()),
                // Writing to memory does not fail.
                Cell::Decimal(amount) => drop(write!(out, "{amount}")),
                Cell::Moment(at) => self.moments.write(at, out),
                Cell::Word(word) => out.extend_from_slice(word.as_bytes()),
                Cell::Text(text) => field(text, out),
                Cell::Words(flags) => words(flags, out),
                Cell::Body(serde_json::Value::String(text)) => field(text, out),
                Cell::Body(value) => field(&value.to_string(), out),
            }
        }
        if out.len() == start {
            // A line with nothing on it would be no row.
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(b"\r\n");
    }
}

fn words(flags: Flags, out: &mut Vec<u8>) {
    let mut between = false;
    for (flag, name) in Flags::NAMES {
        if flags.has(*flag) {
            if between {
                out.push(b' ');
            }
            out.extend_from_slice(name.as_bytes());
            between = true;
        }
    }
}

/// Anybody's text.
fn field(text: &str, out: &mut Vec<u8>) {
    let harmless = if is_formula(text) { "'" } else { "" };
    let bytes = text.as_bytes();
    if memchr3(b'"', b',', b'\n', bytes).is_none() && memchr(b'\r', bytes).is_none() {
        out.extend_from_slice(harmless.as_bytes());
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(harmless.as_bytes());
    let mut rest = text;
    while let Some(at) = rest.find('"') {
        out.extend_from_slice(&rest.as_bytes()[..=at]);
        out.push(b'"');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::cell::tests::line;
    use nexwatch_nexudus::Amount;
    use proptest::prelude::*;

    fn written(columns: &[Column], lines: &[Line]) -> Vec<u8> {
        let mut csv = Csv::new(columns, TimeZone::UTC);
        let mut out = Vec::new();
        csv.header(false, &mut out);
        lines.iter().for_each(|line| csv.row(line, &mut out));
        out
    }

    #[test]
    fn a_number_stays_a_number_and_a_name_no_formula() {
        let row = Line {
            id: -7,
            amount: Some(Amount(-50_000)),
            person: Some("=HYPERLINK(\"http://x\",\"Ana\")"),
            resource: Some("-5"),
            location: Some("@home, \"upstairs\"\r\nleft"),
            action: "+Sensor",
            currency: Some("=X"),
            sentence: "ok",
            flags: Flags::REPEAT.with(Flags::SAMPLE),
            ..line()
        };
        use Column as C;
        let columns = [
            C::Id,
            C::Amount,
            C::Person,
            C::Resource,
            C::Location,
            C::Action,
            C::Currency,
            C::Sentence,
            C::Flags,
            C::Entity,
        ];
        let text = String::from_utf8(written(&columns, &[row])).unwrap();
        assert_eq!(
            text,
            "id,amount,person,resource,location,action,currency,sentence,flags,entity\r\n\
             -7,-5.00,\"'=HYPERLINK(\"\"http://x\"\",\"\"Ana\"\")\",'-5,\"'@home, \"\"upstairs\"\"\r\nleft\",'+Sensor,'=X,ok,repeat sample,\r\n"
        );
    }

    proptest! {
        #[test]
        fn another_reader_reads_the_same(
            texts in prop::collection::vec(prop_oneof!["\\PC{0,12}", "[ =+@\",\r\n\ta-]{0,6}"], 1..12),
            several in any::<bool>(),
        ) {
            let columns: &[Column] = match several {
                true => &[Column::Person, Column::EntityId, Column::Sentence],
                false => &[Column::Sentence],
            };
            let lines: Vec<Line> = texts.iter().map(|text| Line { person: Some(text), sentence: text, ..line() }).collect();
            let bytes = written(columns, &lines);
            prop_assert!(bytes.ends_with(b"\r\n"));
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
            let rows: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(rows.len(), texts.len() + 1);
            for (row, text) in rows[1..].iter().zip(&texts) {
                let read = row.get(columns.len() - 1).unwrap();
                let kept = read.strip_prefix('\'').filter(|_| is_formula(text)).unwrap_or(read);
                prop_assert_eq!(kept, text);
                prop_assert!(!is_formula(read));
                prop_assert_eq!(row.len(), columns.len());
            }
        }
    }
}
