use super::tree::{Expr, Leaf, Said};
use super::value::{BodyTest, Bounds};
use super::*;
use crate::{EntityFilter, PersonFilter, ResourceFilter};
use nexwatch_nexudus::private::is_private;
use nexwatch_nexudus::{Action, Category, Entity};
use nexwatch_store::Flags;
use proptest::prelude::*;

fn read(text: &str) -> Filter {
    parse(text).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}"))
}

fn trouble(text: &str) -> (String, String) {
    let trouble = parse(text).unwrap_err();
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = String::from_utf16(&units[trouble.start as usize..trouble.end as usize]).unwrap();
    (place, trouble.message)
}

#[test]
fn a_query_of_everything() {
    let text = r#"zoë category:(billing, BOOKINGS) action:"Payment failed" action:61 location:(7 none) person:ana
        person:"customer#12 Ana Lima" from:-7d to:2026-06-09 flag:unsigned -flag:(repeat,maybe-repeat) booking:5
        resource:"9 Blue room" changed:(FromTime ToTime) "blue room" caf"#;
    let filter = Filter {
        also: Vec::new(),
        text: r#"zoë "blue room" caf"#.into(),
        categories: vec!["billing".into(), "bookings".into()],
        actions: vec![
            "CoworkerInvoiceFailedPayment".into(),
            "AccessControlUpdate".into(),
        ],
        locations: vec![7, 0],
        persons: vec![
            PersonFilter::Name { name: "ana".into() },
            PersonFilter::Id {
                kind: "customer".into(),
                id: 12,
                name: "Ana Lima".into(),
            },
        ],
        from: Some("-7d".into()),
        to: Some("2026-06-09".into()),
        flags: vec!["unsigned".into()],
        without_flags: vec!["repeat".into(), "maybe-repeat".into()],
        entity: Some(EntityFilter {
            name: "Booking".into(),
            id: 5,
        }),
        resource: Some(ResourceFilter {
            id: 9,
            name: "Blue room".into(),
        }),
        changed: vec!["FromTime".into(), "ToTime".into()],
    };
    assert_eq!(read(text), filter);
    insta::assert_snapshot!(print(&filter), @r#"category:(billing, bookings) action:(CoworkerInvoiceFailedPayment, AccessControlUpdate) location:(7, none) person:(ana, "customer#12 Ana Lima") from:-7d to:2026-06-09 flag:unsigned -flag:(repeat, maybe-repeat) entity:Booking#5 resource:"9 Blue room" changed:(FromTime, ToTime) zoë "blue room" caf"#);
}

#[test]
fn small_things() {
    assert_eq!(read("  "), Filter::default());
    assert_eq!(read("a  b").text, "a b");
    assert_eq!(read("\"never closed").text, "\"never closed\"");
    assert_eq!(
        read("10:30 http://x 5\" Zoë:x - -5").text,
        "10:30 http://x 5\" Zoë:x - -5"
    );
    assert_eq!(read(r#"text:"category:x""#).text, "category:x");
    assert_eq!(read(r#""category:x""#).text, r#""category:x""#);
    let today = read("on:today");
    assert_eq!(
        (today.from.as_deref(), today.to.as_deref()),
        (Some("today"), Some("today"))
    );
    assert_eq!(read("CAT:billing"), read("category:Billing"));
    assert_eq!(
        read(r#"person:"=customer#12""#).persons,
        [PersonFilter::Name {
            name: "customer#12".into()
        }]
    );
    assert_eq!(read("entity:coworkerinvoice#9"), read("invoice:9"));
}

#[test]
fn what_is_wrong_is_pointed_at() {
    let all = [
        "😀 catgory:billing",
        "re:invoice",
        "category:(billing, moon)",
        "category:",
        "category: billing",
        "category:()",
        "category:(billing",
        "action:\"\"",
        "location:moon",
        "person:\" \"",
        "from:someday",
        "from:(-2h, -3h)",
        "on:-2h",
        "flag:repeated",
        "é (word",
        "(a OR b)) c",
        "()",
        "a OR",
        "OR a",
        "a AND (b AND)",
        "😀 NOT",
        "a -(",
        "amount:1,000",
        "amount:>",
        "amount:200..100",
        "at:-2h",
        "at:last week",
        "at:>today",
        "at:2026-11-07..2026-11-01 x",
        "from:2026-11-07 x to:2026-11-01",
        "(to:yesterday AND from:today) x",
        "(from:now to:-2h) OR x",
        "currency:euro",
        "action:Bokings*",
        "body:coffee",
        "body.:coffee",
        "body.Notes.:coffee",
        "body.AccessPIN:1234",
        "body.CustomFields.\"Door PIN\":(*, 12..19)",
        "body.Notes:",
        "body.Notes:\"\"",
        "body.Price:>much",
        "boddy.Price:5 moon:x",
        "changed:From*",
        "booking:x",
        "booking:1 visitor:2",
        "entity:Booking",
        "entity:Spaceship#1",
    ];
    let said: Vec<String> = all
        .iter()
        .map(|text| {
            let (place, message) = trouble(text);
            format!("{text}\n    [{place}] {message}")
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_does_not_fit_a_field_is_a_condition_of_its_own() {
    let shown = |text: &str| {
        let filter = read(text);
        let clauses: Vec<&str> = filter.also.iter().map(|clause| clause.0.as_str()).collect();
        format!("{text}\n    {}\n    {}", clauses.join(" | "), print(&filter))
    };
    let all = [
        "amount:>100 OR flag:repeat",
        "(amount:>100 OR flag:repeat) person:ana x",
        "-person:ana NOT flag:repeat -flag:(sample, unsigned)",
        "NOT (a b) -\"blue room\" -caf*",
        "a b OR c AND (d OR NOT e)",
        "action:BookingCreate OR action:61 OR (location:7 OR location:none)",
        "(action:BookingCreate OR action:61)",
        "person:ana AND person:bob",
        "person:ana (person:bob) person:carl",
        "from:-2h AND from:-3h",
        "from:-2h from:-3h",
        "at:today x at:\"last 2h\"",
        "at:2026 at:2026-12 to:now",
        "NOT at:today",
        "at:2026-11 OR at:2026-11-01..2026-11-07 OR at:last 2h OR from:-2h",
        "at:last 2 hours",
        "at:\"2026-11-01 09:00..now\"",
        "at:(today, yesterday)",
        "amount:(100, >200.50) sum:5..9 amount:*",
        "currency:(eur usd) currency:gbp",
        "booking:(1, 2) AND booking:3",
        "booking:1 booking:2",
        "resource:(9, \"10 Blue room\")",
        "body.CustomFields.Level:\"Gold\" body.Lines[0].Price:>=9.5",
        "body.\"Door colour\".*:(gold*, 5..9, \"5..9\", true, null, *) -body.x:>2026-06-01",
        "NOT NOT a OR -(b)",
        "NOT -a",
        "x) OR \"OR\"",
        "(text:\"x:y z\" OR b)",
        "((((a))))",
        "action:CoworkerInvoiceF*",
        "person:jos*",
        "caf* \"blue ro\"* :) x) and or not f(x)",
    ];
    let said: Vec<String> = all.iter().map(|text| shown(text)).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_too_much_is_told() {
    let deep = format!("{}a{}", "(".repeat(21), ")".repeat(21));
    assert!(trouble(&deep).1.contains("more than 20 brackets"));
    assert!(parse(&format!("{}a{}", "(".repeat(20), ")".repeat(20))).is_ok());
    assert!(trouble(&"a ".repeat(2_001)).1.contains("more than 2000 words"));
    assert!(
        trouble(&format!("location:({})", "7,".repeat(2_001)))
            .1
            .contains("more than 2000")
    );
    assert!(trouble(&"a".repeat(40_000)).1.contains("longer than"));
    // However many signs: they are counted, not gone into.
    assert_eq!(read(&format!("{}a", "NOT ".repeat(5_000))), read("a"));
    assert_eq!(read(&format!("{}a", "NOT ".repeat(5_001))), read("-a"));
}

#[test]
fn what_is_looked_for_in_words() {
    let shown = |text: &str| {
        let found = needles(&read(text)).into_iter();
        let each: Vec<String> = found
            .map(|needle| format!("{}{}", needle.text, if needle.beginning { "*" } else { "" }))
            .collect();
        each.join("|")
    };
    assert_eq!(shown("ana \"Blue room\" caf"), "ana|Blue room|caf*");
    assert_eq!(
        shown("caf person:x -\"no\" (tea* OR NOT milk OR (sugar b)) -- x"),
        "caf|x|tea*|sugar|b"
    );
    assert_eq!(shown("NOT (a OR b) amount:5 body.x:gold"), "");
    assert_eq!(shown("(text:\"one tw\" OR flag:repeat) ana ana"), "ana*|one|tw*");
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,6}", "\\PC{1,8}", "[\"\\\\:()#=,\\- a-z]{1,8}"]
}

fn one_of(names: Vec<String>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(names), 0..3)
}

fn person() -> impl Strategy<Value = PersonFilter> {
    let kind = prop::sample::select(vec!["customer", "visitor", "other"]);
    prop_oneof![
        prop_oneof![word(), "(=|customer#[0-9]{1,3}| visitor#1 x)"]
            .prop_filter("a name", |name| !crate::names::Wanted::new(name).is_empty())
            .prop_map(|name| PersonFilter::Name { name }),
        (kind, any::<i64>(), prop_oneof![Just(String::new()), word()]).prop_map(|(kind, id, name)| {
            PersonFilter::Id {
                kind: kind.to_owned(),
                id,
                name,
            }
        }),
    ]
}

fn time() -> impl Strategy<Value = Option<String>> {
    let times = [
        "today",
        "-2h",
        "2026-06-09",
        "2026-06-09 14:30",
        "2026-06-09T14:30:00.5+02:00",
    ];
    prop::option::of(prop::sample::select(times.map(str::to_owned).to_vec()))
}

prop_compose! {
    /// Any filter that can be typed.
    fn filter()(
        text in prop_oneof![Just(String::new()), word(), "\\PC{0,30}", "[a-z\"\\\\ :()\\-\n]{0,20}"],
        categories in one_of(Category::ALL.iter().map(|c| c.slug().to_owned()).collect()),
        actions in one_of(Action::all().map(|a| a.name()).chain(["Booking?".into(), "Sensor, \"new\"".into(), "91".into()]).collect()),
        locations in prop::collection::vec(prop_oneof![Just(0), any::<i64>()], 0..3),
        persons in prop::collection::vec(person(), 0..3),
        from in time(), to in time(),
        flags in one_of(Flags::NAMES.iter().map(|(_, n)| (*n).to_owned()).collect()),
        without_flags in one_of(Flags::NAMES.iter().map(|(_, n)| (*n).to_owned()).collect()),
        entity in prop::option::of((prop::sample::select(Entity::ALL), any::<i64>())),
        resource in prop::option::of((any::<i64>(), prop_oneof![Just(String::new()), word()])),
        changed in prop::collection::vec(word().prop_filter("says something", |word| !word.trim().is_empty()), 0..3),
    ) -> Filter {
        Filter { also: Vec::new(), resource: resource.map(|(id, name)| ResourceFilter { id, name }), changed, text, categories, actions, locations, persons, from, to, flags, without_flags,
            entity: entity.map(|(e, id)| EntityFilter { name: e.name().to_owned(), id }) }
    }
}

fn said() -> impl Strategy<Value = Said> {
    (
        prop_oneof![word(), "(AND|OR|NOT|-x|at:last|x\\)|\\(y)"],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(text, phrase, beginning)| match phrase {
            true => Said {
                text,
                phrase,
                beginning,
            },
            // A word is what the grammar takes for one.
            false => match parse::said(text.split_whitespace().next().unwrap_or("x")) {
                Said {
                    phrase: false, text, ..
                } => Said {
                    text,
                    phrase,
                    beginning,
                },
                said => said,
            },
        })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let days = prop::sample::select(vec!["today", "2026-06", "2026", "-2h", "2026-06-09 14:30", "now"]);
    let amounts = prop::sample::select(vec!["5", ">5", "<=-2.5", "1..9.25", "*", ">=0"]);
    let tests = prop_oneof![
        Just(BodyTest::Present),
        (word(), any::<bool>()).prop_filter_map("says something", |(text, beginning)| {
            let text = text.trim().to_owned();
            (!text.is_empty()).then_some(BodyTest::Says {
                text,
                quoted: true,
                beginning,
            })
        }),
        prop::sample::select(vec![
            "gold",
            "5",
            "true",
            "null",
            ">5",
            "2026-06-01..now",
            "a..b",
            "x)"
        ])
        .prop_map(|text| BodyTest::read(text, false, false).unwrap()),
    ];
    let texts = |names: Vec<&str>| {
        prop::collection::vec(
            prop::sample::select(names.into_iter().map(str::to_owned).collect::<Vec<_>>()),
            1..3,
        )
    };
    prop_oneof![
        4 => said().prop_map(Leaf::Said),
        1 => "[a-z \"():]{0,12}".prop_map(Leaf::Text),
        1 => texts(vec!["billing", "bookings"]).prop_map(Leaf::Categories),
        1 => texts(vec!["BookingCreate", "Sensor, \"new\"", "Booking?"]).prop_map(Leaf::Actions),
        1 => prop::collection::vec(0..9_i64, 1..3).prop_map(Leaf::Locations),
        1 => prop::collection::vec(person(), 1..3).prop_map(Leaf::Persons),
        2 => (days.clone(), days, 0..3_u8)
            .prop_filter("it has begun", |(from, to, which)| *which != 0 || !crate::filter::is_reversed(from, to))
            .prop_map(|(from, to, which)| Leaf::At {
                from: (which != 1).then(|| from.to_owned()),
                to: (which != 2).then(|| to.to_owned()),
            }),
        1 => prop::sample::select(vec!["repeat", "sample"]).prop_map(|flag| Leaf::Flag(flag.to_owned())),
        1 => prop::collection::vec(0..9_i64, 1..3).prop_map(|ids| Leaf::Entities(
            ids.into_iter().map(|id| EntityFilter { name: "Booking".into(), id }).collect()
        )),
        1 => prop::collection::vec((0..9_i64, prop_oneof![Just(String::new()), word()]), 1..3).prop_map(|all| Leaf::Resources(
            all.into_iter().map(|(id, name)| ResourceFilter { id, name }).collect()
        )),
        1 => texts(vec!["FromTime", "A b"]).prop_map(Leaf::Changed),
        1 => texts(vec!["EUR", "USD"]).prop_map(Leaf::Currencies),
        1 => prop::collection::vec(amounts, 1..3)
            .prop_map(|all| Leaf::Amounts(all.into_iter().map(|text| Bounds::read(text).unwrap()).collect())),
        1 => (prop::collection::vec(prop_oneof!["[A-Za-z]{1,6}", Just("*".to_owned()), word()], 1..4), prop::collection::vec(tests, 1..3))
            .prop_filter("a private field's words are not searched", |(path, _)| !path.iter().any(|step| is_private(step)))
            .prop_map(|(path, tests)| Leaf::Body { path, tests }),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    leaf().prop_map(Expr::Is).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::all),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::any),
            inner.prop_map(Expr::negated),
        ]
    })
}

/// Its ends, which may have stood apart, are the wrong way round: such a text is refused.
fn is_backwards(filter: &Filter) -> bool {
    matches!((&filter.from, &filter.to), (Some(from), Some(to)) if crate::filter::is_reversed(from, to))
}

proptest! {
    #[test]
    fn a_tree_is_printed_and_read_as_the_same(expr in expr()) {
        let filter = flat::filter(expr);
        prop_assume!(!is_backwards(&filter));
        let text = print(&filter);
        prop_assert_eq!(parse(&text), Ok(filter.clone()), "{}", text);
        // Each condition by itself, too.
        for clause in &filter.also {
            let again = flat::filter(Expr::any(vec![Expr::Not(Box::new(Expr::Not(Box::new(super::clause(&clause.0).unwrap()))))]));
            prop_assert_eq!(again.also.len(), 1, "{}", &clause.0);
        }
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(filter in filter()) {
        prop_assume!(!is_backwards(&filter));
        let text = print(&filter);
        prop_assert_eq!(parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_told_what_is_wrong(text in prop_oneof!["\\PC{0,40}", "[a-z:\"()\\\\\\-# ,😀]{0,30}", "((NOT|AND|OR|-|\\(|\\)|a|b:|at:last|body.x:|amount:|\"|\\*|>5|9) ?){0,12}", "(category|flag|-flag|from|person):\\PC{0,10}"]) {
        match parse(&text) {
            Ok(filter) => prop_assert_eq!(parse(&print(&filter)), Ok(filter)),
            Err(trouble) => {
                let length = text.encode_utf16().count() as u32;
                prop_assert!(trouble.start <= trouble.end && trouble.end <= length);
                prop_assert!(!trouble.message.is_empty());
            }
        }
    }
}
