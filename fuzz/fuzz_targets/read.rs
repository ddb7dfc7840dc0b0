//! Any bytes under any action are read without a panic, into at least one event with a sentence. The first byte
//! chooses the action. Good seeds: `src-tauri/crates/nexudus/fixtures/payloads`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexwatch_nexudus::{Action, Arrival, Saying, Voice, facts, object_at, private, read};

fuzz_target!(|data: &[u8]| {
    let (number, body) = data.split_first().map_or((0, data), |(first, rest)| (first % 92, rest));
    let action = Action::parse(&number.to_string()).name();
    let route_action = (number > 1).then_some(action.as_str());
    let voice = Voice::default();
    let arrival = Arrival { route_action, route_location: None, received_at: 1_781_006_400_000, body, voice: &voice };
    let readings = read(&arrival);
    assert!(!readings.is_empty());
    for reading in &readings {
        assert!(!reading.sentence.trim().is_empty());
        facts::facts(body, reading.position, &reading.action, reading.entity, &voice);
        assert_eq!(Saying::decode(&reading.saying.encode()), reading.saying);
        if let Some(mut object) = object_at(body, reading.position) {
            private::mask_value(&mut object);
        }
    }
    private::mask_text(&String::from_utf8_lossy(body));
});
