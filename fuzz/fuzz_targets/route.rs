//! Any path at all is read without a panic. Only the key opens, whatever stands around it; what is kept of a path is
//! short and plain, an id is a positive number, and the action is one that the reading knows what to do with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexwatch_nexudus::{Arrival, read};
use nexwatch_receive::route::parse;

const KEY: &str = "0123456789abcdef0123456789abcdef";

fuzz_target!(|rest: &str| {
    assert!(parse(rest, "").is_none());
    if !rest.contains(KEY) {
        assert!(parse(rest, KEY).is_none());
        assert!(parse(&format!("/hooks/{rest}"), KEY).is_none());
    }
    let Some(target) = parse(&format!("/hooks/{KEY}/{rest}"), KEY) else {
        return;
    };
    let texts = [&target.route.action, &target.stray];
    for text in texts.into_iter().flatten() {
        assert!(!text.is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control));
    }
    assert!(target.route.location.is_none_or(|id| id > 0));
    assert!(target.route.location.is_none() || target.stray.is_none());
    let arrival = Arrival {
        route_action: target.route.action.as_deref(),
        route_location: target.route.location,
        received_at: 1_781_006_400_000,
        body: b"[{\"Id\":5}]", voice: &nexwatch_nexudus::Voice::default(), };
    assert_eq!(read(&arrival).len(), 1);
});
