use super::*;
use crate::{EntityFilter, PersonFilter, ResourceFilter};
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
        "from:tomorrow",
        "from:-2h from:-3h",
        "on:-2h",
        "flag:repeated",
        "-category:billing",
        "é -word",
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

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same(filter in filter()) {
        let text = print(&filter);
        prop_assert_eq!(parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_told_what_is_wrong(text in prop_oneof!["\\PC{0,40}", "[a-z:\"()\\\\\\-# ,😀]{0,30}", "(category|flag|-flag|from|person):\\PC{0,10}"]) {
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
