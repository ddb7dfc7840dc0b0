use super::ask::open;
use super::line::slowest;
use super::{PAGE, Values};
use crate::cli::bench::folder::Workshop;
use crate::cli::bench::naive::rows;
use crate::cli::bench::questions::{Kind, PAIRS, questions};
use crate::cli::bench::set;
use std::collections::HashSet;

/// A question that is asked of nothing measures nothing.
#[test]
fn every_question_and_its_naive_shape_find_something() {
    let workshop = Workshop::make(None).unwrap();
    let set = set::get(&workshop, None, 8_000).unwrap();
    let (store, feed) = open(&set.folder()).unwrap();
    feed.load().unwrap();
    let values = Values::of(feed).unwrap();
    let mut names = HashSet::new();
    for question in questions() {
        let (how, name) = (question.how, question.name);
        assert!(names.insert(name), "{name} twice");
        let mut found = 0;
        let forms = match (question.kind, question.case) {
            // Every body is looked at.
            (Kind::Body, _) => 3,
            (_, Some(_)) => PAIRS,
            _ => 24,
        };
        for n in 0..forms {
            let filter = (question.filter)(&values, n);
            let length = values.length(how, &filter).unwrap();
            let known = values.ask(how, &filter, n, length).unwrap();
            values.feed.forget();
            let anew = values.ask(how, &filter, n, length).unwrap();
            assert_eq!(known, anew, "{name} {n}: to forget changes what it costs only");
            found += anew;
        }
        assert!(found > 0, "{name}");
        let Some(naive) = question.naive else { continue };
        let reader = values.feed.reader();
        let found: usize = (0..16)
            .flat_map(|n| (naive.sql)(&values, n))
            .map(|sql| reader.read(|db| rows(db, &sql)).unwrap())
            .sum();
        assert!(found > 0, "{name}: {}", naive.shape);
    }
    store.close();
}

/// The naive shape asks for the same, where it can.
#[test]
fn a_question_and_its_naive_shape_agree() {
    let workshop = Workshop::make(None).unwrap();
    let set = set::get(&workshop, None, 2_000).unwrap();
    let (store, feed) = open(&set.folder()).unwrap();
    feed.load().unwrap();
    let values = Values::of(feed).unwrap();
    let same = [
        "category",
        "action",
        "rare action",
        "location",
        "a week",
        "mark",
        "location and rare action",
        "page at 99 % depth",
    ];
    for question in questions()
        .iter()
        .filter(|question| same.contains(&question.name))
    {
        let Some(naive) = &question.naive else {
            panic!("{}", question.name)
        };
        for n in 0..24 {
            let filter = (question.filter)(&values, n);
            let length = values.length(question.how, &filter).unwrap();
            let ours = values.ask(question.how, &filter, n, length).unwrap();
            let sql = &(naive.sql)(&values, n)[0];
            let theirs = values.feed.reader().read(|db| rows(db, sql)).unwrap();
            assert_eq!(ours, theirs, "{} {n}: {sql}", question.name);
        }
    }
    store.close();
}

#[test]
fn the_slowest_kind_of_form_is_the_one_whose_middle_is_highest() {
    let case = |n: usize| ["one", "other"][n % 2].to_owned();
    let slowest = slowest(case, &[1.0, 3.0, 90.0, 3.0, 1.0, 3.0]).unwrap();
    assert_eq!((slowest.case.as_str(), slowest.p50), ("other", 3.0));
}

#[test]
fn goals_are_those_of_the_next_larger_size() {
    assert_eq!(Kind::Counts.goal(100_000), Some(5.0));
    assert_eq!(Kind::Counts.goal(1_000_000), Some(5.0));
    assert_eq!(Kind::CountsOfWord.goal(5_000_000), Some(120.0));
    assert_eq!((Kind::Page.goal(20_000_000), Kind::Other.goal(1)), (None, None));
    assert_eq!(PAGE, 200);
}
