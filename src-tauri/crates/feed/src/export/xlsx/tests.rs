use super::*;
use crate::export::cell::tests::line;
use calamine::{Data, DataType, Reader, Xlsx as Book, open_workbook_from_rs};
use nexwatch_store::Flags;
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::atomic::Ordering;

const AT: Ms = 1_780_998_072_003; // 2026-06-09T09:41:12.003Z

fn book(columns: &[Column], zone: &str, folder: &Path) -> Xlsx {
    Xlsx::new(columns, &TimeZone::get(zone).unwrap(), folder, AT).unwrap()
}

fn ended(xlsx: Xlsx) -> Vec<u8> {
    let mut out = Vec::new();
    xlsx.end(&mut out, &AtomicBool::new(false)).unwrap();
    out
}

fn packed(columns: &[Column], lines: &[Line], most: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut xlsx = book(columns, "Europe/Madrid", folder.path());
    xlsx.most = most;
    xlsx.begin().unwrap();
    for line in lines {
        xlsx.row(line).unwrap();
    }
    let bytes = ended(xlsx);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    bytes
}

/// All sheets with their cells, read by another program.
fn read(bytes: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Book<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        assert!(book.worksheet_formula(&name).unwrap().is_empty());
        (name, range.rows().map(<[Data]>::to_vec).collect())
    };
    names.into_iter().map(sheet).collect()
}

/// A file of the archive as it was packed.
fn file(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn each_kind_of_cell_is_what_it_is() {
    use Column as C;
    let columns = [
        C::Id,
        C::HappenedAt,
        C::EntityId,
        C::PersonId,
        C::Amount,
        C::Person,
        C::Resource,
        C::Flags,
        C::Location,
        C::Category,
    ];
    let row = Line {
        id: 4_567_890_123_456_789,
        happened_at: AT,
        entity_id: Some(1_420_900_101),
        person_id: Some(9_007_199_254_740_993),
        amount: Some(Amount(-3_540_000)),
        person: Some("=2+3"),
        resource: Some("+34 600"),
        flags: Flags::REPEAT.with(Flags::SAMPLE),
        ..line()
    };
    let finer = Line {
        amount: Some(Amount(12_345)),
        happened_at: -4_000_000_000_000,
        ..row
    };
    let bytes = packed(&columns, &[row, finer], ROWS);
    let sheets = read(&bytes);
    assert_eq!(sheets.len(), 1);
    let (name, rows) = &sheets[0];
    assert_eq!(name, "Events");
    let names: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
    assert_eq!(names, columns.map(|column| column.name().to_owned()));
    let text = |text: &str| Data::String(text.into());
    assert_eq!(rows[1][0], text("4567890123456789"));
    let Data::DateTime(at) = rows[1][1] else {
        panic!("no date: {:?}", rows[1][1]);
    };
    // In Madrid it is two hours later, and a day is cut into milliseconds.
    let days = (AT + 2 * 3_600_000) as f64 / 86_400_000.0 + EPOCH;
    assert!((at.as_f64() - days).abs() < 1e-9, "{at:?}");
    assert_eq!(rows[1][2].as_f64(), Some(1_420_900_101.0));
    assert_eq!(rows[1][3], text("9007199254740993"));
    assert_eq!(rows[1][4].as_f64(), Some(-354.0));
    assert_eq!(rows[1][5], text("=2+3"));
    assert_eq!(rows[1][6], text("+34 600"));
    assert_eq!(rows[1][7], text("repeat sample"));
    assert_eq!(rows[1][8], Data::Empty);
    assert_eq!(rows[1][9], text("bookings"));
    assert_eq!(rows[2][4].as_f64(), Some(1.2345));
    assert_eq!(rows[2][1], text("1843-03-31T16:39:20.000-00:14"));

    let sheet = file(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
    assert!(sheet.contains(r#"<pane ySplit="1""#) && sheet.contains(r#"state="frozen""#));
    assert!(sheet.contains(r#"<autoFilter ref="A1:J3"/>"#), "{sheet}");
    assert!(sheet.contains("numberStoredAsText"));
    let styles = file(&bytes, "xl/styles.xml");
    for form in ["yyyy-mm-dd hh:mm:ss", "#,##0.0000"] {
        assert!(styles.contains(form), "{form}: {styles}");
    }
    assert!(file(&bytes, "xl/comments1.xml").contains("Times of Europe/Madrid."));
    assert!(file(&bytes, "docProps/core.xml").contains("2026-06-09T09:41:12Z"));
}

#[test]
fn the_next_sheet_begins_where_one_is_full() {
    let numbers: Vec<String> = (0..7).map(|n| n.to_string()).collect();
    let lines: Vec<Line> = numbers
        .iter()
        .map(|n| Line {
            sentence: n,
            ..line()
        })
        .collect();
    let sheets = read(&packed(&[Column::Sentence], &lines, 4));
    let shown: Vec<(String, Vec<String>)> = sheets
        .into_iter()
        .map(|(name, rows)| (name, rows.iter().map(|row| row[0].to_string()).collect()))
        .collect();
    let sheet = |name: &str, rows: &[&str]| {
        let rows = ["sentence"].iter().chain(rows);
        (
            name.to_owned(),
            rows.map(|row| (*row).to_owned()).collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        shown,
        [
            sheet("Events", &["0", "1", "2"]),
            sheet("Events 2", &["3", "4", "5"]),
            sheet("Events 3", &["6"])
        ]
    );
}

#[test]
fn a_text_that_is_too_long_is_cut_and_that_is_said() {
    let units = |text: &str| text.encode_utf16().count();
    for (long, kept) in [
        ("x".repeat(32_767), true),
        ("x".repeat(32_768), false),
        ("𝄞".repeat(16_384), false),
    ] {
        let row = Line {
            sentence: &long,
            ..line()
        };
        let bytes = packed(&[Column::Action, Column::Sentence], &[row], ROWS);
        let cell = read(&bytes)[0].1[1][1].to_string();
        assert_eq!(cell == long, kept);
        if !kept {
            assert!(units(&cell) <= CHARACTERS && units(&cell) > CHARACTERS - 3);
            assert!(
                cell.strip_suffix(CUT)
                    .is_some_and(|begins| long.starts_with(begins))
            );
            assert!(file(&bytes, "xl/comments1.xml").contains("CSV and JSON Lines have all of them"));
        }
    }
}

#[test]
fn an_export_of_nothing_has_its_columns() {
    let sheets = read(&packed(&[Column::Id, Column::Person], &[], ROWS));
    assert_eq!(sheets[0].1.len(), 1);
}

#[test]
fn it_stops_before_the_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let mut xlsx = book(&[Column::Sentence], "UTC", folder.path());
    xlsx.room = Room::told_by(folder.path(), |_| Some(1 << 20));
    xlsx.begin().unwrap();
    let error = xlsx.row(&line()).unwrap_err();
    assert!(
        matches!(error, FeedError::Write(ErrorKind::StorageFull)),
        "{error}"
    );
    // The temporary file has room, what is packed has not.
    let mut xlsx = book(&[Column::Sentence], "UTC", folder.path());
    xlsx.begin().unwrap();
    xlsx.row(&line()).unwrap();
    xlsx.room = Room::told_by(folder.path(), |_| Some(1 << 20));
    let mut out = Vec::new();
    let error = xlsx.end(&mut out, &AtomicBool::new(false)).unwrap_err();
    assert!(
        matches!(error, FeedError::Write(ErrorKind::StorageFull)),
        "{error}"
    );
    assert!(out.is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn packing_can_be_stopped_and_a_failure_is_told_as_it_was() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or(ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let filled = || {
        let mut xlsx = book(&[Column::Sentence], "UTC", folder.path());
        xlsx.begin().unwrap();
        xlsx.row(&line()).unwrap();
        xlsx
    };
    for writes in [0, 1, 5, 9] {
        let error = filled()
            .end(&mut Full(writes), &AtomicBool::new(false))
            .unwrap_err();
        assert!(
            matches!(error, FeedError::Write(ErrorKind::StorageFull)),
            "{error}"
        );
    }
    struct Stopping<'c>(&'c AtomicBool, Vec<u8>);
    impl Write for Stopping<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.store(true, Ordering::Relaxed);
            self.1.write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let cancel = AtomicBool::new(false);
    let mut out = Stopping(&cancel, Vec::new());
    let error = filled().end(&mut out, &cancel).unwrap_err();
    assert!(matches!(error, FeedError::Cancelled), "{error}");
    assert!(zip::ZipArchive::new(Cursor::new(out.1)).is_err());
}

#[test]
fn what_the_library_says_in_its_way_is_an_error() {
    let failed = |said: &str| guarded::<()>(|| panic!("{said}")).unwrap_err();
    let error =
        failed("Couldn't write to xml file: Os { code: 28, kind: StorageFull, message: \"No space left\" }");
    assert_eq!(error.to_string(), "the rows cannot be written: the disk is full");
    assert!(matches!(failed("no idea"), FeedError::Write(ErrorKind::Other)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn another_program_reads_the_same(
        texts in prop::collection::vec(prop_oneof!["\\PC{0,12}", "[ =+@\"<&>\r\n\tAax_0-9-]{0,9}", ".{0,9}"], 1..8),
    ) {
        let lines: Vec<Line> = texts.iter().map(|text| Line { person: Some(text), sentence: "end", ..line() }).collect();
        let sheets = read(&packed(&[Column::Person, Column::Sentence], &lines, ROWS));
        let rows = &sheets[0].1;
        prop_assert_eq!(rows.len(), texts.len() + 1);
        // Of XML's own: a carriage return that is not escaped is read as a line end.
        let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        for (row, text) in rows[1..].iter().zip(&texts) {
            match &row[0] {
                Data::Empty => prop_assert!(text.is_empty()),
                Data::String(read) => prop_assert_eq!(plain(read), plain(text)),
                other => prop_assert!(false, "{:?} is {:?}", text, other),
            }
            prop_assert_eq!(&row[1], &Data::String("end".into()));
        }
    }
}
