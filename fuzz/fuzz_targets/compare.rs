//! Any two bodies under any action are compared without a panic, and what is said of the difference survives the store.
//! The first byte chooses the action, the second where the first body ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexwatch_nexudus::change::{State, compare, differences};
use nexwatch_nexudus::{Action, Saying, object_at};

fuzz_target!(|data: &[u8]| {
    let [number, cut, bodies @ ..] = data else { return };
    let action = Action::parse(&(number % 92).to_string());
    let (old, new) = bodies.split_at(bodies.len() * usize::from(*cut) / 256);
    let state = |body| State { body, position: 0 };
    if let Some(compared) = compare(&action, action.entity(), state(old), state(new))
        && let Some(saying) = compared.saying
    {
        assert_eq!(Saying::decode(&saying.encode()), saying);
    }
    if let (Some(old), Some(new)) = (object_at(old, 0), object_at(new, 0)) {
        assert!(differences(&new, &new).is_empty());
        differences(&old, &new);
    }
});
