//! Trains the shipped dictionary on sample bodies: `dictionary/samples.bin`. Only for a new format: a dictionary that
//! has shipped is kept in databases and never changes.
//!
//! `cargo run --release -p nexwatch-store --example dictionary`

use nexwatch_sample::{Platform, spread};
use std::path::Path;

/// Bytes of the dictionary.
const SIZE: usize = 160 << 10;
/// Networks: many, so that what is learnt is the shape of bodies, not the names of a few customers.
const NETWORKS: u64 = 80;
/// Bodies of each.
const BODIES: usize = 250;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // 2025, so that no date is that of a measurement.
    let (from, to) = (1_735_689_600_000, 1_767_225_600_000);
    let (mut all, mut sizes) = (Vec::new(), Vec::new());
    for network in 0..NETWORKS {
        let seed = 7_301 + network;
        let mut platform = Platform::new(seed, from);
        for at in spread(seed, from, to, BODIES) {
            let body = platform.next(at).body;
            sizes.push(body.len());
            all.extend(body);
        }
    }
    let dictionary = zstd::dict::from_continuous(&all, &sizes, SIZE)?;
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionary/samples.bin");
    std::fs::write(&target, &dictionary)?;
    eprintln!(
        "{}: {} bytes from {} bodies",
        target.display(),
        dictionary.len(),
        sizes.len()
    );
    Ok(())
}
