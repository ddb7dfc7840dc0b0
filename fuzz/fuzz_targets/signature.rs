//! What we sign we accept, by either rule, and nothing else; any header and body are checked without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexwatch_nexudus::signature::{Key, Rule, check, sign};

fuzz_target!(|data: (&[u8], &str)| {
    let (body, header) = data;
    let key = Key::new("a shared secret").expect("plain ASCII");
    let _ = check(body, header, [&key]);
    for rule in [Rule::RawBytes, Rule::AsciiFolded] {
        assert!(check(body, &sign(body, &key, rule), [&key]).is_ok());
    }
});
