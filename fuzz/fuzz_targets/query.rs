//! Any text of the query box is read, or told what is wrong with it at a place that there is; what was read is printed so that it is
//! read as the same, and so is each of its conditions by itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexwatch_feed::text::{needles, parse, print};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(filter) => {
            let printed = print(&filter);
            assert_eq!(parse(&printed).as_ref(), Ok(&filter), "{printed}");
            needles(&filter);
            for clause in &filter.also {
                assert!(parse(&clause.0).is_ok(), "{}", clause.0);
            }
        }
        Err(trouble) => {
            let length = text.encode_utf16().count() as u32;
            assert!(trouble.start <= trouble.end && trouble.end <= length);
            assert!(!trouble.message.is_empty());
        }
    }
});
