//! Writes sample bodies into a folder, one file each: for training a compression dictionary.
//!
//! `cargo run -p nexwatch-sample --example bodies -- DIR N [SEED]`

use anyhow::Context as _;
use nexwatch_sample::{Platform, spread};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = std::path::PathBuf::from(args.next().context("a folder is wanted")?);
    let count: usize = args.next().context("a number of bodies is wanted")?.parse()?;
    let seed: u64 = args.next().map_or(Ok(7_301), |seed| seed.parse())?;
    std::fs::create_dir_all(&folder)?;
    // 2025, so that no date is that of a measurement.
    let (from, to) = (1_735_689_600_000, 1_767_225_600_000);
    let mut platform = Platform::new(seed, from);
    for (number, at) in spread(seed, from, to, count).into_iter().enumerate() {
        std::fs::write(folder.join(format!("{number:06}.json")), platform.next(at).body)?;
    }
    Ok(())
}
