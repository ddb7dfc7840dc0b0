//! Whether there is room for what a run needs, before it begins.

use super::kept;
use crate::cli::bench::folder::{Workshop, tell};
use anyhow::Context as _;
use std::path::Path;

/// Bytes an event of a set takes at the most, with what is only there while it is made.
const BYTES: u64 = 700;
/// What a database takes with nothing in it, its log and what is measured beside it.
const AROUND: u64 = 200 << 20;
/// Events that a machine with two cores makes in a second.
const PER_SECOND: u32 = 12_000;
/// Fewer are made before anybody wonders.
const FEW: u32 = 200_000;

/// What is to be made and what it takes.
#[derive(Debug, Default, PartialEq)]
struct Needs {
    /// Sets that are not there.
    missing: Vec<u32>,
    /// Bytes of the sets that are made and stay.
    stay: u64,
    /// Bytes that are needed besides, for a while.
    pass: u64,
}

/// Says how long and how large the sets will be, and refuses where the disk has no room for them.
pub(in crate::cli::bench) fn check(
    workshop: &Workshop,
    place: Option<&Path>,
    sizes: &[u32],
) -> anyhow::Result<()> {
    let there = |events| match place {
        Some(place) => kept::is_there(workshop, place, events),
        None => Ok(false),
    };
    let mut missing = Vec::new();
    for events in sizes {
        if !there(*events)? {
            missing.push(*events);
        }
    }
    let needs = needs(missing, sizes, place.is_some());
    let where_to = place.unwrap_or(workshop.path());
    let free = fs4::available_space(where_to).context("this disk does not say how much room it has")?;
    if let Some(told) = plan(&needs) {
        tell(&told);
    }
    match refusal(&needs, free, where_to) {
        Some(refusal) => anyhow::bail!(refusal),
        None => Ok(()),
    }
}

fn needs(missing: Vec<u32>, sizes: &[u32], stay: bool) -> Needs {
    let bytes = |events: &u32| u64::from(*events) * BYTES;
    let largest = sizes.iter().map(bytes).max().unwrap_or(0);
    Needs {
        stay: if stay { missing.iter().map(bytes).sum() } else { 0 },
        pass: largest + AROUND,
        missing,
    }
}

/// How long it takes, where that is worth a word.
fn plan(needs: &Needs) -> Option<String> {
    let events: u32 = needs.missing.iter().fold(0, |sum, one| sum.saturating_add(*one));
    (events >= FEW).then(|| {
        let minutes = f64::from(events) / f64::from(PER_SECOND) / 60.0;
        let stays = match needs.stay {
            0 => String::new(),
            bytes => format!(", {} of it stay for the next run", gigabytes(bytes)),
        };
        format!(
            "making {} events takes about {:.0} minutes; {} on the disk meanwhile{stays}",
            millions(&needs.missing),
            minutes.max(1.0),
            gigabytes(needs.stay + needs.pass)
        )
    })
}

fn refusal(needs: &Needs, free: u64, place: &Path) -> Option<String> {
    let wanted = needs.stay + needs.pass;
    (free < wanted).then(|| {
        format!(
            "this needs {} of room and {} has {}: name another disk with --set DIR or --in DIR, or fewer --events",
            gigabytes(wanted),
            place.display(),
            gigabytes(free)
        )
    })
}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

/// `1 + 5 + 10 million`.
fn millions(sizes: &[u32]) -> String {
    let numbers: Vec<String> = sizes
        .iter()
        .map(|events| format!("{}", f64::from(*events) / 1e6))
        .collect();
    format!("{} million", numbers.join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [u32; 3] = [1_000_000, 5_000_000, 10_000_000];

    #[test]
    fn kept_sets_need_room_for_all_of_them_and_for_a_copy() {
        let all = needs(SIZES.to_vec(), &SIZES, true);
        assert_eq!(
            (all.stay, all.pass),
            (16_000_000 * BYTES, 10_000_000 * BYTES + AROUND)
        );
        let there = needs(Vec::new(), &SIZES, true);
        assert_eq!((there.stay, there.pass), (0, all.pass));
        let passing = needs(SIZES.to_vec(), &SIZES, false);
        assert_eq!((passing.stay, passing.pass), (0, all.pass));
    }

    #[test]
    fn what_is_to_come_is_said_and_what_cannot_be_is_refused() {
        let all = needs(SIZES.to_vec(), &SIZES, true);
        assert_eq!(
            plan(&all).unwrap(),
            "making 1 + 5 + 10 million events takes about 22 minutes; 18.4 GB on the disk meanwhile, 11.2 GB of it stay for the next run"
        );
        assert_eq!(plan(&needs(vec![100_000], &[100_000], false)), None);
        let place = Path::new("/somewhere");
        assert_eq!(
            refusal(&all, 9_000_000_000, place).unwrap(),
            "this needs 18.4 GB of room and /somewhere has 9.0 GB: name another disk with --set DIR or --in DIR, or fewer --events"
        );
        assert_eq!(refusal(&all, 19_000_000_000, place), None);
    }
}
