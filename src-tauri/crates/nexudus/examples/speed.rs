//! What reading one documented body costs, by entity, in µs: parse, facts for the row, sentence, difference.
//!
//! `cargo run --release -p nexwatch-nexudus --example speed`

use nexwatch_nexudus::change::{State, compare};
use nexwatch_nexudus::{Action, Arrival, Saying, Voice, read};
use std::hint::black_box;
use std::time::Instant;

/// Times a call, in µs.
fn cost(mut call: impl FnMut()) -> f64 {
    const CALLS: u32 = 2000;
    (0..CALLS / 10).for_each(|_| call());
    let begun = Instant::now();
    (0..CALLS).for_each(|_| call());
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS)
}

#[allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/payloads");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let voice = Voice::default();
    println!(
        "{:<24}{:>8}{:>10}{:>10}{:>10}{:>12}",
        "body", "bytes", "read", "say", "decode", "compare"
    );
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let body = std::fs::read(&file).unwrap();
        let action = Action::all().find(|action| action.entity().name() == name);
        let action_name = action.as_ref().map(Action::name);
        let arrival = Arrival {
            route_action: action_name.as_deref(),
            route_location: None,
            received_at: 1_781_006_400_000,
            body: &body,
            voice: &voice,
        };
        let reading = read(&arrival).remove(0);
        let kept = reading.saying.encode();
        let changed = String::from_utf8_lossy(&body)
            .replace(":00:00Z", ":30:00Z")
            .into_bytes();
        let (before, after) = (
            State {
                body: &body,
                position: 0,
            },
            State {
                body: &changed,
                position: 0,
            },
        );
        println!(
            "{name:<24}{:>8}{:>10.1}{:>10.1}{:>10.1}{:>12.1}",
            body.len(),
            cost(|| drop(black_box(read(&arrival)))),
            cost(|| drop(black_box(voice.say(
                &reading.saying,
                &reading.scene(),
                Some(arrival.received_at)
            )))),
            cost(|| drop(black_box(Saying::decode(&kept)))),
            cost(|| drop(black_box(compare(&reading.action, reading.entity, before, after)))),
        );
    }
}
