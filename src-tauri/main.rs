//! Nexwatch.
fn main() {}
