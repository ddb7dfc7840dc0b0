use super::*;
use proptest::prelude::*;

fn when() -> impl Strategy<Value = When> {
    let seconds = prop_oneof![
        0..72_580_000_000_i64,
        // Quarters of an hour of some years.
        (1_700_000..2_000_000_i64).prop_map(|quarters| quarters * 900),
        (-100..40_000_i64).prop_map(|days| days * 86_400),
    ];
    let ahead = prop_oneof![
        Just(None),
        (-1080..1080_i32).prop_map(Some),
        (-72..72_i32).prop_map(|quarters| Some(quarters * 15)),
    ];
    (seconds, ahead).prop_map(|(seconds, ahead)| When {
        at: seconds * 1000,
        ahead,
    })
}

fn amount() -> impl Strategy<Value = Amount> {
    let cents = (-10_000_000..10_000_000_i64).prop_map(|cents| cents * 100);
    prop_oneof![any::<i64>(), cents].prop_map(Amount)
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        "[^\\p{Cc}]{0,40}".prop_map(Piece::Text),
        (amount(), prop::option::of("[A-Z]{3}|EUR|GBP"))
            .prop_map(|(amount, currency)| Piece::Sum(amount, currency)),
        when().prop_map(Piece::At),
        when().prop_map(Piece::Day),
        (when(), when()).prop_map(|(from, to)| Piece::Span(from, to)),
        any::<i64>().prop_map(Piece::Count),
        "[a-z-]{1,12}|source-door|field-[A-Z][a-z]{0,8}|field-Notes"
            .prop_map(|word| Piece::Word(Cow::Owned(word))),
    ]
}

/// A saying of any pieces, some of them under the names that they have in the program.
fn saying() -> impl Strategy<Value = Saying> {
    let name = "[a-z]{1,8}|how|span|host|time|old|new|field1|sum|day|count";
    (
        "[a-z0-9-]{1,20}|booking-moved|checkin-in|any",
        prop::collection::vec((name, piece()), 0..5),
        any::<bool>(),
    )
        .prop_map(|(message, pieces, under_label)| Saying {
            message: message.into(),
            pieces: pieces
                .into_iter()
                .map(|(name, piece)| (Cow::Owned(name), piece))
                .collect(),
            under_label,
        })
}

proptest! {
    #[test]
    fn what_is_kept_is_what_was_said(saying in saying()) {
        let line = saying.encode();
        prop_assert!(line.chars().all(|c| c == line::MARK || !c.is_control()));
        prop_assert_eq!(Saying::decode(&line), saying);
    }

    #[test]
    fn what_older_programs_kept_is_what_was_said(saying in saying()) {
        prop_assert_eq!(Saying::decode(&older::write(&saying)), saying);
    }

    #[test]
    fn any_text_of_the_store_is_a_saying(
        line in "\\PC{0,60}|(\u{1f}[!a-z=0-9 +-]{0,20}){0,5}|\u{1e}[ -~é]{0,12}(\u{1e}[ -~]{0,8}){0,3}"
    ) {
        let saying = Saying::decode(&line);
        prop_assert_eq!(Saying::decode(&saying.encode()), saying);
    }

    #[test]
    fn no_text_of_the_store_is_too_much(line in "[\u{1e}\u{1f}]?(?s:.){0,40}", cut in 0..40_usize, saying in saying()) {
        Saying::decode(&line).encode();
        let line: String = saying.encode().chars().take(cut).collect();
        Saying::decode(&line).encode();
    }
}

#[test]
fn a_sentence_of_the_oldest_programs_stays_as_it_is() {
    let saying = Saying::decode("Zoë booked Blue room for 9 Jun");
    assert_eq!(saying, Saying::plain("Zoë booked Blue room for 9 Jun"));
    assert_eq!(saying.encode(), "Zoë booked Blue room for 9 Jun");
}

const fn when_of(seconds: i64, ahead: Option<i32>) -> When {
    When {
        at: seconds * 1000,
        ahead,
    }
}

/// Lines as they stand in stores today: what one of them says must never change.
#[test]
fn lines_of_older_programs_and_of_this_one() {
    let moved = Saying::new("booking-moved")
        .span(
            "old",
            Some(when_of(1_696_426_200, Some(240))),
            Some(when_of(1_696_435_200, Some(240))),
        )
        .span(
            "new",
            Some(when_of(1_696_429_800, Some(240))),
            Some(when_of(1_696_438_800, Some(240))),
        );
    let told = Saying::new("ledger-created")
        .sum("credit", Some(Amount(250_000)), Some("EUR"))
        .text("about", Some("Payment for KH-2023-006295"));
    let odd = Saying::new("invoice-awaits")
        .text("payer", Some("Zoë Böhm"))
        .sum("sum", Some(Amount(-1_234_567)), Some("XTS"))
        .day("due-on", Some(when_of(1_580_515_200, Some(-210))))
        .word("odd", Some("field-SomeOddThing"))
        .count("more", Some(3))
        .under_label();
    let door = Saying::new("checkin-in").word("how", Some("source-door"));
    for (saying, older, line) in [
        (
            moved,
            "\u{1f}booking-moved\u{1f}old=s1696426200+240 1696435200+240\u{1f}new=s1696429800+240 1696438800+240",
            "\u{1e}c[,E<wpOU\\LROU",
        ),
        (door, "\u{1f}checkin-in\u{1f}how=wsource-door", "\u{1e}RQR"),
        (
            told,
            "\u{1f}ledger-created\u{1f}credit=m250000 EUR\u{1f}about=tPayment for KH-2023-006295",
            "\u{1e}]_X$P`Payment for KH-2023-006295",
        ),
        (
            odd,
            "\u{1f}!invoice-awaits\u{1f}payer=tZoë Böhm\u{1f}sum=m-1234567 XTS\u{1f}due-on=d1580515200-210\u{1f}odd=wfield-SomeOddThing\u{1f}more=n3",
            "\u{1e}QnVZoë Böhm\u{1e}XSXTS\u{1e}DCDfY4dkPodd\u{1e}wQSomeOddThing\u{1e}kV",
        ),
    ] {
        assert_eq!(Saying::decode(older), saying);
        assert_eq!(saying.encode(), line);
        assert_eq!(Saying::decode(line), saying);
    }
}

#[test]
fn what_a_newer_program_wrote_is_read_as_far_as_it_goes() {
    // A message, a piece, a word and a kind that are not known here.
    for (line, pieces) in [
        ("\u{1e}OO~Wtext", 1),
        ("\u{1e}ROO~Wtext", 0),
        ("\u{1e}RQOO~Wtext", 1),
        ("\u{1e}RPodd\u{1e}zQWtext", 0),
    ] {
        let saying = Saying::decode(line);
        assert_eq!(saying.pieces().len(), pieces, "{line:?} {saying:?}");
        assert!(saying.message() != "" && (pieces == 0 || saying.pieces()[0].0 == "text"));
    }
}

#[test]
fn a_stretch_without_an_end_is_a_moment() {
    let at = |at| Some(When { at, ahead: None });
    let said = |from, to| Saying::new("m").span("span", from, to).pieces.pop();
    let (one, two) = (when_of(1, None), when_of(2, None));
    let span = |piece| Some((Cow::Borrowed("span"), piece));
    assert_eq!(said(at(1000), at(2000)), span(Piece::Span(one, two)));
    assert_eq!(said(at(2000), at(2000)), span(Piece::At(two)));
    assert_eq!(said(at(2000), None), span(Piece::At(two)));
    assert_eq!(said(None, at(1000)), None);
}
