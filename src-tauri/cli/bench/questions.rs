//! What a person asks, with goals, and the naive shape of the same.

pub(super) mod expressions;
pub(super) mod fields;
pub(super) mod words;

use super::naive::{self, Naive};
use super::query::{How, Values};
use fields::{COUNTED, FIELDS, Put};
use nexwatch_feed::Filter;

/// What a question is about: which of the goals it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The newest 200 of a filter.
    Page,
    /// A page from somewhere else.
    Place,
    /// Total, all counts beside facets, and the histogram.
    Counts,
    /// The same with a common word.
    CountsOfWord,
    /// The newest 200 that say something.
    Search,
    /// Any field of the body.
    Body,
    /// What has no goal of its own.
    Other,
}

impl Kind {
    /// Goals for 95 of 100 at 1 and at 10 million events, milliseconds.
    pub const fn goals(self) -> Option<[f64; 2]> {
        match self {
            Kind::Page | Kind::Search => Some([10.0, 20.0]),
            Kind::Place => Some([5.0, 5.0]),
            Kind::Counts => Some([5.0, 20.0]),
            Kind::CountsOfWord => Some([20.0, 120.0]),
            Kind::Body | Kind::Other => None,
        }
    }

    /// The goal of so many events: that of the next larger size; nothing beyond.
    pub fn goal(self, events: u32) -> Option<f64> {
        let [one, ten] = self.goals()?;
        match events {
            0..=1_000_000 => Some(one),
            1_000_001..=10_000_000 => Some(ten),
            _ => None,
        }
    }

    /// Name for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Place => "place",
            Kind::Counts => "counts",
            Kind::CountsOfWord => "counts-of-word",
            Kind::Search => "search",
            Kind::Body => "body",
            Kind::Other => "other",
        }
    }
}

/// Makes the n-th filter of a question.
type MakeFilter = Box<dyn Fn(&Values, usize) -> Filter>;

/// A question in many forms.
pub(super) struct Question {
    /// What is asked.
    pub name: &'static str,
    /// What about.
    pub kind: Kind,
    /// How.
    pub how: How,
    /// Its n-th filter.
    pub filter: MakeFilter,
    /// Asked so often at least, however long it takes.
    pub at_least: usize,
    /// Asked of sets of so many events at most.
    pub most_events: u32,
    /// What the n-th is a case of, where there are different ones.
    pub case: Option<fn(usize) -> String>,
    /// The usual way.
    pub naive: Option<Naive>,
}

impl Question {
    fn new(kind: Kind, how: How, name: &'static str, put: &'static [Put]) -> Question {
        Question {
            name,
            kind,
            how,
            filter: Box::new(move |values, n| {
                let mut filter = Filter::default();
                put.iter().for_each(|put| put(values, n, &mut filter));
                filter
            }),
            at_least: 3,
            most_events: u32::MAX,
            case: None,
            naive: None,
        }
    }

    fn of_text(kind: Kind, how: How, name: &'static str, text: fn(&Values, usize) -> String) -> Question {
        Question {
            filter: Box::new(move |values, n| Filter {
                text: text(values, n),
                ..Filter::default()
            }),
            ..Question::new(kind, how, name, &[])
        }
    }

    /// Whether its name has this in it.
    pub fn is_meant(&self, only: &str) -> bool {
        self.name.to_lowercase().contains(&only.trim().to_lowercase())
    }

    fn beside(mut self, naive: Naive) -> Question {
        self.naive = Some(naive);
        self
    }
}

/// All of them.
pub(super) fn questions() -> Vec<Question> {
    [pages(), places(), counts(), search(), bodies(), others()]
        .into_iter()
        .flatten()
        .collect()
}

fn pages() -> Vec<Question> {
    let page = |name, put| Question::new(Kind::Page, How::Newest, name, put);
    vec![
        page("newest 200", &[]),
        page("category", &[fields::category]).beside(naive::category()),
        page("action", &[fields::common_action]).beside(naive::action(&fields::COMMON_ACTIONS)),
        page("rare action", &[fields::rare_action]).beside(naive::action(&fields::RARE_ACTIONS)),
        page("location", &[fields::location]).beside(naive::location()),
        page("person by name", &[fields::person]).beside(naive::person()),
        page("person by id", &[fields::person_by_id]),
        page("a week", &[fields::week]).beside(naive::week()),
        page("mark", &[fields::mark]).beside(naive::mark()),
        page("resource", &[fields::resource]),
        page("changed field", &[fields::changed]),
        page("one booking's history", &[fields::entity]),
        page("more than an amount", &[expressions::more_than]).beside(naive::more_than()),
        page("one or the other", &[expressions::either]),
        page("all but some", &[expressions::neither]),
        page(
            "location and rare action",
            &[fields::location, fields::rare_action],
        )
        .beside(naive::location_and_action(&fields::RARE_ACTIONS)),
        Question {
            filter: Box::new(|values, n| {
                let (mut filter, (one, other)) = (Filter::default(), pair(n));
                (FIELDS[one].put)(values, n / PAIRS, &mut filter);
                (FIELDS[other].put)(values, n / PAIRS + 1, &mut filter);
                filter
            }),
            case: Some(|n| {
                let (one, other) = pair(n);
                format!("{} + {}", FIELDS[one].name, FIELDS[other].name)
            }),
            ..page("any two fields", &[])
        },
        page(
            "category, location, week",
            &[fields::category, fields::location, fields::week],
        ),
        page(
            "one or the other, location, time",
            &[expressions::either, fields::location, fields::time],
        ),
    ]
}

/// So many pairs of different fields there are.
pub(super) const PAIRS: usize = FIELDS.len() * (FIELDS.len() - 1) / 2;

/// The n-th pair of different fields.
fn pair(n: usize) -> (usize, usize) {
    let mut left = n % PAIRS;
    for one in 0..FIELDS.len() {
        let others = FIELDS.len() - 1 - one;
        if left < others {
            return (one, one + 1 + left);
        }
        left -= others;
    }
    (0, 1)
}

fn places() -> Vec<Question> {
    let place = |name, how, put| Question::new(Kind::Place, how, name, put);
    vec![
        place("page at 99 % depth", How::Deep, &[]).beside(naive::deep()),
        place("the same of a location", How::Deep, &[fields::location]),
        place("oldest first", How::Oldest, &[]),
        place(
            "oldest first, two fields",
            How::Oldest,
            &[fields::location, fields::category],
        ),
        place("jump to a date", How::Jump, &[]).beside(naive::jump()),
        place("the same of an action", How::Jump, &[fields::common_action]),
    ]
}

fn counts() -> Vec<Question> {
    let counts = |name, put| Question::new(Kind::Counts, How::Counts, name, put);
    vec![
        counts("counts of everything", &[]).beside(naive::counts()),
        counts("counts of a location", &[fields::location]).beside(naive::counts_of_location()),
        Question {
            kind: Kind::Other,
            ..counts("counts of one or the other", &[expressions::either])
        },
        Question {
            filter: Box::new(subset),
            case: Some(subset_name),
            ..counts("counts, location, action, person, time", &[])
        },
        Question {
            kind: Kind::CountsOfWord,
            ..Question::of_text(
                Kind::Counts,
                How::Counts,
                "counts of a common word",
                words::common,
            )
            .beside(naive::counts_of_word())
        },
        Question {
            kind: Kind::CountsOfWord,
            filter: Box::new(|values, n| Filter {
                text: words::common(values, n / SUBSETS),
                ..subset(values, n)
            }),
            case: Some(subset_name),
            ..counts("common word and those four", &[])
        },
    ]
}

const SUBSETS: usize = 1 << COUNTED.len();

/// Any of the counted fields together: the n-th has those whose bits are set in it.
fn subset(values: &Values, n: usize) -> Filter {
    let mut filter = Filter::default();
    for (_, field) in COUNTED.iter().enumerate().filter(|(at, _)| n >> at & 1 == 1) {
        (field.put)(values, n / SUBSETS, &mut filter);
    }
    filter
}

fn subset_name(n: usize) -> String {
    let named = COUNTED.iter().enumerate().filter(|(at, _)| n >> at & 1 == 1);
    let names: Vec<&str> = named.map(|(_, field)| field.name).collect();
    match names.is_empty() {
        true => "everything".to_owned(),
        false => names.join(" + "),
    }
}

fn search() -> Vec<Question> {
    let search = |name, text| Question::of_text(Kind::Search, How::Newest, name, text);
    let with = |name, text: fn(&Values, usize) -> String, put: Put| Question {
        filter: Box::new(move |values, n| {
            let mut filter = Filter {
                text: text(values, n),
                ..Filter::default()
            };
            put(values, n, &mut filter);
            filter
        }),
        ..search(name, text)
    };
    vec![
        search("rare word", words::rare).beside(naive::text(words::rare)),
        search("common word", words::common).beside(naive::text(words::common)),
        search("two common words", words::two_common),
        search("beginning of three letters", words::beginning).beside(naive::text(words::beginning)),
        search("beginning of two letters", words::two_letters),
        search("a name as it stands", words::phrase),
        search("Japanese", words::unspaced).beside(naive::text(words::unspaced)),
        with("common word and location", words::common, fields::location),
        with("common word and rare action", words::common, fields::rare_action),
        with("beginning and location", words::two_letters, fields::location),
    ]
}

fn bodies() -> Vec<Question> {
    let body = |name, how, put| Question::new(Kind::Body, how, name, put);
    vec![
        body("field of the body, first page", How::Newest, &[expressions::body]),
        body(
            "the same at a location",
            How::Newest,
            &[expressions::body, fields::location],
        ),
        Question {
            // Every body is looked at: half a minute for a million.
            at_least: 1,
            most_events: 1_000_000,
            ..body("field of the body, whole count", How::Total, &[expressions::body])
        },
    ]
}

fn others() -> Vec<Question> {
    let other = |name, how, put| Question::new(Kind::Other, how, name, put);
    vec![
        other("count of three actions", How::Total, &[fields::actions])
            .beside(naive::count(&fields::COMMON_ACTIONS)),
        other("what is new", How::New, &[fields::category]),
        other("an event with its delivery", How::Event, &[]),
        other("completion of a first letter", How::Completion, &[]),
    ]
}
