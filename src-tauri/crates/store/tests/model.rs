//! The store against a simple model in memory: random deliveries, retries, quarantine, release and restarts.
//!
//! The model is a list; the rules of repeats are written down once more in it, as design and documentation say them,
//! without indexes, batches or caches.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers outside the test functions

mod common;
use common::*;
use nexwatch_nexudus::change::{self, State};
use nexwatch_nexudus::{Entity, Ms, Reading, RepeatRule, Saying};
use nexwatch_store::*;
use proptest::prelude::*;
use std::path::Path;
use std::time::Duration;

const HOUR: Ms = 3_600_000;
const WINDOW: Ms = 24 * HOUR;
const BRIEF: Ms = 120_000;

/// What a stranger sends.
#[derive(Clone, Debug)]
enum Shape {
    /// Action, id, which change: its stamp has a fraction, or (every third) not.
    Booking(&'static str, i64, u8),
    /// Bodies that the act does not change.
    CheckIn(i64),
    /// No action in the URL.
    NoAction(i64),
    /// Not JSON.
    Garbage(u8),
    /// Several objects in one body.
    Many(i64, i64),
}

#[derive(Clone, Debug)]
enum Step {
    /// Arrive at the same time: they may be committed together.
    Deliver(Vec<(Shape, Option<i64>)>),
    /// A delivery of before comes again.
    Again(prop::sample::Index),
    /// A signature failed.
    Suspect(Shape),
    /// A suspect is proved genuine after all.
    Release(prop::sample::Index),
    /// The program ends and starts again.
    Restart,
    /// It is killed and starts again.
    Kill,
    /// Time passes.
    Wait(Ms),
}

fn shape() -> impl Strategy<Value = Shape> {
    let actions = prop::sample::select(vec!["BookingCreate", "BookingUpdate", "BookingDelete"]);
    prop_oneof![
        6 => (actions, 1..4_i64, 0..6_u8).prop_map(|(action, id, change)| Shape::Booking(action, id, change)),
        3 => (1..3_i64).prop_map(Shape::CheckIn),
        1 => (1..3_i64).prop_map(Shape::NoAction),
        1 => (0..2_u8).prop_map(Shape::Garbage),
        1 => (1..4_i64, 1..4_i64).prop_map(|(a, b)| Shape::Many(a, b)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let location = prop::option::weighted(0.3, 7..9_i64);
    prop_oneof![
        6 => prop::collection::vec((shape(), location), 1..6).prop_map(Step::Deliver),
        3 => any::<prop::sample::Index>().prop_map(Step::Again),
        2 => shape().prop_map(Step::Suspect),
        2 => any::<prop::sample::Index>().prop_map(Step::Release),
        1 => Just(Step::Restart),
        1 => Just(Step::Kill),
        3 => prop_oneof![1..1_000_i64, Just(BRIEF - 1), Just(BRIEF + 1), Just(HOUR), Just(WINDOW + 1)]
            .prop_map(Step::Wait),
    ]
}

fn stamp(change: u8) -> String {
    let fraction = if change.is_multiple_of(3) { "" } else { ".1234567" };
    format!("2026-06-09T08:1{change}:20{fraction}Z")
}

impl Shape {
    fn action(&self) -> &'static str {
        match self {
            Shape::Booking(action, ..) => action,
            Shape::CheckIn(_) => "CoworkerCheckin",
            Shape::NoAction(_) => "",
            Shape::Garbage(_) => "BookingCreate",
            Shape::Many(..) => "BookingUpdate",
        }
    }

    fn body(&self) -> String {
        match self {
            Shape::Booking(_, id, change) => {
                // Of some of the changes it can be told what they were.
                let notes = if *change < 3 { "café" } else { "tea" };
                booking(*id, &stamp(*change)).replace("café", notes)
            }
            Shape::CheckIn(id) | Shape::NoAction(id) => customer(*id),
            Shape::Garbage(n) => format!("<not json {n}>"),
            Shape::Many(a, b) => {
                let (first, second) = (booking(*a, &stamp(1)), booking(*b, &stamp(4)));
                format!("{},{}", &first[..first.len() - 1], &second[1..])
            }
        }
    }

    fn incoming(&self, writer: &Writer, location: Option<i64>, at: Ms) -> Incoming {
        let route = Route {
            action: Some(self.action().to_owned()).filter(|action| !action.is_empty()),
            location,
        };
        common::incoming(writer, route, self.body().as_bytes(), at)
    }
}

/// An event that should be there.
#[derive(Clone, Debug)]
struct Known {
    reading: Reading,
    body: Vec<u8>,
    location: Option<i64>,
    received_at: Ms,
    flags: Flags,
    repeats: Vec<(Ms, bool)>,
}

#[derive(Debug, Default)]
struct Model {
    /// In the order of arrival at the store.
    events: Vec<Known>,
    /// Body, signature's owner, arrivals and the first arrival.
    quarantine: Vec<(Shape, u32, Ms)>,
}

enum Verdict {
    New,
    Maybe,
    Repeat(usize, bool),
}

impl Model {
    fn deliver(&mut self, incoming: &Incoming, body: &[u8]) {
        // Objects of one delivery are no repeats of one another by their bytes: they share them.
        let before = self.events.len();
        for reading in &incoming.readings {
            let verdict = self.judge(incoming, body, reading, before);
            if let Verdict::Repeat(of, identical) = verdict {
                let known = &mut self.events[of];
                known.flags = known.flags.with(Flags::REPEAT);
                known.repeats.push((incoming.received_at, identical));
                continue;
            }
            let mut flags = Flags::UNSIGNED;
            for (so, flag) in [
                (matches!(verdict, Verdict::Maybe), Flags::MAYBE_REPEAT),
                (reading.inferred, Flags::INFERRED),
                (reading.unreadable, Flags::UNREADABLE),
                (incoming.released.is_some(), Flags::RELEASED),
            ] {
                if so {
                    flags = flags.with(flag);
                }
            }
            self.events.push(Known {
                reading: reading.clone(),
                body: body.to_vec(),
                location: incoming.route.location,
                received_at: incoming.received_at,
                flags,
                repeats: Vec::new(),
            });
        }
    }

    fn judge(&self, incoming: &Incoming, body: &[u8], reading: &Reading, before: usize) -> Verdict {
        let mut verdict = Verdict::New;
        let by_window = reading.repeat_rule == RepeatRule::Window;
        for (place, known) in self.events[..before].iter().enumerate().rev() {
            let same_place = known.reading.position == reading.position;
            if known.body != body || known.reading.action != reading.action || !same_place {
                continue;
            }
            let age = (incoming.received_at - known.received_at).abs();
            let elsewhere = match (incoming.route.location, known.location) {
                (Some(here), Some(there)) => here != there,
                _ => false,
            };
            if age <= if by_window { WINDOW } else { BRIEF } && !elsewhere {
                return Verdict::Repeat(place, true);
            }
            let doubt = match reading.repeat_rule {
                RepeatRule::Window => true,
                RepeatRule::Brief => elsewhere && age <= BRIEF,
                RepeatRule::Doubtful => age <= WINDOW,
            };
            if doubt {
                verdict = Verdict::Maybe;
            }
        }
        let (true, Some(id), Some(stamp)) = (by_window, reading.entity_id, reading.updated_on) else {
            return verdict;
        };
        let same = (0..self.events.len())
            .filter(|place| {
                let other = &self.events[*place].reading;
                (other.entity, other.entity_id, other.updated_on) == (reading.entity, Some(id), Some(stamp))
                    && other.action == reading.action
            })
            .max_by_key(|place| (self.events[*place].reading.happened_at, *place));
        match same {
            Some(place) => {
                let other = &self.events[place];
                // Of the delivery that is being stored the arrival is its own.
                let in_time = (incoming.received_at - other.received_at).abs() <= WINDOW;
                if in_time && !stamp.whole_second() {
                    Verdict::Repeat(place, false)
                } else {
                    Verdict::Maybe
                }
            }
            None => verdict,
        }
    }

    /// What the feed should show, oldest first.
    fn feed(&self) -> Vec<&Known> {
        let mut all: Vec<&Known> = self.events.iter().collect();
        // The sort is stable: within a millisecond, by arrival.
        all.sort_by_key(|known| known.reading.happened_at);
        all
    }
}

/// What is said of an event that some came before, and how many fields it changed.
fn changed(before: &[&Known], own: &Known) -> (Saying, usize) {
    let entity = |known: &Known| (known.reading.entity, known.reading.entity_id);
    let is_known = own.reading.entity_id.is_some() && own.reading.entity != Entity::Unknown;
    let changed_at = |known: &Known| {
        let stamp = known.reading.updated_on;
        stamp.map_or(known.reading.happened_at * 10_000, |stamp| stamp.0)
    };
    // The last of several that were changed at once: the nearest.
    let same = before.iter().filter(|other| entity(other) == entity(own));
    let before = same
        .max_by_key(|other| changed_at(other))
        .filter(|before| changed_at(before) <= changed_at(own));
    let compared = before.filter(|_| is_known).and_then(|before| {
        change::compare(
            &own.reading.action,
            own.reading.entity,
            State {
                body: &before.body,
                position: before.reading.position,
            },
            State {
                body: &own.body,
                position: own.reading.position,
            },
        )
    });
    let compared = compared.unwrap_or_default();
    (
        compared.saying.unwrap_or_else(|| own.reading.saying.clone()),
        compared.fields.len(),
    )
}

fn compare(store: &Store, model: &Model) -> Result<(), TestCaseError> {
    let (kept, wanted) = (events(&store.reader), model.feed());
    prop_assert_eq!(kept.len(), wanted.len());
    for (at, (event, known)) in kept.iter().zip(&wanted).enumerate() {
        let (saying, fields) = changed(&wanted[..at], known);
        prop_assert_eq!(&event.saying, &Saying::decode(&saying.encode()));
        prop_assert_eq!(&event.action, &known.reading.action);
        prop_assert_eq!(event.entity_id, known.reading.entity_id);
        prop_assert_eq!(event.happened_at, known.reading.happened_at);
        prop_assert_eq!(event.received_at, known.received_at);
        let flags = if fields == 0 {
            known.flags
        } else {
            known.flags.with(Flags::CHANGED)
        };
        prop_assert_eq!(event.flags, flags, "{:?}", event);
        prop_assert_eq!(event.repeats as usize, known.repeats.len());
        let delivery = store.reader.delivery(event.delivery).unwrap().unwrap();
        prop_assert_eq!(&delivery.body, &known.body);
        prop_assert_eq!(delivery.route.location, known.location);
        let arrivals: Vec<(Ms, bool)> = store
            .reader
            .repeats(event.id)
            .unwrap()
            .iter()
            .map(|repeat| (repeat.received_at, repeat.identical))
            .collect();
        prop_assert_eq!(&arrivals, &known.repeats);
    }
    let rows = store.reader.quarantine(None, 1_000).unwrap();
    prop_assert_eq!(rows.len(), model.quarantine.len());
    for (row, (shape, arrivals, first)) in rows.iter().rev().zip(&model.quarantine) {
        prop_assert_eq!(&row.body, &Some(shape.body().into_bytes()));
        prop_assert_eq!((row.arrivals, row.received_at), (*arrivals, *first));
    }
    Ok(())
}

/// Every event is found by what its sentence says, once the program has started again.
fn compare_words(store: &Store) -> Result<(), TestCaseError> {
    for event in events(&store.reader) {
        prop_assert!(
            is_found(&store.reader, event.id, &said(&event)),
            "{}",
            said(&event)
        );
    }
    Ok(())
}

fn suspect(writer: &Writer, shape: &Shape, at: Ms) -> Suspect {
    let incoming = shape.incoming(writer, None, at);
    Suspect {
        received_at: at,
        source: Source::Webhook,
        route: incoming.route,
        headers: incoming.headers,
        signature: Some("AB".into()),
        reason: Refusal::Wrong,
        body: incoming.body,
    }
}

/// Plays all steps on both.
fn play(folder: &Path, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let open = |folder: &Path| {
        let options = Options {
            keys_together: 7,
            ties_together: 9,
            words_within: Duration::from_secs(24 * 3600),
            words_together: 5,
            ..Options::default()
        };
        Store::open(folder, options, Box::new(|_| {})).unwrap()
    };
    let mut folder = folder.to_owned();
    let (mut store, mut model) = (open(&folder), Model::default());
    let mut now = NOW;
    let mut sent: Vec<(Shape, Option<i64>)> = Vec::new();
    for step in steps {
        now += 10;
        match step {
            Step::Deliver(burst) => {
                let mut waiting = Vec::new();
                for (shape, location) in burst {
                    let incoming = shape.incoming(&store.writer, location, now);
                    model.deliver(&incoming, shape.body().as_bytes());
                    waiting.push(store.writer.store(incoming).unwrap());
                    sent.push((shape, location));
                }
                for stored in waiting {
                    runtime.block_on(stored).unwrap();
                }
            }
            Step::Again(which) if !sent.is_empty() => {
                let (shape, location) = which.get(&sent);
                let incoming = shape.incoming(&store.writer, *location, now);
                model.deliver(&incoming, shape.body().as_bytes());
                store.writer.store_blocking(incoming).unwrap();
            }
            Step::Suspect(shape) => {
                let kept = store
                    .writer
                    .quarantine(suspect(&store.writer, &shape, now))
                    .unwrap();
                let kept = runtime.block_on(kept).unwrap();
                let (action, body) = (shape.action(), shape.body());
                let same =
                    |(known, ..): &&mut (Shape, u32, Ms)| known.action() == action && known.body() == body;
                let arrivals = match model.quarantine.iter_mut().find(same) {
                    Some((_, arrivals, _)) => {
                        *arrivals += 1;
                        *arrivals
                    }
                    None => {
                        model.quarantine.push((shape, 1, now));
                        1
                    }
                };
                prop_assert_eq!(kept.arrivals, arrivals);
            }
            Step::Release(which) if !model.quarantine.is_empty() => {
                let place = which.index(model.quarantine.len());
                let (shape, _, first) = model.quarantine.remove(place);
                let rows = store.reader.quarantine(None, 1_000).unwrap();
                let row = &rows[rows.len() - 1 - place];
                let incoming = Incoming {
                    released: Some(row.id),
                    ..shape.incoming(&store.writer, None, first)
                };
                model.deliver(&incoming, shape.body().as_bytes());
                store.writer.store_blocking(incoming).unwrap();
            }
            Step::Restart => {
                store.close();
                store = open(&folder);
                compare(&store, &model)?;
                compare_words(&store)?;
            }
            Step::Kill => {
                // The files as they are are what a kill would leave.
                let left = folder.join("left");
                std::fs::create_dir(&left).unwrap();
                for name in ["nexwatch.db", "nexwatch.db-wal"] {
                    std::fs::copy(folder.join(name), left.join(name)).unwrap();
                }
                store.close();
                folder = left;
                store = open(&folder);
                compare(&store, &model)?;
                compare_words(&store)?;
            }
            Step::Wait(ms) => now += ms,
            Step::Again(_) | Step::Release(_) => {}
        }
    }
    // What is still to be compared is so before it closes.
    store.close();
    let store = open(&folder);
    compare(&store, &model)?;
    compare_words(&store)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_store_is_as_the_model(steps in prop::collection::vec(step(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        play(folder.path(), steps)?;
    }
}
